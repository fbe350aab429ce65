//! The paragraphs of two real articles, the forms of the decree, and texts that must not be mistaken for citations.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// An article of 2017, its first paragraph of legal bases, letter by letter.
const FIRST: &str = "Năm học 2016-2017 là năm thứ 2 thực hiện Nghị quyết Đại hội Đảng bộ Quận lần thứ XXII; Chương trình hành động số 34-CTr/TU ngày 04/02/2015 của Ban Thường vụ Thành ủy và Chương trình hành động số 29-CTr/QU ngày 01/6/2015 của Ban Thường vụ Quận ủy về việc thực hiện Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban chấp hành trung ương Đảng khóa XI về đổi mới căn bản toàn diện giáo dục và đào tạo.";

/// Its second one, with its slips.
const SECOND: &str = "Thực hiện các văn bản chỉ đạo của  Sở Giáo dục và Đào tạo Hải Phòng về việc hướng dẫn thực hiện nhiệm vụ năm học 2016-2017;Chỉ thị số 07 ngày 25  tháng 11 năm 2016 của Chủ tịch UBND quận về nhiệm vụ  năm học 2016 – 2017 của giáo dục mầm non, giáo dục phổ thông và giáo dục thường xuyên; thực hiện; ngành giáo dục quận đã tập trung thực hiện và đã hoàn thành xuất sắc nhiệm vụ năm học đề ra.";

/// Where the same article names its plan.
const THIRD: &str = "ngày 28/8/2017  thực hiện kế hoạch số 136/KH –UBND ngày  26/ 7 /2017 của UBND quận Ngô Quyền,  PGDĐT quận Ngô Quyền tổ chức Hội nghị tổng kết năm học 2016-2017 và triển khai nhiệm vụ năm học 2017-2018.";

fn issuer(citation: &Citation) -> &str {
    citation.issuer.as_ref().map_or("", |issuer| issuer.text.as_str())
}

fn subject(citation: &Citation) -> &str {
    citation.subject.as_ref().map_or("", |subject| subject.text.as_str())
}

#[test]
fn the_first_paragraph_is_fully_recognised() {
    let found = read(FIRST);
    let numbers: Vec<String> = found.iter().map(Citation::number_text).collect();
    assert_eq!(numbers, ["", "34-CTr/TU", "29-CTr/QU", "29-NQ/TW"]);
    let [congress, city, district, central] = &found[..] else { panic!("{found:#?}") };

    assert_eq!((congress.document_type, congress.term.as_str()), ("resolution_individual", "XXII"));
    assert_eq!(issuer(congress), "Đại hội Đảng bộ Quận lần thứ XXII");
    assert_eq!((congress.ordinal_year, congress.issuer_kind), (Some(2), Some(IssuerKind::Party)));
    assert_eq!(congress.number, CitedNumber::Missing);

    assert_eq!((city.type_words.as_str(), city.document_type), ("Chương trình hành động", "programme"));
    assert_eq!(city.issued_on, Some(date(2015, 2, 4)));
    assert_eq!((issuer(city), city.issuer_kind), ("Ban Thường vụ Thành ủy", Some(IssuerKind::Party)));

    assert_eq!(district.issued_on, Some(date(2015, 6, 1)));
    assert_eq!((issuer(district), district.issuer_kind), ("Ban Thường vụ Quận ủy", Some(IssuerKind::Party)));
    assert!(subject(district).starts_with("thực hiện Nghị quyết số 29-NQ/TW ngày 04/11/2013"), "{district:#?}");

    assert_eq!(central.issued_on, Some(date(2013, 11, 4)));
    assert_eq!(issuer(central), "Ban chấp hành trung ương Đảng khóa XI");
    assert_eq!((central.term.as_str(), central.issuer_kind), ("XI", Some(IssuerKind::Party)));
    assert_eq!(subject(central), "đổi mới căn bản toàn diện giáo dục và đào tạo");

    // Both programmes carry out the one resolution.
    assert_eq!(city.links, [(Relation::Implements, 3)]);
    assert_eq!(district.links, [(Relation::Implements, 3)]);
    assert_eq!(&FIRST[central.range.clone()], &FIRST[FIRST.find("Nghị quyết số").unwrap()..FIRST.len() - 1]);
}

