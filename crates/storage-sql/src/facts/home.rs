//! What forms are counted from, of the households that live in one commune: their two lists wherever those lie, the events of the
//! year, their earlier classes. No names, no answers.

use domain::review::form::{EarlierClass, HomeFacts};
use domain::review::{Marks, Reviewed, Standing};
use domain::units::{Place, Scope};
use kernel::{Day, HouseholdId, Points, VillageId};
use norms::Area;
use storage::{SheetKey, Stored};

use crate::tx::{Query, Row, Tx};

pub(super) async fn of_unit(tx: &mut Tx, key: &SheetKey, year: i16, only: Option<&[HouseholdId]>) -> Stored<HomeFacts> {
    let home = key.place();
    let unit = home.unit();
    let of = (&unit, only);
    let mut facts = HomeFacts { home, year, now: vec![], before: vec![], events: vec![], earlier: vec![] };
    if key.commune.is_empty() {
        return Ok(facts);
    }
    for (list, reviewed) in lists(tx, of, year).await? {
        if list == year { facts.now.push(reviewed) } else { facts.before.push(reviewed) }
    }
    facts.events = events(tx, of, year).await?;
    facts.earlier = earlier(tx, of, year).await?;
    Ok(facts)
}

/// The households of a commune, all or some.
type Chosen<'a> = (&'a Scope, Option<&'a [HouseholdId]>);

impl Query<'_> {
    /// Some are found by their ids, all by where they live.
    fn at_home(self, alias: &str, id: &str, (scope, only): Chosen<'_>) -> Self {
        match only {
            None => self.in_scope(alias, scope),
            Some(ids) => {
                self.also_in_scope(alias, scope).push_ids(&format!(" AND {alias}.{id}"), ids.iter().map(|id| id.0))
            }
        }
    }
}

async fn lists(tx: &mut Tx, of: Chosen<'_>, year: i16) -> Stored<Vec<(i16, Reviewed)>> {
    const SQL: &str = "SELECT a.year, a.household, a.units_from, a.province, a.district, a.commune, a.village, a.area, \
                       a.class, a.class_computed, a.b2_entered, a.pack, a.size, a.ages, a.computed_known, a.computed_set, \
                       a.entered_known, a.entered_set, a.causes, a.target_groups, a.ethnicity FROM household_year y \
                       JOIN assessment a ON a.household = y.household AND a.year = y.year WHERE";
    tx.query("reading two years' lists", SQL)
        .at_home("y", "household", of)
        .push_bind(" AND y.year >= ", i64::from(year) - 1)
        .push_bind(" AND y.year <= ", i64::from(year))
        .all("assessment", |row| Ok((row.number()?, reviewed(row)?)))
        .await
}

fn reviewed(row: &mut Row) -> Stored<Reviewed> {
    let household = HouseholdId(row.uuid()?);
    let (units_from, province, district) = (row.day()?, row.text()?, row.text()?);
    let place = Place { units_from, province, district, commune: row.text()?, village: VillageId(row.uuid()?) };
    let area = row.word(Area::from_id)?;
    let (class, computed) = (row.take()?, row.take()?);
    let (b2_entered, pack) = (row.number_if_any()?.map(Points), row.take()?);
    let (size, ages) = (row.take()?, row.json()?);
    let marks = Marks::from_bits(row.number()?, row.number()?);
    let marks = marks.or(Marks::from_bits(row.number()?, row.number()?));
    let (causes, groups, ethnicity) = (row.number()?, row.number()?, row.number_if_any()?);
    let standing = Standing { class, computed, b2_entered, pack, size, ages, marks, causes, groups, ethnicity };
    Ok(Reviewed { household, place, area, standing })
}

async fn events(tx: &mut Tx, of: Chosen<'_>, year: i16) -> Stored<Vec<(HouseholdId, Day, String)>> {
    const SQL: &str =
        "SELECT e.household, e.day, e.kind FROM household h JOIN household_event e ON e.household = h.id WHERE";
    tx.query("reading a year's events", SQL)
        .at_home("h", "id", of)
        .push_bind(" AND e.day >= ", Day::first_of(year).iso())
        .push_bind(" AND e.day <= ", Day::last_of(year).iso())
        .all("household_event", |row| Ok((HouseholdId(row.uuid()?), row.day()?, row.text()?)))
        .await
}

/// Where the class was given is only told where it was not at home.
async fn earlier(tx: &mut Tx, of: Chosen<'_>, year: i16) -> Stored<Vec<EarlierClass>> {
    const AWAY: &str = "a.units_from <> y.units_from OR a.province <> y.province OR a.district <> y.district \
                        OR a.commune <> y.commune";
    let away = ["units_from", "province", "district", "commune"]
        .map(|column| format!("CASE WHEN {AWAY} THEN a.{column} END"))
        .join(", ");
    let sql = format!(
        "SELECT a.household, a.class, {away} FROM household_year y \
         JOIN assessment a ON a.household = y.household AND a.year = y.year WHERE a.class IS NOT NULL AND"
    );
    tx.query("reading earlier classes", sql)
        .at_home("y", "household", of)
        .push_bind(" AND y.year < ", i64::from(year) - 1)
        .all("assessment", |row| {
            let (household, class) = (HouseholdId(row.uuid()?), row.text()?);
            let units_from = row.day_if_any()?;
            let (province, district, commune): (Option<String>, Option<String>, Option<String>) =
                (row.take()?, row.take()?, row.take()?);
            let [province, district, commune] = [province, district, commune].map(Option::unwrap_or_default);
            let elsewhere = units_from.map(|from| Place::of_unit(from, province, district, commune));
            Ok(EarlierClass { household, class, elsewhere })
        })
        .await
}
