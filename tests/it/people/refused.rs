//! What a client is told when it is refused.

use std::collections::BTreeSet;

use tonic::{Code, Status};
use tonic_types::{ErrorDetail, StatusExt as _};

/// The articles of the rules that the stories meet, as a refusal must cite them.
const ARTICLES: &[(&str, &str)] = &[
    ("CO-PROTECT", "《信访工作条例》第三十条第三款、《信访工作条例》第四十六条"),
    ("CO-SHRED", "《个人信息保护法》第四十七条、《个人信息保护法》第十九条"),
    ("CO-RULING", "《信访工作条例》第二十四条第一款"),
    ("CO-EXTEND", "《信访工作条例》第三十四条"),
    ("CO-RECTIFY", "《优化营商环境条例》第八条第一款"),
    ("CO-REWARD", "《信访工作条例》第二十九条第二款"),
    ("CO-HIGHER", "《信访工作条例》第三十五条、《信访工作条例》第三十六条第一款"),
    ("CO-FINAL", "《信访工作条例》第三十六条第三款"),
    ("RE-PERIOD", "《行政复议法》第二十条、《行政复议法》第二十一条、《行政复议法实施条例》第十六条"),
    ("RE-DEEMED", "《行政复议法》第三十条第三款、《行政复议法》第三十三条"),
    ("RE-TWO", "《行政复议法实施条例》第三十二条、《行政复议法》第三十六条第一款"),
    ("RE-NO-AFTER", "《行政复议法》第四十六条"),
    ("RE-HEAD", "《行政复议法》第六十一条第一款"),
    ("RE-NO-WORSE", "《行政复议法》第六十三条第二款、《行政复议法实施条例》第五十一条"),
    ("RE-SAME", "《行政复议法》第六十四条第二款"),
    ("RE-NOT-BOTH", "《行政复议法》第二十九条"),
    ("RE-AGAIN", "《行政复议法》第三十条第一款、《行政复议法》第七十四条第二款"),
    ("OF-CERT", "《行政处罚法》第四十二条第一款、《行政强制法》第十七条第三款"),
    ("OF-TWO", "《行政处罚法》第四十二条第一款、《行政强制法》第十八条"),
    ("OF-AUX", "《行政处罚法》第四十二条第一款、《行政强制法》第十七条第三款"),
    ("OF-EXAM", "《行政处罚法》第五十八条第二款、《行政处罚法》第四十二条第一款、《行政强制法》第十七条第三款"),
    ("PL-ELEMENTS", "《政府信息公开条例》第二十条、《行政处罚法》第三十九条、《优化营商环境条例》第三十五条"),
    ("PL-DUTY", "《行政处罚法》第七十五条第一款、《政府信息公开条例》第二十条"),
    ("PL-CHANGE", "《优化营商环境条例》第四十条、《政府信息公开条例》第二十条"),
    (
        "EN-POWER",
        "《行政处罚法》第十七条、《行政处罚法》第三十八条第一款、《行政处罚法》第十九条、《行政处罚法》第十八条第三款",
    ),
    ("EN-JURISDICTION", "《行政处罚法》第二十二条、《行政处罚法》第二十五条"),
    ("EN-EVIDENCE", "《行政处罚法》第四十六条、《行政处罚法》第四十条、《行政处罚法》第五十四条第一款"),
    (
        "EN-MEASURE",
        "《行政强制法》第十八条、《行政强制法》第十九条、《行政强制法》第十七条、《行政强制法》第三十条、\
         《行政处罚法》第十八条第三款",
    ),
    (
        "EN-SEIZE-LENGTH",
        "《行政强制法》第二十五条第一款、《行政强制法》第三十二条、《行政强制法》第二十五条第二款、\
         《行政强制法》第二十五条第三款",
    ),
    (
        "EN-TRANSFER-FIRST",
        "《行政执法机关移送涉嫌犯罪案件的规定》第十一条、《行政处罚法》第二十七条第一款、《行政处罚法》第八条第二款",
    ),
    ("EN-SIMPLE", "《行政处罚法》第五十一条"),
    ("EN-SIMPLE-REPORT", "《行政处罚法》第五十二条第三款"),
    ("EN-NOTICE", "《行政处罚法》第四十四条、《行政处罚法》第六十二条"),
    ("EN-STATEMENT", "《行政处罚法》第四十五条、《行政处罚法》第六十二条"),
    ("EN-HEARING", "《行政处罚法》第六十三条、《行政处罚法》第六十四条、《行政处罚法》第六十五条"),
    ("EN-HEARING-HOST", "《行政处罚法》第六十四条"),
    ("EN-HEARING-NOTICE", "《行政处罚法》第六十四条"),
    ("EN-HEARING-RECORD", "《行政处罚法》第六十四条"),
    (
        "EN-REVIEW",
        "《行政处罚法》第五十八条第一款、\
         《关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》",
    ),
    ("EN-REVIEWER", "《行政处罚法》第五十八条第二款"),
    ("EN-COLLECTIVE", "《行政处罚法》第五十七条第二款、《行政处罚法》第六十五条"),
    (
        "EN-RANGE",
        "《行政处罚法》第三十四条、《行政处罚法》第四条、《行政处罚法》第五条第二款、《优化营商环境条例》第六十条",
    ),
    ("EN-DECISION", "《行政处罚法》第五十九条、《行政处罚法》第五十二条"),
    (
        "EN-HEAD",
        "《行政处罚法》第五十七条、《行政处罚法》第四十三条第三款、《行政处罚法》第五十六条、\
         《行政强制法》第十八条、《行政执法机关移送涉嫌犯罪案件的规定》第五条",
    ),
    ("EN-SERVE-ELECTRONIC", "《行政处罚法》第六十一条第二款"),
    (
        "EN-SEPARATE",
        "《行政处罚法》第六十七条、《行政处罚法》第六十八条、《行政处罚法》第六十九条、\
         《罚款决定与罚款收缴分离实施办法》第三条",
    ),
    ("EN-RECEIPT", "《行政处罚法》第七十条、《罚款决定与罚款收缴分离实施办法》第八条"),
    ("EN-SURCHARGE", "《行政处罚法》第七十二条、《行政处罚法》第七十三条第三款、《行政强制法》第四十五条"),
    (
        "EN-DEMAND",
        "《行政强制法》第三十五条、《行政强制法》第三十七条、《行政强制法》第五十四条、《行政强制法》第六十九条",
    ),
    (
        "EN-EXECUTE",
        "《行政强制法》第十三条、《行政强制法》第三十四条、《行政强制法》第三十七条第一款、《行政强制法》第四十六条第三款、《行政强制法》第四十七条、《行政处罚法》第七十二条第一款",
    ),
    ("EN-NIGHT", "《行政强制法》第四十三条第一款"),
    ("EN-COURT-READY", "《行政强制法》第五十三条、《行政强制法》第四十六条、《行政处罚法》第六十六条第二款"),
    ("EN-TWICE", "《行政处罚法》第二十九条"),
    ("EN-STOP", "《优化营商环境条例》第五十九条第二款"),
    ("EN-QUOTA", "《行政处罚法》第七十四条第三款、《优化营商环境条例》第五十九条第三款"),
    ("DI-RECEIPT", "《政府信息公开条例》第三十一条"),
    ("DI-RECEIVE", "《政府信息公开条例》第二十九条、《政府信息公开条例》第三十条"),
    ("DI-LAPSE", "《政府信息公开条例》第三十条"),
    ("DI-ANSWER", "《政府信息公开条例》第三十三条"),
    ("DI-THIRD", "《政府信息公开条例》第三十二条、《政府信息公开条例》第十五条"),
    ("DI-THIRD-TIME", "《政府信息公开条例》第三十二条、《政府信息公开条例》第三十三条第三款"),
    (
        "DI-GROUND",
        "《政府信息公开条例》第十三条、《政府信息公开条例》第十四条、《政府信息公开条例》第十五条、\
         《政府信息公开条例》第十六条、《政府信息公开条例》第三十六条、《政府信息公开条例》第三十七条",
    ),
    ("DI-RECONSIDER", "《行政复议法》第二十三条第二款"),
    ("DI-REPEAT", "《政府信息公开条例》第三十六条"),
];

