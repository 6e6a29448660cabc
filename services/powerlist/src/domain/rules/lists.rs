//! What a published list must show, and how it may change.

use law::{
    Citation, Fault,
    check::blank,
    citation::{APL, ARL, BER, OGI},
    period::Period,
};
use lists::facts::{Outcome, PenaltyKind, PowerKind};

use crate::domain::{
    content::{ItemContent, LegalBasis},
    events::{Ground, GroundKind},
    facts::UniformFact,
};

law::card! {
    /// Name, code, kind, basis, body, flow, supervision.
    PL_ELEMENTS "PL-ELEMENTS" Gate "事项要素齐全" "elements of an item"; Citation::article(&OGI, 20), Citation::article(&APL, 39),
        Citation::article(&BER, 35);
    "权力事项须列明名称、编码、类型、依据、行使主体、办理流程和监督方式，方可公布；处罚事项还须列明处罚种类和幅度，罚款须有数额";
    "an item is published only with its name, code, kind, legal basis, exercising body, process flow and way of supervision; a penalty also with its kinds and ranges, a fine with its amount";
    plans "FY 2" "BT 2"; since 2019 5 15;
    allows publishes_a_complete_item;
    refuses refuses_an_item_without_its_elements, refuses_a_penalty_without_kinds_and_ranges, refuses_a_fine_without_an_amount
}

/// The elements that are missing.
pub fn pl_elements(content: &ItemContent) -> Result<(), Fault> {
    let basis = |b: &LegalBasis| !blank(&b.statute) && !blank(&b.article) && !blank(&b.summary);
    let wanted = [
        (!blank(&content.name), "职权名称", "name"),
        (!blank(&content.field), "执法领域", "field of enforcement"),
        (!content.bases.is_empty() && content.bases.iter().all(basis), "实施依据", "legal basis"),
        (!content.flow.is_empty(), "办理流程", "process flow"),
        (!blank(&content.supervision), "监督方式", "way of supervision"),
        (
            content.kind != PowerKind::Penalty || !content.outcomes.is_empty(),
            "处罚种类和幅度",
            "kinds and ranges of penalty",
        ),
        (content.outcomes.iter().all(measured), "罚款的数额", "amount of the fine"),
    ];
    missing(&wanted, "该事项缺少", "，补齐后方可公布", "the item lacks its", "; complete it before publication")
}

/// A fine has an amount, or the article by which it is measured: without either no decision could be held against it (APL 4).
fn measured(line: &Outcome) -> bool {
    line.kind != PenaltyKind::Fine || line.range.is_some() || line.under.is_some()
}

law::card! {
    /// Matter, responsible body and way it answers.
    PL_DUTY "PL-DUTY" Gate "权责一致" "duties with powers"; Citation::paragraph(&APL, 75, 1), Citation::article(&OGI, 20);
    "有权必有责：每一权力事项须同时列明责任事项、责任主体和追责方式";
    "no power without its duty: every item carries the matters owed, the body responsible and how it answers";
    plans "FY 2"; since 2019 5 15;
    allows publishes_a_complete_item;
    refuses refuses_an_item_without_duties
}

/// The parts of the duty that are missing.
pub fn pl_duty(content: &ItemContent) -> Result<(), Fault> {
    let duties = !content.duties.is_empty() && content.duties.iter().all(|d| !blank(&d.stage) && !blank(&d.matter));
    let wanted = [
        (duties, "责任事项", "matters owed, stage by stage"),
        (!blank(&content.responsible), "责任主体", "responsible body"),
        (!blank(&content.accountability), "追责方式", "way of answering"),
    ];
    missing(&wanted, "该事项缺少", "，权责须一并公布", "the item lacks its", "; power and duty are published together")
}

fn missing(
    wanted: &[(bool, &str, &str)],
    zh_head: &str,
    zh_tail: &str,
    en_head: &str,
    en_tail: &str,
) -> Result<(), Fault> {
    let absent: Vec<_> = wanted.iter().filter(|(there, ..)| !there).collect();
    if absent.is_empty() {
        return Ok(());
    }
    let join = |f: fn(&&(bool, &str, &str)) -> String, by| absent.iter().map(f).collect::<Vec<_>>().join(by);
    let (zh, en) = (join(|w| w.1.to_owned(), "、"), join(|w| w.2.to_owned(), ", "));
    Err(Fault::new(format!("{zh_head}{zh}{zh_tail}"), format!("{en_head} {en}{en_tail}")))
}

