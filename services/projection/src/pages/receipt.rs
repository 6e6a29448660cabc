//! What a visitor is shown once of what was registered: its number, and the code to follow it by.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::{PageError, context::Cx, error, frame::Frame, room::Room};

#[derive(Template)]
#[template(path = "submitted.html")]
struct View {
    f: Frame,
    organ: String,
    number: String,
    code: String,
}

/// The page; the answer to the form itself, so that the code is in no address.
pub(crate) async fn show(cx: &Cx, room: Room, organ: String, number: String, code: String) -> Response {
    let page = async {
        let f = Frame::of(cx, room, cx.lang().words().submitted, Vec::new()).await?;
        Ok::<_, PageError>(View { f, organ, number, code }.render()?)
    };
    match page.await {
        Ok(html) => Html(html).into_response(),
        Err(error) => error::page(cx, &error).await,
    }
}
