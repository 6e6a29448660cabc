//! 投诉举报: a person brings a matter, under a name or without one.

use std::time::Duration;

use askama::Template;
use axum::{
    extract::Request,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use proto::{
    common::v1::Identity,
    complaints::v1::{Attachment, Kind, Score, SubmitComplaintRequest},
    limits::{ATTACHMENT_TYPES, SEALED_TEXT_BYTES_MAX},
};
use tokio::sync::Semaphore;
use tonic::{Code, Status};
use uuid::Uuid;

use super::{
    PageError,
    context::Cx,
    error,
    form::{self, Posted, Problems},
    frame::Frame,
    i18n::{Lang, Words},
    officers::agency_choices,
    overview::region_choices,
    parts::Choice,
    receipt,
    room::Room,
    shield::{FILES_AT_ONCE_MAX, TooSoon},
};

/// Longest time for the service's answer: it seals every file.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
/// Most characters of a name, a number or an address.
const SHORT_MAX: usize = 200;

/// Each holds the files of one form in memory.
static PLACES: Semaphore = Semaphore::const_new(FILES_AT_ONCE_MAX);

/// What may be brought over the web, with what each is for.
const KINDS: [(&str, Kind, &str, &str); 6] = [
    (
        "complaint",
        Kind::Complaint,
        "投诉：请求处理与自己有关的问题",
        "Complaint: something done to you is to be settled",
    ),
    ("report", Kind::Report, "举报：反映违法行为", "Report: somebody breaks the law"),
    ("petition", Kind::Petition, "信访：反映情况、提出请求", "Petition: tell and ask"),
    ("suggestion", Kind::Suggestion, "建议", "Suggestion"),
    ("service_rating", Kind::ServiceRating, "政务服务好差评", "Rate a government service"),
    ("norm_review", Kind::NormReview, "规范性文件审查建议", "Ask to review a normative document"),
];

/// How a service or an answer is rated.
const SCORES: [(&str, Score, &str, &str); 5] = [
    ("very_good", Score::VeryGood, "非常满意", "very good"),
    ("good", Score::Good, "满意", "good"),
    ("fair", Score::Fair, "基本满意", "fair"),
    ("poor", Score::Poor, "不满意", "poor"),
    ("very_poor", Score::VeryPoor, "非常不满意", "very poor"),
];

/// The options for how something is rated.
pub(crate) fn scores(chosen: &str, lang: Lang) -> Vec<Choice> {
    SCORES.iter().map(|(id, _, zh, en)| Choice::new(*id, lang.pick(*zh, *en), Some(chosen))).collect()
}

/// The rating that a form names.
pub(crate) fn score(id: &str) -> Option<Score> {
    SCORES.iter().find(|(of, ..)| *of == id).map(|(_, score, ..)| *score)
}

/// Everything typed, as it comes back when something is wrong.
struct Draft {
    /// The same until it is registered: sent twice, it is registered once.
    command_id: String,
    kind: String,
    region: String,
    against: String,
    text: String,
    score: String,
    name: String,
    phone: String,
    address: String,
}

impl Draft {
    fn of(posted: &Posted) -> Self {
        let command_id = posted.text("command_id").parse::<Uuid>().unwrap_or_else(|_| Uuid::now_v7());
        Self {
            command_id: command_id.to_string(),
            kind: posted.text("kind"),
            region: posted.text("region"),
            against: posted.text("against"),
            text: posted.text("text"),
            score: posted.text("score"),
            name: posted.text("name"),
            phone: posted.text("phone"),
            address: posted.text("address"),
        }
    }
}

#[derive(Template)]
#[template(path = "complain.html")]
struct FormView {
    f: Frame,
    draft: Draft,
    kinds: Vec<Choice>,
    regions: Vec<Choice>,
    agencies: Vec<Choice>,
    scores: Vec<Choice>,
    accept: String,
    /// Files were sent, and have to be chosen again.
    files_lost: bool,
    problems: Problems,
}

/// The form.
pub(crate) async fn form(cx: Cx) -> Response {
    show(&cx, Draft::of(&Posted::default()), false, Problems::default(), StatusCode::OK).await
}

async fn show(cx: &Cx, draft: Draft, files_lost: bool, problems: Problems, status: StatusCode) -> Response {
    match render(cx, draft, files_lost, problems).await {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => error::page(cx, &error).await,
    }
}

async fn render(cx: &Cx, draft: Draft, files_lost: bool, problems: Problems) -> Result<String, PageError> {
    let f = Frame::of_room(cx, Room::Complain).await?;
    let lang = f.lang;
    let kinds = KINDS.iter().map(|(id, _, zh, en)| Choice::new(*id, lang.pick(*zh, *en), Some(&draft.kind)));
    let view = FormView {
        kinds: kinds.collect(),
        regions: region_choices(&f, Some(&draft.region)),
        agencies: agency_choices(cx, Some(draft.against.as_str()).filter(|code| !code.is_empty())).await?,
        scores: scores(&draft.score, lang),
        accept: ATTACHMENT_TYPES.join(","),
        draft,
        files_lost,
        problems,
        f,
    };
    Ok(view.render()?)
}

/// The form, sent.
pub(crate) async fn submit(cx: Cx, request: Request) -> Response {
    let w = cx.lang().words();
    let Ok(_place) = PLACES.try_acquire() else {
        return error::page(&cx, &PageError::TooMany(Duration::from_secs(5))).await;
    };
    let too_soon = request.extensions().get::<TooSoon>().copied();
    let mut posted = match (Posted::read(request).await, too_soon) {
        (Ok(posted), _) => posted,
        (Err(_), Some(too_soon)) => return too_soon.page(&cx).await,
        (Err(what), None) => return error::page(&cx, &PageError::Invalid(form::unreadable(&what))).await,
    };
    let mut draft = Draft::of(&posted);
    let files_lost = posted.cut || posted.too_many || !posted.files.is_empty();
    let mut problems = Problems::default();
    if let Some(too_soon) = too_soon {
        problems.add("", w.too_many_again);
        return too_soon.answer(show(&cx, draft, files_lost, problems, StatusCode::TOO_MANY_REQUESTS).await);
    }
    let Some(asked) = read(&draft, &mut posted, w, &mut problems) else {
        return show(&cx, draft, files_lost, problems, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let answer = tokio::time::timeout(ANSWER_TIME_MAX, cx.state().window.submit(asked)).await;
    let status = match answer.unwrap_or_else(|_| Err(Status::deadline_exceeded("no answer in time"))) {
        Ok(answer) => {
            return receipt::show(&cx, Room::Complain, answer.organ, answer.number, answer.receipt_code).await;
        }
        Err(status) => status,
    };
    if status.code() == Code::AlreadyExists {
        // It went through with other words before: this is another matter.
        draft.command_id = Uuid::now_v7().to_string();
    }
    let code = refused(&status, cx.lang(), &mut problems);
    show(&cx, draft, files_lost, problems, code).await
}

/// What the form asks for; `None` when something is wrong with it.
fn read(draft: &Draft, posted: &mut Posted, w: &Words, problems: &mut Problems) -> Option<SubmitComplaintRequest> {
    let kind = KINDS.iter().find(|(id, ..)| *id == draft.kind).map(|(_, kind, ..)| *kind);
    if kind.is_none() {
        problems.add("kind", w.choose_kind);
    }
    if draft.text.is_empty() {
        problems.add("text", w.write_text);
    }
    if draft.text.len() > SEALED_TEXT_BYTES_MAX {
        problems.add("text", w.text_too_long);
    }
    let score = score(&draft.score);
    match (kind, score) {
        (Some(Kind::ServiceRating), None) => problems.add("score", w.choose_score),
        (Some(kind), Some(_)) if kind != Kind::ServiceRating => problems.add("score", w.score_not_wanted),
        _ => {}
    }
    for (field, text) in [("name", &draft.name), ("phone", &draft.phone), ("address", &draft.address)] {
        if text.chars().count() > SHORT_MAX {
            problems.add(field, w.short_too_long);
        }
    }
    if posted.too_many {
        problems.add("files", w.files_too_many);
    }
    if posted.cut || posted.files.iter().any(|file| file.content.is_none()) {
        problems.add("files", w.files_too_large);
    }
    if !problems.is_empty() {
        return None;
    }
    let files = std::mem::take(&mut posted.files).into_iter();
    let attachments = files.map(|file| Attachment { name: file.name, content: file.content.unwrap_or_default() });
    Some(SubmitComplaintRequest {
        command_id: draft.command_id.clone(),
        kind: kind.map(Into::into).unwrap_or_default(),
        region: draft.region.clone(),
        against: Some(&draft.against).filter(|code| !code.is_empty()).cloned().into_iter().collect(),
        text: draft.text.clone(),
        identity: Some(Identity {
            name: draft.name.clone(),
            id_number: String::new(),
            phone: draft.phone.clone(),
            address: draft.address.clone(),
        }),
        score: score.map(Into::into).unwrap_or_default(),
        attachments: attachments.collect(),
    })
}

/// What the service says no with, at the fields that it names; the answer's status.
fn refused(status: &Status, lang: Lang, problems: &mut Problems) -> StatusCode {
    let w = lang.words();
    for fault in form::faulty(status) {
        let wrong = form::wrong(lang, &fault);
        match fault.field.split(['[', '.']).next().unwrap_or_default() {
            "attachments" => problems.add("files", w.files_wrong),
            "kind" => problems.add("kind", w.choose_kind),
            "score" => problems.add("score", w.choose_score),
            "region" => problems.add("region", wrong),
            "against" => problems.add("against", wrong),
            "text" => problems.add("text", wrong),
            "identity" => match fault.field.rsplit('.').next() {
                Some("phone") => problems.add("phone", wrong),
                Some("address") => problems.add("address", wrong),
                _ => problems.add("name", wrong),
            },
            _ => problems.add("", form::wrong_elsewhere(lang, &fault)),
        }
    }
    if !problems.is_empty() {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    form::refused(status, lang, problems)
}
