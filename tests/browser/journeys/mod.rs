//! The journeys.

mod after;
mod before;
mod camera;
mod counter;
mod door;
mod every_page;
mod figures;
mod hall;
mod year;
