//! `households.parquet` and `members.parquet`: the reviewed households of the snapshot's year, sorted by unit, and their
//! members in the same order. What is written first is read first: both functions of a file go down the same list.

use domain::registry::Sex;
use domain::review::{Assessment, Decision, FactSheet, Marks};
use domain::units::Place;
use kernel::{BirthDate, Day, HouseholdId, PersonId, Points, VillageId};
use norms::Area;

use crate::facts::{ANSWER, FACT, Shape, answer_columns, behind, fact_columns, read_answers, read_facts};
use crate::fault::SnapshotFault;
use crate::figures::Seen;
use crate::record::{MemberRecord, Outcome, Record};
use crate::table::{Column, Row, Rows, Table, id, number, text, yes};

pub(crate) const HOUSEHOLDS: &str = "households.parquet";
pub(crate) const MEMBERS: &str = "members.parquet";

/// The columns of some households.
pub(crate) fn household_columns(records: &[Record], shape: &Shape) -> Vec<Column> {
    let each = || records.iter().map(|record| &record.assessment);
    let points = |points: Option<Points>| points.map(|points| points.0);
    let mut columns = vec![
        id("household", each().map(|a| Some(a.household.0))),
        text("commune", each().map(|a| Some(&a.place.commune))),
        text("district", each().map(|a| Some(&a.place.district))),
        text("province", each().map(|a| Some(&a.place.province))),
        id("village", each().map(|a| Some(a.place.village.0))),
        text("area", each().map(|a| Some(a.area.id()))),
        yes("listed", each().map(|a| Some(a.listed))),
        text("left_class", each().map(|a| a.left_class.as_deref())),
        number("size", each().map(|a| Some(a.size))),
        text("ages", each().map(|a| Some(ages_text(&a.ages)))),
        number("ethnicity", each().map(|a| a.ethnicity)),
        text("head_sex", records.iter().map(|record| record.head_sex.map(Sex::id))),
        number("b1_entered", each().map(|a| points(a.b1_entered))),
        number("b2_entered", each().map(|a| points(a.b2_entered))),
        number("b1_computed", each().map(|a| points(a.b1_computed))),
        text("pack", each().map(|a| a.pack.as_deref())),
        number("entered_known", each().map(|a| Some(a.marks_entered.known_bits()))),
        number("entered_set", each().map(|a| Some(a.marks_entered.set_bits()))),
        number("computed_known", each().map(|a| Some(a.marks_computed.known_bits()))),
        number("computed_set", each().map(|a| Some(a.marks_computed.set_bits()))),
        text("class_entered", each().map(|a| a.class_entered.as_deref())),
        text("class", records.iter().map(|record| record.class.as_deref())),
        text("class_computed", records.iter().map(|record| record.class_computed.as_deref())),
        text("decision_number", each().map(|a| a.decision.as_ref().map(|d| d.number.as_str()))),
        text("decision_day", each().map(|a| a.decision.as_ref().and_then(|d| d.day).map(Day::iso))),
        text("decision_class", each().map(|a| a.decision.as_ref().map(|d| d.class.as_str()))),
        number("causes", each().map(|a| Some(a.causes))),
        text("cause_other", each().map(|a| a.cause_other.as_deref())),
        number("groups", each().map(|a| Some(a.groups))),
    ];
    let outcomes = || records.iter().map(|record| &record.outcome);
    columns.extend([
        number("found_known", outcomes().map(|o| Some(o.marks.known_bits()))),
        number("found_set", outcomes().map(|o| Some(o.marks.set_bits()))),
        number("found_b1", outcomes().map(|o| points(o.b1))),
        text("found_class", outcomes().map(|o| o.class.as_deref())),
        text("found_rule", outcomes().map(|o| o.rule.as_deref())),
    ]);
    let sheets: Vec<_> = each().map(|a| Some(&a.facts.household)).collect();
    columns.extend(fact_columns(&shape.household_facts, &sheets));
    columns.extend(answer_columns(&shape.items, &each().map(|a| &a.facts.answers).collect::<Vec<_>>()));
    columns
}