#[test]
fn the_second_paragraph_is_fully_recognised() {
    let found = read(SECOND);
    let [guidance, directive] = &found[..] else { panic!("{found:#?}") };

    assert!(guidance.is_plural);
    assert_eq!((guidance.type_words.as_str(), guidance.document_type), ("văn bản chỉ đạo", ""));
    assert_eq!(guidance.number, CitedNumber::Missing);
    assert_eq!(issuer(guidance), "Sở Giáo dục và Đào tạo Hải Phòng");
    assert_eq!(subject(guidance), "hướng dẫn thực hiện nhiệm vụ năm học 2016-2017");

    assert_eq!(directive.document_type, "directive");
    assert_eq!(directive.number, CitedNumber::Bare("07".to_owned()));
    assert_eq!(directive.issued_on, Some(date(2016, 11, 25)));
    assert_eq!((issuer(directive), directive.issuer_kind), ("Chủ tịch UBND quận", Some(IssuerKind::OfficeHolder)));
    assert_eq!(
        subject(directive),
        "nhiệm vụ năm học 2016 – 2017 của giáo dục mầm non, giáo dục phổ thông và giáo dục thường xuyên"
    );
}

#[test]
fn the_plan_is_read_through_its_blanks() {
    let found = read(THIRD);
    let [plan] = &found[..] else { panic!("{found:#?}") };
    assert_eq!((plan.number_text().as_str(), plan.number_raw()), ("136/KH-UBND", "136/KH –UBND"));
    assert_eq!((plan.document_type, plan.issued_on), ("plan", Some(date(2017, 7, 26))));
    assert_eq!(issuer(plan), "UBND quận Ngô Quyền");
    assert_eq!(plan.subject, None);
}

#[test]
fn the_paragraphs_split_into_their_bases() {
    let bases = split_bases(FIRST);
    assert_eq!(bases.iter().map(|basis| basis.citations.len()).collect::<Vec<_>>(), [1, 3]);
    let bases = split_bases(SECOND);
    assert_eq!(bases.iter().map(|basis| basis.citations.len()).collect::<Vec<_>>(), [1, 1, 0, 0]);
}

#[test]
fn a_preamble_is_read_line_by_line() {
    let preamble = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n\
        Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019, Luật Thi đua, khen thưởng năm 2022;\n\
        Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;\n\
        Căn cứ Thông tư số 24/2018/TT-BGDĐT ngày 28/9/2018 của Bộ trưởng Bộ Giáo dục và Đào tạo quy định\n\
        chế độ báo cáo thống kê ngành giáo dục;\n\
        Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.";
    let bases = split_bases(preamble);
    assert_eq!(bases.len(), 5, "{bases:#?}");
    let laws: Vec<(&str, &str)> =
        bases[..2].iter().flat_map(|basis| &basis.citations).map(|law| (law.document_type, subject(law))).collect();
    assert_eq!(laws, [("law", "Tổ chức chính quyền địa phương"), ("law", "Giáo dục"), ("law", "Thi đua, khen thưởng")]);
    let [decree] = &bases[2].citations[..] else { panic!("{:#?}", bases[2]) };
    assert_eq!((decree.number_text().as_str(), decree.issued_on), ("30/2020/NĐ-CP", Some(date(2020, 3, 5))));
    assert_eq!((issuer(decree), subject(decree)), ("Chính phủ", "công tác văn thư"));
    let [circular] = &bases[3].citations[..] else { panic!("{:#?}", bases[3]) };
    assert_eq!(issuer(circular), "Bộ trưởng Bộ Giáo dục và Đào tạo");
    assert_eq!(subject(circular), "quy định chế độ báo cáo thống kê ngành giáo dục");
    assert!(bases[4].citations.is_empty());
    assert!(preamble[bases[2].range.clone()].starts_with("Căn cứ Nghị định"));
}

