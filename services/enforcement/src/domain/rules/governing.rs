//! Which law governs: an act is done on one day and judged on another, and the item or its standard has changed between.

use law::{Citation, Fault, citation::APL};
use lists::facts::{
    self, Bounds, Findings, Imposing, ListedItem, PenaltyKind, Range, StandardFact, TierLevel, applying,
};

use super::{
    Outcome, blank,
    discretion::{self, Choice, Measure},
    fault,
};
use crate::domain::{
    events::{GoverningLaw, GoverningReason},
    facts::Facts,
};

law::card! {
    /// 从旧兼从轻.
    ///
    /// The agency is bound, for every penalty it decides. The law of the last day of the act (an act that goes on or is
    /// repeated over a change is judged by the law of its end, APL 36) is compared with that of the day of the decision,
    /// as a whole and not kind by kind: nobody takes the mild parts of both. The article makes no exception. What cannot
    /// be told (no list of that day, no base amount, conditions in other words) is neither milder nor kept: the rule is
    /// unchecked then. Nothing later changes which days are compared: the filing holds the one, the decision the other.
    EN_LIGHTER "EN-LIGHTER" Gate "从旧兼从轻" "the lighter law"; Citation::article(&APL, 37);
    "适用违法行为发生时的规定；作出决定时规定已变，且新规定处罚较轻的，适用新规定；违法行为发生时没有规定的，不予处罚";
    "the law of the act governs, or the law of the decision where it is milder; what no law forbade when it was done is not punished";
    plans ;
    compares "违法行为最后一日的规定与作出决定之日的规定，各就本案可以作出的处罚整体比较"
        "the law of the last day of the act with that of the day of the decision: each whole, by what it allows in this case";
    since 2021 7 15;
    allows the_law_of_the_act_governs_where_the_later_one_is_heavier, the_later_law_governs_where_it_is_milder;
    refuses refuses_a_fine_that_only_the_later_and_heavier_law_allows, refuses_a_fine_that_only_the_earlier_and_heavier_law_allows, refuses_what_was_cancelled_when_it_was_done
}

/// The version that a decision is held against, and why this one.
#[derive(Clone, Copy, Debug)]
pub struct Governing<'a> {
    /// Item and standard; `None` where no law gives power.
    pub law: Option<Measure<'a>>,
    /// The version that might have governed and does not.
    pub other: Option<Measure<'a>>,
    /// Why.
    pub reason: GoverningReason,
}

impl Governing<'_> {
    /// As the decision records it.
    pub fn record(&self) -> GoverningLaw {
        GoverningLaw {
            item_version: self.law.map(|law| law.item.version),
            standard_version: self.law.and_then(|law| law.standard).map(|standard| standard.version),
            reason: self.reason,
        }
    }

    /// The level at which the decision punishes.
    pub fn level(&self, choice: &Choice<'_>) -> Option<TierLevel> {
        discretion::level(self.law.and_then(|law| law.standard), choice)
    }
}

