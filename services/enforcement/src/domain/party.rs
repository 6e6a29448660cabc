//! The fines of one party: the guard of APL 29.
//!
//! The stream `party/<digest>` is read before a decision and written in the same append, so that of two cases about one
//! act the second to commit sees the first.

use std::collections::BTreeMap;

use jiff::civil::Date;
use law::{
    Act, Breach, Refusal,
    decider::{Decided, Decider},
    order::After,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    events::{CaseEvent, CaseFiled, FineLifted, FineRecorded, Party, PartyEvent, PenaltyDecided, Violation},
    facts::FinedBefore,
};

/// The stream of a party, named by a digest of its code; `None` for one without a code.
pub fn stream(party: &Party) -> Option<String> {
    let digest = Sha256::digest(party.key()?.as_bytes());
    Some(format!("party/{}", hex::encode(&digest[..16])))
}

/// What is asked of a party's fines.
#[derive(Clone, Debug)]
pub enum Command {
    /// A fine was decided.
    Record(FineRecorded),
    /// Its decision fell.
    Lift(FineLifted),
}

/// The fines that stand.
#[derive(Clone, Debug, Default)]
pub struct Fines {
    standing: BTreeMap<Uuid, FineRecorded>,
}

impl Fines {
    /// Fines for an act on overlapping days at the same place, in other cases.
    pub fn like(&self, case: Uuid, violation: &Violation) -> Vec<FinedBefore> {
        let (from, until) = days(violation);
        let same = |f: &&FineRecorded| {
            f.case != case
                && f.from <= until
                && from <= f.until
                && f.region == violation.region
                && squeezed(&f.place) == squeezed(&violation.place)
        };
        self.standing
            .values()
            .filter(same)
            .map(|f| FinedBefore {
                case: f.case,
                number: f.number.clone(),
                agency: f.agency.clone(),
                fact: f.fact.clone(),
            })
            .collect()
    }
}

/// The days of a violation as far as it is known.
pub fn days(violation: &Violation) -> (Date, Date) {
    (violation.from, violation.last_day())
}

/// What the party's fines must know of an event of a case (APL 29).
pub fn follows(filed: &CaseFiled, event: &CaseEvent) -> Option<Command> {
    if let CaseEvent::PenaltyDecided(decided) = event
        && decided.fine_fen > 0
    {
        return Some(Command::Record(fine(filed, decided)));
    }
    if let CaseEvent::DecisionOverturned(e) = event
        && e.outcome.lifts_fine()
    {
        let reason = format!("{}：{}", e.by, e.document);
        return Some(Command::Lift(FineLifted { case: filed.case, reason, at: None }));
    }
    None
}

/// The fine of a decision, for the party's stream.
fn fine(filed: &CaseFiled, decided: &PenaltyDecided) -> FineRecorded {
    let (from, until) = days(&filed.violation);
    FineRecorded {
        case: filed.case,
        number: decided.number.clone(),
        agency: filed.agency.clone(),
        region: filed.violation.region.clone(),
        place: filed.violation.place.clone(),
        from,
        until,
        fact: filed.violation.fact.clone(),
        distinct_from: decided.distinct_from.clone(),
        at: None,
    }
}

