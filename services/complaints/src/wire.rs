//! Between the API's messages and the domain: a request is parsed completely or refused field by field. What only the law
//! demands may be empty here: its absence is for a rule to judge.

use jiff::Timestamp;
use kernel::{
    Fields,
    citizen::DigestKey,
    procedure::Sent,
    sealed::{Kept, Secret},
};
use law::{
    id::{RegionCode, Uscc},
    period::Period,
    sealed::SealedText,
};
use proto::complaints::v1::{self as p, *};
use uuid::Uuid;

use crate::domain::{
    complaint::{Complaints, Step},
    events::*,
    words as w,
};

kernel::words! { w, p;
    Kind { Complaint Report Petition Suggestion ServiceRating NormReview Reprisal }
    Channel { Mailbox Email Hotline Web Wechat Microblog Letter Fax Visit }
    Way { Ordinary Litigation Reconsideration Arbitration Discipline Judicial PartyAppeal OtherProcedure }
    DeclineGround { Pending Rechecked NotOurs }
    Relation { Duplicate Repeat }
    Outcome {
        Supported Explained NotSupported Mediated Verified NotVerified Adopted PartlyAdopted NotAdopted Rectified
        NormStands NormAmended NormRepealed
    }
    Score { VeryGood Good Fair Poor VeryPoor }
    ReviewOutcome { Upheld Changed Anew }
    RewardMethod { Code Keeper Named }
    SupervisionGround { Overdue Perfunctory Falsified NotCarriedOut }
}

/// An agency by its code; name and region are the list's.
fn organ(f: &mut Fields, path: &str, code: &str, region: &RegionCode) -> Option<Organ> {
    let agency = f.parse::<Uscc>(path, code)?;
    Some(Organ { agency, name: String::new(), region: region.clone() })
}

/// What of an entry goes to the vault: the words, and who the person is.
pub(crate) fn secrets(f: &mut Fields, path: &str, entry: Option<&mut Entry>, key: &DigestKey) -> Vec<Secret> {
    let Some(entry) = entry else { return Vec::new() };
    let words = Secret::text(f, &format!("{path}.text"), &mut entry.text, key);
    let person = entry.identity.as_mut().map(|person| {
        let path = format!("{path}.identity");
        if person.name.trim().is_empty() {
            f.wrong(&format!("{path}.name"), "提供身份的，必须填写", "is required where an identity is given");
        }
        Secret::identity(f, &path, person, key)
    });
    words.into_iter().chain(person).collect()
}

/// What was received, as it is registered.
pub(crate) fn registration(
    f: &mut Fields,
    path: &str,
    complaint: Option<Uuid>,
    entry: Option<&Entry>,
    source: Option<Source>,
    (region, at, kept): (&RegionCode, Timestamp, &Kept),
) -> Option<ComplaintRegistered> {
    let r = f.part(path, entry)?;
    let of = |field: &str| format!("{path}.{field}");
    let kind = f.word(&of("kind"), r.kind);
    let channel = f.word(&of("channel"), r.channel);
    let agency = f.parse(&of("agency"), &r.agency);
    let received = f.date(&of("received"), &r.received);
    let summary = f.told(&of("summary"), &r.summary);
    let against = f.ids(&of("against"), &r.against);
    let against_officers = f.ids(&of("against_officers"), &r.against_officers);
    let way = f.word(&of("way"), r.way);
    let item = f.maybe_of(&of("item"), &r.item);
    let place = f.maybe(&of("place"), &r.place);
    let norm = f.maybe(&of("norm"), &r.norm);
    let about = f.maybe_of(&of("about_id"), &r.about_id);
    let score = f.maybe_word(&of("score"), r.score);
    Some(ComplaintRegistered {
        complaint: complaint?,
        number: String::new(),
        kind: kind?,
        channel: channel?,
        agency: agency?,
        agency_name: String::new(),
        region: region.clone(),
        received: received?,
        complainant: kept.pseudonym(&of("identity")),
        identity: kept.text(&of("identity")),
        sealed: kept.text(&of("text")),
        attachments: Vec::new(),
        reachable: r.reachable,
        summary: summary?,
        against: against?,
        against_officers: against_officers?,
        way: way?,
        item: item?,
        item_name: String::new(),
        place: place?,
        norm: norm?,
        about: about?,
        score: score?,
        receipt_wanted: false,
        source,
        at: Some(at),
    })
}

/// What the request may hold of who sends it.
fn here<'a>(s: &Sent<'a, Uuid>) -> (&'a RegionCode, Timestamp, &'a Kept) {
    (&s.caller.region, s.act.at, s.kept)
}

