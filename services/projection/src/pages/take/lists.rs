//! What each list says in a file.

use futures::future::BoxFuture;

use super::{Cell, Column, Sheet};
use crate::{
    model::{
        AgencyFilter, AgencyRow, AgencyYear, AuditFilter, AuditRow, BoardFilter, BoardRow, CaseFilter, CaseRow,
        DeadlineFilter, DeadlineRow, DecisionFilter, FindingFilter, FindingRow, ItemFilter, ItemRow, ListRow, Monthly,
        MonthsFilter, OfficerFilter, OfficerRow, Page, PlanFilter, PlanTaskRow, PublicDecision, RowFilter, RuleUse,
        Text, Timing,
    },
    pages::{
        PageError, agencies,
        context::Cx,
        frame::Frame,
        lists as listings, months,
        parts::{heading, say},
        room::Room,
        rules, terms,
    },
};

/// A list that can be taken away.
pub(super) struct List {
    name: &'static str,
    room: Room,
    sheet: for<'a> fn(&'a Cx) -> BoxFuture<'a, Result<Sheet, PageError>>,
}

impl List {
    /// Lets its reader in, as its page does.
    pub(super) fn enter(&self, cx: &Cx) -> Result<(), PageError> {
        cx.enter(self.room)
    }

    /// All of it.
    pub(super) async fn sheet(&self, cx: &Cx) -> Result<Sheet, PageError> {
        (self.sheet)(cx).await
    }
}

/// The list of this name.
pub(super) fn find(name: &str) -> Option<&'static List> {
    LISTS.iter().find(|list| list.name == name)
}

macro_rules! lists {
    ($($name:literal $room:ident $sheet:ident;)*) => {
        static LISTS: &[List] = &[$(List { name: $name, room: Room::$room, sheet: |cx| Box::pin($sheet(cx)) },)*];
    };
}

lists! {
    "cases" Cases cases;
    "decisions" Decisions decisions;
    "items" Items items;
    "lists" Items rows;
    "deadlines" Deadlines deadlines;
    "findings" Findings findings;
    "agencies" Agencies agencies;
    "officers" Agencies officers;
    "rules" Rules rules;
    "plans" Plans plans;
    "audit" Audit audit;
    "board" Cases board;
    "months" Agencies months;
}

fn said(f: &Frame, text: &Text) -> Cell {
    Cell::text(say(text, f.lang))
}

fn flag(f: &Frame, is: bool) -> Cell {
    Cell::text(f.lang.pick(if is { "是" } else { "否" }, if is { "yes" } else { "no" }))
}

async fn cases(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = CaseFilter { whole: true, ..cx.filter()? };
    let f = Frame::of_room(cx, Room::Cases).await?;
    let list = cx.ask().cases(cx.scope(), &filter).await?;
    let w = f.w;
    let columns: &[Column<CaseRow>] = &[
        (w.filing_number, |_, c| Cell::text(&c.number)),
        (w.kind, |f, c| said(f, &c.kind_text)),
        (w.party, |_, c| Cell::text(&c.party)),
        (w.item, |_, c| Cell::text(if c.item_name.is_empty() { &c.subject } else { &c.item_name })),
        (w.item_code, |_, c| Cell::text(&c.item)),
        (w.field, |_, c| Cell::text(&c.field)),
        (w.agency, |_, c| Cell::text(&c.agency_name)),
        (w.agency_code, |_, c| Cell::text(&c.agency)),
        (w.region, |_, c| Cell::text(&c.region)),
        (w.procedure, |f, c| said(f, &c.procedure_text)),
        (w.stage, |f, c| said(f, &c.stage_text)),
        (w.filed_on, |_, c| Cell::Day(c.filed)),
        (w.decided_on, |_, c| Cell::day(c.decided)),
        (w.decision_number, |_, c| Cell::text(c.decision_number.as_deref().unwrap_or_default())),
        (w.outcome, |f, c| Cell::text(outcome(f, c))),
        (w.fine_yuan, |_, c| if c.fine_fen > 0 { Cell::Fen(c.fine_fen) } else { Cell::None }),
        (w.closed_on, |_, c| Cell::day(c.closed_on)),
        (w.overdue_mark, |_, c| Cell::Count(c.overdue.into())),
        (w.findings, |_, c| Cell::Count(c.findings.into())),
        (w.refused, |_, c| Cell::Count(c.refused.into())),
        (w.incomplete, |f, c| flag(f, c.incomplete)),
    ];
    Ok(Sheet::of(cx, &f, &list, columns))
}

