//! Pages: requests into commands, results into pages. Holds no rule and knows no store.
//! Start with [`router`]; each page lives in `pages/<context>` with its template of the same name.

mod assets;
mod fail;
mod handlers;
mod language;
mod limit;
pub mod pages;
mod session;
mod visitor;

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex};

use app::House;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::{HeaderName, HeaderValue};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_sessions::{Expiry, SessionManagerLayer};

pub use fail::said;
pub use handlers::target_gap;
pub use language::Lang;

/// A province's whole list is 6 MB; ten times that is no list.
const LARGEST_UPLOAD: usize = 64 * 1024 * 1024;
/// Shared machines: a session ends after this long without a click; drafts stay in the browser.
const IDLE_MINUTES: i64 = 8 * 60;

/// What every handler may use.
#[derive(Clone, Debug, FromRef)]
pub struct Web {
    pub house: House,
    pub progress: Progress,
    pub limit: limit::Limit,
}

/// How far long work has come, by the id it is asked for under.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Mutex<HashMap<String, Step>>>);

/// One state of long work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Running {
        percent: u8,
    },
    Done,
    /// Code of the refusal or fault.
    Failed {
        code: String,
    },
}

impl Progress {
    pub fn set(&self, key: &str, step: Step) {
        if let Ok(mut steps) = self.0.lock() {
            steps.insert(key.to_owned(), step);
        }
    }

    pub fn get(&self, key: &str) -> Option<Step> {
        self.0.lock().ok()?.get(key).cloned()
    }
}

/// All routes of the program.
pub fn router(house: House) -> Router {
    let sessions = SessionManagerLayer::new(session::Sessions::new(house.clone()))
        .with_name("vuon")
        .with_secure(false)
        .with_same_site(tower_sessions::cookie::SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(time::Duration::minutes(IDLE_MINUTES)));
    let web = Web { house, progress: Progress::default(), limit: limit::Limit::default() };
    handlers::routes()
        .fallback(fail::not_found)
        .layer(axum::middleware::from_fn_with_state(web.clone(), fail::dress))
        .layer(sessions)
        .layer(CsrfLayer::new())
        .with_state(web)
        .route("/assets/{*path}", axum::routing::get(assets::serve))
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .layer(CompressionLayer::new())
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(header("x-frame-options", "DENY"))
        .layer(header("content-security-policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'"))
        .layer(CatchPanicLayer::custom(fail::panicked))
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}

/// Answers until `stop` ends.
pub async fn serve(
    listener: TcpListener,
    house: House,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(house).into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
