//! The values of fields, in the forms that vocabularies give them.

use law::{
    period::Period,
    vocabulary::{Form, Piece, Teller},
};
use serde_json::Value;

use super::{moment, text, word};
use crate::model::Text;

/// A value as people read it; empty if there is nothing to read. Of another shape than its form expects, it is shown as
/// it is stored.
pub(super) fn read(form: Form, value: &Value) -> Text {
    match value {
        Value::Null => Text::default(),
        Value::Bool(true) => Text::label("是", "yes"),
        Value::Bool(false) => Text::label("否", "no"),
        Value::Array(all) => list(all.iter().map(|one| read(form, one))),
        Value::Number(_) | Value::String(_) | Value::Object(_) => formed(form, value)
            .unwrap_or_else(|| Text::same(value.as_str().map_or_else(|| value.to_string(), str::to_owned))),
    }
}

fn formed(form: Form, value: &Value) -> Option<Text> {
    Some(match form {
        Form::Hidden | Form::Officers => Text::default(),
        Form::Plain | Form::Person { .. } => return None,
        Form::Money => money(value.as_i64()?),
        Form::Days => days(value.as_i64()?),
        Form::Bytes => bytes(value.as_i64()?),
        Form::Moment => Text::same(moment(value.as_str()?.parse().ok()?)),
        Form::Period => {
            let period = serde_json::from_value::<Period>(value.clone()).ok()?;
            Text::new(period.to_zh(), period.to_en())
        }
        Form::Word(words) => word(words, value.as_str()?),
        Form::Code(words) => {
            let (id, n) = value.as_str()?.split_once('-').map_or((value.as_str()?, None), |(id, n)| (id, Some(n)));
            let label = text(words.iter().find(|word| word.id == id)?.label);
            match n {
                Some(n) => Text::new(format!("{} {n}", label.zh), format!("{} {n}", label.en)),
                None => label,
            }
        }
        Form::Parts(pieces) => {
            value.as_object()?;
            together(pieces, value)
        }
        Form::Told(Teller(tell)) => {
            let [zh, en] = tell(value)?;
            Text::new(zh, en)
        }
        Form::OneOf(tag, forms) => {
            let tag = value.get(tag)?.as_str()?;
            read(forms.iter().find(|(of, _)| *of == tag)?.1, value)
        }
    })
}

fn list(all: impl Iterator<Item = Text>) -> Text {
    let (zh, en): (Vec<_>, Vec<_>) = all.filter(|one| !one.is_empty()).map(|one| (one.zh, one.en)).unzip();
    Text::new(zh.join("；"), en.join("; "))
}

fn together(pieces: &[Piece], value: &Value) -> Text {
    let (mut zh, mut en) = (String::new(), String::new());
    for piece in pieces {
        let of = read(piece.form, &value[piece.field]);
        if !of.is_empty() {
            zh.extend([piece.before.zh, &of.zh, piece.after.zh]);
            en.extend([piece.before.en, &of.en, piece.after.en]);
        }
    }
    Text::new(zh, en)
}

/// Yuan without needless zeros: `12,345.60 元`.
fn money(fen: i64) -> Text {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    let (yuan, rest) = ((fen / 100).to_string(), fen % 100);
    let mut grouped = String::new();
    for (at, digit) in yuan.chars().enumerate() {
        if at > 0 && (yuan.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest > 0 {
        grouped.push_str(&format!(".{rest:02}"));
    }
    Text::new(format!("{sign}{grouped}元"), format!("{sign}{grouped} yuan"))
}

fn days(n: i64) -> Text {
    Text::new(format!("{n}日"), format!("{n} days"))
}

/// `12.3 KB`: sizes as file managers tell them.
fn bytes(n: i64) -> Text {
    Text::same(match n {
        ..=999 => format!("{n} B"),
        1_000..=999_999 => format!("{}.{} KB", n / 1_000, n % 1_000 / 100),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    })
}

#[cfg(test)]
mod tests {
    use law::vocabulary::Word;
    use serde_json::json;

    use super::*;

    const LEVELS: &[Word] = &[Word::new("lighter", "从轻", "lighter"), Word::new("ordinary", "一般", "ordinary")];

    #[track_caller]
    fn check(form: Form, value: Value, zh: &str, en: &str) {
        assert_eq!(read(form, &value), Text::new(zh.to_owned(), en.to_owned()));
    }

    #[test]
    fn money_is_grouped_and_keeps_its_fen() {
        for (fen, zh) in [(0, "0元"), (100, "1元"), (123_456_789, "1,234,567.89元"), (-10_050, "-100.50元")] {
            assert_eq!(money(fen).zh, zh);
        }
    }

    #[test]
    fn words_and_codes_are_told_and_unknown_ones_shown_as_they_are_stored() {
        check(Form::Word(LEVELS), json!("lighter"), "从轻", "lighter");
        check(Form::Word(LEVELS), json!("exile"), "exile", "exile");
        check(Form::Code(LEVELS), json!("ordinary-2"), "一般 2", "ordinary 2");
        check(Form::Code(LEVELS), json!("甲-1"), "甲-1", "甲-1");
        check(Form::Word(LEVELS), json!(["lighter", "ordinary"]), "从轻；一般", "lighter; ordinary");
    }

    #[test]
    fn what_the_service_tells_is_shown_and_what_it_does_not_know_as_it_is_stored() {
        const TOLD: Form =
            Form::Told(Teller(|value| Some([format!("{}元", value["fen"]), format!("{} yuan", value["fen"])])));
        check(TOLD, json!([{"fen": 1}, {"fen": 2}]), "1元；2元", "1 yuan; 2 yuan");
        check(Form::Told(Teller(|_| None)), json!({"fen": 1}), r#"{"fen":1}"#, r#"{"fen":1}"#);
    }

    #[test]
    fn an_absent_part_is_left_out_with_what_stands_around_it() {
        const FORM: Form = Form::Parts(&[
            Piece::of("name", Form::Plain),
            Piece::of("level", Form::Word(LEVELS)).before("（", " (").after("）", ")"),
        ]);
        check(FORM, json!({"name": "甲", "level": "lighter"}), "甲（从轻）", "甲 (lighter)");
        check(FORM, json!({"name": "甲", "level": null}), "甲", "甲");
        check(FORM, json!("甲"), "甲", "甲");
    }
}
