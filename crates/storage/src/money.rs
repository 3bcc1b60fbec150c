//! The ledger of the programme's money.

use async_trait::async_trait;
use domain::programme::money::{MoneyEntry, MoneyMove};
use domain::units::Scope;
use kernel::{MoneyId, Page, PageOf};

use crate::Stored;

/// Which entries. Built from a scope; there is no other way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyFilter {
    pub scope: Scope,
    /// Of one plan's year.
    pub year: i16,
    pub source: Option<String>,
    pub capital: Option<String>,
}

impl MoneyFilter {
    pub fn new(scope: Scope, year: i16) -> Self {
        Self { scope, year, source: None, capital: None }
    }
}

/// Entries of one source, kind of capital, project and move, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneySum {
    pub source: String,
    pub capital: String,
    pub project: String,
    pub what: MoneyMove,
    pub amount: i64,
}

#[async_trait]
pub trait MoneyStore {
    async fn add_money(&mut self, entry: &MoneyEntry) -> Stored<()>;
    /// An entry of the scope.
    async fn money(&mut self, scope: &Scope, id: MoneyId) -> Stored<Option<MoneyEntry>>;
    /// One page, newest first.
    async fn money_entries(&mut self, filter: &MoneyFilter, page: Page) -> Stored<PageOf<MoneyEntry>>;
    async fn money_sums(&mut self, filter: &MoneyFilter) -> Stored<Vec<MoneySum>>;
    async fn remove_money(&mut self, scope: &Scope, id: MoneyId) -> Stored<()>;
}
