//! Who calls.

use std::collections::BTreeSet;

use law::id::{RegionCode, Uscc};
use serde::{Deserialize, Serialize};

use crate::error::ExecuteError;

/// What a subject may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Records acts of its own agency's cases.
    Officer,
    /// Approves and decides.
    AgencyHead,
    /// 法制审核.
    LegalReviewer,
    /// Drafts lists.
    ListEditor,
    /// Publishes lists.
    ListApprover,
    /// Registers complaints.
    Intake,
    /// Own agency's complaints, no identities.
    Handler,
    /// Opens a sealed identity, with reason.
    IdentityKeeper,
    /// Reconsideration staff.
    ReconsiderationClerk,
    /// Head of the reconsideration organ.
    ReconsiderationHead,
    /// Reads its region, acts.
    Supervisor,
    /// Reads and replays all in its region, changes nothing.
    Auditor,
    /// Runs the machines, reads no case.
    Operator,
    /// Another service of the suite: reads every event.
    Service,
    /// Published things only.
    Public,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 15] = [
        Self::Officer,
        Self::AgencyHead,
        Self::LegalReviewer,
        Self::ListEditor,
        Self::ListApprover,
        Self::Intake,
        Self::Handler,
        Self::IdentityKeeper,
        Self::ReconsiderationClerk,
        Self::ReconsiderationHead,
        Self::Supervisor,
        Self::Auditor,
        Self::Operator,
        Self::Service,
        Self::Public,
    ];

    /// The word that tokens and the command line use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::AgencyHead => "agency_head",
            Self::LegalReviewer => "legal_reviewer",
            Self::ListEditor => "list_editor",
            Self::ListApprover => "list_approver",
            Self::Intake => "intake",
            Self::Handler => "handler",
            Self::IdentityKeeper => "identity_keeper",
            Self::ReconsiderationClerk => "reconsideration_clerk",
            Self::ReconsiderationHead => "reconsideration_head",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
            Self::Service => "service",
            Self::Public => "public",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|r| r.word() == s)
            .ok_or_else(|| format!("unknown role {s:?}; one of {}", Self::ALL.map(Role::word).join(", ")))
    }
}

/// The subject of a verified token, or an anonymous visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The subject as the issuer names it.
    pub subject: String,
    /// Its name for people to read.
    pub name: String,
    /// The agency it belongs to, if any.
    pub agency: Option<Uscc>,
    /// The region whose subtree it acts in.
    pub region: RegionCode,
    /// Its roles.
    pub roles: BTreeSet<Role>,
}

impl Caller {
    /// A visitor without a token: the public.
    pub fn anonymous(region: RegionCode) -> Self {
        Self {
            subject: "anonymous".to_owned(),
            name: String::new(),
            agency: None,
            region,
            roles: BTreeSet::from([Role::Public]),
        }
    }

    /// Whether the caller has the role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The caller may act for this agency only when it is its own.
    ///
    /// # Errors
    /// [`ExecuteError::Denied`] otherwise.
    pub fn require_agency(&self, agency: &Uscc) -> Result<(), ExecuteError> {
        if self.agency.as_ref() == Some(agency) {
            return Ok(());
        }
        Err(ExecuteError::Denied {
            zh: format!("只能办理本机关的事项；该事项属于 {agency}"),
            en: format!("you may act for your own agency only; this belongs to {agency}"),
        })
    }

    /// The caller may act in its region's subtree only.
    ///
    /// # Errors
    /// [`ExecuteError::Denied`] otherwise.
    pub fn require_region(&self, region: &RegionCode) -> Result<(), ExecuteError> {
        if self.region.contains(region) {
            return Ok(());
        }
        Err(ExecuteError::Denied {
            zh: format!("只能办理本行政区划内的事项；该事项属于 {region}"),
            en: format!("you may act within your own region only; this belongs to {region}"),
        })
    }

    /// The caller may read a matter of this agency: it is its own, or it supervises or audits its region.
    ///
    /// # Errors
    /// [`ExecuteError::Denied`] otherwise.
    pub fn require_reading(&self, agency: &Uscc, region: &RegionCode) -> Result<(), ExecuteError> {
        if self.has(Role::Supervisor) || self.has(Role::Auditor) {
            return self.require_region(region);
        }
        self.require_agency(agency)
    }

    /// The name for people of whoever calls.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.subject } else { &self.name }
    }
}
