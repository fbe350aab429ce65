//! An invented catalogue with every kind of cell, for the tests of this room.

use domain::figures::catalogue::{
    Aggregation, Catalogue, Column, DataElement, ElementOption, FormCell, ItemCode, Line, Measure, PeriodKind, Section,
    StatisticalForm, ValueKind,
};
use domain::school_year::SchoolYear;
use domain::{Confidence, Label, Source};
use jiff::civil::date;

use crate::workbook::{TemplateSpec, Value, template};

pub(super) fn label(vi: &str) -> Label {
    Label { vi: vi.to_owned(), en: vi.to_owned() }
}

fn source() -> Source {
    Source { text: "Biểu minh hoạ của bộ kiểm thử".to_owned(), confidence: Confidence::Default }
}

fn element(code: &str, vi: &str, measure: &str, value: ValueKind) -> DataElement {
    DataElement {
        code: code.to_owned(),
        label: label(vi),
        measure: Measure(measure.to_owned()),
        aggregation: Aggregation::Last,
        level: None,
        value,
        options: ["female", "minority"]
            .map(|option| ElementOption { code: option.to_owned(), label: label(option) })
            .to_vec(),
        greatest_of: Vec::new(),
        source: source(),
    }
}

const COUNT: ValueKind = ValueKind::Count { max: Some(9999.0) };

fn cell(item: &str, total_of: &[&str]) -> Option<FormCell> {
    Some(FormCell {
        item: ItemCode::parse(item).unwrap(),
        total_of: total_of.iter().map(|part| ItemCode::parse(part).unwrap()).collect(),
        required: true,
    })
}

/// A line of counts with the columns Tổng số, Nữ, Dân tộc.
fn counts(number: &str, vi: &str, indent: u8, form_code: &str, element: &str, parts: &[&str]) -> Line {
    let column = |option: &str| {
        let item = |element: &str| if option.is_empty() { element.to_owned() } else { format!("{element}.{option}") };
        let parts: Vec<String> = parts.iter().map(|part| item(part)).collect();
        cell(&item(element), &parts.iter().map(String::as_str).collect::<Vec<_>>())
    };
    Line {
        number: number.to_owned(),
        label: label(vi),
        indent,
        form_code: Some(form_code.to_owned()),
        element: Some(element.to_owned()),
        cells: vec![column(""), column("female"), column("minority")],
    }
}

fn heading(number: &str, vi: &str) -> Line {
    Line {
        number: number.to_owned(),
        label: label(vi),
        indent: 0,
        form_code: None,
        element: None,
        cells: vec![None; 3],
    }
}

fn single(number: &str, vi: &str, form_code: &str, element: &str) -> Line {
    Line {
        number: number.to_owned(),
        label: label(vi),
        indent: 0,
        form_code: Some(form_code.to_owned()),
        element: Some(element.to_owned()),
        cells: vec![cell(element, &[])],
    }
}

fn column(option: Option<&str>, vi: &str) -> Column {
    Column { option: option.map(str::to_owned), label: label(vi) }
}

const GRADES: [&str; 5] = ["pri_grade_1", "pri_grade_2", "pri_grade_3", "pri_grade_4", "pri_grade_5"];

pub(super) fn catalogue() -> Catalogue {
    let mut elements = vec![
        element("pri_class_count", "Số lớp", "lớp", COUNT),
        element("pri_combined_class_count", "Lớp ghép", "lớp", COUNT),
        element("pri_pupil_count", "Tổng số học sinh", "người", COUNT),
        element("site_area", "Diện tích đất", "m²", ValueKind::Decimal { min: Some(0.0), max: Some(1e6), decimals: 1 }),
        element(
            "attendance_rate",
            "Tỉ lệ chuyên cần",
            "%",
            ValueKind::Decimal { min: Some(0.0), max: Some(100.0), decimals: 1 },
        ),
        element("clean_water", "Có nước sạch", "có/không", ValueKind::YesNo),
        element(
            "standard_level",
            "Đạt chuẩn quốc gia",
            "mức",
            ValueKind::Choice {
                choices: vec!["Chưa đạt".to_owned(), "Mức độ 1".to_owned(), "Mức độ 2".to_owned()]
            },
        ),
        element("renovation_need", "Nhu cầu sửa chữa", "", ValueKind::Text { length_max: 200 }),
    ];
    elements.extend(GRADES.iter().zip(1..).map(|(code, n)| element(code, &format!("Lớp {n}"), "người", COUNT)));
    Catalogue { elements, forms: vec![form()], ..Catalogue::default() }
}

