//! The events themselves: one struct each.

use jiff::{Timestamp, civil::Date};
use law::{
    check::Breach,
    id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc},
    period::Period,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::parts::*;
use super::words::*;

macro_rules! acts {
    ($($(#[$m:meta])* struct $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty),* $(,)? })*) => {
        $($(#[$m])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name {
            $($(#[$fm])* pub $field: $ty,)*
            /// When the act happened (the record's `time`, here because later decisions count from it).
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub at: Option<Timestamp>,
        }

        impl $name {
            /// The same, done at `at`.
            #[must_use]
            pub fn dated(mut self, at: Timestamp) -> Self {
                self.at = Some(at);
                self
            }
        })*
    };
}

acts! {
    /// The case was filed.
    struct CaseFiled {
        /// The case's id, chosen by the client.
        case: Uuid,
        /// 立案号: agency, year, number without holes.
        filing_number: String,
        /// Simple or ordinary.
        procedure: Procedure,
        /// Whose case it is.
        agency: Uscc,
        /// Its name as listed that day.
        agency_name: String,
        /// Region of the agency.
        region: RegionCode,
        /// The power item it rests on.
        item: ItemCode,
        /// Its name.
        item_name: String,
        /// The version in force that day; 0 when none was (reporting mode).
        item_version: u32,
        /// The catalogue's code of the matter.
        base_code: BaseCode,
        /// Field of enforcement.
        field: String,
        /// Whom it addresses.
        party: Party,
        /// What is held against the party.
        violation: Violation,
        /// Where it came from.
        source: SourceKind,
        /// Reference at the source: complaint, inspection, plan.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_reference: Option<String>,
        /// Who approved the filing.
        approved_by: String,
        /// The officers in charge.
        officers: Vec<ActingOfficer>,
        /// Document by which a common superior designated this agency (APL 25).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        designation: Option<String>,
    }
    /// The officers in charge changed.
    struct OfficersAssigned {
        /// The officers in charge from now on.
        officers: Vec<ActingOfficer>,
        /// Why.
        reason: String,
    }
    /// Somebody says an officer has a stake (APL 43).
    struct RecusalRequested {
        /// Who is said to have a stake.
        officer: OfficerCode,
        /// Who says so.
        by: String,
        /// Which stake.
        reason: String,
    }
    /// The head decided on it.
    struct RecusalDecided {
        /// The officer.
        officer: OfficerCode,
        /// Whether he is out.
        recused: bool,
        /// The head.
        decided_by: String,
        /// Why.
        reason: String,
    }
    /// Evidence was gathered.
    struct EvidenceCollected {
        /// Its id.
        evidence: Uuid,
        /// One of the eight kinds.
        kind: EvidenceKind,
        /// What it is.
        title: String,
        /// Where it comes from.
        source: String,
        /// Who gathered it.
        officers: Vec<ActingOfficer>,
        /// SHA-256 of the bytes, hex.
        sha256: String,
        /// Media type of the bytes.
        media_type: String,
        /// Size of the bytes.
        size_bytes: u64,
        /// Gathered by an automatic device (APL 41).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<Device>,
    }
    /// Evidence was excluded.
    struct EvidenceExcluded {
        /// Which.
        evidence: Uuid,
        /// Why it does not count.
        reason: String,
    }
    /// 先行登记保存 (APL 56).
    struct EvidencePreserved {
        /// Its id.
        preservation: Uuid,
        /// What is preserved.
        objects: String,
        /// The head who approved it.
        approved_by: String,
        /// Who carried it out.
        officers: Vec<ActingOfficer>,
    }
    /// It was settled.
    struct PreservationSettled {
        /// Which.
        preservation: Uuid,
        /// What became of the objects.
        outcome: String,
    }
    /// A compulsory measure was taken (ACL 18, 19).
    struct MeasureTaken {
        /// Its id.
        measure: Uuid,
        /// One of the kinds of ACL 9.
        kind: MeasureKind,
        /// The compulsion item it rests on.
        item: ItemCode,
        /// Its name; empty when none was in force (reporting mode).
        item_name: String,
        /// What it touches.
        objects: String,
        /// Who carried it out.
        officers: Vec<ActingOfficer>,
        /// The head who approved it beforehand.
        approved_by: Option<String>,
        /// When.
        approved_at: Option<Timestamp>,
        /// Taken on the spot before approval (ACL 19).
        urgent: bool,
        /// Reasons, basis and remedies were told on the spot.
        reasons_told: bool,
        /// The party was heard.
        statement_heard: bool,
        /// The party was there.
        party_present: bool,
        /// 现场笔录, SHA-256.
        record_sha256: Option<String>,
        /// How long it is to last.
        period: Period,
        /// Who signed the record in the party's absence (ACL 18).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        witness: Option<String>,
    }
    /// Urgent measure approved afterwards (ACL 19).
    struct MeasureApproved {
        /// Which.
        measure: Uuid,
        /// The head.
        approved_by: String,
    }
    /// The measure was extended, at most 30 days (ACL 25).
    struct MeasureExtended {
        /// Which.
        measure: Uuid,
        /// The head.
        approved_by: String,
        /// By how many days.
        days: u16,
        /// Why, as told to the party.
        reason: String,
    }
    /// Testing began or ended; that time does not count (ACL 25).
    struct MeasureTesting {
        /// Which.
        measure: Uuid,
        /// begun or ended.
        begun: bool,
        /// What is tested, and by whom.
        what: String,
    }
    /// Released, or merged into a decision (ACL 27, 28).
    struct MeasureEnded {
        /// Which.
        measure: Uuid,
        /// What became of the objects.
        outcome: String,
    }
    /// A stage left its record (APL 47).
    struct RecordMade {
        /// Which stage.
        stage: RecordStage,
        /// Text or audio-visual.
        form: RecordForm,
        /// What it is.
        title: String,
        /// SHA-256 of the bytes, hex.
        sha256: String,
        /// Media type of the bytes.
        media_type: String,
        /// Size of the bytes.
        size_bytes: u64,
    }
    /// The investigation was concluded with a proposal.
    struct InvestigationConcluded {
        /// What was found.
        facts: String,
        /// Tier of the standard.
        tier: Option<String>,
        /// Amounts by which fines are measured.
        bases: Vec<BaseAmount>,
        /// What the investigators propose.
        proposal: Vec<Penalty>,
        /// Why.
        reasons: String,
        /// 疑难复杂、涉及多个法律关系.
        complex: bool,
        /// 涉及重大公共利益.
        public_interest: bool,
    }
    /// Exempt list consulted (APL 33).
    struct ExemptionConsidered {
        /// Whether an exemption applies.
        applies: bool,
        /// Why, or why not.
        reason: String,
    }
    /// A crime is suspected (CTR 5).
    struct CrimeSuspected {
        /// Which crime.
        suspected: String,
        /// Who reported it to the head.
        reported_by: String,
    }
    /// The head decided on the transfer (CTR 5).
    struct TransferDecided {
        /// Whether it is transferred.
        transfer: bool,
        /// The head.
        decided_by: String,
        /// Why.
        reason: String,
    }
    /// The case went to the police (CTR 5, 6).
    struct CaseTransferred {
        /// Which police organ.
        to: String,
        /// 移送书.
        document: String,
    }
    /// The police answered (CTR 8).
    struct PoliceAnswered {
        /// Whether they filed a criminal case.
        filed: bool,
        /// What they say.
        reason: String,
    }
    /// The police or procuratorate returned it for an administrative penalty (APL 27).
    struct CaseReturned {
        /// Who returned it.
        by: String,
        /// Why.
        reason: String,
    }
    /// Help was asked (APL 26).
    struct AssistanceRequested {
        /// Its id.
        request: Uuid,
        /// Of whom.
        of: String,
        /// What for.
        what: String,
    }
    /// And answered.
    struct AssistanceAnswered {
        /// Which request.
        request: Uuid,
        /// Whether help is given.
        given: bool,
        /// The answer.
        answer: String,
    }
    /// Two bodies claim the case (APL 25).
    struct JurisdictionDisputed {
        /// The other body.
        with: String,
        /// Why.
        reason: String,
    }
    /// The common superior designated one.
    struct JurisdictionDesignated {
        /// The agency that goes on.
        designated: Uscc,
        /// The superior.
        by: String,
        /// The document.
        document: String,
    }
    /// The party was told (APL 44, 62, 63).
    struct PenaltyNotified {
        /// Facts told.
        facts: String,
        /// Reasons told.
        reasons: String,
        /// Legal bases told.
        bases: Vec<String>,
        /// Penalty intended.
        penalties: Vec<Penalty>,
        /// Right to state and defend told.
        statement_right_told: bool,
        /// Right to a hearing told.
        hearing_right_told: bool,
        /// Whether the intended penalty gives that right (APL 63).
        hearing_required: bool,
        /// How the notice reached the party.
        method: ServiceMethod,
        /// Written consent to electronic service (APL 61).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<String>,
        /// Facts found since an earlier notice, when this one is heavier (APL 45).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new_facts: Option<String>,
    }
    /// Statement and defence were heard (APL 45).
    struct StatementHeard {
        /// What the party said.
        content: String,
        /// Whether it was accepted.
        outcome: StatementOutcome,
        /// Result of the check, with reasons.
        reasons: String,
    }
    /// Plainly waived.
    struct StatementWaived {
        /// How the party said so.
        how: String,
    }
    /// A hearing was asked for (APL 64).
    struct HearingRequested {
        /// Within 5 working days of the notice.
        in_time: bool,
    }
    /// The hearing right was plainly waived.
    struct HearingWaived {
        /// How the party said so.
        how: String,
    }
    /// Time and place were told (APL 64).
    struct HearingNotified {
        /// When it will be held.
        hearing_at: Timestamp,
        /// Where.
        place: String,
        /// Who hosts it.
        host: OfficerCode,
        /// Whether it is open to the public.
        public: bool,
    }
    /// The hearing was held.
    struct HearingHeld {
        /// Who hosted it.
        host: OfficerCode,
        /// 笔录, SHA-256.
        record_sha256: String,
        /// Whether the party signed the record.
        signed: bool,
        /// What the host concludes from it.
        opinion: String,
        /// Why the record is not signed, noted by the host (APL 64).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    }
    /// Legal review (APL 58).
    struct LegalReviewed {
        /// Who reviewed.
        reviewer: OfficerCode,
        /// Name.
        reviewer_name: String,
        /// Whether it passed.
        passed: bool,
        /// The opinion.
        opinion: String,
        /// First day on which this person reviewed decisions; matters for the qualification.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reviewing_since: Option<Date>,
    }
    /// The heads discussed it (APL 57).
    struct Deliberated {
        /// Who took part.
        members: Vec<String>,
        /// What they concluded.
        conclusion: String,
        /// Dissenting opinions.
        dissent: Vec<String>,
        /// Minutes, SHA-256.
        minutes_sha256: String,
    }
    /// The period to decide was extended (APL 60), where law or rule allows.
    struct DecisionExtended {
        /// By how much.
        period: Period,
        /// The head.
        approved_by: String,
        /// The law, regulation or rule that allows it.
        basis: String,
    }
    /// Days from now on do not count towards the period to decide (APL 60).
    struct DecisionSuspended {
        /// Why.
        ground: SuspensionGround,
        /// The head.
        approved_by: String,
        /// The law, regulation or rule that does not count them.
        basis: String,
    }
    /// They count again.
    struct DecisionResumed {
        /// What ended the suspension.
        reason: String,
    }
    /// The penalty was decided (APL 57, 59), in the simple procedure on the spot (APL 51, 52).
    struct PenaltyDecided {
        /// 文号.
        number: String,
        /// What is imposed.
        penalties: Vec<Penalty>,
        /// Sum of the fines.
        fine_fen: i64,
        /// Tier of the standard.
        tier: Option<String>,
        /// Reasons for departing from it.
        departure: Option<String>,
        /// Facts found.
        facts: String,
        /// Evidence they rest on.
        evidence: Vec<Uuid>,
        /// Legal bases.
        bases: Vec<String>,
        /// How and when to perform.
        performance: String,
        /// How and when to appeal.
        appeal: String,
        /// The head; in the simple procedure the officers.
        decided_by: String,
        /// Reviewed, discussed and reported upward (APL 57, 58, 63).
        major: bool,
        /// Last day to pay, for fines served on the spot; otherwise service sets it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pay_by: Option<Date>,
        /// The document states the party's name and address (APL 59).
        #[serde(default)]
        address_stated: bool,
        /// The document bears the agency's seal (APL 59), or in the simple procedure the officers' signatures (APL 52).
        #[serde(default)]
        sealed: bool,
        /// The document, SHA-256.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document_sha256: Option<String>,
        /// Earlier fines that look like this act but are not (APL 29).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        distinct_from: Vec<DistinctCase>,
    }
    /// 不予处罚.
    struct PenaltyWithheld {
        /// 文号.
        number: String,
        /// Why there is no penalty.
        ground: NoPenaltyGround,
        /// Reasons.
        reason: String,
        /// How the party was educated (APL 33).
        education: String,
        /// The head.
        decided_by: String,
    }
    /// The decision reached the party (APL 61).
    struct DecisionServed {
        /// How.
        method: ServiceMethod,
        /// 送达回证.
        receipt: String,
        /// Written consent to electronic service.
        consent: Option<String>,
        /// Last day to pay, for fines (APL 67).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pay_by: Option<Date>,
    }
    /// The simple-procedure decision was reported to the agency (APL 52).
    struct SpotDecisionReported {
        /// To whom.
        to: String,
    }
    /// The decision was put on the web (APL 48).
    struct DecisionPublicised {
        /// Where.
        url: String,
    }
    /// It was withdrawn from the web, with reasons (APL 48).
    struct PublicationWithdrawn {
        /// The reasons published.
        reason: String,
    }
    /// The decision was revoked, changed, found unlawful or void.
    struct DecisionOverturned {
        /// What was decided about it.
        outcome: String,
        /// By whom.
        by: String,
        /// The document.
        document: String,
    }
    /// Money came in.
    struct FinePaid {
        /// Of the fine.
        amount_fen: i64,
        /// Of the surcharge.
        surcharge_fen: i64,
        /// How it was paid.
        channel: PayChannel,
        /// The officer who took it, on the spot.
        collector: Option<OfficerCode>,
        /// Why it was taken on the spot.
        spot_ground: Option<SpotGround>,
        /// Receipt of the fiscal authority, or of the bank.
        receipt: String,
    }
    /// Cash reached the agency (APL 71).
    struct CashDelivered {
        /// How much.
        amount_fen: i64,
    }
    /// Cash reached the bank (APL 71).
    struct CashBanked {
        /// How much.
        amount_fen: i64,
        /// The bank's receipt.
        receipt: String,
    }
    /// Payment was put off or split (APL 66).
    struct PaymentDeferred {
        /// Last day to pay.
        until: Date,
        /// In how many parts.
        instalments: u16,
        /// The head.
        approved_by: String,
    }
    /// A surcharge was imposed (APL 72).
    struct SurchargeImposed {
        /// For how many days.
        days: u16,
        /// How much.
        amount_fen: i64,
        /// All surcharges so far.
        total_fen: i64,
    }
    /// An appeal was lodged.
    struct AppealLodged {
        /// reconsideration or litigation.
        kind: String,
        /// Its case number there.
        reference: String,
    }
    /// The appeal is over.
    struct AppealEnded {
        /// Its case number there.
        reference: String,
        /// How it ended.
        outcome: String,
    }
    /// A written demand was served (ACL 35, 54).
    struct DemandServed {
        /// What is demanded, with amount and way of payment.
        text: String,
        /// How it was served.
        method: ServiceMethod,
        /// Last day to perform.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        perform_by: Option<Date>,
    }
    /// Execution by the agency itself, where a law gives it the power (ACL 13).
    struct ExecutionEnforced {
        /// What was executed.
        what: String,
        /// The compulsion item it rests on.
        item: ItemCode,
        /// The head.
        decided_by: String,
        /// The emergency that allowed a night or a holiday (ACL 43).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        urgent: Option<String>,
    }
    /// The court was applied to (ACL 53).
    struct CourtApplied {
        /// Which court.
        court: String,
        /// 申请书.
        document: String,
    }
    /// The court answered.
    struct CourtAnswered {
        /// Whether it executes.
        accepted: bool,
        /// What it said.
        outcome: String,
    }
    /// What was not money was performed.
    struct PenaltyPerformed {
        /// What was performed.
        what: String,
    }
    /// An official's interference (BT 21).
    struct InterferenceRecorded {
        /// Who interfered, by office.
        who: String,
        /// What was said or done.
        what: String,
        /// To whom it was reported.
        reported_to: String,
    }
    /// A major penalty was reported upward (BT 26).
    struct FiledUpward {
        /// To whom.
        to: String,
        /// The document.
        document: String,
    }
    /// The case ended.
    struct CaseClosed {
        /// Why.
        reason: CloseReason,
        /// The head.
        approved_by: String,
    }
    /// The file was archived.
    struct CaseArchived {
        /// 档号.
        archive_number: String,
        /// Volumes.
        volumes: u16,
        /// Pages.
        pages: u16,
        /// SHA-256 of the file's list of contents.
        contents_sha256: String,
    }
    /// A target was set for an agency and a year.
    struct TargetSet {
        /// For whom.
        agency: Uscc,
        /// For which year.
        year: i16,
        /// What it is measured in.
        measure: TargetMeasure,
        /// The number.
        value: i64,
        /// In words.
        description: String,
        /// Who set it.
        set_by: String,
    }
    /// A trade was ordered to stop in an area (BER 59).
    struct AreaStopOrdered {
        /// Who ordered it.
        agency: Uscc,
        /// Where.
        area: RegionCode,
        /// Which trade.
        trade: String,
        /// Why; absent only when reported without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<AreaStopGround>,
        /// Law or regulation it rests on.
        basis: String,
        /// Document of the body that approved it.
        approval: String,
    }
    /// The party was fined for an act.
    struct FineRecorded {
        /// In which case.
        case: Uuid,
        /// 文号 of the decision.
        number: String,
        /// By whom.
        agency: Uscc,
        /// Where the act was done.
        region: RegionCode,
        /// Address.
        place: String,
        /// First day of the act.
        from: Date,
        /// Last day that the decision covers.
        until: Date,
        /// The act.
        fact: String,
        /// Earlier fines that were said to be for other acts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        distinct_from: Vec<DistinctCase>,
    }
    /// The fine is no more: its decision was overturned.
    struct FineLifted {
        /// In which case.
        case: Uuid,
        /// Why.
        reason: String,
    }
}

/// An attempt that the law refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepRefused {
    /// The command.
    pub step: String,
    /// The rules it ran against.
    pub breaches: Vec<Breach>,
    /// What was tried, in a sentence.
    pub summary: String,
    /// The agency that tried it.
    pub agency: Uscc,
    /// Its region.
    pub region: RegionCode,
}

/// A document number was given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberIssued {
    /// From 1, without holes.
    pub number: u32,
    /// The number as the document shows it.
    pub text: String,
    /// The case whose document carries it.
    pub case: Uuid,
}
