//! What the kernel must know of this service to carry its steps out.

use jiff::civil::{Date, date};
use kernel::{
    Call, Caller, ExecuteError, Place, Tx,
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
        act::{self, Acts},
        appeal::{Appeal, Appeals, Command, Step},
        events::{ActAppealed, AppealEvent, ApplicationReceived, SERIES, SeriesEvent},
        facts::Facts,
    },
};

/// The Administrative Reconsideration Law as revised in 2023 (《行政复议法》第九十条).
const SINCE: Date = date(2024, 1, 1);

/// How an application was received: as recorded, or as the step that makes it says.
fn received<'a>(of: &Matter<'a, Appeals>, step: &'a Step) -> Result<&'a ApplicationReceived, ExecuteError> {
    of.state.received.as_deref().or(step.application()).ok_or_else(|| unknown::<Appeals>(of.id))
}

impl Office for Api {
    type Numbers = Numbers<SeriesEvent>;

    fn edge(&self) -> &Edge {
        &self.edge
    }
}

impl Procedure for Appeals {
    type Office = Api;
    type Id = Uuid;
    type Step = Step;

    const NOUN: &'static str = "appeal";
    const SINCE: Date = SINCE;

    fn stream(appeal: &Uuid) -> String {
        format!("appeal/{appeal}")
    }

    fn owner(state: &Appeal) -> Option<Place> {
        state.received.as_deref().map(|received| Place::of(&received.organ.agency, &received.organ.region))
    }

    fn begins(api: &Api, call: &Call, _: &Uuid, step: &Step) -> Option<Place> {
        let organ = &step.application()?.organ;
        Some(api.lists.place(&organ.agency, call.act.day(), &organ.region))
    }

    /// What is appealed against goes on in the trail of its case.
    fn correlation(state: &Appeal, step: &Step) -> Option<Uuid> {
        state.received.as_deref().or(step.application())?.act.case
    }

    /// What the respondent answers for it may record itself, or the organ for it; a letter is its addressee's to answer.
    fn acts(caller: &Caller, state: &Appeal, step: &Step) -> Option<Place> {
        let received = state.received.as_deref()?;
        if !step.named().by_respondent || caller.agency.as_ref() == Some(&received.organ.agency) {
            return None;
        }
        let letter = match step {
            Step::AnswerLetter(e) => state.letters.get(&e.letter),
            _ => None,
        };
        let side = letter.map_or_else(|| received.respondent.whose(), |letter| letter.to.clone());
        Some(Place::of(&side.agency, &side.region))
    }

    fn draws(api: &Api, call: &Call, matter: &Matter<'_, Self>, step: &Step) -> Option<Draw> {
        let organ = &received(matter, step).ok()?.organ.agency;
        let series = step.named().series?;
        Some(api.lists.draw(organ, call.act.day(), series, &SERIES, *matter.id, call.number.as_deref()))
    }

    fn put_number(command: &mut Command, number: String) {
        command.facts.number = Some(number);
    }

    async fn command(api: &Api, tx: &Tx, matter: &Matter<'_, Self>, step: Step) -> Result<Command, ExecuteError> {
        let received = received(matter, &step)?;
        let earlier = match act::stream(received) {
            Some(act) => tx.state::<Acts>(&act).await?.but_for(*matter.id),
            None => Vec::new(),
        };
        let (named, day) = (step.named(), tx.act().day());
        let head: Option<OfficerCode> = named.head.and_then(|head| head.parse().ok());
        let lists = api.lists.lists();
        let agency = |code: &Uscc| lists.agency(code, day);
        let facts = Facts {
            organ: agency(&received.organ.agency)?,
            respondent: agency(&received.respondent.agency)?,
            named: named.agency.map(agency).transpose()?.flatten(),
            item: received.act.item.as_ref().map(|item| lists.item(item, received.act.done)).transpose()?.flatten(),
            officers: lists.officers(named.officers.iter().copied().chain(head.as_ref()), day)?,
            earlier,
            number: None,
        };
        drop(lists);
        Ok(Command { facts, step })
    }

    /// An accepted application counts against its act.
    async fn follow(tx: &Tx, matter: &Matter<'_, Self>, events: &[AppealEvent]) -> Result<(), ExecuteError> {
        let accepted = events.iter().any(|event| matches!(event, AppealEvent::ApplicationAccepted(_)));
        let Some(received) = matter.state.received.as_deref().filter(|_| accepted) else { return Ok(()) };
        let Some(act) = act::stream(received) else { return Ok(()) };
        let applicant = received.applicant.key().map(str::to_owned);
        tx.decide::<Acts>(&act, &ActAppealed { appeal: *matter.id, applicant }).await?;
        Ok(())
    }
}