fn outcome(f: &Frame, c: &CaseRow) -> String {
    let id = c.outcome.as_deref().unwrap_or_default();
    let card = f.services.matter(&c.source, &c.kind).and_then(|card| card.outcome(id));
    card.map_or(id, |outcome| f.lang.pick(outcome.label.zh, outcome.label.en)).to_owned()
}

async fn decisions(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = DecisionFilter { whole: true, ..cx.filter()? };
    let f = Frame::of_room(cx, Room::Decisions).await?;
    let list = cx.ask().decisions(cx.scope(), &filter).await?;
    let w = f.w;
    let columns: &[Column<PublicDecision>] = &[
        (w.decision_number, |_, d| Cell::text(&d.number)),
        (w.party, |_, d| Cell::text(&d.party)),
        (w.item, |_, d| Cell::text(&d.item_name)),
        (w.agency, |_, d| Cell::text(&d.agency_name)),
        (w.agency_code, |_, d| Cell::text(&d.agency)),
        (w.fine_yuan, |_, d| if d.fine_fen > 0 { Cell::Fen(d.fine_fen) } else { Cell::None }),
        (w.decided_on, |_, d| Cell::Day(d.decided)),
        (w.publicised_on, |_, d| Cell::Day(d.publicised)),
    ];
    Ok(Sheet::of(cx, &f, &list, columns))
}

async fn items(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = ItemFilter { whole: true, ..cx.filter()? };
    let f = Frame::of_room(cx, Room::Items).await?;
    let list = cx.ask().items(cx.scope(), &filter).await?;
    let w = f.w;
    let columns: &[Column<ItemRow>] = &[
        (w.item_code, |_, i| Cell::text(&i.item)),
        (w.item_name, |_, i| Cell::text(&i.name)),
        (w.subitem, |_, i| Cell::text(i.subitem.as_deref().unwrap_or_default())),
        (w.power_kind, |f, i| said(f, &i.kind_text)),
        (w.exercised_by, |_, i| Cell::text(&i.agency_name)),
        (w.agency_code, |_, i| Cell::text(&i.agency)),
        (w.region, |_, i| Cell::text(&i.region)),
        (w.field, |_, i| Cell::text(&i.field)),
        (w.version, |_, i| Cell::Count(i.version.into())),
        (w.effective, |_, i| Cell::day(i.effective)),
        (w.state, |f, i| said(f, &i.state.text())),
        (w.has_standard, |f, i| flag(f, i.has_standard)),
        (w.cases, |_, i| Cell::Count(i.cases)),
    ];
    Ok(Sheet::of(cx, &f, &list, columns))
}

/// Rows of one list: the parts that any of them has are its columns.
async fn rows(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = RowFilter { whole: true, ..cx.filter()? };
    let list = filter.list.clone().ok_or(PageError::NotFound)?;
    let page = cx.ask().list_rows(cx.scope(), &list, &filter).await?;
    let f = listings::frame(cx, &list, &filter).await?;
    let w = f.w;
    let columns = listings::columns(&page.rows);
    let first = [w.list_code, w.list_name, w.list_agency, w.agency_code, w.region].map(str::to_owned);
    let headings = columns.iter().map(|part| say(&part.label, f.lang));
    let last = [w.legal_basis, w.version, w.effective, w.state].map(str::to_owned);
    let heads = first.into_iter().chain(headings).chain(last).map(|head| heading(&head)).collect();
    let cells = |r: &ListRow| {
        let mut cells = [&r.code, &r.name, &r.agency_name, &r.agency, &r.region].map(Cell::text).to_vec();
        cells.extend(columns.iter().map(|column| {
            let part = r.parts.iter().find(|part| part.part == column.part);
            part.map_or(Cell::None, |part| said(&f, &part.value))
        }));
        let bases = r.bases.iter().map(|b| format!("《{}》{}", b.statute, b.article)).collect::<Vec<_>>();
        cells.push(Cell::text(bases.join("；")));
        cells.extend([Cell::Count(r.version.into()), Cell::Day(r.effective), said(&f, &r.state.text())]);
        cells
    };
    let is_cut = page.capped || page.total > page.rows.len() as u64;
    Ok(Sheet::new(cx, &f, heads, page.rows.iter().map(cells).collect(), is_cut))
}

