//! Agencies: the bodies that hold powers, and those that must not.

use jiff::civil::Date;
use law::{Act, Check, Decided, Decider, Refusal, check::Breach, id::RegionCode, order::After};
use lists::facts::AgencyKind;

use super::{
    events::{AgencyDissolved, AgencyEvent, AgencyRegistered, AgencyStep, StepRefused},
    facts::AgencyFact,
    mark,
    rules::{PL_BODY, PL_CHANGE, PL_ENTRUST, PL_FREEDOM, pl_change_ground, pl_entrust, pl_entrusted},
};

/// What is asked, with what must be known of other streams.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is asked.
    pub step: AgencyStep,
    /// What is known.
    pub facts: Facts,
}

/// What a registration must know of other streams.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Whether the region is registered.
    pub region_known: bool,
    /// The organ that entrusts the body.
    pub organ: Option<AgencyFact>,
    /// The name of another body that bears the same short name.
    pub bearer: Option<String>,
}

/// What is known of one agency.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// As it was registered last.
    pub registered: Option<AgencyRegistered>,
    /// First day it is no body any more.
    pub dissolved_on: Option<Date>,
}

impl State {
    /// What others need to know of it.
    pub fn fact(&self) -> Option<AgencyFact> {
        let e = self.registered.as_ref()?;
        Some(AgencyFact {
            agency: e.agency.clone(),
            name: e.name.clone(),
            kind: e.kind,
            region: e.region.clone(),
            fields: e.fields.clone(),
            may_restrict_liberty: e.may_restrict_liberty,
            from: e.from,
            dissolved_on: self.dissolved_on,
        })
    }

    /// Its name, if it bears a short name on a day.
    pub fn bears(&self, mark: &str, day: Date) -> Option<&str> {
        let registered = self.registered.as_ref().filter(|e| mark::of(&e.short_name) == mark)?;
        self.dissolved_on.is_none_or(|end| day < end).then_some(&registered.name)
    }

    /// The region, once registered.
    pub fn region(&self) -> Option<&RegionCode> {
        self.registered.as_ref().map(|e| &e.region)
    }
}

/// Agencies.
pub struct Agency;

impl Decider for Agency {
    type Command = Command;
    type State = State;
    type Event = AgencyEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    fn decide(state: &State, act: &Act, command: &Command) -> Result<Vec<Decided<AgencyEvent>>, Refusal> {
        match &command.step {
            AgencyStep::RegisterAgency(e) => register(state, act, &command.facts, e),
            AgencyStep::DissolveAgency(e) => dissolve(state, act, e),
        }
    }

    fn evolve(state: &mut State, event: &AgencyEvent) {
        match event {
            AgencyEvent::AgencyRegistered(e) => *state = State { registered: Some(e.clone()), dissolved_on: None },
            AgencyEvent::AgencyDissolved(e) => state.dissolved_on = Some(e.on),
            AgencyEvent::StepRefused(_) => {}
        }
    }

    fn attempt(_: &State, _: &Act, command: &Command, breaches: &[Breach]) -> Option<AgencyEvent> {
        let (summary, agency) = match &command.step {
            AgencyStep::RegisterAgency(e) => (format!("登记{}", e.name), &e.agency),
            AgencyStep::DissolveAgency(e) => (format!("注销{}", e.agency), &e.agency),
        };
        let (step, breaches) = (command.step.name().to_owned(), breaches.to_vec());
        Some(StepRefused { step, breaches, summary, agency: Some(agency.clone()) }.into())
    }
}

