//! One kind of matter at one look: what is open, by agency and clock, and what was decided.

use std::collections::BTreeMap;

use law::vocabulary::{MatterCard, Outcome};

use super::{
    Queries, QueryError, cases,
    describe::text,
    filter::Where,
    indicators,
    indicators::{Overdue, Period, Sums, Whose},
    names::Names,
    sort,
};
use crate::{
    model::{AGENCY_NAMES_MAX, Board, BoardFilter, BoardRow, OutcomeCount, Scope, Text, Timing},
    views::matters::OPEN,
};

pub(super) async fn board(q: &Queries, scope: &Scope, f: &BoardFilter) -> Result<Board, QueryError> {
    scope.require_staff()?;
    let found = q.services.matters().find(|card| f.kind.as_ref().is_none_or(|kind| kind == card.kind));
    let Some(card) = found else {
        let kind = f.kind.as_deref().unwrap_or_default();
        let what = Text::new(format!("没有“{kind}”这一类事项"), format!("{kind:?} is no kind of matter"));
        return Err(QueryError::Invalid { field: "kind", what });
    };
    let region = f.region.as_deref();
    let period = Period::of(f.from, f.to, q.today());
    let place = Where::at(scope, region, None)?;
    let whose = match scope {
        Scope::Agency(code) => Whose { region: None, agency: Some(code.to_string()) },
        _ => Whose { region: f.region.clone(), agency: None },
    };
    let (mut sums, mut overdue) = (Sums::default(), Overdue::default());
    indicators::by_agency(q, place.clone(), &period).await?.values().for_each(|one| sums.add(one));
    indicators::overdue(q, place.clone(), &period).await?.values().for_each(|one| overdue.add(one));
    Ok(Board {
        kind: card.kind.to_owned(),
        kind_text: text(card.label),
        agencies: sorted(agencies(q, Where::matters(q, scope, region, None).await?, card).await?, f)?,
        outcomes: outcomes(q, place, card, &period).await?,
        indicators: indicators::of_kind(card, &sums, &overdue, &whose, &period),
        from: period.from,
        to: period.to,
    })
}

/// In the order asked for.
fn sorted(mut rows: Vec<BoardRow>, f: &BoardFilter) -> Result<Vec<BoardRow>, QueryError> {
    let Some(by) = sort::BOARD.read(f.sort.as_deref())? else { return Ok(rows) };
    match Timing::from_id(by.column.name) {
        Some(timing) => by.sort(&mut rows, |row| row.standing(timing)),
        // As they come, the most first.
        None if by.largest_first => {}
        None => rows.reverse(),
    }
    Ok(rows)
}

/// Open matters by agency; each number counts what the list of cases shows under the same conditions.
async fn agencies(q: &Queries, mut w: Where, card: &MatterCard) -> Result<Vec<BoardRow>, QueryError> {
    w.arg("kind = {}", card.kind).raw(OPEN);
    let open = w.sql().to_owned();
    let one = |timing: &Timing| {
        let id = timing.id();
        (format!("CASE WHEN {} THEN 1 ELSE 0 END AS {id}", cases::timing(q, &mut w, *timing)), id)
    };
    let (counts, ids): (Vec<_>, Vec<_>) = Timing::ALL.iter().map(one).unzip();
    let sums: Vec<_> = ids.into_iter().map(|id| format!("CAST(SUM({id}) AS BIGINT)")).collect();
    let sql = format!(
        "SELECT agency, MAX(agency_name), COUNT(*), {} FROM (SELECT agency, agency_name, {} FROM matters{open}) AS open_now \
         GROUP BY agency ORDER BY COUNT(*) DESC, agency LIMIT {AGENCY_NAMES_MAX}",
        sums.join(", "),
        counts.join(", ")
    );
    let mut rows = Vec::new();
    for row in q.reader.all(sql, w.args).await? {
        let counts: Vec<u64> = (0..Timing::ALL.len()).map(|at| row.count(3 + at)).collect::<Result<_, _>>()?;
        let of = |timing: Timing| Timing::ALL.iter().position(|t| *t == timing).map_or(0, |at| counts[at]);
        rows.push(BoardRow {
            agency: row.text(0)?,
            agency_name: row.text(1)?,
            open: row.count(2)?,
            in_time: of(Timing::InTime),
            due_soon: of(Timing::DueSoon),
            overdue: of(Timing::Overdue),
            no_clock: of(Timing::NoClock),
            missed: of(Timing::Missed),
        });
    }
    let names = Names::of_agencies(q, rows.iter().map(|row| row.agency.as_str())).await?;
    for row in &mut rows {
        // The lists know better what it is called now, if they know it.
        let name = names.agency(&row.agency);
        if name != row.agency {
            row.agency_name = name;
        }
    }
    Ok(rows)
}

/// What was decided in the period, in the order of the service's words, without holes.
async fn outcomes(
    q: &Queries,
    mut w: Where,
    card: &MatterCard,
    period: &Period,
) -> Result<Vec<OutcomeCount>, QueryError> {
    w.arg("kind = {}", card.kind);
    period.months(&mut w);
    let sql = format!(
        "SELECT outcome, CAST(SUM(decided) AS BIGINT) FROM outcomes{} GROUP BY outcome ORDER BY outcome",
        w.sql()
    );
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for row in q.reader.all(sql, w.args).await? {
        counts.insert(row.text(0)?, row.count(1)?);
    }
    let count =
        |outcome: String, text: Text, decided| OutcomeCount { kind: card.kind.to_owned(), outcome, text, decided };
    let known = |outcome: &Outcome| {
        let decided = counts.remove(outcome.id).unwrap_or_default();
        count(outcome.id.to_owned(), text(outcome.label), decided)
    };
    let mut all: Vec<OutcomeCount> = card.outcomes.iter().map(known).collect();
    // One that the service has no words for is shown by its name.
    all.extend(counts.into_iter().map(|(id, decided)| count(id.clone(), Text::same(id), decided)));
    Ok(all)
}
