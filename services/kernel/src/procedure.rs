//! One command of a matter, from the wire to the ledger and back: the same for every service.
//!
//! A request is read into a step; the procedure waits for what the client has seen elsewhere, asks whose matter it is and
//! whether the caller may touch it, checks the bytes that the step names, gathers the facts in the same transaction,
//! decides, gives the document its number, lets the events lead to what follows from them, and answers. All of it is one
//! append.

use std::{
    collections::HashMap,
    fmt::Display,
    future::{Future, ready},
    pin::Pin,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use jiff::civil::Date;
use law::{
    Act, Decider, Mode, Refusal,
    id::OfficerCode,
    series::{IssueNumber, NumberIssued},
};
use proto::common::v1::{CommandMeta, Receipt};
use tokio::sync::OwnedMutexGuard;
use tonic::{Code, Request, Response, Status};
use tonic_types::{ErrorDetail, RetryInfo, StatusExt as _};
use uuid::Uuid;
use vault::Vault;

use crate::{
    attempts::Attempts,
    call::Call,
    citizen::DigestKey,
    done::Done,
    error::ExecuteError,
    execute::{Place, Service, Tx},
    fields::Fields,
    identity::{Caller, Role},
    objects::{Digest, Objects},
    sealed::{Kept, Secret},
};

/// How long a command waits for what its client has seen of another service.
const SEEN_WAIT_MAX: Duration = Duration::from_secs(5);
/// Series whose lock is kept though nobody holds it; beyond it, idle ones are forgotten.
const IDLE_LOCKS_MAX: usize = 1024;

/// What a service knows of another one, folded from its events.
#[async_trait]
pub trait Follows: Send + Sync {
    /// The service followed, e.g. `powerlist`.
    fn source(&self) -> &str;
    /// Waits until the event at `index` is folded; false if it is not in time.
    async fn wait_for(&self, index: u64, time_max: Duration) -> bool;
}

/// What the commands of one service are carried out with.
#[derive(Clone)]
pub struct Edge {
    /// Ledger, states and clock.
    pub service: Service,
    objects: Option<Objects>,
    /// Refused attempts.
    pub attempts: Attempts,
    key: Option<DigestKey>,
    vault: Option<Arc<Vault>>,
    follows: Arc<[Arc<dyn Follows>]>,
    locks: Locks,
}

impl Edge {
    /// The edge of a service: id numbers are digested under `key`; it knows what it `follows` of other services.
    pub fn new(service: Service, key: DigestKey, follows: Vec<Arc<dyn Follows>>) -> Self {
        Self { key: Some(key), follows: follows.into(), ..Self::plain(service) }
    }

    /// The same edge, with bytes of evidence and documents.
    #[must_use]
    pub fn keeping(self, objects: Objects) -> Self {
        Self { objects: Some(objects), ..self }
    }

    /// The same edge, with a vault for what no record may hold.
    #[must_use]
    pub fn sealing(self, vault: Arc<Vault>) -> Self {
        Self { vault: Some(vault), ..self }
    }

    /// The vault.
    ///
    /// # Errors
    /// UNIMPLEMENTED in a service that has none.
    pub fn vault(&self) -> Result<&Vault, Status> {
        self.vault.as_deref().ok_or_else(|| Status::unimplemented("this service seals nothing"))
    }

    /// The edge of a service that keeps no bytes, is told no id numbers and follows nobody.
    pub fn plain(service: Service) -> Self {
        let attempts = Attempts::new(service.ledger().clone());
        Self {
            service,
            objects: None,
            attempts,
            key: None,
            vault: None,
            follows: Arc::default(),
            locks: Locks::default(),
        }
    }

    /// Bytes of evidence and documents.
    ///
    /// # Errors
    /// UNIMPLEMENTED in a service that keeps none.
    pub fn objects(&self) -> Result<&Objects, Status> {
        self.objects.as_ref().ok_or_else(|| Status::unimplemented("this service keeps no bytes"))
    }

    /// Under which id numbers and secrets are digested.
    ///
    /// # Errors
    /// UNIMPLEMENTED in a service that is told neither.
    pub fn key(&self) -> Result<&DigestKey, Status> {
        self.key.as_ref().ok_or_else(|| Status::unimplemented("this service is told no secrets"))
    }

    /// Waits for what the client has seen of the services that this one follows. What it does not follow cannot matter
    /// to it.
    async fn wait_for_seen(&self, call: &Call) -> Result<(), Status> {
        for seen in &call.seen {
            let Some(followed) = self.follows.iter().find(|f| f.source() == seen.source) else { continue };
            if !followed.wait_for(seen.log_index, SEEN_WAIT_MAX).await {
                let what = format!("event {} of {} is not known here yet; try again", seen.log_index, seen.source);
                let retry = ErrorDetail::RetryInfo(RetryInfo::new(Some(Duration::from_secs(1))));
                return Err(Status::with_error_details_vec(Code::Unavailable, what, vec![retry]));
            }
        }
        Ok(())
    }
}

/// Series of numbers that are being continued: decisions of one agency wait for each other here, instead of running
/// into each other at the ledger.
#[derive(Clone, Default)]
struct Locks(Arc<Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>>);

impl Locks {
    async fn hold(&self, series: &str) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if locks.len() > IDLE_LOCKS_MAX {
                locks.retain(|_, lock| Arc::strong_count(lock) > 1);
            }
            locks.entry(series.to_owned()).or_default().clone()
        };
        lock.lock_owned().await
    }
}

