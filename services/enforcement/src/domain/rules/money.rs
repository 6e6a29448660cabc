//! Fines: who takes them, by when, and what lateness costs.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{Calendar, NoCalendar},
    citation::{ACL, APL, FSR},
    period::{Deadline, Period, Suspension},
};

use super::{Outcome, asked, blank, fault, yuan};
use crate::domain::events::{PayChannel, Procedure, ReceiptIssuer, SpotGround};

law::card! {
    /// Who fines does not collect. 1. The agency and its officers. 2. The way of payment with the grounds of 68 and 69: on the spot is on the day of the decision on
    /// the spot; later only in a remote place, at the party's request. 3. The law of 2021. 4. 68(1), (2), 69, entered as the ground. 5. No ground is none. 6. Coming back for
    /// the money days later; the fine in parts: the whole fine is compared with a hundred yuan. Calling cash a payment to the bank: the receipt says whose it is
    /// (EN-RECEIPT). 7. Refused in handling, recorded in reporting. 8. APL 67 to 69, FSR 3.
    EN_SEPARATE "EN-SEPARATE" Gate "罚缴分离" "fining apart from collecting"; Citation::article(&APL, 67), Citation::article(&APL, 68), Citation::article(&APL, 69), Citation::article(&FSR, 3);
    "罚缴分离：作出处罚决定的机关及其执法人员不得自行收缴罚款，法定当场收缴情形除外";
    "whoever fines does not collect, but for the cases in which a fine may be taken on the spot";
    plans "FY 25" "TA 20" "BT 22";
    compares "缴纳方式、日期与当场收缴的法定情形" "way and day of the payment with the grounds for taking it on the spot";
    except "依法给予一百元以下罚款的" "a fine up to 100 yuan, on the spot", "不当场收缴事后难以执行的" "hard to execute afterwards, on the spot",
    "边远、水上、交通不便地区经当事人提出的" "in remote places, on the water, at the party's request";
    params "spot_fen_max" = SPOT_FEN_MAX "fen"; since 2021 7 15;
    allows a_fine_paid_to_the_bank_is_in_order, a_hundred_yuan_may_be_taken_on_the_spot, a_remote_party_may_ask_to_pay_on_the_spot; refuses refuses_a_self_collected_fine, refuses_more_than_a_hundred_yuan_as_a_small_fine, refuses_a_spot_ground_of_the_simple_procedure_in_the_ordinary_one, refuses_cash_taken_the_day_after_a_spot_decision, refuses_cash_over_what_replaces_a_spot_decision
}
law::card! {
    /// The right receipt.
    EN_RECEIPT "EN-RECEIPT" Gate "专用票据" "receipts"; Citation::article(&APL, 70), Citation::article(&FSR, 8);
    "收缴罚款须出具财政部门统一制发的专用票据或者代收机构的收据"; "whoever takes a fine gives the fiscal authority's receipt, or the bank's";
    plans "FY 25"; since 2021 7 15;
    allows a_payment_with_receipt_is_in_order, cash_is_receipted_by_the_finance_department; refuses refuses_a_payment_without_receipt, refuses_cash_with_another_receipt
}
law::card! {
    /// Fifteen days to pay.
    EN_PAY "EN-PAY" Deadline "缴纳罚款期限" "time to pay"; Citation::paragraph(&APL, 67, 3);
    "当事人应当自收到处罚决定书之日起十五日内缴纳罚款"; "the party pays within 15 days of receiving the decision";
    plans ; owed by Party; params "days" = PAY; since 2021 7 15;
    allows a_fine_paid_on_the_fifteenth_day_is_in_time; refuses a_fine_paid_on_the_sixteenth_day_is_late
}
law::card! {
    /// Cash travels fast.
    EN_SPOT_CASH "EN-SPOT-CASH" Deadline "当场收缴上缴期限" "cash handed over in time"; Citation::article(&APL, 71);
    "当场收缴的罚款两个工作日内交至机关，机关两个工作日内缴付银行"; "cash taken on the spot reaches the agency in 2 working days and the bank in 2 more";
    plans ; params "working_days" = SPOT_CASH; since 2021 7 15;
    allows cash_delivered_on_the_second_working_day_is_in_time; refuses cash_delivered_on_the_third_working_day_is_late
}
law::card! {
    /// Three per cent, never more than the fine. 1. The agency. 2. Days and amount claimed with the days late: after the last day to pay, without those under appeal, and up to the day on
    /// which the fine was paid. 3. The law of 2021. 4. Days under appeal (73(3)). 5. A last day that nobody can tell leaves it unchecked; an unserved
    /// decision is not late. 6. Claimed again, in parts, after payment, of days under appeal claimed afterwards. An appeal of another day than the claim's
    /// does not stop it. 7. Refused in handling, recorded in reporting. 8. APL 72(1), 73(3), ACL 45.
    EN_SURCHARGE "EN-SURCHARGE" Limit "加处罚款" "surcharge"; Citation::article(&APL, 72), Citation::paragraph(&APL, 73, 3), Citation::article(&ACL, 45);
    "逾期每日按罚款数额的百分之三加处罚款，总额不得超出罚款本数；复议、诉讼期间不计算";
    "3 % of the fine a day when late, together never above the fine; none during an appeal";
    plans ;
    compares "加处罚款的日数、数额与扣除复议、诉讼期间后至缴清之日的逾期日数、罚款本数"
        "days and amount claimed with the days late until it was paid, without those under appeal, and with the fine";
    except "复议、诉讼期间" "while an appeal is pending"; params "percent_a_day" = PERCENT_A_DAY "percent"; since 2021 7 15;
    allows three_per_cent_a_day_up_to_the_fine_is_allowed; refuses refuses_a_surcharge_above_the_fine, refuses_a_surcharge_for_days_under_appeal, refuses_a_surcharge_before_the_last_day_to_pay, refuses_a_surcharge_for_days_after_the_fine_was_paid
}

