//! The small syntaxes inside cells: one entry a line.

use jiff::civil::Date;
use kernel::days::BadDay;
use law::{
    parameter::{Quantity, Unit},
    period::Period,
};
use lists::{
    facts::{Allowed, Entrustment, Otherwise, Outcome, decimal, hundredths},
    words,
};

use super::{dates, fault::Bad};
use crate::{
    domain::{
        content::{self, BasisPurpose, Duty, ItemContent, LegalBasis, MeasureKind, NormLevel},
        events::FlowStep,
        plan::{Capability, Milestone},
        terms::TermLine,
    },
    forms, lines,
};

/// The lines of a cell that say something.
pub(crate) fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// `《statute》(level,date)article：summary`; behind the date may stand who made it and what it is cited for,
/// `(level,date,issuer,罚则)`, one of them or both.
pub(super) fn basis(line: &str) -> Result<LegalBasis, Bad> {
    let wrong = || {
        Bad::new(
            format!(
                "依据“{}”应写作《法律全称》(层级,版本日期)第…条：概括，或者(层级,版本日期,制定机关,罚则)",
                cut(line)
            ),
            format!(
                "the basis {:?} should read 《statute》(level,date)article：summary, or (level,date,issuer,罚则) inside",
                cut(line)
            ),
        )
    };
    let (statute, rest) = line.strip_prefix('《').and_then(|l| l.split_once('》')).ok_or_else(wrong)?;
    let rest = rest.strip_prefix(['(', '（']).ok_or_else(wrong)?;
    let (inside, rest) = rest.split_once([')', '）']).ok_or_else(wrong)?;
    let (level, rest_inside) = inside.split_once([',', '，']).ok_or_else(wrong)?;
    let mut said = rest_inside.split([',', '，']).map(str::trim);
    let version = said.next().unwrap_or_default();
    let (mut issuer, mut purpose) = (None, None);
    for said in said {
        match BasisPurpose::from_zh(said) {
            Some(word) if purpose.is_none() => purpose = Some(word),
            None if issuer.is_none() && purpose.is_none() && !said.is_empty() => issuer = Some(forms::NAME.read(said)?),
            _ => return Err(wrong()),
        }
    }
    let (article, summary) = rest.split_once(['：', ':']).ok_or_else(wrong)?;
    let level = NormLevel::from_zh(level.trim()).ok_or_else(|| {
        let all = NormLevel::ALL.iter().map(|l| l.zh()).collect::<Vec<_>>().join("、");
        Bad::new(
            format!("依据层级“{}”不是{all}之一", cut(level)),
            format!("the level {:?} is none of {all}", cut(level)),
        )
    })?;
    let (statute, article, summary) = (statute.trim(), article.trim(), summary.trim());
    if statute.is_empty() || !article.starts_with('第') || summary.is_empty() {
        return Err(wrong());
    }
    Ok(LegalBasis {
        statute: forms::PLACE.read(statute)?,
        level,
        version: date(version.trim())?,
        article: forms::NAME.read(article)?,
        summary: forms::SUMMARY.read(summary)?,
        issuer,
        purpose,
    })
}

pub(crate) fn show_basis(b: &LegalBasis) -> String {
    let further = b.issuer.as_deref().into_iter().chain(b.purpose.map(BasisPurpose::zh));
    let further: String = further.map(|said| format!(",{said}")).collect();
    format!("《{}》({},{}{further}){}：{}", b.statute, b.level.zh(), b.version, b.article, b.summary)
}

/// A day, in one of its usual forms.
pub(crate) fn date(text: &str) -> Result<Date, Bad> {
    dates::read(text).map_err(|bad| match bad {
        BadDay::Form => Bad::new(
            format!("日期“{}”应写作 YYYY-MM-DD", cut(text)),
            format!("the date {:?} should be written YYYY-MM-DD", cut(text)),
        ),
        bad => bad.into(),
    })
}

