//! Between the API's messages and the domain: a request is parsed completely or refused field by field. What only the law
//! demands may be empty here: its absence is for a rule to judge.

use kernel::{Fields, citizen::DigestKey};
use proto::disclosure::v1::{self as p, *};

use crate::domain::{
    application::Applications,
    events::{self as d, *},
    words as w,
    year::Years,
};

kernel::words! { w, p;
    Channel { InPerson Oral SignedPost OrdinaryPost Online Fax }
    PersonKind { Citizen LegalPerson OtherOrganisation }
    Form { Paper Electronic OnSite }
    Interest { TradeSecret Privacy Other }
    Outcome {
        AlreadyPublic Disclosed PartlyDisclosed NotDisclosed NotExisting NotResponsible Repeated SpecialLaw
        NeedsProcessing StillUnclear NotAnApplication Publication Unreasonable
    }
    Ground { StateSecret ForbiddenByLaw Endangers ThirdParty InternalAffairs Process EnforcementFile }
    Delivery { HandedOver Post Electronic Fax }
}

/// Replaces a citizen's name by the masked one and the id number by its digest.
fn protect(person: Option<&mut p::Person>, f: &mut Fields, key: &DigestKey, path: &str, texts: &[(&str, &str)]) {
    if let Some(person) = person.filter(|person| person.kind == p::PersonKind::Citizen as i32) {
        key.protect(f, path, (&mut person.name, &mut person.id_number), texts);
    }
}

/// A person, protected before; what tells it from others may be missing.
fn person(f: &mut Fields, path: &str, person: Option<&p::Person>) -> Option<d::Person> {
    let person = f.part(path, person)?;
    let kind = f.word::<w::PersonKind>(&format!("{path}.kind"), person.kind);
    let name = f.told(&format!("{path}.name"), &person.name);
    let citizen = kind == Some(w::PersonKind::Citizen);
    if citizen && !person.uscc.is_empty() {
        f.wrong(
            &format!("{path}.uscc"),
            "只有单位填写；公民填写证件号码",
            "is for organisations; a citizen has an id_number",
        );
    }
    if !citizen && !person.id_number.is_empty() {
        f.wrong(
            &format!("{path}.id_number"),
            "只有公民填写；单位填写统一社会信用代码",
            "is for citizens; an organisation has a uscc",
        );
    }
    let uscc = f.maybe_of(&format!("{path}.uscc"), &person.uscc);
    let id_digest = f.maybe(&format!("{path}.id_number"), &person.id_number);
    Some(d::Person { kind: kind?, name: name?, uscc: uscc?, id_digest: id_digest? })
}

fn responsible(f: &mut Fields, path: &str, other: Option<&p::Responsible>) -> Option<Option<d::Responsible>> {
    let Some(other) = other else { return Some(None) };
    let name = f.told(&format!("{path}.name"), &other.name);
    let contact = f.told(&format!("{path}.contact"), &other.contact);
    Some(Some(d::Responsible { name: name?, contact: contact? }))
}

