//! Money for people to read. It is stored in fen.

/// An amount in yuan: 1,234.50.
pub fn yuan(fen: i64) -> String {
    let digits = (fen.unsigned_abs() / 100).to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let cents = fen.unsigned_abs() % 100;
    let sign = if fen < 0 { "-" } else { "" };
    if cents == 0 { format!("{sign}{out}") } else { format!("{sign}{out}.{cents:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_amounts_for_people() {
        for (fen, want) in [(0, "0"), (99, "0.99"), (20_000, "200"), (123_456_789, "1,234,567.89"), (-5_000, "-50")] {
            assert_eq!(yuan(fen), want);
        }
    }
}
