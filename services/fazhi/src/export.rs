//! `fazhi export`: lists of a running suite, in the form that is imported.

use std::{fs, io::Write as _};

use proto::powerlist::v1::{ExportListRequest, FileFormat, ListKind, Sheet};

use crate::{
    Failure,
    cli::{Export, List},
    client,
};

pub(crate) async fn run(options: Export) -> Result<(), Failure> {
    let lists = if options.lists.is_empty() { <List as clap::ValueEnum>::value_variants() } else { &options.lists };
    fs::create_dir_all(&options.folder).map_err(|e| format!("cannot make {}: {e}", options.folder.display()))?;
    let format = if options.xlsx { FileFormat::Xlsx } else { FileFormat::Csv };
    let mut suite = client::lists(&options.remote).await?;
    for list in lists {
        let (sheet, list) = sheet(*list);
        let order = ExportListRequest {
            sheet: sheet.into(),
            list: list.into(),
            format: format.into(),
            as_of: options.day.map(|day| day.to_string()).unwrap_or_default(),
            agency: options.agency.clone().unwrap_or_default(),
            ..ExportListRequest::default()
        };
        let request = match options.token.as_str() {
            "" => tonic::Request::new(order),
            token => client::with_token(order, token)?,
        };
        let file = suite.export_list(request).await.map_err(client::said)?.into_inner();
        let path = options.folder.join(&file.file_name);
        fs::write(&path, &file.content).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "{} {} rows", path.display(), file.rows)?;
        for left in &file.left_out {
            writeln!(out, "    not among them: {} {} / 另有{}：{}", left.count, left.en, left.zh, left.count)?;
        }
    }
    Ok(())
}

/// The list, and which of the others where it is one of them.
const fn sheet(list: List) -> (Sheet, ListKind) {
    match list {
        List::Regions => (Sheet::Regions, ListKind::Unspecified),
        List::Parameters => (Sheet::Parameters, ListKind::Unspecified),
        List::Agencies => (Sheet::Agencies, ListKind::Unspecified),
        List::Officers => (Sheet::Officers, ListKind::Unspecified),
        List::Offices => (Sheet::Offices, ListKind::Unspecified),
        List::Items => (Sheet::Items, ListKind::Unspecified),
        List::Standards => (Sheet::Standards, ListKind::Unspecified),
        List::Fees => (Sheet::Fees, ListKind::Unspecified),
        List::PlanTasks => (Sheet::PlanTasks, ListKind::Unspecified),
        List::Responsibilities => (Sheet::Listing, ListKind::Responsibility),
        List::Licences => (Sheet::Listing, ListKind::Licence),
        List::BusinessLicences => (Sheet::Listing, ListKind::BusinessLicence),
        List::Proofs => (Sheet::Listing, ListKind::Proof),
        List::PublicServices => (Sheet::Listing, ListKind::PublicService),
        List::Intermediaries => (Sheet::Listing, ListKind::Intermediary),
        List::Charges => (Sheet::Listing, ListKind::Charge),
        List::MarketAccess => (Sheet::Listing, ListKind::MarketAccess),
        List::RandomChecks => (Sheet::Listing, ListKind::RandomCheck),
        List::NoPenalty => (Sheet::Listing, ListKind::NoPenalty),
        List::NoCompulsion => (Sheet::Listing, ListKind::NoCompulsion),
        List::DocumentMakers => (Sheet::Listing, ListKind::DocumentMaker),
        List::MajorDecisions => (Sheet::Listing, ListKind::MajorDecision),
    }
}
