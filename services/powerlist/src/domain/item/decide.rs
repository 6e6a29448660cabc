//! The decisions on one item.

use jiff::civil::Date;
use law::{
    Act, Check, ClockChange, Decided, Decider, Fault, Refusal,
    check::Breach,
    id::{ItemCode, OfficerCode, Uscc},
};

use super::state::{Draft, State};
use crate::domain::{
    content::{ItemContent, LegalBasis, PowerKind, Tier},
    events::{
        FeePublished, Ground, ItemCancelled, ItemDrafted, ItemEvent, ItemPublished, ItemReviewed, ItemReviewedYearly,
        StandardPublished, StepRefused,
    },
    facts::{AgencyFact, ReviewerFact, UniformFact},
    rules::*,
};

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Draft the first or the next version.
    Draft(Box<DraftItem>),
    /// Sign the legal review of the draft.
    Review(ReviewItem),
    /// Put the draft in force.
    Publish(Box<PublishItem>),
    /// End the item.
    Cancel(CancelItem),
    /// Record the yearly review.
    ReviewYearly(ReviewYearly),
    /// Put a discretion standard in force.
    PublishStandard(PublishStandard),
    /// Enter a charge in the fee list.
    PublishFee(PublishFee),
}

/// A version to be made.
#[derive(Clone, Debug)]
pub struct DraftItem {
    /// What it says.
    pub content: ItemContent,
    /// Why.
    pub ground: Ground,
    /// Fact: the agency.
    pub agency: Option<AgencyFact>,
}

/// A legal review of a draft.
#[derive(Clone, Debug)]
pub struct ReviewItem {
    /// The item.
    pub item: ItemCode,
    /// The draft's version.
    pub version: u32,
    /// Whether it passed.
    pub passed: bool,
    /// By whom.
    pub reviewer: OfficerCode,
    /// What is said.
    pub opinion: String,
    /// Fact: the reviewer.
    pub person: Option<ReviewerFact>,
}

/// A draft to be put in force.
#[derive(Clone, Debug)]
pub struct PublishItem {
    /// The item.
    pub item: ItemCode,
    /// The draft's version.
    pub version: u32,
    /// First day in force; not before the day of publication.
    pub effective: Date,
    /// Where it is published.
    pub published_at: String,
    /// Fact: the agency.
    pub agency: Option<AgencyFact>,
    /// Fact: what the base code must agree with.
    pub uniform: Option<UniformFact>,
}

/// The end of an item.
#[derive(Clone, Debug)]
pub struct CancelItem {
    /// The item.
    pub item: ItemCode,
    /// First day without it.
    pub effective: Date,
    /// Why.
    pub ground: Ground,
    /// Who reviewed it.
    pub reviewer: OfficerCode,
    /// What the review says.
    pub opinion: String,
    /// Fact: the reviewer.
    pub person: Option<ReviewerFact>,
}

law::words! {
    /// What a yearly review ends in.
    pub enum YearlyConclusion {
        Kept = "kept" "保留" "kept",
        ToBeAdjusted = "to_be_adjusted" "拟调整" "to be adjusted",
        ToBeCancelled = "to_be_cancelled" "拟取消" "to be cancelled",
    }
}

/// A yearly review of an item.
#[derive(Clone, Debug)]
pub struct ReviewYearly {
    /// The item.
    pub item: ItemCode,
    /// The day.
    pub on: Date,
    /// What it ended in.
    pub conclusion: YearlyConclusion,
    /// By whom.
    pub reviewer: OfficerCode,
    /// Fact: the reviewer.
    pub person: Option<ReviewerFact>,
}

/// A standard to be put in force.
#[derive(Clone, Debug)]
pub struct PublishStandard {
    /// The item.
    pub item: ItemCode,
    /// Its tiers.
    pub tiers: Vec<Tier>,
    /// First day in force; not before the day of publication.
    pub effective: Date,
    /// Its document.
    pub document: String,
}

/// A charge for the fee list.
#[derive(Clone, Debug)]
pub struct PublishFee {
    /// The item.
    pub item: ItemCode,
    /// Name of the charge.
    pub name: String,
    /// What it rests on.
    pub basis: LegalBasis,
    /// The most that may be charged.
    pub standard_fen: i64,
    /// What is charged, when that is not the standard.
    pub charge_fen: Option<i64>,
    /// Per what.
    pub unit: String,
    /// First day.
    pub effective: Date,
}

/// Power items.
pub struct Item;

impl Decider for Item {
    type Command = Command;
    type State = State;
    type Event = ItemEvent;

