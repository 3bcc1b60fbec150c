//! A review on its way: the board of villages, one village with its steps, the decision, requests, results.

mod board;
mod certificates;
mod decision;
mod progress;
mod reports;
mod request;
mod requests;
mod results;
mod results_table;
mod samples;
mod village;

pub use board::{CommuneBoard, VillageCell, line_fields};
pub use certificates::{CertificateRow, CertificatesPage};
pub use decision::{AmendmentRow, DecisionPage, DecisionRow};
pub use progress::{ProgressPage, ProgressRow};
pub use reports::{ReportRow, ReportsPage};
pub use request::{NewRequest, RequestPage};
pub use requests::{RequestRow, Requests};
pub use results::{ResultsPage, ResultsRow};
pub use results_table::{FrozenPart, FrozenResults, FrozenRow};
pub use samples::samples;
pub use village::{LineRow, MeetingRow, ObjectionRow, VillagePage};

/// One step as the strip above a round shows it.
#[derive(Debug, Clone)]
pub struct StepMark {
    pub label: String,
    /// `done`, `now`, `next`.
    pub state: &'static str,
    /// `khoản 3 Điều 4 Quyết định 24/2021/QĐ-TTg`.
    pub law: String,
}