kernel::asks! { Complaints;
    RegisterComplaintRequest |r| ("complaint_id", &r.complaint_id) => |r, f, s| {
        let read = registration(f, "entry", s.id.copied(), r.entry.as_ref(), None, here(s));
        read.map(|read| Step::RegisterComplaint(ComplaintRegistered { receipt_wanted: r.receipt_wanted, ..read }))
    } seals |r, f, key| { secrets(f, "entry", r.entry.as_mut(), key) } -> RegisterComplaintResponse |t, of| {
        let registered = t.state.registered.as_ref();
        let wanted = registered.filter(|registered| registered.receipt_wanted).map(|registered| registered.complaint);
        let receipt_code = match wanted {
            Some(complaint) => of.edge.receipt_code::<Complaints>(complaint).await?,
            None => String::new(),
        };
        let number = registered.map(|registered| registered.number.clone()).unwrap_or_default();
        RegisterComplaintResponse { receipt: Some(t.receipt), id: t.id, number, receipt_code }
    };
}

kernel::asks! { Complaints;
    ShredIdentityRequest |r| ("complaint_id", &r.complaint_id) => |r, f, s| {
        let reason = s.at_once(f).and_then(|()| f.told("reason", &r.reason));
        let (shredded_by, second) = (f.parse("shredded_by", &r.shredded_by), f.parse("second", &r.second));
        // What is under the key is the matter's to say.
        Some(Step::ShredIdentity(IdentityShredded {
            shredded: Vec::new(),
            reason: reason?,
            shredded_by: shredded_by?,
            second: second?,
            at: Some(s.act.at),
        }))
    } -> Recorded |t, of| {
        of.edge.shred(&t.id).await?;
        Recorded { receipt: Some(t.receipt), id: t.id, number: String::new() }
    };
}