law::card! {
    /// One base code, one matter.
    PL_UNIFORM "PL-UNIFORM" Gate "目录统一" "uniform catalogue"; Citation::article(&BER, 35);
    "同一基本编码的事项，名称、类型和依据须与上级基本目录一致；目录未列的，与已公布的同编码事项一致";
    "items with the same base code have the name, kind and basis of the upper catalogue; where it has none, of the item already published under that code";
    plans "XS 二2" "FY 2"; since 2020 1 1;
    allows publishes_what_agrees_with_the_catalogue, a_newer_version_of_the_same_statute_is_no_departure;
    refuses refuses_another_name_than_the_catalogue, refuses_another_kind_than_the_catalogue,
        refuses_another_basis_than_the_catalogue
}

/// Departures from the catalogue. A newer version of the same article is none, nor are other words of the summary.
pub fn pl_uniform(content: &ItemContent, uniform: Option<&UniformFact>) -> Result<(), Fault> {
    let Some(uniform) = uniform else { return Ok(()) };
    let articles = |bases: &[LegalBasis]| {
        let mut of: Vec<_> = bases.iter().map(|b| (b.statute.clone(), b.article.clone(), b.level)).collect();
        of.sort();
        of.dedup();
        of
    };
    let source = &uniform.source;
    if content.name != uniform.name {
        return Err(Fault::new(
            format!(
                "基本编码{}的名称应为“{}”（{source}），不得改称“{}”",
                content.base_code, uniform.name, content.name
            ),
            format!("base code {} is named {:?} ({source}), not {:?}", content.base_code, uniform.name, content.name),
        ));
    }
    if content.kind != uniform.kind {
        let (want, got) = (uniform.kind.zh(), content.kind.zh());
        return Err(Fault::new(
            format!("基本编码{}的职权类型应为{want}（{source}），不得列为{got}", content.base_code),
            format!("base code {} is of kind {want} ({source}), not {got}", content.base_code),
        ));
    }
    if articles(&content.bases) != articles(&uniform.bases) {
        let list =
            uniform.bases.iter().map(|b| format!("《{}》{}", b.statute, b.article)).collect::<Vec<_>>().join("、");
        return Err(Fault::new(
            format!("基本编码{}的实施依据应为{list}（{source}），本事项所列依据与之不一致", content.base_code),
            format!("base code {} rests on {list} ({source}); this item names another basis", content.base_code),
        ));
    }
    Ok(())
}

law::card! {
    /// No change without a ground, its document and a passed review.
    PL_CHANGE "PL-CHANGE" Gate "清单变动法定事由" "grounds to change the list"; Citation::article(&BER, 40), Citation::article(&OGI, 20);
    "清单事项的新增、变更、取消须有法定事由和文件，并经合法性审核通过";
    "an item is added, changed or cancelled only on a stated ground with its document and after a passed legal review";
    plans "BT 2"; since 2020 1 1;
    allows drafts_the_first_version, adjusts_on_a_ground, publishes_a_complete_item, cancels_on_a_ground;
    refuses refuses_a_change_without_its_document, refuses_first_compilation_as_the_ground_of_a_change,
        refuses_first_compilation_of_an_item_that_came_back_under_another_code,
        refuses_publication_without_review, refuses_publication_after_a_failed_review,
        refuses_cancellation_without_an_opinion
}

/// Whether the ground carries the change. `first`: nothing was ever published under this code, nor the same under another one that has
/// ended.
pub fn pl_change_ground(ground: &Ground, first: bool) -> Result<(), Fault> {
    if blank(&ground.document) {
        return Err(Fault::new(
            "须写明调整事由所依据文件的名称和文号",
            "name the document, with its number, that the change rests on",
        ));
    }
    if !first && ground.kind == GroundKind::FirstCompilation {
        return Err(Fault::new(
            "该事项已公布过，“首次编制”不能作为调整或取消的事由；请写明立改废释、职能调整、上级目录调整或复议诉讼之一",
            "the item has been published before, so first compilation is no ground; state a change of law, of functions or of the upper list, or a reconsideration or judgment",
        ));
    }
    Ok(())
}

/// Whether the version passed its review: `None` when there was none.
pub fn pl_change_reviewed(passed: Option<bool>) -> Result<(), Fault> {
    match passed {
        Some(true) => Ok(()),
        Some(false) => Err(Fault::new(
            "合法性审核未通过，不得公布；请修改后重新起草送审",
            "the legal review was not passed; draft it anew and have it reviewed before publication",
        )),
        None => Err(Fault::new(
            "尚未进行合法性审核，不得公布、变更或取消",
            "there is no legal review yet; without one nothing is published, changed or cancelled",
        )),
    }
}

