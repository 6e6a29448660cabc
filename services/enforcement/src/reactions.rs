//! What events of other services lead to here: an accepted report becomes a lead, an appeal is marked in its case, and what the
//! organ decides about a penalty is done to it.

use jiff::civil::Date;
use kernel::reactions::{Find, Reaction, Reading};
use law::id::{ItemCode, RegionCode, Uscc};
use ledger::Envelope;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    domain::{
        case::{Cases, Step},
        events::{
            AppealEnded, AppealEnding, AppealKind, AppealLodged, DecisionOverturned, ExecutionStayed, Fate, ItemEnded,
            LeadReceived, RedoOrdered, SourceKind, StayLifted, StayedBy,
        },
        lead::{self, Leads},
        rules::{competence::EN_POWER, duties::EN_FOLLOW, lead::EN_LEAD},
    },
    grpc::Api,
};

/// The service of reconsideration.
pub(crate) const RECONSIDERATION: &str = "reconsideration";
/// The service of complaints.
pub(crate) const COMPLAINTS: &str = "complaints";

/// The power lists.
pub(crate) const POWERLIST: &str = "powerlist";

/// What the kinds of all events of appeals begin with.
const APPEALS: &str = "reconsideration.appeal.";

/// What events of the power lists lead to.
pub(crate) fn of_powerlist(kind: &str) -> Option<Reading<Api>> {
    (kind == "powerlist.item.ItemCancelled.v1").then_some(cancelled)
}

/// The undecided cases under an item that was cancelled say so.
fn cancelled(envelope: &Envelope<'_>) -> Vec<Reaction<Api>> {
    let Some(Cancelled { item, effective, ground }) = read(envelope) else { return Vec::new() };
    let about = envelope.subject.to_owned();
    let step: Step = ItemEnded { item: item.clone(), effective, document: ground.document, at: None }.into();
    let open: Find<Api, Uuid> = Box::new(move |api| {
        let item = item.clone();
        Box::pin(async move { api.by_item.open(&item).await })
    });
    vec![Reaction::each::<Cases>(&EN_POWER, step.name(), about, open, step)]
}

/// What events of reconsideration lead to.
pub(crate) fn of_reconsideration(kind: &str) -> Option<Reading<Api>> {
    kind.starts_with(APPEALS).then_some(appealed)
}

/// What happens in an appeal is done in the case whose penalty is appealed against.
fn appealed(envelope: &Envelope<'_>) -> Vec<Reaction<Api>> {
    let event = envelope.kind.strip_prefix(APPEALS).and_then(|kind| kind.strip_suffix(".v1")).unwrap_or_default();
    // The appeal is known in the case by the id that it has there.
    let reference = envelope.subject.split_once('/').map_or(envelope.subject, |(_, id)| id).to_owned();
    let steps = match event {
        "ApplicationReceived" => read::<Applied>(envelope).and_then(|e| Some((e.act.case?, vec![lodged(reference)]))),
        "ApplicationRejected" => over(envelope, reference, "不予受理", AppealEnding::Withdrawn),
        "ApplicationLapsed" => over(envelope, reference, "视为放弃申请", AppealEnding::Withdrawn),
        "AppealWithdrawn" => over(envelope, reference, "撤回申请", AppealEnding::Withdrawn),
        "AppealTerminated" => over(envelope, reference, "终止", AppealEnding::Withdrawn),
        "MediationHeld" => read::<Mediated>(envelope)
            .filter(|e| e.agreed)
            .and_then(|_| over(envelope, reference, "调解结案", AppealEnding::Settled)),
        "DecisionServed" => {
            read::<Served>(envelope).and_then(|e| e.again).map(|again| (again.case, vec![redo(again, reference)]))
        }
        "StayDecided" => read::<Stayed>(envelope).and_then(|e| Some((e.case?, vec![stay(e, reference)]))),
        "AppealDecided" => read::<Decided>(envelope).and_then(|e| Some((e.case?, decided(&e, reference)))),
        _ => None,
    };
    let Some((case, steps)) = steps else { return Vec::new() };
    let reaction = |step: Step| Reaction::of::<Cases>(&EN_FOLLOW, step.name(), case, step);
    steps.into_iter().map(reaction).collect()
}

