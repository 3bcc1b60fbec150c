//! The texts of norms as they were in force on one day, to be kept beside a decision and judged by again when the loaded norms
//! have moved on. JSON, one text for each norm. Start with [`FrozenNorms::of`]; the reader's side is [`FrozenNorms::rulebook`].

use std::collections::BTreeMap;

use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::book::rulebook;
use crate::value::{KINDS, read_version};
use crate::{Label, Norm, NormGap, Norms, Rulebook, Version};

/// Norms with one version each, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenNorms {
    by_id: BTreeMap<String, Norm>,
}

#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    label: &'a Label,
    kind: &'a str,
    version: &'a Version,
}

#[derive(Deserialize)]
struct Read {
    id: String,
    label: Label,
    kind: String,
    version: serde_json::Value,
}

impl FrozenNorms {
    /// The versions in force on a day of those norms that are asked for by id; a norm not in force is left out.
    pub fn of(norms: &Norms, day: Day, is_used: impl Fn(&str) -> bool) -> Self {
        let in_force = norms.all().filter(|norm| is_used(&norm.id)).filter_map(|norm| {
            let version = norm.on(day).ok()?.clone();
            Some((norm.id.clone(), Norm { versions: vec![version], ..norm.clone() }))
        });
        Self { by_id: in_force.collect() }
    }

    /// Each norm with its one version, in the order of the ids.
    pub fn texts(&self) -> impl Iterator<Item = (&Norm, &Version)> {
        self.by_id.values().flat_map(|norm| norm.versions.iter().map(move |version| (norm, version)))
    }

    /// The one way they are written.
    pub fn to_json(&self) -> Vec<u8> {
        let texts =
            self.texts().map(|(norm, version)| Written { id: &norm.id, label: &norm.label, kind: norm.kind, version });
        serde_json::to_vec(&texts.collect::<Vec<_>>()).unwrap_or_default()
    }

    /// What [`Self::to_json`] wrote; the reason in English where it is something else.
    pub fn from_json(json: &[u8]) -> Result<Self, String> {
        let read: Vec<Read> = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let mut by_id = BTreeMap::new();
        for Read { id, label, kind, version } in read {
            let unknown = || format!("{id}: there is no kind {kind}");
            let known = KINDS.iter().find(|known| **known == kind).ok_or_else(unknown)?;
            let version = read_version(known, version).ok_or_else(unknown)?;
            let version = Version::from(version.map_err(|error| format!("{id}: {error}"))?);
            let norm = Norm { id: id.clone(), label, kind: known, file: String::new(), versions: vec![version] };
            by_id.insert(id, norm);
        }
        Ok(Self { by_id })
    }

    /// As [`Norms::rulebook`], for the year whose last day they were frozen for.
    pub fn rulebook(&self, year: i16, province: &str) -> Result<Rulebook, NormGap> {
        rulebook(&self.by_id, year, province)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_from_its_file_as_it_was_in_force() {
        let norms = Norms::embedded().unwrap();
        for year in [2022, 2023, 2025] {
            let frozen = FrozenNorms::of(&norms, Day::last_of(year), |_| true);
            let read = FrozenNorms::from_json(&frozen.to_json()).unwrap();
            assert_eq!(read.by_id.len(), frozen.by_id.len());
            for ((norm, then), (_, now)) in frozen.texts().zip(read.texts()) {
                assert_eq!((norm.on(Day::last_of(year)).unwrap(), then), (now, now), "{}", norm.id);
            }
            let (now, then) = (read.rulebook(year, "42").unwrap(), norms.rulebook(year, "42").unwrap());
            assert_eq!(format!("{now:?}"), format!("{then:?}"));
        }
    }

    #[test]
    fn what_is_no_frozen_norm_is_refused() {
        for text in ["", "{}", r#"[{"id": "a", "label": {"vi": "a", "en": "a"}, "kind": "dream", "version": {}}]"#] {
            assert!(FrozenNorms::from_json(text.as_bytes()).is_err(), "{text}");
        }
    }
}
