//! What poverty figures and counts see of the households reviewed in one commune: lean statements, no answers and no names.

use domain::registry::Sex;
use domain::review::Marks;
use kernel::{HouseholdId, VillageId};
use norms::Area;
use storage::{SheetKey, Stored, VillageClass, WorkingRow};

use crate::tx::Tx;

/// The head is the member who is called so among those present, else the first present, else the first.
const SQL: &str = "SELECT a.household, a.village, a.area, a.ethnicity, (SELECT p.sex FROM membership m \
                   JOIN person p ON p.id = m.person WHERE m.household = a.household \
                   ORDER BY CASE WHEN m.left_on IS NULL AND m.is_head THEN 0 WHEN m.left_on IS NULL THEN 1 ELSE 2 END, \
                   m.position LIMIT 1), a.size, a.class, a.computed_known, a.computed_set, a.entered_known, \
                   a.entered_set, a.target_groups FROM assessment a WHERE";

pub(super) async fn of_unit(tx: &mut Tx, key: &SheetKey, year: i16) -> Stored<Vec<WorkingRow>> {
    if key.commune.is_empty() {
        return Ok(Vec::new());
    }
    tx.query("reading working figures", SQL)
        .in_scope("a", &key.place().unit())
        .push_bind(" AND a.year = ", i64::from(year))
        .push(" ORDER BY a.household")
        .all("assessment", |row| {
            let (household, village) = (HouseholdId(row.uuid()?), VillageId(row.uuid()?));
            let (area, ethnicity) = (row.word(Area::from_id)?, row.number_if_any()?);
            let head_sex: Option<String> = row.take()?;
            let (size, class) = (row.take()?, row.take()?);
            let computed = Marks::from_bits(row.number()?, row.number()?);
            let entered = Marks::from_bits(row.number()?, row.number()?);
            Ok(WorkingRow {
                household,
                village,
                area,
                ethnicity,
                head_sex: head_sex.as_deref().and_then(Sex::from_id),
                size,
                class,
                marks: computed.or(entered),
                groups: row.number()?,
            })
        })
        .await
}

pub(super) async fn village_classes(tx: &mut Tx, key: &SheetKey, year: i16) -> Stored<Vec<VillageClass>> {
    const SQL: &str = "SELECT a.village, a.class, COUNT(*), CAST(SUM(a.size) AS BIGINT) FROM assessment a WHERE";
    if key.commune.is_empty() {
        return Ok(Vec::new());
    }
    tx.query("counting classes by village", SQL)
        .in_scope("a", &key.place().unit())
        .push_bind(" AND a.year = ", i64::from(year))
        .push(" GROUP BY a.village, a.class ORDER BY a.village, a.class")
        .all("assessment", |row| {
            let (village, class) = (VillageId(row.uuid()?), row.take()?);
            Ok(VillageClass { village, class, households: row.take()?, persons: row.take()? })
        })
        .await
}