/// The article that a refusal under a rule must cite.
#[track_caller]
pub(crate) fn article(rule: &str) -> &'static str {
    ARTICLES.iter().find(|(id, _)| *id == rule).unwrap_or_else(|| panic!("no article for {rule}")).1
}

/// A status without the bytes of its details.
pub(crate) fn plain(status: &Status) -> String {
    format!("{:?}: {} ({:?})", status.code(), status.message(), status.get_error_details().bad_request())
}

/// A refusal.
pub(crate) struct Refused(pub(crate) Status);

impl Refused {
    /// Asserts that the law refused: exactly these rules, the first one as the reason, each with its article, and the
    /// reasons in both languages, of which some words are given.
    #[track_caller]
    pub(crate) fn under(&self, rules: &[&str], zh: &str, en: &str) {
        let Self(status) = self;
        assert_eq!(status.code(), Code::FailedPrecondition, "{}", plain(status));
        let details = status.get_error_details();
        let told: Vec<_> = details
            .precondition_failure()
            .map(|failure| failure.violations.iter().map(|v| (v.r#type.as_str(), v.subject.as_str())).collect())
            .unwrap_or_default();
        let expected: Vec<_> = rules.iter().map(|rule| (*rule, article(rule))).collect();
        assert_eq!(told, expected, "{}", plain(status));
        let info = details.error_info().expect("an ErrorInfo");
        assert_eq!((info.reason.as_str(), info.domain.as_str()), (rules[0], "fazhi"));
        assert_eq!(info.metadata.get("citation").map(String::as_str), Some(article(rules[0])));
        self.says(zh, en);
    }

    /// Asserts that the state of the matter refused.
    #[track_caller]
    pub(crate) fn by_state(&self, code: &str) {
        let Self(status) = self;
        assert_eq!(status.code(), Code::FailedPrecondition, "{}", plain(status));
        assert_eq!(
            status.get_error_details().error_info().map(|info| info.reason.as_str()),
            Some(code),
            "{}",
            plain(status)
        );
        self.says("", "");
    }

    /// Asserts that both languages are spoken, with these words among others.
    #[track_caller]
    pub(crate) fn says(&self, zh: &str, en: &str) {
        let told = |locale: &str| {
            let details = self.0.get_error_details_vec();
            let text = details.into_iter().find_map(|detail| match detail {
                ErrorDetail::LocalizedMessage(message) if message.locale == locale => Some(message.message),
                _ => None,
            });
            text.unwrap_or_else(|| panic!("nothing is said in {locale}: {}", plain(&self.0)))
        };
        let (in_zh, in_en) = (told("zh-CN"), told("en"));
        let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(in_zh.chars().any(chinese) && in_zh.contains(zh), "{zh:?} is missing in {in_zh:?}");
        assert!(in_en.split(' ').count() > 3 && in_en.contains(en), "{en:?} is missing in {in_en:?}");
    }

    /// Asserts INVALID_ARGUMENT with exactly these wrong fields.
    #[track_caller]
    pub(crate) fn for_fields(&self, fields: &[&str]) {
        let Self(status) = self;
        assert_eq!(status.code(), Code::InvalidArgument, "{}", plain(status));
        let details = status.get_error_details();
        let told: BTreeSet<_> = details
            .bad_request()
            .map(|bad| bad.field_violations.iter().map(|v| v.field.as_str()).collect())
            .unwrap_or_default();
        assert_eq!(told, fields.iter().copied().collect(), "{}", plain(status));
        let explained =
            details.bad_request().is_some_and(|b| b.field_violations.iter().all(|v| !v.description.is_empty()));
        assert!(explained, "{}", plain(status));
    }

    /// Asserts a status code.
    #[track_caller]
    pub(crate) fn with(&self, code: Code) {
        assert_eq!(self.0.code(), code, "{}", plain(&self.0));
        assert!(!self.0.message().is_empty());
    }
}
