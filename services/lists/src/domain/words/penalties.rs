//! The penalties and orders of a clause, one after another.

use super::{
    super::{
        facts::PenaltyKind,
        outcome::{Condition, Imposing},
    },
    kinds::{self, Core, Said, core},
    prefix::{Prefix, prefix},
    sentence::{Drawn, Walk},
    state::{Frame, State},
    text::Part,
    who::Named,
};

/// What may stand behind the last penalty of a clause.
const SAY_NO_MORE: [&str; 12] = [
    "的",
    "等",
    "的行政处罚",
    "处罚",
    "整",
    "等行政处罚",
    "的处罚",
    "等处罚",
    "处理",
    "并予以公告",
    "并公告",
    "并向社会公布",
];

impl Walk {
    /// Penalties and orders, and what stands between them.
    pub(super) fn penalties(&mut self, state: &mut State, (at, text): Part<'_>) -> bool {
        let Some((mut from, mut end, mut said, mut before)) = self.find(state, text, false) else { return false };
        if state.telling && (text.ends_with("的行政处罚") || text.ends_with("的处罚")) {
            // 给予拘留的行政处罚，由公安机关决定: who decides, and no penalty.
            return false;
        }
        state.begin(self);
        const WHO: [&str; 6] = ["人员", "者", "人", "单位", "机构", "企业"];
        let subject = state.pending.as_ref().is_some_and(|(_, words)| WHO.iter().any(|end| words.ends_with(end)));
        self.settle_pending(state, subject);
        if before.instead && state.last.is_empty() {
            before.instead = false;
        }
        // 有违法所得的，并处没收违法所得 after 情节严重的，处…: 并处 beside what was said there.
        let besides = state.clauses == 2 && text.starts_with("并处") && state.frames.iter().all(Frame::measures);
        if (state.clauses == 1 || besides) && before.found.is_empty() {
            let for_others = before.whom.is_some();
            if for_others {
                self.carry(state, at..at + end);
            } else if !state.carried.is_empty() && !matches!(said, Core::Order) {
                self.note(
                    at..at + end,
                    (
                        "前一分句的条件是否也适用于这一处罚，请核对",
                        "whether the condition of the part before holds for this penalty, too, has to be checked",
                    ),
                    Some(self.lines.len()),
                    None,
                );
            }
        }
        let clause_from = self.lines.len();
        // Elements of a list since its last 或者: 警告、罚款或者没收.
        let mut list: Vec<usize> = if before.instead { state.last.clone().collect() } else { Vec::new() };
        let mut or_order = false;
        let (mut may, mut single) = (before.may || std::mem::take(&mut state.may), before.single);
        loop {
            let begin = self.lines.len();
            self.cover(at, end);
            match said {
                Core::Order => {
                    or_order = true;
                    // Whose order it is, whose act it is.
                    self.decider(state, &before);
                }
                Core::Cell(ref line) => {
                    self.choices = self.choices.max(line.instead.unwrap_or(0));
                    let twin = self.lines.len();
                    self.lines.push(Drawn {
                        line: (**line).clone(),
                        at: at + from..at + end,
                        act: state.act_number,
                        twin,
                        party: None,
                        exact: true,
                    });
                }
                Core::Confiscate => {
                    if let Some(said) = object_before(state, &before) {
                        if before.whom.take().is_none() {
                            state.who = Named::default();
                        }
                        self.draw(state, &before, &said, may, at + from..at + end);
                    } else {
                        self.uncover_part(at + from, end - from);
                    }
                }
                Core::Lines(ref all) => {
                    for one in all {
                        self.draw(state, &before, one, may, at + from..at + end);
                    }
                }
                Core::OneOf(ref all) => {
                    for one in all {
                        self.draw(state, &before, one, may, at + from..at + end);
                    }
                    self.choose(begin..self.lines.len());
                }
            }
            let drawn = begin..self.lines.len();
            if before.instead {
                if or_order && list.is_empty() {
                    self.lines[drawn.clone()].iter_mut().for_each(|d| d.line.imposing = Some(Imposing::May));
                } else {
                    list.extend(drawn.clone());
                    self.choose_all(&list);
                }
            } else {
                list.extend(drawn.clone());
            }
            let rest = &text[end..];
            let plain_end = SAY_NO_MORE.contains(&rest);
            if rest.is_empty() || plain_end {
                self.cover(at + end, rest.len());
                break;
            }
            let (joint, choice) =
                match ["或者", "直至", "或", "以及", "、", "并", "和", "及"].iter().find(|j| rest.starts_with(**j))
                {
                    Some(joint) => (joint.len(), ["或者", "直至", "或"].contains(joint)),
                    None => (0, false),
                };
            let Some((next_from, next_end, next, mut next_before)) = self.find(state, &rest[joint..], true) else {
                break;
            };
            // 责令停业整顿、吊销营业执照: what is revoked needs no stop.
            let only =
                |core: &Core, kind| matches!(core, Core::Lines(all) if all.iter().all(|one| one.line.kind == kind));
            if rest.starts_with('、')
                && only(&said, PenaltyKind::SuspendProduction)
                && only(&next, PenaltyKind::RevokeLicence)
            {
                next_before.instead = true;
                list = drawn.clone().collect();
                self.note(
                    at + end..at + end + joint + next_end,
                    (
                        "停业与吊销按择一读入，请核对是否可以并处",
                        "the stop and the revocation were read as alternatives: whether both can be imposed has to be checked",
                    ),
                    Some(self.lines.len()),
                    None,
                );
            }
            // 对甲处…、对乙处…; what decides and whom it meets goes on otherwise.
            next_before.instead |= choice;
            if next_before.by.is_none() {
                (next_before.by, next_before.asked) = (before.by.clone(), before.asked);
            }
            next_before.whom = next_before.whom.or_else(|| before.whom.clone());
            if rest.starts_with("并") && !next_before.may {
                may = false;
            }
            if rest.starts_with("直至") {
                list = drawn.collect();
            }
            may |= next_before.may;
            single |= next_before.single;
            (from, said, before) = (end + joint + next_from, next, next_before);
            end += joint + next_end;
        }
        // 可以单处或者并处…，没有违法所得的，处…: the other fine is left to the agency as the first.
        single |= state.single && state.frames.last().is_some_and(|frame| frame.nested);
        state.single |= single;
        if single {
            self.lines[clause_from..].iter_mut().for_each(|drawn| drawn.line.imposing = Some(Imposing::May));
        }
        let fined = self.lines[clause_from..].iter().any(|drawn| drawn.line.kind == PenaltyKind::Fine);
        state.fined |= fined;
        for frame in &mut state.frames {
            (frame.fined, frame.used) = (frame.fined || fined, true);
        }
        state.last = clause_from..self.lines.len();
        true
    }

