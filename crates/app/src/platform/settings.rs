//! What an installation may choose and a test must: the clock, the cost of a password, how cookies travel.

use std::net::IpAddr;

use jiff::Timestamp;

use super::clock;

/// Where the time of a request comes from.
#[derive(Clone, Copy, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Machine,
    /// One moment that never passes: tests and screenshots that must come out the same tomorrow.
    Stopped(Timestamp),
}

impl Clock {
    /// Now.
    pub fn now(self) -> Timestamp {
        match self {
            Self::Machine => clock::now(),
            Self::Stopped(moment) => moment,
        }
    }
}

/// The work that one argon2id password hash takes.
#[derive(Clone, Copy, Debug)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub pass_count: u32,
}

impl Default for PasswordCost {
    /// RFC 9106's second recommendation scaled to an office PC: 19 MiB, two passes.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, pass_count: 2 }
    }
}

/// Choices of one installation.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where the time comes from.
    pub clock: Clock,
    /// How dear a guess at a password is.
    pub password_cost: PasswordCost,
    /// The address at which people reach the office, without a slash at its end; where none is set, that of the request.
    pub public_url: Option<String>,
    /// Whether the office is reached through HTTPS: cookies are then `Secure` and HSTS is sent.
    pub is_https: bool,
    /// Reverse proxies whose word on where a request came from is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Settings {
    /// The choices that the environment names: `TONGKET_URL` (`https://tongket.phuong.example`).
    pub fn from_environment() -> Self {
        Self::reached_at(std::env::var("TONGKET_URL").ok().as_deref())
    }

    /// An office that people reach at this address of the web; anything else is passed over.
    pub fn reached_at(address: Option<&str>) -> Self {
        let url = address.map(|address| address.trim().trim_end_matches('/').to_owned());
        let public_url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        let is_https = public_url.as_ref().is_some_and(|url| url.starts_with("https://"));
        Self { public_url, is_https, ..Self::default() }
    }

    /// The address at which people reach the office, where this host was asked.
    pub fn origin(&self, host: &str) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        self.public_url.clone().unwrap_or_else(|| format!("{scheme}://{host}"))
    }
}
