//! `tongket serve`: the web server.

use std::net::{IpAddr, SocketAddr};

use clap::Args;
use tokio::net::TcpListener;

use super::{Globals, Output};
use crate::{
    office::Office,
    platform::{Context, Error, Result, Settings, jobs, mail::Post, web},
    reports::signing,
};

/// Jobs done at once beside the server: a long import does not keep letters waiting.
const LANES: usize = 2;

/// Where to listen.
#[derive(Debug, Args)]
#[command(after_help = "Gửi thư nhắc: đặt biến môi trường TONGKET_SMTP_URL (smtps://người-dùng:mật-khẩu@máy-chủ) và \
                        TONGKET_MAIL_FROM (địa chỉ người gửi). Không đặt thì thư chờ trong hàng đợi.")]
pub(super) struct Arguments {
    /// Cổng nghe
    #[arg(long, default_value_t = 8080, env = "TONGKET_PORT")]
    pub(super) port: u16,
    /// Địa chỉ nghe; chỉ mở ra mạng khi đã có HTTPS ở phía trước
    #[arg(long, default_value = "127.0.0.1")]
    pub(super) address: IpAddr,
    /// Không làm việc nền trong tiến trình này (khi đã chạy riêng: tongket work)
    #[arg(long)]
    pub(super) no_work: bool,
    /// Địa chỉ mà người ngoài mở được, cho mã QR trên văn bản và liên kết trong thư: https://gd.phuong.example
    #[arg(long, env = "TONGKET_URL", value_name = "URL")]
    pub(super) public_address: Option<String>,
    /// Địa chỉ của máy chủ HTTPS đứng trước; chỉ từ đó tiêu đề X-Forwarded-For mới được tin; ghi nhiều lần
    #[arg(long, env = "TONGKET_TRUSTED_PROXY", value_name = "ADDRESS", value_delimiter = ',')]
    pub(super) trusted_proxy: Vec<IpAddr>,
}

impl Arguments {
    /// On this port of the loopback address.
    pub(super) fn on_port(port: u16) -> Self {
        Self {
            port,
            address: IpAddr::from([127, 0, 0, 1]),
            no_work: false,
            public_address: None,
            trusted_proxy: Vec::new(),
        }
    }
}

pub(super) async fn run(globals: &Globals, arguments: &Arguments) -> Result<Output> {
    let mut settings = Settings::reached_at(arguments.public_address.as_deref());
    settings.trusted_proxies.clone_from(&arguments.trusted_proxy);
    let office = globals.open_with(settings).await?;
    if let Some(address) = &arguments.public_address {
        signing::operations::set_public_address(&office, &Context::command_line(), address).await?;
    }
    serve(office, arguments, globals.json).await
}

/// Serves an opened office until told to stop; port 0 takes any free one. `announces`: tells scripts where it listens.
pub(super) async fn serve(office: Office, arguments: &Arguments, announces: bool) -> Result<Output> {
    let address = SocketAddr::new(arguments.address, arguments.port);
    let listener = TcpListener::bind(address).await.map_err(|error| {
        Error::refused("port", format!("Không mở được cổng {address} ({error}). Xin chọn cổng khác bằng --port."))
    })?;
    let url = format!("http://{}", listener.local_addr()?);
    eprintln!("tongket đang phục vụ tại {url} — Ctrl+C để dừng");
    if announces {
        Output::new(serde_json::json!({ "url": url }), String::new()).print_now();
    }
    // Settings that cannot be read are told now, not when the first letter waits.
    Post::from_environment()?;
    let lanes = if arguments.no_work { 0 } else { LANES };
    let workers: Vec<_> = (0..lanes).map(|_| tokio::spawn(jobs::run(office.clone(), std::future::pending()))).collect();
    crate::conference::live::destroy_leftover_keys(&office).await?;
    tokio::spawn(warm(office.clone()));
    let served = web::serve(office, listener).await;
    // What is cut off here begins again when its lease runs out.
    workers.iter().for_each(tokio::task::JoinHandle::abort);
    served?;
    Ok(Output::silent())
}

/// Reads what every page leans on before the first visitor asks for it.
pub(super) async fn warm(office: Office) {
    let warmed = async {
        office.unit_search().await?;
        if let Some(latest) = crate::school_year::calendar::years(&office).await?.into_iter().max() {
            office.warehouse().view(&office, latest, None).await?.evaluate_all()?;
        }
        Ok::<_, Error>(())
    };
    if let Err(fault) = warmed.await {
        tracing::warn!(%fault, "the figures could not be read ahead");
    }
}
