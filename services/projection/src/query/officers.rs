//! Officers: who holds a certificate, and who acted in cases under one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Queries, QueryError,
    filter::{self, Where, count, select},
    indicators::Period,
    names::Names,
    sort,
};
use crate::{
    model::{Behind, CertificateState, OfficerFilter, OfficerRow, Page, Scope, Text},
    store::{Columns, Row, Value, month_text},
    views::{
        items::LISTS,
        officers::{CERTIFICATES, Certificate, Officer},
    },
};

/// A certificate counts from its first day to its last, until it is withdrawn, for acts of the agency that it names or,
/// if it names an organisation that the agency has entrusted, in that agency's name (APL 20, 42).
const VALID_WHEN_ACTING: &str = "c.valid_from <= a.first_day AND c.valid_until >= a.last_day \
     AND (r.on_day IS NULL OR r.on_day > a.last_day) AND (c.agency = a.agency OR EXISTS (SELECT 1 FROM agencies e \
     WHERE e.agency = c.agency AND e.kind = 'entrusted_organisation' AND e.entrusted_by = a.agency))";

/// Has a certificate; `{}` stands for what it must satisfy.
const HOLDS: &str = "EXISTS (SELECT 1 FROM certificates c WHERE c.officer = o.officer{})";

/// Satisfied by a certificate that is valid on day `{}`.
const VALID_ON: &str = " AND c.valid_from <= {} AND c.valid_until >= {} AND NOT EXISTS (SELECT 1 FROM revocations r \
     WHERE r.officer = c.officer AND r.certificate = c.certificate AND r.on_day <= {})";

/// The officers whose certificates stand so today.
fn holding(w: &mut Where, state: Option<CertificateState>, today: Date) {
    let Some(state) = state else { return };
    let any = HOLDS.replace("{}", "");
    let valid = HOLDS.replace("{}", VALID_ON);
    match state {
        CertificateState::Valid => w.arg(&valid, today),
        CertificateState::Ended => w.raw(&any).arg(&format!("NOT {valid}"), today),
        CertificateState::None => w.raw(&format!("NOT {any}")),
    };
}

/// Officers of a place (its conditions on `agency` and `region`) with a certificate valid today, by agency.
pub(super) async fn certified_today(q: &Queries, place: &Where) -> Result<BTreeMap<String, u64>, QueryError> {
    let mut w = place.clone();
    holding(&mut w, Some(CertificateState::Valid), q.today());
    let sql = format!("SELECT agency, COUNT(*) FROM officers o{} GROUP BY agency", w.sql());
    numbers(q, sql, w.args).await
}

/// Officers who acted in a period, and those of them whose every act was under a certificate valid that day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Acting {
    pub(super) acting: i64,
    pub(super) certified: i64,
}

/// One row per officer, or per agency and officer, who acted where and when the conditions say; `valid` is 1 or 0.
fn acting(by: &str, w: &mut Where, from: Option<Date>, to: Option<Date>) -> String {
    w.opt("a.month >= {}", from.map(month_text)).opt("a.month <= {}", to.map(month_text));
    format!(
        "SELECT {by}, MAX(a.name) AS name, MAX(a.agency) AS acted_for, MIN(CASE WHEN {VALID_WHEN_ACTING} THEN 1 ELSE 0 END) AS valid \
         FROM officer_acts a \
         LEFT JOIN certificates c ON c.officer = a.officer AND c.certificate = a.certificate \
         LEFT JOIN revocations r ON r.officer = a.officer AND r.certificate = a.certificate{} GROUP BY {by}",
        w.sql()
    )
}

/// Who acted in the cases of some agencies (conditions on `a.agency`), by agency.
pub(super) async fn acted_by_agency(
    q: &Queries,
    mut agencies: Where,
    period: &Period,
) -> Result<BTreeMap<String, Acting>, QueryError> {
    let acting = acting("a.agency, a.officer", &mut agencies, Some(period.from), Some(period.to));
    let sql = format!("SELECT agency, COUNT(*), CAST(SUM(valid) AS BIGINT) FROM ({acting}) AS acting GROUP BY agency");
    let rows = q.reader.all(sql, agencies.args).await?;
    rows.iter().map(|row| Ok((row.text(0)?, Acting { acting: row.int(1)?, certified: row.int(2)? }))).collect()
}

/// Who acted in the cases of a region: whoever acted for two agencies is one officer.
pub(super) async fn acted(
    q: &Queries,
    scope: &Scope,
    region: Option<&str>,
    period: &Period,
) -> Result<Acting, QueryError> {
    let mut w = Where::default();
    w.of_agencies("a.agency", scope, region, None)?;
    let acting = acting("a.officer", &mut w, Some(period.from), Some(period.to));
    let sql = format!("SELECT COUNT(*), CAST(COALESCE(SUM(valid), 0) AS BIGINT) FROM ({acting}) AS acting");
    let row = q.reader.one(sql, w.args).await?;
    let acting = row.map(|row| Ok::<_, QueryError>(Acting { acting: row.int(0)?, certified: row.int(1)? }));
    Ok(acting.transpose()?.unwrap_or_default())
}

