//! Plays a plan through the suite's own API, hour by hour.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::{StreamExt as _, stream};
use jiff::Timestamp;
use kernel::{Caller, DEMONSTRATION, Role, SystemClock, peer::Routes};
use proto::{
    common::v1::{CommandMeta, Mode, Receipt, Seen},
    enforcement::v1::{PutObjectRequest, enforcement_client::EnforcementClient},
    powerlist::v1::powerlist_client::PowerlistClient,
};
use tonic::Status;
use uuid::Uuid;

use super::{
    answer::{imported, judge, transient},
    ask::Bearer,
    lists::{ListAsk, ListStep},
    plan::Seed,
    step::{After, Bytes, Expect, Script, Seat, Step},
    words,
};
use crate::{Failure, up::Suite};

/// Commands under way at once: one for each agency.
const AT_ONCE: usize = 12;
/// Unexpected answers that are told before the play is given up.
const FAULTS_MAX: usize = 10;
/// Tries of a command that the suite could not take at the moment.
const TRIES_MAX: u32 = 6;
/// How often, and for how long, it is asked whether a service has followed another one.
const FOLLOWED_EVERY: Duration = Duration::from_millis(2);
const FOLLOWED_MAX: Duration = Duration::from_secs(30);
/// Validity of the play's tokens.
const TOKEN_SECONDS: i64 = 6 * 3600;
/// Room for the answer to an import.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A step that waits for its hour.
pub(super) struct Due {
    /// Number of its script.
    pub(super) script: u32,
    pub(super) agency: Arc<str>,
    pub(super) command: Uuid,
    pub(super) index: usize,
    pub(super) step: Step,
}

