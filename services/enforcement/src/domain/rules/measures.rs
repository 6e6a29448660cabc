//! Compulsory measures (ACL chapter 3).

use jiff::{Timestamp, civil::Date};
use law::{
    Citation, Fault,
    citation::{ACL, APL},
    day_of,
    id::Uscc,
    period::Period,
};
use lists::facts::{AgencyFact, ItemFact, Longest, PowerKind};

use super::{Outcome, allowed, asked, blank, fault};
use crate::domain::events::{ExtensionGround, MeasureKind, MeasureTaken};

law::card! {
    /// How a measure is taken. 1. The agency and its officers. 2. The measure with items (1) and (3) to (9) of article 18: the head's approval before it, certificates shown, reasons told, the party heard, a record made and
    /// signed, a witness where the party is absent. 3. The law of 2012. 4. An urgent measure needs no prior approval (19); a freeze only items 1, 2, 3 and 7 (30). 5. What is not said was not done; certificates and
    /// signatures from [`super::ASKED_SINCE`] on. 6. A head named without a time approved nothing before (EN-MEASURE-URGENT). 7. Refused in handling, recorded in reporting. 8. ACL 18, 19, 30, 17; two officers are OF-TWO's.
    EN_MEASURE "EN-MEASURE" Gate "强制措施程序" "how measures are taken"; Citation::article(&ACL, 18), Citation::article(&ACL, 19), Citation::article(&ACL, 17), Citation::article(&ACL, 30), Citation::paragraph(&APL, 18, 3);
    "实施强制措施须有法定权力、事先批准（紧急情况除外）、当场告知、听取陈述、当事人或者见证人到场、制作现场笔录";
    "a measure has a power, prior approval unless urgent, reasons told, the party heard, the party or a witness present, a record on site";
    plans "TA 16";
    compares "实施强制措施的经过与条文所列程序" "how the measure was taken with the steps of the article";
    except "情况紧急的，事后补办批准" "urgent: approved afterwards", "冻结只适用批准、人数、证件和笔录" "a freeze: approval, two officers, certificates and a record only";
    since 2021 7 15;
    allows an_approved_measure_may_be_taken, an_urgent_measure_needs_no_prior_approval, a_freeze_needs_no_notice_to_the_party; refuses refuses_a_measure_without_power_or_approval, refuses_a_measure_untold_unheard_or_unrecorded
}
law::card! {
    /// Urgent measures are reported. 1. The officers, for whom the agency answers. 2. The approval with twenty-four hours from the measure. 3. The law of 2012. 4. None. 5. A
    /// head who is named without a time approved nothing before. 6. Naming a head beside an urgent measure; releasing before the approval leaves nothing to approve; closing
    /// names it. 7. Never refuses. 8. ACL 19.
    EN_MEASURE_URGENT "EN-MEASURE-URGENT" Deadline "紧急措施补批期限" "urgent measures approved afterwards"; Citation::article(&ACL, 19);
    "紧急实施的强制措施应当在二十四小时内报告负责人并补办批准手续"; "an urgent measure is reported and approved within 24 hours";
    plans ;
    compares "负责人批准的时间与实施之时起的二十四小时" "the time of the approval with twenty-four hours from the measure";
    params "hours" = URGENT_REPORT; since 2012 1 1;
    allows an_urgent_measure_approved_within_a_day_is_in_time; refuses an_urgent_measure_approved_after_a_day_is_late
}
law::card! {
    /// A measure ends.
    EN_SEIZE "EN-SEIZE" Deadline "查封扣押处理期限" "time to settle what is seized"; Citation::article(&ACL, 25), Citation::article(&ACL, 27), Citation::article(&ACL, 32);
    "查封、扣押、冻结应当在期限内作出处理决定或者解除；检测、检验、检疫、鉴定期间不计入";
    "sealing, seizure and freezing end in a decision or a release within their period; testing time is not counted";
    plans ;
    compares "处理或者解除之日与实施之日起的期限"
    "the day of decision or release with the period from the day of the measure";
    except "检测、检验、检疫、鉴定期间（冻结除外）" "the time of testing, but not for a freeze",
    "限制人身自由的期限不因节假日顺延" "a restraint of a person does not move off a holiday";
    params "days" = DAYS_MAX "days"; since 2012 1 1;
    allows a_seizure_released_on_the_thirtieth_day_is_in_time, testing_time_does_not_count; refuses a_seizure_released_on_the_thirty_first_day_is_late
}
law::card! {
    /// How long it may last. 1. The agency. 2. The period with thirty days, or with the time of the item's line; with what the same objects were held for in the case
    /// before; an extension with one of thirty days, its ground and its reasons. 3. The item of the day of the measure; the time it gives stands in the record. 4. Laws and administrative
    /// regulations otherwise, entered with the item. 5. Without a ground it is not known whether the matter is complex. 6. Extending twice; releasing and taking the same again;
    /// testing time is EN-SEIZE's. Objects in other words are other objects: no record can tell. 7. Refused in handling, recorded in reporting. 8. ACL 25(1),(2), 32.
    EN_SEIZE_LENGTH "EN-SEIZE-LENGTH" Limit "查封扣押时长" "length of a seizure"; Citation::paragraph(&ACL, 25, 1), Citation::article(&ACL, 32), Citation::paragraph(&ACL, 25, 2), Citation::paragraph(&ACL, 25, 3);
    "查封、扣押、冻结不得超过三十日；经负责人批准可以延长一次，不超过三十日";
    "sealing, seizure and freezing last at most 30 days, and at most 30 more once the head approves";
    plans ;
    compares "查封、扣押、冻结的期限与三十日，延长的次数、理由和日数与一次三十日"
    "the length with 30 days, the extensions and their ground with one of 30 days";
    except "事项所列法律、行政法规（冻结仅限法律）对期限另有规定的，从其规定" "a time of its own in the item's law or administrative regulation, of a freeze in a law",
    "限制人身自由不在此列" "a restraint of a person is not bounded here";
    params "days" = DAYS_MAX "days", "extension_days" = EXTENSION_DAYS_MAX "days"; since 2012 1 1;
    allows thirty_days_and_thirty_more_are_allowed, the_items_own_time_takes_the_place_of_thirty_days; refuses refuses_thirty_one_days, refuses_a_second_extension, refuses_an_extension_on_another_ground, refuses_an_extension_without_reasons, refuses_to_seize_the_same_again_for_longer
}

