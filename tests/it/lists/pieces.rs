//! Lists whose files come piece by piece.

use futures::StreamExt as _;
use powerlist::sheets::{Format, Sheet};
use proto::powerlist::v1::{
    self as wire, import_list_pieces_request::Part, import_list_pieces_response::Part as Answer,
};
use stories::{
    large::{self, Large},
    suite::{self, Engine, Running},
};
use tonic::{Code, Status};

use super::public;
use crate::{
    engines::on_both_engines,
    people::{frame, list_office::ListOffice, moment},
};

on_both_engines! {
    files_in_pieces_are_one_import_that_says_how_far_it_is,
}

const AT: &str = "2026-06-01T09:00";

fn order(id: &str, files: &[(String, Vec<u8>)]) -> wire::ImportListRequest {
    let mut meta = frame(AT, proto::common::v1::Mode::Handling);
    meta.command_id = id.to_owned();
    wire::ImportListRequest {
        meta: Some(meta),
        files: files
            .iter()
            .map(|(name, _)| wire::ImportFile { name: name.clone(), ..wire::ImportFile::default() })
            .collect(),
        document: "抚远市权力和责任清单（2026年版，示例）".to_owned(),
        reviewer: large::REVIEWER.to_owned(),
        opinion: "依据充分，权责一致，同意公布".to_owned(),
        ..wire::ImportListRequest::default()
    }
}

/// The order and its files in pieces of so many bytes.
fn parts(order: wire::ImportListRequest, files: &[(String, Vec<u8>)], bytes: usize) -> Vec<Part> {
    let pieces = (0..).zip(files).flat_map(|(file, (_, content))| {
        content.chunks(bytes).map(move |piece| Part::Piece(wire::ImportPiece { file, content: piece.to_vec() }))
    });
    std::iter::once(Part::Order(order)).chain(pieces).collect()
}

/// Sends parts, and gives how far it was said to be and what came of it.
async fn send(
    running: &Running,
    parts: Vec<Part>,
) -> Result<(Vec<wire::ImportProgress>, wire::ImportListResponse), Status> {
    running.set_clock(moment(AT));
    let office = ListOffice::of(running);
    let mut lists = wire::powerlist_client::PowerlistClient::new(office.door.clone());
    let parts = parts.into_iter().map(|part| wire::ImportListPiecesRequest { part: Some(part) });
    let mut answers = lists.import_list_pieces(futures::stream::iter(parts)).await?.into_inner();
    let mut progress = Vec::new();
    while let Some(answer) = answers.next().await {
        match answer?.part.expect("a part") {
            Answer::Progress(so_far) => progress.push(so_far),
            Answer::Done(done) => {
                assert!(answers.next().await.is_none(), "it is the last message");
                return Ok((progress, done));
            }
        }
    }
    Err(Status::unavailable("no answer"))
}