/// The bytes that a step names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bytes<'a> {
    /// The digest of bytes that the step takes in. Whether they are stored, and of what size, is a fact for the rules.
    pub own: Option<&'a str>,
    /// A document that it names beside: field and digest. In handling mode it must be stored.
    pub document: Option<(&'static str, &'a str)>,
}

/// The series that a step's document draws its number from: the stream, and what to ask of it.
pub type Draw = (String, IssueNumber);

/// What the steps of a service are carried out with; its API is it.
pub trait Office: Send + Sync + 'static {
    /// What gives out document numbers; [`law::series::Unnumbered`] where nothing is numbered.
    type Numbers: Decider<Command = IssueNumber, Event: AsRef<NumberIssued>>;

    /// Ledger, states, bytes and clock.
    fn edge(&self) -> &Edge;

    /// Whether the caller may act on what is there: what belongs to its own agency.
    ///
    /// # Errors
    /// When it may not.
    fn allows(caller: &Caller, place: &Place) -> Result<(), ExecuteError> {
        match &place.agency {
            Some(agency) => caller.require_agency(agency),
            None => caller.require_region(&place.region),
        }
    }
}

/// A matter as a step finds it.
pub struct Matter<'a, P: Procedure> {
    /// Its name.
    pub id: &'a P::Id,
    /// What is known of it.
    pub state: &'a P::State,
    /// The size of the bytes that the step takes in, if they are in the store.
    pub stored: Option<u64>,
}

/// One aggregate of a service, as its commands need it. Everything that is the same for all stands in [`command`].
pub trait Procedure: Decider + Sized {
    /// What its steps are carried out with.
    type Office: Office;
    /// What names a matter.
    type Id: FromStr<Err: Display> + Display + Clone + Send + Sync;
    /// What may be asked.
    type Step: Clone + Send + Sync + 'static;

    /// What a matter is called where there is none, e.g. `case`.
    const NOUN: &'static str;

    /// The first day of the first law on record for its kind: no act before it could be held against any.
    const SINCE: Date;

    /// The stream of a matter.
    fn stream(id: &Self::Id) -> String;

    /// Whose matter it is, as recorded; `None` before it begins.
    fn owner(state: &Self::State) -> Option<Place>;

    /// Whose matter it becomes that the step begins; `None` for a step that needs one begun already.
    fn begins(office: &Self::Office, call: &Call, id: &Self::Id, step: &Self::Step) -> Option<Place>;

