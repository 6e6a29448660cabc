//! 办件查询: whoever holds a receipt code sees how the matter stands, adds to it, and rates the answer.

use askama::Template;
use axum::{
    Extension, Form,
    extract::rejection::FormRejection,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use proto::{
    common::v1::{CommandMeta, Followed},
    complaints::v1::{AddByReceiptRequest, FollowComplaintRequest, FollowComplaintResponse},
    limits::SEALED_TEXT_BYTES_MAX,
    reconsideration::v1::{FollowApplicationRequest, FollowApplicationResponse},
};
use serde::Deserialize;
use tonic::{Code, Status};
use uuid::Uuid;

use super::{
    PageError, complain,
    context::Cx,
    error,
    form::{self, Problems},
    frame::{Frame, Moment},
    parts::Choice,
    room::Room,
    shield::TooSoon,
    window::in_time,
};

/// What the forms send: the code alone, or with words or a rating.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    code: String,
    text: String,
    score: String,
    command_id: String,
}

#[derive(Template)]
#[template(path = "follow.html")]
struct CodeView {
    f: Frame,
    /// What comes back: the code, and what was to be added under it.
    asked: Asked,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "course.html")]
struct CourseView {
    f: Frame,
    code: String,
    matter: FollowComplaintResponse,
    /// What was added just now.
    done: Option<&'static str>,
    /// Words that could not be added.
    text: String,
    scores: Vec<Choice>,
    /// Of what is added next.
    command_id: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "application.html")]
struct ApplicationView {
    f: Frame,
    application: FollowApplicationResponse,
}

impl ApplicationView {
    fn stage(&self) -> &str {
        self.f.lang.pick(&self.application.stage_zh, &self.application.stage_en)
    }

    fn outcome(&self) -> &str {
        self.f.lang.pick(&self.application.outcome_zh, &self.application.outcome_en)
    }
}

/// What happened.
pub(crate) fn title(f: &Frame, event: &Followed) -> String {
    f.lang.pick(&event.zh, &event.en).clone()
}

/// When.
pub(crate) fn at(f: &Frame, event: &Followed) -> Option<Moment> {
    let at = event.at.and_then(|at| jiff::Timestamp::new(at.seconds, at.nanos).ok())?;
    Some(f.moment(&at))
}

/// The form for the code.
pub(crate) async fn form(cx: Cx) -> Response {
    ask(&cx, Asked::default(), Problems::default(), StatusCode::OK).await
}

async fn ask(cx: &Cx, asked: Asked, problems: Problems, status: StatusCode) -> Response {
    let page = async {
        let f = Frame::of_room(cx, Room::Follow).await?;
        Ok::<_, PageError>(CodeView { f, asked, problems }.render()?)
    };
    shown(cx, page.await, status).await
}

async fn shown(cx: &Cx, page: Result<String, PageError>, status: StatusCode) -> Response {
    match page {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => error::page(cx, &error).await,
    }
}

