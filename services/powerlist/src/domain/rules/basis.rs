//! Which level of norm may create which power.

use jiff::{Span, civil::Date};
use law::{
    Citation, Fault,
    citation::{ACL, ALL, APL},
};
use lists::facts::{Outcome, PenaltyKind, PowerKind};

use crate::domain::{
    content::{ItemContent, LegalBasis, MeasureKind, NormLevel},
    facts::AgencyFact,
};

law::card! {
    /// A power is created only by a norm of the level the law asks for.
    PL_BASIS_LEVEL "PL-BASIS-LEVEL" Gate "设定依据层级" "level of the basis"; Citation::article(&APL, 10), Citation::article(&APL, 11),
        Citation::article(&APL, 12), Citation::article(&APL, 13), Citation::article(&APL, 14),
        Citation::article(&APL, 16), Citation::article(&ALL, 14), Citation::article(&ALL, 15),
        Citation::article(&ALL, 17), Citation::article(&ACL, 10), Citation::article(&ACL, 11),
        Citation::article(&ACL, 13);
    "设定权力的依据（所列第一条依据）须达到法律要求的层级：处罚依行政处罚法第十条至第十六条，许可依行政许可法第十四条至第十七条，强制措施和强制执行依行政强制法第十条至第十三条；规范性文件不得设定";
    "the basis that creates the power (the first one named) must be of the level the law asks for: penalties APL 10–16, licences ALL 14–17, compulsory measures and execution ACL 10–13; a normative document creates none";
    plans "FY 3" "FY 11" "TA 1"; params "local_rule_licence_years_max" = LOCAL_RULE_YEARS "years"; since 2012 1 1;
    allows each_level_creates_the_penalties_it_may, each_level_creates_the_measures_it_may,
        a_provincial_rule_carries_a_licence_for_one_year;
    refuses each_level_creates_the_penalties_it_may, each_level_creates_the_measures_it_may,
        a_provincial_rule_carries_a_licence_for_one_year, a_normative_document_creates_nothing
}

/// Whether the first basis may create what the item gives, as of `day`.
///
/// The first basis is the article that creates the power; the further ones name the duty breached or fill in details,
/// so a lower norm that only fills in details stands behind the law it fills in (APL 11–14, second sentences).
pub fn pl_basis_level(
    kind: PowerKind,
    outcomes: &[Outcome],
    measures: &[MeasureKind],
    bases: &[LegalBasis],
    day: Date,
) -> Result<(), Fault> {
    // Without any basis PL-ELEMENTS speaks.
    let Some(basis) = bases.first() else { return Ok(()) };
    match kind {
        PowerKind::Penalty => match outcomes.iter().find(|o| !may_penalise(basis.level, o)) {
            Some(outcome) => Err(too_low(basis, outcome.kind.zh(), penalty_article(basis.level))),
            None if basis.level == NormLevel::NormativeDocument => {
                Err(too_low(basis, "行政处罚", "行政处罚法第十六条"))
            }
            None => Ok(()),
        },
        PowerKind::Licence => licence(basis, day),
        PowerKind::Compulsion => {
            let measures = if measures.is_empty() { &[MeasureKind::Other][..] } else { measures };
            match measures.iter().find(|m| !may_compel(basis.level, **m)) {
                Some(MeasureKind::Execution) => Err(too_low(basis, "行政强制执行", "行政强制法第十三条")),
                Some(measure) => Err(too_low(basis, measure.zh(), "行政强制法第十条")),
                None => Ok(()),
            }
        }
        PowerKind::Levy if basis.level == NormLevel::NormativeDocument => {
            Err(too_low(basis, "行政征收", "优化营商环境条例第二十五条"))
        }
        _ => Ok(()),
    }
}

/// APL 10–14, 16.
fn may_penalise(level: NormLevel, outcome: &Outcome) -> bool {
    use PenaltyKind::{Detention, Fine, Other, PublicCriticism, Warning};
    match level {
        NormLevel::Law => true,
        NormLevel::AdministrativeRegulation => outcome.kind != Detention,
        NormLevel::LocalRegulation => !matches!(outcome.kind, Detention | Other) && !revokes_business_licence(outcome),
        NormLevel::DepartmentRule | NormLevel::LocalRule => {
            matches!(outcome.kind, Warning | PublicCriticism | Fine)
        }
        NormLevel::NormativeDocument => false,
    }
}

