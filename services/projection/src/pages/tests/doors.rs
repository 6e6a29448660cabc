//! Who gets in, what is set, and what is refused.

use super::*;

#[tokio::test]
async fn the_public_sees_eight_rooms_and_published_decisions() {
    let visitor = Browser::visitor();
    for address in [
        "/",
        "/complain",
        "/appeal",
        "/follow",
        "/decisions",
        "/items",
        "/rules",
        "/plans",
        &format!("/items/{ITEM}"),
        &format!("/cases/{PUBLIC_CASE}"),
        "/login",
    ] {
        assert_eq!(visitor.get(address).await.status, StatusCode::OK, "{address}");
    }
}

#[tokio::test]
async fn the_public_is_told_which_role_opens_the_other_rooms() {
    let visitor = Browser::visitor();
    for address in
        ["/cases", "/agencies", "/officers", "/deadlines", "/findings", "/audit", &format!("/agencies/{AGENCY}")]
    {
        let page = visitor.get(address).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{address}");
        assert!(page.text().contains("执法监督人员"), "{address}");
        assert!(page.text().contains("/login?next="), "{address}");
    }
}

#[tokio::test]
async fn to_the_public_an_unpublished_case_is_as_one_that_does_not_exist() {
    let visitor = Browser::visitor();
    let unpublished = visitor.get(&format!("/cases/{CASE}")).await;
    let unknown = visitor.get("/cases/01990000-0000-7000-8000-0000000000ff").await;
    assert_eq!(unpublished.status, StatusCode::FORBIDDEN);
    let same = |page: &Answered| page.text().replace(CASE, "X").replace("01990000-0000-7000-8000-0000000000ff", "X");
    assert_eq!(same(&unpublished), same(&unknown));
}

#[tokio::test]
async fn the_public_overview_tells_nothing_of_findings_and_leads_to_no_closed_room() {
    let page = Browser::visitor().get("/").await;
    for hidden in
        ["严重问题", "逾期未办", "罚款决定额", "href=\"/cases?", "href=\"/findings?", "href=\"/deadlines?", CASE]
    {
        assert!(!page.text().contains(hidden), "{hidden}");
    }
    assert!(page.text().contains(&format!("/cases/{PUBLIC_CASE}")));
}

