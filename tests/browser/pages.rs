//! Every page of the office with somebody who reads it: for the accessibility check and for the pictures.

/// Name of the picture, path, user of the kit (empty for nobody).
pub const PAGES: &[(&str, &str, &str)] = &[
    ("dang-nhap", "/dang-nhap", ""),
    ("nam-hoc", "/nam-hoc/2025-2026", "officer"),
    ("nam-hoc-cua-truong", "/nam-hoc/2025-2026", "principal"),
    ("tai-khoan-cua-toi", "/tai-khoan", "clerk"),
    ("quan-ly-tai-khoan", "/quan-tri/tai-khoan", "administrator"),
    ("mot-tai-khoan", "/quan-tri/tai-khoan/officer", "administrator"),
    ("khong-tim-thay", "/khong-co-trang-nay", "officer"),
    ("khong-co-quyen", "/quan-tri/tai-khoan", "officer"),
];
