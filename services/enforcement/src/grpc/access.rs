//! Who may call what.
//!
//! The law's own question, whether a step is the head's to decide, is a rule (EN-HEAD) and not a row here: an officer who
//! decides himself is refused with the article, and the attempt is kept; an officer who reports what the head decided is
//! not refused at all.

use kernel::{
    Access,
    Role::{self, AgencyHead, Auditor, LegalReviewer, Officer, Supervisor},
};

/// Who records steps of its own agency's cases.
const ACTS: &[Role] = &[Officer, AgencyHead];
/// Who signs a legal review.
const REVIEWS: &[Role] = &[LegalReviewer];
/// Who commands an agency.
const COMMANDS: &[Role] = &[AgencyHead];
/// Who hands bytes in.
const HANDS_IN: &[Role] = &[Officer, AgencyHead, LegalReviewer];
/// Who reads cases: of its own agency, or of its region.
const READS: &[Role] = &[Officer, AgencyHead, LegalReviewer, Supervisor, Auditor];

macro_rules! rows {
    ($($roles:ident: $($rpc:literal)*;)*) => {
        &[$($(Access { method: concat!("/fazhi.enforcement.v1.Enforcement/", $rpc), roles: $roles },)*)*]
    };
}

/// One row per RPC.
pub static ACCESS: &[Access] = rows! {
    ACTS: "FileCase" "AssignOfficers" "RequestRecusal" "DecideRecusal" "DisputeJurisdiction" "DesignateJurisdiction";
    ACTS: "CollectEvidence" "ExcludeEvidence" "PreserveEvidence" "SettlePreservation" "MakeRecord";
    ACTS: "ConcludeInvestigation" "ConsiderExemption" "RequestAssistance" "AnswerAssistance" "RecordInterference";
    ACTS: "TakeMeasure" "ApproveMeasure" "ExtendMeasure" "RecordTesting" "EndMeasure";
    ACTS: "SuspectCrime" "DecideTransfer" "TransferCase" "RecordPoliceAnswer" "RecordReturn";
    ACTS: "NotifyPenalty" "HearStatement" "WaiveStatement" "RequestHearing" "WaiveHearing" "NotifyHearing" "HoldHearing";
    REVIEWS: "ReviewLegally";
    ACTS: "Deliberate" "ExtendDecision" "SuspendDecision" "ResumeDecision" "DecidePenalty" "WithholdPenalty";
    ACTS: "ServeDecision" "ReportSpotDecision" "PubliciseDecision" "WithdrawPublication" "OverturnDecision";
    ACTS: "RecordPayment" "DeliverCash" "BankCash" "DeferPayment" "ImposeSurcharge" "LodgeAppeal" "EndAppeal";
    ACTS: "ServeDemand" "EnforceExecution" "ApplyToCourt" "RecordCourtAnswer" "RecordPerformance";
    ACTS: "FileUpward" "CloseCase" "ArchiveCase";
    COMMANDS: "SetTarget" "OrderAreaStop";
    READS: "GetCase" "ListAttempts" "GetObject";
    HANDS_IN: "PutObject";
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use prost::Message as _;
    use prost_types::FileDescriptorSet;

    use super::*;

    #[test]
    fn every_rpc_has_one_row_and_every_row_an_rpc() {
        let set = FileDescriptorSet::decode(proto::DESCRIPTORS).unwrap();
        let file = set.file.iter().find(|f| f.package() == "fazhi.enforcement.v1").unwrap();
        let service = &file.service[0];
        let rpcs: BTreeSet<String> =
            service.method.iter().map(|m| format!("/fazhi.enforcement.v1.{}/{}", service.name(), m.name())).collect();
        let rows: BTreeSet<String> = ACCESS.iter().map(|a| a.method.to_owned()).collect();
        assert_eq!(rpcs, rows);
        assert_eq!(ACCESS.len(), rows.len());
    }

    #[test]
    fn nobody_from_outside_has_a_row() {
        for row in ACCESS {
            for role in [Role::Public, Role::Intake, Role::Handler, Role::Operator, Role::ListEditor] {
                assert!(!row.roles.contains(&role), "{} is open to {}", row.method, role.word());
            }
        }
    }

    #[test]
    fn every_step_has_an_rpc() {
        for card in crate::domain::case::STEPS {
            assert!(ACCESS.iter().any(|a| a.method.ends_with(&format!("/{}", card.rpc))), "{}", card.rpc);
        }
    }
}
