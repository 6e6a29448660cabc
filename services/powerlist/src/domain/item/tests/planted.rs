//! Unlawful items as they might be planted, each with its lawful twin: the twin goes in, the plant is refused by the rule named.

use std::sync::Arc;

use super::*;
use crate::domain::{
    facts::{AgencyFact, OtherHolder, UniformFact},
    terms::TermLine,
};

/// Everything that a publication is held against.
struct World {
    content: ItemContent,
    agency: AgencyFact,
    others: Vec<OtherHolder>,
    uniform: Option<UniformFact>,
    ground: Ground,
    review: Option<bool>,
    tiers: Option<Vec<Tier>>,
    fee: Option<(PowerKind, NormLevel, i64)>,
}

impl World {
    fn lawful() -> Self {
        Self {
            content: content(),
            agency: agency_fact(),
            others: vec![],
            uniform: None,
            ground: ground(GroundKind::FirstCompilation),
            review: Some(true),
            tiers: None,
            fee: None,
        }
    }

    fn lines(&mut self, lines: &[&str]) {
        self.content.outcomes = read(lines);
    }

    fn tiers(&mut self, tiers: &[(TierLevel, &[&str])]) {
        let one = |(n, (level, lines)): (usize, &(TierLevel, &[&str]))| Tier {
            code: format!("{}-{n}", level.id()),
            ..tier(*level, read(lines))
        };
        self.tiers = Some(tiers.iter().enumerate().map(one).collect());
    }

    /// The rule that refuses, if one does.
    fn refused(self) -> Option<String> {
        let facts = Facts {
            agency: Some(self.agency),
            person: Some(reviewer()),
            uniform: self.uniform,
            others: self.others,
            ..Facts::default()
        };
        let draft = ItemDrafted { item: item(), version: 1, content: self.content.into(), ground: self.ground };
        let mut events: Vec<ItemEvent> = vec![draft.into()];
        events.extend(self.review.map(|passed| reviewed(1, passed)));
        let step: ItemStep = match (self.tiers, self.fee) {
            (Some(tiers), _) => {
                let (effective, document) = (day("2026-03-20"), "基准".into());
                StandardPublished { item: item(), version: 0, tiers: tiers.into(), effective, document }.into()
            }
            (None, Some((kind, level, charge_fen))) => {
                let ItemEvent::ItemDrafted(draft) = &mut events[0] else { unreachable!("the draft comes first") };
                Arc::make_mut(&mut draft.content).kind = kind;
                FeePublished {
                    item: item(),
                    name: "考试费".into(),
                    basis: basis(level),
                    standard_fen: 10_000,
                    charge_fen: Some(charge_fen),
                    unit: "人次".into(),
                    effective: day("2026-03-20"),
                }
                .into()
            }
            (None, None) => {
                let (effective, published_at) = (day("2026-03-20"), "抚远市人民政府网站".into());
                PublishItem { item: item(), version: 1, effective, published_at }.into()
            }
        };
        let mut state = <Item as Decider>::State::default();
        for event in &events {
            Item::evolve(&mut state, event);
        }
        match Item::decide(&state, &on(), &Command { step: Asked::Step(step), facts }) {
            Ok(_) => None,
            Err(law::Refusal::Unlawful(breaches)) => Some(breaches[0].rule.clone()),
            Err(other) => Some(format!("{other:?}")),
        }
    }
}

fn read(lines: &[&str]) -> Vec<Outcome> {
    lines.iter().map(|line| Outcome::read(line).unwrap()).collect()
}

fn based(w: &mut World, kind: PowerKind, level: NormLevel) {
    w.content.kind = kind;
    w.content.bases = vec![basis(level)];
    if kind != PowerKind::Penalty {
        w.content.outcomes = vec![];
    }
}

fn compels(w: &mut World, measure: MeasureKind, level: NormLevel) {
    based(w, PowerKind::Compulsion, level);
    w.content.measures = vec![measure];
    w.agency.may_restrict_liberty = true;
}

fn allows(w: &mut World, level: NormLevel, lines: &[&str]) {
    based(w, PowerKind::Compulsion, level);
    w.content.allows = lines.iter().map(|line| Allowed::read(line).unwrap()).collect();
}

