//! A case through its stages: what is allowed, what is refused, and what is kept of it.

use std::collections::BTreeSet;

use law::parameter::{ParameterSet, Quantity, Unit};
use tonic::Code;
use tonic_types::StatusExt as _;

use super::*;

/// The rule that a refusal names.
#[track_caller]
fn rule(status: &Status) -> String {
    assert_eq!(status.code(), Code::FailedPrecondition, "{status:?}");
    status.get_details_error_info().map(|info| info.reason).unwrap_or_default()
}

/// 70,000 yuan.
fn fine() -> Penalty {
    Penalty { kind: PenaltyKind::Fine.into(), amount_fen: Some(7_000_000), ..Penalty::default() }
}

impl World {
    async fn get(&self, case: u128) -> GetCaseResponse {
        let ask = GetCaseRequest { case_id: Uuid::from_u128(case).to_string() };
        self.client().get_case(self.by(&officer(), ask)).await.unwrap().into_inner()
    }

    /// A case that has been investigated; the digest of what is on file.
    async fn investigated(&self, case: u128) -> String {
        self.file(case).await;
        let mut client = self.client();
        let case_id = Uuid::from_u128(case).to_string();
        let sha256 = self.put(b"bytes").await.unwrap().sha256;
        client.collect_evidence(self.by(&officer(), self.evidence(case, &sha256))).await.unwrap();
        let conclude = ConcludeInvestigationRequest {
            meta: self.now("2024-03-03T10:00"),
            case_id: case_id.clone(),
            facts: "无证经营五十五日，货值金额8000元".into(),
            tier: "ordinary".into(),
            bases: vec![BaseAmount { of: "货值金额".into(), amount_fen: 800_000 }],
            proposal: vec![fine()],
            reasons: "情节一般".into(),
            complex: false,
            public_interest: false,
            findings: None,
            mitigating: vec![],
            also_breaks: vec![],
        };
        client.conclude_investigation(self.by(&officer(), conclude)).await.unwrap();
        let consider = ConsiderExemptionRequest {
            meta: self.now("2024-03-03T11:00"),
            case_id: case_id.clone(),
            applies: false,
            reason: "不属轻微".into(),
            entries: Vec::new(),
        };
        client.consider_exemption(self.by(&officer(), consider)).await.unwrap();
        sha256
    }

    /// What the party is told of a fine of 70,000 yuan.
    fn notice(&self, case: u128, hearing_right_told: bool) -> NotifyPenaltyRequest {
        NotifyPenaltyRequest {
            meta: self.now("2024-03-04T09:00"),
            case_id: Uuid::from_u128(case).to_string(),
            facts: "无证经营".into(),
            reasons: "违反许可制度".into(),
            bases: vec!["《食品安全法》第一百二十二条第一款".into()],
            penalties: vec![fine()],
            statement_right_told: true,
            hearing_right_told,
            method: ServiceMethod::Direct.into(),
            ..NotifyPenaltyRequest::default()
        }
    }

    /// The party's statement about it.
    fn statement(&self, case: u128) -> HearStatementRequest {
        HearStatementRequest {
            meta: self.now("2024-03-05T09:00"),
            case_id: Uuid::from_u128(case).to_string(),
            content: "正在办证".into(),
            outcome: StatementOutcome::Rejected.into(),
            reasons: "办证期间不得经营".into(),
        }
    }

    /// A case in which everything is done that a decision needs.
    async fn ready(&self, case: u128) {
        let sha256 = self.investigated(case).await;
        let (mut client, case_id) = (self.client(), Uuid::from_u128(case).to_string());
        let told = client.notify_penalty(self.by(&officer(), self.notice(case, true))).await.unwrap().into_inner();
        assert!(told.hearing_required);
        client.hear_statement(self.by(&officer(), self.statement(case))).await.unwrap();
        let waived =
            WaiveHearingRequest { meta: self.now("2024-03-05T10:00"), case_id: case_id.clone(), how: "书面".into() };
        client.waive_hearing(self.by(&officer(), waived)).await.unwrap();
        let review = ReviewLegallyRequest {
            meta: self.now("2024-03-12T09:00"),
            case_id: case_id.clone(),
            reviewer: "L1".into(),
            passed: true,
            opinion: "同意".into(),
            ..ReviewLegallyRequest::default()
        };
        client.review_legally(self.by(&reviewer(), review)).await.unwrap();
        let discussed = DeliberateRequest {
            meta: self.now("2024-03-12T14:00"),
            case_id,
            members: vec!["H1".into(), "H2".into(), "H3".into()],
            conclusion: "同意".into(),
            minutes_sha256: sha256,
            result: DiscussionResult::Penalise.into(),
            ..DeliberateRequest::default()
        };
        client.deliberate(self.by(&head(), discussed)).await.unwrap();
    }

