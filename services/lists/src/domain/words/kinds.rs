//! The kinds of penalties (APL 9) in the words of the law, and what is none (APL 28): orders to correct, and what other laws
//! and other authorities do.

mod elsewhere;
mod fines;
mod goods;
mod licences;
mod stops;
mod terms;

use super::{
    super::{
        facts::PenaltyKind,
        outcome::{Addressee, Outcome, Range},
    },
    amounts::range,
    spans::span,
    who::{Named, named},
};

pub(super) use elsewhere::{grave, suspicious};

/// What a text says at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Core {
    /// Penalties.
    Lines(Vec<Said>),
    /// Of these, one: 停业、关闭.
    OneOf(Vec<Said>),
    /// An order, which is none.
    Order,
    /// A line as a cell writes it, in 〔〕.
    Cell(Box<Outcome>),
    /// 没收 and 关闭 without their object, which stands before it.
    Confiscate,
}

/// A penalty as it was said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    /// The kind and how much of it.
    pub(super) line: Outcome,
    /// Whom, where the penalty's own words name it: 责令生产经营单位停产停业.
    pub(super) whom: Option<String>,
    /// Why it is not to be taken as it was read, in both languages.
    pub(super) doubt: Option<(&'static str, &'static str)>,
}

impl Said {
    pub(super) fn of(line: Outcome) -> Self {
        Self { line, whom: None, doubt: None }
    }

    pub(super) fn doubted(self, zh: &'static str, en: &'static str) -> Self {
        Self { doubt: Some((zh, en)), ..self }
    }
}

/// Words that mean the kind and no more; every other word is kept with the line.
const PLAIN: [(PenaltyKind, &[&str]); 11] = {
    use PenaltyKind::{
        BarFromTrade, CloseDown, ConfiscateGains, ConfiscateGoods, Detention, LowerQualification, PublicCriticism,
        RestrictBusiness, RevokeLicence, SuspendLicence, SuspendProduction,
    };
    [
        (PublicCriticism, &["通报批评"]),
        (ConfiscateGains, &["没收违法所得"]),
        (ConfiscateGoods, &["没收非法财物"]),
        (SuspendLicence, &["暂扣许可证件", "暂扣许可证"]),
        (LowerQualification, &["降低资质等级"]),
        (RevokeLicence, &["吊销许可证件", "吊销许可证"]),
        (RestrictBusiness, &["限制开展生产经营活动"]),
        (SuspendProduction, &["责令停产停业"]),
        (CloseDown, &["责令关闭"]),
        (BarFromTrade, &["限制从业"]),
        (Detention, &["行政拘留", "拘留"]),
    ]
};

/// The longest name that a line keeps.
const CALLED_MAX: usize = 200;

pub(super) fn line(kind: PenaltyKind, words: &str, range: Option<Range>) -> Said {
    let plain = PLAIN.iter().any(|(of, all)| *of == kind && all.contains(&words));
    let mut line = Outcome::of(kind, range);
    line.called = (!plain && !words.is_empty()).then(|| words.to_owned());
    let said = Said::of(line);
    if words.chars().count() > CALLED_MAX {
        return said.doubted("名称过长", "the name is too long");
    }
    said
}

/// What a text begins with, and its length; `joined` after 、 or 或者, where 责令 need not be said again.
pub(super) fn core(text: &str, joined: bool) -> Option<(usize, Core)> {
    let one = |(len, said): (usize, Said)| (len, Core::Lines(vec![said]));
    cell(text)
        .or_else(|| marked(text).map(one))
        .or_else(|| fines::fine(text, joined))
        .or_else(|| goods::confiscation(text))
        .or_else(|| licences::licence(text).map(one))
        .or_else(|| terms::detention(text).map(one))
        .or_else(|| stops::stop(text, joined))
        .or_else(|| terms::bar(text).map(one))
        .or_else(|| elsewhere::below(text))
        .or_else(|| elsewhere::reference(text).map(one))
        .or_else(|| plain(text).map(one))
        .or_else(|| elsewhere::order(text))
}

/// 〔罚款|5000元〕.
fn cell(text: &str) -> Option<(usize, Core)> {
    let line = text.strip_prefix('〔')?.strip_suffix('〕')?;
    Some((text.len(), Core::Cell(Box::new(Outcome::read(line).ok()?))))
}

/// 吊销许可证件“…”三个月以下: any kind by its own name and another, for what has no words of its own.
fn marked(text: &str) -> Option<(usize, Said)> {
    PenaltyKind::ALL.iter().find_map(|kind| {
        let rest = text.strip_prefix(kind.zh())?;
        let (called, rest) = match rest.strip_prefix('“') {
            Some(rest) => rest.split_once('”')?,
            None => ("", rest),
        };
        let (range, rest) = if let Some(rest) = rest.strip_prefix("终身")
            && Range::Life.fits(*kind)
        {
            (Some(Range::Life), rest)
        } else {
            match span(rest).and_then(|(span, after)| Some((range("", span)?, after))) {
                Some((range, after)) if range.fits(*kind) && *kind != PenaltyKind::Fine => (Some(range), after),
                _ => (None, rest),
            }
        };
        let bare = called.is_empty() && range.is_none();
        // 没收违法所得、非法财物 goes on.
        let goods = matches!(kind, PenaltyKind::ConfiscateGains | PenaltyKind::ConfiscateGoods);
        let more = goods && (rest.starts_with('、') || rest.starts_with("或者"));
        let ended = rest.is_empty() || rest.starts_with(['，', '；', '、', '。']) || rest.starts_with("或者");
        let whole = ended && !more;
        let mut said = Said::of(Outcome::of(*kind, range));
        said.line.called = (!called.is_empty()).then(|| called.to_owned());
        (!bare || whole && *kind != PenaltyKind::Fine).then_some((text.len() - rest.len(), said))
    })
}

fn plain(text: &str) -> Option<(usize, Said)> {
    for (word, kind) in [("警告", PenaltyKind::Warning), ("通报批评", PenaltyKind::PublicCriticism)] {
        let verb =
            ["给予", "予以", "处以", "处"].iter().find(|verb| text.starts_with(**verb)).map_or(0, |verb| verb.len());
        if text[verb..].starts_with(word) {
            return Some((verb + word.len(), Said::of(Outcome::of(kind, None))));
        }
    }
    let banned = ["予以取缔", "取缔"].iter().find(|word| text.starts_with(**word))?;
    let said = line(PenaltyKind::Other, banned, None);
    Some((
        banned.len(),
        said.doubted("取缔是否属于行政处罚，取决于该法的规定", "whether a ban is a penalty depends on its law"),
    ))
}

/// Whom a penalty's own words address.
pub(super) fn addressed(whom: &str) -> Named {
    let named = named(whom);
    if named.words.is_some() && named.who.is_empty() && ["单位", "企业"].iter().any(|end| whom.ends_with(end)) {
        return Named { who: vec![Addressee::Unit], ..Named::default() };
    }
    named
}