fn in_township(w: &mut World) {
    w.agency.region = "230883100".parse().unwrap();
    w.content.region = "230883100".parse().unwrap();
}

fn beside(exclusive: bool, agency: &str, base_code: &str) -> OtherHolder {
    OtherHolder {
        item: format!("{base_code}-230883-999").parse().unwrap(),
        base_code: base_code.parse().unwrap(),
        agency: agency.parse().unwrap(),
        exclusive,
        ..OtherHolder::of(&content(), "另一机关".into())
    }
}

/// A departure of an article of this level, which is named beside the law.
fn departs(w: &mut World, level: NormLevel, line: &str) {
    w.content.bases.push(LegalBasis { statute: "甲规定".into(), article: "第七条".into(), ..basis(level) });
    w.content.otherwise = vec![Otherwise::read(&format!("{line}|依照《甲规定》第七条")).unwrap()];
}

fn says(w: &mut World, kind: PowerKind, lines: &[&str]) {
    based(w, kind, NormLevel::Law);
    w.content.terms = lines.iter().map(|line| TermLine::read(line).unwrap()).collect();
}

const OTHER_BODY: &str = "12230883MB0214017Q";
const FINE: &str = "罚款|50000-100000元";

type Change = fn(&mut World);

/// What is planted, the rule that catches it, the lawful twin, the plant.
const PLANTED: &[(&str, &str, Change, Change)] = {
    use NormLevel::{AdministrativeRegulation, DepartmentRule, Law, LocalRegulation, LocalRule, NormativeDocument};
    use PowerKind::{Confirmation, Levy, Licence, Penalty};
    use TierLevel::{Heavier, Lighter, Mitigated, None as Exempt, Ordinary};
    &[
        ("no name", "PL-ELEMENTS", |_| {}, |w| w.content.name = " ".into()),
        ("no field", "PL-ELEMENTS", |_| {}, |w| w.content.field.clear()),
        ("no basis", "PL-ELEMENTS", |_| {}, |w| w.content.bases.clear()),
        ("no flow", "PL-ELEMENTS", |_| {}, |w| w.content.flow.clear()),
        ("no supervision", "PL-ELEMENTS", |_| {}, |w| w.content.supervision.clear()),
        ("no outcomes", "PL-ELEMENTS", |_| {}, |w| w.content.outcomes.clear()),
        (
            "a fine without amount",
            "PL-ELEMENTS",
            |w| w.lines(&["罚款||依照《治安管理处罚法》第五十条"]),
            |w| w.lines(&["罚款"]),
        ),
        ("no duties", "PL-DUTY", |_| {}, |w| w.content.duties = [].into()),
        ("nobody responsible", "PL-DUTY", |_| {}, |w| w.content.responsible.clear()),
        ("no accountability", "PL-DUTY", |_| {}, |w| w.content.accountability.clear()),
        (
            "a rule confiscates",
            "PL-BASIS-LEVEL",
            |w| {
                based(w, Penalty, LocalRegulation);
                w.lines(&["没收违法所得"]);
            },
            |w| {
                based(w, Penalty, DepartmentRule);
                w.lines(&["没收违法所得"]);
            },
        ),
        (
            "a rule stops production",
            "PL-BASIS-LEVEL",
            |w| {
                based(w, Penalty, LocalRegulation);
                w.lines(&["责令停产停业"]);
            },
            |w| {
                based(w, Penalty, LocalRule);
                w.lines(&["责令停产停业"]);
            },
        ),
        (
            "a local regulation takes a business licence",
            "PL-BASIS-LEVEL",
            |w| {
                based(w, Penalty, LocalRegulation);
                w.lines(&["吊销许可证件"]);
            },
            |w| {
                based(w, Penalty, LocalRegulation);
                w.lines(&["吊销许可证件“营业执照”"]);
            },
        ),
        (
            "a regulation detains",
            "PL-BASIS-LEVEL",
            |w| {
                w.agency.may_restrict_liberty = true;
                w.lines(&["行政拘留|5-15日"]);
            },
            |w| {
                based(w, Penalty, AdministrativeRegulation);
                w.agency.may_restrict_liberty = true;
                w.lines(&["行政拘留|5-15日"]);
            },
        ),
        (
            "a document warns",
            "PL-BASIS-LEVEL",
            |w| {
                based(w, Penalty, LocalRegulation);
                w.lines(&["警告"]);
            },
            |w| {
                based(w, Penalty, NormativeDocument);
                w.lines(&["警告"]);
            },
        ),
        (
            "a departmental rule licenses",
            "PL-BASIS-LEVEL",
            |w| based(w, Licence, AdministrativeRegulation),
            |w| based(w, Licence, DepartmentRule),
        ),
        ("a document licenses", "PL-BASIS-LEVEL", |w| based(w, Licence, Law), |w| based(w, Licence, NormativeDocument)),
        (
            "a local regulation freezes",
            "PL-BASIS-LEVEL",
            |w| compels(w, MeasureKind::Seal, LocalRegulation),
            |w| compels(w, MeasureKind::Freeze, LocalRegulation),
        ),
        (
            "a regulation restrains",
            "PL-BASIS-LEVEL",
            |w| compels(w, MeasureKind::RestrictLiberty, Law),
            |w| compels(w, MeasureKind::RestrictLiberty, AdministrativeRegulation),
        ),
        (
            "a rule seals",
            "PL-BASIS-LEVEL",
            |w| compels(w, MeasureKind::Seal, AdministrativeRegulation),
            |w| compels(w, MeasureKind::Seal, LocalRule),
        ),
        (
            "a regulation enters",
            "PL-BASIS-LEVEL",
            |w| allows(w, AdministrativeRegulation, &["查封||对场所"]),
            |w| allows(w, AdministrativeRegulation, &["查封||对场所", "进入||对场所"]),
        ),
        (
            "a seizure under another name",
            "PL-COMPEL",
            |w| allows(w, AdministrativeRegulation, &["扣押“暂扣”||对财物"]),
            |w| allows(w, AdministrativeRegulation, &["其他强制措施“暂扣”||对财物"]),
        ),
        (
            "goods are frozen",
            "PL-COMPEL",
            |w| allows(w, Law, &["冻结||对存款、汇款"]),
            |w| allows(w, Law, &["冻结||对财物"]),
        ),
        (
            "a local regulation prolongs a seizure",
            "PL-COMPEL",
            |w| allows(w, LocalRegulation, &["扣押||对财物"]),
            |w| allows(w, LocalRegulation, &["扣押|60日|对财物；期限依照《食品安全法》第一百二十二条"]),
        ),
        (
            "a time of an article that is no basis",
            "PL-COMPEL",
            |w| allows(w, Law, &["扣押|60日|期限依照《食品安全法》第一百二十二条"]),
            |w| allows(w, Law, &["扣押|60日|期限依照《药品管理法》第一百条"]),
        ),
        (
            "a regulation executes",
            "PL-BASIS-LEVEL",
            |w| compels(w, MeasureKind::Execution, Law),
            |w| compels(w, MeasureKind::Execution, AdministrativeRegulation),
        ),
        ("a document levies", "PL-BASIS-LEVEL", |w| based(w, Levy, Law), |w| based(w, Levy, NormativeDocument)),
        (
            "a document confirms",
            "PL-BASIS-LEVEL",
            |w| based(w, Confirmation, Law),
            |w| based(w, Confirmation, NormativeDocument),
        ),
        (
            "another name than the catalogue",
            "PL-UNIFORM",
            |w| w.uniform = Some(uniform()),
            |w| w.uniform = Some(UniformFact { name: "对另一行为的处罚".into(), ..uniform() }),
        ),
        (
            "another kind than the catalogue",
            "PL-UNIFORM",
            |w| w.uniform = Some(uniform()),
            |w| w.uniform = Some(UniformFact { kind: PowerKind::Other, ..uniform() }),
        ),
        ("a change without document", "PL-CHANGE", |_| {}, |w| w.ground.document = "  ".into()),
        ("no review", "PL-CHANGE", |_| {}, |w| w.review = None),
        ("a failed review", "PL-CHANGE", |_| {}, |w| w.review = Some(false)),
        ("an internal body", "PL-BODY", |_| {}, |w| w.agency.kind = AgencyKind::Unqualified),
        ("an entrusted body", "PL-BODY", |_| {}, |w| w.agency.kind = AgencyKind::EntrustedOrganisation),
        (
            "a dissolved body",
            "PL-BODY",
            |w| w.agency.dissolved_on = Some(day("2026-03-21")),
            |w| w.agency.dissolved_on = Some(day("2026-03-20")),
        ),
        ("another region", "PL-BODY", |_| {}, |w| w.content.region = "230882".parse().unwrap()),
        ("another field", "PL-BODY", |_| {}, |w| w.content.field = "水利".into()),
        (
            "a county for a city's power",
            "PL-HOLDER",
            |w| w.content.least_level = Some(RegionLevel::County),
            |w| w.content.least_level = Some(RegionLevel::City),
        ),
        (
            "a township without grant",
            "PL-HOLDER",
            |w| {
                in_township(w);
                w.content.grant = Some("黑政规〔2021〕17号".into());
            },
            in_township,
        ),
        (
            "a second holder",
            "PL-HOLDER",
            |w| w.others = vec![beside(false, OTHER_BODY, "021310001000")],
            |w| w.others = vec![beside(true, OTHER_BODY, "021310001000")],
        ),
        (
            "one power, two codes",
            "PL-HOLDER",
            |w| w.others = vec![beside(false, OTHER_BODY, "021310009000")],
            |w| w.others = vec![beside(false, "11230883MB01310199", "021310009000")],
        ),
        (
            "detention by a bureau",
            "PL-FREEDOM",
            |w| w.lines(&["行政拘留|5-15日|由公安机关决定", FINE]),
            |w| w.lines(&["行政拘留|5-15日", FINE]),
        ),
        (
            "a charge above its standard",
            "PL-FEE",
            |w| w.fee = Some((Licence, Law, 10_000)),
            |w| w.fee = Some((Licence, Law, 10_001)),
        ),
        (
            "a charge by a local rule",
            "PL-FEE",
            |w| w.fee = Some((Licence, AdministrativeRegulation, 10_000)),
            |w| w.fee = Some((Licence, LocalRule, 10_000)),
        ),
        (
            "a charge on an inspection",
            "PL-FEE",
            |w| w.fee = Some((PowerKind::Inspection, Law, 10_000)),
            |w| w.fee = Some((PowerKind::Inspection, LocalRegulation, 10_000)),
        ),
        (
            "a tier above",
            "PL-TIER",
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Ordinary, &[FINE])]);
            },
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Ordinary, &["罚款|50000-100000.01元"])]);
            },
        ),
        (
            "a tier below",
            "PL-TIER",
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Mitigated, &["罚款|10000-50000元"])]);
            },
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Lighter, &["罚款|10000-50000元"])]);
            },
        ),
        (
            "a tier of another kind",
            "PL-TIER",
            |w| {
                w.lines(&[FINE, "吊销许可证件"]);
                w.tiers(&[(Heavier, &[FINE, "吊销许可证件"])]);
            },
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Heavier, &[FINE, "吊销许可证件"])]);
            },
        ),
        (
            "an exempting tier that fines",
            "PL-TIER",
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Exempt, &[])]);
            },
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Exempt, &["罚款|50000元"])]);
            },
        ),
        (
            "tiers with a gap",
            "PL-TIER",
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Lighter, &["罚款|50000-70000元"]), (Heavier, &["罚款|70000-100000元"])]);
            },
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Lighter, &["罚款|50000-70000元"]), (Heavier, &["罚款|70001-100000元"])]);
            },
        ),
        (
            "tiers that overlap",
            "PL-TIER",
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Lighter, &["罚款|50000-70000元"]), (Heavier, &["罚款|70000-100000元"])]);
            },
            |w| {
                w.lines(&[FINE]);
                w.tiers(&[(Lighter, &["罚款|50000-70001元"]), (Heavier, &["罚款|70000-100000元"])]);
            },
        ),
        (
            "a tier for more than its line",
            "PL-TIER",
            |w| {
                w.lines(&["罚款|50000-100000元|对单位"]);
                w.tiers(&[(Ordinary, &["罚款|50000-100000元|对单位"])]);
            },
            |w| {
                w.lines(&["罚款|50000-100000元|对单位"]);
                w.tiers(&[(Ordinary, &[FINE])]);
            },
        ),
        (
            "a tier that drops a condition",
            "PL-TIER",
            |w| {
                w.lines(&["罚款|50000-100000元|货值金额<10000元"]);
                w.tiers(&[(Ordinary, &["罚款|50000-100000元|货值金额<10000元"])]);
            },
            |w| {
                w.lines(&["罚款|50000-100000元|货值金额<10000元"]);
                w.tiers(&[(Ordinary, &[FINE])]);
            },
        ),
        (
            "a tier of another base",
            "PL-TIER",
            |w| {
                w.lines(&["罚款|货值金额1-2倍"]);
                w.tiers(&[(Ordinary, &["罚款|货值金额1-2倍"])]);
            },
            |w| {
                w.lines(&["罚款|货值金额1-2倍"]);
                w.tiers(&[(Ordinary, &["罚款|违法所得1-2倍"])]);
            },
        ),
        (
            "a tier without what must be imposed",
            "PL-TIER",
            |w| {
                w.lines(&["没收违法所得|可以", FINE]);
                w.tiers(&[(Ordinary, &[FINE])]);
            },
            |w| {
                w.lines(&["没收违法所得|应当", FINE]);
                w.tiers(&[(Ordinary, &[FINE])]);
            },
        ),
        (
            "a limitation of an administrative regulation",
            "PL-OTHERWISE",
            |w| departs(w, Law, "追责时效|5年"),
            |w| departs(w, AdministrativeRegulation, "追责时效|5年"),
        ),
        (
            "a time to decide of a document",
            "PL-OTHERWISE",
            |w| departs(w, LocalRule, "办案期限|180日"),
            |w| departs(w, NormativeDocument, "办案期限|180日"),
        ),
        (
            "a licence that takes longer than the law",
            "PL-TERMS",
            |w| says(w, Licence, &["办理时限|20个工作日，承诺20个工作日"]),
            |w| says(w, Licence, &["办理时限|21个工作日，承诺20个工作日"]),
        ),
        (
            "a promise longer than the law",
            "PL-TERMS",
            |w| says(w, Licence, &["办理时限|15日，承诺15日"]),
            |w| says(w, Licence, &["办理时限|15日，承诺16日"]),
        ),
        (
            "a number without an article",
            "PL-TERMS",
            |w| says(w, Licence, &["数量限制|每条班线三家|依照《食品安全法》第一百二十二条"]),
            |w| says(w, Licence, &["数量限制|每条班线三家"]),
        ),
        (
            "a number of an article that is no basis",
            "PL-TERMS",
            |w| says(w, Licence, &["数量限制|每条班线三家|依照《食品安全法》第一百二十二条第一款"]),
            |w| says(w, Licence, &["数量限制|每条班线三家|依照《食品安全法》第一百二十三条"]),
        ),
        (
            "a bar for longer",
            "PL-TIER",
            |w| {
                w.lines(&["限制从业|1-5年"]);
                w.tiers(&[(Ordinary, &["限制从业|1-5年"])]);
            },
            |w| {
                w.lines(&["限制从业|1-5年"]);
                w.tiers(&[(Ordinary, &["限制从业|1年至终身"])]);
            },
        ),
    ]
};

#[test]
fn every_plant_is_caught_and_every_twin_goes_in() {
    let mut wrong = Vec::new();
    for (what, rule, twin, plant) in PLANTED {
        for (change, want) in [(twin, None), (plant, Some((*rule).to_owned()))] {
            let mut world = World::lawful();
            change(&mut world);
            let got = world.refused();
            if got != want {
                wrong.push(format!("{what}: {got:?}, not {want:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(PLANTED.len() >= 30);
}
