//! «Theo đơn vị ngày …»: the choice of the units a table is told by, `by=commune@2025-07-01` in an address.

use app::units::{ByUnits, unit_choices};
use domain::units::ScopeLevel;
use kernel::Day;
use norms::Level;
use serde::Deserialize;

use crate::Web;
use crate::fail::Fail;
use crate::language::Lang;
use crate::pages::parts::{ByUnitsChoice, Choice};
use crate::visitor::Signed;

/// The part of an address that says by which units.
#[derive(Debug, Default, Deserialize)]
pub struct By {
    pub by: Option<String>,
}

impl By {
    /// `None` for the units the list itself is of, and for what cannot be read.
    pub fn units(&self) -> Option<ByUnits> {
        let (level, day) = self.by.as_deref()?.split_once('@')?;
        Some(ByUnits { on: Day::from_iso(day)?, level: Level::from_id(level)?.into() })
    }

    /// `&by=…`, to go on in the same units.
    pub fn tail(&self) -> String {
        self.units().map(|by| format!("&by={}", address(by.level, by.on))).unwrap_or_default()
    }
}

fn address(level: ScopeLevel, on: Day) -> String {
    format!("{}@{}", Level::from(level).id(), on.iso())
}

/// The choice as a page shows it, above the table at `action`.
pub async fn choice(web: &Web, signed: &Signed, by: &By, action: String) -> Result<ByUnitsChoice, Fail> {
    let l = signed.l();
    let states = unit_choices(&web.house, &signed.actor, &signed.scope).await?;
    let choices = states
        .iter()
        .map(|state| {
            let words = words(l, state.level, state.from);
            let own = if state.is_own { format!(" ({})", l.t("by-units-own")) } else { String::new() };
            Choice::new(address(state.level, state.from), words + &own)
        })
        .collect();
    Ok(ByUnitsChoice {
        action,
        unit: signed.scope.address(),
        choices,
        chosen: by.units().map(|by| address(by.level, by.on)).unwrap_or_default(),
        changes_href: format!("/units/changes?unit={}", signed.scope.address()),
    })
}

/// `Theo đơn vị ngày 01/07/2025 · Xã, phường`
pub fn choice_words(l: Lang, level: ScopeLevel, on: Day) -> String {
    format!("{} {}", l.t("by-units"), words(l, level, on))
}

/// `01/07/2025 · Xã, phường`
fn words(l: Lang, level: ScopeLevel, on: Day) -> String {
    // keys: level-*
    l.tv("by-units-choice", &[("level", l.t(&format!("level-{}", Level::from(level).id()))), ("day", on.to_string())])
}
