//! Seats: blocks of rows filled in protocol order, a unit's people side by side. The plan is a suggestion: whoever is
//! moved by hand keeps that seat until the plan is drawn anew.
//!
//! Which block is for whom is the office's choice; filling the front rows first is a default.

use serde::{Deserialize, Serialize};

use super::{Conference, Id, Participation, Side};
use crate::Reason;

/// More rows or seats than one hall in the land.
const ROW_COUNT_MAX: u16 = 200;

/// A block of seats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeatBlock {
    /// Its letter (`A`).
    pub name: String,
    /// So many rows.
    pub row_count: u16,
    /// So many seats in a row.
    pub seats_per_row: u16,
    /// For which side; for everybody where absent.
    pub side: Option<Side>,
}

impl SeatBlock {
    /// So many seats.
    pub fn seat_count(&self) -> u32 {
        u32::from(self.row_count) * u32::from(self.seats_per_row)
    }

    /// The name of a seat, counted from 0: block, row and number (`A2-07`).
    fn seat(&self, place: u32) -> String {
        let per_row = u32::from(self.seats_per_row).max(1);
        format!("{}{}-{:02}", self.name, place / per_row + 1, place % per_row + 1)
    }
}

/// A line with its seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seated {
    /// The line of the list.
    pub line: Id,
    /// The block.
    pub block: String,
    /// The first seat, and how many where it is a group (`A2-07 (5 chỗ)`).
    pub seat: String,
}

/// A plan of seats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatPlan {
    /// Who sits where, in the order of the seats.
    pub seated: Vec<Seated>,
    /// For whom there is no seat, in protocol order.
    pub standing: Vec<Id>,
}

/// What is wrong with the blocks of a venue.
pub(super) fn faults(blocks: &[SeatBlock]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        let number = place + 1;
        if block.name.trim().is_empty() || blocks.iter().take(place).any(|other| other.name == block.name) {
            let message = format!("Khối ghế thứ {number} thiếu tên hoặc trùng tên.");
            reasons.push(Reason::new("seat_block_name", message).at("blocks"));
        }
        let is_sane = |count: u16| (1..=ROW_COUNT_MAX).contains(&count);
        if !is_sane(block.row_count) || !is_sane(block.seats_per_row) {
            let message = format!("Khối ghế thứ {number}: số hàng và số ghế mỗi hàng phải từ 1 đến {ROW_COUNT_MAX}.");
            reasons.push(Reason::new("seat_block_size", message).at("blocks"));
        }
    }
    reasons
}

impl Conference {
    /// Seats for everybody who is expected in a venue. Whoever does not come, or sends a substitute, needs none; lines of
    /// no venue sit in the main hall.
    pub fn seat_plan(&self, venue: Id) -> SeatPlan {
        let Some(hall) = self.records.venues.get(venue) else { return SeatPlan::default() };
        let mut free: Vec<(&SeatBlock, u32)> = hall.blocks.iter().map(|block| (block, 0)).collect();
        let mut plan = SeatPlan::default();
        let sits_here = |line: &Participation| line.venue.map_or(hall.is_main, |of| of == venue);
        for (id, line) in self.protocol_list().into_iter().filter(|(id, line)| sits_here(line) && self.needs_seat(*id))
        {
            let heads = if line.is_group() { line.head_count.unwrap_or(1).max(1) } else { 1 };
            let is_for = |block: &SeatBlock| block.side.is_none_or(|side| side == line.side);
            // A group does not stand in the way of the single people behind it: it takes the first block with room.
            let found = free
                .iter_mut()
                .find(|(block, taken)| is_for(block) && taken.saturating_add(heads) <= block.seat_count());
            match found {
                Some((block, taken)) => {
                    let first = block.seat(*taken);
                    let seat = if heads == 1 { first } else { format!("{first} ({heads} chỗ)") };
                    plan.seated.push(Seated { line: id, block: block.name.clone(), seat });
                    *taken += heads;
                }
                None => plan.standing.push(id),
            }
        }
        plan
    }

    fn needs_seat(&self, line: Id) -> bool {
        let stays_away = self.answers.get(&line).is_some_and(|answer| !answer.is_coming);
        !stays_away && self.substitute_of(line).is_none()
    }
}