law::card! {
    /// The papers. 1. The agency. 2. A sealing or a seizure with its decision and list, handed over on the spot. 3. The law of 2012. 4. None; a freeze has a decision of its own, delivered within three days (ACL 31), of
    /// which there is no step. 5. Asked of measures from [`super::ASKED_SINCE`] on. 6. A number in place of papers no record can tell; calling it another measure is EN-ALLOWED's. 7. Refused in
    /// handling, recorded in reporting. 8. ACL 24(1).
    EN_SEIZE_PAPERS "EN-SEIZE-PAPERS" Gate "查封扣押文书" "papers of a seizure"; Citation::paragraph(&ACL, 24, 1);
    "查封、扣押应当制作并当场交付决定书和清单"; "of a sealing or a seizure the decision and the list are handed over on the spot";
    plans ;
    compares "查封、扣押与当场交付的决定书和清单" "the sealing or seizure with the decision and list handed over on the spot";
    since 2012 1 1;
    allows a_seizure_has_its_papers; refuses refuses_a_seizure_without_its_papers
}

/// The period of EN-MEASURE-URGENT.
pub const URGENT_REPORT: Period = Period::Hours(24);

/// How long a measure may last.
const DAYS_MAX: u16 = 30;
/// By how much it may be extended.
const EXTENSION_DAYS_MAX: u16 = 30;