kernel::asks! { Applications, Step, application_id;
    ReceiveApplicationRequest => ReceiveApplication(ApplicationReceived) |r, f, s| {
        application: s.id.copied(),
        number: Some(String::new()),
        agency: f.parse("agency", &r.agency),
        agency_name: Some(String::new()),
        region: Some(s.caller.region.clone()),
        channel: f.word("channel", r.channel),
        arrived: f.date("arrived", &r.arrived),
        applicant: person(f, "applicant", r.applicant.as_ref()),
        contact: Some(r.contact),
        description: f.told("description", &r.description),
        form: f.maybe_word("form", r.form),
        missing: Some(Vec::new()),
    } protect |r, f, key| {
        protect(r.applicant.as_mut(), f, key, "applicant", &[("description", &r.description)]);
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };

    RequestCorrectionRequest => RequestCorrection(CorrectionRequested) |r, f, s| {
        what: f.said("what", &r.what),
        guidance: f.said("guidance", &r.guidance),
        until: f.last_day("until", &r.until, s.act),
        in_time: Some(false),
    };

    CorrectApplicationRequest => CorrectApplication(ApplicationCorrected) |r, f, s| {
        description: f.said("description", &r.description),
        applicant: match r.applicant.as_ref() {
            Some(applicant) => person(f, "applicant", Some(applicant)).map(Some),
            None => Some(None),
        },
        form: f.maybe_word("form", r.form),
    } protect |r, f, key| {
        protect(r.applicant.as_mut(), f, key, "applicant", &[("description", &r.description)]);
    };

    LapseApplicationRequest => LapseApplication(ApplicationLapsed) |r, f, s| {
        excuse: f.maybe("excuse", &r.excuse),
        why_not: f.maybe("why_not", &r.why_not),
    };

    WithdrawApplicationRequest => WithdrawApplication(ApplicationWithdrawn) |r, f, s| {
        statement: f.said("statement", &r.statement),
    };

    AskThirdPartyRequest => AskThirdParty(ThirdPartyAsked) |r, f, s| {
        inquiry: f.parse("inquiry_id", &r.inquiry_id),
        person: person(f, "person", r.person.as_ref()),
        interest: f.word("interest", r.interest),
        letter: f.name("letter", &r.letter),
        sent: f.date("sent", &r.sent),
    } protect |r, f, key| {
        protect(r.person.as_mut(), f, key, "person", &[("letter", &r.letter)]);
    };

    RecordThirdPartyAnswerRequest => RecordThirdPartyAnswer(ThirdPartyAnswered) |r, f, s| {
        inquiry: f.parse("inquiry_id", &r.inquiry_id),
        agrees: Some(r.agrees),
        reasons: f.told("reasons", &r.reasons),
    };

    AskAgencyRequest => AskAgency(AgencyAsked) |r, f, s| {
        inquiry: f.parse("inquiry_id", &r.inquiry_id),
        agency_name: f.name("agency_name", &r.agency_name),
        letter: f.name("letter", &r.letter),
        sent: f.date("sent", &r.sent),
    };

    RecordAgencyAnswerRequest => RecordAgencyAnswer(AgencyAnswered) |r, f, s| {
        inquiry: f.parse("inquiry_id", &r.inquiry_id),
        agrees: Some(r.agrees),
        reasons: f.told("reasons", &r.reasons),
    };

    DemandReasonsRequest => DemandReasons(ReasonsDemanded) |r, f, s| {
        excess: f.said("excess", &r.excess),
        letter: f.name("letter", &r.letter),
    };

    RecordReasonsRequest => RecordReasons(ReasonsGiven) |r, f, s| {
        reasons: f.said("reasons", &r.reasons),
    };

    ExtendAnswerRequest => ExtendAnswer(AnswerExtended) |r, f, s| {
        working_days: f.small("working_days", r.working_days),
        reason: f.said("reason", &r.reason),
        approved_by: f.told("approved_by", &r.approved_by),
        official: Some(None),
        notice: f.told("notice", &r.notice),
    };

    DeferAnswerRequest => DeferAnswer(AnswerDeferred) |r, f, s| {
        working_days: f.small("working_days", r.working_days),
        reason: f.said("reason", &r.reason),
        notice: f.told("notice", &r.notice),
    };

    ChargeFeeRequest => ChargeFee(FeeCharged) |r, f, s| {
        amount_fen: f.fen("amount_fen", r.amount_fen),
        excess: f.told("excess", &r.excess),
        basis: f.told("basis", &r.basis),
        notice: f.told("notice", &r.notice),
    };

    AnswerApplicationRequest => AnswerApplication(ApplicationAnswered) |r, f, s| {
        number: Some(String::new()),
        outcome: f.word("outcome", r.outcome),
        grounds: f.each("grounds", &r.grounds, |f, path, ground| f.word(path, *ground)),
        reasons: f.maybe("reasons", &r.reasons),
        how: f.maybe("how", &r.how),
        bases: f.texts("bases", &r.bases),
        separable: Some(r.separable),
        public_by: f.maybe("public_by", &r.public_by),
        harms_third_party: Some(r.harms_third_party),
        objection_reasonable: Some(r.objection_reasonable),
        public_interest: f.maybe("public_interest", &r.public_interest),
        third_party_told: f.maybe("third_party_told", &r.third_party_told),
        responsible: responsible(f, "responsible", r.responsible.as_ref()),
        earlier: f.maybe_of("earlier_id", &r.earlier_id),
        reviewed_by: f.maybe("reviewed_by", &r.reviewed_by),
        appeal: f.maybe("appeal", &r.appeal),
        reconsideration_told: Some(r.reconsideration_told),
        decided_by: s.head(f, "decided_by", &r.decided_by),
        official: Some(None),
        left: f.left("left", &r.left),
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };

    SendAnswerRequest => SendAnswer(AnswerSent) |r, f, s| {
        method: f.word("method", r.method),
        receipt: f.name("receipt", &r.receipt),
    };

    ArchiveApplicationRequest => ArchiveApplication(ApplicationArchived) |r, f, s| {
        file: f.name("file", &r.file),
    };
}

kernel::asks! { Years, Report, agency;
    PublishReportRequest => PublishReport(ReportPublished) |r, f, s| {
        year: f.small("year", r.year),
        received: Some(0),
        answered: Some(Vec::new()),
        reconsiderations: Some(r.reconsiderations),
        lawsuits: Some(r.lawsuits),
        problems: f.said("problems", &r.problems),
        submitted_to: f.name("submitted_to", &r.submitted_to),
        url: f.name("url", &r.url),
    };
}