/// The suite as the play's people reach it.
pub(super) struct Player<'a> {
    suite: &'a Suite,
    seed: Seed,
    channel: Routes,
    powerlist: PowerlistClient<Routes>,
    tokens: Mutex<HashMap<(Arc<str>, Seat), Bearer>>,
    handed_in: Mutex<BTreeSet<[u8; 32]>>,
    faults: Mutex<Vec<String>>,
    /// Scripts that went wrong: their later steps are left out.
    stopped: Mutex<BTreeSet<u32>>,
    /// What the list office wrote last, which every agency has seen.
    seen: Mutex<Vec<Seen>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Player<'a> {
    /// Nothing is played yet.
    pub(super) fn new(suite: &'a Suite, seed: Seed) -> Self {
        let channel = suite.routes.clone();
        Self {
            suite,
            seed,
            powerlist: PowerlistClient::new(channel.clone())
                .max_decoding_message_size(ANSWER_BYTES_MAX)
                .max_encoding_message_size(ANSWER_BYTES_MAX),
            channel,
            tokens: Mutex::default(),
            handed_in: Mutex::default(),
            faults: Mutex::default(),
            stopped: Mutex::default(),
            seen: Mutex::default(),
        }
    }

    fn issue(&self, caller: &Caller) -> Result<Bearer, Failure> {
        let token = self.suite.issuer.issue(caller, &SystemClock, TOKEN_SECONDS)?;
        Ok(Bearer(format!("Bearer {token}").parse()?))
    }

    /// The token of somebody of an agency.
    fn token(&self, agency: &Arc<str>, seat: &Seat) -> Result<Bearer, Failure> {
        let key = (agency.clone(), seat.clone());
        if let Some(token) = lock(&self.tokens).get(&key) {
            return Ok(token.clone());
        }
        let own: &str = agency;
        let (agency, code, name, role) = match seat {
            Seat::Officer(code, name) => (own, code, name, Role::Officer),
            Seat::Head(code, name) => (own, code, name, Role::AgencyHead),
            Seat::Reviewer(code, name) => (own, code, name, Role::LegalReviewer),
            Seat::Of { agency, code, name, role } => (agency.as_str(), code, name, *role),
        };
        let caller = Caller {
            subject: code.clone(),
            name: name.clone(),
            agency: Some(agency.parse()?),
            region: self.suite.region().clone(),
            roles: [role].into(),
        };
        let token = self.issue(&caller)?;
        lock(&self.tokens).insert(key, token.clone());
        Ok(token)
    }

    /// Plays everything of one hour: agencies side by side, each agency's steps one after the other.
    ///
    /// # Errors
    /// When too many answers were not the expected ones.
    pub(super) async fn hour(&self, now: Timestamp, mut steps: Vec<Due>) -> Result<(), Failure> {
        self.suite.demo_clock().set(now);
        steps.sort_by_key(|d| (d.script, d.index));
        let mut agencies: BTreeMap<Arc<str>, Vec<Due>> = BTreeMap::new();
        for due in steps {
            agencies.entry(due.agency.clone()).or_default().push(due);
        }
        stream::iter(agencies.into_values())
            .for_each_concurrent(AT_ONCE, |steps| async move {
                for due in steps {
                    self.one(due).await;
                }
            })
            .await;
        if lock(&self.faults).len() >= FAULTS_MAX { self.verdict() } else { Ok(()) }
    }

    /// Fails when any answer was not the expected one.
    ///
    /// # Errors
    /// The unexpected answers.
    pub(super) fn verdict(&self) -> Result<(), Failure> {
        let faults = lock(&self.faults);
        if faults.is_empty() {
            return Ok(());
        }
        Err(format!("the demonstration met {} unexpected answers: {}", faults.len(), faults.join(" | ")).into())
    }

    async fn one(&self, due: Due) {
        if lock(&self.stopped).contains(&due.script) || lock(&self.faults).len() >= FAULTS_MAX {
            return;
        }
        let (script, index, name) = (due.script, due.index, due.step.ask.name());
        let expect = due.step.expect.clone();
        let answer = self.send(due).await;
        if let Err(why) = judge(&expect, &answer) {
            lock(&self.stopped).insert(script);
            lock(&self.faults).push(format!("case {script} step {index} {name}: {why}"));
        }
    }

    async fn send(&self, due: Due) -> Result<Receipt, Status> {
        let internal = |e: Failure| Status::internal(e.to_string());
        if let Some(after) = &due.step.after {
            self.follows(after).await.map_err(internal)?;
        }
        let token = self.token(&due.agency, &due.step.by).map_err(internal)?;
        for bytes in &due.step.objects {
            self.hand_in(bytes, &token).await?;
        }
        let mode = if due.step.reported { Mode::Reporting } else { Mode::Handling };
        let meta = CommandMeta { seen: lock(&self.seen).clone(), ..frame(due.command, due.step.at, mode) };
        let mut tries = 0;
        loop {
            let answer = due.step.ask.send(meta.clone(), &self.channel, &token).await;
            tries += 1;
            match answer {
                Err(status) if transient(&status) && tries < TRIES_MAX => {
                    tokio::time::sleep(Duration::from_millis(50 << tries)).await;
                }
                answer => return answer,
            }
        }
    }

    /// Waits until what follows from another service's event is recorded.
    async fn follows(&self, after: &After) -> Result<(), Failure> {
        let ledger = self.suite.ledger(after.service).ok_or_else(|| format!("{} has no ledger", after.service))?;
        let followed = async {
            loop {
                for record in ledger.stream(&after.stream, 0).await? {
                    if record.kind() == Some(after.kind) {
                        return Ok(());
                    }
                }
                tokio::time::sleep(FOLLOWED_EVERY).await;
            }
        };
        tokio::time::timeout(FOLLOWED_MAX, followed)
            .await
            .unwrap_or_else(|_| Err(format!("{} of {} does not come", after.kind, after.stream).into()))
    }

    /// Hands bytes in, once.
    async fn hand_in(&self, bytes: &Bytes, token: &Bearer) -> Result<(), Status> {
        let digest = super::digest(bytes);
        if lock(&self.handed_in).contains(&digest) {
            return Ok(());
        }
        let part = PutObjectRequest { chunk: bytes.to_vec(), media_type: words::TEXT.to_owned() };
        let request = token.on(stream::iter([part]));
        EnforcementClient::new(self.channel.clone()).put_object(request).await?;
        lock(&self.handed_in).insert(digest);
        Ok(())
    }

    // ---- Lists.

    /// Plays a step of the list office.
    ///
    /// # Errors
    /// When it was not answered as expected.
    pub(super) async fn list(&self, number: usize, step: &ListStep) -> Result<(), Failure> {
        let token = self.list_office(step.ask.office())?;
        let mode = if step.reported { Mode::Reporting } else { Mode::Handling };
        let meta = Some(frame(self.seed.id(&format!("list/{number}")), step.at, mode));
        let mut client = self.powerlist.clone();
        let answer = match &step.ask {
            ListAsk::Import(request) | ListAsk::Plan(_, request) => {
                let mut request = request.as_ref().clone();
                request.meta = meta;
                return imported(client.import_list(token.on(request)).await?.into_inner());
            }
            ListAsk::Progress(_, request) => {
                let mut request = request.as_ref().clone();
                request.meta = meta;
                client.report_plan_progress(token.on(request)).await.map(|a| a.into_inner().receipt)
            }
            ListAsk::Completed(_, request) => {
                let mut request = request.as_ref().clone();
                request.meta = meta;
                client.complete_plan_task(token.on(request)).await.map(|a| a.into_inner().receipt)
            }
            ListAsk::Publish(request) => {
                let mut request = request.as_ref().clone();
                request.meta = meta;
                client.publish_item(token.on(request)).await.map(|a| a.into_inner().receipt)
            }
            ListAsk::Cancel(request) => {
                let mut request = request.as_ref().clone();
                request.meta = meta;
                client.cancel_item(token.on(request)).await.map(|a| a.into_inner().receipt)
            }
            ListAsk::Notice(request) => {
                let mut request = request.as_ref().clone();
                request.meta = meta;
                client.import_notice(token.on(request)).await.map(|a| a.into_inner().receipt)
            }
            ListAsk::Yearly(request) => {
                let mut request = request.as_ref().clone();
                request.meta = meta;
                client.review_item_yearly(token.on(request)).await.map(|a| a.into_inner().receipt)
            }
            ListAsk::RowYearly(request) => {
                let mut request = request.as_ref().clone();
                request.meta = meta;
                client.review_row_yearly(token.on(request)).await.map(|a| a.into_inner().receipt)
            }
        };
        let expect = step.refused.map_or(Expect::Clean, Expect::Refused);
        judge(&expect, &answer.map(Option::unwrap_or_default))
            .map_err(|why| format!("step {number} of the list office: {why}").into())
    }

    /// From now on every agency has seen the lists as they are.
    pub(super) fn lists_seen(&self) {
        let size = self.suite.ledger("powerlist").map_or(0, |l| l.head().size);
        if let Some(log_index) = size.checked_sub(1) {
            *lock(&self.seen) = vec![Seen { source: "powerlist".to_owned(), log_index }];
        }
    }

    fn list_office(&self, region: &str) -> Result<Bearer, Failure> {
        let caller = Caller {
            subject: DEMONSTRATION.to_owned(),
            name: "权责清单编制办公室（示例）".to_owned(),
            agency: None,
            region: region.parse()?,
            roles: [Role::ListEditor, Role::ListApprover, Role::LegalReviewer].into(),
        };
        self.issue(&caller)
    }
}

fn frame(command: Uuid, at: Timestamp, mode: Mode) -> CommandMeta {
    CommandMeta {
        command_id: command.to_string(),
        at: Some(prost_types::Timestamp { seconds: at.as_second(), nanos: 0 }),
        mode: mode.into(),
        ..CommandMeta::default()
    }
}

/// The steps of a script, as they wait.
pub(super) fn dues(script: Script) -> impl Iterator<Item = (Timestamp, Due)> {
    let agency: Arc<str> = script.agency.as_str().into();
    let commands: Vec<Uuid> = (0..script.steps.len()).map(|n| script.command(n)).collect();
    let number = script.number;
    script.steps.into_iter().zip(commands).enumerate().map(move |(index, (step, command))| {
        (step.entered, Due { script: number, agency: agency.clone(), command, index, step })
    })
}
