//! Which lists there are beside the list of powers, and what their rows have.

use super::part::*;

law::words! {
    /// A list that an agency keeps beside its list of powers.
    pub enum ListKind {
        Responsibility = "responsibility" "责任清单" "responsibilities",
        Licence = "licence" "行政许可事项清单" "administrative licences",
        BusinessLicence = "business_licence" "涉企经营许可事项清单" "licences that enterprises need",
        Proof = "proof" "证明事项清单" "proofs that are asked for",
        PublicService = "public_service" "公共服务事项清单" "public services",
        Intermediary = "intermediary" "行政审批中介服务清单" "intermediary services of approvals",
        Charge = "charge" "行政事业性收费和政府性基金目录" "administrative fees and government funds",
        MarketAccess = "market_access" "市场准入负面清单" "negative list of market access",
        RandomCheck = "random_check" "随机抽查事项清单" "random inspections",
        NoPenalty = "no_penalty" "包容免罚清单" "violations without a penalty",
        NoCompulsion = "no_compulsion" "不予行政强制清单" "cases without compulsion",
        DocumentMaker = "document_maker" "行政规范性文件制定主体清单" "makers of normative documents",
        MajorDecision = "major_decision" "年度重大行政决策事项目录" "major decisions of the year",
    }
}

/// What rows of one list have.
#[derive(Clone, Copy, Debug)]
pub struct ListSpec {
    /// Its parts, in the order of its columns.
    pub parts: &'static [PartSpec],
    /// Whether a row names what it rests on.
    pub based: bool,
    /// The columns by which a file is known to be this list.
    pub tells: &'static [PartSpec],
}

impl ListKind {
    /// What its rows have. That a responsibility which answers a power stands with the power (PL-DUTY), and a charge on a power
    /// with the power's charges (PL-FEE), is why neither list names a power.
    pub const fn spec(self) -> ListSpec {
        match self {
            Self::Responsibility => ListSpec {
                parts: const {
                    &[TASKS.must(), BOUNDARY, WITH, RESPONSIBLE.must(), ACCOUNTABILITY.must(), SUPERVISION.must()]
                },
                based: true,
                tells: &[TASKS],
            },
            Self::Licence => ListSpec {
                parts: const {
                    &[
                        LICENCE_ITEM,
                        CONDITIONS.must(),
                        QUANTITY,
                        PROCEDURE.must(),
                        STATUTORY.must(),
                        EXTENSION,
                        JOINT,
                        TIME_BASIS,
                        PROMISED.must(),
                        MATERIALS.must(),
                        SAMPLE.must(),
                        CHARGED,
                    ]
                },
                based: true,
                tells: &[STATUTORY, CONDITIONS],
            },
            Self::BusinessLicence => ListSpec {
                parts: const {
                    &[
                        LICENCE_ITEM,
                        DOCUMENT.must(),
                        REFORM.must(),
                        CONDITIONS.must(),
                        MATERIALS.must(),
                        STATUTORY.must(),
                        EXTENSION,
                        JOINT,
                        TIME_BASIS,
                        PROMISED.must(),
                        VALIDITY,
                        OVERSIGHT.must(),
                    ]
                },
                based: true,
                tells: &[REFORM],
            },
            Self::Proof => ListSpec {
                parts: const { &[APPROVAL_ITEM, USE.must(), ASKED_BY.must(), ISSUED_BY.must(), GUIDE.must(), PROMISE] },
                based: true,
                tells: &[ISSUED_BY],
            },
            Self::PublicService => ListSpec {
                parts: const {
                    &[
                        CLIENTS.must(),
                        RESPONSIBLE.must(),
                        PROCEDURE.must(),
                        MATERIALS.must(),
                        SAMPLE.must(),
                        MISTAKES.must(),
                        STATUTORY,
                        PROMISED.must(),
                        CHARGED,
                    ]
                },
                based: true,
                tells: &[MISTAKES],
            },
            Self::Intermediary => ListSpec {
                parts: const {
                    &[
                        APPROVAL_ITEM.must(),
                        RESULT,
                        CONDITIONS.must(),
                        PROCEDURE.must(),
                        SERVICE_TIME.must(),
                        FEE_STANDARD.must(),
                        ENTRUSTED_BY.must(),
                        PAID_BY.must(),
                    ]
                },
                based: true,
                tells: &[SERVICE_TIME],
            },
            Self::Charge => ListSpec {
                parts: const { &[CHARGE_KIND.must(), PAYER.must(), FEE_STANDARD.must(), HIGHEST, PURPOSE] },
                based: true,
                tells: &[PAYER],
            },
            Self::MarketAccess => ListSpec {
                parts: const {
                    &[ACCESS.must(), EDITION.must(), NATIONAL_CODE.must(), MEASURE.must(), COMPETENT, LICENCE_ITEM]
                },
                based: false,
                tells: &[ACCESS],
            },
            Self::RandomCheck => ListSpec {
                parts: const {
                    &[
                        INSPECTION_ITEM,
                        OBJECT.must(),
                        MATTERS.must(),
                        WAY.must(),
                        RATIO_LOW.must(),
                        RATIO_HIGH.must(),
                        PER_YEAR.must(),
                        KEY_FIELD,
                    ]
                },
                based: true,
                tells: &[RATIO_HIGH],
            },
            Self::NoPenalty => ListSpec {
                parts: const { &[PENALTY_ITEM.must(), SLIGHT.must(), TERMS.must()] },
                based: false,
                tells: &[SLIGHT],
            },
            Self::NoCompulsion => ListSpec {
                parts: const { &[COMPULSION_ITEM.must(), HARMLESS.must(), TERMS.must()] },
                based: false,
                tells: &[HARMLESS],
            },
            Self::DocumentMaker => ListSpec { parts: const { &[MAKER.must(), SCOPE] }, based: false, tells: &[MAKER] },
            Self::MajorDecision => ListSpec {
                parts: const {
                    &[YEAR.must(), OWNER.must(), PARTNERS, STEPS.must(), TECHNICAL, RISKY, WITHHELD, AGREED.must(), BY]
                },
                based: false,
                tells: &[STEPS],
            },
        }
    }

    /// Its parts.
    pub const fn parts(self) -> &'static [PartSpec] {
        self.spec().parts
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_part_is_of_some_list_and_none_has_the_key_or_heading_of_another() {
        let used: BTreeSet<&str> = ListKind::ALL.iter().flat_map(|list| list.parts()).map(|spec| spec.key).collect();
        let keys: BTreeSet<&str> = PARTS.iter().map(|spec| spec.key).collect();
        assert_eq!(used, keys);
        assert_eq!(keys.len(), PARTS.len());
        let headings: BTreeSet<&str> = PARTS.iter().map(|spec| spec.label.zh).collect();
        assert_eq!(headings.len(), PARTS.len());
    }

    #[test]
    fn no_two_lists_are_known_by_columns_that_both_have() {
        let has = |list: &ListKind, spec: &PartSpec| list.parts().iter().any(|own| own.key == spec.key);
        for list in ListKind::ALL {
            assert!(list.spec().tells.iter().all(|spec| has(list, spec)), "{}", list.id());
            for other in ListKind::ALL.iter().filter(|other| *other != list) {
                let both = list.spec().tells.iter().all(|spec| has(other, spec))
                    && other.spec().tells.iter().all(|spec| has(list, spec));
                assert!(!both, "{} and {}", list.id(), other.id());
            }
        }
    }
}
