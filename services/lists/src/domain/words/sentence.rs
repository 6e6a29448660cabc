//! A text, read from paragraph to sentence to segment (；) to clause (，).

use std::ops::Range;

use super::{
    super::{
        facts::PenaltyKind,
        outcome::{Condition, Outcome},
    },
    Doubt, Reading,
    conditions::condition,
    kinds::{Core, core, grave, suspicious},
    settle,
    state::State,
    text::{Part, Plain, parts},
};

/// A line as it was drawn from the text.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    /// The line.
    pub(super) line: Outcome,
    /// Whose words they are, in bytes of the plain text.
    pub(super) at: Range<usize>,
    /// Which act it answers: lines of one act stand beside each other.
    pub(super) act: usize,
    /// Lines drawn from one penalty, of which one applies.
    pub(super) twin: usize,
    /// Whom it is for, where that is none whom lines know by name.
    pub(super) party: Option<String>,
    /// It says all of itself.
    pub(super) exact: bool,
}

/// What somebody has to look at.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) at: Range<usize>,
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) line: Option<usize>,
    pub(super) proposal: Option<String>,
}

/// A text on its way into lines.
pub(super) struct Walk {
    pub(super) lines: Vec<Drawn>,
    pub(super) notes: Vec<Note>,
    /// Which bytes were read.
    covered: Vec<bool>,
    /// The quantity spoken of last, and its unit.
    pub(super) known: Option<(String, String)>,
    /// How many acts were told.
    pub(super) acts: usize,
    /// The number that alternatives got last.
    pub(super) choices: u8,
}

pub(super) fn read(given: &str) -> Reading {
    let plain = Plain::of(given);
    let mut walk = Walk {
        lines: Vec::new(),
        notes: Vec::new(),
        covered: vec![false; plain.text.len()],
        known: None,
        acts: 0,
        choices: 0,
    };
    let mut intro = 0;
    for (at, paragraph) in parts((0, &plain.text), '\n') {
        if paragraph.starts_with('#') {
            walk.cover(at, paragraph.len());
            continue;
        }
        let numbered = article_number(paragraph);
        walk.cover(at, numbered);
        let (at, paragraph) = (at + numbered, &paragraph[numbered..]);
        match item_number(paragraph) {
            Some(len) => {
                walk.cover(at, len);
                let before = walk.lines.len();
                walk.paragraph((at + len, &paragraph[len..]), true);
                // 并处罚款：（一）…处…罚款: the items say how much.
                if walk.lines[before..].iter().any(|drawn| drawn.line.kind == PenaltyKind::Fine) {
                    walk.drop_unmeasured_fines(intro..before);
                }
            }
            None => {
                intro = walk.lines.len();
                walk.paragraph((at, paragraph), false);
            }
        }
    }
    settle::settle(&mut walk.lines, &mut walk.notes);
    walk.doubts_of_what_is_left(&plain.text);
    walk.notes.sort_by_key(|note| (note.at.start, note.at.end));
    let doubts = walk.notes.into_iter().map(|note| {
        let (start, end) = (plain.place(note.at.start), plain.place(note.at.end));
        Doubt {
            at: start..end,
            text: given.chars().skip(start).take(end - start).collect(),
            zh: note.zh,
            en: note.en,
            line: note.line,
            proposal: note.proposal,
        }
    });
    let doubts = doubts.collect();
    Reading { lines: walk.lines.into_iter().map(|drawn| drawn.line).collect(), doubts }
}

impl Walk {
    pub(super) fn cover(&mut self, at: usize, len: usize) {
        self.covered[at..at + len].fill(true);
    }

    pub(super) fn note(
        &mut self,
        at: Range<usize>,
        words: (&str, &str),
        line: Option<usize>,
        proposal: Option<String>,
    ) {
        self.notes.push(Note { at, zh: words.0.to_owned(), en: words.1.to_owned(), line, proposal });
    }

