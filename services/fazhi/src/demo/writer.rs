//! Writes a script: keeps the legal time, the time of entry, and the order.

use jiff::{
    SignedDuration, Timestamp, ToSpan as _,
    civil::{Date, DateTime},
};
use kernel::HANDLED_WITHIN_DAYS;
use proto::common::v1::LeftOpen;
use uuid::Uuid;

use super::{
    ask::Ask,
    chance::Chance,
    days,
    flaw::Flaw,
    matter::Matter,
    step::{Bytes, Expect, Seat, Step},
};

/// Office hours, in minutes after midnight.
const OPENS: i64 = 8 * 60 + 30;
const CLOSES: i64 = 17 * 60;

/// Writes one script.
pub(super) struct Writer<'a> {
    pub(super) m: &'a Matter<'a>,
    pub(super) chance: &'a mut Chance,
    pub(super) flaw: Option<Flaw>,
    pub(super) case: Uuid,
    /// Reported by an agency that works elsewhere.
    pub(super) reported: bool,
    /// The day of filing: ninety days run from it.
    filed: Date,
    /// Legal time, in China.
    pub(super) now: DateTime,
    /// Extra days until the next steps are entered.
    pub(super) late_days: i64,
    /// What is not settled when the case is closed, and why.
    pub(super) left: Vec<LeftOpen>,
    /// Evidence that counts.
    pub(super) evidence: Vec<String>,
    entered: Timestamp,
    objects: Vec<Bytes>,
    pub(super) steps: Vec<Step>,
}

impl<'a> Writer<'a> {
    /// Begins on `day`, in the morning.
    pub(super) fn begin(m: &'a Matter<'a>, chance: &'a mut Chance, flaw: Option<Flaw>, case: Uuid, day: Date) -> Self {
        let now = day.at(0, 0, 0, 0);
        let mut w = Self {
            m,
            chance,
            flaw,
            case,
            reported: false,
            filed: day,
            now,
            late_days: 0,
            left: Vec::new(),
            evidence: Vec::new(),
            entered: Timestamp::MIN,
            objects: Vec::new(),
            steps: Vec::new(),
        };
        w.on(day);
        w
    }

    /// Whether the case has this flaw.
    pub(super) fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// The legal day.
    pub(super) fn day(&self) -> Date {
        self.now.date()
    }

    /// Days left until a careful agency wants the case decided.
    pub(super) fn room(&self) -> i64 {
        let left = self.day().duration_until(days::add(self.filed, 84)).as_hours() / 24;
        if self.has(Flaw::LateDecision) { 0 } else { left }
    }

    /// The case's id.
    pub(super) fn id(&self) -> String {
        self.case.to_string()
    }

    /// The id of a part of the case.
    pub(super) fn part(&self, name: &str) -> String {
        Uuid::new_v5(&self.case, name.as_bytes()).to_string()
    }

    // ---- Time.

    /// Some minutes later, the next working morning if the office has closed.
    pub(super) fn later(&mut self, low: i64, high: i64) {
        let minutes = i64::from(self.now.hour()) * 60 + i64::from(self.now.minute()) + self.chance.between(low, high);
        if minutes > CLOSES {
            self.on(days::add_working(self.day(), 1));
        } else {
            self.now = at_minute(self.day(), minutes);
        }
    }

    /// Some minutes later on the same day, after hours, too: what is done on the spot ends there.
    pub(super) fn at_once(&mut self, low: i64, high: i64) {
        let minutes = i64::from(self.now.hour()) * 60 + i64::from(self.now.minute()) + self.chance.between(low, high);
        self.now = at_minute(self.day(), minutes);
    }

    /// On a day, in office hours; on the same day, a little later but never after hours.
    pub(super) fn on(&mut self, day: Date) {
        if day > self.day() || self.now.hour() == 0 {
            self.now = at_minute(day, self.chance.between(OPENS, CLOSES - 60));
        } else {
            let minutes = i64::from(self.now.hour()) * 60 + i64::from(self.now.minute());
            self.now = at_minute(self.day(), minutes + self.chance.between(5, 25));
        }
    }

