//! Ranges: `50000-100000元`, `货值金额10-20倍`, `合同价款5-10%`, `广告费用2-5‰`, `面积每平方米100-300元`,
//! `按日原处罚数额30‰`, `10-15日`, `3-6个月`, `1年至终身`, `终身`. One number stands for both ends.

use super::{super::Range, Unread, cut};
use crate::domain::facts::PenaltyKind;

const PER_DAY: &str = "按日";
const FOR_LIFE: &str = "终身";

/// Kinds whose lines mostly have no range.
pub(super) fn bare(kind: PenaltyKind) -> bool {
    !matches!(kind, PenaltyKind::Fine | PenaltyKind::Detention)
}

pub(super) fn wrong(text: &str) -> Unread {
    Unread::new(
        format!(
            "幅度“{}”应写作 低-高元、基数低-高倍、基数低-高%、基数低-高‰、数量每单位低-高元、按日基数低-高‰、低-高日、低-高个月、低-高年、低年至终身 或者 终身",
            cut(text)
        ),
        format!(
            "the range {:?} should read low-high元, base low-high倍, base low-high%, base low-high‰, quantity每unit low-high元, 按日base low-high‰, low-high日, low-high个月, low-high年, low年至终身 or 终身",
            cut(text)
        ),
    )
}

/// The range that a text writes; `None` where it is none.
pub(super) fn read(text: &str) -> Option<Result<Range, Unread>> {
    if text == FOR_LIFE {
        return Some(Ok(Range::Life));
    }
    if let Some(rest) = text.strip_suffix("至终身") {
        let months = rest.strip_suffix("年").map(|n| (n, 12)).or_else(|| rest.strip_suffix("个月").map(|n| (n, 1)));
        let (number, of) = months?;
        let low = number.parse::<u16>().ok()?.checked_mul(of)?;
        return Some(Ok(Range::Term { low_months: low, high_months: None }));
    }
    let (body, unit) = ["元", "倍", "%", "‰", "个月", "日", "年"]
        .into_iter()
        .find_map(|unit| text.strip_suffix(unit).map(|body| (body, unit)))?;
    let numbers = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let at = body.rfind(|c| !numbers(c)).map_or(0, |at| at + body[at..].chars().next().map_or(0, char::len_utf8));
    let (of, numbers) = body.split_at(at);
    let (low, high) = numbers.split_once('-').unwrap_or((numbers, numbers));
    let (low, high) = (hundredths(low)?, hundredths(high)?);
    let range = of_unit(of, unit, low, high)?;
    Some(if low <= high {
        Ok(range)
    } else {
        Err(Unread::new(
            format!("幅度“{}”的下限高于上限", cut(text)),
            format!("the range {:?} runs from high to low", cut(text)),
        ))
    })
}

fn of_unit(of: &str, unit: &str, low: i64, high: i64) -> Option<Range> {
    let whole = |n: i64| (n % 100 == 0).then_some(n / 100);
    let small = |n: i64| u16::try_from(whole(n)?).ok();
    if let Some(of) = of.strip_prefix(PER_DAY) {
        // In hundredths of a unit: one per mille is ten ten-thousandths.
        let parts = |n: i64| match unit {
            "‰" => (n % 10 == 0).then_some(n / 10),
            "%" => Some(n),
            "倍" => n.checked_mul(100),
            _ => None,
        };
        let (low_ten_thousandths, high_ten_thousandths) = (parts(low)?, parts(high)?);
        return named(of).map(|of| Range::PerDay { of, low_ten_thousandths, high_ten_thousandths });
    }
    match unit {
        "元" if of.is_empty() => Some(Range::Amount { low_fen: low, high_fen: high }),
        "元" => {
            let (of, unit) = of.rsplit_once('每')?;
            let (of, unit) = (named(of)?, named(unit)?);
            Some(Range::PerUnit { of, unit, low_fen: low, high_fen: high })
        }
        "倍" => named(of).map(|of| Range::Multiple { of, low_hundredths: low, high_hundredths: high }),
        "%" => {
            let (low_hundredths, high_hundredths) = (whole(low)?, whole(high)?);
            named(of).map(|of| Range::Multiple { of, low_hundredths, high_hundredths })
        }
        "‰" if low % 10 == 0 && high % 10 == 0 => {
            named(of).map(|of| Range::Share { of, low_ten_thousandths: low / 10, high_ten_thousandths: high / 10 })
        }
        "日" if of.is_empty() => Some(Range::Days { low: small(low)?, high: small(high)? }),
        "个月" if of.is_empty() => Some(Range::Term { low_months: small(low)?, high_months: Some(small(high)?) }),
        "年" if of.is_empty() => {
            let years = |n: i64| small(n)?.checked_mul(12);
            Some(Range::Term { low_months: years(low)?, high_months: Some(years(high)?) })
        }
        _ => None,
    }
}

