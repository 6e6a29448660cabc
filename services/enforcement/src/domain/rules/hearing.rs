//! The hearing (APL 63–65).

use jiff::{Timestamp, civil::Date};
use law::{
    Citation, Fault,
    calendar::{Calendar, NoCalendar, at_least, in_time},
    citation::APL,
    day_of,
    period::Period,
};
use lists::facts::{Lacks, OfficerFact, PenaltyKind, sum_of};

use super::{Outcome, Why, blank, fault};
use crate::domain::{
    events::{HearingHeld, PartyKind, Penalty},
    parameters::Larger,
};

law::card! {
    /// Told, granted, and decided afterwards. 1. The agency. 2. The intended penalties with the kinds of the article and with the larger
    /// amount, fines and each kind of confiscation by its sum; the day of the decision with the hearing and with the time to ask for one.
    /// 3. The amount of the day on which the party is told; what was told stays. 4. Plainly waived. 5. An amount or a value that is not
    /// stated and decides is asked for; kinds that the article leaves open (其他较重的行政处罚) are unchecked. 6. A fine split in two, goods
    /// without their value, a right never told, a decision before the fifth day, a hearing denied. 7. Refused when handled, recorded when
    /// reported. 8. APL 63, 64; 65 for the record.
    EN_HEARING "EN-HEARING" Gate "听证权利" "hearing"; Citation::article(&APL, 63), Citation::article(&APL, 64), Citation::article(&APL, 65);
    "对较重处罚应当告知听证权利；当事人在五个工作日内要求的应当组织听证，听证后依笔录作出决定";
    "for a grave penalty the right to a hearing is told; asked for within 5 working days it is held, and the decision follows its record";
    plans "XS 五3";
    compares "拟处罚的种类和数额与条文所列、告知当日的较大数额；决定之日与听证和要求听证的期限"
        "the intended penalties with the kinds of the article and the larger amount of the day on which the party is told; the day of the decision with the hearing and the last day to ask for one";
    params "ask_working_days" = ASK_DAYS "working days"; since 2021 7 15;
    allows a_decision_after_the_hearing_is_in_order, a_decision_on_the_sixth_working_day_without_request_is_in_order, a_small_fine_gives_no_right_to_a_hearing, a_right_that_was_told_needs_no_amount; refuses refuses_a_notice_without_the_hearing_right, refuses_a_decision_while_a_hearing_can_be_asked_for, refuses_a_denied_hearing, asks_for_the_value_of_goods_that_decides, what_the_article_leaves_open_is_unchecked
}
law::card! {
    /// The party's five days.
    EN_HEARING_ASK "EN-HEARING-ASK" Deadline "要求听证期限" "time to ask for a hearing"; Citation::article(&APL, 64);
    "当事人要求听证的，应当在告知后五个工作日内提出"; "the party asks for a hearing within 5 working days of the notice";
    plans ; owed by Party; params "working_days" = ASK_DAYS "working days"; since 2021 7 15;
    allows a_hearing_asked_for_on_the_fifth_working_day_is_in_time; refuses a_hearing_asked_for_on_the_sixth_working_day_is_late
}
law::card! {
    /// Time to prepare.
    EN_HEARING_NOTICE "EN-HEARING-NOTICE" Gate "听证通知" "notice of the hearing"; Citation::article(&APL, 64);
    "应当在举行听证的七个工作日前通知时间、地点"; "time and place are told 7 working days before the hearing";
    plans ; params "working_days" = TOLD_AHEAD; since 2021 7 15;
    allows seven_working_days_before_is_enough; refuses refuses_a_hearing_told_six_working_days_before
}
law::card! {
    /// Who hosts it.
    EN_HEARING_HOST "EN-HEARING-HOST" Gate "听证主持人" "host of the hearing"; Citation::article(&APL, 64);
    "听证由本机关指定的非本案调查人员主持"; "the hearing is hosted by someone of the agency who did not investigate the case";
    plans ; since 2021 7 15;
    allows a_colleague_may_host; refuses refuses_an_investigator_as_host
}
law::card! {
    /// Its record.
    EN_HEARING_RECORD "EN-HEARING-RECORD" Gate "听证笔录" "record of the hearing"; Citation::article(&APL, 64);
    "听证应当制作笔录，由当事人核对签字；拒绝签字的由主持人注明"; "the hearing leaves a record that the party signs, or the host notes why not";
    plans ; since 2021 7 15;
    allows a_signed_record_is_in_order; refuses refuses_a_hearing_without_record_or_signature
}

/// Working days in which a hearing is asked for.
const ASK_DAYS: u16 = 5;
/// The period of EN-HEARING-NOTICE.
const TOLD_AHEAD: Period = Period::WorkingDays(7);

