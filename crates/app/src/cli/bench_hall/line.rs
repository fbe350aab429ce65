//! One connection of one phone: HTTP/1.1 by hand, so that thousands of them cost the load generator little.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
};

use tokio::net::TcpStream;

/// An answer longer than this is none of ours.
const ANSWER_BYTES_MAX: usize = 8 << 20;

/// A connection to the server.
#[derive(Debug)]
pub(super) struct Line(TcpStream);

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub body: String,
}

impl Line {
    pub(super) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(stream))
    }

    /// Asks for a page.
    pub(super) async fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")).await?;
        self.answer().await
    }

    /// Sends a form.
    pub(super) async fn post(&mut self, path: &str, accept: &str, form: &str) -> io::Result<Answer> {
        let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: {accept}\r\n");
        let length = form.len();
        let kind = "content-type: application/x-www-form-urlencoded\r\n";
        self.send(&format!("{head}{kind}content-length: {length}\r\n\r\n{form}")).await?;
        self.answer().await
    }

    pub(super) async fn send(&self, text: &str) -> io::Result<()> {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            self.0.writable().await?;
            match self.0.try_write(rest) {
                Ok(count) => rest = &rest[count..],
                Err(fault) if fault.kind() == ErrorKind::WouldBlock => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    /// Reads what has come, at least one byte.
    pub(super) async fn read(&self, into: &mut Vec<u8>) -> io::Result<()> {
        let mut buffer = [0_u8; 4_096];
        loop {
            self.0.readable().await?;
            match self.0.try_read(&mut buffer) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => {
                    into.extend_from_slice(&buffer[..count]);
                    return Ok(());
                }
                Err(fault) if fault.kind() == ErrorKind::WouldBlock => {}
                Err(fault) => return Err(fault),
            }
        }
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let mut read = Vec::new();
        let head_end = loop {
            if let Some(place) = find(&read, b"\r\n\r\n") {
                break place + 4;
            }
            self.read(&mut read).await?;
        };
        let head = String::from_utf8_lossy(&read[..head_end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(ErrorKind::InvalidData)?;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let length: usize = length.unwrap_or(0).min(ANSWER_BYTES_MAX);
        while read.len() < head_end + length {
            self.read(&mut read).await?;
        }
        Ok(Answer { status, body: String::from_utf8_lossy(&read[head_end..head_end + length]).into_owned() })
    }
}

/// Where these bytes stand first.
pub(super) fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    within.windows(wanted.len()).position(|window| window == wanted)
}