pub(crate) fn ages_text(ages: &[i16]) -> String {
    ages.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

pub(crate) fn read_ages(row: &mut Row<'_>) -> Result<Vec<i16>, SnapshotFault> {
    let text = row.text()?.unwrap_or_default();
    let ages = text.split_whitespace().map(str::parse).collect::<Result<Vec<i16>, _>>();
    ages.map_err(|_| row.unreadable("no ages"))
}

pub(crate) fn read_marks(row: &mut Row<'_>) -> Result<Marks, SnapshotFault> {
    let (known, set) = (row.number()?, row.number()?);
    Ok(Marks::from_bits(row.must(known)?, row.must(set)?))
}

fn read_points(row: &mut Row<'_>) -> Result<Option<Points>, SnapshotFault> {
    Ok(row.number()?.map(Points))
}

/// Place without its list of units, which the manifest names once for all.
pub(crate) fn read_place(row: &mut Row<'_>, units_from: Day) -> Result<Place, SnapshotFault> {
    let (commune, district, province, village) = (row.owned()?, row.owned()?, row.owned()?, row.id()?);
    Ok(Place {
        units_from,
        province: row.must(province)?,
        district: row.must(district)?,
        commune: row.must(commune)?,
        village: VillageId(row.must(village)?),
    })
}

pub(crate) fn read_area(row: &mut Row<'_>) -> Result<Area, SnapshotFault> {
    let area = row.word(Area::from_id)?;
    row.must(area)
}

/// A household's class and size in a year, and where it lived then: all that movements need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassOf {
    pub household: HouseholdId,
    /// Its place in [`Classes::communes`].
    pub commune: u16,
    pub village: VillageId,
    /// Persons.
    pub size: i64,
    /// Its place in [`Classes::classes`].
    pub class: Option<u16>,
}

/// Every household's class, each word kept once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classes {
    /// Codes of the communes.
    pub communes: Vec<String>,
    /// Ids of the classes.
    pub classes: Vec<String>,
    pub rows: Vec<ClassOf>,
}

impl Classes {
    /// The id of a row's class.
    pub fn class_of(&self, row: &ClassOf) -> Option<&str> {
        self.classes.get(usize::from(row.class?)).map(String::as_str)
    }
}

/// The place of a word that is kept once. There are hundreds of communes and a handful of classes, and neighbours share theirs.
fn place_of_word(words: &mut Vec<String>, word: &str, last: usize) -> Option<u16> {
    let is_last = words.get(last).is_some_and(|known| known == word);
    let found = if is_last { Some(last) } else { words.iter().position(|known| known == word) };
    let at = found.unwrap_or_else(|| {
        words.push(word.to_owned());
        words.len() - 1
    });
    u16::try_from(at).ok()
}

/// The columns that [`read_seen`] reads, in its order.
pub(crate) const SEEN: [&str; 13] = [
    "household",
    "commune",
    "village",
    "area",
    "size",
    "ethnicity",
    "head_sex",
    "entered_known",
    "entered_set",
    "computed_known",
    "computed_set",
    "class",
    "groups",
];

/// A household as figures see it, without its answers and its members.
pub(crate) fn read_seen<'r>(row: &mut Row<'r>) -> Result<(HouseholdId, Seen<'r>), SnapshotFault> {
    let (household, commune, village) = (row.id()?, row.text()?, row.id()?);
    let area = read_area(row)?;
    let (size, ethnicity, head_sex) = (row.number()?, row.number()?, row.word(Sex::from_id)?);
    let (entered, computed) = (read_marks(row)?, read_marks(row)?);
    let (class, groups) = (row.text()?, row.number()?);
    let seen = Seen {
        commune: row.must(commune)?,
        village: VillageId(row.must(village)?),
        area,
        ethnicity,
        head_sex,
        size: row.must(size)?,
        class,
        marks: computed.or(entered),
        groups: row.must(groups)?,
    };
    Ok((HouseholdId(row.must(household)?), seen))
}