/// Whether penalties are grave ones (APL 63): they give the right to a hearing, and make a decision a major one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Grave {
    /// They are, and why.
    Yes(Why),
    /// They are not.
    #[default]
    No,
    /// That depends on what is not stated.
    Asked(Lacks),
    /// That depends on whether a penalty of this kind is another grave one: the article leaves it open (APL 63(1)5).
    Perhaps(PenaltyKind),
}

impl Grave {
    /// Why, if they are.
    pub fn why(&self) -> Option<&Why> {
        if let Self::Yes(why) = self { Some(why) } else { None }
    }
}

/// Whether penalties are grave ones, by kind or by the larger amount.
pub fn grave(party: PartyKind, penalties: &[Penalty], larger: &Larger) -> Grave {
    use PenaltyKind::*;
    let named = |p: &&Penalty| {
        matches!(p.kind, LowerQualification | RevokeLicence | SuspendProduction | CloseDown | BarFromTrade)
    };
    if let Some(penalty) = penalties.iter().find(named) {
        return Grave::Yes(Why::new(penalty.kind.zh(), penalty.kind.en()));
    }
    let larger = larger.of(party);
    let told =
        |kind| penalties.iter().filter(|p| p.kind == kind).filter_map(|p| p.amount_fen).fold(0, i64::saturating_add);
    if [Fine, ConfiscateGains, ConfiscateGoods].into_iter().any(|kind| told(kind) >= larger.count()) {
        let (zh, en) = (larger.zh(), larger.en());
        return Grave::Yes(Why::new(
            format!("处罚达到较大数额{zh}"),
            format!("the penalty reaches the larger amount of {en}"),
        ));
    }
    let untold = |kind: &PenaltyKind| sum_of(*kind, penalties).is_none();
    if let Some(kind) = [Fine, ConfiscateGains, ConfiscateGoods].into_iter().find(untold) {
        return Grave::Asked(Lacks::Amount(kind));
    }
    let open = |p: &&Penalty| matches!(p.kind, SuspendLicence | RestrictBusiness | Other);
    penalties.iter().find(open).map_or(Grave::No, |p| Grave::Perhaps(p.kind))
}

/// EN-HEARING when the party is told.
pub fn right_told(grave: &Grave, told: bool) -> Outcome {
    if told {
        return Ok(());
    }
    match grave {
        Grave::No => Ok(()),
        Grave::Yes(why) => why.fault(
            "拟作出的处罚属于应当告知听证权利的情形；请在告知书中告知听证权利和五个工作日的期限",
            "the intended penalty gives the right to a hearing; tell the party of it and of the five working days",
        ),
        Grave::Asked(lacks) => {
            let [zh, en] = lacks.told();
            fault(
                format!("没有写明{zh}，不能确定是否属于应当告知听证权利的情形；请写明，或者告知听证权利"),
                format!(
                    "the {en} is not stated, so whether there is a right to a hearing cannot be told; state it, or tell the party of the right"
                ),
            )
        }
        Grave::Perhaps(kind) => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("{}是否属于“其他较重的行政处罚”，条文没有列明；没有告知听证权利，未予核对", kind.zh()),
                format!(
                    "whether {} is another grave penalty the article leaves open; no hearing was offered",
                    kind.en()
                ),
            )
        }),
    }
}

/// Where the hearing stands when the decision is made.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Whether the penalty gives the right.
    pub required: Grave,
    /// The right was told.
    pub told: bool,
    /// The day of the notice.
    pub notified_on: Option<Date>,
    /// Asked for in time.
    pub requested: bool,
    /// Plainly waived.
    pub waived: bool,
    /// When it was held.
    pub held_at: Option<Timestamp>,
}

/// EN-HEARING when deciding.
pub fn granted(standing: Standing, at: Timestamp, calendar: &Calendar) -> Outcome {
    let Standing { required, told, notified_on, requested, waived, held_at } = standing;
    let open = right_told(&required, told);
    if !matches!(&open, Err(fault) if fault.unknown) {
        open.clone()?;
    }
    if let Some(held) = held_at {
        if held > at {
            return fault(
                "决定早于听证；请在听证结束后依据笔录作出决定",
                "the decision precedes the hearing; decide after it, by its record",
            );
        }
        return open;
    }
    // Who asks for a hearing on what gives no right to one has none (APL 63).
    if waived || required == Grave::No {
        return open;
    }
    if requested {
        return fault(
            "当事人已在期限内要求听证，但没有举行；请组织听证后再作决定",
            "the party asked for a hearing in time and none was held; hold it before deciding",
        );
    }
    let offered = told || required.why().is_some();
    if let Some(day) = notified_on.filter(|_| offered) {
        let last = calendar.add_working_days(day, ASK_DAYS.into());
        if in_time(day_of(at), last)? {
            let last = at_least(last);
            return fault(
                format!("当事人在 {last} 之前仍可要求听证；请等期满，或者记录其明确放弃"),
                format!("the party may still ask for a hearing until {last}; wait, or record a plain waiver"),
            );
        }
    }
    open
}