/// The time for publication.
pub const PL_PUBLISH_WITHIN: Period = Period::WorkingDays(20);

law::card! {
    /// Published within 20 working days.
    PL_PUBLISH "PL-PUBLISH" Deadline "清单公布期限" "time to publish the list"; Citation::article(&OGI, 26);
    "清单事项自形成或者变更之日起20个工作日内公布";
    "publish the item within 20 working days of its being made or changed";
    plans "FY 2" "TA 29"; params "publish_working_days_max" = PL_PUBLISH_WITHIN; since 2019 5 15;
    allows publication_on_the_twentieth_working_day_is_in_time;
    refuses publication_on_the_twenty_first_working_day_is_late
}

law::card! {
    /// A flow with a time limit for each step.
    PL_FLOW "PL-FLOW" Duty "办理流程时限" "flow with time limits"; Citation::article(&BER, 35);
    "办理流程逐步列明，每一步骤有办理时限";
    "the process flow names every step with its time limit";
    plans "FY 2" "BT 2"; since 2020 1 1;
    allows publishes_a_complete_item;
    refuses records_a_step_without_a_time_limit
}

/// Steps without a name or a limit.
pub fn pl_flow(content: &ItemContent) -> Result<(), Fault> {
    let none = |p: Period| {
        matches!(
            p,
            Period::WorkingDays(0) | Period::CalendarDays(0) | Period::Months(0) | Period::Years(0) | Period::Hours(0)
        )
    };
    let bad: Vec<&str> =
        content.flow.iter().filter(|s| blank(&s.name) || none(s.limit)).map(|s| s.name.as_str()).collect();
    if bad.is_empty() && !content.flow.is_empty() {
        return Ok(());
    }
    Err(Fault::new(
        format!("办理流程未逐步写明时限：{}", bad.join("、")),
        format!("steps of the process flow have no time limit: {}", bad.join(", ")),
    ))
}

/// The time between two reviews of an item.
pub const PL_REVIEW_WITHIN: Period = Period::Years(1);

law::card! {
    /// Every list is reviewed once a year.
    PL_REVIEW "PL-REVIEW" Deadline "清单年度评估" "yearly review of the list"; Citation::article(&BER, 40), Citation::article(&OGI, 26);
    "已公布的清单事项每年至少评估一次，作出保留、调整或者取消的结论";
    "a published item is reviewed at least once a year and kept, adjusted or cancelled";
    plans "FY 2" "SB 六"; params "review_years_max" = PL_REVIEW_WITHIN; since 2020 1 1;
    allows a_review_within_the_year_is_in_time;
    refuses a_review_after_the_year_is_late
}

law::card! {
    /// What was found in the list is answered. 1. The list office, which keeps the list; the agency whose item it is proposes. 2. Each
    /// ground noted with its answer, and the answer with what the list shows since: a version or a cancellation on that ground. 3. The law of
    /// the day of the answer. 4. None: an item may be kept, with reasons. 5. An unanswered ground is no answer. 6. Answering that it was
    /// adjusted without adjusting it, or by a version made for another reason: the state refuses it; the yearly review passing it over is
    /// where silence is found; cancelling the item answers nothing by itself. 7. Recorded; neither law nor plan says within what time, so there is no clock.
    /// 8. ARL 77(1) binds the respondent to the decision; that a list follows it promptly is the plans'; that it is changed on a ground, BER 40.
    PL_GROUND "PL-GROUND" Duty "复议诉讼反馈清单" "errors found lead to the list"; Citation::article(&BER, 40), Citation::paragraph(&ARL, 77, 1);
    "行政复议、诉讼认定清单事项有错误的，应当调整、取消，或者说明保留的理由";
    "what a reconsideration or a court found wrong in an item is answered: adjusted, cancelled, or kept with reasons";
    plans "BT 2" "BT 39" "XS 七4";
    compares "登记的调整事由与答复，答复与清单" "the grounds noted with the answers, the answers with the list"; since 2024 1 1;
    allows a_ground_is_answered_by_adjusting_the_item, an_item_is_kept_with_reasons;
    refuses finds_a_ground_that_the_yearly_review_passes_over
}

/// PL-GROUND at the yearly review: documents of the grounds that nobody answered.
pub fn pl_ground(open: &[&str]) -> Result<(), Fault> {
    if open.is_empty() {
        return Ok(());
    }
    Err(Fault::new(
        format!("尚有调整事由没有答复：{}；请调整、取消，或者写明保留的理由", open.join("、")),
        format!(
            "grounds for adjustment were not answered: {}; adjust, cancel, or keep it with reasons",
            open.join(", ")
        ),
    ))
}
