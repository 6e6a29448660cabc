//! `fazhi law`: the register of statutes of a running suite.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use kernel::{Clock as _, SystemClock, words::Word};
use powerlist::statutes::{self, FILE_BYTES_MAX, FILES_BYTES_MAX, FILES_MAX, Said};
use proto::powerlist::v1::{
    ImportStatutesRequest, ImportStatutesResponse, ListStatutesRequest, RepealStatuteRequest, StatuteFile,
};

use crate::{
    Failure, bar,
    cli::{Law, LawImport},
    client,
};

/// Most files of one import.
const IMPORT_FILES_MAX: usize = 10_000;
/// Folders inside each other that are looked into.
const DEPTH_MAX: usize = 8;
/// Statutes asked for at once.
const PAGE: u32 = 500;

pub(crate) async fn run(what: Law) -> Result<(), Failure> {
    match what {
        Law::Import(options) => import(options).await,
        Law::Repeal { remote, token, on, document, title } => {
            let request = RepealStatuteRequest {
                meta: client::frame(SystemClock.now()),
                statute: title,
                on: on.to_string(),
                document,
            };
            let mut lists = client::lists(&remote).await?;
            let answer = lists.repeal_statute(client::with_token(request, &token)?).await.map_err(client::said)?;
            let answer = answer.into_inner();
            println!("{}", if answer.changed { "the repeal is on record" } else { "the repeal says nothing new" });
            if answer.items_at_fault > 0 {
                println!("{} items rest on it still: see the findings", answer.items_at_fault);
            }
            Ok(())
        }
        Law::List { remote } => {
            let mut lists = client::lists(&remote).await?;
            let mut request = ListStatutesRequest { page_size: PAGE, ..ListStatutesRequest::default() };
            loop {
                let answer = lists.list_statutes(request.clone()).await.map_err(client::said)?.into_inner();
                for statute in &answer.statutes {
                    let versions: Vec<_> = statute.versions.iter().map(|v| v.version.as_str()).collect();
                    let title = statute.versions.last().map_or("", |v| v.title.as_str());
                    println!("{title}  {}", versions.join(", "));
                }
                if answer.next_page_token.is_empty() {
                    println!("{} of {} citations not checked", answer.not_checked, answer.cited);
                    return Ok(());
                }
                request.page_token = answer.next_page_token;
            }
        }
    }
}

/// Everything is read here before the first file is sent: one that cannot be read stops the import.
async fn import(options: LawImport) -> Result<(), Failure> {
    let said = Said { level: options.level, issuer: options.issuer.clone(), in_force_from: options.in_force_from };
    let mut paths = Vec::new();
    for path in &options.paths {
        find(path, 0, &mut paths)?;
    }
    if paths.is_empty() {
        return Err("there is no .md or .txt file".into());
    }
    let bar = bar::files("reading", paths.len() as u64);
    let (mut files, mut faults) = (Vec::new(), 0);
    for path in &paths {
        let Told { file, faults: wrong, filled } = read(path, &said)?;
        for fault in &wrong {
            faults += 1;
            bar.suspend(|| println!("{} line {}: {} / {}", path.display(), fault.line, fault.zh, fault.en));
        }
        if !filled.is_empty() {
            let (path, filled) = (path.display(), filled.join(", "));
            bar.suspend(|| println!("{path}: does not say it itself, taken as given: {filled} / 文本未载明，按指定"));
        }
        files.push(file);
        bar.inc(1);
    }
    bar.finish_and_clear();
    if faults > 0 {
        return Err(format!("{faults} lines have faults; nothing was imported").into());
    }
    let mut lists = client::lists(&options.remote).await?;
    let bar = bar::files("importing", files.len() as u64);
    let mut sum = Sum::default();
    for files in batches(files) {
        let count = files.len();
        let order = ImportStatutesRequest { meta: client::frame(SystemClock.now()), files, check_only: options.check };
        let answer = lists.import_statutes(client::with_token(order, &options.token)?).await;
        let answer = answer.inspect_err(|_| bar.finish_and_clear()).map_err(client::said)?.into_inner();
        bar.inc(count as u64);
        bar.suspend(|| sum.add(&answer))?;
    }
    bar.finish_and_clear();
    sum.tell(options.check)?;
    if sum.faults == 0 { Ok(()) } else { Err(format!("{} files were not taken in", sum.faults).into()) }
}

