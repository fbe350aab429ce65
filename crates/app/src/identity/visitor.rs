//! Who sits in front of the page, what they may do and where.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{Extensions, request::Parts},
};
use domain::organisation::{Line, Registry};
use jiff::{Timestamp, civil::Date};
use minijinja::Value;

use super::{Right, Role};
use crate::{
    office::Office,
    organisation::queries::nearest_day,
    platform::{Actor, Context, Error, Language, Result, clock, secrets, web::Frame},
};

/// A role as it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// Which.
    pub role: Role,
    /// The code of the unit at which it is held.
    pub unit_code: String,
    /// That unit's name today.
    pub unit_name: String,
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Account {
    /// The name typed at the door.
    pub user_name: String,
    /// The person's name.
    pub name: String,
    /// The roles valid today, by role and unit.
    pub roles: Vec<HeldRole>,
    /// Which unit stands beneath which.
    pub(super) registry: Arc<Registry>,
}

impl Account {
    /// The units above this one today, on either line of authority; above one that is gone or still to begin, those of
    /// the nearest day of its life.
    pub(crate) fn superiors<'a>(&'a self, unit_code: &str, today: Date) -> impl Iterator<Item = &'a str> {
        let day = self.registry.unit(unit_code).map_or(today, |unit| nearest_day(unit.validity, today));
        let above = |line| self.registry.ancestors_on(unit_code, line, day);
        let (management, professional) = (above(Line::Management), above(Line::Professional));
        management.into_iter().chain(professional).map(|unit| unit.code.as_str())
    }
}

#[derive(Clone, Debug)]
pub(super) struct Inner {
    pub(super) account: Option<Account>,
    pub(super) language: Language,
    pub(super) csrf: String,
    /// Signed in with a personal token, not with a session: no other site can send in its name.
    pub(super) is_program: bool,
    pub(super) now: Timestamp,
    pub(super) request: String,
    pub(super) path: String,
    pub(super) frame: Frame,
}

/// The visitor of one request, signed in or not; cheap to clone.
#[derive(Clone, Debug)]
pub struct Visitor(pub(super) Arc<Inner>);

impl Visitor {
    /// Somebody about whom nothing could be found out, because the database does not answer.
    pub(crate) fn stranger(office: &Office, path: &str) -> Self {
        Self(Arc::new(Inner {
            account: None,
            language: Language::default(),
            csrf: String::new(),
            is_program: false,
            now: office.settings().clock.now(),
            request: secrets::request_code(),
            path: path.to_owned(),
            frame: Frame::default(),
        }))
    }

    /// The visitor whom the door has put beside the request.
    pub(crate) fn of(extensions: &Extensions) -> Result<Self> {
        extensions.get::<Self>().cloned().ok_or_else(|| Error::inside("a route outside the door asked for the visitor"))
    }

    /// The account, or the way to the sign-in page.
    pub fn signed_in(&self) -> Result<&Account> {
        self.0.account.as_ref().ok_or(Error::SignInNeeded)
    }

    /// The account, if there is one.
    pub fn account(&self) -> Option<&Account> {
        self.0.account.as_ref()
    }

    /// The language in which the pages are drawn.
    pub fn language(&self) -> Language {
        self.0.language
    }

    /// The circumstances for a verb.
    pub fn context(&self) -> Context {
        let actor = match &self.0.account {
            Some(account) => Actor::Person(account.user_name.clone()),
            None => Actor::Person("visitor".to_owned()),
        };
        Context { now: self.0.now, actor, request: self.0.request.clone() }
    }

    /// The circumstances of signing in under this name.
    pub(super) fn context_of(&self, user_name: &str) -> Context {
        Context { actor: Actor::Person(user_name.to_owned()), ..self.context() }
    }

