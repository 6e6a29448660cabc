//! The views, one file each: its tables, and how it folds events. Queries are in [`crate::query`].

pub(crate) mod agencies;
pub(crate) mod deadlines;
pub(crate) mod demonstration;
pub(crate) mod findings;
pub(crate) mod items;
pub(crate) mod listings;
pub(crate) mod matters;
pub(crate) mod officers;
pub(crate) mod parameters;
pub(crate) mod plans;
pub(crate) mod progress;
pub(crate) mod regions;
pub(crate) mod scorecard;
pub(crate) mod statutes;
pub(crate) mod ties;
pub(crate) mod timeline;

use kernel::text::folded;

use crate::store::Table;

/// Raise it whenever a fold changes: the views are then folded again from the first event, as they are when a table
/// changes.
pub(crate) const VERSION: i64 = 16;

/// What a row is found by: its names and codes, [folded], each on a line of its own.
pub(crate) fn sought<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(folded).collect::<Vec<_>>().join("\n")
}

/// Every table of the views. `progress` is not among them: it says how far they are.
pub(crate) static TABLES: &[&Table] = &[
    &timeline::TIMELINE,
    &ties::TIES,
    &matters::MATTERS,
    &matters::MATTER_SEARCH,
    &matters::MATTER_OFFICERS,
    &deadlines::DEADLINES,
    &deadlines::RUNNING_CLOCKS,
    &findings::FINDINGS,
    &scorecard::SCORECARD,
    &scorecard::INDICATORS,
    &scorecard::STAGES,
    &scorecard::OUTCOMES,
    &scorecard::ITEM_USE,
    &scorecard::RULE_USE,
    &items::ITEM_VERSIONS,
    &items::ITEM_DRAFTS,
    &items::ITEM_REVIEWS,
    &items::ITEM_CANCELLATIONS,
    &items::STANDARDS,
    &items::FEES,
    &listings::LIST_ROWS,
    &listings::LIST_ROW_ENDS,
    &listings::LIST_ROW_CITATIONS,
    &agencies::AGENCIES,
    &agencies::DISSOLUTIONS,
    &officers::OFFICERS,
    &officers::CERTIFICATES,
    &officers::REVOCATIONS,
    &officers::TRAININGS,
    &officers::OFFICER_ACTS,
    &parameters::PARAMETERS,
    &plans::PLAN_TASKS,
    &plans::PLAN_REPORTS,
    &regions::REGIONS,
    &statutes::STATUTE_VERSIONS,
    &statutes::STATUTE_TEXTS,
    &statutes::STATUTE_REPEALS,
    &statutes::ITEM_CITATIONS,
    &progress::PARKED,
    &demonstration::INVENTED,
];
