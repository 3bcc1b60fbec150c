//! One household in one year's review. The scope is tested on the place it had then.

use domain::review::{Assessment, Decision, Marks};
use domain::units::{Place, Scope};
use kernel::{Day, HouseholdId, IntakeId, Points, VillageId};
use norms::Area;
use storage::{Stored, StoredAssessment};
use uuid::Uuid;

use crate::bulk;
use crate::registry::refresh_years;
use crate::tx::{Row, Tx, to_json};

const TABLE: &str = "assessment";
const INTO: &str = "assessment (household, year, units_from, province, district, commune, village, area, listed, size, \
    ages, ethnicity, b1_entered, b2_entered, b1_computed, pack, entered_known, entered_set, computed_known, \
    computed_set, class_entered, class, class_computed, decision_number, decision_day, decision_class, causes, \
    cause_other, target_groups, facts, intake, left_class)";
const COLUMNS: &str = "SELECT a.household, a.year, a.units_from, a.province, a.district, a.commune, a.village, a.area, \
    a.listed, a.size, a.ages, a.ethnicity, a.b1_entered, a.b2_entered, a.b1_computed, a.pack, a.entered_known, \
    a.entered_set, a.computed_known, a.computed_set, a.class_entered, a.class, a.class_computed, a.decision_number, \
    a.decision_day, a.decision_class, a.causes, a.cause_other, a.target_groups, a.facts, a.intake, a.left_class \
    FROM assessment a WHERE";
/// Households at once in one statement with their ids.
const IDS: usize = 500;

pub(super) async fn of_household(tx: &mut Tx, scope: &Scope, household: HouseholdId) -> Stored<Vec<StoredAssessment>> {
    tx.query("finding a household's assessments", COLUMNS)
        .push_bind(" a.household = ", household.0)
        .push(" AND ((")
        .also_in_scope("a", scope)
        .push(") OR EXISTS (SELECT 1 FROM household h WHERE h.id = a.household AND")
        .also_in_scope("h", scope)
        .push(")) ORDER BY a.year DESC")
        .all(TABLE, assessment)
        .await
}

pub(super) async fn of_year(tx: &mut Tx, scope: &Scope, year: i16) -> Stored<Vec<StoredAssessment>> {
    tx.query("listing a year's assessments", COLUMNS)
        .in_scope("a", scope)
        .push_bind(" AND a.year = ", i64::from(year))
        .push(" ORDER BY a.commune, a.household")
        .all(TABLE, assessment)
        .await
}

