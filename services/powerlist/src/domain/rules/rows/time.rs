//! Within what time what is asked for is done.

use law::{
    Citation, Fault,
    check::fault,
    citation::{ALL, BER},
    period::Period,
};

use super::{Outcome, is_law_or_regulation};
use crate::domain::listing::{ListKind, RowContent, Value, part};

/// What ALL 42(1) gives for a decision.
const DECIDE_WITHIN: Period = Period::WorkingDays(20);
/// What ALL 42(1) lets be added.
const EXTEND_BY: Period = Period::WorkingDays(10);
/// What ALL 42(2) gives where several handle it together.
const JOINT_WITHIN: Period = Period::WorkingDays(45);
/// What ALL 42(2) lets be added there.
const JOINT_EXTEND_BY: Period = Period::WorkingDays(15);

law::card! {
    /// The time that is promised lies within the time of the law. 1. The agency. 2. The promised time with the statutory one that
    /// the row states; for licences also the statutory time and the extension with those of ALL 42. 3. The law of the day of the act.
    /// 4. 法律、法规另有规定 (ALL 42(1)): entered as 时限依据, whose title must be that of one of the row's
    /// bases, of a law or a regulation; handled jointly
    /// (ALL 42(2)): 45 and 15 days; what can be decided at once has no day. 5. A time that is not stated is PL-ROW's where it is
    /// owed, and holds nothing where it is not. Working days against calendar days are not compared unless one holds within the
    /// other whatever the holidays: not known is neither kept nor broken. 6. Stating a longer statutory time: it is held
    /// against ALL 42; naming a document as 时限依据, be it by a title that has a law's in it: only a law or a regulation counts; ticking 联合办理 is a statement of the row
    /// that everybody reads. 7. Refused when handled, recorded when reported. 8. ALL 42 and 82 (working days); that a place may only
    /// shorten, BER 36(2). What is not counted (ALL 45) is no time of the agency's.
    PL_TIME "PL-TIME" Gate "办结时限" "time to finish"; Citation::article(&ALL, 42), Citation::article(&ALL, 82), Citation::paragraph(&BER, 36, 2);
    "承诺办结时限不得长于法定时限；许可的法定时限为20个工作日、延长不超过10个工作日，统一或者联合办理为45日、延长不超过15日，法律、法规另有规定的从其规定";
    "the promised time is no longer than the statutory one; a licence is decided in 20 working days, 10 more at most, 45 and 15 where handled jointly, unless a law or regulation says otherwise";
    plans "FY 4" "BT 4"; compares "承诺时限与法定时限，法定时限与行政许可法第四十二条" "the promised time with the statutory one, and that with ALL 42";
    except "法律、法规另有规定的" "where a law or regulation says otherwise", "统一办理、联合办理、集中办理的" "where it is handled jointly";
    params "decide_working_days_max" = DECIDE_WITHIN, "extend_working_days_max" = EXTEND_BY,
        "joint_working_days_max" = JOINT_WITHIN, "joint_extend_working_days_max" = JOINT_EXTEND_BY;
    since 2020 1 1;
    allows a_licence_may_take_twenty_working_days_and_ten_more, a_licence_handled_jointly_may_take_forty_five,
        a_regulation_may_give_another_time, a_promise_may_be_as_long_as_the_law;
    refuses a_licence_may_take_twenty_working_days_and_ten_more, a_licence_handled_jointly_may_take_forty_five,
        a_document_gives_no_other_time, a_promise_may_be_as_long_as_the_law
}

/// Whether the times of a row hold.
pub fn pl_time(row: &RowContent) -> Outcome {
    let time = |spec| row.said(spec).and_then(Value::days);
    let (statutory, promised) = (time(&part::STATUTORY), time(&part::PROMISED));
    let mut unknown = Ok(());
    if matches!(row.list, ListKind::Licence | ListKind::BusinessLicence) {
        let joint = row.said(&part::JOINT).is_some_and(Value::is_yes);
        let (within, more) = if joint { (JOINT_WITHIN, JOINT_EXTEND_BY) } else { (DECIDE_WITHIN, EXTEND_BY) };
        let over =
            |what, is: Option<Period>, most| is.map_or(Ok(()), |is| no_longer(what, is, most, "行政许可法第四十二条"));
        let held = over(("法定办结时限", "the statutory time"), statutory, within)
            .and_then(|()| over(("可延长时限", "the extension"), time(&part::EXTENSION), more));
        if held.is_err() {
            match row.said(&part::TIME_BASIS).and_then(Value::text) {
                Some(named) => other_time(row, named).or_else(|fault| keep(fault, &mut unknown))?,
                None => held.or_else(|fault| keep(fault, &mut unknown))?,
            }
        }
    }
    if let (Some(promised), Some(statutory)) = (promised, statutory) {
        no_longer(("承诺办结时限", "the promised time"), promised, statutory, "优化营商环境条例第三十六条")
            .or_else(|fault| keep(fault, &mut unknown))?;
    }
    unknown
}

/// A broken rule goes before one that nobody can tell of.
fn keep(fault: Fault, unknown: &mut Outcome) -> Outcome {
    if fault.unknown {
        *unknown = Err(fault);
        return Ok(());
    }
    Err(fault)
}

/// Whether a law or a regulation among the bases is named for another time.
fn other_time(row: &RowContent, named: &str) -> Outcome {
    let key = law::citation::title_key;
    let titles: Vec<String> = titles(named).map(key).collect();
    let mut of: Vec<_> = row.bases.iter().filter(|basis| titles.contains(&key(&basis.statute))).collect();
    // Of several that are named, one that may give another time is enough.
    of.sort_by_key(|basis| !is_law_or_regulation(basis.level));
    match of.first() {
        Some(basis) if is_law_or_regulation(basis.level) => Ok(()),
        Some(basis) => fault(
            format!("《{}》属于{}，不能另行规定许可期限（行政许可法第四十二条）", basis.statute, basis.level.zh()),
            format!("{} is a {} and gives a licence no other time (ALL 42)", basis.statute, basis.level.en()),
        ),
        None => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("时限依据“{named}”不在该事项所列依据之中，是否为法律、法规无法核对"),
                format!("{named:?} is none of the row's bases, so whether it is a law or regulation is not known"),
            )
        }),
    }
}

/// The titles in a text. One that stands in the title of another is not it: 《食品安全法》 and 《某县食品安全法实施办法》.
fn titles(text: &str) -> impl Iterator<Item = &str> {
    text.split('《').skip(1).filter_map(|rest| rest.split_once('》')).map(|(title, _)| title)
}

/// Whether a time is no longer than another.
fn no_longer((zh, en): (&str, &str), is: Period, most: Period, article: &str) -> Outcome {
    let (is_zh, most_zh, is_en, most_en) = (is.to_zh(), most.to_zh(), is.to_en(), most.to_en());
    match is.no_longer_than(most) {
        Some(true) => Ok(()),
        Some(false) => {
            fault(format!("{zh}{is_zh}长于{most_zh}（{article}）"), format!("{en} of {is_en} is longer than {most_en}"))
        }
        None => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("{zh}{is_zh}与{most_zh}计算方式不同，长短无法核对；请以同一单位填写"),
                format!(
                    "{en} of {is_en} and {most_en} are counted differently and were not compared; write both in one unit"
                ),
            )
        }),
    }
}