    /// Some days later, when people work again.
    pub(super) fn after(&mut self, low: i64, high: i64) {
        let day = days::working_from(days::add(self.day(), self.chance.between(low, high)));
        self.on(day);
    }

    /// Some working days later.
    pub(super) fn after_working(&mut self, low: i64, high: i64) {
        let count = u32::try_from(self.chance.between(low, high)).unwrap_or(0);
        self.on(days::add_working(self.day(), count));
    }

    /// On a chance working day from today up to and including `last`.
    pub(super) fn by(&mut self, last: Date) {
        let mut open = vec![self.day()];
        let mut day = days::add(self.day(), 1);
        while day <= last {
            if days::is_working(day) {
                open.push(day);
            }
            day = days::add(day, 1);
        }
        let day = self.chance.pick(&open).copied().unwrap_or(last);
        self.on(day);
    }

    /// The legal time as an instant.
    pub(super) fn at(&self) -> Timestamp {
        days::instant(self.now)
    }

    // ---- Steps.

    /// Bytes that the next step names: handed in before it. Answers their digest.
    pub(super) fn object(&mut self, bytes: Vec<u8>) -> String {
        let digest = super::sha256(&bytes);
        self.objects.push(bytes.into());
        digest
    }

    /// A step that is recorded without any rule broken.
    pub(super) fn step(&mut self, by: Seat, ask: impl Into<Ask>) {
        self.push(by, ask.into(), Expect::Clean);
    }

    /// A step that is refused under a rule.
    pub(super) fn refused(&mut self, by: Seat, ask: impl Into<Ask>, rule: &'static str) {
        self.push(by, ask.into(), Expect::Refused(rule));
        self.later(15, 90);
    }

    /// A step that is recorded with these rules broken.
    pub(super) fn broken(&mut self, by: Seat, ask: impl Into<Ask>, rules: Vec<&'static str>) {
        self.push(by, ask.into(), Expect::Broken(rules));
    }

    fn push(&mut self, by: Seat, ask: Ask, expect: Expect) {
        let lag = if self.reported { self.chance.between(24, 24 * 9) } else { self.chance.between(0, 3) };
        let lag = SignedDuration::from_hours(lag + self.late_days * 24);
        let entered = days::full_hour(self.at().saturating_add(lag).unwrap_or(Timestamp::MAX));
        self.entered = self.entered.max(entered);
        let too_late_to_handle = SignedDuration::from_hours(24 * HANDLED_WITHIN_DAYS);
        let objects = std::mem::take(&mut self.objects);
        self.steps.push(Step {
            at: self.at(),
            entered: self.entered,
            by,
            reported: self.reported || self.entered.duration_since(self.at()) > too_late_to_handle,
            ask,
            objects,
            after: None,
            expect,
        });
    }

    // ---- Seats.

    /// The officer in charge.
    pub(super) fn officer(&self) -> Seat {
        let o = self.m.officers[0];
        Seat::Officer(o.code.clone(), o.name.clone())
    }

    /// The two officers' codes.
    pub(super) fn two(&self) -> Vec<String> {
        self.m.officers.iter().map(|o| o.code.clone()).collect()
    }

    /// The head.
    pub(super) fn chief(&self) -> Seat {
        self.m.agency.chief(self.day())
    }

    /// The personnel numbers of the head and the deputies.
    pub(super) fn heads(&self) -> Vec<String> {
        let (agency, day) = (self.m.agency, self.day());
        let heads = agency.in_office("正职负责人", day).chain(agency.in_office("副职负责人", day));
        heads.map(|head| head.code.clone()).collect()
    }

    /// The head's personnel number.
    pub(super) fn head(&self) -> String {
        self.m.agency.head(self.day()).code.clone()
    }
}

fn at_minute(day: Date, minutes: i64) -> DateTime {
    day.at(0, 0, 0, 0).saturating_add(minutes.clamp(0, 24 * 60 - 1).minutes())
}