    /// Another body decides about the decision of a case.
    async fn overturn(&self, case_id: &str, outcome: &str) {
        let overturn = OverturnDecisionRequest {
            meta: self.now("2024-05-06T09:00"),
            case_id: case_id.to_owned(),
            outcome: outcome.into(),
            by: "抚远市人民政府".into(),
            document: "抚政复决〔2024〕1号".into(),
        };
        self.client().overturn_decision(self.by(&officer(), overturn)).await.unwrap();
    }

    fn decision(&self, case: u128) -> DecidePenaltyRequest {
        DecidePenaltyRequest {
            meta: self.now("2024-03-13T09:00"),
            case_id: Uuid::from_u128(case).to_string(),
            penalties: vec![fine()],
            tier: "ordinary".into(),
            departure: String::new(),
            facts: "无证经营五十五日".into(),
            evidence_ids: vec![Uuid::from_u128(100).to_string()],
            bases: vec!["《食品安全法》第一百二十二条第一款".into()],
            performance: "十五日内缴至指定银行".into(),
            appeal: "六十日内申请复议，六个月内起诉".into(),
            decided_by: String::new(),
            address_stated: true,
            sealed: true,
            document_sha256: String::new(),
            distinct_from: vec![],
            difference: String::new(),
            findings: None,
        }
    }
}

#[tokio::test]
async fn files_a_case_and_takes_evidence_of_two_officers_only() {
    let world = world().await;
    let filed = world.file(1).await;
    assert_eq!(filed.number, "抚市监立〔2024〕1号");
    assert_eq!(filed.receipt.unwrap().stream_version, 1);
    let mut client = world.client();
    let sha256 = world.put(b"photo").await.unwrap().sha256;

    let alone = CollectEvidenceRequest { officers: vec!["A1".into()], ..world.evidence(1, &sha256) };
    assert_eq!(rule(&client.collect_evidence(world.by(&officer(), alone)).await.unwrap_err()), "OF-TWO");
    let unstored = world.evidence(1, &"ab".repeat(32));
    assert_eq!(rule(&client.collect_evidence(world.by(&officer(), unstored)).await.unwrap_err()), "EN-EVIDENCE");
    let mut wrong_size = world.evidence(1, &sha256);
    wrong_size.object.as_mut().unwrap().size_bytes = 4;
    let status = client.collect_evidence(world.by(&officer(), wrong_size)).await.unwrap_err();
    assert!(status.code() == Code::InvalidArgument && status.message().contains("5 bytes"), "{status:?}");
    let taken = client.collect_evidence(world.by(&officer(), world.evidence(1, &sha256))).await.unwrap().into_inner();
    assert_eq!(taken.id, Uuid::from_u128(1).to_string());

    let shown = world.get(1).await;
    let case = shown.case.unwrap();
    assert_eq!((case.attempts, shown.version, case.stage()), (2, 4, CaseStage::Investigating));
    assert_eq!(case.officers[0].name, "张三");
    assert_eq!(case.officers[0].certificate, "0801-A1");
    assert_eq!(case.evidence[0].object.as_ref().unwrap().size_bytes, 5);
    assert_eq!(case.item_name, "对未取得许可从事食品经营活动的处罚");
    let ninety = shown.open_clocks.iter().find(|c| c.clock == "EN-NINETY").unwrap();
    assert_eq!(ninety.due, "2024-05-30");
    let next: Vec<_> = shown.next_steps.iter().map(|s| s.rpc.as_str()).collect();
    assert!(next.contains(&"ConcludeInvestigation") && !next.contains(&"ServeDecision"), "{next:?}");

    let by_case = ListAttemptsRequest { matter_id: Uuid::from_u128(1).to_string(), ..ListAttemptsRequest::default() };
    let kept = client.list_attempts(world.by(&officer(), by_case)).await.unwrap().into_inner().attempts;
    let rules: Vec<_> = kept.iter().map(|a| (a.step.as_str(), a.breaches[0].rule.as_str())).collect();
    assert_eq!(rules, [("CollectEvidence", "EN-EVIDENCE"), ("CollectEvidence", "OF-TWO")]);
    let by_agency = ListAttemptsRequest { agency: BUREAU.into(), limit: 1, ..ListAttemptsRequest::default() };
    let newest = client.list_attempts(world.by(&officer(), by_agency)).await.unwrap().into_inner().attempts;
    assert_eq!(newest, kept[..1]);
}