pub(super) async fn by_household(tx: &mut Tx, year: i16, ids: &[HouseholdId]) -> Stored<Vec<StoredAssessment>> {
    let mut found = Vec::new();
    for some in ids.chunks(IDS) {
        let rows = tx
            .query("finding assessments", COLUMNS)
            .push_bind(" a.year = ", i64::from(year))
            .push_ids(" AND a.household", some.iter().map(|id| id.0))
            .all(TABLE, assessment)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

pub(super) async fn save(tx: &mut Tx, assessments: &[StoredAssessment]) -> Stored<()> {
    let mut rows = Vec::with_capacity(assessments.len());
    for stored in assessments {
        let ages = to_json(TABLE, &stored.assessment.ages)?;
        rows.push((stored, ages, to_json(TABLE, &stored.assessment.facts)?));
    }
    let then = format!("ON CONFLICT (household, year) DO UPDATE SET {}", replacing(INTO));
    bulk::insert(tx, "saving assessments", (INTO, &then), &rows, |row, (stored, ages, facts)| {
        let a = &stored.assessment;
        row.push(a.household.0);
        row.push(i64::from(a.year));
        row.push(a.place.units_from.iso());
        row.push(a.place.province.as_str());
        row.push(a.place.district.as_str());
        row.push(a.place.commune.as_str());
        row.push(a.place.village.0);
        row.push(a.area.id());
        row.push(a.listed);
        row.push(i64::from(a.size));
        row.push(ages.as_str());
        row.push(a.ethnicity.map(i64::from));
        row.push(a.b1_entered.map(tenths));
        row.push(a.b2_entered.map(tenths));
        row.push(a.b1_computed.map(tenths));
        row.push(a.pack.as_deref());
        row.push(i64::from(a.marks_entered.known_bits()));
        row.push(i64::from(a.marks_entered.set_bits()));
        row.push(i64::from(a.marks_computed.known_bits()));
        row.push(i64::from(a.marks_computed.set_bits()));
        row.push(a.class_entered.as_deref());
        row.push(stored.class.as_deref());
        row.push(stored.class_computed.as_deref());
        row.push(a.decision.as_ref().map(|d| d.number.as_str()));
        row.push(a.decision.as_ref().and_then(|d| d.day).map(Day::iso));
        row.push(a.decision.as_ref().map(|d| d.class.as_str()));
        row.push(i64::from(a.causes));
        row.push(a.cause_other.as_deref());
        row.push(i64::from(a.groups));
        row.push(facts.as_str());
        row.push(a.intake.map(|id| id.0));
        row.push(a.left_class.as_deref());
    })
    .await?;
    let mut ids: Vec<HouseholdId> = assessments.iter().map(|s| s.assessment.household).collect();
    ids.sort_unstable();
    ids.dedup();
    refresh_years(tx, &ids).await
}

pub(super) async fn remove(tx: &mut Tx, scope: &Scope, year: i16, ids: &[HouseholdId]) -> Stored<()> {
    const LEFT: &str = "DELETE FROM household_year WHERE NOT EXISTS (SELECT 1 FROM assessment a \
         WHERE a.household = household_year.household AND a.year = household_year.year)";
    for some in ids.chunks(IDS) {
        tx.query("taking assessments away", "DELETE FROM assessment WHERE")
            .in_scope("assessment", scope)
            .push_bind(" AND year = ", i64::from(year))
            .push_ids(" AND household", some.iter().map(|id| id.0))
            .run()
            .await?;
        tx.query("taking assessments away", LEFT).push_ids(" AND household", some.iter().map(|id| id.0)).run().await?;
    }
    Ok(())
}

fn tenths(points: Points) -> i64 {
    i64::from(points.0)
}

/// `a = excluded.a, b = excluded.b, …` for the columns of `table (a, b, …)`.
fn replacing(into: &str) -> String {
    let columns = into.split_once('(').map_or("", |(_, columns)| columns.trim_end_matches(')'));
    let set: Vec<String> = columns.split(',').map(str::trim).map(|c| format!("{c} = excluded.{c}")).collect();
    set.join(", ")
}

fn assessment(row: &mut Row) -> Stored<StoredAssessment> {
    let (household, year) = (HouseholdId(row.uuid()?), row.number()?);
    let place = Place {
        units_from: row.day()?,
        province: row.text()?,
        district: row.text()?,
        commune: row.text()?,
        village: VillageId(row.uuid()?),
    };
    let (area, listed) = (row.word(Area::from_id)?, row.take()?);
    let (size, ages, ethnicity) = (row.number()?, row.json()?, row.number_if_any()?);
    let b1_entered = row.number_if_any()?.map(Points);
    let b2_entered = row.number_if_any()?.map(Points);
    let b1_computed = row.number_if_any()?.map(Points);
    let pack = row.take()?;
    let marks_entered = Marks::from_bits(row.number()?, row.number()?);
    let marks_computed = Marks::from_bits(row.number()?, row.number()?);
    let (class_entered, class, class_computed) = (row.take()?, row.take()?, row.take()?);
    let decision = decision(row)?;
    let (causes, cause_other, groups) = (row.number()?, row.take()?, row.number()?);
    let facts = row.json()?;
    let intake: Option<Uuid> = row.take()?;
    let left_class = row.take()?;
    let assessment = Assessment {
        household,
        year,
        place,
        area,
        listed,
        left_class,
        size,
        ages,
        ethnicity,
        b1_entered,
        b2_entered,
        class_entered,
        b1_computed,
        pack,
        marks_entered,
        marks_computed,
        facts,
        causes,
        cause_other,
        groups,
        decision,
        intake: intake.map(IntakeId),
    };
    Ok(StoredAssessment { assessment, class, class_computed })
}

fn decision(row: &mut Row) -> Stored<Option<Decision>> {
    let number: Option<String> = row.take()?;
    let day = row.day_if_any()?;
    let class: Option<String> = row.take()?;
    Ok(number.zip(class).map(|(number, class)| Decision { number, day, class }))
}
