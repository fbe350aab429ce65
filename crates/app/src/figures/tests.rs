//! Approved forms become indicators of every unit; an approval mends what was kept; old figures follow their heirs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::{
    figures::catalogue::ItemCode,
    organisation::{admin_units, school_list},
    school_year::{SchoolCalendar, SchoolYear},
    submissions::{FormValues, Value},
};
use jiff::civil::date;

use super::queries::{self, IndicatorValue};
use crate::{
    audit,
    office::Office,
    organisation,
    platform::{
        Context, Error,
        db::{Bound, insert_rows},
    },
    school_year,
    submissions::packed::Shape,
};

const UNITS: &str = "id,code,name,kind,parent_id,valid_from,valid_to\n\
    L01,01,Thành phố Hà Nội,province,,,2025-06-30\nL01.004,004,Quận Long Biên,district,L01,,2025-06-30\n\
    L00145,00145,Phường Long Biên,commune,L01.004,,2025-06-30\n\
    N01,01,Thành phố Hà Nội,province,,2025-07-01,\nN00145,00145,Phường Long Biên,commune,N01,2025-07-01,\n";
const SCHOOLS: &str = "code,name,levels,ownership,parent\n";

async fn office(name: &str) -> (Office, std::path::PathBuf) {
    office_with(name, "").await
}

