//! 处罚种类和幅度: one outcome per line, `kind|range|condition`.

use kernel::words::Word;
use lists::facts;
use proto::common::v1::PenaltyKind;

/// A kind of penalty with its range and condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub(super) kind: PenaltyKind,
    pub(super) range: Option<Range>,
    pub(super) condition: Option<String>,
}

/// How far an outcome may go.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Range {
    /// In fen.
    Amount { low: i64, high: i64 },
    /// In hundredths of a base amount.
    Multiple { of: String, low: i64, high: i64 },
    /// Days of detention.
    Days { low: u32, high: u32 },
}

/// Reads a cell; `None` when a line is malformed.
pub(super) fn outcomes(cell: &str) -> Option<Vec<Outcome>> {
    cell.lines().filter(|l| !l.is_empty()).map(outcome).collect()
}

fn outcome(line: &str) -> Option<Outcome> {
    let mut parts = line.split('|');
    let kind = kind(parts.next()?)?;
    let (range, condition) = match (parts.next(), parts.next()) {
        (None, _) => (None, None),
        (Some(r), c) => match range(r) {
            Some(range) => (Some(range), c),
            None if c.is_none() => (None, Some(r)),
            None => (None, c),
        },
    };
    Some(Outcome { kind, range, condition: condition.map(str::to_owned) })
}

fn kind(word: &str) -> Option<PenaltyKind> {
    facts::PenaltyKind::from_zh(word).map(Word::wire)
}

/// A kind's word.
pub(super) fn zh(kind: PenaltyKind) -> &'static str {
    facts::PenaltyKind::from_wire(kind).unwrap_or(facts::PenaltyKind::Other).zh()
}

fn range(text: &str) -> Option<Range> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (of, numbers) = text.split_at(digits);
    let (low, rest) = numbers.split_once('-')?;
    let unit = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (high, unit) = rest.split_at(unit);
    let (low, high) = (hundredths(low)?, hundredths(high)?);
    match unit {
        "元" => Some(Range::Amount { low, high }),
        "倍" => Some(Range::Multiple { of: of.to_owned(), low, high }),
        // A percent is a hundredth; 6.5% is rounded into the range.
        "%" => Some(Range::Multiple { of: of.to_owned(), low: (low + 99) / 100, high: high / 100 }),
        "日" => Some(Range::Days { low: u32::try_from(low / 100).ok()?, high: u32::try_from(high / 100).ok()? }),
        _ => None,
    }
}

/// A decimal number of at most two places, in hundredths.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let places = format!("{places:0<2}");
    if places.len() != 2 {
        return None;
    }
    Some(whole.parse::<i64>().ok()? * 100 + places.parse::<i64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, kind: PenaltyKind, range: Option<Range>, condition: Option<&str>) {
        let want = Outcome { kind, range, condition: condition.map(str::to_owned) };
        assert_eq!(outcomes(line), Some(vec![want]), "{line}");
    }

    #[test]
    fn reads_every_form() {
        check("警告", PenaltyKind::Warning, None, None);
        check("吊销许可证件|情节严重", PenaltyKind::RevokeLicence, None, Some("情节严重"));
        check(
            "罚款|0-600元|拒不改正",
            PenaltyKind::Fine,
            Some(Range::Amount { low: 0, high: 60_000 }),
            Some("拒不改正"),
        );
        let multiple = Range::Multiple { of: "货值金额".into(), low: 1000, high: 1950 };
        check("罚款|货值金额10-19.5倍", PenaltyKind::Fine, Some(multiple), None);
        let percent = Range::Multiple { of: "合同价款".into(), low: 5, high: 10 };
        check("罚款|合同价款5-10%", PenaltyKind::Fine, Some(percent), None);
        check("行政拘留|5-10日", PenaltyKind::Detention, Some(Range::Days { low: 5, high: 10 }), None);
        assert_eq!(outcomes("劳役"), None);
        assert_eq!(outcomes(""), Some(vec![]));
    }
}
