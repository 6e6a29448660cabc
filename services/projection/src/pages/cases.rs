//! 案件: the search, and one case as its whole file.

use askama::Template;
use law::vocabulary::{Form, MatterCard, Word};

use super::{
    PageError, board, conditions,
    conditions::Condition,
    context::Cx,
    files, format,
    frame::Frame,
    officers::agency_choices,
    overview::region_choices,
    parts::{Chip, Choice, Pager, Shown as _, choices, heading, marks, word_choices},
    room::Room,
};
use crate::{
    model::{
        Attempts, Behind, CaseFile, CaseFilter, CaseRow, Page, Scope, Severity, StageStatus, StageWhy, TimelineEntry,
        Timing, Yuan,
    },
    query::{COLLECTED, COLLECTED_LABEL, sort},
};

#[derive(Template)]
#[template(path = "cases.html")]
struct ListView {
    f: Frame,
    filter: CaseFilter,
    boards: Vec<Choice>,
    agencies: Vec<Choice>,
    regions: Vec<Choice>,
    kinds: Vec<Choice>,
    stages: Vec<Choice>,
    procedures: Vec<Choice>,
    outcomes: Vec<Choice>,
    withouts: Vec<Choice>,
    severities: Vec<Choice>,
    rules: Vec<Choice>,
    timings: Vec<Choice>,
    /// Those that the form has no field for.
    hidden: Vec<Condition>,
    conditions: Vec<Condition>,
    list: Page<CaseRow>,
    pager: Pager,
}

/// One stage of the ribbon.
struct StageView {
    name: String,
    class: &'static str,
    shape: &'static str,
    status: String,
    day: String,
    tries: usize,
    /// Why the case goes on without it.
    why: Option<(Chip, StageWhy)>,
}

/// One entry of the timeline.
struct Entry {
    t: TimelineEntry,
    chip: Option<Chip>,
    /// Where the files are that it names, for who may open them.
    files: Option<String>,
}

#[derive(Template)]
#[template(path = "case.html")]
struct FileView {
    f: Frame,
    c: CaseFile,
    public: bool,
    marks: Vec<Chip>,
    ribbon: Vec<StageView>,
    /// Whether a stage of it says why it was left out.
    reasoned: bool,
    entries: Vec<Entry>,
    decision: Option<Chip>,
    files: Option<String>,
}

/// The search.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Cases)?;
    let filter: CaseFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Cases).await?;
    let f = f.sorted("/cases", &filter, filter.sort.as_deref(), &sort::CASES)?;
    let list = cx.ask().cases(cx.scope(), &filter).await?;
    let view = ListView {
        agencies: agency_choices(&cx, filter.agency.as_deref()).await?,
        regions: region_choices(&f, filter.region.as_deref()),
        boards: board::kinds(&f, ""),
        kinds: board::kinds(&f, filter.kind.as_deref().unwrap_or_default()),
        stages: word_choices(cards(&f, &filter).flat_map(|card| card.stages), filter.stage.as_deref(), f.lang),
        procedures: word_choices(
            cards(&f, &filter).flat_map(|card| words_of(card, "procedure")),
            filter.procedure.as_deref(),
            f.lang,
        ),
        outcomes: outcomes(&f, &filter),
        withouts: word_choices(cards(&f, &filter).flat_map(|card| card.stages), filter.without.as_deref(), f.lang),
        severities: choices!(Severity, filter.severity, f.lang),
        rules: f.rule_choices(filter.rule.as_deref(), |_| true),
        timings: choices!(Timing, filter.timing, f.lang),
        hidden: conditions::of("/cases", &filter, &without_field(&f, &filter)),
        conditions: conditions(&f, &filter),
        pager: Pager::of(&list, "/cases", &filter, f.lang),
        list,
        filter,
        f,
    };
    Ok(view.render()?)
}

#[derive(Template)]
#[template(path = "attempts.html")]
struct AttemptsView {
    f: Frame,
    a: Attempts,
    entries: Vec<Entry>,
}

/// What was tried and refused where no case came of it.
async fn attempts(cx: &Cx, a: Attempts) -> Result<String, PageError> {
    let f = Frame::of(cx, Room::Cases, cx.lang().words().never_began, Vec::new()).await?;
    let entries = a.attempts.iter().map(|t| Entry { chip: entry_chip(&f, t), t: t.clone(), files: None }).collect();
    Ok(AttemptsView { entries, a, f }.render()?)
}

