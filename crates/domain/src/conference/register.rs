//! What stands in a conference in numbers: delegates, items, papers, awards …, each in a register of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entries::{
    AgendaItem, Award, Commitment, Conclusion, ConferencePaper, Consultation, Directive, HandOut, Job, LegalBasis,
    Measure, Media, Opinion, Participation, Quota, Resolution, Speech, Target, Venue,
};

/// The number of an entry in its register, from 1; never given twice.
pub type Id = u32;

/// Entries of one kind by number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register<T> {
    latest: Id,
    entries: BTreeMap<Id, T>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { latest: 0, entries: BTreeMap::new() }
    }
}

impl<T> Register<T> {
    /// The entry with this number.
    pub fn get(&self, id: Id) -> Option<&T> {
        self.entries.get(&id)
    }

    /// Whether there is one.
    pub fn has(&self, id: Id) -> bool {
        self.entries.contains_key(&id)
    }

    /// Numbers and entries, by number.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id, &T)> {
        self.entries.iter().map(|(id, entry)| (*id, entry))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The number that the next new entry takes.
    pub fn next_id(&self) -> Id {
        self.latest.saturating_add(1)
    }

    fn put(&mut self, id: Id, entry: T) {
        self.latest = self.latest.max(id);
        self.entries.insert(id, entry);
    }
}

macro_rules! registers {
    ($($(#[$doc:meta])* $kind:ident / $field:ident = $text:literal, $vi:literal;)*) => {
        /// One entry of a register.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "entry")]
        pub enum Entry { $($(#[$doc])* #[serde(rename = $text)] $kind($kind),)* }

        /// Which register.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EntryKind { $($(#[$doc])* #[serde(rename = $text)] $kind,)* }

        /// All registers of a conference.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Records { $($(#[$doc])* pub $field: Register<$kind>,)* }

        impl EntryKind {
            /// Every register.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            /// The glossary's identifier.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $text,)* }
            }

            /// The kind with this identifier.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
            }

            /// What an entry is called, in Vietnamese.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $vi,)* }
            }
        }

        impl Entry {
            /// The register in which it stands.
            pub fn kind(&self) -> EntryKind {
                match self { $(Self::$kind(_) => EntryKind::$kind,)* }
            }
        }

        impl Records {
            /// Whether there is an entry with this number.
            pub fn has(&self, kind: EntryKind, id: Id) -> bool {
                match kind { $(EntryKind::$kind => self.$field.has(id),)* }
            }

            /// The number that the next new entry of this kind takes.
            pub fn next_id(&self, kind: EntryKind) -> Id {
                match kind { $(EntryKind::$kind => self.$field.next_id(),)* }
            }

            /// The entry with this number.
            pub fn entry(&self, kind: EntryKind, id: Id) -> Option<Entry> {
                match kind { $(EntryKind::$kind => self.$field.get(id).cloned().map(Entry::$kind),)* }
            }

            pub(super) fn put(&mut self, id: Id, entry: Entry) {
                match entry { $(Entry::$kind(entry) => self.$field.put(id, entry),)* }
            }

            /// Shows every entry of every register.
            pub(super) fn each(&self, mut look: impl FnMut(Entry)) {
                $(self.$field.entries.values().for_each(|entry| look(Entry::$kind(entry.clone())));)*
            }

            pub(super) fn remove(&mut self, kind: EntryKind, id: Id) {
                match kind { $(EntryKind::$kind => drop(self.$field.entries.remove(&id)),)* }
            }
        }
    };
}

registers! {
    /// Điểm cầu, hội trường.
    Venue / venues = "venue", "điểm cầu";
    /// Số đại biểu mà một đơn vị được mời.
    Quota / quotas = "quota", "phân bổ đại biểu";
    /// Đại biểu, khách mời, có tên hoặc theo nhóm.
    Participation / participations = "participation", "đại biểu";
    /// Mục chương trình.
    AgendaItem / items = "agenda_item", "mục chương trình";
    /// Tham luận.
    ConferencePaper / papers = "conference_paper", "tham luận";
    /// Việc của Ban Tổ chức.
    Job / jobs = "job", "việc của Ban Tổ chức";
    /// Tài liệu phát cho đại biểu.
    HandOut / hand_outs = "hand_out", "tài liệu";
    /// Nội dung xin ý kiến trước hội nghị.
    Consultation / consultations = "consultation", "nội dung xin ý kiến";
    /// Căn cứ.
    LegalBasis / bases = "legal_basis", "căn cứ";
    /// Chỉ tiêu.
    Target / targets = "target", "chỉ tiêu";
    /// Giải pháp.
    Measure / measures = "measure", "giải pháp";
    /// Khen thưởng được trao.
    Award / awards = "award", "khen thưởng";
    /// Ý kiến thảo luận.
    Opinion / opinions = "discussion_opinion", "ý kiến";
    /// Phát biểu.
    Speech / speeches = "speech", "phát biểu";
    /// Nội dung chỉ đạo.
    Directive / directives = "directive", "nội dung chỉ đạo";
    /// Cam kết.
    Commitment / commitments = "commitment", "cam kết";
    /// Kết luận giao việc.
    Conclusion / conclusions = "follow_up_task", "nhiệm vụ giao";
    /// Kết quả nhất trí, thống nhất.
    Resolution / resolutions = "resolution", "quyết nghị";
    /// Ảnh.
    Media / media = "media", "ảnh";
}
