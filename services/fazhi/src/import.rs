//! `fazhi import`: lists into a running suite.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
    time::Duration,
};

use indicatif::ProgressBar;
use kernel::{Clock as _, SystemClock};
use proto::powerlist::v1::{ImportFile, ImportListRequest, ImportListResponse};

use powerlist::sheets::BYTES_MAX;

use crate::{Failure, cli::Import, client};

pub(crate) async fn run(options: Import) -> Result<(), Failure> {
    let mut files = Vec::new();
    let mut left = BYTES_MAX;
    for path in &options.files {
        let unread = |e| format!("cannot read {}: {e}", path.display());
        let mut content = Vec::new();
        // One byte more than there is room for tells that it is too large.
        fs::File::open(path).map_err(unread)?.take(left as u64 + 1).read_to_end(&mut content).map_err(unread)?;
        left = left.checked_sub(content.len()).ok_or_else(|| {
            let path = path.display();
            format!("{path}: the files have more than {BYTES_MAX} bytes; import them one by one, a larger one in parts")
        })?;
        files.push(ImportFile { name: name(path), content, ..ImportFile::default() });
    }
    let order = ImportListRequest {
        meta: client::frame(SystemClock.now()),
        files,
        document: options.document,
        reviewer: options.reviewer,
        effective: options.effective.map(|d| d.to_string()).unwrap_or_default(),
        check_only: options.check,
        ..ImportListRequest::default()
    };
    let request = client::with_token(order, &options.token)?;
    let bar = ProgressBar::new_spinner().with_message("importing");
    bar.enable_steady_tick(Duration::from_millis(120));
    let answer = client::lists(&options.remote).await?.import_list(request).await;
    bar.finish_and_clear();
    let answer = answer.map_err(client::said)?.into_inner();
    report(&answer, options.check)?;
    if answer.faults.is_empty() {
        return Ok(());
    }
    Err(format!("{} rows have faults; nothing was imported", answer.faults.len()).into())
}

fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn report(answer: &ImportListResponse, check: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for f in &answer.faults {
        writeln!(out, "{} row {} {}: {} / {}", f.file, f.row, f.column, f.zh, f.en)?;
    }
    for v in &answer.violations {
        writeln!(out, "{} {}: {} / {}", v.rule, v.citation, v.zh, v.en)?;
    }
    let would = if check { "would be " } else { "" };
    writeln!(out, "{} rows read, {} {would}changed, {} unchanged", answer.rows, answer.changed, answer.unchanged)
}
