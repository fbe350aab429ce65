//! The entries of a conference's registers. What is not known stays empty; no field is filled by a guess.

mod after;
mod basis;
mod ceremony;
mod check;
mod floor;
mod hall;
mod people;
mod programme;

pub use after::{Conclusion, Measure, Media, Outcome, Resolution, Target};
pub use basis::{IssuerKind, LegalBasis};
pub use ceremony::{Award, Recipient};
pub use floor::{Commitment, Directive, Opinion, Speech, SpeechKind};
pub use hall::{Consultation, HandOut, Job, Quota, Readers, Venue};
pub use people::{Participation, ParticipationRole, PostTitle, Side};
pub use programme::{AgendaItem, Clearance, ConferencePaper, ItemKind, PaperUse};

pub(super) use check::{faults, users};
