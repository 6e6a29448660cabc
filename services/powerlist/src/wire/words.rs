//! The domain's closed sets of words and the API's, one for one.

use proto::powerlist::v1 as p;

use crate::domain::{content, events, listing, officer, plan, terms};

kernel::words! { content, p;
    NormLevel {
        Law AdministrativeRegulation StateCouncilDecision LocalRegulation AutonomousRegulation SeparateRegulation
        SpecialZoneRegulation DepartmentRule LocalRule JudicialInterpretation NormativeDocument
    }
    BasisPurpose { DutyBreached OutcomeGiven }
    MeasureKind { RestrictLiberty Seal Seize Freeze Other Execution }
}

kernel::words! { events, p;
    GroundKind { LawChanged FunctionChanged UpperListChanged ReconsiderationOrJudgment FirstCompilation }
    RegionLevel { Province City County Township }
    Finding { BasisUnlawful PowerMisread }
    GroundAnswer { Adjusted Cancelled Kept }
    YearlyConclusion { Kept ToBeAdjusted ToBeCancelled }
}

kernel::words! { listing, p;
    ListKind {
        Responsibility Licence BusinessLicence Proof PublicService Intermediary Charge MarketAccess RandomCheck NoPenalty
        NoCompulsion DocumentMaker MajorDecision
    }
}

kernel::words! { officer, p;
    CertificateState { NotYet Valid Expired Revoked }
}

kernel::words! { plan, p;
    Capability {
        Items Agencies Case Decisions Application Complaint Appeal Deadlines Findings Overview Rules Plans Audit
    }
}

kernel::words! { terms, p;
    SpecialStep { Hearing SiteCheck ExpertReview Examination Testing Tender }
    InspectionWay { OnSite Remote Documents Sampling Random }
}
