//! Between the API's messages and the domain: a request is parsed completely or refused field by field. What only the law
//! demands may be empty here: its absence is for a rule to judge.

use kernel::{
    Fields,
    citizen::DigestKey,
    fields::LIST_MAX,
    sealed::{Citizen, Kept, Secret},
};
use law::id::RegionCode;
use proto::reconsideration::v1::{self as p, *};

use crate::domain::{
    appeal::{Appeals, Step},
    events::{self as d, *},
    words as w,
};

kernel::words! { w, p;
    Channel { InPerson Post Online Oral }
    PersonKind { Citizen LegalPerson OtherOrganisation }
    ActKind { Penalty Measure Execution Licence Taking Disclosure Agreement Omission Other }
    Relation { Department LowerGovernment Dispatched Managed Branch OwnAct Vertical Justice }
    Lack { Parties Interest Request Period Scope Jurisdiction Pending }
    SimpleGround { OnSpot Warning SmallSum Disclosure AllAgree }
    Procedure { Simple Ordinary }
    Speaker { Representative Agent }
    Hearing { InPerson Online Phone }
    Secret { State Trade Privacy Security }
    NormSource { Applicant Organ }
    SuspendGround { Died Incapable Missing Dissolved Hindered Talks Interpretation OtherCase Norm Other }
    EndGround { Died Dissolved Criminal StillSuspended }
    StayGround { Respondent Organ Requested ByLaw }
    Outcome { Change Revoke RevokePart Unlawful Void Perform Agreement Maintain DismissRequest DismissApplication }
    Ground {
        Inappropriate BasisMisapplied FactsEstablished FactsUnclear Procedure BasisUnlawful BeyondPower
        RevocationHarms SlightProcedure NothingToRevoke ChangedSince Pointless NotPerformed GraveAndObvious
        Lawful NoDuty PerformedBefore Inadmissible NoEvidence AgreementBroken CompensationLacking
    }
    Delivery { Direct Lien Entrusted Post Electronic Announcement }
    LetterKind { Opinion Suggestion }
    Means { Order Summons Criticism }
    Effect { CaseChanged PublicationWithdrawn ListAdjusted }
    Defendant { Organ Respondent Both }
    Judgment { Dismissed NotHeard Withdrawn Mediated Revoked Changed Unlawful Void Perform Agreement }
    Instance { First Second }
}

/// A value that may be absent.
fn some<T, U>(value: Option<T>, read: impl FnOnce(T) -> Option<U>) -> Option<Option<U>> {
    match value {
        Some(value) => read(value).map(Some),
        None => Some(None),
    }
}

/// What of a citizen goes to the vault; the request keeps a masked name and digests.
fn seal(
    person: Option<&mut p::Person>,
    f: &mut Fields,
    key: &DigestKey,
    path: &str,
    texts: &[(&str, &str)],
) -> Option<Secret> {
    let person = person.filter(|person| person.kind == p::PersonKind::Citizen as i32)?;
    let p::Person { name, id_number, phone, address, .. } = person;
    Some(Secret::citizen(f, path, Citizen { name, id_number, phone, address }, texts, key))
}

/// A person, sealed before; what tells it from others may be missing.
fn person(f: &mut Fields, path: &str, person: Option<&p::Person>, kept: &Kept) -> Option<d::Person> {
    let person = f.part(path, person)?;
    let kind = f.word::<w::PersonKind>(&format!("{path}.kind"), person.kind);
    let name = f.name(&format!("{path}.name"), &person.name);
    let citizen = kind == Some(w::PersonKind::Citizen);
    if citizen && !person.uscc.is_empty() {
        f.wrong(
            &format!("{path}.uscc"),
            "只有单位填写；公民填写证件号码",
            "is for organisations; a citizen has an id_number",
        );
    }
    for (field, said) in [("id_number", &person.id_number), ("phone", &person.phone), ("address", &person.address)] {
        if !citizen && !said.is_empty() {
            f.wrong(
                &format!("{path}.{field}"),
                "只有公民填写；单位填写统一社会信用代码",
                "is for citizens; an organisation has a uscc",
            );
        }
    }
    let uscc = f.maybe_of(&format!("{path}.uscc"), &person.uscc);
    let id_digest = f.maybe(&format!("{path}.id_number"), &person.id_number);
    Some(d::Person { kind: kind?, name: name?, uscc: uscc?, id_digest: id_digest?, identity: kept.text(path) })
}