#[test]
fn amendments_and_letters_are_tied() {
    let text = "Thông tư số 15/2020/TT-BGDĐT ngày 22/5/2020 của Bộ trưởng Bộ GDĐT sửa đổi, bổ sung một số điều của \
        Thông tư số 26/2019/TT-BGDĐT ngày 30/12/2019; Công văn số 424/SGDĐT-TĐKT; 05/BC-PVHXH";
    let found = read(text);
    let numbers: Vec<String> = found.iter().map(Citation::number_text).collect();
    assert_eq!(numbers, ["15/2020/TT-BGDĐT", "26/2019/TT-BGDĐT", "424/SGDĐT-TĐKT", "05/BC-PVHXH"]);
    assert_eq!(found[0].links, [(Relation::Amends, 1)]);
    assert_eq!((found[2].document_type, found[3].document_type), ("letter", "report"));
}

#[test]
fn a_constitution_is_named_by_its_year() {
    let found = read("Căn cứ Hiến pháp năm 2013; Luật số 06/2022/QH15 ngày 15/6/2022");
    assert_eq!((found[0].document_type, &found[0].subject, &found[0].issuer), ("constitution", &None, &None));
    assert_eq!((found[1].number_text().as_str(), found[1].issued_on), ("06/2022/QH15", Some(date(2022, 6, 15))));
}

#[test]
fn a_kind_that_its_number_contradicts_is_told() {
    assert!(read("Kế hoạch số 12/QĐ-UBND")[0].kind_differs());
    assert!(!read("Chương trình hành động số 34-CTr/TU")[0].kind_differs());
}

#[test]
fn ordinary_sentences_hold_no_citation() {
    for text in [
        "thành tích chung của toàn ngành với 13/13 chỉ tiêu thi đua xếp loại xuất sắc.",
        "Sáng ngày 23/8/2024, Phòng GDĐT quận Long Biên tổ chức Hội nghị tổng kết năm học 2023-2024",
        "các nhà trường xây dựng kế hoạch thực hiện nhiệm vụ năm học 2017-2018 phù hợp với tình hình của đơn vị",
        "giáo dục pháp luật; hoạt động thể dục thể thao… theo luật định",
        "Báo cáo đã đánh giá kết quả thực hiện nhiệm vụ năm học 2016- 2017 những thuận lợi khó khăn",
        "sự quan tâm, đầu tư tối đa của QU-HĐND-UBND quận, Ban quản lí dự án và Liên đoàn Lao động quận Long Biên",
        "",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn both_spellings_of_accents_are_read() {
    use unicode_normalization::UnicodeNormalization;
    let decomposed: String = FIRST.nfd().collect();
    let numbers: Vec<String> = read(&decomposed).iter().map(Citation::number_text).collect();
    assert_eq!(numbers, ["", "34-CTr/TU", "29-CTr/QU", "29-NQ/TW"]);
}

proptest! {
    #[test]
    fn any_paragraph_is_read_and_every_place_lies_inside(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "Luật", " ", "Giáo dục", ", ", "và ", "số ", "07", "136/KH", " – UBND", "ngày ", "26/ 7 /2017", "của ", "UBND",
            " về việc ", "thực hiện ", "Nghị quyết ", "Đại hội ", "khóa XI", ";", ".", "\n", "Căn cứ ", "\u{301}", "29-NQ/TW",
            "(", "Hướng dẫn ", "các văn bản ", "31/02/2020", "🎓",
        ]), 0..40)
    ) {
        let text = pieces.concat();
        for citation in read(&text) {
            prop_assert!(text.get(citation.range.clone()).is_some_and(|said| !said.is_empty()));
            for span in [&citation.issuer, &citation.subject].into_iter().flatten() {
                // A subject that is shared stands behind the citation.
                prop_assert!(citation.range.start <= span.range.start && text.get(span.range.clone()).is_some());
            }
        }
        for basis in split_bases(&text) {
            prop_assert!(text.get(basis.range.clone()).is_some());
        }
    }
}
