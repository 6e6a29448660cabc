//! One clause: a part of the act, a condition, an amount that is deemed or limited, an approval, or penalties.

use super::{
    super::outcome::Condition,
    conditions::{Found, condition},
    kinds::{Core, core, grave, suspicious},
    prefix::{agency, prefix},
    sentence::{Walk, of_item},
    state::State,
    text::Part,
    who::{Named, named, subject},
};
use crate::domain::facts::PenaltyKind;

const OTHERWISE: [&str; 25] = [
    "刑事责任",
    "法律责任",
    "赔偿",
    "承担",
    "处分",
    "引咎辞职",
    "信用档案",
    "信用记录",
    "向社会公布",
    "予以公告",
    "予以公示",
    "予以公布",
    "治安管理处罚",
    "移送",
    "通报新闻",
    "下列规定处以罚款",
    "下列规定处罚",
    "下列规定给予处罚",
    "不得上道路行驶",
    "予以追缴",
    "政务处分",
    "支付",
    "协议无效",
    "中标无效",
    "不予批准",
];

impl Walk {
    pub(super) fn clause(&mut self, state: &mut State, (at, text): Part<'_>) {
        state.clauses += 1;
        let discipline = text.ends_with("处分") && self.otherwise(state, (at, text));
        let done = discipline
            || self.stated(state, (at, text))
            || self.deemed(state, (at, text))
            || self.limited((at, text))
            || self.approved(state, (at, text))
            || self.standard(state, (at, text))
            || self.addressee(state, (at, text))
            || self.continued(state, (at, text))
            || self.penalties(state, (at, text))
            || self.otherwise(state, (at, text));
        if done {
            return;
        }
        // The act ends with 的: what follows it without one is no part of it.
        let told = state.act.last().is_some_and(|act| act.ends_with('的')) && !text.starts_with("或者");
        // A fine with its amount is no part of an act.
        if state.telling && !told && !fine_in(text) {
            self.cover(at, text.len());
            state.act.push(text.to_owned());
        } else {
            state.begin(self);
            self.settle_pending(state, false);
            state.pending = Some((at, text.to_owned()));
        }
    }

    /// Takes up the clause before as a condition in words, if what followed makes it one; it stays unread otherwise.
    pub(super) fn settle_pending(&mut self, state: &mut State, met: bool) {
        let Some((at, words)) = state.pending.take() else { return };
        if met && !grave(&words) {
            self.cover(at, words.len());
            state.push(Found { any: Vec::new(), words: Some(words) });
        }
    }

    /// …的: a condition, or a part of the act.
    fn stated(&mut self, state: &mut State, (at, text): Part<'_>) -> bool {
        let Some(condition_text) = text.strip_suffix('的').or(Some(text).filter(|text| state.item && of_item(text)))
        else {
            return false;
        };
        self.settle_pending(state, true);
        if let Some(who) = subject(condition_text) {
            state.who = Named { who: vec![who], ..Named::default() };
        } else if let Some(found) = quoted(condition_text).or_else(|| condition(condition_text, self.known.as_ref())) {
            if let Some(Condition::Between { of, unit, .. }) = found.any.first().and_then(|all| all.first()) {
                self.known = Some((of.clone(), unit.clone()));
            }
            state.push(found);
        } else if state.telling {
            state.act.push(text.to_owned());
        } else {
            if grave(condition_text) {
                self.note(
                    at..at + text.len(),
                    ("条件中提到处罚，请核对", "the condition speaks of a penalty: please check"),
                    None,
                    None,
                );
            }
            state.push(Found { any: Vec::new(), words: Some(condition_text.to_owned()) });
        }
        self.cover(at, text.len());
        true
    }

    /// 报经有批准权的人民政府批准.
    fn approved(&mut self, state: &mut State, (at, text): Part<'_>) -> bool {
        let Some(body) = ["并报经", "报经", "报请", "并报请", "经"].iter().find_map(|verb| text.strip_prefix(verb))
        else {
            return false;
        };
        let Some(body) = body.strip_suffix("批准").filter(|body| agency(body)) else { return false };
        state.begin(self);
        state.approval = Some(body.to_owned());
        self.cover(at, text.len());
        true
    }

