//! Lists of schools: read from a table, fitted to the units that are known, refused with the line.

use super::*;
use crate::{Level, Ownership};

fn ward() -> Registry {
    let units = vec![
        Unit::new("VN", UnitKind::Country, "Cả nước", Validity::ALWAYS),
        Unit::new("N01", UnitKind::Province, "Hà Nội", Validity::ALWAYS).under(Line::Management, "VN"),
        Unit::new("N00145", UnitKind::Commune, "Phường Long Biên", Validity::from(after()))
            .under(Line::Management, "N01"),
    ];
    Registry::from_records(units, vec![]).unwrap()
}

fn places(refusal: &Refusal) -> Vec<(&str, &str)> {
    refusal.reasons.iter().map(|reason| (reason.code.as_str(), reason.at.as_str())).collect()
}

fn take(registry: &Registry, text: &str) -> Result<Registry, Refusal> {
    registry.with_rows(school_list::settle(school_list::read(text)?, registry)?, Vec::new())
}

#[test]
fn a_school_without_a_first_day_begins_with_its_ward() {
    let list = "code,name,parent,levels,sites\n90000001,Trường Tiểu học Hoa,N00145,TH,Thôn Hạ\n";
    let registry = take(&ward(), list).unwrap();
    let school = registry.unit("90000001").unwrap();
    let since = Validity::from(after());
    assert_eq!((school.validity, school.names[0].validity, school.parents[0].validity), (since, since, since));
    assert_eq!(school.school.as_ref().unwrap().sites[0].validity, since);
    let dated = list.replace(",levels", ",valid_from,levels").replace("N00145,", "N00145,2020-01-01,");
    let refusal = take(&ward(), &dated).unwrap_err();
    assert_eq!(places(&refusal), [("parent_not_valid", "đơn vị, dòng 2 (90000001)")]);
}

#[test]
fn vietnamese_heads_a_title_above_and_semicolons_are_read() {
    let list = "Danh sách trường;;;;\nMã trường;Tên trường;Cấp học;Loại hình;Từ ngày\n\
        90000001;Trường TH&THCS Hoa;TH, THCS;Công lập;1/7/2025\n;;;;\n";
    let defaults = school_list::Defaults { parent: Some("N00145".into()), professional_parent: Some("N01".into()) };
    let rows = school_list::read_with(list, &defaults).unwrap();
    assert_eq!((rows.len(), rows[0].number), (1, 3));
    let school = &rows[0].record;
    let facts = school.school.as_ref().unwrap();
    assert_eq!(
        (facts.levels.as_slice(), facts.ownership),
        (&[Level::Primary, Level::LowerSecondary][..], Some(Ownership::Public))
    );
    assert_eq!(school.validity, Validity::from(after()));
    assert_eq!(school.parents.iter().map(|link| link.parent.as_str()).collect::<Vec<_>>(), ["N00145", "N01"]);
}

#[test]
fn every_bad_row_is_named() {
    let list = "code,name,parent,levels,ownership,valid_from\n,Trường A,N00145,TH,,\n90000002,Trường B,,đại học,của bác Ba,hôm qua\n";
    let refusal = school_list::read(list).unwrap_err();
    let wanted = [
        ("no_code", "dòng 2"),
        ("no_parent", "dòng 3"),
        ("bad_date", "dòng 3"),
        ("bad_level", "dòng 3"),
        ("bad_ownership", "dòng 3"),
    ];
    assert_eq!(places(&refusal), wanted);
    assert_eq!(places(&school_list::read("tên,gì đó\n1,2\n").unwrap_err()), [("bad_header", "dòng 1")]);
    assert_eq!(codes(&school_list::read("code,name,parent\n").unwrap_err()), ["no_rows"]);
    let twice = "code,name,parent,levels\n90000001,Trường A,N00145,TH\n90000001,Trường B,N00145,TH\n90000003,C,X,TH\n";
    let refusal = take(&ward(), twice).unwrap_err();
    assert_eq!(
        places(&refusal),
        [("duplicate_code", "đơn vị, dòng 3 (90000001)"), ("unknown_parent", "đơn vị, dòng 4 (90000003)")]
    );
}