fn squeezed(place: &str) -> String {
    place.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Keeps the fines of a party.
#[derive(Debug)]
pub struct Parties;

impl Decider for Parties {
    type Command = Command;
    type State = Fines;
    type Event = PartyEvent;

    fn answers(_: &Command) -> Vec<After> {
        Vec::new()
    }

    fn decide(state: &Fines, act: &Act, command: &Command) -> Result<Vec<Decided<PartyEvent>>, Refusal> {
        match command {
            Command::Record(e) => Ok(vec![Decided::plain(e.clone().dated(act.at))]),
            Command::Lift(e) if state.standing.contains_key(&e.case) => {
                Ok(vec![Decided::plain(e.clone().dated(act.at))])
            }
            Command::Lift(_) => Ok(vec![]),
        }
    }

    fn evolve(state: &mut Fines, event: &PartyEvent) {
        match event {
            PartyEvent::FineRecorded(e) => {
                state.standing.insert(e.case, e.clone());
            }
            PartyEvent::FineLifted(e) => {
                state.standing.remove(&e.case);
            }
        }
    }

    fn attempt(_: &Fines, _: &Act, _: &Command, _: &[Breach]) -> Option<PartyEvent> {
        None
    }
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::{
        case::sample::{self, day},
        events::{DecisionOverturned, Fate, Overturned},
        rules::party::not_twice,
    };

    fn recorded() -> PartyEvent {
        let filed = CaseFiled { case: Uuid::from_u128(7), ..sample::filed() };
        fine(&filed, &PenaltyDecided { number: "抚农罚决〔2024〕1号".into(), ..sample::decision(vec![]) }).into()
    }

    fn like(violation: &Violation) -> Vec<FinedBefore> {
        given::<Parties>([recorded()]).state().like(Uuid::from_u128(1), violation)
    }

    #[test]
    fn refuses_the_second_of_two_cases_about_one_act() {
        let found = like(&sample::violation());
        assert_eq!(found.len(), 1);
        not_twice(true, &found, &[]).unwrap_err();
        // The address may be spaced differently.
        assert_eq!(like(&Violation { place: " 抚远市 正阳路1号".into(), ..sample::violation() }).len(), 1);
    }

    #[test]
    fn another_day_or_place_is_another_act() {
        let v = sample::violation();
        let last = v.last_day();
        let touching = Violation { from: last, until: Some(day("2024-03-02")), ..v.clone() };
        assert_eq!(like(&touching).len(), 1);
        let after = Violation { from: last.tomorrow().unwrap(), until: Some(day("2024-03-02")), ..v.clone() };
        assert!(like(&after).is_empty());
        assert!(like(&Violation { place: "抚远市正阳路2号".into(), ..v }).is_empty());
    }

    #[test]
    fn a_lifted_fine_counts_no_more() {
        let lifted = FineLifted { case: Uuid::from_u128(7), reason: "撤销".into(), at: None };
        let given = given::<Parties>([recorded(), lifted.into()]);
        assert!(given.state().like(Uuid::from_u128(1), &sample::violation()).is_empty());
    }

    /// The other case about the same act, once the first decision was overturned.
    #[track_caller]
    fn bars_a_second_fine(outcome: impl Into<Overturned>, bars: bool) {
        let filed = CaseFiled { case: Uuid::from_u128(7), ..sample::filed() };
        let overturned = DecisionOverturned {
            outcome: outcome.into(),
            by: "抚远市人民政府".into(),
            document: "抚政复决〔2024〕1号".into(),
            at: None,
        };
        let mut events = vec![recorded()];
        if let Some(command) = follows(&filed, &overturned.into()) {
            events.extend(given::<Parties>(events.clone()).when(&sample::act("2024-05-06T09:00"), &command).events());
        }
        let found = given::<Parties>(events).state().like(Uuid::from_u128(1), &sample::violation());
        assert_eq!(not_twice(true, &found, &[]).is_err(), bars);
    }

    #[test]
    fn a_revoked_or_void_decision_lets_the_act_be_fined() {
        bars_a_second_fine(Fate::Revoked, false);
        bars_a_second_fine(Fate::Void, false);
    }

    #[test]
    fn a_decision_found_unlawful_but_not_revoked_bars_a_second_fine() {
        bars_a_second_fine(Fate::Unlawful, true);
        bars_a_second_fine(Fate::Changed, true);
        bars_a_second_fine(Overturned::Told("退还".into()), true);
    }

    #[test]
    fn a_decision_without_a_fine_says_nothing_to_the_fines() {
        let warned = PenaltyDecided { fine_fen: 0, ..sample::decision(vec![]) };
        assert!(follows(&sample::filed(), &warned.into()).is_none());
        assert!(follows(&sample::filed(), &sample::served().into()).is_none());
    }

    #[test]
    fn lifting_a_fine_that_was_never_recorded_is_quiet() {
        let lift = Command::Lift(FineLifted { case: Uuid::from_u128(9), reason: "撤销".into(), at: None });
        given::<Parties>([recorded()]).when(&sample::act("2024-05-01T09:00"), &lift).quiet();
    }

    #[test]
    fn a_party_is_named_by_a_digest_only() {
        let name = stream(&sample::party()).unwrap();
        assert!(name.starts_with("party/") && name.len() == 38 && !name.contains("MA"));
        assert_eq!(stream(&Party { uscc: None, ..sample::party() }), None);
    }
}