/// What events of complaints lead to.
pub(crate) fn of_complaints(kind: &str) -> Option<Reading<Api>> {
    (kind == "complaints.complaint.ComplaintAccepted.v1").then_some(accepted)
}

/// An accepted report of a violation is a lead.
fn accepted(envelope: &Envelope<'_>) -> Vec<Reaction<Api>> {
    let Some(e) = read::<Accepted>(envelope).filter(|e| e.lead) else { return Vec::new() };
    let matter = envelope.subject.split_once('/').and_then(|(_, id)| id.parse::<Uuid>().ok());
    let (Some(lead), Ok(region)) = (matter, envelope.region.parse::<RegionCode>()) else { return Vec::new() };
    let received = LeadReceived {
        lead,
        agency: e.agency,
        agency_name: String::new(),
        region,
        source: SourceKind::Complaint,
        origin: Some(envelope.subject.to_owned()),
        reference: None,
        item: e.item,
        summary: e.summary,
        at: None,
    };
    let step: lead::Step = received.into();
    vec![Reaction::of::<Leads>(&EN_LEAD, step.name(), lead, step)]
}

fn read<'a, T: Deserialize<'a>>(envelope: &Envelope<'a>) -> Option<T> {
    serde_json::from_str(envelope.data.get()).ok()
}

#[derive(Deserialize)]
struct Applied {
    act: Act,
}

#[derive(Deserialize)]
struct Act {
    #[serde(default)]
    case: Option<Uuid>,
}

/// What every event says that ends an appeal without a decision.
#[derive(Deserialize)]
struct Ended {
    #[serde(default)]
    case: Option<Uuid>,
}

#[derive(Deserialize)]
struct Mediated {
    agreed: bool,
}

#[derive(Deserialize)]
struct Decided {
    number: String,
    outcome: String,
    #[serde(default)]
    case: Option<Uuid>,
}

#[derive(Deserialize)]
struct Stayed {
    stayed: bool,
    #[serde(default)]
    ground: Option<String>,
    reason: String,
    #[serde(default)]
    case: Option<Uuid>,
}

#[derive(Deserialize)]
struct Served {
    #[serde(default)]
    again: Option<Again>,
}

#[derive(Deserialize)]
struct Again {
    case: Uuid,
    organ: String,
    number: String,
    days: u16,
    for_procedure: bool,
}

#[derive(Deserialize)]
struct Cancelled {
    item: ItemCode,
    effective: Date,
    ground: CancelledOn,
}

#[derive(Deserialize)]
struct CancelledOn {
    document: String,
}

#[derive(Deserialize)]
struct Accepted {
    agency: Uscc,
    lead: bool,
    #[serde(default)]
    item: Option<ItemCode>,
    summary: String,
}

fn lodged(reference: String) -> Step {
    AppealLodged { kind: AppealKind::Reconsideration, reference, at: None }.into()
}

fn ended(reference: String, outcome: &str, ending: AppealEnding) -> Step {
    AppealEnded { reference, outcome: outcome.to_owned(), ending: Some(ending), at: None }.into()
}

/// What the organ decided about the execution: who ordered it, and which of the four items of ARL 42 it rests on, follow from its ground.
fn stay(e: Stayed, reference: String) -> Step {
    if !e.stayed {
        return StayLifted { reference, reason: e.reason, at: None }.into();
    }
    let (by, item) = match e.ground.as_deref() {
        Some("respondent") => (StayedBy::Agency, "第一项"),
        Some("organ") => (StayedBy::Organ, "第二项"),
        Some("requested") => (StayedBy::Organ, "第三项"),
        Some("by_law") => (StayedBy::Law, "第四项"),
        // A word that is not known here leaves the item open.
        Some(_) | None => (StayedBy::Organ, ""),
    };
    let provision = format!("《行政复议法》第四十二条{item}");
    ExecutionStayed { by, reference, provision, reason: e.reason, until: None, document: None, at: None }.into()
}

