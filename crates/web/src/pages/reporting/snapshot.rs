//! `GET /reporting/snapshots/{name}`: what one snapshot is of, by which rules, and its files. Posts: `…/check`.

use askama::Template;

use super::SnapshotRow;
use crate::language::Lang;
use crate::pages::frame::Frame;

#[derive(Debug, Clone)]
pub struct FileRow {
    pub name: String,
    pub what: String,
    pub rows: String,
    pub bytes: String,
    pub sha256: String,
    /// Empty for who may not take it.
    pub href: String,
}

#[derive(Template)]
#[template(path = "pages/reporting/snapshot.html")]
pub struct Snapshot {
    pub l: Lang,
    pub frame: Frame,
    pub row: SnapshotRow,
    pub name: String,
    /// Word and number.
    pub counts: Vec<(String, String)>,
    pub rules: String,
    pub unconfirmed: Vec<String>,
    /// Norms that say something else today.
    pub norm_changes: Vec<String>,
    pub files: Vec<FileRow>,
    pub is_sample: bool,
    pub check_action: String,
    pub list_href: String,
}