/// The law that governs a decision (APL 37).
///
/// The items are compared first, for they stand for laws, regulations and rules. Only where they allow the same do the
/// standards decide, by the tier cited. A standard goes with its item; where there was none when the act was done and the
/// item has not changed, the present one binds the agency's discretion.
pub fn law_that_governs<'a>(facts: &'a Facts, choice: &Choice<'_>) -> Governing<'a> {
    use GoverningReason as Reason;
    let alone = |law, reason| Governing { law, other: None, reason };
    let Some(now) = facts.item.as_deref().map(|item| measure(item, facts.standard.as_deref())) else {
        return alone(None, Reason::NoPowerNow);
    };
    let then = match &facts.item_then {
        ListedItem::NotYet => return alone(Some(now), Reason::NoListOfThatDay),
        ListedItem::Cancelled => return alone(None, Reason::NoPowerThen),
        ListedItem::InForce(item) => measure(item, facts.standard_then.as_deref()),
    };
    let items = weigh_applying(&then.item.outcomes, &now.item.outcomes, choice);
    let alike = items == Weight::EQUAL;
    let weight = if alike { weigh_standards(then, now, choice) } else { items };
    let of_the_act = Measure { standard: then.standard.or(now.standard.filter(|_| alike)), ..then };
    let same_standard = departs(choice) || version(of_the_act.standard) == version(now.standard);
    if alike && then.item.version == now.item.version && same_standard {
        return alone(Some(of_the_act), Reason::Unchanged);
    }
    let reason = match weight {
        Weight { heavier: true, lighter: true, .. } => Reason::NeitherMilder,
        Weight { heavier: true, .. } | Weight::EQUAL => Reason::OfTheAct,
        Weight { unclear: true, .. } => Reason::NotComparable,
        Weight { lighter: true, .. } => Reason::NewerMilder,
    };
    let (law, other) = if reason == Reason::NewerMilder { (now, of_the_act) } else { (of_the_act, now) };
    Governing { law: Some(law), other: Some(other), reason }
}

/// EN-LIGHTER: the decision keeps to the law that governs.
pub fn applied(governing: &Governing<'_>, choice: &Choice<'_>) -> Outcome {
    use GoverningReason as Reason;
    let unknown = |zh, en| Err(Fault { unknown: true, ..Fault::new(zh, en) });
    match governing.reason {
        Reason::NoListOfThatDay => unknown(
            "违法行为发生时的权力事项没有收录，只按现行事项核对；新规定是否较轻，未予核对",
            "the list begins after the act, which was held against the present item; whether that is milder was not checked",
        ),
        Reason::NotComparable => unknown(
            "新旧规定的轻重无法比较（没有上下限、没有写明计算基数，或者适用条件的表述不同）；已按违法行为发生时的规定核对",
            "which law is milder cannot be told (an open range, no base amount, or conditions in other words); the law of the act was taken",
        ),
        Reason::NoPowerThen => fault(
            "违法行为发生时该事项已经取消；不得以后来的规定处罚，请引用当时有效的事项，或者作出不予处罚决定",
            "the item had been cancelled when the act was done; cite one that was in force then, or withhold the penalty",
        ),
        Reason::Unchanged | Reason::OfTheAct | Reason::NeitherMilder | Reason::NewerMilder | Reason::NoPowerNow => {
            let (Some(law), Some(other)) = (governing.law, governing.other) else { return Ok(()) };
            if discretion::in_range(law, choice).is_ok() || discretion::in_range(other, choice).is_err() {
                return Ok(());
            }
            let ((law_zh, law_en), (other_zh, other_en)) = (title(law), title(other));
            let reason = governing.reason;
            fault(
                format!("处罚符合{other_zh}，但应当适用{law_zh}：{}；请按应当适用的规定处罚", reason.zh()),
                format!("the penalty keeps to {other_en}, but {law_en} governs ({}); decide by that", reason.en()),
            )
        }
    }
}

fn measure<'a>(item: &'a facts::ItemFact, standard: Option<&'a StandardFact>) -> Measure<'a> {
    Measure { item, standard: standard.filter(|standard| !standard.tiers.is_empty()) }
}

fn version(standard: Option<&StandardFact>) -> Option<u32> {
    standard.map(|standard| standard.version)
}

fn departs(choice: &Choice<'_>) -> bool {
    choice.departure.is_some_and(|reasons| !blank(reasons))
}

/// A version as people name it.
fn title(law: Measure<'_>) -> (String, String) {
    let item = law.item.version;
    match version(law.standard) {
        Some(standard) => (
            format!("事项第{item}版、裁量基准第{standard}版"),
            format!("version {item} of the item with version {standard} of the standard"),
        ),
        None => (format!("事项第{item}版"), format!("version {item} of the item")),
    }
}

/// What is heavier and lighter in the later of two laws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    heavier: bool,
    lighter: bool,
    /// Something cannot be compared.
    unclear: bool,
}