    /// The first penalty or order that a clause gives, and what stands before it.
    pub(super) fn find(&self, state: &State, text: &str, joined: bool) -> Option<(usize, usize, Core, Prefix)> {
        text.char_indices().find_map(|(from, _)| {
            let lead = &text[..from];
            // 可以处 is not 可 and 以….
            if lead.ends_with('可') && text[from..].starts_with('以') {
                return None;
            }
            let after_choice = ["或者", "直至", "或", "、"].iter().any(|joint| lead.ends_with(joint));
            let (len, said) = core(&text[from..], joined && from == 0 || after_choice)?;
            let read = prefix(lead, state.telling, self.known.as_ref()).or_else(|| {
                let bars = matches!(&said, Core::Lines(all) if all.iter().any(|one| matches!(one.line.kind, PenaltyKind::BarFromTrade | PenaltyKind::RestrictBusiness)));
                (bars && !state.telling).then(|| Prefix { whom: Some(lead.to_owned()), ..Prefix::default() })
            })?;
            Some((from, from + len, said, read))
        })
    }
}

/// What 没收 takes where it stands last: 有违法收入的予以没收, 对…的原辅材料，应当予以没收.
fn object_before(state: &State, before: &Prefix) -> Option<Said> {
    let frame = before.found.last().or(state.frames.last().map(|frame| &frame.found));
    if let Some(Condition::Between { of, .. }) = frame.and_then(|found| found.any.first()?.first()) {
        return Some(kinds::line(PenaltyKind::ConfiscateGains, &format!("没收{of}"), None));
    }
    let goods = before.whom.as_deref().or(state.who.words.as_deref())?;
    Some(kinds::line(PenaltyKind::ConfiscateGoods, &format!("没收{goods}"), None))
}
