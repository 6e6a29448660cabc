//! Leads (线索): what was reported, found elsewhere or passed on, until a case is filed on it or none, and what came of the case.

use law::{
    Act, Breach, Check, MatterChange, Mode, Refusal,
    decider::{Decided, Decider},
    id::Uscc,
    matter::{MatterDecided, Opened},
    order::After,
};
use lists::{
    facts::{AgencyFact, OfficeKind, OfficerFact, Sender},
    officers::{self, EN_HEAD, Officials},
};
use uuid::Uuid;

pub use super::events::LeadStep as Step;
use super::{
    events::{
        CaseEvent, CaseFiled, LeadConcluded, LeadDropped, LeadEvent, LeadFiled, LeadOutcome, LeadReceived,
        NoPenaltyGround, StepRefused,
    },
    rules::lead::{EN_LEAD, reasoned},
    vocabulary::{LEAD, outcome, stage},
};

/// The stream of a lead.
pub fn stream(lead: Uuid) -> String {
    format!("lead/{lead}")
}

/// What a decision knows from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Who sends the command.
    pub sender: Sender,
    /// The lead's agency as of the day.
    pub agency: Option<AgencyFact>,
    /// The head named, as the list knows him.
    pub heads: Vec<OfficerFact>,
}

/// What may be asked of a lead.
#[derive(Clone, Debug)]
pub enum Command {
    /// A step.
    Step(Step, Box<Facts>),
    /// A case is filed on it.
    File(LeadFiled),
    /// Its case came to something.
    Conclude(LeadConcluded),
}

/// What became of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// A case was filed.
    Filed(Uuid),
    /// None is.
    Dropped,
}

/// What is known of one lead.
#[derive(Clone, Debug, Default)]
pub struct Lead {
    /// As it came in.
    pub received: Option<Box<LeadReceived>>,
    /// What became of it.
    pub settled: Option<Settled>,
    /// What its case came to last.
    pub concluded: Option<LeadOutcome>,
}

impl Lead {
    fn known(&self) -> Result<&LeadReceived, Refusal> {
        self.received.as_deref().ok_or_else(|| Refusal::NotFound { what: "lead", id: "not received yet".to_owned() })
    }

    /// Whether a case of an agency may be filed on it.
    ///
    /// # Errors
    /// When there is no such lead, it is another agency's, or it is settled.
    pub fn open_to(&self, agency: &Uscc) -> Result<(), Refusal> {
        let received = self.known()?;
        if received.agency != *agency {
            return Err(Refusal::invalid("lead_id", "is a lead of another agency"));
        }
        match self.settled {
            None => Ok(()),
            Some(_) => Err(settled()),
        }
    }
}

fn settled() -> Refusal {
    Refusal::state("LEAD_SETTLED", "该线索已经处理", "the lead has been settled already")
}

/// What the lead of a case must know of an event of the case.
pub fn follows(filed: &CaseFiled, event: &CaseEvent) -> Option<Command> {
    let concluded = |outcome, number: Option<&String>, verified| {
        let number = number.cloned();
        Some(Command::Conclude(LeadConcluded { case: filed.case, outcome, number, verified, origin: None, at: None }))
    };
    match event {
        CaseEvent::CaseFiled(_) => Some(Command::File(LeadFiled { case: filed.case, at: None })),
        CaseEvent::PenaltyDecided(e) => concluded(LeadOutcome::Punished, Some(&e.number), true),
        CaseEvent::PenaltyWithheld(e) => {
            concluded(LeadOutcome::Withheld, Some(&e.number), e.ground != NoPenaltyGround::NotEstablished)
        }
        CaseEvent::CaseTransferred(_) => concluded(LeadOutcome::Transferred, None, true),
        CaseEvent::DecisionOverturned(_) => concluded(LeadOutcome::Overturned, None, false),
        CaseEvent::CaseClosed(_) => concluded(LeadOutcome::Closed, None, false),
        _ => None,
    }
}

/// Decides on leads.
#[derive(Debug)]
pub struct Leads;

impl Decider for Leads {
    type Command = Command;
    type State = Lead;
    type Event = LeadEvent;

    fn answers(command: &Command) -> Vec<After> {
        match command {
            Command::Step(step, _) => step.answers(),
            Command::File(_) | Command::Conclude(_) => Vec::new(),
        }
    }

    fn decide(lead: &Lead, act: &Act, command: &Command) -> Result<Vec<Decided<LeadEvent>>, Refusal> {
        match command {
            Command::Step(Step::ReceiveLead(e), facts) => receive(lead, act, e, facts),
            Command::Step(Step::DropLead(e), facts) => drop_it(lead, act, e, facts),
            Command::File(e) => Ok(vec![Decided::plain(e.clone().dated(act.at))]),
            Command::Conclude(e) => conclude(lead, act, e),
        }
    }