fn named(of: &str) -> Option<String> {
    (!of.is_empty()).then(|| of.to_owned())
}

/// The range, if a penalty of this kind can have it.
pub(super) fn fitting(kind: PenaltyKind, range: Range, text: &str) -> Result<Range, Unread> {
    if range.fits(kind) {
        return Ok(range);
    }
    Err(Unread::new(
        format!("“{}”不能以“{}”为幅度", kind.zh(), cut(text)),
        format!("{} has no such range: {:?}", kind.en(), cut(text)),
    ))
}

impl Range {
    /// Whether a penalty of a kind can have this range: money for fines, time for what lasts; both where the kind has no
    /// name of its own.
    pub fn fits(&self, kind: PenaltyKind) -> bool {
        use PenaltyKind::{
            BarFromTrade, Detention, Fine, LowerQualification, Other, RestrictBusiness, SuspendLicence,
            SuspendProduction,
        };
        match self {
            Self::Amount { .. }
            | Self::Multiple { .. }
            | Self::Share { .. }
            | Self::PerUnit { .. }
            | Self::PerDay { .. } => matches!(kind, Fine | Other),
            Self::Days { .. } => {
                matches!(kind, Detention | SuspendLicence | SuspendProduction | RestrictBusiness | BarFromTrade | Other)
            }
            Self::Term { .. } => matches!(
                kind,
                SuspendLicence | SuspendProduction | RestrictBusiness | BarFromTrade | LowerQualification | Other
            ),
            Self::Life => matches!(kind, BarFromTrade | RestrictBusiness | Other),
        }
    }
}

pub(super) fn write(range: &Range) -> String {
    let span = |low: i64, high: i64| match (decimal(low), decimal(high)) {
        (low, high) if low == high => low,
        (low, high) => format!("{low}-{high}"),
    };
    match range {
        Range::Amount { low_fen, high_fen } => format!("{}元", span(*low_fen, *high_fen)),
        // Below one time the base a percentage reads better; both read back to the same number.
        Range::Multiple { of, low_hundredths, high_hundredths } if *high_hundredths < 100 => {
            format!("{of}{}%", span(low_hundredths * 100, high_hundredths * 100))
        }
        Range::Multiple { of, low_hundredths, high_hundredths } => {
            format!("{of}{}倍", span(*low_hundredths, *high_hundredths))
        }
        Range::Share { of, low_ten_thousandths, high_ten_thousandths } => {
            format!("{of}{}‰", span(low_ten_thousandths * 10, high_ten_thousandths * 10))
        }
        Range::PerUnit { of, unit, low_fen, high_fen } => format!("{of}每{unit}{}元", span(*low_fen, *high_fen)),
        Range::PerDay { of, low_ten_thousandths, high_ten_thousandths } => {
            format!("{PER_DAY}{of}{}‰", span(low_ten_thousandths * 10, high_ten_thousandths * 10))
        }
        Range::Days { low, high } => format!("{}日", span(i64::from(*low) * 100, i64::from(*high) * 100)),
        Range::Term { low_months, high_months } => {
            let (low, high) = (i64::from(*low_months), high_months.map(i64::from));
            let years = low % 12 == 0 && high.is_none_or(|high| high % 12 == 0) && (low, high) != (0, Some(0));
            let (of, unit) = if years { (12, "年") } else { (1, "个月") };
            match high {
                Some(high) => format!("{}{unit}", span(low / of * 100, high / of * 100)),
                None => format!("{}{unit}至{FOR_LIFE}", low / of),
            }
        }
        Range::Life => FOR_LIFE.to_owned(),
    }
}

/// A number with at most two decimals, times a hundred.
pub fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 14 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 100 + part)
}

/// Hundredths as a number with at most two decimals.
pub fn decimal(hundredths: i64) -> String {
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}
