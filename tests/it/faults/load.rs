//! A steady load of commands, and what was said of each.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use kernel::peer::Routes;
use proto::{
    common::v1::{Mode, Seen},
    complaints::v1 as complaints,
};
use stories::suite::Door;
use tonic::{Code, Status};
use uuid::Uuid;

use crate::{
    county::XU,
    loop_story::report,
    matter::Matter,
    people::{
        MARKET,
        command::{Command, Receipted as _},
        frame,
    },
};

/// Tasks that report what happened in cases.
pub(super) const CASE_TASKS: u64 = 8;
/// Tasks that bring reports, which become leads in another service.
pub(super) const REPORT_TASKS: u64 = 2;
/// Between two commands of a task.
const PACE: Duration = Duration::from_millis(60);
/// How long a caller waits before it asks again.
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// How long a command is asked for again before it is given up; longer than any fault.
const GIVE_UP: Duration = Duration::from_secs(150);

/// What the tasks were told.
#[derive(Default)]
pub(super) struct Told {
    /// Acknowledged commands, with the service and the log index.
    pub(super) acked: Mutex<BTreeMap<Uuid, (&'static str, u64)>>,
    /// Reports accepted, each of which becomes one lead.
    pub(super) accepted: Mutex<Vec<Uuid>>,
    /// Calls without an answer: whether they were carried out was unknown then.
    pub(super) unknown: AtomicU64,
    /// Commands that never got an answer, or a wrong one.
    pub(super) failed: Mutex<Vec<String>>,
    pub(super) stop: AtomicBool,
}

/// Who sends.
#[derive(Clone)]
pub(super) struct Senders {
    pub(super) officer: Door,
    pub(super) intake: Door,
    pub(super) written: u64,
}

pub(super) fn door(routes: &Routes, token: &str) -> Door {
    stories::suite::through(routes.clone(), Some(token))
}

impl Told {
    async fn send<C: Command>(&self, service: &'static str, id: Uuid, door: &Door, written: u64, command: C) -> bool
    where
        C::Answer: proto::Answer,
    {
        let meta = proto::common::v1::CommandMeta {
            command_id: id.to_string(),
            seen: vec![Seen { source: "powerlist".to_owned(), log_index: written }],
            ..frame("2025-03-03T09:00", Mode::Reporting)
        };
        let since = tokio::time::Instant::now();
        loop {
            let sent = tokio::time::timeout(ANSWER_MAX, command.clone().framed(meta.clone()).send(door)).await;
            let status = match sent {
                Ok(Ok(answer)) => {
                    let mut acked = self.acked.lock().unwrap_or_else(PoisonError::into_inner);
                    acked.insert(id, (service, answer.receipt().log_index));
                    return true;
                }
                Ok(Err(status)) => status,
                Err(_) => Status::deadline_exceeded("no answer"),
            };
            let again = matches!(
                status.code(),
                Code::Unavailable
                    | Code::Unknown
                    | Code::Cancelled
                    | Code::Internal
                    | Code::DeadlineExceeded
                    | Code::Aborted
                    | Code::ResourceExhausted
            );
            if !again || since.elapsed() > GIVE_UP {
                self.failed.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{} {id}: {status}", C::NAME));
                return false;
            }
            self.unknown.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Files cases and adds to them until it is told to stop.
    pub(super) async fn cases(self: Arc<Self>, task: u64, s: Senders) {
        for n in 0_u64.. {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let case_id = Uuid::from_u64_pair(task + 1, n / 2).to_string();
            let matter = Matter { case_id, evidence_id: Uuid::nil().to_string() };
            let id = Uuid::from_u64_pair(task + 1, 1 << 32 | n);
            if n.is_multiple_of(2) {
                self.send("enforcement", id, &s.officer, s.written, matter.filing()).await;
            } else {
                self.send("enforcement", id, &s.officer, s.written, matter.exemption()).await;
            }
            tokio::time::sleep(PACE).await;
        }
    }

    /// Brings reports, which the agency accepts, until it is told to stop.
    pub(super) async fn reports(self: Arc<Self>, task: u64, s: Senders) {
        for n in 0_u64.. {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let complaint = Uuid::from_u64_pair(task + 100, n);
            let id = |step: u64| Uuid::from_u64_pair(task + 100, step << 32 | n);
            let name = complaint.to_string();
            // A receipt costs a hash made to be slow, and nobody follows these.
            let registered = complaints::RegisterComplaintRequest { receipt_wanted: false, ..report(&name, false) };
            let assign = complaints::AssignComplaintRequest {
                complaint_id: name.clone(),
                to: MARKET.to_owned(),
                letter: "转送函".to_owned(),
                ..Default::default()
            };
            let accept = complaints::AcceptComplaintRequest {
                complaint_id: name.clone(),
                way: complaints::Way::Ordinary.into(),
                officer: XU.to_owned(),
                lead: true,
                told: "受理告知书".to_owned(),
                ..Default::default()
            };
            let done = self.send("complaints", id(1), &s.intake, s.written, registered).await
                && self.send("complaints", id(2), &s.intake, s.written, assign).await
                && self.send("complaints", id(3), &s.officer, s.written, accept).await;
            if done {
                self.accepted.lock().unwrap_or_else(PoisonError::into_inner).push(complaint);
            }
            tokio::time::sleep(PACE * 4).await;
        }
    }
}