/// The office with further lines of schools.
async fn office_with(name: &str, more: &str) -> (Office, std::path::PathBuf) {
    let folder = std::env::temp_dir().join(format!("tongket-figures-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let office = Office::open(&folder, None).await.unwrap();
    let context = Context::command_line();
    let links = "predecessor_id,successor_id,share\nL00145,N00145,whole\n";
    let ward = admin_units::read(UNITS, links).unwrap();
    let schools = format!(
        "{SCHOOLS}10000001,Trường Tiểu học Một,TH,public,N00145\n10000002,Trường Tiểu học Hai,TH,public,N00145\n{more}"
    );
    let rows = school_list::read(&schools).unwrap();
    let mut schools: Vec<_> = rows.into_iter().map(|row| row.record).collect();
    for school in &mut schools {
        school.parents[0].validity.from = Some(date(2025, 7, 1));
        let before = domain::organisation::Validity { from: None, to: Some(date(2025, 6, 30)) };
        let mut link = school.parents[0].clone();
        (link.parent, link.validity) = ("L00145".into(), before);
        school.parents.insert(0, link);
    }
    let units = ward.units().iter().cloned().chain(schools).collect();
    organisation::operations::import(&office, &context, units, ward.successions().to_vec()).await.unwrap();
    for first in [2024, 2025] {
        let calendar = SchoolCalendar::usual(SchoolYear::starting(first).unwrap());
        school_year::operations::open(&office, &context, &calendar).await.unwrap();
    }
    (office, folder)
}

async fn approve(office: &Office, unit: &str, period: &str, values: &[(&str, f64)], number: i64) {
    approve_form(office, unit, "02-TH-DN", period, values, number).await;
}

async fn approve_form(office: &Office, unit: &str, code: &str, period: &str, values: &[(&str, f64)], number: i64) {
    let form = office.catalogue().form(code).unwrap();
    let mut cells = FormValues::empty(form);
    for (item, value) in values {
        let item = ItemCode::parse(item).unwrap();
        let place = form.cells().position(|cell| cell.item == item).unwrap();
        cells.set(place, Some(Value::Number(*value)));
    }
    let packed = Shape::of(office.catalogue(), form).pack(&cells);
    let mut transaction = office.db().begin().await.unwrap();
    let text = Bound::Text;
    let key = [text(unit), text(code), text(period)];
    let revision =
        [Bound::Whole(number), Bound::Whole(1), text("api"), Bound::Bytes(&packed.figures), text(""), text("")];
    let head = "insert into revision (unit_code, form_code, period_code, number, form_version, road, figures, sent_at, sent_by)";
    insert_rows(&mut *transaction, head, &[key.iter().cloned().chain(revision).collect()], "").await.unwrap();
    let submission = [text("approved"), Bound::Whole(number), Bound::Whole(number), text("")];
    let head = "insert into submission (unit_code, form_code, period_code, state, latest_revision, approved_revision, changed_at)";
    let tail =
        "on conflict (unit_code, form_code, period_code) do update set approved_revision = excluded.approved_revision";
    insert_rows(&mut *transaction, head, &[key.iter().cloned().chain(submission).collect()], tail).await.unwrap();
    let context = Context::command_line();
    let object = format!("{period}/{code}/{unit}");
    audit::write(&mut transaction, &context, "submissions.approve", &object, "").await.unwrap();
    transaction.commit().await.unwrap();
}

async fn class_size(office: &Office, year: &str, unit: &str, on_map: Option<jiff::civil::Date>) -> IndicatorValue {
    let year = SchoolYear::parse(year).unwrap();
    let found = queries::unit_indicators(office, year, unit, on_map).await.unwrap();
    assert!(found.indicators.len() >= 80);
    found.indicators.into_iter().find(|indicator| indicator.code == "pri_class_size").unwrap()
}

const PUPILS: &str = "pri_pupil_count";
const CLASSES: &str = "pri_class_count";

#[tokio::test]
async fn figures_become_indicators_with_what_they_are_made_of() {
    let (office, folder) = office("made").await;
    assert_eq!(class_size(&office, "2025-2026", "N00145", None).await.missing, Some("missing"));
    approve(&office, "10000001", "2025-2026-DN", &[(PUPILS, 600.0), (CLASSES, 20.0)], 1).await;
    let ward = class_size(&office, "2025-2026", "N00145", None).await;
    assert_eq!((ward.value, ward.inputs[0].reported, ward.inputs[0].expected), (Some(30.0), 1, 2));
    approve(&office, "10000002", "2025-2026-DN", &[(PUPILS, 400.0), (CLASSES, 5.0)], 1).await;
    let ward = class_size(&office, "2025-2026", "N00145", None).await;
    assert_eq!((ward.value, ward.inputs[0].reported), (Some(40.0), 2), "kept figures are mended after an approval");
    approve(&office, "10000002", "2025-2026-DN", &[(PUPILS, 400.0), (CLASSES, 20.0)], 2).await;
    let country = class_size(&office, "2025-2026", "VN", None).await;
    assert_eq!(country.value, Some(25.0));
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn last_years_figures_are_read_then_and_on_todays_map() {
    let (office, folder) = office("map").await;
    approve(&office, "10000001", "2024-2025-DN", &[(PUPILS, 580.0), (CLASSES, 20.0)], 1).await;
    assert_eq!(class_size(&office, "2024-2025", "L01.004", None).await.value, Some(29.0));
    assert_eq!(class_size(&office, "2024-2025", "N00145", None).await.value, Some(29.0), "its nearest map");
    let then =
        queries::unit_indicators(&office, SchoolYear::parse("2024-2025").unwrap(), "N00145", Some(date(2025, 5, 31)))
            .await;
    let Err(Error::Refused(refusal)) = then else { panic!("{then:?}") };
    assert_eq!(refusal.reasons[0].code, "not_on_map");
    approve(&office, "10000001", "2025-2026-DN", &[(PUPILS, 638.0), (CLASSES, 20.0)], 1).await;
    let year = SchoolYear::parse("2025-2026").unwrap();
    let found = queries::unit_indicators(&office, year, "10000001", None).await.unwrap();
    let change = found.indicators.iter().find(|indicator| indicator.code == "pri_pupil_change").unwrap();
    assert_eq!(change.value, Some(10.0), "{change:?}");
    assert!(matches!(queries::unit_indicators(&office, year.next(), "VN", None).await, Err(Error::NotFound(_))));
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn prev_of_an_indicator_is_its_value_of_last_year_in_columns_scalars_and_the_working() {
    let (office, folder) = office("prev").await;
    let results = |excellent: f64, good: f64, rated: f64| {
        [("pri_result_excellent_count", excellent), ("pri_result_good_count", good), ("pri_rated_count", rated)]
    };
    let year = SchoolYear::parse("2025-2026").unwrap();
    let change = async |unit: &str| {
        let (view, position) = queries::view_with_unit(&office, year, unit, None).await.unwrap();
        let code = "pri_result_good_or_better_change";
        let number = office.catalogue().indicators.iter().position(|indicator| indicator.code == code).unwrap();
        let value = queries::value_of(office.catalogue(), &view, position, number).unwrap();
        let working = queries::explain(office.catalogue(), &view, position, number).unwrap();
        (value, working)
    };
    approve_form(&office, "10000001", "02-TH-CN", "2025-2026-CN", &results(40.0, 35.0, 100.0), 1).await;
    let (value, _) = change("10000001").await;
    assert_eq!((value.value, value.missing), (None, Some("missing")), "no value last year");
    approve_form(&office, "10000001", "02-TH-CN", "2024-2025-CN", &results(30.0, 30.0, 100.0), 1).await;
    let (value, working) = change("10000001").await;
    assert_eq!(value.value, Some(15.0));
    let before = value.inputs.iter().find(|input| input.item == "prev:pri_result_good_or_better_share").unwrap();
    assert_eq!(before.value, Some(60.0), "the explained input is the value that the column was computed from");
    assert!(working.working.contains("75 (") && working.working.contains("60 ("), "{}", working.working);
    assert!(working.words.contains("năm học trước"), "{}", working.words);
    // A correction of last year mends this year's change, for the school and for the ward above it.
    approve_form(&office, "10000001", "02-TH-CN", "2024-2025-CN", &results(30.0, 40.0, 100.0), 2).await;
    assert_eq!(change("10000001").await.0.value, Some(5.0));
    assert_eq!(change("N00145").await.0.value, Some(5.0), "last year's value stands on today's map");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_school_of_two_levels_is_one_school_and_a_centre_is_none() {
    let more = "10000003,Trường TH và THCS Ba,TH;THCS,public,N00145\n10000004,Trung tâm Bốn,GDTX,public,N00145\n";
    let (office, folder) = office_with("levels", more).await;
    let primary =
        [("pri_school_count", 1.0), ("pri_school_standard_1_count", 0.0), ("pri_school_standard_2_count", 0.0)];
    let with_standard = [primary[0], ("pri_school_standard_1_count", 1.0), primary[2]];
    let secondary =
        [("sec_school_count", 1.0), ("sec_school_standard_1_count", 0.0), ("sec_school_standard_2_count", 1.0)];
    let year = SchoolYear::parse("2025-2026").unwrap();
    let told = async || {
        let found = queries::unit_indicators(&office, year, "N00145", None).await.unwrap();
        let value = |code: &str| {
            let one = found.indicators.iter().find(|indicator| indicator.code == code).unwrap();
            (one.value, one.reported, one.expected)
        };
        [value("school_total"), value("standard_school_total"), value("standard_school_rate")]
    };
    approve(&office, "10000001", "2025-2026-DN", &primary, 1).await;
    approve(&office, "10000003", "2025-2026-DN", &with_standard, 1).await;
    approve_form(&office, "10000004", "04-GDTX-DN", "2025-2026-DN", &[("con_centre_count", 1.0)], 1).await;
    assert_eq!(told().await, [(Some(2.0), 2, 3), (Some(1.0), 2, 3), (Some(50.0), 2, 3)]);
    approve_form(&office, "10000003", "03-THCS-DN", "2025-2026-DN", &secondary, 1).await;
    approve(&office, "10000002", "2025-2026-DN", &primary, 1).await;
    let [total, standard, _] = told().await;
    assert_eq!((total, standard), ((Some(3.0), 3, 3), (Some(1.0), 3, 3)), "both of its forms, one school");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn nobody_is_compared_with_a_superior_that_has_no_other_figures() {
    let (office, folder) = office("alone").await;
    for (school, pupils) in [("10000001", 600.0), ("10000002", 400.0)] {
        approve(&office, school, "2025-2026-DN", &[(PUPILS, pupils), (CLASSES, 20.0)], 1).await;
    }
    let year = SchoolYear::parse("2025-2026").unwrap();
    let of = async |unit: &str, code: &str| {
        let found = queries::unit_indicators(&office, year, unit, None).await.unwrap();
        found.indicators.into_iter().find(|indicator| indicator.code == code).unwrap().value
    };
    assert_eq!(of("10000001", "pri_pupil_parent_share").await, Some(60.0));
    assert_eq!(of("N00145", "pri_pupil_parent_share").await, None, "the city has no figures but the ward's");
    assert_eq!(of("N00145", "pri_class_size_to_parent").await, None);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_share_is_of_the_schools_that_gave_both_of_its_figures_and_says_how_many_they_are() {
    let (office, folder) = office("alike").await;
    for (school, pupils) in [("10000001", 600.0), ("10000002", 400.0)] {
        approve(&office, school, "2025-2026-DN", &[(PUPILS, pupils), (CLASSES, 20.0)], 1).await;
        approve(&office, school, "2024-2025-DN", &[(PUPILS, pupils), (CLASSES, 20.0)], 1).await;
    }
    let sports = |prizes: f64| {
        let none = ["prize_national_count", "prize_international_count"].map(|code| (code, 0.0));
        [("swimming_pupil_count", 300.0), ("prize_province_count", prizes), none[0], none[1]]
    };
    approve_form(&office, "10000001", "08-HD-CN", "2025-2026-CN", &sports(12.0), 1).await;
    approve_form(&office, "10000001", "08-HD-CN", "2024-2025-CN", &sports(10.0), 1).await;
    approve_form(&office, "10000002", "08-HD-CN", "2024-2025-CN", &sports(90.0), 1).await;
    let year = SchoolYear::parse("2025-2026").unwrap();
    let found = queries::unit_indicators(&office, year, "N00145", None).await.unwrap();
    let of = |code: &str| found.indicators.iter().find(|indicator| indicator.code == code).unwrap();
    let n_of = |code: &str| (of(code).value, of(code).reported, of(code).expected);
    assert_eq!(n_of("swimming_share"), (Some(50.0), 1, 2), "300 of the 600 of the same school, not of all 1.000");
    let inputs: Vec<_> = of("swimming_share").inputs.iter().map(|i| (i.value, i.reported, i.expected)).collect();
    assert_eq!(inputs, [(Some(300.0), 1, 2), (Some(600.0), 1, 2)], "the working adds up");
    assert_eq!(n_of("general_pupil_total"), (Some(1000.0), 2, 2), "a total stands as it is");
    assert_eq!(n_of("prize_high_total"), (Some(12.0), 1, 2), "a part of the whole says so");
    assert_eq!(n_of("prize_change"), (Some(20.0), 1, 2), "12 against the same school's 10, not against all 100");
    let before = of("prize_change").inputs.iter().find(|input| input.item == "prev:prize_high_total").unwrap();
    assert_eq!((before.value, before.reported, before.expected), (Some(10.0), 1, 2));
    let (view, position) = queries::view_with_unit(&office, year, "N00145", None).await.unwrap();
    let number = office.catalogue().indicators.iter().position(|known| known.code == "swimming_share").unwrap();
    let working = queries::explain(office.catalogue(), &view, position, number).unwrap();
    assert!(working.working.contains("600"), "{}", working.working);
    approve_form(&office, "10000002", "08-HD-CN", "2025-2026-CN", &sports(93.0), 1).await;
    let found = queries::unit_indicators(&office, year, "N00145", None).await.unwrap();
    let share = found.indicators.iter().find(|indicator| indicator.code == "swimming_share").unwrap();
    assert_eq!((share.value, share.reported), (Some(60.0), 2), "an approval mends who counts");
    std::fs::remove_dir_all(folder).unwrap();
}
