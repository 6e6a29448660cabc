//! Whether the power item allows the measure that is taken under it, and for how long.

use law::{Citation, Fault, citation::ACL, period::Period};
use lists::facts::{Allowed, CompulsionKind, ItemFact, Longest, ObjectKind};

use super::{Outcome, fault};
use crate::domain::events::{ExtensionGround, MeasureKind, MeasureTaken};

law::card! {
    /// A power to seal is none to seize. 1. The agency that takes the measure. 2. Its kind and what it touches with the lines of the
    /// item. 3. The item in force on the day of the measure: compulsion looks at the present, not at the violation. 4. None. 5. An item
    /// without lines, a line without objects, a measure that does not say what it touches: not known, neither satisfied nor broken.
    /// 6. Taking it under another item, which is then held against that one; calling it another kind, which must be allowed, too. 7.
    /// Refused when handled, recorded when reported. 8. Within the statutory powers (ACL 17(1)), by statutory kinds and objects (ACL
    /// 10(4), 22, 23(1)); freezing by organs that a law names (ACL 29(1)).
    EN_ALLOWED "EN-ALLOWED" Gate "强制种类和对象" "kind and object of a measure"; Citation::paragraph(&ACL, 17, 1), Citation::article(&ACL, 22),
        Citation::paragraph(&ACL, 23, 1), Citation::paragraph(&ACL, 29, 1);
    "强制措施的种类和对象须在所引权力事项之内；清单或者记录没有写明的，标明未核对";
    "kind and object of a measure lie within the power item it rests on; what the list or the record does not say is marked as not checked";
    plans "FY 19" "TA 16";
    compares "所采取措施的种类、对象与事项各行" "kind and objects of the measure with the lines of the item"; since 2012 1 1;
    allows a_measure_that_a_line_allows_may_be_taken, a_list_that_does_not_say_is_not_checked;
    refuses refuses_a_measure_that_no_line_allows, refuses_an_object_that_no_line_has
}

/// The kinds of a line under which a measure falls.
pub fn falls_under(kind: MeasureKind) -> &'static [CompulsionKind] {
    match kind {
        MeasureKind::RestrictLiberty => &[CompulsionKind::RestrictLiberty],
        MeasureKind::Seal => &[CompulsionKind::Seal],
        MeasureKind::Seize => &[CompulsionKind::Seize],
        MeasureKind::Freeze => &[CompulsionKind::Freeze],
        MeasureKind::Other => &[CompulsionKind::OtherMeasure, CompulsionKind::Enter],
    }
}

fn lines(item: &ItemFact, kind: MeasureKind) -> impl Iterator<Item = &Allowed> {
    item.allows.iter().filter(move |line| falls_under(kind).contains(&line.kind))
}

/// EN-ALLOWED. Without an item EN-MEASURE speaks.
pub fn allowed(taken: &MeasureTaken, item: &ItemFact) -> Outcome {
    let name = &item.name;
    if item.allows.is_empty() {
        return unknown(
            format!("“{name}”没有逐行写明强制种类和对象，未予核对"),
            format!("{name} does not say line by line what it allows on what, so this was not checked"),
        );
    }
    let lines: Vec<_> = lines(item, taken.kind).collect();
    if lines.is_empty() {
        let all = item.allows.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        let (zh, en) = (taken.kind.zh(), taken.kind.en());
        return fault(
            format!("“{name}”不包括{zh}，只有{all}；请引用有{zh}权力的事项，或者不采取该措施"),
            format!("{name} does not allow {en}, only {all}; cite an item that does, or do not take it"),
        );
    }
    if taken.touches.is_empty() || lines.iter().any(|line| line.on.is_empty()) {
        return unknown(
            "措施的对象（场所、设施、财物、存款、人身）或者事项的对象没有写明，未予核对",
            "what the measure touches, or what the item lets it touch, is not said, so this was not checked",
        );
    }
    let Some(beyond) = taken.touches.iter().find(|on| !lines.iter().any(|line| line.on.contains(on))) else {
        return Ok(());
    };
    fault(
        format!("“{name}”的{}不及于{}；请只对事项所列对象实施", taken.kind.zh(), beyond.zh()),
        format!(
            "{} under {name} does not reach {}; take it on the objects of the item alone",
            taken.kind.en(),
            beyond.en()
        ),
    )
}

fn unknown(zh: impl Into<String>, en: impl Into<String>) -> Outcome {
    Err(Fault { unknown: true, ..Fault::new(zh, en) })
}

/// The time that the item gives the measure in place of the Act's: of several lines that may be meant, the shortest. None where
/// that of the Act is as short, or holds alone.
pub fn longest(kind: MeasureKind, touches: &[ObjectKind], item: Option<&ItemFact>) -> Option<Longest> {
    let meant = |line: &&Allowed| line.covers(touches) != Some(false);
    let times = lines(item?, kind).filter(meant).map(|line| line.longest.clone());
    let most = |time: &Option<Longest>| time.as_ref().map_or(30 * 24, |time| time.period.hours().1);
    times.min_by_key(most).flatten()
}