    fn decide(state: &State, act: &Act, command: &Command) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
        match command {
            Command::Draft(c) => draft(state, act, c),
            Command::Review(c) => review(state, act, c),
            Command::Publish(c) => publish(state, act, c),
            Command::Cancel(c) => cancel(state, act, c),
            Command::ReviewYearly(c) => review_yearly(state, act, c),
            Command::PublishStandard(c) => publish_standard(state, act, c),
            Command::PublishFee(c) => publish_fee(state, act, c),
        }
    }

    fn evolve(state: &mut State, event: &ItemEvent) {
        state.take(event);
    }

    fn attempt(state: &State, _: &Act, command: &Command, breaches: &[Breach]) -> Option<ItemEvent> {
        let named = |item: &ItemCode| state.newest().map_or_else(|| item.to_string(), |c| c.name.clone());
        let (step, summary) = match command {
            Command::Draft(c) => ("DraftItem", format!("起草“{}”", c.content.name)),
            Command::Review(c) => ("ReviewItem", format!("审核“{}”第{}版", named(&c.item), c.version)),
            Command::Publish(c) => ("PublishItem", format!("公布“{}”第{}版", named(&c.item), c.version)),
            Command::Cancel(c) => ("CancelItem", format!("取消“{}”", named(&c.item))),
            Command::ReviewYearly(c) => ("ReviewItemYearly", format!("年度评估“{}”", named(&c.item))),
            Command::PublishStandard(c) => ("PublishStandard", format!("公布“{}”的裁量基准", named(&c.item))),
            Command::PublishFee(c) => ("PublishFee", format!("公布收费“{}”", c.name)),
        };
        let agency: Option<Uscc> = match command {
            Command::Draft(c) => Some(c.content.agency.clone()),
            _ => state.newest().map(|c| c.agency.clone()),
        };
        Some(StepRefused { step: step.to_owned(), breaches: breaches.to_vec(), summary, agency }.into())
    }
}

fn draft(state: &State, act: &Act, c: &DraftItem) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let content = &c.content;
    if !content.item.as_str().starts_with(content.base_code.as_str()) {
        return Err(invalid("content.item", format!("must begin with the base code {}", content.base_code)));
    }
    if c.agency.is_none() {
        return Err(Refusal::NotFound { what: "agency", id: content.agency.to_string() });
    }
    let same_draft = |d: &Draft| d.content == *content && d.ground == c.ground && d.review.is_none();
    let unchanged = state.draft.is_none() && !state.is_cancelled() && state.newest() == Some(content);
    if state.draft.as_ref().is_some_and(same_draft) || unchanged {
        return Ok(vec![]);
    }
    if state.versions.last().is_some_and(|v| v.content.agency != content.agency) {
        return Err(invalid(
            "content.agency",
            "an item does not pass to another agency; cancel it and draft a new one",
        ));
    }
    let mut check = Check::on(act.day());
    check.rule(&PL_CHANGE, pl_change_ground(&c.ground, state.versions.is_empty()));
    let version = state.last_version + 1;
    let event = ItemDrafted { item: content.item.clone(), version, content: content.clone(), ground: c.ground.clone() };
    let decided = Decided::under(check.settle(act.mode)?, event);
    // A draft that replaces another one inherits its clock: drafting again does not win time.
    Ok(vec![match state.publish_clock {
        Some(_) => decided,
        None => decided.clock(ClockChange::open_keyed(&PL_PUBLISH, &version.to_string(), act.at, PL_PUBLISH_WITHIN)),
    }])
}

fn review(state: &State, act: &Act, c: &ReviewItem) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let draft = pending(state, &c.item, c.version)?;
    if let Some(done) = &draft.review {
        let same = done.passed == c.passed && done.reviewer == c.reviewer && done.opinion == c.opinion;
        return if same { Ok(vec![]) } else { Err(reviewed_already(c.version)) };
    }
    let mut check = Check::on(act.day());
    check.rule(&OF_EXAM, reviewer(&c.reviewer, c.person.as_ref())?);
    check.rule(&PL_CHANGE, opinion(&c.opinion));
    let event = ItemReviewed {
        item: c.item.clone(),
        version: c.version,
        passed: c.passed,
        reviewer: c.reviewer.clone(),
        opinion: c.opinion.clone(),
    };
    let decided = Decided::under(check.settle(act.mode)?, event);
    // What failed its review will not be published, so nothing is owed any more.
    Ok(vec![match state.publish_clock {
        Some(key) if !c.passed => {
            decided.clock(ClockChange::Cancelled { clock: ClockChange::name(&PL_PUBLISH, &key.to_string()) })
        }
        _ => decided,
    }])
}

