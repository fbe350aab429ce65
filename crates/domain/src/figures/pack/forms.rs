//! Statistical forms from the files in `forms/`: one file is one form.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, SOURCE_FIELDS};
use super::faults::{Faults, Place};
use super::options::Options;
use crate::figures::catalogue::{
    Aggregation, Column, DataElement, FormCell, ItemCode, Line, PeriodKind, Section, StatisticalForm,
};
use crate::{Label, Level};

pub(super) fn read<'a>(
    files: impl Iterator<Item = Entry<'a>>,
    elements: &[DataElement],
    options: &Options,
    faults: &mut Faults,
) -> Vec<StatisticalForm> {
    let elements: BTreeMap<&str, &DataElement> = elements.iter().map(|e| (e.code.as_str(), e)).collect();
    let mut codes = super::Codes::default();
    files
        .map(|file| Reader { elements: &elements, options, seen: BTreeMap::new() }.form(&file, &mut codes, faults))
        .collect()
}

struct Reader<'a> {
    elements: &'a BTreeMap<&'a str, &'a DataElement>,
    options: &'a Options,
    /// Items of the cells read so far, with the line where each stands.
    seen: BTreeMap<ItemCode, Place>,
}

impl<'a> Reader<'a> {
    fn form(&mut self, file: &Entry<'_>, codes: &mut super::Codes, faults: &mut Faults) -> StatisticalForm {
        file.allow(&[&["code", "version", "vi", "en", "period", "levels", "section"], &SOURCE_FIELDS], faults);
        let code = form_code(file, faults);
        codes.claim(&code, file.place_of("code"), faults);
        let sections: Vec<Section> =
            file.entries("section", faults).iter().map(|entry| self.section(entry, faults)).collect();
        self.check_totals(file, &sections, faults);
        StatisticalForm {
            code,
            version: file.count("version", faults).map_or(1, u32::from).max(1),
            title: file.label(faults),
            period: file.required_word("period", PeriodKind::Custom, faults),
            levels: levels(file, faults),
            sections,
            source: file.source(faults),
        }
    }

    fn section(&mut self, entry: &Entry<'_>, faults: &mut Faults) -> Section {
        entry.allow(&[&["number", "vi", "en", "columns", "total_of_columns", "lines"], &SOURCE_FIELDS], faults);
        if !entry.has("columns") {
            faults.add(entry.place, "missing_field", "thiếu trường «columns»");
        }
        let columns =
            entry.texts("columns", faults).iter().map(|(place, code)| self.column(*place, code, faults)).collect();
        let parts = entry.texts("total_of_columns", faults).into_iter().map(|(_, code)| code).collect();
        let layout = Layout { columns, parts };
        let lines = entry.entries("lines", faults).iter().map(|line| self.line(line, &layout, faults)).collect();
        let title = entry.label(faults);
        Section { number: entry.text("number", faults).unwrap_or_default(), title, columns: layout.columns, lines }
    }

    fn column(&self, place: Place, code: &str, faults: &mut Faults) -> Column {
        if let Some(label) = self.options.own_value.get(code) {
            return Column { option: None, label: label.clone() };
        }
        let label = self.options.options.get(code).cloned().unwrap_or_else(|| {
            faults.add(place, "unknown_option", format!("cột «{code}» chưa có trong options.toml"));
            Label { vi: code.to_owned(), en: code.to_owned() }
        });
        Column { option: Some(code.to_owned()), label }
    }

    fn line(&mut self, entry: &Entry<'_>, layout: &Layout, faults: &mut Faults) -> Line {
        let fields = ["vi", "en", "number", "indent", "code", "element", "only", "total_of", "optional"];
        entry.allow(&[&fields], faults);
        let element = entry.text("element", faults);
        let known = element.as_deref().and_then(|code| self.element(entry.place_of("element"), code, faults));
        let label = match (known, &element) {
            (Some(known), _) => entry.label_or(&known.label, faults),
            (None, Some(code)) => Label { vi: code.clone(), en: code.clone() },
            (None, None) => entry.label(faults),
        };
        let cells = match known {
            Some(known) => self.cells(entry, known, layout, faults),
            None => vec![None; layout.columns.len()],
        };
        Line {
            number: entry.own_text("number", faults).unwrap_or_default(),
            label,
            indent: entry.count("indent", faults).map_or(0, |indent| indent.min(2) as u8),
            form_code: entry.own_text("code", faults),
            element,
            cells,
        }
    }

