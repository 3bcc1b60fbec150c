//! The papers of a review: what stands in its rounds, as the contexts that `documents` lays out. Papers are Vietnamese, so
//! are the words here. Decides nothing. Start with [`village_paper`] and [`commune_paper`].

mod certificate;
mod commune;
mod income;
mod letter;
mod lists;
mod monthly;
mod office;
mod report;
mod request;
mod run;
mod sheet;
mod version;
mod village;

pub use commune::{PaperOf, commune_paper};
pub use income::income_paper;
pub use letter::request_letter;
pub use monthly::monthly_report;
pub use report::{covering_report, form_paper};
pub use request::{blank_request, form_of, request_paper};
pub use run::{CertificateFile, CertificateRun, certificate_file, certificate_run, print_certificates};
pub use sheet::survey_paper;
pub use version::{frozen_form_paper, frozen_forms_workbook, frozen_numbers, frozen_report};
pub use village::village_paper;

pub(super) use office::{Office, for_committee};

use documents::official::{Format, Paper};

use crate::{AppError, House};

/// A paper, drawn; setting its pages is work for a thread of its own.
pub(super) async fn drawn<P: Paper + Send + 'static>(
    house: &House,
    paper: P,
    format: Format,
) -> Result<Vec<u8>, AppError> {
    let papers = house.papers()?;
    let draw = move || papers.render(&paper, format).map_err(|fault| AppError::Paper(fault.to_string()));
    tokio::task::spawn_blocking(draw).await.map_err(|error| AppError::Paper(error.to_string()))?
}
