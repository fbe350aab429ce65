//! `tongket serve`: the web server.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use clap::Args;
use tokio::net::TcpListener;

use super::{Globals, Output};
use crate::{
    office::Office,
    platform::{Actor, Context, Error, Result, clock, mail::Post, web},
};

/// How often waiting letters are looked for.
const LETTERS_EVERY: Duration = Duration::from_secs(60);

/// Where to listen.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Cổng nghe
    #[arg(long, default_value_t = 8080, env = "TONGKET_PORT")]
    pub(super) port: u16,
    /// Địa chỉ nghe; chỉ mở ra mạng khi đã có HTTPS ở phía trước
    #[arg(long, default_value = "127.0.0.1")]
    pub(super) address: IpAddr,
}

impl Arguments {
    /// On this port of the loopback address.
    pub(super) fn on_port(port: u16) -> Self {
        Self { port, address: IpAddr::from([127, 0, 0, 1]) }
    }
}

pub(super) async fn run(globals: &Globals, arguments: &Arguments) -> Result<Output> {
    serve(globals.open().await?, arguments).await
}

/// Serves an opened office until told to stop; port 0 takes any free one.
pub(super) async fn serve(office: Office, arguments: &Arguments) -> Result<Output> {
    let address = SocketAddr::new(arguments.address, arguments.port);
    let listener = TcpListener::bind(address).await.map_err(|error| {
        Error::refused("port", format!("Không mở được cổng {address} ({error}). Xin chọn cổng khác bằng --port."))
    })?;
    let url = format!("http://{}", listener.local_addr()?);
    eprintln!("tongket đang phục vụ tại {url} — Ctrl+C để dừng");
    let letters = Post::from_environment()?.map(|post| tokio::spawn(send_letters(office.clone(), post)));
    tokio::spawn(warm(office.clone()));
    web::serve(office, listener).await?;
    if let Some(letters) = letters {
        letters.abort();
    }
    Ok(Output::silent())
}

/// Reads what every page leans on before the first visitor asks for it.
async fn warm(office: Office) {
    let warmed = async {
        office.unit_search().await?;
        if let Some(latest) = crate::school_year::calendar::years(&office).await?.into_iter().max() {
            office.warehouse().view(&office, latest, None).await?.all_indicators()?;
        }
        Ok::<_, Error>(())
    };
    if let Err(fault) = warmed.await {
        tracing::warn!(%fault, "the figures could not be read ahead");
    }
}

/// Sends what waits in the mail queue for as long as the server runs; a fault is logged and tried again.
async fn send_letters(office: Office, post: Post) {
    loop {
        let now = clock::now();
        let context = Context { now, actor: Actor::Job("mail"), request: format!("mail-{}", now.as_second()) };
        match post.deliver(office.db(), &context).await {
            Ok(delivery) if delivery.failed > 0 => tracing::warn!(?delivery, "some letters wait for another try"),
            Ok(_) => {}
            Err(fault) => tracing::error!(%fault, "the mail queue cannot be read"),
        }
        tokio::time::sleep(LETTERS_EVERY).await;
    }
}