#[tokio::test]
async fn a_refused_filing_is_kept_and_takes_no_number() {
    let world = world().await;
    let mut client = world.client();
    let powerless = FileCaseRequest { item_code: "029999999999-230883-131".into(), ..world.filing(1) };
    let status = client.file_case(world.by(&officer(), powerless)).await.unwrap_err();
    assert_eq!(rule(&status), "EN-POWER");
    assert!(status.message().contains("《行政处罚法》第十七条"), "{}", status.message());
    let ask = ListAttemptsRequest { matter_id: Uuid::from_u128(1).to_string(), ..ListAttemptsRequest::default() };
    let kept = client.list_attempts(world.by(&officer(), ask.clone())).await.unwrap().into_inner().attempts;
    assert_eq!((kept.len(), kept[0].step.as_str()), (1, "FileCase"));
    assert_eq!(client.list_attempts(world.by(&stranger(), ask)).await.unwrap_err().code(), Code::PermissionDenied);
    assert_eq!(world.file(1).await.number, "抚市监立〔2024〕1号");
}

#[tokio::test]
async fn the_record_of_a_case_says_what_each_event_does_to_it_as_it_would_be_read_from_older_ones() {
    use law::MatterChange;
    let world = world().await;
    let mut client = world.client();
    world.ready(1).await;
    let mut unstored = world.evidence(1, &"ab".repeat(32));
    unstored.evidence_id = Uuid::from_u128(101).to_string();
    client.collect_evidence(world.by(&officer(), unstored)).await.unwrap_err();
    client.decide_penalty(world.by(&head(), world.decision(1))).await.unwrap();
    let records = world.ledger.log(0, 100).await.unwrap();
    let stream = format!("case/{}", Uuid::from_u128(1));
    let mut past = crate::domain::OLDER[0].begin();
    let mut read = 0;
    for record in records.iter().filter(|record| record.stream == stream) {
        let envelope = record.envelope().unwrap();
        let mut data: serde_json::Value = serde_json::from_str(envelope.data.get()).unwrap();
        let stored = data.as_object_mut().unwrap().remove("matter").expect("every event of a case says it");
        let stored: MatterChange = serde_json::from_value(stored).unwrap();
        let older = past.take(envelope.kind, &data.to_string()).unwrap();
        assert_eq!(older, Some(stored), "{}", envelope.kind);
        read += 1;
    }
    assert_eq!(read, 11, "ten steps and the attempt");
}

#[tokio::test]
async fn a_reported_case_is_recorded_with_its_violations() {
    let world = world().await;
    let reported = FileCaseRequest {
        meta: world.told("2024-03-01T09:00"),
        item_code: "029999999999-230883-131".into(),
        officers: vec!["A1".into()],
        ..world.filing(1)
    };
    let filed = world.client().file_case(world.by(&officer(), reported)).await.unwrap().into_inner();
    let rules: BTreeSet<_> = filed.receipt.unwrap().violations.into_iter().map(|v| v.rule).collect();
    assert!(rules.contains("EN-POWER") && rules.contains("OF-TWO"), "{rules:?}");
    let case = world.get(1).await.case.unwrap();
    assert_eq!((case.item_version, case.base_code.as_str()), (0, "029999999999"));
}

