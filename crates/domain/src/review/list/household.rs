//! A household as a list writes it, already in the program's own words.

use kernel::{BirthDate, Day, Points};
use serde::{Deserialize, Serialize};

use super::place::CommunePlace;
use crate::registry::Sex;
use crate::review::marks::Marks;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListMember {
    /// 1-based row of the sheet.
    pub row: usize,
    pub name: String,
    /// Id of the relation, or the words of the list.
    pub relation: String,
    pub sex: Option<Sex>,
    pub birth: Option<BirthDate>,
    /// Digits, with a lost leading zero put back.
    pub paper: Option<String>,
    /// The paper has no fault, so that a person may be recognised by it.
    pub paper_is_sound: bool,
    pub ethnicity: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListHousehold {
    /// 1-based sheet and first row.
    pub sheet: usize,
    pub row: usize,
    /// The head first.
    pub members: Vec<ListMember>,
    pub place: Option<CommunePlace>,
    pub village: String,
    pub address: Option<String>,
    /// Class id, when the written one could be read.
    pub class_entered: Option<String>,
    pub class_computed: Option<String>,
    pub decision_number: Option<String>,
    pub decision_day: Option<Day>,
    pub b1: Option<Points>,
    pub b2: Option<Points>,
    /// Known only when the list has the columns of the marks.
    pub marks: Marks,
    pub groups: u32,
    pub causes: u32,
    pub cause_other: Option<String>,
    /// Stands on the list; else it is a head that left it (sheets 2 and 3).
    pub listed: bool,
    /// The class that such a head left, by its sheet.
    pub left_class: Option<String>,
    /// Some fault sets the household aside.
    pub rejected: bool,
}

impl ListHousehold {
    pub fn head(&self) -> Option<&ListMember> {
        self.members.first()
    }

    /// 1-based number of the last row.
    pub fn last_row(&self) -> usize {
        self.members.last().map_or(self.row, |m| m.row)
    }
}
