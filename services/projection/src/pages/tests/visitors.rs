//! What visitors bring and follow.

use futures::StreamExt as _;

use super::{
    fixture::window::{ANSWERED, APPLIED, CODE, ENTRY, FAILS, HELD, MARKED, ODD, REPEATED},
    *,
};

const BOUNDARY: &str = "----a-form-of-a-browser";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// One field of a form with files: its name, the file's name if it is one, its bytes.
type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

impl Browser {
    async fn brings(&self, address: &str, parts: &[Part<'_>]) -> Answered {
        let request = self.request(Method::POST, address);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        // As it comes over the net: part by part.
        let whole = multipart(parts);
        let chunks: Vec<Result<Vec<u8>, std::io::Error>> = whole.chunks(64 * 1024).map(|c| Ok(c.to_vec())).collect();
        let comes = |chunk| async {
            tokio::task::yield_now().await;
            chunk
        };
        let body = Body::from_stream(futures::stream::iter(chunks).then(comes));
        self.send(request.header(header::CONTENT_TYPE, kind).body(body).unwrap()).await
    }

    pub(super) async fn posts(&self, address: &str, fields: &[(&str, &str)]) -> Answered {
        let form = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let body: Vec<String> = fields.iter().map(|(name, text)| format!("{name}={}", form(text))).collect();
        let request = self.request(Method::POST, address);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }
}

/// A report with these words and this file.
fn report<'a>(text: &'a str, file: Option<(&'a str, &'a [u8])>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'_>> = vec![
        ("command_id", None, b"01990000-0000-7000-8000-0000000000aa"),
        ("kind", None, b"report"),
        ("text", None, text.as_bytes()),
        ("against", None, AGENCY.as_bytes()),
        ("phone", None, b"13900001234"),
    ];
    match file {
        Some((name, bytes)) => parts.push(("files", Some(name), bytes)),
        // A browser sends this where no file was chosen.
        None => parts.push(("files", Some(""), b"")),
    }
    parts
}

#[tokio::test]
async fn a_matter_is_brought_and_its_receipt_is_shown_once_and_kept_nowhere() {
    let visitor = Browser::visitor();
    for (address, told) in [("/complain", "只在这里显示一次"), ("/complain?lang=en", "shown here once")] {
        let page = visitor.brings(address, &report("正阳街无证经营", Some(("a.png", PNG)))).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains(CODE) && page.text().contains(told), "{}", page.text());
        assert!(page.text().contains("抚远市信访局1"), "the file is sent on");
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
        assert!(!page.header(header::SET_COOKIE).contains(CODE));
        assert!(!page.text().contains("正阳街无证经营"), "what was said is said to nobody again");
    }
    let none = visitor.brings("/complain", &report("正阳街无证经营", None)).await;
    assert!(none.text().contains("抚远市信访局0"), "no file is no file");
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_everything_typed_comes_back() {
    let visitor = Browser::visitor();
    let large = [PNG, &vec![0; proto::limits::ATTACHMENT_BYTES_MAX]].concat();
    let six: Vec<Part<'_>> = (0..6).map(|_| ("files", Some("a.png"), PNG)).collect();
    for (parts, field, told) in [
        (report("我写了很多", Some(("a.png", b"<html>"))), "files", "JPEG"),
        (report("我写了很多", Some(("a.png", &large))), "files", "4 MiB"),
        ([report("我写了很多", None), six].concat(), "files", "最多5个"),
        (report("", Some(("a.png", PNG))), "text", "请写明反映的内容"),
        ([report("我写了很多", None), vec![("score", None, &b"poor"[..])]].concat(), "score", "只有政务服务好差评"),
        ([vec![("kind", None, &b"king"[..])], report("我写了很多", None)].concat(), "kind", "请选择类别"),
    ] {
        let page = visitor.brings("/complain", &parts).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let text = page.text();
        assert!(text.contains(told) && text.contains("role=\"alert\""), "{field}: {text}");
        assert!(
            text.contains(&format!("href=\"#{field}\"")) && text.contains(&format!("id=\"{field}-problem\"")),
            "{field}"
        );
        assert!(text.contains(&format!("aria-describedby=\"{field}-problem\"")), "{field}");
        assert!(
            text.contains("13900001234") && text.contains("value=\"01990000-0000-7000-8000-0000000000aa\""),
            "{field}"
        );
        assert!(field == "text" || text.contains(">我写了很多</textarea>"), "{field}: {text}");
        assert!(text.contains(&format!("value=\"{AGENCY}\" selected")), "{field}");
        let files = parts.iter().any(|(_, file, _)| file.is_some_and(|name| !name.is_empty()));
        assert_eq!(text.contains("附件没有保留，请重新选择"), files, "{field}");
    }
}

