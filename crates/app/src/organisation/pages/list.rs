//! Taking a list of schools from a workbook or a CSV file: tried first, every fault with its row, then taken whole.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    Reason,
    organisation::{Line, Registry, Row, Unit, UnitCode, school_list::Defaults},
    vietnamese::normalise,
};
use serde::Serialize;

use crate::{
    identity::{Right, Visitor},
    office::Office,
    organisation::{
        lists,
        operations::{self, Imported},
    },
    platform::{
        Error, Result,
        web::{CsrfUpload, Page, Serde, UploadedFile, context, wording},
    },
};

/// So many schools are shown of what was read.
const SHOWN_MAX: usize = 60;

/// What the form says besides the file.
#[derive(Clone, Debug, Default, Serialize)]
struct ListForm {
    parent: String,
    professional_parent: String,
    /// The first day of the parent, for the example.
    from: Option<jiff::civil::Date>,
    /// What the two units are called; empty where the code is of none.
    names: [String; 2],
}

impl ListForm {
    async fn named(self, office: &Office, visitor: &Visitor) -> Result<Self> {
        let registry = office.registry().await?;
        let name = |code: &String| registry.unit(code).map(|unit| unit.name_on(visitor.today()).to_owned());
        let names = [&self.parent, &self.professional_parent].map(|code| name(code).unwrap_or_default());
        Ok(Self { names, ..self })
    }
}

/// A school of the list as it will be.
#[derive(Clone, Debug, Serialize)]
struct Taken {
    row: u64,
    code: String,
    name: String,
    levels: Vec<&'static str>,
    parent: String,
    from: Option<jiff::civil::Date>,
    is_known: bool,
}

/// What came of the file.
#[derive(Clone, Debug, Serialize)]
struct Outcome {
    file: String,
    is_trial: bool,
    imported: Imported,
    schools: Vec<Taken>,
    count: usize,
}

/// `GET /don-vi/nap-danh-sach`.
pub async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Page> {
    let form = usual(&office, &visitor).await?.named(&office, &visitor).await?;
    Ok(draw(visitor, &form, &[], None))
}

/// The visitor's own unit, and the professional unit that most of its schools have.
async fn usual(office: &Office, visitor: &Visitor) -> Result<ListForm> {
    let registry = office.registry().await?;
    let parent = visitor.units_with(Right::ManageUnits).first().map(|&code| code.to_owned()).unwrap_or_default();
    let today = visitor.today();
    let schools =
        registry.children_on(&parent, Line::Management, today).into_iter().filter(|unit| unit.kind.is_school());
    let guide = schools.filter_map(|unit| registry.parent_on(unit.code.as_str(), Line::Professional, today)).next();
    let professional_parent = guide.map(|unit| unit.code.0.clone()).unwrap_or_default();
    let from = registry.unit(&parent).and_then(|unit| unit.validity.from);
    Ok(ListForm { parent, professional_parent, from, ..ListForm::default() })
}

/// `POST /don-vi/nap-danh-sach`: `step=take` stores, anything else tries.
pub async fn act(State(office): State<Office>, visitor: Visitor, upload: CsrfUpload) -> Result<Response> {
    visitor.require_somewhere(Right::ManageUnits)?;
    let field = |name: &str| upload.fields.get(name).map(|text| normalise(text)).unwrap_or_default();
    let (parent, professional_parent) = (field("parent"), field("professional_parent"));
    let form = ListForm { parent, professional_parent, ..usual(&office, &visitor).await? };
    let form = form.named(&office, &visitor).await?;
    match taken(&office, &visitor, &form, upload.files.first(), field("step") != "take").await {
        Ok(outcome) => Ok(draw(visitor, &form, &[], Some(&outcome)).into_response()),
        Err(Error::Refused(refusal)) => {
            let page = draw(visitor, &form, &refusal.reasons, None);
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn taken(
    office: &Office,
    visitor: &Visitor,
    form: &ListForm,
    file: Option<&UploadedFile>,
    is_trial: bool,
) -> Result<Outcome> {
    let file = file.ok_or_else(|| Error::refused("no_file", "Hãy chọn một tệp danh sách rồi gửi lại."))?;
    let code = |text: &str| Some(text).filter(|text| !text.is_empty()).map(UnitCode::from);
    let (parent, professional_parent) = (code(&form.parent), code(&form.professional_parent));
    let mut reading = lists::read(&file.bytes, &Defaults { parent, professional_parent })?;
    let registry = office.registry().await?;
    reading.faults.extend(not_ours(visitor, &registry, &reading.rows));
    let (imported, settled) = operations::import_list(office, &visitor.context(), reading, is_trial).await?;
    let school = |row: &Row<Unit>| Taken {
        row: row.number,
        code: row.record.code.0.clone(),
        name: row.record.latest_name().to_owned(),
        levels: row.record.school.iter().flat_map(|school| &school.levels).map(|level| level.abbreviation()).collect(),
        parent: managing(&row.record),
        from: row.record.validity.from,
        is_known: registry.unit(row.record.code.as_str()).is_some(),
    };
    Ok(Outcome {
        file: file.name.clone(),
        is_trial,
        imported,
        schools: settled.iter().take(SHOWN_MAX).map(school).collect(),
        count: settled.len(),
    })
}

/// The latest managing parent.
fn managing(unit: &Unit) -> String {
    let last = unit.parents.iter().rfind(|link| link.line == Line::Management);
    last.map(|link| link.parent.0.clone()).unwrap_or_default()
}

/// Rows whose managing unit the visitor may not change.
fn not_ours(visitor: &Visitor, registry: &Registry, rows: &[Row<Unit>]) -> Vec<Row<Reason>> {
    let mut faults = Vec::new();
    for row in rows {
        let parents = row.record.parents.iter().filter(|link| link.line == Line::Management);
        let known = parents.filter(|link| registry.unit(link.parent.as_str()).is_some());
        for link in known.filter(|link| !visitor.may(Right::ManageUnits, link.parent.as_str())) {
            let message = format!("Bạn chưa được giao quyền với đơn vị cấp trên {}.", link.parent);
            faults.push(Row { number: row.number, record: Reason::new("not_yours", message) });
        }
    }
    faults
}

fn draw(visitor: Visitor, form: &ListForm, reasons: &[Reason], outcome: Option<&Outcome>) -> Page {
    let units = wording::text(visitor.language(), "units");
    let values = context! { form => Serde(form), reasons => Serde(reasons), outcome => Serde(&outcome) };
    Page::new("organisation/list.html", visitor, values).crumb(units, "/don-vi")
}