/// The code, sent; the address never holds it.
pub(crate) async fn submit(
    cx: Cx,
    too_soon: Option<Extension<TooSoon>>,
    form: Result<Form<Asked>, FormRejection>,
) -> Response {
    let w = cx.lang().words();
    let mut asked = match (form, too_soon) {
        (Ok(Form(asked)), None) => asked,
        (Ok(Form(asked)), Some(Extension(too_soon))) => {
            let mut problems = Problems::default();
            problems.add("", w.too_many_again);
            return too_soon.answer(ask(&cx, asked, problems, StatusCode::TOO_MANY_REQUESTS).await);
        }
        (Err(_), Some(Extension(too_soon))) => return too_soon.page(&cx).await,
        (Err(rejection), None) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return error::page(&cx, &PageError::TooLarge(rejection.status())).await;
        }
        (Err(rejection), None) => {
            return error::page(&cx, &PageError::Invalid(form::unreadable(&rejection.body_text()))).await;
        }
    };
    asked.text = asked.text.trim().replace("\r\n", "\n");
    let mut problems = Problems::default();
    let (mut done, mut status) = (None, StatusCode::OK);
    if let Some((request, said)) = addition(&asked, &cx, &mut problems) {
        match in_time(cx.state().window.add(request)).await {
            Ok(_) => {
                done = Some(said);
                asked.text.clear();
            }
            // A code that opens nothing, opens nothing here either.
            Err(error) if error.code() == Code::NotFound => return no_such(&cx, asked.code).await,
            Err(error) => {
                let field = if asked.text.is_empty() { "score" } else { "text" };
                let told = form::said(&error, cx.lang()).filter(|_| error.code() == Code::FailedPrecondition);
                problems.add(field, told.unwrap_or_else(|| w.not_now.to_owned()));
            }
        }
    }
    if !problems.is_empty() {
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let request = FollowComplaintRequest { receipt_code: asked.code.clone() };
    match in_time(cx.state().window.follow(request)).await {
        Ok(matter) => {
            let page = course(&cx, asked, matter, done, problems).await;
            shown(&cx, page, status).await
        }
        Err(error) if error.code() == Code::NotFound => application(&cx, asked.code).await,
        Err(error) => away(&cx, asked.code, &error).await,
    }
}

/// What is no complaint may be an application for reconsideration.
async fn application(cx: &Cx, code: String) -> Response {
    let request = FollowApplicationRequest { receipt_code: code.clone() };
    match in_time(cx.state().window.follow_application(request)).await {
        Ok(application) => {
            let page = async {
                let f = Frame::of(cx, Room::Follow, application.number.clone(), Vec::new()).await?;
                Ok::<_, PageError>(ApplicationView { f, application }.render()?)
            };
            shown(cx, page.await, StatusCode::OK).await
        }
        Err(error) if error.code() == Code::NotFound => no_such(cx, code).await,
        Err(error) => away(cx, code, &error).await,
    }
}

async fn away(cx: &Cx, code: String, error: &Status) -> Response {
    tracing::error!(code = ?error.code(), "a matter could not be followed");
    let mut problems = Problems::default();
    problems.add("", cx.lang().words().not_now);
    ask(cx, Asked { code, ..Asked::default() }, problems, StatusCode::SERVICE_UNAVAILABLE).await
}

async fn no_such(cx: &Cx, code: String) -> Response {
    let mut problems = Problems::default();
    problems.add("code", cx.lang().words().no_such_code);
    ask(cx, Asked { code, ..Asked::default() }, problems, StatusCode::NOT_FOUND).await
}

/// What is to be added, and what is said when it was; `None` when nothing is, or something is wrong with it.
fn addition(asked: &Asked, cx: &Cx, problems: &mut Problems) -> Option<(AddByReceiptRequest, &'static str)> {
    let w = cx.lang().words();
    if asked.text.len() > SEALED_TEXT_BYTES_MAX {
        problems.add("text", w.text_too_long);
        return None;
    }
    let score = complain::score(&asked.score);
    let said = match (asked.text.is_empty(), score) {
        (false, _) => w.words_added,
        (true, Some(_)) => w.answer_rated,
        (true, None) => return None,
    };
    let command_id = asked.command_id.parse::<Uuid>().unwrap_or_else(|_| Uuid::now_v7()).to_string();
    let request = AddByReceiptRequest {
        meta: Some(CommandMeta { command_id, ..CommandMeta::default() }),
        receipt_code: asked.code.clone(),
        text: asked.text.clone(),
        score: score.filter(|_| asked.text.is_empty()).map(Into::into).unwrap_or_default(),
    };
    Some((request, said))
}

async fn course(
    cx: &Cx,
    asked: Asked,
    matter: FollowComplaintResponse,
    done: Option<&'static str>,
    problems: Problems,
) -> Result<String, PageError> {
    let f = Frame::of(cx, Room::Follow, matter.number.clone(), Vec::new()).await?;
    let view = CourseView {
        scores: complain::scores("", f.lang),
        code: asked.code,
        text: asked.text,
        command_id: Uuid::now_v7().to_string(),
        matter,
        done,
        problems,
        f,
    };
    Ok(view.render()?)
}
