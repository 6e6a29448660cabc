//! What bounds an amount from beside it: what a base counts as at least, a lowest and a highest amount.

use super::{
    super::{
        facts::PenaltyKind,
        outcome::{Condition, Limit, Outcome, Range},
    },
    amounts,
    sentence::Walk,
    spans::Measure,
    state::State,
    text::Part,
};

impl Walk {
    /// 货值金额不足十万元的，按十万元计算.
    pub(super) fn deemed(&mut self, state: &mut State, (at, text): Part<'_>) -> bool {
        let body = ["按照", "按"].iter().find_map(|verb| text.strip_prefix(verb));
        let amount = body.and_then(|body| ["计算", "计"].iter().find_map(|end| body.strip_suffix(end)));
        let Some(Measure::Fen(fen)) = amount.and_then(|amount| amounts::based(amount)?.1.single()) else {
            return false;
        };
        let Some(Condition::Between { of, from: None, to: Some(to), .. }) = state
            .frames
            .last()
            .filter(|frame| frame.found.any.len() == 1)
            .and_then(|frame| frame.found.any[0].first())
            .cloned()
        else {
            return false;
        };
        state.begin(self);
        state.frames.pop();
        let mut met = false;
        let mut clash = false;
        // Under a condition in words only the lines of this condition are meant.
        let words: Vec<String> = state.frames.iter().filter_map(|frame| frame.found.words.clone()).collect();
        let meant = |line: &Outcome| words.is_empty() || line.condition.as_deref() == Some(&words.join("；"));
        for drawn in self.lines.iter_mut().filter(|drawn| drawn.act == state.act_number && meant(&drawn.line)) {
            let based_on = matches!(&drawn.line.range, Some(Range::Multiple { of: base, .. } | Range::Share { of: base, .. }) if *base == of);
            if based_on {
                clash |= drawn.line.deemed_fen.is_some_and(|before| before != fen);
                drawn.line.deemed_fen.get_or_insert(fen);
                met = true;
            }
        }
        if met && !clash && to.hundredths == fen {
            self.cover(at, text.len());
            return true;
        }
        // It may hold for some of them only, or for none that was read.
        let words = if clash {
            (
                "同一基数有不同的最低计算额，请按情形分列",
                "one base is deemed to be of several amounts: enter a line for each case",
            )
        } else {
            ("没有以此为基数的罚款", "no fine is measured by this base")
        };
        let proposal = self
            .lines
            .iter()
            .rev()
            .find(|drawn| drawn.line.deemed_fen.is_some())
            .map(|drawn| Outcome { deemed_fen: Some(fen), ..drawn.line.clone() }.to_string());
        self.cover(at, text.len());
        self.note(at..at + text.len(), words, None, proposal);
        true
    }

    /// 最高不超过十万元, 最低不少于五千元, 加处罚款的数额不得超出罚款的数额.
    pub(super) fn limited(&mut self, (at, text): Part<'_>) -> bool {
        let text_plain = text.strip_prefix("但是").or_else(|| text.strip_prefix('但')).unwrap_or(text);
        let subject = ["加处罚款的数额", "罚款总额", "罚款数额", "总额", "最高", "最低", "累计"]
            .iter()
            .find_map(|word| text_plain.strip_prefix(word).map(|rest| (*word, rest)));
        let (subject, rest) = subject.unwrap_or(("", text_plain));
        let read = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(word));
        let high = read(&["最高不得超过", "最高不超过", "不得超过", "不得超出", "不超过", "不超出", "不得高于"]);
        let low = read(&["最低不得少于", "最低不少于", "不得少于", "不少于", "不得低于", "不低于"]);
        let Some((words, is_cap)) = high.map(|h| (h, true)).or(low.map(|l| (l, false))) else { return false };
        // 不得超出罚款的数额 is one time of it.
        let limit = amounts::limit(words).or_else(|| {
            let same = words == "罚款的数额" || words == "罚款数额" && subject.starts_with("加处");
            same.then(|| Limit::Multiple { of: "罚款数额".to_owned(), hundredths: 100 })
        });
        let Some(limit) = limit else { return false };
        let Some(drawn) = self.lines.last_mut().filter(|drawn| drawn.line.kind == PenaltyKind::Fine) else {
            return false;
        };
        let slot = if is_cap { &mut drawn.line.cap } else { &mut drawn.line.floor };
        if slot.is_some() {
            return false;
        }
        *slot = Some(limit);
        self.cover(at, text.len());
        true
    }

    /// 按照受侵害的劳动者每人一千元以上五千元以下的标准计算，处以罚款.
    pub(super) fn standard(&mut self, state: &mut State, (at, text): Part<'_>) -> bool {
        let body = ["按照", "按", "以"].iter().find_map(|verb| text.strip_prefix(verb));
        let body = body.and_then(|body| ["的标准计算", "的标准", "计算"].iter().find_map(|end| body.strip_suffix(end)));
        let said = ["罚款额为", "罚款数额为", "罚款标准为"].iter().find_map(|lead| text.strip_prefix(lead));
        if let Some(range) = said.and_then(amounts::based).and_then(|(base, span)| amounts::range(base, span))
            && let Some(drawn) = self.lines.last_mut()
            && drawn.line.kind == PenaltyKind::Fine
            && drawn.line.range.is_none()
        {
            drawn.line.range = Some(range);
            self.cover(at, text.len());
            return true;
        }
        let Some(range) = body.and_then(amounts::based).and_then(|(base, span)| amounts::range(base, span)) else {
            return false;
        };
        state.begin(self);
        state.standard = Some(Outcome::of(PenaltyKind::Fine, Some(range)));
        self.cover(at, text.len());
        true
    }
}