    /// 对…, in a clause of its own; …可以自…之日起.
    fn addressee(&mut self, state: &mut State, (at, text): Part<'_>) -> bool {
        if let Some((before, after)) = text.split_once("可以自")
            && after.ends_with('起')
            && (before.is_empty() || agency(before))
        {
            state.begin(self);
            state.may = true;
            self.cover(at, text.len());
            return true;
        }
        // 由水行政主管部门依据职权，…; what is transferred or decided there is no beginning of a penalty.
        if text.starts_with('由')
            && !["决定", "将", "移送"].iter().any(|word| text.contains(word))
            && let Some(read) = prefix(text, state.telling, None)
            && read.whom.is_none()
            && read.found.is_empty()
        {
            state.begin(self);
            state.by = read.by;
            self.cover(at, text.len());
            return true;
        }
        let Some(phrase) = text.strip_prefix("并对").or_else(|| text.strip_prefix('对')) else { return false };
        let who = named(phrase);
        let short = phrase.chars().count() <= 20 && !state.telling && !phrase.contains("处");
        if phrase.is_empty() || !(short || !who.who.is_empty() && (who.words.is_none() || !state.telling)) {
            return false;
        }
        if core_in(phrase) {
            return false;
        }
        state.begin(self);
        self.carry(state, at..at + text.len());
        state.who = who;
        self.cover(at, text.len());
        true
    }

    /// 或者从事…, 也不得担任…: more of what a bar forbids.
    fn continued(&mut self, state: &State, (at, text): Part<'_>) -> bool {
        const MORE: [&str; 6] = ["或者从事", "或者担任", "也不得", "并不得", "不得担任", "不得从事"];
        let last = state.last.clone().next_back();
        let Some(line) = last.and_then(|last| self.lines.get_mut(last)).map(|drawn| &mut drawn.line) else {
            return false;
        };
        let barred = matches!(line.kind, PenaltyKind::BarFromTrade | PenaltyKind::RestrictBusiness);
        let Some(called) = line.called.as_mut().filter(|_| barred && MORE.iter().any(|more| text.starts_with(more)))
        else {
            return false;
        };
        called.push('，');
        called.push_str(text);
        self.cover(at, text.len());
        true
    }

    /// What else the law says of the act: other laws, other authorities, damages.
    fn otherwise(&mut self, state: &mut State, (at, text): Part<'_>) -> bool {
        let discipline = text.ends_with("处分");
        // 构成走私的，由海关依法予以处罚: by the law on that.
        let elsewhere =
            ["予以处罚", "给予处罚", "给予行政处罚"].iter().any(|end| text.ends_with(end)) && text.contains("依法");
        if elsewhere && state.spoke_of("构成") {
            state.begin(self);
            self.cover(at, text.len());
            return true;
        }
        let beside = text.starts_with('除') && text.ends_with('外');
        if beside && state.telling {
            self.cover(at, text.len());
            return true;
        }
        let other = beside || OTHERWISE.iter().any(|word| text.contains(word));
        let named_penalty = suspicious(&OTHERWISE.iter().fold(text.to_owned(), |text, word| text.replace(word, "")));
        if !other
            || named_penalty && !discipline && !beside
            || ["罚款", "没收", "吊销"].iter().any(|word| text.contains(word) && !text.contains("下列规定"))
        {
            return false;
        }
        if state.telling && text.ends_with('的') {
            return false;
        }
        state.begin(self);
        // 对直接负责的主管人员依法给予处分，没收违法所得: the persons are meant on.
        if let Some(phrase) = text.strip_prefix("依法对").or_else(|| text.strip_prefix('对')) {
            let end = ["给予", "依法", "由"].iter().filter_map(|word| phrase.find(word)).min().unwrap_or(phrase.len());
            let who = named(&phrase[..end]);
            if !who.who.is_empty() {
                state.who = who;
            }
        }
        if let Some((at, words)) = state.pending.take().filter(|(_, words)| !grave(words)) {
            self.cover(at, words.len());
        }
        self.cover(at, text.len());
        true
    }
}

fn fine_in(text: &str) -> bool {
    text.char_indices().any(|(at, _)| match core(&text[at..], false) {
        Some((_, Core::Lines(all) | Core::OneOf(all))) => {
            all.iter().any(|said| said.line.kind == PenaltyKind::Fine && said.line.range.is_some())
        }
        _ => false,
    })
}

fn core_in(text: &str) -> bool {
    text.char_indices().any(|(at, _)| core(&text[at..], false).is_some())
}

/// 有“…”情形: a condition in words of its own.
fn quoted(text: &str) -> Option<Found> {
    let words = text.strip_prefix("有“")?.strip_suffix("”情形")?;
    Some(Found { any: Vec::new(), words: Some(words.to_owned()) })
}
