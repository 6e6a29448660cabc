//! Third parties, and agencies that made the information too.

use jiff::civil::Date;
use law::{
    Citation, ClockChange,
    calendar::{Calendar, NoCalendar, at_least, in_time},
    check::{Outcome, blank, fault},
    citation::OGI,
    period::{Deadline, Period},
};
use uuid::Uuid;

use super::period::DI_ANSWER;
use crate::domain::{
    events::{ApplicationAnswered, Person},
    words::{Ground, Outcome as Answer},
};

/// The time to give an opinion.
pub const OPINION: Period = Period::WorkingDays(15);

law::card! {
    /// Third parties are asked, and heard.
    DI_THIRD "DI-THIRD" Gate "征求第三方意见" "third parties asked"; Citation::article(&OGI, 32), Citation::article(&OGI, 15);
    "公开会损害第三方合法权益的，应当书面征求第三方意见；不同意且有合理理由的不予公开，但因公共利益决定公开的书面告知第三方";
    "where disclosure would harm a third party, it is asked in writing; a reasonable objection bars disclosure, unless the public interest outweighs it and the third party is told in writing";
    plans "TA 29"; since 2019 5 15;
    allows what_harms_nobody_may_be_disclosed, what_everybody_asked_agrees_to_may_be_disclosed, the_public_interest_may_outweigh_an_objection, an_objection_without_reason_does_not_bar_disclosure, a_silent_third_party_leaves_it_to_the_agency;
    refuses refuses_to_disclose_what_harms_a_third_party_never_asked, refuses_to_disclose_without_saying_whether_it_harms, refuses_to_disclose_against_a_reasonable_objection, refuses_to_disclose_against_an_objection_by_denying_the_harm, refuses_to_keep_back_for_a_third_party_never_asked, refuses_to_keep_back_for_a_third_party_that_agrees, refuses_the_public_interest_without_telling_the_third_party
}
law::card! {
    /// Third parties have their time.
    DI_THIRD_TIME "DI-THIRD-TIME" Gate "第三方意见期限" "time for third parties"; Citation::article(&OGI, 32), Citation::paragraph(&OGI, 33, 3);
    "第三方自收到征求意见书之日起十五个工作日内提出意见，所需时间不计入答复期限；逾期未提出的由行政机关决定";
    "a third party has 15 working days from receipt of the letter, which do not count; after that the agency decides";
    plans "TA 29";
    compares "答复之日与第三方收到征求意见书之日起的十五个工作日"
    "the day of the answer with fifteen working days from the third party's receipt";
    except "第三方已经答复的" "where the third party has answered";
    params "period" = OPINION; since 2019 5 15;
    allows the_agency_decides_after_the_fifteenth_working_day, an_opinion_ends_the_wait;
    refuses refuses_to_decide_on_the_fifteenth_working_day
}
law::card! {
    /// So have joint authors.
    DI_JOINT "DI-JOINT" Gate "共同制作机关意见" "joint authors asked"; Citation::article(&OGI, 34), Citation::paragraph(&OGI, 33, 3);
    "共同制作的信息可以征求相关机关意见，其应当自收到征求意见书之日起十五个工作日内提出，逾期视为同意公开";
    "an agency that made the information too has 15 working days from receipt of the letter; silence is consent";
    plans "TA 29"; params "period" = OPINION; since 2019 5 15;
    allows silence_of_a_joint_author_is_consent_after_the_fifteenth_working_day;
    refuses refuses_to_disclose_before_a_joint_author_had_its_time
}

/// Who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// A third party.
    ThirdParty(Person),
    /// An agency that made the information too, by name.
    Agency(String),
}

/// An opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The day it came.
    pub on: Date,
    /// For disclosure.
    pub agrees: bool,
}

/// Somebody was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub whom: Whom,
    /// The day the letter was sent.
    pub sent: Date,
    /// The day it was received.
    pub received: Date,
    /// What came back.
    pub opinion: Option<Opinion>,
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

impl Inquiry {
    /// Last day to give an opinion.
    ///
    /// # Errors
    /// When the calendar of a year on the way is not known.
    pub fn last_day(&self, calendar: &Calendar) -> Result<Date, NoCalendar> {
        Ok(Deadline::new(self.received, OPINION, "").due(calendar)?.day().unwrap_or(self.received))
    }

    /// From the day after the letter to the end of the time for the opinion, days do not count towards the answer.
    pub fn waited_for(&self) -> ClockChange {
        let (zh, en) = ("征求意见所需时间不计算在内", "the time in which others are asked does not count");
        ClockChange::suspend(DI_ANSWER.id, after(self.sent), zh, en).lasting(self.received, OPINION).keyed(self.id)
    }

    /// They count again after an opinion that came before that.
    pub fn heard(&self, on: Date) -> ClockChange {
        ClockChange::resume(DI_ANSWER.id, after(on)).keyed(self.id)
    }

