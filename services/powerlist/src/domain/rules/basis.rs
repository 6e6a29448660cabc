//! Which level of norm may create which power.

use jiff::{Span, civil::Date};
use law::{
    Citation, Fault, Label, ParameterCard,
    citation::{ACL, ALL, APL, BER},
    parameter::{Unit, Value},
};
use lists::facts::{CompulsionKind, Outcome, PenaltyKind, PowerKind, Range};

use super::issuer::{is_provincial_government, makes};
use crate::domain::{
    content::{BasisPurpose, ItemContent, LegalBasis, NormLevel, creating},
    facts::AgencyFact,
};

law::card! {
    /// A power is created only by a norm of the level the law asks for. 1. Whoever publishes the list. 2. The basis that creates the
    /// power with its kind, its outcomes and its measures: level, issuer, and for a fine by a rule the amount with the ceiling. 3. The
    /// basis as it stands on the item's first day. 4. 法律另有规定 has no place here: who may create what is laid down without
    /// exception, but for ACL 11(2), which nobody can tell from the list. 5. A ceiling that was not set, a fine that is no amount, a
    /// licence by a rule whose issuer is not named: not known, neither satisfied nor broken. 6. Naming a law beside: the basis that
    /// creates the power counts, not the best one. 7. Refused when handled, recorded when reported. 8. Penalties APL 10–14 and 16,
    /// licences ALL 14–17, compulsion ACL 10, 11, 13, levies BER 25; that no document of its own creates any other power, BER 64(1).
    PL_BASIS_LEVEL "PL-BASIS-LEVEL" Gate "设定依据层级" "level of the basis"; Citation::article(&APL, 10), Citation::article(&APL, 11),
        Citation::article(&APL, 12), Citation::article(&APL, 13), Citation::article(&APL, 14),
        Citation::article(&APL, 16), Citation::article(&ALL, 14), Citation::article(&ALL, 15),
        Citation::article(&ALL, 17), Citation::article(&ACL, 10), Citation::article(&ACL, 11),
        Citation::article(&ACL, 13), Citation::article(&BER, 25), Citation::paragraph(&BER, 64, 1);
    "设定权力的依据须达到法律要求的层级并由有权机关制定：处罚依行政处罚法第十条至第十六条，许可依行政许可法第十四条至第十七条，强制措施和强制执行依行政强制法第十条至第十三条，征收依优化营商环境条例第二十五条；规章设定的罚款不得超过限额；规范性文件不得设定任何权力";
    "the basis that creates the power must be of the level the law asks for, made by whoever may make it: penalties APL 10–16, licences ALL 14–17, compulsory measures and execution ACL 10–13, levies BER 25; a fine by a rule stays below its ceiling; a normative document creates no power";
    plans "FY 3" "FY 11" "TA 1"; params "local_rule_licence_years_max" = LOCAL_RULE_YEARS "years"; since 2012 1 1;
    allows each_level_creates_the_penalties_it_may, each_level_creates_the_measures_it_may,
        a_provincial_rule_carries_a_licence_for_one_year, every_other_power_needs_more_than_a_normative_document,
        a_rule_creates_a_fine_up_to_its_ceiling;
    refuses each_level_creates_the_penalties_it_may, each_level_creates_the_measures_it_may,
        a_provincial_rule_carries_a_licence_for_one_year, a_normative_document_creates_nothing,
        every_other_power_needs_more_than_a_normative_document, a_rule_creates_a_fine_up_to_its_ceiling,
        a_level_counts_only_with_who_may_make_it
}

/// The ceiling of a fine that a departmental rule creates; the State Council sets it.
pub static FINE_DEPARTMENT: ParameterCard = ParameterCard {
    id: "PL-FINE-DEPARTMENT",
    label: Label::new("部门规章设定罚款的限额", "ceiling of fines that departmental rules create"),
    unit: Unit::Fen,
    default: None,
    source: Label::new(
        "由国务院规定；未登记的，不予核对",
        "set by the State Council; not checked where it is not on record",
    ),
    citation: Citation::paragraph(&APL, 13, 2),
    least: None,
    by_field: true,
    rules: &[&PL_BASIS_LEVEL],
};

