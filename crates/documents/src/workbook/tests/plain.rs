//! A workbook that is no form, as rows of texts.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::workbook::{Limits, sheets};

#[test]
fn a_list_is_read_with_its_row_numbers_and_codes_typed_as_numbers() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Danh sách").unwrap();
    sheet.write(1, 0, "Mã trường").unwrap();
    sheet.write(1, 2, "Từ ngày").unwrap();
    sheet.write(3, 0, 90_000_001).unwrap();
    let day = ExcelDateTime::from_ymd(2010, 8, 1).unwrap();
    sheet.write_datetime_with_format(3, 2, &day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let found = sheets(&bytes, &Limits::default()).unwrap();
    let rows: Vec<(u64, &[String])> = found[0].rows.iter().map(|row| (row.number, row.fields.as_slice())).collect();
    assert_eq!(found[0].name, "Danh sách");
    assert_eq!(
        rows,
        [
            (2, &["Mã trường", "", "Từ ngày"].map(String::from)[..]),
            (4, &["90000001", "", "01/08/2010"].map(String::from)[..])
        ]
    );
    assert_eq!(sheets(b"no workbook", &Limits::default()).unwrap_err().code, "unreadable");
}
