//! One fault each in the XML of a Word file that is otherwise right.

use std::io::{Cursor, Read, Write};

use domain::reports::DocumentKind;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

/// A fault: the rule that it breaks, the part, what is replaced (its first place) and by what.
type Fault = (&'static str, &'static str, &'static str, &'static str);

const TEXT: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";
const HEADER: &str = "word/header.xml";

const MOTTO_RULE: &str =
    r#"Hạnh phúc</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Rule"/><w:pBdr><w:top w:val="single""#;

/// Faults of a report.
const REPORT: &[Fault] = &[
    ("paper_size", TEXT, r#"w:w="11906" w:h="16838""#, r#"w:w="12240" w:h="15840""#),
    ("margin_top", TEXT, r#"w:top="1134""#, r#"w:top="567""#),
    ("margin_bottom", TEXT, r#"w:bottom="1134""#, r#"w:bottom="2268""#),
    ("margin_left", TEXT, r#"w:left="1701" w:header"#, r#"w:left="1134" w:header"#),
    ("margin_right", TEXT, r#"w:right="851""#, r#"w:right="1701""#),
    (
        "font_family",
        STYLES,
        r#"w:ascii="Times New Roman" w:eastAsia="Times New Roman" w:hAnsi="Times New Roman""#,
        r#"w:ascii="Arial" w:hAnsi="Arial""#,
    ),
    ("font_colour", STYLES, r#"<w:color w:val="000000"/>"#, r#"<w:color w:val="C00000"/>"#),
    ("page_number_first", TEXT, "<w:titlePg/>", ""),
    ("page_number_missing", HEADER, " PAGE ", " DATE "),
    ("page_number_form", TEXT, r#"<w:pgNumType w:start="1"/>"#, r#"<w:pgNumType w:fmt="lowerRoman" w:start="1"/>"#),
    ("page_number_place", HEADER, r#"<w:jc w:val="center"/>"#, r#"<w:jc w:val="right"/>"#),
    (
        "page_number.size",
        STYLES,
        r#"<w:name w:val="header"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:jc w:val="center"/></w:pPr>"#,
        r#"<w:name w:val="header"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="20"/></w:rPr>"#,
    ),
    ("national_name_line", TEXT, " NGHĨA VIỆT NAM</w:t>", " NGHĨA</w:t><w:br/><w:t>VIỆT NAM</w:t>"),
    (
        "national_name.style",
        TEXT,
        r#"<w:r><w:t xml:space="preserve">CỘNG"#,
        r#"<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t xml:space="preserve">CỘNG"#,
    ),
    ("national_name.case", TEXT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("motto_words", TEXT, "Độc lập - Tự do - Hạnh phúc", "Độc lập-Tự do-Hạnh phúc"),
    ("motto_missing", TEXT, "Độc lập - Tự do - Hạnh phúc", "Kỷ cương"),
    (
        "motto_rule",
        TEXT,
        MOTTO_RULE,
        r#"Hạnh phúc</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Rule"/><w:pBdr><w:top w:val="nil""#,
    ),
    (
        "motto.size",
        STYLES,
        r#"<w:name w:val="Tiêu ngữ"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="26"/>"#,
        r#"<w:name w:val="Tiêu ngữ"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="24"/>"#,
    ),
    (
        "head_sizes",
        STYLES,
        r#"<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="24"/>"#,
        r#"<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="26"/>"#,
    ),
    (
        "superior_body.style",
        TEXT,
        r#"<w:r><w:t xml:space="preserve">THÀNH PHỐ"#,
        r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">THÀNH PHỐ"#,
    ),
    ("number_form", TEXT, "Số: 05/BC-UBND", "Số: 5/BC-UBND"),
    ("number_form", TEXT, "Số: 05/BC-UBND", "Số: 05/BC –UBND"),
    ("code_type", TEXT, "Số: 05/BC-UBND", "Số: 05/KH-UBND"),
    ("date_form", TEXT, "ngày 05 tháng 02", "ngày 5 tháng 02"),
    ("date_form", TEXT, "ngày 05 tháng 02", "ngày 05 tháng 2"),
    ("place_and_date.style", STYLES, r#"<w:rPr><w:i/><w:iCs/><w:sz w:val="26"/>"#, r#"<w:rPr><w:sz w:val="26"/>"#),
    (
        "date_line",
        TEXT,
        r#"BC-UBND</w:t></w:r></w:p></w:tc>"#,
        r#"BC-UBND</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc>"#,
    ),
    ("type_name.case", TEXT, ">BÁO CÁO<", ">Báo cáo<"),
    (
        "type_name_place",
        STYLES,
        r#"<w:spacing w:before="320" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>"#,
        r#"<w:spacing w:before="320" w:after="0" w:line="240" w:lineRule="auto"/>"#,
    ),
    (
        "subject.style",
        TEXT,
        r#"<w:r><w:t xml:space="preserve">Về việc"#,
        r#"<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">Về việc"#,
    ),
    ("legal_basis_form", TEXT, "năm 2019;", "năm 2019,"),
    (
        "legal_basis.style",
        TEXT,
        r#"<w:rPr><w:i/></w:rPr><w:t xml:space="preserve">Căn cứ Luật"#,
        r#"<w:t xml:space="preserve">Căn cứ Luật"#,
    ),
    (
        "body.size",
        TEXT,
        r#"<w:r><w:t xml:space="preserve">Các cơ sở"#,
        r#"<w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">Các cơ sở"#,
    ),
    ("body_align", STYLES, r#"<w:jc w:val="both"/>"#, r#"<w:jc w:val="left"/>"#),
    ("body_indent", STYLES, r#"<w:ind w:firstLine="720"/><w:jc w:val="both"/>"#, r#"<w:jc w:val="both"/>"#),
    ("body_spacing", STYLES, r#"w:before="0" w:after="120" w:line="264""#, r#"w:before="0" w:after="0" w:line="264""#),
    ("body_lines", STYLES, r#"w:after="120" w:line="264""#, r#"w:after="120" w:line="480""#),
    ("body_end", TEXT, "./.</w:t>", ".</w:t>"),
    ("part_chapter_form", TEXT, ">Phần I<", ">Phần 1<"),
    ("part_chapter_title.case", TEXT, "KẾT QUẢ THỰC HIỆN", "Kết quả thực hiện"),
    ("numbering", TEXT, ">Phần II<", ">Phần III<"),
    ("numbering", TEXT, "II. CHẤT LƯỢNG", "III. CHẤT LƯỢNG"),
    ("roman_heading.case", TEXT, "I. QUY MÔ TRƯỜNG, LỚP", "I. Quy mô trường, lớp"),
    ("point_order", TEXT, ">đ) <", ">e) <"),
    ("signing_words", TEXT, "TM. ỦY BAN", "T/M ỦY BAN"),
    ("signing_words", TEXT, "KT. CHỦ TỊCH", "KT CHỦ TỊCH"),
    ("signing_capacity.case", TEXT, ">TM. ỦY BAN NHÂN DÂN<", ">TM. Ủy ban nhân dân<"),
    ("signer_title", TEXT, "Nguyễn Thị Thuỳ", "TS. Nguyễn Thị Thuỳ"),
    ("signer_name.case", TEXT, "Nguyễn Thị Thuỳ Dương</w:t>", "NGUYỄN THỊ THUỲ DƯƠNG</w:t>"),
    (
        "signer_name.style",
        TEXT,
        r#"<w:r><w:t xml:space="preserve">Nguyễn Thị"#,
        r#"<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t xml:space="preserve">Nguyễn Thị"#,
    ),
    (
        "distribution_label.style",
        STYLES,
        r#"<w:qFormat/><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/><w:sz w:val="24"/>"#,
        r#"<w:qFormat/><w:rPr><w:i/><w:iCs/><w:sz w:val="24"/>"#,
    ),
    ("distribution_label_form", TEXT, ">Nơi nhận:<", ">Nơi nhận<"),
    (
        "distribution_list.size",
        STYLES,
        r#"<w:name w:val="Danh sách nơi nhận"/><w:basedOn w:val="Normal"/><w:qFormat/><w:rPr><w:sz w:val="22"/>"#,
        r#"<w:name w:val="Danh sách"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="26"/>"#,
    ),
    ("distribution_form", TEXT, "HĐND phường;", "HĐND phường"),
    ("distribution_archive", TEXT, "- Lưu: VT, VHXH.", "- Lưu hồ sơ."),
    ("annex_label_form", TEXT, ">Phụ lục II<", ">Phụ lục 2<"),
    ("annex_title.case", TEXT, ">SỐ LIỆU TỪNG TRƯỜNG<", ">Số liệu từng trường<"),
    (
        "annex_reference.style",
        STYLES,
        r#"<w:jc w:val="center"/></w:pPr><w:rPr><w:i/><w:iCs/></w:rPr>"#,
        r#"<w:jc w:val="center"/></w:pPr>"#,
    ),
];

/// Faults of other kinds.
const DECISION: &[Fault] = &[
    ("article_form", TEXT, ">Điều 2. <", ">Điều 2: <"),
    ("enacting_words_missing", TEXT, ">QUYẾT ĐỊNH:<", "><"),
    ("authority_missing", TEXT, ">CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG BỒ ĐỀ MỚI<", "><"),
    ("authority_missing", TEXT, ">CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG BỒ ĐỀ MỚI<", ">Công nhận các trường THCS, THPT<"),
];
const LETTER: &[Fault] = &[
    ("letter_subject_form", TEXT, "V/v ", "V/v: "),
    ("addressee_form", TEXT, ">Kính gửi:<", ">Kính gửi<"),
    ("addressee_form", TEXT, "trường mầm non;", "trường mầm non,"),
];

/// The package with one part changed.
fn changed(docx: &[u8], (_, part, from, to): Fault) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name == part {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{part} has no «{from}»");
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn each_fault_is_found_and_nothing_else() {
    let mut wrong = String::new();
    for (kind, faults) in
        [(DocumentKind::Report, REPORT), (DocumentKind::Decision, DECISION), (DocumentKind::Letter, LETTER)]
    {
        let docx = crate::docx::write(&issued(kind), MADE_AT).unwrap();
        for fault in faults {
            let findings = check(&changed(&docx, *fault)).unwrap().findings;
            if !matches!(findings.as_slice(), [only] if only.rule == fault.0) {
                wrong.push_str(&format!("«{}» → «{}», expected {}:\n{}\n", fault.2, fault.3, fault.0, told(&findings)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(REPORT.len() + DECISION.len() + LETTER.len() >= 30);
}
