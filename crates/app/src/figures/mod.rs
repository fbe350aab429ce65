//! What is counted, over the units of an office: approved figures of a year in columns, rolled up over the tree of a
//! date, with every indicator and what it is made of.
//!
//! Reading only ([`queries`]); figures come in through the room `submissions`.

pub mod synthetic;
