//! Parts of rows as cells and requests have them: the one reader and the one writer, by the table of parts.

use kernel::{
    citizen::{ID_NUMBER_EN, ID_NUMBER_ZH, holds_id_number},
    text::Form,
};
use law::{id::ItemCode, parameter::Unit, period::Period, vocabulary::Word};
use lists::facts::decimal;

use crate::{
    domain::listing::{PartForm, PartSpec, Value, part::ENTRIES_MAX},
    sheets::{Bad, cut, read_count, read_date, read_lines, read_words, show_period},
};

/// What a cell says of a part; nothing, where it is empty.
///
/// # Errors
/// What stands there and what is expected.
pub(crate) fn read(spec: &PartSpec, cell: &str) -> Result<Option<Value>, Bad> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(None);
    }
    Ok(Some(match spec.form {
        PartForm::Text(most) => Value::Text(text(cell, Form::lines(most))?),
        PartForm::Texts(most) => {
            let texts = read_lines(cell).map(|line| text(line, Form::line(most))).collect::<Result<Vec<_>, _>>()?;
            Value::Texts(several(texts)?)
        }
        PartForm::Word(words) => Value::Text(word(words, cell)?),
        PartForm::Words(words) => {
            let mut found: Vec<String> = Vec::new();
            for one in read_words(cell) {
                let id = word(words, one)?;
                if !found.contains(&id) {
                    found.push(id);
                }
            }
            Value::Texts(several(found)?)
        }
        PartForm::Number(most) => match cell.parse::<i64>() {
            Ok(number) if (0..=most).contains(&number) => Value::Number(number),
            _ => return Err(expected(cell, &format!("0至{most}的整数"), &format!("a whole number from 0 to {most}"))),
        },
        PartForm::Money => {
            Value::Number(read_count(Unit::Fen, cell).ok_or_else(|| {
                expected(cell, "以元计的数字，最多两位小数", "a number of yuan with at most two places")
            })?)
        }
        PartForm::Days => Value::Days(days(cell)?),
        PartForm::Day => Value::Text(read_date(cell)?.to_string()),
        PartForm::Item(_) => {
            let code = cell.parse::<ItemCode>();
            let code = code.map_err(|_| expected(cell, "权力事项的实施编码", "the code of a power item"))?;
            Value::Text(code.to_string())
        }
        PartForm::YesNo => match cell {
            "是" | "有" | "yes" => Value::YesNo(true),
            "否" | "无" | "no" => Value::YesNo(false),
            _ => return Err(expected(cell, "是、否之一", "是 or 否")),
        },
    }))
}

/// What a part says, as a cell has it.
pub(crate) fn show(spec: &PartSpec, value: &Value) -> String {
    let shown = |id: &str| match spec.form {
        PartForm::Word(words) | PartForm::Words(words) => {
            words.iter().find(|word| word.id == id).map_or_else(|| id.to_owned(), |word| word.label.zh.to_owned())
        }
        _ => id.to_owned(),
    };
    match value {
        Value::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Number(fen) if spec.form == PartForm::Money => decimal(*fen),
        Value::Number(number) => number.to_string(),
        Value::Days(days) => show_period(*days),
        Value::Texts(texts) => {
            let by = if matches!(spec.form, PartForm::Words(_)) { "；" } else { "\n" };
            texts.iter().map(|text| shown(text)).collect::<Vec<_>>().join(by)
        }
        Value::Text(text) => shown(text),
    }
}

fn text(cell: &str, form: Form) -> Result<String, Bad> {
    let text = form.read(cell)?;
    if holds_id_number(&text) {
        return Err(Bad::new(ID_NUMBER_ZH, ID_NUMBER_EN));
    }
    Ok(text)
}

fn several(texts: Vec<String>) -> Result<Vec<String>, Bad> {
    if texts.len() > ENTRIES_MAX {
        return Err(Bad::new(format!("超过{ENTRIES_MAX}条"), format!("has more than {ENTRIES_MAX} entries")));
    }
    Ok(texts)
}

