//! Goods are seized, a crime comes to light, and no penalty takes the place of the transfer. And what no head may order.

mod orders;

use proto::enforcement::v1 as wire;
use stories::suite::{self, Engine, Running};
use uuid::Uuid;

use crate::{
    county::{self, EXPIRED, HEAD, LAN, SEIZE_FOOD, UNLICENSED_FOOD, XU},
    engines::on_both_engines,
    matter::{Matter, codes},
    people::{Head, MARKET, Officer, command::Receipted as _, wire_moment},
};

on_both_engines! {
    a_crime_goes_to_the_police,
    a_case_that_the_police_do_not_file_goes_on,
    no_quota_and_no_blanket_stop,
}

/// The people and the case.
struct Story<'a> {
    running: &'a Running,
    officer: Officer<'a>,
    head: Head<'a>,
    matter: Matter,
}

async fn filed(running: &Running) -> Story<'_> {
    let written = county::found(running).await;
    let officer = Officer::of(running, MARKET, XU).having_seen(written);
    let head = Head::of(running, MARKET, HEAD).having_seen(written);
    let matter = Matter::new();
    officer.does("2025-03-03T09:00", matter.filing()).await;
    Story { running, officer, head, matter }
}

pub(crate) async fn a_crime_goes_to_the_police(engine: Engine) {
    let running = suite::start(engine).await;
    let story = filed(&running).await;
    let measure_id = Uuid::now_v7().to_string();
    story.seized(&measure_id).await;
    story.suspected().await;
    story.transferred().await;
    story.released_and_closed(measure_id).await;
    story.is_shown().await;
    running.stop().await;
}

pub(crate) async fn a_case_that_the_police_do_not_file_goes_on(engine: Engine) {
    let running = suite::start(engine).await;
    let story = filed(&running).await;
    story.suspected().await;
    story.head.does("2025-03-08T09:00", story.to_transfer(true)).await;
    story.officer.does("2025-03-09T09:00", story.transfer()).await;
    story.officer.does("2025-03-11T09:00", story.police_answer(false)).await;
    // Three days with the police do not count: the ninetieth day is 1 June, the 93rd 4 June.
    assert_eq!(story.clocks().await, [("EN-NINETY".to_owned(), "2025-06-04".to_owned())]);
    let refused = story.head.tries("2025-03-12T10:00", story.matter.decision()).await;
    refused.under(&UNPREPARED, "没有告知当事人拟作出的处罚", "was not told of the intended penalty");
    running.stop().await;
}

/// What a decision still lacks, the transfer apart.
const UNPREPARED: [&str; 5] = ["EN-NOTICE", "EN-STATEMENT", "EN-HEARING", "EN-REVIEW", "EN-COLLECTIVE"];

