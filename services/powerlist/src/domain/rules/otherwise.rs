//! Where the statute of an item departs from the general law.

use law::{Citation, Fault, citation::APL};
use lists::facts::{DepartureKind, Otherwise, PowerKind};

use crate::domain::content::{ItemContent, NormLevel};

law::card! {
    /// 另有规定 is the statute's, not the list's. 1. Whoever publishes the list. 2. Each departure with the level of the norm whose article
    /// makes it. 3. The item as it will stand on its first day. 4. The exceptions of these articles are what is entered here. 5. Where nothing
    /// is entered, the general law holds. 6. Naming an article of a lower norm, or one that is no basis of the item: each is held to the
    /// level that the exception itself asks for, and the level stands in the basis, which PL-CITE holds against the text. 7. Refused when
    /// handled, recorded when reported. 8. Jurisdiction by law, administrative regulation, departmental rule (APL 22); limitation, number of
    /// officers and spot fines by law alone (36, 42, 51); the time to decide by law, regulation or rule (60).
    PL_OTHERWISE "PL-OTHERWISE" Gate "另有规定的层级" "level of what is provided otherwise"; Citation::article(&APL, 22), Citation::paragraph(&APL, 36, 1),
        Citation::paragraph(&APL, 42, 1), Citation::article(&APL, 51), Citation::article(&APL, 60);
    "另有规定须有相应层级的依据：管辖为法律、行政法规、部门规章，追责时效、执法人员数和当场罚款为法律，办案期限为法律、法规、规章；条文须列入实施依据";
    "what is provided otherwise has a basis of the level asked for: jurisdiction a law, an administrative regulation or a departmental rule; limitation, number of officers and spot fines a law; the time to decide a law, a regulation or a rule; the article is one of the bases";
    plans "FY 3";
    compares "各项另有规定与其条文的层级" "each departure with the level of its article"; since 2021 7 15;
    allows each_level_departs_from_what_it_may;
    refuses each_level_departs_from_what_it_may, refuses_a_departure_without_its_basis_or_said_twice
}

/// The first departure that is wrong.
pub fn pl_otherwise(content: &ItemContent) -> Result<(), Fault> {
    for (at, line) in content.otherwise.iter().enumerate() {
        if content.kind != PowerKind::Penalty {
            return Err(Fault::new(
                format!("{}不适用行政处罚法的一般规定，不填另有规定", content.kind.zh()),
                format!(
                    "{} is under none of the general rules for penalties; leave out what departs from them",
                    content.kind.en()
                ),
            ));
        }
        let kind = line.rule.kind();
        if content.otherwise[..at].iter().any(|other| same(line, other)) {
            return Err(Fault::new(
                format!("{}写了两次另有规定；请只保留一条", kind.zh()),
                format!("{} is provided otherwise twice; keep one line", kind.en()),
            ));
        }
        let Some(basis) = content.basis(&line.under) else {
            return Err(Fault::new(
                format!("{}没有列入实施依据；请在实施依据中写明其层级和版本", line.under),
                format!("{} is none of the item's bases; name it there with its level and version", line.under),
            ));
        };
        if !may(kind, basis.level) {
            let (statute, level) = (&basis.statute, basis.level);
            return Err(Fault::new(
                format!("《{statute}》属于{}，不得对{}另行规定（{}）", level.zh(), kind.zh(), article(kind)),
                format!(
                    "{statute} is a {} and cannot provide otherwise for {} ({})",
                    level.en(),
                    kind.en(),
                    article(kind)
                ),
            ));
        }
    }
    Ok(())
}

/// Of spot fines, one line for units and one for individuals stand side by side.
fn same(one: &Otherwise, other: &Otherwise) -> bool {
    use lists::facts::Departure::SpotFine;
    match (&one.rule, &other.rule) {
        (SpotFine { who: Some(a), .. }, SpotFine { who: Some(b), .. }) => a == b,
        (a, b) => a.kind() == b.kind(),
    }
}

fn may(kind: DepartureKind, level: NormLevel) -> bool {
    use NormLevel as L;
    let national = matches!(level, L::Law | L::AdministrativeRegulation);
    match kind {
        DepartureKind::Jurisdiction => national || level == L::DepartmentRule,
        DepartureKind::Limitation | DepartureKind::Officers | DepartureKind::SpotFine => level == L::Law,
        DepartureKind::Decision => {
            !matches!(level, L::StateCouncilDecision | L::JudicialInterpretation | L::NormativeDocument)
        }
    }
}

fn article(kind: DepartureKind) -> &'static str {
    match kind {
        DepartureKind::Jurisdiction => "行政处罚法第二十二条",
        DepartureKind::Limitation => "行政处罚法第三十六条",
        DepartureKind::Officers => "行政处罚法第四十二条",
        DepartureKind::SpotFine => "行政处罚法第五十一条",
        DepartureKind::Decision => "行政处罚法第六十条",
    }
}