#[tokio::test]
async fn who_decides_on_the_spot_is_looked_up_though_the_step_does_not_name_him() {
    let world = world().await;
    let decided = async |case: u128, officers: [&str; 2]| {
        let filing = FileCaseRequest {
            meta: world.told("2024-03-01T09:00"),
            procedure: Procedure::Simple.into(),
            officers: officers.map(str::to_owned).to_vec(),
            ..world.filing(case)
        };
        world.client().file_case(world.by(&officer(), filing)).await.unwrap();
        let decision = DecidePenaltyRequest { meta: world.told("2024-03-13T09:00"), ..world.decision(case) };
        let answer = world.client().decide_penalty(world.by(&officer(), decision)).await.unwrap().into_inner();
        answer.receipt.unwrap().violations.into_iter().map(|v| v.rule).collect::<BTreeSet<_>>()
    };
    let certified = decided(1, ["A1", "A2"]).await;
    assert!(certified.contains("EN-SIMPLE") && !certified.contains("OF-CERT"), "{certified:?}");
    assert!(decided(2, ["A1", "L1"]).await.contains("OF-CERT"));
}

#[tokio::test]
async fn numbers_have_no_hole_however_many_file_at_once() {
    let world = world().await;
    let filings: Vec<_> = (1..=24)
        .map(|case| {
            let mut client = world.client();
            let mut filing = world.filing(case);
            if case % 6 == 0 {
                filing.officers.pop();
            }
            let request = world.by(&officer(), filing);
            tokio::spawn(async move { client.file_case(request).await })
        })
        .collect();
    let mut numbers = BTreeSet::new();
    for filing in filings {
        match filing.await.unwrap() {
            Ok(filed) => _ = numbers.insert(filed.into_inner().number),
            Err(status) => assert_eq!(rule(&status), "OF-TWO"),
        }
    }
    let want: BTreeSet<_> = (1..=20).map(|n| format!("抚市监立〔2024〕{n}号")).collect();
    assert_eq!(numbers, want);
}

#[tokio::test]
async fn only_the_head_decides_and_the_same_act_is_fined_once() {
    let world = world().await;
    world.ready(1).await;
    world.ready(2).await;
    let status = world.client().decide_penalty(world.by(&officer(), world.decision(1))).await.unwrap_err();
    assert_eq!(rule(&status), "EN-HEAD");
    let unknown = DecidePenaltyRequest { document_sha256: "ab".repeat(32), ..world.decision(1) };
    let status = world.client().decide_penalty(world.by(&head(), unknown)).await.unwrap_err();
    assert!(status.code() == Code::InvalidArgument && status.message().contains("document_sha256"), "{status:?}");

    // Both at once: the party's stream lets one through, and the other sees it.
    let (mut one, mut two) = (world.client(), world.client());
    let (first, second) = tokio::join!(
        one.decide_penalty(world.by(&head(), world.decision(1))),
        two.decide_penalty(world.by(&head(), world.decision(2)))
    );
    let (decided, refused, loser) = match (first, second) {
        (Ok(decided), Err(refused)) => (decided.into_inner(), refused, 2),
        (Err(refused), Ok(decided)) => (decided.into_inner(), refused, 1),
        other => panic!("one of the two: {other:?}"),
    };
    assert_eq!(rule(&refused), "EN-TWICE");
    assert_eq!((decided.number.as_str(), decided.fine_fen, decided.major), ("抚市监罚决〔2024〕1号", 7_000_000, true));
    let receipt = decided.receipt.unwrap();
    assert!(receipt.events.contains(&"enforcement.party.FineRecorded.v1".to_owned()), "{:?}", receipt.events);

    // When the first decision falls, the act may be punished in the other case.
    world.overturn(&decided.id, "revoked").await;
    let mut again = world.decision(loser);
    again.meta = world.now("2024-05-07T09:00");
    let decided = world.client().decide_penalty(world.by(&head(), again)).await.unwrap().into_inner();
    assert_eq!(decided.number, "抚市监罚决〔2024〕2号");
}

