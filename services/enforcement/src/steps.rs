//! One step of a case, carried out: facts gathered, numbers given out, fines kept, all of it in one append.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::civil::Date;
use kernel::{Call, Caller, Done, ExecuteError, Role, Service, Tx};
use law::{
    Decider as _, Mode, Refusal,
    id::{OfficerCode, RegionCode, Uscc},
};
use tokio::sync::OwnedMutexGuard;
use tonic::Status;
use uuid::Uuid;

use crate::{
    domain::{
        agency::{self, Agencies, Order},
        case::{Case, Cases, Command, Step},
        events::{CaseEvent, CaseFiled, FineLifted, Procedure, SeriesEvent},
        facts::{Facts, Sender, Thresholds},
        party::{self, Parties},
        series::{self, IssueNumber, Kind, Numbers},
    },
    objects::{Digest, Objects},
    replica::{Lists, Replica},
    wire::{Taken, sender_name},
};

/// Series whose lock is kept though nobody holds it; beyond it, idle ones are forgotten.
const IDLE_LOCKS_MAX: usize = 1024;

/// What steps are carried out with.
#[derive(Clone)]
pub(crate) struct Steps {
    pub(crate) service: Service,
    pub(crate) replica: Replica,
    pub(crate) objects: Objects,
    pub(crate) locks: Locks,
}

/// Series of numbers that are being continued: decisions of one agency wait for each other here, instead of running
/// into each other at the ledger.
#[derive(Clone, Default)]
pub(crate) struct Locks(Arc<Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>>);

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

/// The stream of a case.
pub(crate) fn stream(case: Uuid) -> String {
    format!("case/{case}")
}

/// There is no such case.
pub(crate) fn unknown(case: Uuid) -> ExecuteError {
    Refusal::NotFound { what: "case", id: case.to_string() }.into()
}

fn invalid(field: &str, en: String) -> Status {
    ExecuteError::from(Refusal::Invalid { field: field.to_owned(), en }).into()
}

fn sender(caller: &Caller) -> Sender {
    Sender { subject: caller.subject.clone(), name: sender_name(caller).to_owned(), head: caller.has(Role::AgencyHead) }
}

/// The document that a step gives a number to.
fn numbered(step: &Step, filed: &CaseFiled) -> Option<Kind> {
    let simple = filed.procedure == Procedure::Simple;
    match step {
        Step::FileCase(_) => Some(if simple { Kind::SpotFiling } else { Kind::Filing }),
        Step::DecidePenalty(_) => Some(if simple { Kind::SpotPenalty } else { Kind::Penalty }),
        Step::WithholdPenalty(_) => Some(Kind::NoPenalty),
        Step::ArchiveCase(e) if e.archive_number.is_empty() => Some(Kind::Archive),
        _ => None,
    }
}

fn put_number(step: &mut Step, text: String) {
    match step {
        Step::FileCase(e) => e.filing_number = text,
        Step::DecidePenalty(e) => e.number = text,
        Step::WithholdPenalty(e) => e.number = text,
        Step::ArchiveCase(e) => e.archive_number = text,
        _ => {}
    }
}

/// Bytes that a step names beside evidence and records: minutes, documents, lists of contents.
fn documents(step: &Step) -> Option<(&'static str, &str)> {
    let (field, sha256) = match step {
        Step::TakeMeasure(e) => ("record_sha256", e.record_sha256.as_deref()?),
        Step::HoldHearing(e) => ("record_sha256", e.record_sha256.as_str()),
        Step::Deliberate(e) => ("minutes_sha256", e.minutes_sha256.as_str()),
        Step::DecidePenalty(e) => ("document_sha256", e.document_sha256.as_deref()?),
        Step::ArchiveCase(e) => ("contents_sha256", e.contents_sha256.as_str()),
        _ => return None,
    };
    (!sha256.is_empty()).then_some((field, sha256))
}