    /// Takes out the fines of an introduction whose items say how much.
    fn drop_unmeasured_fines(&mut self, among: Range<usize>) {
        for at in among.rev() {
            let line = &self.lines[at].line;
            if line.kind == PenaltyKind::Fine
                && line.range.is_none()
                && line.under.is_none()
                && line.condition.is_none()
            {
                self.lines.remove(at);
                self.notes.retain(|note| note.line != Some(at));
                for line in self.notes.iter_mut().filter_map(|note| note.line.as_mut()) {
                    *line -= usize::from(*line > at);
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: Part<'_>, item: bool) {
        for (at, sentence) in parts(paragraph, '。') {
            // Which acts are meant stands behind the colon, in the items or in the same cell.
            let ends = sentence.trim_end_matches(['：', '；']).len();
            self.cover(at + ends, sentence.len() - ends);
            self.sentence((at, &sentence[..ends]), item);
        }
    }

    fn sentence(&mut self, (at, sentence): Part<'_>, item: bool) {
        let mut state = State::new(item);
        let lines_before = self.lines.len();
        state.several = several(sentence);
        for segment in parts((at, sentence), '；') {
            state.next_segment();
            let segment = self.without_number(&mut state, segment);
            for clause in parts(segment, '，').into_iter().flat_map(|clause| parts(clause, '：')) {
                self.clause(&mut state, clause);
            }
            self.settle_pending(&mut state, false);
        }
        self.settle_pending(&mut state, false);
        let drawn = self.lines.len() > lines_before;
        let grave = grave(&self.left(at, sentence));
        if !state.telling && !drawn && !suspicious(sentence) || item && !drawn && !grave {
            // A sentence about something else, or an act that tells of an order.
            self.cover(at, sentence.len());
        } else if state.telling {
            // Nothing followed: a sentence about something else, unless it names a penalty.
            if item || !suspicious(sentence) && !drawn {
                self.cover(at, sentence.len());
            } else {
                self.uncover(at, sentence.len());
            }
        }
    }

    /// 2. and （二） within a sentence begin a part of their own, whose condition holds to the next.
    fn without_number<'a>(&mut self, state: &mut State, (at, segment): Part<'a>) -> Part<'a> {
        let Some(len) = item_number(segment) else {
            if state.numbered {
                state.resume();
            }
            return (at, segment);
        };
        state.numbered = true;
        self.cover(at, len);
        (at + len, &segment[len..])
    }

    /// What of a part was not read.
    fn left(&self, at: usize, text: &str) -> String {
        text.char_indices().filter(|(of, _)| !self.covered[at + of]).map(|(_, c)| c).collect()
    }

    pub(super) fn uncover_part(&mut self, at: usize, len: usize) {
        self.uncover(at, len);
    }

    fn uncover(&mut self, at: usize, len: usize) {
        self.covered[at..at + len].fill(false);
    }

    /// What no clause took is a doubt.
    fn doubts_of_what_is_left(&mut self, text: &str) {
        let sign = |c: char| !c.is_alphanumeric() && c != '%' && c != '‰';
        let mut from = None;
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
            let open = at < text.len() && !self.covered[at] && c != '\n';
            match (open, from) {
                (true, None) => from = Some(at),
                (false, Some(begin)) => {
                    runs.push(begin..at);
                    from = None;
                }
                _ => {}
            }
        }
        for run in runs {
            let words = text[run.clone()].trim_matches(sign);
            if words.is_empty() {
                continue;
            }
            let begin = run.start + text[run.clone()].find(words).unwrap_or(0);
            let proposal = proposal(words);
            self.note(
                begin..begin + words.len(),
                ("这段文字未能读成处罚，请核对", "these words were not read as a penalty: please check them"),
                None,
                proposal,
            );
        }
    }
}

/// The first penalty that can be made out in a text, with the words before it as its condition.
fn proposal(words: &str) -> Option<String> {
    let (at, said) = words.char_indices().find_map(|(at, _)| match core(&words[at..], false)?.1 {
        Core::Lines(all) | Core::OneOf(all) => Some((at, all.into_iter().next()?)),
        Core::Order | Core::Confiscate | Core::Cell(_) => None,
    })?;
    let mut line = said.line;
    let before = words[..at].trim_end_matches(['，', '的', '并']);
    if line.condition.is_none() && !before.is_empty() {
        line.condition = Some(before.to_owned());
    }
    Some(line.to_string())
}

/// 使用假药的，…；使用劣药的，…: the first act is a case beside the others, as those that begin with the same words.
fn several(sentence: &str) -> bool {
    let head = |segment: &str| {
        let clause =
            segment.split('，').next().filter(|clause| clause.ends_with('的') && clause.chars().count() <= 10)?;
        Some(clause.chars().take(2).collect::<String>())
    };
    let mut heads = sentence.split('；').filter_map(head);
    heads.next().is_some_and(|first| heads.any(|other| other == first))
}

/// 第一百二十二条: how long it is, where it is the number and not the beginning of a sentence.
fn article_number(text: &str) -> usize {
    let Some((number, rest)) = text.strip_prefix('第').and_then(|rest| rest.split_once('条')) else { return 0 };
    let numeral = |c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十百千".contains(c);
    if number.is_empty() || !number.chars().all(numeral) {
        return 0;
    }
    let rest = match rest.strip_prefix('之') {
        Some(after) => after.trim_start_matches(numeral),
        None => rest,
    };
    let cited = ["规定", "第", "、", "的", "至", "和", "或", "所"].iter().any(|word| rest.starts_with(word));
    if cited { 0 } else { text.len() - rest.len() }
}

/// （一）, 1. and (1): how long it is.
fn item_number(text: &str) -> Option<usize> {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    if let Some((number, rest)) = text.strip_prefix('（').and_then(|rest| rest.split_once('）')) {
        let fits = !number.is_empty() && number.chars().all(numeral);
        return fits.then_some(text.len() - rest.len());
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let sign = rest.chars().next().filter(|c| ['.', '、'].contains(c))?;
    let next = &rest[sign.len_utf8()..];
    ((1..=2).contains(&digits) && !next.starts_with(|c: char| c.is_ascii_digit())).then_some(text.len() - next.len())
}

/// The condition that a clause without its 的 can state in an item: 发生一般事故，处….
pub(super) fn of_item(text: &str) -> bool {
    condition(text, None).is_some_and(|found| found.any.iter().flatten().all(|c| matches!(c, Condition::Is { .. })))
}
