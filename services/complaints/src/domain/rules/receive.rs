//! Receipt, and whose matter it is.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{Calendar, in_time},
    check::{Outcome, blank, fault},
    citation::LPR,
    id::Uscc,
    period::{Deadline, Period},
};

use super::was_told;
use crate::domain::events::ComplaintRegistered;

/// The time to register and route what was received.
pub const ROUTE: Period = Period::CalendarDays(15);
/// The time to tell the person whether it is accepted.
pub const ACCEPT: Period = Period::CalendarDays(15);
/// The time to object to an assignment.
pub const OBJECT: Period = Period::WorkingDays(5);
/// With so many returns the matter waits for a ruling.
pub const RETURNS_MAX: u8 = 3;

law::card! {
    /// Registered.
    CO_REGISTER "CO-REGISTER" Duty "来件登记" "registration"; Citation::paragraph(&LPR, 22, 1), Citation::paragraph(&LPR, 21, 2);
    "不论何种渠道，收到的事项应当登记，写明所反映的内容";
    "what is received is registered, whatever the channel, with what it is about";
    plans "FY 29" "TA 26" "BT 33";
    compares "登记日与收到日起的十五日，是否写明内容或者封存原文"
    "the day of registration with fifteen days from receipt; whether it says what it is about, or keeps the person's own words";
    params "period" = ROUTE; since 2022 5 1;
    allows what_was_received_may_be_registered_on_the_fifteenth_day;
    refuses finds_what_was_registered_on_the_sixteenth_day, finds_an_entry_that_says_nothing
}
law::card! {
    /// Routed in time. Bound is whoever received it. Within the days it is assigned, sent into its own procedure, accepted
    /// or declined; a return by the agency that it was assigned to leaves it unrouted, so that the days run on from the first
    /// receipt: assigning it anywhere would else be as good as assigning it rightly.
    CO_ROUTE "CO-ROUTE" Deadline "登记分办期限" "time to route"; Citation::paragraph(&LPR, 22, 1), Citation::paragraph(&LPR, 23, 2);
    "自收到之日起十五日内区分情况转送、交办、导入法定途径或者告知是否受理";
    "within 15 days of receipt it is assigned, sent into its own procedure, accepted or declined";
    plans "FY 37" "TA 38";
    compares "处理之日与首次收到之日起的十五日" "the day it is routed with fifteen days from the first receipt";
    params "period" = ROUTE; since 2022 5 1;
    allows what_is_routed_on_the_fifteenth_day_is_in_time; refuses what_is_routed_on_the_sixteenth_day_is_late
}
law::card! {
    /// The person told by the agency that it was assigned to, from the day that one received it. It falls away with a return
    /// that was agreed to; an objection alone stops nothing.
    CO_ACCEPT "CO-ACCEPT" Deadline "受理告知期限" "time to tell of acceptance"; Citation::paragraph(&LPR, 23, 3);
    "对转送、交办的事项，自收到之日起十五日内书面告知是否受理";
    "the agency that it is assigned to tells the person within 15 days whether it is accepted";
    plans "FY 37" "TA 38";
    compares "告知之日与承办机关收到之日起的十五日"
    "the day the person is told with fifteen days from the agency's receipt";
    params "period" = ACCEPT; since 2022 5 1;
    allows what_is_accepted_on_the_fifteenth_day_is_in_time; refuses what_is_accepted_on_the_sixteenth_day_is_late
}
law::card! {
    /// In writing.
    CO_TELL "CO-TELL" Gate "书面告知受理" "acceptance told in writing"; Citation::paragraph(&LPR, 23, 2), Citation::paragraph(&LPR, 23, 3);
    "是否受理应当书面告知来件人"; "whether it is accepted is told to the person in writing";
    plans "FY 37" "TA 38";
    compares "告知方式是否写明" "whether it says how the person was told";
    except "姓名（名称）、住址不清的" "whose name and address are not known";
    since 2022 5 1;
    allows whoever_is_told_in_writing_is_told, whoever_cannot_be_reached_need_not_be_told;
    refuses refuses_to_accept_without_telling_the_person
}
law::card! {
    /// Objected in time. Late, it is recorded all the same: whose matter it is does not turn on the day.
    CO_OBJECT "CO-OBJECT" Deadline "转办异议期限" "time to object"; Citation::paragraph(&LPR, 23, 3);
    "不属于本机关职权范围的，自收到之日起五个工作日内提出异议并详细说明理由";
    "an agency that is not competent objects within 5 working days of receipt, with detailed reasons";
    plans "FY 37" "TA 38";
    compares "提出异议之日与收到之日起的五个工作日" "the day of the objection with five working days from receipt";
    params "period" = OBJECT; since 2022 5 1;
    allows an_objection_on_the_fifth_working_day_is_in_time; refuses finds_an_objection_on_the_sixth_working_day
}
law::card! {
    /// Ruled at last.
    CO_RULING "CO-RULING" Gate "承办裁定" "ruling on who handles"; Citation::paragraph(&LPR, 24, 1);
    "受理有争议、退回达到三次的，由有权机关裁定承办机关；裁定之后按照裁定交办，不得再退回";
    "after the third return it is ruled whose matter it is; from then on it goes there and does not come back";
    plans "FY 37" "FY 2";
    compares "退回次数与三次，交办对象与裁定" "the returns with three; whom it is assigned to with the ruling";
    params "returns" = RETURNS_MAX "times"; since 2022 5 1;
    allows the_third_assignment_needs_no_ruling, what_was_ruled_goes_to_the_agency_named;
    refuses refuses_a_fourth_assignment_without_a_ruling, refuses_to_assign_otherwise_than_ruled, refuses_an_objection_to_what_was_ruled
}