    fn evolve(lead: &mut Lead, event: &LeadEvent) {
        match event {
            LeadEvent::LeadReceived(e) => lead.received = Some(Box::new(e.clone())),
            LeadEvent::LeadFiled(e) => lead.settled = Some(Settled::Filed(e.case)),
            LeadEvent::LeadDropped(_) => lead.settled = Some(Settled::Dropped),
            LeadEvent::LeadConcluded(e) => lead.concluded = Some(e.outcome),
            LeadEvent::StepRefused(_) => {}
        }
    }

    fn matter(before: &Lead, after: &Lead, event: &LeadEvent, _: &[Breach]) -> Option<MatterChange> {
        use law::DomainEvent as _;
        let stage_reached = event.card().stage.map(str::to_owned);
        let mut change = MatterChange { stage: stage_reached, ..MatterChange::default() };
        let decided = |outcome: &str| {
            let outcome = outcome.to_owned();
            Some(Box::new(MatterDecided { outcome, ..MatterDecided::default() }))
        };
        match event {
            LeadEvent::LeadReceived(e) => {
                change.opened = Some(Box::new(opened(e)));
                change.next = Some(stage::CHECK.to_owned());
            }
            LeadEvent::LeadFiled(_) => {
                change.decided = decided(outcome::FILED);
                change.next = Some(stage::FOLLOW.to_owned());
            }
            LeadEvent::LeadDropped(_) => change.decided = decided(outcome::DROPPED),
            LeadEvent::LeadConcluded(_) | LeadEvent::StepRefused(_) => {}
        }
        let ends = |lead: &Lead| lead.settled == Some(Settled::Dropped) || lead.concluded.is_some();
        change.ended = !ends(before) && ends(after);
        Some(change)
    }

    fn attempt(lead: &Lead, act: &Act, command: &Command, breaches: &[Breach]) -> Option<LeadEvent> {
        let Command::Step(step, _) = command else { return None };
        let received = match step {
            Step::ReceiveLead(e) => Some(e),
            Step::DropLead(_) => lead.received.as_deref(),
        };
        let received = received.filter(|_| act.mode == Mode::Handling)?;
        let refused = StepRefused {
            step: step.name().to_owned(),
            breaches: breaches.to_vec(),
            summary: received.summary.clone(),
            agency: received.agency.clone(),
            region: received.region.clone(),
        };
        Some(refused.into())
    }
}

fn opened(e: &LeadReceived) -> Opened {
    Opened {
        kind: LEAD.to_owned(),
        id: e.lead.to_string(),
        subject: e.summary.clone(),
        agency: e.agency.to_string(),
        agency_name: e.agency_name.clone(),
        region: e.region.to_string(),
        item: e.item.as_ref().map(ToString::to_string).unwrap_or_default(),
        source: e.source.id().to_owned(),
        source_reference: e.reference.clone().unwrap_or_default(),
        ..Opened::default()
    }
}

type Answer = Result<Vec<Decided<LeadEvent>>, Refusal>;

fn receive(lead: &Lead, act: &Act, wanted: &LeadReceived, facts: &Facts) -> Answer {
    if lead.received.is_some() {
        return Err(Refusal::state("LEAD_EXISTS", "该线索已经登记", "a lead with this id has been received already"));
    }
    let mut event = wanted.clone().dated(act.at);
    if let Some(agency) = &facts.agency {
        event.agency_name.clone_from(&agency.name);
        event.region = agency.region.clone();
    }
    Ok(vec![Decided::plain(event)])
}

fn drop_it(lead: &Lead, act: &Act, wanted: &LeadDropped, facts: &Facts) -> Answer {
    let received = lead.known()?;
    if lead.settled.is_some() {
        return Err(settled());
    }
    let day = act.day();
    let heads = Officials { known: &facts.heads, offices: OfficeKind::HEADS, agency: &received.agency, day };
    let handling = act.mode == Mode::Handling;
    let mut check = Check::on(day);
    check
        .rule(&EN_HEAD, officers::decided_by_head(handling, &facts.sender, &wanted.decided_by, &heads, &[]))
        .rule(&EN_LEAD, reasoned(&wanted.reason));
    let (decided_by, official) = heads.recorded(&wanted.decided_by);
    let origin = received.origin.clone();
    let event = LeadDropped { decided_by, official, origin, ..wanted.clone() }.dated(act.at);
    Ok(vec![Decided::under(check.settle(act.mode)?, event)])
}

