//! What no head may order: a quota of fines, and a stop of a whole trade.

use proto::enforcement::v1 as wire;
use stories::suite::Running;

use crate::{
    county::{self, FARMING_HEAD, HEAD},
    people::{FARMING, Head, MARKET, command::Receipted as _},
};

pub(super) async fn what_no_head_may_order(running: &Running) {
    let written = county::found(running).await;
    let head = Head::of(running, MARKET, HEAD).having_seen(written);
    no_quota(&head).await;
    no_blanket_stop(&head).await;
    attempts_are_kept(running, &head).await;
    what_was_set_elsewhere_is_found(running, &head.reporting()).await;
}

fn target() -> wire::SetTargetRequest {
    wire::SetTargetRequest {
        agency: MARKET.to_owned(),
        year: 2025,
        measure: wire::TargetMeasure::FineAmount.into(),
        value: 300_000_000,
        description: "全年任务".to_owned(),
        ..wire::SetTargetRequest::default()
    }
}

async fn no_quota(head: &Head<'_>) {
    let zh = "不得以罚没金额或者处罚数量作为指标";
    let refused = head.tries("2025-03-14T09:00", target()).await;
    refused.under(&["EN-QUOTA"], zh, "fines and numbers of penalties are no targets");
    let quality = wire::SetTargetRequest {
        measure: wire::TargetMeasure::FileQuality.into(),
        value: 95,
        description: "案卷评查合格率不低于95%".to_owned(),
        ..target()
    };
    let in_other_words =
        wire::SetTargetRequest { description: "罚没收入不低于300万元".to_owned(), ..quality.clone() };
    let refused = head.tries("2025-03-14T09:05", in_other_words).await;
    refused.under(&["EN-QUOTA"], zh, "measure quality or timeliness instead");
    let set = head.does("2025-03-14T09:10", quality).await;
    assert_eq!(set.receipt().violations, []);
}

async fn no_blanket_stop(head: &Head<'_>) {
    let stop = wire::OrderAreaStopRequest {
        agency: MARKET.to_owned(),
        area: "230883100".to_owned(),
        trade: "餐饮服务".to_owned(),
        ground: wire::AreaStopGround::LifeSafety.into(),
        basis: "《食品安全法》第一百零五条".to_owned(),
        approval: "市政府批复".to_owned(),
        ..wire::OrderAreaStopRequest::default()
    };
    let groundless = wire::OrderAreaStopRequest { ground: 0, ..stop.clone() };
    let refused = head.tries("2025-03-14T09:20", groundless).await;
    refused.under(&["EN-STOP"], "不得要求普遍停产停业", "no lawful ground for stopping a whole trade");
    let unapproved = wire::OrderAreaStopRequest { approval: String::new(), ..stop.clone() };
    let refused = head.tries("2025-03-14T09:25", unapproved).await;
    refused.under(&["EN-STOP"], "有权机关的批准文书", "the competent body's approval is missing");
    let ordered = head.does("2025-03-14T09:30", stop).await;
    assert_eq!(ordered.receipt().violations, []);
}

async fn attempts_are_kept(running: &Running, head: &Head<'_>) {
    let of = |agency: &str| wire::ListAttemptsRequest { agency: agency.to_owned(), ..Default::default() };
    let kept = head.cases().list_attempts(of(MARKET)).await.expect("the attempts").into_inner().attempts;
    let steps: Vec<_> = kept.iter().map(|a| (a.step.as_str(), a.breaches[0].rule.as_str())).collect();
    let (stop, quota) = (("OrderAreaStop", "EN-STOP"), ("SetTarget", "EN-QUOTA"));
    assert_eq!(steps, [stop, stop, quota, quota], "newest first");
    let neighbour = Head::of(running, FARMING, FARMING_HEAD);
    assert!(neighbour.cases().list_attempts(of(MARKET)).await.is_err(), "not the neighbour's to read");
}

/// A quota that was set elsewhere is recorded with its violation, and found.
async fn what_was_set_elsewhere_is_found(running: &Running, head: &Head<'_>) {
    let reported = head.does("2025-03-14T09:00", target()).await;
    let broken: Vec<_> = reported.receipt().violations.iter().map(|v| v.rule.as_str()).collect();
    assert_eq!(broken, ["EN-QUOTA"]);
    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    let (status, page) = running.page("/findings?rule=EN-QUOTA", Some(&token)).await;
    let (recorded, refused) = (page.matches("补报").count(), page.matches("被拒的操作<span").count());
    assert_eq!((status, recorded, refused), (200, 1, 2), "{page}");
    assert!(page.contains("《行政处罚法》第七十四条第三款"), "{page}");
}