#[test]
fn a_list_is_told_all_its_faults_at_once() {
    let list = "code,name,parent,levels,valid_from\n90000001,Trường A,N00145,TH,\n90000003,,NOPE,đại học,32/13/2025\n90000001,Trường C,N00145,TH,\n";
    let reading = school_list::read_text(list, &school_list::Defaults::default()).unwrap();
    let refusal = school_list::fitted(reading, &ward()).unwrap_err();
    let wanted = [
        ("no_name", "dòng 3"),
        ("bad_date", "dòng 3"),
        ("bad_level", "dòng 3"),
        ("unknown_parent", "dòng 3"),
        ("duplicate_code", "dòng 4"),
    ];
    assert_eq!(places(&refusal), wanted);
    let below = take(&ward(), "code,name,parent,levels\n90000001,Trường A,N00145,TH\n").unwrap();
    let under_a_school = "code,name,parent,levels\n90000002,Trường B,90000001,TH\n";
    let reading = school_list::read_text(under_a_school, &school_list::Defaults::default()).unwrap();
    assert_eq!(places(&school_list::fitted(reading, &below).unwrap_err()), [("wrong_kind", "dòng 2")]);
}

#[test]
fn a_list_mends_facts_but_never_rewrites_history() {
    let list = "code,name,parent,levels,ownership\n90000001,Trường Hoa,N00145,TH,\n";
    let registry = take(&ward(), list).unwrap();
    let mended = take(&registry, &list.replace("TH,", "THCS,private")).unwrap();
    let facts = mended.unit("90000001").unwrap().school.clone().unwrap();
    assert_eq!((facts.levels, facts.ownership), (vec![Level::LowerSecondary], Some(Ownership::Private)));
    assert_eq!(
        take(&mended, &list.replace("TH,", "THCS,")).unwrap().units(),
        mended.units(),
        "the same again is nothing"
    );
    for other in [list.replace("Trường Hoa", "Trường Lá"), list.replace("N00145", "N01")] {
        assert_eq!(places(&take(&registry, &other).unwrap_err()), [("known_otherwise", "dòng 2")]);
    }
}

#[test]
fn a_school_older_than_its_ward_stood_under_the_district_before() {
    let mut units = ward().units().to_vec();
    let three_tiers = Validity { from: None, to: Some(before()) };
    let district = Unit::new("L01.004", UnitKind::District, "Quận Long Biên", three_tiers);
    units.push(district.under(Line::Management, "N01"));
    units.push(
        Unit::new("SO", UnitKind::ProvinceEducationDepartment, "Sở", Validity::from(after()))
            .under(Line::Management, "N01"),
    );
    let registry = Registry::from_records(units, vec![]).unwrap();
    let list = "Mã,Tên trường,Cấp học,Cấp trên trước đây,Cấp trên,Cấp trên chuyên môn,Từ ngày\n\
        90000001,Trường Hoa,TH,L01.004,N00145,SO,1/8/2010\n90000002,Trường Lá,TH,L01.004,N00145,SO,\n";
    let registry = take(&registry, list).unwrap();
    for (code, from) in [("90000001", Some(date(2010, 8, 1))), ("90000002", None)] {
        let school = registry.unit(code).unwrap();
        assert_eq!(school.validity, Validity { from, to: None });
        let parents =
            |day| Line::ALL.map(|line| registry.parent_on(code, line, day).map_or("", |parent| parent.code.as_str()));
        assert_eq!((parents(before()), parents(after())), (["L01.004", ""], ["N00145", "SO"]));
    }
    let undated = "code,name,levels,previous_parent,parent\n90000003,Trường Cỏ,TH,N00145,N01\n";
    assert_eq!(places(&take(&registry, undated).unwrap_err()), [("no_change_day", "dòng 2")]);
}
