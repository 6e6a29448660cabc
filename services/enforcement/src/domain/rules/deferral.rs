//! Payment put off or split: on whose word, for what, and what is owed on which day.

use jiff::civil::Date;
use law::{Citation, citation::APL};

use super::{Outcome, asked, blank, fault, yuan};
use crate::domain::events::{Instalment, PaymentDeferred};

law::card! {
    /// Put off, or split. 1. The agency. 2. The approval with the application before it and the hardship that it shows; the parts with what
    /// is still owed, each day with that of the approval and of the part before it; the end of it with what the approval says and
    /// with the part that was missed. 3. The law of 2021. 4. None. 5. Asked of approvals from [`super::ASKED_SINCE`] on, and
    /// held against it wherever one of them is said. 6. Put off again on the old application; parts that leave something out;
    /// called an instalment and not told in parts. A part that was missed does not end the others: the article knows the end of the whole
    /// time alone (66(2), 72(2)), and gives the agency no power to shorten what it granted. It is owed on its day, and late by itself. Only
    /// where the approval says so the agency may end it, by an act of its own. 7. Refused. 8. APL 66(2).
    EN_DEFER "EN-DEFER" Gate "延期、分期缴纳" "payment put off or in parts"; Citation::paragraph(&APL, 66, 2), Citation::paragraph(&APL, 72, 2);
    "当事人确有经济困难，经其申请和行政机关批准，方可延期或者分期缴纳罚款；分期的逐期写明日期和数额，合计等于尚欠的罚款";
    "a fine is put off or paid in parts for hardship, at the party's request and with the agency's approval; parts name their days and amounts, which together are what is owed";
    plans ;
    compares "批准的日期、各期日期和数额与申请日期、尚欠的罚款" "day of the approval, days and amounts of the parts with the day of the application and what is owed";
    except "批准中写明逾期一期即可终止分期的" "where the approval says that a missed part may end it";
    params "parts_max" = PARTS_MAX "parts"; since 2021 7 15;
    allows hardship_is_shown_and_the_parts_are_what_is_owed, a_missed_part_ends_it_where_the_approval_says_so;
    refuses refuses_payment_put_off_without_application_or_hardship, refuses_the_old_application_again, refuses_parts_that_are_not_what_is_owed, refuses_to_end_it_for_a_part_that_was_not_missed
}

/// In how many parts a fine may be paid.
pub const PARTS_MAX: u16 = 60;

/// EN-DEFER when it is granted: `before` is the day of an earlier approval. None where the record need not say it yet, and says nothing.
pub fn granted(deferral: &PaymentDeferred, owed_fen: i64, before: Option<Date>, day: Date) -> Option<Outcome> {
    let hardship = deferral.hardship.as_deref().filter(|text| !blank(text));
    let said = deferral.applied_on.is_some() || hardship.is_some() || !deferral.parts.is_empty();
    if !said && !asked(day) {
        return None;
    }
    Some(applied(deferral.applied_on, hardship, before, day).and_then(|()| in_parts(deferral, owed_fen, day)))
}

fn applied(on: Option<Date>, hardship: Option<&str>, before: Option<Date>, day: Date) -> Outcome {
    let Some(on) = on.filter(|on| *on <= day) else {
        return fault(
            "没有当事人在批准以前提出的申请；请写明申请日期，没有申请的不得延期、分期",
            "there is no application of the party from before the approval; give its day, and put nothing off without one",
        );
    };
    if let Some(before) = before.filter(|before| on < *before) {
        return fault(
            format!("{on} 的申请已在 {before} 批准过；再次延期、分期须由当事人重新申请"),
            format!("the application of {on} was granted on {before}; to put it off again the party applies again"),
        );
    }
    if hardship.is_none() {
        return fault(
            "没有写明当事人确有经济困难的情况；请写明",
            "the hardship of the party is not stated; state what it showed",
        );
    }
    Ok(())
}