/// EN-MEASURE: power, approval, telling, hearing, presence, record. Freezing is done without telling beforehand (ACL 30).
pub fn measure(
    taken: &MeasureTaken,
    item: Option<&ItemFact>,
    agency: Option<&AgencyFact>,
    code: &Uscc,
    at: Timestamp,
) -> Outcome {
    match item {
        Some(i) if i.agency == *code && i.kind == PowerKind::Compulsion => {}
        _ => {
            return fault(
                format!(
                    "权力清单中没有本机关当日有效的行政强制事项 {}；没有法律、法规依据不得实施强制措施",
                    taken.item
                ),
                format!(
                    "{} is no compulsion item of this agency in force that day; without a power there is no measure",
                    taken.item
                ),
            );
        }
    }
    if taken.kind == MeasureKind::RestrictLiberty && !agency.is_some_and(|a| a.may_restrict_liberty) {
        return fault(
            "限制人身自由只能由公安机关和法律规定的其他机关实施",
            "only the police and bodies a law names may restrict liberty",
        );
    }
    if !taken.urgent && !taken.approved_by_then(at) {
        return fault(
            "实施前没有负责人的批准；请先报批，情况紧急的注明紧急并在二十四小时内补办",
            "the head had not approved beforehand; obtain approval, or mark the measure urgent and have it approved in 24 hours",
        );
    }
    if taken.record_sha256.as_deref().is_none_or(blank) {
        return fault("没有现场笔录；请当场制作并上传", "there is no record made on site; make and upload it");
    }
    if shown(taken.certificate_shown, at) == Some(false) {
        return fault(
            "没有记明已出示执法身份证件；请当场出示并记明",
            "it is not on record that the certificates were shown; show them on the spot, and say so",
        );
    }
    if taken.kind == MeasureKind::Freeze {
        return Ok(());
    }
    let noted = taken.unsigned_note.as_deref().is_some_and(|note| !blank(note));
    if shown(taken.signed, at) == Some(false) && !noted {
        return fault(
            "现场笔录没有当事人（不到场的由见证人）和执法人员的签名；请签名，当事人拒绝的在笔录中注明",
            "the record is not signed by the party, or by the witness in its absence, and by the officers; sign it, or note that the party refused",
        );
    }
    if !taken.reasons_told {
        return fault(
            "没有当场告知理由、依据以及权利和救济途径；请告知",
            "reasons, basis, rights and remedies were not told on the spot; tell them",
        );
    }
    if !taken.statement_heard && taken.party_present {
        return fault(
            "没有听取当事人的陈述和申辩；请听取并记录",
            "the party was not heard; hear its statement and defence",
        );
    }
    if !taken.party_present && taken.witness.as_deref().is_none_or(blank) {
        return fault(
            "当事人不在场，也没有见证人；请邀请见证人到场签名",
            "neither the party nor a witness was present; call a witness to sign the record",
        );
    }
    Ok(())
}

/// What an act says of something that earlier records could not: left out once it is asked, it was not done.
fn shown(said: Option<bool>, at: Timestamp) -> Option<bool> {
    said.or(asked(day_of(at)).then_some(false))
}

/// EN-SEIZE-PAPERS; none for other measures, and where the record need not say it yet, and does not.
pub fn papers(kind: MeasureKind, papers: Option<&str>, day: Date) -> Option<Outcome> {
    if !matches!(kind, MeasureKind::Seal | MeasureKind::Seize) {
        return None;
    }
    if papers.is_some_and(|papers| !blank(papers)) {
        return Some(Ok(()));
    }
    asked(day).then(|| {
        fault(
            "没有当场交付查封、扣押决定书和清单；请制作并当场交付，写明文号",
            "no decision with its list was handed over on the spot; make both, hand them over, and name the number",
        )
    })
}

