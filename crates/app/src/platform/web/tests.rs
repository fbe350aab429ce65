//! Templates say what is missing, escape what is typed and write figures the Vietnamese way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::platform::Language;

fn draw(source: &str, values: Value) -> String {
    templates::render_text(Language::Vietnamese, source, values).unwrap()
}

#[test]
fn what_is_undefined_or_untranslated_is_a_fault() {
    for source in ["{{ nothing }}", "{{ a.nothing }}", "{{ t('no-such-key') }}", "{{ 1|nothing }}"] {
        let values = context! { a => context! { b => 1 } };
        assert!(templates::render_text(Language::Vietnamese, source, values).is_err(), "{source}");
    }
}

#[test]
fn what_people_type_is_escaped_and_addresses_stay_readable() {
    let values = context! { typed => "<b title=\"x\">'&'</b>/a" };
    assert_eq!(draw("{{ typed }}", values), "&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;/a");
    assert_eq!(draw("{{ typed|safe }}", context! { typed => "<b>" }), "<b>");
    assert_eq!(draw("{{ list }}", context! { list => vec!["<b>"] }), "[&#x27;&lt;b&gt;&#x27;]");
}

#[test]
fn a_page_of_a_list_is_the_one_asked_for_or_the_nearest() {
    let page = |asked: usize| Paged::of(0..25, asked, 10);
    assert_eq!(page(2), Paged { rows: (10..20).collect(), page: 2, page_count: 3 });
    assert_eq!(page(0), page(1));
    assert_eq!(page(9), Paged { rows: (20..25).collect(), page: 3, page_count: 3 });
    assert_eq!(Paged::of(Vec::<u8>::new(), 4, 10), Paged { rows: Vec::new(), page: 1, page_count: 1 });
    assert_eq!(Paged::of(0..20, 3, 10).page_count, 2, "a full last page is the last");
}

#[test]
fn figures_and_days_are_written_the_vietnamese_way() {
    let values = context! { x => 1234.56, none => Value::from(()), day => "2026-06-30", at => "2026-06-19T09:20:00Z" };
    assert_eq!(draw("{{ x|number(1) }} {{ x|number }} {{ none|number }}", values.clone()), "1.234,6 1.235 –");
    assert_eq!(
        draw("{{ day|date }} {{ at|datetime }} {{ none|date }}", values.clone()),
        "30/06/2026 19/06/2026 16:20 –"
    );
    assert_eq!(draw("{{ t('schools', n=1200) }}", values), "1.200 trường");
}

#[test]
fn a_message_says_one_and_many_in_english() {
    let one = templates::render_text(Language::English, "{{ t('schools', n=1) }} {{ t('schools', n=2) }}", context! {});
    assert_eq!(one.unwrap(), "1 school 2 schools");
}

#[test]
fn a_label_reads_in_the_language_of_the_page() {
    let label = domain::Label { vi: "Trường".to_owned(), en: "School".to_owned() };
    let values = context! { label => Serde(&label) };
    assert_eq!(draw("{{ label|label }}", values.clone()), "Trường");
    assert_eq!(templates::render_text(Language::English, "{{ label|label }}", values).unwrap(), "School");
}

#[test]
fn what_figures_count_in_reads_in_the_language_of_the_page() {
    let catalogue = crate::shipped::catalogue().unwrap();
    let measures = catalogue.elements.iter().map(|element| &element.measure);
    for measure in measures.chain(catalogue.indicators.iter().map(|indicator| &indicator.measure)) {
        assert_eq!(wording::measure(Language::Vietnamese, &measure.0), measure.0);
        let english = wording::measure(Language::English, &measure.0);
        assert!(matches!(english.as_str(), "%" | "m²") || english != measure.0, "no English for «{}»", measure.0);
    }
    assert_eq!(wording::measure(Language::English, "phòng/lớp"), "rooms per class");
    assert_eq!(wording::measure(Language::English, "con dê"), "con dê", "a measure of an office's own pack");
}

#[test]
fn a_reason_is_told_in_english_by_its_code_where_that_has_words() {
    let known = domain::Reason::new("reason_needed", "Hãy ghi lý do.");
    let values = context! { known => Serde(&known), other => context! { code => "khác", message => "Vì khác" } };
    let source = "{{ known|told }} {{ other|told }}";
    assert_eq!(draw(source, values.clone()), "Hãy ghi lý do. Vì khác");
    assert_eq!(templates::render_text(Language::English, source, values).unwrap(), "Give a reason. Vì khác");
    let named = |message: &str| english::message("template_filter", message);
    let told = named("Dòng 3 của mẫu, «{{ a|b }}»: không có bộ lọc này: b.").unwrap();
    assert!(told.starts_with("The line «{{ a|b }}» uses"), "{told}");
    assert_eq!(named("Không có bộ lọc này."), None, "what is not quoted is not told as half a sentence");
}

#[test]
fn an_english_sentence_is_followed_by_the_words_that_name_numbers_and_rows() {
    let skipped = domain::Reason::new("numbers_skipped", "Sổ bỏ qua các số từ 136 đến 139.").at("Dòng 3");
    let values = context! { skipped => Serde(&skipped) };
    let source = "{% from \"pieces.html\" import placed %}{{ placed(skipped) }}";
    assert_eq!(draw(source, values.clone()), "<b>Dòng 3</b>: Sổ bỏ qua các số từ 136 đến 139.");
    let english = templates::render_text(Language::English, source, values).unwrap();
    assert!(english.starts_with("<b>Dòng 3</b>: Numbers of this book would be left out."), "{english}");
    assert!(
        english.ends_with("<small class=\"muted\" lang=\"vi\">Sổ bỏ qua các số từ 136 đến 139.</small>"),
        "{english}"
    );
    let field = domain::Reason::new("empty", "Hãy ghi tên đơn vị.").at("unit_name");
    let source = source.replace("skipped", "field");
    assert_eq!(draw(&source, context! { field => Serde(&field) }), "Hãy ghi tên đơn vị.", "a field's name is no place");
    let told = |language| serde_json::to_value(english::told(std::slice::from_ref(&skipped), language)).unwrap();
    assert_eq!(told(Language::Vietnamese), serde_json::to_value([&skipped]).unwrap());
    let told = told(Language::English)[0].clone();
    assert_eq!((told["code"].as_str(), told["at"].as_str()), (Some("numbers_skipped"), Some("Dòng 3")));
    assert_eq!(told["original"], "Sổ bỏ qua các số từ 136 đến 139.");
}
