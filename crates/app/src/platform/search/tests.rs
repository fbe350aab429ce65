//! Accents help and are not needed; the index can be thrown away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn entry(key: &str, title: &str, body: &str) -> Entry {
    Entry { key: key.to_owned(), title: title.to_owned(), body: body.to_owned() }
}

fn texts() -> Vec<Entry> {
    vec![
        entry("a", "Báo cáo số 05/BC-PVHXH", "Kiểm tra bếp ăn bán trú; quản lý trường học."),
        entry("b", "Kế hoạch số 136/KH-UBND", "Hội nghị tổng kết. Bệp an toàn là chữ gõ nhầm."),
        entry("c", "Thông báo", "Quản lí và kỹ năng; Đào tạo."),
    ]
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("tongket-search-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn words_are_found_with_and_without_accents_and_the_exact_ones_first() {
    let folder = folder("accents");
    let index = Index::open(&folder).unwrap();
    index.write(Change::All(&texts()), 7).unwrap();
    let find = |question: &str| index.find(question, 10).unwrap();
    assert_eq!(find("bep an ban tru"), ["a"]);
    assert_eq!(find("bếp ăn"), ["a", "b"], "the exact one stands first");
    let mut either = find("quan ly");
    either.sort();
    assert_eq!(either, ["a", "c"], "lý and lí are one word");
    assert_eq!(find("quản lí")[0], "c");
    assert_eq!(find("136/KH-UBND"), ["b"]);
    assert_eq!(find("đào tạo"), find("DAO TAO"));
    assert_eq!(find("không có"), Vec::<String>::new());
    assert_eq!(find(" /// "), Vec::<String>::new());
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn changes_take_the_place_of_what_was_and_the_mark_is_kept() {
    let folder = folder("changes");
    let index = Index::open(&folder).unwrap();
    assert_eq!(index.seen(), None);
    index.write(Change::All(&texts()), 7).unwrap();
    let keys = ["a".to_owned(), "c".to_owned()];
    index.write(Change::Some(&keys, &[entry("a", "Tờ trình", "khen thưởng")]), 9).unwrap();
    assert_eq!(index.seen(), Some(9));
    assert_eq!(index.find("khen thuong", 10).unwrap(), ["a"]);
    assert!(index.find("bán trú", 10).unwrap().is_empty());
    assert!(index.find("kỹ năng", 10).unwrap().is_empty(), "c is gone");
    drop(index);
    let again = Index::open(&folder).unwrap();
    assert_eq!((again.seen(), again.find("khen thuong", 10).unwrap().len()), (Some(9), 1));
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn a_damaged_index_is_made_anew() {
    let folder = folder("damaged");
    drop(Index::open(&folder).unwrap());
    std::fs::write(folder.join("meta.json"), "nonsense").unwrap();
    let index = Index::open(&folder).unwrap();
    assert_eq!(index.seen(), None);
    index.write(Change::All(&texts()), 1).unwrap();
    assert_eq!(index.find("tổng kết", 10).unwrap(), ["b"]);
    let _ = std::fs::remove_dir_all(&folder);
}
