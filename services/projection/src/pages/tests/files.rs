//! Files of cases, and the search.

use super::*;

/// The digest of a file that the services answer for: the first two characters say how.
fn digest(kind: &str) -> String {
    format!("{kind:0<64}")
}

#[tokio::test]
async fn a_file_of_a_case_is_shown_or_handed_out_and_nothing_of_it_runs() {
    let officer = Browser::signed_in("officer");
    for (kind, media_type, how) in [
        ("a1", "image/png", "inline; filename=\"a100000000000000.png\""),
        ("a2", "image/svg+xml", "attachment; filename=\"a200000000000000.bin\""),
        ("a3", "text/html", "attachment; filename=\"a300000000000000.bin\""),
        ("a4", "application/pdf", "attachment; filename=\"a400000000000000.pdf\""),
        ("a5", "text/plain; charset=utf-8", "inline; filename=\"a500000000000000.txt\""),
        ("a6", "application/octet-stream", "attachment; filename=\"a600000000000000.bin\""),
    ] {
        let file = officer.get(&format!("/files/{CASE}/{}", digest(kind))).await;
        assert_eq!((file.status, file.body.as_slice()), (StatusCode::OK, b"<script></script>".as_slice()), "{kind}");
        assert_eq!((file.header("content-type"), file.header("content-disposition")), (media_type, how), "{kind}");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert_eq!(file.header("content-security-policy"), "sandbox; default-src 'none'");
    }
}

#[tokio::test]
async fn a_file_opens_to_who_the_service_says_may_read_its_case() {
    for (token, kind, status) in [
        ("", "a1", StatusCode::FORBIDDEN),
        ("supervisor", "a1", StatusCode::FORBIDDEN),
        ("officer", "ff", StatusCode::NOT_FOUND),
        ("officer", "dd", StatusCode::SERVICE_UNAVAILABLE),
    ] {
        let page = Browser::signed_in(token).get(&format!("/files/{CASE}/{}", digest(kind))).await;
        assert_eq!(page.status, status, "{kind} as {token:?}");
        assert!(!page.text().contains("<script"), "{kind} as {token:?}");
    }
}

#[tokio::test]
async fn the_page_of_a_case_leads_to_its_files() {
    let page = Browser::signed_in("officer").get(&format!("/cases/{CASE}")).await;
    assert!(page.text().contains(&format!("href=\"/files/{CASE}/")));
    let public = Browser::visitor().get(&format!("/cases/{PUBLIC_CASE}")).await;
    assert!(!public.text().contains("/files/"));
}

#[tokio::test]
async fn every_page_has_a_search_and_it_finds_what_its_reader_may_see() {
    let found = async |token: &str| Browser::signed_in(token).get("/search?text=%E5%B8%82&lang=en").await;
    let (supervisor, public) = (found("supervisor").await, found("").await);
    for (kind, link, open_to_all) in [
        ("Agencies", "href=\"/agencies?text=%E5%B8%82\"", false),
        ("Cases", "href=\"/cases?text=%E5%B8%82\"", false),
        ("Officers", "href=\"/officers?text=%E5%B8%82\"", false),
        ("Lists", "href=\"/items?text=%E5%B8%82\"", true),
        ("Published decisions", "href=\"/decisions?text=%E5%B8%82\"", true),
    ] {
        assert!(supervisor.text().contains(link), "{kind}");
        assert_eq!(public.text().contains(link), open_to_all, "{kind}");
    }
    assert!(supervisor.text().contains(&format!("href=\"/agencies/{AGENCY}\"")));
    for page in ["/", "/cases", "/login", "/nope", &format!("/items/{ITEM}")] {
        let page = Browser::visitor().get(page).await;
        assert!(page.text().contains("<form class=\"find\" method=\"get\" action=\"/search\" role=\"search\""));
    }
    assert!(
        supervisor
            .text()
            .contains("maxlength=\"100\" placeholder=\"Search agencies, items, cases, officers\" value=\"市\"")
    );
}