/// EN-SEIZE-LENGTH of testing that begins: its last day is clear, and the party was told in writing (ACL 25(3)). None where the record
/// need not say it yet, and does not.
pub fn testing_said(until: Option<Date>, notice: Option<&str>, day: Date) -> Option<Outcome> {
    let told = notice.is_some_and(|notice| !blank(notice));
    match until {
        Some(_) if told => Some(Ok(())),
        None if !told && !asked(day) => None,
        Some(_) | None => Some(fault(
            "检测、检验、检疫、鉴定的期间没有明确，或者没有书面告知当事人；请写明截止日期和告知文书",
            "the last day of the testing is not said, or the party was not told in writing; name the day and the document",
        )),
    }
}

/// EN-SEIZE of a release while testing goes on: begun and never ended, it would stop the clock for good.
pub fn testing_goes_on() -> Outcome {
    Err(Fault {
        unknown: true,
        ..Fault::new(
            "检测、检验、检疫、鉴定没有结束的记录，不计入的期间是否持续到此时未予核对；请先记录其结束",
            "testing is not on record as ended; whether the time that does not count lasted until now was not checked: record its end first",
        )
    })
}

/// Whether the measure is one that ACL 25 and 32 bound in time.
pub fn timed(kind: MeasureKind) -> bool {
    matches!(kind, MeasureKind::Seal | MeasureKind::Seize | MeasureKind::Freeze)
}

/// EN-SEIZE-LENGTH when it is taken: under the item's own time where it has one (法律、行政法规另有规定的除外). None for what
/// neither bounds.
pub fn length(kind: MeasureKind, period: Period, longest: Option<&Longest>) -> Option<Outcome> {
    if let Some(longest) = longest {
        return Some(allowed::within(period, longest));
    }
    timed(kind).then(|| {
        if allowed::fits(period, Period::CalendarDays(DAYS_MAX)) {
            return Ok(());
        }
        fault(
            format!("期限{}超过三十日；查封、扣押、冻结最长三十日，请以日计算并缩短", period.to_zh()),
            format!("{} is more than {DAYS_MAX} days; give the period in days, at most {DAYS_MAX}", period.to_en()),
        )
    })
}

/// EN-SEIZE-LENGTH: released and taken again, the same objects are not held for longer. `before`: how many days the agency has held
/// them in this case already; nothing where it has not.
pub fn again(before: Option<i64>, kind: MeasureKind, period: Period, longest: Option<&Longest>) -> Outcome {
    let Some(before) = before else { return Ok(()) };
    let most = match longest {
        Some(longest) => longest.period.hours().1,
        None if timed(kind) => u32::from(DAYS_MAX) * 24,
        None => return Ok(()),
    };
    let hours = i64::from(period.hours().1).saturating_add(before.saturating_mul(24));
    if hours <= i64::from(most) {
        return Ok(());
    }
    fault(
        format!(
            "本案已对同一对象采取过该措施{before}日，再次采取的期限合计超过一次的期限；情况复杂的请在期限内延长，不得解除后重新采取"
        ),
        format!(
            "the same objects were under this measure for {before} days in this case, and with it longer than it may last; where the matter is complex extend it in time, and do not release and take them again"
        ),
    )
}

