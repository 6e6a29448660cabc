//! An agency reports afterwards how it dealt with a case: unlawfully. All of it is recorded, and found.

use proto::enforcement::v1 as wire;
use stories::suite::{self, Engine};

use crate::{
    county::{self, HEAD, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{Head, MARKET, Officer, command::Receipted as _, moment, refused::article},
};

on_both_engines! {
    an_unlawful_case_that_is_reported_is_recorded_and_found,
}

/// What a decision without notice, review and discussion breaks.
const BROKEN: [&str; 5] = ["EN-NOTICE", "EN-STATEMENT", "EN-HEARING", "EN-REVIEW", "EN-COLLECTIVE"];

pub(crate) async fn an_unlawful_case_that_is_reported_is_recorded_and_found(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    running.set_clock(moment("2025-09-01T09:00"));
    let officer = Officer::of(&running, MARKET, XU).having_seen(written).reporting();
    let head = Head::of(&running, MARKET, HEAD).having_seen(written).reporting();
    let matter = Matter::new();

    let file = officer.hands_in("补录的案卷（示例）".as_bytes(), "text/plain").await;
    let filing = wire::FileCaseRequest { officers: vec![XU.to_owned()], ..matter.filing() };
    let filed = officer.does("2025-03-03T09:00", filing).await;
    assert_eq!(rules(filed.receipt()), ["OF-TWO"], "one officer is reported as it was");
    let evidence = officer.does("2025-03-04T09:00", matter.evidence(&file)).await;
    assert_eq!(rules(evidence.receipt()), [""; 0]);
    // The 120th day after filing: thirty days too late.
    let decision = wire::DecidePenaltyRequest { decided_by: HEAD.to_owned(), ..matter.decision() };
    let decided = head.does("2025-07-01T09:00", decision).await;
    assert_eq!(rules(decided.receipt()), BROKEN);
    for violation in &decided.receipt().violations {
        assert_eq!(violation.citation, article(&violation.rule));
        assert!(!violation.zh.is_empty() && !violation.en.is_empty(), "{violation:?}");
    }
    assert!(decided.number.contains("〔2025〕1号"), "{}", decided.number);
    let attempts = officer.reads_attempts(&matter.case_id).await.expect("the attempts").attempts;
    assert_eq!(attempts, [], "what is reported is no attempt");

    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    let (status, page) = running.page(&format!("/cases/{}", matter.case_id), Some(&token)).await;
    assert_eq!(status, 200);
    let findings = page.split("<section id=\"findings\">").nth(1).and_then(|s| s.split("</section>").next());
    let findings = findings.expect("the findings of the case");
    for rule in BROKEN.iter().chain(&["OF-TWO", "EN-NINETY"]) {
        assert!(findings.contains(rule), "{rule} is not among the findings of the case: {findings}");
        let (status, list) = running.page(&format!("/findings?rule={rule}"), Some(&token)).await;
        assert_eq!(status, 200);
        assert!(list.contains(&filed.number), "the case is not among the findings under {rule}");
    }
    let (_, lawful) = running.page("/findings?rule=EN-RANGE", Some(&token)).await;
    assert!(!lawful.contains(&filed.number), "the fine itself was lawful");
    running.stop().await;
}

fn rules(receipt: &proto::common::v1::Receipt) -> Vec<&str> {
    receipt.violations.iter().map(|v| v.rule.as_str()).collect()
}