/// The texts below a path, in the order of their names.
fn find(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unread = |e: io::Error| format!("cannot read {}: {e}", path.display());
    if !fs::metadata(path).map_err(unread)?.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    if depth == DEPTH_MAX {
        return Err(format!("{}: more than {DEPTH_MAX} folders inside each other", path.display()).into());
    }
    let mut inside: Vec<PathBuf> = fs::read_dir(path)
        .map_err(unread)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .map_err(unread)?;
    inside.sort();
    for path in inside {
        let is_text = path.extension().is_some_and(|e| e == "md" || e == "txt");
        if path.is_dir() || is_text {
            find(&path, depth + 1, found)?;
        }
        if found.len() > IMPORT_FILES_MAX {
            return Err(format!("more than {IMPORT_FILES_MAX} files; import them folder by folder").into());
        }
    }
    Ok(())
}

/// A file as it is sent, and what of it must be told.
struct Told {
    file: StatuteFile,
    faults: Vec<statutes::LineFault>,
    /// What its text does not say, and was given with the import.
    filled: Vec<String>,
}

/// Reads a file. What is given for all of them fills only what its own text leaves out: a folder holds statutes of many makers.
fn read(path: &Path, given: &Said) -> Result<Told, Failure> {
    let unread = |e| format!("cannot read {}: {e}", path.display());
    let mut content = Vec::new();
    // One byte more than there is room for tells that it is too large.
    fs::File::open(path).map_err(unread)?.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut content).map_err(unread)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (text, faults) = match statutes::read(&name, &content, &Said::default()) {
        Ok(text) => (Some(text), Vec::new()),
        Err(faults) => (None, faults),
    };
    let Said { level, issuer, in_force_from } = given.clone();
    let level = level.filter(|_| text.as_ref().is_some_and(|text| text.level.is_none()));
    let issuer = issuer.filter(|_| text.as_ref().is_some_and(|text| text.issuer.is_none()));
    let from = in_force_from.filter(|_| text.as_ref().is_some_and(|text| text.in_force_from.is_none()));
    let shown = [level.map(|level| level.zh().to_owned()), issuer.clone(), from.map(|day| day.to_string())];
    let file = StatuteFile {
        name,
        content,
        level: level.map_or(0, Word::number),
        issuer: issuer.unwrap_or_default(),
        in_force_from: from.map(|day| day.to_string()).unwrap_or_default(),
    };
    Ok(Told { file, faults, filled: shown.into_iter().flatten().collect() })
}

/// As many files at once as a request holds.
fn batches(files: Vec<StatuteFile>) -> Vec<Vec<StatuteFile>> {
    let (mut batches, mut bytes) = (vec![Vec::new()], 0);
    for file in files {
        let full = batches.last().is_some_and(|b: &Vec<_>| b.len() == FILES_MAX);
        if full || bytes + file.content.len() > FILES_BYTES_MAX {
            batches.push(Vec::new());
            bytes = 0;
        }
        bytes += file.content.len();
        batches.last_mut().expect("there is one always").push(file);
    }
    batches
}

/// What came of all files.
#[derive(Default)]
struct Sum {
    changed: usize,
    unchanged: usize,
    faults: usize,
    articles: u64,
    items: u64,
    at_fault: u64,
}

