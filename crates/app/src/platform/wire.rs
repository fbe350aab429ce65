//! A client of an office's own server over the network: for the demo, which travels the road of other programs, and
//! for measuring what a visitor waits for.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, header},
};
use hyper_util::{
    client::legacy::{Client as Pool, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::{net::TcpListener, task::JoinHandle};

use super::{Error, Result};

/// The longest answer that is read.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// A server of our own on a free port of the loopback address; it stops when this is dropped.
#[derive(Debug)]
pub struct OwnServer {
    address: SocketAddr,
    serving: JoinHandle<std::io::Result<()>>,
}

impl OwnServer {
    /// Begins to serve these routes.
    ///
    /// # Errors
    /// Where no port is free.
    pub async fn start(router: Router) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await });
        Ok(Self { address, serving })
    }

    /// A caller of this server.
    pub fn caller(&self) -> Caller {
        Caller::of(&format!("http://{}", self.address))
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Calls a server, keeping its connections open.
#[derive(Clone, Debug)]
pub struct Caller {
    pool: Pool<HttpConnector, Body>,
    origin: String,
    credentials: Option<(header::HeaderName, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// From the first byte sent to the last one read.
    pub took: Duration,
}

impl Caller {
    /// A caller of the server at this origin (`http://127.0.0.1:8080`).
    pub fn of(origin: &str) -> Self {
        let pool = Pool::builder(TokioExecutor::new()).build_http();
        Self { pool, origin: origin.to_owned(), credentials: None }
    }

    /// The same caller, signed in with a personal token.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        Self { credentials: Some((header::AUTHORIZATION, format!("Bearer {token}"))), ..self }
    }

    /// The same caller, with these cookies.
    #[must_use]
    pub fn with_cookies(self, cookies: &str) -> Self {
        Self { credentials: Some((header::COOKIE, cookies.to_owned())), ..self }
    }

    /// Reads a page.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        self.send(Method::GET, path, "", Body::empty()).await
    }

    /// Sends a body of this kind.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn post(&self, path: &str, kind: &str, body: impl Into<Body>) -> Result<Answer> {
        self.send(Method::POST, path, kind, body.into()).await
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: Body) -> Result<Answer> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        if let Some((name, value)) = &self.credentials {
            request = request.header(name, value);
        }
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(body).map_err(Error::inside)?;
        let began = Instant::now();
        let response = self.pool.request(request).await.map_err(Error::inside)?;
        let (head, body) = response.into_parts();
        let body = to_bytes(Body::new(body), ANSWER_BYTES_MAX).await.map_err(Error::inside)?;
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body, took: began.elapsed() })
    }
}
