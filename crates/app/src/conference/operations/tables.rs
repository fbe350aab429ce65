//! Attendance and votes as tables, and certificates for those who were here.

use documents::listing::{Cell, listing};
use domain::{
    conference::{Conference, Id, Participation, PollState, Road, introduction, time_of_day},
    reports::{Align, Certificate, Emphasis, PlacedText},
    vietnamese::long_date,
};

use super::live;
use crate::{
    office::Office,
    platform::{Context, Error, Result, clock},
};

/// Who was here, a row for each line of the list in protocol order.
///
/// # Errors
/// Where the workbook cannot be written.
pub fn attendance(state: &Conference) -> Result<Vec<u8>> {
    let heads = [
        "TT",
        "Đại biểu",
        "Đơn vị",
        "Cấp học",
        "Thành phần",
        "Trả lời",
        "Có mặt lúc",
        "Bàn",
        "Cách điểm danh",
        "Số người",
    ];
    let row = |(place, (id, line)): (usize, (Id, &Participation))| {
        let presence = state.attendance.get(&id);
        let answer = state.answers.get(&id).map_or("", |answer| if answer.is_coming { "Dự" } else { "Không dự" });
        let text = |words: &str| Cell::Text(words.to_owned());
        vec![
            Cell::Number(place as f64 + 1.0),
            text(&introduction(line)),
            text(&line.unit_name),
            text(line.level.map_or("", domain::Level::abbreviation)),
            text(line.role.name()),
            text(answer),
            text(&presence.map_or_else(String::new, |presence| time_of_day(presence.at))),
            text(presence.map_or("", |presence| presence.desk.as_str())),
            text(presence.map_or("", |presence| road(presence.road))),
            Cell::Number(presence.map_or(0.0, |presence| f64::from(presence.heads))),
        ]
    };
    let rows: Vec<Vec<Cell>> = state.protocol_list().into_iter().enumerate().map(row).collect();
    listing(&format!("Điểm danh - {}", state.head.title), &heads, &rows).map_err(Error::inside)
}

fn road(road: Road) -> &'static str {
    match road {
        Road::Badge => "Quét thẻ",
        Road::Name => "Theo tên",
        Road::List => "Theo danh sách",
    }
}

/// What was voted, a row for each option of each closed poll. Of a secret poll too only the counts.
///
/// # Errors
/// Where the workbook cannot be written.
pub fn votes(state: &Conference) -> Result<Vec<u8>> {
    let heads =
        ["Lượt", "Nội dung", "Hình thức", "Phương án", "Giơ tay", "Thiết bị", "Tổng", "Có mặt", "Câu ghi biên bản"];
    let mut rows = Vec::new();
    for (id, poll) in state.polls.iter().filter(|(_, poll)| poll.state == PollState::Closed) {
        let tally = poll.tally();
        for count in &tally.options {
            let number = |value: u32| Cell::Number(f64::from(value));
            rows.push(vec![
                number(*id),
                Cell::Text(poll.question.text.clone()),
                Cell::Text(if poll.question.is_secret { "Phiếu kín" } else { "Công khai" }.to_owned()),
                Cell::Text(count.option.clone()),
                number(count.by_hands),
                number(count.by_devices),
                number(count.total()),
                number(tally.present),
                Cell::Text(poll.sentence().unwrap_or_default()),
            ]);
        }
    }
    listing(&format!("Biểu quyết - {}", state.head.title), &heads, &rows).map_err(Error::inside)
}

/// Certificates of attendance as one PDF: of everybody by name who was here, or of one line.
///
/// # Errors
/// `nobody_was_here`; `not_over` while the conference is not closed.
pub async fn certificates(office: &Office, context: &Context, id: i64, only: Option<Id>) -> Result<Vec<u8>> {
    let hall = live::hall(office, id).await?;
    let (sheets, title, author) = {
        let state = hall.state().await;
        if state.closed_at.is_none() {
            return Err(Error::refused("not_over", "Hội nghị chưa bế mạc nên chưa cấp giấy chứng nhận."));
        }
        let was_here = |line: &Id| state.attendance.contains_key(line) && only.is_none_or(|only| only == *line);
        let list = state.protocol_list();
        let here = list.into_iter().filter(|(line, who)| !who.is_group() && was_here(line));
        let sheets: Vec<Certificate> = here.map(|(_, who)| certificate(&state, who)).collect();
        (sheets, format!("Giấy chứng nhận tham dự - {}", state.head.title), state.head.organiser_name.clone())
    };
    if sheets.is_empty() {
        let message = "Không có đại biểu nào có tên đã điểm danh nên không có giấy chứng nhận.";
        return Err(Error::refused("nobody_was_here", message));
    }
    let made_at = clock::in_vietnam(context.now);
    let write = move || documents::pdf::write_certificates(&sheets, &title, &author, made_at);
    let pdf = tokio::task::spawn_blocking(write).await.map_err(Error::inside)?.map_err(Error::inside)?;
    Ok(pdf.bytes)
}

/// One sheet: A5 lying, words and places a default; the chair signs by hand.
fn certificate(state: &Conference, who: &Participation) -> Certificate {
    let posts: Vec<&str> = who.posts.iter().map(|post| post.title.as_str()).collect();
    let of = [posts.join(", "), who.unit_name.clone()].into_iter().filter(|words| !words.is_empty());
    let day = state.head.held_on.map_or_else(String::new, long_date);
    let around = [day, state.head.place.clone()].into_iter().filter(|words| !words.is_empty());
    let chair = state.minutes().chair_name;
    let texts = [
        (12.0, 13.0, Emphasis::Bold, state.head.organiser_name.to_uppercase()),
        (30.0, 22.0, Emphasis::Bold, "GIẤY CHỨNG NHẬN THAM DỰ".to_owned()),
        (46.0, 18.0, Emphasis::Bold, who.name.clone()),
        (57.0, 12.0, Emphasis::Plain, of.collect::<Vec<_>>().join(" - ")),
        (68.0, 13.0, Emphasis::Plain, format!("đã tham dự {}", state.head.title)),
        (84.0, 12.0, Emphasis::Italic, around.collect::<Vec<_>>().join(", tại ")),
        (96.0, 13.0, Emphasis::Bold, "CHỦ TRÌ HỘI NGHỊ".to_owned()),
        (126.0, 13.0, Emphasis::Bold, chair),
    ];
    let placed = |(y_mm, size_pt, emphasis, text): (f64, f64, Emphasis, String)| PlacedText {
        x_mm: 15.0,
        y_mm,
        width_mm: 180.0,
        align: Align::Centre,
        size_pt,
        emphasis,
        text,
    };
    let texts = texts.into_iter().filter(|(_, _, _, text)| !text.is_empty()).map(placed).collect();
    Certificate { width_mm: 210.0, height_mm: 148.0, texts }
}