fn register(
    state: &State,
    act: &Act,
    facts: &Facts,
    wanted: &AgencyRegistered,
) -> Result<Vec<Decided<AgencyEvent>>, Refusal> {
    if state.dissolved_on.is_none() {
        match &state.registered {
            Some(known) if known == wanted => return Ok(vec![]),
            // Registered before departments had codes: its own is added.
            Some(known)
                if known.department.is_none()
                    && AgencyRegistered { department: wanted.department.clone(), ..known.clone() } == *wanted => {}
            // An entrustment is renewed, or told for the first time; what went before stays on record.
            Some(known)
                if wanted.entrustment.is_some()
                    && AgencyRegistered { entrustment: wanted.entrustment.clone(), ..known.clone() } == *wanted => {}
            Some(_) => {
                return Err(Refusal::state(
                    "AGENCY_EXISTS",
                    format!("{}已登记，且内容不同；机构调整请先注销原登记", wanted.agency),
                    format!("{} is registered already, with other contents; dissolve it first", wanted.agency),
                ));
            }
            None => {}
        }
    }
    if !facts.region_known {
        return Err(Refusal::NotFound { what: "region", id: wanted.region.to_string() });
    }
    if state.dissolved_on.is_some_and(|end| wanted.from < end) {
        return Err(Refusal::Invalid { field: "from".into(), en: "lies before the day it was dissolved".into() });
    }
    if let Some(bearer) = &facts.bearer {
        let mark = &wanted.short_name;
        return Err(Refusal::state(
            "SHORT_NAME_TAKEN",
            format!("简称“{mark}”是{bearer}的机关代字，文号以它开头；请另取能区分的简称，如冠以地名"),
            format!(
                "the short name {mark} is that of {bearer}, whose documents are numbered under it; take one that differs, say with the place"
            ),
        ));
    }
    let mut check = Check::on(act.day());
    if wanted.kind == AgencyKind::EntrustedOrganisation {
        check.rule(&PL_BODY, pl_entrusted(wanted.entrusted_by.as_ref(), facts.organ.as_ref(), wanted.from));
    }
    if wanted.kind == AgencyKind::EntrustedOrganisation || wanted.entrustment.is_some() {
        check.rule(&PL_ENTRUST, pl_entrust(wanted.kind, wanted.entrustment.as_ref()));
    }
    if wanted.entrustment.is_some() && wanted.kind != AgencyKind::EntrustedOrganisation {
        check.rule(&PL_BODY, pl_entrusted(wanted.entrusted_by.as_ref(), facts.organ.as_ref(), wanted.from));
    }
    let may_be_named = matches!(wanted.kind, AgencyKind::AdministrativeOrgan | AgencyKind::AuthorisedOrganisation);
    if wanted.may_restrict_liberty {
        check.rule(&PL_FREEDOM, if may_be_named { Ok(()) } else { Err(no_organ(&wanted.name)) });
    }
    Ok(vec![Decided::under(check.settle(act.mode)?, wanted.clone())])
}

fn no_organ(name: &str) -> law::Fault {
    law::Fault::new(
        format!("{name}不是行政机关或者法律授权的组织，不得限制人身自由"),
        format!("{name} is no organ or organisation authorised by law and cannot limit personal freedom"),
    )
}

fn dissolve(state: &State, act: &Act, c: &AgencyDissolved) -> Result<Vec<Decided<AgencyEvent>>, Refusal> {
    let Some(registered) = &state.registered else {
        return Err(Refusal::NotFound { what: "agency", id: c.agency.to_string() });
    };
    if let Some(end) = state.dissolved_on {
        return Err(Refusal::state(
            "AGENCY_DISSOLVED",
            format!("{}已于{end}注销", registered.name),
            format!("{} was dissolved on {end}", registered.name),
        ));
    }
    if c.on < registered.from {
        return Err(Refusal::Invalid { field: "on".into(), en: "lies before its first day".into() });
    }
    let mut check = Check::on(act.day());
    check.rule(&PL_CHANGE, pl_change_ground(&c.ground, false));
    Ok(vec![Decided::under(check.settle(act.mode)?, c.clone())])
}

#[cfg(test)]
mod tests {
    use law::decider::harness::{given, in_order};
    use lists::facts::Entrustment;

    use super::*;
    use crate::domain::{
        events::GroundKind,
        fixture::{act, agency_fact, agency_registered, day, ground},
    };

    fn register(agency: AgencyRegistered) -> Command {
        Command { step: agency.into(), facts: Facts { region_known: true, ..Facts::default() } }
    }

    fn entrusted(organ: Option<AgencyFact>) -> Command {
        let mut agency = agency_registered();
        agency.kind = AgencyKind::EntrustedOrganisation;
        agency.entrusted_by = organ.as_ref().map(|o| o.agency.clone());
        Command { step: agency.into(), facts: Facts { region_known: true, organ, bearer: None } }
    }