/// The order to do it again takes effect with its service (ARL 75).
fn redo(Again { organ, number, days, for_procedure, .. }: Again, reference: String) -> Step {
    let (days, reference) = (Some(days), Some(reference));
    RedoOrdered { by: organ, document: number, days, for_procedure, reference, at: None }.into()
}

fn over(envelope: &Envelope<'_>, reference: String, outcome: &str, ending: AppealEnding) -> Option<(Uuid, Vec<Step>)> {
    Some((read::<Ended>(envelope)?.case?, vec![ended(reference, outcome, ending)]))
}

/// What the organ decided is done to the penalty first, and then the appeal is over: what fell is not collected after it.
fn decided(e: &Decided, reference: String) -> Vec<Step> {
    let fate = match e.outcome.as_str() {
        "revoke" => Some((Fate::Revoked, "撤销")),
        // What remains of it is owed.
        "revoke_part" => Some((Fate::Changed, "部分撤销")),
        "change" => Some((Fate::Changed, "变更")),
        "unlawful" => Some((Fate::Unlawful, "确认违法")),
        "void" => Some((Fate::Void, "确认无效")),
        _ => None,
    };
    let appeal = Some(reference.clone());
    let outcome = fate.map_or("维持或者驳回", |(_, zh)| zh);
    let overturned = fate.map(|(fate, _)| {
        let (by, document) = ("行政复议机关".to_owned(), e.number.clone());
        DecisionOverturned { outcome: fate.into(), by, document, reference: appeal, at: None }.into()
    });
    overturned.into_iter().chain([ended(reference, outcome, AppealEnding::Decided)]).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::{
        LedgerFeed, Service, SystemClock,
        citizen::DigestKey,
        procedure::Edge,
        reactions::{Reacts, follow},
    };
    use law::{
        decider::harness::given,
        reaction::{EventFollowed, Led, Position, React, ReactionRefused, Reactions},
    };
    use ledger::{Append, Ledger, Origin, Proposal, Write};
    use lists::{Replica, fixture as listed};
    use serde_json::{Value, json, value::to_raw_value};
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::domain::{
        case::{self, Case, sample},
        events::{CaseEvent, CaseFiled, ReactionEvent},
        lead::Lead,
    };

    const APPEAL: &str = "01990000-0000-7000-8000-0000000000a1";

    struct World {
        _dir: tempfile::TempDir,
        reconsideration: Ledger,
        complaints: Ledger,
        powerlist: Ledger,
        api: Api,
    }

    async fn world() -> World {
        let dir = tempfile::tempdir().unwrap();
        let lists = listed::lists(dir.path()).await;
        for (stream, event) in listed::county() {
            listed::append(&lists, &stream, &event).await;
        }
        let open = async |service: &str| listed::ledger(dir.path(), service, Arc::new(SystemClock)).await;
        let replica = Replica::open(Arc::new(LedgerFeed::new("powerlist", lists)), law::calendar::Notices::default());
        let lists = replica.await.unwrap();
        let service = Service::new(open("enforcement").await, Arc::new(SystemClock));
        let api = Api::new(Edge::new(service, DigestKey::new([7; 32]), vec![]), lists);
        World {
            reconsideration: open("reconsideration").await,
            complaints: open("complaints").await,
            // What happened to the county's lists before is none of these.
            powerlist: open("listed").await,
            api,
            _dir: dir,
        }
    }

    async fn tell(ledger: &Ledger, stream: &str, kind: &str, data: Value) {
        let expected = ledger.stream(stream, 0).await.unwrap().len() as u64;
        let event = Proposal {
            kind: kind.to_owned(),
            time: "2024-04-10T01:00:00Z".parse().unwrap(),
            rules: vec![],
            data: to_raw_value(&data).unwrap(),
        };
        let origin = Origin {
            actor: "clerk".into(),
            agency: listed::BUREAU.into(),
            region: "230883".into(),
            correlation_id: APPEAL.parse().unwrap(),
            causation_id: None,
            traceparent: None,
        };
        let write = Write { stream: stream.to_owned(), expected, events: vec![event] };
        let command_id = Uuid::now_v7();
        ledger.append(Append { command_id, command_digest: [0; 32], origin, writes: vec![write] }).await.unwrap();
    }

    impl World {
        /// Files the sample's case as it stands, decided and served.
        async fn decided(&self) -> Uuid {
            self.filed(sample::filed().case, sample::decided()).await
        }

        async fn filed(&self, case: Uuid, events: Vec<CaseEvent>) -> Uuid {
            let service = &self.api.edge.service;
            for (n, event) in (0_u64..).zip(events) {
                use law::DomainEvent as _;
                let data: Value = serde_json::from_str(event.to_data().unwrap().get()).unwrap();
                assert_eq!(n, service.ledger().stream(&format!("case/{case}"), 0).await.unwrap().len() as u64);
                tell(service.ledger(), &format!("case/{case}"), event.kind(), data).await;
            }
            case
        }

        async fn caught_up(&self) {
            for (ledger, source, reacts) in [
                (&self.reconsideration, RECONSIDERATION, of_reconsideration as Reacts<Api>),
                (&self.complaints, COMPLAINTS, of_complaints),
                (&self.powerlist, POWERLIST, of_powerlist),
            ] {
                let size = ledger.head().size;
                if size == 0 {
                    continue;
                }
                let shutdown = CancellationToken::new();
                let feed = Arc::new(LedgerFeed::new(source, ledger.clone()));
                let until = async {
                    while self.position(source).await.log_index < size {
                        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                    }
                    shutdown.cancel();
                };
                let following = follow::<Api, ReactionEvent>(self.api.clone(), feed, reacts, shutdown.clone());
                let both = async { tokio::join!(following, until) };
                tokio::time::timeout(std::time::Duration::from_secs(30), both).await.expect("followed in time");
            }
        }

        async fn position(&self, source: &str) -> Position {
            let service = &self.api.edge.service;
            *service.load::<Reactions<ReactionEvent>>(&law::reaction::stream(source)).await.unwrap().1
        }

        async fn case(&self, case: Uuid) -> Arc<Case> {
            self.api.edge.service.load::<case::Cases>(&format!("case/{case}")).await.unwrap().1
        }

        async fn appeal(&self, event: &str, data: Value) {
            let kind = format!("reconsideration.appeal.{event}.v1");
            tell(&self.reconsideration, &format!("appeal/{APPEAL}"), &kind, data).await;
        }
    }

    fn react(rule: &'static law::Rule, refused: bool) -> React {
        let led = Led {
            service: "reconsideration".into(),
            log_index: 0,
            event: Uuid::from_u128(1),
            kind: "reconsideration.appeal.AppealDecided.v1".into(),
            nth: 0,
            of: 1,
            step: "OverturnDecision".into(),
            matter: "case/1".into(),
        };
        if refused {
            React::Refused(rule, ReactionRefused { led, zh: "案件没有处罚决定".into(), en: "no penalty".into() })
        } else {
            React::Followed(rule, EventFollowed { led })
        }
    }

    #[test]
    fn a_followed_appeal_is_in_order() {
        let asked = react(&EN_FOLLOW, false);
        given::<Reactions<ReactionEvent>>([]).when(&sample::act("2024-04-10T09:00"), &asked).satisfies("EN-FOLLOW");
    }

    #[test]
    fn finds_an_appeal_that_the_case_does_not_follow() {
        let asked = react(&EN_FOLLOW, true);
        given::<Reactions<ReactionEvent>>([]).when(&sample::act("2024-04-10T09:00"), &asked).violates("EN-FOLLOW");
    }

    #[tokio::test]
    async fn what_the_organ_decided_is_done_to_the_penalty_and_ends_the_appeal() {
        let world = world().await;
        let case = world.decided().await;
        world.appeal("ApplicationReceived", json!({ "act": { "case": case } })).await;
        world.caught_up().await;
        assert!(world.case(case).await.appeal_pending());
        world
            .appeal("AppealDecided", json!({ "number": "抚复决〔2024〕1号", "outcome": "revoke", "case": case }))
            .await;
        world.caught_up().await;
        let after = world.case(case).await;
        assert!(!after.appeal_pending() && !after.stands());
        let overturned = after.overturned.as_ref().unwrap();
        assert_eq!((overturned.outcome.as_str(), overturned.document.as_str()), ("revoked", "抚复决〔2024〕1号"));
        assert_eq!(overturned.reference.as_deref(), Some(APPEAL), "so that what the case does comes back");
        let again = json!({ "case": case, "organ": "抚远市人民政府", "number": "抚复决〔2024〕1号", "days": 30, "for_procedure": false });
        world.appeal("DecisionServed", json!({ "method": "direct", "again": again })).await;
        world.caught_up().await;
        assert_eq!(world.case(case).await.redo.as_ref().and_then(|order| order.days), Some(30));
        world.caught_up().await;
        let size = world.api.edge.service.ledger().head().size;
        world.caught_up().await;
        assert_eq!(world.api.edge.service.ledger().head().size, size, "and once only");
    }

    #[tokio::test]
    async fn what_is_maintained_ends_the_appeal_and_the_penalty_stands() {
        let world = world().await;
        let case = world.decided().await;
        world.appeal("ApplicationReceived", json!({ "act": { "case": case } })).await;
        world.appeal("AppealDecided", json!({ "number": "1", "outcome": "maintain", "case": case })).await;
        world.caught_up().await;
        let after = world.case(case).await;
        assert!(after.stands() && !after.appeal_pending());
    }

    #[tokio::test]
    async fn a_stay_of_the_organ_holds_in_the_case_until_it_is_lifted() {
        let world = world().await;
        let case = world.decided().await;
        let stay = |stayed: bool| json!({ "stayed": stayed, "ground": stayed.then_some("requested"), "reason": "执行将致停业", "case": case });
        world.appeal("ApplicationReceived", json!({ "act": { "case": case } })).await;
        world.appeal("StayDecided", stay(true)).await;
        world.caught_up().await;
        let stays = world.case(case).await.stays.clone();
        assert!(matches!(&stays[..], [stay] if stay.reference == APPEAL && stay.until.is_none()), "{stays:?}");
        let record = world.api.edge.service.ledger().stream(&format!("case/{case}"), 0).await.unwrap();
        let stayed = record.iter().find(|record| record.bytes.contains("ExecutionStayed")).unwrap();
        assert!(stayed.bytes.contains("第四十二条第三项") && stayed.bytes.contains("EN-STAY"), "{}", stayed.bytes);
        world.appeal("StayDecided", stay(false)).await;
        world.appeal("StayDecided", stay(false)).await;
        world.caught_up().await;
        assert!(world.case(case).await.stays[0].until.is_some());
        let marks = world.api.edge.service.ledger().stream("reaction/reconsideration", 0).await.unwrap();
        assert!(
            marks.iter().all(|mark| mark.bytes.contains("EventFollowed")),
            "a refused stay is no breach: {marks:?}"
        );
    }

    #[tokio::test]
    async fn a_stay_that_the_case_does_not_follow_is_a_finding() {
        let world = world().await;
        let case = world.decided().await;
        // The appeal itself never came here.
        world
            .appeal("StayDecided", json!({ "stayed": true, "ground": "organ", "reason": "执行将致停业", "case": case }))
            .await;
        world.caught_up().await;
        let marks = world.api.edge.service.ledger().stream("reaction/reconsideration", 0).await.unwrap();
        assert!(marks[0].bytes.contains("ReactionRefused") && marks[0].bytes.contains(r#""rule":"EN-FOLLOW""#));
        assert!(world.case(case).await.stays.is_empty());
    }

    #[tokio::test]
    async fn what_the_case_will_not_have_is_kept_as_a_finding() {
        let world = world().await;
        let case = world.decided().await;
        let elsewhere = Uuid::from_u128(404);
        world.appeal("AppealDecided", json!({ "number": "1", "outcome": "maintain", "case": elsewhere })).await;
        world.appeal("ApplicationReceived", json!({ "act": {} })).await;
        world.appeal("ApplicationReceived", json!({ "act": { "case": case } })).await;
        world.caught_up().await;
        let marks = world.api.edge.service.ledger().stream("reaction/reconsideration", 0).await.unwrap();
        assert_eq!(marks.len(), 2, "an appeal against what is elsewhere touches nothing");
        assert!(marks[0].bytes.contains("ReactionRefused") && marks[0].bytes.contains(r#""rule":"EN-FOLLOW""#));
        assert!(world.case(case).await.appeal_pending(), "and the next is followed all the same");
    }

    #[tokio::test]
    async fn the_undecided_cases_under_a_cancelled_item_say_so_once() {
        let world = world().await;
        let decided = world.decided().await;
        let open = world.filed(sample::id(2), sample::ready()).await;
        let other = CaseFiled { item: "031310001000-230883-131".parse().unwrap(), ..sample::filed() };
        let elsewhere = world.filed(sample::id(3), vec![other.into()]).await;
        let item = sample::item().item;
        let ground = json!({ "kind": "law_changed", "document": "抚政发〔2024〕9号" });
        let cancelled = json!({ "item": item, "effective": "2024-05-01", "ground": ground });
        tell(&world.powerlist, &format!("item/{item}"), "powerlist.item.ItemCancelled.v1", cancelled).await;
        world.caught_up().await;
        let ended = async |case| world.case(case).await.item_ended;
        assert_eq!(ended(open).await, Some("2024-05-01".parse().unwrap()));
        assert_eq!((ended(decided).await, ended(elsewhere).await), (None, None));
        let marks = world.api.edge.service.ledger().stream("reaction/powerlist", 0).await.unwrap();
        assert!(marks.len() == 1 && marks[0].bytes.contains("EventFollowed"), "{marks:?}");
        let flagged = world.api.edge.service.ledger().stream(&format!("case/{open}"), 0).await.unwrap();
        let flag = flagged.iter().find(|record| record.bytes.contains("ItemEnded")).unwrap();
        assert!(flag.bytes.contains(r#""unchecked":[{"rule":"EN-POWER""#), "{}", flag.bytes);
    }

    #[tokio::test]
    async fn an_accepted_report_becomes_a_lead_of_its_agency() {
        let world = world().await;
        let complaint: Uuid = "01990000-0000-7000-8000-0000000000c1".parse().unwrap();
        let accepted = |lead: bool| json!({ "agency": listed::BUREAU, "lead": lead, "summary": "反映无证经营" });
        let stream = format!("complaint/{complaint}");
        tell(&world.complaints, &stream, "complaints.complaint.ComplaintAccepted.v1", accepted(true)).await;
        let other = "complaint/01990000-0000-7000-8000-0000000000c2";
        tell(&world.complaints, other, "complaints.complaint.ComplaintAccepted.v1", accepted(false)).await;
        tell(&world.complaints, &stream, "complaints.complaint.ReplySent.v1", json!({})).await;
        // Nothing follows the last two, so the mark stands behind the first.
        let shutdown = CancellationToken::new();
        let feed = Arc::new(LedgerFeed::new(COMPLAINTS, world.complaints.clone()));
        let until = async {
            while world.position(COMPLAINTS).await.log_index < 1 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            shutdown.cancel();
        };
        tokio::join!(follow::<Api, ReactionEvent>(world.api.clone(), feed, of_complaints, shutdown.clone()), until);
        let lead: Arc<Lead> = world.api.edge.service.load::<Leads>(&lead::stream(complaint)).await.unwrap().1;
        let received = lead.received.as_ref().unwrap();
        assert_eq!((received.summary.as_str(), received.origin.as_deref()), ("反映无证经营", Some(stream.as_str())));
        assert_eq!(received.agency_name, "抚远市市场监督管理局");
        let events = world.api.edge.service.ledger().log(0, 10).await.unwrap();
        assert_eq!(events.len(), 2);
    }
}
