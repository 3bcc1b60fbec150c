//! The definitions of a day with their conditions parsed and their fields resolved: what a count needs, built once.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use conditions::{Condition, ConditionFault, Schema};
use norms::{
    ActivityKinds, Basis, Classes, Counts as Counted, Dated, EthnicScheme, Facts, IndicatorSet, RecordKind,
    RecordShapes, SchemaParts, SpecialAreas, TargetDefinitions, TargetGroups, TargetMeasure, TargetReading, schema_of,
};

/// The norms that a count stands on, as of one day.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub shapes: Dated<RecordShapes>,
    pub targets: Dated<TargetDefinitions>,
    pub work: Dated<ActivityKinds>,
    pub classes: Dated<Classes>,
    pub facts: Dated<Facts>,
    pub groups: Dated<TargetGroups>,
    pub indicators: Dated<IndicatorSet>,
    pub ethnic: Dated<EthnicScheme>,
    /// A province without a list of special areas has none that we know of.
    pub areas: Option<Dated<SpecialAreas>>,
}

/// A reading whose conditions are ready to be asked.
#[derive(Debug)]
pub struct Ready {
    pub target: String,
    pub reading: TargetReading,
    /// The basis of this reading, with its own mark.
    pub basis: Basis,
    /// `(among, reached)` of a share; `(of, of)` has no second.
    pub among: Option<Condition>,
    pub reached: Option<Condition>,
}

#[derive(Debug)]
pub struct Definitions {
    pub norms: Resolved,
    pub schemas: BTreeMap<RecordKind, Schema>,
    /// In the order of the file.
    pub readings: Vec<Ready>,
    /// Changes whenever something a count stands on changes.
    pub fingerprint: String,
}

impl Definitions {
    /// Parses every condition. The norms were checked when they were loaded, so a fault here is a fault of ours.
    pub fn new(norms: Resolved) -> Result<Self, ConditionFault> {
        let parts = SchemaParts {
            shapes: &norms.shapes.value,
            classes: &norms.classes.value,
            facts: &norms.facts.value,
            groups: &norms.groups.value,
            work: &norms.work.value,
        };
        let schemas: BTreeMap<RecordKind, Schema> =
            RecordKind::ALL.into_iter().map(|kind| (kind, schema_of(kind, parts))).collect();
        let mut readings = Vec::new();
        for definition in &norms.targets.value.definitions {
            for reading in &definition.readings {
                let basis = Basis {
                    item: Some(format!("{}.{}", definition.id, reading.id)),
                    label: definition.label.clone(),
                    mark: reading.mark,
                    citation: reading.citation.clone().or_else(|| norms.targets.basis.citation.clone()),
                    ..norms.targets.basis.clone()
                };
                readings.push(ready(&definition.id, reading, basis, &schemas)?);
            }
        }
        let fingerprint = fingerprint(&norms);
        Ok(Self { norms, schemas, readings, fingerprint })
    }

    pub fn schema(&self, kind: RecordKind) -> &Schema {
        // Every kind has a schema; see `new`.
        static NONE: Schema = Schema { fields: Vec::new() };
        self.schemas.get(&kind).unwrap_or(&NONE)
    }

    /// The reading by id, or the first of the target.
    pub fn reading(&self, target: &str, reading: Option<&str>) -> Option<(usize, &Ready)> {
        let of_target = |ready: &&Ready| ready.target == target && reading.is_none_or(|id| ready.reading.id == id);
        self.readings.iter().enumerate().find(|(_, ready)| of_target(ready))
    }

    /// Every reading of a target, in order.
    pub fn of_target<'a>(&'a self, target: &'a str) -> impl Iterator<Item = (usize, &'a Ready)> {
        self.readings.iter().enumerate().filter(move |(_, ready)| ready.target == target)
    }
}

fn ready(
    target: &str,
    reading: &TargetReading,
    basis: Basis,
    schemas: &BTreeMap<RecordKind, Schema>,
) -> Result<Ready, ConditionFault> {
    let schema = schemas.get(&reading.counts.record());
    let read = |text: &str| schema.map(|schema| Condition::read(text, schema)).transpose();
    let (among, reached) = match &reading.measure {
        TargetMeasure::Share { among, reached } => (read(among)?, read(reached)?),
        TargetMeasure::Count { of } => (read(of)?, None),
        _ => (None, None),
    };
    Ok(Ready { target: target.to_owned(), reading: reading.clone(), basis, among, reached })
}

/// The versions used, and the text of every definition.
fn fingerprint(norms: &Resolved) -> String {
    let bases = [
        &norms.shapes.basis,
        &norms.work.basis,
        &norms.classes.basis,
        &norms.facts.basis,
        &norms.groups.basis,
        &norms.indicators.basis,
        &norms.ethnic.basis,
    ];
    let mut text: Vec<String> = bases.iter().map(|basis| basis.key()).collect();
    text.push(format!("{:?}{:?}", norms.shapes.value, norms.work.value));
    text.push(format!("{:?}{:?}", norms.targets.value, norms.areas.as_ref().map(|a| &a.value)));
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Whether a reading counts rows of the register, which can be shown by name.
impl Ready {
    pub fn has_rows(&self) -> bool {
        self.among.is_some()
    }

    pub fn counts(&self) -> Counted {
        self.reading.counts
    }
}
