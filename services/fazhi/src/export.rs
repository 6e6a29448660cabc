//! `fazhi export`: lists of a running suite, in the form that is imported.

use std::{fs, io::Write as _};

use proto::powerlist::v1::{ExportListRequest, FileFormat, Sheet};

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
        let order = ExportListRequest {
            sheet: sheet(*list).into(),
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

const fn sheet(list: List) -> Sheet {
    match list {
        List::Regions => Sheet::Regions,
        List::Parameters => Sheet::Parameters,
        List::Agencies => Sheet::Agencies,
        List::Officers => Sheet::Officers,
        List::Offices => Sheet::Offices,
        List::Items => Sheet::Items,
        List::Standards => Sheet::Standards,
        List::Fees => Sheet::Fees,
        List::PlanTasks => Sheet::PlanTasks,
    }
}
