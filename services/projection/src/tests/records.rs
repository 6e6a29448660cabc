//! Records as the ledger writes them.

use std::{collections::HashMap, sync::Arc};

use jiff::civil::date;
use law::{
    Profile,
    citation::{APL, Citation},
    rule::{Debtor, Kind, Rule, Tests},
};
use ledger::Record;
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const REGION: &str = "230883";
/// 市场监督管理局.
pub(crate) const MARKET: &str = "11230883MB01310199";
/// A second agency, in another county.
pub(crate) const ELSEWHERE: &str = "11230881MB01310352";
pub(crate) const CASE: &str = "0190b2c8-0000-7000-8000-000000000001";
pub(crate) const ITEM: &str = "230231000001-230883-01";

pub(crate) static CITATIONS: &[Citation] = &[Citation::article(&APL, 58)];

const fn rule(id: &'static str, kind: Kind) -> Rule {
    Rule {
        id,
        name: law::Label::new("规则名", "name of the rule"),
        kind,
        debtor: Debtor::Agency,
        compared: None,
        exceptions: &[],
        citations: CITATIONS,
        zh: "规则",
        en: "a rule",
        plans: &["FY 21"],
        params: &[],
        since: date(2021, 7, 15),
        until: None,
        tests: Tests { allows: &[], refuses: &[] },
    }
}

static REVIEW: Rule = rule("EN-REVIEW", Kind::Gate);
static RECORD: Rule = rule("EN-RECORD", Kind::Duty);
static NINETY: Rule = rule("EN-NINETY", Kind::Deadline);
static PUBLICISE: Rule = rule("EN-PUBLICISE", Kind::Deadline);
static RULES: [&Rule; 4] = [&REVIEW, &RECORD, &NINETY, &PUBLICISE];

/// What the two services tell of themselves, with a few rules only.
pub(crate) fn profiles() -> Vec<Profile> {
    vec![Profile { rules: &[], ..powerlist::PROFILE }, Profile { rules: &RULES, ..enforcement::PROFILE }]
}

/// One ledger in the making.
pub(crate) struct Ledger {
    source: &'static str,
    /// Whether events of cases say what they do to them.
    framed: bool,
    records: Vec<Record>,
    versions: HashMap<String, u64>,
}

/// One event in the making.
pub(crate) struct Next<'a> {
    ledger: &'a mut Ledger,
    stream: String,
    kind: String,
    time: String,
    recorded: Option<String>,
    agency: &'static str,
    region: &'static str,
    rules: &'static str,
    actor: &'static str,
    id: Uuid,
    correlation: Option<String>,
    cause: Option<Uuid>,
    data: Value,
}

impl Ledger {
    pub(crate) fn new(source: &'static str) -> Self {
        Self { source, framed: true, records: Vec::new(), versions: HashMap::new() }
    }

    /// A ledger of events as they are given.
    pub(crate) fn as_given(source: &'static str) -> Self {
        Self { framed: false, ..Self::new(source) }
    }

    pub(crate) fn records(&self) -> Vec<Record> {
        self.records.clone()
    }

    /// An event of a stream at a time; put it in with [`Next::put`].
    pub(crate) fn next(&mut self, stream: &str, kind: &str, time: &str, data: Value) -> Next<'_> {
        Next {
            ledger: self,
            stream: stream.to_owned(),
            kind: kind.to_owned(),
            time: if time.len() == 10 { format!("{time}T02:00:00.000000Z") } else { time.to_owned() },
            recorded: None,
            agency: MARKET,
            region: REGION,
            rules: "",
            actor: "test",
            id: Uuid::now_v7(),
            correlation: None,
            cause: None,
            data,
        }
    }

    /// An event of the usual case.
    pub(crate) fn case(&mut self, name: &str, time: &str, data: Value) -> Next<'_> {
        self.next(&format!("case/{CASE}"), &format!("enforcement.case.{name}.v1"), time, data)
    }
}

