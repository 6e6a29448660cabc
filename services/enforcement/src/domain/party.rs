//! The fines of one party and its decisions that were revoked: the guard of APL 29 and ARL 64.
//!
//! The stream `party/<digest>` is read before a decision and written in the same append, so that of two cases about one
//! act the second to commit sees the first.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, civil::Date};
use law::{
    Act, Breach, Refusal,
    decider::{Decided, Decider},
    id::RegionCode,
    order::After,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    case::Case,
    events::{
        ActFiled, ActRevoked, AlikeCase, CaseEvent, CaseFiled, FineLifted, FineRecorded, Party, PartyEvent,
        PenaltyDecided, Violation,
    },
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
    /// A case was filed.
    File(ActFiled),
    /// A fine was decided.
    Record(FineRecorded),
    /// Its decision fell.
    Lift(FineLifted),
    /// A decision was revoked and is to be made again.
    Revoke(ActRevoked),
}

/// The acts that were filed, the fines that stand, and what was revoked.
#[derive(Clone, Debug, Default)]
pub struct Fines {
    filed: Vec<Arc<ActFiled>>,
    standing: BTreeMap<Uuid, FineRecorded>,
    revoked: Vec<ActRevoked>,
}

impl Fines {
    /// Fines for an act on overlapping days at the same place, in other cases.
    pub fn like(&self, case: Uuid, violation: &Violation) -> Vec<FinedBefore> {
        let met = Met::of(violation);
        let same = |f: &&FineRecorded| f.case != case && met.by((f.from, f.until), &f.region, &f.place);
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

/// The most cases that are named as looking like the same act: the earliest.
const ALIKE_MAX: usize = 3;

impl Fines {
    /// Other cases, whoever filed them, for an act on overlapping days at the same place. A fine from before filings were kept here names
    /// its case by the number of the decision.
    pub fn alike(&self, case: Uuid, violation: &Violation) -> Vec<AlikeCase> {
        let met = Met::of(violation);
        let filed = self.filed.iter().filter(|f| f.case != case && met.by((f.from, f.until), &f.region, &f.place));
        let mut alike: Vec<_> = filed
            .take(ALIKE_MAX)
            .map(|f| AlikeCase {
                case: f.case,
                number: f.number.clone(),
                agency: f.agency.clone(),
                agency_name: f.agency_name.clone(),
            })
            .collect();
        let fined = self.like(case, violation).into_iter().filter(|b| self.filed.iter().all(|f| f.case != b.case));
        alike.extend(fined.map(|FinedBefore { case, number, agency, .. }| AlikeCase {
            case,
            number,
            agency,
            agency_name: String::new(),
        }));
        alike.truncate(ALIKE_MAX);
        alike
    }

    /// Decisions for an act on overlapping days at the same place, in this case or another, that were revoked by then.
    pub fn revoked(&self, violation: &Violation, by: Timestamp) -> Vec<ActRevoked> {
        let met = Met::of(violation);
        let same = |r: &&ActRevoked| r.at.is_none_or(|at| at <= by) && met.by((r.from, r.until), &r.region, &r.place);
        self.revoked.iter().filter(same).cloned().collect()
    }
}

/// An act that others may be the same as.
struct Met<'a> {
    days: (Date, Date),
    region: &'a RegionCode,
    /// Put into its form once, however many it is held against.
    place: String,
}

impl<'a> Met<'a> {
    fn of(violation: &'a Violation) -> Self {
        Self { days: days(violation), region: &violation.region, place: squeezed(&violation.place) }
    }