    /// What the matter belongs to, where that is not the matter itself: it began with a matter of another service.
    fn correlation(_: &Self::State, _: &Self::Step) -> Option<Uuid> {
        None
    }

    /// Who takes a step of a matter that is another's: one side of it answers for itself. `None`: whose matter it is.
    fn acts(_: &Caller, _: &Self::State, _: &Self::Step) -> Option<Place> {
        None
    }

    /// The bytes that a step names.
    fn bytes(_: &Self::Step) -> Bytes<'_> {
        Bytes::default()
    }

    /// The number that the step's document is to draw.
    fn draws(_: &Self::Office, _: &Call, _: &Matter<'_, Self>, _: &Self::Step) -> Option<Draw> {
        None
    }

    /// Puts the number drawn where the step has its place.
    fn put_number(_: &mut Self::Command, _: String) {}

    /// The command: the step with the facts that it is decided on, gathered in the same transaction.
    fn command(
        office: &Self::Office,
        tx: &Tx,
        matter: &Matter<'_, Self>,
        step: Self::Step,
    ) -> impl Future<Output = Result<Self::Command, ExecuteError>> + Send;

    /// What else the events lead to, in the same append. The matter is as it was before them.
    fn follow(
        _: &Tx,
        _: &Matter<'_, Self>,
        _: &[Self::Event],
    ) -> impl Future<Output = Result<(), ExecuteError>> + Send {
        ready(Ok(()))
    }
}

/// There is no such matter.
pub fn unknown<P: Procedure>(id: &P::Id) -> ExecuteError {
    Refusal::NotFound { what: P::NOUN, id: id.to_string() }.into()
}

/// What a step is read with, beside the request.
#[derive(Debug)]
pub struct Sent<'a, I> {
    /// The matter; `None` when its name cannot be read, which is a fault already.
    pub id: Option<&'a I>,
    /// When, in which mode.
    pub act: &'a Act,
    /// Who sends it.
    pub caller: &'a Caller,
    /// What of it went into the vault.
    pub kept: &'a Kept,
}

impl<I> Sent<'_, I> {
    /// A fault where the step is reported: what is sealed is opened here and now, because an opening that is told afterwards
    /// would be one that nobody held against the law.
    pub fn at_once(&self, f: &mut Fields) -> Option<()> {
        if self.act.mode == Mode::Handling {
            return Some(());
        }
        f.fault("meta.mode", "what is sealed is opened here and now: send it in handling mode");
        None
    }

    /// The sender's personnel number, for what one does at once and in no other's name.
    pub fn opener(&self, f: &mut Fields) -> Option<OfficerCode> {
        self.at_once(f)?;
        f.parse("meta", &self.caller.subject)
    }

    /// The personnel number of the head whom a request names, or the sender's when it names none and the sender is a head.
    pub fn head(&self, f: &mut Fields, path: &str, named: &str) -> Option<String> {
        let named = f.told(path, named)?;
        let sender = named.is_empty() && self.caller.has(Role::AgencyHead);
        Some(if sender { self.caller.subject.clone() } else { named })
    }
}

/// What a step has come to, for its answer.
pub struct Taken<P: Procedure> {
    /// What was recorded.
    pub receipt: Receipt,
    /// The matter, as the request named it.
    pub id: String,
    /// The matter afterwards.
    pub state: Arc<P::State>,
    /// What was recorded, whole.
    done: Done,
}

impl<P: Procedure> Taken<P> {
    /// The matter's events that were recorded, read anew: most answers say nothing of them.
    pub fn events(&self) -> Vec<P::Event> {
        self.done.events()
    }
}