fn in_parts(deferral: &PaymentDeferred, owed_fen: i64, day: Date) -> Outcome {
    let parts = &deferral.parts;
    if parts.is_empty() {
        if deferral.instalments > 1 {
            return fault(
                "分期缴纳没有逐期写明日期和数额；请写明",
                "it is paid in parts, and they are not named; give day and amount of each",
            );
        }
        return Ok(());
    }
    let mut last = day;
    for part in parts {
        if part.due <= last {
            return fault(
                format!("{} 到期的一期不晚于批准之日或者上一期（{last}）；请按先后写明此后的日期", part.due),
                format!(
                    "the part of {} is not after the approval or the part before it ({last}); name later days, in order",
                    part.due
                ),
            );
        }
        last = part.due;
    }
    let sum = parts.iter().fold(0_i64, |sum, part| sum.saturating_add(part.amount_fen));
    if sum != owed_fen {
        return fault(
            format!("各期合计{}元，尚欠罚款{}元；请更正各期数额", yuan(sum), yuan(owed_fen)),
            format!("the parts are {} yuan together, and {} yuan are owed; correct them", yuan(sum), yuan(owed_fen)),
        );
    }
    Ok(())
}

/// EN-DEFER when it is ended before its time.
pub fn may_end(says_so: bool, missed: Option<Date>) -> Outcome {
    if !says_so {
        return fault(
            "批准时没有写明逾期一期即可终止分期；其余各期仍按各自的日期缴纳，可以就逾期的一期依法处理",
            "the approval does not say that a missed part ends it; the other parts are owed on their days, and what is late is dealt with by itself",
        );
    }
    if missed.is_none() {
        return fault("没有逾期未缴的一期；不得提前终止分期", "no part was missed; it is not ended before its time");
    }
    Ok(())
}

/// The parts in which a fine is paid: what is paid goes to the earliest.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// In the order of their days, one at least: the day that was granted, and the part with the day that stays have left it.
    pub parts: Vec<(Date, Instalment)>,
    /// The whole fine, in fen: what was paid before they were set is no part of them.
    pub fine_fen: i64,
}

impl Schedule {
    /// Of what was paid in all, what goes to the parts.
    fn covers(&self, paid_fen: i64) -> i64 {
        let parts = self.parts.iter().fold(0_i64, |sum, (_, part)| sum.saturating_add(part.amount_fen));
        paid_fen.saturating_sub(self.fine_fen.saturating_sub(parts)).max(0)
    }

    /// With each part, what must have been paid by its day.
    fn sums(&self) -> impl Iterator<Item = (Date, Date, i64)> {
        self.parts.iter().scan(0_i64, |sum, (granted, part)| {
            *sum = sum.saturating_add(part.amount_fen);
            Some((*granted, part.due, *sum))
        })
    }

    /// What is late on a day, when so much was paid before it.
    pub fn overdue_fen(&self, day: Date, paid_fen: i64) -> i64 {
        let due = self.sums().take_while(|(_, due, _)| *due < day).last().map_or(0, |(_, _, sum)| sum);
        due.saturating_sub(self.covers(paid_fen)).max(0)
    }

    /// The day of the first part that was missed.
    pub fn missed(&self, day: Date, paid_fen: i64) -> Option<Date> {
        let covered = self.covers(paid_fen);
        self.sums().find(|(_, due, sum)| *due < day && covered < *sum).map(|(_, due, _)| due)
    }

