//! `fazhi import`: lists into a running suite.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
    time::Duration,
};

use futures::{StreamExt as _, stream};
use kernel::{Clock as _, SystemClock};
use powerlist::{PIECE_BYTES_MAX, sheets::IN_PIECES};
use proto::powerlist::v1::{
    ChangeKind, ColumnValue, HeadChoice, ImportFile, ImportListPiecesRequest, ImportListRequest, ImportListResponse,
    ImportPiece, ImportStage, RowFault, import_list_pieces_request as asked, import_list_pieces_response as told,
};
use tonic::Status;

use crate::{
    Failure, bar,
    cli::{Import, Remote},
    client,
};

pub(crate) async fn run(options: Import) -> Result<(), Failure> {
    let (mut files, mut contents) = (Vec::new(), Vec::new());
    let mut left = IN_PIECES.bytes;
    for path in &options.files {
        let unread = |e| format!("cannot read {}: {e}", path.display());
        let mut content = Vec::new();
        // One byte more than there is room for tells that it is too large.
        fs::File::open(path).map_err(unread)?.take(left as u64 + 1).read_to_end(&mut content).map_err(unread)?;
        left = left.checked_sub(content.len()).ok_or_else(|| {
            let (path, most) = (path.display(), IN_PIECES.bytes);
            format!("{path}: the files have more than {most} bytes; import them one by one, a larger one in parts")
        })?;
        files.push(ImportFile { name: name(path), ..ImportFile::default() });
        contents.push(content);
    }
    let order = ImportListRequest {
        meta: client::frame(SystemClock.now()),
        files,
        document: options.document,
        reviewer: options.reviewer,
        effective: options.effective.map(|d| d.to_string()).unwrap_or_default(),
        check_only: options.check,
        opinion: options.opinion,
        heads: options
            .columns
            .into_iter()
            .map(|(head, column)| HeadChoice { head, column, ..HeadChoice::default() })
            .collect(),
        values: options.values.into_iter().map(|(column, value)| ColumnValue { column, value }).collect(),
        complete: options.complete,
        mark_faults: options.marked.is_some(),
        ..ImportListRequest::default()
    };
    let answer = send(&options.remote, &options.token, order, contents).await?;
    report(&answer, options.check)?;
    if answer.faults.is_empty() {
        return Ok(());
    }
    if let Some(path) = &options.marked {
        fs::write(path, &answer.marked).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
        writeln!(std::io::stdout(), "{}", path.display())?;
    }
    Err(format!("{} rows have faults; nothing was imported", answer.faults.len()).into())
}

/// Sends the order and the files behind it piece by piece, and shows how far the suite is.
async fn send(
    remote: &Remote,
    token: &str,
    order: ImportListRequest,
    contents: Vec<Vec<u8>>,
) -> Result<ImportListResponse, Failure> {
    let pieces = (0..).zip(contents).flat_map(|(file, content)| {
        let pieces: Vec<_> = content.chunks(PIECE_BYTES_MAX).map(<[u8]>::to_vec).collect();
        pieces.into_iter().map(move |content| asked::Part::Piece(ImportPiece { file, content }))
    });
    let parts = std::iter::once(asked::Part::Order(order)).chain(pieces);
    let parts = stream::iter(parts.map(|part| ImportListPiecesRequest { part: Some(part) }));
    let request = client::with_token(parts, token)?;
    let bar = bar::entries("sending");
    bar.enable_steady_tick(Duration::from_millis(120));
    let answered = async {
        let mut answers = client::lists(remote).await?.import_list_pieces(request).await?.into_inner();
        while let Some(answer) = answers.next().await {
            match answer?.part {
                Some(told::Part::Progress(progress)) => {
                    bar.set_prefix(match progress.stage() {
                        ImportStage::Unspecified | ImportStage::Reading => "reading",
                        ImportStage::Deciding => "deciding",
                        ImportStage::Recording => "recording",
                    });
                    bar.set_length(progress.of.into());
                    bar.set_position(progress.done.into());
                }
                Some(told::Part::Done(done)) => return Ok(done),
                None => {}
            }
        }
        Err(Broken::Said(Status::unavailable("the suite ended before it answered; nothing is known of the import")))
    };
    let answer = answered.await;
    bar.finish_and_clear();
    answer.map_err(|broken| match broken {
        Broken::Said(status) => client::said(status),
        Broken::Failed(failure) => failure,
    })
}

/// Why there is no answer.
enum Broken {
    Said(Status),
    Failed(Failure),
}

impl From<Status> for Broken {
    fn from(status: Status) -> Self {
        Self::Said(status)
    }
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Where something stands, as far as it is said.
fn place(file: &str, sheet: &str, row: u32) -> String {
    let mut out = file.to_owned();
    if !sheet.is_empty() {
        out = format!("{out} [{sheet}]");
    }
    if row > 0 {
        out = format!("{out} row {row}");
    }
    out
}

fn fault(f: &RowFault) -> String {
    let mut out = format!("{} {}", place(&f.file, &f.sheet, f.row), f.column);
    if !f.cell.is_empty() {
        out = format!("{out} ({})", f.cell);
    }
    out = format!("{out}: {} / {}", f.zh, f.en);
    if !f.found.is_empty() {
        out = format!("{out}; 现有 found: {:?}", f.found);
    }
    if !f.proposal.is_empty() {
        out = format!("{out}; 建议 proposal: {:?}", f.proposal);
    }
    out
}

fn report(answer: &ImportListResponse, check: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for f in &answer.faults {
        writeln!(out, "{}", fault(f))?;
    }
    for n in &answer.notes {
        writeln!(out, "{}: {} / {}", place(&n.file, &n.sheet, n.row), n.zh, n.en)?;
    }
    for d in &answer.derived {
        writeln!(out, "{} {} := {:?}: {} / {}", place(&d.file, &d.sheet, d.row), d.column, d.value, d.zh, d.en)?;
    }
    for c in &answer.changes {
        let sign = match c.kind() {
            ChangeKind::Added => '+',
            ChangeKind::Cancelled => '-',
            ChangeKind::Changed | ChangeKind::Unspecified => '~',
        };
        writeln!(out, "{sign} {} {}", c.key, c.name)?;
        for field in &c.fields {
            writeln!(out, "    {}: {:?} → {:?}", field.column, field.before, field.after)?;
        }
    }
    for v in &answer.violations {
        writeln!(out, "{} {}: {} / {}", v.rule, v.citation, v.zh, v.en)?;
    }
    let more = answer.changed.saturating_sub(u32::try_from(answer.changes.len()).unwrap_or(u32::MAX));
    if more > 0 {
        writeln!(out, "… and {more} changes more")?;
    }
    let would = if check { "would be " } else { "" };
    writeln!(
        out,
        "{} rows read, {} {would}changed ({} new, {} cancelled), {} unchanged",
        answer.rows, answer.changed, answer.added, answer.cancelled, answer.unchanged
    )
}
