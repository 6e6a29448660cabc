//! The names of fields and steps.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::model::Text;

/// A JSON object in the order of its text; the workspace's map sorts by name.
#[derive(Default)]
pub(super) struct Ordered(pub(super) Vec<(String, serde_json::Value)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Ordered;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut all = Vec::new();
                while let Some(next) = map.next_entry()? {
                    all.push(next);
                }
                Ok(Ordered(all))
            }
        }
        input.deserialize_map(Each)
    }
}

/// Fields that stand elsewhere in the entry, or say nothing to a reader.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(name, "mode" | "violations" | "clocks" | "breaches" | "case" | "step" | "at" | "officers" | "agency")
}

macro_rules! labels {
    ($($name:literal $zh:literal $en:literal;)*) => {
        fn common(name: &str) -> Option<Text> {
            Some(match name {
                $($name => Text::label($zh, $en),)*
                _ => return None,
            })
        }
    };
}

labels! {
    "accepted" "是否受理" "Accepted";
    "accountability" "追责方式" "Accountability";
    "address_stated" "载明当事人姓名地址" "Address stated";
    "agency_name" "执法机关" "Agency";
    "amount_fen" "金额" "Amount";
    "answer" "答复" "Answer";
    "appeal" "救济途径" "How to appeal";
    "applies" "是否适用" "Applies";
    "approval" "批准文件" "Approval";
    "approved_at" "批准时间" "Approved at";
    "approved_by" "批准人" "Approved by";
    "archive_number" "档号" "Archive number";
    "area" "区域" "Area";
    "base_code" "基本编码" "Base code";
    "bases" "依据" "Bases";
    "basis" "依据" "Basis";
    "begun" "开始" "Begun";
    "by" "作出机关" "By";
    "certificate" "执法证号" "Certificate";
    "channel" "缴纳方式" "Channel";
    "charge_fen" "实际收费" "Charged";
    "circumstances" "适用情形" "Circumstances";
    "collector" "收缴人员" "Collected by";
    "complex" "疑难复杂" "Complex";
    "conclusion" "结论" "Conclusion";
    "consent" "电子送达同意书" "Consent";
    "content" "内容" "Content";
    "contents_sha256" "卷内目录摘要" "Contents, SHA-256";
    "court" "人民法院" "Court";
    "days" "天数" "Days";
    "decided_by" "决定人" "Decided by";
    "departure" "偏离基准的理由" "Reasons for departing";
    "description" "说明" "Description";
    "designated" "指定机关" "Designated";
    "designation" "指定管辖文书" "Designation";
    "device" "自动化设备" "Device";
    "dissent" "不同意见" "Dissent";
    "duties" "责任事项" "Duties";
    "subitem" "子项" "Subitem";
    "measures" "强制措施" "Measures";
    "distinct_from" "与前案非同一行为" "Distinct from";
    "document" "文件" "Document";
    "document_sha256" "文书摘要" "Document, SHA-256";
    "education" "教育情况" "Education";
    "effective" "生效日期" "In force from";
    "entrusted_by" "委托机关" "Entrusted by";
    "evidence" "证据" "Evidence";
    "fact" "违法事实" "Fact";
    "facts" "认定事实" "Facts";
    "field" "执法领域" "Field";
    "fields" "执法领域" "Fields";
    "filed" "是否立案" "Filed";
    "filing_number" "立案号" "Filing number";
    "fine_fen" "罚款合计" "Fines";
    "flow" "办理流程" "Flow";
    "form" "记录形式" "Form";
    "from" "起始日期" "From";
    "given" "是否协助" "Given";
    "ground" "理由类型" "Ground";
    "hearing_at" "听证时间" "Hearing at";
    "hearing_required" "符合听证条件" "Hearing required";
    "hearing_right_told" "告知听证权利" "Right to a hearing told";
    "host" "主持人" "Host";
    "hours" "学时" "Hours";
    "how" "方式" "How";
    "in_time" "在期限内" "In time";
    "instalments" "分期期数" "Instalments";
    "item" "事项编码" "Item code";
    "item_name" "权力事项" "Power item";
    "item_version" "事项版本" "Item version";
    "kind" "类型" "Kind";
    "legal_qualification" "法律职业资格" "Legal qualification";
    "level" "层级" "Level";
    "major" "重大执法决定" "Major decision";
    "may_restrict_liberty" "可限制人身自由" "May restrict liberty";
    "measure" "标识" "Reference";
    "media_type" "文件类型" "Media type";
    "members" "参加人员" "Members";
    "method" "方式" "Method";
    "minutes_sha256" "讨论记录摘要" "Minutes, SHA-256";
    "name" "名称" "Name";
    "new_facts" "新查明事实" "New facts";
    "note" "备注" "Note";
    "number" "文号" "Number";
    "objects" "物品" "Objects";
    "of" "对象" "Of";
    "officer" "人员编号" "Officer";
    "on" "日期" "On";
    "opinion" "意见" "Opinion";
    "outcome" "结果" "Outcome";
    "outcomes" "处罚种类和幅度" "Outcomes";
    "pages" "页数" "Pages";
    "parent" "上级区划" "Parent";
    "party" "当事人" "Party";
    "party_present" "当事人在场" "Party present";
    "passed" "是否通过" "Passed";
    "pay_by" "缴款期限" "Pay by";
    "penalties" "处罚内容" "Penalties";
    "perform_by" "履行期限" "Perform by";
    "performance" "履行方式和期限" "Performance";
    "period" "期限" "Period";
    "place" "地点" "Place";
    "preservation" "登记保存标识" "Preservation";
    "procedure" "程序" "Procedure";
    "proposal" "处理建议" "Proposal";
    "public" "公开举行" "Public";
    "public_interest" "涉及重大公共利益" "Public interest";
    "published_at" "公布载体" "Published at";
    "reason" "理由" "Reason";
    "reasons" "理由" "Reasons";
    "reasons_told" "告知理由" "Reasons told";
    "receipt" "回执" "Receipt";
    "record_sha256" "笔录摘要" "Record, SHA-256";
    "recused" "是否回避" "Recused";
    "reference" "编号" "Reference";
    "region" "行政区划" "Region";
    "reported_by" "报告人" "Reported by";
    "reported_to" "报告对象" "Reported to";
    "request" "请求标识" "Request";
    "responsible" "责任主体" "Responsible";
    "reviewer" "审核人员" "Reviewer";
    "reviewer_name" "审核人" "Reviewer";
    "reviewing_since" "从事审核起始日" "Reviewing since";
    "role" "人员类别" "Role";
    "score" "成绩" "Score";
    "sealed" "加盖印章" "Sealed";
    "set_by" "下达机关" "Set by";
    "sha256" "摘要" "SHA-256";
    "short_name" "简称" "Short name";
    "signed" "当事人签名" "Signed";
    "size_bytes" "大小" "Size";
    "source" "来源" "Source";
    "source_reference" "来源编号" "Source reference";
    "spot_ground" "当场收缴理由" "Ground for collecting on the spot";
    "stage" "环节" "Stage";
    "standard_fen" "收费标准" "Standard";
    "statement_heard" "听取陈述申辩" "Statement heard";
    "statement_right_told" "告知陈述申辩权" "Right to state told";
    "subject" "内容" "Subject";
    "summary" "内容" "What was tried";
    "supervision" "监督方式" "Supervision";
    "surcharge_fen" "加处罚款" "Surcharge";
    "suspected" "涉嫌罪名" "Suspected crime";
    "text" "内容" "Text";
    "tier" "裁量阶次" "Tier";
    "tiers" "裁量阶次" "Tiers";
    "title" "名称" "Title";
    "to" "对象" "To";
    "total_fen" "累计加处" "Total";
    "trade" "行业" "Trade";
    "transfer" "是否移送" "Transfer";
    "unit" "单位" "Unit";
    "until" "截止日期" "Until";
    "urgent" "情况紧急" "Urgent";
    "url" "公示地址" "Address";
    "value" "数值" "Value";
    "version" "版本" "Version";
    "violation" "违法行为" "Violation";
    "volumes" "卷数" "Volumes";
    "what" "内容" "What";
    "who" "人员" "Who";
    "with" "争议机关" "With";
    "witness" "见证人" "Witness";
    "year" "年度" "Year";
}

/// The label of a field; its name if there is none.
pub(super) fn label(kind: &str, name: &str) -> Text {
    match (kind, name) {
        ("enforcement.case.CrimeSuspected.v1", "reported_by") => Text::label("报告人", "Reported by"),
        ("enforcement.case.RecusalRequested.v1", "by") => Text::label("申请人", "Requested by"),
        ("enforcement.case.AppealLodged.v1", "kind") => Text::label("途径", "Kind of appeal"),
        ("enforcement.agency.TargetSet.v1", "measure") => Text::label("衡量内容", "Measured in"),
        ("enforcement.series.NumberIssued.v1", "number") => Text::label("序号", "Number"),
        ("enforcement.series.NumberIssued.v1", "text") => Text::label("文号", "Document number"),
        (_, "evidence") if kind.contains(".Evidence") => Text::label("证据标识", "Evidence"),
        _ => common(name).unwrap_or_else(|| Text::same(name)),
    }
}