async fn deadlines(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = DeadlineFilter { whole: true, ..cx.filter()? };
    let f = Frame::of_room(cx, Room::Deadlines).await?;
    let list = cx.ask().deadlines(cx.scope(), &filter).await?;
    let w = f.w;
    let columns: &[Column<DeadlineRow>] = &[
        (w.state, |f, d| said(f, &d.state.text())),
        (w.remaining, |f, d| {
            Cell::text(d.remaining.map_or_else(String::new, |left| f.lang.pick(left.to_zh(), left.to_en())))
        }),
        (w.matter, |_, d| Cell::text(&d.matter)),
        (w.agency, |_, d| Cell::text(&d.agency_name)),
        (w.agency_code, |_, d| Cell::text(&d.agency)),
        (w.owed, |f, d| said(f, &d.what)),
        (w.owed_by, |f, d| said(f, &d.debtor)),
        (w.rule, |_, d| Cell::text(&d.rule)),
        (w.basis, |f, d| Cell::text(f.citation(&d.rule, &d.citation))),
        (w.started, |_, d| Cell::Moment(d.start)),
        (w.period, |f, d| said(f, &d.period)),
        (w.last_day, |_, d| Cell::day(d.due)),
        (w.stopped_at, |_, d| Cell::moment(d.stopped)),
    ];
    Ok(Sheet::of(cx, &f, &list, columns))
}

async fn findings(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = FindingFilter { whole: true, ..cx.filter()? };
    let f = Frame::of_room(cx, Room::Findings).await?;
    let list = cx.ask().findings(cx.scope(), &filter).await?;
    let w = f.w;
    let columns: &[Column<FindingRow>] = &[
        (w.day, |_, x| Cell::Day(x.day)),
        (w.severity, |f, x| said(f, &x.severity.text())),
        (w.kind, |f, x| said(f, &x.kind.text())),
        (w.rule, |_, x| Cell::text(&x.rule)),
        (w.basis, |f, x| Cell::text(f.citation(&x.rule, &x.citation))),
        (w.what_is_wrong, |f, x| said(f, &x.text)),
        (w.matter, |_, x| Cell::text(&x.matter)),
        (w.agency, |_, x| Cell::text(&x.agency_name)),
        (w.agency_code, |_, x| Cell::text(&x.agency)),
        (w.region, |_, x| Cell::text(&x.region)),
        (w.mode, |f, x| x.mode.map_or(Cell::None, |mode| said(f, &mode.text()))),
        (w.still_running, |f, x| flag(f, x.running)),
    ];
    Ok(Sheet::of(cx, &f, &list, columns))
}

async fn agencies(cx: &Cx) -> Result<Sheet, PageError> {
    let mut filter = AgencyFilter { whole: true, ..cx.filter()? };
    let f = Frame::of_room(cx, Room::Agencies).await?;
    agencies::period(&f, &mut filter);
    let list = cx.ask().agencies(cx.scope(), &filter).await?;
    let w = f.w;
    let columns: &[Column<AgencyRow>] = &[
        (w.agency, |_, a| Cell::text(&a.name)),
        (w.agency_code, |_, a| Cell::text(&a.agency)),
        (w.region, |_, a| Cell::text(&a.region)),
        (w.agency_kind, |f, a| said(f, &a.kind)),
        (w.dissolved, |_, a| Cell::day(a.dissolved)),
        (w.items_in_force, |_, a| Cell::Count(a.items)),
        (w.certified, |_, a| Cell::Count(a.officers)),
        (w.filed, |_, a| Cell::Count(a.filed)),
        (w.decided, |_, a| Cell::Count(a.decided)),
        (w.closed, |_, a| Cell::Count(a.closed)),
        (w.open_now, |_, a| Cell::Count(a.open)),
        (w.deadlines_overdue, |_, a| Cell::Count(a.overdue)),
        (w.findings_high, |_, a| Cell::Count(a.findings.high)),
        (w.findings_medium, |_, a| Cell::Count(a.findings.medium)),
        (w.fines_decided_yuan, |_, a| Cell::Fen(a.fine_fen)),
    ];
    let mut sheet = Sheet::of(cx, &f, &list, columns);
    // The numbers of the indicators stand beside, each with what it was counted from.
    if let Some(first) = list.rows.first() {
        for (at, indicator) in first.indicators.iter().enumerate() {
            let label = f.t(&indicator.label);
            sheet.heads.extend([w.numerator, w.denominator].map(|part| format!("{label} · {part}")));
            for (row, agency) in sheet.rows.iter_mut().zip(&list.rows) {
                let cell = |i: &crate::model::Indicator, n: i64| match i.money {
                    true => Cell::Fen(n),
                    false => Cell::Count(n.unsigned_abs()),
                };
                let cells = agency.indicators.get(at).map(|i| [cell(i, i.numerator), cell(i, i.denominator)]);
                row.extend(cells.unwrap_or([Cell::None, Cell::None]));
            }
        }
    }
    Ok(sheet)
}

