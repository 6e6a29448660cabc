//! A service that nothing here was written for: letters from citizens, in four events. All that is known of it is what it
//! tells of itself.

use std::{
    num::NonZeroU32,
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{
    body::Body,
    http::{Request, header},
};
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use kernel::{
    Caller, Clock, Feed, LedgerFeed, Role,
    peer::Peer,
    throttle::{Pace, Throttle},
};
use law::{
    Act, Breach, Citation, Decided, Decider, DomainEvent as _, Label, MatterChange, Profile, Refusal, Vocabulary,
    citation::APL,
    matter::{Counted, MatterDecided, Older, Opened},
    order::After,
    rule::{Debtor, Kind, Rule, Tests},
    vocabulary::{Counts, Field, Form, IndicatorCard, MatterCard, Outcome, Part, Word},
};
use ledger::{Append, Config, Ledger, Origin, Proposal, Url, Write};
use projection::{
    App, Db,
    model::*,
    pages::{self, Door, PageState},
    query::Queries,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::to_raw_value};
use tokio::runtime::Handle;
use tonic::transport::Endpoint;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::people::MARKET;

const REGION: &str = "230883";
const FIRST: &str = "0190b2c8-0000-7000-8000-00000000a001";
const SECOND: &str = "0190b2c8-0000-7000-8000-00000000a002";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct LetterReceived {
    id: String,
    number: String,
    about: String,
    from: String,
    officers: Vec<Value>,
}
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct MoreAsked {
    what: String,
}
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct LetterAnswered {
    number: String,
    answer: String,
    text: String,
    by: String,
}
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct LetterClosed {}

law::events! {
    enum LetterEvent {
        LetterReceived = "sample.letter.LetterReceived.v1" as ReceiveLetter:
            did("收到来信", "Letter received").to_do("收信", "receive the letter").stage("receive"),
        MoreAsked = "sample.letter.MoreAsked.v1" as AskMore:
            did("要求补充", "More asked for").to_do("要求补充", "ask for more").stage("ask"),
        LetterAnswered = "sample.letter.LetterAnswered.v1" as AnswerLetter:
            did("答复来信", "Letter answered").to_do("答复来信", "answer the letter").stage("answer")
                .part(Part::Decision {
                    number: "number",
                    outcome: ("answer", Label::new("答复：", "answered: ")),
                    facts: "text",
                    bases: "",
                    performance: "",
                    appeal: "",
                    by: "by",
                }),
        LetterClosed = "sample.letter.LetterClosed.v1" as CloseLetter:
            did("办结来信", "Letter closed").to_do("办结来信", "close the letter").stage("close"),
    }
}

#[derive(Clone, Default)]
struct Letter {
    asked: bool,
}

struct Letters;

impl Decider for Letters {
    type Command = ();
    type State = Letter;
    type Event = LetterEvent;

    fn answers(_: &()) -> Vec<After> {
        Vec::new()
    }

    fn decide(_: &Letter, _: &Act, (): &()) -> Result<Vec<Decided<LetterEvent>>, Refusal> {
        Ok(Vec::new())
    }

    fn evolve(state: &mut Letter, event: &LetterEvent) {
        state.asked |= matches!(event, LetterEvent::MoreAsked(_));
    }

    fn matter(before: &Letter, _: &Letter, event: &LetterEvent, _: &[Breach]) -> Option<MatterChange> {
        let mut does = MatterChange::default();
        match event {
            LetterEvent::LetterReceived(e) => {
                does.opened = Some(Box::new(Opened {
                    kind: "letter".to_owned(),
                    id: e.id.clone(),
                    number: e.number.clone(),
                    subject: e.about.clone(),
                    party: e.from.clone(),
                    agency: MARKET.to_owned(),
                    agency_name: "抚远市市场监督管理局".to_owned(),
                    region: REGION.to_owned(),
                    ..Opened::default()
                }));
                (does.stage, does.next) = (Some("receive".to_owned()), Some("answer".to_owned()));
                (does.in_charge, does.acted) = (true, true);
            }
            LetterEvent::MoreAsked(_) => does.stage = Some("ask".to_owned()),
            LetterEvent::LetterAnswered(e) => {
                (does.stage, does.next) = (Some("answer".to_owned()), Some("close".to_owned()));
                let (number, outcome) = (e.number.clone(), e.answer.clone());
                does.decided = Some(Box::new(MatterDecided { number, outcome, ..MatterDecided::default() }));
                // What was asked for before says whether the letter was read.
                does.counted = vec![Counted::new("read", before.asked)];
                does.published = Some("https://example.gov.cn/letters".to_owned());
            }
            LetterEvent::LetterClosed(_) => (does.stage, does.ended) = (Some("close".to_owned()), true),
        }
        Some(does)
    }

    fn attempt(_: &Letter, _: &Act, (): &(), _: &[Breach]) -> Option<LetterEvent> {
        None
    }
}

const ANSWERS: &[Word] = &[Word::new("granted", "支持", "granted"), Word::new("refused", "不支持", "refused")];

static MATTERS: &[MatterCard] = &[MatterCard {
    kind: "letter",
    label: Label::new("来信", "Letter"),
    stages: &[
        Word::new("receive", "收信", "Receipt"),
        Word::new("ask", "补充", "More"),
        Word::new("answer", "答复", "Answer"),
        Word::new("close", "办结", "End"),
    ],
    needs: &[],
    ended_at: "close",
    facts: &[Field::new("number", "来信编号", "Letter number", Form::Plain)],
    outcomes: &[Outcome::new("granted", "支持", "granted").title("答复意见", "The answer")],
    indicators: INDICATORS,
}];

static INDICATORS: &[IndicatorCard] = &[
    IndicatorCard {
        id: "read",
        label: Label::new("阅信率", "Letters read"),
        formula: Label::new("读过的 ÷ 答复的", "read ÷ answered"),
        counts: Counts::Decided,
        target: None,
    },
    IndicatorCard {
        id: "answered_in_time",
        label: Label::new("按期答复率", "Answered in time"),
        formula: Label::new("按期的 ÷ 全部", "in time ÷ all"),
        counts: Counts::Clock("SA-ANSWER"),
        target: Some(10_000),
    },
];

static FIELDS: &[Field] = &[
    Field::new("about", "来信内容", "About", Form::Plain),
    Field::new("answer", "答复结果", "Answer", Form::Word(ANSWERS)),
];

static ANSWER: Rule = Rule {
    id: "SA-ANSWER",
    name: law::Label::new("规则", "rule"),
    kind: Kind::Deadline,
    debtor: Debtor::Agency,
    compared: None,
    exceptions: &[],
    citations: &[Citation::article(&APL, 58)],
    zh: "十五个工作日内答复。",
    en: "Answer within fifteen working days.",
    plans: &[],
    params: &[],
    since: date(2020, 1, 1),
    until: None,
    tests: Tests { allows: &[], refuses: &[] },
};

static PROFILE: Profile = Profile {
    service: "sample",
    label: Label::new("来信", "Letters"),
    rules: &[&ANSWER],
    parameters: &[],
    vocabulary: || Vocabulary::new("sample", MATTERS, FIELDS).with::<LetterEvent>(),
    older: &[&Older::<Letters>::new()],
};

/// A clock that stands where it is set.
struct At(Mutex<Timestamp>);

impl Clock for At {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no panic before")
    }
}

