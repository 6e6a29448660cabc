//! The values of fields.

use law::period::Period;
use serde_json::Value;

use super::super::lexicon::{Set, money, word, yes};
use super::moment;
use crate::model::{Text, tier};

/// A value as people read it; none if there is nothing to read.
pub(super) fn shown(kind: &str, name: &str, value: &Value) -> Option<Text> {
    let text = match value {
        Value::Null => return None,
        Value::Bool(b) => yes(*b),
        Value::Number(n) => number(name, n.as_i64()?),
        Value::String(text) => string(kind, name, text),
        Value::Array(all) => list(all.iter().map(|one| element(kind, name, one))),
        Value::Object(_) => element(kind, name, value),
    };
    (!text.is_empty()).then_some(text)
}

fn number(name: &str, n: i64) -> Text {
    if name.ends_with("_fen") {
        return money(n);
    }
    match name {
        "size_bytes" => bytes(n),
        "days" => Text::new(format!("{n}日"), format!("{n} days")),
        _ => Text::same(n.to_string()),
    }
}

/// `12.3 KB`: sizes as file managers tell them.
fn bytes(n: i64) -> Text {
    Text::same(match n {
        ..=999 => format!("{n} B"),
        1_000..=999_999 => format!("{}.{} KB", n / 1_000, n % 1_000 / 100),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    })
}

fn string(kind: &str, name: &str, text: &str) -> Text {
    if let Some(set) = set(kind, name) {
        return word(set, text);
    }
    if name == "tier" {
        return tier(text);
    }
    if matches!(name, "hearing_at" | "approved_at")
        && let Ok(at) = text.parse()
    {
        return Text::same(moment(at));
    }
    Text::same(text)
}

/// The set of words that a field is from.
fn set(kind: &str, name: &str) -> Option<Set> {
    let event = kind.split('.').nth(2).unwrap_or_default();
    Some(match (event, name) {
        (_, "procedure") => Set::Procedure,
        (_, "measures") => Set::Measure,
        ("ItemPublished", "kind") => Set::Power,
        ("CaseFiled", "source") => Set::Source,
        ("EvidenceCollected", "kind") => Set::Evidence,
        ("MeasureTaken", "kind") => Set::Measure,
        ("RecordMade", "stage") => Set::RecordStage,
        ("RecordMade", "form") => Set::RecordForm,
        (_, "method") => Set::Service,
        (_, "channel") => Set::Pay,
        (_, "spot_ground") => Set::SpotGround,
        ("StatementHeard", "outcome") => Set::Statement,
        ("PenaltyWithheld", "ground") => Set::NoPenalty,
        ("CaseClosed", "reason") => Set::Close,
        ("DecisionSuspended", "ground") => Set::Suspension,
        ("TargetSet", "measure") => Set::Target,
        ("AreaStopOrdered", "ground") => Set::AreaStop,
        ("AppealLodged", "kind") => Set::Appeal,
        ("CatalogueEntryPublished", "kind") => Set::Power,
        ("AgencyRegistered", "kind") => Set::AgencyKind,
        ("OfficerRegistered", "role") => Set::OfficerRole,
        ("RegionRegistered", "level") => Set::Level,
        ("ItemReviewedYearly", "conclusion") => Set::Conclusion,
        _ => return None,
    })
}

fn list(all: impl Iterator<Item = Text>) -> Text {
    let (zh, en): (Vec<_>, Vec<_>) = all.filter(|one| !one.is_empty()).map(|one| (one.zh, one.en)).unzip();
    Text::new(zh.join("；"), en.join("; "))
}

/// One element of a list, or an object.
fn element(kind: &str, name: &str, value: &Value) -> Text {
    let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
    match (name, value) {
        (_, Value::String(text)) => string(kind, name, text),
        ("penalties" | "proposal", _) => penalty(value),
        ("outcomes", _) => outcome(value),
        ("period" | "limit", _) => period(value),
        ("tiers", _) => {
            let (of, when) = (tier(&text("code")), text("circumstances"));
            Text::new(format!("{}：{when}", of.zh), format!("{}: {when}", of.en))
        }
        ("bases" | "basis", Value::Object(o)) if o.contains_key("statute") => {
            Text::same(format!("《{}》{}", text("statute"), text("article")))
        }
        ("bases", _) => {
            let amount = money(value["amount_fen"].as_i64().unwrap_or_default());
            Text::new(format!("{}{}", text("of"), amount.zh), format!("{}: {}", text("of"), amount.en))
        }
        ("party", _) => {
            let of = word(Set::PartyKind, &text("kind"));
            Text::new(format!("{}（{}）", text("name"), of.zh), format!("{} ({})", text("name"), of.en))
        }
        ("violation", _) => Text::same(format!("{}（{}，{}）", text("fact"), text("place"), text("from"))),
        ("ground", _) => {
            let of = word(Set::Ground, &text("kind"));
            Text::new(format!("{}：{}", of.zh, text("document")), format!("{}: {}", of.en, text("document")))
        }
        ("duties", _) => Text::same(format!("{}：{}", text("stage"), text("matter"))),
        ("content", _) => Text::same(text("name")),
        ("device", _) => Text::same(text("device")),
        ("distinct_from", _) => Text::same(text("reason")),
        ("flow", _) => {
            let limit = period(&value["limit"]);
            Text::new(format!("{} {}", text("name"), limit.zh), format!("{} {}", text("name"), limit.en))
        }
        (_, other) => Text::same(other.to_string()),
    }
}

