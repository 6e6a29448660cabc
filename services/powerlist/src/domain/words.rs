//! The Chinese words of the lists for the domain's enumerations: what a published list says, both ways.

use super::content::{MeasureKind, NormLevel, PenaltyKind, PowerKind, TierLevel};
use super::events::{AgencyKind, GroundKind, OfficerRole};

macro_rules! words {
    ($($name:ident { $($variant:ident = $zh:literal),+ $(,)? })+) => {$(
        impl $name {
            /// Every value, in the order of the lists.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The word a published list uses.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }
            /// The value of a word, exactly as [`Self::zh`] writes it.
            pub fn from_zh(word: &str) -> Option<Self> {
                match word { $($zh => Some(Self::$variant),)+ _ => None }
            }
        }
    )+};
}

words! {
    PowerKind {
        Licence = "行政许可", Penalty = "行政处罚", Compulsion = "行政强制", Levy = "行政征收", Payment = "行政给付",
        Inspection = "行政检查", Confirmation = "行政确认", Reward = "行政奖励", Adjudication = "行政裁决", Other = "其他",
    }
    NormLevel {
        Law = "法律", AdministrativeRegulation = "行政法规", LocalRegulation = "地方性法规", DepartmentRule = "部门规章",
        LocalRule = "地方政府规章", NormativeDocument = "规范性文件",
    }
    PenaltyKind {
        Warning = "警告", PublicCriticism = "通报批评", Fine = "罚款", ConfiscateGains = "没收违法所得",
        ConfiscateGoods = "没收非法财物", SuspendLicence = "暂扣许可证件", LowerQualification = "降低资质等级",
        RevokeLicence = "吊销许可证件", RestrictBusiness = "限制开展生产经营活动", SuspendProduction = "责令停产停业",
        CloseDown = "责令关闭", BarFromTrade = "限制从业", Detention = "行政拘留", Other = "其他行政处罚",
    }
    MeasureKind {
        RestrictLiberty = "限制人身自由", Seal = "查封", Seize = "扣押", Freeze = "冻结", Other = "其他强制措施",
        Execution = "强制执行",
    }
    TierLevel { None = "不予", Mitigated = "减轻", Lighter = "从轻", Ordinary = "一般", Heavier = "从重" }
    AgencyKind {
        AdministrativeOrgan = "行政机关", AuthorisedOrganisation = "法律法规授权组织", EntrustedOrganisation = "受委托组织",
        Unqualified = "无执法主体资格",
    }
    OfficerRole { Enforcement = "执法人员", Auxiliary = "辅助人员", LegalReviewer = "法制审核人员" }
    GroundKind {
        LawChanged = "法律法规规章立改废释", FunctionChanged = "机构或职能调整", UpperListChanged = "上级目录调整",
        ReconsiderationOrJudgment = "行政复议或诉讼", FirstCompilation = "首次编制",
    }
}

impl PowerKind {
    /// The first two digits of a base code in the provincial catalogue's numbering.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Licence => "01",
            Self::Penalty => "02",
            Self::Compulsion => "03",
            Self::Levy => "04",
            Self::Payment => "05",
            Self::Inspection => "06",
            Self::Confirmation => "07",
            Self::Reward => "08",
            Self::Adjudication => "09",
            Self::Other => "10",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_value() {
        assert!(PowerKind::ALL.iter().all(|k| PowerKind::from_zh(k.zh()) == Some(*k)));
        assert!(PenaltyKind::ALL.iter().all(|k| PenaltyKind::from_zh(k.zh()) == Some(*k)));
        assert_eq!(PowerKind::from_zh("处罚"), None);
    }
}