/// The ceiling of a fine that a local government's rule creates; the province's standing committee sets it.
pub static FINE_LOCAL: ParameterCard = ParameterCard {
    id: "PL-FINE-LOCAL",
    label: Label::new("地方政府规章设定罚款的限额", "ceiling of fines that local government rules create"),
    source: Label::new(
        "由省、自治区、直辖市人民代表大会常务委员会规定；未登记的，不予核对",
        "set by the standing committee of the province's congress; not checked where it is not on record",
    ),
    citation: Citation::paragraph(&APL, 14, 2),
    ..FINE_DEPARTMENT
};

/// The ceilings in force where and when an item is published; `None` where none is on record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ceilings {
    /// [`FINE_DEPARTMENT`].
    pub department: Option<Value>,
    /// [`FINE_LOCAL`].
    pub local: Option<Value>,
}

/// What a basis is to create.
#[derive(Clone, Debug)]
pub struct Power<'a> {
    /// Its kind.
    pub kind: PowerKind,
    /// What a penalty comes to.
    pub outcomes: &'a [Outcome],
    /// What a compulsory power does.
    pub measures: Vec<CompulsionKind>,
}

impl<'a> From<&'a ItemContent> for Power<'a> {
    fn from(content: &'a ItemContent) -> Self {
        Self { kind: content.kind, outcomes: &content.outcomes, measures: content.compels() }
    }
}

/// Whether the basis that creates the power may create what the item gives, as of `day`.
///
/// The others name the duty breached or fill in details, so a lower norm that only fills in details stands behind the law it
/// fills in (APL 11–14, second sentences), and may add to it only what its own level creates (APL 11(3), 12(3)).
pub fn pl_basis_level(power: Power<'_>, bases: &[LegalBasis], ceilings: &Ceilings, day: Date) -> Result<(), Fault> {
    // Without any basis PL-ELEMENTS speaks.
    if bases.is_empty() {
        return Ok(());
    }
    let Some(basis) = creating(bases) else {
        return Err(Fault::new(
            "所列依据都只写作违则，没有一条设定后果；请列明罚则，或者去掉用途",
            "all bases are named for the duty only, and none gives the outcome: name the one that does, or leave their purpose out",
        ));
    };
    if let Some(issuer) = basis.issuer.as_deref().filter(|issuer| !makes(basis.level, issuer)) {
        let (statute, level) = (&basis.statute, basis.level);
        return Err(Fault::new(
            format!("《{statute}》写作{}，而{issuer}不能制定{}；请核对层级和制定机关", level.zh(), level.zh()),
            format!("{statute} is named a {}, which {issuer} does not make: see which of both is wrong", level.en()),
        ));
    }
    match power.kind {
        PowerKind::Penalty => penalty(power.outcomes, basis, bases, ceilings),
        PowerKind::Licence => licence(basis, day),
        PowerKind::Compulsion => compulsion(&power.measures, basis, bases),
        PowerKind::Levy => match basis.level {
            NormLevel::Law | NormLevel::AdministrativeRegulation | NormLevel::StateCouncilDecision => Ok(()),
            NormLevel::LocalRegulation
            | NormLevel::AutonomousRegulation
            | NormLevel::SeparateRegulation
            | NormLevel::SpecialZoneRegulation
            | NormLevel::DepartmentRule
            | NormLevel::LocalRule
            | NormLevel::JudicialInterpretation
            | NormLevel::NormativeDocument => Err(too_low(basis, "行政征收", "优化营商环境条例第二十五条")),
        },
        PowerKind::Payment
        | PowerKind::Inspection
        | PowerKind::Confirmation
        | PowerKind::Reward
        | PowerKind::Adjudication
        | PowerKind::Other => {
            if creates_nothing(basis.level) {
                return Err(too_low(basis, power.kind.zh(), "优化营商环境条例第六十四条"));
            }
            Ok(())
        }
    }
}