async fn officers(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = OfficerFilter { whole: true, ..cx.filter()? };
    let f = Frame::of(cx, Room::Agencies, cx.lang().words().officers, Vec::new()).await?;
    let list = cx.ask().officers(cx.scope(), &filter).await?;
    let w = f.w;
    let columns: &[Column<OfficerRow>] = &[
        (w.officer_code, |_, o| Cell::text(&o.officer)),
        (w.name, |_, o| Cell::text(&o.name)),
        (w.agency, |_, o| Cell::text(&o.agency_name)),
        (w.agency_code, |_, o| Cell::text(&o.agency)),
        (w.role, |f, o| said(f, &o.role)),
        (w.certificate, |_, o| Cell::text(o.certificate.as_deref().unwrap_or_default())),
        (w.fields, |f, o| if o.fields.is_empty() { Cell::None } else { Cell::text(f.list(&o.fields)) }),
        (w.valid_from, |_, o| Cell::day(o.from)),
        (w.valid_until, |_, o| Cell::day(o.until)),
        (w.certificate_valid, |f, o| flag(f, o.valid)),
        (w.training_hours, |_, o| Cell::Count(o.training_hours.into())),
        (w.acts, |_, o| Cell::Count(o.acts)),
    ];
    Ok(Sheet::of(cx, &f, &list, columns))
}

async fn rules(cx: &Cx) -> Result<Sheet, PageError> {
    let wanted = rules::wanted(cx)?;
    let f = Frame::of_room(cx, Room::Rules).await?;
    let mut all = cx.ask().rules(cx.scope()).await?;
    all.retain(|rule| wanted.is_none_or(|kind| rule.kind == kind));
    let w = f.w;
    let mut columns: Vec<Column<RuleUse>> = vec![
        (w.rule, |_, r| Cell::text(&r.id)),
        (w.kind, |f, r| Cell::text(terms::rule_kind(r.kind, f.lang))),
        (w.basis, |f, r| said(f, &r.citation)),
        (w.what_it_demands, |f, r| said(f, &r.text)),
        (w.plans, |f, r| if r.plans.is_empty() { Cell::None } else { Cell::text(f.list(&r.plans)) }),
        (w.valid_from, |_, r| Cell::Day(r.since)),
        (w.valid_until, |_, r| Cell::day(r.until)),
    ];
    // How often they spoke is not public.
    if !f.public {
        columns.extend::<[Column<RuleUse>; 8]>([
            (w.satisfied, |_, r| Cell::Count(r.satisfied)),
            (w.violated, |_, r| Cell::Count(r.violated)),
            (w.refused, |_, r| Cell::Count(r.refused)),
            (w.not_checked, |_, r| Cell::Count(r.not_checked)),
            (w.clocks_running, |_, r| Cell::Count(r.running)),
            (w.clocks_overdue, |_, r| Cell::Count(r.overdue)),
            (w.clocks_met, |_, r| Cell::Count(r.met)),
            (w.clocks_missed, |_, r| Cell::Count(r.missed)),
        ]);
    }
    Ok(Sheet::of(cx, &f, &in_full(all), &columns))
}

async fn plans(cx: &Cx) -> Result<Sheet, PageError> {
    let filter: PlanFilter = cx.filter()?;
    let f = Frame::of_room(cx, Room::Plans).await?;
    let list = cx.ask().plan_tasks(&filter).await?;
    let w = f.w;
    let columns: &[Column<PlanTaskRow>] = &[
        (w.plan, |_, t| Cell::text(&t.plan)),
        (w.measure_number, |_, t| Cell::text(&t.number)),
        (w.plan_measure, |f, t| said(f, &t.title)),
        (w.plan_lead, |_, t| Cell::text(t.lead.as_deref().unwrap_or_default())),
        (w.milestones, |f, t| {
            let lines = t.milestones.iter().map(|m| format!("{} {}", m.by, f.t(&m.what)));
            Cell::text(lines.collect::<Vec<_>>().join("\n"))
        }),
        (w.served_by, |f, t| {
            let served = t.serves_text.iter().map(|text| f.t(text)).chain(t.rules.iter().cloned());
            Cell::text(served.collect::<Vec<_>>().join(f.w.comma))
        }),
        (w.serving, |f, t| said(f, &t.serving.text())),
        (w.state, |f, t| said(f, &t.state.text())),
        (w.reported_on, |_, t| Cell::moment(t.reported)),
        (w.last_report, |_, t| Cell::text(t.report.as_deref().unwrap_or_default())),
    ];
    Ok(Sheet::of(cx, &f, &in_full(list.tasks), columns))
}

