//! What an office sets for its nominations: who grants what to units of which kind, and until when dossiers are to be sent.

use domain::{
    Reason, Refusal,
    awards::pack::{Choice, Grantor},
    organisation::UnitKind,
    school_year::SchoolYear,
    vietnamese::normalise,
};
use jiff::civil::Date;

use crate::{
    audit,
    awards::{
        queries,
        store::{self, MatrixCell},
    },
    office::Office,
    platform::{Context, Error, Result},
};

/// A cell of the matrix of grantors, as people name it.
#[derive(Clone, Debug)]
pub struct GrantorCell {
    /// The rule pack.
    pub pack: String,
    /// The title or form.
    pub award: String,
    /// The kind of unit.
    pub unit_kind: String,
}

impl GrantorCell {
    fn of<'a>(&'a self, unit: &'a str) -> MatrixCell<'a> {
        MatrixCell { unit, pack: &self.pack, award: &self.award, unit_kind: &self.unit_kind }
    }

    fn object(&self, unit: &str) -> String {
        format!("{unit}/{}", self.pack)
    }

    fn faults(&self) -> Result<Vec<Reason>> {
        let mut reasons = Vec::new();
        if queries::pack_named(&self.pack)?.award(&self.award).is_none() {
            let message = "Hãy chọn danh hiệu hoặc hình thức khen thưởng có trong gói quy tắc.";
            reasons.push(Reason::new("unknown_award", message).at("award"));
        }
        if UnitKind::parse(&self.unit_kind).is_none() {
            reasons.push(Reason::new("unknown_kind", "Hãy chọn loại đơn vị trong danh sách.").at("unit_kind"));
        }
        Ok(reasons)
    }
}

/// Keeps who grants an award to units of a kind, as the office has found it in a text that it names.
///
/// # Errors
/// `NotFound` for an unknown pack; `unknown_award`, `unknown_kind`, `no_grantor`, `no_source`, all at once.
pub async fn set_grantor(
    office: &Office,
    context: &Context,
    unit: &str,
    cell: &GrantorCell,
    (grantor, source): (&str, &str),
) -> Result<()> {
    let (mut reasons, source) = (cell.faults()?, normalise(source));
    let grantor: Option<Grantor> = Choice::parse(grantor);
    if grantor.is_none() {
        reasons.push(Reason::new("no_grantor", "Hãy chọn cấp quyết định.").at("grantor"));
    }
    if source.is_empty() {
        let message = "Hãy ghi văn bản, điều khoản quy định thẩm quyền này, để tra lại được.";
        reasons.push(Reason::new("no_source", message).at("source"));
    }
    Refusal::unless_empty(reasons)?;
    let Some(grantor) = grantor else { return Err(Error::Forbidden) };
    let mut transaction = office.db().begin().await?;
    store::set_grantor(&mut transaction, context, cell.of(unit), (grantor.as_str(), &source)).await?;
    let detail = format!("{} {}: {} ({source})", cell.award, cell.unit_kind, grantor.as_str());
    audit::write(&mut transaction, context, "awards.set_grantor", &cell.object(unit), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Empties a cell of the matrix: the text of the law alone speaks again.
///
/// # Errors
/// `NotFound` where the cell is empty.
pub async fn clear_grantor(office: &Office, context: &Context, unit: &str, cell: &GrantorCell) -> Result<()> {
    let mut transaction = office.db().begin().await?;
    if !store::clear_grantor(&mut transaction, cell.of(unit)).await? {
        return Err(Error::NotFound(format!("thẩm quyền của {} với loại đơn vị {}", cell.award, cell.unit_kind)));
    }
    let detail = format!("{} {}", cell.award, cell.unit_kind);
    audit::write(&mut transaction, context, "awards.clear_grantor", &cell.object(unit), &detail).await?;
    Ok(transaction.commit().await?)
}

/// Sets until when dossiers of a year are to be sent; one that comes later says why.
///
/// # Errors
/// Where the database cannot be written.
pub async fn set_deadline(
    office: &Office,
    context: &Context,
    (unit, year): (&str, SchoolYear),
    due_on: Date,
) -> Result<()> {
    let year = year.to_string();
    let mut transaction = office.db().begin().await?;
    store::set_deadline(&mut transaction, context, (unit, &year), due_on).await?;
    let detail = due_on.to_string();
    audit::write(&mut transaction, context, "awards.set_deadline", &format!("{unit}/{year}"), &detail).await?;
    Ok(transaction.commit().await?)
}