/// Whether a hearing asked for on `day` is asked for in time.
///
/// # Errors
/// When the calendar of a year on the way is not known.
pub fn asked_in_time(notified_on: Date, day: Date, calendar: &Calendar) -> Result<bool, NoCalendar> {
    in_time(day, calendar.add_working_days(notified_on, ASK_DAYS.into()))
}

/// EN-HEARING-NOTICE: seven working days between telling and hearing.
pub fn told_ahead(told_on: Date, hearing: Date, calendar: &Calendar) -> Outcome {
    let latest = TOLD_AHEAD.latest_start_before(hearing, calendar);
    // Where it is not known, it is no later than the bound.
    if let Err(missing) = latest
        && told_on <= missing.bound
    {
        return Err(missing.into());
    }
    let latest = at_least(latest);
    if told_on > latest {
        return fault(
            format!("听证定于 {hearing}，最迟应在 {latest} 通知；请将听证推迟"),
            format!("for a hearing on {hearing} the party is told by {latest}; move the hearing to a later day"),
        );
    }
    Ok(())
}

/// EN-HEARING-HOST: of the agency, and no investigator of this case.
pub fn host(host: &str, investigates: bool, known: Option<&OfficerFact>, agency: &law::id::Uscc) -> Outcome {
    if investigates {
        return fault(
            format!("{host} 是本案调查人员，不得主持听证；请指定其他人员"),
            format!("{host} investigates this case and may not host its hearing; name somebody else"),
        );
    }
    if known.is_none_or(|o| o.agency != *agency) {
        return fault(
            format!("{host} 不是本机关登记的人员；请指定本机关的非本案调查人员主持"),
            format!("{host} is not on this agency's list; name one of its people who did not investigate"),
        );
    }
    Ok(())
}

