//! The phone's page: one answer that holds everything, so that the first question stands after one round trip, and the
//! worker that keeps it for when there is no net. Its content policy names its own script and style by their hashes.

use std::sync::LazyLock;

use app::AppError;
use app::review::survey::survey_sheet;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::review::round::Route;
use kernel::VillageId;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::phone_data::data;
use crate::Web;
use crate::fail::Fail;
use crate::handlers::review::rounds::route_words;
use crate::pages::survey::Phone;
use crate::visitor::Signed;

pub const STYLE: &str = include_str!("../../../../../assets/survey/survey.css");
/// One script of several files, in the order in which they need one another.
pub const SCRIPT: &str = concat!(
    include_str!("../../../../../assets/survey/page.js"),
    include_str!("../../../../../assets/survey/score.js"),
    include_str!("../../../../../assets/survey/kept.js"),
    include_str!("../../../../../assets/survey/send.js"),
    include_str!("../../../../../assets/survey/photo.js"),
    include_str!("../../../../../assets/survey/screens.js"),
);
const WORKER: &str = include_str!("../../../../../assets/survey/worker.js");

/// Only this page's own script and style run in it.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'self'; img-src 'self' data: blob:; script-src 'self' 'sha256-{}'; style-src 'sha256-{}'; \
         frame-ancestors 'none'",
        base64(&Sha256::digest(SCRIPT.as_bytes())),
        base64(&Sha256::digest(STYLE.as_bytes()))
    )
});

pub fn routes() -> Router<Web> {
    Router::new().route("/survey/worker.js", get(worker)).route("/survey/{year}/{village}", get(page))
}

/// Thirty-two bytes in base 64.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(44);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| chunk.get(at).copied().map_or(0, u32::from);
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            let letter = LETTERS.get(((bits >> (18 - 6 * place)) & 63) as usize).copied().map_or('A', char::from);
            out.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[derive(Deserialize)]
pub struct OfRoute {
    route: Option<String>,
}

impl OfRoute {
    pub fn route(&self) -> Route {
        self.route.as_deref().and_then(Route::from_id).unwrap_or(Route::Yearly)
    }
}

async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path((year, village)): Path<(i16, VillageId)>,
    Query(asked): Query<OfRoute>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let sheet = survey_sheet(&web.house, &signed.actor, village, (year, asked.route())).await?;
    let json = serde_json::to_string(&data(l, &sheet)).map_err(|error| AppError::Paper(error.to_string()))?;
    let form = |h: &app::review::survey::SurveyHousehold| {
        let address = format!("/survey/{year}/households/{}/form?route={}", h.household.id, asked.route().id());
        (h.household.head_name().to_owned(), address)
    };
    let page = Phone {
        l,
        village: sheet.village.clone(),
        period: route_words(l, asked.route()),
        year: year.to_string(),
        is_sample: signed.frame.is_sample,
        style: STYLE,
        script: SCRIPT,
        // `</script>` cannot end the block: every `<` is written as an escape.
        data: json.replace('<', "\\u003c"),
        forms: sheet.households.iter().map(form).collect(),
        back: format!("/review/{year}/round/{village}?route={}", asked.route().id()),
    };
    let mut answer = crate::fail::shown(&page);
    if let Ok(policy) = POLICY.parse() {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(answer)
}

/// The worker looks after the pages of surveys alone.
async fn worker() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("service-worker-allowed"), "/survey/"),
    ];
    (headers, WORKER).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_in_base_64() {
        let table: [(&[u8], &str); 5] =
            [(b"", ""), (b"f", "Zg=="), (b"fo", "Zm8="), (b"foo", "Zm9v"), (b"foobar", "Zm9vYmFy")];
        for (bytes, written) in table {
            assert_eq!(base64(bytes), written);
        }
    }
}