/// What a cell of penalties says: an entry a line in the notation of `lists`, or the words of the law. The one place where such a
/// cell is read.
///
/// # Errors
/// What is wrong with each line that cannot be read, and every doubt about words.
pub(crate) fn outcomes(cell: &str) -> Result<Vec<Outcome>, Vec<Bad>> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for line in lines(cell) {
        match outcome(line) {
            Ok(outcome) => found.push(outcome),
            Err(bad) => wrong.push(bad),
        }
    }
    // A bar stands in the notation alone.
    if !wrong.is_empty() && !cell.contains('|') {
        return worded(cell);
    }
    if found.len() > ENTRIES_MAX {
        wrong.push(Bad::new(format!("超过{ENTRIES_MAX}条"), format!("has more than {ENTRIES_MAX} entries")));
    }
    // Few lines, and each of them large: what a growing list keeps ahead is several times what it holds.
    found.shrink_to_fit();
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// Penalties in the words of the law, where they can be read in one way only.
fn worded(text: &str) -> Result<Vec<Outcome>, Vec<Bad>> {
    let words::Reading { lines, doubts } = words::read(text);
    let proposal = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let mut wrong: Vec<Bad> = doubts
        .into_iter()
        .map(|doubt| {
            let said = cut(&doubt.text);
            let (zh, en) = (format!("“{said}”：{}", doubt.zh), format!("{said:?}: {}", doubt.en));
            Bad::new(zh, en).propose(&proposal)
        })
        .collect();
    if lines.is_empty() && wrong.is_empty() {
        let (zh, en) = (format!("“{}”没有写明处罚", cut(text)), format!("{:?} says no penalty", cut(text)));
        wrong.push(Bad::new(zh, en));
    }
    if lines.len() > ENTRIES_MAX {
        wrong.push(Bad::new(format!("超过{ENTRIES_MAX}条"), format!("has more than {ENTRIES_MAX} entries")));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    lines.into_iter().map(crate::lines::bounded).collect::<Result<_, _>>().map_err(|bad| vec![bad])
}

/// Most entries of one cell.
pub(super) const ENTRIES_MAX: usize = 64;

/// A line of an item or a tier, in the notation of `lists`.
fn outcome(line: &str) -> Result<Outcome, Bad> {
    let line = forms::OUTCOME.read(line)?;
    lines::bounded(Outcome::read(&line).map_err(|unread| Bad::new(unread.zh, unread.en))?)
}

/// The units of parameters as the column names them; money in yuan.
const UNITS: [(&str, Unit); 4] =
    [("元", Unit::Fen), ("学时", Unit::Hours), ("日", Unit::Days), ("个工作日", Unit::WorkingDays)];

/// A unit by its name.
pub(super) fn unit(text: &str) -> Option<Unit> {
    UNITS.into_iter().find(|(name, _)| *name == text).map(|(_, unit)| unit)
}

/// The names of all units.
pub(super) fn units() -> [&'static str; 4] {
    UNITS.map(|(name, _)| name)
}

/// So many of a unit: whole ones, and of yuan two places.
pub(crate) fn count(unit: Unit, text: &str) -> Option<i64> {
    let hundredths = hundredths(text)?;
    match unit {
        Unit::Fen => Some(hundredths),
        Unit::Hours | Unit::Days | Unit::WorkingDays => (hundredths % 100 == 0).then_some(hundredths / 100),
    }
}

/// The number and the unit.
pub(super) fn show_quantity(q: Quantity) -> [String; 2] {
    let number = match q.unit {
        Unit::Fen => decimal(q.count),
        Unit::Hours | Unit::Days | Unit::WorkingDays => q.count.to_string(),
    };
    let name = UNITS.into_iter().find(|(_, unit)| *unit == q.unit).map_or("", |(name, _)| name);
    [number, name.to_owned()]
}

/// A line of what a compulsory power allows, in the notation of `lists`.
pub(super) fn allowed(line: &str) -> Result<Allowed, Bad> {
    let line = forms::OUTCOME.read(line)?;
    lines::bounded_allowed(Allowed::read(&line).map_err(|unread| Bad::new(unread.zh, unread.en))?)
}

/// Where the statute departs from the general law, in the notation of `lists`.
pub(super) fn otherwise(line: &str) -> Result<Otherwise, Bad> {
    let line = forms::OUTCOME.read(line)?;
    lines::bounded_otherwise(Otherwise::read(&line).map_err(|unread| Bad::new(unread.zh, unread.en))?)
}

/// With what a body was entrusted, in the notation of `lists`.
pub(super) fn entrustment(cell: &str) -> Result<Entrustment, Bad> {
    let cell = forms::OUTCOME.read(cell)?;
    lines::bounded_entrustment(Entrustment::read(&cell).map_err(|unread| Bad::new(unread.zh, unread.en))?)
}

/// What an item asks and gives beside its outcomes.
pub(super) fn term(line: &str) -> Result<TermLine, Bad> {
    let line = forms::OUTCOME.read(line)?;
    lines::bounded_term(TermLine::read(&line).map_err(|unread| Bad::new(unread.zh, unread.en))?)
}

/// What the name of a compulsory power says it does: the published lists have no column for it.
pub(super) fn measures_named(name: &str) -> Vec<MeasureKind> {
    let found = content::named_in(name);
    if found.is_empty() { vec![MeasureKind::Other] } else { found }
}

/// The cell of what a compulsory power does: empty where the name says the same, so that it reads back as nothing stated.
pub(super) fn show_compulsion(c: &ItemContent) -> String {
    if c.allows.is_empty() && c.measures == measures_named(&c.name) {
        return String::new();
    }
    let lines = c.allows.iter().map(ToString::to_string).chain(c.measures.iter().map(|m| m.zh().to_owned()));
    lines.collect::<Vec<_>>().join("\n")
}

/// `stage：matter`.
pub(crate) fn duty(line: &str) -> Result<Duty, Bad> {
    match line.split_once(['：', ':']) {
        Some((stage, matter)) if !stage.trim().is_empty() && !matter.trim().is_empty() => {
            Ok(Duty { stage: forms::NAME.read(stage)?, matter: forms::DUTY.read(matter)? })
        }
        _ => Err(Bad::new(
            format!("责任事项“{}”应写作 阶段：内容", cut(line)),
            format!("the duty {:?} should read stage：matter", cut(line)),
        )),
    }
}

pub(crate) fn show_duty(d: &Duty) -> String {
    format!("{}：{}", d.stage, d.matter)
}

/// `step|N工作日`, `step|N日`, and the same with 个月, 年, 小时.
pub(crate) fn step(line: &str) -> Result<FlowStep, Bad> {
    let wrong = || {
        Bad::new(
            format!("流程步骤“{}”应写作 步骤|N工作日 或者 步骤|N日", cut(line)),
            format!("the step {:?} should read step|N工作日 or step|N日", cut(line)),
        )
    };
    let (name, limit) = line.split_once('|').ok_or_else(wrong)?;
    let limit = Period::from_zh(limit.trim()).ok_or_else(wrong)?;
    match name.trim() {
        "" => Err(wrong()),
        name => Ok(FlowStep { name: forms::NAME.read(name)?, limit }),
    }
}

pub(super) fn show_step(s: &FlowStep) -> String {
    format!("{}|{}", s.name, show_period(s.limit))
}

pub(crate) fn show_period(period: Period) -> String {
    match period {
        Period::WorkingDays(n) => format!("{n}工作日"),
        other => other.to_zh(),
    }
}

/// `YYYY-MM-DD|what|the same in English`.
pub(super) fn milestone(line: &str) -> Result<Milestone, Bad> {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    match parts.as_slice() {
        [by, what, what_en] if !what.is_empty() && !what_en.is_empty() => {
            Ok(Milestone { by: date(by)?, what: forms::TITLE.read(what)?, what_en: forms::TITLE.read(what_en)? })
        }
        _ => Err(Bad::new(
            format!("时间节点“{}”应写作 YYYY-MM-DD|内容|英文", cut(line)),
            format!("the milestone {:?} should read YYYY-MM-DD|what|the same in English", cut(line)),
        )),
    }
}

pub(crate) fn show_milestone(m: &Milestone) -> String {
    format!("{}|{}|{}", m.by, m.what, m.what_en)
}

/// What of the suite a measure is carried out with.
pub(super) fn capability(word: &str) -> Result<Capability, Bad> {
    Capability::from_zh(word).ok_or_else(|| {
        let all = Capability::ALL.iter().map(|c| c.zh()).collect::<Vec<_>>().join("、");
        Bad::new(
            format!("能力“{}”不是{all}之一", cut(word)),
            format!("the capability {:?} is none of {all}", cut(word)),
        )
    })
}

/// Short words, as fields of enforcement, separated by ；.
pub(crate) fn words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['；', ';', '\n']).map(str::trim).filter(|word| !word.is_empty())
}

