//! How sheets look on screen and on paper: columns as wide as what stands in them, a head that is not cut off, A4 lying.

use norms::Field;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// A4 in the numbering of spreadsheets.
const A4: u8 = 9;
/// Points: heads of lists take up to three lines.
const HEAD_HEIGHT: f64 = 48.0;

/// One page wide on A4, lying; the head high enough for its words.
pub(super) fn lay_out(sheet: &mut Worksheet, head: u32) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
    sheet.set_row_height(head, HEAD_HEIGHT)?;
    Ok(())
}

/// Characters that a column of a list needs.
pub(super) fn width_of(field: &Field) -> f64 {
    match field {
        Field::HeadName | Field::MemberName | Field::CauseOther => 22.0,
        Field::Address | Field::Note => 34.0,
        Field::Commune | Field::District => 18.0,
        Field::Village | Field::Relation | Field::Paper | Field::DecisionNumber => 14.0,
        Field::BirthDate | Field::DecisionDay | Field::Group(_) => 11.0,
        Field::Province => 10.0,
        Field::CommuneCode
        | Field::DistrictCode
        | Field::Class
        | Field::Sex
        | Field::Ethnicity
        | Field::B1
        | Field::B2 => 8.0,
        Field::RowNumber | Field::Cause(_) | Field::Mark(_) => 6.5,
    }
}