/// What only applies or explains other norms.
fn creates_nothing(level: NormLevel) -> bool {
    matches!(level, NormLevel::JudicialInterpretation | NormLevel::NormativeDocument)
}

/// Regulations of a congress below the national one. Those of autonomous places and special zones may depart from others by
/// their own laws; what APL 12, ALL 15 and ACL 10(3) leave to local regulations is no more for them.
fn is_local_regulation(level: NormLevel) -> bool {
    use NormLevel as L;
    matches!(level, L::LocalRegulation | L::AutonomousRegulation | L::SeparateRegulation | L::SpecialZoneRegulation)
}

fn penalty(outcomes: &[Outcome], basis: &LegalBasis, bases: &[LegalBasis], ceilings: &Ceilings) -> Result<(), Fault> {
    if let Some(outcome) = outcomes.iter().find(|o| !may_penalise(basis.level, o)) {
        return Err(too_low(basis, outcome.kind.zh(), penalty_article(basis.level)));
    }
    if creates_nothing(basis.level) || basis.level == NormLevel::StateCouncilDecision {
        return Err(too_low(basis, "行政处罚", "行政处罚法第十六条"));
    }
    let (ceiling, above): (_, fn(NormLevel) -> bool) = match basis.level {
        NormLevel::DepartmentRule => (&ceilings.department, is_national),
        NormLevel::LocalRule => (&ceilings.local, |level| is_national(level) || is_local_regulation(level)),
        _ => return Ok(()),
    };
    if let Some(duty) = duty_in(bases, above) {
        return Err(regulated(basis, duty, "行政处罚", penalty_article(basis.level)));
    }
    let fines = outcomes.iter().filter(|o| o.kind == PenaltyKind::Fine).map(|o| fine(basis, o, ceiling.as_ref()));
    worst(fines)
}

/// A broken rule before one that nobody can tell of.
fn worst(all: impl Iterator<Item = Result<(), Fault>>) -> Result<(), Fault> {
    let mut unknown = Ok(());
    for one in all {
        match one {
            Err(fault) if fault.unknown => unknown = Err(fault),
            broken @ Err(_) => return broken,
            Ok(()) => {}
        }
    }
    unknown
}

/// APL 13(2), 14(2): a fine by a rule, at its highest, with the ceiling.
fn fine(basis: &LegalBasis, outcome: &Outcome, ceiling: Option<&Value>) -> Result<(), Fault> {
    let (statute, article) = (&basis.statute, penalty_article(basis.level));
    let unknown = |zh: String, en: String| Err(Fault { unknown: true, ..Fault::new(zh, en) });
    let Some(ceiling) = ceiling else {
        return unknown(
            format!("规章设定罚款的限额未登记，《{statute}》设定的罚款是否超限无法核对（{article}）"),
            format!(
                "no ceiling for fines by rules is on record, so the fine of {statute} could not be checked ({article})"
            ),
        );
    };
    let Some(high) = highest_fen(outcome) else {
        return unknown(
            format!("《{statute}》设定的罚款不是固定数额，是否超过限额{}无法核对（{article}）", ceiling.zh()),
            format!("the fine of {statute} is no amount and could not be held against {} ({article})", ceiling.en()),
        );
    };
    if high <= ceiling.count() {
        return Ok(());
    }
    let most = law::money::yuan(high);
    Err(Fault::new(
        format!("《{statute}》属于{}，设定的罚款最高{most}元，超过限额{}（{article}）", basis.level.zh(), ceiling.zh()),
        format!(
            "{statute} is a {} and creates a fine of up to {most} yuan, above {} ({article})",
            basis.level.en(),
            ceiling.en()
        ),
    ))
}

/// The highest fine, where it is an amount.
fn highest_fen(outcome: &Outcome) -> Option<i64> {
    match outcome.range.as_ref()? {
        Range::Amount { high_fen, .. } => Some(*high_fen),
        Range::Multiple { .. }
        | Range::Share { .. }
        | Range::PerUnit { .. }
        | Range::PerDay { .. }
        | Range::Days { .. }
        | Range::Term { .. }
        | Range::Life => None,
    }
}