impl Weight {
    const EQUAL: Self = Self { heavier: false, lighter: false, unclear: false };
    const HEAVIER: Self = Self { heavier: true, ..Self::EQUAL };
    const LIGHTER: Self = Self { lighter: true, ..Self::EQUAL };
    const UNCLEAR: Self = Self { unclear: true, ..Self::EQUAL };

    fn between<T: Ord>(then: (T, T), now: (T, T)) -> Self {
        Self { heavier: now.0 > then.0 || now.1 > then.1, lighter: now.0 < then.0 || now.1 < then.1, unclear: false }
    }
}

/// Of several respects together.
impl FromIterator<Self> for Weight {
    fn from_iter<T: IntoIterator<Item = Self>>(weights: T) -> Self {
        weights.into_iter().fold(Self::EQUAL, |sum, one| Self {
            heavier: sum.heavier || one.heavier,
            lighter: sum.lighter || one.lighter,
            unclear: sum.unclear || one.unclear,
        })
    }
}

/// Two laws, by the lines that apply to what was found. A line of which that cannot be told leaves it open.
fn weigh_applying(then: &[facts::Outcome], now: &[facts::Outcome], choice: &Choice<'_>) -> Weight {
    let ((then, asked_then), (now, asked_now)) =
        (applying(then, choice.party, choice.findings), applying(now, choice.party, choice.findings));
    let weight = weigh(&then, &now, choice.findings);
    let open = asked_then.is_some() || asked_now.is_some();
    // Where both ask for the same it may pick another line of each.
    if open { [weight, Weight::UNCLEAR].into_iter().collect() } else { weight }
}

/// Two standards, by what they give for the tier cited. A departure keeps to the item alone.
fn weigh_standards(then: Measure<'_>, now: Measure<'_>, choice: &Choice<'_>) -> Weight {
    let cited = [then, now].iter().find_map(|law| discretion::tier(law.standard, choice.tier));
    // Where there was no standard nothing was milder than the item; a tier that neither has EN-RANGE refuses.
    let (Some(cited), Some(_), false) = (cited, then.standard, departs(choice)) else { return Weight::EQUAL };
    match (under(then, cited), under(now, cited)) {
        (Some(then), Some(now)) => weigh_applying(&then, &now, choice),
        (None, _) | (_, None) => Weight::UNCLEAR,
    }
}

/// What a law allows under a tier: under that of the same code, else under those of its level; all of the item's where it
/// has no standard.
fn under(law: Measure<'_>, cited: &facts::Tier) -> Option<Vec<facts::Outcome>> {
    let Some(standard) = law.standard else { return Some(law.item.outcomes.clone()) };
    if let Some(tier) = discretion::tier(Some(standard), Some(&cited.code)) {
        return Some(tier.outcomes.clone());
    }
    let mut level = standard.tiers.iter().filter(|tier| tier.level == cited.level).peekable();
    level.peek()?;
    Some(level.flat_map(|tier| tier.outcomes.clone()).collect())
}

/// What is heavier and lighter now: kind by kind, every kind that either allows.
fn weigh(then: &[&facts::Outcome], now: &[&facts::Outcome], findings: &Findings) -> Weight {
    match (then.is_empty(), now.is_empty()) {
        (true, true) => return Weight::EQUAL,
        (true, false) => return Weight::HEAVIER,
        (false, true) => return Weight::LIGHTER,
        (false, false) => {}
    }
    let of_kind = |kind: &PenaltyKind| {
        let (then, now) = (lines(then, *kind), lines(now, *kind));
        match (then.is_empty(), now.is_empty()) {
            (true, true) => Weight::EQUAL,
            (false, false) => weigh_kind(&then, &now, findings),
            // Whether a warning stands beside the rest or in its place no list says.
            (true, false) | (false, true) if mildest(*kind) => Weight::UNCLEAR,
            (true, false) => Weight::HEAVIER,
            (false, true) => Weight::LIGHTER,
        }
    };
    PenaltyKind::ALL.iter().map(of_kind).collect()
}

