//! One struct a page, beside the template of the same path: plain words and formatted numbers, nothing to compute.
//! Handlers fill them; `samples()` of each context shows every page in every state for the test that renders them all.

pub mod access;
pub mod fault;
pub mod form;
pub mod frame;
pub mod home;
pub mod norms;
pub mod parts;
pub mod programme;
pub mod registry;
pub mod reporting;
pub mod review;
pub mod start;
pub mod survey;
pub mod units;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::language::Lang;

/// A page as an answer.
pub fn answer(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page shown in the test of all pages.
pub struct Sample {
    /// `registry/household-closed`.
    pub name: &'static str,
    pub page: Box<dyn askama::DynTemplate>,
}

impl Sample {
    pub fn new(name: &'static str, page: impl Template + 'static) -> Self {
        Self { name, page: Box::new(page) }
    }
}

/// Every page of the program, in one language.
pub fn samples(l: Lang) -> Vec<Sample> {
    [
        start::samples(l),
        access::samples(l),
        home::samples(l),
        registry::samples(l),
        review::samples(l),
        reporting::samples(l),
        units::samples(l),
        norms::samples(l),
        programme::samples(l),
        fault::samples(l),
        survey::samples(l),
    ]
    .into_iter()
    .flatten()
    .collect()
}
