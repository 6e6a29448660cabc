//! Five plans for building a law-based government: entered when they were made, and carried out since. The measures are
//! those of real plans; what is reported of them is invented.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use proto::powerlist::v1::{CompletePlanTaskRequest, ImportFile, ImportListRequest, ReportPlanProgressRequest};

use super::{
    county::{self, BadSeed, Row},
    days, files,
    lists::{ListAsk, ListStep},
};

/// When each plan was entered.
const ENTERED: [(&str, Date); 5] = [
    ("fy.csv", date(2016, 12, 5)),
    ("bt.csv", date(2016, 6, 6)),
    ("ta.csv", date(2017, 5, 27)),
    ("sb.csv", date(2021, 3, 15)),
    ("xs.csv", date(2022, 8, 15)),
];

/// What the list offices of these regions do.
///
/// # Errors
/// [`BadSeed`].
pub(super) fn program() -> Result<Vec<ListStep>, BadSeed> {
    let mut steps = Vec::new();
    let mut index = 0;
    for (name, text) in files::PLANS {
        let Some((_, entered)) = ENTERED.iter().find(|(file, _)| file == name) else { continue };
        let rows = county::rows(name, text)?;
        let Some(province) = rows.first().map(|row| row.get("区划")[..2].to_owned()) else { continue };
        let office = format!("{province}0000");
        let regions: Vec<&str> = files::PLAN_REGIONS
            .lines()
            .filter(|line| line.starts_with("code") || line.starts_with(&province))
            .collect();
        let files = [("regions.csv", regions.join("\n")), (*name, (*text).to_owned())];
        let files =
            files.map(|(name, text)| ImportFile { name: name.into(), content: text.into(), ..ImportFile::default() });
        let request = ImportListRequest { files: files.into(), ..ImportListRequest::default() };
        steps.push(step(*entered, 9, ListAsk::Plan(office.clone(), Box::new(request))));
        for row in &rows {
            carried_out(row, *entered, index, &office, &mut steps)?;
            index += 1;
        }
    }
    Ok(steps)
}

fn step(day: Date, hour: i8, ask: ListAsk) -> ListStep {
    ListStep { at: days::instant(day.at(hour, 0, 0, 0)), reported: false, ask, refused: None }
}

