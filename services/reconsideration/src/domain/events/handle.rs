//! Who handles it, who takes part, and what is found out.

use jiff::{Timestamp, civil::Date};
use law::id::OfficerCode;
use lists::officers::Official;
use uuid::Uuid;

use super::parts::{Handler, Person};
use crate::domain::words::{Hearing, Secret, Speaker};

law::acts! {
    /// Who handles the case (ARL 36; ALR 32).
    struct HandlersAssigned {
        /// Who.
        officers: Vec<Handler>,
        /// 重大、疑难、复杂 (ARL 50, 52). Once said, it stays.
        complex: bool,
        /// 专业性、技术性较强 (ARL 52). Once said, it stays.
        technical: bool,
    }
    /// One of them stays out from now on.
    struct HandlerRecused {
        /// Who.
        officer: OfficerCode,
        /// His stake.
        reason: String,
        /// The head of the reconsideration institution who decided.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
    }
    /// A third party came in (ARL 16).
    struct ThirdPartyJoined {
        /// Who.
        person: Person,
        /// Its interest in the act or the outcome.
        interest: String,
        /// Whether it asks for the opposite of what the applicant asks for (ARL 63).
        opposes: bool,
    }
    /// Somebody speaks for the applicants or a third party (ARL 15, 17).
    struct SpeakersNamed {
        /// As what.
        speaker: Speaker,
        /// How many.
        count: u32,
        /// For whom.
        of: String,
        /// 推选书 or 授权委托书.
        document: String,
        /// Who they are, as far as they were named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        persons: Vec<Person>,
    }
    /// The sealed identity of a citizen who takes part was opened: a notice, a decision and their service need the name
    /// (ARL 75, 88).
    struct PartyOpened {
        /// Which entry of the vault.
        entry: Uuid,
        /// Whose, as the record names it.
        party: String,
        /// Why it must be known.
        reason: String,
        /// Who opened it, and may read it.
        opened_by: OfficerCode,
        /// Until when.
        until: Timestamp,
    }
    /// It is handled together with another one.
    struct AppealsJoined {
        /// The other one.
        other: Uuid,
        /// Why.
        reason: String,
    }
    /// The simple procedure turned into the ordinary one (ARL 55).
    struct ProcedureChanged {
        /// Why the simple one does not fit.
        reason: String,
        /// Head of the reconsideration institution who agreed.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
    }
    /// The respondent got the copy (ARL 48, 54); the legal time is when it got it.
    struct CopySent {
        /// The day it was sent.
        sent: Date,
        /// The notice that demands the answer.
        notice: String,
    }
    /// The respondent answered (ARL 48, 54).
    struct AnswerGiven {
        /// The written answer.
        answer: String,
        /// The evidence of the act that is handed in.
        evidence: Vec<String>,
        /// The provisions it rests on.
        bases: Vec<String>,
        /// Whether it came in time.
        in_time: bool,
    }
    /// The respondent handed in more evidence (ARL 46).
    struct EvidenceAdded {
        /// Which.
        evidence: String,
        /// The day it was gathered.
        gathered: Date,
        /// The reason or evidence that the applicant or a third party brings up only now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new_reason: Option<String>,
        /// Who of the reconsideration institution agreed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreed_by: Option<String>,
    }
    /// The organ took evidence itself (ARL 45).
    struct EvidenceTaken {
        /// Who took it.
        officers: Vec<Handler>,
        /// Whether they showed their cards.
        cards_shown: bool,
        /// What, and from whom.
        evidence: String,
    }
    /// The applicant or a third party asked to read the file (ARL 47).
    struct FileRead {
        /// Who.
        reader: String,
        /// Whether it was granted in full.
        granted: bool,
        /// Which secret keeps what from him.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<Secret>,
        /// What is kept back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kept_back: Option<String>,
    }
    /// The parties were heard (ARL 49).
    struct OpinionHeard {
        /// Who.
        party: String,
        /// How; none where the party is the reason that it could not be heard.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<Hearing>,
        /// What was said, as recorded, or why it could not be heard.
        record: String,
    }
    /// Time, place and matters of the hearing were told (ARL 51).
    struct HearingNotified {
        /// When it will be held.
        hearing_at: Timestamp,
        /// Where.
        place: String,
        /// What it will be about.
        matters: String,
    }
    /// The hearing was held (ARL 50, 51).
    struct HearingHeld {
        /// Who presided.
        host: OfficerCode,
        /// Who sat beside him.
        assessors: Vec<OfficerCode>,
        /// Who kept the record.
        recorder: String,
        /// Whether the applicant was there; if not, for no good reason.
        applicant_present: bool,
        /// The head of the respondent who was there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        head: Option<String>,
        /// Why no head was there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        absence: Option<String>,
        /// Who came in his place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delegate: Option<String>,
        /// 听证笔录.
        record: String,
    }
    /// The committee gave its opinion (ARL 52).
    struct CommitteeHeard {
        /// Who took part.
        members: Vec<String>,
        /// What it advises.
        opinion: String,
        /// Where it is recorded.
        record: String,
    }
}