/// A request that is one step of one matter; see [`asks!`](crate::asks).
pub trait Ask<P: Procedure>: prost::Message + Sized + 'static {
    /// Its answer.
    type Answer: Send;

    /// The frame.
    fn meta(&self) -> Option<&CommandMeta>;

    /// The field that names the matter, and what it says.
    fn matter(&self) -> (&'static str, &str);

    /// Takes out what must not go further: after this, no digest, log or record can hold it. `None`: the service has no
    /// key, so it is told no id numbers.
    fn protect(&mut self, _: &mut Fields, _: Option<&DigestKey>) {}

    /// Takes out what goes to the vault and nowhere else, and leaves keyed digests in its place.
    fn secrets(&mut self, _: &mut Fields, _: Option<&DigestKey>) -> Vec<Secret> {
        Vec::new()
    }

    /// Fills in what the request may leave open and the service knows.
    fn fill(&mut self, _: &P::Office) -> impl Future<Output = Result<(), Status>> + Send {
        ready(Ok(()))
    }

    /// The step; `None` when a field is at fault.
    fn read(&self, f: &mut Fields, sent: &Sent<'_, P::Id>) -> Option<P::Step>;

    /// The answer.
    fn answer(office: &P::Office, taken: Taken<P>) -> impl Future<Output = Result<Self::Answer, Status>> + Send;
}

/// Whether an answer says for good that nothing was recorded.
pub fn refused_for_good(status: &Status) -> bool {
    use Code::{FailedPrecondition, InvalidArgument, NotFound, PermissionDenied};
    matches!(status.code(), FailedPrecondition | InvalidArgument | NotFound | PermissionDenied)
}

/// Carries one command out.
///
/// # Errors
/// INVALID_ARGUMENT with every wrong field; otherwise as [`ExecuteError`] says.
pub fn command<P: Procedure, R: Ask<P>>(
    office: &P::Office,
    request: Request<R>,
) -> impl Future<Output = Result<Response<R::Answer>, Status>> + Send {
    command_as(office, request, |_, _| ())
}

/// The same where the service says what the client cannot: `complete` changes the frame and the request once the command has
/// its digest, so that a repeat stays one.
///
/// # Errors
/// As [`command`].
pub async fn command_as<P: Procedure, R: Ask<P>>(
    office: &P::Office,
    mut request: Request<R>,
    complete: impl FnOnce(&mut Call, &mut R) + Send,
) -> Result<Response<R::Answer>, Status> {
    let edge = office.edge();
    let mut f = Fields::new();
    request.get_mut().protect(&mut f, edge.key.as_ref());
    let secrets = request.get_mut().secrets(&mut f, edge.key.as_ref());
    let mut call = Call::parse(&request, request.get_ref().meta(), &edge.service)?;
    complete(&mut call, request.get_mut());
    if let Some(why) = edge.service.before_the_law(&call, P::SINCE, P::NOUN).await? {
        f.fault("meta.at", why);
    }
    request.get_mut().fill(office).await?;
    let (path, name) = request.get_ref().matter();
    let id = f.parse::<P::Id>(path, name);
    let kept = if f.is_clean() { edge.seal(call.command_id, name, secrets).await? } else { Kept::default() };
    let sent = Sent { id: id.as_ref(), act: &call.act, caller: &call.caller, kept: &kept };
    let step = request.get_ref().read(&mut f, &sent);
    let taken = take_as_read::<P>(office, call, f, id.zip(step), &kept).await?;
    Ok(Response::new(R::answer(office, taken).await?))
}

/// What is the same whatever was asked: compiled once, and looked into once, for all that may be asked of a matter.
fn take_as_read<'a, P: Procedure>(
    office: &'a P::Office,
    mut call: Call,
    f: Fields,
    read: Option<(P::Id, P::Step)>,
    kept: &'a Kept,
) -> Pin<Box<dyn Future<Output = Result<Taken<P>, Status>> + Send + 'a>> {
    let edge = office.edge();
    let asked = (call.command_id, call.digest);
    let taken = async move {
        let Some((id, step)) = read else { return Err(f.status()) };
        f.finish()?;
        edge.wait_for_seen(&call).await?;
        // What it has waited for may be a notice.
        call.act.calendar = edge.service.calendar();
        take(office, &mut call, &id, &step).await
    };
    Box::pin(async move {
        let taken = taken.await;
        if taken.as_ref().is_err_and(refused_for_good) {
            edge.unneeded(asked, kept).await;
        }
        taken
    })
}

