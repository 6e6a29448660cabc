//! Who may make a norm of which level, by the name of whoever made it.

use crate::domain::content::NormLevel;

const CONGRESS: &str = "人民代表大会";
const COMMITTEE: &str = "人民代表大会常务委员会";
const GOVERNMENT: &str = "人民政府";

/// Whether the issuer may make norms of the level. Which cities have districts, and so make regulations and rules, no name tells:
/// the government of a county-level city passes for that of a city.
pub(super) fn makes(level: NormLevel, issuer: &str) -> bool {
    let name = law::series::plain(issuer);
    let name = name.strip_prefix("中华人民共和国").unwrap_or(&name);
    let national = name.starts_with("全国");
    match level {
        NormLevel::Law => national && (name == "全国人民代表大会" || name == "全国人民代表大会常务委员会"),
        NormLevel::AdministrativeRegulation | NormLevel::StateCouncilDecision => name == "国务院",
        NormLevel::LocalRegulation | NormLevel::SpecialZoneRegulation => {
            !national && (name.ends_with(CONGRESS) || name.ends_with(COMMITTEE))
        }
        // 立法法: by the congress itself of a place of national autonomy.
        NormLevel::AutonomousRegulation | NormLevel::SeparateRegulation => {
            !national && name.ends_with(CONGRESS) && name.contains("自治")
        }
        NormLevel::DepartmentRule => is_department(name),
        NormLevel::LocalRule => makes_rules(name),
        NormLevel::JudicialInterpretation => name.contains("最高人民法院") || name.contains("最高人民检察院"),
        NormLevel::NormativeDocument => true,
    }
}

/// A department of the State Council: no council, congress, court or government, and of no province, city or county.
fn is_department(name: &str) -> bool {
    let other = ["人民代表", GOVERNMENT, "人民法院", "人民检察院", "省", "自治区", "自治州", "县"];
    let of_a_city = name.split("市场").any(|part| part.contains('市'));
    // 国务院证券监督管理机构 and the like are departments; the council itself is none.
    let council = name == "国务院" || name == "国务院办公厅";
    !council && !of_a_city && other.iter().all(|word| !name.contains(word))
}

/// A government that makes rules: of a province, a city or an autonomous prefecture.
fn makes_rules(name: &str) -> bool {
    let Some(place) = name.strip_suffix(GOVERNMENT) else { return false };
    ["省", "自治区", "市", "自治州"].iter().any(|end| place.ends_with(end))
}

/// The government of a province, an autonomous region or a city directly under the central government.
pub(super) fn is_provincial_government(issuer: &str) -> bool {
    let name = law::series::plain(issuer);
    let Some(place) = name.strip_suffix(GOVERNMENT) else { return false };
    place.ends_with('省') || place.ends_with("自治区") || ["北京市", "天津市", "上海市", "重庆市"].contains(&place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_who_makes_what() {
        use NormLevel as L;
        let rows: [(&str, &[L]); 16] = [
            ("全国人民代表大会", &[L::Law]),
            ("全国人民代表大会常务委员会", &[L::Law]),
            ("国务院", &[L::AdministrativeRegulation, L::StateCouncilDecision]),
            ("国务院办公厅", &[]),
            ("黑龙江省人民代表大会", &[L::LocalRegulation, L::SpecialZoneRegulation]),
            ("佳木斯市人民代表大会常务委员会", &[L::LocalRegulation, L::SpecialZoneRegulation]),
            (
                "新疆维吾尔自治区人民代表大会",
                &[L::LocalRegulation, L::SpecialZoneRegulation, L::AutonomousRegulation, L::SeparateRegulation],
            ),
            ("国家市场监督管理总局", &[L::DepartmentRule]),
            ("中华人民共和国交通运输部", &[L::DepartmentRule]),
            ("黑龙江省市场监督管理局", &[]),
            ("佳木斯市市场监督管理局", &[]),
            ("黑龙江省人民政府", &[L::LocalRule]),
            ("佳木斯市人民政府", &[L::LocalRule]),
            ("桦南县人民政府", &[]),
            ("东风区人民政府", &[]),
            ("最高人民法院", &[L::JudicialInterpretation]),
        ];
        for (issuer, may) in rows {
            let made: Vec<L> =
                L::ALL.iter().copied().filter(|l| *l != L::NormativeDocument && makes(*l, issuer)).collect();
            let mut want = may.to_vec();
            want.sort();
            let mut made = made;
            made.sort();
            assert_eq!(made, want, "{issuer}");
        }
        assert!(makes(L::NormativeDocument, "桦南县人民政府"));
    }

    #[test]
    fn tells_the_provinces_apart() {
        for (name, provincial) in [
            ("黑龙江省人民政府", true),
            ("广西壮族自治区人民政府", true),
            ("上海市人民政府", true),
            ("哈尔滨市人民政府", false),
            ("延边朝鲜族自治州人民政府", false),
            ("黑龙江省财政厅", false),
        ] {
            assert_eq!(is_provincial_government(name), provincial, "{name}");
        }
    }
}
