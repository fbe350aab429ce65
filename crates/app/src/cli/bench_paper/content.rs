//! An invented report of any length: sections of text, a table in each, charts in three of five. No school has these
//! figures.

use domain::reports::{
    Align, Block, Cell, Chart, ChartKind, Column, Document, DocumentKind, HeadingRank, Issuer, Row, RowKind, Series,
    Signature, Table, sample,
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

/// Tables in a report of sixty pages, one in each section.
const SECTIONS_IN_SIXTY_PAGES: usize = 20;

/// Paragraphs of a section: with its table and its share of charts they fill three pages.
const PARAGRAPH_COUNT: usize = 18;

const ROW_COUNT: usize = 24;

/// What sentences are made of; `#` becomes a number.
const SENTENCES: [&str; 12] = [
    "Toàn phường có # trường với # lớp, # học sinh, tăng # học sinh so với cùng kỳ năm học trước.",
    "Tỉ lệ huy động trẻ ra lớp đạt #%, vượt # điểm % so với chỉ tiêu được giao.",
    "Công tác phổ cập giáo dục, xóa mù chữ tiếp tục được duy trì và nâng cao chất lượng.",
    "Có # giáo viên dạy giỏi cấp thành phố, # giáo viên dạy giỏi cấp cơ sở được công nhận trong năm.",
    "Các trường chủ động xây dựng kế hoạch giáo dục, bảo đảm thời lượng và phù hợp điều kiện thực tế.",
    "Kết quả xếp loại rèn luyện: tốt #%, khá #%, đạt #%; không có học sinh chưa đạt.",
    "Cơ sở vật chất được đầu tư thêm # phòng học, # bộ thiết bị dạy học tối thiểu, tổng kinh phí # triệu đồng.",
    "Việc ứng dụng công nghệ thông tin và chuyển đổi số trong quản trị nhà trường có nhiều tiến bộ.",
    "An toàn trường học, vệ sinh an toàn thực phẩm, phòng chống dịch bệnh được bảo đảm ở #/# trường.",
    "Tuy nhiên, còn # trường chưa đủ phòng chức năng và # trường thiếu giáo viên các môn đặc thù.",
    "Công tác phối hợp giữa nhà trường, gia đình và xã hội được triển khai đồng bộ, hiệu quả.",
    "Tỉ lệ học sinh hoàn thành chương trình lớp học đạt #%, tăng # điểm % so với năm học 2024-2025.",
];

const SUBJECTS: [&str; 10] = [
    "Quy mô trường, lớp, học sinh",
    "Đội ngũ nhà giáo và cán bộ quản lý",
    "Chất lượng giáo dục mầm non",
    "Chất lượng giáo dục tiểu học",
    "Chất lượng giáo dục trung học cơ sở",
    "Giáo dục thường xuyên và học tập suốt đời",
    "Cơ sở vật chất, thiết bị dạy học",
    "Chuyển đổi số và cải cách hành chính",
    "Công tác kiểm tra, thi đua, khen thưởng",
    "An toàn trường học và y tế trường học",
];

/// The report: the same for the same length and seed.
pub(super) fn report(pages: usize, seed: u64) -> Document {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let sections = (pages * SECTIONS_IN_SIXTY_PAGES).div_ceil(60);
    Document {
        issuer: Issuer {
            superior: Some("Thành phố Hà Nội".to_owned()),
            name: "Ủy ban nhân dân phường Bồ Đề Mới".to_owned(),
            is_party: false,
        },
        code: "BC-UBND".to_owned(),
        place: "Bồ Đề Mới".to_owned(),
        subject: "Tổng kết năm học 2025-2026 và phương hướng, nhiệm vụ năm học 2026-2027".to_owned(),
        legal_bases: vec!["Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019".to_owned()],
        body: (0..sections).flat_map(|nth| section(nth, &mut random)).collect(),
        signature: Signature {
            capacity: vec!["TM. Ủy ban nhân dân".to_owned(), "Chủ tịch".to_owned()],
            name: "Nguyễn Thị Thuỳ Dương".to_owned(),
        },
        recipients: vec!["Thường trực HĐND phường".to_owned(), "Lưu: VT, VHXH".to_owned()],
        notices: vec![sample::INVENTED.to_owned()],
        ..Document::draft(DocumentKind::Report)
    }
}

fn section(nth: usize, random: &mut ChaCha8Rng) -> Vec<Block> {
    let subject = SUBJECTS[nth % SUBJECTS.len()];
    let mut blocks = Vec::new();
    if nth.is_multiple_of(SUBJECTS.len()) {
        blocks.push(Block::heading(HeadingRank::Part, "Kết quả thực hiện nhiệm vụ năm học"));
    }
    blocks.push(Block::heading(HeadingRank::Roman, subject));
    for at in 0..PARAGRAPH_COUNT {
        if at.is_multiple_of(6) {
            blocks.push(Block::heading(HeadingRank::Clause, "Kết quả đạt được so với năm học trước"));
        }
        blocks.push(Block::paragraph(paragraph(random)));
    }
    blocks.push(Block::Table(table(subject, random)));
    // Three of five sections: twelve of twenty.
    if nth % 5 < 3 {
        blocks.push(Block::Chart(chart(nth, subject, random)));
    }
    blocks.push(Block::paragraph(paragraph(random)));
    blocks
}

fn paragraph(random: &mut ChaCha8Rng) -> String {
    let sentences: Vec<String> = (0..3).map(|_| sentence(random)).collect();
    sentences.join(" ")
}

fn sentence(random: &mut ChaCha8Rng) -> String {
    let sentence = SENTENCES.choose(random).copied().unwrap_or_default();
    let parts = sentence.split('#').map(str::to_owned);
    parts.reduce(|text, next| number(text, &next, random)).unwrap_or_default()
}

fn number(text: String, next: &str, random: &mut ChaCha8Rng) -> String {
    let number = random.random_range(2..100_u32);
    match next.starts_with('%') || next.starts_with(" điểm %") {
        true => format!("{text}{number},{}{next}", random.random_range(1..10_u32)),
        false => format!("{text}{number}{next}"),
    }
}

fn table(subject: &str, random: &mut ChaCha8Rng) -> Table {
    let mut row = |kind, first: String, name: String| {
        let mut cells = vec![Cell::text(first), Cell::text(name)];
        cells.extend((0..4).map(|_| Cell::text(random.random_range(10..2_000_u32).to_string())));
        Row { kind, cells }
    };
    let mut rows: Vec<Row> = (1..=ROW_COUNT)
        .map(|number| row(RowKind::Body, number.to_string(), format!("Trường Tiểu học Ánh Dương {number}")))
        .collect();
    rows.push(row(RowKind::Total, String::new(), "Tổng cộng".to_owned()));
    let columns = [("Số lớp", 2.0), ("Học sinh", 2.0), ("Giáo viên", 2.0), ("Phòng học", 2.0)];
    let named = [Column::new("TT", Align::Centre, 1.0), Column::new("Đơn vị", Align::Left, 6.0)];
    Table {
        caption: format!("{subject} năm học 2025-2026"),
        columns: named.into_iter().chain(columns.map(|(head, width)| Column::new(head, Align::Right, width))).collect(),
        rows,
        note: Some("Số liệu minh hoạ, tính đến hết năm học.".to_owned()),
    }
}

fn chart(nth: usize, subject: &str, random: &mut ChaCha8Rng) -> Chart {
    const KINDS: [ChartKind; 3] = [ChartKind::GroupedBar, ChartKind::Line, ChartKind::Bar];
    let mut series = |name: &str| Series {
        name: name.to_owned(),
        values: (0..6).map(|_| Some(f64::from(random.random_range(400..1_000_u32)) / 10.0)).collect(),
    };
    let kind = KINDS[nth % KINDS.len()];
    let names: &[&str] = if kind == ChartKind::Bar { &["2025-2026"] } else { &["2024-2025", "2025-2026"] };
    Chart {
        kind,
        title: format!("{subject}: kết quả qua hai năm học"),
        description: format!("Biểu đồ so sánh sáu cụm trường về {}.", subject.to_lowercase()),
        measure: "%".to_owned(),
        decimals: 1,
        categories: (1..=6).map(|number| format!("Cụm {number}")).collect(),
        series: names.iter().map(|name| series(name)).collect(),
    }
}
