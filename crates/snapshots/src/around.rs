//! What the forms need beside the year's own households: the two lists before it, events, older classes, who stands on
//! another unit's list, and the villages with their totals. Start with [`Lists::ground`].

use domain::review::form::{Ground, Villages};
use domain::review::{Marks, Reviewed, Standing, YearFacts};
use domain::units::{Scope, Village, VillageTotal};
use kernel::{Day, HouseholdId, Points, VillageId};
use norms::{Rulebook, UnitList};

use crate::boundaries::Boundaries;
use crate::fault::SnapshotFault;
use crate::households::{ages_text, read_ages, read_area, read_marks, read_place};
use crate::table::{Column, Row, Table, id, number, text};

pub(crate) const EARLIER: &str = "earlier.parquet";
pub(crate) const EVENTS: &str = "events.parquet";
pub(crate) const CLASSES: &str = "classes.parquet";
pub(crate) const ELSEWHERE: &str = "elsewhere.parquet";
pub(crate) const VILLAGES: &str = "villages.parquet";

/// Beside the lists themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// In Vietnamese order, which is the order of the rows of a commune's forms.
    pub villages: Vec<Village>,
    /// Of the snapshot's year.
    pub totals: Vec<VillageTotal>,
    /// Of the year and the year before.
    pub events: Vec<(HouseholdId, Day, String)>,
    /// Classes of the years before last year.
    pub classes: Vec<(HouseholdId, i16, String)>,
    /// In that year the household stood on another unit's list, and the year before on a list here.
    pub elsewhere: Vec<(i16, HouseholdId)>,
    /// Where things lie on other days, as far as it was recorded.
    pub boundaries: Boundaries,
}

/// The three lists that the forms of a year and their checks are counted from, with what is around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    pub year: i16,
    pub now: Vec<Reviewed>,
    pub before: Vec<Reviewed>,
    pub before_that: Vec<Reviewed>,
    pub around: Around,
}

impl Lists {
    /// What the forms of the snapshot's unit are counted from.
    pub fn ground(self, scope: &Scope, units: &UnitList, rules: &Rulebook) -> Ground {
        let Self { year, now, before, before_that, around } = self;
        let has_previous = !before.is_empty();
        let last = has_previous.then(|| around.facts(year - 1, before.clone(), before_that));
        let this = around.facts(year, now, before);
        let lines = (this.lines(scope, rules), last.map(|facts| facts.lines(scope, rules)));
        let known = Villages { villages: &around.villages, totals: &around.totals };
        Ground::new(scope, (units, rules), known, lines, false)
    }
}

impl Around {
    fn facts(&self, year: i16, now: Vec<Reviewed>, before: Vec<Reviewed>) -> YearFacts {
        let earlier = self.classes.iter().filter(|(_, known, _)| *known < year - 1);
        let elsewhere = self.elsewhere.iter().filter(|(known, _)| *known == year);
        YearFacts {
            year,
            now,
            before,
            events: self.events.clone(),
            earlier: earlier.map(|(household, _, class)| (*household, class.clone())).collect(),
            elsewhere: elsewhere.map(|(_, household)| *household).collect(),
        }
    }
}

/// Standings of the years before, without answers.
pub(crate) fn earlier_columns(rows: &[(i16, Reviewed)]) -> Vec<Column> {
    let each = || rows.iter().map(|(_, reviewed)| reviewed);
    let standings = || rows.iter().map(|(_, reviewed)| &reviewed.standing);
    vec![
        number("year", rows.iter().map(|(year, _)| Some(*year))),
        id("household", each().map(|r| Some(r.household.0))),
        text("commune", each().map(|r| Some(&r.place.commune))),
        text("district", each().map(|r| Some(&r.place.district))),
        text("province", each().map(|r| Some(&r.place.province))),
        id("village", each().map(|r| Some(r.place.village.0))),
        text("area", each().map(|r| Some(r.area.id()))),
        text("class", standings().map(|s| s.class.as_deref())),
        text("class_computed", standings().map(|s| s.computed.as_deref())),
        number("b2_entered", standings().map(|s| s.b2_entered.map(|points| points.0))),
        text("pack", standings().map(|s| s.pack.as_deref())),
        number("size", standings().map(|s| Some(s.size))),
        text("ages", standings().map(|s| Some(ages_text(&s.ages)))),
        number("marks_known", standings().map(|s| Some(s.marks.known_bits()))),
        number("marks_set", standings().map(|s| Some(s.marks.set_bits()))),
        number("causes", standings().map(|s| Some(s.causes))),
        number("groups", standings().map(|s| Some(s.groups))),
        number("ethnicity", standings().map(|s| s.ethnicity)),
    ]
}

fn read_earlier(row: &mut Row<'_>, units_from: Day) -> Result<(i16, Reviewed), SnapshotFault> {
    let (year, household) = (row.number()?, row.id()?);
    let (place, area) = (read_place(row, units_from)?, read_area(row)?);
    let (class, computed) = (row.owned()?, row.owned()?);
    let (b2_entered, pack, size) = (row.number()?.map(Points), row.owned()?, row.number()?);
    let (ages, marks): (Vec<i16>, Marks) = (read_ages(row)?, read_marks(row)?);
    let (causes, groups, ethnicity) = (row.number()?, row.number()?, row.number()?);
    let standing = Standing {
        class,
        computed,
        b2_entered,
        pack,
        size: row.must(size)?,
        ages,
        marks,
        causes: row.must(causes)?,
        groups: row.must(groups)?,
        ethnicity,
    };
    Ok((row.must(year)?, Reviewed { household: HouseholdId(row.must(household)?), place, area, standing }))
}

