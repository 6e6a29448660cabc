//! How much: the item's lines as far as they apply to what the case found, and the tier of the discretion standard. Which version
//! of both: [`super::governing`].

use law::{
    Citation,
    citation::{APL, BER},
};
use lists::facts::{
    self, Addressee, Applies, Bounds, Findings, Imposing, ItemFact, PenaltyKind, StandardFact, Tier, TierLevel,
    applying,
};

use super::{Outcome, blank, fault, notice::sum_of_fines, yuan};
use crate::domain::events::Penalty;

law::card! {
    /// Within the lines that apply, and within the tier.
    ///
    /// 1. The agency that decides. 2. Each penalty of the decision with the lines of the governing item that apply to the party as
    /// what it answers, to the quantities measured and to what was found, and with the lines of the tier; the sum of the fines with one line,
    /// for one act is fined once (APL 29). 3. The version that governs (APL 37). 4. Mitigation (APL 32) goes below the lowest by a tier that
    /// says so; a departure keeps to the item. 5. A quantity that decides and is missing is asked for; what was not found against the party
    /// is not so (APL 40); a fine without amount, a term without length lie in no range. 6. Another line's range, another unit, leaving out
    /// the quantity or what must be imposed, splitting the fine, imposing both of two alternatives, imposing what another body decides: each is
    /// refused by name. 7. Refused when handled, recorded when reported. 8. APL 34 (standards), 5(2) (proportion), 4 (only by law).
    EN_RANGE "EN-RANGE" Gate "裁量基准" "discretion"; Citation::article(&APL, 34), Citation::article(&APL, 4), Citation::paragraph(&APL, 5, 2), Citation::article(&BER, 60);
    "处罚的种类和幅度应当在所适用的权力事项规定之内，按当事人的身份、查明的数额和情节适用相应的一行，应当并处的不得遗漏，择一的不得并处，并符合所适用裁量基准的阶次；偏离基准须说明理由并经审核，且不得超出法定幅度";
    "the outcome lies in the lines of the governing item that apply to the party and to what was found: with all that must be imposed, with one of what excludes each other, and in the tier of its standard; a departure needs reasons and review and stays in the item";
    plans "FY 21" "BT 27" "XS 五3" "SB 五";
    compares "处罚的种类、数额和期限与所适用的事项各行和裁量基准阶次"
        "kind, amount and length of the penalty with the lines of the governing item and the tier of its standard";
    since 2021 7 15;
    allows a_fine_at_either_end_of_the_tier_is_in_range, a_multiple_is_measured_by_its_base, a_reviewed_departure_stays_within_the_item, without_a_standard_the_items_range_counts, each_party_is_held_against_its_own_line, a_quantity_picks_its_line, a_daily_fine_may_exceed_the_single_one, a_mitigated_tier_may_leave_out_and_go_below, what_is_not_there_need_not_be_confiscated; refuses refuses_a_fen_outside_the_tier, refuses_a_kind_that_the_item_does_not_give, refuses_an_unreviewed_departure, refuses_a_departure_above_the_item, refuses_the_range_of_a_line_for_others, refuses_the_range_of_another_quantity, asks_for_the_quantity_that_decides, refuses_to_leave_out_what_must_be_imposed, refuses_both_of_two_alternatives, refuses_what_another_body_decides, refuses_what_needs_an_approval_without_it, refuses_a_term_outside_its_range, refuses_a_fine_without_an_amount
}

/// What a penalty is measured against.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// The item.
    pub item: &'a ItemFact,
    /// Its standard, if it has one.
    pub standard: Option<&'a StandardFact>,
}

/// What the decision says of its own measure.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// The tier it cites.
    pub tier: Option<&'a str>,
    /// Why it departs from the standard.
    pub departure: Option<&'a str>,
    /// Whether the legal review passed.
    pub review_passed: bool,
    /// As what the party answers where the findings say nothing else.
    pub party: Addressee,
    /// What the case found.
    pub findings: &'a Findings,
    /// The penalties.
    pub penalties: &'a [Penalty],
}

/// The tier that a decision cites.
pub fn tier<'a>(standard: Option<&'a StandardFact>, code: Option<&str>) -> Option<&'a Tier> {
    standard?.tiers.iter().find(|t| Some(t.code.as_str()) == code)
}

