//! The journeys.

mod after;
mod before;
mod counter;
mod door;
mod every_page;
mod figures;
mod hall;
mod year;