#[tokio::test]
async fn what_the_services_say_no_to_is_told_in_the_readers_language_and_nothing_is_lost() {
    let visitor = Browser::visitor();
    for (words, status, zh, en) in [
        (FAILS, StatusCode::SERVICE_UNAVAILABLE, "暂时无法办理", "not possible right now"),
        (REPEATED, StatusCode::CONFLICT, "先前已经提交成功", "went through before"),
        (HELD, StatusCode::UNPROCESSABLE_ENTITY, "没有机关在网上接收", "no organ receives it over the web"),
    ] {
        for (address, told) in [("/complain", zh), ("/complain?lang=en", en)] {
            let page = visitor.brings(address, &report(words, None)).await;
            assert_eq!(page.status, status, "{words}");
            assert!(page.text().contains(told) && page.text().contains(&format!(">{words}</textarea>")), "{words}");
            let same = page.text().contains("value=\"01990000-0000-7000-8000-0000000000aa\"");
            assert_eq!(same, words != REPEATED, "what went through before has its own id");
        }
    }
}

#[tokio::test]
async fn a_matter_is_followed_by_its_code_which_is_in_no_address() {
    let visitor = Browser::visitor();
    let page = visitor.posts("/follow", &[("code", CODE)]).await;
    assert_eq!(page.status, StatusCode::OK);
    for told in ["抚信访登〔2026〕1号", "反映无证经营", "登记", "&#60;script&#62;", "name=\"text\""] {
        assert!(page.text().contains(told), "{told}");
    }
    assert!(!page.text().contains("name=\"score\""), "there is no answer to rate");
    assert!(!page.text().contains(&format!("{CODE}\">English")) && !page.text().contains(&format!("?code={CODE}")));
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    let answered = visitor.posts("/follow?lang=en", &[("code", ANSWERED)]).await;
    assert!(answered.text().contains("name=\"score\"") && answered.text().contains("Registered"));
}

#[tokio::test]
async fn words_and_ratings_are_added_and_what_failed_comes_back() {
    let visitor = Browser::visitor();
    let added = visitor.posts("/follow", &[("code", CODE), ("text", "昨晚还在营业")]).await;
    assert!(added.status == StatusCode::OK && added.text().contains("已经收到您补充的内容"));
    assert!(!added.text().contains(">昨晚还在营业</textarea>"));
    let rated = visitor.posts("/follow", &[("code", ANSWERED), ("score", "poor")]).await;
    assert!(rated.status == StatusCode::OK && rated.text().contains("已经记录您的评价"));
    let long = "长".repeat(proto::limits::SEALED_TEXT_BYTES_MAX / 3 + 1);
    for (text, told) in [(FAILS, "暂时无法办理"), (long.as_str(), "内容过长")] {
        let failed = visitor.posts("/follow", &[("code", CODE), ("text", text)]).await;
        assert_eq!(failed.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(failed.text().contains(told) && failed.text().contains(&format!(">{text}</textarea>")), "{told}");
        assert!(failed.text().contains("id=\"text-problem\"") && failed.text().contains("href=\"#text\""));
    }
    let away = visitor.posts("/follow", &[("code", FAILS)]).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
}

/// An application with this request.
fn application<'a>(request: &'a str, act: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("command_id", "01990000-0000-7000-8000-0000000000aa"),
        ("organ", AGENCY),
        ("respondent", AGENCY),
        ("act", act),
        ("what", "罚款六万元"),
        ("done", "2026-11-02"),
        ("known", "2026-11-03"),
        ("rights_told", "yes"),
        ("request", request),
        ("reasons", "没有听证"),
        ("person", "citizen"),
        ("name", "王小明"),
        ("phone", "13900001234"),
    ]
}

