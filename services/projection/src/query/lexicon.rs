//! The words of events in both languages. A word that is not here is shown as it is stored: a newer service may say
//! more than this version knows.

use std::{collections::HashMap, sync::LazyLock};

use crate::model::Text;

/// A closed set of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Set {
    Procedure,
    PartyKind,
    Source,
    Evidence,
    Penalty,
    Measure,
    RecordStage,
    RecordForm,
    Service,
    Pay,
    SpotGround,
    Statement,
    NoPenalty,
    Close,
    Suspension,
    Target,
    AreaStop,
    Power,
    Norm,
    Ground,
    AgencyKind,
    OfficerRole,
    Level,
    Conclusion,
    Appeal,
}

macro_rules! lexicon {
    ($($set:ident { $($id:literal $zh:literal $en:literal;)* })*) => {
        static WORDS: LazyLock<HashMap<(Set, &'static str), Text>> = LazyLock::new(|| {
            HashMap::from([$($(((Set::$set, $id), Text::label($zh, $en)),)*)*])
        });
    };
}

lexicon! {
    Procedure { "simple" "简易程序" "simple procedure"; "ordinary" "普通程序" "ordinary procedure"; }
    PartyKind { "citizen" "公民" "citizen"; "legal_person" "法人" "legal person"; "other_organisation" "其他组织" "other organisation"; }
    Source {
        "inspection" "监督检查" "inspection"; "complaint" "投诉举报" "complaint"; "transfer" "其他机关移送" "passed on by another body";
        "assigned" "上级交办" "assigned from above"; "monitoring" "监测抽检" "monitoring or sampling"; "media" "媒体披露" "media";
    }
    Evidence {
        "documentary" "书证" "documentary evidence"; "physical" "物证" "physical evidence"; "audio_visual" "视听资料" "audio-visual material";
        "electronic" "电子数据" "electronic data"; "testimony" "证人证言" "testimony"; "party_statement" "当事人的陈述" "statement of the party";
        "expert_opinion" "鉴定意见" "expert opinion"; "site_record" "勘验笔录、现场笔录" "site record";
    }
    Penalty {
        "warning" "警告" "warning"; "public_criticism" "通报批评" "public criticism"; "fine" "罚款" "fine";
        "confiscate_gains" "没收违法所得" "confiscation of illegal gains"; "confiscate_goods" "没收非法财物" "confiscation of illegal goods";
        "suspend_licence" "暂扣许可证件" "suspension of a licence"; "lower_qualification" "降低资质等级" "lowering of a qualification";
        "revoke_licence" "吊销许可证件" "revocation of a licence"; "restrict_business" "限制开展生产经营活动" "restriction of business";
        "suspend_production" "责令停产停业" "order to stop production"; "close_down" "责令关闭" "order to close down";
        "bar_from_trade" "限制从业" "bar from the trade"; "detention" "行政拘留" "detention"; "other" "其他行政处罚" "other penalty";
    }
    Measure {
        "restrict_liberty" "限制公民人身自由" "restriction of liberty"; "seal" "查封" "sealing"; "seize" "扣押" "seizure";
        "freeze" "冻结" "freezing"; "other" "其他强制措施" "other measure"; "execution" "行政强制执行" "compulsory execution";
    }
    RecordStage {
        "start" "启动" "start"; "investigation" "调查取证" "investigation"; "review" "审核" "review"; "decision" "决定" "decision";
        "service" "送达" "service"; "execution" "执行" "execution";
    }
    RecordForm { "text" "文字" "text"; "audio_visual" "音像" "audio-visual"; }
    Service {
        "direct" "直接送达" "direct"; "lien" "留置送达" "left at the premises"; "entrusted" "委托送达" "entrusted"; "post" "邮寄送达" "by post";
        "electronic" "电子送达" "electronic"; "announcement" "公告送达" "by announcement";
    }
    Pay { "bank" "银行缴纳" "to the bank"; "electronic" "电子支付" "electronic payment"; "on_spot" "当场收缴" "collected on the spot"; }
    SpotGround {
        "up_to100_yuan" "一百元以下罚款" "fine of at most 100 yuan"; "up_to_100_yuan" "一百元以下罚款" "fine of at most 100 yuan";
        "hard_afterwards" "事后难以执行" "hard to execute afterwards"; "remote_at_request" "边远地区且当事人提出" "remote place, at the party's request";
    }
    Statement { "accepted" "采纳" "accepted"; "partly_accepted" "部分采纳" "accepted in part"; "rejected" "不予采纳" "not accepted"; }
    NoPenalty {
        "slight_and_corrected" "轻微并及时改正，未造成危害后果" "slight, corrected in time, no harm"; "first_and_slight" "初次违法且后果轻微并及时改正" "first, slight and corrected";
        "no_fault" "无主观过错" "no subjective fault"; "under14" "不满十四周岁" "under 14"; "under_14" "不满十四周岁" "under 14";
        "unable_to_discern" "不能辨认或控制行为" "unable to discern"; "not_established" "违法事实不能成立" "facts not established"; "past_period" "超过追责时效" "past the period";
    }
    Close {
        "performed" "处罚执行完毕" "penalty performed"; "not_punished" "不予处罚" "not punished"; "transferred" "移送公安机关" "transferred to the police";
        "court_executed" "法院强制执行完毕" "executed by the court"; "execution_ended" "终结执行" "execution ended"; "revoked" "决定被撤销" "decision revoked";
        "case_withdrawn" "撤销立案" "case withdrawn";
    }
    Suspension { "hearing" "听证" "hearing"; "testing" "检测、检验、检疫" "testing"; "expert_opinion" "鉴定" "expert opinion"; "announcement" "公告" "announcement"; "other" "其他" "other"; }
    Target {
        "fine_amount" "罚款、罚没金额" "amount of fines"; "penalty_count" "处罚件数" "number of penalties"; "confiscated_amount" "没收金额" "amount confiscated";
        "file_quality" "案卷评查合格率" "quality of files"; "timeliness" "办案期限合规率" "timeliness"; "publication" "公示及时率" "publication";
        "training" "执法人员培训" "training"; "other" "其他" "other";
    }
    AreaStop { "life_safety" "涉及人民群众生命安全" "safety of life"; "major_accident" "发生重特大事故" "major accident"; "national_event" "举办国家重大活动" "national event"; }
    Power {
        "licence" "行政许可" "licence"; "penalty" "行政处罚" "penalty"; "compulsion" "行政强制" "compulsion"; "levy" "行政征收" "levy";
        "payment" "行政给付" "payment"; "inspection" "行政检查" "inspection"; "confirmation" "行政确认" "confirmation"; "reward" "行政奖励" "reward";
        "adjudication" "行政裁决" "adjudication"; "other" "其他" "other";
    }
    Norm {
        "law" "法律" "law"; "administrative_regulation" "行政法规" "administrative regulation"; "local_regulation" "地方性法规" "local regulation";
        "department_rule" "部门规章" "departmental rule"; "local_rule" "地方政府规章" "local government rule"; "normative_document" "规范性文件" "normative document";
    }
    Ground {
        "law_changed" "法律法规规章立改废释" "law made, changed or repealed"; "function_changed" "机构或职能调整" "body or function changed";
        "upper_list_changed" "上级目录调整" "upper list changed"; "reconsideration_or_judgment" "行政复议或诉讼" "reconsideration or judgment";
        "first_compilation" "首次编制" "first compilation";
    }
    AgencyKind {
        "administrative_organ" "行政机关" "administrative organ"; "authorised_organisation" "法律、法规授权的组织" "organisation authorised by law";
        "entrusted_organisation" "受委托组织" "entrusted organisation"; "unqualified" "不具备主体资格" "not qualified";
    }
    OfficerRole { "enforcement" "执法人员" "enforcement officer"; "auxiliary" "辅助人员" "auxiliary"; "legal_reviewer" "法制审核人员" "legal reviewer"; }
    Level { "province" "省级" "province"; "city" "市级" "city"; "county" "县级" "county"; "township" "乡级" "township"; }
    Conclusion { "keep" "保留" "keep"; "kept" "保留" "kept"; "adjust" "拟调整" "to be adjusted"; "to_be_adjusted" "拟调整" "to be adjusted"; "cancel" "拟取消" "to be cancelled"; "to_be_cancelled" "拟取消" "to be cancelled"; }
    Appeal { "reconsideration" "行政复议" "reconsideration"; "litigation" "行政诉讼" "litigation"; }
}