/// Whether it takes a business licence (营业执照) away, which a local regulation may not create (APL 12). The published
/// lists say so in the condition; there is no column for it.
fn revokes_business_licence(outcome: &Outcome) -> bool {
    let said = [&outcome.called, &outcome.condition];
    outcome.kind == PenaltyKind::RevokeLicence && said.into_iter().flatten().any(|text| text.contains("营业执照"))
}

/// ACL 10, 11, 13.
fn may_compel(level: NormLevel, measure: MeasureKind) -> bool {
    use MeasureKind::{Execution, Freeze, RestrictLiberty, Seal, Seize};
    match level {
        NormLevel::Law => true,
        NormLevel::AdministrativeRegulation => !matches!(measure, RestrictLiberty | Freeze | Execution),
        NormLevel::LocalRegulation => matches!(measure, Seal | Seize),
        _ => false,
    }
}

/// How long a provincial government's rule carries a licence.
const LOCAL_RULE_YEARS: i64 = 1;

/// ALL 14, 15, 17: a provincial government's rule carries a temporary licence for one year.
fn licence(basis: &LegalBasis, day: Date) -> Result<(), Fault> {
    match basis.level {
        NormLevel::Law | NormLevel::AdministrativeRegulation | NormLevel::LocalRegulation => Ok(()),
        NormLevel::LocalRule if day <= basis.version.saturating_add(Span::new().years(LOCAL_RULE_YEARS)) => Ok(()),
        NormLevel::LocalRule => Err(Fault::new(
            format!(
                "《{}》为政府规章，只能设定实施不满一年的临时性许可，现已逾一年（行政许可法第十五条）",
                basis.statute
            ),
            format!(
                "{} is a government rule: it carries a temporary licence for one year only, which is over (ALL 15)",
                basis.statute
            ),
        )),
        _ => Err(too_low(basis, "行政许可", "行政许可法第十七条")),
    }
}

fn penalty_article(level: NormLevel) -> &'static str {
    match level {
        NormLevel::Law => "行政处罚法第十条",
        NormLevel::AdministrativeRegulation => "行政处罚法第十一条",
        NormLevel::LocalRegulation => "行政处罚法第十二条",
        NormLevel::DepartmentRule => "行政处罚法第十三条",
        NormLevel::LocalRule => "行政处罚法第十四条",
        NormLevel::NormativeDocument => "行政处罚法第十六条",
    }
}

fn too_low(basis: &LegalBasis, what: &str, article: &str) -> Fault {
    let (statute, level) = (&basis.statute, basis.level.zh());
    Fault::new(
        format!("《{statute}》属于{level}，不得设定{what}（{article}）"),
        format!("{statute} is a norm of level {level} and cannot create {what} ({article})"),
    )
}

law::card! {
    /// Personal freedom is limited by the police only, or by a body a law names.
    PL_FREEDOM "PL-FREEDOM" Gate "限制人身自由" "restricting freedom"; Citation::paragraph(&APL, 18, 3), Citation::article(&ACL, 10);
    "限制人身自由的权力只能由公安机关和法律规定的其他机关行使";
    "only the police and other organs a law names hold a power that limits personal freedom";
    plans ; since 2012 1 1;
    allows the_police_may_detain;
    refuses refuses_detention_by_another_body
}

/// Whether the body may hold a power over personal freedom, if this is one.
pub fn pl_freedom(content: &ItemContent, agency: Option<&AgencyFact>) -> Result<(), Fault> {
    if !content.restricts_liberty() || agency.is_some_and(|a| a.may_restrict_liberty) {
        return Ok(());
    }
    let name = agency.map_or(content.agency.as_str(), |a| a.name.as_str());
    Err(Fault::new(
        format!("{name}不是公安机关或者法律规定的其他机关，不得行使限制人身自由的权力；该处罚应列入公安机关的清单"),
        format!(
            "{name} is neither the police nor an organ a law names; a power to limit personal freedom belongs into the list of the police"
        ),
    ))
}