/// What becomes of a measure. Most days are kept, some are kept late and a few not at all; of a measure without a day
/// something is heard, or it is done, or neither.
fn carried_out(row: &Row, entered: Date, index: i64, office: &str, steps: &mut Vec<ListStep>) -> Result<(), BadSeed> {
    let (plan, number) = (row.get("方案"), row.get("编号"));
    let done = |on: Date, milestone: String, what: &str| {
        let (plan, number, what) = (plan.clone(), number.clone(), what.to_owned());
        let request = CompletePlanTaskRequest { plan, number, milestone, what, ..CompletePlanTaskRequest::default() };
        step(on, 15, ListAsk::Completed(office.to_owned(), Box::new(request)))
    };
    let progress = |on: Date, what: &str| {
        let (plan, number, what) = (plan.clone(), number.clone(), what.to_owned());
        let request = ReportPlanProgressRequest { plan, number, what, ..ReportPlanProgressRequest::default() };
        step(on, 15, ListAsk::Progress(office.to_owned(), Box::new(request)))
    };
    let milestones = row.get("时间节点");
    for line in milestones.lines() {
        let by = line.split('|').next().unwrap_or_default();
        let last: Date = by.parse().map_err(|_| BadSeed { file: plan.clone(), why: format!("{number}: {line}") })?;
        match index % 13 {
            // Half a year before the day there was hope.
            3 => steps.push(progress(entered.max(last - 180.days()), "已形成草案，尚待审定（示例）")),
            7 => steps.push(done(last + 45.days(), by.to_owned(), "已补办完成（示例）")),
            early => {
                steps.push(done(entered.max(last - (5 + early * 6).days()), by.to_owned(), "已完成并公布（示例）"));
            }
        }
    }
    if milestones.is_empty() {
        match index % 3 {
            0 => steps.push(progress(entered + (200 + index).days(), "已列入年度重点工作，按计划推进（示例）")),
            1 => steps.push(done(entered + (600 + index).days(), String::new(), "已全面落实，转入常态（示例）")),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use law::Profile;

    use super::*;

    fn measures() -> Vec<Row> {
        files::PLANS.iter().flat_map(|(name, text)| county::rows(name, text).unwrap()).collect()
    }

    fn clause(row: &Row) -> String {
        format!("{} {}", row.get("方案"), row.get("编号"))
    }

    /// As each plan counts them; XS, which does not, by chapter and paragraph.
    fn counted() -> BTreeSet<String> {
        let chinese = |last| (1..=last).map(law::citation::chinese_number);
        let numbered = |plan: &str, last: u16| (1..=last).map(|n| format!("{plan} {n}")).collect::<Vec<_>>();
        let mut all = numbered("FY", 47);
        all.push("FY 末段".to_owned());
        all.extend(numbered("TA", 50));
        all.extend(numbered("BT", 47));
        all.extend(chinese(5).map(|n| format!("BT 保障{n}")));
        for (chapter, paragraphs) in
            [("二", 6), ("三", 1), ("四", 3), ("五", 4), ("六", 4), ("七", 6), ("八", 5), ("九", 3), ("十", 6)]
        {
            all.extend((1..=paragraphs).map(|n| format!("XS {chapter}{n}")));
        }
        all.extend(chinese(12).map(|n| format!("SB {n}")));
        all.extend(chinese(4).map(|n| format!("SB 保障{n}")));
        all.into_iter().collect()
    }

    #[test]
    fn every_measure_of_the_five_plans_is_there_once() {
        let rows = measures();
        assert_eq!(rows.len(), 48 + 50 + 52 + 38 + 16);
        assert_eq!(rows.iter().map(clause).collect::<BTreeSet<_>>(), counted());
    }

    #[test]
    fn every_plan_clause_of_a_rule_is_a_measure() {
        let known = counted();
        let cards = crate::rules::all().into_iter().flat_map(|rule| rule.plans.iter().map(|plan| (rule.id, *plan)));
        let stray: Vec<_> = cards.filter(|(_, plan)| !known.contains(*plan)).collect();
        assert!(stray.is_empty(), "in no file of seeds/plans: {stray:?}");
    }

    #[test]
    fn no_measure_is_called_whole_that_nothing_serves() {
        let served = |row: &Row| {
            !row.get("能力").is_empty()
                || crate::rules::all().iter().any(|rule| rule.plans.contains(&clause(row).as_str()))
        };
        let wrong: Vec<_> =
            measures().iter().filter(|row| !row.get("全部覆盖").is_empty() && !served(row)).map(clause).collect();
        assert_eq!(wrong, [""; 0]);
    }

    /// A word that no room and no kind of matter has would lead nowhere.
    #[test]
    fn every_capability_is_a_room_or_a_kind_of_matter() {
        const ROOMS: [&str; 9] =
            ["overview", "agencies", "decisions", "items", "deadlines", "findings", "rules", "plans", "audit"];
        let kinds = |profile: &Profile| (profile.vocabulary)().matters.iter().map(|card| card.kind).collect::<Vec<_>>();
        let kinds: Vec<_> = crate::services::profiles().iter().flat_map(kinds).collect();
        for word in powerlist::domain::plan::Capability::WORDS {
            assert!(ROOMS.contains(&word.id) || kinds.contains(&word.id), "{}", word.id);
        }
    }

    #[test]
    fn most_days_are_kept_and_some_are_not() {
        let steps = program().unwrap();
        let of = |wanted: fn(&ListAsk) -> bool| steps.iter().filter(|step| wanted(&step.ask)).count();
        assert_eq!(of(|ask| matches!(ask, ListAsk::Plan(..))), 5);
        let (done, told) =
            (of(|ask| matches!(ask, ListAsk::Completed(..))), of(|ask| matches!(ask, ListAsk::Progress(..))));
        assert!(done > 100 && told > 30, "{done} {told}");
    }
}
