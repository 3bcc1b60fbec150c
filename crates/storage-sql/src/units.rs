//! Villages, their totals, and which unit lies in which.

use async_trait::async_trait;
use domain::review::form::PopulationCount;
use domain::units::{BoundaryChange, ChangeKind, Decision, Place, Placeable, Scope, ScopeLevel, Village, VillageTotal};
use kernel::{BoundaryId, Day, HouseholdId, UserId, VillageId, text};
use storage::{PlaceableHousehold, PlacementRecord, Stored, UnitPlace, UnitsStore};

use crate::bulk;
use crate::facts;
use crate::scope::{level_from, level_id};
use crate::tx::{Row, to_json};
use crate::work::SqlWork;

#[async_trait]
impl UnitsStore for SqlWork {
    async fn villages(&mut self, scope: &Scope) -> Stored<Vec<Village>> {
        const SQL: &str = "SELECT v.id, v.units_from, v.province, v.district, v.commune, v.name FROM village v WHERE";
        self.tx
            .query("listing villages", SQL)
            .in_scope("v", scope)
            .push(" ORDER BY v.commune, v.sort_key, v.id")
            .all("village", village)
            .await
    }

    async fn add_villages(&mut self, villages: &[Village]) -> Stored<()> {
        let place = |level, code: &str, v: &Village| UnitPlace {
            units_from: v.units_from,
            level,
            code: code.to_owned(),
            district: v.district.clone(),
            province: v.province.clone(),
        };
        let mut places = Vec::new();
        for v in villages {
            for at in [place(ScopeLevel::Commune, &v.commune, v), place(ScopeLevel::District, &v.district, v)] {
                if !at.code.is_empty() && !places.contains(&at) {
                    places.push(at);
                }
            }
        }
        self.place_units(&places).await?;
        let into = "village (id, units_from, province, district, commune, name, folded_name, sort_key)";
        let then = "ON CONFLICT (units_from, commune, folded_name) DO NOTHING";
        bulk::insert(&mut self.tx, "adding villages", (into, then), villages, |row, v| {
            row.push(v.id.0);
            row.push(v.units_from.iso());
            row.push(v.province.as_str());
            row.push(v.district.as_str());
            row.push(v.commune.as_str());
            row.push(v.name.as_str());
            row.push(text::fold_name(&v.name));
            row.push(text::sort_key(&v.name));
        })
        .await
    }

    async fn place_units(&mut self, units: &[UnitPlace]) -> Stored<()> {
        let into = "unit_place (units_from, level, code, district, province)";
        let then = "ON CONFLICT (units_from, level, code) \
                    DO UPDATE SET district = excluded.district, province = excluded.province";
        bulk::insert(&mut self.tx, "placing units", (into, then), units, |row, u| {
            row.push(u.units_from.iso());
            row.push(level_id(u.level));
            row.push(u.code.as_str());
            row.push(u.district.as_str());
            row.push(u.province.as_str());
        })
        .await
    }

    async fn village_totals(&mut self, scope: &Scope, year: i16) -> Stored<Vec<VillageTotal>> {
        const SQL: &str = "SELECT t.village, t.year, t.households, t.persons \
                           FROM village_total t JOIN village v ON v.id = t.village WHERE t.year = $1 AND";
        self.tx
            .query("listing village totals", SQL)
            .bind(i64::from(year))
            .in_scope("v", scope)
            .push(" ORDER BY v.commune, v.sort_key, v.id")
            .all("village_total", |row| {
                Ok(VillageTotal {
                    village: VillageId(row.uuid()?),
                    year: row.number()?,
                    households: row.take()?,
                    persons: row.take()?,
                })
            })
            .await
    }

    async fn commune_totals(&mut self, scope: &Scope, year: i16) -> Stored<Vec<(Place, PopulationCount)>> {
        const SQL: &str = "SELECT v.units_from, v.province, v.district, v.commune, \
                           CAST(COALESCE(SUM(t.households), 0) AS BIGINT), CAST(COALESCE(SUM(t.persons), 0) AS BIGINT), \
                           COUNT(*) - COUNT(t.village) FROM village v \
                           LEFT JOIN village_total t ON t.village = v.id AND t.year = $1 WHERE";
        self.tx
            .query("adding up village totals", SQL)
            .bind(i64::from(year))
            .in_scope("v", scope)
            .push(" GROUP BY v.units_from, v.province, v.district, v.commune ORDER BY v.commune, v.district")
            .all("village_total", |row| {
                let place = crate::activities::place(row)?;
                let (households, persons) = (row.take()?, row.take()?);
                Ok((place, PopulationCount { households, persons, villages_missing: row.take()? }))
            })
            .await
    }

    async fn save_village_totals(&mut self, totals: &[VillageTotal]) -> Stored<()> {
        let into = "village_total (village, year, households, persons)";
        let then = "ON CONFLICT (village, year) \
                    DO UPDATE SET households = excluded.households, persons = excluded.persons";
        bulk::insert(&mut self.tx, "saving village totals", (into, then), totals, |row, t| {
            row.push(t.village.0);
            row.push(i64::from(t.year));
            row.push(t.households);
            row.push(t.persons);
        })
        .await?;
        let villages: Vec<VillageId> = totals.iter().map(|t| t.village).collect();
        facts::touch_villages(&mut self.tx, &villages).await
    }

    async fn boundary_changes(&mut self, province: &Scope) -> Stored<Vec<BoundaryChange>> {
        const SQL: &str = "SELECT id, province, day, kind, level, act, act_day, act_article, act_issuer, steps, creates, \
                           note, withdrawn FROM boundary_change WHERE province = $1 ORDER BY day, id";
        if province.level != ScopeLevel::Province {
            return Ok(Vec::new());
        }
        let query = self.tx.query("listing changes of boundaries", SQL).bind(province.code.clone());
        query.all("boundary_change", boundary_change).await
    }

