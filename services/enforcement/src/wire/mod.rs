//! Between the API's messages and the domain: a request is parsed completely or refused field by field.
//!
//! What only the law demands (reasons told, a receipt named, an approval given) may be empty here: its absence is for a
//! rule to judge, with its article, not for the syntax.

pub(crate) mod attempts;
mod clocks;
mod closing;
mod execution;
mod filing;
mod investigation;
mod measures;
mod notice;
mod orders;
mod party;
mod publication;
mod read;
mod review;
mod transfer;
pub(crate) mod view;
mod words;

use kernel::{Caller, Fields, Role};
use law::Act;
use proto::common::v1::{CommandMeta, Receipt};
use uuid::Uuid;

pub(crate) use orders::OrderRequest;
pub(crate) use party::DigestKey;
pub(crate) use words::Word;

use crate::domain::{
    case::{Case, Step},
    events::CaseEvent,
};

/// What a step is read with, beside the request.
pub(crate) struct Sent<'a> {
    /// The case.
    pub(crate) case: Uuid,
    /// When, in which mode.
    pub(crate) act: &'a Act,
    /// Who sends it.
    pub(crate) caller: &'a Caller,
}

/// What a step has come to, for its answer.
pub(crate) struct Taken {
    /// What was recorded.
    pub(crate) receipt: Receipt,
    /// The case's id.
    pub(crate) case_id: String,
    /// The case's events that were recorded.
    pub(crate) events: Vec<CaseEvent>,
    /// The case afterwards.
    pub(crate) case: std::sync::Arc<Case>,
}

/// A request that is one step of one case.
pub(crate) trait StepRequest: prost::Message + Sized + 'static {
    /// Its answer.
    type Response: Send;

    /// Frame and case.
    fn frame(&self) -> (Option<&CommandMeta>, &str);

    /// Takes out what must not go further: after this, no digest, log or record can hold it.
    fn protect(&mut self, _: &mut Fields, _: &DigestKey) {}

    /// The step; `None` when a field is at fault.
    fn read(&self, f: &mut Fields, sent: &Sent<'_>) -> Option<Step>;

    /// The answer.
    fn answer(taken: Taken) -> Self::Response;
}

/// The name for people of whoever sends.
pub(crate) fn sender_name(caller: &Caller) -> &str {
    if caller.name.is_empty() { &caller.subject } else { &caller.name }
}

/// The head whom a request names, or the sender when it names none and the sender is a head.
fn head(f: &mut Fields, path: &str, named: &str, sent: &Sent<'_>) -> Option<String> {
    use read::Read as _;
    let named = f.told(path, named)?;
    let sender = named.is_empty() && sent.caller.has(Role::AgencyHead);
    Some(if sender { sender_name(sent.caller).to_owned() } else { named })
}

/// Declares requests that are steps: every field is read before any is missed, so that all faults are told at once.
macro_rules! steps {
    ($($request:ident => $response:ident $(, $event:ident as $e:ident, $t:ident { $($out:ident: $value:expr),* $(,)? })? ;
        |$r:ident, $f:ident, $s:ident| $step:ident($of:ident { $($field:ident: $read:expr),* $(,)? });)*) => {$(
        impl crate::wire::StepRequest for proto::enforcement::v1::$request {
            type Response = proto::enforcement::v1::$response;

            fn frame(&self) -> (Option<&proto::common::v1::CommandMeta>, &str) {
                (self.meta.as_ref(), &self.case_id)
            }

            steps! { @protect $request }

            #[allow(unused_variables)]
            fn read(&self, $f: &mut kernel::Fields, $s: &crate::wire::Sent<'_>) -> Option<crate::domain::case::Step> {
                let $r = self;
                $(let $field = $read;)*
                Some(crate::domain::case::Step::$step(crate::domain::events::$of {
                    $($field: $field?,)*
                    at: Some($s.act.at),
                }))
            }

            fn answer(taken: crate::wire::Taken) -> Self::Response {
                $(#[allow(unused_variables)]
                let $t = &taken;
                $(let $out = {
                    let $e = $t.events.iter().find_map(|e| match e {
                        crate::domain::events::CaseEvent::$event(e) => Some(e),
                        _ => None,
                    });
                    $value
                };)*)?
                proto::enforcement::v1::$response {
                    receipt: Some(taken.receipt),
                    case_id: taken.case_id,
                    $($($out,)*)?
                }
            }
        }
    )*};
    (@protect FileCaseRequest) => {
        fn protect(&mut self, f: &mut kernel::Fields, key: &crate::wire::DigestKey) {
            crate::wire::party::protect(self, f, key);
        }
    };
    (@protect $other:ident) => {};
}
use steps;