/// Carries one step out, read already.
///
/// # Errors
/// When the caller may not, the law or the state says no, or something is out of reach.
pub async fn take<P: Procedure>(
    office: &P::Office,
    call: &mut Call,
    id: &P::Id,
    step: &P::Step,
) -> Result<Taken<P>, Status> {
    let edge = office.edge();
    let stream = P::stream(id);
    let begun = P::begins(office, call, id, step);
    let admitted = begun.is_none();
    let lets_in = |state: &P::State| {
        place::<P>(&call.caller, state, step).is_some_and(|place| P::Office::allows(&call.caller, &place).is_ok())
    };
    let state = match edge.service.recent::<P>(&stream) {
        _ if begun.is_some() => Arc::default(),
        // Another process may have given it to another: whom memory keeps out may be let in by now, and whom it lets in is
        // looked at again where the step is taken.
        Some(state) if lets_in(&state) => state,
        _ => edge.service.load::<P>(&stream).await?.1,
    };
    if let Some(correlation) = P::correlation(&state, step).or_else(|| id.to_string().parse().ok()) {
        call.correlation_id.get_or_insert(correlation);
    }
    let place = begun.or_else(|| place::<P>(&call.caller, &state, step)).ok_or_else(|| unknown::<P>(id))?;
    P::Office::allows(&call.caller, &place)?;
    let stored = stored(edge, call, P::bytes(step)).await?;
    Ok(carry(office, call, Begun { place, admitted, state, stored }, id, step, None).await?)
}

/// For whom a step of a matter is taken: the side that answers for itself, or whose the matter is.
fn place<P: Procedure>(caller: &Caller, state: &P::State, step: &P::Step) -> Option<Place> {
    P::acts(caller, state, step).or_else(|| P::owner(state))
}

/// Carries out a step that an event of another service leads to: nobody's token is asked, and `also`, if there is any, is
/// recorded in the same append.
pub(crate) async fn led<P: Procedure>(
    office: &P::Office,
    call: &Call,
    id: &P::Id,
    step: &P::Step,
    also: Option<&Also>,
) -> Result<(), ExecuteError> {
    let (edge, stream) = (office.edge(), P::stream(id));
    let begun = P::begins(office, call, id, step);
    let state = if begun.is_some() { Arc::default() } else { edge.service.load::<P>(&stream).await?.1 };
    let place = begun.or_else(|| P::owner(&state)).ok_or_else(|| unknown::<P>(id))?;
    // What belongs to another matter stays in its trail, whoever's event led to it.
    let correlation_id = P::correlation(&state, step).or(call.correlation_id);
    let call = &Call { correlation_id, ..call.clone() };
    carry::<P>(office, call, Begun { place, admitted: false, state, stored: None }, id, step, also).await.map(drop)
}

/// What is recorded beside a step, in the same append.
pub(crate) type Also = dyn Fn(Tx) -> Pin<Box<dyn Future<Output = Result<(), ExecuteError>> + Send>> + Send + Sync;

/// A matter when a step comes to it.
struct Begun<P: Procedure> {
    /// Whose it is.
    place: Place,
    /// Whether somebody was let in because it is so.
    admitted: bool,
    /// Its state, as far as it never changes.
    state: Arc<P::State>,
    /// The size of the bytes that the step takes in, if they are stored.
    stored: Option<u64>,
}

