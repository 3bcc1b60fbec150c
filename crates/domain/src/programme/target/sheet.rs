//! One unit's facts in columns, with the ids of its rows. Built from rows of the store by the norms; never asks the store.

use std::collections::{BTreeMap, HashMap, HashSet};

use conditions::{Columns, Record, Schema, Value};
use kernel::{Day, HouseholdId};
use norms::{FieldSource, RecordField, RecordKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::counts::ClassCounts;
use super::definitions::{Definitions, Resolved};
use super::rows::{FactAssessment, FactHousehold, FactPerson, FactRows, FactStaff, Lists, Named};
use crate::programme::work::Model;
use crate::registry::Sex;
use crate::review::FactValue;

/// The rows of one kind of record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    pub columns: Columns,
    /// What each row stands for.
    pub ids: Vec<Uuid>,
    /// The household of each person; empty for the other kinds.
    pub households: Vec<Uuid>,
}

/// The facts of one unit for one year's work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Code of the commune, where the unit is one.
    pub commune: Option<String>,
    pub persons: Rows,
    pub households: Rows,
    pub staff: Rows,
    pub models: Rows,
    pub classes: ClassCounts,
    /// The last day of anything in it; for an earlier day of the year the sheet says too much.
    pub latest: Option<Day>,
}

impl Sheet {
    pub fn rows(&self, kind: RecordKind) -> &Rows {
        match kind {
            RecordKind::Person => &self.persons,
            RecordKind::Household => &self.households,
            RecordKind::Staff => &self.staff,
            RecordKind::Model => &self.models,
        }
    }
}

impl Rows {
    /// Takes the rows of some households away, and puts those of a part in their place.
    fn replace(&mut self, of: &[Uuid], changed: &HashSet<Uuid>, part: Self) {
        let marked: Vec<bool> = of.iter().map(|household| !changed.contains(household)).collect();
        let kept = |ids: &[Uuid]| -> Vec<Uuid> {
            ids.iter().zip(&marked).filter(|(_, kept)| **kept).map(|(id, _)| *id).collect()
        };
        (self.ids, self.households) = (kept(&self.ids), kept(&self.households));
        self.columns.keep(&marked);
        self.ids.extend(part.ids);
        self.households.extend(part.households);
        self.columns.append(part.columns);
    }
}

impl Sheet {
    /// The same unit after some households changed; `part` was built of those alone, and of all staff, models and lists.
    #[must_use]
    pub fn with_changed(mut self, changed: &[HouseholdId], part: Self) -> Self {
        let changed: HashSet<Uuid> = changed.iter().map(|id| id.0).collect();
        let (households, of_persons) = (self.households.ids.clone(), self.persons.households.clone());
        self.households.replace(&households, &changed, part.households);
        self.persons.replace(&of_persons, &changed, part.persons);
        (self.staff, self.models, self.classes) = (part.staff, part.models, part.classes);
        self.latest = self.latest.max(part.latest);
        self
    }
}

/// Everything known of one household, found by its id.
struct Known<'a> {
    norms: &'a Resolved,
    lists: Lists,
    on: Day,
    assessments: HashMap<HouseholdId, Vec<&'a FactAssessment>>,
    needs: HashMap<Uuid, Vec<&'a str>>,
    received: HashMap<Uuid, Vec<&'a str>>,
    has_list: bool,
}