/// EN-HEARING-RECORD: a record with a digest, signed, or with the host's note why not.
pub fn recorded(held: &HearingHeld) -> Outcome {
    if blank(&held.record_sha256) {
        return fault("没有听证笔录；请制作并上传", "there is no record of the hearing; make and upload it");
    }
    if !held.signed && held.note.as_deref().is_none_or(blank) {
        return fault(
            "笔录没有当事人签字，也没有主持人注明原因；请补签或者注明",
            "the record is neither signed by the party nor noted by the host; do one of them",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, at, day, fine, overdue};

    // 2024-03-04 is a Monday; five working days later is Monday the 11th.
    fn standing() -> Standing {
        Standing {
            required: Grave::Yes(Why::new("已告知听证权利", "the party was told of a hearing")),
            told: true,
            notified_on: Some(day("2024-03-04")),
            ..Standing::default()
        }
    }

    fn decide(standing: Standing, when: &str) -> Outcome {
        granted(standing, at(when), Calendar::china())
    }

    #[test]
    fn a_decision_after_the_hearing_is_in_order() {
        let held = Standing { requested: true, held_at: Some(at("2024-03-20T09:00")), ..standing() };
        decide(held.clone(), "2024-03-20T15:00").unwrap();
        decide(held, "2024-03-20T08:00").unwrap_err();
    }

    #[test]
    fn a_decision_on_the_sixth_working_day_without_request_is_in_order() {
        decide(standing(), "2024-03-12T09:00").unwrap();
        decide(Standing { waived: true, ..standing() }, "2024-03-05T09:00").unwrap();
    }

    #[test]
    fn refuses_a_decision_while_a_hearing_can_be_asked_for() {
        decide(standing(), "2024-03-11T17:00").unwrap_err();
    }

    #[test]
    fn refuses_a_denied_hearing() {
        decide(Standing { requested: true, ..standing() }, "2024-05-01T09:00").unwrap_err();
    }

    fn goods(fen: Option<i64>) -> Penalty {
        Penalty { amount_fen: fen, ..Penalty::of(PenaltyKind::ConfiscateGoods) }
    }

    #[test]
    fn a_small_fine_gives_no_right_to_a_hearing() {
        let larger = Larger::default();
        assert_eq!(grave(PartyKind::Citizen, &[fine(499_999)], &larger), Grave::No);
        assert_eq!(grave(PartyKind::LegalPerson, &[fine(4_999_999)], &larger), Grave::No);
        assert_eq!(grave(PartyKind::LegalPerson, &[fine(4_999_999), goods(Some(4_999_999))], &larger), Grave::No);
        decide(Standing { required: Grave::No, told: false, ..standing() }, "2024-03-05T09:00").unwrap();
    }

    #[test]
    fn refuses_a_notice_without_the_hearing_right() {
        let larger = Larger::default();
        let by_amount = grave(PartyKind::Citizen, &[fine(500_000)], &larger);
        let said = right_told(&by_amount, false).unwrap_err();
        assert!(said.zh.contains("5,000元（未作规定，按缺省值）"), "{}", said.zh);
        for sum in
            [vec![fine(5_000_000)], vec![fine(2_500_000), fine(2_500_000)], vec![fine(1), goods(Some(5_000_000))]]
        {
            assert!(grave(PartyKind::LegalPerson, &sum, &larger).why().is_some(), "{sum:?}");
        }
        let by_kind = grave(PartyKind::LegalPerson, &[Penalty::of(PenaltyKind::RevokeLicence)], &larger);
        let said = right_told(&by_kind, false).unwrap_err();
        assert!(said.zh.contains("吊销许可证件") && !said.zh.contains('元'), "{}", said.zh);
        decide(Standing { told: false, ..standing() }, "2024-05-01T09:00").unwrap_err();
    }

    #[test]
    fn asks_for_the_value_of_goods_that_decides() {
        let larger = Larger::default();
        let asked = grave(PartyKind::Citizen, &[fine(1), goods(Some(1)), goods(None)], &larger);
        assert_eq!(asked, Grave::Asked(Lacks::Amount(PenaltyKind::ConfiscateGoods)));
        assert!(!right_told(&asked, false).unwrap_err().unknown);
        // Where something else decides it is not asked for.
        assert!(grave(PartyKind::Citizen, &[fine(500_000), goods(None)], &larger).why().is_some());
    }

    #[test]
    fn a_right_that_was_told_needs_no_amount() {
        right_told(&Grave::Asked(Lacks::Amount(PenaltyKind::ConfiscateGoods)), true).unwrap();
    }

    #[test]
    fn what_the_article_leaves_open_is_unchecked() {
        let open = grave(PartyKind::Citizen, &[Penalty::of(PenaltyKind::SuspendLicence)], &Larger::default());
        assert!(right_told(&open, false).unwrap_err().unknown);
        right_told(&open, true).unwrap();
        let untold = Standing { required: open, told: false, ..standing() };
        assert!(decide(untold.clone(), "2024-03-05T09:00").unwrap_err().unknown);
        assert!(!decide(Standing { requested: true, ..untold }, "2024-03-05T09:00").unwrap_err().unknown);
    }

    #[test]
    fn who_was_told_of_the_right_has_its_five_days_where_the_article_leaves_it_open() {
        let open = grave(PartyKind::Citizen, &[Penalty::of(PenaltyKind::SuspendLicence)], &Larger::default());
        let told = Standing { required: open, ..standing() };
        decide(told.clone(), "2024-03-11T17:00").unwrap_err();
        decide(told, "2024-03-12T09:00").unwrap();
        // Where the article gives no right, nothing is waited for.
        let none = Standing { required: Grave::No, requested: true, ..standing() };
        decide(none, "2024-03-05T09:00").unwrap();
    }

    #[test]
    fn a_hearing_asked_for_on_the_fifth_working_day_is_in_time() {
        assert!(asked_in_time(day("2024-03-04"), day("2024-03-11"), Calendar::china()).unwrap());
        assert!(!overdue(Period::WorkingDays(ASK_DAYS), "2024-03-04", "2024-03-11"));
    }

    #[test]
    fn a_hearing_asked_for_on_the_sixth_working_day_is_late() {
        assert!(!asked_in_time(day("2024-03-04"), day("2024-03-12"), Calendar::china()).unwrap());
        assert!(overdue(Period::WorkingDays(ASK_DAYS), "2024-03-04", "2024-03-12"));
    }

    #[test]
    fn seven_working_days_before_is_enough() {
        told_ahead(day("2024-03-11"), day("2024-03-20"), Calendar::china()).unwrap();
    }

    #[test]
    fn refuses_a_hearing_told_six_working_days_before() {
        told_ahead(day("2024-03-12"), day("2024-03-20"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn a_colleague_may_host() {
        let officer = sample::officer("A9", "陈九");
        host("A9", false, Some(&officer), &officer.agency).unwrap();
    }

    #[test]
    fn refuses_an_investigator_as_host() {
        let officer = sample::officer("A1", "张三");
        host("A1", true, Some(&officer), &officer.agency).unwrap_err();
        host("A9", false, None, &officer.agency).unwrap_err();
    }

    fn held() -> HearingHeld {
        sample::hearing_held()
    }

    #[test]
    fn a_signed_record_is_in_order() {
        recorded(&held()).unwrap();
        recorded(&HearingHeld { signed: false, note: Some("当事人拒签".into()), ..held() }).unwrap();
    }

    #[test]
    fn refuses_a_hearing_without_record_or_signature() {
        recorded(&HearingHeld { record_sha256: String::new(), ..held() }).unwrap_err();
        recorded(&HearingHeld { signed: false, ..held() }).unwrap_err();
    }
}
