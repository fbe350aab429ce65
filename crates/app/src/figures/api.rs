//! What is counted, for programs: the forms and their cells, by whose codes the bulk interface takes values.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::figures::catalogue::{FormCell, StatisticalForm, ValueKind};
use serde_json::{Value, json};

use crate::{
    office::Office,
    platform::{Error, Result},
};

/// `GET /api/v1/forms`: every form, in the order of the packs.
pub async fn forms(State(office): State<Office>) -> Json<Value> {
    let forms: Vec<Value> = office.catalogue().forms.iter().map(head).collect();
    Json(json!({ "forms": forms }))
}

/// `GET /api/v1/forms/{form}`: one form with its cells in their fixed order.
pub async fn form(State(office): State<Office>, Path(code): Path<String>) -> Result<Json<Value>> {
    let catalogue = office.catalogue();
    let form = catalogue.form(&code).ok_or_else(|| Error::NotFound(format!("biểu {code}")))?;
    let mut answer = head(form);
    let lines = form.sections.iter().flat_map(|section| {
        section.lines.iter().flat_map(move |line| {
            let columns = section.columns.iter().zip(&line.cells);
            columns.filter_map(move |(column, cell)| {
                Some((line.label.vi.as_str(), column.label.vi.as_str(), cell.as_ref()?))
            })
        })
    });
    let cells: Vec<Value> = lines
        .map(|(line, column, cell)| {
            let kind = catalogue.element(&cell.item.element).map(|element| &element.value);
            described(line, column, cell, kind)
        })
        .collect();
    answer["cells"] = json!(cells);
    Ok(Json(answer))
}

fn head(form: &StatisticalForm) -> Value {
    json!({
        "form": form.code, "version": form.version, "title": form.title, "period": form.period,
        "levels": form.levels, "cell_count": form.cell_count(),
    })
}

fn described(line: &str, column: &str, cell: &FormCell, kind: Option<&ValueKind>) -> Value {
    let total_of: Vec<String> = cell.total_of.iter().map(ToString::to_string).collect();
    json!({
        "cell": cell.item.to_string(), "line": line, "column": column, "value": kind, "required": cell.required,
        "total_of": total_of,
    })
}
