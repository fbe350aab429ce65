//! `TestApp::start()`: an office of its own for one test, and clients that sign in to it.

mod client;
mod figures;
mod office;

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use axum::Router;
use tongket::{
    identity::{
        Role,
        operations::{self, NewAccount},
    },
    office::Office,
    platform::{Clock, Context, PasswordCost, Settings, web},
};

pub use client::{Answer, Client, between, without_originals};
pub use office::{OTHER_SCHOOL, SCHOOL, WARD, YEAR};

/// Every account of the kit signs in with this.
pub const PASSWORD: &str = "một câu dễ nhớ";

/// The moment at which every test happens: 09:00 on Sunday 21 June 2026 in Vietnam, nine days before the figures are due.
pub const NOW: &str = "2026-06-21T02:00:00Z";

/// How long a test waits for what should come at once: as long as a very busy machine may need.
pub const PATIENCE: Duration = Duration::from_secs(60);

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A running office.
pub struct TestApp {
    /// The office itself, for verbs and questions that have no page.
    pub office: Office,
    router: Router,
    folder: PathBuf,
    /// Its database, where that is not a file in the folder.
    url: Option<String>,
}

impl TestApp {
    /// An office with a ward, two schools, the year 2025-2026 and one account for each role, named after it.
    pub async fn start() -> Self {
        let app = Self::empty().await;
        office::furnish(&app.office, &app.context()).await;
        for role in Role::ALL {
            app.add_account(role.as_str(), role, home(role)).await;
        }
        app
    }

    /// An office with nothing in it.
    pub async fn empty() -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("tongket_it_{}_{number}", std::process::id());
        let folder = std::env::temp_dir().join(&name);
        let _ = std::fs::remove_dir_all(&folder);
        let url = match std::env::var("TONGKET_TEST_POSTGRES") {
            Ok(server) => Some(office::database_on(&server, &name).await),
            Err(_) => None,
        };
        let settings = Settings {
            clock: Clock::Stopped(NOW.parse().unwrap()),
            password_cost: PasswordCost { memory_kib: 16, pass_count: 1 },
            is_https: false,
            public_url: None,
            trusted_proxies: vec![std::net::Ipv4Addr::LOCALHOST.into()],
        };
        let office = Office::open_with(&folder, url.as_deref(), settings).await.unwrap();
        Self { router: web::router(office.clone()), office, folder, url }
    }

    /// The same office as another process opens it: the same database, a memory of its own.
    pub async fn another_process(&self) -> Office {
        Office::open_with(&self.folder, self.url.as_deref(), self.office.settings().clone()).await.unwrap()
    }

    /// The program itself on the command line of the office's machine, with its answer as JSON.
    pub fn program(&self) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tongket"));
        command.arg("--json").arg("--data").arg(&self.folder);
        if let Some(url) = &self.url {
            command.arg("--database").arg(url);
        }
        command
    }

    /// The circumstances of a verb called by the test itself.
    pub fn context(&self) -> Context {
        Context { now: NOW.parse().unwrap(), ..Context::command_line() }
    }

    /// Makes an account.
    pub async fn add_account(&self, user_name: &str, role: Role, unit_code: &str) {
        let account = NewAccount {
            user_name: user_name.to_owned(),
            name: format!("Nguyễn Thị {user_name}"),
            email: String::new(),
            password: PASSWORD.to_owned(),
            roles: vec![(role, unit_code.to_owned())],
        };
        operations::create_account(&self.office, &self.context(), &account).await.unwrap();
    }

    /// Makes a unit in an empty office, and the account of a role there.
    pub async fn add_unit_and_account(&self, unit_code: &str, role: Role) {
        office::add_unit(&self.office, unit_code).await;
        self.add_account(role.as_str(), role, unit_code).await;
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// The kit's account with this role.
    pub async fn sign_in_as(&self, role: Role) -> Client {
        self.sign_in(role.as_str()).await
    }

    /// An account of the kit, signed in through the door.
    pub async fn sign_in(&self, user_name: &str) -> Client {
        let mut client = self.anonymous();
        let answer = client.sign_in(user_name, PASSWORD).await;
        assert_eq!(answer.status, 303, "{user_name} cannot sign in: {}", answer.body);
        client
    }

    /// How many audit lines there are of this verb.
    pub async fn audit_count(&self, verb: &str) -> i64 {
        let sql = "select count(*) from audit_line where verb = $1";
        sqlx::query_scalar(sql).bind(verb.to_owned()).fetch_one(self.office.db().pool()).await.unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Where the kit's account of this role works.
fn home(role: Role) -> &'static str {
    match role {
        Role::Principal | Role::Clerk => SCHOOL,
        _ => WARD,
    }
}
