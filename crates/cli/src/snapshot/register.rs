//! The register's list of snapshots beside the folders: a row without its folder is a loss, a folder without a row is what a
//! program that was killed left, or somebody's copy. Reads only.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use app::House;
use domain::units::{Scope, ScopeLevel};
use storage::Store;
use storage_sql::SqlStore;

use crate::machine::{MachineClock, MachineIds, load_norms};
use crate::said::both;
use crate::serve::store_url;

/// What one of the two knows alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Apart {
    /// In the register, in no folder.
    pub lost: Vec<String>,
    /// In a folder, not in the register.
    pub stray: Vec<String>,
}

impl Apart {
    pub fn is_nothing(&self) -> bool {
        self.lost.is_empty() && self.stray.is_empty()
    }
}

/// Holds the names of the folders against the register's; `None` where there is no register beside them.
pub(super) async fn held_against(
    folders: &[String],
    (data, database): (&Path, Option<&str>),
    norms: Option<&Path>,
) -> Result<Option<Apart>> {
    let url = store_url(data, database);
    if database.is_none() && !Path::new(&url).exists() {
        return Ok(None);
    }
    let store = SqlStore::open(&url).await.with_context(|| both("khi mở kho dữ liệu", "opening the store"))?;
    let reading = || both("khi đọc danh mục bản chốt", "reading the register of snapshots");
    let mut work = store.read().await.with_context(reading)?;
    let house = House::new(Arc::new(store.clone()), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds));
    let Some(set) = app::access::setup(&house).await? else { return Ok(None) };
    let province = Scope::new(set.province.units_from, ScopeLevel::Province, set.province.code);
    let known = work.snapshots(&province, None).await.with_context(reading)?;
    let known: BTreeSet<&str> = known.iter().map(|record| record.name.as_str()).collect();
    let folders: BTreeSet<&str> = folders.iter().map(String::as_str).collect();
    let only = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| one.difference(other).map(ToString::to_string).collect();
    Ok(Some(Apart { lost: only(&known, &folders), stray: only(&folders, &known) }))
}