async fn carry<P: Procedure>(
    office: &P::Office,
    call: &Call,
    Begun { place, admitted, state, stored }: Begun<P>,
    id: &P::Id,
    step: &P::Step,
    also: Option<&Also>,
) -> Result<Taken<P>, ExecuteError> {
    let edge = office.edge();
    let (name, stream) = (id.to_string(), P::stream(id));
    let draw = P::draws(office, call, &Matter { id, state: &state, stored }, step);
    if call.number.is_some() && draw.is_none() {
        let en = "the document of this step has no number; leave it out".to_owned();
        return Err(Refusal::Invalid { field: "meta.document_number".to_owned(), en }.into());
    }
    let _turn = match &draw {
        Some((series, _)) => Some(edge.locks.hold(series).await),
        None => None,
    };
    let work: &Work<'_, P> = &Work {
        office,
        id,
        stream: &stream,
        step,
        place: admitted.then_some(&place),
        draw,
        stored,
        also,
        after: Mutex::default(),
    };
    let done = edge.service.execute(call, &place, |tx| work.run(tx)).await?;
    let after = work.after.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let state = after.ok_or_else(|| ExecuteError::internal("a step was carried out without its matter"))?;
    Ok(taken(done, name, &stream, state))
}

fn taken<P: Procedure>(done: Done, id: String, stream: &str, state: Arc<P::State>) -> Taken<P> {
    let mut receipt = done.receipt();
    // The series may stand first in the append; the client asks for the matter.
    let versions = done.records.iter().filter(|r| r.stream == stream).map(|r| r.stream_version);
    receipt.stream_version = versions.max().unwrap_or_default();
    Taken { receipt, id, state, done }
}

/// The size of the bytes that a step takes in, if they are stored.
async fn stored(edge: &Edge, call: &Call, bytes: Bytes<'_>) -> Result<Option<u64>, Status> {
    if let Some((field, sha256)) = bytes.document
        && call.act.mode == Mode::Handling
        && size(edge, sha256).await?.is_none()
    {
        let en = "is no object of the store; hand its bytes in with PutObject first".to_owned();
        return Err(ExecuteError::from(Refusal::Invalid { field: field.to_owned(), en }).into());
    }
    match bytes.own {
        Some(sha256) => size(edge, sha256).await,
        None => Ok(None),
    }
}

async fn size(edge: &Edge, sha256: &str) -> Result<Option<u64>, Status> {
    let Ok(digest) = sha256.parse::<Digest>() else { return Ok(None) };
    let Some(objects) = &edge.objects else { return Ok(None) };
    Ok(objects.size(&digest).await?)
}

/// A step, as the ledger lets it be tried again.
struct Work<'a, P: Procedure> {
    office: &'a P::Office,
    id: &'a P::Id,
    stream: &'a str,
    step: &'a P::Step,
    /// Whose the matter is, where somebody was let in because it is so.
    place: Option<&'a Place>,
    draw: Option<Draw>,
    stored: Option<u64>,
    /// What is recorded beside it.
    also: Option<&'a Also>,
    /// The matter after the step, or as it is when the step had been recorded before.
    after: Mutex<Option<Arc<P::State>>>,
}

impl<P: Procedure> Work<'_, P> {
    async fn run(&self, tx: Tx) -> Result<(), ExecuteError> {
        let before = tx.state::<P>(self.stream).await?;
        if let Some(known) = self.place
            && let Some(now) = place::<P>(tx.caller(), &before, self.step)
            && now != *known
        {
            // It has come to another since the caller was let in.
            P::Office::allows(tx.caller(), &now)?;
            return Err(ExecuteError::Conflict);
        }
        self.keep(before.clone());
        let matter = Matter { id: self.id, state: &*before, stored: self.stored };
        let mut command = P::command(self.office, &tx, &matter, self.step.clone()).await?;
        // Only a step that will be taken draws a number: what is decided before a refusal must not be remembered.
        if let Some((series, ask)) = &self.draw
            && tx.takes::<P>(self.stream, &command).await?
        {
            for issued in tx.decide::<<P::Office as Office>::Numbers>(series, ask).await? {
                P::put_number(&mut command, issued.as_ref().text.clone());
            }
        }
        let events = tx.decide::<P>(self.stream, &command).await?;
        self.keep(tx.state::<P>(self.stream).await?);
        P::follow(&tx, &matter, &events).await?;
        match self.also {
            Some(also) => also(tx).await,
            None => Ok(()),
        }
    }

    fn keep(&self, state: Arc<P::State>) {
        *self.after.lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
    }
}

