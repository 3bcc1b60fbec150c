//! All norms that were loaded, and the answers to "what is in force on this day".
//! Start with [`Norms::in_force`] for one norm and [`Norms::rulebook`] for everything a year's review needs.

use std::collections::BTreeMap;

use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::unit_files::{DatedCrosswalk, DatedUnits};
use crate::value::{NormValue, Value};
use crate::{
    Basis, Case, Citation, Crosswalk, Dated, FormLayout, Label, LocalLines, Mark, NormGap, Rulebook, ScorePack,
    UnitList,
};

/// One norm with all its versions, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    pub id: String,
    pub label: Label,
    pub kind: &'static str,
    /// Below `norms/`.
    pub file: String,
    pub versions: Vec<Version>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    pub from: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    pub mark: Mark,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Label>,
    /// `None` exactly when the mark is `missing`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

impl Version {
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether some day lies in both periods.
    pub fn overlaps(&self, from: Day, to: Option<Day>) -> bool {
        to.is_none_or(|to| self.from <= to) && self.to.is_none_or(|own| from <= own)
    }
}

impl Norm {
    /// The version in force on the day.
    pub fn on(&self, asked: Day) -> Result<&Version, NormGap> {
        if let Some(version) = self.versions.iter().find(|v| v.holds_on(asked)) {
            return Ok(version);
        }
        let (norm, label) = (self.id.clone(), self.label.clone());
        if let Some(ended) = self.versions.iter().rfind(|v| v.from <= asked) {
            return Err(NormGap::AfterLast { norm, label, last: ended.to.unwrap_or(ended.from), asked });
        }
        let first = self.versions.first().map_or(asked, |v| v.from);
        Err(NormGap::BeforeFirst { norm, label, first, asked })
    }

    /// What a result made with the version cites.
    pub fn basis(&self, version: &Version) -> Basis {
        Basis {
            norm: self.id.clone(),
            from: version.from,
            item: None,
            label: self.label.clone(),
            mark: version.mark,
            citation: version.citation.clone(),
        }
    }

    /// The bases of the items of a version that carry a mark of their own.
    pub fn item_bases(&self, version: &Version) -> Vec<Basis> {
        let items = version.value.as_ref().map(Value::marked_items).unwrap_or_default();
        let of_item = |item: crate::MarkedItem| Basis {
            norm: self.id.clone(),
            from: version.from,
            item: Some(item.id),
            label: item.label,
            mark: item.mark,
            citation: item.citation.or_else(|| version.citation.clone()),
        };
        items.into_iter().map(of_item).collect()
    }
}

/// Where a value was read; one entry of `sources.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Law portal, press, software …: almost none is the gazette itself.
    pub kind: String,
    #[serde(default)]
    pub about: Option<String>,
    #[serde(default)]
    pub site: Option<String>,
    #[serde(default)]
    pub page: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub repo: Option<String>,
    #[serde(default)]
    pub path: Option<String>,
    #[serde(default)]
    pub also: Option<String>,
}

/// Everything under `norms/`, checked. Loaded once and shared.
#[derive(Debug)]
pub struct Norms {
    pub(crate) by_id: BTreeMap<String, Norm>,
    pub(crate) sources: BTreeMap<String, Source>,
    pub(crate) packs: Vec<ScorePack>,
    pub(crate) cases: Vec<Case>,
    pub(crate) first_units: DatedUnits,
    /// Oldest first.
    pub(crate) later_units: Vec<DatedUnits>,
    pub(crate) crosswalk: DatedCrosswalk,
}

impl Norms {
    /// A norm's value on a day, with the basis it stands on.
    pub fn in_force<T: NormValue>(&self, id: &str, day: Day) -> Result<Dated<T>, NormGap> {
        in_force(&self.by_id, id, day)
    }

    /// Everything a year's review needs, as of the last day of the year, for a province by its code.
    pub fn rulebook(&self, year: i16, province: &str) -> Result<Rulebook, NormGap> {
        rulebook(&self.by_id, year, province)
    }

    /// Every id, in order.
    pub fn ids(&self) -> Vec<&str> {
        self.by_id.keys().map(String::as_str).collect()
    }

    pub fn norm(&self, id: &str) -> Option<&Norm> {
        self.by_id.get(id)
    }

