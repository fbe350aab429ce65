//! The emulation council (hội đồng thi đua, khen thưởng): who sits, quorum, open or secret vote, what the count says.
//!
//! Quorum and the share that a nomination needs are the office's own settings, unknown until it sets them; without them the
//! count is told and nothing follows from it. People conclude.

use serde::{Deserialize, Serialize};

use super::pack::{Choice as _, Gender, RuleCode, RulePack};
use crate::{Label, Reason, Refusal, awards::dossier::AwardDossier};

/// How the council votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ballot {
    /// By name: each member's choice is kept.
    Open,
    /// Secret: only the count is kept.
    Secret,
}

/// A choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// Đồng ý.
    For,
    /// Không đồng ý.
    Against,
    /// Ý kiến khác, phiếu trắng.
    Blank,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Number on the list, from 1.
    pub number: i64,
    /// Name.
    pub name: String,
    /// Post.
    pub post: String,
    /// Place in the council.
    pub place: Seat,
    /// Whether the member attends.
    pub is_present: bool,
}

/// The place of a member in the council.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Chủ tịch Hội đồng.
    Chair,
    /// Phó Chủ tịch Hội đồng.
    Deputy,
    /// Ủy viên thư ký.
    Secretary,
    /// Ủy viên.
    Member,
}

/// A council's meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The members, by number.
    pub members: Vec<Member>,
    /// How it votes.
    pub ballot: Ballot,
    /// Per cent of the members who must attend; none while the office has not set it.
    pub quorum_percent: Option<u8>,
    /// Per cent of those who attend that a nomination needs; none while the office has not set it.
    pub pass_percent: Option<u8>,
    /// Whether it is over.
    pub is_closed: bool,
}

/// The votes on one nomination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Đồng ý.
    pub approving: u32,
    /// Không đồng ý.
    pub opposing: u32,
    /// Ý kiến khác, phiếu trắng.
    pub blank: u32,
}

/// What a count says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Whether the setting is met; none while it is not set.
    pub is_met: Option<bool>,
    /// As a sentence.
    pub sentence: Label,
}

impl Vote {
    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Blank => "blank",
        }
    }

    /// The choice with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::For, Self::Against, Self::Blank].into_iter().find(|vote| vote.as_str() == text)
    }
}

impl Seat {
    /// Every place, the chair first.
    pub const ALL: [Self; 4] = [Self::Chair, Self::Deputy, Self::Secretary, Self::Member];

    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chair => "chair",
            Self::Deputy => "deputy",
            Self::Secretary => "secretary",
            Self::Member => "member",
        }
    }

    /// Vietnamese and English.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Chair => ("Chủ tịch Hội đồng", "Chair"),
            Self::Deputy => ("Phó Chủ tịch Hội đồng", "Deputy chair"),
            Self::Secretary => ("Ủy viên, thư ký", "Secretary"),
            Self::Member => ("Ủy viên", "Member"),
        }
    }

    /// The place with this identifier, or its name in Vietnamese.
    pub fn read(text: &str) -> Option<Self> {
        let typed = crate::vietnamese::fold(text);
        Self::ALL
            .into_iter()
            .find(|seat| seat.as_str() == text.trim() || crate::vietnamese::fold(seat.label().0) == typed)
    }
}

impl Ballot {
    /// The identifier.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Secret => "secret",
        }
    }

    /// The ballot with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Secret].into_iter().find(|ballot| ballot.as_str() == text)
    }
}

impl Tally {
    /// The count of an open vote.
    pub fn of(votes: impl IntoIterator<Item = Vote>) -> Self {
        let mut tally = Self::default();
        for vote in votes {
            match vote {
                Vote::For => tally.approving += 1,
                Vote::Against => tally.opposing += 1,
                Vote::Blank => tally.blank += 1,
            }
        }
        tally
    }

    /// All votes.
    pub fn total(self) -> u32 {
        self.approving + self.opposing + self.blank
    }
}

/// Whether a part is so many per cent of a whole, exactly.
fn reaches(part: u32, whole: u32, percent: u8) -> bool {
    whole > 0 && u64::from(part) * 100 >= u64::from(whole) * u64::from(percent)
}

impl Meeting {
    /// Members who attend.
    pub fn present(&self) -> u32 {
        u32::try_from(self.members.iter().filter(|member| member.is_present).count()).unwrap_or(u32::MAX)
    }

