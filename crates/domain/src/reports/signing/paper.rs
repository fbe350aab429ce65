//! The verbs of a paper, as pure transitions: each gives the paper after it, or every reason against it.

use serde::{Deserialize, Serialize};

use super::PaperState;
use crate::{Reason, Refusal};

/// Where a comment points: a block of the paper's own text or of an annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlockPlace {
    /// 0 for the paper's own text, n for its n-th annex.
    pub body: u32,
    /// Position of the block in that body, from 0.
    pub block: u32,
}

/// What a reviewer says about one block, or about the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockComment {
    /// The block; none where the whole paper is meant.
    pub place: Option<BlockPlace>,
    /// What the reviewer wrote.
    pub text: String,
}

/// A paper as far as its road is concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Where it stands.
    pub state: PaperState,
    /// Hash of the content that was approved; empty while none is.
    pub approved_hash: String,
    /// Comments of reviewers that its writer has not settled yet.
    pub open_comment_count: u32,
}

impl Paper {
    /// Changes the content; what had been said about it stays to be settled.
    ///
    /// # Errors
    /// The paper is not with its writer.
    pub fn rewrite(self) -> Result<Self, Refusal> {
        if self.state.is_open() {
            return Ok(self);
        }
        let message = match self.state {
            PaperState::Signed | PaperState::Withdrawn => {
                "Văn bản đã ký không sửa được. Sai về nội dung thì ban hành văn bản sửa đổi, thay thế; sai về thể thức \
                 thì đính chính bằng công văn (Nghị định 30/2020/NĐ-CP, Điều 18)."
            }
            _ => "Văn bản đang ở chỗ lãnh đạo nên chưa sửa được. Hãy đề nghị lãnh đạo trả lại trước khi sửa.",
        };
        Err(Refusal::one("not_open", message))
    }

    /// Hands the paper to the leader.
    ///
    /// # Errors
    /// It is not with its writer, comments are not settled, or `faults` were found in the content.
    pub fn send_to_review(self, faults: Vec<Reason>) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        if !self.state.is_open() {
            reasons.push(self.not_now("trình duyệt"));
        }
        if self.open_comment_count > 0 {
            let message = format!(
                "Còn {} ý kiến chưa được xử lý. Hãy sửa rồi đánh dấu từng ý kiến là đã xử lý.",
                self.open_comment_count
            );
            reasons.push(Reason::new("comments_open", message));
        }
        reasons.extend(faults);
        Refusal::unless_empty(reasons)?;
        Ok(Self { state: PaperState::InReview, ..self })
    }

    /// Gives the paper back to its writer with comments; an approval is taken back with it.
    ///
    /// # Errors
    /// It is not with the leader, or no comment says why.
    pub fn return_with(self, comments: &[BlockComment]) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        if !matches!(self.state, PaperState::InReview | PaperState::Approved) {
            reasons.push(self.not_now("trả lại"));
        }
        let said = comments.iter().filter(|comment| !comment.text.trim().is_empty()).count();
        if said == 0 && self.open_comment_count == 0 {
            reasons.push(Reason::new("reason_needed", "Hãy ghi ít nhất một ý kiến: cần sửa gì, ở đoạn nào."));
        }
        Refusal::unless_empty(reasons)?;
        let open_comment_count = self.open_comment_count.saturating_add(u32::try_from(said).unwrap_or(u32::MAX));
        Ok(Self { state: PaperState::Returned, approved_hash: String::new(), open_comment_count })
    }

    /// Accepts the content with this hash.
    ///
    /// # Errors
    /// It is not in review.
    pub fn approve(self, content_hash: &str) -> Result<Self, Refusal> {
        if self.state != PaperState::InReview {
            return Err(self.not_now("duyệt").into());
        }
        Ok(Self { state: PaperState::Approved, approved_hash: content_hash.to_owned(), ..self })
    }

    /// Signs the approved content: from here it is frozen.
    ///
    /// # Errors
    /// It is not approved, its content is not the approved one, or `faults` were found in the content.
    pub fn sign(self, content_hash: &str, faults: Vec<Reason>) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        if self.state != PaperState::Approved {
            reasons.push(self.not_now("ký"));
        } else if self.approved_hash != content_hash {
            reasons.push(Reason::new(
                "content_changed",
                "Nội dung không còn như lúc được duyệt: số liệu hoặc câu chữ đã thay đổi. Hãy trả lại, xem chỗ thay đổi và duyệt lại.",
            ));
        }
        reasons.extend(faults);
        Refusal::unless_empty(reasons)?;
        Ok(Self { state: PaperState::Signed, ..self })
    }

    /// Takes a signed paper back. It stays readable, with the reason.
    ///
    /// # Errors
    /// It is not signed, or no reason is given.
    pub fn withdraw(self, reason: &str) -> Result<Self, Refusal> {
        let mut reasons = Vec::new();
        if self.state != PaperState::Signed {
            reasons.push(self.not_now("thu hồi"));
        }
        if reason.trim().is_empty() {
            reasons.push(Reason::new("reason_needed", "Hãy ghi lý do thu hồi văn bản."));
        }
        Refusal::unless_empty(reasons)?;
        Ok(Self { state: PaperState::Withdrawn, ..self })
    }

    /// Takes the file that came back from the office's signing tool.
    ///
    /// # Errors
    /// It is not signed here, or was taken back.
    pub fn take_signed_file(&self) -> Result<(), Refusal> {
        match self.state {
            PaperState::Signed => Ok(()),
            _ => Err(self.not_now("đính tệp đã ký số").into()),
        }
    }

    fn not_now(&self, verb: &str) -> Reason {
        let (state, _) = self.state.label();
        Reason::new("wrong_state", format!("Không {verb} được: văn bản đang ở trạng thái «{state}»."))
    }
}
