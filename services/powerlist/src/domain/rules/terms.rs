//! What licences, levies and inspections say of themselves.

use crate::domain::{
    content::{ItemContent, NormLevel},
    terms::{Term, TermKind, TermLine},
};
use law::{
    Citation, Fault,
    citation::{ALL, BER},
    period::Period,
};

law::card! {
    /// The parts of an item are those of its kind, and as its law has them. 1. Whoever publishes the list. 2. Each line with the kind of the item, its
    /// time with the twenty working days, its article with the bases. 3. The item as it will stand on its first day. 4. 法律、法规另有规定 of
    /// ALL 42: a longer time with its article; 法律、行政法规 of BER 25. 5. A levy's rate without its article, and times
    /// in units that cannot be compared whatever the holidays: not known. 6. Promising more time than the law
    /// gives, naming an article that is no basis, levying by a lower norm: each is read. 7. Refused when handled, recorded when reported.
    /// 8. Time to decide ALL 42(1) (working days, 82); limits in number ALL 57; levies BER 25(1).
    PL_TERMS "PL-TERMS" Gate "许可、征收、检查要素" "parts of licences, levies and inspections"; Citation::paragraph(&ALL, 42, 1), Citation::article(&ALL, 57),
        Citation::article(&ALL, 82), Citation::article(&BER, 25);
    "事项要素须与职权类型相符；许可的法定时限超过二十个工作日的须有法律、法规依据，承诺时限不得长于法定时限；数量限制须有依据；征收标准须由法律、行政法规规定";
    "the parts fit the kind of the item; a licence that takes more than 20 working days has a law or regulation that says so and is promised in no longer time; a limit in number has its basis; a rate is set by a law or an administrative regulation";
    plans "FY 2" "FY 3";
    compares "各行要素与职权类型、二十个工作日和实施依据" "each line with the kind of power, with twenty working days and with the bases";
    except "法律、法规对许可期限另有规定" "a time of its own in a law or regulation";
    params "working_days" = DECIDED_WITHIN; since 2020 1 1;
    allows a_licence_says_what_it_asks_and_takes_no_longer_than_the_law, a_levy_has_its_rate_from_a_law,
        a_time_counted_in_other_units_than_the_law_is_not_known;
    refuses refuses_parts_of_another_kind, refuses_a_time_beyond_the_law, refuses_a_rate_by_a_lower_norm
}

law::card! {
    /// A licence shows what it asks. 1. The agency whose item it is. 2. The kinds of lines that ALL 30 names. 3. The item as published. 4. None.
    /// 5. An item without any lines: not known. 6. Leaving a part out shows here. 7. Recorded, in both modes. 8. ALL 30(1): items, bases,
    /// conditions, number, procedure, time and the list of materials are shown to the public.
    PL_SHOWN "PL-SHOWN" Duty "许可公示要素" "what a licence shows"; Citation::paragraph(&ALL, 30, 1);
    "行政许可须公示条件、材料目录和办理期限";
    "a licence shows its conditions, the list of its materials and its time";
    plans "FY 2"; since 2020 1 1;
    allows a_licence_says_what_it_asks_and_takes_no_longer_than_the_law;
    refuses finds_a_licence_that_leaves_out_what_it_asks
}

/// The time of ALL 42(1).
const DECIDED_WITHIN: Period = Period::WorkingDays(20);

/// The first line that is wrong.
pub fn pl_terms(content: &ItemContent) -> Result<(), Fault> {
    let mut open = Ok(());
    for line in &content.terms {
        let kind = line.term.kind();
        if kind.of() != content.kind {
            return Err(Fault::new(
                format!("{}是{}的要素，不能写入{}事项", kind.zh(), kind.of().zh(), content.kind.zh()),
                format!("{} belongs to a {}, not to a {}", kind.en(), kind.of().en(), content.kind.en()),
            ));
        }
        let level = match line.under.as_deref() {
            None => None,
            Some(article) => Some(content.basis(article).map(|basis| basis.level).ok_or_else(|| {
                Fault::new(
                    format!("{article}没有列入实施依据；请在实施依据中写明其层级和版本"),
                    format!("{article} is none of the item's bases; name it there with its level and version"),
                )
            })?),
        };
        match one(line, level) {
            Err(fault) if fault.unknown => open = Err(fault),
            Err(fault) => return Err(fault),
            Ok(()) => {}
        }
    }
    open
}