/// The first class of APL 9.
fn mildest(kind: PenaltyKind) -> bool {
    matches!(kind, PenaltyKind::Warning | PenaltyKind::PublicCriticism)
}

/// The lines of one kind, by condition.
fn lines<'a>(all: &[&'a facts::Outcome], kind: PenaltyKind) -> Vec<&'a facts::Outcome> {
    let mut lines: Vec<_> = all.iter().copied().filter(|outcome| outcome.kind == kind).collect();
    lines.sort_by_key(|line| (&line.condition, &line.when));
    lines
}

/// Lines of one kind: each with the one of the same conditions, or each with each where the conditions are others.
fn weigh_kind(then: &[&facts::Outcome], now: &[&facts::Outcome], findings: &Findings) -> Weight {
    let paired = then.iter().map(|line| &line.condition).eq(now.iter().map(|line| &line.condition));
    let weights: Vec<_> = if paired {
        then.iter().zip(now).map(|(then, now)| weigh_line(then, now, findings)).collect()
    } else {
        then.iter().flat_map(|then| now.iter().map(|now| weigh_line(then, now, findings))).collect()
    };
    // Under which of several lines the case falls is told in words: heavier by one and perhaps milder by another is not known.
    let perhaps_milder = |weight: &Weight| !weight.heavier && *weight != Weight::EQUAL;
    if weights.iter().any(|weight| weight.heavier) && weights.iter().any(perhaps_milder) {
        return Weight::UNCLEAR;
    }
    weights.into_iter().collect()
}

fn weigh_line(then: &facts::Outcome, now: &facts::Outcome, findings: &Findings) -> Weight {
    let left = match (then.imposing, now.imposing) {
        (Some(Imposing::Must), Some(Imposing::May)) => Weight::LIGHTER,
        (Some(Imposing::May), Some(Imposing::Must)) => Weight::HEAVIER,
        _ => Weight::EQUAL,
    };
    [left, weigh_measure(then, now, findings)].into_iter().collect()
}

fn weigh_measure(then: &facts::Outcome, now: &facts::Outcome, findings: &Findings) -> Weight {
    let limits = |line: &facts::Outcome| (line.deemed_fen, line.floor.clone(), line.cap.clone());
    if then.range == now.range && limits(then) == limits(now) {
        return if then.condition == now.condition { Weight::EQUAL } else { Weight::UNCLEAR };
    }
    let plain = limits(then) == limits(now);
    match (&then.range, &now.range) {
        (
            Some(Range::Multiple { of, low_hundredths: low, high_hundredths: high }),
            Some(Range::Multiple { of: of_now, low_hundredths: low_now, high_hundredths: high_now }),
        ) if of == of_now && plain => Weight::between((low, high), (low_now, high_now)),
        _ => match (then.bounds(findings), now.bounds(findings)) {
            (Bounds::Fen(low, high), Bounds::Fen(low_now, high_now)) => {
                Weight::between((low, high), (low_now, high_now))
            }
            (Bounds::Days(low, high), Bounds::Days(low_now, high_now)) => {
                Weight::between((low, high), (low_now, high_now))
            }
            (Bounds::Months(low, high), Bounds::Months(low_now, high_now)) => {
                let life = |high: Option<u16>| high.unwrap_or(u16::MAX);
                Weight::between((low, life(high)), (low_now, life(high_now)))
            }
            (Bounds::Months(..), Bounds::Life) => Weight::HEAVIER,
            (Bounds::Life, Bounds::Months(..)) => Weight::LIGHTER,
            (Bounds::Life, Bounds::Life) => Weight::EQUAL,
            (
                Bounds::Open | Bounds::Ask(_) | Bounds::Fen(..) | Bounds::Days(..) | Bounds::Months(..) | Bounds::Life,
                _,
            ) => Weight::UNCLEAR,
        },
    }
}

#[cfg(test)]
mod tests;