#[tokio::test]
async fn a_fine_found_unlawful_but_not_revoked_bars_a_second_one() {
    let world = world().await;
    world.ready(1).await;
    world.ready(2).await;
    let mut client = world.client();
    let decided = client.decide_penalty(world.by(&head(), world.decision(1))).await.unwrap().into_inner();
    world.overturn(&decided.id, "unlawful").await;
    let mut again = world.decision(2);
    again.meta = world.now("2024-05-07T09:00");
    assert_eq!(rule(&client.decide_penalty(world.by(&head(), again)).await.unwrap_err()), "EN-TWICE");
}

#[tokio::test]
async fn a_decided_case_is_served_paid_closed_and_archived() {
    let world = world().await;
    world.ready(1).await;
    let mut client = world.client();
    let case_id = Uuid::from_u128(1).to_string();
    client.decide_penalty(world.by(&head(), world.decision(1))).await.unwrap();
    let serve = ServeDecisionRequest {
        meta: world.now("2024-03-14T09:00"),
        case_id: case_id.clone(),
        method: ServiceMethod::Direct.into(),
        receipt: "送达回证1".into(),
        consent: String::new(),
        delivery: None,
    };
    let served = client.serve_decision(world.by(&officer(), serve)).await.unwrap().into_inner();
    assert_eq!(served.pay_by, "2024-03-29");
    let mut pay = RecordPaymentRequest {
        meta: world.now("2024-03-20T09:00"),
        case_id: case_id.clone(),
        amount_fen: 5_000_000,
        channel: PayChannel::Bank.into(),
        receipt: "银行回单1".into(),
        ..RecordPaymentRequest::default()
    };
    let paid = client.record_payment(world.by(&officer(), pay.clone())).await.unwrap().into_inner();
    assert_eq!(paid.outstanding_fen, 2_000_000);
    pay.meta = world.now("2024-03-21T09:00");
    pay.amount_fen = 2_000_000;
    let paid = client.record_payment(world.by(&officer(), pay)).await.unwrap().into_inner();
    assert_eq!(paid.outstanding_fen, 0);
    let close = CloseCaseRequest {
        meta: world.now("2024-04-01T09:00"),
        case_id: case_id.clone(),
        reason: CloseReason::Performed.into(),
        approved_by: String::new(),
        left: vec![LeftOpen { what: "EN-PUBLICISE".into(), reason: "网站维护".into() }],
    };
    let closed = client.close_case(world.by(&head(), close)).await.unwrap().into_inner();
    // Nothing was recorded of the stages, and nothing reported upward: duties, kept as violations.
    let broken: BTreeSet<_> = closed.receipt.unwrap().violations.into_iter().map(|v| v.rule).collect();
    assert!(broken.contains("EN-RECORD") && broken.contains("EN-FILE-UPWARD"), "{broken:?}");
    let archive = ArchiveCaseRequest {
        meta: world.now("2024-04-02T09:00"),
        case_id,
        archive_number: String::new(),
        volumes: 1,
        pages: 80,
        contents_sha256: world.put(b"contents").await.unwrap().sha256,
    };
    let archived = client.archive_case(world.by(&officer(), archive)).await.unwrap().into_inner();
    assert_eq!(archived.number, "抚市监档〔2024〕1号");
    let shown = world.get(1).await;
    let case = shown.case.unwrap();
    assert_eq!((case.stage(), case.paid_fen, case.fine_fen), (CaseStage::Archived, 7_000_000, 7_000_000));
    assert_eq!(case.decision_number, "抚市监罚决〔2024〕1号");
    assert!(shown.next_steps.iter().all(|s| s.rpc != "CollectEvidence" && s.rpc != "CloseCase"));
}

