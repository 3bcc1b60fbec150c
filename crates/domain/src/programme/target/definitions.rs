//! The definitions of a day with their conditions parsed and their fields resolved: what a count needs, built once.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use conditions::{Condition, ConditionFault, Schema};
use norms::{
    ActivityKinds, Basis, Classes, Counts as Counted, Dated, EthnicScheme, Facts, FieldSource, IndicatorSet,
    RecordField, RecordKind, RecordShapes, SchemaParts, SpecialAreas, TargetDefinitions, TargetGroups, TargetMeasure,
    TargetReading, schema_of,
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
    /// The norms that its fields are read by, item by item where items carry their own marks.
    pub fields_stand_on: Vec<Basis>,
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
                let fields_stand_on = norms.of_measure(&reading.measure);
                let ready = Ready { fields_stand_on, ..ready(&definition.id, reading, basis, &schemas)? };
                readings.push(ready);
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

    /// Whether a commune is on the province's list of one of these kinds of area.
    pub fn lies_in_area(&self, commune: &str, kinds: &[String]) -> bool {
        let areas = self.norms.areas.iter().flat_map(|areas| &areas.value.areas);
        let mut of_kind = areas.filter(|area| kinds.contains(&area.kind));
        of_kind.any(|area| area.communes.iter().any(|own| own == commune))
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
        TargetMeasure::ResidentShare { areas, reached } => (read(&in_areas(areas))?, read(reached)?),
        TargetMeasure::Count { of } => (read(of)?, None),
        _ => (None, None),
    };
    let (target, reading) = (target.to_owned(), reading.clone());
    Ok(Ready { target, reading, basis, fields_stand_on: Vec::new(), among, reached })
}

impl Resolved {
    /// What the facts that a measure asks for are read by.
    fn of_measure(&self, measure: &TargetMeasure) -> Vec<Basis> {
        let text = match measure {
            TargetMeasure::Share { among, reached } => format!("{among} {reached}"),
            TargetMeasure::ResidentShare { areas, reached } => format!("{} {reached}", in_areas(areas)),
            TargetMeasure::Count { of } => of.clone(),
            TargetMeasure::ClassShare { .. } | TargetMeasure::ClassShareFall { .. } => {
                return vec![self.classes.basis.clone()];
            }
            TargetMeasure::NoBase { .. } => return Vec::new(),
        };
        let asks = |record: &str, field: &RecordField| {
            let name = format!("{record}.{}", field.id);
            let mut rests = text.match_indices(&name).filter_map(|(at, _)| text.get(at + name.len()..));
            rests.any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        let shapes = &self.shapes.value;
        let households = shapes.household.iter().filter(|field| asks("household", field));
        let persons = shapes.person.iter().filter(|field| asks("person", field));
        let mut bases: Vec<Basis> =
            households.chain(persons).filter_map(|field| self.of_field(&field.source)).collect();
        bases.sort_by_key(Basis::key);
        bases.dedup_by_key(|basis| basis.key());
        bases
    }

    fn of_field(&self, source: &FieldSource) -> Option<Basis> {
        match source {
            FieldSource::Class | FieldSource::Escaped => Some(self.classes.basis.clone()),
            FieldSource::Groups => Some(self.groups.basis.clone()),
            FieldSource::Minority => Some(self.ethnic.basis.clone()),
            FieldSource::HouseholdFact { .. } | FieldSource::PersonFact { .. } => Some(self.facts.basis.clone()),
            FieldSource::SpecialAreas { .. } => self.areas.as_ref().map(|areas| areas.basis.clone()),
            FieldSource::Lacks { indicator } => {
                let own = self.indicators.value.indicators.iter().find(|own| own.id == *indicator)?;
                let item = Some(own.id.clone());
                Some(Basis { item, mark: own.mark, ..self.indicators.basis.clone() })
            }
            _ => None,
        }
    }
}

/// Households of communes of these kinds, as a condition.
fn in_areas(areas: &[String]) -> String {
    let of_one = |area: &String| format!("'{area}' in household.special_areas");
    areas.iter().map(of_one).collect::<Vec<_>>().join(" || ")
}

/// How sheets and counts are laid out; grows when what is kept of them cannot be read any more.
const LAYOUT: &str = "3";

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
    text.push(LAYOUT.to_owned());
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