/// The beginning of a cell, for a message.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_quantities_in_the_unit_of_the_column() {
        for (unit, text, count) in
            [(Unit::Fen, "5000", 500_000), (Unit::Fen, "0.05", 5), (Unit::Hours, "80", 80), (Unit::Days, "60", 60)]
        {
            assert_eq!(super::count(unit, text), Some(count));
            let [number, name] = show_quantity(Quantity { unit, count });
            assert_eq!((number.as_str(), super::unit(&name)), (text, Some(unit)));
        }
        for text in ["", "-1", "5,000", "1.005", "五"] {
            assert_eq!(super::count(Unit::Fen, text), None, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_an_outcome() {
        for line in [
            "罚金|1-2元",
            "罚款|2-1元",
            "罚款|1-2",
            "罚款|1-5倍",
            "罚款|货值1-2元",
            "罚款|违法所得2.5-5%",
            "罚款|5000元|情节=严重；情节=一般；后果=甲；后果=乙；后果=丙；后果=丁；后果=戊；后果=己；后果=庚",
            "罚款|5000元|择一12",
            "行政拘留|1-2元",
        ] {
            let bad = outcome(line).unwrap_err();
            assert!(!bad.zh.is_empty() && !bad.en.is_empty(), "{line}");
        }
    }

    #[test]
    fn reads_a_basis_and_writes_it_the_same() {
        let line = "《中华人民共和国食品安全法》(法律,2021-04-29)第一百二十二条第一款：无证经营的，没收：并处罚款";
        let read = basis(line).unwrap();
        assert_eq!((read.article.as_str(), read.level), ("第一百二十二条第一款", NormLevel::Law));
        assert_eq!(show_basis(&read), line);
        // Who made it and what it is cited for, one or both.
        for (said, issuer, purpose) in [
            (",黑龙江省人民政府", Some("黑龙江省人民政府"), None),
            (",罚则", None, Some(BasisPurpose::OutcomeGiven)),
            (",黑龙江省人民政府,违则", Some("黑龙江省人民政府"), Some(BasisPurpose::DutyBreached)),
        ] {
            let line = format!("《甲规定》(地方政府规章,2021-04-29{said})第一条：乙");
            let read = basis(&line).unwrap();
            assert_eq!((read.issuer.as_deref(), read.purpose), (issuer, purpose), "{line}");
            assert_eq!(show_basis(&read), line);
        }
        for bad in [
            "《甲》(法律,2021-04-29,)第一条：乙",
            "《甲》(法律,2021-04-29,罚则,某省人民政府)第一条：乙",
            "《甲》(法律,2021-04-29,罚则,违则)第一条：乙",
            "《甲》(法律,2021-04-29,甲省,乙省)第一条：乙",
            "食品安全法第一条：甲",
            "《甲》(法规,2021-04-29)第一条：乙",
            "《甲》(法律,2021-4)第一条：乙",
            "《甲》(法律,2021-04-29)一条：乙",
        ] {
            assert!(basis(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn reads_duties_and_steps_and_writes_them_the_same() {
        assert_eq!(show_duty(&duty("立案：核查：及时立案").unwrap()), "立案：核查：及时立案");
        for line in ["立案|7日", "送达|7工作日", "整改|3个月", "公告|1年", "通知|24小时"] {
            assert_eq!(show_step(&step(line).unwrap()), line);
        }
        for line in ["立案", "立案|日", "立案|七日", "|7日", "立案|70000日"] {
            assert!(step(line).is_err(), "{line}");
        }
    }

    #[test]
    fn takes_measures_from_the_name() {
        use MeasureKind::{Execution, Other, Seal, Seize};
        for (name, want) in [
            ("对设施、设备的查封、扣押", vec![Seal, Seize]),
            ("对无证车辆的暂扣", vec![Seize]),
            ("对违法建设工地查封施工现场、强制拆除违法建筑", vec![Seal, Execution]),
            ("停止供电措施", vec![Other]),
        ] {
            assert_eq!(measures_named(name), want, "{name}");
        }
    }
}
