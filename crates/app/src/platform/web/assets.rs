//! Style, fonts and scripts, embedded and served under a name that changes with their content, so that a browser may
//! keep them for a year. The name covers all files, hence relative addresses inside the style sheet hold.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets");

static CONTENT: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    feed(&FILES, &mut digest);
    URL_SAFE_NO_PAD.encode(digest.finalize())[..12].to_owned()
});

/// The address of a file in `assets/`.
pub fn url(path: &str) -> String {
    format!("/assets/{}/{path}", *CONTENT)
}

/// What is in a file of `assets/`.
pub fn content(path: &str) -> Option<&'static [u8]> {
    FILES.get_file(path).map(include_dir::File::contents)
}

/// `GET /assets/{content}/{*path}`.
pub async fn serve(Path((_, path)): Path<(String, String)>) -> Response {
    let Some(file) = FILES.get_file(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind(&path))),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, file.contents()).into_response()
}

fn feed(folder: &Dir<'_>, digest: &mut Sha256) {
    for file in folder.files() {
        digest.update(file.path().as_os_str().as_encoded_bytes());
        digest.update(file.contents());
    }
    folder.dirs().for_each(|below| feed(below, digest));
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "text/plain; charset=utf-8",
    }
}
