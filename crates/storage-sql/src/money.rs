//! The ledger of the programme's money.

use async_trait::async_trait;
use domain::programme::money::{MoneyEntry, MoneyMove};
use domain::units::Scope;
use kernel::{MoneyId, Page, PageOf};
use storage::{MoneyFilter, MoneyStore, MoneySum, Stored};

use crate::activities::{place, push_place};
use crate::bulk;
use crate::tx::{Query, Row};
use crate::work::SqlWork;

const TABLE: &str = "money_entry";
const COLUMNS: &str = "SELECT m.id, m.year, m.units_from, m.province, m.district, m.commune, m.source, m.capital, \
                       m.project, m.what, m.day, m.amount, m.document FROM money_entry m WHERE";

#[async_trait]
impl MoneyStore for SqlWork {
    async fn add_money(&mut self, entry: &MoneyEntry) -> Stored<()> {
        const INTO: &str = "money_entry (id, year, units_from, province, district, commune, source, capital, project, \
                            what, day, amount, document)";
        bulk::insert(&mut self.tx, "adding money", (INTO, ""), std::slice::from_ref(entry), |row, entry| {
            row.push(entry.id.0);
            row.push(i64::from(entry.year));
            push_place(row, &entry.place);
            row.push(entry.source.as_str());
            row.push(entry.capital.as_str());
            row.push(entry.project.as_str());
            row.push(entry.what.id());
            row.push(entry.day.iso());
            row.push(entry.amount);
            row.push(entry.document.as_str());
        })
        .await
    }

    async fn money(&mut self, scope: &Scope, id: MoneyId) -> Stored<Option<MoneyEntry>> {
        self.tx
            .query("finding money", format!("{COLUMNS} m.id = $1 AND"))
            .bind(id.0)
            .in_scope("m", scope)
            .first(TABLE, entry)
            .await
    }

    async fn money_entries(&mut self, filter: &MoneyFilter, page: Page) -> Stored<PageOf<MoneyEntry>> {
        let count = self.tx.query("counting money", "SELECT COUNT(*) FROM money_entry m WHERE");
        let total = filtered(count, filter).number(TABLE).await?;
        let rows = filtered(self.tx.query("listing money", COLUMNS), filter)
            .push(" ORDER BY m.day DESC, m.id DESC")
            .push_bind(" LIMIT ", i64::from(page.size))
            .push_bind(" OFFSET ", page.offset())
            .all(TABLE, entry)
            .await?;
        Ok(PageOf { rows, total, capped: false, page })
    }

    async fn money_sums(&mut self, filter: &MoneyFilter) -> Stored<Vec<MoneySum>> {
        const SQL: &str = "SELECT m.source, m.capital, m.project, m.what, CAST(SUM(m.amount) AS BIGINT) \
                           FROM money_entry m WHERE";
        filtered(self.tx.query("adding up money", SQL), filter)
            .push(" GROUP BY m.source, m.capital, m.project, m.what ORDER BY m.source, m.capital, m.project, m.what")
            .all(TABLE, |row| {
                let (source, capital, project) = (row.text()?, row.text()?, row.text()?);
                Ok(MoneySum { source, capital, project, what: row.word(MoneyMove::from_id)?, amount: row.take()? })
            })
            .await
    }

    async fn remove_money(&mut self, scope: &Scope, id: MoneyId) -> Stored<()> {
        self.tx
            .query("taking money back", "DELETE FROM money_entry AS m WHERE m.id = $1 AND")
            .bind(id.0)
            .in_scope("m", scope)
            .run()
            .await?;
        Ok(())
    }
}

fn filtered<'t>(query: Query<'t>, filter: &MoneyFilter) -> Query<'t> {
    let mut query = query.in_scope("m", &filter.scope).push_bind(" AND m.year = ", i64::from(filter.year));
    if let Some(source) = &filter.source {
        query = query.push_bind(" AND m.source = ", source.clone());
    }
    if let Some(capital) = &filter.capital {
        query = query.push_bind(" AND m.capital = ", capital.clone());
    }
    query
}

fn entry(row: &mut Row) -> Stored<MoneyEntry> {
    Ok(MoneyEntry {
        id: MoneyId(row.uuid()?),
        year: row.number()?,
        place: place(row)?,
        source: row.text()?,
        capital: row.text()?,
        project: row.text()?,
        what: row.word(MoneyMove::from_id)?,
        day: row.day()?,
        amount: row.take()?,
        document: row.text()?,
    })
}