    /// The days that were granted for the parts before the last which so much does not cover.
    pub fn open(&self, paid_fen: i64) -> Vec<Date> {
        let covered = self.covers(paid_fen);
        let before_the_last = self.parts.len().saturating_sub(1);
        self.sums().take(before_the_last).filter(|(_, _, sum)| covered < *sum).map(|(granted, _, _)| granted).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::day;

    fn part(due: &str, amount_fen: i64) -> Instalment {
        Instalment { due: day(due), amount_fen }
    }

    fn plan() -> PaymentDeferred {
        PaymentDeferred {
            until: day("2024-06-28"),
            instalments: 2,
            approved_by: "李局长".into(),
            official: None,
            applied_on: Some(day("2024-03-25")),
            hardship: Some("停业三个月，账户余额不足千元".into()),
            parts: vec![part("2024-05-10", 40), part("2024-06-28", 60)],
            ends_if_missed: false,
            at: None,
        }
    }

    fn on(deferral: &PaymentDeferred, approved: &str) -> Outcome {
        granted(deferral, 100, None, day(approved)).expect("it is said")
    }

    #[test]
    fn hardship_is_shown_and_the_parts_are_what_is_owed() {
        on(&plan(), "2024-03-25").unwrap();
        let plain = PaymentDeferred { instalments: 1, parts: vec![], ..plan() };
        on(&plain, "2024-03-26").unwrap();
    }

    #[test]
    fn refuses_payment_put_off_without_application_or_hardship() {
        on(&plan(), "2024-03-24").unwrap_err();
        on(&PaymentDeferred { applied_on: None, ..plan() }, "2024-03-25").unwrap_err();
        on(&PaymentDeferred { hardship: Some(" ".into()), ..plan() }, "2024-03-25").unwrap_err();
        let silent = PaymentDeferred { applied_on: None, hardship: None, parts: vec![], ..plan() };
        assert_eq!(granted(&silent, 100, None, day("2026-10-31")), None);
        granted(&silent, 100, None, day("2026-11-01")).expect("asked").unwrap_err();
    }

    #[test]
    fn refuses_the_old_application_again() {
        let again = |before: &str| granted(&plan(), 100, Some(day(before)), day("2024-03-28")).expect("it is said");
        again("2024-03-25").unwrap();
        again("2024-03-26").unwrap_err();
    }

    #[test]
    fn refuses_parts_that_are_not_what_is_owed() {
        let split = |parts: &[(&str, i64)]| {
            let parts = parts.iter().map(|(due, fen)| part(due, *fen)).collect();
            on(&PaymentDeferred { parts, ..plan() }, "2024-03-25")
        };
        split(&[("2024-03-26", 40), ("2024-06-28", 60)]).unwrap();
        split(&[("2024-03-25", 40), ("2024-06-28", 60)]).unwrap_err();
        split(&[("2024-05-10", 40), ("2024-05-10", 60)]).unwrap_err();
        split(&[("2024-05-10", 40), ("2024-06-28", 59)]).unwrap_err();
        split(&[("2024-05-10", 40), ("2024-06-28", 61)]).unwrap_err();
        split(&[]).unwrap_err();
    }

    #[test]
    fn a_missed_part_ends_it_where_the_approval_says_so() {
        may_end(true, Some(day("2024-05-10"))).unwrap();
    }

    #[test]
    fn refuses_to_end_it_for_a_part_that_was_not_missed() {
        may_end(true, None).unwrap_err();
        may_end(false, Some(day("2024-05-10"))).unwrap_err();
    }

    #[test]
    fn what_is_paid_goes_to_the_earliest_part() {
        let parts = plan().parts.into_iter().map(|part| (part.due, part)).collect();
        // Fifty were paid before the parts were set.
        let schedule = Schedule { parts, fine_fen: 150 };
        assert_eq!(schedule.overdue_fen(day("2024-05-10"), 50), 0);
        assert_eq!(schedule.overdue_fen(day("2024-05-11"), 50), 40);
        assert_eq!(schedule.overdue_fen(day("2024-05-11"), 80), 10);
        assert_eq!(schedule.overdue_fen(day("2024-06-29"), 90), 60);
        assert_eq!(schedule.missed(day("2024-05-10"), 50), None);
        assert_eq!(schedule.missed(day("2024-05-11"), 89), Some(day("2024-05-10")));
        assert_eq!(schedule.missed(day("2024-06-29"), 90), Some(day("2024-06-28")));
        assert_eq!((schedule.open(89), schedule.open(90)), (vec![day("2024-05-10")], vec![]));
    }
}
