//! Every page of the office with somebody who reads it: for the accessibility check and for the pictures.

/// Name of the picture, path, user of the kit (empty for nobody).
pub const PAGES: &[(&str, &str, &str)] = &[
    ("dang-nhap", "/dang-nhap", ""),
    ("nam-hoc", "/nam-hoc/2025-2026", "officer"),
    ("nam-hoc-cua-truong", "/nam-hoc/2025-2026", "principal"),
    ("ky-bao-cao", "/nam-hoc/2025-2026/ky-bao-cao", "officer"),
    ("so-lieu", "/nam-hoc/2025-2026/so-lieu", "officer"),
    ("don-vi", "/don-vi?q=long bien", "officer"),
    ("mot-don-vi", "/don-vi/N00145", "officer"),
    ("chi-so", "/chi-so", "officer"),
    ("mot-chi-so", "/chi-so/pri_class_size", "officer"),
    ("bao-cao", "/bao-cao/2025-2026", "officer"),
    ("truong", "/truong/90000001", "principal"),
    ("bieu", "/bieu/2025-2026-CN/07-ATTP-CN/90000001", "principal"),
    ("nop-tep", "/nop-tep", "principal"),
    ("tai-khoan-cua-toi", "/tai-khoan", "clerk"),
    ("quan-ly-tai-khoan", "/quan-tri/tai-khoan", "administrator"),
    ("mot-tai-khoan", "/quan-tri/tai-khoan/officer", "administrator"),
    ("khong-tim-thay", "/khong-co-trang-nay", "officer"),
    ("khong-co-quyen", "/quan-tri/tai-khoan", "officer"),
];
