//! `tongket document KIND --for ID --out DIR`: official documents as files.

use std::path::PathBuf;

use clap::Args;
use documents::letters::Boxed;
use fluent_bundle::FluentArgs;
use serde_json::json;

use super::{Globals, Output};
use crate::{
    office::Office,
    platform::{Context, Error, Language, Result, web::wording},
    reports::{
        operations::{self, Format},
        papers::{self, Bundle},
        queries::ReportKey,
    },
};

/// Which document, for whom and where to.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Loại văn bản: bao-cao-tong-ket, ke-hoach, giay-moi, chuong-trinh, kich-ban, danh-sach-dai-bieu, bien-ban, thong-bao-ket-luan, quyet-dinh-khen-thuong, to-trinh …
    kind: String,
    /// Mã đơn vị (văn bản mới nhất của loại này), hoặc mã của một văn bản đã soạn
    #[arg(long = "for", value_name = "ID")]
    whose: String,
    /// Năm học (mặc định: năm gần nhất đã mở)
    #[arg(long, value_name = "Y")]
    year: Option<String>,
    /// Cấp học (mặc định: tất cả)
    #[arg(long, default_value = "", value_name = "LEVEL")]
    level: String,
    /// Thư mục ghi tệp
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Định dạng, cách nhau bằng dấu phẩy: docx,pdf; zip cho văn bản gửi nhiều người
    #[arg(long, value_delimiter = ',', default_value = "docx,pdf")]
    format: Vec<String>,
}

pub(super) async fn run(globals: &Globals, arguments: &Arguments) -> Result<Output> {
    let office = globals.open().await?;
    let context = Context::command_line();
    let saved = if arguments.kind == operations::SUMMARY_REPORT {
        let formats = named(&arguments.format, "docx hoặc pdf", Format::parse)?;
        let year = year(&office, arguments).await?;
        let key = ReportKey { unit: arguments.whose.clone(), year, level: arguments.level.clone() };
        operations::save_summary_report(&office, &context, &key, &formats, &arguments.out).await?
    } else {
        let bundles = named(&arguments.format, "docx, pdf hoặc zip", Bundle::parse)?;
        let id = paper(&office, arguments).await?;
        papers::operations::save(&office, &context, id, &bundles, &arguments.out).await?
    };
    let lines: Vec<String> = saved.files.iter().map(|file| format!("Đã ghi {}", file.display())).collect();
    let json = json!({
        "kind": arguments.kind, "number": saved.number, "files": saved.files, "pages": saved.page_count,
        "figures": saved.figure_count, "boxed_letters": saved.boxed_letters,
    });
    let notices = saved.boxed_letters.iter().map(|line| told(line, &globals.lang)).collect();
    Ok(Output::new(json, lines.join("\n")).with_notices(notices))
}

/// That a line has letters which the typeface lacks.
fn told(line: &Boxed, language: &str) -> String {
    let mut words = FluentArgs::new();
    words.set("at", line.at.as_str());
    words.set("letters", line.letters.join(", "));
    let language = if language == "en" { Language::English } else { Language::Vietnamese };
    wording::message(language, "boxed-letters-line", Some(&words)).unwrap_or_default()
}

/// The paper asked for: the latest of the kind at a unit, or the one with this number.
async fn paper(office: &Office, arguments: &Arguments) -> Result<i64> {
    let Arguments { kind, whose, .. } = arguments;
    let known = papers::shipped()?;
    if known.iter().all(|wording| wording.slug != *kind) {
        let kinds: Vec<&str> = known.iter().map(|wording| wording.slug.as_str()).collect();
        let message =
            format!("Không có loại văn bản «{kind}». Các loại: {}, {}.", operations::SUMMARY_REPORT, kinds.join(", "));
        return Err(Error::refused("unknown_kind", message));
    }
    if office.registry().await?.unit(whose).is_some() {
        let year = year(office, arguments).await?;
        let latest = papers::queries::latest_of_kind(office, whose, &year, kind).await?;
        return latest.ok_or_else(|| {
            let message = format!("Đơn vị {whose} chưa soạn văn bản loại «{kind}» nào trong năm học {year}.");
            Error::refused("no_paper", message)
        });
    }
    let id: i64 = whose.parse().map_err(|_| Error::NotFound(format!("đơn vị hoặc văn bản {whose}")))?;
    let paper = papers::queries::paper(office, id).await?;
    if paper.kind == *kind {
        return Ok(id);
    }
    Err(Error::refused("wrong_kind", format!("Văn bản số {id} là «{}», không phải «{kind}».", paper.kind)))
}

async fn year(office: &Office, arguments: &Arguments) -> Result<String> {
    match &arguments.year {
        Some(year) => Ok(year.clone()),
        None => operations::latest_year(office).await,
    }
}

fn named<T>(names: &[String], possible: &str, parse: fn(&str) -> Option<T>) -> Result<Vec<T>> {
    let named = names.iter().map(|name| {
        parse(name.trim()).ok_or_else(|| {
            Error::refused("unknown_format", format!("Loại văn bản này không có định dạng «{name}»; dùng {possible}."))
        })
    });
    named.collect()
}