fn conclude(lead: &Lead, act: &Act, wanted: &LeadConcluded) -> Answer {
    let received = lead.known()?;
    // A case that was decided is closed later, and says nothing new then.
    let again = lead.concluded == Some(wanted.outcome);
    if again || (wanted.outcome == LeadOutcome::Closed && lead.concluded.is_some()) {
        return Ok(Vec::new());
    }
    let event = LeadConcluded { origin: received.origin.clone(), ..wanted.clone() };
    Ok(vec![Decided::plain(event.dated(act.at))])
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::{case::sample::*, events::*};

    fn received() -> LeadReceived {
        LeadReceived {
            lead: id(900),
            agency: agency().agency,
            agency_name: agency().name,
            region: agency().region,
            source: SourceKind::Complaint,
            origin: Some("complaint/x".into()),
            reference: Some("访登〔2024〕1号".into()),
            item: None,
            summary: "无证经营餐饮".into(),
            at: Some(at("2024-02-28T09:00")),
        }
    }

    fn facts() -> Box<Facts> {
        Box::new(Facts { sender: head(), agency: Some(agency()), heads: heads() })
    }

    fn dropped(reason: &str, by: &str) -> Command {
        let event =
            LeadDropped { reason: reason.into(), decided_by: by.into(), official: None, origin: None, at: None };
        Command::Step(event.into(), facts())
    }

    fn concluded(outcome: LeadOutcome) -> Command {
        Command::Conclude(LeadConcluded { case: id(1), outcome, number: None, verified: true, origin: None, at: None })
    }

    #[test]
    fn is_received_once_and_named_by_the_list() {
        let ask = Command::Step(LeadReceived { agency_name: String::new(), ..received() }.into(), facts());
        given::<Leads>([]).when(&act("2024-02-28T09:00"), &ask).then(&[received().into()]);
        given::<Leads>([received().into()]).when(&act("2024-02-28T09:00"), &ask).not_possible("LEAD_EXISTS");
    }

    #[test]
    fn is_dropped_by_the_head_with_reasons_and_told_where_it_came_from() {
        let lead = [LeadEvent::from(received())];
        let events = given::<Leads>(lead.clone())
            .when(&act("2024-03-01T09:00"), &dropped("现场核查未发现经营行为", HEAD))
            .satisfies("EN-LEAD");
        let [LeadEvent::LeadDropped(event)] = &events[..] else { panic!("{events:?}") };
        assert_eq!((event.decided_by.as_str(), event.origin.as_deref()), ("李局长", Some("complaint/x")));
        given::<Leads>(lead.clone()).when(&act("2024-03-01T09:00"), &dropped(" ", HEAD)).refused_by("EN-LEAD");
        given::<Leads>(lead).when(&act("2024-03-01T09:00"), &dropped("未发现", "A1")).refused_by("EN-HEAD");
    }

    #[test]
    fn is_not_dropped_after_a_case_was_filed_on_it() {
        let filed = [LeadEvent::from(received()), LeadFiled { case: id(1), at: None }.into()];
        given::<Leads>(filed).when(&act("2024-03-01T09:00"), &dropped("未发现", HEAD)).not_possible("LEAD_SETTLED");
    }

    #[test]
    fn tells_each_outcome_of_its_case_once() {
        let filed = vec![LeadEvent::from(received()), LeadFiled { case: id(1), at: None }.into()];
        let when = act("2024-03-13T09:00");
        let punished = given::<Leads>(filed.clone()).when(&when, &concluded(LeadOutcome::Punished)).events();
        let [LeadEvent::LeadConcluded(event)] = &punished[..] else { panic!("{punished:?}") };
        assert_eq!(event.origin.as_deref(), Some("complaint/x"));
        let after = [filed, punished].concat();
        given::<Leads>(after.clone()).when(&when, &concluded(LeadOutcome::Punished)).quiet();
        given::<Leads>(after.clone()).when(&when, &concluded(LeadOutcome::Closed)).quiet();
        assert_eq!(given::<Leads>(after).when(&when, &concluded(LeadOutcome::Overturned)).events().len(), 1);
    }

    #[test]
    fn a_case_is_filed_on_an_open_lead_of_its_own_agency_only() {
        let lead = |events: &[LeadEvent]| given::<Leads>(events.iter().cloned()).state().clone();
        lead(&[received().into()]).open_to(&agency().agency).unwrap();
        lead(&[]).open_to(&agency().agency).unwrap_err();
        lead(&[received().into()]).open_to(&OTHER_AGENCY.parse().unwrap()).unwrap_err();
        let filed = [received().into(), LeadFiled { case: id(1), at: None }.into()];
        lead(&filed).open_to(&agency().agency).unwrap_err();
    }

    #[test]
    fn follows_what_its_case_comes_to() {
        let of = |event: CaseEvent| match follows(&filed(), &event) {
            Some(Command::Conclude(e)) => Some((e.outcome, e.verified)),
            _ => None,
        };
        assert_eq!(of(decision(vec![fine(7_000_000)]).into()), Some((LeadOutcome::Punished, true)));
        assert_eq!(of(evidence().into()), None);
        assert!(matches!(follows(&filed(), &filed().into()), Some(Command::File(_))));
    }
}
