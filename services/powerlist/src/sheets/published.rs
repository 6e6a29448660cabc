//! Cells as agencies publish them, in the words of ours.

use super::{cells::cut, fault::Bad};

/// What a line counts its entries with at its beginning, taken off; `None` when there is nothing of the kind.
fn uncounted(text: &str) -> Option<&str> {
    let counts = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    if let Some(inner) = text.strip_prefix(['(', '（']) {
        let rest = inner.trim_start_matches(counts);
        return rest.strip_prefix([')', '）']).filter(|_| rest.len() < inner.len()).map(str::trim_start);
    }
    if let Some(rest) = text.strip_prefix(|c| ('①'..='⑳').contains(&c)) {
        return Some(rest.trim_start());
    }
    let rest = text.trim_start_matches(counts);
    let rest = rest.strip_prefix(['.', '．', '、']).filter(|_| rest.len() < text.len())?;
    // 1.5倍 is no first entry.
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then(|| rest.trim_start())
}

/// The entries of a cell: one a line, or counted one behind the other.
fn entries(cell: &str) -> Vec<(bool, &str)> {
    let mut found = Vec::new();
    for line in cell.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (mut from, mut before) = (0, None);
        for (at, c) in line.char_indices() {
            let ends = before.is_some_and(|before| matches!(before, '。' | '；' | ';'));
            if at > from && ends && uncounted(&line[at..]).is_some() {
                found.push(line[from..at].trim());
                from = at;
            }
            if !c.is_whitespace() {
                before = Some(c);
            }
        }
        found.push(line[from..].trim());
    }
    found.into_iter().map(|entry| uncounted(entry).map_or((false, entry), |rest| (true, rest))).collect()
}

/// Duties as `stage：matter`, one a line: what has no stage goes on with the one before, or is the duty itself.
pub(crate) fn duty_lines(cell: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (counted, entry) in entries(cell) {
        let stage = entry.split_once(['：', ':']).filter(|(stage, matter)| {
            !stage.is_empty()
                && stage.chars().count() <= 20
                && !stage.contains(['。', '；', '，'])
                && !matter.trim().is_empty()
        });
        match (stage, lines.last_mut()) {
            (Some((stage, matter)), _) => lines.push(format!("{}：{}", stage.trim(), matter.trim())),
            (None, Some(last)) if !counted => last.push_str(entry),
            (None, _) => lines.push(format!("责任：{entry}")),
        }
    }
    lines.join("\n")
}

/// The units of time limits as lists write them, and as ours does.
const UNITS: [(&str, &str); 12] = [
    ("个工作日", "工作日"),
    ("工作日", "工作日"),
    ("个自然日", "日"),
    ("自然日", "日"),
    ("日", "日"),
    ("天", "日"),
    ("个月", "个月"),
    ("月", "个月"),
    ("年", "年"),
    ("个小时", "小时"),
    ("小时", "小时"),
    ("时", "小时"),
];

/// Steps of a flow as `step|limit`, one a line.
///
/// # Errors
/// When a step has no time limit that can be read.
pub(crate) fn flow_lines(cell: &str) -> Result<String, Bad> {
    let mut lines = Vec::new();
    let mut unlimited = Vec::new();
    for (_, entry) in entries(cell) {
        for step in entry.split(['→', '⇒', '➜', '；', ';']).flat_map(|step| step.split("—>")).map(str::trim) {
            if step.is_empty() {
                continue;
            }
            match limit(step) {
                Some((name, limit)) => lines.push(format!("{name}|{limit}")),
                None => {
                    unlimited.push(step);
                    lines.push(format!("{step}|N工作日"));
                }
            }
        }
    }
    if unlimited.is_empty() {
        return Ok(lines.join("\n"));
    }
    let steps = cut(&unlimited.join("、"));
    Err(Bad::new(
        format!("流程步骤“{steps}”没有可识别的办理时限，应写作 步骤|N工作日 或者 步骤|N日，一行一步"),
        format!("the steps {steps:?} have no time limit that can be read; write step|N工作日 or step|N日, one a line"),
    )
    .propose(lines.join("\n")))
}

/// The name of a step and its limit: `受理（5个工作日）`, `受理：5日`, `20个工作日`.
fn limit(step: &str) -> Option<(String, String)> {
    let digits = step.find(|c: char| c.is_ascii_digit())?;
    let rest = &step[digits..];
    let unit = rest.find(|c: char| !c.is_ascii_digit())?;
    let (number, behind) = rest.split_at(unit);
    let behind = behind.trim_start();
    let (word, unit) = UNITS.into_iter().find(|(word, _)| behind.starts_with(word))?;
    let tail = behind[word.len()..].trim_matches(|c: char| c.is_whitespace() || ")）内。以".contains(c));
    if !tail.is_empty() {
        return None;
    }
    let name = step[..digits].trim_matches(|c: char| c.is_whitespace() || "(（:：|,，".contains(c));
    let name = if name.is_empty() { "办理" } else { name };
    (!name.contains('|')).then(|| (name.to_owned(), format!("{number}{unit}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{read_duty, read_step};

    #[test]
    fn duties_are_told_by_their_stages_however_they_are_counted() {
        for (cell, want) in [
            ("1.受理责任：公示材料。\n2.审查责任：现场核查。", "受理责任：公示材料。\n审查责任：现场核查。"),
            (
                "1、受理责任：公示材料。2、审查责任：现场核查；3、决定责任：作出决定。",
                "受理责任：公示材料。\n审查责任：现场核查；\n决定责任：作出决定。",
            ),
            ("（一）立案：发现线索\n及时登记。\n（二）决定：九十日内", "立案：发现线索及时登记。\n决定：九十日内"),
            ("依法履行监管职责。", "责任：依法履行监管职责。"),
            ("立案：核查：及时立案", "立案：核查：及时立案"),
            ("处罚：罚款1.5倍；2.5倍的除外", "处罚：罚款1.5倍；2.5倍的除外"),
        ] {
            let lines = duty_lines(cell);
            assert_eq!(lines, want, "{cell}");
            assert!(lines.lines().all(|line| read_duty(line).is_ok()), "{lines}");
        }
    }

    #[test]
    fn steps_are_told_with_their_limits_and_without_one_proposed() {
        for (cell, want) in [
            ("受理（5个工作日）→审查（10个工作日）→决定：20日", "受理|5工作日\n审查|10工作日\n决定|20日"),
            ("1.受理 5个工作日内\n2.送达 7天", "受理|5工作日\n送达|7日"),
            ("20个工作日", "办理|20工作日"),
            ("立案|7日\n送达|24小时", "立案|7日\n送达|24小时"),
            ("", ""),
        ] {
            let lines = flow_lines(cell).unwrap();
            assert_eq!(lines, want, "{cell}");
            assert!(lines.lines().all(|line| read_step(line).is_ok()), "{lines}");
        }
        let bad = flow_lines("受理→审查（5日）→决定").unwrap_err();
        assert!(bad.zh.contains("受理、决定"), "{}", bad.zh);
        assert_eq!(bad.proposal.as_deref(), Some("受理|N工作日\n审查|5日\n决定|N工作日"));
    }
}