fn moment(day: &str) -> Timestamp {
    format!("{day}T02:00:00Z").parse().expect("a day")
}

/// A ledger of its own, with the clock that its entries are dated by.
struct Book {
    ledger: Ledger,
    clock: Arc<At>,
}

impl Book {
    async fn open(folder: &Path, service: &str) -> Self {
        let clock = Arc::new(At(Mutex::new(Timestamp::UNIX_EPOCH)));
        let config = Config::new(service, REGION, Url::Sqlite(folder.to_owned()));
        Self { ledger: Ledger::open(config, clock.clone()).await.expect("a ledger"), clock }
    }

    fn feed(&self, service: &str) -> Arc<dyn Feed> {
        Arc::new(LedgerFeed::new(service, self.ledger.clone()))
    }

    /// Enters an event that happened on one day and is recorded on another.
    async fn enter(&self, stream: &str, kind: &str, (day, recorded): (&str, &str), rules: &[&str], data: &Value) {
        *self.clock.0.lock().expect("no panic before") = moment(recorded);
        let expected = self.ledger.stream(stream, 0).await.expect("the stream").len() as u64;
        let proposal = Proposal {
            kind: kind.to_owned(),
            time: moment(day),
            rules: rules.iter().map(|&rule| rule.to_owned()).collect(),
            data: to_raw_value(data).expect("serialises"),
        };
        let origin = Origin {
            actor: "test".to_owned(),
            agency: MARKET.to_owned(),
            region: REGION.to_owned(),
            correlation_id: Uuid::now_v7(),
            causation_id: None,
            traceparent: None,
        };
        let writes = vec![Write { stream: stream.to_owned(), expected, events: vec![proposal] }];
        let append = Append { command_id: Uuid::now_v7(), command_digest: [0; 32], origin, writes };
        self.ledger.append(append).await.expect("stored");
    }
}

