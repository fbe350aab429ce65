//! Reasons for a return read as sentences.

use super::continued;

#[test]
fn reasons_follow_each_other_as_sentences_do() {
    assert_eq!(continued("Đã đối chiếu.", "Đề nghị sửa"), "Đã đối chiếu. Đề nghị sửa");
    assert_eq!(continued("Thiếu học sinh nữ", "quá lớn"), "Thiếu học sinh nữ; quá lớn");
    assert_eq!(continued("", "quá lớn"), "quá lớn");
    assert_eq!(continued("Thiếu ", ""), "Thiếu");
}
