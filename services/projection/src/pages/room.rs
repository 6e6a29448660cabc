//! The rooms of the suite, and who may enter them.

use kernel::{Caller, Role};

use super::i18n::Words;
use crate::model::Scope;

/// A room at the left of every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Overview,
    Complain,
    Appeal,
    Follow,
    Agencies,
    Cases,
    Decisions,
    Items,
    Deadlines,
    Findings,
    Rules,
    Plans,
    Audit,
}

impl Room {
    /// In the order they are shown.
    pub(crate) const ALL: [Self; 13] = [
        Self::Overview,
        Self::Complain,
        Self::Appeal,
        Self::Follow,
        Self::Agencies,
        Self::Cases,
        Self::Decisions,
        Self::Items,
        Self::Deadlines,
        Self::Findings,
        Self::Rules,
        Self::Plans,
        Self::Audit,
    ];

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Overview => "/",
            Self::Complain => "/complain",
            Self::Appeal => "/appeal",
            Self::Follow => "/follow",
            Self::Agencies => "/agencies",
            Self::Cases => "/cases",
            Self::Decisions => "/decisions",
            Self::Items => "/items",
            Self::Deadlines => "/deadlines",
            Self::Findings => "/findings",
            Self::Rules => "/rules",
            Self::Plans => "/plans",
            Self::Audit => "/audit",
        }
    }

    pub(crate) fn name(self, w: &Words) -> &'static str {
        match self {
            Self::Overview => w.overview,
            Self::Complain => w.complain,
            Self::Appeal => w.apply_to_appeal,
            Self::Follow => w.follow,
            Self::Agencies => w.agencies,
            Self::Cases => w.cases,
            Self::Decisions => w.decisions,
            Self::Items => w.items,
            Self::Deadlines => w.deadlines,
            Self::Findings => w.findings,
            Self::Rules => w.rules,
            Self::Plans => w.plan_tasks,
            Self::Audit => w.audit,
        }
    }

    fn door(self) -> Door {
        match self {
            Self::Overview
            | Self::Complain
            | Self::Appeal
            | Self::Follow
            | Self::Decisions
            | Self::Items
            | Self::Rules
            | Self::Plans => Door::Everybody,
            Self::Agencies | Self::Cases | Self::Deadlines | Self::Findings => Door::Readers,
            Self::Audit => Door::Roles(&[Role::Supervisor, Role::Auditor, Role::Operator]),
        }
    }

    /// The roles that open it; empty for a room open to everybody.
    pub(crate) fn roles(self) -> &'static [Role] {
        match self.door() {
            Door::Everybody => &[],
            Door::Readers => Scope::READERS,
            Door::Roles(roles) => roles,
        }
    }

    /// Whether this caller may enter. A role that sees its own agency only opens nothing without one.
    pub(crate) fn admits(self, caller: &Caller) -> bool {
        match self.door() {
            Door::Everybody => true,
            Door::Readers => !Scope::of(caller).is_public(),
            Door::Roles(roles) => roles.iter().any(|role| caller.has(*role)),
        }
    }
}

/// Who enters a room.
enum Door {
    Everybody,
    /// Who sees what is not public, each in its own scope.
    Readers,
    Roles(&'static [Role]),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn caller(role: Role, agency: bool) -> Caller {
        Caller {
            subject: "s".into(),
            name: String::new(),
            agency: agency.then(|| "11230883MB01310199".parse().unwrap()),
            region: "230883".parse().unwrap(),
            roles: BTreeSet::from([role]),
        }
    }

    #[test]
    fn the_public_enters_eight_rooms() {
        let open: Vec<Room> = Room::ALL.into_iter().filter(|r| r.admits(&caller(Role::Public, false))).collect();
        let all = [
            Room::Overview,
            Room::Complain,
            Room::Appeal,
            Room::Follow,
            Room::Decisions,
            Room::Items,
            Room::Rules,
            Room::Plans,
        ];
        assert_eq!(open, all);
    }

    #[test]
    fn an_officer_sees_the_own_agency_and_a_supervisor_the_region() {
        let officer = caller(Role::Officer, true);
        assert!(Room::Cases.admits(&officer) && !Room::Audit.admits(&officer));
        assert!(matches!(Scope::of(&officer), Scope::Agency(_)));
        assert!(matches!(Scope::of(&caller(Role::Supervisor, true)), Scope::Region(_)));
        assert!(matches!(Scope::of(&caller(Role::Auditor, false)), Scope::Region(_)));
    }

    #[test]
    fn an_officer_without_agency_sees_what_the_public_sees() {
        let officer = caller(Role::Officer, false);
        assert_eq!(Scope::of(&officer), Scope::Public);
        assert!(!Room::Cases.admits(&officer));
    }

    #[test]
    fn the_operator_reads_no_case() {
        let operator = caller(Role::Operator, true);
        assert_eq!(Scope::of(&operator), Scope::Public);
        assert!(Room::Audit.admits(&operator));
        assert!(
            !Room::Cases.admits(&operator) && !Room::Findings.admits(&operator) && !Room::Deadlines.admits(&operator)
        );
    }

    /// A room whose roles include one that has no scope would show it an empty or a public list.
    #[test]
    fn every_role_that_enters_a_room_of_cases_has_a_scope() {
        for room in [Room::Agencies, Room::Cases, Room::Deadlines, Room::Findings] {
            for role in Role::ALL {
                for agency in [false, true] {
                    let caller = caller(role, agency);
                    assert!(!room.admits(&caller) || !Scope::of(&caller).is_public(), "{room:?} {role:?} {agency}");
                }
            }
        }
    }
}
