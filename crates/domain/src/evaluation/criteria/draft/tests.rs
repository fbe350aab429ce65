//! Text and form say the same; parts come, go and move; whatever is typed can be written and its fault told at its part.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::{
    evaluation::criteria::{faults_by_part, load, tests::SOUND},
    figures::pack::{PackFile, tests::shipped_catalogue},
};

fn texts() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/criteria");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect()
}

fn set(text: &str) -> crate::evaluation::criteria::CriteriaSet {
    let file = PackFile { name: "criteria/bo.toml", text };
    load(&[file], &shipped_catalogue()).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}")).remove(0)
}

#[test]
fn every_shipped_set_survives_the_form() {
    for (name, text) in texts() {
        let draft = SetDraft::read(&text).unwrap();
        let written = draft.written();
        assert_eq!(set(&written), set(&text), "{name}");
        assert_eq!(SetDraft::read(&written).unwrap(), draft, "{name}");
    }
}

#[test]
fn every_remark_stays_with_its_part() {
    let text = "# Bộ của phường\ncode = \"a#b\" # mã cũ: #1\nvi = \"\"\"\n# không phải ghi chú\"\"\"\n[grades]\n# từ năm 2024\ngood = { vi = \"Tốt\" }\n\n# Lĩnh vực một\n\n[[field]]\nvi = \"Một\"\n[field.criteria]\nfirst = { steps = [\n  \"80.. = 10\", # theo kết luận\n] }\nsecond = { vi = \"Hai\" } # xem lại\n# hết";
    let draft = SetDraft::read(text).unwrap();
    let kept = |draft: &SetDraft| {
        let spots = [Spot::Set, Spot::Grade(0), Spot::Field(0), Spot::Criterion(0, 0), Spot::Criterion(0, 1)];
        spots.map(|spot| draft.part(spot).unwrap().value(REMARK).to_owned())
    };
    let expected = ["Bộ của phường\nmã cũ: #1", "từ năm 2024", "Lĩnh vực một", "theo kết luận", "xem lại\nhết"];
    assert_eq!(kept(&draft), expected);
    let written = draft.written();
    assert!(written.contains("# theo kết luận\nfirst = {"), "{written}");
    assert_eq!(kept(&SetDraft::read(&written).unwrap()), expected, "and stays there however often it is saved");
    assert_eq!(written.lines().filter(|line| line.starts_with('#')).count(), 7, "{written}");
}

#[test]
fn a_set_is_designed_from_nothing() {
    let mut draft = SetDraft::default();
    let type_in = |part: Option<&mut Part>, values: &[(&str, &str)]| {
        let part = part.unwrap();
        values.iter().for_each(|(name, value)| part.set(name, value));
    };
    let head = [("code", "bo-moi"), ("version", "1"), ("vi", "Bộ mới"), ("en", "New"), ("kind", "school")];
    type_in(Some(&mut draft.head), &head);
    let more = [("levels", "lower_secondary"), ("max", "10"), ("source", "Văn phòng"), ("confidence", "default")];
    type_in(Some(&mut draft.head), &more);
    for from in ["80", "0"] {
        let grade = draft.add(List::Grades).unwrap();
        type_in(draft.part_mut(grade), &[("vi", "Mức"), ("en", "Grade"), ("from", from)]);
    }
    let field = draft.add(List::Fields).unwrap();
    type_in(draft.part_mut(field), &[("vi", "Kết quả"), ("en", "Results"), ("max", "10")]);
    let criterion = draft.add(List::Criteria(0)).unwrap();
    let test = [("vi", "Học lực"), ("en", "Learning"), ("max", "7,5"), ("kind", "indicator")];
    type_in(draft.part_mut(criterion), &test);
    let rule = [("indicator", "sec_learning_fair_or_better_share"), ("steps", "80,5.. = 7,5\n..80,5 = 0")];
    type_in(draft.part_mut(criterion), &rule);
    let item = draft.add(List::Items(0, 0)).unwrap();
    assert_eq!(item, Spot::Item(0, 0, 1), "the test of the criterion became its first item");
    let level = [("vi", "Chuẩn"), ("en", "Standard"), ("max", "2.5"), ("kind", "level")];
    type_in(draft.part_mut(item), &level);
    type_in(draft.part_mut(item), &[("rungs", "0 | Chưa | No | 0\n1 | Mức 1 || 2,5")]);
    let built = set(&draft.written());
    assert_eq!((built.items().count(), built.fields[0].full().number()), (2, 10.0));
    assert_eq!(built.fields[0].criteria[0].items[0].code, "tieu_chi_1_1");
    assert_eq!(draft.shift(Spot::Grade(1), true), Spot::Grade(0));
    let faults = faults_by_part(&draft.written(), &shipped_catalogue());
    assert!(faults.iter().any(|fault| (fault.spot, fault.code) == (Spot::Grade(1), "unreachable_grade")), "{faults:?}");
    assert!(draft.is_free("moi", Spot::Field(0)) && draft.is_free("linh_vuc_1", Spot::Field(0)));
    assert!(!draft.is_free("linh_vuc_1", Spot::Grade(0)), "a code is used once");
    draft.remove(Spot::Grade(1));
    assert_eq!(draft.grades.len(), 1);
    assert_eq!(draft.shift(Spot::Grade(0), true), Spot::Grade(0), "nothing stands before it");
}

#[test]
fn every_fault_is_told_at_its_part() {
    let told = |change: &dyn Fn(&mut SetDraft)| {
        let mut draft = SetDraft::read(SOUND).unwrap();
        change(&mut draft);
        let faults = faults_by_part(&draft.written(), &shipped_catalogue());
        faults.into_iter().map(|fault| (fault.spot, fault.code)).collect::<Vec<_>>()
    };
    assert_eq!(told(&|_| {}), []);
    let clubs = Spot::Criterion(0, 1);
    let with = |spot: Spot, name: &'static str, typed: &'static str| {
        move |draft: &mut SetDraft| draft.part_mut(spot).unwrap().set(name, typed)
    };
    assert_eq!(told(&with(Spot::Set, "max", "30")), [(Spot::Set, "sum_mismatch")]);
    assert!(told(&with(clubs, "max", "mười")).contains(&(clubs, "wrong_type")));
    assert!(told(&with(clubs, "kind", "tuy")).contains(&(clubs, "missing_kind")));
    assert!(told(&with(Spot::Grade(0), "from", "101")).contains(&(Spot::Grade(0), "unreachable_grade")));
    assert!(told(&with(Spot::Deduction(0), "points", "")).contains(&(Spot::Deduction(0), "missing_field")));
    let step = with(Spot::Criterion(0, 0), "steps", "80.. = 10\n60..80 = 5\n..70 = 0");
    assert_eq!(told(&step), [(Spot::Item(0, 0, 0), "steps_overlap")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_typed_is_written_as_toml_and_read_back(
        typed in "\\PC{0,40}", name in "(#|vi|max|steps|rungs|linear|improvement|levels|khac lạ|points)", code in "\\PC{1,12}",
    ) {
        let mut draft = SetDraft::read(SOUND).unwrap();
        for spot in [Spot::Set, Spot::Field(0), Spot::Criterion(0, 0), Spot::Grade(0)] {
            draft.part_mut(spot).unwrap().set(&name, &typed);
        }
        draft.part_mut(Spot::Criterion(0, 1)).unwrap().set("code", &format!("x{code}"));
        let written = draft.written();
        prop_assert!(SetDraft::read(&written).is_ok(), "{}", written);
    }
}