impl Story<'_> {
    async fn seized(&self, measure_id: &str) {
        let record = self.officer.hands_in("现场笔录（示例）".as_bytes(), "text/plain").await;
        let seizure = self.seizure(measure_id, record.sha256);
        self.seizure_is_refused(&seizure).await;
        self.officer.does("2025-03-04T09:30", seizure.clone()).await;
        self.officer.tries("2025-03-04T09:35", seizure).await.by_state("ALREADY_RECORDED");
        assert!(self.clocks().await.contains(&(format!("EN-SEIZE:{measure_id}"), "2025-04-03".to_owned())));

        let extension = wire::ExtendMeasureRequest {
            case_id: self.matter.case_id.clone(),
            measure_id: measure_id.to_owned(),
            days: 30,
            reason: "检验尚未完成".to_owned(),
            ..wire::ExtendMeasureRequest::default()
        };
        let too_long = wire::ExtendMeasureRequest { days: 31, ..extension.clone() };
        let refused = self.head.tries("2025-03-05T08:50", too_long).await;
        refused.under(&["EN-SEIZE-LENGTH"], "不得超过三十日", "by at most 30 days");
        let refused = self.officer.tries("2025-03-05T08:55", extension.clone()).await;
        refused.under(&["EN-HEAD"], "须由行政机关负责人决定或者批准", "let the head submit it");
        self.head.does("2025-03-05T09:00", extension.clone()).await;
        // The sixtieth day, 3 May, lies in the Labour Day holiday.
        assert!(self.clocks().await.contains(&(format!("EN-SEIZE:{measure_id}"), "2025-05-06".to_owned())));
        let refused = self.head.tries("2025-03-05T09:30", extension).await;
        refused.under(&["EN-SEIZE-LENGTH"], "延长只能一次", "extended once");
    }

    async fn seizure_is_refused(&self, seizure: &wire::TakeMeasureRequest) {
        let at = "2025-03-04T09:00";
        for (broken, rules, zh, en) in [
            (
                wire::TakeMeasureRequest { item_code: UNLICENSED_FOOD.to_owned(), ..seizure.clone() },
                &["EN-MEASURE"][..],
                "不得实施强制措施",
                "without a power there is no measure",
            ),
            (
                wire::TakeMeasureRequest { approved_at: Some(wire_moment("2025-03-04T09:01")), ..seizure.clone() },
                &["EN-MEASURE"],
                "实施前没有负责人的批准",
                "the head had not approved beforehand",
            ),
            (
                wire::TakeMeasureRequest { reasons_told: false, ..seizure.clone() },
                &["EN-MEASURE"],
                "没有当场告知理由",
                "were not told on the spot",
            ),
            (
                wire::TakeMeasureRequest { statement_heard: false, ..seizure.clone() },
                &["EN-MEASURE"],
                "没有听取当事人的陈述和申辩",
                "the party was not heard",
            ),
            (
                wire::TakeMeasureRequest { party_present: false, ..seizure.clone() },
                &["EN-MEASURE"],
                "请邀请见证人到场签名",
                "call a witness to sign the record",
            ),
            (
                wire::TakeMeasureRequest { record_sha256: String::new(), ..seizure.clone() },
                &["EN-MEASURE"],
                "没有现场笔录",
                "no record made on site",
            ),
            (
                wire::TakeMeasureRequest { officers: codes(&[XU]), ..seizure.clone() },
                &["OF-TWO"],
                "只有1名执法人员",
                "only 1 officer acts",
            ),
            (
                wire::TakeMeasureRequest { officers: codes(&[XU, EXPIRED]), ..seizure.clone() },
                &["OF-CERT"],
                "高立新（131099）在 2025-03-04 没有有效的执法证件",
                "no certificate valid on 2025-03-04",
            ),
            (
                wire::TakeMeasureRequest { period: days(31), ..seizure.clone() },
                &["EN-SEIZE-LENGTH"],
                "最长三十日",
                "at most 30",
            ),
        ] {
            self.officer.tries(at, broken).await.under(rules, zh, en);
        }
    }

    fn seizure(&self, measure_id: &str, record_sha256: String) -> wire::TakeMeasureRequest {
        wire::TakeMeasureRequest {
            case_id: self.matter.case_id.clone(),
            measure_id: measure_id.to_owned(),
            kind: wire::MeasureKind::Seize.into(),
            item_code: SEIZE_FOOD.to_owned(),
            objects: "无标签熟食制品120公斤".to_owned(),
            officers: codes(&[XU, LAN]),
            approved_by: HEAD.to_owned(),
            approved_at: Some(wire_moment("2025-03-04T08:30")),
            reasons_told: true,
            statement_heard: true,
            party_present: true,
            record_sha256,
            period: days(30),
            ..wire::TakeMeasureRequest::default()
        }
    }

    /// The investigation ends in a suspicion; nobody may punish before the head has decided on the transfer.
    async fn suspected(&self) {
        let file = self.officer.hands_in("检验报告（示例）".as_bytes(), "text/plain").await;
        self.officer.does("2025-03-06T09:00", self.matter.evidence(&file)).await;
        self.officer.does("2025-03-06T10:00", self.matter.exemption()).await;
        self.officer.does("2025-03-06T11:00", self.matter.conclusion()).await;
        self.officer.tries("2025-03-07T08:50", self.transfer()).await.by_state("TRANSFER_STAGE");
        let suspicion = wire::SuspectCrimeRequest {
            case_id: self.matter.case_id.clone(),
            suspected: "生产、销售有毒、有害食品罪".to_owned(),
            ..wire::SuspectCrimeRequest::default()
        };
        self.officer.does("2025-03-07T09:00", suspicion).await;
        assert!(self.clocks().await.contains(&("EN-TRANSFER:decide".to_owned(), "2025-03-10".to_owned())));
        self.no_penalty("2025-03-07T10:00", "负责人尚未决定是否移送", "the head has not decided on the transfer").await;
        self.officer.tries("2025-03-07T10:30", self.transfer()).await.by_state("TRANSFER_STAGE");
        let refused = self.officer.tries("2025-03-07T11:00", self.to_transfer(true)).await;
        refused.under(&["EN-HEAD"], "须由行政机关负责人决定或者批准", "let the head submit it");
    }

    async fn transferred(&self) {
        self.head.does("2025-03-08T09:00", self.to_transfer(true)).await;
        let send = self.clock("EN-TRANSFER:send").await;
        assert_eq!(send.due_at, Some(wire_moment("2025-03-09T09:00")), "24 hours, on a Sunday, too: {send:?}");
        self.no_penalty("2025-03-08T10:00", "已决定移送公安机关；请先移送", "is to be transferred to the police").await;
        self.officer.does("2025-03-08T16:00", self.transfer()).await;
        assert!(self.clocks().await.contains(&("EN-TRANSFER:police".to_owned(), "2025-03-11".to_owned())));
        let ninety = self.clock("EN-NINETY").await;
        assert!(ninety.suspended && ninety.due.is_empty(), "{ninety:?}");
        self.no_penalty("2025-03-10T10:00", "公安机关尚未答复", "the police have not answered").await;
        self.head.tries("2025-03-10T11:00", self.closing()).await.by_state("CLOSE_REASON");
        self.officer.does("2025-03-11T09:00", self.police_answer(true)).await;
        self.no_penalty("2025-03-11T10:00", "公安机关已经立案", "the police have filed a criminal case").await;
    }

    /// EN-TRANSFER-FIRST is the reason, whatever else the decision lacks.
    async fn no_penalty(&self, at: &str, zh: &str, en: &str) {
        let refused = self.head.tries(at, self.matter.decision()).await;
        let rules = [&["EN-TRANSFER-FIRST"], &UNPREPARED[..]].concat();
        refused.under(&rules, zh, en);
        refused.under(&rules, "不得以处罚代替移送", "no penalty takes the place of a transfer");
        let withheld = wire::WithholdPenaltyRequest {
            case_id: self.matter.case_id.clone(),
            ground: wire::NoPenaltyGround::NotEstablished.into(),
            reason: "已经移送".to_owned(),
            ..wire::WithholdPenaltyRequest::default()
        };
        self.head.tries(at, withheld).await.under(&["EN-TRANSFER-FIRST"], zh, en);
    }

    async fn released_and_closed(&self, measure_id: String) {
        let (case_id, outcome) = (self.matter.case_id.clone(), "随案移送公安机关".to_owned());
        let end = wire::EndMeasureRequest { case_id, measure_id, outcome, ..Default::default() };
        self.officer.does("2025-03-12T09:00", end.clone()).await;
        self.officer.tries("2025-03-12T09:10", end).await.by_state("MEASURE_ENDED");
        let closed = self.head.does("2025-03-13T09:00", self.closing()).await;
        assert_eq!(closed.receipt().violations, []);
        assert_eq!(self.clocks().await.iter().map(|(c, _)| c.as_str()).collect::<Vec<_>>(), ["EN-FILE"]);
        let case = self.officer.reads_case(&self.matter.case_id).await.expect("the case").case.expect("a case");
        assert!(case.measures.len() == 1 && case.measures[0].ended, "{:?}", case.measures);
        assert!(case.penalties.is_empty() && case.decision_number.is_empty(), "{case:?}");
    }

    /// On the page of the case stand the transfer and what was tried before it.
    async fn is_shown(&self) {
        self.running.suite.caught_up().await.expect("the views");
        let token = self.running.suite.supervisor_token().expect("a token");
        let (status, page) = self.running.page(&format!("/cases/{}", self.matter.case_id), Some(&token)).await;
        assert_eq!(status, 200);
        for words in ["EN-TRANSFER-FIRST", "EN-SEIZE-LENGTH", "抚远市公安局", "生产、销售有毒、有害食品罪"]
        {
            assert!(page.contains(words), "{words} is missing: {page}");
        }
        let (status, overdue) = self.running.page("/findings?rule=EN-TRANSFER", Some(&token)).await;
        assert!(status == 200 && !overdue.contains(&self.matter.case_id), "all three clocks were kept: {overdue}");
    }

    fn to_transfer(&self, transfer: bool) -> wire::DecideTransferRequest {
        let (case_id, reason) = (self.matter.case_id.clone(), "检出禁用物质".to_owned());
        wire::DecideTransferRequest { case_id, transfer, reason, ..Default::default() }
    }

    fn transfer(&self) -> wire::TransferCaseRequest {
        wire::TransferCaseRequest {
            case_id: self.matter.case_id.clone(),
            to: "抚远市公安局".to_owned(),
            document: "涉嫌犯罪案件移送书〔2025〕1号".to_owned(),
            ..wire::TransferCaseRequest::default()
        }
    }

    fn police_answer(&self, filed: bool) -> wire::RecordPoliceAnswerRequest {
        let reason = if filed { "立案侦查" } else { "犯罪事实显著轻微" }.to_owned();
        wire::RecordPoliceAnswerRequest { case_id: self.matter.case_id.clone(), filed, reason, ..Default::default() }
    }

    fn closing(&self) -> wire::CloseCaseRequest {
        wire::CloseCaseRequest { reason: wire::CloseReason::Transferred.into(), ..self.matter.closing() }
    }

    async fn open_clocks(&self) -> Vec<wire::OpenClock> {
        self.officer.reads_case(&self.matter.case_id).await.expect("the case").open_clocks
    }

    /// The clocks that run, each with its last day.
    async fn clocks(&self) -> Vec<(String, String)> {
        self.open_clocks().await.into_iter().map(|c| (c.clock, c.due)).collect()
    }

    async fn clock(&self, name: &str) -> wire::OpenClock {
        let clocks = self.open_clocks().await;
        clocks.into_iter().find(|c| c.clock == name).unwrap_or_else(|| panic!("{name} does not run"))
    }
}

fn days(count: u32) -> Option<wire::Period> {
    Some(wire::Period { unit: wire::PeriodUnit::CalendarDays.into(), count })
}

pub(crate) async fn no_quota_and_no_blanket_stop(engine: Engine) {
    let running = suite::start(engine).await;
    orders::what_no_head_may_order(&running).await;
    running.stop().await;
}