/// The list that the letters' agency and officer stand on.
async fn lists(folder: &Path) -> Book {
    let book = Book::open(folder, "powerlist").await;
    let region = json!({"region": REGION, "name": "抚远市", "level": "county", "parent": "230800"});
    let agency = json!({
        "agency": MARKET, "name": "抚远市市场监督管理局", "short_name": "市场监管局", "region": REGION,
        "kind": "administrative_organ", "basis": "三定规定", "fields": ["市场监管"], "from": "2019-01-01",
    });
    let officer = json!({
        "officer": "01", "name": "执法员01", "agency": MARKET, "region": REGION, "role": "enforcement",
        "legal_qualification": false,
    });
    for (stream, kind, data) in [
        (format!("region/{REGION}"), "powerlist.region.RegionRegistered.v1", region),
        (format!("agency/{MARKET}"), "powerlist.agency.AgencyRegistered.v1", agency),
        ("officer/01".to_owned(), "powerlist.officer.OfficerRegistered.v1", officer),
    ] {
        book.enter(&stream, kind, ("2025-01-02", "2025-01-02"), &[], &data).await;
    }
    book
}

/// What happens to one letter: with what each event does to it, or as before events said so.
struct Post<'b> {
    book: &'b Book,
    stream: String,
    state: Letter,
    says: bool,
}

impl<'b> Post<'b> {
    fn of(book: &'b Book, id: &str, says: bool) -> Self {
        Self { book, stream: format!("letter/{id}"), state: Letter::default(), says }
    }

    /// Enters an event with what stands beside it.
    async fn next(&mut self, days: (&str, &str), event: impl Into<LetterEvent>, beside: Value) {
        let (event, before) = (event.into(), self.state.clone());
        Letters::evolve(&mut self.state, &event);
        let data: Value = serde_json::from_str(event.to_data().expect("serialises").get()).expect("is JSON");
        let matter = json!({"matter": Letters::matter(&before, &self.state, &event, &[])});
        let rules: &[&str] = if matches!(event, LetterEvent::LetterReceived(_)) { &["SA-ANSWER"] } else { &[] };
        let data = joined([data, beside, if self.says { matter } else { json!({}) }]);
        self.book.enter(&self.stream, event.kind(), days, rules, &data).await;
    }
}

/// The fields of all of them, in handling mode.
fn joined(parts: impl IntoIterator<Item = Value>) -> Value {
    let fields = parts.into_iter().flat_map(|part| part.as_object().cloned().unwrap_or_default());
    fields.chain([("mode".to_owned(), json!("handling"))]).collect()
}

fn breach(rule: &str) -> Value {
    json!({"rule": rule, "citation": "《行政处罚法》第五十八条", "zh": "未经法制审核。", "en": "no legal review."})
}