fn publish(state: &State, act: &Act, c: &PublishItem) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    if state.versions.iter().any(|v| v.version == c.version && v.effective == c.effective) {
        return Ok(vec![]);
    }
    let draft = pending(state, &c.item, c.version)?;
    not_before_act(c.effective, act)?;
    let last = state.versions.last().map(|v| v.effective).max(state.cancellations.last().map(|c| c.effective));
    if last.is_some_and(|last| c.effective < last) {
        return Err(invalid("effective", "lies before the first day of the version before it"));
    }
    let content = &draft.content;
    let standard = state.standard(c.effective);
    let mut check = Check::on(act.day());
    check
        .rule(&PL_ELEMENTS, pl_elements(content))
        .rule(&PL_DUTY, pl_duty(content))
        .rule(
            &PL_BASIS_LEVEL,
            pl_basis_level(content.kind, &content.outcomes, &content.measures, &content.bases, c.effective),
        )
        .rule(&PL_UNIFORM, pl_uniform(content, c.uniform.as_ref()))
        .rule(&PL_CHANGE, pl_change_ground(&draft.ground, state.versions.is_empty()))
        .rule(&PL_CHANGE, pl_change_reviewed(draft.review.as_ref().map(|r| r.passed)))
        .rule(&PL_BODY, pl_body(content, c.agency.as_ref(), c.effective))
        .rule(&PL_FREEDOM, pl_freedom(content, c.agency.as_ref()))
        .rule(&PL_FLOW, pl_flow(content))
        .rule(&PL_STANDARD, pl_standard(content, standard.map(|s| s.tiers.as_slice())));
    let event = ItemPublished {
        item: c.item.clone(),
        version: c.version,
        effective: c.effective,
        published_at: c.published_at.clone(),
        content: content.clone(),
    };
    let mut decided = Decided::under(check.settle(act.mode)?, event);
    if let Some(key) = state.publish_clock {
        let clock = ClockChange::name(&PL_PUBLISH, &key.to_string());
        decided = decided.clock(ClockChange::Stopped { clock, at: act.at });
    }
    if state.review_clock.is_none() {
        decided = decided.clock(review_clock(state, act));
    }
    Ok(vec![decided])
}

fn review_clock(state: &State, act: &Act) -> ClockChange {
    ClockChange::open_keyed(&PL_REVIEW, &state.next_review().to_string(), act.at, PL_REVIEW_WITHIN)
}

fn cancel(state: &State, act: &Act, c: &CancelItem) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(version) = state.versions.last() else {
        return Err(Refusal::NotFound { what: "published item", id: c.item.to_string() });
    };
    if state.is_cancelled() {
        let same = state.cancellations.last().is_some_and(|d| d.effective == c.effective && d.ground == c.ground);
        return if same {
            Ok(vec![])
        } else {
            Err(Refusal::state("ITEM_CANCELLED", "该事项已取消", "the item has been cancelled already"))
        };
    }
    not_before_act(c.effective, act)?;
    if c.effective < version.effective {
        return Err(invalid("effective", "lies before the first day of the version in force"));
    }
    let mut check = Check::on(act.day());
    check
        .rule(&PL_CHANGE, pl_change_ground(&c.ground, false))
        .rule(&PL_CHANGE, opinion(&c.opinion))
        .rule(&OF_EXAM, reviewer(&c.reviewer, c.person.as_ref())?);
    let event = ItemCancelled {
        item: c.item.clone(),
        effective: c.effective,
        ground: c.ground.clone(),
        reviewer: c.reviewer.clone(),
        opinion: c.opinion.clone(),
    };
    let mut decided = Decided::under(check.settle(act.mode)?, event);
    let open = [state.publish_clock.map(|k| (&PL_PUBLISH, k)), state.review_clock.map(|k| (&PL_REVIEW, k))];
    for (rule, key) in open.into_iter().flatten() {
        decided = decided.clock(ClockChange::Cancelled { clock: ClockChange::name(rule, &key.to_string()) });
    }
    Ok(vec![decided])
}

fn review_yearly(state: &State, act: &Act, c: &ReviewYearly) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(version) = state.versions.last().filter(|_| !state.is_cancelled()) else {
        return Err(Refusal::NotFound { what: "published item", id: c.item.to_string() });
    };
    let event = ItemReviewedYearly {
        item: c.item.clone(),
        on: c.on,
        conclusion: c.conclusion.id().to_owned(),
        reviewer: c.reviewer.clone(),
    };
    if state.yearly.contains(&event) {
        return Ok(vec![]);
    }
    if c.on > act.day() || c.on < version.effective.min(act.day()) {
        return Err(invalid("on", "must lie between the first day of the version and the day of the act"));
    }
    // Anyone of the list office may look an item over; the signature must only be a real person's.
    if c.person.is_none() {
        return Err(Refusal::NotFound { what: "officer", id: c.reviewer.to_string() });
    }
    let mut decided = Decided::plain(event);
    if let Some(key) = state.review_clock {
        let clock = ClockChange::name(&PL_REVIEW, &key.to_string());
        decided = decided.clock(ClockChange::Stopped { clock, at: act.at });
    }
    let next = (state.next_review() + 1).to_string();
    Ok(vec![decided.clock(ClockChange::open_keyed(&PL_REVIEW, &next, act.at, PL_REVIEW_WITHIN))])
}