impl Steps {
    /// Carries one step out.
    ///
    /// # Errors
    /// When the caller may not, the law or the state says no, or something is out of reach.
    pub(crate) async fn take(&self, mut call: Call, case: Uuid, mut step: Step) -> Result<Taken, Status> {
        call.correlation_id.get_or_insert(case);
        let stream = stream(case);
        let known = match &step {
            Step::FileCase(_) => None,
            _ => Some(self.filed(&stream).await?),
        };
        let filed = match (&known, &step) {
            (Some(state), _) => state.filed.as_deref().ok_or_else(|| unknown(case))?,
            (None, Step::FileCase(filed)) => filed,
            _ => return Err(unknown(case).into()),
        };
        call.caller.require_agency(&filed.agency)?;
        let (agency, region) = (filed.agency.clone(), self.region(filed, known.is_some(), call.act.day()));
        let series = numbered(&step, filed).map(|kind| (kind, series::stream(&agency, call.act.day().year(), kind)));
        let object_stored = self.check_objects(&call, &mut step).await?;
        let _turn = match &series {
            Some((_, name)) => Some(self.locks.hold(name).await),
            None => None,
        };
        let work =
            Work { steps: self, case, stream: &stream, step: &step, series, object_stored, after: Mutex::default() };
        let work = &work;
        let done = self.service.execute(&call, agency.as_str(), &region, |tx| work.run(tx)).await?;
        let state = work.after.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(taken(&done, case, &stream, state)?)
    }

    /// A case for what it was filed with. That never changes, so a state from memory will do.
    async fn filed(&self, stream: &str) -> Result<Arc<Case>, ExecuteError> {
        match self.service.recent::<Cases>(stream) {
            Some(state) if state.filed.is_some() => Ok(state),
            _ => Ok(self.service.load::<Cases>(stream).await?.1),
        }
    }

    /// The region of a case's agency: as filed, or as the list has it.
    fn region(&self, filed: &CaseFiled, known: bool, day: Date) -> RegionCode {
        let listed = if known { None } else { self.replica.lists().agency(&filed.agency, day).map(|a| a.region) };
        listed.unwrap_or_else(|| filed.region.clone())
    }

    /// Whether the bytes of evidence or a record are stored; their size is filled in. In handling mode, other bytes that
    /// a step names must be stored, too.
    async fn check_objects(&self, call: &Call, step: &mut Step) -> Result<bool, Status> {
        let handling = call.act.mode == Mode::Handling;
        if let Some((field, sha256)) = documents(step)
            && handling
            && self.stored(sha256).await?.is_none()
        {
            let en = "is no object of the store; hand its bytes in with PutObject first".to_owned();
            return Err(invalid(field, en));
        }
        let Some(sha256) = step.digest() else { return Ok(false) };
        let stored = self.stored(sha256).await?;
        let named = match step {
            Step::CollectEvidence(e) => &mut e.size_bytes,
            Step::MakeRecord(e) => &mut e.size_bytes,
            _ => return Ok(stored.is_some()),
        };
        if let Some(size) = stored {
            if *named == 0 {
                *named = size;
            } else if *named != size {
                let en = format!("is {named}, but the stored object has {size} bytes");
                return Err(invalid("object.size_bytes", en));
            }
        }
        Ok(stored.is_some())
    }

    async fn stored(&self, sha256: &str) -> Result<Option<u64>, Status> {
        let Ok(digest) = sha256.parse::<Digest>() else { return Ok(None) };
        Ok(self.objects.size(&digest).await?)
    }

    /// Carries out an order of an agency.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub(crate) async fn order(&self, call: &Call, agency: &Uscc, order: Order) -> Result<Done, ExecuteError> {
        call.caller.require_agency(agency)?;
        let listed = self.replica.lists().agency(agency, call.act.day()).map(|a| a.region);
        let region = listed.unwrap_or_else(|| call.caller.region.clone());
        let stream = &agency::stream(agency);
        let command = &agency::Command { order, region: region.clone() };
        let work = |tx: Tx| async move {
            tx.decide::<Agencies>(stream, command).await?;
            Ok(())
        };
        self.service.execute(call, agency.as_str(), &region, work).await
    }
}

fn taken(done: &Done, case: Uuid, stream: &str, state: Option<Arc<Case>>) -> Result<Taken, ExecuteError> {
    let mut receipt = done.receipt();
    // The series may stand first in the append; the client asks for the case.
    let versions = done.records.iter().filter(|r| r.stream == stream).map(|r| r.stream_version);
    receipt.stream_version = versions.max().unwrap_or_default();
    let state = state.ok_or_else(|| ExecuteError::internal("a step was carried out without its case"))?;
    Ok(Taken { receipt, case_id: case.to_string(), events: done.events(), case: state })
}

/// A step, as the ledger lets it be tried again.
struct Work<'a> {
    steps: &'a Steps,
    case: Uuid,
    stream: &'a str,
    step: &'a Step,
    series: Option<(Kind, String)>,
    object_stored: bool,
    /// The case after the step, or as it is when the step had been recorded before.
    after: Mutex<Option<Arc<Case>>>,
}