#[tokio::test]
async fn a_quota_of_fines_is_refused_and_kept() {
    let world = world().await;
    let mut target = SetTargetRequest {
        meta: world.now("2024-01-05T09:00"),
        agency: BUREAU.into(),
        year: 2024,
        measure: TargetMeasure::FineAmount.into(),
        value: 100,
        description: "全年罚没收入".into(),
        set_by: String::new(),
    };
    let mut client = world.client();
    assert_eq!(rule(&client.set_target(world.by(&head(), target.clone())).await.unwrap_err()), "EN-QUOTA");
    let ask = ListAttemptsRequest { agency: BUREAU.into(), ..ListAttemptsRequest::default() };
    let kept = client.list_attempts(world.by(&head(), ask)).await.unwrap().into_inner().attempts;
    assert_eq!((kept.len(), kept[0].step.as_str(), kept[0].matter_id.as_str()), (1, "SetTarget", ""));
    target.meta = world.now("2024-01-05T09:00");
    target.measure = TargetMeasure::FileQuality.into();
    target.description = "案卷评查合格率".into();
    client.set_target(world.by(&head(), target)).await.unwrap();
}

#[tokio::test]
async fn nothing_is_decided_on_a_list_entry_that_cannot_be_read() {
    let world = world().await;
    let newer = ("powerlist.item.ItemPublished.v2", serde_json::json!({ "item": ITEM }));
    listed::append(&world.lists, &format!("item/{ITEM}"), &newer).await;
    let mut filing = world.filing(1);
    filing.meta.as_mut().unwrap().seen = seen(world.lists.head().size - 1);
    let status = world.client().file_case(world.by(&officer(), filing)).await.unwrap_err();
    assert_eq!(rule(&status), "LIST_UNREADABLE");
}

#[tokio::test]
async fn the_larger_amount_is_what_the_agencys_region_set_for_the_field_that_day() {
    const DOCUMENT: &str = "关于确定较大数额标准的通知（示例）";
    let world = world().await;
    let set = async |field: Option<&str>, fen: i64, from: &str| {
        let set = listed::parameter_set(&ParameterSet {
            parameter: "EN-LARGE-ORGANISATION".to_owned(),
            region: "230883".parse().unwrap(),
            field: field.map(str::to_owned),
            value: Quantity { unit: Unit::Fen, count: fen },
            from: from.parse().unwrap(),
            document: DOCUMENT.to_owned(),
        });
        listed::append(&world.lists, "parameter/230883", &set).await;
    };
    // Less for other fields, and for food what is less later.
    set(None, 1_000_000, "2024-01-01").await;
    set(Some("食品"), 7_000_001, "2024-03-04").await;
    set(Some("食品"), 7_000_000, "2024-03-13").await;
    world.investigated(1).await;
    let mut client = world.client();
    let mut notice = world.notice(1, false);
    notice.meta.as_mut().unwrap().seen = seen(world.lists.head().size - 1);
    let told = client.notify_penalty(world.by(&officer(), notice)).await.unwrap().into_inner();
    assert!(!told.hearing_required);
    client.hear_statement(world.by(&officer(), world.statement(1))).await.unwrap();
    // The day before, neither review nor discussion was asked for; told under the old amount, no hearing is.
    let status = client.decide_penalty(world.by(&head(), world.decision(1))).await.unwrap_err();
    assert_eq!(rule(&status), "EN-REVIEW");
    let said = status.get_details_localized_message().unwrap().message;
    assert!(said.contains("70,000元") && said.contains(DOCUMENT), "{said}");
    let before = DecidePenaltyRequest { meta: world.now("2024-03-12T09:00"), ..world.decision(1) };
    client.decide_penalty(world.by(&head(), before)).await.unwrap();
}