/// The period of EN-PAY.
pub const PAY: Period = Period::CalendarDays(15);
/// Each of the two periods of EN-SPOT-CASH.
pub const SPOT_CASH: Period = Period::WorkingDays(2);

/// The largest fine that may be taken on the spot for being small.
const SPOT_FEN_MAX: i64 = 10_000;
/// What a day of delay costs, of the fine.
const PERCENT_A_DAY: i128 = 3;

/// The last day to pay a fine received on `day`; none while a stay holds it off.
///
/// # Errors
/// When the calendar of the year in which it ends is not known.
pub fn pay_by(day: Date, stayed: Vec<Suspension>, calendar: &Calendar) -> Result<Option<Date>, NoCalendar> {
    let period = Deadline { suspensions: stayed, ..Deadline::new(day, PAY, "") };
    Ok(period.due(calendar)?.day())
}

/// EN-SEPARATE: to the bank or electronically, or on the spot for one of the three grounds. `later`: not when it was decided on the
/// spot, but on another day, or over a decision that was made again by order.
pub fn separate(
    channel: PayChannel,
    ground: Option<SpotGround>,
    procedure: Procedure,
    fine_fen: i64,
    later: bool,
) -> Outcome {
    if channel != PayChannel::OnSpot {
        return Ok(());
    }
    match (ground, procedure) {
        (Some(SpotGround::UpTo100Yuan | SpotGround::HardAfterwards), Procedure::Simple) if later => fault(
            "当场收缴限于当场作出决定之时，事后不得自行收缴；请当事人到银行或者通过电子支付系统缴纳",
            "a fine is taken on the spot when it is decided on the spot, and not afterwards; the party pays at the bank or electronically",
        ),
        (None, _) => fault(
            "没有当场收缴的法定情形，执法人员不得自行收缴罚款；请当事人到银行或者通过电子支付系统缴纳",
            "there is no ground for taking the fine on the spot; the party pays at the bank or electronically",
        ),
        (Some(SpotGround::RemoteAtRequest), _) | (Some(SpotGround::HardAfterwards), Procedure::Simple) => Ok(()),
        (Some(SpotGround::UpTo100Yuan), Procedure::Simple) if fine_fen <= SPOT_FEN_MAX => Ok(()),
        (Some(SpotGround::UpTo100Yuan), Procedure::Simple) => fault(
            format!("罚款{}元超过当场收缴的一百元上限；请当事人到银行缴纳", yuan(fine_fen)),
            format!(
                "a fine of {} yuan is above the 100 yuan that may be taken on the spot; the party pays at the bank",
                yuan(fine_fen)
            ),
        ),
        (Some(_), Procedure::Ordinary) => fault(
            "普通程序的罚款只有在边远、水上、交通不便地区经当事人提出才能当场收缴；请当事人到银行缴纳",
            "in the ordinary procedure a fine is taken on the spot only in a remote place at the party's request; otherwise it pays at the bank",
        ),
    }
}

