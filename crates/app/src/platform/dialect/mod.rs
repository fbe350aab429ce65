//! The few true differences between SQLite and PostgreSQL. Everything else is one SQL text in the common dialect.

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file in the office's folder.
    Sqlite,
    /// A server, for a province or the ministry.
    Postgres,
}

impl Engine {
    /// The engine that a database address names.
    pub fn of_url(url: &str) -> Option<Self> {
        match url.split_once(':')?.0 {
            "sqlite" => Some(Self::Sqlite),
            "postgres" | "postgresql" => Some(Self::Postgres),
            _ => None,
        }
    }

    /// How a writing transaction begins. SQLite takes its write lock at once, or two writers that both read first
    /// would meet in a deadlock that no waiting resolves.
    pub fn begin_writing(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin",
        }
    }

    /// What every new connection is told.
    pub fn connection_setup(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "pragma journal_mode = wal",
                // Every commit reaches the disk before it is acknowledged: a power cut loses nothing that was said to be kept.
                "pragma synchronous = full",
                "pragma foreign_keys = on",
                "pragma busy_timeout = 60000",
                "pragma cache_size = -65536",
            ],
            Self::Postgres => &["set time zone 'UTC'"],
        }
    }

    /// How a word is told to other processes on a channel; `None` where they cannot hear it.
    pub fn announcement(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("select pg_notify($1, $2)"),
        }
    }

    /// How many bound values one statement may carry.
    pub fn bind_count_max(self) -> usize {
        match self {
            Self::Sqlite => 32_000,
            Self::Postgres => 60_000,
        }
    }
}