    /// Whether an act on these days at this place may be the same.
    fn by(&self, (first, last): (Date, Date), region: &RegionCode, place: &str) -> bool {
        let (from, until) = self.days;
        let around = region.contains(self.region) || self.region.contains(region);
        first <= until && from <= last && around && one_place(&squeezed(place), &self.place)
    }
}

/// Whether two [`squeezed`] addresses may be one: they are alike, or one of them has the town before it.
fn one_place(one: &str, other: &str) -> bool {
    let (longer, shorter) = if one.len() < other.len() { (other, one) } else { (one, other) };
    longer == shorter || shorter.chars().count() >= PLACE_MIN && longer.ends_with(shorter)
}

/// Fewest letters of an address that tell a place without its town: 通江路9号.
const PLACE_MIN: usize = 5;

/// The days of a violation as far as it is known.
pub fn days(violation: &Violation) -> (Date, Date) {
    (violation.from, violation.last_day())
}

/// What the party's stream must know of an event of a case, which was as `before` (APL 29, ARL 64). What was revoked for its
/// procedure may be decided again as it was.
pub fn follows(filed: &CaseFiled, before: &Case, event: &CaseEvent) -> Option<Command> {
    if let CaseEvent::CaseFiled(e) = event {
        return Some(Command::File(act(e)));
    }
    if let CaseEvent::RedoOrdered(e) = event
        && !e.for_procedure
    {
        let revoked = before.penalty()?;
        let Violation { region, place, .. } = filed.violation.clone();
        let ((from, until), act) = (days(&filed.violation), before.act(revoked));
        let (case, number) = (filed.case, revoked.number.clone());
        return Some(Command::Revoke(ActRevoked { case, number, region, place, from, until, act, at: None }));
    }
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

/// What was filed, for the party's stream.
fn act(filed: &CaseFiled) -> ActFiled {
    let (from, until) = days(&filed.violation);
    ActFiled {
        case: filed.case,
        number: filed.filing_number.clone(),
        agency: filed.agency.clone(),
        agency_name: filed.agency_name.clone(),
        region: filed.violation.region.clone(),
        place: filed.violation.place.clone(),
        from,
        until,
        at: None,
    }
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

/// An address without signs and spaces, with the letters and digits of one width.
fn squeezed(place: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    place.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
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
            Command::File(e) => Ok(vec![Decided::plain(e.clone().dated(act.at))]),
            Command::Record(e) => Ok(vec![Decided::plain(e.clone().dated(act.at))]),
            Command::Lift(e) if state.standing.contains_key(&e.case) => {
                Ok(vec![Decided::plain(e.clone().dated(act.at))])
            }
            Command::Lift(_) => Ok(vec![]),
            Command::Revoke(e) => Ok(vec![Decided::plain(e.clone().dated(act.at))]),
        }
    }

    fn evolve(state: &mut Fines, event: &PartyEvent) {
        match event {
            PartyEvent::ActFiled(e) => state.filed.push(Arc::new(e.clone())),
            PartyEvent::FineRecorded(e) => {
                state.standing.insert(e.case, e.clone());
            }
            PartyEvent::FineLifted(e) => {
                state.standing.remove(&e.case);
            }
            PartyEvent::ActRevoked(e) => state.revoked.push(e.clone()),
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
            reference: None,
            at: None,
        };
        let mut events = vec![recorded()];
        if let Some(command) = follows(&filed, &Case::default(), &overturned.into()) {
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
        assert!(follows(&sample::filed(), &Case::default(), &warned.into()).is_none());
        assert!(follows(&sample::filed(), &Case::default(), &sample::served().into()).is_none());
    }

    #[test]
    fn what_was_revoked_is_found_by_party_place_and_days_from_then_on() {
        let act = Case::default().act(&sample::decision(vec![sample::fine(1)]));
        let Violation { region, place, .. } = sample::violation();
        let (from, until) = days(&sample::violation());
        let case = Uuid::from_u128(7);
        let revoked = ActRevoked { case, number: "1".into(), region, place, from, until, act, at: None };
        let given = given::<Parties>([]).when(&sample::act("2024-05-06T09:00"), &Command::Revoke(revoked));
        let known = law::decider::harness::given::<Parties>(given.events());
        let found = |violation: &Violation, by: &str| known.state().revoked(violation, sample::at(by)).len();
        assert_eq!(found(&sample::violation(), "2024-05-06T09:00"), 1);
        assert_eq!(found(&sample::violation(), "2024-05-06T08:59"), 0, "not before it was revoked");
        let elsewhere = Violation { place: "抚远市正阳路2号".into(), ..sample::violation() };
        assert_eq!(found(&elsewhere, "2024-05-06T09:00"), 0);
    }

    #[test]
    fn a_second_filing_for_the_same_act_is_told_of_the_first() {
        let first = CaseFiled { case: Uuid::from_u128(7), ..sample::filed() };
        let command = follows(&first, &Case::default(), &first.clone().into()).expect("a filing is kept");
        let kept = given::<Parties>([]).when(&sample::act("2024-03-02T09:00"), &command).events();
        let known = |events: Vec<PartyEvent>, violation: &Violation| {
            given::<Parties>(events).state().alike(Uuid::from_u128(1), violation)
        };
        let found = known(kept.clone(), &sample::violation());
        assert_eq!((found.len(), found[0].case, &found[0].number), (1, first.case, &first.filing_number));
        let elsewhere = Violation { place: "抚远市正阳路2号".into(), ..sample::violation() };
        assert!(known(kept.clone(), &elsewhere).is_empty());
        assert!(given::<Parties>(kept.clone()).state().alike(first.case, &sample::violation()).is_empty());
        // One case is named once, though it was fined, and one that was only fined by its decision.
        let fined = kept.iter().cloned().chain([recorded()]).collect();
        assert_eq!(known(fined, &sample::violation()).len(), 1);
        assert_eq!(known(vec![recorded()], &sample::violation())[0].number, "抚农罚决〔2024〕1号");
        let many = (0..30).map(|n| ActFiled { case: Uuid::from_u128(100 + n), ..act(&first) }.into()).collect();
        let named = known(many, &sample::violation());
        assert_eq!((named.len(), named[0].case), (ALIKE_MAX, Uuid::from_u128(100)));
    }

    #[test]
    fn lifting_a_fine_that_was_never_recorded_is_quiet() {
        let lift = Command::Lift(FineLifted { case: Uuid::from_u128(9), reason: "撤销".into(), at: None });
        given::<Parties>([recorded()]).when(&sample::act("2024-05-01T09:00"), &lift).quiet();
    }

    #[test]
    fn an_address_is_one_however_it_is_written() {
        let one_place = |one: &str, other: &str| one_place(&squeezed(one), &squeezed(other));
        for (one, other) in [
            ("抚远市正阳路1号", "抚远市 正阳路１号"),
            ("抚远市正阳路1号", "抚远市正阳路1号。"),
            ("抚远市抚远镇正阳路1-3号a座", "正阳路１－３号Ａ座"),
            ("正阳路1号", "抚远市正阳路1号"),
        ] {
            assert!(one_place(one, other), "{one} {other}");
        }
        for (one, other) in
            [("抚远市正阳路1号", "抚远市正阳路11号"), ("1号", "抚远市正阳路1号"), ("正阳路1号", "正阳路2号")]
        {
            assert!(!one_place(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_township_lies_in_its_county() {
        let at = |region: &str| Violation { region: region.parse().unwrap(), ..sample::violation() };
        let code = sample::violation().region;
        let county = &code.as_str()[..6];
        assert_eq!(like(&at(county)).len(), 1);
        assert!(like(&at("230882")).is_empty());
    }

    #[test]
    fn a_party_is_named_by_a_digest_only() {
        let name = stream(&sample::party()).unwrap();
        assert!(name.starts_with("party/") && name.len() == 38 && !name.contains("MA"));
        assert_eq!(stream(&Party { uscc: None, ..sample::party() }), None);
    }
}