async fn files_in_pieces_are_one_import_that_says_how_far_it_is(engine: Engine) {
    let running = suite::start(engine).await;
    let Large { mut registers, lists, items } = large::large(400, Format::Csv);
    registers.extend(lists);
    let id = uuid::Uuid::now_v7().to_string();
    let (progress, done) = send(&running, parts(order(&id, &registers), &registers, 100_000)).await.expect("an answer");
    assert_eq!((done.faults.first(), done.added), (None, 3 + large::AGENCIES as u32 + 2 + 400));
    assert!(progress.is_sorted_by_key(|p| (p.stage, p.done)), "{progress:?}");
    let deciding = progress.iter().find(|p| p.stage() == wire::ImportStage::Deciding).expect("it says how far it is");
    assert_eq!(deciding.of as usize, 3 + large::AGENCIES + 2 + 400);
    let size = || running.suite.ledger("powerlist").expect("a ledger").head().size;
    let after = size();
    let item = wire::GetItemRequest { item: items[399].clone(), as_of: AT[..10].to_owned() };
    let found = public(&running).get_item(item).await.expect("it is there").into_inner().item.expect("an item");
    assert_eq!(found.standard.expect("its standard").tiers.len(), 3);

    // However it is divided, it is the same command; with other bytes it is none.
    let (_, again) = send(&running, parts(order(&id, &registers), &registers, 7_000)).await.expect("an answer");
    assert_eq!((again.changed, size()), (0, after));
    let mut other = registers.clone();
    other[0].1.push(b'\n');
    let reused = send(&running, parts(order(&id, &other), &other, 100_000)).await.expect_err("it is another one");
    assert_eq!(reused.code(), Code::AlreadyExists, "{reused}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_for_a_message_comes_in_pieces() {
    let running = suite::start(Engine::Sqlite).await;
    let tiers: String = (0..10_001).map(|n| format!("02{n:010},一般,情形,警告\n")).collect();
    let files =
        [("standards.csv".to_owned(), format!("{}\n{tiers}", Sheet::Standards.header()[..4].join(",")).into_bytes())];
    let id = || uuid::Uuid::now_v7().to_string();
    let mut whole = order(&id(), &files);
    whole.files[0].content.clone_from(&files[0].1);
    let refused = ListOffice::of(&running).does(AT, whole).await;
    assert!(refused.faults[0].zh.contains("10000行"), "{:?}", refused.faults[0]);
    // There they are read, each with its own fault.
    let (_, read) = send(&running, parts(order(&id(), &files), &files, 1 << 20)).await.expect("an answer");
    assert_eq!(read.rows, 10_001);
    assert!(read.faults[0].zh.contains("没有基本编码"), "{:?}", read.faults[0]);
    // A workbook of that many rows with marks is not made, and that is said.
    let marked = wire::ImportListRequest { mark_faults: true, ..order(&id(), &files) };
    let (_, marked) = send(&running, parts(marked, &files, 1 << 20)).await.expect("an answer");
    assert!(marked.marked.is_empty() && marked.notes.iter().any(|note| note.zh.contains("10000行")));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pieces_that_are_none_are_refused_with_what_is_wrong() {
    let running = suite::start(Engine::Sqlite).await;
    let files = [("regions.csv".to_owned(), b"code,name,level,parent\n230000,\xe9\xbb\x91,province,\n".to_vec())];
    let ordered = || order(&uuid::Uuid::now_v7().to_string(), &files);
    let piece = |file: u32, bytes: usize| Part::Piece(wire::ImportPiece { file, content: vec![b'x'; bytes] });
    let mut filled = ordered();
    filled.files[0].content = b"x".to_vec();
    for (parts, code, word) in [
        (vec![], Code::InvalidArgument, "order"),
        (vec![piece(0, 1)], Code::InvalidArgument, "order"),
        (vec![Part::Order(ordered()), Part::Order(ordered())], Code::InvalidArgument, "piece"),
        (vec![Part::Order(ordered()), piece(1, 1)], Code::InvalidArgument, "piece.file"),
        (vec![Part::Order(ordered()), piece(0, (1 << 20) + 1)], Code::ResourceExhausted, "1048576"),
        (vec![Part::Order(filled)], Code::InvalidArgument, "order.files"),
        (
            std::iter::once(Part::Order(ordered())).chain((0..65).map(|_| piece(0, 1 << 20))).collect(),
            Code::ResourceExhausted,
            "67108864",
        ),
    ] {
        let status = send(&running, parts).await.expect_err(word);
        assert_eq!(status.code(), code, "{status}");
        assert!(status.message().contains(word), "{status} does not say {word}");
    }
    // The place is free as soon as the answer is there.
    for _ in 0..50 {
        let status = send(&running, vec![piece(0, 1)]).await.expect_err("it is no order");
        assert_eq!(status.code(), Code::InvalidArgument, "{status}");
    }
    let (_, done) = send(&running, parts(ordered(), &files, 9)).await.expect("an answer");
    assert_eq!(done.faults, []);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_goes_away_takes_its_import_back() {
    let running = suite::start(Engine::Sqlite).await;
    let Large { mut registers, lists, .. } = large::large(400, Format::Csv);
    registers.extend(lists);
    running.set_clock(moment(AT));
    let mut lists = wire::powerlist_client::PowerlistClient::new(ListOffice::of(&running).door.clone());
    let id = uuid::Uuid::now_v7().to_string();
    let sent = parts(order(&id, &registers), &registers, 1 << 20);
    let sent = sent.into_iter().map(|part| wire::ImportListPiecesRequest { part: Some(part) });
    let mut answers = lists.import_list_pieces(futures::stream::iter(sent)).await.expect("it begins").into_inner();
    while let Some(answer) = answers.next().await {
        if let Some(Answer::Progress(p)) = answer.expect("progress").part
            && p.stage() == wire::ImportStage::Deciding
        {
            break;
        }
    }
    drop(answers);
    // Whoever comes next is let in when it has ended, and finds nothing of it.
    let done = loop {
        match send(&running, parts(order(&id, &registers), &registers, 1 << 20)).await {
            Ok((_, done)) => break done,
            Err(status) => assert_eq!(status.code(), Code::ResourceExhausted, "{status}"),
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert!(done.changed > 400, "{} changed", done.changed);
    running.stop().await;
}
