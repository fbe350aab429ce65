//! Before the hall: programme, invitations, letters, delegates named by units, answers, seats, documents, committee.

pub mod committee;
pub mod honours;
pub mod invitation;
pub mod invite;
pub mod letters;
pub mod naming;
pub mod opinions;
pub mod packet;
pub mod programme;
pub mod seats;

use domain::conference::{Conference, Id};

use crate::platform::web::{Serde, Value};

/// Levels as a list to choose from: code, Vietnamese, English.
fn levels() -> Value {
    let all: Vec<(&str, &str, &str)> =
        domain::Level::ALL.iter().map(|level| (level.as_str(), level.label().0, level.label().1)).collect();
    Value::from(Serde(&all))
}

/// People of the list by number and name, in protocol order: to choose who does something.
fn people(state: &Conference) -> Vec<(Id, String)> {
    let named = state.protocol_list().into_iter().filter(|(_, line)| !line.is_group());
    named.map(|(id, line)| (id, format!("{} — {}", line.name, line.unit_name))).collect()
}