/// Makes columns of a unit's rows as of a day.
pub fn build_sheet(rows: &FactRows, definitions: &Definitions, lists: Lists, on: Day) -> Sheet {
    let mut assessments: HashMap<HouseholdId, Vec<&FactAssessment>> = HashMap::new();
    for assessment in &rows.assessments {
        assessments.entry(assessment.household).or_default().push(assessment);
    }
    let by_id = |named: &'_ [Named]| named.iter().filter(|n| n.day <= on).map(|n| n.day).max();
    let latest = by_id(&rows.needs).max(by_id(&rows.received));
    let models_latest = rows.models.iter().flat_map(|m| [m.approved, m.started]).flatten().filter(|d| *d <= on).max();
    let staff_latest = rows.staff.iter().flat_map(|s| [Some(s.staff.since), s.staff.left]);
    let staff_latest = staff_latest.flatten().filter(|day| *day <= on).max();
    let known = Known {
        norms: &definitions.norms,
        lists,
        on,
        has_list: rows.has_list(lists.in_force),
        assessments,
        needs: words(&rows.needs, on),
        received: words(&rows.received, on),
    };
    let by_household: HashMap<HouseholdId, &FactHousehold> = rows.households.iter().map(|h| (h.id, h)).collect();
    let schema = |kind| definitions.schema(kind);
    Sheet {
        commune: rows.commune.clone(),
        households: fill(schema(RecordKind::Household), rows.households.iter(), |h| (known.household(h), h.id.0, None)),
        persons: fill(
            schema(RecordKind::Person),
            rows.persons.iter().filter_map(|p| Some((p, *by_household.get(&p.household)?))),
            |(person, household)| {
                let mut record = known.household(household);
                record.values.extend(known.person(person).values);
                (record, person.id.0, Some(household.id.0))
            },
        ),
        staff: fill(schema(RecordKind::Staff), rows.staff.iter().filter(|s| s.staff.works_on(on)), |staff| {
            (known.staff(staff), staff.staff.id.0, None)
        }),
        models: fill(schema(RecordKind::Model), rows.models.iter(), |model| (known.model(model), model.id.0, None)),
        classes: ClassCounts::of(rows, lists),
        latest: latest.max(models_latest).max(staff_latest),
    }
}

fn fill<T>(schema: &Schema, of: impl Iterator<Item = T>, record: impl Fn(T) -> (Record, Uuid, Option<Uuid>)) -> Rows {
    let mut rows = Rows { columns: Columns::new(schema), ids: Vec::new(), households: Vec::new() };
    for item in of {
        let (record, id, household) = record(item);
        rows.columns.push(schema, &record);
        rows.ids.push(id);
        rows.households.extend(household);
    }
    rows
}

/// Who is said which words by the day.
fn words(named: &[Named], on: Day) -> HashMap<Uuid, Vec<&str>> {
    let mut found: HashMap<Uuid, Vec<&str>> = HashMap::new();
    for one in named.iter().filter(|one| one.day <= on) {
        found.entry(one.id).or_default().push(&one.kind);
    }
    found
}

fn said(of: &HashMap<Uuid, Vec<&str>>, id: Uuid) -> Value {
    Value::Words(of.get(&id).map(|words| words.iter().map(|w| (*w).to_owned()).collect()).unwrap_or_default())
}

fn record(fields: &[RecordField], value: impl Fn(&FieldSource, &str) -> Option<Value>) -> Record {
    Record { values: fields.iter().map(|field| value(&field.source, &field.id)).collect() }
}