/// An agency by its code; name and region are filled in from the list.
fn agency(f: &mut Fields, path: &str, code: &str, region: &RegionCode) -> Option<d::Agency> {
    Some(d::Agency { agency: f.parse(path, code)?, name: String::new(), region: region.clone() })
}

/// Penalties.
fn penalties(f: &mut Fields, path: &str, list: &[p::Penalty]) -> Option<Vec<d::Penalty>> {
    f.each(path, list, |f, path, penalty| {
        let kind = f.word(&format!("{path}.kind"), penalty.kind);
        let amount_fen = some(penalty.amount_fen, |fen| f.fen(&format!("{path}.amount_fen"), fen));
        let days = some(penalty.days, |days| f.small(&format!("{path}.days"), days));
        let months = some(penalty.months, |months| f.small(&format!("{path}.months"), months));
        let what = f.maybe(&format!("{path}.what"), &penalty.what);
        Some(d::Penalty {
            kind: kind?,
            amount_fen: amount_fen?,
            days: days?,
            what: what?,
            months: months?,
            for_life: penalty.for_life,
            approval: None,
        })
    })
}

/// The act that is applied against.
fn appealed(f: &mut Fields, path: &str, act: Option<&p::Appealed>) -> Option<d::Appealed> {
    let act = f.part(path, act)?;
    let at = |field: &str| format!("{path}.{field}");
    let kind = f.word(&at("kind"), act.kind);
    let case = f.maybe_of(&at("case_id"), &act.case_id);
    let number = f.told(&at("number"), &act.number);
    let what = f.said(&at("what"), &act.what);
    let item = f.maybe_of(&at("item"), &act.item);
    let done = f.date(&at("done"), &act.done);
    let known = f.date(&at("known"), &act.known);
    let longer = some(act.longer.as_ref(), |longer| {
        let days = f.small(&at("longer.days"), longer.days);
        let law = f.name(&at("longer.law"), &longer.law);
        Some(d::Longer { days: days?, law: law? })
    });
    let rights_known = f.maybe_date(&at("rights_known"), &act.rights_known);
    let penalties = penalties(f, &at("penalties"), &act.penalties);
    Some(d::Appealed {
        kind: kind?,
        case: case?,
        number: number?,
        what: what?,
        item: item?,
        done: done?,
        known: known?,
        on_spot: act.on_spot,
        real_property: act.real_property,
        urgent: act.urgent,
        longer: longer?,
        rights_told: act.rights_told,
        rights_known: rights_known?,
        penalties: penalties?,
    })
}

/// Days hindered.
fn hindrances(f: &mut Fields, path: &str, list: &[p::Hindrance]) -> Option<Vec<d::Hindrance>> {
    f.each(path, list, |f, path, one| {
        let from = f.date(&format!("{path}.from"), &one.from);
        let until = f.until(&format!("{path}.until"), &one.until, &one.from);
        let reason = f.said(&format!("{path}.reason"), &one.reason);
        Some(d::Hindrance { from: from?, until: until?, reason: reason? })
    })
}

/// Those who handle it; the law counts them.
fn handlers(f: &mut Fields, path: &str, list: &[p::Handler]) -> Option<Vec<d::Handler>> {
    f.each(path, list, |f, path, one| {
        let officer = f.parse(&format!("{path}.officer"), &one.officer);
        let since = f.maybe_date(&format!("{path}.since"), &one.since);
        Some(d::Handler { officer: officer?, name: String::new(), since: since? })
    })
}

/// What is decided on compensation, if anything.
fn compensation(f: &mut Fields, path: &str, one: Option<&p::Compensation>) -> Option<Option<d::Compensation>> {
    some(one, |one| {
        let granted_fen = f.fen(&format!("{path}.granted_fen"), one.granted_fen);
        let reason = f.told(&format!("{path}.reason"), &one.reason);
        Some(d::Compensation { granted_fen: granted_fen?, reason: reason? })
    })
}