/// Two letters: one answered late, without having been asked about, and closed; one that waits too long, with an attempt
/// that a rule refused. `between` comes after each event.
async fn letters(folder: &Path, says: bool, between: impl AsyncFn(&Book)) -> Book {
    let book = Book::open(folder, "sample").await;
    let clocks = json!({"clocks": [{
        "change": "opened", "clock": "SA-ANSWER", "rule": "SA-ANSWER", "citation": "《行政处罚法》第六十条", "zh": "应当完成。",
        "en": "It must be done.", "start": "2026-02-02T02:00:00Z", "period": {"unit": "working_days", "count": 15},
    }]});
    let (mut first, mut second) = (Post::of(&book, FIRST, says), Post::of(&book, SECOND, says));
    for (post, id, number, from) in
        [(&mut first, FIRST, "信〔2026〕1号", "王**"), (&mut second, SECOND, "信〔2026〕2号", "李**")]
    {
        let received = LetterReceived {
            id: id.into(),
            number: number.into(),
            about: "反映超市缺斤短两".into(),
            from: from.into(),
            officers: vec![json!({"officer": "01", "name": "执法员01", "certificate": "230883001"})],
        };
        post.next(("2026-02-02", "2026-02-02"), received, clocks.clone()).await;
        between(&book).await;
    }
    let answered = LetterAnswered {
        number: "信复〔2026〕1号".into(),
        answer: "granted".into(),
        text: "情况属实".into(),
        by: "王局长".into(),
    };
    let stopped = json!({"clocks": [{"change": "stopped", "clock": "SA-ANSWER", "at": "2026-04-02T02:00:00Z"}]});
    first.next(("2026-04-02", "2026-04-22"), answered, stopped).await;
    between(&book).await;
    first.next(("2026-04-22", "2026-04-22"), LetterClosed {}, json!({"violations": [breach("SA-FILE")]})).await;
    between(&book).await;
    let attempt = json!({"step": "AnswerLetter", "breaches": [breach("SA-READ")], "summary": "未阅即复"});
    let attempt = joined([attempt, if says { json!({"matter": {}}) } else { json!({}) }]);
    let refused = "sample.letter.StepRefused.v1";
    book.enter(&second.stream, refused, ("2026-04-05", "2026-04-22"), &[], &attempt).await;
    between(&book).await;
    second.next(("2026-04-22", "2026-04-22"), MoreAsked { what: "票据".into() }, json!({})).await;
    book
}

fn profiles() -> Vec<Profile> {
    vec![powerlist::PROFILE, Profile { ..PROFILE }]
}

async fn open(folder: &Path, feeds: Vec<Arc<dyn Feed>>) -> App {
    let now = Arc::new(At(Mutex::new(moment("2026-06-01"))));
    App::open(Db::Sqlite(folder.to_owned()), feeds, now, profiles()).await.expect("views")
}

async fn fold(app: &App) {
    app.run(&Handle::current(), app.caught_up_with_feeds()).await;
}

async fn folded(says: bool) -> (tempfile::TempDir, App, Queries) {
    let folder = tempfile::tempdir().expect("a folder");
    let (lists, letters) = (lists(folder.path()).await, letters(folder.path(), says, async |_| ()).await);
    let app = open(folder.path(), vec![lists.feed("powerlist"), letters.feed("sample")]).await;
    fold(&app).await;
    let queries = app.queries();
    (folder, app, queries)
}

const ALL: &Scope = &Scope::Everything;

