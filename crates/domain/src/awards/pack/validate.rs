//! What is wrong with packs beyond their wording: unknown awards, tests of the wrong recipients, days under two packs or none.

use super::{AwardRule, Clause, Recipients, RulePack, Test, read::Draft};
use crate::figures::pack::faults::{Faults, Place};

/// Notes every fault; the packs stand in the order of their days and have taken over what they extend.
pub(super) fn packs(drafts: &[Draft], faults: &mut Faults) {
    for draft in drafts {
        one(draft, faults);
    }
    for (at, draft) in drafts.iter().enumerate() {
        for other in &drafts[..at] {
            if other.pack.code == draft.pack.code {
                faults.add(draft.place, "duplicate_code", format!("mã gói «{}» ghi hai lần", draft.pack.code));
            }
            if other.pack.validity.overlaps(draft.pack.validity) {
                let message =
                    format!("gói này và gói «{}» cùng hiệu lực trong một ngày; hãy sửa ngày", other.pack.code);
                faults.add(draft.place, "packs_overlap", message);
            }
        }
    }
    for pair in drafts.windows(2) {
        let (earlier, later) = (&pair[0].pack.validity, &pair[1].pack.validity);
        let next = earlier.to.and_then(|day| day.tomorrow().ok());
        if let (Some(next), Some(from)) = (next, later.from)
            && next < from
        {
            let message = format!("từ {next} đến trước {from} không có gói nào có hiệu lực");
            faults.add(pair[1].place, "days_without_pack", message);
        }
    }
}

fn one(draft: &Draft, faults: &mut Faults) {
    let pack = &draft.pack;
    let place = |name: String| draft.places.get(&name).copied().unwrap_or(draft.place);
    if pack.is_frame && !pack.awards.is_empty() {
        faults.add(draft.place, "frame_with_awards", "gói khung không được có danh hiệu, hình thức");
    }
    if !pack.is_frame && pack.awards.is_empty() {
        faults.add(
            draft.place,
            "no_awards",
            "gói chưa có danh hiệu, hình thức nào; nếu chỉ có khung thì ghi frame = true",
        );
    }
    for award in &pack.awards {
        let at = place(format!("award/{}", award.code));
        if award.clauses.is_empty() {
            faults.add(at, "no_clause", format!("«{}» chưa có điều kiện nào", award.code));
        }
        for clause in &award.clauses {
            check(pack, award, clause, &|code| place(format!("clause/{}/{code}", award.code)), faults);
        }
    }
    for quota in &pack.quotas {
        for code in std::iter::once(&quota.award).chain(&quota.of) {
            if pack.award(code).is_none() {
                let message = format!("chỉ tiêu «{}» nhắc đến «{code}» không có trong gói", quota.code);
                faults.add(place(format!("quotas/{}", quota.code)), "unknown_award", message);
            }
        }
        if quota.percent > rust_decimal::Decimal::ONE_HUNDRED {
            faults.add(place(format!("quotas/{}", quota.code)), "bad_value", "«percent» không được quá 100");
        }
    }
    for money in pack.money.iter().filter(|money| money.label.is_none() && pack.award(&money.code).is_none()) {
        let message = format!(
            "mức tiền của «{}»: không có danh hiệu này trong gói; nếu là loại khác, ghi tên vi, en",
            money.code
        );
        faults.add(place(format!("money/{}", money.code)), "unknown_award", message);
    }
    for (number, row) in pack.grantors.iter().enumerate().filter(|(_, row)| pack.award(&row.award).is_none()) {
        let message = format!("ma trận thẩm quyền nhắc đến «{}» không có trong gói", row.award);
        faults.add(place(format!("grantors/{number}")), "unknown_award", message);
    }
}

fn check(pack: &RulePack, award: &AwardRule, clause: &Clause, place: &dyn Fn(&str) -> Place, faults: &mut Faults) {
    let at = place(&clause.code);
    match &clause.test {
        Test::Awarded { award: other, .. } | Test::Times { award: other, .. } if pack.award(other).is_none() => {
            faults.add(at, "unknown_award", format!("điều kiện nhắc đến «{other}» không có trong gói"));
        }
        Test::Awarded { years, years_disputed: Some(disputed), .. } if disputed >= years => {
            faults.add(at, "bad_value", "«years_disputed» là số năm ít hơn theo nguồn khác nên phải nhỏ hơn «years»");
        }
        Test::Members { .. } if award.recipients != Recipients::Collective => {
            faults.add(at, "wrong_recipient", "tỷ lệ thành viên chỉ kiểm tra được ở tập thể (for = \"collective\")");
        }
        Test::InPost { .. } if award.recipients != Recipients::Person => {
            faults.add(at, "wrong_recipient", "thời gian giữ chức vụ chỉ kiểm tra được ở cá nhân (for = \"person\")");
        }
        Test::Any(parts) | Test::All(parts) => {
            parts.iter().for_each(|part| check(pack, award, part, place, faults));
        }
        _ => {}
    }
}
