//! `tongket units`: the register of units.

mod change;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use domain::organisation::{
    Line, Registry, Succession, Unit, Validity, admin_units,
    school_list::{self, Defaults, Reading},
};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Globals, Output};
use crate::{
    organisation::{lists, operations, queries},
    platform::{Context, Error, Language, Result},
    shipped,
};

#[derive(Debug, Subcommand)]
pub(super) enum Units {
    /// Nạp đơn vị và kế thừa, hoặc danh sách trường; có lỗi thì không nạp gì
    Import(Import),
    /// Xem một đơn vị vào một ngày: cấp trên, trực thuộc, kế thừa
    Show(Show),
    /// Lập một đơn vị từ một ngày
    Create(change::Create),
    /// Đổi tên một đơn vị từ một ngày
    Rename(change::Rename),
    /// Chuyển một đơn vị sang cấp trên khác từ một ngày
    Move(change::Move),
    /// Sáp nhập các đơn vị từ một ngày
    Merge(change::Merge),
    /// Chia tách một đơn vị từ một ngày
    Split(change::Split),
    /// Giải thể một đơn vị từ một ngày
    Dissolve(change::Dissolve),
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Tệp CSV đơn vị hành chính, hoặc danh sách trường (CSV, Excel); không ghi thì nạp danh mục kèm theo phần mềm
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Tệp CSV kế thừa (đơn vị trước, đơn vị sau, phần)
    #[arg(long, value_name = "FILE", requires = "file")]
    successors: Option<PathBuf>,
    /// Nạp danh mục đơn vị hành chính kèm theo phần mềm
    #[arg(long, conflicts_with = "file")]
    shipped: bool,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Mã đơn vị
    code: String,
    /// Vào ngày nào (2025-06-30); không ghi thì hôm nay, hoặc ngày cuối cùng đơn vị còn tồn tại
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Theo tuyến nào: management (quản lý nhà nước) hoặc professional (chỉ đạo chuyên môn)
    #[arg(long, default_value = "management", value_parser = ["management", "professional"])]
    line: String,
}

pub(super) async fn run(globals: &Globals, units: &Units) -> Result<Output> {
    match units {
        Units::Import(import) => take(globals, import).await,
        Units::Show(show) => sheet(globals, show).await,
        Units::Create(create) => change::run(globals, create.decision()?, &create.when).await,
        Units::Rename(rename) => change::run(globals, rename.decision(), &rename.when).await,
        Units::Move(moved) => change::run(globals, moved.decision(), &moved.when).await,
        Units::Merge(merge) => change::run(globals, merge.decision(globals).await?, &merge.when).await,
        Units::Split(split) => change::run(globals, split.decision(globals).await?, &split.when).await,
        Units::Dissolve(dissolve) => change::run(globals, dissolve.decision(globals).await?, &dissolve.when).await,
    }
}

async fn take(globals: &Globals, import: &Import) -> Result<Output> {
    let context = Context::command_line();
    let imported = match given(import, globals.language())? {
        Given::Register(units, successions) => {
            operations::import(&globals.open().await?, &context, units, successions).await?
        }
        Given::List(reading) => operations::import_list(&globals.open().await?, &context, reading, false).await?.0,
    };
    let text = format!(
        "Đã nạp: {} đơn vị mới, {} đơn vị thay đổi, {} đơn vị giữ nguyên, {} quan hệ kế thừa mới.",
        imported.added, imported.changed, imported.unchanged, imported.successions_added
    );
    Ok(Output::new(json!(imported), text))
}

/// What an import brings: the national register with its successions, or a list of schools.
enum Given {
    Register(Vec<Unit>, Vec<Succession>),
    List(Reading),
}

fn given(import: &Import, language: Language) -> Result<Given> {
    let Some(file) = import.file.as_deref() else {
        let units = shipped::text("admin-units/units.csv")?;
        return Ok(parts(&admin_units::read(units, shipped::text("admin-units/successors.csv")?)?));
    };
    let bytes = read(file, language)?;
    let text = match String::from_utf8(bytes) {
        Ok(text) if !school_list::is_header(&text) => text,
        Ok(text) => return Ok(Given::List(lists::read(text.as_bytes(), &Defaults::default())?)),
        Err(bytes) => return Ok(Given::List(lists::read(bytes.as_bytes(), &Defaults::default())?)),
    };
    let successors = match import.successors.as_deref() {
        Some(file) => String::from_utf8(read(file, language)?).map_err(|_| not_utf8(file))?,
        None => "predecessor_id,successor_id,share\n".to_owned(),
    };
    Ok(parts(&admin_units::read(&text, &successors)?))
}

fn parts(registry: &Registry) -> Given {
    Given::Register(registry.units().to_vec(), registry.successions().to_vec())
}

fn read(file: &Path, language: Language) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|fault| Error::not_read(file, &fault, language))
}

fn not_utf8(file: &Path) -> Error {
    Error::refused("not_utf8", format!("Tệp {} không phải UTF-8; hãy lưu lại dạng CSV UTF-8.", file.display()))
}

async fn sheet(globals: &Globals, show: &Show) -> Result<Output> {
    let office = globals.open().await?;
    let line = Line::parse(&show.line).unwrap_or(Line::Management);
    let today = Context::command_line().today();
    let sheet = queries::unit_sheet(&office, &show.code, line, show.on, today).await?;
    let json = serde_json::to_value(&sheet).map_err(Error::inside)?;
    let text = lines(&json, &sheet);
    Ok(Output::new(json, text))
}

fn lines(json: &Value, sheet: &queries::UnitSheet) -> String {
    let mut lines = vec![format!("{} — {} ({})", sheet.code, sheet.name, sheet.kind.label().0)];
    lines.push(format!("Vào ngày {}", domain::vietnamese::short_date(sheet.on)));
    let life = Validity { from: sheet.valid_from, to: sheet.valid_to };
    if !life.contains(sheet.on) {
        lines.push(format!("Ngày ấy đơn vị không tồn tại: chỉ tồn tại {life}."));
    }
    if let Some(parent) = &sheet.parent {
        lines.push(format!("Cấp trên: {} ({})", parent.name, parent.code));
    }
    for (label, key) in [("Trực thuộc", "children"), ("Kế thừa từ", "predecessors"), ("Kế thừa bởi", "successors")]
    {
        let units = json[key].as_array().map_or(&[][..], Vec::as_slice);
        if !units.is_empty() {
            lines.push(format!("{label} ({}):", units.len()));
            let name = |unit: &Value| {
                format!("  {} {}", unit["code"].as_str().unwrap_or(""), unit["name"].as_str().unwrap_or(""))
            };
            lines.extend(units.iter().map(name));
        }
    }
    lines.join("\n")
}
