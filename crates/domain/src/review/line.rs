//! One household between two years' lists: the row that movements, forms and comparisons are made of.

use kernel::HouseholdId;
use norms::Area;

use super::marks::Marks;

/// Where a household stood at the end of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The class that counts; `None` when neither decided nor computable.
    pub class: Option<String>,
    /// The class the scores give, for the check against the one that counts.
    pub computed: Option<String>,
    /// The B2 written on the list, for the check against the marks.
    pub b2_entered: Option<kernel::Points>,
    /// The score pack that gave B1, if one did.
    pub pack: Option<String>,
    pub size: i64,
    pub ages: Vec<i16>,
    pub marks: Marks,
    pub causes: u32,
    pub groups: u32,
    pub ethnicity: Option<u16>,
}

/// A household in one unit, this year and last. One that moved between units makes two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub household: HouseholdId,
    /// Key of the unit below the form's own that the row belongs to: a district, a commune or a village.
    pub below: String,
    pub area: Area,
    pub now: Option<Standing>,
    pub before: Option<Standing>,
    /// Classes it was in before last year.
    pub earlier: Vec<String>,
    /// A recorded event of the year explains that it came (or left).
    pub arrived: bool,
    pub departed: bool,
}
