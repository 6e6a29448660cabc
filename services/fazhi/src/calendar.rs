//! `fazhi calendar`, and the folder of notices that a suite takes in when it starts.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use kernel::{Clock as _, SystemClock, peer::Routes};
use law::calendar::NOTICE_MAX;
use proto::powerlist::v1::{
    CalendarYear, ImportNoticeRequest, ListCalendarYearsRequest, powerlist_client::PowerlistClient,
};
use sha2::{Digest as _, Sha256};

use crate::{Failure, cli::Calendar, client};

/// Beside the ledgers in the data folder: files that are put there before a start are taken in with it.
const FOLDER: &str = "calendar";

pub(crate) async fn run(what: Calendar) -> Result<(), Failure> {
    match what {
        Calendar::Import { remote, token, file } => {
            let notice = read(&file)?;
            let taken = import(&mut client::lists(&remote).await?, &token, notice, SystemClock.now()).await?;
            println!("{}", if taken { "the notice is on record" } else { "the notice says nothing new" });
        }
        Calendar::List { remote } => {
            for year in years(&mut client::lists(&remote).await?).await? {
                println!("{}  {}", year.year, year.source);
                year.further_sources.iter().for_each(|source| println!("      {source}"));
            }
        }
    }
    Ok(())
}

async fn years(lists: &mut PowerlistClient<Routes>) -> Result<Vec<CalendarYear>, Failure> {
    let years = lists.list_calendar_years(ListCalendarYearsRequest {}).await;
    Ok(years.map_err(client::said)?.into_inner().years)
}

/// Puts a notice on record; false where it says nothing new.
async fn import(
    lists: &mut PowerlistClient<Routes>,
    token: &str,
    notice: String,
    at: Timestamp,
) -> Result<bool, Failure> {
    let request = client::with_token(ImportNoticeRequest { meta: client::frame(at), notice }, token)?;
    let answer = lists.import_notice(request).await.map_err(client::said)?.into_inner();
    Ok(answer.receipt.is_some_and(|receipt| !receipt.events.is_empty()))
}

fn read(file: &Path) -> Result<String, Failure> {
    let size = fs::metadata(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?.len();
    if size > NOTICE_MAX as u64 {
        return Err(format!("{} has {size} bytes; a notice has at most {NOTICE_MAX}", file.display()).into());
    }
    fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()).into())
}

/// Takes in the notices that lie in the data folder; answers what the operator must know of those that were not.
pub(crate) async fn take_in(data: &Path, suite: Routes, token: &str, at: Timestamp) -> Result<Vec<String>, Failure> {
    let folder = data.join(FOLDER);
    let mut files: Vec<PathBuf> = match fs::read_dir(&folder) {
        Ok(entries) => entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(format!("cannot read {}: {e}", folder.display()).into()),
    };
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let mut lists = PowerlistClient::new(suite);
    // A file that was put on record once may have been amended since: it is not put there again.
    let on_record: HashSet<String> = years(&mut lists).await?.into_iter().flat_map(|year| year.sha256).collect();
    let mut told = Vec::new();
    for file in files {
        let taken = match read(&file) {
            Ok(notice) if on_record.contains(&hex::encode(Sha256::digest(&notice))) => continue,
            Ok(notice) => import(&mut lists, token, notice, at).await,
            Err(why) => Err(why),
        };
        // A notice that is wrong stops no office: its year is as unknown as before.
        match taken {
            Ok(true) => told.push(format!("{} is on record now", file.display())),
            Ok(false) => {}
            Err(why) => told.push(format!("{} was not taken in: {why}", file.display())),
        }
    }
    Ok(told)
}