fn publish_standard(state: &State, act: &Act, c: &PublishStandard) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(content) = state.newest() else {
        return Err(Refusal::NotFound { what: "item", id: c.item.to_string() });
    };
    if content.kind != PowerKind::Penalty {
        return Err(Refusal::state(
            "NO_PENALTY",
            format!("“{}”不是行政处罚，没有处罚裁量基准", content.name),
            format!("{:?} is no penalty and has no discretion standard", content.name),
        ));
    }
    let last = state.standards.last();
    if last.is_some_and(|s| s.tiers == c.tiers && s.document == c.document && s.effective == c.effective) {
        return Ok(vec![]);
    }
    not_before_act(c.effective, act)?;
    if last.is_some_and(|s| c.effective < s.effective) {
        return Err(invalid("effective", "lies before the first day of the standard before it"));
    }
    if c.tiers.is_empty() {
        return Err(invalid("tiers", "at least one tier is required"));
    }
    for (i, tier) in c.tiers.iter().enumerate() {
        if c.tiers[..i].iter().any(|t| t.code == tier.code) {
            return Err(invalid("tiers", format!("the tier code {} comes twice", tier.code)));
        }
    }
    let mut check = Check::on(act.day());
    check.rule(&PL_TIER, pl_tier(content, &c.tiers));
    check.rule(&PL_STANDARD, Ok(()));
    let event = StandardPublished {
        item: c.item.clone(),
        version: last.map_or(1, |s| s.version + 1),
        tiers: c.tiers.clone(),
        effective: c.effective,
        document: c.document.clone(),
    };
    Ok(vec![Decided::under(check.settle(act.mode)?, event)])
}

fn publish_fee(state: &State, act: &Act, c: &PublishFee) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(content) = state.newest().filter(|_| !state.is_cancelled()) else {
        return Err(Refusal::NotFound { what: "item", id: c.item.to_string() });
    };
    let event = FeePublished {
        item: c.item.clone(),
        name: c.name.clone(),
        basis: c.basis.clone(),
        standard_fen: c.standard_fen,
        unit: c.unit.clone(),
        effective: c.effective,
        charge_fen: c.charge_fen,
    };
    if state.fees.contains(&event) {
        return Ok(vec![]);
    }
    not_before_act(c.effective, act)?;
    let charged = c.charge_fen.unwrap_or(c.standard_fen);
    let mut check = Check::on(act.day());
    check.rule(&PL_FEE, pl_fee(content.kind, &c.basis, c.standard_fen, &c.unit, charged));
    Ok(vec![Decided::under(check.settle(act.mode)?, event)])
}

fn pending<'a>(state: &'a State, item: &ItemCode, version: u32) -> Result<&'a Draft, Refusal> {
    let known = state.draft.as_ref();
    match known.filter(|d| d.version == version) {
        Some(draft) => Ok(draft),
        None if state.code.is_none() => Err(Refusal::NotFound { what: "item", id: item.to_string() }),
        None => Err(Refusal::state(
            "VERSION_NOT_PENDING",
            format!("第{version}版不是待办的草案"),
            format!("version {version} is not the pending draft"),
        )),
    }
}

fn reviewed_already(version: u32) -> Refusal {
    Refusal::state(
        "REVIEWED_ALREADY",
        format!("第{version}版已有审核结论；修改请重新起草"),
        format!("version {version} has been reviewed already; to change it, draft it anew"),
    )
}

fn reviewer(code: &OfficerCode, person: Option<&ReviewerFact>) -> Result<Result<(), Fault>, Refusal> {
    match person {
        Some(p) => Ok(of_exam_reviewer(&p.name, p.role, p.legal_qualification, p.reviewing_since)),
        None => Err(Refusal::NotFound { what: "officer", id: code.to_string() }),
    }
}

fn opinion(text: &str) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Err(Fault::new("合法性审核须写明审核意见", "the legal review must state its opinion"));
    }
    Ok(())
}

/// What is not yet public binds nobody.
fn not_before_act(effective: Date, act: &Act) -> Result<(), Refusal> {
    if effective < act.day() {
        return Err(invalid("effective", format!("lies before the day of publication {}", act.day())));
    }
    Ok(())
}

fn invalid(field: &str, en: impl Into<String>) -> Refusal {
    Refusal::Invalid { field: field.to_owned(), en: en.into() }
}
