//! What a compulsory power may allow, beside the level of the norm that creates it.

use law::{Citation, Fault, citation::ACL};
use lists::facts::{Allowed, CompulsionKind, Longest, ObjectKind};

use crate::domain::content::{ItemContent, LegalBasis, MeasureKind, NormLevel, named_in};

law::card! {
    /// A line says what its article gives, under its right name. 1. Whoever publishes the list. 2. Each line with ACL 9 and 12: kind
    /// and objects; its time with the level of the article that gives it. 3. The item as it will stand on its first day. 4. 法律、行政法规另有规定
    /// of ACL 25 and 法律另有规定 of ACL 32 are the line's own time with its article; where it has none, those two hold. 5. A list
    /// without lines, and a restraint of a person without its time: not known, neither satisfied nor broken. 6. Calling a measure 其他
    /// to pass a lower level of norm, or a time that no norm of that level gives: the word is read, and the article must be one of the item's
    /// bases, where its level stands (PL-CITE holds it against the text). 7. Refused when handled, recorded when reported. 8. The
    /// kinds are those of ACL 9 and 12, the objects those of 9, 23 and 29; that no document of its own makes them wider, ACL 10(4).
    PL_COMPEL "PL-COMPEL" Gate "强制种类、对象和期限" "kind, objects and time of compulsion"; Citation::article(&ACL, 9), Citation::article(&ACL, 12),
        Citation::article(&ACL, 20), Citation::article(&ACL, 23), Citation::article(&ACL, 25),
        Citation::article(&ACL, 29), Citation::article(&ACL, 32), Citation::article(&ACL, 13);
    "强制事项逐行列明种类，不得以其他名目列入；对象须与种类相符；另有规定的期限须由法律、行政法规（冻结和限制人身自由由法律）规定，其条文须列入实施依据";
    "each line of a compulsory power has its right kind and the objects of that kind; a time of its own comes from a law or an administrative regulation, of a freeze and of a restraint of persons from a law, and its article is one of the bases";
    plans "FY 3";
    compares "各行的种类、对象、期限与行政强制法，期限的条文与实施依据"
    "kind, objects and time of each line with the ACL, the article of the time with the bases";
    except "法律、行政法规对期限另有规定" "a time of its own in a law or an administrative regulation";
    since 2012 1 1;
    allows a_measure_with_its_objects_and_a_time_of_its_statute_is_published, a_list_without_lines_is_not_checked;
    refuses refuses_a_measure_under_another_name, refuses_objects_that_the_kind_does_not_have,
        refuses_a_time_that_no_basis_of_its_level_gives
}

/// The first line that is wrong, or what nobody can tell.
pub fn pl_compel(content: &ItemContent) -> Result<(), Fault> {
    if content.allows.is_empty() {
        return unknown(
            "清单没有逐行写明强制种类、对象和期限，未予核对",
            "the list does not say line by line what is allowed on what, so it was not checked",
        );
    }
    let mut open = Ok(());
    for line in &content.allows {
        named(line)?;
        objects(line)?;
        executed(line)?;
        if let Some(article) = line.under.as_deref() {
            based(content, article)?;
        }
        match &line.longest {
            Some(longest) => time(content, line.kind, longest)?,
            None if line.kind == CompulsionKind::RestrictLiberty => {
                open = unknown(
                    "清单没有写明限制人身自由的法定期限，未予核对（行政强制法第二十条）",
                    "the list does not say how long a person may be restrained, so it was not checked (ACL 20)",
                );
            }
            None => {}
        }
    }
    open
}

fn unknown(zh: impl Into<String>, en: impl Into<String>) -> Result<(), Fault> {
    Err(Fault { unknown: true, ..Fault::new(zh, en) })
}

