//! 行政复议: whoever is affected by an act applies to the organ that judges it.

use askama::Template;
use axum::{
    Extension, Form,
    extract::rejection::FormRejection,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use proto::{
    common::v1::{CommandMeta, Mode},
    reconsideration::v1::{ActKind, Appealed, ApplyForReconsiderationRequest, ApplyOnlineRequest, Person, PersonKind},
};
use serde::Deserialize;
use tonic::Code;
use uuid::Uuid;

use super::{
    PageError,
    context::Cx,
    error,
    form::{self, Problems},
    frame::Frame,
    i18n::{Lang, Words},
    officers::agency_choices,
    parts::Choice,
    receipt,
    room::Room,
    shield::TooSoon,
    window::in_time,
};

/// What may be applied against (行政复议法 11).
const ACTS: [(&str, ActKind, &str, &str); 9] = [
    ("penalty", ActKind::Penalty, "行政处罚", "penalty"),
    ("measure", ActKind::Measure, "行政强制措施", "compulsory measure"),
    ("execution", ActKind::Execution, "行政强制执行", "compulsory execution"),
    ("licence", ActKind::Licence, "行政许可", "licence"),
    ("taking", ActKind::Taking, "征收、征用及补偿", "expropriation and its compensation"),
    ("disclosure", ActKind::Disclosure, "政府信息公开", "disclosure of information"),
    ("agreement", ActKind::Agreement, "行政协议", "administrative agreement"),
    ("omission", ActKind::Omission, "不履行法定职责", "a duty not performed"),
    ("other", ActKind::Other, "其他行政行为", "another act"),
];

/// Who may apply.
const PERSONS: [(&str, PersonKind, &str, &str); 3] = [
    ("citizen", PersonKind::Citizen, "公民", "citizen"),
    ("legal_person", PersonKind::LegalPerson, "法人", "legal person"),
    ("other_organisation", PersonKind::OtherOrganisation, "其他组织", "other organisation"),
];

/// What the service finds fault with, and where that stands in the form.
const FIELDS: [(&str, &str); 15] = [
    ("organ", "organ"),
    ("respondent", "respondent"),
    ("act.kind", "act"),
    ("act.number", "number"),
    ("act.what", "what"),
    ("act.done", "done"),
    ("act.known", "known"),
    ("request", "request"),
    ("reasons", "reasons"),
    ("applicant.kind", "person"),
    ("applicant.name", "name"),
    ("applicant.uscc", "uscc"),
    ("applicant.id_number", "id_number"),
    ("applicant.phone", "phone"),
    ("applicant.address", "address"),
];

/// Everything typed, as it comes and as it comes back when something is wrong.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    command_id: String,
    organ: String,
    respondent: String,
    act: String,
    number: String,
    what: String,
    done: String,
    known: String,
    rights_told: String,
    request: String,
    reasons: String,
    person: String,
    name: String,
    id_number: String,
    uscc: String,
    phone: String,
    address: String,
}

#[derive(Template)]
#[template(path = "appeal.html")]
struct FormView {
    f: Frame,
    draft: Draft,
    organs: Vec<Choice>,
    respondents: Vec<Choice>,
    acts: Vec<Choice>,
    persons: Vec<Choice>,
    problems: Problems,
}

/// The form.
pub(crate) async fn form(cx: Cx) -> Response {
    show(&cx, Draft::default(), Problems::default(), StatusCode::OK).await
}

async fn show(cx: &Cx, mut draft: Draft, problems: Problems, status: StatusCode) -> Response {
    if draft.command_id.parse::<Uuid>().is_err() {
        draft.command_id = Uuid::now_v7().to_string();
    }
    match render(cx, draft, problems).await {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => error::page(cx, &error).await,
    }
}

async fn render(cx: &Cx, draft: Draft, problems: Problems) -> Result<String, PageError> {
    let f = Frame::of_room(cx, Room::Appeal).await?;
    let agencies = async |code: &str| agency_choices(cx, Some(code).filter(|code| !code.is_empty())).await;
    let view = FormView {
        organs: agencies(&draft.organ).await?,
        respondents: agencies(&draft.respondent).await?,
        acts: choices(&ACTS, &draft.act, f.lang),
        persons: choices(&PERSONS, &draft.person, f.lang),
        draft,
        problems,
        f,
    };
    Ok(view.render()?)
}

fn choices<T>(table: &[(&str, T, &str, &str)], chosen: &str, lang: Lang) -> Vec<Choice> {
    table.iter().map(|(id, _, zh, en)| Choice::new(*id, lang.pick(*zh, *en), Some(chosen))).collect()
}

