//! Invitations by mail: drawn for everybody who has an address, seen by the office, then put into the queue — exactly
//! those that were seen.

use std::collections::BTreeMap;

use domain::{
    Reason, Refusal,
    conference::{Conference, Id, Side, introduction},
    vietnamese::short_date,
};
use serde::Serialize;

use super::{live, make_links};
use crate::{
    audit,
    conference::{queries, store},
    office::Office,
    platform::{
        Context, Error, Language, Result, kept,
        mail::{self, Letter},
    },
    submissions,
};

/// The usual subject. Words in braces are put in.
pub const SUBJECT: &str = "Giấy mời dự {hoi_nghi}";

/// The usual letter: a default that the office rewrites.
pub const BODY: &str = "Kính gửi {ten},\n\n{don_vi_to_chuc} trân trọng kính mời {ten} dự {hoi_nghi}.\n\n\
     Thời gian: {thoi_gian}.\nĐịa điểm: {dia_diem}.\n\n\
     Xin trả lời (dự, không dự hoặc cử người đi thay), xem tài liệu và gửi ý kiến góp ý tại trang riêng, không cần tài khoản:\n\
     {trang_rieng}\n\nĐịa chỉ trên là của riêng người nhận, xin không chuyển cho người khác.\n";

/// The usual letter to a unit that names its delegates.
const UNIT_BODY: &str = "Kính gửi {ten},\n\n{don_vi_to_chuc} trân trọng kính mời {ten} cử {so_dai_bieu} đại biểu dự {hoi_nghi}.\n\n\
     Thời gian: {thoi_gian}.\nĐịa điểm: {dia_diem}.\n\nXin ghi danh sách đại biểu của đơn vị tại:\n{trang_rieng}\n";

/// The longest letter, in characters.
const BODY_LENGTH_MAX: usize = 8_000;

/// A letter as it would go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// Of whom the letter is: `line:12` or `unit:…`.
    pub addressee: String,
    /// The name of the person or unit.
    pub name: String,
    /// Mail address.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// The letter.
    pub body: String,
    /// When one went to this addressee before; empty where none did.
    pub sent_at: String,
}

/// The letters of a conference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outbox {
    /// Letters that can go out, in protocol order, then units by name.
    pub letters: Vec<Drawn>,
    /// Lines of the list without mail, for whom letters are printed: number and name.
    pub without_mail: Vec<(Id, String)>,
    /// Units without an account that has mail.
    pub units_without_mail: Vec<String>,
    /// What the letters to be sent say, as one number: the office sends what it has seen, or is told that it changed.
    pub seen: String,
}

impl Outbox {
    /// Letters to whom none has gone yet.
    pub fn fresh(&self) -> impl Iterator<Item = &Drawn> {
        self.letters.iter().filter(|letter| letter.sent_at.is_empty())
    }
}

/// The words of a conference's letters: the office's own, else the usual ones.
///
/// # Errors
/// Where the database cannot be read.
pub async fn words(office: &Office, id: i64) -> Result<(String, String)> {
    Ok(queries::around::words(office, id).await?.unwrap_or_else(|| (SUBJECT.to_owned(), BODY.to_owned())))
}

/// Rewrites the words of a conference's letters.
///
/// # Errors
/// `no_subject`, `no_address`, `unknown_word`, `too_long`, all at once.
pub async fn rewrite(office: &Office, context: &Context, id: i64, subject: &str, body: &str) -> Result<()> {
    let body = body.replace("\r\n", "\n");
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut reasons = Vec::new();
    if subject.is_empty() {
        reasons.push(Reason::new("no_subject", "Hãy ghi tiêu đề thư.").at("subject"));
    }
    if !body.contains("{trang_rieng}") {
        let message = "Thư phải có {trang_rieng}: không có địa chỉ ấy, người nhận không trả lời được.";
        reasons.push(Reason::new("no_address", message).at("body"));
    }
    if body.chars().count() > BODY_LENGTH_MAX {
        let message = format!("Thư dài quá {BODY_LENGTH_MAX} ký tự; hãy rút gọn.");
        reasons.push(Reason::new("too_long", message).at("body"));
    }
    for unknown in unknown_words(&format!("{subject}\n{body}")) {
        let message = format!("Không có chỗ điền «{{{unknown}}}»; dùng: {}.", KNOWN.join(", "));
        reasons.push(Reason::new("unknown_word", message).at("body"));
    }
    Refusal::unless_empty(reasons)?;
    let mut transaction = office.db().begin().await?;
    store::around::save_words(&mut transaction, context, id, [&subject, &body]).await?;
    audit::write(&mut transaction, context, "conference.rewrite_letter", &id.to_string(), &subject).await?;
    transaction.commit().await?;
    Ok(())
}