/// Every household's class, of one file and five of its columns.
pub(crate) fn read_classes(table: &Table) -> Result<Classes, SnapshotFault> {
    let mut found = Classes::default();
    let (mut commune, mut class) = (0, 0);
    for group in 0..table.groups() {
        let rows = table.named(group, &["household", "commune", "village", "size", "class"])?;
        found.rows.reserve(rows.len());
        for mut row in rows.iter() {
            let (household, of_commune, village) = (row.id()?, row.text()?, row.id()?);
            let (size, of_class) = (row.number()?, row.text()?);
            let place = place_of_word(&mut found.communes, row.must(of_commune)?, usize::from(commune));
            commune = row.must(place)?;
            let place = of_class.map(|id| row.must(place_of_word(&mut found.classes, id, usize::from(class))));
            let place = place.transpose()?;
            class = place.unwrap_or(class);
            found.rows.push(ClassOf {
                household: HouseholdId(row.must(household)?),
                commune,
                village: VillageId(row.must(village)?),
                size: row.must(size)?,
                class: place,
            });
        }
    }
    Ok(found)
}

/// Reads the columns that [`household_columns`] wrote; the members come from the other file.
fn read_household(row: &mut Row<'_>, (year, units_from): (i16, Day), shape: &Shape) -> Result<Record, SnapshotFault> {
    let household = row.id()?;
    let household = HouseholdId(row.must(household)?);
    let place = read_place(row, units_from)?;
    let area = read_area(row)?;
    let (listed, left_class, size) = (row.yes()?, row.owned()?, row.number()?);
    let (ages, ethnicity, head_sex) = (read_ages(row)?, row.number()?, row.word(Sex::from_id)?);
    let (b1_entered, b2_entered, b1_computed) = (read_points(row)?, read_points(row)?, read_points(row)?);
    let pack = row.owned()?;
    let (marks_entered, marks_computed) = (read_marks(row)?, read_marks(row)?);
    let (class_entered, class, class_computed) = (row.owned()?, row.owned()?, row.owned()?);
    let decision = read_decision(row)?;
    let (causes, cause_other, groups) = (row.number()?, row.owned()?, row.number()?);
    let outcome = Outcome { marks: read_marks(row)?, b1: read_points(row)?, class: row.owned()?, rule: row.owned()? };
    let household_facts = read_facts(&shape.household_facts, row)?;
    let answers = read_answers(&shape.items, row)?;
    let assessment = Assessment {
        household,
        year,
        place,
        area,
        listed: row.must(listed)?,
        left_class,
        size: row.must(size)?,
        ages,
        ethnicity,
        b1_entered,
        b2_entered,
        class_entered,
        b1_computed,
        pack,
        marks_entered,
        marks_computed,
        facts: FactSheet { household: household_facts, persons: std::collections::BTreeMap::new(), answers },
        causes: row.must(causes)?,
        cause_other,
        groups: row.must(groups)?,
        decision,
        intake: None,
    };
    Ok(Record { assessment, class, class_computed, head_sex, members: Vec::new(), outcome })
}

fn read_decision(row: &mut Row<'_>) -> Result<Option<Decision>, SnapshotFault> {
    let (number, day, class) = (row.owned()?, row.word(Day::from_iso)?, row.owned()?);
    Ok(number.zip(class).map(|(number, class)| Decision { number, day, class }))
}

/// The columns of some households' members.
pub(crate) fn member_columns(records: &[Record], shape: &Shape) -> Vec<Column> {
    let members: Vec<(&Assessment, &MemberRecord)> =
        records.iter().flat_map(|record| record.members.iter().map(|m| (&record.assessment, m))).collect();
    let mut columns = vec![
        id("household", members.iter().map(|(a, _)| Some(a.household.0))),
        id("person", members.iter().map(|(_, m)| Some(m.person.0))),
        text("birth", members.iter().map(|(_, m)| m.birth.map(BirthDate::iso))),
        yes("counted", members.iter().map(|(_, m)| Some(m.counted))),
    ];
    let sheets: Vec<_> = members.iter().map(|(a, m)| a.facts.persons.get(&m.person)).collect();
    columns.extend(fact_columns(&shape.person_facts, &sheets));
    columns
}