    #[test]
    fn a_department_gets_its_code_once_and_keeps_it() {
        let with = |code: &str| {
            let registered = AgencyRegistered { department: Some(code.into()), ..agency_registered() };
            (register(registered.clone()), registered)
        };
        let (command, registered) = with("131");
        given::<Agency>([agency_registered().into()])
            .when(&act("2026-03-02"), &command)
            .then(&[registered.clone().into()]);
        given::<Agency>([registered.clone().into()]).when(&act("2026-03-02"), &command).then(&[]);
        given::<Agency>([registered.into()]).when(&act("2026-03-02"), &with("132").0).not_possible("AGENCY_EXISTS");
    }

    #[test]
    fn registers_an_administrative_organ() {
        given::<Agency>([])
            .when(&act("2026-03-02"), &register(agency_registered()))
            .then(&[agency_registered().into()]);
    }

    #[test]
    fn stays_quiet_about_the_same_agency_again() {
        given::<Agency>([agency_registered().into()]).when(&act("2026-03-02"), &register(agency_registered())).quiet();
        let mut other = agency_registered();
        other.name = "另一名称".into();
        given::<Agency>([agency_registered().into()])
            .when(&act("2026-03-02"), &register(other))
            .not_possible("AGENCY_EXISTS");
    }

    #[test]
    fn a_short_name_is_one_bodys_because_documents_are_numbered_under_it() {
        let mut command = register(agency_registered());
        command.facts.bearer = Some("佳木斯市市场监督管理局".into());
        given::<Agency>([]).when(&act("2026-03-02"), &command).not_possible("SHORT_NAME_TAKEN");
        let mut state = State::default();
        Agency::evolve(&mut state, &agency_registered().into());
        let (mark, from) = (mark::of(" 市场监管局"), agency_registered().from);
        assert!(state.bears(&mark, from).is_some() && state.bears("市监", from).is_none());
        state.dissolved_on = Some(from.tomorrow().unwrap());
        assert!(state.bears(&mark, from).is_some() && state.bears(&mark, from.tomorrow().unwrap()).is_none());
    }

    #[test]
    fn an_organ_may_entrust_an_organisation() {
        let command = entrusted(Some(agency_fact()));
        given::<Agency>([]).when(&act("2026-03-02"), &command).satisfies("PL-BODY");
    }

    #[test]
    fn refuses_an_entrusted_organisation_without_its_organ() {
        let command = entrusted(None);
        given::<Agency>([]).when(&act("2026-03-02"), &command).refused_by("PL-BODY");
        let mut organ = agency_fact();
        organ.kind = AgencyKind::AuthorisedOrganisation;
        let command = entrusted(Some(organ));
        given::<Agency>([]).when(&act("2026-03-02"), &command).refused_by("PL-BODY");
    }

    const TERMS: &str = "抚市监委〔2026〕1号|2026-03-02至2029-03-01|行政处罚|公布2026-03-02|管理公共事务职能；持证人员";

    fn with_terms(terms: &str) -> Command {
        let mut command = entrusted(Some(agency_fact()));
        let AgencyStep::RegisterAgency(agency) = &mut command.step else { unreachable!("it registers") };
        agency.entrustment = Some(Entrustment::read(terms).unwrap());
        command
    }

    #[test]
    fn an_entrustment_names_matters_term_and_document() {
        let registers = |command: &Command| given::<Agency>([]).when(&act("2026-03-02"), command);
        registers(&with_terms(TERMS)).satisfies("PL-ENTRUST");
        registers(&with_terms(&TERMS.replace("行政处罚", "021310001000；行政检查"))).satisfies("PL-ENTRUST");
        // Older entries, and a document that was not made public yet: not known.
        for command in [entrusted(Some(agency_fact())), with_terms(&TERMS.replace("公布2026-03-02", ""))] {
            let decided = registers(&command).decided();
            assert!(decided[0].unchecked.iter().any(|u| u.rule == "PL-ENTRUST"), "{decided:?}");
        }
    }

    #[test]
    fn refuses_an_entrustment_without_matters_or_against_its_term() {
        for terms in [
            TERMS.replace("行政处罚", ""),
            TERMS.replace("2029-03-01", "2026-03-01"),
            TERMS.replace("；持证人员", ""),
            TERMS.replace("管理公共事务职能；", ""),
        ] {
            given::<Agency>([]).when(&act("2026-03-02"), &with_terms(&terms)).refused_by("PL-ENTRUST");
        }
    }