/// One case. What its reader may not see whole he sees as the public does: only while its decision stands on the web.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    let (id, service) = (cx.param("id").to_owned(), cx.query("service"));
    let whole = match Room::Cases.admits(cx.caller()) {
        true => cx.ask().case(cx.scope(), &id, service.as_deref()).await?,
        false => None,
    };
    let (c, public) = match whole {
        Some(c) => (c, false),
        None => match cx.ask().case(&Scope::Public, &id, service.as_deref()).await? {
            Some(c) => (c, true),
            None => {
                // To the public, no case and a case that is not public are the same.
                cx.enter(Room::Cases)?;
                return match cx.ask().attempts(cx.scope(), &id, service.as_deref()).await? {
                    Some(tried) => attempts(&cx, tried).await,
                    None => Err(PageError::NotFound),
                };
            }
        },
    };
    let title = if public {
        c.header.decision_number.clone().unwrap_or_else(|| c.header.number.clone())
    } else {
        c.header.number.clone()
    };
    // A reader whom the room of cases is closed to came from the overview.
    let room = if Room::Cases.admits(cx.caller()) { Room::Cases } else { Room::Overview };
    let f = Frame::of(&cx, room, title, Vec::new()).await?;
    let files = if public { None } else { files::of_case(&cx, &c.header.source, &c.header.id) };
    let view = FileView {
        marks: if public { Vec::new() } else { marks(&f, &c.header) },
        reasoned: !public && c.stages.iter().any(|s| s.why.is_some()),
        ribbon: if public { Vec::new() } else { ribbon(&f, &c) },
        entries: c
            .timeline
            .iter()
            .map(|t| Entry { chip: entry_chip(&f, t), t: t.clone(), files: files.clone() })
            .collect(),
        decision: c.decision.as_ref().map(|d| decision_chip(&f, d)),
        public,
        files,
        c,
        f,
    };
    Ok(view.render()?)
}

/// The kinds of matter that a filter leaves.
fn cards<'a>(f: &'a Frame, filter: &'a CaseFilter) -> impl Iterator<Item = &'static MatterCard> + 'a {
    f.services.matters().filter(|card| filter.kind.as_ref().is_none_or(|kind| kind == card.kind))
}

/// The words that a fact of a kind of matter is from.
fn words_of(card: &MatterCard, fact: &str) -> &'static [Word] {
    match card.fact(fact).map(|field| field.form) {
        Some(Form::Word(words)) => words,
        _ => &[],
    }
}

/// An outcome that is filtered by, in the words of the first kind of matter that knows it.
fn outcome(f: &Frame, id: &str) -> String {
    let found = f.services.matters().find_map(|card| card.outcome(id));
    found.map_or(id, |outcome| f.lang.pick(outcome.label.zh, outcome.label.en)).to_owned()
}

/// An indicator that is filtered by.
fn indicator(f: &Frame, id: &str) -> String {
    match f.services.indicators().find(|card| card.id == id) {
        Some(card) => f.lang.pick(card.label.zh, card.label.en).to_owned(),
        None if id == COLLECTED => f.t(COLLECTED_LABEL),
        None => id.to_owned(),
    }
}

/// The outcomes of the kinds of matter that a filter leaves.
fn outcomes(f: &Frame, filter: &CaseFilter) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    for outcome in cards(f, filter).flat_map(|card| card.outcomes) {
        if all.iter().all(|choice| choice.value != outcome.id) {
            let label = heading(f.lang.pick(outcome.label.zh, outcome.label.en));
            all.push(Choice::new(outcome.id, label, filter.outcome.as_deref()));
        }
    }
    all
}

/// A stage that is filtered by, in the words of the first kind of matter that has it.
fn stage(f: &Frame, id: &str) -> String {
    let found = f.services.matters().find_map(|card| card.stages.iter().find(|word| word.id == id));
    found.map_or_else(|| id.to_owned(), |word| heading(f.lang.pick(word.label.zh, word.label.en)))
}