/// EN-SEIZE-LENGTH when it is extended, for a measure that is bounded in time.
pub fn extension(
    extended_before: bool,
    by: Period,
    why: Option<ExtensionGround>,
    reason: &str,
    longest: Option<&Longest>,
) -> Outcome {
    if blank(reason) {
        return fault(
            "没有写明延长的理由；延长的决定应当书面告知当事人并说明理由，请写明",
            "there is no reason for the extension; it is told to the party in writing with its reasons, so state them",
        );
    }
    if extended_before || (longest.is_none() && !allowed::fits(by, Period::CalendarDays(EXTENSION_DAYS_MAX))) {
        return fault(
            "延长只能一次，且不得超过三十日；请作出处理决定或者解除",
            format!(
                "a measure is extended once, by at most {EXTENSION_DAYS_MAX} days; decide on the objects or release them"
            ),
        );
    }
    if let Some(longest) = longest {
        allowed::prolonged(by, longest)?;
    }
    allowed::ground(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, at, day, overdue};

    fn taken() -> MeasureTaken {
        sample::measure_taken()
    }

    fn check(taken: &MeasureTaken) -> Outcome {
        measure(
            taken,
            Some(&sample::seizing_item()),
            Some(&sample::agency()),
            &sample::agency().agency,
            at("2024-03-04T10:00"),
        )
    }

    #[test]
    fn an_approved_measure_may_be_taken() {
        check(&taken()).unwrap();
        check(&MeasureTaken {
            party_present: false, statement_heard: false, witness: Some("赵某".into()), ..taken()
        })
        .unwrap();
    }

    #[test]
    fn an_urgent_measure_needs_no_prior_approval() {
        check(&MeasureTaken { urgent: true, approved_by: None, approved_at: None, ..taken() }).unwrap();
    }

    #[test]
    fn a_freeze_needs_no_notice_to_the_party() {
        check(&MeasureTaken {
            kind: MeasureKind::Freeze,
            reasons_told: false,
            statement_heard: false,
            party_present: false,
            ..taken()
        })
        .unwrap();
    }

    #[test]
    fn refuses_a_measure_without_power_or_approval() {
        let agency = sample::agency();
        let now = at("2024-03-04T10:00");
        measure(&taken(), None, Some(&agency), &agency.agency, now).unwrap_err();
        measure(&taken(), Some(&sample::item()), Some(&agency), &agency.agency, now).unwrap_err();
        check(&MeasureTaken { approved_by: None, ..taken() }).unwrap_err();
        check(&MeasureTaken { approved_at: Some(at("2024-03-04T10:01")), ..taken() }).unwrap_err();
        check(&MeasureTaken { kind: MeasureKind::RestrictLiberty, ..taken() }).unwrap_err();
    }

    #[test]
    fn refuses_a_measure_untold_unheard_or_unrecorded() {
        check(&MeasureTaken { reasons_told: false, ..taken() }).unwrap_err();
        check(&MeasureTaken { statement_heard: false, ..taken() }).unwrap_err();
        check(&MeasureTaken { party_present: false, ..taken() }).unwrap_err();
        check(&MeasureTaken { record_sha256: None, ..taken() }).unwrap_err();
    }

    #[test]
    fn a_seizure_has_its_papers() {
        let held = |kind, number: Option<&str>, on: &str| papers(kind, number, day(on));
        held(MeasureKind::Seize, Some("扣押决定书1号"), "2024-03-04").expect("stated").unwrap();
        assert_eq!(held(MeasureKind::Seize, None, "2026-10-31"), None);
        for kind in [MeasureKind::Freeze, MeasureKind::Other, MeasureKind::RestrictLiberty] {
            assert_eq!(held(kind, None, "2027-01-04"), None);
        }
    }

    #[test]
    fn refuses_a_seizure_without_its_papers() {
        for kind in [MeasureKind::Seize, MeasureKind::Seal] {
            for number in [None, Some(" ")] {
                papers(kind, number, day("2026-11-01")).expect("asked").unwrap_err();
            }
        }
    }

    #[test]
    fn an_urgent_measure_approved_within_a_day_is_in_time() {
        assert_eq!(URGENT_REPORT.hours_after(at("2024-03-04T10:00")), Some(at("2024-03-05T10:00")));
        assert!(!overdue(URGENT_REPORT, "2024-03-04", "2024-03-05"));
    }

    #[test]
    fn an_urgent_measure_approved_after_a_day_is_late() {
        assert!(overdue(URGENT_REPORT, "2024-03-04", "2024-03-06"));
    }

    #[test]
    fn a_seizure_released_on_the_thirtieth_day_is_in_time() {
        assert!(!overdue(Period::CalendarDays(30), "2024-03-04", "2024-04-03"));
    }

    #[test]
    fn a_seizure_released_on_the_thirty_first_day_is_late() {
        // 4 to 6 April are a holiday: a period that ended then would move, one that ended on the 3rd does not.
        assert!(overdue(Period::CalendarDays(30), "2024-03-04", "2024-04-04"));
    }

    #[test]
    fn thirty_days_and_thirty_more_are_allowed() {
        length(MeasureKind::Seize, Period::CalendarDays(30), None).expect("bounded").unwrap();
        assert_eq!(length(MeasureKind::Other, Period::CalendarDays(90), None), None);
        extended(false, 30).unwrap();
        // Who does not say that the matter is complex is not believed to have said it.
        let silent = extension(false, Period::CalendarDays(30), None, "取证未完", None);
        assert!(silent.unwrap_err().unknown);
    }

    fn extended(before: bool, days: u16) -> Outcome {
        extension(before, Period::CalendarDays(days), Some(ExtensionGround::Complex), "取证未完", None)
    }

    #[test]
    fn refuses_an_extension_without_reasons() {
        extension(false, Period::CalendarDays(30), Some(ExtensionGround::Complex), " ", None).unwrap_err();
    }

    #[test]
    fn refuses_to_seize_the_same_again_for_longer() {
        let held = |before, days, longest: Option<&Longest>| {
            again(before, MeasureKind::Seize, Period::CalendarDays(days), longest)
        };
        held(None, 30, None).unwrap();
        held(Some(5), 25, None).unwrap();
        held(Some(5), 26, None).unwrap_err();
        held(Some(30), 1, None).unwrap_err();
        let own = Longest {
            period: Period::CalendarDays(7), extension: None, under: "《药品管理法》第一百条".into()
        };
        held(Some(3), 4, Some(&own)).unwrap();
        held(Some(3), 5, Some(&own)).unwrap_err();
        again(Some(90), MeasureKind::Other, Period::CalendarDays(90), None).unwrap();
    }

    #[test]
    fn the_items_own_time_takes_the_place_of_thirty_days() {
        let own = |period, extension| Longest { period, extension, under: "《药品管理法》第一百条".into() };
        let seven = own(Period::CalendarDays(7), None);
        length(MeasureKind::Seize, Period::CalendarDays(7), Some(&seven)).expect("bounded").unwrap();
        let late = length(MeasureKind::Seize, Period::CalendarDays(8), Some(&seven)).expect("bounded").unwrap_err();
        assert!(late.zh.contains("《药品管理法》第一百条"), "{}", late.zh);
        let longer = own(Period::Months(3), Some(Period::Months(1)));
        length(MeasureKind::Freeze, Period::Months(3), Some(&longer)).expect("bounded").unwrap();
        let by = |by, before, longest| extension(before, by, Some(ExtensionGround::Complex), "取证未完", Some(longest));
        by(Period::CalendarDays(28), false, &longer).unwrap();
        by(Period::CalendarDays(29), false, &longer).unwrap_err();
        by(Period::CalendarDays(1), true, &longer).unwrap_err();
        by(Period::CalendarDays(1), false, &seven).unwrap_err();
    }

    #[test]
    fn refuses_an_extension_on_another_ground() {
        let other = Some(ExtensionGround::Other);
        let refused = extension(false, Period::CalendarDays(1), other, "取证未完", None).unwrap_err();
        assert!(!refused.unknown);
    }

    #[test]
    fn refuses_thirty_one_days() {
        length(MeasureKind::Seize, Period::CalendarDays(31), None).expect("bounded").unwrap_err();
        length(MeasureKind::Freeze, Period::Months(1), None).expect("bounded").unwrap_err();
        extended(false, 31).unwrap_err();
    }

    #[test]
    fn refuses_a_second_extension() {
        extended(true, 1).unwrap_err();
    }
}
