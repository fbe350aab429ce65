//! The verbs of the road: each loads the road, lets the domain decide, and keeps records, step and audit line in one
//! transaction.

mod deciding;
mod opening;
mod scoring;

pub use deciding::{correct, council_decide, publish};
pub use opening::{Opening, assign, assign_ring, extend, open_set, read_assignments, usual_deadlines};
pub use scoring::{explain, finalise, finish_review, leave_out, review, second_review, self_score, submit_self_score};
