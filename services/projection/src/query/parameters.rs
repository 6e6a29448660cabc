//! Parameters as regions set them.

use super::{Queries, QueryError};
use crate::{model::ParameterRow, store::Columns, views::parameters::Parameter};

/// Those of every region, whatever the scope: whoever reads of one region lives by what those above it set.
pub(super) async fn all(q: &Queries) -> Result<Vec<ParameterRow>, QueryError> {
    let sql = "SELECT p.parameter, COALESCE(r.name, p.region), p.field, p.since, p.count, p.document FROM parameters p \
               LEFT JOIN regions r ON r.region = p.region ORDER BY p.parameter, p.region, p.field, p.since";
    let rows = q.reader.all(sql, vec![]).await?;
    let row = |row| {
        let Parameter { parameter, region, field, since, count, document } = Parameter::read(&mut Columns::of(row))?;
        Ok(ParameterRow { parameter, region, field, since, count, document })
    };
    rows.iter().map(row).collect()
}
