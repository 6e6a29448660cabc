//! Plans: their measures in and out of files, and what becomes of them.

use proto::powerlist::v1::powerlist_server::Powerlist as _;

use super::*;

const ROWS: &str = "方案,编号,区划,起始日期,任务,英文,牵头单位,时间节点,能力,全部覆盖,文件\n\
    FY,21,230883,2016-01-01,执法程序,Procedure,,2019-12-31|原则上完成|done as a rule,执法案件；权责清单,是,实施方案（示例）\n\
    FY,末段,230883,2016-01-01,年度进展报告,Yearly reports,市政府法制办,,,,实施方案（示例）\n";

async fn import(office: &Office, on: &str, text: String) -> p::ImportListResponse {
    office.import(on, vec![("fy.csv".to_owned(), text.into_bytes())]).await
}

#[tokio::test]
async fn a_plan_comes_in_once_and_comes_out_as_it_was() {
    let office = Office::ready().await;
    let answer = import(&office, "2016-12-05", ROWS.to_owned()).await;
    assert_eq!((answer.faults, answer.rows, answer.changed), (vec![], 2, 2));
    let request = p::ExportListRequest {
        sheet: p::Sheet::PlanTasks.into(),
        format: p::FileFormat::Csv.into(),
        ..Default::default()
    };
    let exported = office.api().export_list(office.request(request)).await.unwrap().into_inner();
    assert_eq!(exported.rows, 2);
    let text = String::from_utf8(exported.content).unwrap();
    assert!(text.contains("2019-12-31|原则上完成|done as a rule,执法案件；权责清单,是,"), "{text}");
    let again = import(&office, "2016-12-06", text).await;
    assert_eq!((again.faults, again.changed, again.unchanged), (vec![], 0, 2));
}

#[tokio::test]
async fn a_row_that_cannot_be_a_measure_is_told_and_the_file_stays_outside() {
    let office = Office::ready().await;
    for (bad, says) in [
        ("fy,1,230883,2016-01-01,甲,A,,,,,实施方案（示例）", "capital letters"),
        ("FY,,230883,2016-01-01,甲,A,,,,,实施方案（示例）", "is required"),
        ("FY,1,230883,2016-01-01,甲,A,,2019-12-31,,,实施方案（示例）", "YYYY-MM-DD|what"),
        ("FY,1,230883,2016-01-01,甲,A,,2015-12-31|甲|A,,,实施方案（示例）", "must lie after"),
        ("FY,1,230883,2016-01-01,甲,A,,,执法,,实施方案（示例）", "none of"),
        ("FY,1,230883,2016-01-01,甲,A,,,,大概,实施方案（示例）", "none of"),
        ("FY,1,230883,2016-01-01,甲,A,,,,,另一方案", "实施方案"),
        ("FY,21,230883,2016-01-01,甲,A,,,,,实施方案（示例）", "other contents"),
    ] {
        let answer = import(&office, "2016-12-05", format!("{ROWS}{bad}\n")).await;
        let [fault] = answer.faults.as_slice() else { panic!("{bad}: {:?}", answer.faults) };
        assert!(fault.row == 4 && fault.en.contains(says), "{bad}: {fault:?}");
    }
    let answer = import(&office, "2016-12-05", ROWS.to_owned()).await;
    assert_eq!(answer.changed, 2);
}

#[tokio::test]
async fn a_measure_is_entered_reported_and_completed() {
    let office = Office::ready().await;
    let milestone =
        p::Milestone { by: "2019-12-31".into(), what: "原则上完成".into(), what_en: "done as a rule".into() };
    let enter = p::EnterPlanTaskRequest {
        meta: office.meta("2016-12-05"),
        plan: "FY".into(),
        number: "21".into(),
        region: "230883".into(),
        from: "2016-01-01".into(),
        title: "执法程序".into(),
        title_en: "Procedure".into(),
        milestones: vec![milestone],
        serves: vec![p::Capability::Case.into()],
        document: "实施方案（示例）".into(),
        ..Default::default()
    };
    let bad = p::Milestone { by: "soon".into(), what: "甲|乙".into(), what_en: String::new() };
    let wrong = p::EnterPlanTaskRequest { plan: "1".into(), milestones: vec![bad], ..enter.clone() };
    let status = office.api().enter_plan_task(office.request(wrong)).await.unwrap_err();
    for field in ["plan", "milestones[0].by", "milestones[0].what", "milestones[0].what_en"] {
        assert!(status.message().contains(field), "{field}: {status}");
    }
    office.api().enter_plan_task(office.request(enter)).await.unwrap();
    let report = p::ReportPlanProgressRequest {
        meta: office.meta("2018-06-01"),
        plan: "FY".into(),
        number: "21".into(),
        what: "裁量基准已公布".into(),
    };
    office.api().report_plan_progress(office.request(report)).await.unwrap();
    let done = |milestone: &str| p::CompletePlanTaskRequest {
        meta: office.meta("2019-12-31"),
        plan: "FY".into(),
        number: "21".into(),
        milestone: milestone.into(),
        what: "三项制度已全面落实".into(),
    };
    let other = office.api().complete_plan_task(office.request(done("2019-12-30"))).await.unwrap_err();
    assert_eq!(other.code(), tonic::Code::NotFound);
    office.api().complete_plan_task(office.request(done("2019-12-31"))).await.unwrap();
    let twice = office.api().complete_plan_task(office.request(done(""))).await.unwrap_err();
    assert_eq!(twice.code(), tonic::Code::FailedPrecondition);
}