#[tokio::test]
async fn the_public_file_of_a_case_holds_the_decision_and_no_more() {
    let page = Browser::visitor().get(&format!("/cases/{PUBLIC_CASE}")).await;
    assert!(page.text().contains("抚市监罚决〔2026〕97号"));
    for hidden in ["id=\"timeline\"", "id=\"evidence\"", "id=\"findings\"", "id=\"deadlines\"", "class=\"ribbon\""] {
        assert!(!page.text().contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn the_public_trail_holds_public_matters_and_nothing_that_happened() {
    let visitor = Browser::visitor();
    let page = visitor.get(&format!("/trail/{PUBLIC_CASE}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("<section id=\"matters\">") && !page.text().contains("<section id=\"trail\">"));
    assert!(!page.text().contains("另一事项"));
    assert_eq!(visitor.get(&format!("/trail/{CASE}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(Browser::signed_in("officer").get("/trail/nope").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_officer_reads_cases_and_no_audit_and_the_operator_the_other_way_round() {
    let officer = Browser::signed_in("officer");
    assert_eq!(officer.get("/cases").await.status, StatusCode::OK);
    assert_eq!(officer.get("/audit").await.status, StatusCode::FORBIDDEN);
    let operator = Browser::signed_in("operator");
    assert_eq!(operator.get("/cases").await.status, StatusCode::FORBIDDEN);
    let audit = operator.get("/audit").await;
    assert_eq!(audit.status, StatusCode::OK);
    assert!(!audit.text().contains("id=\"log\"") && !audit.text().contains(CASE));
}

#[tokio::test]
async fn what_is_not_there_is_404_for_those_who_may_look() {
    let supervisor = Browser::signed_in("supervisor");
    for address in ["/nope", "/cases/nope", "/agencies/nope", "/items/nope", "/assets/nope.css", "/cases/"] {
        assert_eq!(supervisor.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn a_token_in_the_address_becomes_a_cookie_and_leaves_the_address() {
    let answer = Browser::visitor().get("/cases?text=a&token=supervisor").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header(header::LOCATION), "/cases?text=a");
    let cookie = answer.header(header::SET_COOKIE);
    assert!(cookie.starts_with("fazhi_session=supervisor; "), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("Secure"));
    let bad = Browser::visitor().get("/?token=forged").await;
    assert_eq!((bad.status, bad.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/login?bad=1&next=%2F"));
    assert_eq!(bad.header(header::SET_COOKIE), "");
}

#[tokio::test]
async fn cookies_are_marked_secure_behind_tls() {
    let state = PageState { secure: true, ..fixture::state(Fixture::default()) };
    let browser = Browser { router: router(state), cookie: String::new() };
    let answer = browser.get("/?token=officer").await;
    assert!(answer.header(header::SET_COOKIE).ends_with("; Secure"));
    assert!(answer.header(header::STRICT_TRANSPORT_SECURITY).starts_with("max-age="));
}

/// A session that is not accepted any more says so on every page, also where the public sees something; and whoever signs in
/// again is back where he was.
#[tokio::test]
async fn a_sign_in_that_ran_out_says_so_and_leads_back() {
    let gone = Browser::signed_in("ran-out");
    for address in ["/", "/items?on=2026-03-01", "/findings?severity=high", &format!("/cases/{CASE}"), "/nope"] {
        let page = gone.get(address).await;
        assert!(page.text().contains("您的登录已经过期"), "{address}");
        let back = match address {
            "/" => "href=\"/login\"".to_owned(),
            to => format!("href=\"/login?next={}\"", address::encode(to)),
        };
        assert!(page.text().contains(&back), "{address}: {back}");
    }
    assert!(!Browser::visitor().get("/").await.text().contains("您的登录已经过期"), "who never signed in");
    // A link with a token that is not accepted any more keeps its page; never one of another site.
    let visitor = Browser::visitor();
    let link = visitor.get("/findings?severity=high&token=ran-out").await;
    let to = "/login?bad=1&next=%2Ffindings%3Fseverity%3Dhigh";
    assert_eq!((link.status, link.header(header::LOCATION)), (StatusCode::SEE_OTHER, to));
    let form = visitor.get(to).await;
    assert!(form.text().contains("name=\"next\" value=\"/findings?severity=high\""), "{}", form.text());
    let away = visitor.get("//evil.example?token=ran-out").await;
    let form = visitor.get(away.header(header::LOCATION)).await;
    assert!(form.text().contains("name=\"next\" value=\"/\""), "{}", form.text());
}

#[tokio::test]
async fn signs_in_by_the_form_and_out_again() {
    let visitor = Browser::visitor();
    let post = |body: &'static str| {
        visitor
            .request(Method::POST, "/login")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    let answer = visitor.send(post("token=+supervisor+&next=%2Ffindings")).await;
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/findings"));
    assert!(answer.header(header::SET_COOKIE).starts_with("fazhi_session=supervisor;"));
    let away = visitor.send(post("token=supervisor&next=//evil.example")).await;
    assert_eq!(away.header(header::LOCATION), "/");
    let wrong = visitor.send(post("token=nobody&next=%2Ffindings")).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.text().contains("令牌无效") && wrong.text().contains("value=\"/findings\""));
    let out = Browser::signed_in("supervisor").get("/logout").await;
    assert!(out.header(header::SET_COOKIE).contains("Max-Age=0"));
}

#[tokio::test]
async fn refuses_a_login_form_of_another_site_and_a_body_that_is_too_long() {
    let visitor = Browser::visitor();
    let form = |request: axum::http::request::Builder| {
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    };
    let foreign = form(visitor.request(Method::POST, "/login")).header("sec-fetch-site", "cross-site");
    let answer = visitor.send(foreign.body(Body::from("token=supervisor")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.header(header::SET_COOKIE), "");
    let long = form(visitor.request(Method::POST, "/login"));
    let long = long.body(Body::from(format!("token={}", "a".repeat(shield::BODY_BYTES_MAX)))).unwrap();
    assert_eq!(visitor.send(long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn pages_are_read_only() {
    let supervisor = Browser::signed_in("supervisor");
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let answer = supervisor.send(supervisor.request(method.clone(), "/cases").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.header(header::ALLOW), "GET, HEAD");
    }
    let head = supervisor.send(supervisor.request(Method::HEAD, "/cases").body(Body::empty()).unwrap()).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn malformed_and_overlong_queries_are_refused_with_a_page() {
    let supervisor = Browser::signed_in("supervisor");
    for address in
        ["/cases?from=yesterday", "/cases?state=nowhere", "/findings?severity=x", "/rules?kind=x", "/items?page=-1"]
    {
        let page = supervisor.get(address).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(page.text().contains("查询条件有误"), "{address}");
    }
    let long = supervisor.get(&format!("/cases?text={}", "a".repeat(4000))).await;
    assert_eq!(long.status, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn a_failure_shows_an_incident_number_and_nothing_of_its_cause() {
    let page = Browser::of(Fixture { broken: true, ..Fixture::default() }, "supervisor").get("/cases?lang=en").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.text().contains("Incident number <code>0"));
    assert!(!page.text().contains("a fixed failure"));
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    for token in ["", "supervisor"] {
        let browser = Browser::signed_in(token);
        for address in addresses().iter().map(String::as_str).chain(["/nope", "/?token=x", "/logout"]) {
            let answer = browser.get(address).await;
            let policy = answer.header(header::CONTENT_SECURITY_POLICY);
            assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{address}: {policy}");
            assert!(!policy.contains("unsafe"), "{address}");
            assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{address}");
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{address}");
        }
    }
}

#[tokio::test]
async fn the_stylesheet_is_named_by_its_content_and_kept_for_ever() {
    let visitor = Browser::visitor();
    let css = visitor.get(&assets::STYLESHEET.href()).await;
    assert_eq!(css.status, StatusCode::OK);
    assert_eq!(css.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert!(css.header(header::CONTENT_TYPE).starts_with("text/css"));
    assert!(visitor.get("/").await.text().contains(&assets::STYLESHEET.href()));
}
