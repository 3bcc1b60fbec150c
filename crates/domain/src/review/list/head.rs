//! Reads what a list says of the household as a whole, all on its first row: place, scores, class, decision, marks, causes.

use kernel::{Day, Points, parse_decimal_tenths};
use norms::{Area, Field};

use super::cells::Cell;
use super::fault::FaultKind;
use super::household::ListHousehold;
use super::member::Reading;
use super::place::{CommunePlace, Places, area_of_type};
use crate::review::classify::classify;
use crate::review::marks::Marks;

impl Reading<'_> {
    /// Fills in the household-wide columns of the first row.
    pub fn head_row(&mut self, row: usize, places: &mut Places<'_>, household: &mut ListHousehold) {
        household.place = self.commune(row, places, &mut household.rejected);
        self.area_is_known(row, &Field::CommuneCode, household);
        household.village = self.village(row);
        let area = household.place.as_ref().and_then(|p| p.area).or_else(|| self.written_area(row));
        household.b1 = self.b1(row, &mut household.rejected);
        household.b2 = self.b2(row, &mut household.rejected);
        household.marks = self.marks(row);
        household.groups = self.groups(row);
        household.causes = self.causes(row);
        household.cause_other = some(self.text(row, &Field::CauseOther));
        household.decision_number = some(self.text(row, &Field::DecisionNumber));
        household.decision_day = self.decision_day(row);
        self.class(row, area, household);
    }

    /// Scores of a head that left the list; the class follows from them.
    pub fn escaped_scores(&mut self, row: usize, household: &mut ListHousehold) {
        household.b1 = self.b1(row, &mut household.rejected);
        household.b2 = self.b2(row, &mut household.rejected);
        let area = household.place.as_ref().and_then(|p| p.area);
        household.class_computed =
            area.and_then(|area| classify(area, household.b1, household.b2, self.rules)).map(|c| c.class.to_owned());
    }

    fn commune(&mut self, row: usize, places: &mut Places<'_>, rejected: &mut bool) -> Option<CommunePlace> {
        let code = self.text(row, &Field::CommuneCode);
        let found = if code.is_empty() {
            let (commune, district) = (self.text(row, &Field::Commune), self.text(row, &Field::District));
            places.by_names(&commune, &district)
        } else {
            places.by_code(&code)
        };
        if found.is_none() {
            self.fault(row, &Field::CommuneCode, FaultKind::CommuneUnknown, "");
            *rejected = true;
        }
        found
    }

    /// A household that can be counted neither as urban nor as rural is set aside, never guessed.
    pub fn area_is_known(&mut self, row: usize, field: &Field, household: &mut ListHousehold) {
        if household.place.as_ref().is_some_and(|place| place.area.is_none()) {
            self.fault(row, field, FaultKind::AreaUnknown, "");
            household.rejected = true;
        }
    }

    /// The area by the type written before the commune's name, where the code is not known.
    fn written_area(&self, row: usize) -> Option<Area> {
        area_of_type(&self.text(row, &Field::Commune), self.rules)
    }

    fn village(&mut self, row: usize) -> String {
        let village = self.text(row, &Field::Village);
        if village.is_empty() {
            self.fault(row, &Field::Village, FaultKind::VillageMissing, "");
        }
        village
    }

    fn points(cell: &Cell) -> Option<Result<Points, ()>> {
        if cell.is_blank() {
            return None;
        }
        let tenths = parse_decimal_tenths(&cell.text()).ok().and_then(|n| i32::try_from(n).ok());
        Some(tenths.filter(|n| *n >= 0).map(Points).ok_or(()))
    }

    fn b1(&mut self, row: usize, rejected: &mut bool) -> Option<Points> {
        match Self::points(self.cell(row, &Field::B1)) {
            Some(Ok(points)) => Some(points),
            Some(Err(())) => {
                self.fault(row, &Field::B1, FaultKind::B1Unreadable, "");
                *rejected = true;
                None
            }
            None => {
                self.fault(row, &Field::B1, FaultKind::ScoreMissing, "");
                None
            }
        }
    }

    fn b2(&mut self, row: usize, rejected: &mut bool) -> Option<Points> {
        let rules = &self.rules.class_rules.value;
        let step = Points::whole(rules.b2_points_per_deprivation.max(1));
        let max = Points::whole(rules.b2_max);
        let read = Self::points(self.cell(row, &Field::B2))?;
        match read {
            Ok(points) if points <= max && points.0 % step.0 == 0 => Some(points),
            _ => {
                self.fault(row, &Field::B2, FaultKind::B2Step, max.to_string());
                *rejected = true;
                None
            }
        }
    }

    /// A list that has the columns of the marks knows all of them: a blank is a no.
    fn marks(&self, row: usize) -> Marks {
        let mut marks = Marks::default();
        for indicator in &self.rules.indicators.value.indicators {
            let field = Field::Mark(indicator.id.clone());
            if self.has_marks && self.columns.get(&field).is_some() {
                marks = marks.with(indicator.number, self.cell(row, &field).is_marked());
            }
        }
        marks
    }

    fn groups(&self, row: usize) -> u32 {
        let mut mask = 0;
        for (at, group) in self.rules.groups.value.groups.iter().enumerate() {
            if self.cell(row, &Field::Group(group.id.clone())).is_marked() {
                mask |= 1 << at;
            }
        }
        mask
    }

    fn causes(&self, row: usize) -> u32 {
        let mut mask = 0;
        for cause in &self.rules.causes.value.causes {
            let written_out = cause.free_text && !self.cell(row, &Field::CauseOther).is_blank();
            if written_out || self.cell(row, &Field::Cause(cause.code)).is_marked() {
                mask |= 1 << cause.code.saturating_sub(1);
            }
        }
        mask
    }

    fn decision_day(&mut self, row: usize) -> Option<Day> {
        let field = Field::DecisionDay;
        let day = match self.cell(row, &field) {
            Cell::Day(day) => Some(*day),
            blank if blank.is_blank() => return None,
            other => other.text().parse::<Day>().ok(),
        };
        if day.is_none() {
            self.fault(row, &field, FaultKind::DecisionDayUnreadable, "");
        }
        day
    }

    /// The written class beside the computed one; where they differ both are kept.
    fn class(&mut self, row: usize, area: Option<Area>, household: &mut ListHousehold) {
        let b2 = marks_b2(household.marks, self).or(household.b2);
        let computed = area.and_then(|area| classify(area, household.b1, b2, self.rules)).map(|c| c.class.to_owned());
        let written = self.text(row, &Field::Class);
        let classes = &self.rules.classes.value;
        let known = self.known_words.entry((Field::Class, written.clone()));
        let entered = known.or_insert_with(|| classes.read(&written).map(|c| c.id.clone())).clone();
        match (&entered, &computed) {
            (None, _) if !written.is_empty() => self.fault(row, &Field::Class, FaultKind::ClassUnreadable, ""),
            (Some(entered), Some(computed)) if entered != computed => {
                let label = self.rules.classes.value.get(computed).map(|c| c.label.vi.clone()).unwrap_or_default();
                self.fault(row, &Field::Class, FaultKind::ClassWrong, label);
            }
            _ => {}
        }
        household.class_entered = entered;
        household.class_computed = computed;
    }
}

/// B2 from the marks when all are known.
fn marks_b2(marks: Marks, reading: &Reading<'_>) -> Option<Points> {
    let rules = reading.rules;
    let complete = marks.is_complete(rules.indicators.value.indicators.len());
    let count = i32::try_from(marks.count()).ok()?;
    complete.then(|| Points::whole(count * rules.class_rules.value.b2_points_per_deprivation))
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
