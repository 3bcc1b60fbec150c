//! `GET /review/{year}/certificates?unit=…`: all certificates of a unit in one run. While it runs, htmx asks again every
//! second, or the browser where scripts are off.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::Link;

/// One PDF of at most a hundred certificates.
#[derive(Debug, Clone)]
pub struct CertificateRow {
    pub file: Link,
    pub commune: String,
    pub size: String,
}

#[derive(Template)]
#[template(path = "pages/review/rounds/certificates.html")]
pub struct CertificatesPage {
    pub l: Lang,
    pub frame: Frame,
    pub back: Link,
    pub title: String,
    pub unit_name: String,
    pub summary: Vec<(String, String)>,
    /// How far the run has come, in percent; `None` while there is none.
    pub running: Option<u8>,
    pub may_begin: bool,
    pub rows: Vec<CertificateRow>,
    pub action: String,
    pub progress_href: String,
}