/// The level at which a decision punishes: that of the tier it cites; of one that departs, the lowest whose upper ends it keeps to, whatever
/// it cites. None without a standard.
pub fn level(standard: Option<&StandardFact>, choice: &Choice<'_>) -> Option<TierLevel> {
    let cited = tier(standard, choice.tier)?;
    if choice.departure.is_none_or(blank) {
        return Some(cited.level);
    }
    let keeps = |tier: &&Tier| {
        let given = |p: &Penalty| tier.outcomes.iter().any(|o| o.kind == p.kind);
        choice.penalties.iter().all(given) && within(&tier.outcomes, choice, "", Least::Free, |_| false).is_ok()
    };
    let kept = standard?.tiers.iter().filter(keeps).map(|tier| tier.level).min();
    Some(kept.unwrap_or(TierLevel::Heavier))
}

/// EN-RANGE against one version of the item and its standard.
pub fn in_range(measure: Measure<'_>, choice: &Choice<'_>) -> Outcome {
    let Measure { item, standard } = measure;
    let standard = standard.filter(|s| !s.tiers.is_empty());
    let cited = tier(standard, choice.tier);
    let mitigated = cited.is_some_and(|tier| tier.level == TierLevel::Mitigated);
    let milder = |p: &Penalty| mitigated && cited.is_some_and(|tier| tier.outcomes.iter().any(|o| o.kind == p.kind));
    let given = |p: &Penalty| item.outcomes.iter().any(|o| o.kind == p.kind);
    if let Some(p) = choice.penalties.iter().find(|p| !given(p) && !milder(p)) {
        return not_given(item, p);
    }
    let title = format!("“{}”", item.name);
    let departs = choice.departure.is_some_and(|d| !blank(d));
    // A tier may go below the item; nothing goes above it, and nothing but mitigation below.
    let least = if standard.is_some() && !departs || mitigated { Least::Free } else { Least::Kept };
    within(&item.outcomes, choice, &title, least, milder)?;
    together(&item.outcomes, choice, mitigated)?;
    let Some(standard) = standard else { return Ok(()) };
    if departs {
        if choice.review_passed {
            return Ok(());
        }
        return fault(
            "偏离裁量基准须经法制审核通过；请先送审，或者按基准的阶次处罚",
            "a departure from the standard needs a passed legal review; submit it first, or keep to a tier",
        );
    }
    let Some(tier) = cited else {
        let codes: Vec<_> = standard.tiers.iter().map(|t| t.code.as_str()).collect();
        return fault(
            format!("没有写明所适用裁量基准的阶次；请选择：{}", codes.join("、")),
            format!("the decision cites no tier of the governing standard; choose one of {}", codes.join(", ")),
        );
    };
    let title = format!("{}阶次（{}）", tier.level.zh(), tier.code);
    if tier.level == TierLevel::None {
        return fault(format!("{title}为不予处罚；请作出不予处罚决定"), "this tier gives no penalty; withhold it");
    }
    if let Some(p) = choice.penalties.iter().find(|p| !tier.outcomes.iter().any(|o| o.kind == p.kind)) {
        return fault(
            format!("{title}不含“{}”；请改选阶次，或者说明偏离理由并送审", p.kind.zh()),
            format!(
                "tier {} does not give {}; choose another, or give reasons for a departure and have it reviewed",
                tier.code,
                p.kind.en()
            ),
        );
    }
    within(&tier.outcomes, choice, &title, Least::Kept, |_| false)
}

/// EN-RANGE when the party is told, before a tier is chosen: kinds and upper ends of the item's lines that apply, and what a
/// mitigating tier of its standard gives beside them.
pub fn in_law(measure: Measure<'_>, choice: &Choice<'_>) -> Outcome {
    let Measure { item, standard } = measure;
    let mitigated = |tier: &&Tier| tier.level == TierLevel::Mitigated;
    let milder = |p: &Penalty| {
        let mut tiers = standard.iter().flat_map(|standard| &standard.tiers).filter(mitigated);
        tiers.any(|tier| tier.outcomes.iter().any(|o| o.kind == p.kind))
    };
    let given = |p: &Penalty| item.outcomes.iter().any(|o| o.kind == p.kind);
    if let Some(p) = choice.penalties.iter().find(|p| !given(p) && !milder(p)) {
        return not_given(item, p);
    }
    within(&item.outcomes, choice, &format!("“{}”", item.name), Least::Free, |p| !given(p))?;
    together(&item.outcomes, choice, true)
}