/// What has a kind of its own is not another one.
fn named(line: &Allowed) -> Result<(), Fault> {
    let said = line.called.as_deref().unwrap_or_default();
    let Some(kind) = named_in(said).into_iter().map(MeasureKind::kind).find(|kind| *kind != line.kind) else {
        return Ok(());
    };
    // 强制拆除 is one way of execution, and the list may know it by a finer kind.
    if kind.executes() && line.kind.executes() {
        return Ok(());
    }
    Err(Fault::new(
        format!("“{said}”属于{}，不得列为{}；请按其种类列明", kind.zh(), line.kind.zh()),
        format!("{said:?} is {}, not {}; list it as what it is", kind.en(), line.kind.en()),
    ))
}

fn objects(line: &Allowed) -> Result<(), Fault> {
    use CompulsionKind as K;
    use ObjectKind::{Facility, Funds, Goods, Person, Place};
    let may: &[ObjectKind] = match line.kind {
        K::RestrictLiberty => &[Person],
        K::Seal => &[Place, Facility, Goods],
        // Articles say 扣押设施 of what can be carried off.
        K::Seize | K::Dispose => &[Facility, Goods],
        K::Freeze | K::Transfer => &[Funds],
        K::Enter => &[Place, Facility],
        K::OtherMeasure | K::Surcharge | K::Restore | K::Perform | K::Execution => return Ok(()),
    };
    let Some(wrong) = line.on.iter().find(|on| !may.contains(on)) else { return Ok(()) };
    let (kind, all) = (line.kind, may.iter().map(|on| on.zh()).collect::<Vec<_>>().join("、"));
    Err(Fault::new(
        format!("{}的对象不能是{}，只能是{all}（行政强制法第九条、第十二条）", kind.zh(), wrong.zh()),
        format!("{} does not touch {}, only {all} (ACL 9, 12)", kind.en(), wrong.en()),
    ))
}

fn executed(line: &Allowed) -> Result<(), Fault> {
    match line.by {
        Some(by) if !line.kind.executes() => Err(Fault::new(
            format!("{}是强制措施，由行政机关实施，不写“{}”", line.kind.zh(), by.zh()),
            format!("{} is a measure, which the agency takes: leave out who executes", line.kind.en()),
        )),
        Some(_) | None => Ok(()),
    }
}

fn based<'a>(content: &'a ItemContent, article: &str) -> Result<&'a LegalBasis, Fault> {
    content.basis(article).ok_or_else(|| {
        Fault::new(
            format!("{article}没有列入实施依据；请在实施依据中写明其层级和版本"),
            format!("{article} is none of the item's bases; name it there with its level and version"),
        )
    })
}

fn time(content: &ItemContent, kind: CompulsionKind, longest: &Longest) -> Result<(), Fault> {
    use CompulsionKind as K;
    let article = match kind {
        K::RestrictLiberty => "行政强制法第二十条",
        K::Freeze => "行政强制法第三十二条",
        K::Seal | K::Seize => "行政强制法第二十五条",
        K::Enter | K::OtherMeasure => "",
        K::Surcharge | K::Transfer | K::Dispose | K::Restore | K::Perform | K::Execution => {
            return Err(Fault::new(
                format!("{}没有期限，请将期限留空", kind.zh()),
                format!("{} does not last; leave its time out", kind.en()),
            ));
        }
    };
    let basis = based(content, &longest.under)?;
    let by_law_alone = matches!(kind, K::RestrictLiberty | K::Freeze);
    let may = match basis.level {
        NormLevel::Law => true,
        NormLevel::AdministrativeRegulation => !by_law_alone,
        _ => article.is_empty(),
    };
    if may {
        return Ok(());
    }
    let (zh, en) = match by_law_alone {
        true => ("法律", "a law"),
        false => ("法律、行政法规", "a law or an administrative regulation"),
    };
    Err(Fault::new(
        format!("{}的期限只能由{zh}另行规定，《{}》属于{}（{article}）", kind.zh(), basis.statute, basis.level.zh()),
        format!(
            "only {en} gives {} a time of its own, and {} is a {} ({article})",
            kind.en(),
            basis.statute,
            basis.level.en()
        ),
    ))
}
