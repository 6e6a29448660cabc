//! What the queries answer: plain values that pages, gRPC and tests share. Nothing here knows a database.
//!
//! Texts come in both languages ([`Text`]), fixed words are enums with an id and a text ([`FindingKind`],
//! [`Severity`]…), words of a service are ids with a text beside them, money is in fen, days are legal days (UTC+8). Filters read from and write into the query of an address.

mod agency;
mod audit;
mod board;
mod case;
mod deadline;
mod filter;
mod finding;
mod item;
mod listing;
mod overview;
mod plan;
pub(crate) mod rows;
mod rule;
mod statute;
mod text;
mod trail;
mod words;
mod yuan;

pub use agency::{
    AGENCY_NAMES_MAX, AgencyCard, AgencyMonths, AgencyName, AgencyRow, AgencyYear, DENOMINATOR_MIN, Indicator, Link,
    OfficerRow, RegionRow,
};
pub use audit::AuditRow;
pub use board::{Board, BoardRow};
pub use case::{
    Attempts, Broken, CaseFile, CaseRow, CaseViolation, Decision, Detail, EvidenceRow, ParkedRow, Person,
    RefusedAttempt, StageState, StageWhy, TimelineEntry, Unchecked,
};
pub use deadline::{DeadlineCounts, DeadlineRow, SOON_DAYS, SOON_WORKING_DAYS};
pub use filter::{
    AgencyFilter, AuditFilter, BoardFilter, COUNT_MAX, CaseFilter, DeadlineFilter, DecisionFilter, FindingFilter,
    ItemFilter, MonthsFilter, OfficerFilter, OverviewFilter, PAGE_SIZE, PAGE_SIZE_MAX, Page, Paging, PlanFilter,
    RowFilter, Scope, WHOLE_MAX,
};
pub use finding::{FindingCounts, FindingRow};
pub use item::{
    BasisText, DutyText, Fee, FlowText, ItemFile, ItemRow, ItemText, ItemUse, ItemVersion, OutcomeCount, PartText,
    Standard, TierText,
};
pub use listing::{ListCount, ListPartText, ListRow, ListRowFile, ListRowVersion};
pub use overview::{AsOf, ListCounts, MonthCount, Overview, PublicDecision, PublishedCounts, SourceState, StageCount};
pub use plan::{MilestoneRow, PlanList, PlanRow, PlanTaskRow};
pub use rule::{ParameterRow, RuleUse};
pub use statute::{
    ArticleItemText, ArticleText, AsOfFilter, ParagraphText, StatuteFile, StatuteFilter, StatuteList, StatuteRow,
    StatuteVersionText,
};
pub use text::Text;
pub use trail::{Trail, TrailEvent};
pub use words::{
    Behind, CaseState, CertificateState, DeadlineState, FindingKind, ItemState, Mode, Monthly, Proof, Serving,
    Severity, StageStatus, Standing, TaskState, Timing,
};
pub use yuan::{BadYuan, Yuan};