/// A word as it reads in Chinese, or as it is stored.
fn word(words: &[Word], said: &str) -> Result<String, Bad> {
    let found = words.iter().find(|word| word.label.zh == said || word.id == said);
    found.map(|word| word.id.to_owned()).ok_or_else(|| {
        let all = words.iter().map(|word| word.label.zh).collect::<Vec<_>>().join("、");
        expected(said, &format!("{all}之一"), &format!("one of {all}"))
    })
}

/// Working or calendar days; what is done at once takes none.
fn days(cell: &str) -> Result<Period, Bad> {
    if ["即办", "当场", "当场办结", "即时办结"].contains(&cell) {
        return Ok(Period::WorkingDays(0));
    }
    Period::from_zh(cell.trim())
        .filter(|period| matches!(period, Period::WorkingDays(_) | Period::CalendarDays(_)))
        .ok_or_else(|| {
            expected(
                cell,
                "“N工作日”或者“N日”，当场办结写作“即办”",
                "N工作日 or N日, and 即办 for what is done at once",
            )
        })
}

fn expected(found: &str, zh: &str, en: &str) -> Bad {
    let found = cut(found);
    Bad::new(format!("“{found}”应为{zh}"), format!("{found:?} should be {en}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::listing::part::*;

    #[test]
    fn what_is_read_is_written_the_same() {
        for (spec, cell) in [
            (&CONDITIONS, "一、甲\n二、乙"),
            (&MATERIALS, "申请书\n身份证明"),
            (&REFORM, "实行告知承诺"),
            (&STEPS, "公众参与；合法性审查；集体讨论决定"),
            (&RATIO_HIGH, "5"),
            (&HIGHEST, "100.5"),
            (&STATUTORY, "20工作日"),
            (&PROMISED, "15日"),
            (&PROMISED, "0工作日"),
            (&BY, "2026-12-31"),
            (&LICENCE_ITEM, "011310001000-230883-131"),
            (&JOINT, "否"),
        ] {
            let value = read(spec, cell).unwrap().unwrap();
            assert_eq!(show(spec, &value), cell, "{}", spec.key);
        }
        assert_eq!(read(&CONDITIONS, " \n "), Ok(None));
    }

    #[test]
    fn every_usual_form_is_read() {
        for (spec, cell, shown) in [
            (&PROMISED, "即办", "0工作日"),
            (&STATUTORY, "20个工作日", "20工作日"),
            (&BY, "2026年12月31日", "2026-12-31"),
            (&REFORM, "promised", "实行告知承诺"),
            (&STEPS, "公众参与\n公众参与；集体讨论决定", "公众参与；集体讨论决定"),
        ] {
            let value = read(spec, cell).unwrap().unwrap();
            assert_eq!(show(spec, &value), shown, "{cell}");
        }
    }

    #[test]
    fn says_what_stands_there_and_what_is_expected() {
        for (spec, cell, word) in [
            (&STATUTORY, "20", "工作日"),
            (&STATUTORY, "3个月", "工作日"),
            (&REFORM, "取消", "直接取消审批"),
            (&STEPS, "公众参与；投票", "集体讨论决定"),
            (&RATIO_HIGH, "101", "0至100"),
            (&RATIO_HIGH, "5%", "0至100"),
            (&HIGHEST, "一百", "元"),
            (&BY, "年底", "YYYY-MM-DD"),
            (&LICENCE_ITEM, "许可1", "实施编码"),
            (&JOINT, "也许", "是、否"),
        ] {
            let bad = read(spec, cell).unwrap_err();
            assert!(
                bad.zh.contains(word) && bad.zh.contains(cell.split('；').next_back().unwrap()),
                "{cell}: {}",
                bad.zh
            );
            assert!(!bad.en.is_empty());
        }
        assert!(read(&MATERIALS, &"甲\n".repeat(ENTRIES_MAX + 1)).is_err());
        assert!(read(&MATERIALS, &"甲\n".repeat(ENTRIES_MAX)).is_ok());
        assert!(read(&ASKED_BY, &"甲".repeat(101)).is_err());
        assert!(read(&ASKED_BY, &"甲".repeat(100)).is_ok());
    }
}
