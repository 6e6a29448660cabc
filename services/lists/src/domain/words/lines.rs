//! A penalty drawn as lines: with the conditions that hold, for whom, by whom, and instead of what.

use std::ops::Range;

use super::{
    super::{
        facts::PenaltyKind,
        outcome::{Addressee, Condition, Imposing, Outcome},
    },
    kinds::{Said, addressed},
    prefix::Prefix,
    sentence::{Drawn, Walk},
    state::{Frame, State},
    who::{Named, named},
};

impl Walk {
    pub(super) fn draw(&mut self, state: &mut State, before: &Prefix, said: &Said, may: bool, at: Range<usize>) {
        self.leave_measures(state, said, &at);
        let mut line = said.line.clone();
        if line.kind == PenaltyKind::Fine
            && line.range.is_none()
            && let Some(standard) = state.standard.take()
        {
            line.range = standard.range;
        }
        line.imposing = Some(if may { Imposing::May } else { Imposing::Must });
        line.decided_by = self.decider(state, before).or_else(|| {
            // 由广告审查机关撤销批准文件，一年内不受理其申请: who withdraws is who does not accept.
            let refused = line.called.as_ref().is_some_and(|called| called.starts_with("不受理"));
            let last = state.last.clone().next_back().filter(|_| refused && !state.last.is_empty());
            last.and_then(|last| self.lines[last].line.decided_by.clone())
        });
        if matches!(line.kind, PenaltyKind::SuspendProduction | PenaltyKind::CloseDown) {
            line.approval.clone_from(&state.approval);
        }
        let mut who = state.who.clone();
        let before_it = self.lines.last().filter(|last| last.act == state.act_number && last.line.kind == line.kind);
        let same = before_it.map(|last| last.line.who.clone()).filter(|_| lasting(line.kind)).unwrap_or_default();
        if let Some(whom) = said.whom.as_deref().or(before.whom.as_deref()) {
            who = match said.whom {
                Some(_) => addressed(whom),
                None => named(whom),
            };
            if said.whom.is_none() {
                state.who = who.clone();
            }
        } else if who == Named::default() && !same.is_empty() && state.everyone.is_none() {
            // 主要负责人五年内不得…；情节严重的，终身不得…: the same persons.
            who = Named { who: same, ..Named::default() };
        } else if who == Named::default() && !of_units(line.kind) && state.everyone.is_some() {
            // 对…处拘留；情节较轻的，处…拘留: the same persons.
            who = state.everyone.clone().unwrap_or_default();
            if !lasting(line.kind) {
                self.note(
                    at.clone(),
                    ("按同一对象读入，请核对", "read so that it meets the same persons: please check"),
                    Some(self.lines.len()),
                    Some(line.to_string()),
                );
            }
        } else if who.persons() && of_units(line.kind) {
            self.note(
                at.clone(),
                (
                    "这一处罚是对单位还是对个人，请核对",
                    "whether this penalty is for the unit or for the persons has to be checked",
                ),
                Some(self.lines.len()),
                Some(Outcome { who: vec![Addressee::Unit], ..line.clone() }.to_string()),
            );
        }
        if who.words.is_some() && !who.who.is_empty() {
            self.note(
                at.clone(),
                (
                    "对象不全在所列之中，已另以文字保留",
                    "not all who are named have a name here: the words are kept beside them",
                ),
                Some(self.lines.len()),
                None,
            );
        }
        let frames: Vec<Frame> = state
            .frames
            .iter()
            .cloned()
            .chain(before.found.iter().map(|found| Frame {
                found: found.clone(),
                used: false,
                fined: false,
                nested: false,
                sibling: false,
                leads: false,
            }))
            .collect();
        let all = Setting { frames: &frames, who: &who, act: state.act_words.as_deref() }.lines(&line);
        if let Some(above) = all.first().filter(|line| line.who.is_empty() && spoken_of_above(line)) {
            let persons = |drawn: &&Drawn| drawn.act == state.act_number && Named::of(&drawn.line.who).persons();
            let who = self.lines.iter().rev().find(persons).map(|drawn| drawn.line.who.clone());
            let proposal = who.map(|who| Outcome { who, ..above.clone() }.to_string());
            self.note(
                at.clone(),
                (
                    "上述人员是哪些人、在何种情形下，请核对",
                    "who is spoken of above, and in which case, has to be checked",
                ),
                Some(self.lines.len()),
                proposal,
            );
        }
        if let Some(words) = said.doubt {
            self.note(at.clone(), words, Some(self.lines.len()), None);
        }
        // All lines of the sentence so far are for the same.
        state.everyone = match state.drawn {
            false => (who != Named::default()).then(|| who.clone()),
            true => state.everyone.take().filter(|everyone| *everyone == who),
        };
        state.drawn = true;
        let twin = self.lines.len();
        let party = who.words.clone().filter(|words| who.who.is_empty() && !words.contains('的'));
        let drawn =
            |line| Drawn { line, at: at.clone(), act: state.act_number, twin, party: party.clone(), exact: false };
        self.lines.extend(all.into_iter().map(drawn));
        // 违法所得5万元以上的情节严重 in the clause itself goes on in its segment.
        if !before.found.is_empty() && said.whom.is_none() {
            for found in before.found.iter().filter(|found| !found.any.is_empty()) {
                if state.frames.iter().all(|frame| frame.found != *found) {
                    state.push(found.clone());
                }
            }
        }
    }

