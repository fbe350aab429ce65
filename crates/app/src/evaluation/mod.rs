//! How good: units scored and ranked by the criteria sets in force, each point with its working, and the gaps between
//! schools over the years.
//!
//! Numbers come from the warehouse and from what was sent in time ([`queries`], [`gaps`]); what a person must judge comes
//! from the road ([`road`]) once its points are final, and has no value before. A unit sees its own sheet and place, an
//! office those of every unit under it.

pub mod drafting;
mod facts;
pub mod gaps;
pub mod pages;
pub mod queries;
pub mod received;
pub mod road;
mod sending;
pub mod sets;
mod store;
