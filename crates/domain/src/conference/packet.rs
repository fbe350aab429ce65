//! The packet of documents: which paper who may read.

use super::{Conference, HandOut, Id, Participation, ParticipationRole, Readers};

impl HandOut {
    /// Whether this line of the list may read the paper.
    pub fn may_be_read_by(&self, line: &Participation) -> bool {
        let is_of_level = self.level.is_none_or(|level| line.level == Some(level));
        let of_readers = match self.readers {
            Readers::Everyone => true,
            Readers::Voters => line.may_vote,
            Readers::Presidium => leads(line.role),
        };
        // Whoever leads the hall reads everything that is on its table.
        leads(line.role) || (is_of_level && of_readers)
    }
}

fn leads(role: ParticipationRole) -> bool {
    use ParticipationRole::{Chair, DirectingGuest, Presidium, Secretary};
    matches!(role, Chair | Presidium | Secretary | DirectingGuest)
}

impl Conference {
    /// The papers that this line of the list may read.
    pub fn packet_of(&self, line: Id) -> Vec<(Id, &HandOut)> {
        let Some(reader) = self.records.participations.get(line) else { return Vec::new() };
        self.records.hand_outs.iter().filter(|(_, paper)| paper.may_be_read_by(reader)).collect()
    }
}
