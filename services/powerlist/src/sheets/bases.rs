//! Legal bases as the published lists write them: several in a cell, each with the words of the article.
//!
//! `【法律】《中华人民共和国食品安全法》（2021年修正）第一百二十二条第一款：违反本法规定……`, the next one on a line of its own or behind the
//! end of a sentence, and further articles of the same statute by their numbers alone.

use jiff::civil::Date;

use super::{
    cells::{self, cut},
    dates,
    fault::Bad,
    statutes::{Statutes, level_of},
};
use crate::domain::content::NormLevel;

/// A basis as it stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Written {
    statute: String,
    level: Option<NormLevel>,
    year: Option<i16>,
    day: Option<Date>,
    article: String,
    text: String,
}

/// A basis in the words of the list, and what of it was not in the cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// `《statute》(level,date)article：text`, as an export has it.
    pub(crate) line: String,
    /// What was filled in.
    pub(crate) derived: Vec<(String, String)>,
}

/// Reads the bases of a cell. `said` gives the words of an article where the cell names it alone.
pub(crate) fn read(
    cell: &str,
    statutes: &Statutes,
    until: Date,
    said: impl Fn(&str, &str) -> Option<String>,
) -> Vec<Result<Told, Bad>> {
    // What stands as an export has it says more than is looked for here: who made the norm, and what it is cited for.
    if cells::lines(cell).all(|line| cells::basis(line).is_ok()) {
        return cells::lines(cell).map(|line| Ok(Told { line: line.to_owned(), derived: Vec::new() })).collect();
    }
    match split(cell) {
        Ok(written) => written.into_iter().map(|basis| tell(basis, statutes, until, &said)).collect(),
        Err(bad) => vec![Err(bad)],
    }
}

fn tell(
    basis: Written,
    statutes: &Statutes,
    until: Date,
    said: &impl Fn(&str, &str) -> Option<String>,
) -> Result<Told, Bad> {
    let Written { mut statute, level, year, day, article, mut text } = basis;
    let mut derived = Vec::new();
    let known = statutes.version(&statute, year.or(day.map(Date::year)), until);
    if let Some(known) = &known
        && known.title != statute
    {
        derived.push((format!("《{statute}》补为全称"), format!("the full title of {statute}")));
        known.title.clone_into(&mut statute);
    }
    let level = match (level, known.as_ref().map(|known| known.level), level_of(&statute)) {
        (Some(level), _, _) => Some(level),
        (None, Some(level), _) | (None, None, Some(level)) => {
            derived.push((
                format!("《{statute}》的层级：{}", level.zh()),
                format!("the level of {statute}: {}", level.en()),
            ));
            Some(level)
        }
        (None, None, None) => None,
    };
    let day = day.or_else(|| {
        let day = known.map(|known| known.day)?;
        derived.push((format!("《{statute}》的版本日期：{day}"), format!("the version of {statute}: {day}")));
        Some(day)
    });
    if text.is_empty()
        && let Some(words) = said(&statute, &article)
    {
        derived.push((format!("《{statute}》{article}的内容"), format!("what {statute} {article} says")));
        text = words;
    }
    let shown = |level: Option<NormLevel>, day: Option<Date>| {
        let (level, day) =
            (level.map_or("层级", NormLevel::zh), day.map_or("YYYY-MM-DD".to_owned(), |day| day.to_string()));
        let text = if text.is_empty() { "条文内容" } else { &text };
        format!("《{statute}》({level},{day}){article}：{text}")
    };
    let mut missing = Vec::new();
    if level.is_none() {
        missing.push(("层级（法律、行政法规、地方性法规、部门规章、地方政府规章、规范性文件）", "its level"));
    }
    if day.is_none() {
        missing.push(("所引版本的日期", "the day of the version cited"));
    }
    if text.is_empty() {
        missing.push(("条文内容", "what the article says"));
    }
    if missing.is_empty() {
        return Ok(Told { line: shown(level, day), derived });
    }
    let zh = missing.iter().map(|(zh, _)| *zh).collect::<Vec<_>>().join("、");
    let en = missing.iter().map(|(_, en)| *en).collect::<Vec<_>>().join(", ");
    Err(Bad::new(format!("依据《{statute}》{article}缺少{zh}"), format!("the basis {statute} {article} lacks {en}"))
        .propose(shown(level, day)))
}