    /// A quantity says which fine is given; what follows after the fine may not rest on it.
    pub(super) fn leave_measures(&mut self, state: &mut State, said: &Said, at: &Range<usize>) {
        let Some(last) = state.frames.last().filter(|frame| frame.measures() && frame.fined) else { return };
        if said.line.kind == PenaltyKind::Fine && said.whom.is_none() && state.who.who.is_empty() {
            return;
        }
        let (sibling, certain, found) = (last.sibling, last.nested, last.found.clone());
        if sibling {
            state.frames.pop();
        }
        if !certain {
            let mut other = said.line.clone();
            if sibling {
                other.when = found.any.first().cloned().unwrap_or_default();
            }
            self.note(
                at.clone(),
                (
                    "这一处罚是否以前述数额为条件，请核对",
                    "whether this penalty rests on the amount before it has to be checked",
                ),
                Some(self.lines.len()),
                Some(other.to_string()),
            );
        }
    }

    /// Who decides this part, where it is not the one who acts by the sentence.
    pub(super) fn decider(&self, state: &mut State, before: &Prefix) -> Option<String> {
        let by = before.by.clone().or_else(|| state.by.clone())?;
        if before.asked {
            return Some(by);
        }
        if by.contains("公安") {
            return Some("公安机关".to_owned());
        }
        match &state.holder {
            Some(holder) => (*holder != by).then_some(by),
            None if !state.drawn && !state.fined && !by.starts_with('原') && !by.starts_with("授予") => {
                state.holder = Some(by);
                None
            }
            None => Some(by),
        }
    }

    /// Lets what held in the segment before hold on for those whom this one names.
    pub(super) fn carry(&mut self, state: &mut State, at: Range<usize>) {
        if state.clauses > 1 || state.carried.is_empty() || !state.frames.is_empty() {
            return;
        }
        state.frames = std::mem::take(&mut state.carried);
        self.note(
            at,
            (
                "按前一分句的条件同样适用于这些人读入，请核对",
                "read so that the condition of the part before holds for these, too: please check",
            ),
            Some(self.lines.len()),
            None,
        );
    }

    pub(super) fn choose(&mut self, lines: Range<usize>) {
        self.choose_all(&lines.collect::<Vec<_>>());
    }

    /// 或者: these stand in each other's place.
    pub(super) fn choose_all(&mut self, lines: &[usize]) {
        if lines.len() < 2 {
            return;
        }
        let number = lines.iter().find_map(|at| self.lines[*at].line.instead).unwrap_or_else(|| {
            self.choices = self.choices.saturating_add(1);
            self.choices
        });
        lines.iter().for_each(|at| self.lines[*at].line.instead = Some(number));
    }
}

/// What a clause's penalties have in common.
pub(super) struct Setting<'a> {
    pub(super) frames: &'a [Frame],
    pub(super) who: &'a Named,
    pub(super) act: Option<&'a str>,
}

impl Setting<'_> {
    /// The line for each way in which its conditions can be met.
    pub(super) fn lines(&self, line: &Outcome) -> Vec<Outcome> {
        let mut words: Vec<String> = Vec::new();
        let mut when: Vec<Vec<Condition>> = vec![Vec::new()];
        words.extend(self.act.map(str::to_owned));
        for frame in self.frames {
            if !frame.found.any.is_empty() {
                when = when
                    .iter()
                    .flat_map(|so_far| frame.found.any.iter().map(|all| [&so_far[..], all].concat()))
                    .collect();
            }
            words.extend(frame.found.words.clone());
        }
        words.extend(self.who.which.clone());
        words.extend(self.who.words.as_ref().map(|words| format!("对{words}")));
        words.extend(line.condition.clone());
        let fill = |when: Vec<Condition>| {
            let mut line = line.clone();
            line.who.clone_from(&self.who.who);
            line.condition = (!words.is_empty()).then(|| words.join("；"));
            for condition in when {
                if !line.when.contains(&condition) {
                    line.when.push(condition);
                }
            }
            line
        };
        when.into_iter().map(fill).collect()
    }
}

/// …的上述人员有执业证书: a condition that points to persons named before.
fn spoken_of_above(line: &Outcome) -> bool {
    line.condition.as_ref().is_some_and(|words| ["上述人员", "前述人员"].iter().any(|above| words.contains(above)))
}

/// Kinds whose heavier degree meets whom the lighter met.
fn lasting(kind: PenaltyKind) -> bool {
    matches!(kind, PenaltyKind::BarFromTrade | PenaltyKind::Detention)
}

/// Kinds that are for whoever holds a licence or runs a business.
fn of_units(kind: PenaltyKind) -> bool {
    matches!(
        kind,
        PenaltyKind::LowerQualification
            | PenaltyKind::RevokeLicence
            | PenaltyKind::SuspendProduction
            | PenaltyKind::CloseDown
            | PenaltyKind::ConfiscateGoods
    )
}
