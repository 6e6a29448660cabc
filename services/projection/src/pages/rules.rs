//! 规则: every rule card, what it stands on, which plans it serves, how often it spoke, what tests it.

use askama::Template;
use law::{Citation, ParameterCard, rule::Kind};

use super::{
    PageError, address,
    cite::Cited,
    context::Cx,
    deadlines::Tab,
    frame::{Frame, Number},
    parts::Files,
    room::Room,
    terms,
};
use crate::model::{
    DeadlineFilter, DeadlineState, FindingFilter, FindingKind, ParameterRow, Proof, RuleUse, Severity, Text,
};

/// The kinds, in the order of the tabs.
const KINDS: [(&str, Kind); 4] =
    [("gate", Kind::Gate), ("deadline", Kind::Deadline), ("duty", Kind::Duty), ("limit", Kind::Limit)];

struct Card {
    r: RuleUse,
    kind: &'static str,
    plans: String,
    counts: Vec<(&'static str, Number)>,
    /// The articles, leading to their texts.
    citation: Cited,
}

/// A parameter with what it was set to.
struct Parameter {
    id: &'static str,
    label: &'static str,
    citation: String,
    /// Where nothing is set; `None` where nobody knows it then.
    default: Option<String>,
    source: &'static str,
    least: Option<(String, String)>,
    rules: &'static [&'static law::Rule],
    sets: Vec<(String, ParameterRow)>,
}

struct Group {
    name: &'static str,
    cards: Vec<Card>,
    parameters: Vec<Parameter>,
}

#[derive(Template)]
#[template(path = "rules.html")]
struct View {
    f: Frame,
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    shown: usize,
    files: Files,
}

/// The rules, all or of one kind.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    let f = Frame::of_room(&cx, Room::Rules).await?;
    let wanted = wanted(&cx)?;
    let public = cx.scope().is_public();
    let mut rules = cx.ask().rules(cx.scope()).await?;
    rules.retain(|r| wanted.is_none_or(|kind| r.kind == kind));
    let shown = rules.len();
    let sets = cx.ask().parameters().await?;
    // A rule that several services apply stands with the first of them.
    let mut groups = Vec::new();
    for profile in f.services.profiles() {
        let own = rules.extract_if(.., |r| profile.rules.iter().any(|rule| rule.id == r.id));
        let cards: Vec<_> = own.map(|r| card(&f, r, public)).collect();
        // A kind of rule is asked for, and a parameter is none.
        let parameters = profile.parameters.iter().filter(|_| wanted.is_none());
        let parameters: Vec<_> = parameters.map(|card| parameter(&f, card, &sets)).collect();
        if !cards.is_empty() || !parameters.is_empty() {
            groups.push(Group { name: f.lang.pick(profile.label.zh, profile.label.en), cards, parameters });
        }
    }
    let tab = |name: &str, id: Option<&str>, kind: Option<Kind>| Tab {
        name: name.to_owned(),
        href: id.map_or_else(|| "/rules".to_owned(), |id| format!("/rules?kind={id}")),
        current: kind == wanted,
    };
    let tabs = std::iter::once(tab(f.w.all, None, None))
        .chain(KINDS.map(|(id, kind)| tab(terms::rule_kind(kind, f.lang), Some(id), Some(kind))))
        .collect();
    let files = Files::of("/rules", &serde_json::json!({"kind": cx.query("kind")}), f.lang);
    Ok(View { tabs, groups, shown, files, f }.render()?)
}

/// The kind that is asked for.
pub(crate) fn wanted(cx: &Cx) -> Result<Option<Kind>, PageError> {
    let Some(id) = cx.query("kind") else { return Ok(None) };
    match KINDS.iter().find(|(name, _)| *name == id) {
        Some((_, kind)) => Ok(Some(*kind)),
        None => {
            Err(PageError::Invalid(Text::new(format!("没有“{id}”这一类规则"), "kind: gate, deadline, duty, limit")))
        }
    }
}

fn parameter(f: &Frame, card: &'static ParameterCard, sets: &[ParameterRow]) -> Parameter {
    let quantity = |count| f.lang.pick(card.of(count).zh(), card.of(count).en());
    let place = |citation: &Citation| f.lang.pick(citation.zh(), citation.en());
    let own = sets.iter().filter(|set| set.parameter == card.id);
    Parameter {
        id: card.id,
        label: f.lang.pick(card.label.zh, card.label.en),
        citation: place(&card.citation),
        default: card.default.map(quantity),
        source: f.lang.pick(card.source.zh, card.source.en),
        least: card.least.map(|least| (quantity(least.count), place(&least.citation))),
        rules: card.rules,
        sets: own.map(|set| (quantity(set.count), set.clone())).collect(),
    }
}

fn card(f: &Frame, r: RuleUse, public: bool) -> Card {
    let w = f.w;
    let rule = || Some(r.id.clone());
    let findings = |n, filter: FindingFilter| {
        let filter = FindingFilter { rule: rule(), ..filter };
        f.leads(n, Room::Findings, address::with("/findings", &filter))
    };
    let broken =
        FindingFilter { except: Some(Severity::Prevented), proof: Some(Proof::Proved), ..FindingFilter::default() };
    let refused = FindingFilter { kind: Some(FindingKind::RefusedAttempt), ..FindingFilter::default() };
    let not_checked = FindingFilter { kind: Some(FindingKind::NotChecked), ..FindingFilter::default() };
    let clocks = |n, state| {
        let filter = DeadlineFilter { rule: rule(), state, ..DeadlineFilter::default() };
        f.leads(n, Room::Deadlines, address::with("/deadlines", &filter))
    };
    let mut counts = Vec::new();
    if !public {
        let plain = |n: u64| Number { text: super::format::count(n), href: None };
        counts.push((w.satisfied, plain(r.satisfied)));
        counts.push((w.violated, findings(r.violated, broken)));
        counts.push((w.refused, findings(r.refused, refused)));
        counts.push((w.not_checked, findings(r.not_checked, not_checked)));
        if r.running + r.met + r.missed + r.overdue > 0 {
            counts.push((w.clocks_running, clocks(r.running, None)));
            counts.push((w.clocks_overdue, clocks(r.overdue, Some(DeadlineState::Overdue))));
            counts.push((w.clocks_met, clocks(r.met, Some(DeadlineState::Met))));
            counts.push((w.clocks_missed, clocks(r.missed, Some(DeadlineState::Missed))));
        }
    }
    Card {
        kind: terms::rule_kind(r.kind, f.lang),
        plans: f.list(&r.plans),
        counts,
        citation: f.cited(f.t(&r.citation)),
        r,
    }
}
