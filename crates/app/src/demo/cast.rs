//! Who stands at the ward's conferences and does the work for them: hosts and guests of the demo, and the principals as the
//! register of posts has them. Both conferences and the papers about them take their people from here.

use domain::{
    conference::{Entry, Job, Participation, ParticipationRole, Side},
    organisation::UnitKind,
};
use jiff::{ToSpan, civil::Date};

use crate::{
    conference::operations::delegates::post,
    office::Office,
    organisation,
    platform::{Error, Result},
};

/// Who chairs, and hands the honours over.
pub(super) const CHAIR: &str = "Lê Quang Vinh";

/// Hosts and guests: name, post, unit, what they do. The hosts hold their posts in `data/demo/ward.toml`.
const PEOPLE: [(&str, &str, &str, ParticipationRole); 6] = [
    (CHAIR, "Phó Chủ tịch Ủy ban nhân dân phường", "Ủy ban nhân dân phường", ParticipationRole::Chair),
    ("Trần Thu Hiền", "Chuyên viên", "Phòng Văn hóa - Xã hội", ParticipationRole::Secretary),
    ("Cao Minh Tuấn", "Trưởng phòng", "Phòng Văn hóa - Xã hội", ParticipationRole::Presenter),
    ("Nguyễn Văn Lâm", "Phó Giám đốc", "Sở Giáo dục và Đào tạo", ParticipationRole::DirectingGuest),
    ("Đỗ Thị Hạnh", "Chủ tịch", "Ủy ban Mặt trận Tổ quốc phường", ParticipationRole::Guest),
    ("Hoàng Minh Đạt", "Trưởng phòng", "Phòng Kinh tế, Hạ tầng và Đô thị", ParticipationRole::Guest),
];

/// What the committee does, and how many days before the day.
const JOBS: [(&str, &str, &str, i64); 4] = [
    ("Chỉ đạo chung", CHAIR, "Trưởng ban", 0),
    ("Nội dung, tài liệu", "Cao Minh Tuấn", "Phó Trưởng ban", 3),
    ("Giấy mời, danh sách, thẻ", "Trần Thu Hiền", "Thành viên, thư ký", 2),
    ("Hội trường, âm thanh, màn chiếu", "Phan Thị Bích Liên", "Thành viên", 1),
];

/// The hosts and guests as lines of a list, the chair first.
pub(super) fn people() -> impl Iterator<Item = Participation> {
    PEOPLE.into_iter().map(|(name, title, unit, role)| {
        let is_host =
            matches!(role, ParticipationRole::Chair | ParticipationRole::Secretary | ParticipationRole::Presenter);
        Participation {
            name: name.to_owned(),
            address_form: "đồng chí".to_owned(),
            posts: vec![post(title)],
            unit_name: unit.to_owned(),
            unit_kind: (name == CHAIR).then_some(UnitKind::CommunePeopleCommittee),
            role,
            side: if is_host { Side::Host } else { Side::Guest },
            may_vote: is_host,
            ..Participation::default()
        }
    })
}

/// The committee's work for a conference on a day.
pub(super) fn jobs(day: Date) -> impl Iterator<Item = Entry> {
    JOBS.into_iter().map(move |(what, name, committee_post, days)| {
        let (what, name, committee_post) = (what.to_owned(), name.to_owned(), committee_post.to_owned());
        Entry::Job(Job { what, name, committee_post, due_on: Some(day.saturating_sub(days.days())), done_on: None })
    })
}

/// Who heads a school on a day: the name, the title of the post.
///
/// # Errors
/// An inside fault where the register has nobody.
pub(super) async fn principal(office: &Office, school: &str, day: Date) -> Result<(String, String)> {
    let head = organisation::queries::head_on(office, school, day).await?;
    let nobody = || Error::inside(format!("demo/ward.toml: nobody heads {school}"));
    head.map(|holder| (holder.name, holder.title)).ok_or_else(nobody)
}