/// The RPCs of a service that are steps, made of its API: `proto::<service>_steps!(kernel::serve)` within the
/// implementation of its trait, for what is the [`Office`](crate::procedure::Office) of each of its procedures. Written out
/// as `async_trait` would, because an attribute does not see into a macro.
#[macro_export]
macro_rules! serve {
    ($($rpc:ident $method:ident($request:path) -> $response:path;)*) => {$(
        fn $method<'life0, 'async_trait>(
            &'life0 self,
            request: tonic::Request<$request>,
        ) -> std::pin::Pin<
            Box<dyn Future<Output = Result<tonic::Response<$response>, tonic::Status>> + Send + 'async_trait>,
        >
        where
            'life0: 'async_trait,
            Self: 'async_trait,
        {
            Box::pin($crate::procedure::command(self, request))
        }
    )*};
}

/// Declares requests that are steps: every field is read before any is missed, so that all faults are told at once.
///
/// ```text
/// kernel::asks! { Cases, Step, case_id;
///     RequestRecusalRequest => RequestRecusal(RecusalRequested) |r, f, s| {
///         officer: f.parse("officer", &r.officer),
///     };
///     FileCaseRequest => FileCase(CaseFiled) |r, f, s| { … } -> Recorded |e, t| {
///         number: e.map(|e| e.filing_number.clone()).unwrap_or_default(),
///     };
/// }
/// ```
///
/// First the procedure, its steps and the field that names the matter; then by line the request, the step with its event,
/// and the event's fields, read from the request `r` with the fields' reader `f` and what was sent beside it `s`. An answer
/// that says more than what was recorded follows with its fields, from the event `e` and what the step came to `t`. The
/// event gets its legal time in `at`.
///
/// A request whose step is no such list of fields says more itself:
///
/// ```text
/// kernel::asks! { Items;
///     DraftItemRequest |r| ("item", &r.item) => |r, f, s| { Some(…) }
///         fill |r, of| { … }
///         -> DraftItemResponse |t| { … };
/// }
/// ```
///
/// The field that names the matter and what it says; a block that reads the step; what it may leave open and the
/// service knows; an answer of its own.
#[macro_export]
macro_rules! asks {
    ($procedure:ident, $steps:ident, $id:ident;
     $($request:ident => $step:ident($event:ident) |$r:ident, $f:ident, $s:ident| {
        $($field:ident: $read:expr),* $(,)?
     } $(protect |$pr:ident, $pf:ident, $pk:ident| $protect:block)?
       $(seals |$sr:ident, $sf:ident, $sk:ident| $seals:block)?
       $(-> $answer:ident |$e:ident, $t:ident| { $($out:ident: $value:expr),* $(,)? })?;)*) => {$(
        impl $crate::procedure::Ask<$procedure> for $request {
            type Answer = $crate::asks!(@answer $($answer)?);

            fn meta(&self) -> Option<&proto::common::v1::CommandMeta> {
                self.meta.as_ref()
            }

            fn matter(&self) -> (&'static str, &str) {
                (stringify!($id), &self.$id)
            }

            $(fn protect(&mut self, $pf: &mut $crate::Fields, key: Option<&$crate::citizen::DigestKey>) {
                let $pr = self;
                match key {
                    Some($pk) => $protect,
                    None => $pf.fault("meta", "may hold an id number, which this service cannot digest"),
                }
            })?

            $(fn secrets(
                &mut self,
                $sf: &mut $crate::Fields,
                key: Option<&$crate::citizen::DigestKey>,
            ) -> Vec<$crate::sealed::Secret> {
                let $sr = self;
                match key {
                    Some($sk) => $seals,
                    None => {
                        $sf.fault("meta", "is about a person, whom this service cannot seal");
                        Vec::new()
                    }
                }
            })?

            fn read(
                &self,
                $f: &mut $crate::Fields,
                $s: &$crate::procedure::Sent<'_, <$procedure as $crate::procedure::Procedure>::Id>,
            ) -> Option<$steps> {
                let $r = self;
                $(let $field = $read;)*
                Some($steps::$step($event { $($field: $field?,)* at: Some($s.act.at) }))
            }

            async fn answer(
                _: &<$procedure as $crate::procedure::Procedure>::Office,
                taken: $crate::procedure::Taken<$procedure>,
            ) -> Result<Self::Answer, tonic::Status> {
                Ok($crate::asks!(@reply taken, $event $(-> $answer |$e, $t| { $($out: $value),* })?))
            }
        }
    )*};
    ($procedure:ident;
     $($request:ident |$m:ident| $matter:expr => |$r:ident, $f:ident, $s:ident| $read:block
       $(fill |$c:ident, $of:ident| $fill:block)?
       $(seals |$sr:ident, $sf:ident, $sk:ident| $seals:block)?
       $(-> $answer:ident |$t:ident $(, $by:ident)?| $reply:block)?;)*) => {$(
        impl $crate::procedure::Ask<$procedure> for $request {
            type Answer = $crate::asks!(@answer $($answer)?);

            fn meta(&self) -> Option<&proto::common::v1::CommandMeta> {
                self.meta.as_ref()
            }

            fn matter(&self) -> (&'static str, &str) {
                let $m = self;
                $matter
            }

            $(async fn fill(&mut self, $of: &<$procedure as $crate::procedure::Procedure>::Office) -> Result<(), tonic::Status> {
                let $c = self;
                $fill
            })?

            $(fn secrets(
                &mut self,
                $sf: &mut $crate::Fields,
                key: Option<&$crate::citizen::DigestKey>,
            ) -> Vec<$crate::sealed::Secret> {
                let $sr = self;
                match key {
                    Some($sk) => $seals,
                    None => {
                        $sf.fault("meta", "is about a person, whom this service cannot seal");
                        Vec::new()
                    }
                }
            })?

            fn read(
                &self,
                $f: &mut $crate::Fields,
                $s: &$crate::procedure::Sent<'_, <$procedure as $crate::procedure::Procedure>::Id>,
            ) -> Option<<$procedure as $crate::procedure::Procedure>::Step> {
                let $r = self;
                $read
            }

            async fn answer(
                office: &<$procedure as $crate::procedure::Procedure>::Office,
                taken: $crate::procedure::Taken<$procedure>,
            ) -> Result<Self::Answer, tonic::Status> {
                let _ = office;
                Ok($crate::asks!(@said taken, office $(-> |$t $(, $by)?| $reply)?))
            }
        }
    )*};
    (@say $taken:ident) => {
        proto::common::v1::Recorded { receipt: Some($taken.receipt), id: $taken.id, number: String::new() }
    };
    (@said $taken:ident, $office:ident) => { $crate::asks!(@say $taken) };
    (@said $taken:ident, $office:ident -> |$t:ident| $reply:block) => {{
        let $t = $taken;
        $reply
    }};
    (@said $taken:ident, $office:ident -> |$t:ident, $by:ident| $reply:block) => {{
        let ($t, $by) = ($taken, $office);
        $reply
    }};
    (@answer) => { proto::common::v1::Recorded };
    (@answer $answer:ident) => { $answer };
    (@reply $taken:ident, $event:ident) => { $crate::asks!(@say $taken) };
    (@reply $taken:ident, $event:ident -> $answer:ident |$e:ident, $t:ident| { $($out:ident: $value:expr),* }) => {{
        let $t = &$taken;
        let events = $t.events();
        let $e = events.iter().find_map(|e| <&$event>::try_from(e).ok());
        $(let $out = $value;)*
        $answer { receipt: Some($taken.receipt), id: $taken.id, $($out,)* }
    }};
}

#[cfg(test)]
mod tests;
