//! Who may do what: accounts, roles held at a unit, sessions.
//!
//! Verbs (`operations`): `sign_in`, `sign_out`, `change_password`, `create_account`, `grant_role`, `end_role`,
//! `disable_account`, `enable_account`, `set_password`. Only who holds [`Right::ManageAccounts`] at the unit may call
//! the last five. An account's owner makes and revokes the tokens of his programs ([`operations::tokens`]). The command
//! line of the office's own machine may call all. What a role allows stands in [`rights`], and only there.

pub mod operations;
pub mod pages;
mod password;
pub mod queries;
mod recognise;
pub mod rights;
mod store;
mod visitor;

pub use recognise::recognise;
pub use rights::{Right, Role};
pub use visitor::{Account, HeldRole, Visitor};

/// The cookie that carries a session's token.
pub const SESSION_COOKIE: &str = "tongket_session";
/// The cookie that remembers the language of a visitor who is not signed in.
pub const LANGUAGE_COOKIE: &str = "tongket_language";
/// The cookie that ties the sign-in form to the browser that was shown it.
pub const GUEST_COOKIE: &str = "tongket_guest";

#[cfg(test)]
mod tests;
