//! One invented report with every kind of block: for tests, pages and the manual. No real school has these figures.

use super::block::{
    Align, Block, Cell, Chart, ChartKind, Column, Orientation, Place, Row, RowKind, Run, Series, Table,
};
use super::document::{Annex, AnnexForm, Document, Issuer, Signature};
use super::figure::{FigureForm, FigureReference};
use super::kind::DocumentKind;
use super::numbering::HeadingRank;
use crate::school_year::SchoolYear;

/// What every invented document says at the foot of each page.
pub const INVENTED: &str = "DỮ LIỆU MINH HOẠ – không phải số liệu thật";

/// A short report of an invented ward: a draft, three pages.
pub fn report() -> Document {
    Document {
        issuer: Issuer {
            superior: Some("Thành phố Hà Nội".to_owned()),
            name: "Ủy ban nhân dân phường Bồ Đề Mới".to_owned(),
            is_party: false,
        },
        code: "BC-UBND".to_owned(),
        place: "Bồ Đề Mới".to_owned(),
        subject: "Tổng kết năm học 2025-2026 và phương hướng, nhiệm vụ năm học 2026-2027".to_owned(),
        addressees: vec!["Sở Giáo dục và Đào tạo thành phố Hà Nội".to_owned()],
        legal_bases: vec![
            "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019".to_owned(),
            "Căn cứ Kế hoạch thời gian năm học 2025-2026".to_owned(),
        ],
        body: body(),
        signature: Signature {
            capacity: vec!["TM. Ủy ban nhân dân".into(), "KT. Chủ tịch".into(), "Phó Chủ tịch".into()],
            name: "Nguyễn Thị Thuỳ Dương".to_owned(),
        },
        recipients: vec!["Như trên".into(), "Thường trực HĐND phường".into(), "Lưu: VT, VHXH".into()],
        annexes: vec![Annex {
            form: AnnexForm::Annex,
            title: "Số liệu từng trường".to_owned(),
            orientation: Orientation::Landscape,
            body: vec![Block::Table(table("Học sinh từng trường"))],
        }],
        notices: vec![INVENTED.to_owned()],
        ..Document::draft(DocumentKind::Report)
    }
}

fn body() -> Vec<Block> {
    let pupils = |form, value, printed: &str| {
        Run::Figure(FigureReference {
            code: "pupil_count".to_owned(),
            unit: "P01".to_owned(),
            year: YEAR,
            form,
            value,
            printed: printed.to_owned(),
        })
    };
    vec![
        Block::paragraph("Ủy ban nhân dân phường báo cáo kết quả thực hiện nhiệm vụ năm học như sau:"),
        Block::heading(HeadingRank::Part, "Kết quả thực hiện nhiệm vụ năm học 2025-2026"),
        Block::heading(HeadingRank::Roman, "Quy mô trường, lớp, học sinh"),
        Block::Paragraph(vec![
            Run::text("Toàn phường có "),
            pupils(FigureForm::Value, Some(8493.0), "8.493"),
            Run::text(" học sinh, "),
            pupils(FigureForm::Change, Some(120.0), "tăng 120"),
            Run::text(" so với năm học trước. Ký tự đặc biệt được giữ nguyên: #1 $x$ *a* _b_ <c> & \"d\" \\e @f [g]."),
        ]),
        Block::Table(table("Quy mô năm học 2025-2026")),
        Block::Chart(chart()),
        Block::heading(HeadingRank::Clause, "Đánh giá"),
        Block::heading(HeadingRank::Point, "Ưu điểm"),
        Block::Place(Place {
            code: "strengths".to_owned(),
            guidance: "Nhập ưu điểm".to_owned(),
            paragraphs: vec![vec![Run::text("Chất lượng được giữ vững.")], vec![Run::text("Đội ngũ ổn định.")]],
        }),
        Block::heading(HeadingRank::Point, "Tồn tại, hạn chế"),
        Block::Place(Place {
            code: "shortcomings".to_owned(),
            guidance: "Nhập tồn tại, hạn chế".to_owned(),
            paragraphs: Vec::new(),
        }),
        Block::heading(HeadingRank::Part, "Phương hướng, nhiệm vụ năm học 2026-2027"),
        Block::List(vec![
            vec![Run::text("Hoàn thành "), Run::bold("chỉ tiêu"), Run::text(" được giao;")],
            vec![Run::text("Bổ sung thiết bị, "), Run::italic("nhất là phòng học bộ môn"), Run::text(".")],
        ]),
        Block::paragraph("Trên đây là báo cáo tổng kết năm học 2025-2026."),
    ]
}

const YEAR: SchoolYear = SchoolYear::known(2025);

fn table(caption: &str) -> Table {
    let row = |kind, cells: [&str; 4]| Row { kind, cells: cells.map(Cell::text).to_vec() };
    Table {
        caption: caption.to_owned(),
        columns: vec![
            Column::new("TT", Align::Centre, 1.0),
            Column::new("Đơn vị", Align::Left, 6.0),
            Column::new("Số lớp", Align::Right, 2.0),
            Column::new("Số học sinh", Align::Right, 2.0),
        ],
        rows: vec![
            Row { kind: RowKind::Group, cells: vec![Cell::text("Tiểu học")] },
            row(RowKind::Body, ["1", "Trường Tiểu học Ánh Dương", "28", "1.045"]),
            row(RowKind::Body, ["2", "Trường Tiểu học Phù Sa", "…", "…"]),
            row(RowKind::Total, ["", "Tổng cộng", "28", "1.045"]),
        ],
        note: Some("Số liệu của 1/2 trường; Trường Tiểu học Phù Sa chưa có số liệu.".to_owned()),
    }
}

fn chart() -> Chart {
    Chart {
        kind: ChartKind::GroupedBar,
        title: "Tỉ lệ hoàn thành tốt tăng ở cả hai khối".to_owned(),
        description: "Biểu đồ cột: tỉ lệ hoàn thành tốt của khối 1 và khối 2 trong hai năm học.".to_owned(),
        measure: "%".to_owned(),
        decimals: 1,
        categories: vec!["Khối 1".to_owned(), "Khối 2".to_owned()],
        series: vec![
            Series { name: "2024-2025".to_owned(), values: vec![Some(61.2), Some(58.0)] },
            Series { name: "2025-2026".to_owned(), values: vec![Some(63.5), Some(60.4)] },
        ],
    }
}
