//! What the agency, the supervisor, the public and a foreign agency may read of the case.

use kernel::Role;
use proto::enforcement::v1 as wire;
use tonic::Code;

use super::Story;
use crate::{
    county::FARMER,
    people::{FARMING, Officer, Person, refused::Refused},
};

/// What only the file holds: evidence, notice, refused attempts.
const INTERNAL: &[&str] = &["处罚事先告知", "操作被拒", "OF-CERT", "EN-REVIEW"];

pub(super) async fn nothing_is_public_yet(story: &Story<'_>) {
    story.running.suite.caught_up().await.expect("the views");
    let (status, body) = story.running.page(&format!("/cases/{}", story.matter.case_id), None).await;
    assert!([403, 404].contains(&status), "an unpublished case is shown to the public: {status}");
    assert!(!body.contains("瑞雪"), "the party's name is public before the decision is");
}

pub(super) async fn everybody_reads(story: &Story<'_>) {
    story.running.suite.caught_up().await.expect("the views");
    the_agency(story).await;
    the_supervisor(story).await;
    the_public(story).await;
    nobody_else(story).await;
}

async fn the_agency(story: &Story<'_>) {
    let id = &story.matter.case_id;
    let case = story.officer.reads_case(id).await.expect("the case");
    assert_eq!(case.version as usize, story.shown.len());
    assert_eq!(case.open_clocks, [], "a closed and archived case owes nothing");
    let next: Vec<_> = case.next_steps.iter().map(|step| step.rpc.as_str()).collect();
    assert_eq!(next, ["WithdrawPublication", "OverturnDecision", "LodgeAppeal"], "the decision may still fall");
    let state = case.case.expect("a case");
    assert_eq!(state.stage(), wire::CaseStage::Archived);
    assert_eq!((state.fine_fen, state.surcharge_fen, state.paid_fen), (7_000_000, 1_000_000, 8_000_000));
    assert_eq!(state.attempts as usize, story.attempts().count());
    assert_eq!((state.evidence.len(), state.records.len()), (1, 6));

    let kept = story.officer.reads_attempts(id).await.expect("the attempts").attempts;
    let kept: Vec<Vec<_>> = kept.iter().map(|a| a.breaches.iter().map(|b| b.rule.as_str()).collect()).collect();
    let tried: Vec<Vec<_>> = story.attempts().rev().map(<[_]>::to_vec).collect();
    assert_eq!(kept, tried, "newest first");
}

async fn the_supervisor(story: &Story<'_>) {
    let token = story.running.suite.supervisor_token().expect("a token");
    let path = format!("/cases/{}", story.matter.case_id);
    let (status, page) = story.running.page(&path, Some(&token)).await;
    assert_eq!(status, 200);
    let rows: Vec<&str> =
        page.split("<tr id=\"e").skip(1).map(|row| row.split("</tr>").next().unwrap_or(row)).collect();
    assert_eq!(rows.len(), story.shown.len(), "one row for each event");
    for (n, (row, shown)) in rows.iter().zip(&story.shown).enumerate() {
        let at = n + 1;
        assert!(row.starts_with(&format!("{at}\"")), "row {at} is out of order: {row}");
        let title = row.split("<strong>").nth(1).and_then(|t| t.split("</strong>").next()).unwrap_or_default();
        assert!(title.contains(shown.title), "row {at} does not say {}: {row}", shown.title);
        assert!(!title.chars().any(|c| c.is_ascii_alphabetic()), "row {at} is not in Chinese: {title}");
        assert_eq!(row.contains("class=\"refused\""), !shown.refused.is_empty(), "row {at}: {row}");
        for rule in shown.refused {
            assert!(row.contains(rule), "row {at} does not name {rule}: {row}");
        }
    }
    let (status, in_english) = story.running.page(&format!("{path}?lang=en"), Some(&token)).await;
    assert_eq!(status, 200);
    assert!(in_english.contains("<strong>Refused: Penalty decided</strong>"), "{in_english}");
}

async fn the_public(story: &Story<'_>) {
    let path = format!("/cases/{}", story.matter.case_id);
    let (status, page) = story.running.page(&path, None).await;
    assert_eq!(status, 200);
    assert!(page.contains("〔2025〕1号") && page.contains("抚远市瑞雪餐饮管理有限公司（虚构）"), "{page}");
    for hidden in INTERNAL {
        assert!(!page.contains(hidden), "{hidden} is public");
    }
    let anonymous = Person::anonymous(story.running);
    let error = anonymous.reads_attempts(&story.matter.case_id).await.expect_err("attempts are not public");
    Refused(error).with(Code::Unauthenticated);
}

async fn nobody_else(story: &Story<'_>) {
    let id = &story.matter.case_id;
    let farmer = Officer::of(story.running, FARMING, FARMER);
    Refused(farmer.reads_case(id).await.expect_err("a foreign case")).with(Code::PermissionDenied);
    Refused(farmer.reads_attempts(id).await.expect_err("a foreign case")).with(Code::PermissionDenied);
    let sha256 = &story.file.sha256;
    Refused(farmer.reads_object(id, sha256).await.expect_err("a foreign case")).with(Code::PermissionDenied);
    farmer.tries("2025-12-02T09:00", story.matter.exemption()).await.with(Code::PermissionDenied);
    let elsewhere = story.running.token_in("230882", "supervisor", None, &[Role::Supervisor]);
    let (status, _) = story.running.page(&format!("/cases/{id}"), Some(&elsewhere)).await;
    assert_eq!(status, 200, "what is public is public to a supervisor of another region, too");
    let foreign = Person::with_door(story.running, story.running.door(Some(&elsewhere)));
    Refused(foreign.reads_case(id).await.expect_err("another region")).with(Code::PermissionDenied);
    let version = story.officer.reads_case(id).await.expect("the case").version;
    assert_eq!(version as usize, story.shown.len(), "a denied command changed the case");
}
