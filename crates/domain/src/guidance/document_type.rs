//! The kinds of documents with their abbreviations, as numbers and citations name them.

/// A kind of document (loại văn bản).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentType {
    /// The abbreviation that opens a code: `KH`, `CTr`.
    pub abbreviation: &'static str,
    /// The name in a sentence: `Kế hoạch`.
    pub name: &'static str,
    /// The identifier in data and addresses: `plan`.
    pub identifier: &'static str,
}

const fn of(abbreviation: &'static str, name: &'static str, identifier: &'static str) -> DocumentType {
    DocumentType { abbreviation, name, identifier }
}

/// The thirty kinds of Decree 30/2020/NĐ-CP, annex III, in its order; then those of texts by other issuers: normative
/// texts, consolidated texts, and the Party's conclusions.
const TYPES: [DocumentType; 35] = [
    of("NQ", "Nghị quyết", "resolution_individual"),
    of("QĐ", "Quyết định", "decision_individual"),
    of("CT", "Chỉ thị", "directive"),
    of("QC", "Quy chế", "regulation"),
    of("QyĐ", "Quy định", "rule"),
    of("TC", "Thông cáo", "communique"),
    of("TB", "Thông báo", "notice"),
    of("HD", "Hướng dẫn", "guidance"),
    of("CTr", "Chương trình", "programme"),
    of("KH", "Kế hoạch", "plan"),
    of("PA", "Phương án", "option_plan"),
    of("ĐA", "Đề án", "scheme"),
    of("DA", "Dự án", "project"),
    of("BC", "Báo cáo", "report"),
    of("BB", "Biên bản", "minutes"),
    of("TTr", "Tờ trình", "submission_letter"),
    of("HĐ", "Hợp đồng", "contract"),
    of("CĐ", "Công điện", "official_telegram"),
    of("BGN", "Bản ghi nhớ", "memorandum"),
    of("BTT", "Bản thỏa thuận", "agreement"),
    of("GUQ", "Giấy ủy quyền", "power_of_attorney"),
    of("GM", "Giấy mời", "invitation"),
    of("GGT", "Giấy giới thiệu", "letter_of_introduction"),
    of("GNP", "Giấy nghỉ phép", "leave_slip"),
    of("PG", "Phiếu gửi", "dispatch_slip"),
    of("PC", "Phiếu chuyển", "transfer_slip"),
    of("PB", "Phiếu báo", "notice_slip"),
    of("SY", "Bản sao y", "true_copy"),
    of("TrS", "Bản trích sao", "extract_copy"),
    of("SL", "Bản sao lục", "recopy"),
    of("NĐ", "Nghị định", "decree"),
    of("TT", "Thông tư", "circular"),
    of("TTLT", "Thông tư liên tịch", "joint_circular"),
    of("VBHN", "Văn bản hợp nhất", "consolidated_text"),
    of("KL", "Kết luận", "conclusion"),
];

/// Kinds that bear a number but no abbreviation in it.
const WITHOUT_ABBREVIATION: [DocumentType; 5] = [
    of("", "Luật", "law"),
    of("", "Bộ luật", "code_of_law"),
    of("", "Pháp lệnh", "ordinance"),
    of("", "Hiến pháp", "constitution"),
    of("", "Công văn", "letter"),
];

impl DocumentType {
    /// Every kind: those with an abbreviation first, in the decree's order.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        TYPES.iter().chain(&WITHOUT_ABBREVIATION)
    }

    /// The kind that this abbreviation opens, written exactly so.
    pub fn of_abbreviation(abbreviation: &str) -> Option<&'static Self> {
        TYPES.iter().find(|known| known.abbreviation == abbreviation)
    }

    /// The kind with this identifier.
    pub fn of_identifier(identifier: &str) -> Option<&'static Self> {
        Self::all().find(|known| known.identifier == identifier)
    }

    /// The kind of this abbreviation typed in another case, or with D where Đ belongs.
    pub(super) fn nearly(abbreviation: &str) -> Option<&'static Self> {
        let bare = |text: &str| text.to_uppercase().replace('Đ', "D");
        let same_case = |known: &&Self| known.abbreviation.to_uppercase() == abbreviation.to_uppercase();
        TYPES
            .iter()
            .find(same_case)
            .or_else(|| TYPES.iter().find(|known| bare(known.abbreviation) == bare(abbreviation)))
    }

    /// `HĐ` may also stand for a council (hội đồng) and `CĐ` for a trade union (công đoàn): somebody has to say.
    pub fn is_ambiguous(&self) -> bool {
        ["HĐ", "CĐ"].contains(&self.abbreviation)
    }

    /// Laws and ordinances are cited by type and name, without number and issuer (annex I, II.6).
    pub fn is_cited_by_name(&self) -> bool {
        ["law", "code_of_law", "ordinance", "constitution"].contains(&self.identifier)
    }
}