    /// What is wrong with a council before it opens.
    ///
    /// # Errors
    /// `no_members`, `chairs`, `same_member`, `bad_percent`, all at once.
    pub fn may_open(&self) -> Result<(), Refusal> {
        let mut reasons = Vec::new();
        if self.members.is_empty() {
            reasons.push(Reason::new("no_members", "Hãy ghi thành viên Hội đồng, mỗi dòng một người.").at("members"));
        }
        let chairs = self.members.iter().filter(|member| member.place == Seat::Chair).count();
        if !self.members.is_empty() && chairs != 1 {
            let message = format!("Hội đồng phải có đúng một Chủ tịch; danh sách có {chairs}.");
            reasons.push(Reason::new("chairs", message).at("members"));
        }
        for (at, member) in self.members.iter().enumerate() {
            if self.members[..at].iter().any(|other| (&other.name, &other.post) == (&member.name, &member.post)) {
                let message = format!("Thành viên {} ({}) ghi hai lần.", member.name, member.post);
                reasons.push(Reason::new("same_member", message).at("members"));
            }
        }
        for (name, percent) in [("quorum_percent", self.quorum_percent), ("pass_percent", self.pass_percent)] {
            if percent.is_some_and(|percent| percent == 0 || percent > 100) {
                reasons.push(Reason::new("bad_percent", "Tỷ lệ phải từ 1 đến 100; chưa đặt thì để trống.").at(name));
            }
        }
        Refusal::unless_empty(reasons)
    }

    /// Whether enough members attend, where the office has said how many that is.
    pub fn quorum(&self) -> Told {
        let (present, all) = (self.present(), u32::try_from(self.members.len()).unwrap_or(u32::MAX));
        let is_met = self.quorum_percent.map(|percent| reaches(present, all, percent));
        let (vi, en) = match (self.quorum_percent, is_met) {
            (Some(percent), Some(true)) => (format!("đủ (cần {percent}%)"), format!("enough ({percent}% asked)")),
            (Some(percent), _) => (format!("chưa đủ (cần {percent}%)"), format!("not enough ({percent}% asked)")),
            _ => (
                "tỷ lệ tối thiểu chưa được đơn vị đặt nên phần mềm không kết luận".to_owned(),
                "the office has not set a quorum, so nothing follows".to_owned(),
            ),
        };
        let sentence = Label {
            vi: format!("Có mặt {present}/{all} thành viên: {vi}."),
            en: format!("{present} of {all} members attend: {en}."),
        };
        Told { is_met, sentence }
    }

    /// What a count says about a nomination.
    pub fn result(&self, tally: Tally) -> Told {
        let present = self.present();
        let is_met = self.pass_percent.map(|percent| reaches(tally.approving, present, percent));
        let share = if present == 0 { 0.0 } else { f64::from(tally.approving) * 100.0 / f64::from(present) };
        let share = crate::vietnamese::format_number(share, 1);
        let (vi, en) = match (self.pass_percent, is_met) {
            (Some(percent), Some(true)) => (format!("đạt tỷ lệ {percent}%"), format!("reaches {percent}%")),
            (Some(percent), _) => (format!("chưa đạt tỷ lệ {percent}%"), format!("does not reach {percent}%")),
            _ => (
                "tỷ lệ thông qua chưa được đơn vị đặt nên phần mềm không kết luận".to_owned(),
                "the office has not set a share, so nothing follows".to_owned(),
            ),
        };
        let Tally { approving, opposing, blank } = tally;
        let sentence = Label {
            vi: format!(
                "{approving}/{present} phiếu đồng ý ({share}%), {opposing} không đồng ý, {blank} ý kiến khác: {vi}."
            ),
            en: format!("{approving} of {present} for ({share}%), {opposing} against, {blank} blank: {en}."),
        };
        Told { is_met, sentence }
    }

    /// Whether a member's own vote may be kept.
    ///
    /// # Errors
    /// `closed`; `secret_vote`, since a secret vote keeps no member's choice; `unknown_member`, `absent`.
    pub fn may_vote(&self, member: i64) -> Result<(), Refusal> {
        self.is_open()?;
        if self.ballot == Ballot::Secret {
            let message = "Hội đồng bỏ phiếu kín: chỉ ghi kết quả kiểm phiếu, không ghi phiếu của từng người.";
            return Err(Refusal::one("secret_vote", message));
        }
        match self.members.iter().find(|known| known.number == member) {
            None => Err(Refusal::one("unknown_member", format!("Không có thành viên số {member} trong Hội đồng."))),
            Some(known) if !known.is_present => {
                Err(Refusal::one("absent", format!("{} không có mặt nên không biểu quyết.", known.name)))
            }
            Some(_) => Ok(()),
        }
    }

    /// Whether the count of a secret vote may be kept.
    ///
    /// # Errors
    /// `closed`; `open_vote`; `too_many_votes`, where there are more votes than members who attend.
    pub fn may_count(&self, tally: Tally) -> Result<(), Refusal> {
        self.is_open()?;
        if self.ballot == Ballot::Open {
            return Err(Refusal::one("open_vote", "Hội đồng biểu quyết công khai: ghi ý kiến của từng thành viên."));
        }
        if tally.total() > self.present() {
            let message = format!("Có {} phiếu nhưng chỉ {} thành viên có mặt.", tally.total(), self.present());
            return Err(Refusal::one("too_many_votes", message));
        }
        Ok(())
    }