    /// Whether it asks the same person or agency. A person is told by its code or digest; where one has none, by kind and
    /// name.
    pub fn asks(&self, whom: &Whom) -> bool {
        match (&self.whom, whom) {
            (Whom::ThirdParty(a), Whom::ThirdParty(b)) => match (a.key(), b.key()) {
                (Some(a), Some(b)) => a == b,
                _ => a.kind == b.kind && a.name == b.name,
            },
            (Whom::Agency(a), Whom::Agency(b)) => a.trim() == b.trim(),
            _ => false,
        }
    }
}

/// DI-THIRD. 1. The agency. 2. An answer of any kind that gives information out, or keeps it back for a third party, with
/// what the third parties said. 4. Consent; silence (the agency decides); the public interest, with the letter to the third
/// party (15, 32). 5. Whether it would harm anybody must be said before anything is disclosed; whether an objection is
/// reasonable, before it is passed over or obeyed. 6. Denying the harm after somebody objected, or refusing for a third
/// party that nobody asked: refused. 7. Refused; in reporting mode recorded. 8. Articles 15 and 32.
pub fn heard(answer: &ApplicationAnswered, third: &[&Inquiry]) -> Outcome {
    let keeps_back = answer.grounds.contains(&Ground::ThirdParty);
    // A part that is given out beside one kept back for the third party is not what the third party objects to.
    let discloses = answer.outcome.discloses() && !(keeps_back && answer.outcome == Answer::PartlyDisclosed);
    if !keeps_back && !discloses {
        return Ok(());
    }
    if third.is_empty() {
        return match (keeps_back, answer.harms_third_party) {
            (true, _) | (_, Some(true)) => fault(
                "公开会损害第三方合法权益，但没有书面征求第三方意见；请先征求意见",
                "disclosure would harm a third party, which was not asked in writing; ask it first",
            ),
            (false, None) => fault(
                "没有说明公开是否会损害第三方合法权益；请先核实并写明",
                "it is not said whether disclosure would harm a third party; find out and say so",
            ),
            (false, Some(false)) => Ok(()),
        };
    }
    let objects = third.iter().any(|i| i.opinion.is_some_and(|o| !o.agrees));
    let agree = third.iter().all(|i| i.opinion.is_some_and(|o| o.agrees));
    if keeps_back && agree {
        return fault(
            "第三方同意公开，不能以损害其权益为由不予公开",
            "the third party agrees to disclosure; nothing can be kept back for its sake",
        );
    }
    if objects && answer.objection_reasonable.is_none() {
        return fault(
            "第三方不同意公开；请写明其理由是否合理",
            "the third party objects; say whether its reasons are good",
        );
    }
    if discloses && objects && answer.objection_reasonable == Some(true) {
        if answer.public_interest.as_deref().is_none_or(blank) {
            return fault(
                "第三方不同意公开且有合理理由，不予公开；不公开会对公共利益造成重大影响的，请写明",
                "the third party objects for good reasons, which bars disclosure; if the public interest outweighs them, say how",
            );
        }
        if answer.third_party_told.as_deref().is_none_or(blank) {
            return fault(
                "因公共利益决定公开的，应当将内容和理由书面告知第三方；请写明告知文书",
                "the third party is told in writing what is disclosed in the public interest and why; name the letter",
            );
        }
    }
    Ok(())
}

