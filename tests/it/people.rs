//! People who act over gRPC: each has a token, an office, and the generated clients behind it.

pub(crate) mod command;
pub(crate) mod list_office;
pub(crate) mod refused;

use std::ops::Deref;

use futures::StreamExt as _;
use jiff::{Timestamp, civil::DateTime, tz::Offset};
use kernel::Role;
use proto::{
    common::v1::{CommandMeta, Mode, Seen},
    enforcement::v1::{
        GetCaseRequest, GetCaseResponse, GetObjectRequest, ListAttemptsRequest, ListAttemptsResponse, ObjectRef,
        PutObjectRequest, enforcement_client::EnforcementClient,
    },
};
use stories::suite::{Door, Running};
use tonic::Status;
use uuid::Uuid;

pub(crate) use command::Command;
use refused::{Refused, plain};

/// 抚远市市场监督管理局.
pub(crate) const MARKET: &str = "11230883MB01310199";
/// 抚远市农业农村局.
pub(crate) const FARMING: &str = "11230883MB0120010E";
/// 抚远市人民政府.
pub(crate) const GOVERNMENT: &str = "11230883MB0101012C";
/// 抚远市司法局, which keeps the lists.
pub(crate) const JUSTICE: &str = "11230883MB01120105";

/// A moment of China's time, written as people there read it: 2025-03-03T09:00.
pub(crate) fn moment(local: &str) -> Timestamp {
    let local: DateTime = local.parse().expect("a local time");
    Offset::constant(8).to_timestamp(local).expect("a moment")
}

/// A moment as it stands in a request.
pub(crate) fn wire_moment(local: &str) -> prost_types::Timestamp {
    let at = moment(local);
    prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
}

/// The frame of a command with an id of its own.
pub(crate) fn frame(local: &str, mode: Mode) -> CommandMeta {
    CommandMeta {
        command_id: Uuid::now_v7().to_string(),
        at: Some(wire_moment(local)),
        mode: mode.into(),
        ..CommandMeta::default()
    }
}

/// Somebody with a token.
pub(crate) struct Person<'a> {
    pub(crate) running: &'a Running,
    pub(crate) door: Door,
    /// Sets the suite's clock to the moment of each act: everything is recorded when it happens.
    sets_clock: bool,
    mode: Mode,
    /// What this person has seen of the lists.
    seen: Vec<Seen>,
}

impl<'a> Person<'a> {
    pub(crate) fn new(running: &'a Running, subject: &str, agency: Option<&str>, roles: &[Role]) -> Self {
        let token = running.token(subject, agency, roles);
        Self::with_door(running, running.door(Some(&token)))
    }

    /// Somebody without a token.
    pub(crate) fn anonymous(running: &'a Running) -> Self {
        Self::with_door(running, running.door(None))
    }

    pub(crate) fn with_door(running: &'a Running, door: Door) -> Self {
        Self { running, door, sets_clock: true, mode: Mode::Handling, seen: Vec::new() }
    }

    /// Reports what happened elsewhere; the suite's clock stays where it is.
    pub(crate) fn reporting(mut self) -> Self {
        (self.mode, self.sets_clock) = (Mode::Reporting, false);
        self
    }

    /// Has seen the power lists up to this index.
    pub(crate) fn having_seen(mut self, powerlist_index: u64) -> Self {
        self.seen = vec![Seen { source: "powerlist".to_owned(), log_index: powerlist_index }];
        self
    }

    /// Sends a command for a moment; the answer as it comes.
    pub(crate) async fn asks<C: Command>(&self, at: &str, command: C) -> Result<C::Answer, Status> {
        if self.sets_clock {
            self.running.set_clock(moment(at));
        }
        let meta = CommandMeta { seen: self.seen.clone(), ..frame(at, self.mode) };
        command.framed(meta).send(&self.door).await
    }

    /// Does what is lawful.
    ///
    /// # Panics
    /// When it is refused.
    pub(crate) async fn does<C: Command>(&self, at: &str, command: C) -> C::Answer {
        match self.asks(at, command).await {
            Ok(answer) => answer,
            Err(status) => panic!("{} at {at} is lawful, but: {}", C::NAME, plain(&status)),
        }
    }