fn supervisor() -> Caller {
    Caller {
        subject: "supervisor".to_owned(),
        name: "执法监督".to_owned(),
        agency: None,
        region: REGION.parse().expect("a region"),
        roles: [Role::Supervisor].into(),
    }
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

#[tokio::test]
async fn its_matters_are_listed_found_and_filed() {
    let (_dir, _app, q) = folded(true).await;
    let find = async |f: CaseFilter| q.cases(ALL, &f).await.unwrap().rows;
    let listed = find(CaseFilter { kind: Some("letter".into()), ..CaseFilter::default() }).await;
    assert_eq!(listed.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [SECOND, FIRST]);
    let (waiting, closed) = (&listed[0], &listed[1]);
    assert_eq!((waiting.findings, waiting.refused, waiting.overdue, waiting.stage.as_str()), (0, 1, 1, "ask"));
    assert_eq!((closed.closed, closed.outcome.as_deref()), (true, Some("granted")));
    assert_eq!((closed.kind_text.en.as_ref(), closed.stage_text.zh.as_ref()), ("Letter", "办结"));
    for text in ["信〔2026〕1号", "信复〔2026〕1号", "王**"] {
        let found = find(CaseFilter { text: Some(text.into()), ..CaseFilter::default() }).await;
        assert_eq!(found.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [FIRST], "{text}");
    }
    for (f, id) in [
        (CaseFilter { stage: Some("ask".into()), ..CaseFilter::default() }, SECOND),
        (CaseFilter { state: Some(CaseState::Closed), ..CaseFilter::default() }, FIRST),
        (CaseFilter { rule: Some("SA-FILE".into()), ..CaseFilter::default() }, FIRST),
        (CaseFilter { indicator: Some("read".into()), behind: Some(Behind::Failed), ..CaseFilter::default() }, FIRST),
    ] {
        assert_eq!(find(f.clone()).await.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [id], "{f:?}");
    }
    assert_eq!(find(CaseFilter { officer: Some("01".into()), ..CaseFilter::default() }).await.len(), 2);
    assert_eq!(find(CaseFilter { kind: Some("case".into()), ..CaseFilter::default() }).await, []);

    let file = q.case(ALL, FIRST, None).await.unwrap().unwrap();
    let titles: Vec<_> = file.timeline.iter().map(|e| (e.title.zh.as_ref(), e.title.en.as_ref())).collect();
    assert_eq!(
        titles,
        [("收到来信", "Letter received"), ("答复来信", "Letter answered"), ("办结来信", "Letter closed")]
    );
    assert!(file.timeline[1].late);
    let ribbon: Vec<_> = file.stages.iter().map(|s| (s.text.zh.as_ref(), s.status)).collect();
    let (done, skipped) = (StageStatus::Done, StageStatus::Skipped);
    assert_eq!(ribbon, [("收信", done), ("补充", skipped), ("答复", done), ("办结", done)]);
    let decision = file.decision.unwrap();
    assert_eq!((decision.title.en.as_ref(), decision.penalties[0].zh.as_ref()), ("The answer", "答复：支持"));
    assert_eq!((decision.facts.as_str(), decision.decided_by.as_str()), ("情况属实", "王局长"));
    assert_eq!(file.deadlines[0].state, DeadlineState::Missed);
    let kinds: Vec<_> = file.findings.iter().map(|f| f.kind).collect();
    for kind in [FindingKind::Violation, FindingKind::LateRecording, FindingKind::MissedDeadline] {
        assert!(kinds.contains(&kind), "{kind:?} is not among {kinds:?}");
    }
    let waiting = q.case(ALL, SECOND, None).await.unwrap().unwrap();
    let ribbon: Vec<_> = waiting.stages.iter().map(|s| s.status).collect();
    assert_eq!(ribbon, [done, done, StageStatus::Refused, StageStatus::Ahead]);
    assert_eq!(waiting.refused[0].step.en, "Letter answered");
}

#[tokio::test]
async fn its_clocks_findings_and_numbers_are_counted_and_named() {
    let (_dir, _app, q) = folded(true).await;
    let clocks = q.deadlines(ALL, &DeadlineFilter::default()).await.unwrap().rows;
    assert_eq!(
        (clocks.len(), clocks[0].matter.as_str(), clocks[0].case.as_deref()),
        (1, "信〔2026〕2号", Some(SECOND))
    );
    assert_eq!(clocks[0].state, DeadlineState::Overdue);
    let found =
        q.findings(ALL, &FindingFilter { rule: Some("SA-READ".into()), ..FindingFilter::default() }).await.unwrap();
    assert_eq!((found.total, found.rows[0].case.as_deref()), (1, Some(SECOND)));
    assert_eq!(found.rows[0].kind, FindingKind::RefusedAttempt);
    let overview = q.overview(ALL, &OverviewFilter::default()).await.unwrap();
    assert_eq!((overview.filed, overview.decided, overview.closed, overview.open), (2, 1, 1, 1));
    let stages: Vec<_> = overview.stages.iter().map(|s| (s.text.en.as_ref(), s.cases)).collect();
    assert_eq!(stages, [("Receipt", 0), ("More", 1), ("Answer", 0), ("End", 1)]);
    let told: Vec<_> =
        overview.indicators.iter().map(|i| (i.id.as_str(), i.label.zh.as_ref(), i.numerator, i.denominator)).collect();
    assert_eq!(
        told[2..5],
        [("read", "阅信率", 0, 1), ("answered_in_time", "按期答复率", 0, 2), ("deadlines", "法定期限合规率", 0, 2),]
    );
    let card = q.agency(ALL, MARKET, &AgencyFilter::default()).await.unwrap().unwrap();
    assert_eq!((card.row.filed, card.row.open, card.cases.len()), (2, 1, 2));
    assert_eq!(card.row.findings, FindingCounts { high: 1, medium: 2, low: 1, prevented: 1, not_checked: 0 });
    assert_eq!(card.officers[0].acts, 2);
    let public = q.case(&Scope::Public, FIRST, None).await.unwrap().unwrap();
    assert!(public.timeline.is_empty() && public.findings.is_empty() && public.officers.is_empty());
    assert_eq!((public.header.findings, public.decision.unwrap().publicised), (0, Some(day("2026-04-02"))));
    assert!(q.case(&Scope::Public, SECOND, None).await.unwrap().is_none());
    let listed = q.cases(&Scope::Public, &CaseFilter::default()).await.unwrap().rows;
    assert_eq!((listed.len(), listed[0].findings, listed[0].overdue), (1, 0, 0));
}

#[tokio::test]
async fn its_matters_are_on_the_pages_in_both_languages() {
    let (_dir, app, q) = folded(true).await;
    // Nobody brings anything here.
    let nobody = Peer { channel: Endpoint::from_static("http://127.0.0.1:1").connect_lazy(), token: Arc::new(|| None) };
    let router = pages::router(PageState {
        queries: Arc::new(q),
        authenticate: Arc::new(|_| Box::pin(std::future::ready(Some(supervisor())))),
        sign_on: None,
        home: REGION.parse().unwrap(),
        services: app.services(),
        digests: None,
        window: Arc::new(Door { complaints: nobody.clone(), enforcement: nobody.clone(), reconsideration: nobody }),
        throttle: Arc::new(Throttle::new(Pace { per_client: NonZeroU32::MIN, in_total: NonZeroU32::MIN }, vec![])),
        secure: false,
    });
    let get = async |address: String| {
        let request = Request::get(&address).header(header::COOKIE, "fazhi_session=x").body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200, "{address}");
        let body = axum::body::to_bytes(response.into_body(), 4 << 20).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    };
    let file = format!("/cases/{FIRST}");
    for (address, zh, en) in [
        ("/", ["补充", "阅信率"], ["More", "Letters read"]),
        ("/cases", ["信〔2026〕1号", "办结"], ["信〔2026〕1号", "End"]),
        (file.as_str(), ["来信编号", "答复意见"], ["Letter number", "The answer"]),
        (file.as_str(), ["答复来信", "来信内容"], ["Letter answered", "About"]),
        ("/deadlines", ["信〔2026〕2号", "应当完成。"], ["信〔2026〕2号", "It must be done."]),
        (
            "/findings",
            ["信〔2026〕2号", "“答复来信”发生于"],
            ["信〔2026〕2号", "&#34;Letter answered&#34; happened on"],
        ),
        ("/agencies", ["按期答复率", "市场监管局"], ["Answered in time", "市场监管局"]),
        ("/audit", ["收到来信", "sample"], ["Letter received", "sample"]),
    ] {
        for (lang, told) in [("zh", zh), ("en", en)] {
            let page = get(format!("{address}?lang={lang}")).await;
            for told in told {
                assert!(page.contains(told), "{told} is not on {address} in {lang}: {page}");
            }
        }
    }
    assert!(get("/findings".to_owned()).await.contains(&format!("href=\"/cases/{SECOND}?service=sample#e2\"")));
}

/// Every view but the log itself, which keeps the events as they are.
async fn digests(app: &App) -> std::collections::BTreeMap<String, String> {
    let mut digests = app.view_digests().await.expect("digests");
    digests.remove("timeline");
    digests
}

#[tokio::test]
async fn events_from_before_they_said_what_they_do_make_the_same_views() {
    let (_said, app, _) = folded(true).await;
    let wanted = digests(&app).await;
    let (_silent, older, _) = folded(false).await;
    assert_eq!(digests(&older).await, wanted);
    // Each event with a fold that knows nothing of the one before it but what is in the database.
    let folder = tempfile::tempdir().expect("a folder");
    let lists = lists(folder.path()).await;
    let open = async |book: &Book| open(folder.path(), vec![lists.feed("powerlist"), book.feed("sample")]).await;
    let letters = letters(folder.path(), false, async |book| {
        let app = open(book).await;
        fold(&app).await;
        app.close().await;
    });
    let app = open(&letters.await).await;
    fold(&app).await;
    assert_eq!(digests(&app).await, wanted);
}
