//! When: school years with their reporting periods and deadlines, and the cycle that a year passes through.

pub mod cycle;
pub mod pages;
pub mod queries;
