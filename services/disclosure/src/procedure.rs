//! What the kernel must know of this service to carry its steps out.

use jiff::civil::{Date, date};
use kernel::{
    Call, ExecuteError, Place, Tx,
    procedure::{Draw, Edge, Matter, Office, Procedure, unknown},
};
use law::{
    id::{OfficerCode, Uscc},
    series::Numbers,
};
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{
        application::{Application, Applications, Command, Facts},
        events::{ApplicationEvent, ApplicationReceived, REGISTER, REPLY, Report, SERIES, SeriesEvent, Step},
        year::{self, Reported, Years},
    },
};

/// The regulations as revised in 2019 (《政府信息公开条例》第五十六条).
const SINCE: Date = date(2019, 5, 15);

/// How an application was received: as recorded, or as the step that begins it says.
fn received<'a>(of: &Matter<'a, Applications>, step: &'a Step) -> Result<&'a ApplicationReceived, ExecuteError> {
    match (of.state.received.as_deref(), step) {
        (Some(received), _) | (None, Step::ReceiveApplication(received)) => Ok(received),
        (None, _) => Err(unknown::<Applications>(of.id)),
    }
}

impl Office for Api {
    type Numbers = Numbers<SeriesEvent>;

    fn edge(&self) -> &Edge {
        &self.edge
    }
}

impl Procedure for Applications {
    type Office = Api;
    type Id = Uuid;
    type Step = Step;

    const NOUN: &'static str = "application";
    const SINCE: Date = SINCE;

    fn stream(application: &Uuid) -> String {
        format!("application/{application}")
    }

    fn owner(state: &Application) -> Option<Place> {
        state.received.as_ref().map(|received| Place::of(&received.agency, &received.region))
    }

    fn begins(api: &Api, call: &Call, _: &Uuid, step: &Step) -> Option<Place> {
        match step {
            Step::ReceiveApplication(e) => Some(api.lists.place(&e.agency, call.act.day(), &call.caller.region)),
            _ => None,
        }
    }

    fn draws(api: &Api, call: &Call, matter: &Matter<'_, Self>, step: &Step) -> Option<Draw> {
        let series = match step {
            Step::ReceiveApplication(_) => REGISTER,
            Step::AnswerApplication(_) => REPLY,
            _ => return None,
        };
        let agency = &received(matter, step).ok()?.agency;
        Some(api.lists.draw(agency, call.act.day(), series, &SERIES, *matter.id, call.number.as_deref()))
    }

    fn put_number(command: &mut Command, number: String) {
        command.facts.number = Some(number);
    }

    async fn command(api: &Api, tx: &Tx, matter: &Matter<'_, Self>, step: Step) -> Result<Command, ExecuteError> {
        let earlier = match &step {
            Step::AnswerApplication(e) => e.earlier,
            _ => None,
        };
        let earlier = match earlier {
            Some(earlier) => tx.state::<Self>(&Self::stream(&earlier)).await?.as_earlier(),
            None => None,
        };
        let named = match &step {
            Step::ExtendAnswer(e) => Some(&e.approved_by),
            Step::AnswerApplication(e) => Some(&e.decided_by),
            _ => None,
        };
        let named: Option<OfficerCode> = named.and_then(|named| named.parse().ok());
        let lists = api.lists.lists();
        let agency = lists.agency(&received(matter, &step)?.agency, tx.act().day())?;
        let officials = lists.officers(named.as_ref(), tx.act().day())?;
        drop(lists);
        Ok(Command { facts: Facts { agency, earlier, officials, number: None }, step })
    }

    /// What was received and answered counts in the agency's year.
    async fn follow(tx: &Tx, matter: &Matter<'_, Self>, events: &[ApplicationEvent]) -> Result<(), ExecuteError> {
        let year = tx.act().day().year();
        for event in events {
            if let Some((agency, count)) = year::counts(*matter.id, year, matter.state, event) {
                tx.decide::<Years>(&year::stream(agency), &count).await?;
            }
        }
        Ok(())
    }
}

impl Procedure for Years {
    type Office = Api;
    type Id = Uscc;
    type Step = Report;

    const NOUN: &'static str = "year";
    const SINCE: Date = SINCE;

    fn stream(agency: &Uscc) -> String {
        year::stream(agency)
    }

    fn owner(_: &Reported) -> Option<Place> {
        None
    }

    fn begins(api: &Api, call: &Call, agency: &Uscc, _: &Report) -> Option<Place> {
        Some(api.lists.place(agency, call.act.day(), &call.caller.region))
    }

    async fn command(
        _: &Api,
        _: &Tx,
        _: &Matter<'_, Self>,
        Report::PublishReport(report): Report,
    ) -> Result<year::Command, ExecuteError> {
        Ok(year::Command::Publish(report))
    }
}
