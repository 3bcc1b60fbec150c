//! The yearly review: one household's sheet, lists coming in and going up, forms with their checks.

mod board;
mod changes;
mod decide;
mod decisions;
mod figure;
mod form_page;
mod forms;
pub mod intake;
mod list;
mod paper;
pub mod rounds;
mod samples;
mod sheet;

pub use board::{Board, BoardRow};
pub use changes::{ChangeRow, Changes};
pub use decide::Decide;
pub use decisions::{DecidedList, Decisions, Recognised, WouldDecide};
pub use figure::{Figure, FigurePart, FigureRow, FigureVillage, MadeOf};
pub use form_page::{Cell, CheckRow, FailedPlace, FormPage, FormRow, Heading};
pub use forms::{FormLink, Forms};
pub use list::{ClassCount, YearList};
pub use paper::{Paper, PaperMember, PaperRow};
pub use samples::samples;
pub use sheet::{PersonPart, Question, QuestionKind, Sheet};