/// A basis that is said to lay the duty down, of a level that leaves the lower norm nothing to create (尚未制定…的).
fn duty_in(bases: &[LegalBasis], above: fn(NormLevel) -> bool) -> Option<&LegalBasis> {
    bases.iter().find(|b| b.purpose == Some(BasisPurpose::DutyBreached) && above(b.level))
}

fn is_national(level: NormLevel) -> bool {
    matches!(level, NormLevel::Law | NormLevel::AdministrativeRegulation)
}

fn regulated(basis: &LegalBasis, duty: &LegalBasis, what: &str, article: &str) -> Fault {
    let (statute, level, above) = (&basis.statute, basis.level.zh(), &duty.statute);
    Fault::new(
        format!(
            "《{above}》已对该事项作出规定，《{statute}》属于{level}，只能在其范围内具体规定，不得设定{what}（{article}）"
        ),
        format!(
            "{above} regulates this already; {statute}, a norm of level {level}, fills it in and cannot create {what} ({article})"
        ),
    )
}

/// APL 10–14, 16.
fn may_penalise(level: NormLevel, outcome: &Outcome) -> bool {
    use PenaltyKind::{Detention, Fine, Other, PublicCriticism, Warning};
    match level {
        NormLevel::Law => true,
        NormLevel::AdministrativeRegulation => outcome.kind != Detention,
        NormLevel::LocalRegulation
        | NormLevel::AutonomousRegulation
        | NormLevel::SeparateRegulation
        | NormLevel::SpecialZoneRegulation => {
            !matches!(outcome.kind, Detention | Other) && !revokes_business_licence(outcome)
        }
        NormLevel::DepartmentRule | NormLevel::LocalRule => {
            matches!(outcome.kind, Warning | PublicCriticism | Fine)
        }
        NormLevel::StateCouncilDecision | NormLevel::JudicialInterpretation | NormLevel::NormativeDocument => false,
    }
}

/// Whether it takes a business licence (营业执照) away, which a local regulation may not create (APL 12). The published
/// lists say so in the condition; there is no column for it.
fn revokes_business_licence(outcome: &Outcome) -> bool {
    let said = [&outcome.called, &outcome.condition];
    outcome.kind == PenaltyKind::RevokeLicence && said.into_iter().flatten().any(|text| text.contains("营业执照"))
}

fn compulsion(measures: &[CompulsionKind], basis: &LegalBasis, bases: &[LegalBasis]) -> Result<(), Fault> {
    let measures = if measures.is_empty() { &[CompulsionKind::OtherMeasure][..] } else { measures };
    match measures.iter().find(|m| !may_compel(basis.level, **m)) {
        Some(way) if way.executes() => return Err(too_low(basis, way.word().label.zh, "行政强制法第十三条")),
        Some(measure) => return Err(too_low(basis, measure.zh(), "行政强制法第十条")),
        None => {}
    }
    // ACL 10(3), 11(2): where the law on the matter creates none, nothing below it does.
    if is_local_regulation(basis.level)
        && let Some(duty) = duty_in(bases, is_national)
    {
        return Err(regulated(basis, duty, "行政强制措施", "行政强制法第十条、第十一条"));
    }
    // But a law may leave the measures of a matter to administrative regulations.
    if basis.level == NormLevel::AdministrativeRegulation
        && let Some(duty) = duty_in(bases, |level| level == NormLevel::Law)
    {
        let (above, statute) = (&duty.statute, &basis.statute);
        return Err(Fault {
            unknown: true,
            ..Fault::new(
                format!(
                    "《{above}》是否规定由行政法规规定具体管理措施无法核对，《{statute}》能否设定行政强制措施未予判断（行政强制法第十一条）"
                ),
                format!(
                    "whether {above} leaves the measures to administrative regulations is not on record, so {statute} was not judged (ACL 11)"
                ),
            )
        });
    }
    Ok(())
}