    /// Every norm with its versions, in the order of the ids.
    pub fn all(&self) -> impl Iterator<Item = &Norm> {
        self.by_id.values()
    }

    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.get(key)
    }

    /// What is in force on a day, as text that reads like the file it came from.
    pub fn show(&self, id: &str, day: Day) -> Result<String, NormGap> {
        let norm = self.norm(id).ok_or_else(|| NormGap::Unknown { norm: id.to_owned() })?;
        let version = norm.on(day)?;
        present(norm, version, day)?;
        let shown = Shown { id: &norm.id, label: &norm.label, kind: norm.kind, on: day, version };
        Ok(serde_norway::to_string(&shown).unwrap_or_else(|error| error.to_string()))
    }

    /// Every value that somebody of the province still has to confirm or replace.
    pub fn unconfirmed(&self) -> Vec<Basis> {
        let mut bases: Vec<Basis> = self.unit_lists().map(|list| list.basis.clone()).collect();
        bases.push(self.crosswalk.basis.clone());
        for norm in self.by_id.values() {
            for version in norm.versions.iter().filter(|v| v.value.is_some()) {
                bases.push(norm.basis(version));
                bases.extend(norm.item_bases(version));
            }
        }
        bases.extend(self.packs.iter().map(ScorePack::basis));
        bases.retain(|basis| basis.mark.needs_confirmation());
        bases
    }

    pub fn packs(&self) -> &[ScorePack] {
        &self.packs
    }

    pub fn pack(&self, id: &str) -> Option<&ScorePack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// The worked cases on the edges of the rules.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// The list of units in force on a day. Before the first list there is only the first; its `from` says so.
    pub fn units_on(&self, day: Day) -> &UnitList {
        self.dated_units_on(day).list()
    }

    pub fn dated_units_on(&self, day: Day) -> &DatedUnits {
        self.later_units.iter().rfind(|list| list.from <= day).unwrap_or(&self.first_units)
    }

    /// The lists after the other, oldest first.
    pub fn unit_lists(&self) -> impl Iterator<Item = &DatedUnits> {
        std::iter::once(&self.first_units).chain(&self.later_units)
    }

    /// Where the communes of the last list with districts went in the first without.
    pub fn crosswalk(&self) -> &Crosswalk {
        self.crosswalk.get()
    }

    /// What the crosswalk stands on.
    pub fn crosswalk_basis(&self) -> &Basis {
        &self.crosswalk.basis
    }

    /// First days of the two lists that the crosswalk joins.
    pub fn crosswalk_days(&self) -> (Day, Day) {
        (self.crosswalk.from, self.crosswalk.to)
    }
}

type ById = BTreeMap<String, Norm>;

fn in_force<T: NormValue>(norms: &ById, id: &str, day: Day) -> Result<Dated<T>, NormGap> {
    let unknown = || NormGap::Unknown { norm: id.to_owned() };
    let norm = norms.get(id).ok_or_else(unknown)?;
    let version = norm.on(day)?;
    let value = present(norm, version, day)?;
    let value = T::read(value).ok_or_else(unknown)?.clone();
    Ok(Dated { value, basis: norm.basis(version) })
}

/// See [`Norms::rulebook`].
pub(crate) fn rulebook(norms: &ById, year: i16, province: &str) -> Result<Rulebook, NormGap> {
    let day = Day::last_of(year);
    Ok(Rulebook {
        day,
        class_rules: in_force(norms, "review.class_rules", day)?,
        standard: in_force(norms, "review.standard", day)?,
        areas: in_force(norms, "review.areas", day)?,
        local_line: local_line(norms, province, day),
        classes: in_force(norms, "review.classes", day)?,
        indicators: in_force(norms, "review.indicators", day)?,
        facts: in_force(norms, "review.facts", day)?,
        movements: in_force(norms, "review.movements", day)?,
        events: in_force(norms, "review.events", day)?,
        causes: in_force(norms, "review.causes", day)?,
        groups: in_force(norms, "review.target_groups", day)?,
        ethnic: in_force(norms, "review.ethnic_groups", day)?,
        relations: in_force(norms, "review.relations", day)?,
        papers: in_force(norms, "registry.papers", day)?,
        forms: forms(norms, day)?,
        list_layout: in_force(norms, "review.layouts.three_sheets", day)?,
    })
}

/// A province without a line of its own keeps the national one; that is no gap.
fn local_line(norms: &ById, province: &str, day: Day) -> Option<crate::LocalLine> {
    let lines: Dated<LocalLines> = in_force(norms, "review.local_lines", day).ok()?;
    lines.value.lines.into_iter().find(|line| line.province.as_deref() == Some(province))
}

/// All report forms, in the order of their numbers.
fn forms(norms: &ById, day: Day) -> Result<Vec<Dated<FormLayout>>, NormGap> {
    let of_kind = norms.values().filter(|norm| norm.kind == FormLayout::KIND);
    let mut forms =
        of_kind.map(|norm| in_force(norms, &norm.id, day)).collect::<Result<Vec<Dated<FormLayout>>, _>>()?;
    forms.sort_by_key(|form| number_parts(&form.value.number));
    Ok(forms)
}

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    label: &'a Label,
    kind: &'a str,
    on: Day,
    #[serde(flatten)]
    version: &'a Version,
}

fn present<'a>(norm: &Norm, version: &'a Version, asked: Day) -> Result<&'a Value, NormGap> {
    version.value.as_ref().ok_or_else(|| NormGap::Missing {
        norm: norm.id.clone(),
        label: norm.label.clone(),
        asked,
        note: version.note.clone().unwrap_or_else(|| norm.label.clone()),
    })
}

/// `7.10` after `7.9`.
fn number_parts(number: &str) -> Vec<u32> {
    number.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}
