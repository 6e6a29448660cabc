//! The time to settle what is no petition: no article gives it for all, so regions set it. Where nothing is set, the
//! petition's 60 days count, and for what is rated poor fifteen working days.

use law::{
    Citation, Label, ParameterCard,
    citation::{BER, LPR},
    parameter::{Unit, Value},
    period::Period,
};

use super::{
    rules::{
        satisfaction::{CO_RATE, RECTIFY},
        settle::{CO_SETTLE, SETTLE, SIXTY_DAYS},
    },
    words::Kind,
};

/// What this service's rules leave to regions.
pub static PARAMETERS: &[&ParameterCard] =
    &[&COMPLAINT_DAYS, &REPORT_DAYS, &SUGGESTION_DAYS, &NORM_REVIEW_DAYS, &REPRISAL_DAYS, &RATING_DAYS];

const AS_PETITIONS: Label = Label::new(
    "比照《信访工作条例》第三十四条的六十日",
    "the 60 days of petitions (Regulations on Petition Work, art. 34)",
);
const OF_THE_SUITE: Label = Label::new("本系统的缺省值，没有条文规定", "a default of the suite; no article sets it");

/// So many days, working days or not.
const fn count(period: Period) -> i64 {
    match period {
        Period::WorkingDays(count) | Period::CalendarDays(count) | Period::Hours(count) => count as i64,
        Period::Months(count) | Period::Years(count) => count as i64,
    }
}

static COMPLAINT_DAYS: ParameterCard = ParameterCard {
    id: "CO-COMPLAINT-DAYS",
    label: Label::new("投诉的办理期限", "time to settle a complaint"),
    unit: Unit::Days,
    default: Some(count(SETTLE)),
    source: AS_PETITIONS,
    citation: Citation::article(&LPR, 31),
    least: None,
    by_field: false,
    rules: &[&CO_SETTLE],
};

static REPORT_DAYS: ParameterCard = ParameterCard {
    id: "CO-REPORT-DAYS",
    label: Label::new("举报的办理期限", "time to settle a report of a violation"),
    ..COMPLAINT_DAYS
};

static SUGGESTION_DAYS: ParameterCard = ParameterCard {
    id: "CO-SUGGESTION-DAYS",
    label: Label::new("建议的答复期限", "time to answer a suggestion"),
    citation: Citation::article(&LPR, 29),
    ..COMPLAINT_DAYS
};

static NORM_REVIEW_DAYS: ParameterCard = ParameterCard {
    id: "CO-NORM-REVIEW-DAYS",
    label: Label::new("规范性文件审查建议的答复期限", "time to answer a request to review a normative document"),
    ..SUGGESTION_DAYS
};

static REPRISAL_DAYS: ParameterCard = ParameterCard {
    id: "CO-REPRISAL-DAYS",
    label: Label::new("打击报复事项的办理期限", "time to settle a reprisal"),
    citation: Citation::article(&LPR, 30),
    ..COMPLAINT_DAYS
};

static RATING_DAYS: ParameterCard = ParameterCard {
    id: "CO-RATING-DAYS",
    label: Label::new("差评的整改答复期限", "time to put right and answer what was rated poor"),
    unit: Unit::WorkingDays,
    default: Some(count(RECTIFY)),
    source: OF_THE_SUITE,
    citation: Citation::article(&BER, 8),
    rules: &[&CO_SETTLE, &CO_RATE],
    ..COMPLAINT_DAYS
};

/// What a place allows on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    complaint: Value,
    report: Value,
    suggestion: Value,
    norm_review: Value,
    reprisal: Value,
    rating: Value,
}

impl Default for Days {
    /// Where nothing was set.
    fn default() -> Self {
        let of = |card| Value::of(card, None);
        Self {
            complaint: of(&COMPLAINT_DAYS),
            report: of(&REPORT_DAYS),
            suggestion: of(&SUGGESTION_DAYS),
            norm_review: of(&NORM_REVIEW_DAYS),
            reprisal: of(&REPRISAL_DAYS),
            rating: of(&RATING_DAYS),
        }
    }
}

impl Days {
    /// As `read` finds them.
    ///
    /// # Errors
    /// What `read` says.
    pub fn read<E>(read: impl Fn(&'static ParameterCard) -> Result<Value, E>) -> Result<Self, E> {
        Ok(Self {
            complaint: read(&COMPLAINT_DAYS)?,
            report: read(&REPORT_DAYS)?,
            suggestion: read(&SUGGESTION_DAYS)?,
            norm_review: read(&NORM_REVIEW_DAYS)?,
            reprisal: read(&REPRISAL_DAYS)?,
            rating: read(&RATING_DAYS)?,
        })
    }

    /// The time to settle a kind of matter, and what it rests on in Chinese: a petition's is the law's own.
    pub fn to_settle(&self, kind: Kind) -> (Period, String) {
        let value = match kind {
            Kind::Petition => return (SETTLE, SIXTY_DAYS.zh()),
            Kind::Complaint => &self.complaint,
            Kind::Report => &self.report,
            Kind::Suggestion => &self.suggestion,
            Kind::NormReview => &self.norm_review,
            Kind::Reprisal => &self.reprisal,
            Kind::ServiceRating => &self.rating,
        };
        (value.period().unwrap_or(SETTLE), value.zh())
    }

    /// The time to put right and answer what was rated poor.
    pub fn to_rectify(&self) -> Period {
        self.rating.period().unwrap_or(RECTIFY)
    }
}