impl<'a> Known<'a> {
    fn list(&self, household: HouseholdId, year: i16) -> Option<&'a FactAssessment> {
        self.assessments.get(&household)?.iter().find(|a| a.year == year).copied()
    }

    fn household(&self, household: &FactHousehold) -> Record {
        let now = self.list(household.id, self.lists.in_force);
        record(&self.norms.shapes.value.household, |source, _| match source {
            FieldSource::Class => self.class(now).map(Value::Word),
            FieldSource::Escaped => self.escaped(household.id, now).map(Value::Word),
            FieldSource::Groups => now.map(|a| Value::Words(self.groups(a.groups))),
            FieldSource::Minority => self.minority(household.ethnicity),
            FieldSource::Lacks { indicator } => {
                let known = self.norms.indicators.value.indicators.iter().find(|i| i.id == *indicator)?;
                now?.marks.get(known.number).map(Value::Flag)
            }
            FieldSource::HouseholdFact { fact } => value_of(now?.facts.as_ref()?.household.get(fact)?),
            FieldSource::SpecialAreas { .. } => {
                let areas = self.norms.areas.as_ref()?.value.areas.iter();
                let of_commune = areas.filter(|area| area.communes.contains(&household.commune));
                Some(Value::Words(of_commune.map(|area| area.kind.clone()).collect()))
            }
            FieldSource::Needs => Some(said(&self.needs, household.id.0)),
            FieldSource::Received => Some(said(&self.received, household.id.0)),
            _ => None,
        })
    }

    fn person(&self, person: &FactPerson) -> Record {
        let facts = self.list(person.household, self.lists.in_force).and_then(|a| a.facts.as_ref());
        let facts = facts.and_then(|sheet| sheet.persons.get(&person.id));
        // Ages count on the last day of the year, as the review counts them.
        let age = person.birth.map(|birth| birth.age_on(Day::last_of(self.lists.year)));
        record(&self.norms.shapes.value.person, |source, _| match source {
            FieldSource::Age => age.map(|age| Value::Number(i32::from(age))),
            FieldSource::Able { from_age, below_age, unable } => {
                let of_age = (*from_age..*below_age).contains(&age?);
                let work = facts.and_then(|facts| facts.get("work"));
                let is_unable = matches!(work, Some(FactValue::One(kind)) if unable.contains(kind));
                Some(Value::Flag(of_age && !is_unable))
            }
            FieldSource::Sex => person.sex.map(|sex| Value::Word(sex.id().to_owned())),
            FieldSource::Minority => self.minority(person.ethnicity),
            FieldSource::PersonFact { fact } => value_of(facts?.get(fact)?),
            FieldSource::Needs => Some(said(&self.needs, person.id.0)),
            FieldSource::Received => Some(said(&self.received, person.id.0)),
            _ => None,
        })
    }

    fn staff(&self, staff: &FactStaff) -> Record {
        record(&self.norms.shapes.value.staff, |source, _| match source {
            FieldSource::Sex => staff.staff.sex.map(|sex: Sex| Value::Word(sex.id().to_owned())),
            FieldSource::Received => Some(said(&self.received, staff.staff.id.0)),
            FieldSource::Entered { .. } => Some(Value::Word(staff.staff.level.clone())),
            _ => None,
        })
    }

    fn model(&self, model: &Model) -> Record {
        record(&self.norms.shapes.value.model, |source, id| match (source, id) {
            (FieldSource::EnteredFlag, _) => Some(Value::Flag(model.counts_in(self.lists.year, self.on))),
            (FieldSource::Entered { .. }, "project") => Some(Value::Word(model.project.clone())),
            (FieldSource::Entered { .. }, "mode") => Some(Value::Word(model.mode.clone())),
            _ => None,
        })
    }

    /// Whoever is not on the commune's list of the year is of the class that the norms give to those.
    fn class(&self, now: Option<&FactAssessment>) -> Option<String> {
        match now {
            Some(assessment) => assessment.class.clone(),
            None if self.has_list => {
                let classes = &self.norms.classes.value.classes;
                classes.iter().find(|class| class.default_for_unlisted).map(|class| class.id.clone())
            }
            None => None,
        }
    }

    /// The poorest class of the lists before that it is not in any more.
    fn escaped(&self, household: HouseholdId, now: Option<&FactAssessment>) -> Option<String> {
        let escaped = &self.norms.shapes.value.escaped;
        let class = self.class(now)?;
        let was = |class: &String| {
            (1..=i16::from(escaped.lists)).any(|back| {
                let before = self.list(household, self.lists.in_force - back);
                before.is_some_and(|before| before.class.as_ref() == Some(class))
            })
        };
        let from = if escaped.from.contains(&class) { None } else { escaped.from.iter().find(|class| was(class)) };
        Some(from.cloned().unwrap_or_else(|| "none".to_owned()))
    }

    fn groups(&self, bits: u32) -> Vec<String> {
        let groups = &self.norms.groups.value.groups;
        groups.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, group)| group.id.clone()).collect()
    }

    fn minority(&self, ethnicity: Option<u16>) -> Option<Value> {
        ethnicity.map(|code| Value::Flag(code != self.norms.ethnic.value.majority))
    }
}

fn value_of(fact: &FactValue) -> Option<Value> {
    match fact {
        FactValue::YesNo(yes) => Some(Value::Flag(*yes)),
        FactValue::One(one) => Some(Value::Word(one.clone())),
        FactValue::Several(several) => Some(Value::Words(several.clone())),
        FactValue::Tenths(_) => None,
    }
}

/// Households by class on a list; for tests and pages that show both lists.
pub(super) fn by_class(rows: &FactRows, year: i16) -> BTreeMap<String, i64> {
    let of_year = rows.list_counts.iter().filter(|count| count.year == year);
    of_year.map(|count| (count.class.clone(), count.households)).collect()
}