/// Whether a period is for certain no longer than another one.
pub fn fits(asked: Period, most: Period) -> bool {
    asked.no_longer_than(most) == Some(true)
}

/// How long a measure may last under its item's own article.
pub fn within(period: Period, longest: &Longest) -> Outcome {
    if fits(period, longest.period) {
        return Ok(());
    }
    let (most, article) = (longest.period, &longest.under);
    fault(
        format!("期限{}超过{article}规定的{}；请按同一单位计算并缩短", period.to_zh(), most.to_zh()),
        format!(
            "{} is more than the {} of {article}; give it in the same unit, and shorter",
            period.to_en(),
            most.to_en()
        ),
    )
}

/// Whether it may be prolonged by so much under its item's own article.
pub fn prolonged(by: Period, longest: &Longest) -> Outcome {
    let article = &longest.under;
    match longest.extension {
        None => fault(
            format!("{article}没有规定可以延长；请作出处理决定或者解除"),
            format!("{article} knows no extension; decide on the objects or release them"),
        ),
        Some(most) if fits(by, most) => Ok(()),
        Some(most) => fault(
            format!("延长{}超过{article}规定的{}；请缩短", by.to_zh(), most.to_zh()),
            format!("{} is more than the {} by which {article} lets it be prolonged", by.to_en(), most.to_en()),
        ),
    }
}

/// Whether the ground is the one that the Act knows.
pub fn ground(ground: Option<ExtensionGround>) -> Outcome {
    match ground {
        Some(ExtensionGround::Complex) => Ok(()),
        Some(ExtensionGround::Other) => fault(
            "只有情况复杂才可以延长（行政强制法第二十五条、第三十二条）；请作出处理决定或者解除",
            "a measure is prolonged only where the matter is complex (ACL 25, 32); decide on the objects or release them",
        ),
        None => unknown(
            "没有写明延长的理由是否为情况复杂，未予核对",
            "whether it is prolonged because the matter is complex is not said, so this was not checked",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample;

    fn item(lines: &[&str]) -> ItemFact {
        ItemFact { allows: lines.iter().map(|line| Allowed::read(line).unwrap()).collect(), ..sample::seizing_item() }
    }

    fn held(kind: MeasureKind, touches: &[ObjectKind], lines: &[&str]) -> Outcome {
        allowed(&MeasureTaken { kind, touches: touches.to_vec(), ..sample::measure_taken() }, &item(lines))
    }

    use MeasureKind::{Freeze, Other, RestrictLiberty, Seal, Seize};
    use ObjectKind::{Funds, Goods, Place};

    #[test]
    fn a_measure_that_a_line_allows_may_be_taken() {
        held(Seize, &[Goods], &["查封||对场所", "扣押||对财物"]).unwrap();
        held(Seal, &[Place, Goods], &["查封||对场所", "查封“封存”||对财物"]).unwrap();
        held(Other, &[Place], &["进入||对场所"]).unwrap();
        held(Freeze, &[Funds], &["冻结||对存款、汇款"]).unwrap();
    }

    #[test]
    fn a_list_that_does_not_say_is_not_checked() {
        for outcome in [
            held(Seize, &[Goods], &[]),
            held(Seize, &[Goods], &["扣押"]),
            held(Seize, &[], &["扣押||对财物"]),
            held(Seal, &[Place, Goods], &["查封||对场所", "查封"]),
        ] {
            assert!(outcome.unwrap_err().unknown);
        }
    }

    #[test]
    fn refuses_a_measure_that_no_line_allows() {
        for kind in [Seal, Freeze, Other, RestrictLiberty] {
            assert!(!held(kind, &[], &["扣押||对财物"]).unwrap_err().unknown, "{kind:?}");
        }
        // A way of execution is no measure.
        assert!(!held(Other, &[Place], &["强制执行||自行执行"]).unwrap_err().unknown);
    }

    #[test]
    fn refuses_an_object_that_no_line_has() {
        for touches in [&[Place][..], &[Goods, Place], &[Funds]] {
            assert!(!held(Seize, touches, &["扣押||对财物", "查封||对场所"]).unwrap_err().unknown);
        }
    }

    #[test]
    fn the_time_of_the_line_holds_and_the_shortest_of_several() {
        let time = |touches: &[ObjectKind], lines: &[&str]| {
            longest(Seize, touches, Some(&item(lines))).map(|longest| longest.period)
        };
        let (drug, food) =
            ("扣押|7日|对财物；期限依照《药品管理法》第一百条", "扣押|60日+30日|对设施；期限依照《甲法》第一条");
        assert_eq!(time(&[Goods], &[drug, food]), Some(Period::CalendarDays(7)));
        assert_eq!(time(&[ObjectKind::Facility], &[drug, food]), Some(Period::CalendarDays(60)));
        assert_eq!(time(&[], &[drug, food]), Some(Period::CalendarDays(7)));
        assert_eq!(time(&[Goods], &["扣押||对财物"]), None);
        assert_eq!(time(&[], &["扣押||对财物", food]), None, "that of the Act is shorter");
        assert_eq!(longest(Seize, &[Goods], None), None);
    }
}
