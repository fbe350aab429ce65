//! Every page, at a desk and on a small telephone: nothing that axe finds, nothing to scroll sideways; and its picture.

use crate::{
    pages::PAGES,
    stage::{Stage, WIDTHS},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_accessible_at_every_width() {
    let Some(stage) = Stage::open().await else { return };
    let mut faults = Vec::new();
    for width in WIDTHS {
        let mut visitor = "";
        let browser = stage.browser(width).await;
        for (name, path, user) in PAGES {
            if *user != visitor {
                browser.sign_in(user).await;
                visitor = user;
            }
            browser.open(path).await;
            faults.extend(browser.faults().await.into_iter().map(|fault| format!("{name} at {width}: {fault}")));
        }
        browser.close().await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Leaves a picture of every page in the folder that `TONGKET_SCREENSHOTS` names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn screenshots() {
    let Ok(folder) = std::env::var("TONGKET_SCREENSHOTS") else { return };
    let Some(stage) = Stage::open().await else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for width in WIDTHS {
        let mut visitor = "";
        let browser = stage.browser(width).await;
        for (name, path, user) in PAGES {
            if *user != visitor {
                browser.sign_in(user).await;
                visitor = user;
            }
            browser.open(path).await;
            let file = std::path::Path::new(&folder).join(format!("{name}-{width}.png"));
            std::fs::write(file, browser.picture().await).unwrap();
        }
        browser.close().await;
    }
}
