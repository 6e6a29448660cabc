//! Between which amounts, days or months an outcome lies in a case.

use super::{DAYS, Findings, Limit, Outcome, Range, YUAN};

/// Between what an outcome lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds<'a> {
    /// The line gives no range.
    Open,
    /// Money, in fen.
    Fen(i64, i64),
    /// Days.
    Days(u16, u16),
    /// Months; without an upper end up to a whole life.
    Months(u16, Option<u16>),
    /// For life.
    Life,
    /// They rest on a quantity that the case does not state.
    Ask(&'a str),
}

impl Outcome {
    /// What the line comes to in a case.
    pub fn bounds<'a>(&'a self, findings: &Findings) -> Bounds<'a> {
        let Some(range) = &self.range else { return Bounds::Open };
        let spread = |of: &'a str, low: i64, high: i64, parts: i128, times: i128| match self.base(of, findings) {
            Some(base) => self.limited(share(base, low, parts, times), share(base, high, parts, times), findings),
            None => Bounds::Ask(of),
        };
        match range {
            Range::Amount { low_fen, high_fen } => self.limited(*low_fen, *high_fen, findings),
            Range::Multiple { of, low_hundredths, high_hundredths } => {
                spread(of, *low_hundredths, *high_hundredths, 100, 1)
            }
            Range::Share { of, low_ten_thousandths, high_ten_thousandths } => {
                spread(of, *low_ten_thousandths, *high_ten_thousandths, 10_000, 1)
            }
            Range::PerDay { of, low_ten_thousandths, high_ten_thousandths } => match findings.quantity(DAYS) {
                // Days are measured in hundredths, too.
                Some(days) => {
                    spread(of, *low_ten_thousandths, *high_ten_thousandths, 1_000_000, days.hundredths.into())
                }
                None => Bounds::Ask(DAYS),
            },
            Range::PerUnit { of, unit, low_fen, high_fen } => match findings.quantity(of).filter(|m| m.unit == *unit) {
                Some(m) => self.limited(
                    share(m.hundredths, *low_fen, 100, 1),
                    share(m.hundredths, *high_fen, 100, 1),
                    findings,
                ),
                None => Bounds::Ask(of),
            },
            Range::Days { low, high } => Bounds::Days(*low, *high),
            Range::Term { low_months, high_months } => Bounds::Months(*low_months, *high_months),
            Range::Life => Bounds::Life,
        }
    }

    /// The base amount in fen, or what it is deemed to be at least.
    fn base(&self, of: &str, findings: &Findings) -> Option<i64> {
        let found = findings.quantity(of).filter(|m| m.unit == YUAN)?.hundredths;
        Some(found.max(self.deemed_fen.unwrap_or(i64::MIN)))
    }

    fn limited<'a>(&'a self, low: i64, high: i64, findings: &Findings) -> Bounds<'a> {
        let (mut low, mut high) = (low, high);
        for (limit, is_floor) in [(&self.floor, true), (&self.cap, false)] {
            let fen = match limit {
                None => continue,
                Some(Limit::Amount { fen }) => *fen,
                Some(Limit::Multiple { of, hundredths }) => match self.base(of, findings) {
                    Some(base) => share(base, *hundredths, 100, 1),
                    None => return Bounds::Ask(of),
                },
            };
            let held = |fen_now: i64| if is_floor { fen_now.max(fen) } else { fen_now.min(fen) };
            (low, high) = (held(low), held(high));
        }
        Bounds::Fen(low, high)
    }
}

/// `base × rate × times ÷ parts`, at most what an amount can hold.
fn share(base: i64, rate: i64, parts: i128, times: i128) -> i64 {
    let product = i128::from(base).saturating_mul(i128::from(rate)).saturating_mul(times) / parts;
    i64::try_from(product).unwrap_or(i64::MAX)
}