/// Words in braces with what is put in for each.
type PutIn<'a> = &'a [(&'static str, String)];

/// What may stand in braces.
const KNOWN: [&str; 7] =
    ["{ten}", "{hoi_nghi}", "{don_vi_to_chuc}", "{thoi_gian}", "{dia_diem}", "{trang_rieng}", "{so_dai_bieu}"];

fn unknown_words(text: &str) -> Vec<String> {
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    let unknown =
        parts.map(|(word, _)| word.to_owned()).filter(|word| !KNOWN.contains(&format!("{{{word}}}").as_str()));
    unknown.collect()
}

/// Draws every letter of a conference. `origin` is the address of the office, without a slash at its end.
///
/// # Errors
/// Where the database fails.
pub async fn outbox(office: &Office, context: &Context, id: i64, origin: &str) -> Result<Outbox> {
    let hall = live::hall(office, id).await?;
    let state = hall.state().await.clone();
    let sent = queries::around::sent(office, id).await?;
    let links = links_of_people_with_mail(office, context, id, &state).await?;
    let (subject, body) = words(office, id).await?;
    let common = common_words(&state);
    let mut outbox = Outbox::default();
    for (line, who) in state.protocol_list() {
        if who.email.is_empty() {
            // Groups and people of invited units are asked through their unit; the hosts know.
            let is_own = who.side == Side::Host;
            if !is_own && !who.is_group() && state.quota_of(who).is_none() {
                outbox.without_mail.push((line, introduction(who)));
            }
            continue;
        }
        let Some(token) = links.get(&line) else { continue };
        let address = format!("{origin}/hn/{token}/thu-moi");
        let own = [("{ten}", introduction(who)), ("{trang_rieng}", address), ("{so_dai_bieu}", "1".to_owned())];
        outbox.letters.push(drawn(
            format!("line:{line}"),
            who.name.clone(),
            &who.email,
            (&subject, &body),
            (&common, &own),
            &sent,
        ));
    }
    let recipients = recipients(office, context, &state).await?;
    for (_, quota) in state.records.quotas.iter().filter(|(_, quota)| !quota.unit_code.is_empty()) {
        let recipients = recipients.get(&quota.unit_code).map_or(&[][..], Vec::as_slice);
        if recipients.is_empty() {
            outbox.units_without_mail.push(quota.unit_name.clone());
        }
        let address = format!("{origin}/hoi-nghi/{id}/cu-dai-bieu/{}", quota.unit_code);
        let own = [
            ("{ten}", quota.unit_name.clone()),
            ("{trang_rieng}", address),
            ("{so_dai_bieu}", quota.delegate_count.to_string()),
        ];
        for (recipient, _) in recipients {
            let addressee = format!("unit:{}", quota.unit_code);
            let texts = (subject.as_str(), UNIT_BODY);
            outbox.letters.push(drawn(addressee, quota.unit_name.clone(), recipient, texts, (&common, &own), &sent));
        }
    }
    outbox.seen = fingerprint(&outbox);
    Ok(outbox)
}

/// Invited units of which no account has mail, with the number of their delegates.
///
/// # Errors
/// Where the database fails.
pub async fn units_without_mail(office: &Office, context: &Context, id: i64) -> Result<Vec<(String, u32)>> {
    let hall = live::hall(office, id).await?;
    let state = hall.state().await.clone();
    let recipients = recipients(office, context, &state).await?;
    let without = state.records.quotas.iter().filter(|(_, quota)| !recipients.contains_key(&quota.unit_code));
    Ok(without.map(|(_, quota)| (quota.unit_name.clone(), quota.delegate_count)).collect())
}

/// Who answers for the invited units, with their addresses, by unit.
async fn recipients(
    office: &Office,
    context: &Context,
    state: &Conference,
) -> Result<BTreeMap<String, Vec<(String, Language)>>> {
    let codes = state.records.quotas.iter().map(|(_, quota)| quota.unit_code.as_str());
    let codes: Vec<&str> = codes.filter(|code| !code.is_empty()).collect();
    submissions::queries::recipients_of(office, &codes, &context.today().to_string()).await
}

async fn links_of_people_with_mail(
    office: &Office,
    context: &Context,
    id: i64,
    state: &Conference,
) -> Result<BTreeMap<Id, String>> {
    let lines = state.records.participations.iter().filter(|(_, line)| !line.email.is_empty());
    let wanted: Vec<Id> = lines.map(|(line, _)| line).collect();
    make_links(office, context, id, &wanted).await
}

fn common_words(state: &Conference) -> Vec<(&'static str, String)> {
    let head = &state.head;
    let unset = || "(chưa định)".to_owned();
    let starts_at = state.schedule().first().and_then(|slot| slot.starts_at).or(head.starts_at);
    let when = match (starts_at, head.held_on) {
        (Some(at), Some(day)) => format!("{}h{:02}, ngày {}", at.hour(), at.minute(), short_date(day)),
        (None, Some(day)) => format!("ngày {}", short_date(day)),
        _ => unset(),
    };
    let place = if head.place.is_empty() { unset() } else { head.place.clone() };
    vec![
        ("{hoi_nghi}", head.title.clone()),
        ("{don_vi_to_chuc}", head.organiser_name.clone()),
        ("{thoi_gian}", when),
        ("{dia_diem}", place),
    ]
}

fn drawn(
    addressee: String,
    name: String,
    recipient: &str,
    (subject, body): (&str, &str),
    (common, own): (PutIn<'_>, PutIn<'_>),
    sent: &BTreeMap<String, String>,
) -> Drawn {
    let put_in = |text: &str| {
        let words = common.iter().chain(own);
        words.fold(text.to_owned(), |text, (word, value)| text.replace(word, value))
    };
    let sent_at = sent.get(&addressee).cloned().unwrap_or_default();
    // A subject is one line, whatever a title was pasted from.
    let subject = put_in(subject).split_whitespace().collect::<Vec<_>>().join(" ");
    Drawn { addressee, name, recipient: recipient.to_owned(), subject, body: put_in(body), sent_at }
}

fn fingerprint(outbox: &Outbox) -> String {
    let text: String = outbox
        .fresh()
        .map(|letter| format!("{}\n{}\n{}\n{}\u{1e}", letter.addressee, letter.recipient, letter.subject, letter.body))
        .collect();
    kept::hash(text.as_bytes()).chars().take(16).collect()
}

/// Puts every letter that was seen and has not gone yet into the queue; tells how many.
///
/// # Errors
/// `nothing_to_send`; `changed_meanwhile` where the letters are not those that were seen.
pub async fn send(office: &Office, context: &Context, id: i64, origin: &str, seen: &str) -> Result<usize> {
    let outbox = outbox(office, context, id, origin).await?;
    if outbox.seen != seen {
        let message = "Danh sách hoặc nội dung thư vừa thay đổi sau khi xem; hãy xem lại rồi gửi.";
        return Err(Error::refused("changed_meanwhile", message));
    }
    let fresh: Vec<&Drawn> = outbox.fresh().collect();
    if fresh.is_empty() {
        return Err(Error::refused("nothing_to_send", "Không còn thư nào chưa gửi."));
    }
    let letters: Vec<Letter> = fresh
        .iter()
        .map(|letter| Letter {
            recipient: letter.recipient.clone(),
            subject: letter.subject.clone(),
            body: letter.body.clone(),
        })
        .collect();
    let rows: Vec<[&str; 3]> = fresh
        .iter()
        .map(|letter| [letter.addressee.as_str(), letter.recipient.as_str(), letter.subject.as_str()])
        .collect();
    let mut transaction = office.db().begin().await?;
    mail::queue(&mut transaction, context, &letters).await?;
    store::around::insert_letters(&mut transaction, context, id, &rows).await?;
    audit::write(
        &mut transaction,
        context,
        "conference.send_letters",
        &id.to_string(),
        &format!("{} thư", letters.len()),
    )
    .await?;
    transaction.commit().await?;
    Ok(letters.len())
}
