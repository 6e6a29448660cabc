//! Lists as files, and in the order asked for.

use super::*;
use crate::query::sort;

/// Every list that has files, with its page.
const LISTS: [&str; 13] = [
    "/cases",
    "/decisions",
    "/items",
    "/lists/licence",
    "/deadlines",
    "/findings",
    "/agencies",
    "/officers",
    "/rules",
    "/plans",
    "/audit",
    "/board",
    "/agencies/months",
];

/// The addresses on a page that begin so.
fn links(page: &Answered, with: &str) -> Vec<String> {
    let begin = format!("href=\"{with}");
    let found = page.text().split(&begin).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|rest| format!("{with}{}", rest.replace("&#38;", "&"))).collect()
}

#[tokio::test]
async fn every_list_is_taken_away_with_its_filter_as_csv_and_as_a_workbook() {
    let browser = Browser::signed_in("supervisor");
    for list in LISTS {
        for (lang, head) in [("zh", '\u{4e00}'..='\u{9fff}'), ("en", 'A'..='Z')] {
            let page = browser.get(&in_lang(list, lang)).await;
            let files = links(&page, "/export/");
            assert_eq!(files.len(), 2, "{list}: {files:?}");
            for file in files {
                let answer = browser.get(&in_lang(&file, lang)).await;
                assert_eq!(answer.status, StatusCode::OK, "{file}");
                assert_eq!(answer.header("x-content-type-options"), "nosniff", "{file}");
                assert!(answer.header("content-disposition").starts_with("attachment; filename*=UTF-8''"), "{file}");
                if file.contains(".xlsx") {
                    assert!(answer.body.starts_with(b"PK\x03\x04") && answer.header("content-type").contains("sheet"));
                    continue;
                }
                assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
                let text = answer.text().strip_prefix('\u{feff}').expect("a byte order mark");
                let mut rows = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
                let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
                let first: Vec<&str> = rows[0].iter().collect();
                assert!(
                    first.iter().all(|cell| cell.contains(|c| head.contains(&c)) || cell.starts_with("20")),
                    "{file} in {lang}: {first:?}"
                );
                let names: std::collections::BTreeSet<_> = first.iter().collect();
                assert_eq!(names.len(), first.len(), "{file}: a head twice in {first:?}");
                assert!(rows.len() > 3 && rows[1..4].iter().all(|row| row.len() == first.len()), "{file}: {rows:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_file_that_is_not_the_whole_list_says_so_in_its_name_and_in_its_last_line() {
    let file = Browser::signed_in("supervisor").get("/export/cases.csv?lang=en").await;
    let last = file.text().trim_end().lines().last().unwrap();
    assert!(last.starts_with("Only the first 50 rows"), "{last}");
    assert!(file.header("content-disposition").contains("-first-50000.csv"), "{}", file.header("content-disposition"));
    let whole = Browser::signed_in("supervisor").get("/export/agencies.csv?lang=en").await;
    assert!(!whole.text().contains("Only the first") && !whole.header("content-disposition").contains("first"));
}

#[tokio::test]
async fn a_file_opens_to_who_may_read_its_list() {
    for (token, file, status) in [
        ("", "/export/cases.csv", StatusCode::FORBIDDEN),
        ("", "/export/findings.xlsx", StatusCode::FORBIDDEN),
        ("", "/export/audit.csv", StatusCode::FORBIDDEN),
        ("", "/export/decisions.csv", StatusCode::OK),
        ("", "/export/items.xlsx", StatusCode::OK),
        ("", "/export/lists.csv?list=licence", StatusCode::OK),
        ("", "/export/lists.csv?list=nothing", StatusCode::NOT_FOUND),
        ("", "/export/lists.csv", StatusCode::NOT_FOUND),
        ("officer", "/export/cases.csv", StatusCode::OK),
        ("officer", "/export/audit.csv", StatusCode::FORBIDDEN),
        ("operator", "/export/cases.csv", StatusCode::FORBIDDEN),
        ("supervisor", "/export/nothing.csv", StatusCode::NOT_FOUND),
        ("supervisor", "/export/cases.pdf", StatusCode::NOT_FOUND),
        ("supervisor", "/export/cases", StatusCode::NOT_FOUND),
        ("supervisor", "/export/cases.csv?from=x", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(Browser::signed_in(token).get(file).await.status, status, "{file} as {token:?}");
    }
}

#[tokio::test]
async fn every_column_that_a_list_can_be_sorted_by_is_a_link_and_says_how_it_is_sorted() {
    let browser = Browser::signed_in("supervisor");
    for (path, sorting) in [
        ("/cases", &sort::CASES),
        ("/decisions", &sort::DECISIONS),
        ("/deadlines", &sort::DEADLINES),
        ("/findings", &sort::FINDINGS),
        ("/officers", &sort::OFFICERS),
        ("/agencies", &sort::AGENCIES),
        ("/items", &sort::ITEMS),
        ("/lists/licence", &sort::ITEMS),
        ("/audit", &sort::AUDIT),
        ("/board", &sort::BOARD),
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.text().matches("class=\"sort\"").count(), sorting.columns.len(), "{path}");
        let sorted = usize::from(!sorting.usual.is_empty());
        assert_eq!(page.text().matches(" aria-sort=\"").count(), sorted, "{path}");
        for column in sorting.columns {
            for (sort, how, other) in [
                (column.name.to_owned(), "ascending", format!("-{}", column.name)),
                (format!("-{}", column.name), "descending", column.name.to_owned()),
            ] {
                let page = browser.get(&format!("{path}?sort={sort}")).await;
                assert_eq!(page.text().matches(&format!(" aria-sort=\"{how}\"")).count(), 1, "{path} {sort}");
                let says =
                    |href: &String, sort: &str| href.split(['?', '&']).any(|pair| pair == format!("sort={sort}"));
                let turned = links(&page, path).into_iter().filter(|href| says(href, &other));
                assert_eq!(turned.count(), 1, "{path}: {other} turns it round");
                let kept = links(&page, "/export/").iter().filter(|href| says(href, &sort)).count();
                let form = format!("<input type=\"hidden\" name=\"sort\" value=\"{sort}\">");
                assert!(kept == 2 && page.text().contains(&form), "{path} {sort}");
            }
        }
        assert_eq!(browser.get(&format!("{path}?sort=nothing")).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    let page = browser.get("/cases?sort=-fine&stage=decide").await;
    assert!(
        links(&page, "/cases").iter().any(|href| href == "/cases?page=2&sort=-fine&stage=decide"),
        "paging keeps it"
    );
}

#[tokio::test]
async fn the_filters_of_cases_are_fields_of_its_form_and_told_above_the_list() {
    let address = "/cases?lang=en&fine_from=10%2C000.01&without=legal_review&severity=high&rule=EN-REVIEW&outcome=punished\
                   &timing=overdue&officer=230883-SC-0001&item=x";
    let page = Browser::signed_in("supervisor").get(address).await;
    let text = page.text();
    for told in [
        "name=\"fine_from\" maxlength=\"20\" value=\"10000.01\"",
        "<option value=\"legal_review\" selected>Legal review</option>",
        "<option value=\"high\" selected>",
        "<option value=\"EN-REVIEW\" selected>",
        "<option value=\"punished\" selected>",
        "<option value=\"overdue\" selected>",
        "name=\"officer\" maxlength=\"100\" value=\"230883-SC-0001\"",
        "Fine from (CNY) CNY 10,000.01",
        "Never reached stage Legal review",
        "<input type=\"hidden\" name=\"item\" value=\"x\">",
    ] {
        assert!(text.contains(told), "{told}");
    }
    // A field of the form is sent once.
    for name in ["fine_from", "without", "severity", "rule", "outcome", "timing", "officer", "item"] {
        assert_eq!(text.matches(&format!(" name=\"{name}\"")).count(), 1, "{name}");
    }
    assert_eq!(Browser::signed_in("supervisor").get("/cases?fine_from=much").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn every_number_of_the_months_opens_the_rows_that_it_counts() {
    let page = Browser::signed_in("supervisor").get("/agencies/months?of=decided&year=2026&lang=en").await;
    for told in [
        "<option value=\"decided\" selected>decided</option>",
        "<option value=\"2026\" selected>",
        "href=\"/cases?agency=11230883MB01310199&#38;decided_from=2026-03-01&#38;decided_to=2026-03-31\">",
        "href=\"/cases?decided_from=2026-03-01&#38;decided_to=2026-03-31\">",
        "href=\"/cases?agency=11230883MB01310199&#38;decided_from=2026-01-01&#38;decided_to=2026-11-30\">",
    ] {
        assert!(page.text().contains(told), "{told}");
    }
    assert_eq!(Browser::visitor().get("/agencies/months").await.status, StatusCode::FORBIDDEN);
}