    /// The same visitor with the token that the browser is about to be given.
    pub(super) fn with_csrf(&self, token: &str) -> Self {
        let inner = &*self.0;
        Self(Arc::new(Inner { csrf: token.to_owned(), ..inner.clone() }))
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Date {
        clock::date_in_vietnam(self.0.now)
    }

    /// The request's identifier, the same in log, audit line and error page.
    pub fn request(&self) -> &str {
        &self.0.request
    }

    /// Whether the visitor has this right at this unit, through a role there or above it.
    pub fn may(&self, right: Right, unit_code: &str) -> bool {
        self.0.account.as_ref().is_some_and(|account| {
            let held_at =
                |code: &str| account.roles.iter().any(|held| held.role.allows(right) && held.unit_code == code);
            held_at(unit_code) || account.superiors(unit_code, self.today()).any(held_at)
        })
    }

    /// The right at this unit, or the reason why the verb must not run. Stands next to the row that it guards.
    pub fn require(&self, right: Right, unit_code: &str) -> Result<()> {
        self.signed_in()?;
        if self.may(right, unit_code) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The right at some unit.
    pub fn require_somewhere(&self, right: Right) -> Result<()> {
        let account = self.signed_in()?;
        if account.roles.iter().any(|held| held.role.allows(right)) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The units at which the visitor holds this right directly, in the order of the roles, each once.
    pub fn units_with(&self, right: Right) -> Vec<&str> {
        let mut units: Vec<&str> = Vec::new();
        for held in self.0.account.iter().flat_map(|account| &account.roles).filter(|held| held.role.allows(right)) {
            if !units.contains(&held.unit_code.as_str()) {
                units.push(&held.unit_code);
            }
        }
        units
    }

    /// Whether the visitor reads who did what, of the people whose accounts are within reach: whoever administers a school
    /// alone does not.
    pub fn reads_audit(&self) -> bool {
        self.0.account.as_ref().is_some_and(|account| {
            let is_office = |code: &&str| account.registry.unit(code).is_some_and(|unit| !unit.kind.is_school());
            self.units_with(Right::ManageAccounts).iter().any(is_office)
        })
    }

    /// What the frame around every page shows.
    pub fn frame(&self) -> &Frame {
        &self.0.frame
    }

    /// The token that the visitor's forms must carry.
    pub fn csrf(&self) -> &str {
        &self.0.csrf
    }

    /// Whether a person sits there: what opens further doors is not done with a token alone.
    pub fn require_person(&self) -> Result<&Account> {
        let account = self.signed_in()?;
        if self.0.is_program { Err(Error::Forbidden) } else { Ok(account) }
    }

    pub(crate) fn check_csrf(&self, token: Option<&str>) -> Result<()> {
        if self.0.is_program {
            return Ok(());
        }
        let is_right =
            !self.0.csrf.is_empty() && token.is_some_and(|token| secrets::hash(token) == secrets::hash(&self.0.csrf));
        if is_right {
            return Ok(());
        }
        Err(Error::refused(
            "csrf",
            "Trang này đã mở quá lâu hoặc phiên làm việc đã đổi. Xin tải lại trang rồi gửi lại.",
        ))
    }

    /// The visitor as templates see it.
    pub(crate) fn values(&self) -> Value {
        let account = self.0.account.as_ref();
        let roles: Vec<Value> = account
            .iter()
            .flat_map(|account| &account.roles)
            .map(|held| minijinja::context! { role => held.role.as_str(), unit => held.unit_code.as_str(), unit_name => held.unit_name.as_str() })
            .collect();
        let may = |right: &Right| (right.as_str(), self.require_somewhere(*right).is_ok());
        let can = Value::from_pairs(Right::ALL.iter().map(may));
        minijinja::context! {
            is_signed_in => account.is_some(),
            name => account.map(|account| account.name.as_str()),
            user_name => account.map(|account| account.user_name.as_str()),
            roles => roles,
            can => can,
            reads_audit => self.reads_audit(),
            csrf => self.0.csrf.as_str(),
            path => self.0.path.as_str(),
        }
    }
}

impl FromRequestParts<Office> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Office) -> Result<Self> {
        Self::of(&parts.extensions)
    }
}
