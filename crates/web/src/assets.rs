//! The stylesheet, fonts and scripts, carried in the binary. Each has an address that changes with its content (or its version),
//! so browsers keep it for a year. Never serves anything else.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../assets/dist"]
struct Styles;

#[derive(RustEmbed)]
#[folder = "../../assets/scripts"]
struct Scripts;

#[derive(RustEmbed)]
#[folder = "../../assets/fonts"]
struct Fonts;

const FOREVER: &str = "public, max-age=31536000, immutable";

/// The address of an asset: `/assets/3f2a9c01/vuon.css`.
pub fn url(name: &str) -> String {
    find(name).map_or_else(|| format!("/assets/{name}"), |file| format!("/assets/{}/{name}", short_hash(&file)))
}

/// `GET /assets/{*path}`.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some(file) = find(name) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", short_hash(&file));
    let same = headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let mut answer =
        if same { StatusCode::NOT_MODIFIED.into_response() } else { file.data.into_owned().into_response() };
    let out = answer.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOREVER));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    answer
}

fn find(name: &str) -> Option<EmbeddedFile> {
    Styles::get(name).or_else(|| Scripts::get(name)).or_else(|| Fonts::get(name))
}

fn short_hash(file: &EmbeddedFile) -> String {
    let [a, b, c, d, ..] = file.metadata.sha256_hash();
    format!("{:08x}", u32::from_be_bytes([a, b, c, d]))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
