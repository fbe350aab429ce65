//! A throw-away PostgreSQL cluster for one test run, owned by a user that is not root.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::machine::is_root;

/// A running cluster; dropping it stops the server and removes its files.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

/// Where the newest installed server keeps its programs.
pub(crate) fn programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|programs| programs.join("initdb").is_file())
        .collect();
    versions.sort_by_key(|path| {
        path.parent().and_then(Path::file_name).and_then(|v| v.to_str()).and_then(|v| v.parse::<u32>().ok())
    });
    versions.pop()
}

impl Cluster {
    /// Makes and starts a cluster on a free port of the loopback address.
    pub(crate) fn start() -> Result<Self, String> {
        let programs = programs().ok_or("no PostgreSQL server is installed")?;
        let folder = std::env::temp_dir().join(format!("tongket-postgres-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut cluster = Self { programs, folder, port: 0 };
        if is_root() {
            cluster.call("chown", Command::new("chown").arg("postgres").arg(&cluster.folder))?;
        }
        let data = cluster.folder.join("data");
        let mut initdb = cluster.command("initdb");
        initdb.arg("-D").arg(&data).args(["-U", "tongket", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]);
        cluster.call("initdb", &mut initdb)?;
        cluster.port = free_port().map_err(|error| format!("no free port: {error}"))?;
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{}' -c fsync=off \
             -c autovacuum=off -c max_connections=300",
            cluster.port,
            cluster.folder.display()
        );
        let mut start = cluster.command("pg_ctl");
        start.arg("-D").arg(&data).arg("-l").arg(cluster.folder.join("log")).arg("-o").arg(options);
        cluster.call("pg_ctl start", start.args(["-w", "-t", "600", "start"]))?;
        Ok(cluster)
    }

    /// The address that tests are given.
    pub(crate) fn url(&self) -> String {
        format!("postgres://tongket@127.0.0.1:{}/postgres", self.port)
    }

    fn command(&self, program: &str) -> Command {
        let path = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(&self.folder);
        command
    }

    fn call(&self, title: &str, command: &mut Command) -> Result<(), String> {
        let status = command.stdout(Stdio::null()).status().map_err(|error| format!("{title}: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("{title} failed ({status})")) }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.command("pg_ctl");
        stop.arg("-D").arg(self.folder.join("data")).args(["-m", "immediate", "stop"]);
        let _ = self.call("pg_ctl stop", &mut stop);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
