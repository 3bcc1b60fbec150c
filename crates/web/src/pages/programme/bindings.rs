//! `GET /programme/plan/bindings`, `POST …/bindings/confirm`: what the clauses were taken for, to be confirmed.
//! Fields: plan, id (as often as rows are ticked).

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, Verdict};

#[derive(Debug, Clone)]
pub struct BindingRow {
    pub id: String,
    pub href: String,
    pub kind: String,
    pub clause: Link,
    pub label: String,
    pub agency: String,
    pub mark: String,
    /// Đề xuất, đã xác nhận, đã sửa, đã bỏ.
    pub answer: String,
    pub verdict: Verdict,
    /// `Trần Văn Minh · 23/11/2026`.
    pub said: String,
    pub is_waiting: bool,
}

#[derive(Template)]
#[template(path = "pages/programme/bindings.html")]
pub struct Bindings {
    pub l: Lang,
    pub frame: Frame,
    pub plan: String,
    pub period: String,
    pub rows: Vec<BindingRow>,
    pub waiting: String,
    pub all: String,
    pub only_waiting: bool,
    pub may_confirm: bool,
    pub back_href: String,
}
