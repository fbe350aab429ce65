//! How good: units scored and ranked by the criteria sets in force, each point with its working, and the gaps between
//! schools over the years.
//!
//! Reading only ([`queries`], [`gaps`]): numbers come from the warehouse and from what was sent in time; what a person must judge has
//! no value until somebody records it. A unit sees its own sheet and place, an office those of every unit under it.

mod facts;
pub mod gaps;
pub mod pages;
pub mod queries;
mod sending;
