//! What a sentence has said so far.

use std::ops::Range;

use super::{
    super::outcome::{Condition, Outcome, UNCOMPUTABLE},
    conditions::{CIRCUMSTANCES, CONSEQUENCES, CORRECTION, Found},
    sentence::Walk,
    who::{Named, named},
};

/// A condition that holds for what follows in its segment.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) found: Found,
    /// Something followed from it.
    pub(super) used: bool,
    /// A fine has been given under it.
    pub(super) fined: bool,
    /// A fine stood before it in its segment.
    pub(super) nested: bool,
    /// So it did, or another span of its quantity was told before.
    pub(super) sibling: bool,
    /// Its segment began with it.
    pub(super) leads: bool,
}

impl Frame {
    /// Whether it speaks of a quantity, and only of what fine follows from it.
    pub(super) fn measures(&self) -> bool {
        !self.found.any.is_empty()
            && self.found.any.iter().flatten().all(|c| match c {
                Condition::Between { .. } | Condition::Lacking { .. } => true,
                Condition::Is { value, .. } => value == "明显偏低" || value == UNCOMPUTABLE,
                Condition::IsNot { .. } => false,
            })
    }

    /// Whether it holds on for what 对… says in the next segment: 逾期未改正的，处…；对其直接负责的主管人员…处….
    pub(super) fn holds_on(&self) -> bool {
        self.leads
            && match self.found.of() {
                Some(of) => [CIRCUMSTANCES, CONSEQUENCES, CORRECTION].contains(&of),
                None => true,
            }
    }
}

/// What a sentence has said so far.
pub(super) struct State {
    /// The act is being told: no penalty has begun.
    pub(super) telling: bool,
    pub(super) item: bool,
    pub(super) act: Vec<String>,
    /// The act as a condition, where it is not the item's own.
    pub(super) act_words: Option<String>,
    pub(super) act_number: usize,
    /// Who acts by this sentence, where it names somebody.
    pub(super) holder: Option<String>,
    pub(super) frames: Vec<Frame>,
    pub(super) carried: Vec<Frame>,
    /// Quantities of which a span was told.
    pub(super) measured: Vec<String>,
    pub(super) who: Named,
    pub(super) approval: Option<String>,
    /// 由… stood in a clause of its own.
    pub(super) by: Option<String>,
    /// 按照…的标准计算 stood in the clause before a fine.
    pub(super) standard: Option<Outcome>,
    /// 单处或者并处 stood in this segment.
    pub(super) single: bool,
    /// Its segments are numbered.
    pub(super) numbered: bool,
    /// The act is one case of several that the sentence tells.
    pub(super) several: bool,
    /// 可以 stood in the clause before.
    pub(super) may: bool,
    /// Clauses of this segment so far, and whether any of them gave a condition.
    pub(super) clauses: usize,
    /// A fine stands in this segment.
    pub(super) fined: bool,
    /// Whom every line of the sentence so far is for, if it names somebody.
    pub(super) everyone: Option<Named>,
    pub(super) drawn: bool,
    /// A clause that said nothing by itself: the beginning of a condition, or whom the next one meets.
    pub(super) pending: Option<(usize, String)>,
    /// Lines of the clause before, which 直至 and 或者 take up.
    pub(super) last: Range<usize>,
}

impl State {
    pub(super) fn new(item: bool) -> Self {
        Self {
            telling: true,
            item,
            act: Vec::new(),
            act_words: None,
            act_number: 0,
            holder: None,
            frames: Vec::new(),
            carried: Vec::new(),
            measured: Vec::new(),
            who: Named::default(),
            approval: None,
            by: None,
            standard: None,
            numbered: item,
            several: false,
            single: false,
            may: false,
            clauses: 0,
            fined: false,
            everyone: None,
            drawn: false,
            pending: None,
            last: 0..0,
        }
    }

    pub(super) fn next_segment(&mut self) {
        let frames = std::mem::take(&mut self.frames);
        // A segment of its own that gives no condition leaves what held before it.
        self.carried = frames.into_iter().filter(Frame::holds_on).collect();
        self.who = Named::default();
        self.approval = None;
        self.may = false;
        self.by = None;
        self.standard = None;
        self.single = false;
        self.clauses = 0;
        self.fined = false;
        self.last = 0..0;
    }

    /// What the numbered part began with holds for this segment, too.
    pub(super) fn resume(&mut self) {
        self.frames = self.carried.drain(..).filter(|frame| frame.found.of().is_some()).collect();
    }

    /// The act has been told.
    pub(super) fn begin(&mut self, walk: &mut Walk) {
        if !std::mem::replace(&mut self.telling, false) {
            return;
        }
        // 对有前款行为的机构，吊销…: whom it meets, not what was done.
        if let [phrase] = &self.act[..]
            && let Some(whom) = phrase.strip_prefix('对').filter(|_| !phrase.ends_with('的'))
        {
            self.who = named(whom);
            self.act.clear();
        }
        let act = self.act.join("，");
        if !act.is_empty() {
            let of_several = self.several && self.act.len() == 1
                || self.act.len() == 1 && act.starts_with("对") && act.ends_with('的');
            let own = !self.item && walk.acts == 0;
            if of_several {
                // 对造成较大事故的，…；对造成重大事故的，…: each is the condition of its segment.
                self.frames.insert(
                    0,
                    Frame {
                        found: Found { any: Vec::new(), words: act.strip_suffix('的').map(str::to_owned) },
                        used: false,
                        fined: false,
                        nested: false,
                        sibling: false,
                        leads: true,
                    },
                );
                walk.acts += 1;
                self.act_number = walk.acts;
                return;
            }
            self.act_words = (!own).then(|| act.strip_suffix('的').unwrap_or(&act).to_owned());
            walk.acts += 1;
        }
        self.act_number = walk.acts;
    }

    /// Whether the condition that holds now, or the act, speaks of this.
    pub(super) fn spoke_of(&self, word: &str) -> bool {
        let last = self.frames.last().and_then(|frame| frame.found.words.as_ref());
        last.is_some_and(|words| words.contains(word)) || self.telling && self.act.iter().any(|act| act.contains(word))
    }

    pub(super) fn push(&mut self, found: Found) {
        if let Some(of) = found.of()
            && let Some(at) = self.frames.iter().position(|frame| frame.used && frame.found.of() == Some(of))
        {
            self.frames.truncate(at);
        }
        let of = found.of().map(str::to_owned);
        let sibling = self.fined || of.as_ref().is_some_and(|of| self.measured.contains(of));
        let leads = self.clauses <= 1 + self.frames.len() && self.last.is_empty() && self.who == Named::default();
        let nested = self.fined;
        let frame = Frame { found, used: false, fined: false, nested, sibling, leads };
        if frame.measures() {
            self.measured.extend(of);
        }
        self.frames.push(frame);
    }
}
