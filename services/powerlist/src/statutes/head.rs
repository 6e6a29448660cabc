//! The head of a text: its title, and when it was made, amended and put in force.

use jiff::civil::Date;
use kernel::days;

use super::line::{Faults, Line};
use crate::forms;

/// What the head says.
pub(super) struct Head {
    /// Without 《》.
    pub(super) title: String,
    /// Its lines behind the title, as they are.
    pub(super) history: Vec<String>,
    /// Of the version whose text follows.
    pub(super) version: Option<Date>,
    /// Of the first version.
    pub(super) promulgated: Option<Date>,
    /// Whether it was amended since.
    pub(super) amended: bool,
    /// The last day from which it says that something is in force.
    pub(super) effect: Option<Date>,
    /// How many lines belong to it.
    pub(super) lines: usize,
}

/// What happened on a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Made,
    Amended,
    Effect,
}

/// What tells that it happened; the first that fits counts.
const WORDS: [(Act, &[&str]); 3] = [
    (Act::Amended, &["修正", "修订", "修改"]),
    (Act::Effect, &["施行", "生效", "实施"]),
    (Act::Made, &["通过", "公布", "发布", "颁布", "批准", "印发", "令"]),
];

pub(super) fn read(file: &str, lines: &[Line], faults: &mut Faults) -> Head {
    let mut head = Head {
        title: String::new(),
        history: Vec::new(),
        version: None,
        promulgated: None,
        amended: false,
        effect: None,
        lines: 0,
    };
    let Some(first) = lines.first() else {
        faults.push(0, "文件没有文字", "the file has no text");
        return head;
    };
    let bare = first.text.trim_start_matches('《').trim_end_matches('》');
    match forms::PLACE.read(bare) {
        Ok(title) if first.article().is_some() || (first.heading().is_some() && title.starts_with('第')) => {
            let shown: String = title.chars().take(20).collect();
            faults.push(
                first.number,
                format!("第一行应为法律名称，不是“{shown}”"),
                format!("the first line must be the title, not {shown:?}"),
            );
        }
        Ok(title) => head.title = title,
        Err(bad) => faults.push(first.number, bad.zh(), bad.to_string()),
    }
    head.lines = 1;
    // A note in brackets may run over several lines.
    let mut open = 0_i32;
    for line in &lines[1..] {
        if line.article().is_some() || line.heading().is_some() || line.is_contents() {
            break;
        }
        head.lines += 1;
        head.history.push(line.text.clone());
        let acts = acts(line, faults);
        let says = !acts.is_empty() || open > 0 || line.text.contains('号') || line.text.starts_with(['（', '(']);
        open += bracket(&line.text);
        if !says {
            faults.push(
                line.number,
                "第一条之前的这一行既不是沿革（如“2021年1月22日…通过”），也不是章节标题；请补写日期、在行首加#作为标题，或者删去",
                "this line before the first article is neither history (such as 2021年1月22日…通过) nor a heading: date it, mark it with # or take it out",
            );
        }
        for (day, act) in acts {
            match act {
                Act::Made if !head.amended => head.promulgated = head.promulgated.max(Some(day)),
                Act::Made => {}
                Act::Amended => head.amended = true,
                Act::Effect => head.effect = head.effect.max(Some(day)),
            }
            if act != Act::Effect {
                head.version = head.version.max(Some(day));
            }
        }
    }
    // Who keeps texts by their versions knows of amendments that the head does not tell of.
    if let Some(named) = in_name(file)
        && head.version.is_none_or(|version| version < named)
    {
        head.amended |= head.version.is_some();
        head.version = Some(named);
    }
    if head.version.is_none() {
        faults.push(
            0,
            "没有通过、公布或者修改的日期；请在名称下写明（如“2021年1月22日…通过”），或者写在文件名末尾，如“名称(2021-01-22).md”",
            "no date of passing, promulgation or amendment: write it below the title (2021年1月22日…通过) or at the end of the file's name, as in title(2021-01-22).md",
        );
    }
    head
}

fn bracket(text: &str) -> i32 {
    text.chars().map(|c| i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'))).sum()
}

/// The date at the end of a file's name.
fn in_name(file: &str) -> Option<Date> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let inside = stem.trim_end_matches([')', '）']);
    let (_, date) = inside.rsplit_once(['(', '（'])?;
    days::read(date).ok().filter(|_| inside.len() < stem.len())
}

/// What a line says happened, day by day. Dates inside a title (《…》) are none.
fn acts(line: &Line, faults: &mut Faults) -> Vec<(Date, Act)> {
    let text = outside_titles(&line.text);
    let mut found = Vec::new();
    let dates = dates(&text);
    for (n, (at, day)) in dates.iter().enumerate() {
        let end = dates.get(n + 1).map_or(text.len(), |(next, _)| *next);
        let said = &text[*at..end];
        let day = match days::within(*day) {
            Ok(day) => day,
            Err(bad) => {
                faults.push(line.number, bad.zh(), bad.to_string());
                continue;
            }
        };
        match WORDS.iter().find(|(_, words)| words.iter().any(|word| said.contains(word))) {
            Some((act, _)) => found.push((day, *act)),
            None => faults.push(
                line.number,
                format!("没有写明{day}发生了什么；请写明通过、公布、修正、修订或者施行"),
                format!("does not say what happened on {day}: write 通过, 公布, 修正, 修订 or 施行 behind it"),
            ),
        }
    }
    found
}

fn outside_titles(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| match c {
            '《' => {
                depth += 1;
                false
            }
            '》' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// Every `2021年1月22日`, with where what is said of it begins.
pub(super) fn dates(text: &str) -> Vec<(usize, Date)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('年') {
        let before = &text[..at];
        let year_at = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let date = || {
            let (month, rest) = text[at + '年'.len_utf8()..].split_once('月')?;
            let (day, _) = rest.split_once('日')?;
            let year: i16 = before[year_at..].trim().parse().ok()?;
            Date::new(year, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
        };
        found.extend(date().map(|date| (year_at, date)));
    }
    found
}
