//! The working as a reader sees it.

use super::*;
use crate::Level;

struct Names;

impl Labels for Names {
    fn item(&self, item: &ItemCode) -> Option<String> {
        let name = match item.to_string().as_str() {
            "pupils.girls" => "Nữ",
            "pupils.boys" => "Nam",
            "pupils" | "pri_pupils" | "sec_pupils" => "Học sinh",
            _ => return None,
        };
        Some(name.to_owned())
    }

    fn level(&self, item: &ItemCode) -> Option<Level> {
        match item.element.as_str() {
            "pri_pupils" => Some(Level::Primary),
            "sec_pupils" => Some(Level::LowerSecondary),
            _ => None,
        }
    }

    fn constant(&self, code: &str) -> Option<String> {
        (code == "k").then(|| "Sĩ số chuẩn".to_owned())
    }
}

fn explained(text: &str, pairs: &str) -> Explanation {
    Formula::parse(text).unwrap().explain(&keyed(pairs), &Names, MissingStrategy::Any)
}

#[test]
fn a_share_is_worked_out_on_paper() {
    let explanation =
        explained("100 * #{pupils.girls} / (#{pupils.girls} + #{pupils.boys})", "pupils.girls=612 pupils.boys=588");
    assert_eq!(explanation.words, "100 × Nữ ÷ (Nữ + Nam)");
    assert_eq!(explanation.working, "100 × 612 (Nữ) ÷ (612 + 588 (Nam)) = 51");
    assert_eq!(explanation.steps, ["612 + 588 = 1.200", "100 × 612 ÷ 1.200 = 51"]);
    assert_eq!(explanation.outcome, Ok(Outcome::Value(Value::Number(51.0))));
    let inputs: Vec<_> = explanation.inputs.iter().map(|input| (input.label.as_str(), input.value.clone())).collect();
    assert_eq!(inputs, [("Nữ", Some(Value::Number(612.0))), ("Nam", Some(Value::Number(588.0)))]);
}

#[test]
fn items_of_one_name_are_told_apart_by_their_level() {
    let explanation = explained("#{pri_pupils} + #{sec_pupils}", "pri_pupils=3 sec_pupils=4");
    assert_eq!(explanation.words, "Học sinh, Tiểu học + Học sinh, Trung học cơ sở");
    assert_eq!(explained("#{pri_pupils} + prev(#{pri_pupils})", "").words, "Học sinh + Học sinh, năm học trước");
}

#[test]
fn growth_names_the_year_and_the_unit() {
    let text = "round(pct(#{pupils} - prev(#{pupils}), prev(#{pupils})), 1)";
    let explanation = explained(text, "pupils=1043 prev:pupils=980");
    assert_eq!(
        explanation.working,
        "làm tròn((1.043 (Học sinh) − 980 (Học sinh, năm học trước)) ÷ 980 × 100; 1) = 6,4"
    );
    assert_eq!(
        explanation.steps,
        ["1.043 − 980 = 63", "63 ÷ 980 × 100 = 6,428571428571429", "làm tròn(6,428571428571429; 1) = 6,4"]
    );
    let explanation = explained("pct(#{pupils}, prev(#{pupils}))", "pupils=1043 prev:pupils=980");
    assert!(explanation.working.ends_with(" ≈ 106,4286"), "{}", explanation.working);
    let share = explained("2 * pct(#{pupils}, #{pupils} + prev(#{pupils}))", "pupils=1 prev:pupils=3");
    assert_eq!(share.words, "2 × (Học sinh ÷ (Học sinh + Học sinh, năm học trước) × 100)");
    let explanation = explained("parent(#{pupils}) * 2", "parent:pupils=1.5");
    assert_eq!(explanation.working, "1,5 (Học sinh, đơn vị cấp trên) × 2 = 3");
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    let explanation = explained("#{pupils} + #{other}", "pupils=31");
    assert_eq!(explanation.working, "31 (Học sinh) + chưa có số (other) = không có giá trị: thiếu số liệu");
    assert_eq!(explanation.inputs[1].value, None);
    let explanation = explained("#{pupils} / 0", "pupils=31");
    assert!(explanation.working.ends_with("= không có giá trị: chia cho 0 hoặc vượt giới hạn tính"));
    let explanation = explained("#{pupils} > C{k}", "pupils=31");
    assert!(
        explanation.working.starts_with("31 (Học sinh) > chưa đặt (Sĩ số chuẩn) = lỗi: hằng số"),
        "{explanation:?}"
    );
}

#[test]
fn only_the_branch_taken_is_worked_out() {
    let text = "if(isNull(#{pupils}) or #{pupils} > C{k}, #{pupils} * 2, #{pupils} + (1 - -3))";
    let explanation = explained(text, "pupils=30 C{k}=35");
    assert_eq!(
        explanation.words,
        "nếu chưa có số(Học sinh) hoặc Học sinh > Sĩ số chuẩn thì Học sinh × 2, nếu không thì Học sinh + (1 − −3)"
    );
    assert_eq!(
        explanation.steps,
        [
            "chưa có số(30) = sai",
            "30 > 35 = sai",
            "sai hoặc sai = sai",
            "1 − −3 = 4",
            "30 + 4 = 34",
            "nếu sai thì 60, nếu không thì 34 = 34"
        ]
    );
}
