//! Papers that prepare the conference, filled from what is planned: plan, committee, letters, list, seats, script.

use domain::conference::{Conference, Participation, Side, introduction};

use super::{Fields, cell, chair_words, day, lines, of_programme, part, start};

/// Kinds of papers that are filled from the plan, by their names in addresses.
pub const KINDS: [&str; 7] =
    ["ke-hoach", "quyet-dinh-ban-to-chuc", "giay-moi", "danh-sach-dai-bieu", "so-do-cho-ngoi", "thong-bao", "kich-ban"];

/// What the plan says for the fields of a kind.
pub(super) fn filled(conference: &Conference, kind: &str) -> Fields {
    match kind {
        "ke-hoach" => plan(conference),
        "quyet-dinh-ban-to-chuc" => committee(conference),
        "giay-moi" => invitations(conference),
        "danh-sach-dai-bieu" => list(conference),
        "so-do-cho-ngoi" => seats(conference),
        "thong-bao" => draft(conference),
        "kich-ban" => script(conference),
        _ => Vec::new(),
    }
}

fn plan(conference: &Conference) -> Fields {
    let jobs = conference.records.jobs.iter().filter(|(_, job)| !job.what.is_empty()).map(|(_, job)| {
        let due = job.due_on.map_or_else(String::new, domain::vietnamese::short_date);
        [job.what.as_str(), &job.name, "", &due].map(cell).join(" | ")
    });
    let guests = conference.protocol_list().into_iter().filter(|(_, line)| line.side != Side::Delegate);
    let guests = guests.map(|(_, line)| introduction(line));
    let units = conference.records.quotas.len();
    let places: u32 = conference.records.quotas.iter().map(|(_, quota)| quota.delegate_count).sum();
    let units = (units > 0).then(|| format!("{places} đại biểu của {units} đơn vị được mời"));
    let purposes = conference.head.purposes.iter().map(|purpose| purpose.text.clone());
    let programme = of_programme(conference).into_iter().filter(|(name, _)| *name == "agenda");
    let contents = conference.programme().map(|(_, item)| item.shown_title().to_owned());
    let mut fields = vec![
        ("subject", format!("Tổ chức {}", conference.head.title)),
        ("bases", lines(conference.basis_lines())),
        ("purposes", lines(purposes)),
        ("contents", lines(contents)),
        ("day", day(conference)),
        ("part", part(conference)),
        ("start", start(conference)),
        ("place", conference.head.place.clone()),
        ("people", lines(guests.chain(units))),
        ("assignments", lines(jobs)),
    ];
    fields.extend(programme);
    fields
}

fn committee(conference: &Conference) -> Fields {
    let jobs = conference.records.jobs.iter().filter(|(_, job)| !job.committee_post.is_empty());
    let members = jobs.map(|(_, job)| {
        let known = conference.records.participations.iter().find(|(_, line)| line.name == job.name);
        [job.name.as_str(), &known.map_or_else(String::new, |(_, line)| posts(line)), &job.committee_post]
            .map(cell)
            .join(" | ")
    });
    let title = &conference.head.title;
    vec![
        ("subject", format!("Về việc thành lập Ban Tổ chức {title}")),
        ("meeting", title.clone()),
        ("members", lines(members)),
    ]
}

/// A letter for each person who has no mail and is not asked through a unit.
fn invitations(conference: &Conference) -> Fields {
    let list = conference.protocol_list();
    let has_letter =
        |line: &Participation| line.email.is_empty() && line.side != Side::Host && conference.quota_of(line).is_none();
    let guests = list.iter().filter(|(_, line)| has_letter(line)).map(|(_, line)| {
        let name = if line.is_group() { line.group.clone() } else { format!("{} {}", line.address_form, line.name) };
        [name.trim(), &posts(line), &line.unit_name].map(cell).join(" | ")
    });
    vec![
        ("subject", format!("Dự {}", conference.head.title)),
        ("meeting", conference.head.title.clone()),
        ("guests", lines(guests)),
        ("chair", chair_words(conference)),
        ("day", day(conference)),
        ("part", part(conference)),
        ("start", start(conference)),
        ("place", conference.head.place.clone()),
    ]
}

fn list(conference: &Conference) -> Fields {
    let of_side = |side: Side| {
        let list = conference.protocol_list();
        let rows: Vec<String> = list
            .into_iter()
            .filter(|(_, line)| line.side == side)
            .map(|(_, line)| [line.shown_name(), &posts(line), &line.unit_name].map(cell).join(" | "))
            .collect();
        lines(rows.into_iter())
    };
    vec![
        ("title", format!("Danh sách đại biểu dự {}", conference.head.title)),
        ("guests", of_side(Side::Guest)),
        ("hosts", of_side(Side::Host)),
        ("delegates", of_side(Side::Delegate)),
        ("count", count(conference)),
    ]
}

/// How many stand in the list. A group of whom no number is known is counted as a group, never as a head.
fn count(conference: &Conference) -> String {
    let lines = || conference.records.participations.iter().map(|(_, line)| line);
    let uncounted = lines().filter(|line| line.is_group() && line.head_count.is_none()).count();
    let known = lines().map(|line| if line.is_group() { line.head_count.unwrap_or(0) } else { 1 });
    let heads: u32 = known.sum();
    match uncounted {
        0 => format!("Danh sách gồm {heads} đại biểu."),
        groups => format!("Danh sách gồm {heads} đại biểu và {groups} thành phần chưa ghi số người."),
    }
}

/// A row of the plan for each row of seats: who sits in it, by unit.
fn seats(conference: &Conference) -> Fields {
    let list = conference.protocol_list();
    let blocks = conference.records.venues.iter().flat_map(|(_, venue)| &venue.blocks);
    let rows = blocks.flat_map(|block| {
        let list = &list;
        (1..=block.row_count).filter_map(move |number| {
            let start = format!("{}{number}-", block.name);
            let here = || list.iter().filter(|(_, line)| line.block == block.name && line.seat.starts_with(&start));
            let mut units: Vec<&str> = here().map(|(_, line)| line.unit_name.as_str()).collect();
            units.dedup();
            let taken = here().count();
            let row = format!("{}{number}", block.name);
            let note = format!("{taken} người");
            (taken > 0).then(|| {
                [row.as_str(), &units.join("; "), &block.seats_per_row.to_string(), &note].map(cell).join(" | ")
            })
        })
    });
    vec![("title", format!("Sơ đồ chỗ ngồi {}", conference.head.title)), ("rows", lines(rows))]
}

/// What the conference is to agree on, sent out for comment.
fn draft(conference: &Conference) -> Fields {
    let subject = format!("Dự thảo nội dung xin ý kiến thống nhất tại {}", conference.head.title);
    vec![("subject", subject), ("paragraphs", lines(conference.draft_resolution().into_iter()))]
}

fn script(conference: &Conference) -> Fields {
    let steps = conference.script().into_iter();
    let steps = steps.map(|step| [step.time.as_str(), &step.speaker, &step.words, &step.screen].map(cell).join(" | "));
    let host = conference.protocol_list().into_iter().find_map(|(_, line)| {
        (line.role == domain::conference::ParticipationRole::MasterOfCeremonies).then(|| line.shown_name().to_owned())
    });
    vec![
        ("subject", conference.head.title.clone()),
        ("day", day(conference)),
        ("part", part(conference)),
        ("start", start(conference)),
        ("place", conference.head.place.clone()),
        ("host", host.unwrap_or_default()),
        ("steps", lines(steps)),
    ]
}

fn posts(line: &Participation) -> String {
    line.posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>().join(", ")
}
