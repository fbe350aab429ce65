//! Central numbers are unique, local ones need date or issuer, and several fits are not decided by us.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiff::civil::date;

use super::*;
use crate::guidance::citations::read;

fn candidate(id: &str, number: &str, kind: &str, issuer: &str, issued_on: Option<Date>, subject: &str) -> Candidate {
    Candidate {
        id: id.to_owned(),
        number: number.to_owned(),
        number_raw: String::new(),
        document_type: kind.to_owned(),
        issuer: issuer.to_owned(),
        issued_on,
        subject: subject.to_owned(),
    }
}

fn register() -> Vec<Candidate> {
    vec![
        candidate("decree", "30/2020/NĐ-CP", "decree", "Chính phủ", Some(date(2020, 3, 5)), "công tác văn thư"),
        candidate("ngo-quyen", "136/KH-UBND", "plan", "Ủy ban nhân dân quận Ngô Quyền", Some(date(2017, 7, 26)), ""),
        candidate("long-bien", "136/KH-UBND", "plan", "UBND quận Long Biên", None, ""),
        candidate("law-2013", "", "law", "Quốc hội", Some(date(2013, 11, 16)), "Thi đua, khen thưởng"),
        candidate("law-2022", "06/2022/QH15", "law", "Quốc hội", Some(date(2022, 6, 15)), "Thi đua, khen thưởng"),
        candidate("directive", "07/CT-UBND", "directive", "UBND quận Ngô Quyền", Some(date(2016, 11, 25)), ""),
        candidate("guidance", "", "guidance", "Sở GDĐT Hải Phòng", None, "nhiệm vụ năm học"),
    ]
}

fn found(text: &str) -> Match {
    find(&read(text)[0], &register())
}

fn one(id: &str) -> Match {
    Match::One(id.to_owned())
}

#[test]
fn numbers_dates_and_issuers_lead_to_the_document() {
    assert_eq!(found("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ"), one("decree"));
    assert_eq!(found("kế hoạch số 136/KH –UBND ngày  26/ 7 /2017 của UBND quận Ngô Quyền"), one("ngo-quyen"));
    assert_eq!(found("kế hoạch số 136/KH-UBND của UBND quận Long Biên"), one("long-bien"));
    assert_eq!(found("Chỉ thị số 07 ngày 25  tháng 11 năm 2016 của Chủ tịch UBND quận"), one("directive"));
    assert_eq!(found("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"), one("law-2022"));
    assert_eq!(found("Hướng dẫn của Sở Giáo dục và Đào tạo Hải Phòng về nhiệm vụ năm học"), one("guidance"));
}

#[test]
fn what_could_be_several_is_left_to_a_person() {
    let several = |ids: [&str; 2]| Match::Several(ids.map(str::to_owned).to_vec());
    assert_eq!(found("Kế hoạch số 136/KH-UBND"), several(["ngo-quyen", "long-bien"]));
    assert_eq!(found("Luật Thi đua, khen thưởng"), several(["law-2013", "law-2022"]));
}

#[test]
fn contradictions_make_a_new_document() {
    assert_eq!(found("Nghị định số 30/2020/NĐ-CP ngày 06/3/2020"), Match::New);
    assert_eq!(found("Kế hoạch số 136/KH-UBND của UBND quận Hồng Bàng"), Match::New);
    assert_eq!(found("Luật Giáo dục ngày 14 tháng 6 năm 2019"), Match::New);
    assert_eq!(found("Chỉ thị số 08 của Chủ tịch UBND quận"), Match::New);
}