    async fn save_boundary_change(&mut self, change: &BoundaryChange) -> Stored<()> {
        const SQL: &str = "INSERT INTO boundary_change (id, province, day, kind, level, act, act_day, act_article, \
                           act_issuer, steps, creates, note, withdrawn) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
                           ON CONFLICT (id) DO UPDATE SET withdrawn = excluded.withdrawn";
        let (steps, creates) =
            (to_json("boundary_change", &change.steps)?, to_json("boundary_change", &change.creates)?);
        let decision = &change.decision;
        let query = self.tx.query("saving a change of boundaries", SQL);
        let query = query.bind(change.id.0).bind(change.province.clone()).bind(change.on.iso());
        let query = query.bind(change.kind.id()).bind(level_id(change.level));
        let query = query.bind(decision.act.clone()).bind(decision.day.iso()).bind(decision.article.clone());
        let query = query.bind(decision.issuer.clone()).bind(steps).bind(creates).bind(change.note.clone());
        query.bind(change.withdrawn.map(Day::iso)).run().await?;
        Ok(())
    }

    async fn placements(&mut self, scope: &Scope) -> Stored<Vec<PlacementRecord>> {
        const VILLAGES: &str = "SELECT p.village, p.day, p.commune, p.by_user, p.by_name \
                                FROM village_placement p JOIN village v ON v.id = p.village WHERE";
        const HOUSEHOLDS: &str = "SELECT p.household, p.day, p.commune, p.by_user, p.by_name \
                                  FROM household_placement p JOIN household h ON h.id = p.household WHERE";
        let villages = self.tx.query("listing placed villages", VILLAGES).in_scope("v", scope);
        let villages = villages.push(" ORDER BY p.day, p.village");
        let mut found =
            villages.all("village_placement", |row| placement(row, |id| Placeable::Village(VillageId(id)))).await?;
        let households = self.tx.query("listing placed households", HOUSEHOLDS).in_scope("h", scope);
        let households = households.push(" ORDER BY p.day, p.household");
        found.extend(
            households
                .all("household_placement", |row| placement(row, |id| Placeable::Household(HouseholdId(id))))
                .await?,
        );
        Ok(found)
    }

    async fn save_placements(&mut self, placements: &[PlacementRecord]) -> Stored<()> {
        let mut villages = Vec::new();
        let mut households = Vec::new();
        for placed in placements {
            match placed.what {
                Placeable::Village(id) => villages.push((id.0, placed)),
                Placeable::Household(id) => households.push((id.0, placed)),
            }
        }
        let then = |column: &str| {
            format!(
                "ON CONFLICT ({column}, day) DO UPDATE SET commune = excluded.commune, by_user = excluded.by_user, \
                 by_name = excluded.by_name"
            )
        };
        for (column, of_kind) in [("village", villages), ("household", households)] {
            let into = format!("{column}_placement ({column}, day, commune, by_user, by_name)");
            bulk::insert(&mut self.tx, "placing", (&into, &then(column)), &of_kind, |row, (id, placed)| {
                row.push(*id);
                row.push(placed.on.iso());
                row.push(placed.commune.as_str());
                row.push(placed.by.0);
                row.push(placed.by_name.as_str());
            })
            .await?;
        }
        Ok(())
    }

    async fn households_without_placement(
        &mut self,
        scope: &Scope,
        on: Day,
        limit: u32,
    ) -> Stored<Vec<PlaceableHousehold>> {
        const SQL: &str = "SELECT h.id, h.head_name, h.commune, h.village, v.name \
                           FROM household h JOIN village v ON v.id = h.village WHERE h.closed IS NULL \
                           AND NOT EXISTS (SELECT 1 FROM household_placement p WHERE p.household = h.id AND p.day = $1) \
                           AND NOT EXISTS (SELECT 1 FROM village_placement p WHERE p.village = h.village AND p.day = $2) \
                           AND";
        let query = self.tx.query("listing households to be placed", SQL).bind(on.iso()).bind(on.iso());
        query
            .in_scope("h", scope)
            .push_bind(" ORDER BY h.commune, v.sort_key, h.sort_key, h.id LIMIT ", i64::from(limit))
            .all("household", |row| {
                Ok(PlaceableHousehold {
                    id: HouseholdId(row.uuid()?),
                    head_name: row.text()?,
                    commune: row.text()?,
                    village: VillageId(row.uuid()?),
                    village_name: row.text()?,
                })
            })
            .await
    }
}

fn village(row: &mut Row) -> Stored<Village> {
    Ok(Village {
        id: VillageId(row.uuid()?),
        units_from: row.day()?,
        province: row.text()?,
        district: row.text()?,
        commune: row.text()?,
        name: row.text()?,
    })
}

fn placement(row: &mut Row, what: impl Fn(uuid::Uuid) -> Placeable) -> Stored<PlacementRecord> {
    Ok(PlacementRecord {
        what: what(row.uuid()?),
        on: row.day()?,
        commune: row.text()?,
        by: UserId(row.uuid()?),
        by_name: row.text()?,
    })
}

fn boundary_change(row: &mut Row) -> Stored<BoundaryChange> {
    let (id, province, on) = (BoundaryId(row.uuid()?), row.text()?, row.day()?);
    let (kind, level) = (row.word(ChangeKind::from_id)?, row.word(level_from)?);
    let decision = Decision { act: row.text()?, day: row.day()?, article: row.take()?, issuer: row.text()? };
    Ok(BoundaryChange {
        id,
        province,
        on,
        kind,
        level,
        decision,
        steps: row.json()?,
        creates: row.json()?,
        note: row.take()?,
        withdrawn: row.day_if_any()?,
    })
}