/// Takes a cell apart into its bases.
fn split(cell: &str) -> Result<Vec<Written>, Bad> {
    let mut found: Vec<Written> = Vec::new();
    for line in cell.lines().map(str::trim).filter(|line| !line.is_empty()) {
        for part in parts(line) {
            let further = found.last().and_then(|last| article(part).map(|(article, text)| (last, article, text)));
            let next = match (head(part), further) {
                // A statute without an article goes on with the words of the one before.
                (Some(next), _) if !next.article.is_empty() || found.is_empty() => Some(next),
                (None, Some((last, article, text))) if article != last.article => {
                    let text = after(text).to_owned();
                    // A statute whose articles stand on the next lines is no basis by itself.
                    Some(Written { article: article.to_owned(), text, ..last.clone() })
                }
                _ => None,
            };
            match (next, found.last_mut()) {
                (Some(next), Some(last)) if last.article.is_empty() && last.text.is_empty() => *last = next,
                (Some(next), _) => found.push(next),
                (None, Some(last)) => last.text.push_str(part),
                (None, None) => {
                    return Err(Bad::new(
                        format!("依据“{}”应以《法律全称》第…条开头", cut(part)),
                        format!("the basis {:?} should begin with 《statute》 and its article", cut(part)),
                    ));
                }
            }
        }
    }
    for basis in &mut found {
        basis.text = basis.text.trim().to_owned();
    }
    match found.iter().find(|basis| basis.article.is_empty()) {
        Some(basis) => Err(Bad::new(
            format!("依据《{}》没有写明条款，应写作《法律全称》第…条：条文内容", cut(&basis.statute)),
            format!("the basis {} names no article; write 《statute》第…条：what it says", cut(&basis.statute)),
        )),
        None => Ok(found),
    }
}

/// The parts of a line that are bases of their own: one begins behind the end of a sentence, or with its level in brackets.
fn parts(line: &str) -> Vec<&str> {
    let (mut found, mut from) = (Vec::new(), 0);
    let mut before = None;
    for (at, c) in line.char_indices() {
        let ends = before.is_some_and(|before| matches!(before, '。' | '；' | ';' | '”'));
        let starts = at > from && (ends || matches!(c, '【' | '〔'));
        if starts && head(&line[at..]).is_some_and(|head| !head.article.is_empty()) {
            found.push(line[from..at].trim());
            from = at;
        }
        if !c.is_whitespace() {
            before = Some(c);
        }
    }
    found.push(line[from..].trim());
    found
}

/// What a list counts its entries with: `1.`, `（2）`, `三、`, `④`.
fn unnumbered(text: &str) -> &str {
    let text = text.trim_start();
    let inner = text.strip_prefix(['(', '（']);
    let rest =
        inner.unwrap_or(text).trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    if rest.len() == inner.unwrap_or(text).len() {
        return text.trim_start_matches(|c| ('①'..='⑳').contains(&c)).trim_start();
    }
    let ends: &[char] = if inner.is_some() { &[')', '）'] } else { &['.', '．', '、'] };
    rest.strip_prefix(ends).map_or(text, str::trim_start)
}