/// CO-REGISTER. 1. Whoever received it. 2. The day of registration with the fifteen days in which it is to be registered and
/// routed; the entry with what it must say (LPR 19: what is told is written down faithfully). 3. The regulations in force that
/// day. 4. None. 5. An entry with neither a summary nor the person's own words says nothing. 6. A later day of receipt would win days: it is the caller's to
/// assert, and stands beside the legal time of the registration. 7. Recorded: a late entry is better than none. 8. LPR 22
/// carries it, the plans ask for it of every channel.
pub fn registered(entry: &ComplaintRegistered, day: Date, calendar: &Calendar) -> Outcome {
    let received = entry.received;
    if blank(&entry.summary) && entry.sealed.is_none() {
        return fault(
            "登记没有写明所反映的内容；请如实记录",
            "the entry does not say what it is about; write it down faithfully",
        );
    }
    let last = Deadline::new(received, ROUTE, "").due(calendar).map(|due| due.day().unwrap_or(Date::MAX));
    if !in_time(day, last)? {
        return fault(
            format!("{received}收到，至{day}才登记；应当在收到后十五日内登记并处理"),
            format!(
                "received on {received}, registered on {day} only; it is registered and routed within 15 days of receipt"
            ),
        );
    }
    Ok(())
}

/// CO-TELL. 1. Whoever accepts or declines. 4. Nobody can be told who left no name or address, nor a receipt to ask by; that
/// stands in the registration, so it cannot be said for the occasion. 5. Not said is not told. 7. Refused.
pub fn told(reachable: bool, how: &str) -> Outcome {
    was_told(reachable, how)
}

/// CO-OBJECT. 1. The agency that it was assigned to. 2. Two days, the first of them the day of the assignment. 6. An objection
/// that was not agreed to may be repeated, and is later then. 7. Recorded.
pub fn objected(assigned: Date, day: Date, calendar: &Calendar) -> Outcome {
    let last = Deadline::new(assigned, OBJECT, "").due(calendar).map(|due| due.day().unwrap_or(Date::MAX));
    if in_time(day, last)? {
        return Ok(());
    }
    fault(
        format!("{assigned}收到，至{day}才提出异议；应当在五个工作日内提出"),
        format!("received on {assigned}, objected to on {day} only; objections are made within 5 working days"),
    )
}

/// CO-RULING for an assignment. 1. Whoever assigns. 2. The returns so far with three; the agency named with the one ruled. 5. No
/// ruling is none. 6. Only a return that was agreed to counts, because only that takes the matter from an agency; the count is
/// the matter's, so that another agency does not begin it anew. 7. Refused. 8. LPR 24 gives the dispute to a higher organ
/// and no number; that the third return forces it is the plans' demand that the matter be settled where it belongs.
pub fn may_assign(returns: u8, ruled: Option<&Uscc>, to: &Uscc) -> Outcome {
    match ruled {
        Some(ruled) if ruled == to => Ok(()),
        Some(ruled) => fault(
            format!("已经裁定由 {ruled} 承办；请按照裁定交办"),
            format!("it was ruled to be the matter of {ruled}; assign it there"),
        ),
        None if returns >= RETURNS_MAX => fault(
            format!("已经退回{returns}次；请先由清单管理机关裁定承办机关"),
            format!("it came back {returns} times; have the list office rule whose matter it is first"),
        ),
        None => Ok(()),
    }
}

