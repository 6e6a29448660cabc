//! Clocks as they stand when somebody reads.

use law::{
    calendar::Calendar,
    period::{Remaining, remaining},
};

use super::{
    Now, Queries, QueryError,
    describe::text,
    filter::{self, Where, count, select},
    names::Names,
    sort,
};
use crate::{
    model::{Behind, DeadlineCounts, DeadlineFilter, DeadlineRow, DeadlineState, Page, SOON_DAYS, Scope, Text},
    store::Columns,
    views::deadlines::{CANCELLED, Clock, DEADLINES, MET, MISSED, RUNNING, THEIRS, UNKNOWN, end_of_day},
};

pub(super) async fn page(q: &Queries, scope: &Scope, f: &DeadlineFilter) -> Result<Page<DeadlineRow>, QueryError> {
    scope.require_staff()?;
    let now = q.now();
    let mut w = Where::within(q, scope, f.region.as_deref(), f.agency.as_deref()).await?;
    w.opt("rule = {}", f.rule.as_deref()).opt("due >= {}", f.from).opt("due <= {}", f.to);
    state(&mut w, f, now);
    let usual = match f.state {
        Some(state) if !state.is_running() => "due DESC, stream, clock, opened_seq",
        None if asks_for_ended(f) => "due DESC, stream, clock, opened_seq",
        _ => "due NULLS LAST, due_us, stream, clock, opened_seq",
    };
    let order = sort::DEADLINES.order(f.sort.as_deref())?.unwrap_or_else(|| usual.to_owned());
    let rows = select(&q.reader, &DEADLINES.list(), "deadlines", &w, &order, f.paging()).await?;
    let clocks = rows.iter().map(|row| Clock::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let total = count(&q.reader, "deadlines", &w, f.paging()).await?;
    Ok(filter::page(self::rows(q, clocks).await?, total, f.paging()))
}

fn asks_for_ended(f: &DeadlineFilter) -> bool {
    f.behind.is_some() || f.ended_from.is_some() || f.ended_to.is_some()
}

fn state(w: &mut Where, f: &DeadlineFilter, now: Now) {
    // A day begins where the one before it has ended.
    let after = f.ended_from.and_then(|day| day.yesterday().ok()).map(end_of_day);
    let ended = |w: &mut Where| {
        let after = after.map(|us| format!("stopped > {}", w.place(us)));
        let until = f.ended_to.map(|day| format!("stopped <= {}", w.place(end_of_day(day))));
        [Some("stopped IS NOT NULL".to_owned()), after, until].into_iter().flatten().collect::<Vec<_>>().join(" AND ")
    };
    // Named in every condition: what has ended lies in an index of its own.
    let in_state = |state: &str| format!("{ENDED} AND state = '{state}'");
    if let Some(behind) = f.behind {
        let (ended, overdue) = (ended(w), overdue(w, now));
        w.raw(&match behind {
            Behind::Passed => format!("{} AND {ended}", in_state(MET)),
            Behind::Failed => format!("(({} AND {ended}) OR ({overdue}))", in_state(MISSED)),
            Behind::Counted => format!("((state IN ('{MET}', '{MISSED}') AND {ended}) OR ({overdue}))"),
        });
    } else if asks_for_ended(f) {
        let ended = ended(w);
        w.raw(&ended);
    }
    match f.state {
        None if asks_for_ended(f) => w,
        None => w.raw("state = 'running'"),
        Some(DeadlineState::Overdue) => {
            let overdue = overdue(w, now);
            w.raw(&overdue)
        }
        Some(DeadlineState::Open) => {
            w.raw("state = 'running'").arg("due_us >= {}", now.us()).arg("due >= {}", now.today)
        }
        Some(DeadlineState::Suspended) => w.raw("state = 'running' AND suspended_since IS NOT NULL"),
        Some(DeadlineState::NoCalendar) => w.raw("no_calendar IS NOT NULL AND state IN ('running', 'unknown')"),
        Some(DeadlineState::Missed) => w.raw(&in_state(MISSED)),
        Some(DeadlineState::Met) => w.raw(&in_state(MET)),
        Some(DeadlineState::Cancelled) => w.raw(&in_state(CANCELLED)),
        Some(DeadlineState::Others) => {
            let theirs = [RUNNING, MET, MISSED, UNKNOWN, CANCELLED].map(|state| format!("'{THEIRS}{state}'"));
            w.raw(&format!("{ENDED} AND state IN ({})", theirs.join(", ")))
        }
    };
}

const ENDED: &str = "state <> 'running'";

/// Clocks that are overdue now. The day says less than the moment, but the index is in order of days. A period of hours
/// ends on its last day or, where the hours do not fill it, on the day before.
pub(super) fn overdue(w: &mut Where, now: Now) -> String {
    let (us, tomorrow) = (w.place(now.us()), w.place(now.today.tomorrow().unwrap_or(now.today)));
    format!("state = 'running' AND due_us < {us} AND due <= {tomorrow}")
}

/// The clocks of one matter: running ones first, the most urgent at the top.
pub(super) async fn of_matter(q: &Queries, source: &str, stream: &str) -> Result<Vec<DeadlineRow>, QueryError> {
    let sql = format!(
        "SELECT {} FROM deadlines WHERE stream = $1 AND source = $2 \
         ORDER BY CASE WHEN state IN ('{RUNNING}', '{THEIRS}{RUNNING}') THEN 0 ELSE 1 END, due NULLS LAST, due_us, clock, opened_seq",
        DEADLINES.list()
    );
    let rows = q.reader.all(sql, vec![stream.into(), source.into()]).await?;
    let clocks = rows.iter().map(|row| Clock::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    self::rows(q, clocks).await
}

pub(super) async fn rows(q: &Queries, clocks: Vec<Clock>) -> Result<Vec<DeadlineRow>, QueryError> {
    let names = Names::of(q, clocks.iter().map(|c| (c.source.as_str(), c.stream.as_str(), c.agency.as_str()))).await?;
    let (now, calendar) = (q.now(), q.notices.calendar());
    Ok(clocks.into_iter().map(|clock| row(clock, now, &calendar, &names)).collect())
}

fn row(clock: Clock, now: Now, calendar: &Calendar, names: &Names) -> DeadlineRow {
    let deadline = clock.deadline();
    let explanation = match deadline.explain(calendar) {
        Ok(explain) => Text::new(explain.to_zh(), explain.to_en()),
        Err(missing) => Text::new(missing.to_zh(), missing.to_en()),
    };
    let length = clock.period;
    let hours = length.hours_after(clock.start_at).is_some();
    let running = clock.runs();
    let remaining = clock
        .due
        .filter(|_| running)
        .and_then(|due| remaining(due, now.today, length.day_unit(), calendar).ok())
        // On the last day, hours can be over before the day is.
        .map(|left| if past(&clock, now) && left == Remaining::DueToday { overdue_today() } else { left });
    let (matter, case) = names.matter(&clock.source, &clock.stream);
    DeadlineRow {
        matter,
        case,
        agency_name: names.agency(&clock.agency),
        state: state_of(&clock, now),
        debtor: text(clock.debtor.label()),
        what: Text::new(clock.zh, clock.en),
        start: clock.start_at,
        period: Text::new(length.to_zh(), length.to_en()),
        due: clock.due,
        due_at: clock.due_us.filter(|_| hours).and_then(|us| jiff::Timestamp::from_microsecond(us).ok()),
        suspended_since: clock.suspended_since,
        no_calendar: clock.no_calendar.and_then(|year| i16::try_from(year).ok()),
        not_before: clock.not_before,
        stopped: clock.stopped,
        remaining,
        explanation,
        source: clock.source,
        stream: clock.stream,
        agency: clock.agency,
        clock: clock.clock,
        rule: clock.rule,
        citation: clock.citation,
    }
}

fn overdue_today() -> Remaining {
    Remaining::Overdue { count: 0, unit: law::period::DayUnit::CalendarDays }
}

fn past(clock: &Clock, now: Now) -> bool {
    clock.due_us.is_some_and(|due| due < now.us())
}

fn state_of(clock: &Clock, now: Now) -> DeadlineState {
    match clock.stands() {
        MET => DeadlineState::Met,
        MISSED => DeadlineState::Missed,
        CANCELLED => DeadlineState::Cancelled,
        UNKNOWN => DeadlineState::NoCalendar,
        _ if clock.no_calendar.is_some() => DeadlineState::NoCalendar,
        _ if clock.suspended_since.is_some() => DeadlineState::Suspended,
        _ if past(clock, now) => DeadlineState::Overdue,
        _ => DeadlineState::Open,
    }
}

/// How many running clocks of a scope stand where.
pub(super) async fn counts(q: &Queries, w: &Where, now: Now) -> Result<DeadlineCounts, QueryError> {
    let soon = now.today.saturating_add(jiff::Span::new().days(SOON_DAYS));
    let mut w = w.clone();
    let (at, until) = (w.place(now.us()), w.place(end_of_day(soon)));
    let sum = |what: &str| format!("CAST(COALESCE(SUM({what}), 0) AS BIGINT)");
    let dated = |when: String| sum(&format!("CASE WHEN {when} THEN dated ELSE 0 END"));
    let sql = format!(
        "SELECT {}, {}, {}, {}, {} FROM running_clocks{}",
        dated(format!("due_us >= {at}")),
        dated(format!("due_us >= {at} AND due_us <= {until}")),
        dated(format!("due_us < {at}")),
        sum("suspended"),
        sum("no_calendar"),
        w.sql()
    );
    let Some(row) = q.reader.one(sql, w.args).await? else { return Ok(DeadlineCounts::default()) };
    Ok(DeadlineCounts {
        open: row.count(0)?,
        due_soon: row.count(1)?,
        overdue: row.count(2)?,
        suspended: row.count(3)?,
        no_calendar: row.count(4)?,
    })
}
