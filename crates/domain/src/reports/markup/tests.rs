//! Every kind of line, every fault with its line, and words that stay words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::reports::block::{Align, RowKind, Run};
use crate::reports::numbering::HeadingRank;
use crate::reports::{AnnexForm, Orientation};

const TEXT: &str = r"
@trích-yếu Tổ chức Hội nghị
@kính-gửi Sở Giáo dục và Đào tạo
@thẩm quyền
@căn-cứ Luật Giáo dục
@Căn-cứ: Kế hoạch năm học
#I Mục đích
Đoạn **đậm** và *nghiêng*, dấu \* giữ nguyên.
+1 Khoản một
+a Điểm a
- Gạch một
- Gạch hai
|= 1 giữa | 6 | 2 phải
|| TT | Nội dung | Số |
|# Nhóm A
| 1 | Bê \| tông | 12 |
|+ | Cộng | 12
|< Ghi chú
> Giữa dòng
@ký TM. Ủy ban nhân dân / KT. Chủ tịch / Phó Chủ tịch | Nguyễn Văn A
@ký-trái Thư ký | Trần B
@nơi-nhận Như trên
@nơi-nhận Lưu: VT
@phụ-lục ngang | Danh sách
Trong phụ lục
@ban-hành Quy chế | Làm việc của Ban
#Điều Phạm vi
";

#[test]
fn every_line_finds_its_place() {
    let sheet = parse(&TEXT.replace("@thẩm quyền", "@thẩm-quyền Chủ tịch")).unwrap();
    assert_eq!(sheet.subject, "Tổ chức Hội nghị");
    assert_eq!(sheet.addressees, ["Sở Giáo dục và Đào tạo"]);
    assert_eq!(sheet.authority.as_deref(), Some("Chủ tịch"));
    assert_eq!(sheet.legal_bases, ["Luật Giáo dục", "Kế hoạch năm học"]);
    assert_eq!(sheet.recipients, ["Như trên", "Lưu: VT"]);
    let signature = sheet.signature.unwrap();
    assert_eq!(signature.capacity, ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"]);
    assert_eq!((signature.name.as_str(), sheet.secretary.unwrap().name.as_str()), ("Nguyễn Văn A", "Trần B"));
    let [
        Block::Heading(heading),
        Block::Paragraph(runs),
        clause,
        point,
        Block::List(items),
        Block::Table(table),
        centred,
    ] = &sheet.body[..]
    else {
        panic!("{:?}", sheet.body)
    };
    assert_eq!((heading.rank, heading.title.as_str()), (HeadingRank::Roman, "Mục đích"));
    assert_eq!(
        runs[..],
        [
            Run::text("Đoạn "),
            Run::bold("đậm"),
            Run::text(" và "),
            Run::italic("nghiêng"),
            Run::text(", dấu * giữ nguyên.")
        ]
    );
    assert!(matches!(clause, Block::Item { rank: HeadingRank::Clause, .. }));
    assert!(matches!(point, Block::Item { rank: HeadingRank::Point, .. }));
    assert!(matches!(centred, Block::Centred(_)));
    assert_eq!(items.len(), 2);
    assert_eq!(
        table.columns.iter().map(|c| (c.width, c.align)).collect::<Vec<_>>(),
        [(1.0, Align::Centre), (6.0, Align::Left), (2.0, Align::Right)]
    );
    assert_eq!(
        table.rows.iter().map(|row| row.kind).collect::<Vec<_>>(),
        [RowKind::Group, RowKind::Body, RowKind::Total]
    );
    assert_eq!(table.rows[1].cells[1].printed(), "Bê | tông");
    assert_eq!(table.note.as_deref(), Some("Ghi chú"));
    assert_eq!(sheet.annexes.len(), 2);
    assert_eq!((sheet.annexes[0].orientation, sheet.annexes[0].body.len()), (Orientation::Landscape, 1));
    assert_eq!(sheet.annexes[1].form, AnnexForm::Promulgated { type_name: "Quy chế".to_owned() });
}

#[test]
fn a_certificate_is_places_on_a_sheet() {
    let sheet = parse("@khổ 297 210\n@ô 30 96,5 237 giữa 16 đậm | Tặng \\| chữ").unwrap().certificate.unwrap();
    assert_eq!((sheet.width_mm, sheet.height_mm, sheet.texts.len()), (297.0, 210.0, 1));
    assert_eq!((sheet.texts[0].y_mm, sheet.texts[0].text.as_str()), (96.5, "Tặng | chữ"));
}

#[test]
fn every_fault_is_told_with_its_line() {
    let faults =
        parse("#Z Sai cấp\ntốt\n+I không\n@lạ x\n**chưa đóng\n| 1 | 2\n|= x\n@ô 1 2\n@khổ 1 1\n#I\n").unwrap_err();
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 3, 4, 5, 6, 7, 7, 8, 9, 10], "{faults:?}");
    assert!(faults[0].to_string().starts_with("Dòng 1: không có cấp #Z"));
    let many = "@lạ\n".repeat(50);
    assert_eq!(parse(&many).unwrap_err().len(), 20, "faults are bounded");
    let long = "x\n".repeat(20_001);
    assert_eq!(parse(&long).unwrap_err()[0].line, 20_001);
}

#[test]
fn a_table_may_not_go_on_for_ever() {
    let text = format!("|| A\n{}", "| 1\n".repeat(5_001));
    assert!(parse(&text).unwrap_err()[0].message.contains("5000"));
    assert!(parse(&format!("|| A\n{}", "| 1\n".repeat(2_000))).is_ok());
}

proptest! {
    #[test]
    fn typed_words_stay_words_in_a_paragraph_and_in_a_cell(words in "[-#+@>|=*\\\\a-zđế \\[\\]]{0,20}") {
        let words = words.trim().to_owned();
        let text = format!("{}\n|| A | B\n| {} | x", escaped(&words), escaped(&words));
        let sheet = parse(&text).unwrap();
        let Some(Block::Table(table)) = sheet.body.last() else { panic!("{:?}", sheet.body) };
        prop_assert_eq!(table.rows[0].cells[0].printed(), words.clone());
        if !words.is_empty() {
            let Block::Paragraph(runs) = &sheet.body[0] else { panic!("{:?}", sheet.body) };
            prop_assert_eq!(runs.iter().map(Run::printed).collect::<String>(), words);
        }
    }
}