    fn element(&self, place: Place, code: &str, faults: &mut Faults) -> Option<&'a DataElement> {
        let known = self.elements.get(code).copied();
        if known.is_none() {
            faults.add(place, "unknown_element", format!("chỉ tiêu «{code}» chưa có trong thư mục elements"));
        }
        known
    }

    fn cells(
        &mut self,
        entry: &Entry<'_>,
        element: &DataElement,
        layout: &Layout,
        faults: &mut Faults,
    ) -> Vec<Option<FormCell>> {
        let only = entry.texts("only", faults);
        for (place, code) in &only {
            if !layout.columns.iter().any(|column| self.names(column, code)) {
                faults.add(*place, "unknown_option", format!("phần này không có cột «{code}»"));
            }
        }
        let total_of = entry.texts("total_of", faults);
        let optional = entry.truth("optional", faults);
        let mut cells = Vec::with_capacity(layout.columns.len());
        for column in &layout.columns {
            if !only.is_empty() && !only.iter().any(|(_, code)| self.names(column, code)) {
                cells.push(None);
                continue;
            }
            let item = ItemCode { element: element.code.clone(), option: column.option.clone() };
            self.check_cell(entry.place, element, &item, faults);
            let total_of = layout.parts_of(&item).unwrap_or_else(|| {
                total_of
                    .iter()
                    .map(|(_, code)| ItemCode { element: code.clone(), option: item.option.clone() })
                    .collect()
            });
            cells.push(Some(FormCell { item, total_of, required: !optional }));
        }
        cells
    }

    /// Whether a word of the pack names this column: its option, or any head of the element's own value.
    fn names(&self, column: &Column, code: &str) -> bool {
        match &column.option {
            Some(option) => option == code,
            None => self.options.own_value.contains_key(code),
        }
    }

    fn check_cell(&mut self, place: Place, element: &DataElement, item: &ItemCode, faults: &mut Faults) {
        if let Some(option) = &item.option
            && !element.options.iter().any(|known| known.code == *option)
        {
            let message = format!(
                "chỉ tiêu «{}» không có phân tổ «{option}»; thêm vào chỉ tiêu hoặc khóa ô bằng «only»",
                element.code
            );
            faults.add(place, "unknown_option", message);
        }
        match self.seen.get(item) {
            Some(&first) => {
                let first = faults.describe(first);
                faults.add(
                    place,
                    "repeated_cell",
                    format!("ô «{item}» đã có ở {first}; mỗi ô chỉ đứng một lần trong biểu"),
                );
            }
            None => {
                self.seen.insert(item.clone(), place);
            }
        }
    }

    /// Every part of a total must be a cell of the same form, count in the same unit and be fit for adding.
    fn check_totals(&self, file: &Entry<'_>, sections: &[Section], faults: &mut Faults) {
        let cells = sections.iter().flat_map(|section| &section.lines).flat_map(|line| &line.cells).flatten();
        let mut told = BTreeSet::new();
        for cell in cells {
            let place = self.seen.get(&cell.item).copied().unwrap_or(file.place);
            for part in &cell.total_of {
                let missing = !self.seen.contains_key(part);
                if !told.insert((&cell.item.element, &part.element, missing)) {
                    continue;
                }
                if missing {
                    let message = format!("«{}» cộng từ «{part}» nhưng biểu không có ô đó", cell.item);
                    faults.add(place, "total_not_in_form", message);
                } else {
                    self.check_part(place, &cell.item.element, &part.element, faults);
                }
            }
        }
    }

    fn check_part(&self, place: Place, total: &str, part: &str, faults: &mut Faults) {
        let (Some(total), Some(part)) = (self.elements.get(total), self.elements.get(part)) else { return };
        if total.measure != part.measure {
            let message = format!(
                "«{}» tính bằng {} nhưng cộng từ «{}» tính bằng {}",
                total.code, total.measure.0, part.code, part.measure.0
            );
            faults.add(place, "mixed_units", message);
        }
        if matches!(part.aggregation, Aggregation::Ratio | Aggregation::List) {
            let message = format!("«{}» là tỉ lệ, thứ hạng hoặc lựa chọn: không được cộng", part.code);
            faults.add(place, "sum_of_ratio", message);
        }
    }
}

/// The columns of a section and, where the own-value column is their sum, the options it adds up.
struct Layout {
    columns: Vec<Column>,
    parts: Vec<String>,
}

impl Layout {
    fn parts_of(&self, item: &ItemCode) -> Option<Vec<ItemCode>> {
        (item.option.is_none() && !self.parts.is_empty()).then(|| {
            let part = |option: &String| ItemCode { element: item.element.clone(), option: Some(option.clone()) };
            self.parts.iter().map(part).collect()
        })
    }
}

fn form_code(file: &Entry<'_>, faults: &mut Faults) -> String {
    let code = file.required_text("code", faults);
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    if !code.chars().all(allowed) {
        let message = format!("mã biểu «{code}» chỉ gồm chữ hoa không dấu, chữ số và dấu -");
        faults.add(file.place_of("code"), "bad_code", message);
    }
    code
}

fn levels(file: &Entry<'_>, faults: &mut Faults) -> Vec<Level> {
    let mut levels = Vec::new();
    for (place, text) in file.texts("levels", faults) {
        match Level::parse(&text) {
            Some(level) => levels.push(level),
            None => faults.add(place, "bad_value", format!("không có cấp học «{text}»")),
        }
    }
    levels
}