/// EN-RECEIPT.
pub fn receipted(receipt: &str) -> Outcome {
    if blank(receipt) {
        return fault(
            "没有财政部门统一制发的票据或者银行收据；当事人有权拒缴，请出具并写明票据号",
            "there is no receipt of the fiscal authority or the bank; the party may refuse to pay without one",
        );
    }
    Ok(())
}

/// EN-RECEIPT, of cash: the receipt is the fiscal authority's own; none where the record need not say it yet, and does not.
pub fn receipt_of(channel: PayChannel, issuer: Option<ReceiptIssuer>, day: Date) -> Option<Outcome> {
    if channel != PayChannel::OnSpot {
        return None;
    }
    match issuer {
        Some(ReceiptIssuer::Ministry | ReceiptIssuer::Province) => Some(Ok(())),
        None if !asked(day) => None,
        None | Some(ReceiptIssuer::Bank) => Some(fault(
            "当场收缴没有出具国务院或者省级财政部门统一制发的专用票据；当事人有权拒缴，请出具并写明",
            "cash was taken without the receipt of the finance department of the State Council or the province; the party may refuse to pay, so give it, and say so",
        )),
    }
}

/// How late a party is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Late {
    /// Days late so far, without those under appeal.
    pub days: u16,
    /// Where the fine is paid in parts: all that these days come to, each by what was late on it, in fen.
    pub most_fen: Option<i64>,
}

impl Late {
    /// One more day, on which so much was late.
    pub fn count(&mut self, late_fen: i64) {
        self.days = self.days.saturating_add(1);
        self.most_fen = self.most_fen.map(|fen| fen.saturating_add(a_day(late_fen)));
    }
}

/// What a day of delay costs, in fen.
fn a_day(late_fen: i64) -> i64 {
    i64::try_from(i128::from(late_fen) * PERCENT_A_DAY / 100).unwrap_or(i64::MAX)
}

/// What a surcharge is held against.
#[derive(Clone, Copy, Debug)]
pub struct Surcharge {
    /// The fine, in fen.
    pub fine_fen: i64,
    /// Days it claims.
    pub days: u16,
    /// What it claims, in fen.
    pub amount_fen: i64,
    /// Days claimed before.
    pub days_before: u16,
    /// Claimed before, in fen.
    pub total_before_fen: i64,
    /// Of it, what was claimed before the last day to pay was set.
    pub earlier_fen: i64,
    /// How late the party is.
    pub late: Late,
    /// Whether an appeal is pending.
    pub appeal_pending: bool,
}

