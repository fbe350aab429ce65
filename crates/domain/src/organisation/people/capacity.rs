//! The lines over a signature: TM., Q., KT., TL., TUQ. (Decree 30/2020/NĐ-CP, annex I, II.7.b).

use serde::{Deserialize, Serialize};

/// In which capacity somebody signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SigningCapacity {
    /// The head in person.
    #[default]
    Head,
    /// Q.: appointed to act as head.
    Acting,
    /// KT.: a deputy for the head.
    Deputy,
    /// TL.: by the head's order.
    ByOrder,
    /// TUQ.: by the head's sub-delegation.
    BySubDelegation,
}

impl SigningCapacity {
    /// Every capacity, in the order of the decree.
    pub const ALL: [Self; 5] = [Self::Head, Self::Acting, Self::Deputy, Self::ByOrder, Self::BySubDelegation];

    /// The identifier in inputs and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Acting => "acting",
            Self::Deputy => "deputy",
            Self::ByOrder => "by_order",
            Self::BySubDelegation => "by_sub_delegation",
        }
    }

    /// The capacity with this identifier.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.as_str() == text)
    }

    /// The name in both languages.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Head => ("Người đứng đầu ký", "The head signs"),
            Self::Acting => ("Q. – quyền người đứng đầu", "Q. – acting head"),
            Self::Deputy => ("KT. – cấp phó ký thay", "KT. – a deputy for the head"),
            Self::ByOrder => ("TL. – ký thừa lệnh", "TL. – by order"),
            Self::BySubDelegation => ("TUQ. – ký thừa ủy quyền", "TUQ. – by sub-delegation"),
        }
    }

    /// The lines from the capacity down: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    ///
    /// `collective` is the body on whose behalf is signed, where it decides as a body; TL. and TUQ. are always for the
    /// head alone. `head` is the head's title, `own` the signer's.
    pub fn lines(self, collective: Option<&str>, head: &str, own: &str) -> Vec<String> {
        let (first, second) = match self {
            Self::Head => (head.to_owned(), None),
            Self::Acting => (format!("Q. {head}"), None),
            Self::Deputy => (format!("KT. {head}"), Some(own)),
            Self::ByOrder => (format!("TL. {head}"), Some(own)),
            Self::BySubDelegation => (format!("TUQ. {head}"), Some(own)),
        };
        let body = collective.filter(|_| !matches!(self, Self::ByOrder | Self::BySubDelegation));
        let own = second.filter(|own| !own.is_empty());
        let lines = body.map(|body| format!("TM. {body}")).into_iter().chain([first]).chain(own.map(str::to_owned));
        lines.map(|line| line.to_uppercase()).collect()
    }
}
