//! What a paper still lacks before a leader reads it, and before it is signed.

use jiff::civil::Date;

use crate::Reason;
use crate::reports::{Block, Document, paper::GAP, reference};

/// What must be mended before the leader reads the paper: numbers without a figure, places left empty.
pub fn faults_at_review(document: &Document) -> Vec<Reason> {
    let mut faults = Vec::new();
    if document.subject.trim().is_empty() {
        faults.push(Reason::new("subject_missing", "Chưa có trích yếu nội dung văn bản.").at("Trích yếu"));
    }
    faults.extend(reference::flagged(document).into_iter().map(|found| {
        let message = format!(
            "Câu «{}» nêu số liệu không có giá trị ({}). Hãy bổ sung số liệu hoặc bỏ câu này.",
            found.sentence, found.figure.code
        );
        Reason::new("figure_missing", message).at(found.place)
    }));
    faults.extend(empty_places(document));
    faults.extend(gaps(document));
    faults
}

/// Lines in which a draft left the place of something unknown empty.
fn gaps(document: &Document) -> impl Iterator<Item = Reason> {
    document.lines().into_iter().filter(|line| line.contains(GAP)).map(|line| {
        let words: String = line.chars().take(GAP_WORDS_MAX).collect();
        Reason::new("gap", format!("Còn chỗ để trống: «{words}». Hãy sửa văn bản và điền chỗ này.")).at("Chỗ trống")
    })
}

/// So many characters of a line tell where its gap is.
const GAP_WORDS_MAX: usize = 80;

/// What must be mended before the paper is signed on `date`, as seen `today`.
pub fn faults_at_signing(document: &Document, date: Date, today: Date) -> Vec<Reason> {
    let mut faults = faults_at_review(document);
    if document.signature.name.trim().is_empty() {
        faults.push(
            Reason::new("signer_missing", "Chưa có họ tên người ký. Hãy ghi người ký trong phần chữ ký.")
                .at("Người ký"),
        );
    }
    if document.code.trim().is_empty() {
        faults.push(Reason::new("code_missing", "Chưa có ký hiệu văn bản.").at("Số, ký hiệu"));
    }
    if date > today {
        let message = format!(
            "Ngày ký {} sau hôm nay {}. Văn bản ghi ngày được ký ban hành, không ghi ngày sau.",
            crate::vietnamese::short_date(date),
            crate::vietnamese::short_date(today)
        );
        faults.push(Reason::new("date_in_future", message).at("Ngày ký"));
    }
    faults
}

fn empty_places(document: &Document) -> impl Iterator<Item = Reason> {
    document.bodies().flatten().filter_map(|block| match block {
        Block::Place(place) if place.paragraphs.is_empty() => {
            let message = format!("Chưa viết: {}", place.guidance);
            Some(Reason::new("place_empty", message).at(place.code.clone()))
        }
        _ => None,
    })
}