    /// Tries what is not.
    ///
    /// # Panics
    /// When nobody stops it.
    pub(crate) async fn tries<C: Command>(&self, at: &str, command: C) -> Refused {
        match self.asks(at, command).await {
            Ok(_) => panic!("{} at {at} should have been refused", C::NAME),
            Err(status) => Refused(status),
        }
    }

    pub(crate) fn cases(&self) -> EnforcementClient<Door> {
        EnforcementClient::new(self.door.clone())
    }

    /// Hands bytes in.
    pub(crate) async fn hands_in(&self, bytes: &[u8], media_type: &str) -> ObjectRef {
        let parts: Vec<_> = bytes
            .chunks(64 * 1024)
            .map(|chunk| PutObjectRequest { chunk: chunk.to_vec(), media_type: media_type.to_owned() })
            .collect();
        let stored = self.cases().put_object(futures::stream::iter(parts)).await.expect("the bytes are taken");
        let stored = stored.into_inner();
        assert_eq!(stored.size_bytes, bytes.len() as u64);
        ObjectRef { sha256: stored.sha256, media_type: stored.media_type, size_bytes: stored.size_bytes }
    }

    /// Reads bytes that a case names.
    pub(crate) async fn reads_object(&self, case_id: &str, sha256: &str) -> Result<Vec<u8>, Status> {
        let request = GetObjectRequest { matter_id: case_id.to_owned(), sha256: sha256.to_owned() };
        let mut parts = self.cases().get_object(request).await?.into_inner();
        let mut bytes = Vec::new();
        while let Some(part) = parts.next().await {
            bytes.extend(part?.chunk);
        }
        Ok(bytes)
    }

    pub(crate) async fn reads_case(&self, case_id: &str) -> Result<GetCaseResponse, Status> {
        let request = GetCaseRequest { case_id: case_id.to_owned() };
        Ok(self.cases().get_case(request).await?.into_inner())
    }

    pub(crate) async fn reads_attempts(&self, case_id: &str) -> Result<ListAttemptsResponse, Status> {
        let request = ListAttemptsRequest { matter_id: case_id.to_owned(), ..ListAttemptsRequest::default() };
        Ok(self.cases().list_attempts(request).await?.into_inner())
    }
}

macro_rules! offices {
    ($($(#[$doc:meta])* $name:ident($role:ident))*) => {$(
        $(#[$doc])*
        pub(crate) struct $name<'a>(Person<'a>);

        impl<'a> $name<'a> {
            /// By personnel number or account, of an agency.
            pub(crate) fn of(running: &'a Running, agency: &str, subject: &str) -> Self {
                Self(Person::new(running, subject, Some(agency), &[Role::$role]))
            }

            /// Has seen the power lists up to this index.
            #[allow(dead_code)]
            pub(crate) fn having_seen(self, powerlist_index: u64) -> Self {
                Self(self.0.having_seen(powerlist_index))
            }

            /// Reports what happened elsewhere.
            #[allow(dead_code)]
            pub(crate) fn reporting(self) -> Self {
                Self(self.0.reporting())
            }
        }

        impl<'a> Deref for $name<'a> {
            type Target = Person<'a>;
            fn deref(&self) -> &Person<'a> {
                &self.0
            }
        }
    )*};
}

offices! {
    /// An enforcement officer.
    Officer(Officer)
    /// The head of an agency.
    Head(AgencyHead)
    /// A legal reviewer.
    Reviewer(LegalReviewer)
    /// Whoever registers complaints.
    Intake(Intake)
    /// Whoever handles them for an agency.
    Handler(Handler)
    /// The keeper of sealed identities.
    Keeper(IdentityKeeper)
    /// Whoever handles reconsiderations.
    Clerk(ReconsiderationClerk)
    /// The head of the reconsideration institution.
    Institution(ReconsiderationHead)
}