fn chosen<T: Copy>(table: &[(&str, T, &str, &str)], id: &str) -> Option<T> {
    table.iter().find(|(of, ..)| *of == id).map(|(_, word, ..)| *word)
}

/// The form, sent.
pub(crate) async fn submit(
    cx: Cx,
    too_soon: Option<Extension<TooSoon>>,
    form: Result<Form<Draft>, FormRejection>,
) -> Response {
    let lang = cx.lang();
    let mut draft = match (form, too_soon) {
        (Ok(Form(draft)), None) => draft,
        (Ok(Form(draft)), Some(Extension(too_soon))) => {
            let mut problems = Problems::default();
            problems.add("", lang.words().too_many_again);
            return too_soon.answer(show(&cx, draft, problems, StatusCode::TOO_MANY_REQUESTS).await);
        }
        (Err(_), Some(Extension(too_soon))) => return too_soon.page(&cx).await,
        (Err(rejection), None) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return error::page(&cx, &PageError::TooLarge(rejection.status())).await;
        }
        (Err(rejection), None) => {
            return error::page(&cx, &PageError::Invalid(form::unreadable(&rejection.body_text()))).await;
        }
    };
    let mut problems = Problems::default();
    let Some(request) = read(&draft, lang.words(), &mut problems) else {
        return show(&cx, draft, problems, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let status = match in_time(cx.state().window.apply(request)).await {
        Ok(answer) => {
            let organ = agency_choices(&cx, Some(&draft.organ)).await.unwrap_or_default();
            let organ = organ.into_iter().find(|organ| organ.chosen).map_or(draft.organ, |organ| organ.label);
            return receipt::show(&cx, Room::Appeal, organ, answer.number, answer.receipt_code).await;
        }
        Err(status) => status,
    };
    if status.code() == Code::AlreadyExists {
        // It went through with other words before: this is another application.
        draft.command_id.clear();
    }
    for fault in form::faulty(&status) {
        match FIELDS.iter().find(|(of, _)| *of == fault.field) {
            Some((_, field)) => problems.add(field, form::wrong(lang, &fault)),
            None => problems.add("", form::wrong_elsewhere(lang, &fault)),
        }
    }
    let code = if problems.is_empty() {
        form::refused(&status, lang, &mut problems)
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    show(&cx, draft, problems, code).await
}

/// What the form asks for; `None` when something is missing.
fn read(draft: &Draft, w: &Words, problems: &mut Problems) -> Option<ApplyOnlineRequest> {
    let act = chosen(&ACTS, &draft.act);
    let person = chosen(&PERSONS, &draft.person);
    for (field, is_there) in [
        ("organ", !draft.organ.is_empty()),
        ("respondent", !draft.respondent.is_empty()),
        ("act", act.is_some()),
        ("what", !draft.what.trim().is_empty()),
        ("done", !draft.done.is_empty()),
        ("known", !draft.known.is_empty()),
        ("request", !draft.request.trim().is_empty()),
        ("reasons", !draft.reasons.trim().is_empty()),
        ("person", person.is_some()),
        ("name", !draft.name.trim().is_empty()),
    ] {
        if !is_there {
            problems.add(field, w.please_fill_in);
        }
    }
    if !problems.is_empty() {
        return None;
    }
    let command_id = draft.command_id.parse::<Uuid>().unwrap_or_else(|_| Uuid::now_v7());
    let meta = CommandMeta {
        command_id: command_id.to_string(),
        // The day is the service's own; a fixed one here, so that the same form sent twice is the same application.
        at: Some(prost_types::Timestamp::default()),
        mode: Mode::Handling.into(),
        ..CommandMeta::default()
    };
    let Draft { organ, respondent, number, what, done, known, request, reasons, .. } = draft.clone();
    let Draft { name, id_number, uscc, phone, address, rights_told, .. } = draft.clone();
    let application = ApplyForReconsiderationRequest {
        meta: Some(meta),
        appeal_id: Uuid::new_v5(&command_id, b"appeal").to_string(),
        organ,
        respondent,
        applicant: Some(Person {
            kind: person.map(Into::into).unwrap_or_default(),
            name,
            uscc,
            id_number,
            phone,
            address,
        }),
        applicants: 1,
        act: Some(Appealed {
            kind: act.map(Into::into).unwrap_or_default(),
            number,
            what,
            done,
            known,
            rights_told: !rights_told.is_empty(),
            ..Appealed::default()
        }),
        request,
        reasons,
        ..ApplyForReconsiderationRequest::default()
    };
    Some(ApplyOnlineRequest { application: Some(application) })
}