kernel::asks! { Appeals, Step, appeal_id;
    ApplyForReconsiderationRequest => ApplyForReconsideration(ApplicationReceived) |r, f, s| {
        appeal: s.id.copied(),
        number: Some(String::new()),
        organ: agency(f, "organ", &r.organ, &s.caller.region),
        respondent: agency(f, "respondent", &r.respondent, &s.caller.region),
        relation: f.word("relation", r.relation),
        channel: f.word("channel", r.channel),
        made: f.date("made", &r.made),
        oral_record: f.maybe("oral_record", &r.oral_record),
        applicant: person(f, "applicant", r.applicant.as_ref(), s.kept),
        applicants: Some(r.applicants),
        act: appealed(f, "act", r.act.as_ref()),
        request: f.said("request", &r.request),
        reasons: f.said("reasons", &r.reasons),
        void_asked: Some(r.void_asked),
        compensation_fen: some(r.compensation_fen, |fen| f.fen("compensation_fen", fen)),
        norm: f.maybe("norm", &r.norm),
        hindrances: hindrances(f, "hindrances", &r.hindrances),
        court: f.maybe("court", &r.court),
        unwilling: f.maybe("unwilling", &r.unwilling),
        through: f.maybe_date("through", &r.through),
        item_name: Some(String::new()),
    } seals |r, f, key| {
        let texts = [
            ("request", r.request.as_str()),
            ("reasons", &r.reasons),
            ("act.what", r.act.as_ref().map_or("", |act| &act.what)),
            ("oral_record", &r.oral_record),
            ("unwilling", &r.unwilling),
        ];
        seal(r.applicant.as_mut(), f, key, "applicant", &texts).into_iter().collect()
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };

    RequestSupplementRequest => RequestSupplement(SupplementRequested) |r, f, s| {
        what: f.said("what", &r.what),
        notice: f.name("notice", &r.notice),
        sent: f.date("sent", &r.sent),
        in_time: Some(false),
    };

    ExtendSupplementRequest => ExtendSupplement(SupplementExtended) |r, f, s| {
        working_days: f.small("working_days", r.working_days),
        reason: f.said("reason", &r.reason),
    };

    SupplementApplicationRequest => SupplementApplication(ApplicationSupplemented) |r, f, s| {
        content: f.said("content", &r.content),
    };

    LapseApplicationRequest => LapseApplication(ApplicationLapsed) |r, f, s| {
        excuse: f.maybe("excuse", &r.excuse),
        why_not: f.maybe("why_not", &r.why_not),
        case: Some(None),
    };

    AcceptApplicationRequest => AcceptApplication(ApplicationAccepted) |r, f, s| {
        on: Some(s.act.day()),
        deemed: Some(false),
        procedure: f.word("procedure", r.procedure),
        ground: f.maybe_word("ground", r.ground),
        consent: f.maybe("consent", &r.consent),
    };

    RejectApplicationRequest => RejectApplication(ApplicationRejected) |r, f, s| {
        lack: f.word("lack", r.lack),
        reasons: f.told("reasons", &r.reasons),
        competent: f.maybe("competent", &r.competent),
        case: Some(None),
    };

    AssignHandlersRequest => AssignHandlers(HandlersAssigned) |r, f, s| {
        officers: handlers(f, "officers", &r.officers),
        complex: Some(r.complex),
        technical: Some(r.technical),
    };

    RecuseHandlerRequest => RecuseHandler(HandlerRecused) |r, f, s| {
        officer: f.parse("officer", &r.officer),
        reason: f.said("reason", &r.reason),
        decided_by: f.told("decided_by", &r.decided_by),
        official: Some(None),
    };

    JoinThirdPartyRequest => JoinThirdParty(ThirdPartyJoined) |r, f, s| {
        person: person(f, "person", r.person.as_ref(), s.kept),
        interest: f.said("interest", &r.interest),
        opposes: Some(r.opposes),
    } seals |r, f, key| {
        seal(r.person.as_mut(), f, key, "person", &[("interest", &r.interest)]).into_iter().collect()
    };

    NameSpeakersRequest => NameSpeakers(SpeakersNamed) |r, f, s| {
        speaker: f.word("speaker", r.speaker),
        count: Some(r.count),
        of: f.name("of", &r.of),
        document: f.told("document", &r.document),
        persons: f.each("persons", &r.persons, |f, path, one| person(f, path, Some(one), s.kept)),
    } seals |r, f, key| {
        f.at_most("persons", &r.persons, LIST_MAX);
        let texts = [("of", r.of.as_str()), ("document", &r.document)];
        let seal = |(i, one)| seal(Some(one), f, key, &format!("persons[{i}]"), &texts);
        r.persons.iter_mut().take(LIST_MAX).enumerate().filter_map(seal).collect()
    };

    OpenPartyRequest => OpenParty(PartyOpened) |r, f, s| {
        entry: f.parse("entry_id", &r.entry_id),
        // The decision names it as the matter has it, and says how long.
        party: Some(String::new()),
        reason: f.said("reason", &r.reason),
        opened_by: s.opener(f),
        until: Some(s.act.at),
    };

    JoinAppealsRequest => JoinAppeals(AppealsJoined) |r, f, s| {
        other: f.parse("other_id", &r.other_id),
        reason: f.said("reason", &r.reason),
    };

    ChangeProcedureRequest => ChangeProcedure(ProcedureChanged) |r, f, s| {
        reason: f.said("reason", &r.reason),
        approved_by: f.told("approved_by", &r.approved_by),
        official: Some(None),
    };

    SendCopyRequest => SendCopy(CopySent) |r, f, s| {
        sent: f.date("sent", &r.sent),
        notice: f.name("notice", &r.notice),
    };

    GiveAnswerRequest => GiveAnswer(AnswerGiven) |r, f, s| {
        answer: f.said("answer", &r.answer),
        evidence: f.texts("evidence", &r.evidence),
        bases: f.texts("bases", &r.bases),
        in_time: Some(false),
    };

    AddEvidenceRequest => AddEvidence(EvidenceAdded) |r, f, s| {
        evidence: f.said("evidence", &r.evidence),
        gathered: f.date("gathered", &r.gathered),
        new_reason: f.maybe("new_reason", &r.new_reason),
        agreed_by: f.maybe("agreed_by", &r.agreed_by),
    };

    TakeEvidenceRequest => TakeEvidence(EvidenceTaken) |r, f, s| {
        officers: handlers(f, "officers", &r.officers),
        cards_shown: Some(r.cards_shown),
        evidence: f.said("evidence", &r.evidence),
    };

    ReadFileRequest => ReadFile(FileRead) |r, f, s| {
        reader: f.name("reader", &r.reader),
        granted: Some(r.granted),
        secret: f.maybe_word("secret", r.secret),
        kept_back: f.maybe("kept_back", &r.kept_back),
    };

    HearOpinionRequest => HearOpinion(OpinionHeard) |r, f, s| {
        party: f.name("party", &r.party),
        method: f.maybe_word("method", r.method),
        record: f.said("record", &r.record),
    };

    NotifyHearingRequest => NotifyHearing(HearingNotified) |r, f, s| {
        hearing_at: f.timestamp("hearing_at", r.hearing_at.as_ref()),
        place: f.name("place", &r.place),
        matters: f.said("matters", &r.matters),
    };

    HoldHearingRequest => HoldHearing(HearingHeld) |r, f, s| {
        host: f.parse("host", &r.host),
        assessors: f.ids("assessors", &r.assessors),
        recorder: f.told("recorder", &r.recorder),
        applicant_present: Some(r.applicant_present),
        head: f.maybe("head", &r.head),
        absence: f.maybe("absence", &r.absence),
        delegate: f.maybe("delegate", &r.delegate),
        record: f.told("record", &r.record),
    };

    HearCommitteeRequest => HearCommittee(CommitteeHeard) |r, f, s| {
        members: f.texts("members", &r.members),
        opinion: f.said("opinion", &r.opinion),
        record: f.name("record", &r.record),
    };

    QuestionNormRequest => QuestionNorm(NormQuestioned) |r, f, s| {
        norm: f.parse("norm_id", &r.norm_id),
        document: f.said("document", &r.document),
        source: f.word("source", r.source),
        competent: Some(r.competent),
        asked: f.maybe_date("asked", &r.asked),
    };

    ReferNormRequest => ReferNorm(NormReferred) |r, f, s| {
        norm: f.parse("norm_id", &r.norm_id),
        to: f.name("to", &r.to),
        letter: f.name("letter", &r.letter),
        receiver: some((!r.receiver.is_empty()).then_some(&r.receiver), |code| {
            agency(f, "receiver", code, &s.caller.region)
        }),
    };

    SettleNormRequest => SettleNorm(NormSettled) |r, f, s| {
        norm: f.parse("norm_id", &r.norm_id),
        lawful: Some(r.lawful),
        result: f.said("result", &r.result),
    };

    SuspendAppealRequest => SuspendAppeal(AppealSuspended) |r, f, s| {
        ground: f.word("ground", r.ground),
        reason: f.told("reason", &r.reason),
        notice: f.told("notice", &r.notice),
    };

    ResumeAppealRequest => ResumeAppeal(AppealResumed) |r, f, s| {
        reason: f.said("reason", &r.reason),
        notice: f.told("notice", &r.notice),
    };

    TerminateAppealRequest => TerminateAppeal(AppealTerminated) |r, f, s| {
        ground: f.word("ground", r.ground),
        reason: f.told("reason", &r.reason),
        case: Some(None),
    };

    WithdrawAppealRequest => WithdrawAppeal(AppealWithdrawn) |r, f, s| {
        statement: f.said("statement", &r.statement),
        settlement: f.maybe("settlement", &r.settlement),
        permitted_by: f.maybe("permitted_by", &r.permitted_by),
        examined: Some(r.examined),
        case: Some(None),
    };

    HoldMediationRequest => HoldMediation(MediationHeld) |r, f, s| {
        agreed: Some(r.agreed),
        terms: f.said("terms", &r.terms),
        voluntary: Some(r.voluntary),
        examined: Some(r.examined),
        signed: Some(r.signed),
        sealed: Some(r.sealed),
        perform_days: some(r.perform_days, |days| f.small("perform_days", days)),
        number: Some(String::new()),
        case: Some(None),
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };

    DecideStayRequest => DecideStay(StayDecided) |r, f, s| {
        stayed: Some(r.stayed),
        ground: f.maybe_word("ground", r.ground),
        reason: f.told("reason", &r.reason),
        case: Some(None),
    };

    ExtendDecisionRequest => ExtendDecision(DecisionExtended) |r, f, s| {
        days: f.small("days", r.days),
        reason: f.told("reason", &r.reason),
        approved_by: f.told("approved_by", &r.approved_by),
        official: Some(None),
        notice: f.told("notice", &r.notice),
    };

    DecideAppealRequest => DecideAppeal(AppealDecided) |r, f, s| {
        number: Some(String::new()),
        outcome: f.word("outcome", r.outcome),
        ground: f.word("ground", r.ground),
        facts: f.told("facts", &r.facts),
        reasons: f.told("reasons", &r.reasons),
        bases: f.texts("bases", &r.bases),
        changed_to: penalties(f, "changed_to", &r.changed_to),
        extent: f.maybe("extent", &r.extent),
        redo: Some(r.redo),
        perform_days: some(r.perform_days, |days| f.small("perform_days", days)),
        restitution: f.maybe("restitution", &r.restitution),
        compensation: compensation(f, "compensation", r.compensation.as_ref()),
        third_party_evidence: f.maybe("third_party_evidence", &r.third_party_evidence),
        hearing_followed: f.maybe("hearing_followed", &r.hearing_followed),
        decided_by: f.told("decided_by", &r.decided_by),
        official: Some(None),
        sealed: Some(r.sealed),
        appeal: f.told("appeal", &r.appeal),
        basis_at_fault: Some(r.basis_at_fault),
        item_at_fault: f.maybe_of("item_at_fault", &r.item_at_fault),
        case: Some(None),
        act_number: Some(String::new()),
        respondent: Some(None),
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };

    ServeDecisionRequest => ServeDecision(DecisionServed) |r, f, s| {
        method: f.word("method", r.method),
        receipt: f.name("receipt", &r.receipt),
        informed: f.maybe("informed", &r.informed),
        again: Some(None),
    };

    PublishDecisionRequest => PublishDecision(DecisionPublished) |r, f, s| {
        url: f.name("url", &r.url),
        names_removed: Some(r.names_removed),
    };

    IssueLetterRequest => IssueLetter(LetterIssued) |r, f, s| {
        letter: f.parse("letter_id", &r.letter_id),
        kind: f.word("kind", r.kind),
        number: Some(String::new()),
        to: agency(f, "to", &r.to, &s.caller.region),
        problem: f.said("problem", &r.problem),
    } -> Recorded |e, t| {
        number: e.map(|e| e.number.clone()).unwrap_or_default(),
    };

    AnswerLetterRequest => AnswerLetter(LetterAnswered) |r, f, s| {
        letter: f.parse("letter_id", &r.letter_id),
        report: f.said("report", &r.report),
    };

    PerformDecisionRequest => PerformDecision(DecisionPerformed) |r, f, s| {
        what: f.said("what", &r.what),
        evidence: f.said("evidence", &r.evidence),
    };

    RedoActRequest => RedoAct(ActRedone) |r, f, s| {
        number: f.name("number", &r.number),
        same_facts: Some(r.same_facts),
        same_reasons: Some(r.same_reasons),
        penalties: penalties(f, "penalties", &r.penalties),
        difference: f.maybe("difference", &r.difference),
    };

    PressPerformanceRequest => PressPerformance(PerformancePressed) |r, f, s| {
        means: f.word("means", r.means),
        what: f.said("what", &r.what),
        days: some(r.days, |days| f.small("days", days)),
    };

    ClaimCompensationRequest => ClaimCompensation(CompensationClaimed) |r, f, s| {
        amount_fen: f.fen("amount_fen", r.amount_fen),
    };

    PayCompensationRequest => PayCompensation(CompensationPaid) |r, f, s| {
        amount_fen: f.fen("amount_fen", r.amount_fen),
        requested: f.date("requested", &r.requested),
        receipt: f.name("receipt", &r.receipt),
    };

    NoteEffectRequest => NoteEffect(EffectNoted) |r, f, s| {
        effect: f.word("effect", r.effect),
        reference: f.name("reference", &r.reference),
    };

    RecordSuitRequest => RecordSuit(SuitFiled) |r, f, s| {
        suit: f.parse("suit_id", &r.suit_id),
        court: f.name("court", &r.court),
        number: f.name("number", &r.number),
        filed: f.date("filed", &r.filed),
        defendant: f.word("defendant", r.defendant),
        late_reason: f.maybe("late_reason", &r.late_reason),
    };

    RecordTrialRequest => RecordTrial(SuitHeard) |r, f, s| {
        suit: f.parse("suit_id", &r.suit_id),
        instance: f.word("instance", r.instance),
        head: f.maybe("head", &r.head),
        absence: f.maybe("absence", &r.absence),
        delegate: f.maybe("delegate", &r.delegate),
    };

    RecordJudgmentRequest => RecordJudgment(JudgmentGiven) |r, f, s| {
        suit: f.parse("suit_id", &r.suit_id),
        instance: f.word("instance", r.instance),
        judgment: f.word("judgment", r.judgment),
        number: f.name("number", &r.number),
        binding: Some(r.binding),
        perform_days: some(r.perform_days, |days| f.small("perform_days", days)),
    };

    PerformJudgmentRequest => PerformJudgment(JudgmentPerformed) |r, f, s| {
        suit: f.parse("suit_id", &r.suit_id),
        what: f.said("what", &r.what),
    };

    RecordSuggestionRequest => RecordSuggestion(SuggestionReceived) |r, f, s| {
        suggestion: f.parse("suggestion_id", &r.suggestion_id),
        from: f.name("from", &r.from),
        number: f.name("number", &r.number),
        what: f.said("what", &r.what),
    };

    AnswerSuggestionRequest => AnswerSuggestion(SuggestionAnswered) |r, f, s| {
        suggestion: f.parse("suggestion_id", &r.suggestion_id),
        answer: f.said("answer", &r.answer),
    };

    CloseAppealRequest => CloseAppeal(AppealClosed) |r, f, s| {
        file: f.name("file", &r.file),
        unpublished: f.maybe("unpublished", &r.unpublished),
        left: f.left("left", &r.left),
    };
}
