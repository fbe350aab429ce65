//! The road of a paper: review, comments, approval, number and signature, and what comes after.
//!
//! Verbs: `present`, `settle` (by who may write the paper); `comment`, `give_back`, `approve`, `sign`, `withdraw` (by who may
//! sign for the unit). What comes back has verbs of its own: [`word`] (a draft edited in Word is compared and taken over),
//! [`signed_files`] (the PDF from the signing tool is checked and kept). Signing takes the number, freezes the content, its figures with the revisions behind them and the
//! rules by which it was made, and enters the paper in the register: all in one transaction. What may follow what is
//! decided by `domain::reports::signing`.

mod bearing;
mod freeze;
pub mod operations;
mod outline;
pub mod pages;
pub mod queries;
mod roots;
pub mod signed_files;
mod stale;
mod store;
pub mod word;

pub use operations::SigningTerms;
