//! Who may call what.

use kernel::{
    Access,
    Role::{self, LegalReviewer, ListApprover, ListEditor, Public},
};

/// Published lists are for everybody (OGI 20).
const ANYONE: &[Role] = &[Public];
/// Who keeps the registers and drafts lists.
const EDITORS: &[Role] = &[ListEditor, ListApprover];
/// Who puts something in force.
const APPROVERS: &[Role] = &[ListApprover];
/// Who signs a legal review.
const REVIEWERS: &[Role] = &[LegalReviewer];
/// One row per RPC.
pub static ACCESS: &[Access] = &[
    Access { method: "/fazhi.powerlist.v1.Powerlist/RegisterRegion", roles: EDITORS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/RegisterAgency", roles: EDITORS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/DissolveAgency", roles: APPROVERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/RegisterOfficer", roles: EDITORS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/RecordExamination", roles: EDITORS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/IssueCertificate", roles: APPROVERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/RevokeCertificate", roles: APPROVERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/RecordTraining", roles: EDITORS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/PublishCatalogueEntry", roles: APPROVERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/DraftItem", roles: EDITORS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ReviewItem", roles: REVIEWERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/PublishItem", roles: APPROVERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/CancelItem", roles: APPROVERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ReviewItemYearly", roles: EDITORS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/PublishStandard", roles: APPROVERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/PublishFee", roles: APPROVERS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/GetItem", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ListItems", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ListVersions", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/GetCatalogueEntry", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/GetOfficer", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ListOfficers", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/GetAgency", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ListAgencies", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ListRegions", roles: ANYONE },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ImportList", roles: EDITORS },
    Access { method: "/fazhi.powerlist.v1.Powerlist/ExportList", roles: ANYONE },
];
