//! The stage of a journey: an office that serves on a free port, and browsers to visit it with.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tongket::platform::web;

use crate::kit::{PASSWORD, PATIENCE, TestApp};

const AXE: &str = include_str!("axe/axe.min.js");

/// The widths at which every page is looked at: a desk and a small telephone.
pub const WIDTHS: [u32; 2] = [1280, 360];

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// An office that serves, and the driver of its browsers.
pub struct Stage {
    /// The office.
    pub app: TestApp,
    /// Its address, without a slash at the end.
    pub address: String,
    driver: Child,
    driver_address: String,
    /// For what a journey leaves: browsers' profiles, files that are sent. Gone with the stage.
    pub folder: PathBuf,
}

impl Stage {
    /// Opens the kit's office to browsers; `None`, said aloud, where journeys are switched off.
    pub async fn open() -> Option<Self> {
        if std::env::var("TONGKET_BROWSER").is_ok_and(|choice| choice == "off") {
            println!("skipped: TONGKET_BROWSER=off");
            return None;
        }
        let app = TestApp::start().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(web::serve(app.office.clone(), listener));
        let (driver, driver_address) = start_driver();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("tongket-stage-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).unwrap();
        Some(Self { app, address, driver, driver_address, folder })
    }

    /// A browser of this width with an empty profile.
    pub async fn browser(&self, width: u32) -> Browser {
        self.browser_with(width, true, &[]).await
    }

    /// A browser whose camera shows this film (YUV4MPEG2), and may be used without asking.
    pub async fn browser_with_camera(&self, width: u32, film: &Path) -> Browser {
        let film = format!("--use-file-for-fake-video-capture={}", film.display());
        let flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", &film];
        self.browser_with(width, true, &flags).await
    }

    /// A browser to which the office is another machine of the hall's own network, spoken to over plain HTTP.
    pub async fn browser_in_hall(&self, width: u32) -> Browser {
        let mut browser = self.browser_with(width, true, &["--host-resolver-rules=MAP hoi-truong 127.0.0.1"]).await;
        browser.address = self.address.replace("127.0.0.1", "hoi-truong");
        browser
    }

    /// A browser in which scripts are switched off.
    pub async fn browser_without_script(&self) -> Browser {
        self.browser_with(WIDTHS[0], false, &[]).await
    }

    async fn browser_with(&self, width: u32, has_script: bool, flags: &[&str]) -> Browser {
        let mut faults = Vec::new();
        // On a busy machine the driver gives a browser up before it has started.
        while faults.len() < 3 {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let capabilities = capabilities(width, has_script, flags, &self.folder.join(format!("profile-{number}")));
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.as_object().unwrap().clone());
            match builder.connect(&self.driver_address).await {
                Ok(client) => return Browser { client, address: self.address.clone(), width },
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        panic!("chromium does not start: {}", faults.join("; "));
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn start_driver() -> (Child, String) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("chromedriver is missing ({error}); `cargo xtask test` installs it"));
    let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let port = lines
        .map_while(Result::ok)
        .find_map(|line| line.split("successfully on port ").nth(1).map(|rest| rest.trim_end_matches('.').to_owned()))
        .expect("chromedriver tells its port");
    (driver, format!("http://127.0.0.1:{port}"))
}

fn capabilities(width: u32, has_script: bool, flags: &[&str], profile: &Path) -> Value {
    let always = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
    ];
    let mut arguments: Vec<String> = always.iter().chain(flags).map(|&flag| flag.to_owned()).collect();
    arguments.push(format!("--window-size={},900", width.max(500)));
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let mut options = json!({ "args": arguments });
    if width < 500 {
        options["mobileEmulation"] = json!({ "deviceMetrics": { "width": width, "height": 740, "pixelRatio": 2.0 } });
    }
    if !has_script {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    let patience = u64::try_from(PATIENCE.as_millis()).unwrap() * 10;
    let timeouts = json!({ "script": patience, "pageLoad": patience });
    json!({ "browserName": "chrome", "timeouts": timeouts, "goog:chromeOptions": options })
}

/// A browser that visits one office.
pub struct Browser {
    /// The driver's client, for what has no shorter word here.
    pub client: Client,
    address: String,
    width: u32,
}

impl Browser {
    /// Opens a path of the office.
    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.address)).await.unwrap();
    }

    /// Signs in through the door, whoever was signed in before; nobody for an empty name.
    pub async fn sign_in(&self, user_name: &str) {
        self.client.delete_all_cookies().await.unwrap();
        if user_name.is_empty() {
            return;
        }
        self.open("/dang-nhap").await;
        self.fill("#user_name", user_name).await;
        self.fill("#password", PASSWORD).await;
        self.press("main form button").await;
        self.wait_for(".menu-account").await;
    }

    /// The path on which the browser stands.
    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// Waits until the page has this element, and returns it.
    pub async fn wait_for(&self, selector: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {selector} on {}: {error}\n{}", self.path().await, self.text("body").await),
        }
    }

    /// Waits until this holds.
    pub async fn wait_until(&self, what: &str, holds: impl AsyncFn() -> bool) {
        for _ in 0..PATIENCE.as_millis() / 100 {
            if holds().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let shown = self.script("return document.body.innerText").await;
        panic!("waited in vain until {what} on {}\n{}", self.path().await, shown.as_str().unwrap_or_default());
    }

    /// Waits until this part of the page says these words.
    pub async fn says(&self, selector: &str, words: &str) {
        let script = format!("return document.querySelector('{selector}')?.textContent");
        let says = async || self.script(&script).await.as_str().is_some_and(|text| text.contains(words));
        self.wait_until(words, says).await;
    }

    /// Waits until this script answers yes.
    pub async fn agrees(&self, what: &str, script: &str) {
        self.wait_until(what, async || self.script(script).await == true).await;
    }

    /// Presses a button or follows a link.
    pub async fn press(&self, selector: &str) {
        self.wait_for(selector).await.click().await.unwrap();
    }

    /// Types into a field in place of what it holds.
    pub async fn fill(&self, selector: &str, text: &str) {
        let field = self.wait_for(selector).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Gives a file to a field for files.
    pub async fn attach(&self, selector: &str, file: &std::path::Path) {
        self.wait_for(selector).await.send_keys(&file.display().to_string()).await.unwrap();
    }

    /// Opens the folded part that has this element.
    pub async fn unfold(&self, within: &str) {
        self.wait_for(within).await;
        let script = format!("document.querySelector(\"{within}\").closest('details').open = true");
        self.script(&script).await;
    }

    /// The status with which a file of the office answers, and its kind.
    pub async fn fetched(&self, path: &str) -> (u64, String) {
        let script = format!("return fetch('{path}').then((got) => [got.status, got.headers.get('content-type')])");
        serde_json::from_value(self.script(&script).await).unwrap()
    }

    /// What axe finds on these pages, each with its path and width.
    pub async fn faults_of(&self, paths: &[&str]) -> Vec<String> {
        let mut faults = Vec::new();
        for path in paths {
            self.open(path).await;
            let found = self.faults().await.into_iter();
            faults.extend(found.map(|fault| format!("{path} at {}: {fault}", self.width)));
        }
        faults
    }

    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// The visible text of an element.
    pub async fn text(&self, selector: &str) -> String {
        self.client.find(Locator::Css(selector)).await.unwrap().text().await.unwrap()
    }

    /// Whether the page has this element now.
    pub async fn has(&self, selector: &str) -> bool {
        !self.client.find_all(Locator::Css(selector)).await.unwrap().is_empty()
    }

    /// What a script returns.
    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Every fault that axe finds on the page, and whether it must be scrolled sideways; empty on a good page.
    pub async fn faults(&self) -> Vec<String> {
        self.client.execute(AXE, Vec::new()).await.unwrap();
        let run = "const done = arguments[arguments.length - 1]; \
             axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations.map((fault) => \
             fault.id + ': ' + fault.nodes.map((node) => node.target.join(' ') + ' — ' + node.failureSummary).join(' | '))), \
             (error) => done([String(error)]));";
        let found = self.client.execute_async(run, Vec::new()).await.unwrap();
        let mut faults: Vec<String> = serde_json::from_value(found).unwrap();
        let widest = self.script("return document.documentElement.scrollWidth").await.as_u64().unwrap();
        if widest > u64::from(self.width.max(360)) {
            faults.push(format!("the page is {widest} px wide in a window of {}", self.width));
        }
        faults
    }

    /// The whole page as a PNG.
    pub async fn picture(&self) -> Vec<u8> {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        let height = self.script("return Math.max(document.documentElement.scrollHeight, 600)").await;
        let clip = json!({ "x": 0, "y": 0, "width": self.width, "height": height, "scale": 1 });
        let parameters = json!({ "captureBeyondViewport": true, "clip": clip });
        let answer = self.client.issue_cmd(Devtools("Page.captureScreenshot", parameters)).await.unwrap();
        STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
    }

    /// Closes the browser.
    pub async fn close(self) {
        let _ = self.client.close().await;
    }
}

/// A command of the browser's developer tools.
#[derive(Debug)]
struct Devtools(&'static str, Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        let body = json!({ "cmd": self.0, "params": self.1 });
        (axum::http::Method::POST, Some(body.to_string()))
    }
}