impl Work<'_> {
    async fn run(&self, tx: Tx) -> Result<(), ExecuteError> {
        let case = tx.state::<Cases>(self.stream).await?;
        self.keep(case.clone());
        let filed = match (case.filed.as_deref(), self.step) {
            (Some(filed), _) | (None, Step::FileCase(filed)) => filed,
            _ => return Err(unknown(self.case)),
        };
        let party = party::stream(&filed.party);
        let mut facts = self.facts(&tx, &case, filed)?;
        if let (Step::DecidePenalty(_), Some(party)) = (self.step, &party) {
            facts.fined = tx.state::<Parties>(party).await?.like(self.case, &filed.violation);
        }
        let mut command = Command { facts, step: self.step.clone() };
        // Only a step that will be taken draws a number: what is decided before a refusal must not be remembered.
        if self.series.is_some() && Cases::decide(&case, tx.act(), &command).is_ok() {
            self.number(&tx, filed, &mut command).await?;
        }
        let events = tx.decide::<Cases>(self.stream, &command).await?;
        self.keep(tx.state::<Cases>(self.stream).await?);
        for event in &events {
            if let (Some(command), Some(party)) = (self.fine(filed, event), &party) {
                tx.decide::<Parties>(party, &command).await?;
            }
        }
        Ok(())
    }

    fn keep(&self, case: Arc<Case>) {
        *self.after.lock().unwrap_or_else(PoisonError::into_inner) = Some(case);
    }

    /// Gives the document its number, in the same append as the step.
    async fn number(&self, tx: &Tx, filed: &CaseFiled, command: &mut Command) -> Result<(), ExecuteError> {
        let Some((kind, series)) = &self.series else { return Ok(()) };
        // An agency that the list does not know may still report what it did.
        let agency = command.facts.agency.as_ref();
        let short_name = agency.map_or_else(|| filed.agency.to_string(), |a| a.short_name.clone());
        let ask = IssueNumber { short_name, year: tx.act().day().year(), kind: *kind, case: self.case };
        for SeriesEvent::NumberIssued(issued) in tx.decide::<Numbers>(series, &ask).await? {
            put_number(&mut command.step, issued.text);
        }
        Ok(())
    }

    /// What a party's fines must know of an event (APL 29).
    fn fine(&self, filed: &CaseFiled, event: &CaseEvent) -> Option<party::Command> {
        match event {
            CaseEvent::PenaltyDecided(e) if e.fine_fen > 0 => {
                Some(party::Command::Record(party::fine(filed, &e.number, &e.distinct_from)))
            }
            CaseEvent::DecisionOverturned(e) if e.outcome != "changed" => {
                let (case, reason) = (self.case, format!("{}：{}", e.by, e.document));
                Some(party::Command::Lift(FineLifted { case, reason, at: None }))
            }
            _ => None,
        }
    }

    /// Everything from the lists that the step is decided on, as of its day (APL 37).
    fn facts(&self, tx: &Tx, case: &Case, filed: &CaseFiled) -> Result<Facts, ExecuteError> {
        let (day, then) = (tx.act().day(), filed.violation.last_day());
        let named = self.step.officers();
        let officers: BTreeSet<&OfficerCode> = named.iter().chain(case.officers.iter().map(|o| &o.officer)).collect();
        let lists = self.steps.replica.lists();
        let other = self.step.named_item();
        let asked = [format!("agency/{}", filed.agency), format!("item/{}", filed.item)];
        let asked = asked.into_iter().chain(other.map(|item| format!("item/{item}")));
        readable(&lists, asked.chain(officers.iter().map(|officer| format!("officer/{officer}"))))?;
        Ok(Facts {
            sender: sender(tx.caller()),
            agency: lists.agency(&filed.agency, day),
            item: lists.item(&filed.item, day),
            item_then: lists.item(&filed.item, then),
            standard: lists.standard(&filed.item, day),
            standard_then: lists.standard(&filed.item, then),
            named_item: other.and_then(|item| lists.item(item, day)),
            officers: lists.officers(officers, day),
            thresholds: Thresholds::default(),
            fined: Vec::new(),
            object_stored: self.object_stored,
        })
    }
}

/// Nothing is decided on a list entry that this version could not read in full.
fn readable(lists: &Lists, streams: impl Iterator<Item = String>) -> Result<(), Refusal> {
    for stream in streams {
        if lists.is_incomplete(&stream) {
            return Err(Refusal::state(
                "LIST_UNREADABLE",
                format!("本版本无法完整读取清单中的 {stream}；请升级后再办理"),
                format!("this version cannot read all that the lists say of {stream}; upgrade it first"),
            ));
        }
    }
    Ok(())
}
