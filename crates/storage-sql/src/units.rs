//! Villages, their totals, and which unit lies in which.

use async_trait::async_trait;
use domain::units::{Scope, ScopeLevel, Village, VillageTotal};
use kernel::{VillageId, text};
use storage::{Stored, UnitPlace, UnitsStore};

use crate::bulk;
use crate::facts;
use crate::scope::level_id;
use crate::tx::Row;
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
