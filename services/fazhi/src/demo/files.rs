//! The county's seeds, embedded so that the installed binary needs no files.

pub(super) const REGIONS: &str = include_str!("../../../../seeds/county/regions.csv");
pub(super) const AGENCIES: &str = include_str!("../../../../seeds/county/agencies.csv");
pub(super) const OFFICERS: &str = include_str!("../../../../seeds/county/officers.csv");
pub(super) const OFFICES: &str = include_str!("../../../../seeds/county/offices.csv");
pub(super) const OBJECTS: &str = include_str!("../../../../seeds/county/objects.csv");
pub(super) const ITEMS: &[(&str, &str)] = &[
    ("items-agriculture.csv", include_str!("../../../../seeds/county/items-agriculture.csv")),
    ("items-ecology.csv", include_str!("../../../../seeds/county/items-ecology.csv")),
    ("items-emergency.csv", include_str!("../../../../seeds/county/items-emergency.csv")),
    ("items-labour.csv", include_str!("../../../../seeds/county/items-labour.csv")),
    ("items-market.csv", include_str!("../../../../seeds/county/items-market.csv")),
    ("items-planning.csv", include_str!("../../../../seeds/county/items-planning.csv")),
    ("items-police-health.csv", include_str!("../../../../seeds/county/items-police-health.csv")),
    ("items-transport.csv", include_str!("../../../../seeds/county/items-transport.csv")),
];
pub(super) const STANDARDS: &[(&str, &str)] = &[
    ("standards-agriculture.csv", include_str!("../../../../seeds/county/standards-agriculture.csv")),
    ("standards-ecology.csv", include_str!("../../../../seeds/county/standards-ecology.csv")),
    ("standards-emergency.csv", include_str!("../../../../seeds/county/standards-emergency.csv")),
    ("standards-labour.csv", include_str!("../../../../seeds/county/standards-labour.csv")),
    ("standards-market.csv", include_str!("../../../../seeds/county/standards-market.csv")),
    ("standards-planning.csv", include_str!("../../../../seeds/county/standards-planning.csv")),
    ("standards-police-health.csv", include_str!("../../../../seeds/county/standards-police-health.csv")),
    ("standards-transport.csv", include_str!("../../../../seeds/county/standards-transport.csv")),
];
/// Violations without a penalty.
pub(super) const NO_PENALTY: &str = include_str!("../../../../seeds/county/lists-no-penalty.csv");
/// The lists beside that of powers.
pub(super) const LISTS: &[(&str, &str)] = &[
    ("lists-business-licence.csv", include_str!("../../../../seeds/county/lists-business-licence.csv")),
    ("lists-charge.csv", include_str!("../../../../seeds/county/lists-charge.csv")),
    ("lists-document-maker.csv", include_str!("../../../../seeds/county/lists-document-maker.csv")),
    ("lists-intermediary.csv", include_str!("../../../../seeds/county/lists-intermediary.csv")),
    ("lists-licence.csv", include_str!("../../../../seeds/county/lists-licence.csv")),
    ("lists-major-decision.csv", include_str!("../../../../seeds/county/lists-major-decision.csv")),
    ("lists-market-access.csv", include_str!("../../../../seeds/county/lists-market-access.csv")),
    ("lists-no-compulsion.csv", include_str!("../../../../seeds/county/lists-no-compulsion.csv")),
    ("lists-no-penalty.csv", NO_PENALTY),
    ("lists-proof.csv", include_str!("../../../../seeds/county/lists-proof.csv")),
    ("lists-public-service.csv", include_str!("../../../../seeds/county/lists-public-service.csv")),
    ("lists-random-check.csv", include_str!("../../../../seeds/county/lists-random-check.csv")),
    ("lists-responsibility.csv", include_str!("../../../../seeds/county/lists-responsibility.csv")),
];

/// What the county's documents set from the second year on. The larger amounts are those that counted by default.
pub(super) const PARAMETERS: &str = include_str!("../../../../seeds/demo/parameters.csv");

/// The notice of the demonstration's second year.
pub(super) const SECOND_YEAR: &str = include_str!("../../../../seeds/calendar/2026.toml");

/// The regions whose plans these are, with those above them.
pub(super) const PLAN_REGIONS: &str = include_str!("../../../../seeds/plans/regions.csv");
/// The measures of five plans.
pub(super) const PLANS: &[(&str, &str)] = &[
    ("fy.csv", include_str!("../../../../seeds/plans/fy.csv")),
    ("bt.csv", include_str!("../../../../seeds/plans/bt.csv")),
    ("ta.csv", include_str!("../../../../seeds/plans/ta.csv")),
    ("sb.csv", include_str!("../../../../seeds/plans/sb.csv")),
    ("xs.csv", include_str!("../../../../seeds/plans/xs.csv")),
];
