//! Approved figures from the database, row after row, without keeping the rows; invented ones into it, to measure with.

use futures_util::TryStreamExt;
use sqlx::Row;

use crate::{
    audit,
    platform::{
        Context, Db, Result,
        db::{Bound, insert_rows},
    },
};

const APPROVED: &str = "select s.unit_code, s.form_code, r.form_version, r.figures from submission s
    join revision r on r.unit_code = s.unit_code and r.form_code = s.form_code and r.period_code = s.period_code
        and r.number = s.approved_revision
    where s.period_code = $1 and s.approved_revision > 0";
const APPROVED_OF_UNIT: &str = "select s.unit_code, s.form_code, r.form_version, r.figures from submission s
    join revision r on r.unit_code = s.unit_code and r.form_code = s.form_code and r.period_code = s.period_code
        and r.number = s.approved_revision
    where s.period_code = $1 and s.approved_revision > 0 and s.unit_code = $2";

/// Hands every approved form of a period (of one unit, if one is named) to `take`: unit, form, its version, packed figures.
pub(super) async fn approved(
    db: &Db,
    period: &str,
    unit: Option<&str>,
    mut take: impl FnMut(&str, &str, i64, &[u8]) + Send,
) -> Result<()> {
    let query = match unit {
        None => sqlx::query(APPROVED).bind(period.to_owned()),
        Some(unit) => sqlx::query(APPROVED_OF_UNIT).bind(period.to_owned()).bind(unit.to_owned()),
    };
    let mut rows = query.fetch(db.pool());
    while let Some(row) = rows.try_next().await? {
        let (unit, form): (&str, &str) = (row.try_get(0)?, row.try_get(1)?);
        take(unit, form, row.try_get(2)?, row.try_get(3)?);
    }
    Ok(())
}

/// A form as it stands once it is approved, for measurements.
#[derive(Debug)]
pub(super) struct ApprovedForm {
    pub(super) unit: String,
    pub(super) form: String,
    pub(super) period: String,
    pub(super) version: u32,
    pub(super) figures: Vec<u8>,
}

/// Writes approved forms in one transaction.
pub(super) async fn save_approved(db: &Db, context: &Context, forms: &[ApprovedForm]) -> Result<()> {
    let (now, one) = (context.stamp(), Bound::Whole(1));
    let (mut submissions, mut revisions) = (Vec::new(), Vec::new());
    for form in forms {
        let key = [Bound::Text(&form.unit), Bound::Text(&form.form), Bound::Text(&form.period)];
        let state = [Bound::Text("approved"), one.clone(), one.clone(), Bound::Text(&now)];
        submissions.push(key.iter().cloned().chain(state).collect());
        let version = Bound::Whole(i64::from(form.version));
        let sent = [Bound::Text("api"), Bound::Bytes(&form.figures), Bound::Text(&now), Bound::Text("synthetic")];
        revisions.push(key.into_iter().chain([one.clone(), version]).chain(sent).collect());
    }
    let mut transaction = db.begin().await?;
    let head = "insert into submission
        (unit_code, form_code, period_code, state, latest_revision, approved_revision, changed_at)";
    insert_rows(&mut *transaction, head, &submissions, "").await?;
    let head = "insert into revision
        (unit_code, form_code, period_code, number, form_version, road, figures, sent_at, sent_by)";
    insert_rows(&mut *transaction, head, &revisions, "").await?;
    let detail = format!("{} forms", forms.len());
    audit::write(&mut transaction, context, "figures.synthesise", "", &detail).await?;
    Ok(transaction.commit().await?)
}
