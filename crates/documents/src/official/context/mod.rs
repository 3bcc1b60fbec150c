//! What papers say, kind by kind, as plain values: no layout, no rule, no law. Texts are Vietnamese, as papers are.
//! Templates name these fields; a field that is renamed here has to be renamed in `templates/documents` and in the
//! manual.

mod decision;
mod household;
mod income;
mod letter;
mod monthly;
mod posted;
mod report;
mod request;
mod results;
mod shared;
mod survey;

pub use decision::{ChangeDecision, ChangeKind, ChangedHousehold, EscapeDecision, RecognitionDecision};
pub use household::{Certificate, CertificateMember, CertificateYear};
pub use income::{IncomeDecision, IncomeLine, IncomeList};
pub use letter::{RefusalLetter, RefusalReason};
pub use monthly::{MonthlyLine, MonthlyReport};
pub use posted::{Attendance, ListGroup, ListedHousehold, MeetingMinutes, MinutesSigner, PostedList, Remark, Vote};
pub use report::{CoveringReport, FormHeading, FormRow, ReportForm, ReportStage, UnitResult};
pub use request::{Applicant, EscapeRequest, MemberLine, ReviewRequest};
pub use results::{ClassCount, ResultsLine, ResultsTable};
pub use shared::{Head, PaperNumber, Person, Signer, Standing, cited};
pub use survey::{SheetChoice, SheetPart, SheetQuestion, SurveySheet};