async fn audit(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = AuditFilter { whole: true, ..cx.filter()? };
    let f = Frame::of_room(cx, Room::Audit).await?;
    let list = cx.ask().audit(cx.scope(), &filter).await?;
    let w = f.w;
    let columns: &[Column<AuditRow>] = &[
        (w.ledger, |_, e| Cell::text(&e.entry.source)),
        (w.log_index, |_, e| Cell::Count(e.entry.log_index)),
        (w.recorded, |_, e| Cell::Moment(e.entry.recorded)),
        (w.happened, |_, e| Cell::Moment(e.entry.happened)),
        (w.what_happened, |f, e| said(f, &e.entry.title)),
        (w.event_type, |_, e| Cell::text(&e.entry.kind)),
        (w.matter, |_, e| Cell::text(&e.matter)),
        (w.stream, |_, e| Cell::text(&e.stream)),
        (w.sequence, |_, e| Cell::Count(e.entry.seq)),
        (w.actor, |_, e| Cell::text(&e.entry.actor)),
        (w.agency_code, |_, e| Cell::text(&e.entry.agency)),
        (w.rules, |f, e| if e.entry.rules.is_empty() { Cell::None } else { Cell::text(f.list(&e.entry.rules)) }),
        (w.broken, |f, e| {
            let broken = e.entry.violations.iter().map(|v| format!("{} {}", v.rule, f.t(&v.text)));
            Cell::text(broken.collect::<Vec<_>>().join("\n"))
        }),
        (w.refused_attempt, |f, e| flag(f, e.entry.refused)),
    ];
    Ok(Sheet::of(cx, &f, &list, columns))
}

async fn board(cx: &Cx) -> Result<Sheet, PageError> {
    let filter = BoardFilter { whole: true, ..cx.filter()? };
    let board = cx.ask().board(cx.scope(), &filter).await?;
    let f = Frame::of(cx, Room::Cases, say(&board.kind_text, cx.lang()), Vec::new()).await?;
    let w = f.w;
    let columns: &[Column<BoardRow>] = &[
        (w.agency, |_, b| Cell::text(&b.agency_name)),
        (w.agency_code, |_, b| Cell::text(&b.agency)),
        (w.open_now, |_, b| Cell::Count(b.open)),
    ];
    let mut sheet = Sheet::of(cx, &f, &in_full(board.agencies.clone()), columns);
    sheet.heads.extend(Timing::ALL.iter().map(|timing| f.heading(timing.text())));
    for (row, agency) in sheet.rows.iter_mut().zip(&board.agencies) {
        row.extend(Timing::ALL.iter().map(|timing| Cell::Count(agency.standing(*timing))));
    }
    Ok(sheet)
}

async fn months(cx: &Cx) -> Result<Sheet, PageError> {
    let filter: MonthsFilter = cx.filter()?;
    let f = months::frame(cx).await?;
    let table = cx.ask().agency_months(cx.scope(), &filter).await?;
    let of = filter.of.unwrap_or(Monthly::Filed);
    let mut heads: Vec<String> = [f.w.agency, f.w.agency_code].map(str::to_owned).into();
    heads.extend(months::columns(&table));
    heads.push(format!("{} · {}", f.w.whole_year, f.t(of.text())));
    let row = |a: &AgencyYear| {
        let counts = a
            .months
            .iter()
            .chain([&months::sum(&a.months)])
            .map(|m| Cell::Count(months::count(of, m)))
            .collect::<Vec<_>>();
        [Cell::text(&a.name), Cell::text(&a.agency)].into_iter().chain(counts).collect()
    };
    let rows = table.agencies.iter().map(row).collect();
    Ok(Sheet::new(cx, &f, heads, rows, false))
}

/// A list that comes without pages.
fn in_full<T>(rows: Vec<T>) -> Page<T> {
    Page { total: rows.len() as u64, capped: false, page: 1, size: u32::try_from(rows.len()).unwrap_or(u32::MAX), rows }
}