impl Sum {
    fn add(&mut self, answer: &ImportStatutesResponse) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for file in &answer.files {
            let Some(version) = &file.version else {
                self.faults += 1;
                for fault in &file.faults {
                    writeln!(out, "{} line {}: {} / {}", file.name, fault.line, fault.zh, fault.en)?;
                }
                continue;
            };
            self.articles += u64::from(version.articles);
            if file.changed {
                self.changed += 1;
            } else {
                self.unchanged += 1;
            }
            if version.level == 0 || version.issuer.is_empty() {
                writeln!(
                    out,
                    "{}: level or issuer not known; what is cited of it is not checked for them (--level, --issuer) / 层级或者制定机关未载明",
                    file.name
                )?;
            }
        }
        self.items += u64::from(answer.items_checked);
        self.at_fault += u64::from(answer.items_at_fault);
        Ok(())
    }

    fn tell(&self, check: bool) -> io::Result<()> {
        let would = if check { "would be " } else { "" };
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "{} statutes with {} articles read, {} {would}recorded, {} unchanged",
            self.changed + self.unchanged,
            self.articles,
            self.changed,
            self.unchanged
        )?;
        if self.items > 0 {
            writeln!(
                out,
                "{} items that cite them were checked, {} do not stand as the texts have it",
                self.items, self.at_fault
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use powerlist::domain::content::NormLevel;

    use super::*;

    #[test]
    fn sends_as_many_files_at_once_as_a_request_holds() {
        let file = |bytes: usize| StatuteFile { content: vec![b'a'; bytes], ..StatuteFile::default() };
        let sizes = |files: Vec<StatuteFile>| batches(files).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(sizes(vec![file(1); FILES_MAX]), [FILES_MAX]);
        assert_eq!(sizes(vec![file(1); FILES_MAX + 1]), [FILES_MAX, 1]);
        assert_eq!(sizes(vec![file(FILE_BYTES_MAX); 5]), [FILES_BYTES_MAX / FILE_BYTES_MAX, 1]);
    }

    #[test]
    fn finds_texts_below_a_folder_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("field")).unwrap();
        for name in ["乙.md", "甲.txt", "field/丙.md", "不是.pdf"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let mut found = Vec::new();
        find(folder.path(), 0, &mut found).unwrap();
        let mut names: Vec<_> = found.iter().map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect();
        assert_eq!(names.remove(0), "丙.md");
        assert_eq!(names, ["乙.md", "甲.txt"]);
        assert!(find(&folder.path().join("none"), 0, &mut found).is_err());
    }

    #[test]
    fn tells_the_faults_of_a_text_before_it_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲(2020-01-01).md");
        fs::write(&path, "甲法\n第一条 一。\n第三条 三。\n").unwrap();
        let told = read(&path, &Said::default()).unwrap();
        assert_eq!((told.file.name.as_str(), told.faults[0].line), ("甲(2020-01-01).md", 3));
    }

    #[test]
    fn what_is_given_for_a_folder_fills_only_what_a_text_leaves_out() {
        let folder = tempfile::tempdir().unwrap();
        let given = Said {
            level: Some(NormLevel::DepartmentRule),
            issuer: Some("农业农村部".to_owned()),
            in_force_from: Some(jiff::civil::date(2022, 1, 1)),
        };
        let read = |text: &str| {
            let path = folder.path().join("甲.md");
            fs::write(&path, text).unwrap();
            read(&path, &given).unwrap()
        };
        let whole = read(
            "甲法\n2020年1月1日第十三届全国人民代表大会常务委员会第一次会议通过 自2020年3月1日起施行\n第一条 一。\n",
        );
        assert_eq!((whole.file.level, whole.file.issuer.as_str(), whole.filled.len()), (0, "", 0));
        assert_eq!(whole.file.in_force_from, "");
        let bare = read("乙办法\n2020年1月1日发布\n第一条 一。\n");
        assert_eq!(bare.file.level, Word::number(NormLevel::DepartmentRule));
        assert_eq!((bare.file.issuer.as_str(), bare.file.in_force_from.as_str()), ("农业农村部", "2022-01-01"));
        assert_eq!(bare.filled, ["部门规章", "农业农村部", "2022-01-01"]);
    }
}