fn one(line: &TermLine, level: Option<NormLevel>) -> Result<(), Fault> {
    use NormLevel as L;
    let national = matches!(level, Some(L::Law | L::AdministrativeRegulation));
    let congress = matches!(
        level,
        Some(L::LocalRegulation | L::AutonomousRegulation | L::SeparateRegulation | L::SpecialZoneRegulation)
    );
    match &line.term {
        Term::Time { statutory, promised } => {
            let beyond = if national || congress { Ok(()) } else { within_the_law(*statutory) };
            let late = promised.map_or(Ok(()), |promised| within_the_promise(promised, *statutory));
            match (beyond, late) {
                // A broken rule goes before one that nobody can tell of.
                (Err(open), Err(broken)) if open.unknown => Err(broken),
                (beyond, late) => beyond.and(late),
            }
        }
        Term::Number { .. } if line.under.is_none() => {
            Err(Fault::new("数量限制须写明依据：依照《…》第…条", "a limit in number names its article: 依照《…》第…条"))
        }
        Term::Rate { .. } => match level {
            None => Err(Fault {
                unknown: true,
                ..Fault::new("征收标准没有写明依据，未予核对", "the rate names no article, so it was not checked")
            }),
            Some(_) if national => Ok(()),
            Some(level) => Err(Fault::new(
                format!("征收标准由{}规定；须由法律、行政法规规定（优化营商环境条例第二十五条）", level.zh()),
                format!("the rate is set by a {}; it takes a law or an administrative regulation (BER 25)", level.en()),
            )),
        },
        _ => Ok(()),
    }
}

/// ALL 42(1), as far as units can be compared.
fn within_the_law(statutory: Period) -> Result<(), Fault> {
    let (zh, en) = (statutory.to_zh(), statutory.to_en());
    match statutory.no_longer_than(DECIDED_WITHIN) {
        Some(true) => Ok(()),
        Some(false) => Err(Fault::new(
            format!("办理时限{zh}超过二十个工作日，须有法律、法规另行规定的条文（行政许可法第四十二条）"),
            format!("{en} is more than 20 working days, which takes an article of a law or regulation (ALL 42)"),
        )),
        None => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("办理时限{zh}与二十个工作日计算方式不同，是否超过无法核对；请以工作日填写"),
                format!("{en} and 20 working days are counted differently and were not compared; write working days"),
            )
        }),
    }
}

/// A promise is no longer than the law, as far as units can be compared.
fn within_the_promise(promised: Period, statutory: Period) -> Result<(), Fault> {
    let (promised_zh, zh) = (promised.to_zh(), statutory.to_zh());
    let (promised_en, en) = (promised.to_en(), statutory.to_en());
    match promised.no_longer_than(statutory) {
        Some(true) => Ok(()),
        Some(false) => Err(Fault::new(
            format!("承诺时限{promised_zh}长于法定时限{zh}；请写明不长于法定时限的承诺"),
            format!("the {promised_en} promised are not within the {en} of the law; promise no more"),
        )),
        None => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("承诺时限{promised_zh}与法定时限{zh}计算方式不同，长短无法核对；请以同一单位填写"),
                format!(
                    "the {promised_en} promised and the {en} of the law are counted differently and were not compared; write both in one unit"
                ),
            )
        }),
    }
}

/// The parts of ALL 30 that a licence leaves out.
pub fn pl_shown(content: &ItemContent) -> Result<(), Fault> {
    if content.terms.is_empty() {
        return Err(Fault {
            unknown: true,
            ..Fault::new(
                "清单没有逐行写明许可的条件、材料和时限，未予核对",
                "the list does not say line by line what the licence asks, so this was not checked",
            )
        });
    }
    let wanted = [TermKind::Condition, TermKind::Material, TermKind::Time];
    let lacking: Vec<_> =
        wanted.into_iter().filter(|kind| content.terms.iter().all(|line| line.term.kind() != *kind)).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let (zh, en): (Vec<_>, Vec<_>) = lacking.iter().map(|kind| (kind.zh(), kind.en())).unzip();
    Err(Fault::new(
        format!("许可事项没有写明{}（行政许可法第三十条）", zh.join("、")),
        format!("the licence does not show its {} (ALL 30)", en.join(", ")),
    ))
}
