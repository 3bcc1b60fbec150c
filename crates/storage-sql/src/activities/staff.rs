//! The list of poverty-reduction staff.

use domain::programme::work::Staff;
use domain::registry::Sex;
use domain::units::Scope;
use kernel::{Day, StaffId, text};
use storage::{SheetKey, Stored};

use super::{place, push_place};
use crate::bulk;
use crate::facts::touch_places;
use crate::tx::{Row, Tx};

const COLUMNS: &str = "SELECT s.id, s.name, s.sex, s.level, s.office, s.units_from, s.province, s.district, s.commune, \
                       s.since, s.left_on FROM staff s WHERE";

pub(super) async fn list(tx: &mut Tx, scope: &Scope) -> Stored<Vec<Staff>> {
    tx.query("listing staff", COLUMNS).in_scope("s", scope).push(" ORDER BY s.sort_key, s.id").all("staff", staff).await
}

/// Those who belong to exactly this unit.
pub(crate) async fn at_key(tx: &mut Tx, key: &SheetKey) -> Stored<Vec<Staff>> {
    tx.query("listing staff", COLUMNS)
        .push_bind(" s.units_from = ", key.units_from.iso())
        .push_bind(" AND s.province = ", key.province.clone())
        .push_bind(" AND s.district = ", key.district.clone())
        .push_bind(" AND s.commune = ", key.commune.clone())
        .push(" ORDER BY s.id")
        .all("staff", staff)
        .await
}

pub(super) async fn add(tx: &mut Tx, people: &[Staff]) -> Stored<()> {
    const INTO: &str = "staff (id, name, sex, level, office, units_from, province, district, commune, since, sort_key, \
                        left_on)";
    bulk::insert(tx, "adding staff", (INTO, ""), people, |row, s| {
        row.push(s.id.0);
        row.push(s.name.as_str());
        row.push(s.sex.map(Sex::id));
        row.push(s.level.as_str());
        row.push(s.office.as_str());
        push_place(row, &s.place);
        row.push(s.since.iso());
        row.push(text::person_sort_key(&s.name));
        row.push(s.left.map(Day::iso));
    })
    .await?;
    touch_places(tx, people.iter().map(|s| &s.place)).await
}

pub(super) async fn one(tx: &mut Tx, scope: &Scope, id: StaffId) -> Stored<Option<Staff>> {
    let sql = format!("{COLUMNS} s.id = $1 AND");
    tx.query("finding one of the staff", sql).bind(id.0).in_scope("s", scope).first("staff", staff).await
}

pub(super) async fn save_left(tx: &mut Tx, staff: &Staff) -> Stored<()> {
    tx.query("saving when staff left", "UPDATE staff SET left_on = $1 WHERE id = $2")
        .bind(staff.left.map(Day::iso))
        .bind(staff.id.0)
        .run()
        .await?;
    touch_places(tx, std::iter::once(&staff.place)).await
}

pub(super) async fn remove(tx: &mut Tx, scope: &Scope, id: StaffId) -> Stored<()> {
    let Some(staff) = one(tx, scope, id).await? else { return Ok(()) };
    tx.query("taking staff off the list", "DELETE FROM staff WHERE id = $1").bind(id.0).run().await?;
    touch_places(tx, std::iter::once(&staff.place)).await
}

fn staff(row: &mut Row) -> Stored<Staff> {
    let (id, name) = (StaffId(row.uuid()?), row.text()?);
    let sex: Option<String> = row.take()?;
    Ok(Staff {
        id,
        name,
        sex: sex.as_deref().and_then(Sex::from_id),
        level: row.text()?,
        office: row.text()?,
        place: place(row)?,
        since: row.day()?,
        left: row.day_if_any()?,
    })
}