pub(super) async fn page(q: &Queries, scope: &Scope, f: &OfficerFilter) -> Result<Page<OfficerRow>, QueryError> {
    scope.require_staff()?;
    let (from, w) = source(q, scope, f)?;
    let what = "o.officer, o.name, o.agency, o.region, o.role, o.find";
    let order = sort::OFFICERS.order(f.sort.as_deref())?.unwrap_or_else(|| "o.officer".to_owned());
    let rows = select(&q.reader, what, &from, &w, &order, f.paging()).await?;
    let found = rows.iter().map(|row| Officer::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let total = count(&q.reader, &from, &w, f.paging()).await?;
    Ok(filter::page(officer_rows(q, found).await?, total, f.paging()))
}

/// Where a list of officers is read from: the register, or those who acted, registered or not.
fn source(q: &Queries, scope: &Scope, f: &OfficerFilter) -> Result<(String, Where), QueryError> {
    let (region, agency) = (f.region.as_deref(), f.agency.as_deref());
    if f.acted_from.is_none() && f.acted_to.is_none() && f.behind.is_none() {
        let mut w = Where::at(scope, region, agency)?;
        w.found_by(&q.reader, f.text.as_deref());
        holding(&mut w, f.certificate, q.today());
        return Ok(("officers o".to_owned(), w));
    }
    let mut w = Where::default();
    w.of_agencies("a.agency", scope, region, agency)?;
    let acting = acting("a.officer", &mut w, f.acted_from, f.acted_to);
    let from = format!(
        "(SELECT acted.officer AS officer, COALESCE(known.name, acted.name) AS name, COALESCE(known.agency, acted.acted_for) AS agency, \
         COALESCE(known.region, '') AS region, COALESCE(known.role, 'unregistered') AS role, \
         COALESCE(known.find, LOWER(acted.name)) AS find, acted.valid AS valid \
         FROM ({acting}) AS acted LEFT JOIN officers known ON known.officer = acted.officer) AS o"
    );
    let mut outer = Where::after(w.args);
    outer.found_by(&q.reader, f.text.as_deref());
    match f.behind {
        Some(Behind::Passed) => outer.raw("valid = 1"),
        Some(Behind::Failed) => outer.raw("valid = 0"),
        Some(Behind::Counted) | None => &mut outer,
    };
    holding(&mut outer, f.certificate, q.today());
    Ok((from, outer))
}

async fn officer_rows(q: &Queries, officers: Vec<Officer>) -> Result<Vec<OfficerRow>, QueryError> {
    let today = q.today();
    let codes: Vec<&str> = officers.iter().map(|o| o.officer.as_str()).collect();
    let list: Value = serde_json::to_string(&codes).unwrap_or_default().into();
    let one = q.reader.list(1);
    let columns = CERTIFICATES.columns.iter().map(|c| format!("c.{}", c.name)).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT {columns}, r.on_day FROM certificates c LEFT JOIN revocations r \
         ON r.officer = c.officer AND r.certificate = c.certificate WHERE c.officer IN {one} ORDER BY c.officer, c.valid_from, c.certificate"
    );
    let mut certificates: BTreeMap<String, (Certificate, Option<Date>)> = BTreeMap::new();
    for row in q.reader.all(sql, vec![list.clone()]).await? {
        let (certificate, revoked) = certificate(&row)?;
        let keep = certificates.get(&certificate.officer).is_some_and(|(c, r)| valid(c, *r, today));
        if !keep {
            certificates.insert(certificate.officer.clone(), (certificate, revoked));
        }
    }
    let sql = format!("SELECT officer, hours FROM trainings WHERE year = $2 AND officer IN {one}");
    let hours = numbers(q, sql, vec![list.clone(), today.year().to_string().into()]).await?;
    let sql =
        format!("SELECT officer, CAST(SUM(acts) AS BIGINT) FROM officer_acts WHERE officer IN {one} GROUP BY officer");
    let acts = numbers(q, sql, vec![list]).await?;
    let names = Names::of_agencies(q, officers.iter().map(|o| o.agency.as_str())).await?;
    let row = |o: Officer| {
        let certificate = certificates.get(&o.officer);
        let last = |(c, revoked): &(Certificate, Option<Date>)| match revoked {
            Some(on) if *on <= c.valid_until => on.yesterday().unwrap_or(*on),
            _ => c.valid_until,
        };
        OfficerRow {
            certificate: certificate.map(|(c, _)| c.certificate.clone()),
            fields: certificate.map(|(c, _)| c.fields.clone()).unwrap_or_default(),
            from: certificate.map(|(c, _)| c.valid_from),
            until: certificate.map(last),
            valid: certificate.is_some_and(|(c, revoked)| valid(c, *revoked, today)),
            training_hours: hours.get(&o.officer).and_then(|n| u32::try_from(*n).ok()).unwrap_or_default(),
            acts: acts.get(&o.officer).copied().unwrap_or_default(),
            role: role(q, &o.role),
            officer: o.officer,
            name: o.name,
            agency_name: names.agency(&o.agency),
            agency: o.agency,
        }
    };
    Ok(officers.into_iter().map(row).collect())
}

/// A certificate, and the day it was withdrawn on.
fn certificate(row: &Row) -> Result<(Certificate, Option<Date>), QueryError> {
    let mut columns = Columns::of(row);
    let certificate = Certificate::read(&mut columns)?;
    Ok((certificate, columns.opt_day()?))
}

fn valid(c: &Certificate, revoked: Option<Date>, today: Date) -> bool {
    c.valid_from <= today && today <= c.valid_until && revoked.is_none_or(|on| today < on)
}

fn role(q: &Queries, role: &str) -> Text {
    match role {
        // Acted by name in a case that was reported, and is on no list.
        "unregistered" => Text::label("未登记", "not registered"),
        listed => q.services.read(LISTS, "", "role", &listed.into()),
    }
}

async fn numbers(q: &Queries, sql: String, args: Vec<Value>) -> Result<BTreeMap<String, u64>, QueryError> {
    let rows = q.reader.all(sql, args).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.count(1)?))).collect()
}
