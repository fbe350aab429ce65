//! Appointing, ending and correcting terms: each decides on the staffing as it stands and returns the staffing after.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Person, Post, PostBody, Staffing, Term};
use crate::organisation::{Registry, UnitCode, Validity};
use crate::vietnamese::{normalise, short_date};
use crate::{Reason, Refusal};

/// A post as somebody sets it up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostEdit {
    /// Title as printed.
    pub title: String,
    /// Which body.
    pub body: PostBody,
    /// As [`Post::rank`].
    pub rank: u16,
    /// Whether only one person can hold it at a time.
    pub is_single: bool,
}

/// A person to be put into a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The post.
    pub post: String,
    /// The person.
    pub person: String,
    /// First day.
    pub from: Date,
    /// Whether the person only acts (`Q.`).
    pub is_acting: bool,
    /// Whether a deputy is the standing one.
    pub is_standing: bool,
    /// Whether whoever holds the post now leaves it the day before.
    pub replaces: bool,
}

impl Staffing {
    /// The staffing with another post. Refusals: `no_title`, `bad_rank`, `post_exists`, `unknown_unit`.
    ///
    /// # Errors
    /// Every reason at once, in Vietnamese.
    pub fn with_post(&self, registry: &Registry, unit: &str, code: &str, edit: &PostEdit) -> Result<Self, Refusal> {
        let title = normalise(&edit.title);
        let mut reasons = Vec::new();
        if title.is_empty() {
            reasons.push(Reason::new("no_title", "Chưa ghi tên chức vụ.").at("title"));
        }
        if !(1..=99).contains(&edit.rank) {
            let message = "Thứ bậc là số từ 1 (cấp trưởng), 2 (cấp phó) đến 99.";
            reasons.push(Reason::new("bad_rank", message).at("rank"));
        }
        let is_same = |post: &&Post| post.unit.as_str() == unit && post.body == edit.body && post.title == title;
        if self.posts.iter().any(|post| is_same(&post)) {
            reasons.push(Reason::new("post_exists", format!("Đơn vị đã có chức vụ {title}.")).at("title"));
        }
        Refusal::unless_empty(reasons)?;
        let mut after = self.clone();
        let (unit, body) = (UnitCode::from(unit), edit.body);
        after.posts.push(Post { code: code.to_owned(), unit, title, body, rank: edit.rank, is_single: edit.is_single });
        after.sound(registry)
    }

    /// The staffing with another person. Refusals: `no_name`, `person_exists`.
    ///
    /// # Errors
    /// The reason, in Vietnamese.
    pub fn with_person(&self, code: &str, name: &str) -> Result<Self, Refusal> {
        let name = normalise(name);
        if name.split_whitespace().count() < 2 {
            let message = "Ghi đủ họ và tên, không ghi học hàm, học vị.";
            return Err(Reason::new("no_name", message).at("name").into());
        }
        let mut after = self.clone();
        after.people.push(Person { code: code.to_owned(), name });
        Ok(after)
    }

    /// The staffing after an appointment. Refusals: `overlapping_validity` (somebody holds the post, and the appointment
    /// does not replace), `acting_deputy` (only a head is acted for), `standing_head` (only a deputy is a standing one),
    /// and the codes of [`Staffing::faults`].
    ///
    /// # Errors
    /// Every reason at once, in Vietnamese.
    pub fn appoint(&self, registry: &Registry, appointment: &Appointment) -> Result<Self, Refusal> {
        let Appointment { post: code, person, from, is_acting, is_standing, replaces } = appointment;
        let Some(post) = self.post(code) else {
            return Err(Reason::new("unknown_post", format!("Không có chức vụ mang mã {code}.")).at("post").into());
        };
        let mut reasons = Vec::new();
        if *is_acting && post.rank != 1 {
            reasons.push(Reason::new("acting_deputy", "Chỉ ghi «quyền» (Q.) cho cấp trưởng.").at("acting"));
        }
        if *is_standing && post.rank != 2 {
            reasons.push(Reason::new("standing_head", "Chỉ ghi «thường trực» cho cấp phó.").at("standing"));
        }
        let life = registry.unit(post.unit.as_str()).map(|unit| unit.validity).unwrap_or_default();
        let mut after = self.clone();
        let is_held = |term: &Term| term.post == *code && term.validity.contains(*from);
        let leaves = |term: &Term| *replaces && post.is_single && is_held(term) && term.validity.from != Some(*from);
        for term in after.terms.iter_mut().filter(|term| leaves(term)) {
            term.validity = term.validity.until(*from);
        }
        if let Some(holder) = after.terms.iter().find(|term| post.is_single && is_held(term)) {
            let name = self.person(&holder.person).map_or("", |person| &person.name);
            let message = format!(
                "{name} đang giữ chức vụ {} ({}); hãy đánh dấu thay người đang giữ, hoặc chọn ngày sau.",
                post.title, holder.validity
            );
            reasons.push(Reason::new("overlapping_validity", message).at("post"));
        }
        Refusal::unless_empty(reasons)?;
        after.terms.push(Term {
            post: code.clone(),
            person: person.clone(),
            validity: Validity { from: Some(*from), to: life.to },
            is_acting: *is_acting,
            is_standing: *is_standing,
        });
        after.sound(registry)
    }

    /// The staffing after a term ended with that day. Refusals: `unknown_term`, `bad_validity`, `already_ended`.
    ///
    /// # Errors
    /// Every reason at once, in Vietnamese.
    pub fn end_term(&self, registry: &Registry, post: &str, person: &str, last_day: Date) -> Result<Self, Refusal> {
        let mut after = self.clone();
        let is_meant = |term: &&mut Term| {
            (term.post.as_str(), term.person.as_str()) == (post, person) && term.validity.contains(last_day)
        };
        let Some(term) = after.terms.iter_mut().find(is_meant) else {
            let message = format!("Ngày {} không nằm trong nhiệm kỳ của người này.", short_date(last_day));
            return Err(Reason::new("unknown_term", message).at("last_day").into());
        };
        term.validity.to = Some(last_day);
        after.sound(registry)
    }

    /// The staffing with a term mended that was written down wrongly: `known` is its first day as it stands; none for
    /// `term` removes it. Refusals: `unknown_term` and the codes of [`Staffing::faults`].
    ///
    /// # Errors
    /// Every reason at once, in Vietnamese.
    pub fn correct_term(
        &self,
        registry: &Registry,
        [post, person]: [&str; 2],
        known: Option<Date>,
        term: Option<(Validity, bool, bool)>,
    ) -> Result<Self, Refusal> {
        let mut after = self.clone();
        let is_meant =
            |term: &Term| (term.post.as_str(), term.person.as_str(), term.validity.from) == (post, person, known);
        let Some(place) = after.terms.iter().position(is_meant) else {
            return Err(Refusal::one("unknown_term", "Không còn nhiệm kỳ này; xin tải lại trang."));
        };
        match term {
            Some((validity, is_acting, is_standing)) => {
                let (post, person) = (post.to_owned(), person.to_owned());
                after.terms[place] = Term { post, person, validity, is_acting, is_standing };
            }
            None => {
                after.terms.remove(place);
            }
        }
        after.sound(registry)
    }

    fn sound(self, registry: &Registry) -> Result<Self, Refusal> {
        Refusal::unless_empty(self.faults(registry))?;
        Ok(self)
    }
}