/// DI-THIRD-TIME and DI-JOINT. 1. Bound is the agency that asked: it waits for the opinion or the end of the time. Those
/// asked are not its staff, so their silence is nobody's fault here. 2. The day of the answer with the last day of the time, which
/// is theirs. 4. An answer that does not turn on them need not wait (the decider asks only where one discloses or keeps back
/// for them). 5. A last day that no calendar tells has not passed before the
/// earliest that it can be; from then on nobody can tell. 6. What is not counted ends with the opinion or the
/// time, whichever is first, without anybody's act; the same person is asked once only. 7. Refused. 8. Articles 32–34.
pub fn had_time(asked: &[&Inquiry], day: Date, calendar: &Calendar) -> Outcome {
    for inquiry in asked.iter().filter(|i| i.opinion.is_none()) {
        let last = inquiry.last_day(calendar);
        if in_time(day, last)? {
            let last = at_least(last);
            return fault(
                format!("被征求意见的一方可以在{last}前提出意见；请等待其意见或者期限届满"),
                format!("whoever was asked may answer until {last}; wait for the opinion or the end of that time"),
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::application::sample::{answered, day, id, third_party};

    /// The letter was received on 16 September 2025; the 15th working day is 13 October, after the National Day holiday.
    fn asked(opinion: Option<bool>) -> Inquiry {
        let opinion = opinion.map(|agrees| Opinion { on: day("2025-09-20"), agrees });
        let (sent, received) = (day("2025-09-15"), day("2025-09-16"));
        Inquiry { id: id(9), whom: Whom::ThirdParty(third_party()), sent, received, opinion }
    }

    fn disclosed() -> ApplicationAnswered {
        answered(Answer::Disclosed)
    }

    fn kept_back() -> ApplicationAnswered {
        ApplicationAnswered { grounds: vec![Ground::ThirdParty], ..answered(Answer::NotDisclosed) }
    }

    #[test]
    fn what_harms_nobody_may_be_disclosed() {
        heard(&ApplicationAnswered { harms_third_party: Some(false), ..disclosed() }, &[]).unwrap();
        heard(&answered(Answer::NotExisting), &[]).unwrap();
    }

    #[test]
    fn what_everybody_asked_agrees_to_may_be_disclosed() {
        heard(&disclosed(), &[&asked(Some(true))]).unwrap();
    }

    #[test]
    fn a_silent_third_party_leaves_it_to_the_agency() {
        heard(&disclosed(), &[&asked(None)]).unwrap();
        heard(&kept_back(), &[&asked(None)]).unwrap();
    }

    #[test]
    fn an_objection_without_reason_does_not_bar_disclosure() {
        let answer = ApplicationAnswered { objection_reasonable: Some(false), ..disclosed() };
        heard(&answer, &[&asked(Some(false))]).unwrap();
    }

    #[test]
    fn the_public_interest_may_outweigh_an_objection() {
        let answer = ApplicationAnswered {
            objection_reasonable: Some(true),
            public_interest: Some("涉及饮用水安全".into()),
            third_party_told: Some("告知书3".into()),
            ..disclosed()
        };
        heard(&answer, &[&asked(Some(false))]).unwrap();
    }

    #[test]
    fn refuses_the_public_interest_without_telling_the_third_party() {
        let answer = ApplicationAnswered {
            objection_reasonable: Some(true),
            public_interest: Some("涉及饮用水安全".into()),
            ..disclosed()
        };
        heard(&answer, &[&asked(Some(false))]).unwrap_err();
    }

    #[test]
    fn refuses_to_disclose_what_harms_a_third_party_never_asked() {
        heard(&ApplicationAnswered { harms_third_party: Some(true), ..disclosed() }, &[]).unwrap_err();
    }

    #[test]
    fn refuses_to_disclose_without_saying_whether_it_harms() {
        heard(&ApplicationAnswered { harms_third_party: None, ..disclosed() }, &[]).unwrap_err();
    }

    #[test]
    fn refuses_to_disclose_against_a_reasonable_objection() {
        let answer = ApplicationAnswered { objection_reasonable: Some(true), ..disclosed() };
        heard(&answer, &[&asked(Some(false))]).unwrap_err();
        heard(&answer, &[&asked(Some(true)), &asked(Some(false))]).unwrap_err();
    }

    #[test]
    fn refuses_to_disclose_against_an_objection_by_denying_the_harm() {
        let answer = ApplicationAnswered { harms_third_party: Some(false), ..disclosed() };
        heard(&answer, &[&asked(Some(false))]).unwrap_err();
    }

    #[test]
    fn refuses_to_keep_back_for_a_third_party_never_asked() {
        heard(&kept_back(), &[]).unwrap_err();
    }

    #[test]
    fn refuses_to_keep_back_for_a_third_party_that_agrees() {
        heard(&kept_back(), &[&asked(Some(true))]).unwrap_err();
        let part = ApplicationAnswered { grounds: vec![Ground::ThirdParty], ..answered(Answer::PartlyDisclosed) };
        heard(&part, &[&asked(Some(true))]).unwrap_err();
    }

    #[test]
    fn the_agency_decides_after_the_fifteenth_working_day() {
        had_time(&[&asked(None)], day("2025-10-14"), Calendar::china()).unwrap();
    }

    #[test]
    fn refuses_to_decide_on_the_fifteenth_working_day() {
        had_time(&[&asked(None)], day("2025-10-13"), Calendar::china()).unwrap_err();
        had_time(&[&asked(None)], day("2025-10-12"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn an_opinion_ends_the_wait() {
        had_time(&[&asked(Some(true))], day("2025-09-20"), Calendar::china()).unwrap();
    }

    #[test]
    fn silence_of_a_joint_author_is_consent_after_the_fifteenth_working_day() {
        let joint = Inquiry { whom: Whom::Agency("抚远市水务局".into()), ..asked(None) };
        had_time(&[&joint], day("2025-10-14"), Calendar::china()).unwrap();
    }

    #[test]
    fn refuses_to_disclose_before_a_joint_author_had_its_time() {
        let joint = Inquiry { whom: Whom::Agency("抚远市水务局".into()), ..asked(None) };
        had_time(&[&joint], day("2025-10-13"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn the_same_one_is_known_again() {
        let named = |name: &str, key: Option<&str>| Person {
            name: name.into(),
            uscc: None,
            id_digest: key.map(str::to_owned),
            ..third_party()
        };
        let asks =
            |a: Person, b: Person| Inquiry { whom: Whom::ThirdParty(a), ..asked(None) }.asks(&Whom::ThirdParty(b));
        assert!(asks(named("王**", Some("ab")), named("王**", Some("ab"))));
        assert!(!asks(named("王**", Some("ab")), named("王**", Some("cd"))));
        // Leaving the number out makes nobody another person.
        assert!(asks(named("王**", Some("ab")), named("王**", None)));
    }
}