    /// Whether it may be set right that a member attends, or does not.
    ///
    /// # Errors
    /// `closed`; `unknown_member`; `has_voted`, since who voted was there; `too_many_votes`, where a secret count (`counted`
    /// is the greatest) has more votes than would attend.
    pub fn may_attend(&self, member: i64, is_present: bool, has_voted: bool, counted: u32) -> Result<(), Refusal> {
        self.is_open()?;
        let Some(known) = self.members.iter().find(|known| known.number == member) else {
            return Err(Refusal::one("unknown_member", format!("Không có thành viên số {member} trong Hội đồng.")));
        };
        if !is_present && has_voted {
            let message = format!("{} đã biểu quyết nên không ghi vắng được.", known.name);
            return Err(Refusal::one("has_voted", message));
        }
        let left = if known.is_present && !is_present { self.present() - 1 } else { self.present() };
        if counted > left {
            let message = format!("Đã ghi {counted} phiếu; nếu {} vắng thì chỉ còn {left} người có mặt.", known.name);
            return Err(Refusal::one("too_many_votes", message));
        }
        Ok(())
    }

    /// Whether the meeting may end without conclusions, its nominations to come before another one.
    ///
    /// # Errors
    /// `closed`; `reason_needed`.
    pub fn may_adjourn(&self, reason: &str) -> Result<(), Refusal> {
        self.is_open()?;
        if reason.trim().is_empty() {
            let message = "Hãy ghi lý do hoãn phiên họp, ví dụ: chưa đủ thành viên có mặt.";
            return Err(Refusal::from(Reason::new("reason_needed", message).at("reason")));
        }
        Ok(())
    }

    fn is_open(&self) -> Result<(), Refusal> {
        if self.is_closed {
            return Err(Refusal::one("closed", "Phiên họp đã kết thúc; kết quả không đổi nữa."));
        }
        Ok(())
    }

    /// Whether the meeting may close: enough members (where that is set), and a conclusion on every nomination with a vote.
    ///
    /// # Errors
    /// `closed`, `no_quorum`, `no_vote`, `no_conclusion`, all at once; `items` are number, tally and conclusion of each.
    pub fn may_close(&self, items: &[(i64, Tally, Option<bool>)]) -> Result<(), Refusal> {
        self.is_open()?;
        let mut reasons = Vec::new();
        if self.quorum().is_met == Some(false) {
            reasons.push(Reason::new("no_quorum", self.quorum().sentence.vi));
        }
        for (dossier, tally, conclusion) in items {
            let at = format!("dossier-{dossier}");
            if tally.total() == 0 {
                reasons.push(Reason::new("no_vote", format!("Hồ sơ {dossier} chưa có phiếu nào.")).at(at.as_str()));
            }
            if conclusion.is_none() {
                let message = format!("Hồ sơ {dossier} chưa có kết luận của Hội đồng.");
                reasons.push(Reason::new("no_conclusion", message).at(at));
            }
        }
        Refusal::unless_empty(reasons)
    }

    /// The lines of the minutes: quorum, way of voting, each nomination with its count and conclusion.
    pub fn minutes(&self, items: &[(String, Tally, bool)]) -> Vec<String> {
        let way = match self.ballot {
            Ballot::Open => "Hội đồng biểu quyết công khai.",
            Ballot::Secret => "Hội đồng bỏ phiếu kín.",
        };
        let told = |(name, tally, is_approved): &(String, Tally, bool)| {
            let conclusion = if *is_approved {
                "Hội đồng đề nghị khen thưởng"
            } else {
                "Hội đồng không đề nghị"
            };
            format!("{name}: {} {conclusion}.", self.result(*tally).sentence.vi)
        };
        [self.quorum().sentence.vi, way.to_owned()].into_iter().chain(items.iter().map(told)).collect()
    }
}

/// The hint of the law for two nominations that got the same: a woman, or a collective with enough women, comes first.
/// None where the pack has no such rule, or it tells neither apart.
pub fn tie_hint(pack: &RulePack, one: &AwardDossier, other: &AwardDossier) -> Option<Label> {
    let rule = pack.rule(RuleCode::TieWomen)?;
    let percent = u64::from(rule.number?);
    let is_preferred = |dossier: &AwardDossier| match dossier.nominee.is_person {
        true => dossier.facts.gender == Some(Gender::Female),
        false => dossier.facts.members.is_some_and(|members| {
            let women = u64::from(members.women.unwrap_or(0));
            members.total > 0 && women * 100 >= u64::from(members.total) * percent
        }),
    };
    let preferred = match (is_preferred(one), is_preferred(other)) {
        (true, false) => one,
        (false, true) => other,
        _ => return None,
    };
    let (name, article) = (&preferred.nominee.name, &rule.article);
    let (vi, en) = if preferred.nominee.is_person {
        (Gender::Female.label().0.to_lowercase(), "a woman".to_owned())
    } else {
        (format!("tập thể có từ {percent}% nữ"), format!("a collective with {percent}% women"))
    };
    Some(Label {
        vi: format!("Ngang nhau: gợi ý ưu tiên {name} ({vi}; {article}). Hội đồng quyết định."),
        en: format!("Equal: {name} comes first by the hint ({en}; {article}). The council decides."),
    })
}
