//! `fazhi import`: lists into a running suite.

use std::{fs, io::Write as _, path::Path, time::Duration};

use indicatif::ProgressBar;
use kernel::{Clock as _, SystemClock};
use proto::powerlist::v1::{ImportFile, ImportListRequest, ImportListResponse};

use crate::{Failure, cli::Import, client};

/// Largest sum of files, as the API takes them.
const BYTES_MAX: u64 = 8 * 1024 * 1024;

pub(crate) async fn run(options: Import) -> Result<(), Failure> {
    let mut files = Vec::new();
    let mut bytes = 0;
    for path in &options.files {
        let content = fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        bytes += content.len() as u64;
        files.push(ImportFile { name: name(path), content, ..ImportFile::default() });
    }
    if bytes > BYTES_MAX {
        return Err(
            format!("the files have {bytes} bytes; at most {BYTES_MAX} go at once, import them one by one").into()
        );
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
    report(&answer)?;
    if answer.faults.is_empty() {
        return Ok(());
    }
    Err(format!("{} rows have faults; nothing was imported", answer.faults.len()).into())
}

fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn report(answer: &ImportListResponse) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for f in &answer.faults {
        writeln!(out, "{} row {} {}: {} / {}", f.file, f.row, f.column, f.zh, f.en)?;
    }
    for v in &answer.violations {
        writeln!(out, "{} {}: {} / {}", v.rule, v.citation, v.zh, v.en)?;
    }
    writeln!(out, "{} rows read, {} changed, {} unchanged", answer.rows, answer.changed, answer.unchanged)
}
