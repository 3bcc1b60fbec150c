//! Production models and projects with their participating households.

use domain::programme::work::Model;
use domain::units::Scope;
use kernel::{Day, HouseholdId, ModelId};
use storage::{SheetKey, StorageError, Stored};
use uuid::Uuid;

use super::{place, push_place};
use crate::bulk;
use crate::facts::touch_places;
use crate::tx::{Query, Row, Tx, Values};

const TABLE: &str = "model";
const COLUMNS: &str = "SELECT m.id, m.name, m.project, m.mode, m.sector, m.lead, m.lead_name, m.reason, m.units_from, \
                       m.province, m.district, m.commune, m.approved, m.started, m.state_money, m.direct_money, \
                       m.others, m.version FROM model m WHERE";
const CHANGED: StorageError = StorageError::Conflict { record: "model" };

pub(super) async fn one(tx: &mut Tx, scope: &Scope, id: ModelId) -> Stored<Option<Model>> {
    let sql = format!("{COLUMNS} m.id = $1 AND");
    let query = tx.query("finding a model", sql).bind(id.0).in_scope("m", scope);
    let mut found = query.all(TABLE, model).await?;
    with_members(tx, &mut found).await?;
    Ok(found.into_iter().next())
}

/// Models begun in a year, or all.
pub(super) async fn list(tx: &mut Tx, scope: &Scope, year: Option<i16>) -> Stored<Vec<Model>> {
    let mut query: Query<'_> = tx.query("listing models", COLUMNS).in_scope("m", scope);
    if let Some(year) = year {
        let (first, last) = (Day::first_of(year).iso(), Day::last_of(year).iso());
        query = query
            .push_bind(" AND (m.started IS NULL OR (m.started >= ", first)
            .push_bind(" AND m.started <= ", last)
            .push("))");
    }
    let mut found = query.push(" ORDER BY m.id").all(TABLE, model).await?;
    with_members(tx, &mut found).await?;
    Ok(found)
}

/// Those that belong to exactly this unit.
pub(crate) async fn at_key(tx: &mut Tx, key: &SheetKey) -> Stored<Vec<Model>> {
    tx.query("listing models", COLUMNS)
        .push_bind(" m.units_from = ", key.units_from.iso())
        .push_bind(" AND m.province = ", key.province.clone())
        .push_bind(" AND m.district = ", key.district.clone())
        .push_bind(" AND m.commune = ", key.commune.clone())
        .push(" ORDER BY m.id")
        .all(TABLE, model)
        .await
}

async fn with_members(tx: &mut Tx, models: &mut [Model]) -> Stored<()> {
    const SQL: &str = "SELECT mm.model, mm.household FROM model_member mm WHERE mm.model";
    for some in models.chunks_mut(crate::registry::IDS) {
        let ids: Vec<Uuid> = some.iter().map(|m| m.id.0).collect();
        let members = tx
            .query("listing a model's households", SQL)
            .push_ids("", ids)
            .push(" ORDER BY mm.model, mm.position")
            .all("model_member", |row| Ok((ModelId(row.uuid()?), HouseholdId(row.uuid()?))))
            .await?;
        let mut by_id: std::collections::HashMap<ModelId, &mut Model> = some.iter_mut().map(|m| (m.id, m)).collect();
        for (id, household) in members {
            if let Some(model) = by_id.get_mut(&id) {
                model.members.push(household);
            }
        }
    }
    Ok(())
}

pub(super) async fn add(tx: &mut Tx, models: &[Model]) -> Stored<()> {
    const INTO: &str = "model (id, name, project, mode, sector, lead, lead_name, reason, units_from, province, \
                        district, commune, approved, started, state_money, direct_money, others, version)";
    bulk::insert(tx, "adding models", (INTO, ""), models, |row, m| {
        row.push(m.id.0);
        push_model(row, m);
        row.push(1i64);
    })
    .await?;
    add_members(tx, models).await?;
    touch_places(tx, models.iter().map(|m| &m.place)).await
}

fn push_model(row: &mut Values, m: &Model) {
    row.push(m.name.as_str());
    row.push(m.project.as_str());
    row.push(m.mode.as_str());
    row.push(m.sector.as_str());
    row.push(m.lead.as_deref());
    row.push(m.lead_name.as_str());
    row.push(m.reason.as_deref());
    push_place(row, &m.place);
    row.push(m.approved.map(Day::iso));
    row.push(m.started.map(Day::iso));
    row.push(m.state_money);
    row.push(m.direct_money);
    row.push(m.others);
}

async fn add_members(tx: &mut Tx, models: &[Model]) -> Stored<()> {
    let rows: Vec<(Uuid, i64, Uuid)> =
        models.iter().flat_map(|m| (0i64..).zip(&m.members).map(|(at, h)| (m.id.0, at, h.0))).collect();
    bulk::insert(
        tx,
        "adding a model's households",
        ("model_member (model, position, household)", ""),
        &rows,
        |row, (m, at, h)| {
            row.push(*m);
            row.push(*at);
            row.push(*h);
        },
    )
    .await
}

pub(super) async fn save(tx: &mut Tx, model: &Model) -> Stored<()> {
    const SQL: &str = "UPDATE model SET name = $1, project = $2, mode = $3, sector = $4, lead = $5, lead_name = $6, \
                       reason = $7, units_from = $8, province = $9, district = $10, commune = $11, approved = $12, \
                       started = $13, state_money = $14, direct_money = $15, others = $16, version = version + 1 \
                       WHERE id = $17 AND version = $18";
    let mut values = Values::new(tx.dialect());
    push_model(&mut values, model);
    values.push(model.id.0);
    values.push(model.version);
    if tx.query("saving a model", SQL).with(values).run().await? == 0 {
        return Err(CHANGED);
    }
    tx.query("replacing a model's households", "DELETE FROM model_member WHERE model = $1")
        .bind(model.id.0)
        .run()
        .await?;
    add_members(tx, std::slice::from_ref(model)).await?;
    touch_places(tx, std::iter::once(&model.place)).await
}

pub(super) async fn remove(tx: &mut Tx, scope: &Scope, id: ModelId) -> Stored<()> {
    let Some(model) = one(tx, scope, id).await? else { return Ok(()) };
    for sql in ["DELETE FROM model_member WHERE model = $1", "DELETE FROM model WHERE id = $1"] {
        tx.query("taking a model away", sql).bind(id.0).run().await?;
    }
    touch_places(tx, std::iter::once(&model.place)).await
}

fn model(row: &mut Row) -> Stored<Model> {
    Ok(Model {
        id: ModelId(row.uuid()?),
        name: row.text()?,
        project: row.text()?,
        mode: row.text()?,
        sector: row.text()?,
        lead: row.take()?,
        lead_name: row.text()?,
        reason: row.take()?,
        place: place(row)?,
        approved: row.day_if_any()?,
        started: row.day_if_any()?,
        state_money: row.take()?,
        direct_money: row.take()?,
        members: Vec::new(),
        others: row.take()?,
        version: row.take()?,
    })
}