/// Both files, read side by side.
pub(crate) struct Reviews {
    pub(crate) year: i16,
    pub(crate) units_from: Day,
    households: Table,
    members: Table,
    shape: Shape,
}

impl Reviews {
    pub(crate) fn new((year, units_from): (i16, Day), households: Table, members: Table) -> Self {
        let (of_households, of_members) = (households.names(), members.names());
        let shape = Shape {
            household_facts: behind(&of_households, FACT),
            items: behind(&of_households, ANSWER),
            person_facts: behind(&of_members, FACT),
        };
        Self { year, units_from, households, members, shape }
    }

    /// Every household with its members, a row group at a time.
    pub(crate) fn each(&self, mut take: impl FnMut(Record) -> Result<(), SnapshotFault>) -> Result<(), SnapshotFault> {
        let mut members = MemberCursor { table: &self.members, shape: &self.shape, group: 0, rows: None, at: 0 };
        for group in 0..self.households.groups() {
            for mut row in self.households.rows(group)?.iter() {
                let mut record = read_household(&mut row, (self.year, self.units_from), &self.shape)?;
                members.fill(&mut record)?;
                take(record)?;
            }
        }
        Ok(())
    }

    /// One household, if the snapshot holds it.
    pub(crate) fn find(&self, wanted: HouseholdId) -> Result<Option<Record>, SnapshotFault> {
        for group in 0..self.households.groups() {
            let Some(at) = place_of(&self.households.columns(group, 1)?, wanted)? else { continue };
            let rows = self.households.rows(group)?;
            let mut record = read_household(&mut rows.row(at), (self.year, self.units_from), &self.shape)?;
            self.find_members(&mut record)?;
            return Ok(Some(record));
        }
        Ok(None)
    }

    fn find_members(&self, record: &mut Record) -> Result<(), SnapshotFault> {
        for group in 0..self.members.groups() {
            let Some(at) = place_of(&self.members.columns(group, 1)?, record.assessment.household)? else { continue };
            let cursor = &mut MemberCursor { table: &self.members, shape: &self.shape, group, rows: None, at };
            return cursor.fill(record);
        }
        Ok(())
    }
}

/// The first row of a household, by the first column.
fn place_of(rows: &Rows, wanted: HouseholdId) -> Result<Option<usize>, SnapshotFault> {
    for (at, mut row) in rows.iter().enumerate() {
        if row.id()? == Some(wanted.0) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// Walks down the members in step with the households.
struct MemberCursor<'t> {
    table: &'t Table,
    shape: &'t Shape,
    /// The row group that is read next, or is being read.
    group: usize,
    rows: Option<Rows>,
    at: usize,
}

impl MemberCursor<'_> {
    /// Gives a household the members that come next and are its own.
    fn fill(&mut self, record: &mut Record) -> Result<(), SnapshotFault> {
        while self.load()? {
            let Some(rows) = &self.rows else { break };
            let mut row = rows.row(self.at);
            if row.id()? != Some(record.assessment.household.0) {
                break;
            }
            let (person, birth, counted) = (row.id()?, row.word(BirthDate::from_iso)?, row.yes()?);
            let person = PersonId(row.must(person)?);
            record.members.push(MemberRecord { person, birth, counted: row.must(counted)? });
            let facts = read_facts(&self.shape.person_facts, &mut row)?;
            if !facts.is_empty() {
                record.assessment.facts.persons.insert(person, facts);
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Makes sure that a row is at hand; `false` at the end of the file.
    fn load(&mut self) -> Result<bool, SnapshotFault> {
        while self.group < self.table.groups() {
            if self.rows.is_none() {
                self.rows = Some(self.table.rows(self.group)?);
            }
            if self.rows.as_ref().is_some_and(|rows| self.at < rows.len()) {
                return Ok(true);
            }
            (self.rows, self.at) = (None, 0);
            self.group += 1;
        }
        Ok(false)
    }
}
