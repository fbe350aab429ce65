//! The check-in counter while the network goes and comes back: what was scanned is kept, the page can be loaded again, and
//! everything is sent once.

use std::{net::SocketAddr, sync::Arc};

use domain::conference::Event;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Mutex,
    task::{JoinHandle, JoinSet},
};
use tongket::conference::{live, queries};

use super::hall;
use crate::stage::{Browser, Stage, WIDTHS};

/// A line between the browser and the office that can be cut.
struct Network {
    office: String,
    address: SocketAddr,
    running: Option<JoinHandle<()>>,
    calls: Arc<Mutex<JoinSet<()>>>,
}

impl Network {
    async fn to(office: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let office = office.trim_start_matches("http://").to_owned();
        let mut network = Self { office, address, running: None, calls: Arc::default() };
        network.carry(listener);
        network
    }

    fn carry(&mut self, listener: TcpListener) {
        let (office, calls) = (self.office.clone(), Arc::clone(&self.calls));
        self.running = Some(tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let office = office.clone();
                calls.lock().await.spawn(async move {
                    let Ok(mut far) = TcpStream::connect(office).await else { return };
                    let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                });
            }
        }));
    }

    async fn cut(&mut self) {
        if let Some(running) = self.running.take() {
            running.abort();
            let _ = running.await;
        }
        self.calls.lock().await.shutdown().await;
    }

    async fn mend(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.carry(listener);
    }
}

async fn scan(counter: &Browser, who: &str) {
    counter.fill("#who", who).await;
    counter.press("#type .btn-primary").await;
}

pub const LIST_IS_KEPT: &str = "return Object.keys(localStorage).some((key) => key.startsWith('tongket-quay') && \
     JSON.parse(localStorage[key]).lines.length === 3)";
const PAGE_IS_KEPT: &str = "return caches.match(location.pathname).then((kept) => Boolean(kept))";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_goes_on_without_a_network_and_sends_everything_once() {
    let Some(mut stage) = Stage::open().await else { return };
    let mut network = Network::to(&stage.address).await;
    stage.address = format!("http://{}", network.address);
    let counter = stage.browser(WIDTHS[0]).await;
    let at = hall::listed(&counter).await;
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    let office = stage.app.office.clone();
    let present = async || live::hall(&office, id).await.unwrap().state().await.count().present;
    counter.open(&format!("{at}/diem-danh/quay")).await;
    counter.agrees("the list is kept", LIST_IS_KEPT).await;
    counter.agrees("the page is kept", PAGE_IS_KEPT).await;
    counter.fill("#desk", "Bàn 1").await;
    scan(&counter, "nguyen thi mai").await;
    counter.wait_until("the first is here", async || present().await == 1).await;
    let mut faults = counter.faults().await;
    network.cut().await;
    scan(&counter, "Trần Văn Bình").await;
    counter.says("#told", "Trần Văn Bình").await;
    counter.says("#net", "Mất mạng").await;
    scan(&counter, "tran van binh").await;
    counter.says("#told", "đã điểm danh lúc").await;
    counter.says("#told", "Bàn 1").await;
    counter.client.refresh().await.unwrap();
    counter.wait_for("#who").await;
    counter.says("#waiting", "1 lượt chờ gửi").await;
    scan(&counter, "le thi cuc").await;
    counter.says("#waiting", "2 lượt chờ gửi").await;
    assert_eq!(present().await, 1, "nothing has reached the office");
    network.mend().await;
    counter.wait_until("all are here", async || present().await == 3).await;
    counter.agrees("nothing waits", "return document.querySelector('#waiting')?.hidden").await;
    let log = queries::log(&office, id).await.unwrap();
    let taken = log.iter().filter(|recorded| matches!(recorded.event, Event::CheckedIn { .. })).count();
    assert_eq!(taken, 3, "each once");
    counter.close().await;
    let phone = stage.browser(WIDTHS[1]).await;
    phone.sign_in("officer").await;
    for page in ["diem-danh/quay", "diem-danh", "chu-toa", "thu-ky", "trao-thuong", "dieu-hanh"] {
        phone.open(&format!("{at}/{page}")).await;
        faults.extend(phone.faults().await.into_iter().map(|fault| format!("{page}: {fault}")));
    }
    phone.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    network.cut().await;
}