fn form() -> StatisticalForm {
    let scale_columns =
        vec![column(None, "Tổng số"), column(Some("female"), "Nữ"), column(Some("minority"), "Dân tộc")];
    let mut pupils =
        vec![heading("2", "Học sinh"), counts("2.1", "Tổng số học sinh", 0, "37", "pri_pupil_count", &GRADES)];
    pupils.extend(
        GRADES
            .iter()
            .zip(1..)
            .map(|(code, n)| counts("", &format!("Học sinh lớp {n}"), 1, &(39 + n).to_string(), code, &[])),
    );
    let mut classes = vec![
        counts("1.1", "Số lớp, kể cả lớp ở các điểm trường ngoài điểm trường chính", 0, "27", "pri_class_count", &[]),
        counts("", "Lớp ghép", 1, "36", "pri_combined_class_count", &[]),
    ];
    for line in &mut classes {
        line.cells[1] = None;
        line.cells[2] = None;
    }
    StatisticalForm {
        code: "02-TH-CN".to_owned(),
        version: 3,
        title: label("Báo cáo thống kê giáo dục tiểu học"),
        period: PeriodKind::EndOfYear,
        levels: vec![domain::Level::Primary],
        sections: vec![
            Section { number: "I".to_owned(), title: label("Lớp"), columns: scale_columns.clone(), lines: classes },
            Section { number: "II".to_owned(), title: label("Học sinh"), columns: scale_columns, lines: pupils },
            Section {
                number: "III".to_owned(),
                title: label("Cơ sở vật chất"),
                columns: vec![column(None, "Giá trị")],
                lines: vec![
                    single("3.1", "Diện tích khuôn viên", "120", "site_area"),
                    single("3.2", "Tỉ lệ chuyên cần", "121", "attendance_rate"),
                    single("3.3", "Có nguồn nước sạch hoà vào mạng", "122", "clean_water"),
                    single("3.4", "Trường đạt chuẩn quốc gia", "123", "standard_level"),
                    single("3.5", "Nhu cầu sửa chữa, cải tạo", "124", "renovation_need"),
                ],
            },
        ],
        source: source(),
    }
}

/// Plausible values in which every total holds.
pub(super) fn values(catalogue: &Catalogue) -> Vec<Option<Value>> {
    let form = &catalogue.forms[0];
    let value = |code: &ItemCode| -> Value {
        let number = match (code.element.as_str(), code.option.as_deref()) {
            ("pri_class_count", _) => 12.0,
            ("pri_combined_class_count", _) => 0.0,
            ("pri_pupil_count", None) => 1250.0,
            ("pri_pupil_count", _) => 100.0,
            (grade, None) if grade.starts_with("pri_grade") => 250.0,
            (grade, _) if grade.starts_with("pri_grade") => 20.0,
            ("site_area", _) => 1234.5,
            ("attendance_rate", _) => 98.5,
            ("clean_water", _) => return Value::Boolean(true),
            ("standard_level", _) => return Value::Text("Mức độ 1".to_owned()),
            _ => return Value::Text("Sửa mái nhà để xe".to_owned()),
        };
        Value::Number(number)
    };
    form.cells().map(|cell| Some(value(&cell.item))).collect()
}

pub(super) fn spec<'a>(catalogue: &'a Catalogue, values: Option<&'a [Option<Value>]>) -> TemplateSpec<'a> {
    TemplateSpec {
        catalogue,
        form: &catalogue.forms[0],
        unit_code: "79000123",
        unit_name: "Trường Tiểu học Hoa Phượng",
        office_name: "Phòng Văn hóa - Xã hội phường Long Biên",
        school_year: SchoolYear::parse("2025-2026").unwrap(),
        period_code: "2025-2026-CN",
        as_of: date(2026, 5, 31),
        due_on: date(2026, 6, 30),
        values,
        previous: None,
        notes: &[],
    }
}

/// A workbook filled with [`values`].
pub(super) fn filled(catalogue: &Catalogue) -> Vec<u8> {
    template(&spec(catalogue, Some(&values(catalogue)))).unwrap()
}