/// A word in both languages; as stored if it is not known.
pub(super) fn word(set: Set, id: &str) -> Text {
    match WORDS.get(&(set, id)) {
        Some(text) => text.clone(),
        None => Text::same(id),
    }
}

/// Yuan without needless zeros: `12,345.60 元`.
pub(super) fn money(fen: i64) -> Text {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    let (yuan, rest) = ((fen / 100).to_string(), fen % 100);
    let mut grouped = String::new();
    for (at, digit) in yuan.chars().enumerate() {
        if at > 0 && (yuan.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest > 0 {
        grouped.push_str(&format!(".{rest:02}"));
    }
    Text::new(format!("{sign}{grouped}元"), format!("{sign}{grouped} yuan"))
}

/// Yes or no.
pub(super) const fn yes(yes: bool) -> Text {
    if yes { Text::label("是", "yes") } else { Text::label("否", "no") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_and_keeps_its_fen() {
        for (fen, zh) in [(0, "0元"), (100, "1元"), (123_456_789, "1,234,567.89元"), (-10_050, "-100.50元")] {
            assert_eq!(money(fen).zh, zh);
        }
    }

    #[test]
    fn a_word_that_is_not_known_is_shown_as_it_is_stored() {
        assert_eq!(word(Set::Penalty, "fine").zh, "罚款");
        assert_eq!(word(Set::Penalty, "exile").zh, "exile");
    }
}
