//! `fazhi events`: prints what a service has recorded, and what comes.

use std::{
    io::{self, BufWriter, ErrorKind, Write},
    time::Duration,
};

use ledger::{Envelope, merkle};
use proto::events::v1::{
    EventFilter, FollowEventsRequest, Inclusion, ReadEventsRequest, RecordedEvent, event_log_client::EventLogClient,
};
use tonic::{Code, Status, transport::Channel};

use crate::{Failure, cli, client};

/// Most bytes of a page; those of the event log are smaller.
const PAGE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Wait before following goes on after the other side went away.
const RETRY_AFTER: Duration = Duration::from_secs(1);

pub(crate) async fn run(options: cli::Events) -> Result<(), Failure> {
    let mut printer = Printer { out: BufWriter::new(io::stdout().lock()), form: options.form(), headed: false };
    let done = match options.follow {
        true => follow(&options, &mut printer).await,
        false => read(&options, &mut printer).await,
    };
    match done {
        // Whoever reads has enough.
        Err(e) if e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe) => Ok(()),
        done => done,
    }
}

fn filter(options: &cli::Events) -> EventFilter {
    EventFilter {
        types: options.types.clone(),
        agency: options.agency.as_ref().map(ToString::to_string).unwrap_or_default(),
        region: options.region.as_ref().map(ToString::to_string).unwrap_or_default(),
        matter: options.matter.clone().unwrap_or_default(),
    }
}

async fn log(options: &cli::Events) -> Result<EventLogClient<Channel>, Failure> {
    Ok(EventLogClient::new(client::connect(&options.remote).await?).max_decoding_message_size(PAGE_BYTES_MAX))
}

async fn read(options: &cli::Events, printer: &mut Printer<impl Write>) -> Result<(), Failure> {
    let request = ReadEventsRequest {
        service: options.service.clone(),
        from: options.from,
        to: options.to.unwrap_or(0),
        filter: Some(filter(options)),
        with_inclusion: options.proven,
    };
    let request = client::with_token(request, &options.token)?;
    let mut pages = log(options).await?.read_events(request).await.map_err(client::said)?.into_inner();
    while let Some(page) = pages.message().await.map_err(client::said)? {
        printer.print(&page.events)?;
    }
    printer.end()
}

/// Goes on where it was when the other side comes back.
async fn follow(options: &cli::Events, printer: &mut Printer<impl Write>) -> Result<(), Failure> {
    let mut next = options.from;
    loop {
        let stopped = follow_from(options, &mut next, printer).await?;
        if !matches!(stopped.code(), Code::Unavailable | Code::Unknown | Code::Internal | Code::DeadlineExceeded) {
            return Err(client::said(stopped));
        }
        eprintln!("fazhi: {}: {}; going on from event {next}", options.remote.server, stopped.message());
        tokio::time::sleep(RETRY_AFTER).await;
    }
}

/// Follows until the other side ends it, and tells how.
async fn follow_from(
    options: &cli::Events,
    next: &mut u64,
    printer: &mut Printer<impl Write>,
) -> Result<Status, Failure> {
    let request = FollowEventsRequest { service: options.service.clone(), from: *next, filter: Some(filter(options)) };
    let mut log = match log(options).await {
        Ok(log) => log,
        Err(e) => return Ok(Status::unavailable(e.to_string())),
    };
    let mut pages = match log.follow_events(client::with_token(request, &options.token)?).await {
        Ok(pages) => pages.into_inner(),
        Err(status) => return Ok(status),
    };
    loop {
        match pages.message().await {
            Ok(Some(page)) => {
                printer.print(&page.events)?;
                printer.out.flush()?;
                *next = page.next;
            }
            Ok(None) => return Ok(Status::unavailable("the other side ended")),
            Err(status) => return Ok(status),
        }
    }
}

/// How events are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The records, a line each.
    Json,
    /// What they are about, a line each.
    Table,
}

struct Printer<W: Write> {
    out: W,
    form: Form,
    headed: bool,
}

impl<W: Write> Printer<W> {
    fn print(&mut self, events: &[RecordedEvent]) -> Result<(), Failure> {
        for event in events {
            if let Some(inclusion) = &event.inclusion {
                prove(event, inclusion)?;
            }
            match self.form {
                Form::Json => writeln!(self.out, "{}", event.record)?,
                Form::Table => self.row(event)?,
            }
        }
        Ok(())
    }

    fn row(&mut self, event: &RecordedEvent) -> Result<(), Failure> {
        if !self.headed {
            writeln!(self.out, "{:>9}  {:20}  {:52}  {:18}  SUBJECT", "INDEX", "TIME", "TYPE", "AGENCY")?;
            self.headed = true;
        }
        let e = Envelope::parse(&event.record)?;
        let time = e.time.strftime("%Y-%m-%dT%H:%M:%SZ");
        writeln!(self.out, "{:>9}  {time:20}  {:52}  {:18}  {}", e.log_index, e.kind, e.agency, e.subject)?;
        Ok(())
    }

    fn end(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}

/// That an event is part of the log whose root came with it.
fn prove(event: &RecordedEvent, inclusion: &Inclusion) -> Result<(), Failure> {
    let path: Option<Vec<merkle::Hash>> = inclusion.path.iter().map(|hash| hash[..].try_into().ok()).collect();
    let leaf = merkle::leaf_hash(event.record.as_bytes());
    let root = path.and_then(|path| merkle::root_of_path(event.log_index, inclusion.size, leaf, &path));
    match root.is_some_and(|root| root[..] == inclusion.root[..]) {
        true => Ok(()),
        false => Err(format!("event {} is not part of the log that it came from", event.log_index).into()),
    }
}
