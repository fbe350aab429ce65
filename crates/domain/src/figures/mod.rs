//! What is counted: elements, forms, checks, the formula language, indicators and the roll-up.
//!
//! `basis` tells what an indicator rests on, `catalogue` holds the types, `pack` reads them from data packs, `formula` is the language, `checks` holds the rules
//! of arithmetic against one unit's values, `rollup` adds up a tree.

pub mod basis;
pub mod catalogue;
pub mod checks;
pub mod formula;
pub mod pack;
pub mod rollup;