/// CO-RULING for an objection.
pub fn may_object(ruled: Option<&Uscc>) -> Outcome {
    if ruled.is_some() {
        return fault(
            "承办机关已经裁定，不得再提出异议；请受理",
            "it was ruled whose matter it is; there is no further objection, so accept it",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        complaint::sample::{self, BUREAU, OTHER, day, overdue},
        words::Kind,
    };

    fn entry(on: &str) -> Outcome {
        registered(&sample::registered(Kind::Report), day(on), Calendar::china())
    }

    #[test]
    fn what_was_received_may_be_registered_on_the_fifteenth_day() {
        for on in ["2025-06-03", "2025-06-17", "2025-06-18"] {
            entry(on).unwrap();
        }
    }

    #[test]
    fn finds_what_was_registered_on_the_sixteenth_day() {
        entry("2025-06-19").unwrap_err();
    }

    #[test]
    fn finds_an_entry_that_says_nothing() {
        let says = |summary: &str, sealed| {
            let entry = ComplaintRegistered { summary: summary.into(), sealed, ..sample::registered(Kind::Report) };
            registered(&entry, day("2025-06-03"), Calendar::china())
        };
        says(" ", None).unwrap_err();
        says("", Some(sample::sealed(1))).unwrap();
        says("反映门店售卖过期食品", None).unwrap();
    }

    #[test]
    fn what_is_routed_on_the_fifteenth_day_is_in_time() {
        assert!(!overdue(ROUTE, "2025-06-03", "2025-06-17"));
        assert!(!overdue(ROUTE, "2025-06-03", "2025-06-18"));
        // The fifteenth day of 20 September 2025 lies in the National Day holiday, which ends on 8 October.
        assert!(!overdue(ROUTE, "2025-09-20", "2025-10-09"));
    }

    #[test]
    fn what_is_routed_on_the_sixteenth_day_is_late() {
        assert!(overdue(ROUTE, "2025-06-03", "2025-06-19"));
        assert!(overdue(ROUTE, "2025-09-20", "2025-10-10"));
    }

    #[test]
    fn what_is_accepted_on_the_fifteenth_day_is_in_time() {
        assert!(!overdue(ACCEPT, "2025-06-05", "2025-06-20"));
    }

    #[test]
    fn what_is_accepted_on_the_sixteenth_day_is_late() {
        // 20 June 2025 is a Friday.
        assert!(overdue(ACCEPT, "2025-06-05", "2025-06-21"));
    }

    #[test]
    fn whoever_is_told_in_writing_is_told() {
        told(true, "受理告知书1").unwrap();
    }

    #[test]
    fn whoever_cannot_be_reached_need_not_be_told() {
        told(false, "").unwrap();
    }

    #[test]
    fn refuses_to_accept_without_telling_the_person() {
        told(true, " ").unwrap_err();
    }

    #[test]
    fn an_objection_on_the_fifth_working_day_is_in_time() {
        // 28 September and 11 October 2025 are worked for the holiday of 1 to 8 October.
        for on in ["2025-10-10", "2025-10-11"] {
            objected(day("2025-09-28"), day(on), Calendar::china()).unwrap();
        }
    }

    #[test]
    fn finds_an_objection_on_the_sixth_working_day() {
        objected(day("2025-09-28"), day("2025-10-13"), Calendar::china()).unwrap_err();
        let unknown = objected(day("2026-12-30"), day("2027-01-20"), Calendar::china()).unwrap_err();
        assert!(unknown.unknown, "without the calendar of 2027 nobody can tell");
    }

    fn code(text: &str) -> Uscc {
        text.parse().unwrap()
    }

    #[test]
    fn the_third_assignment_needs_no_ruling() {
        may_assign(0, None, &code(BUREAU)).unwrap();
        may_assign(2, None, &code(BUREAU)).unwrap();
        may_object(None).unwrap();
    }

    #[test]
    fn what_was_ruled_goes_to_the_agency_named() {
        may_assign(3, Some(&code(BUREAU)), &code(BUREAU)).unwrap();
    }

    #[test]
    fn refuses_a_fourth_assignment_without_a_ruling() {
        may_assign(3, None, &code(BUREAU)).unwrap_err();
        may_assign(u8::MAX, None, &code(BUREAU)).unwrap_err();
    }

    #[test]
    fn refuses_to_assign_otherwise_than_ruled() {
        may_assign(1, Some(&code(BUREAU)), &code(OTHER)).unwrap_err();
    }

    #[test]
    fn refuses_an_objection_to_what_was_ruled() {
        may_object(Some(&code(BUREAU))).unwrap_err();
    }
}