#[tokio::test]
async fn an_application_for_reconsideration_is_made_and_followed() {
    let visitor = Browser::visitor();
    for (address, told) in [("/appeal", "只在这里显示一次"), ("/appeal?lang=en", "shown here once")] {
        let page = visitor.posts(address, &application("撤销处罚决定", "penalty")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.text().contains(APPLIED) && page.text().contains(told) && !page.text().contains("王小明"));
    }
    for (address, told) in
        [("/follow", ["审理", "收到复议申请"]), ("/follow?lang=en", ["Hearing the case", "received"])]
    {
        let page = visitor.posts(address, &[("code", APPLIED)]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            told.iter().all(|told| page.text().contains(told)) && !page.text().contains("<form class=\"ask\""),
            "{}",
            page.text()
        );
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_application_stands_at_its_field_and_everything_typed_comes_back() {
    let visitor = Browser::visitor();
    for (fields, status, field, told) in [
        (application("", "penalty"), StatusCode::UNPROCESSABLE_ENTITY, "request", "请填写这一项"),
        (application("撤销处罚决定", "war"), StatusCode::UNPROCESSABLE_ENTITY, "act", "请填写这一项"),
        (application(HELD, "penalty"), StatusCode::UNPROCESSABLE_ENTITY, "done", "这一项填写有误：晚于今天"),
        (application(ODD, "penalty"), StatusCode::UNPROCESSABLE_ENTITY, "", "这一项填写有误 (meta.at)"),
        (application(MARKED, "penalty"), StatusCode::UNPROCESSABLE_ENTITY, "reasons", "第3个字符是U+202E"),
        (application(REPEATED, "penalty"), StatusCode::CONFLICT, "", "先前已经提交成功"),
        (application(FAILS, "penalty"), StatusCode::SERVICE_UNAVAILABLE, "", "暂时无法办理"),
    ] {
        let page = visitor.posts("/appeal", &fields).await;
        assert_eq!(page.status, status, "{told}");
        let text = page.text();
        assert!(text.contains(told) && text.contains("role=\"alert\""), "{told}: {text}");
        assert!(field.is_empty() || text.contains(&format!("id=\"{field}-problem\"")), "{field}");
        for typed in
            [">罚款六万元</textarea>", ">没有听证</textarea>", "value=\"王小明\"", "value=\"2026-11-02\"", " checked>"]
        {
            assert!(text.contains(typed), "{typed} of {told}");
        }
    }
}

#[tokio::test]
async fn a_code_that_opens_nothing_looks_the_same_whatever_is_wrong_with_it_and_whatever_is_asked() {
    let visitor = Browser::visitor();
    let wrong = ["", "nonsense", "11234-56701-ABCDE-FGHJK-MNPZT"];
    let mut pages = Vec::new();
    for code in wrong {
        for more in [&[][..], &[("text", "补充")], &[("score", "good")]] {
            let page = visitor.posts("/follow", &[&[("code", code)], more].concat()).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{code}");
            pages.push(page.text().replace(&format!("value=\"{code}\""), ""));
        }
    }
    assert!(pages[0].contains("逐字核对"));
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn forms_of_other_sites_and_too_many_forms_are_refused_with_a_page_in_both_languages() {
    let visitor = Browser::visitor();
    for address in ["/complain", "/appeal", "/follow"] {
        let request = visitor.request(Method::POST, address).header("sec-fetch-site", "cross-site");
        let page = visitor.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{address}");
        assert!(page.text().contains("另一个网站"));
    }
    let one = 1.try_into().unwrap();
    let throttle = kernel::throttle::Throttle::new(kernel::throttle::Pace { per_client: one, in_total: one }, vec![]);
    let state = PageState { throttle: Arc::new(throttle), ..fixture::state(Fixture::default()) };
    let hasty = Browser { router: router(state), cookie: String::new() };
    assert_eq!(hasty.posts("/follow", &[("code", CODE)]).await.status, StatusCode::OK);
    for (address, told) in [("/follow", "提交过于频繁"), ("/complain?lang=en", "Too many forms")] {
        let page = hasty.posts(address, &[("code", CODE)]).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(page.text().contains(told));
        assert!((1..=60).contains(&page.header(header::RETRY_AFTER).parse::<u64>().unwrap()));
    }
    assert_eq!(hasty.get("/complain").await.status, StatusCode::OK, "looking is free");
    // What was typed is not lost, and stands in no address.
    let again = hasty.brings("/complain", &report("正阳街无证经营", Some(("a.png", PNG)))).await;
    let asked = [
        ("code", CODE),
        ("text", "补充：门牌88号"),
        ("score", "good"),
        ("command_id", "01990000-0000-7000-8000-0000000000ab"),
    ];
    let added = hasty.posts("/follow", &asked).await;
    let applied = hasty.posts("/appeal", &[("what", "罚款决定"), ("reasons", "事实不清"), ("name", "张某")]).await;
    for (page, kept) in [
        (again, vec!["正阳街无证经营", "13900001234", "01990000-0000-7000-8000-0000000000aa", "附件须重新选择"]),
        (added, vec!["补充：门牌88号", "value=\"good\"", "01990000-0000-7000-8000-0000000000ab", CODE]),
        (applied, vec!["罚款决定", "事实不清", "张某"]),
    ] {
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        assert!((1..=60).contains(&page.header(header::RETRY_AFTER).parse::<u64>().unwrap()));
        assert_eq!((page.header(header::LOCATION), page.header(header::CACHE_CONTROL)), ("", "no-store"));
        for kept in kept {
            assert!(page.text().contains(kept), "{kept}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn a_form_that_is_too_long_comes_back_with_what_was_read() {
    let visitor = Browser::visitor();
    let file = [PNG, &vec![0; proto::limits::ATTACHMENT_BYTES_MAX]].concat();
    let mut parts = report("我写了很多", None);
    parts.extend((0..6).map(|_| -> Part<'_> { ("files", Some("a.png"), &file) }));
    let page = visitor.brings("/complain", &parts).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("20 MiB") && page.text().contains(">我写了很多</textarea>"));
    let body = "x".repeat(shield::WORDS_BYTES_MAX + 1);
    assert_eq!(visitor.posts("/follow", &[("code", &body)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let none = visitor.request(Method::POST, "/complain").body(Body::from("kind=report")).unwrap();
    assert_eq!(visitor.send(none).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_sealed_file_is_handed_out_to_who_may_read_it_and_never_shown() {
    let address = format!("/attachments/{CASE}/{ENTRY}");
    let file = Browser::signed_in("officer").get(&address).await;
    assert_eq!((file.status, file.text()), (StatusCode::OK, "<script>"));
    assert_eq!(
        file.header(header::CONTENT_DISPOSITION),
        "attachment; filename*=UTF-8''%E8%AF%81%E6%8D%AE%20%221%22.png"
    );
    assert_eq!(file.header(header::CONTENT_TYPE), "image/png");
    assert_eq!(file.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(file.header(header::CONTENT_SECURITY_POLICY), "sandbox; default-src 'none'");
    assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
    for (token, status) in
        [("", StatusCode::FORBIDDEN), ("operator", StatusCode::FORBIDDEN), ("supervisor", StatusCode::NOT_FOUND)]
    {
        assert_eq!(Browser::signed_in(token).get(&address).await.status, status, "{token}");
    }
}