kernel::asks! { Complaints, Step, complaint_id;
    SummariseComplaintRequest => SummariseComplaint(ComplaintSummarised) |r, f, s| {
        summary: f.said("summary", &r.summary),
        against: f.ids("against", &r.against),
        against_officers: f.ids("against_officers", &r.against_officers),
        way: f.word("way", r.way),
        item: f.maybe_of("item", &r.item),
        item_name: Some(String::new()),
        place: f.maybe("place", &r.place),
        norm: f.maybe("norm", &r.norm),
    };

    LinkComplaintRequest => LinkComplaint(ComplaintLinked) |r, f, s| {
        earlier: f.parse("earlier_id", &r.earlier_id),
        relation: f.word("relation", r.relation),
    };

    RedirectComplaintRequest => RedirectComplaint(ComplaintRedirected) |r, f, s| {
        way: f.word("way", r.way),
        organ: f.told("organ", &r.organ),
        reason: f.said("reason", &r.reason),
        told: f.told("told", &r.told),
    };

    AssignComplaintRequest => AssignComplaint(ComplaintAssigned) |r, f, s| {
        to: organ(f, "to", &r.to, &s.caller.region),
        letter: f.name("letter", &r.letter),
        reported_to: f.maybe("reported_to", &r.reported_to),
    };

    ObjectAssignmentRequest => ObjectAssignment(AssignmentObjected) |r, f, s| {
        reason: f.said("reason", &r.reason),
    };

    DecideObjectionRequest => DecideObjection(ObjectionDecided) |r, f, s| {
        agreed: Some(r.agreed),
        reason: f.said("reason", &r.reason),
    };

    RuleAssignmentRequest => RuleAssignment(AssignmentRuled) |r, f, s| {
        to: organ(f, "to", &r.to, &s.caller.region),
        reason: f.said("reason", &r.reason),
        document: f.name("document", &r.document),
    };

    JoinHandlingRequest => JoinHandling(HandlingJoined) |r, f, s| {
        lead: f.parse("lead", &r.lead),
        with: f.each("with", &r.with, |f, path, code| organ(f, path, code, &s.caller.region)),
        reason: f.said("reason", &r.reason),
    };

    AcceptComplaintRequest => AcceptComplaint(ComplaintAccepted) |r, f, s| {
        // What the matter and the lists say is filled in by the decision.
        agency: s.caller.agency.clone().or_else(|| { f.wrong("meta", "只有行政机关的工作人员可以填写", "is for staff of an agency"); None }),
        way: f.word("way", r.way),
        officer: f.parse("officer", &r.officer),
        officer_name: Some(String::new()),
        lead: Some(r.lead),
        no_lead: f.maybe("no_lead", &r.no_lead),
        item: Some(None),
        summary: Some(String::new()),
        told: f.told("told", &r.told),
        period: Some(Period::CalendarDays(0)),
        period_by: Some(String::new()),
    };

    DeclineComplaintRequest => DeclineComplaint(ComplaintDeclined) |r, f, s| {
        ground: f.word("ground", r.ground),
        reason: f.said("reason", &r.reason),
        earlier: f.maybe_of("earlier_id", &r.earlier_id),
        organ: f.maybe("organ", &r.organ),
        told: f.told("told", &r.told),
    };

    ExtendSettlementRequest => ExtendSettlement(SettlementExtended) |r, f, s| {
        days: f.small("days", r.days),
        reason: f.told("reason", &r.reason),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
        told: f.told("told", &r.told),
    };

    HoldHearingRequest => HoldHearing(HearingHeld) |r, f, s| {
        from: f.date("from", &r.from),
        until: f.until("until", &r.until, &r.from),
        record: f.name("record", &r.record),
    };

    AnswerComplaintRequest => AnswerComplaint(ComplaintAnswered) |r, f, s| {
        number: Some(String::new()),
        outcome: f.word("outcome", r.outcome),
        facts: f.told("facts", &r.facts),
        opinion: f.told("opinion", &r.opinion),
        bases: f.texts("bases", &r.bases),
        told: f.name("told", &r.told),
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };

    ReturnOutcomeRequest => ReturnOutcome(OutcomeReturned) |r, f, s| {
        case: f.maybe_of("case_id", &r.case_id),
        decided: f.said("decided", &r.decided),
        decision: f.maybe("decision", &r.decision),
        verified: Some(r.verified),
        told: f.told("told", &r.told),
    };

    RateAnswerRequest => RateAnswer(AnswerRated) |r, f, s| {
        score: f.word("score", r.score),
    };

    RectifyComplaintRequest => RectifyComplaint(ComplaintRectified) |r, f, s| {
        measures: f.said("measures", &r.measures),
    };

    RequestReviewRequest => RequestReview(ReviewRequested) |r, f, s| {
        instance: Some(w::Instance::Review),
        to: organ(f, "to", &r.to, &s.caller.region),
        answer_got: f.date("answer_got", &r.answer_got),
    };

    AnswerReviewRequest => AnswerReview(ReviewAnswered) |r, f, s| {
        instance: Some(w::Instance::Review),
        number: Some(String::new()),
        outcome: f.word("outcome", r.outcome),
        facts: f.told("facts", &r.facts),
        opinion: f.told("opinion", &r.opinion),
        bases: f.texts("bases", &r.bases),
        told: f.name("told", &r.told),
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };

    RequestSupervisionRequest => RequestSupervision(SupervisionRequested) |r, f, s| {
        ground: f.word("ground", r.ground),
        organ: f.name("organ", &r.organ),
        facts: f.said("facts", &r.facts),
    };

    WithdrawComplaintRequest => WithdrawComplaint(ComplaintWithdrawn) |r, f, s| {
        how: f.said("how", &r.how),
    };

    CloseComplaintRequest => CloseComplaint(ComplaintClosed) |r, f, s| {
        left: f.left("left", &r.left),
    };

    AddStatementRequest => AddStatement(StatementAdded) |r, f, s| {
        sealed: f.said("text", &r.text).map(|_| s.kept.text("text")),
    } seals |r, f, key| { Secret::text(f, "text", &mut r.text, key).into_iter().collect() };

    SendReplyRequest => SendReply(ReplySent) |r, f, s| {
        sealed: f.said("text", &r.text).map(|_| s.kept.text("text")),
    } seals |r, f, key| { Secret::text(f, "text", &mut r.text, key).into_iter().collect() };

    ReleaseTextRequest => ReleaseText(TextReleased) |r, f, s| {
        // The decision names it as the matter has it.
        sealed: f.parse("entry_id", &r.entry_id).map(|entry| SealedText { entry, sha256: String::new() }),
        to: organ(f, "to", &r.to, &s.caller.region),
        reason: s.at_once(f).and_then(|()| f.told("reason", &r.reason)),
        opened_by: f.parse("opened_by", &r.opened_by),
        second: f.parse("second", &r.second),
    };

    OpenIdentityRequest => OpenIdentity(IdentityOpened) |r, f, s| {
        complainant: f.parse("complainant", &r.complainant),
        reason: s.at_once(f).and_then(|()| f.told("reason", &r.reason)),
        opened_by: f.parse("opened_by", &r.opened_by),
        second: f.parse("second", &r.second),
    };

    RewardReportRequest => RewardReport(ReportRewarded) |r, f, s| {
        amount_fen: f.fen("amount_fen", r.amount_fen),
        basis: f.told("basis", &r.basis),
        method: f.word("method", r.method),
        payment: f.told("payment", &r.payment),
    };
}
