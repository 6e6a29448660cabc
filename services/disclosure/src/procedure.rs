//! What the kernel must know of this service to carry its steps out.

use kernel::{
    Call, ExecuteError, Tx,
    procedure::{Draw, Edge, Place, Procedure},
};
use law::{
    Refusal,
    id::Uscc,
    series::{IssueNumber, Numbers, Unnumbered},
};
use lists::Replica;
use uuid::Uuid;

use crate::domain::{
    application::{Application, Applications, Command, Facts},
    events::{ApplicationEvent, ApplicationReceived, REGISTER, REPLY, Report, SeriesEvent, Step},
    year::{self, Reported, Years},
};

/// Steps of applications.
#[derive(Clone)]
pub struct ApplicationProcedure {
    pub(crate) edge: Edge,
    pub(crate) lists: Replica,
}

/// Yearly reports.
#[derive(Clone)]
pub struct YearProcedure(pub(crate) ApplicationProcedure);

fn stream(application: Uuid) -> String {
    format!("application/{application}")
}

/// How an application was received: as recorded, or as the step that begins it says.
fn received<'a>(id: Uuid, state: &'a Application, step: &'a Step) -> Result<&'a ApplicationReceived, ExecuteError> {
    match (state.received.as_deref(), step) {
        (Some(received), _) | (None, Step::ReceiveApplication(received)) => Ok(received),
        (None, _) => Err(Refusal::NotFound { what: ApplicationProcedure::NOUN, id: id.to_string() }.into()),
    }
}

impl ApplicationProcedure {
    /// The agency's place as the list has it that day.
    fn listed(&self, call: &Call, agency: &Uscc) -> Result<Place, ExecuteError> {
        call.caller.require_agency(agency)?;
        let region = self.lists.lists().region(agency, call.act.day());
        Ok(Place { agency: agency.to_string(), region: region.unwrap_or_else(|| call.caller.region.clone()) })
    }
}

impl Procedure for ApplicationProcedure {
    type Decider = Applications;
    type Numbers = Numbers<SeriesEvent>;
    type Id = Uuid;
    type Step = Step;

    const NOUN: &'static str = "application";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    fn stream(&self, application: &Uuid) -> String {
        stream(*application)
    }

    fn begins(step: &Step) -> bool {
        matches!(step, Step::ReceiveApplication(_))
    }

    fn owner(state: &Application) -> Option<Place> {
        let received = state.received.as_ref()?;
        Some(Place { agency: received.agency.to_string(), region: received.region.clone() })
    }

    fn place(&self, call: &Call, id: &Uuid, state: &Application, step: &Step) -> Result<Place, ExecuteError> {
        let received = received(*id, state, step)?;
        match Self::owner(state) {
            Some(place) => call.caller.require_agency(&received.agency).map(|()| place),
            None => self.listed(call, &received.agency),
        }
    }

    fn draws(&self, call: &Call, id: &Uuid, place: &Place, state: &Application, step: &Step) -> Option<Draw> {
        let series = match step {
            Step::ReceiveApplication(_) => REGISTER,
            Step::AnswerApplication(_) => REPLY,
            _ => return None,
        };
        let (day, agency) = (call.act.day(), &received(*id, state, step).ok()?.agency);
        let listed = self.lists.lists().agency(agency, day).ok().flatten();
        let short_name = listed.map_or_else(|| place.agency.clone(), |agency| agency.short_name);
        let year = day.year();
        Some((series.stream(&place.agency, year), IssueNumber { short_name, year, series, matter: *id }))
    }

    fn put_number(command: &mut Command, number: String) {
        command.facts.number = Some(number);
    }

    async fn command(
        &self,
        tx: &Tx,
        id: &Uuid,
        state: &Application,
        step: Step,
        _: Option<u64>,
    ) -> Result<Command, ExecuteError> {
        let earlier = match &step {
            Step::AnswerApplication(e) => e.earlier,
            _ => None,
        };
        let earlier = match earlier {
            Some(earlier) => tx.state::<Applications>(&stream(earlier)).await?.as_earlier(),
            None => None,
        };
        let agency = self.lists.lists().agency(&received(*id, state, &step)?.agency, tx.act().day())?;
        Ok(Command { facts: Facts { agency, earlier, number: None }, step })
    }

    /// What was received and answered counts in the agency's year.
    async fn follow(
        &self,
        tx: &Tx,
        id: &Uuid,
        before: &Application,
        events: &[ApplicationEvent],
    ) -> Result<(), ExecuteError> {
        let year = tx.act().day().year();
        for event in events {
            if let Some((agency, count)) = year::counts(*id, year, before, event) {
                tx.decide::<Years>(&year::stream(agency), &count).await?;
            }
        }
        Ok(())
    }
}

impl Procedure for YearProcedure {
    type Decider = Years;
    type Numbers = Unnumbered;
    type Id = Uscc;
    type Step = Report;

    const NOUN: &'static str = "year";

    fn edge(&self) -> &Edge {
        &self.0.edge
    }

    fn stream(&self, agency: &Uscc) -> String {
        year::stream(agency)
    }

    fn begins(_: &Report) -> bool {
        true
    }

    fn owner(_: &Reported) -> Option<Place> {
        None
    }

    fn place(&self, call: &Call, agency: &Uscc, _: &Reported, _: &Report) -> Result<Place, ExecuteError> {
        self.0.listed(call, agency)
    }

    async fn command(
        &self,
        _: &Tx,
        _: &Uscc,
        _: &Reported,
        report: Report,
        _: Option<u64>,
    ) -> Result<year::Command, ExecuteError> {
        let Report::PublishReport(report) = report;
        Ok(year::Command::Publish(report))
    }
}