/// A statute with its article at the beginning of a text, and the words behind it.
fn head(text: &str) -> Option<Written> {
    let mut text = unnumbered(text);
    let mut level = None;
    for (open, close) in [('【', '】'), ('〔', '〕'), ('[', ']')] {
        if let Some((word, rest)) = text.strip_prefix(open).and_then(|text| text.split_once(close)) {
            level = NormLevel::from_zh(word.trim());
            text = unnumbered(rest);
        }
    }
    let (mut statute, mut rest) = text.strip_prefix('《')?.split_once('》')?;
    // A title within a title: 《〈…〉实施办法》 is written with both kinds of marks, or with the same one.
    if let (true, Some((more, behind))) = (statute.contains('《'), rest.split_once('》')) {
        statute = &text['《'.len_utf8()..text.len() - behind.len() - '》'.len_utf8()];
        (_, rest) = (more, behind);
    }
    rest = rest.trim_start();
    let (mut year, mut day) = (None, None);
    while let Some((inside, behind)) = rest.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）'])) {
        for word in inside.split([',', '，', '、']) {
            level = level.or_else(|| NormLevel::from_zh(word.trim()));
            day = day.or_else(|| day_in(word));
            year = year.or_else(|| year_in(word));
        }
        rest = behind.trim_start();
    }
    let (article, words) = article(rest).unwrap_or(("", rest));
    let (statute, article) = (statute.trim().to_owned(), article.to_owned());
    Some(Written { statute, level, year, day, article, text: after(words).to_owned() })
}

/// What follows the number of an article.
fn after(text: &str) -> &str {
    text.trim_start().trim_start_matches(['：', ':', '“', '，', ',']).trim_start_matches(['：', ':', '“']).trim_start()
}

/// A day in words: 2021年4月29日修正.
fn day_in(word: &str) -> Option<Date> {
    let word = word.trim();
    let end = word.find('日').map(|at| at + '日'.len_utf8());
    dates::read(&word[..end.unwrap_or(word.len())]).ok()
}

/// A year in words: 2021年修订, 2021修正.
fn year_in(word: &str) -> Option<i16> {
    let word = word.trim();
    let digits = word.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = word[4..].strip_prefix('年').unwrap_or(&word[4..]);
    let says = rest.is_empty() || ["修", "版", "公布", "通过", "施行", "令"].iter().any(|word| rest.starts_with(word));
    digits.parse().ok().filter(|_| says)
}