#[tokio::test]
async fn a_step_finds_what_another_process_did() {
    let world = world().await;
    let mut second = world.second().await;
    let alone = FileCaseRequest { officers: vec!["A1".into()], ..world.filing(1) };
    // The first process keeps a refused filing in memory; the case is filed through the second.
    assert_eq!(rule(&world.client().file_case(world.by(&officer(), alone)).await.unwrap_err()), "OF-TWO");
    second.file_case(world.by(&officer(), world.filing(1))).await.unwrap();
    let consider = |applies, reason: &str| ConsiderExemptionRequest {
        meta: world.now("2024-03-03T11:00"),
        case_id: Uuid::from_u128(1).to_string(),
        applies,
        reason: reason.into(),
        entries: Vec::new(),
    };
    let first = consider(false, "不属轻微");
    let taken = world.client().consider_exemption(world.by(&officer(), first.clone())).await.unwrap().into_inner();
    assert_eq!(taken.receipt.as_ref().unwrap().stream_version, 3);
    // Both have the case in memory now, and each goes on from what the other recorded.
    let more = second.consider_exemption(world.by(&officer(), consider(false, "补充"))).await.unwrap().into_inner();
    assert_eq!(more.receipt.unwrap().stream_version, 4);
    let again = second.consider_exemption(world.by(&officer(), first)).await.unwrap().into_inner();
    let repeated = again.receipt.unwrap();
    assert!(repeated.repeated);
    assert_eq!((repeated.stream_version, repeated.events), (3, taken.receipt.unwrap().events));
}

#[tokio::test]
async fn what_is_earlier_than_what_it_answers_is_refused_by_every_process() {
    let world = world().await;
    let mut second = world.second().await;
    world.file(1).await;
    let (case_id, request_id) = (Uuid::from_u128(1).to_string(), Uuid::from_u128(5).to_string());
    let request = RequestAssistanceRequest {
        meta: world.now("2024-03-04T10:00"),
        case_id: case_id.clone(),
        request_id: request_id.clone(),
        of: "抚远市公安局".into(),
        what: "查户籍".into(),
    };
    world.client().request_assistance(world.by(&officer(), request)).await.unwrap();
    let answer = |meta| AnswerAssistanceRequest {
        meta,
        case_id: case_id.clone(),
        request_id: request_id.clone(),
        given: true,
        answer: "同意".into(),
    };
    // The first process has the case in memory, the second folds it.
    for client in [&mut world.client(), &mut second] {
        for meta in [world.now("2024-03-04T09:59"), world.told("2024-03-04T09:59")] {
            let refused = client.answer_assistance(world.by(&officer(), answer(meta))).await.unwrap_err();
            assert_eq!(refused.code(), Code::InvalidArgument);
            assert!(refused.message().contains("meta.at"), "{}", refused.message());
        }
    }
    second.answer_assistance(world.by(&officer(), answer(world.now("2024-03-04T10:00")))).await.unwrap();
}

#[tokio::test]
async fn both_agencies_are_told_of_two_cases_for_one_act() {
    let world = world().await;
    world.file(1).await;
    let lawful = world.filing(2);
    let elsewhere = FileCaseRequest { meta: world.told("2024-03-02T09:00"), agency: OTHER.into(), ..lawful };
    world.client().file_case(world.by(&stranger(), elsewhere)).await.unwrap();
    let lawful = world.filing(3);
    let third = FileCaseRequest { meta: world.now("2024-03-04T09:00"), ..lawful };
    world.client().file_case(world.by(&officer(), third)).await.unwrap();
    let told = async |case: u128| {
        let stream = format!("case/{}", Uuid::from_u128(case));
        let records = world.ledger.stream(&stream, 0).await.unwrap();
        records.iter().map(|record| record.bytes.to_string()).collect::<Vec<_>>()
    };
    let (first, second, third) = (told(1).await, told(2).await, told(3).await);
    assert!(first[0].contains("CaseFiled") && !first[0].contains("EN-TWICE"), "{first:?}");
    assert_eq!(first.len(), 2, "the second agency's case and no third of its own: {first:?}");
    for text in ["SameActNoted", "抚远市应急管理局", r#""unchecked":[{"rule":"EN-TWICE""#] {
        assert!(first[1].contains(text), "{text}: {}", first[1]);
    }
    assert!(second[0].contains(r#""alike":[{"case":"00000000-0000-0000-0000-000000000001""#), "{}", second[0]);
    assert!(
        second.len() == 2 && second[1].contains("SameActNoted"),
        "the third was filed by the first agency: {second:?}"
    );
    assert!(third.len() == 1 && third[0].contains("EN-TWICE"), "{third:?}");
}
