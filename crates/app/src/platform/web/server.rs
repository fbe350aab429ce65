//! The server: the table of routes with the layers around it.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use axum::{
    Extension, Router,
    extract::Request,
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use super::{
    assets, headers,
    meter::Meter,
    status,
    welcome::{admit, welcome},
};
use crate::{
    office::Office,
    platform::{Error, Result},
    routes::routes,
};

/// Every route of the office behind the door, the machines' questions beside it.
pub fn router(office: Office) -> Router {
    let meter = Arc::new(Meter::default());
    let mut rooms = Router::new();
    for route in routes() {
        rooms = rooms.route(route.path, route.handler.route_layer(from_fn_with_state(route.permission, admit)));
    }
    let rooms = rooms
        .fallback(no_such_page)
        .method_not_allowed_fallback(no_such_page)
        .layer(CatchPanicLayer::custom(broken))
        .layer(from_fn_with_state(office.clone(), welcome));
    Router::new()
        .route("/assets/{content}/{*path}", get(assets::serve))
        .route("/healthz", get(status::healthz))
        .route("/readyz", get(status::readyz))
        .route("/metrics", get(status::metrics))
        .route("/api/v1/openapi.json", get(status::openapi))
        .merge(rooms)
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(office.clone(), headers::guard))
        .layer(from_fn(measure))
        .layer(Extension(meter))
        .with_state(office)
}

/// Serves until the process is told to stop, finishing what has begun.
pub async fn serve(office: Office, listener: TcpListener) -> Result<()> {
    let halls = office.clone();
    // The screens of a hall never hang up by themselves.
    let stop = async move {
        told_to_stop().await;
        halls.halls().close();
    };
    let service = router(office).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    Ok(())
}

async fn no_such_page() -> Error {
    Error::NotFound("trang này".to_owned())
}

fn broken(fault: Box<dyn std::any::Any + Send>) -> Response {
    let text = fault.downcast_ref::<String>().cloned().or(fault.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    Error::inside(text.unwrap_or_else(|| "panic".to_owned())).into_response()
}

async fn measure(Extension(meter): Extension<Arc<Meter>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let response = next.run(request).await;
    meter.record(response.status().as_u16(), began.elapsed());
    response
}

/// Waits for Ctrl+C, or for the word of whoever runs the process.
pub async fn told_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return interrupt.await;
        };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