/// The number of an article at the beginning of a text, as far down as it goes, and what follows.
fn article(text: &str) -> Option<(&str, &str)> {
    const DIGITS: &str = "一二三四五六七八九十百千零〇两0123456789";
    let mut end = 0;
    let mut rest = text;
    loop {
        let joined = rest.trim_start_matches(['、', '和', '及', '至', '与']);
        let Some(number) = joined.strip_prefix('第') else { break };
        let unit = number.trim_start_matches(|c| DIGITS.contains(c));
        if unit.len() == number.len() {
            break;
        }
        let Some(mut behind) = unit.strip_prefix(['条', '款', '项', '目']) else { break };
        if let Some(further) = behind.strip_prefix('之') {
            let then = further.trim_start_matches(|c| DIGITS.contains(c));
            if then.len() < further.len() {
                behind = then;
            }
        }
        // Something between two numbers that joins them stands between two numbers only.
        if end == 0 && !(joined.len() == rest.len() && unit.starts_with('条')) {
            break;
        }
        end = text.len() - behind.len();
        rest = behind;
    }
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DAY: Date = date(2026, 3, 2);

    fn lines(cell: &str) -> Vec<Result<String, String>> {
        let told = read(cell, &Statutes::default(), DAY, |_, _| None);
        told.into_iter().map(|told| told.map(|told| told.line).map_err(|bad| bad.zh)).collect()
    }

    #[track_caller]
    fn reads(cell: &str, want: &[&str]) {
        let want: Vec<Result<String, String>> = want.iter().map(|line| Ok((*line).to_owned())).collect();
        assert_eq!(lines(cell), want);
    }

    #[test]
    fn several_bases_with_their_words_are_told_apart() {
        let food = "《中华人民共和国食品安全法》(法律,2021-04-29)";
        reads(
            "【法律】《中华人民共和国食品安全法》（2021年修正）第一百二十二条第一款：违反本法规定，未取得许可的，有下列情形之一：\n（一）生产食品；\n（二）销售食品。\n【行政法规】《中华人民共和国道路运输条例》（2023年修订）第六十三条　违反本条例的规定，罚款。",
            &[
                &format!(
                    "{food}第一百二十二条第一款：违反本法规定，未取得许可的，有下列情形之一：（一）生产食品；（二）销售食品。"
                ),
                "《中华人民共和国道路运输条例》(行政法规,2023-07-20)第六十三条：违反本条例的规定，罚款。",
            ],
        );
        // Numbered, on one line, by short titles, with further articles of the same statute.
        reads(
            "1.《食品安全法》第三十五条第一款：国家实行许可制度。2.《安全生产法》第三条：坚持预防为主。\n第四条：依照《食品安全法》第一条处理。",
            &[
                &format!("{food}第三十五条第一款：国家实行许可制度。"),
                "《中华人民共和国安全生产法》(法律,2021-06-10)第三条：坚持预防为主。",
                "《中华人民共和国安全生产法》(法律,2021-06-10)第四条：依照《食品安全法》第一条处理。",
            ],
        );
        // The statute on a line of its own.
        reads(
            "《中华人民共和国食品安全法》(2018年12月29日修正)\n第三条 食品安全工作实行预防为主。\n第三十五条、第三十六条第二款：甲",
            &[
                "《中华人民共和国食品安全法》(法律,2018-12-29)第三条：食品安全工作实行预防为主。",
                "《中华人民共和国食品安全法》(法律,2018-12-29)第三十五条、第三十六条第二款：甲",
            ],
        );
    }

    #[test]
    fn what_an_export_writes_is_read_as_it_stands() {
        let line = "《某省食品小作坊条例》(地方性法规,2019-03-01)第二条之一第一项：无证经营的，没收：并处罚款";
        reads(line, &[line]);
        reads(&format!("{line}\n{}", line.replace("第二条", "第三条")), &[line, &line.replace("第二条", "第三条")]);
    }

    #[test]
    fn a_statute_that_is_cited_within_the_words_is_no_basis() {
        reads(
            "《中华人民共和国食品安全法》第一条：依照《中华人民共和国行政处罚法》第五条的规定。\n《中华人民共和国行政许可法》另有规定的除外。",
            &[
                "《中华人民共和国食品安全法》(法律,2021-04-29)第一条：依照《中华人民共和国行政处罚法》第五条的规定。《中华人民共和国行政许可法》另有规定的除外。",
            ],
        );
    }

    #[test]
    fn says_what_a_basis_lacks_and_proposes_the_rest() {
        for (cell, word) in [
            ("《某省某办法》第一条：甲", "层级"),
            ("《中华人民共和国某某法》第一条：甲", "日期"),
            ("《中华人民共和国食品安全法》（2020年修正）第一条：甲", "日期"),
            ("《中华人民共和国食品安全法》第一条", "条文内容"),
            ("《中华人民共和国食品安全法》", "条款"),
            ("食品安全法第一条：甲", "开头"),
        ] {
            let told = lines(cell);
            assert!(matches!(&told[..], [Err(zh)] if zh.contains(word)), "{cell}: {told:?}");
        }
        let bad =
            read("《中华人民共和国某某法》第一条：甲", &Statutes::default(), DAY, |_, _| None).remove(0).unwrap_err();
        assert_eq!(bad.proposal.as_deref(), Some("《中华人民共和国某某法》(法律,YYYY-MM-DD)第一条：甲"));
        let known =
            |statute: &str, article: &str| (statute.contains("食品") && article == "第一条").then(|| "乙".to_owned());
        let told = read("《食品安全法》第一条", &Statutes::default(), DAY, known).remove(0).unwrap();
        assert_eq!(told.line, "《中华人民共和国食品安全法》(法律,2021-04-29)第一条：乙");
        assert_eq!(told.derived.len(), 4, "{:?}", told.derived);
    }
}
