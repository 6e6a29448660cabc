//! The rules of reconsideration, by what they govern: one card and one pure function each.

pub mod course;
pub mod decide;
pub mod handle;
pub mod jurisdiction;
pub mod litigate;
pub mod perform;
pub mod period;
pub mod receive;

use law::Rule;
use lists::officers;

/// Every rule of this service.
pub static RULES: &[&Rule] = &[
    &officers::OF_OPEN,
    &period::RE_PERIOD,
    &jurisdiction::RE_JURISDICTION,
    &receive::RE_ORAL,
    &receive::RE_FORWARD,
    &receive::RE_FIVE,
    &receive::RE_DEEMED,
    &receive::RE_REJECT,
    &receive::RE_SUPPLEMENT,
    &receive::RE_SUPPLY,
    &receive::RE_LAPSE,
    &receive::RE_NOT_BOTH,
    &receive::RE_AGAIN,
    &handle::RE_TWO,
    &handle::RE_QUALIFIED,
    &handle::RE_SIMPLE,
    &handle::RE_SPEAKERS,
    &handle::RE_COPY,
    &handle::RE_ANSWER,
    &handle::RE_ANSWER_FULL,
    &handle::RE_NO_AFTER,
    &handle::RE_INQUIRY,
    &handle::RE_READ,
    &handle::RE_HEARD,
    &handle::RE_HEARING,
    &handle::RE_HEARING_NOTICE,
    &handle::RE_HEARING_PANEL,
    &handle::RE_HEARING_HEAD,
    &handle::RE_COMMITTEE,
    &course::RE_NORM,
    &course::RE_NORM_PASS,
    &course::RE_NORM_REPLY,
    &course::RE_NORM_SETTLED,
    &course::RE_CHANGE,
    &course::RE_SUSPEND,
    &course::RE_SUSPEND_TOLD,
    &course::RE_TERMINATE,
    &course::RE_WITHDRAW,
    &course::RE_MEDIATE,
    &course::RE_STAY,
    &course::RE_SIXTY,
    &course::RE_EXTEND,
    &decide::RE_KIND,
    &decide::RE_NO_WORSE,
    &decide::RE_NO_EVIDENCE,
    &decide::RE_HEAD,
    &decide::RE_RECORD,
    &decide::RE_FORM,
    &decide::RE_COMPENSATE,
    &decide::RE_RESTORE,
    &perform::RE_PERFORM,
    &perform::RE_PRESS,
    &perform::RE_PRESSED,
    &perform::RE_SAME,
    &perform::RE_OPINION,
    &perform::RE_NAMES,
    &perform::RE_PUBLISH,
    &perform::RE_INFORM,
    &perform::RE_PAY,
    &perform::RE_FEEDBACK,
    &litigate::RE_LITIGATE,
    &litigate::RE_APPEAR,
    &litigate::RE_OBEY,
];