    #[test]
    fn refuses_to_entrust_measures_and_licences_to_an_organisation() {
        for matters in ["行政强制", "行政处罚；行政强制", "031310001000", "行政许可", "011310001000"] {
            let terms = TERMS.replace("行政处罚", matters);
            given::<Agency>([]).when(&act("2026-03-02"), &with_terms(&terms)).refused_by("PL-ENTRUST");
        }
        // A licence may be entrusted to another administrative organ (ALL 24), a measure to nobody.
        let to_an_organ = |matters: &str| {
            let mut command = with_terms(&TERMS.replace("行政处罚", matters));
            let AgencyStep::RegisterAgency(agency) = &mut command.step else { unreachable!("it registers") };
            agency.kind = AgencyKind::AdministrativeOrgan;
            given::<Agency>([]).when(&act("2026-03-02"), &command)
        };
        to_an_organ("行政许可").satisfies("PL-ENTRUST");
        to_an_organ("行政强制").refused_by("PL-ENTRUST");
    }

    #[test]
    fn an_entrusted_body_entrusts_nobody() {
        let mut command = with_terms(TERMS);
        command.facts.organ = Some(AgencyFact { kind: AgencyKind::EntrustedOrganisation, ..agency_fact() });
        given::<Agency>([]).when(&act("2026-03-02"), &command).refused_by("PL-BODY");
    }

    #[test]
    fn an_entrustment_is_renewed_without_registering_the_body_anew() {
        let registered = |command: &Command| match &command.step {
            AgencyStep::RegisterAgency(agency) => agency.clone(),
            AgencyStep::DissolveAgency(_) => unreachable!("it registers"),
        };
        let (none, first) = (entrusted(Some(agency_fact())), with_terms(TERMS));
        let renewed = with_terms(&TERMS.replace("2026-03-02至2029-03-01", "2029-03-02至2032-03-01"));
        for (before, after) in [(&none, &first), (&first, &renewed)] {
            given::<Agency>([registered(before).into()])
                .when(&act("2029-03-02"), after)
                .then(&[registered(after).into()]);
            given::<Agency>([registered(after).into()]).when(&act("2029-03-02"), after).quiet();
        }
        // Leaving it out takes nothing back.
        given::<Agency>([registered(&first).into()]).when(&act("2029-03-02"), &none).not_possible("AGENCY_EXISTS");
    }

    #[test]
    fn keeps_the_attempt_that_was_refused() {
        let command = entrusted(None);
        let refusal = Agency::decide(&State::default(), &act("2026-03-02"), &command).unwrap_err();
        let kept = Agency::attempt(&State::default(), &act("2026-03-02"), &command, refusal.breaches());
        assert!(matches!(kept, Some(AgencyEvent::StepRefused(e)) if e.breaches[0].rule == "PL-BODY"));
    }

    #[test]
    fn dissolves_on_a_ground_once() {
        let end = AgencyDissolved {
            agency: agency_registered().agency,
            on: day("2026-04-01"),
            ground: ground(GroundKind::FunctionChanged),
        };
        let command = Command { step: end.into(), facts: Facts::default() };
        let events =
            given::<Agency>([agency_registered().into()]).when(&act("2026-03-02"), &command).satisfies("PL-CHANGE");
        let all = [vec![agency_registered().into()], events].concat();
        given::<Agency>(all).when(&act("2026-03-02"), &command).not_possible("AGENCY_DISSOLVED");
    }

    #[test]
    fn none_is_dissolved_before_it_was_registered() {
        let end = AgencyDissolved {
            agency: agency_registered().agency,
            on: day("2026-04-01"),
            ground: ground(GroundKind::FunctionChanged),
        };
        let command = Command { step: end.into(), facts: Facts::default() };
        assert_eq!(in_order::<Agency>(&[agency_registered().into()], &command), ["AgencyRegistered"]);
    }

    #[test]
    fn registers_anew_after_a_dissolution() {
        let gone = AgencyDissolved {
            agency: agency_registered().agency,
            on: day("2026-04-01"),
            ground: ground(GroundKind::FunctionChanged),
        };
        let mut again = agency_registered();
        let decide = |again: &AgencyRegistered| {
            given::<Agency>([agency_registered().into(), gone.clone().into()])
                .when(&act("2026-04-01"), &register(again.clone()))
        };
        again.from = day("2026-04-01");
        decide(&again).then(&[again.clone().into()]);
    }
}