/// The item gives no power to this.
fn not_given(item: &ItemFact, p: &Penalty) -> Outcome {
    fault(
        format!("“{}”没有规定“{}”；不得作出权力事项之外的处罚，请删去", item.name, p.kind.zh()),
        format!("{} does not provide for {}; leave it out", item.name, p.kind.en()),
    )
}

/// Whether the lower end of a range counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Least {
    Kept,
    Free,
}

/// Where a penalty lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place<'a> {
    Below,
    In,
    Above,
    /// The penalty does not say how much or how long.
    Unsaid,
    /// The case does not state this quantity.
    Asked(&'a str),
}

impl Place<'_> {
    fn fits(self, least: Least) -> bool {
        self == Self::In || self == Self::Below && least == Least::Free
    }
}

fn place<'a>(p: &Penalty, fines: i64, bounds: Bounds<'a>) -> Place<'a> {
    let between = |n: i64, low: i64, high: i64| match n {
        n if n < low => Place::Below,
        n if n > high => Place::Above,
        _ => Place::In,
    };
    match bounds {
        Bounds::Ask(of) => Place::Asked(of),
        // By another article, if it is a fine: still it has an amount.
        Bounds::Open if p.kind == PenaltyKind::Fine && p.amount_fen.is_none() => Place::Unsaid,
        Bounds::Open => Place::In,
        Bounds::Fen(low, high) if p.kind == PenaltyKind::Fine => match p.amount_fen {
            Some(_) => between(fines, low, high),
            None => Place::Unsaid,
        },
        Bounds::Fen(low, high) => p.amount_fen.map_or(Place::Unsaid, |fen| between(fen, low, high)),
        Bounds::Days(..) | Bounds::Months(..) if p.for_life => match bounds {
            Bounds::Months(_, None) => Place::In,
            _ => Place::Above,
        },
        Bounds::Days(low, high) => match (p.days, p.months) {
            (Some(days), None) => between(days.into(), low.into(), high.into()),
            _ => Place::Unsaid,
        },
        Bounds::Months(low, high) => match (p.months, p.days) {
            (Some(months), None) => between(months.into(), low.into(), high.map_or(i64::MAX, i64::from)),
            _ => Place::Unsaid,
        },
        Bounds::Life if p.for_life => Place::In,
        Bounds::Life if p.months.is_some() || p.days.is_some() => Place::Below,
        Bounds::Life => Place::Unsaid,
    }
}

/// Each penalty inside a line that applies.
fn within(
    lines: &[facts::Outcome],
    choice: &Choice<'_>,
    title: &str,
    least: Least,
    passes: impl Fn(&Penalty) -> bool,
) -> Outcome {
    let fines = sum_of_fines(choice.penalties);
    for p in choice.penalties.iter().filter(|p| !passes(p)) {
        let (mut ranges, mut most, mut asked, mut others) = (Vec::new(), None, None, None);
        let mut fits = false;
        for line in lines.iter().filter(|line| line.kind == p.kind) {
            let bounds = line.bounds(choice.findings);
            let at = place(p, fines, bounds);
            match line.applies(choice.party, choice.findings) {
                Applies::Yes => match at {
                    Place::Asked(of) => asked = asked.or(Some(of)),
                    at if at.fits(least) => fits = true,
                    Place::Below | Place::In | Place::Above | Place::Unsaid => {
                        if let (Bounds::Fen(_, high), Place::Above) = (bounds, at) {
                            most = most.max(Some(high));
                        }
                        ranges.push(bounds.told());
                    }
                },
                Applies::Ask(of) => asked = asked.or(Some(of)),
                not @ (Applies::Others(_) | Applies::No(_)) if at.fits(least) => others = Some((line, not)),
                Applies::Others(_) | Applies::No(_) => {}
            }
        }
        if fits {
            continue;
        }
        if let (Some(of), true) = (asked, ranges.is_empty()) {
            return ask(of, title);
        }
        if let (Some(most), Least::Free) = (most, least) {
            let ((zh, en), most) = (amount(p, fines), yuan(most));
            return fault(
                format!("{zh}超过{title}的上限{most}元；请降低数额"),
                format!("{en} is above the highest allowed, {most} yuan; lower it"),
            );
        }
        return outside(p, fines, title, &ranges, others);
    }
    Ok(())
}

