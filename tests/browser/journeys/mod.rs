//! The journeys.

mod door;
mod every_page;
mod year;
