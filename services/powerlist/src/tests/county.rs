use std::path::Path;

use super::*;
use crate::county::{County, CountyPlan, Import, Stage, import_county};

fn seeds() -> Vec<(String, Vec<u8>)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/county");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.push((name, std::fs::read(&path).unwrap()));
    }
    files
}

fn plan() -> CountyPlan {
    CountyPlan {
        agencies_from: fixture::day("2019-03-01"),
        registered: fixture::at("2025-06-03"),
        drafted: fixture::at("2025-06-09"),
        reviewed: fixture::at("2025-06-13"),
        published: fixture::at("2025-06-20"),
        reviewer: "131035".into(),
        opinion: OPINION.into(),
        document: "抚政发〔2025〕3号（示例）".into(),
        catalogue: Some(("230000".into(), "黑龙江省行政权力基本目录（示例）".into())),
    }
}

#[tokio::test]
async fn the_county_of_the_seeds_goes_in_whole_and_lawful() {
    let office = Office::new().await;
    let mut stages = Vec::new();
    let summary = import_county(
        &County::of(seeds()),
        &plan(),
        |import| {
            office.clock.set(import.at);
            stages.push(import.stage);
        },
        async |request| office.send(request).await,
    )
    .await
    .unwrap();
    assert_eq!((stages.first(), stages.last()), (Some(&Stage::Registers), Some(&Stage::Registers)));
    assert!(stages.contains(&Stage::Publication));
    let index = office.app.lists().read().await.unwrap();
    assert!(index.agencies.len() >= 8 && index.officers.len() >= 120, "agencies and officers");
    let filter = crate::index::ItemFilter::default();
    let items: Vec<_> = index.items_on(fixture::day("2025-06-20"), &filter).collect();
    assert!(items.len() >= 150, "{} items", items.len());
    for (code, version, state) in &items {
        let penalty = version.content.kind == lists::facts::PowerKind::Penalty;
        assert_eq!(state.standard(fixture::day("2025-06-20")).is_some(), penalty, "{code}");
    }
    // One reviewer of the seeds lacks the qualification, and the record says so; nothing else is wrong.
    assert!(summary.violations.iter().all(|rule| rule == "OF-EXAM"), "{:?}", summary.violations);
    drop(index);
    let set_clock = |import: &Import| office.clock.set(import.at);
    let again = import_county(&County::of(seeds()), &plan(), set_clock, async |r| office.send(r).await).await.unwrap();
    assert_eq!((again.changed, again.unchanged), (0, summary.changed));
}