fn ask(of: &str, title: &str) -> Outcome {
    fault(
        format!(
            "{title}的幅度取决于“{of}”，但案卷没有按清单的单位写明；请在调查终结报告中补充（无法计算的，写明“无法计算”）"
        ),
        format!(
            "the range depends on {of}, which the file does not state in the unit of the list; add it to the findings (or that it is 无法计算)"
        ),
    )
}

fn outside(
    p: &Penalty,
    fines: i64,
    title: &str,
    ranges: &[[String; 2]],
    others: Option<(&facts::Outcome, Applies<'_>)>,
) -> Outcome {
    let (zh, en) = amount(p, fines);
    if ranges.is_empty() {
        let (line_zh, line_en, why_zh, why_en) = match others {
            Some((line, not)) => {
                let ([line_zh, line_en], [why_zh, why_en]) = (line.told(), why(&not));
                (format!("：只符合“{line_zh}”"), format!(": it fits {line_en} only"), why_zh, why_en)
            }
            None => Default::default(),
        };
        return fault(
            format!(
                "{zh}在{title}中没有适用于本案当事人和查明情节的一行{line_zh}{why_zh}；请按适用的一行处罚，或者补正查明的事实"
            ),
            format!(
                "no line for {en} applies to this party and to what was found{line_en}{why_en}; keep to one that applies, or complete the findings"
            ),
        );
    }
    let ranges = |which: usize, by| ranges.iter().map(|r| r[which].as_str()).collect::<Vec<_>>().join(by);
    let (ranges_zh, ranges_en) = (ranges(0, "，"), ranges(1, ", "));
    let (hint_zh, hint_en) = match others {
        Some((line, not)) => {
            let ([line_zh, line_en], [why_zh, why_en]) = (line.told(), why(&not));
            (
                format!("（符合的“{line_zh}”不适用{why_zh}）"),
                format!(" ({line_en}, which it fits, does not apply{why_en})"),
            )
        }
        None => Default::default(),
    };
    fault(
        format!("{zh}不在{title}的幅度{ranges_zh}之内{hint_zh}；请调整，或者说明偏离基准的理由并送法制审核"),
        format!(
            "{en} is outside {ranges_en}{hint_en}; adjust it, or give reasons for a departure and have it reviewed"
        ),
    )
}

/// Why a line does not apply.
fn why(not: &Applies<'_>) -> [String; 2] {
    match not {
        Applies::Others(who) => {
            let zh: Vec<_> = who.iter().map(|who| who.zh()).collect();
            let en: Vec<_> = who.iter().map(|who| who.en()).collect();
            [format!("，该行适用于{}", zh.join("、")), format!(": it is for {}", en.join(", "))]
        }
        Applies::No(condition) => {
            let [zh, en] = condition.told();
            [format!("，案卷没有查明或者不符合“{zh}”"), format!(": {en} was not found")]
        }
        Applies::Yes | Applies::Ask(_) => Default::default(),
    }
}

/// A penalty with its measure.
fn amount(p: &Penalty, fines: i64) -> (String, String) {
    let (zh, en) = (p.kind.zh(), p.kind.en());
    match (p.kind, p.amount_fen, p.days, p.months) {
        (PenaltyKind::Fine, Some(_), ..) => (format!("{zh}{}元", yuan(fines)), format!("{en} of {} yuan", yuan(fines))),
        (PenaltyKind::Fine, None, ..) => (format!("没有数额的{zh}"), format!("{en} without amount")),
        _ if p.for_life => (format!("终身{zh}"), format!("{en} for life")),
        (_, _, Some(days), None) => (format!("{zh}{days}日"), format!("{en} of {days} days")),
        (_, _, None, Some(months)) => (format!("{zh}{months}个月"), format!("{en} of {months} months")),
        _ => (format!("没有写明期限的{zh}"), format!("{en} without length")),
    }
}

/// What must stand together, what must not, and what is not this agency's to impose.
fn together(all: &[facts::Outcome], choice: &Choice<'_>, mitigated: bool) -> Outcome {
    let (lines, _) = applying(all, choice.party, choice.findings);
    let imposed = |line: &facts::Outcome| choice.penalties.iter().find(|p| p.kind == line.kind);
    for p in choice.penalties {
        let of_kind = || lines.iter().filter(|line| line.kind == p.kind);
        if let Some(body) = of_kind().find_map(|line| line.decided_by.as_ref())
            && of_kind().all(|line| line.decided_by.is_some())
        {
            return fault(
                format!("“{}”由{body}决定，本机关无权作出；请移送{body}", p.kind.zh()),
                format!("{} is decided by {body}, not by this agency; refer it there", p.kind.en()),
            );
        }
        if let Some(body) = of_kind().find_map(|line| line.approval.as_ref())
            && of_kind().all(|line| line.approval.is_some())
            && p.approval.as_deref().is_none_or(blank)
        {
            return fault(
                format!("“{}”须报{body}批准；请写明批准机关和批准文号", p.kind.zh()),
                format!("{} needs the approval of {body}; name who approved it and by which document", p.kind.en()),
            );
        }
    }
    // Of one choice at most one; where the article leaves no choice but among them, one.
    let mut numbers: Vec<u8> = lines.iter().filter_map(|line| line.instead).collect();
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        let choices = || lines.iter().filter(|line| line.instead == Some(number));
        let alone = |line: &&&facts::Outcome| {
            imposed(line).is_some()
                && lines.iter().filter(|other| other.kind == line.kind).all(|other| other.instead == Some(number))
        };
        let mut taken: Vec<PenaltyKind> = choices().filter(alone).map(|line| line.kind).collect();
        taken.sort_unstable();
        taken.dedup();
        let names = |by| choices().map(|line| line.kind.zh()).collect::<Vec<_>>().join(by);
        if taken.len() > 1 {
            return fault(
                format!("{}只能择一处罚，不得并处；请删去其余", names("、")),
                "these penalties stand in each other's place; impose one of them only",
            );
        }
        let must = choices().all(|line| line.imposing == Some(Imposing::Must) && line.decided_by.is_none());
        if must && !mitigated && !choices().any(|line| imposed(line).is_some()) {
            return fault(
                format!("应当在{}中择一处罚；请补充", names("、")),
                "one of several penalties must be imposed; add it",
            );
        }
    }
    if mitigated {
        return Ok(());
    }
    let left_out = |line: &facts::Outcome| {
        line.imposing == Some(Imposing::Must)
            && line.instead.is_none()
            && line.decided_by.is_none()
            && line.condition.is_none()
            && imposed(line).is_none()
            && !nothing_to_take(line.kind, choice.findings)
    };
    if let Some(line) = lines.iter().find(|line| left_out(line)) {
        let ([zh, en], (none_zh, none_en)) = (line.told(), nothing_is_said(line.kind));
        return fault(
            format!("遗漏了应当作出的处罚“{zh}”；请补充，或者适用减轻的阶次{none_zh}"),
            format!("{en} must be imposed and is left out; add it, or apply a tier that mitigates{none_en}"),
        );
    }
    // Whether it must be imposed cannot be told: silence about a quantity spares nobody.
    let unknown =
        all.iter().filter(|line| left_out(line)).find_map(|line| match line.applies(choice.party, choice.findings) {
            Applies::Ask(of) => Some(of),
            Applies::Yes | Applies::Others(_) | Applies::No(_) => None,
        });
    unknown.map_or(Ok(()), |of| ask(of, "应当作出的处罚"))
}

/// What a confiscation takes, as findings name it.
fn taken(kind: PenaltyKind) -> Option<&'static str> {
    match kind {
        PenaltyKind::ConfiscateGains => Some("违法所得"),
        PenaltyKind::ConfiscateGoods => Some("非法财物"),
        _ => None,
    }
}

/// Whether the case found that there is nothing to confiscate.
fn nothing_to_take(kind: PenaltyKind, findings: &Findings) -> bool {
    let none = |of: &str| findings.quantity(of).is_some_and(|m| m.hundredths == 0) || findings.says(of, "没有");
    taken(kind).is_some_and(none)
}

/// How a case says so.
fn nothing_is_said(kind: PenaltyKind) -> (String, String) {
    match taken(kind) {
        Some(of) => (
            format!("；确无{of}的，请在查明的情节中写明“{of}：没有”"),
            format!("; if there is none, state it among the findings: {of} 没有"),
        ),
        None => Default::default(),
    }
}

#[cfg(test)]
mod tests;