impl Next<'_> {
    pub(crate) fn recorded(mut self, day: &str) -> Self {
        self.recorded = Some(format!("{day}T02:00:00.000000Z"));
        self
    }

    pub(crate) fn actor(mut self, actor: &'static str) -> Self {
        self.actor = actor;
        self
    }

    pub(crate) fn by(mut self, agency: &'static str, region: &'static str) -> Self {
        (self.agency, self.region) = (agency, region);
        self
    }

    pub(crate) fn rules(mut self, rules: &'static str) -> Self {
        self.rules = rules;
        self
    }

    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.data[name] = value;
        self
    }

    /// Under the correlation of a matter, rather than of none.
    pub(crate) fn of(mut self, correlation: &str) -> Self {
        self.correlation = Some(correlation.to_owned());
        self
    }

    /// Another event led to it.
    pub(crate) fn led_by(mut self, cause: Uuid) -> Self {
        self.cause = Some(cause);
        self
    }

    /// Puts it in; answers its id.
    pub(crate) fn put(mut self) -> Uuid {
        if let Some(name) = self.kind.strip_prefix("enforcement.case.").filter(|_| self.ledger.framed) {
            let does = does(name.trim_end_matches(".v1"), &self.kind, &self.data);
            if self.data.get("matter").is_none() {
                self.data["matter"] = does;
            }
        }
        if self.data.get("mode").is_none() {
            self.data["mode"] = json!("handling");
        }
        let version = self.ledger.versions.entry(self.stream.clone()).or_default();
        *version += 1;
        let log_index = self.ledger.records.len() as u64;
        let recorded = self.recorded.as_ref().unwrap_or(&self.time);
        let correlation = self.correlation.unwrap_or_else(|| Uuid::now_v7().to_string());
        let cause = self.cause.map(|cause| format!(r#","causationid":"{cause}""#)).unwrap_or_default();
        let rules = if self.rules.is_empty() { String::new() } else { format!(r#","rules":"{}""#, self.rules) };
        let bytes = format!(
            concat!(
                r#"{{"specversion":"1.0","id":"{}","source":"/fazhi/{}/{}","type":"{}","subject":"{}","time":"{}","#,
                r#""recordedtime":"{}","logindex":{},"streamversion":{},"actor":"{}","agency":"{}","region":"{}","#,
                r#""correlationid":"{}"{},"commandid":"{}"{},"data":{}}}"#
            ),
            self.id,
            self.ledger.source,
            REGION,
            self.kind,
            self.stream,
            self.time,
            recorded,
            log_index,
            version,
            self.actor,
            self.agency,
            self.region,
            correlation,
            cause,
            Uuid::now_v7(),
            rules,
            self.data,
        );
        let record = Record { log_index, stream: self.stream, stream_version: *version, bytes: Arc::from(bytes) };
        self.ledger.records.push(record);
        self.id
    }
}

/// What an event does to its case, as enforcement says it, but for what no test here looks at.
fn does(name: &str, kind: &str, data: &Value) -> Value {
    let stage = enforcement::domain::vocabulary::vocabulary().event(kind).and_then(|card| card.stage);
    let mut does = json!({});
    if let Some(stage) = stage {
        does["stage"] = json!(stage);
    }
    let decided = |outcome: &str, fen: &Value| {
        let major = data["major"].as_bool().unwrap_or_default();
        json!({"number": data["number"], "outcome": outcome, "imposed_fen": fen, "major": major, "tier": data["tier"]})
    };
    match name {
        "CaseFiled" => {
            (does["next"], does["in_charge"], does["acted"]) = (json!("investigate"), json!(true), json!(true));
            does["opened"] = json!({
                "kind": "case", "id": data["case"], "number": data["filing_number"], "subject": data["violation"]["fact"],
                "party": data["party"]["name"], "place": data["violation"]["place"], "from": data["violation"]["from"],
                "discovered": data["violation"]["discovered"],
            });
            for field in [
                "agency",
                "agency_name",
                "region",
                "item",
                "item_name",
                "item_version",
                "base_code",
                "field",
                "procedure",
                "source",
            ] {
                does["opened"][field] = data[field].clone();
            }
        }
        "EvidenceCollected" => does["acted"] = json!(true),
        "PenaltyDecided" => {
            does["decided"] = decided("punished", &data["fine_fen"]);
            let counted =
                ["notice", "legal_review"].map(|id| json!({"indicator": id, "counted": true, "passed": true}));
            does["counted"] = json!(counted);
        }
        "PenaltyWithheld" => does["decided"] = decided("withheld", &json!(0)),
        "DecisionPublicised" => does["published"] = data["url"].clone(),
        "PublicationWithdrawn" => does["withdrawn"] = json!(true),
        "DecisionOverturned" => does["overturned"] = data["outcome"].clone(),
        "FinePaid" => does["paid_fen"] = data["amount_fen"].clone(),
        "CaseClosed" => {
            (does["ended"], does["next"]) = (json!(true), json!("archive"));
            does["counted"] = json!([{"indicator": "records", "counted": true, "passed": false}]);
        }
        "CaseArchived" => does["archived"] = json!(true),
        _ => {}
    }
    does
}

pub(crate) fn officer(code: &str) -> Value {
    json!({"officer": code, "name": format!("执法员{code}"), "certificate": format!("2308830{code}")})
}

pub(crate) fn filed(case: &str, number: &str, party: &str) -> Value {
    json!({
        "case": case, "filing_number": number, "procedure": "ordinary", "agency": MARKET, "agency_name": "抚远市市场监督管理局",
        "region": REGION, "item": ITEM, "item_name": "对经营超过保质期食品的处罚", "item_version": 1, "base_code": "230231000001",
        "field": "市场监管", "party": {"kind": "legal_person", "name": party, "uscc": "91230883MA18XXXX00"},
        "violation": {"fact": "经营超过保质期的食品", "region": REGION, "place": "正阳路1号", "from": "2026-01-05", "discovered": "2026-01-05"},
        "source": "inspection", "approved_by": "王局长", "officers": [officer("01"), officer("02")],
    })
}

pub(crate) fn opened(rule: &str, start: &str, unit: &str, count: u16) -> Value {
    json!({
        "change": "opened", "clock": rule, "rule": rule, "citation": "《行政处罚法》第六十条", "zh": "应当完成。", "en": "It must be done.",
        "start": format!("{start}T02:00:00Z"), "period": {"unit": unit, "count": count},
    })
}

pub(crate) fn stopped(rule: &str, day: &str) -> Value {
    json!({"change": "stopped", "clock": rule, "at": format!("{day}T02:00:00Z")})
}

pub(crate) fn breach(rule: &str) -> Value {
    json!({"rule": rule, "citation": "《行政处罚法》第五十八条", "zh": "未经法制审核。", "en": "no legal review."})
}

pub(crate) fn unchecked(rule: &str) -> Value {
    json!({"rule": rule, "zh": "2027年的工作日历尚未公布。", "en": "there is no calendar of 2027."})
}

/// The lists that a case needs.
pub(crate) fn lists() -> Ledger {
    let mut l = Ledger::new("powerlist");
    let region = json!({"region": REGION, "name": "抚远市", "level": "county", "parent": "230800"});
    l.next("region/230883", "powerlist.region.RegionRegistered.v1", "2025-01-02", region).put();
    let agency = json!({
        "agency": MARKET, "name": "抚远市市场监督管理局", "short_name": "市场监管局", "region": REGION, "kind": "administrative_organ",
        "basis": "三定规定", "fields": ["市场监管"], "from": "2019-01-01",
    });
    l.next(&format!("agency/{MARKET}"), "powerlist.agency.AgencyRegistered.v1", "2025-01-02", agency).put();
    for code in ["01", "02"] {
        let stream = format!("officer/{code}");
        let person = json!({"officer": code, "name": format!("执法员{code}"), "agency": MARKET, "region": REGION, "role": "enforcement", "legal_qualification": false});
        l.next(&stream, "powerlist.officer.OfficerRegistered.v1", "2025-01-03", person).put();
        let certificate = json!({
            "officer": code, "certificate": format!("2308830{code}"), "agency": MARKET, "fields": ["市场监管"],
            "from": "2025-01-04", "until": if code == "01" { "2029-12-31" } else { "2026-01-31" },
        });
        l.next(&stream, "powerlist.officer.CertificateIssued.v1", "2025-01-04", certificate).put();
        let training = json!({"officer": code, "on": "2026-02-01", "hours": 20, "subject": "行政处罚法"});
        l.next(&stream, "powerlist.officer.TrainingRecorded.v1", "2026-02-01", training).put();
    }
    l
}

pub(crate) fn content(name: &str) -> Value {
    json!({
        "item": ITEM, "base_code": "230231000001", "name": name, "kind": "penalty", "agency": MARKET, "region": REGION, "field": "市场监管",
        "bases": [{"statute": "中华人民共和国食品安全法", "level": "law", "version": "2021-04-29", "article": "第一百二十四条", "summary": "处罚"}],
        "outcomes": [{"kind": "fine", "range": {"type": "amount", "low_fen": 500_000, "high_fen": 10_000_000}}],
        "duties": [{"stage": "立案", "matter": "及时立案"}], "responsible": "局", "accountability": "问责",
        "flow": [{"name": "立案", "limit": {"unit": "working_days", "count": 7}}], "supervision": "12345",
    })
}