/// Every condition that is worth a word above the list.
fn conditions(f: &Frame, filter: &CaseFilter) -> Vec<Condition> {
    let w = f.w;
    let yuan = |yuan: Option<Yuan>| yuan.map(|yuan| (yuan.to_string(), f.money(&yuan.fen)));
    let mut fields: Vec<conditions::Field> = vec![
        ("officer", w.officer_code, conditions::code(filter.officer.as_ref())),
        ("rule", w.with_rule, filter.rule.as_ref().map(|id| (id.clone(), f.rule_called(id)))),
        ("timing", w.timing, conditions::word(f, filter.timing.map(|t| (t.id(), t.text())))),
        ("severity", w.with_finding, conditions::word(f, filter.severity.map(|s| (s.id(), s.text())))),
        ("outcome", w.outcome, filter.outcome.as_ref().map(|id| (id.clone(), outcome(f, id)))),
        ("fine_from", w.fine_from, yuan(filter.fine_from)),
        ("fine_to", w.fine_to, yuan(filter.fine_to)),
        ("without", w.without_stage, filter.without.as_ref().map(|id| (id.clone(), stage(f, id)))),
    ];
    fields.extend(without_field(f, filter));
    conditions::of("/cases", filter, &fields)
}

/// The conditions that the form has no field for.
fn without_field(f: &Frame, filter: &CaseFilter) -> Vec<conditions::Field> {
    let w = f.w;
    let behind = filter.behind.unwrap_or(Behind::Counted);
    vec![
        ("item", w.item, conditions::code(filter.item.as_ref())),
        ("state", w.state, conditions::word(f, filter.state.map(|s| (s.id(), s.text())))),
        ("tier", w.tier, filter.tier.as_ref().map(|code| (code.clone(), f.tier(code)))),
        (
            "indicator",
            w.indicator,
            filter.indicator.as_ref().map(|id| (id.clone(), format!("{} · {}", indicator(f, id), f.t(behind.text())))),
        ),
        ("behind", "", filter.behind.map(|b| (b.id().to_owned(), String::new()))),
        ("decided_from", w.decided_from, conditions::day(filter.decided_from)),
        ("decided_to", w.decided_to, conditions::day(filter.decided_to)),
        ("closed_from", w.closed_from, conditions::day(filter.closed_from)),
        ("closed_to", w.closed_to, conditions::day(filter.closed_to)),
    ]
}

fn ribbon(f: &Frame, c: &CaseFile) -> Vec<StageView> {
    let view = |s: &crate::model::StageState| {
        let (_, shape) = s.status.look();
        StageView {
            name: f.t(&s.text),
            class: match s.status {
                StageStatus::Done => "done",
                StageStatus::Open => "open",
                StageStatus::Skipped | StageStatus::NotRequired => "skipped",
                StageStatus::Missing => "missing",
                StageStatus::Refused => "refused",
                StageStatus::Ahead => "pending",
            },
            shape,
            status: f.t(s.status.text()),
            day: s.day.map(|d| d.to_string()).unwrap_or_default(),
            why: s.why.clone().map(|why| (f.chip(&s.status), why)),
            tries: c.timeline.iter().filter(|t| t.refused && t.stage.as_ref() == Some(&s.stage)).count(),
        }
    };
    c.stages.iter().map(view).collect()
}

pub(crate) fn entry_chip(f: &Frame, t: &TimelineEntry) -> Option<Chip> {
    if t.refused {
        return Some(Chip::new("wrong", "refused", f.w.refused_attempt));
    }
    (!t.violations.is_empty()).then(|| Chip::new("warn", "wrong", f.w.with_violations))
}

fn decision_chip(f: &Frame, d: &crate::model::Decision) -> Chip {
    let w = f.w;
    if d.overturned.is_some() {
        Chip::new("wrong", "refused", w.overturned)
    } else if d.fine_fen > 0 && d.paid_fen < d.fine_fen {
        Chip::new("open", "open", w.not_fully_paid)
    } else if d.fine_fen > 0 {
        Chip::new("done", "done", w.fully_paid)
    } else {
        Chip::new("done", "done", f.t(&d.outcome_text))
    }
}

/// A size in bytes as people write it.
pub(crate) fn bytes(n: &u64) -> String {
    format::size(*n)
}
