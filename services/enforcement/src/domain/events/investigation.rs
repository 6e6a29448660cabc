//! Evidence, records, the end of the investigation, assistance, interference.

use jiff::civil::Date;
use law::id::ItemCode;
use lists::{
    facts::{Findings, Measured, YUAN},
    officers::Official,
};
use uuid::Uuid;

use super::{
    parts::{ActingOfficer, BaseAmount, ConsideredEntry, Device, Mitigation, Penalty},
    words::{EvidenceKind, ExclusionGround, RecordForm, RecordStage},
};

law::acts! {
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
        /// The officers showed their certificates (APL 55); absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        certificate_shown: Option<bool>,
    }
    /// Evidence was verified, or what a device recorded reviewed (APL 41, 46).
    struct EvidenceVerified {
        /// Which.
        evidence: Uuid,
        /// Whether it is genuine and meets the demands.
        genuine: bool,
        /// How it was verified, and what was found.
        how: String,
    }
    /// A sample was taken (APL 56).
    struct SampleTaken {
        /// Its id.
        sample: Uuid,
        /// Of what.
        objects: String,
        /// How much.
        quantity: String,
        /// Who took it.
        officers: Vec<ActingOfficer>,
        /// 抽样笔录, SHA-256.
        record_sha256: String,
        /// 抽样取证凭证, given to whom it was taken from.
        receipt: String,
        /// Whether the party was there.
        party_present: bool,
    }
    /// Somebody refused to answer or obstructed the investigation (APL 55).
    struct ObstructionRecorded {
        /// Who, by office or role, no citizen's name.
        who: String,
        /// What was done or refused.
        what: String,
    }
    /// The violation broke measures against an emergency (APL 49).
    struct EmergencyInvoked {
        /// Which emergency.
        emergency: String,
        /// Who declared it.
        declared_by: String,
        /// By which document.
        document: String,
        /// From which day on.
        from: Date,
        /// Its last day, if it has ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
        /// Which measure was broken.
        broken: String,
        /// The provision that makes the penalty heavier.
        basis: String,
    }
    /// Evidence was excluded.
    struct EvidenceExcluded {
        /// Which.
        evidence: Uuid,
        /// Why it does not count.
        reason: String,
        /// On which ground; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<ExclusionGround>,
    }
    /// 先行登记保存 (APL 56).
    struct EvidencePreserved {
        /// Its id.
        preservation: Uuid,
        /// What is preserved.
        objects: String,
        /// The head who approved it.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
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
        /// What the lines of the item are read by, beside the amounts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        findings: Option<Findings>,
        /// What makes the penalty milder, or is said to (APL 32).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mitigating: Vec<Mitigation>,
        /// Other penalty items that the same act breaks, of whatever agency (APL 29).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also_breaks: Vec<ItemCode>,
    }
    /// Exempt list consulted (APL 33).
    struct ExemptionConsidered {
        /// Whether an exemption applies.
        applies: bool,
        /// Why, or why not.
        reason: String,
        /// The entries of the agency's list that were looked at, as they stood that day.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        entries: Vec<ConsideredEntry>,
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
    /// An official's interference (BT 21).
    struct InterferenceRecorded {
        /// Who interfered, by office.
        who: String,
        /// What was said or done.
        what: String,
        /// To whom it was reported.
        reported_to: String,
    }
}

impl InvestigationConcluded {
    /// What was found, amounts of money included.
    pub fn found(&self) -> Findings {
        let mut found = self.findings.clone().unwrap_or_default();
        found.measured.extend(self.bases.iter().map(|base| Measured {
            of: base.of.clone(),
            unit: YUAN.to_owned(),
            hundredths: base.amount_fen,
            evidence: Vec::new(),
        }));
        found
    }
}