/// ACL 10, 11, 13. What belongs to laws alone beside liberty and freezing (ACL 10(2)) is entry against the holder's will.
fn may_compel(level: NormLevel, measure: CompulsionKind) -> bool {
    use CompulsionKind::{Enter, Freeze, RestrictLiberty, Seal, Seize};
    match level {
        NormLevel::Law => true,
        NormLevel::AdministrativeRegulation => {
            !measure.executes() && !matches!(measure, RestrictLiberty | Freeze | Enter)
        }
        NormLevel::LocalRegulation
        | NormLevel::AutonomousRegulation
        | NormLevel::SeparateRegulation
        | NormLevel::SpecialZoneRegulation => matches!(measure, Seal | Seize),
        NormLevel::StateCouncilDecision
        | NormLevel::DepartmentRule
        | NormLevel::LocalRule
        | NormLevel::JudicialInterpretation
        | NormLevel::NormativeDocument => false,
    }
}

/// How long a provincial government's rule carries a licence.
const LOCAL_RULE_YEARS: i64 = 1;

/// ALL 14, 15, 17: a decision of the State Council may create one; a rule only of a provincial government, for one year.
fn licence(basis: &LegalBasis, day: Date) -> Result<(), Fault> {
    let statute = &basis.statute;
    match basis.level {
        NormLevel::Law
        | NormLevel::AdministrativeRegulation
        | NormLevel::StateCouncilDecision
        | NormLevel::LocalRegulation
        | NormLevel::AutonomousRegulation
        | NormLevel::SeparateRegulation
        | NormLevel::SpecialZoneRegulation => Ok(()),
        NormLevel::LocalRule if day > basis.version.saturating_add(Span::new().years(LOCAL_RULE_YEARS)) => {
            Err(Fault::new(
                format!("《{statute}》为政府规章，只能设定实施不满一年的临时性许可，现已逾一年（行政许可法第十五条）"),
                format!(
                    "{statute} is a government rule: it carries a temporary licence for one year only, which is over (ALL 15)"
                ),
            ))
        }
        NormLevel::LocalRule => match basis.issuer.as_deref() {
            Some(issuer) if is_provincial_government(issuer) => Ok(()),
            Some(issuer) => Err(Fault::new(
                format!(
                    "《{statute}》由{issuer}制定，临时性许可只能由省、自治区、直辖市人民政府规章设定（行政许可法第十五条）"
                ),
                format!(
                    "{statute} was made by {issuer}; only a rule of a provincial government creates a temporary licence (ALL 15)"
                ),
            )),
            None => Err(Fault {
                unknown: true,
                ..Fault::new(
                    format!(
                        "《{statute}》没有写明制定机关，是否为省、自治区、直辖市人民政府规章无法核对（行政许可法第十五条）"
                    ),
                    format!(
                        "{statute} names no issuer, so whether it is a rule of a provincial government is not known (ALL 15)"
                    ),
                )
            }),
        },
        NormLevel::DepartmentRule | NormLevel::JudicialInterpretation | NormLevel::NormativeDocument => {
            Err(too_low(basis, "行政许可", "行政许可法第十七条"))
        }
    }
}

fn penalty_article(level: NormLevel) -> &'static str {
    match level {
        NormLevel::Law => "行政处罚法第十条",
        NormLevel::AdministrativeRegulation => "行政处罚法第十一条",
        NormLevel::LocalRegulation
        | NormLevel::AutonomousRegulation
        | NormLevel::SeparateRegulation
        | NormLevel::SpecialZoneRegulation => "行政处罚法第十二条",
        NormLevel::DepartmentRule => "行政处罚法第十三条",
        NormLevel::LocalRule => "行政处罚法第十四条",
        NormLevel::StateCouncilDecision | NormLevel::JudicialInterpretation | NormLevel::NormativeDocument => {
            "行政处罚法第十六条"
        }
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
