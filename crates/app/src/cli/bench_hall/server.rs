//! The server that is measured: this program again, in a process of its own, so that it can be killed and weighed.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use crate::platform::{Error, Result};

/// How long a server may take until it listens.
const START_SECONDS_MAX: u64 = 120;

/// A running server; dropped, it is killed.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts it on an office's folder, at a free port.
    pub(super) async fn start(folder: &Path) -> Result<Self> {
        // The kernel's signal for too large a file is ignored, as a full disk sends none.
        let mut command = Command::new("sh");
        command.arg("-c").arg("trap '' XFSZ; exec \"$0\" \"$@\"").arg(std::env::current_exe()?);
        command.arg("--data").arg(folder).args(["serve", "--no-work", "--port", "0"]);
        command.env_remove("TONGKET_DATABASE").env("RUST_LOG", "off");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let said = child.stderr.take().ok_or_else(|| Error::inside("the server has no voice"))?;
        let (send, heard) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(std::io::Result::ok) {
                let _ = send.send(line);
            }
        });
        let address = tokio::task::spawn_blocking(move || address_in(&heard)).await.map_err(Error::inside)?;
        let mut server = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        server.address = address?;
        Ok(server)
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The most memory that it ever held, in MiB.
    pub(super) fn peak_rss_mb(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kib| kib / 1_024)
    }

    /// Kills it at once, as `kill -9` does.
    pub(super) fn kill(mut self) -> std::io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(|_| ())
    }

    /// From now on none of its files may be written beyond so many bytes, as on a full disk.
    pub(super) fn fill_the_disk(&self, bytes: u64) -> Result<()> {
        self.limit(&bytes.to_string())
    }

    /// Lets its files be written again.
    pub(super) fn free_the_disk(&self) -> Result<()> {
        self.limit("unlimited")
    }

    fn limit(&self, soft: &str) -> Result<()> {
        let pid = self.child.id().to_string();
        let done = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={soft}:unlimited")]).status()?;
        if done.success() { Ok(()) } else { Err(Error::inside("prlimit failed")) }
    }

    /// Stops it.
    pub(super) fn stop(self) {}
}

fn address_in(heard: &mpsc::Receiver<String>) -> Result<SocketAddr> {
    let mut said = String::new();
    while let Ok(line) = heard.recv_timeout(Duration::from_secs(START_SECONDS_MAX)) {
        let address = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        if let Some(address) = address {
            return Ok(address);
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(Error::inside(format!("the server did not start: {said}")))
}