pub(crate) fn event_columns(events: &[(HouseholdId, Day, String)]) -> Vec<Column> {
    vec![
        id("household", events.iter().map(|(household, ..)| Some(household.0))),
        text("day", events.iter().map(|(_, day, _)| Some(day.iso()))),
        text("kind", events.iter().map(|(.., kind)| Some(kind))),
    ]
}

pub(crate) fn class_columns(classes: &[(HouseholdId, i16, String)]) -> Vec<Column> {
    vec![
        id("household", classes.iter().map(|(household, ..)| Some(household.0))),
        number("year", classes.iter().map(|(_, year, _)| Some(*year))),
        text("class", classes.iter().map(|(.., class)| Some(class))),
    ]
}

pub(crate) fn elsewhere_columns(elsewhere: &[(i16, HouseholdId)]) -> Vec<Column> {
    vec![
        number("year", elsewhere.iter().map(|(year, _)| Some(*year))),
        id("household", elsewhere.iter().map(|(_, household)| Some(household.0))),
    ]
}

/// Villages and, where it was entered, the total of each.
pub(crate) fn village_columns(villages: &[Village], totals: &[VillageTotal]) -> Vec<Column> {
    let by_village: std::collections::HashMap<VillageId, &VillageTotal> =
        totals.iter().map(|total| (total.village, total)).collect();
    let total = |village: &Village| by_village.get(&village.id).copied();
    vec![
        text("commune", villages.iter().map(|v| Some(&v.commune))),
        text("district", villages.iter().map(|v| Some(&v.district))),
        text("province", villages.iter().map(|v| Some(&v.province))),
        id("village", villages.iter().map(|v| Some(v.id.0))),
        text("name", villages.iter().map(|v| Some(&v.name))),
        number("households", villages.iter().map(|v| total(v).map(|total| total.households))),
        number("persons", villages.iter().map(|v| total(v).map(|total| total.persons))),
    ]
}

/// The files around the households, still to be read.
pub(crate) struct AroundTables {
    pub(crate) earlier: Table,
    pub(crate) events: Table,
    pub(crate) classes: Table,
    pub(crate) elsewhere: Table,
    pub(crate) villages: Table,
}

impl AroundTables {
    /// The lists of the years before, and everything around.
    pub(crate) fn read(&self, year: i16, units_from: Day) -> Result<Lists, SnapshotFault> {
        let mut lists = Lists { year, around: self.around(year, units_from)?, ..Lists::default() };
        each(&self.earlier, |row| {
            let (of, reviewed) = read_earlier(row, units_from)?;
            if of == year - 1 {
                lists.before.push(reviewed);
            } else {
                lists.before_that.push(reviewed);
            }
            Ok(())
        })?;
        Ok(lists)
    }

    fn around(&self, year: i16, units_from: Day) -> Result<Around, SnapshotFault> {
        let mut around = Around::default();
        read_villages(&self.villages, units_from, |village, total| {
            let total =
                total.map(|(households, persons)| VillageTotal { village: village.id, year, households, persons });
            around.totals.extend(total);
            around.villages.push(village);
        })?;
        each(&self.events, |row| {
            let (household, day, kind) = (row.id()?, row.word(Day::from_iso)?, row.owned()?);
            around.events.push((HouseholdId(row.must(household)?), row.must(day)?, row.must(kind)?));
            Ok(())
        })?;
        each(&self.classes, |row| {
            let (household, year, class) = (row.id()?, row.number()?, row.owned()?);
            around.classes.push((HouseholdId(row.must(household)?), row.must(year)?, row.must(class)?));
            Ok(())
        })?;
        each(&self.elsewhere, |row| {
            let (year, household) = (row.number()?, row.id()?);
            around.elsewhere.push((row.must(year)?, HouseholdId(row.must(household)?)));
            Ok(())
        })?;
        Ok(around)
    }
}

/// Every village in the order of its commune, with its households and persons where a total was entered.
pub(crate) fn read_villages(
    table: &Table,
    units_from: Day,
    mut take: impl FnMut(Village, Option<(i64, i64)>),
) -> Result<(), SnapshotFault> {
    each(table, |row| {
        let place = read_place(row, units_from)?;
        let (name, households, persons) = (row.owned()?, row.number()?, row.number()?);
        let village = Village {
            id: place.village,
            units_from,
            province: place.province,
            district: place.district,
            commune: place.commune,
            name: row.must(name)?,
        };
        take(village, households.zip(persons));
        Ok(())
    })
}

/// Every row of a small file.
pub(crate) fn each(
    table: &Table,
    mut take: impl FnMut(&mut Row<'_>) -> Result<(), SnapshotFault>,
) -> Result<(), SnapshotFault> {
    for group in 0..table.groups() {
        for mut row in table.rows(group)?.iter() {
            take(&mut row)?;
        }
    }
    Ok(())
}