fn period(value: &Value) -> Text {
    match serde_json::from_value::<Period>(value.clone()) {
        Ok(period) => Text::new(period.to_zh(), period.to_en()),
        Err(_) => Text::same(value.to_string()),
    }
}

/// `罚款 5,000元`, `没收非法财物：过期食品12袋`.
pub(crate) fn penalty(value: &Value) -> Text {
    let mut text = word(Set::Penalty, value["kind"].as_str().unwrap_or_default());
    if let Some(fen) = value["amount_fen"].as_i64() {
        let amount = money(fen);
        text = Text::new(format!("{} {}", text.zh, amount.zh), format!("{} {}", text.en, amount.en));
    }
    if let Some(days) = value["days"].as_i64() {
        text = Text::new(format!("{} {days}日", text.zh), format!("{} {days} days", text.en));
    }
    match value["what"].as_str() {
        Some(what) if !what.is_empty() => Text::new(format!("{}：{what}", text.zh), format!("{}: {what}", text.en)),
        _ => text,
    }
}

/// One kind of penalty that an item or a tier allows: `罚款 5,000元至10,000元`, `罚款 货值金额 5倍至10倍`.
pub(crate) fn outcome(value: &Value) -> Text {
    let mut text = word(Set::Penalty, value["kind"].as_str().unwrap_or_default());
    if let Some(range) = value.get("range").filter(|range| !range.is_null()) {
        let range = range_text(range);
        text = Text::new(format!("{} {}", text.zh, range.zh), format!("{} {}", text.en, range.en));
    }
    match value["condition"].as_str() {
        Some(when) if !when.is_empty() => Text::new(format!("{}（{when}）", text.zh), format!("{} ({when})", text.en)),
        _ => text,
    }
}

fn range_text(range: &Value) -> Text {
    let int = |field: &str| range[field].as_i64().unwrap_or_default();
    match range["type"].as_str() {
        Some("amount") => between(money(int("low_fen")), money(int("high_fen"))),
        Some("multiple") => {
            let of = range["of"].as_str().unwrap_or_default();
            let both = between(times(int("low_hundredths")), times(int("high_hundredths")));
            Text::new(format!("{of}{}", both.zh), format!("{} of {of}", both.en))
        }
        Some("days") => {
            let days = |n: i64| Text::new(format!("{n}日"), format!("{n} days"));
            between(days(int("low")), days(int("high")))
        }
        _ => Text::same(range.to_string()),
    }
}

fn between(low: Text, high: Text) -> Text {
    if low == high {
        return low;
    }
    Text::new(format!("{}至{}", low.zh, high.zh), format!("{} to {}", low.en, high.en))
}

/// Hundredths: whole multiples as 倍, the rest as percent.
fn times(hundredths: i64) -> Text {
    if hundredths % 100 == 0 {
        let n = hundredths / 100;
        Text::new(format!("{n}倍"), format!("{n} times"))
    } else if hundredths > 100 {
        let n = format!("{}.{}", hundredths / 100, format!("{:02}", hundredths % 100).trim_end_matches('0'));
        Text::new(format!("{n}倍"), format!("{n} times"))
    } else {
        Text::new(format!("{hundredths}%"), format!("{hundredths} %"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn outcomes_read_like_a_list() {
        let fine = json!({"kind":"fine","range":{"type":"amount","low_fen":500_000,"high_fen":1_000_000}});
        assert_eq!(outcome(&fine).zh, "罚款 5,000元至10,000元");
        let multiple = json!({"kind":"fine","range":{"type":"multiple","of":"货值金额","low_hundredths":500,"high_hundredths":1000}});
        assert_eq!(outcome(&multiple).zh, "罚款 货值金额5倍至10倍");
        let percent = json!({"kind":"fine","range":{"type":"multiple","of":"工程合同价款","low_hundredths":2,"high_hundredths":4}});
        assert_eq!(outcome(&percent).zh, "罚款 工程合同价款2%至4%");
        assert_eq!(penalty(&json!({"kind":"fine","amount_fen":500_000})).en, "fine 5,000 yuan");
    }
}
