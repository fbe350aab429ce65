//! The demo: an invented office taken through whole school years by the roads that users travel.

mod noise;
mod profile;
mod rules;
mod values;
mod ward;

#[cfg(test)]
mod tests;
