//! Whether the programme's conditions can be asked, and whether what they and the rules name exists.

use std::collections::BTreeMap;

use conditions::{Condition, Schema};

use super::Checker;
use crate::{
    ActivityKinds, Classes, DueRules, Facts, FieldSource, ModelRules, ModelTest, RecordField, RecordKind, RecordShapes,
    SchemaParts, TargetDefinitions, TargetGroups, TargetMeasure, WhenDue, schema_of,
};

impl Checker<'_> {
    pub(super) fn records(&mut self, shapes: &RecordShapes) {
        for class in &shapes.escaped.from {
            self.needs_class("escaped", class);
        }
        for fields in [&shapes.household, &shapes.person, &shapes.staff, &shapes.model] {
            self.unique(fields.iter().map(|field| &field.id));
            for field in fields {
                self.record_field(field);
            }
        }
    }

    fn record_field(&mut self, field: &RecordField) {
        match &field.source {
            FieldSource::Lacks { indicator } => self.needs_indicator(&field.id, indicator),
            FieldSource::HouseholdFact { fact } => {
                self.needs::<Facts>(&field.id, "review.facts", fact, |f| f.household.iter().any(|h| h.id == *fact));
            }
            FieldSource::PersonFact { fact } => {
                self.needs::<Facts>(&field.id, "review.facts", fact, |f| f.person.iter().any(|p| p.id == *fact));
            }
            _ => {}
        }
    }

    pub(super) fn targets(&mut self, targets: &TargetDefinitions) {
        self.unique(targets.definitions.iter().map(|definition| &definition.id));
        let schemas = self.schemas(None);
        for definition in &targets.definitions {
            if definition.readings.is_empty() {
                self.out_of_range(&definition.id, "Chỉ tiêu không có cách tính nào.", "The target has no reading.");
            }
            self.unique(definition.readings.iter().map(|reading| &reading.id));
            for reading in &definition.readings {
                let at = format!("{}.{}", definition.id, reading.id);
                let record = reading.counts.record();
                match &reading.measure {
                    TargetMeasure::Share { among, reached } => {
                        self.condition(&at, &schemas, record, among);
                        self.condition(&at, &schemas, record, reached);
                    }
                    TargetMeasure::ResidentShare { areas, reached } => {
                        for area in areas {
                            self.condition(&at, &schemas, record, &format!("'{area}' in household.special_areas"));
                        }
                        self.condition(&at, &schemas, record, reached);
                    }
                    TargetMeasure::Count { of } => self.condition(&at, &schemas, record, of),
                    TargetMeasure::ClassShare { classes } | TargetMeasure::ClassShareFall { classes, .. } => {
                        for class in classes {
                            self.needs_class(&at, class);
                        }
                    }
                    TargetMeasure::NoBase { .. } => {}
                }
            }
        }
    }

    pub(super) fn activity_kinds(&mut self, work: &ActivityKinds) {
        self.unique(work.kinds.iter().map(|kind| &kind.id));
        self.unique(work.needs.iter().map(|need| &need.id));
        self.unique(work.periods.iter().map(|period| &period.project));
        if work.kinds.len() > Schema::MOST_CHOICES || work.needs.len() > Schema::MOST_CHOICES {
            self.out_of_range("kinds", "Nhiều nhất 63 loại.", "There can be 63 kinds at most.");
        }
        for period in work.periods.iter().filter(|period| period.to < period.from) {
            self.out_of_range(&period.project, "Kết thúc trước khi bắt đầu.", "It ends before it begins.");
        }
        for field in work.fields() {
            let is_taken = |own: &&crate::Label| own.vi == field.label.vi || own.en == field.label.en;
            if work.columns.all().iter().any(is_taken) {
                let said = (
                    format!("Cột \"{}\" đã dùng cho mọi loại.", field.label.vi),
                    format!("Every kind has a column \"{}\".", field.label.en),
                );
                self.fault("NRM-009", &field.id, said);
            }
        }
        let schemas = self.schemas(Some(work));
        for kind in &work.kinds {
            if let Some(project) = kind.project.as_ref().filter(|project| work.period(project).is_none()) {
                let said =
                    (format!("Dự án \"{project}\" không có thời gian."), format!("\"{project}\" has no period."));
                self.fault("NRM-009", &kind.id, said);
            }
            match (kind.takes, &kind.who) {
                (Some(subject), Some(who)) => self.condition(&kind.id, &schemas, subject.record(), who),
                (None, Some(_)) => self.out_of_range(
                    &kind.id,
                    "Có điều kiện tham gia nhưng không ghi tên ai.",
                    "It says who may take part but lists nobody.",
                ),
                _ => {}
            }
        }
        for need in &work.needs {
            if let Some(who) = &need.who {
                self.condition(&need.id, &schemas, need.of.record(), who);
            }
        }
    }

    pub(super) fn model_rules(&mut self, rules: &ModelRules) {
        self.unique(rules.rules.iter().map(|rule| &rule.id));
        let schemas = self.schemas(None);
        for rule in &rules.rules {
            for mode in rule.modes.iter().filter(|mode| !rules.modes.iter().any(|known| known.id == **mode)) {
                let said = (format!("Không có phương thức \"{mode}\"."), format!("There is no mode \"{mode}\"."));
                self.fault("NRM-009", &rule.id, said);
            }
            if let ModelTest::ShareAtLeast { who, percent } | ModelTest::PriorityAbove { who, percent } = &rule.test {
                self.condition(&rule.id, &schemas, RecordKind::Household, who);
                if !(0..=100).contains(percent) {
                    self.out_of_range(&rule.id, "Tỷ lệ ngoài 0-100.", "The share is outside 0-100.");
                }
            }
        }
    }

    pub(super) fn due_rules(&mut self, due: &DueRules) {
        self.unique(due.rules.iter().map(|rule| &rule.id));
        for rule in &due.rules {
            let is_possible = match rule.when {
                WhenDue::Yearly { month, day } => kernel::Day::new(2023, month, day).is_some(),
                WhenDue::Monthly { day, from_month, to_month } => {
                    (1..=28).contains(&day) && 1 <= from_month && from_month <= to_month && to_month <= 12
                }
                _ => true,
            };
            if !is_possible {
                self.out_of_range(&rule.id, "Không có ngày này.", "There is no such day.");
            }
        }
    }

    fn condition(&mut self, at: &str, schemas: &[BTreeMap<RecordKind, Schema>], record: RecordKind, text: &str) {
        let faults: Vec<_> = schemas
            .iter()
            .filter_map(|by_kind| by_kind.get(&record))
            .filter_map(|schema| Condition::read(text, schema).err())
            .take(1)
            .collect();
        for fault in faults {
            let (vi, en) = fault.says();
            self.fault("NRM-018", at, (format!("\"{text}\": {vi}"), format!("\"{text}\": {en}")));
        }
    }

    /// The fields as the norms of this version's time have them: of its first day, and of each later version's.
    fn schemas(&self, own: Option<&ActivityKinds>) -> Vec<BTreeMap<RecordKind, Schema>> {
        let shapes = self.in_time::<RecordShapes>("programme.records");
        let classes = self.in_time::<Classes>("review.classes");
        let facts = self.in_time::<Facts>("review.facts");
        let groups = self.in_time::<TargetGroups>("review.target_groups");
        let kinds = self.in_time::<ActivityKinds>("programme.work");
        let longest = shapes.len().max(facts.len()).max(kinds.len());
        let pick = |at: usize, len: usize| at.min(len.saturating_sub(1));
        (0..longest)
            .filter_map(|at| {
                let parts = SchemaParts {
                    shapes: shapes.get(pick(at, shapes.len()))?.0,
                    classes: classes.first()?.0,
                    facts: facts.get(pick(at, facts.len()))?.0,
                    groups: groups.first()?.0,
                    work: own.or_else(|| kinds.get(pick(at, kinds.len())).map(|found| found.0))?,
                };
                Some(RecordKind::ALL.into_iter().map(|kind| (kind, schema_of(kind, parts))).collect())
            })
            .collect()
    }
}
