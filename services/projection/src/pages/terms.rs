//! Words for coded values that come from other crates.

use kernel::Role;
use law::rule::Kind;

use super::i18n::Lang;

/// A role as people call it.
pub(crate) fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Officer => lang.pick("执法人员", "officer"),
        Role::AgencyHead => lang.pick("机关负责人", "agency head"),
        Role::LegalReviewer => lang.pick("法制审核人员", "legal reviewer"),
        Role::ListEditor => lang.pick("清单编制人员", "list editor"),
        Role::ListApprover => lang.pick("清单审定人员", "list approver"),
        Role::Intake => lang.pick("受理人员", "intake"),
        Role::Handler => lang.pick("承办人员", "handler"),
        Role::IdentityKeeper => lang.pick("身份保管人员", "identity keeper"),
        Role::ReconsiderationClerk => lang.pick("复议人员", "reconsideration clerk"),
        Role::ReconsiderationHead => lang.pick("复议机构负责人", "reconsideration head"),
        Role::Supervisor => lang.pick("执法监督人员", "supervisor"),
        Role::Auditor => lang.pick("审计人员", "auditor"),
        Role::Operator => lang.pick("运维人员", "operator"),
        Role::Service => lang.pick("服务", "service"),
        Role::Public => lang.pick("公众", "public"),
    }
}

/// How a rule acts.
pub(crate) fn rule_kind(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Gate => lang.pick("关口", "Gate"),
        Kind::Deadline => lang.pick("期限", "Deadline"),
        Kind::Duty => lang.pick("职责", "Duty"),
        Kind::Limit => lang.pick("限度", "Limit"),
    }
}

/// The format of a file, as people call it.
pub(crate) fn media(media_type: &str, lang: Lang) -> &str {
    match media_type {
        "image/jpeg" => lang.pick("JPEG图片", "JPEG picture"),
        "image/png" => lang.pick("PNG图片", "PNG picture"),
        "application/pdf" => lang.pick("PDF文件", "PDF"),
        "text/csv" => lang.pick("CSV表格", "CSV table"),
        "text/plain" => lang.pick("文本", "text"),
        other => match other.split('/').next() {
            Some("video") => lang.pick("视频", "video"),
            Some("audio") => lang.pick("音频", "audio"),
            Some("image") => lang.pick("图片", "picture"),
            _ => other,
        },
    }
}

/// The unit of a number that a rule uses.
pub(crate) fn unit(unit: &str, lang: Lang) -> &str {
    match unit {
        "working days" => lang.pick("个工作日", unit),
        "days" => lang.pick("日", unit),
        "months" => lang.pick("个月", unit),
        "years" => lang.pick("年", unit),
        "hours" | "hour" => lang.pick("小时", unit),
        "fen" => lang.pick("分", unit),
        "persons" => lang.pick("人", unit),
        "percent" => lang.pick("%", unit),
        "times" => lang.pick("次", unit),
        unknown => unknown,
    }
}

/// The kinds of power, as stored.
pub(crate) const POWER_KINDS: [&str; 10] = [
    "licence",
    "penalty",
    "compulsion",
    "levy",
    "payment",
    "inspection",
    "confirmation",
    "reward",
    "adjudication",
    "other",
];

/// A kind of power as people call it.
pub(crate) fn power_kind(id: &str, lang: Lang) -> &str {
    match id {
        "licence" => lang.pick("行政许可", "Licence"),
        "penalty" => lang.pick("行政处罚", "Penalty"),
        "compulsion" => lang.pick("行政强制", "Compulsion"),
        "levy" => lang.pick("行政征收", "Levy"),
        "payment" => lang.pick("行政给付", "Payment"),
        "inspection" => lang.pick("行政检查", "Inspection"),
        "confirmation" => lang.pick("行政确认", "Confirmation"),
        "reward" => lang.pick("行政奖励", "Reward"),
        "adjudication" => lang.pick("行政裁决", "Adjudication"),
        "other" => lang.pick("其他权力", "Other power"),
        unknown => unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_word_in_both_languages() {
        for r in Role::ALL {
            assert!(!role(r, Lang::En).is_empty());
            assert_ne!(role(r, Lang::Zh), role(r, Lang::En));
        }
        for kind in POWER_KINDS {
            assert_ne!(power_kind(kind, Lang::Zh), kind);
            assert_ne!(power_kind(kind, Lang::En), kind);
        }
    }
}