/// EN-SURCHARGE.
pub fn surcharge(s: Surcharge) -> Outcome {
    if s.appeal_pending {
        return fault(
            "复议或者诉讼期间不计算加处罚款；请待其结束",
            "no surcharge runs while an appeal is pending; wait for its end",
        );
    }
    let claimed = u32::from(s.days_before) + u32::from(s.days);
    let late = s.late.days;
    if claimed > u32::from(late) {
        return fault(
            format!("加处罚款共计{claimed}日，但扣除复议、诉讼期间后只逾期{late}日；请更正"),
            format!(
                "the surcharges cover {claimed} days, but the fine is {late} days late without time under appeal; correct it"
            ),
        );
    }
    let most = i128::from(s.fine_fen) * PERCENT_A_DAY * i128::from(s.days) / 100;
    if i128::from(s.amount_fen) > most {
        return fault(
            format!("{}日的加处罚款最多{}元；请更正", s.days, yuan(i64::try_from(most).unwrap_or(i64::MAX))),
            format!("{} days give at most {} yuan; correct it", s.days, yuan(i64::try_from(most).unwrap_or(i64::MAX))),
        );
    }
    let total = s.total_before_fen.saturating_add(s.amount_fen);
    if let Some(most) = s.late.most_fen.map(|most| most.saturating_add(s.earlier_fen)).filter(|most| total > *most) {
        return fault(
            format!("分期缴纳的，只就逾期的各期加处罚款，累计最多{}元，不是{}元；请更正", yuan(most), yuan(total)),
            format!(
                "of a fine paid in parts only the parts that are late bear a surcharge: {} yuan at most, not {}; correct it",
                yuan(most),
                yuan(total)
            ),
        );
    }
    if total > s.fine_fen {
        return fault(
            format!("加处罚款累计{}元，超出罚款本数{}元；请降低", yuan(total), yuan(s.fine_fen)),
            format!(
                "the surcharges together are {} yuan, above the fine of {} yuan; lower them",
                yuan(total),
                yuan(s.fine_fen)
            ),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{day, overdue};

    #[test]
    fn a_fine_paid_to_the_bank_is_in_order() {
        separate(PayChannel::Bank, None, Procedure::Ordinary, 7_000_000, false).unwrap();
        separate(PayChannel::Electronic, None, Procedure::Simple, 5_000, false).unwrap();
    }

    #[test]
    fn a_hundred_yuan_may_be_taken_on_the_spot() {
        separate(PayChannel::OnSpot, Some(SpotGround::UpTo100Yuan), Procedure::Simple, 10_000, false).unwrap();
        separate(PayChannel::OnSpot, Some(SpotGround::HardAfterwards), Procedure::Simple, 20_000, false).unwrap();
    }

    #[test]
    fn a_remote_party_may_ask_to_pay_on_the_spot() {
        separate(PayChannel::OnSpot, Some(SpotGround::RemoteAtRequest), Procedure::Ordinary, 7_000_000, false).unwrap();
    }

    #[test]
    fn refuses_cash_taken_the_day_after_a_spot_decision() {
        for ground in [SpotGround::UpTo100Yuan, SpotGround::HardAfterwards] {
            separate(PayChannel::OnSpot, Some(ground), Procedure::Simple, 5_000, true).unwrap_err();
        }
        separate(PayChannel::OnSpot, Some(SpotGround::RemoteAtRequest), Procedure::Simple, 5_000, true).unwrap();
        separate(PayChannel::Bank, None, Procedure::Simple, 5_000, true).unwrap();
    }

    #[test]
    fn refuses_a_self_collected_fine() {
        separate(PayChannel::OnSpot, None, Procedure::Simple, 5_000, false).unwrap_err();
        separate(PayChannel::OnSpot, None, Procedure::Ordinary, 7_000_000, false).unwrap_err();
    }

    #[test]
    fn refuses_more_than_a_hundred_yuan_as_a_small_fine() {
        separate(PayChannel::OnSpot, Some(SpotGround::UpTo100Yuan), Procedure::Simple, 10_001, false).unwrap_err();
    }

    #[test]
    fn refuses_a_spot_ground_of_the_simple_procedure_in_the_ordinary_one() {
        separate(PayChannel::OnSpot, Some(SpotGround::HardAfterwards), Procedure::Ordinary, 5_000, false).unwrap_err();
        separate(PayChannel::OnSpot, Some(SpotGround::UpTo100Yuan), Procedure::Ordinary, 5_000, false).unwrap_err();
    }

    #[test]
    fn a_payment_with_receipt_is_in_order() {
        receipted("黑财票0001").unwrap();
    }

    #[test]
    fn cash_is_receipted_by_the_finance_department() {
        for issuer in [ReceiptIssuer::Ministry, ReceiptIssuer::Province] {
            receipt_of(PayChannel::OnSpot, Some(issuer), day("2024-03-20")).expect("stated").unwrap();
        }
        assert_eq!(receipt_of(PayChannel::Bank, Some(ReceiptIssuer::Bank), day("2026-11-01")), None);
    }

    #[test]
    fn refuses_cash_with_another_receipt() {
        receipt_of(PayChannel::OnSpot, Some(ReceiptIssuer::Bank), day("2024-03-20")).expect("stated").unwrap_err();
        assert_eq!(receipt_of(PayChannel::OnSpot, None, day("2026-10-31")), None);
        receipt_of(PayChannel::OnSpot, None, day("2026-11-01")).expect("asked").unwrap_err();
    }

    #[test]
    fn refuses_a_payment_without_receipt() {
        receipted(" ").unwrap_err();
    }

    #[test]
    fn a_fine_paid_on_the_fifteenth_day_is_in_time() {
        assert_eq!(pay_by(day("2024-03-04"), vec![], Calendar::china()).unwrap(), Some(day("2024-03-19")));
        assert!(!overdue(PAY, "2024-03-04", "2024-03-19"));
        // The fifteenth day falls into the Labour Day holiday.
        assert_eq!(pay_by(day("2024-04-18"), vec![], Calendar::china()).unwrap(), Some(day("2024-05-06")));
    }

    #[test]
    fn a_fine_paid_on_the_sixteenth_day_is_late() {
        assert!(overdue(PAY, "2024-03-04", "2024-03-20"));
    }

    #[test]
    fn cash_delivered_on_the_second_working_day_is_in_time() {
        assert!(!overdue(SPOT_CASH, "2024-03-08", "2024-03-12"));
    }

    #[test]
    fn cash_delivered_on_the_third_working_day_is_late() {
        assert!(overdue(SPOT_CASH, "2024-03-08", "2024-03-13"));
    }

    fn claim(days: u16, amount_fen: i64) -> Surcharge {
        Surcharge {
            fine_fen: 1_000_000,
            days,
            amount_fen,
            days_before: 0,
            total_before_fen: 0,
            earlier_fen: 0,
            late: Late { days: 40, most_fen: None },
            appeal_pending: false,
        }
    }

    #[test]
    fn three_per_cent_a_day_up_to_the_fine_is_allowed() {
        surcharge(claim(10, 300_000)).unwrap();
        surcharge(claim(40, 1_000_000)).unwrap();
    }

    #[test]
    fn refuses_a_surcharge_above_the_fine() {
        surcharge(claim(10, 300_001)).unwrap_err();
        surcharge(claim(40, 1_000_001)).unwrap_err();
        surcharge(Surcharge { days_before: 10, total_before_fen: 900_000, ..claim(10, 100_001) }).unwrap_err();
    }

    #[test]
    fn refuses_a_surcharge_for_days_under_appeal() {
        surcharge(Surcharge { appeal_pending: true, ..claim(1, 1) }).unwrap_err();
        surcharge(claim(41, 300_000)).unwrap_err();
        surcharge(Surcharge { days_before: 31, ..claim(10, 300_000) }).unwrap_err();
    }

    #[test]
    fn refuses_a_surcharge_before_the_last_day_to_pay() {
        surcharge(Surcharge { late: Late::default(), ..claim(1, 30_000) }).unwrap_err();
    }
}
