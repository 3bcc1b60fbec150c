//! What norms say about one another: every class, indicator, movement, column that is named has to exist in time.
//! A reference is looked up in every version of the other norm that is in force on some day of this one.

mod lists;
mod papers;
mod plans;
mod process;
mod programme;

use std::collections::{BTreeMap, BTreeSet};

use kernel::Day;
use kernel::text::fold_name;

use crate::ScorePack;
use crate::book::{Norm, Version};
use crate::fault::{NormFault, words};
use crate::value::{NormValue, Value};

/// The norms a review cannot do without.
const REQUIRED: &[&str] = &[
    "review.areas",
    "review.standard",
    "review.classes",
    "review.class_rules",
    "review.indicators",
    "review.facts",
    "review.movements",
    "review.events",
    "review.causes",
    "review.target_groups",
    "review.ethnic_groups",
    "review.relations",
    "registry.papers",
    "review.layouts.three_sheets",
    "programme.records",
    "programme.work",
    "plans.reading",
    "review.process",
    "review.routes.monthly",
    "review.routes.average_living",
    "review.routes.low_income",
    "review.report_days",
    "review.calendar",
];

pub(crate) fn references(norms: &BTreeMap<String, Norm>, packs: &[ScorePack], faults: &mut Vec<NormFault>) {
    for id in REQUIRED.iter().filter(|id| !norms.contains_key(**id)) {
        let path = format!("{}.yaml", id.replace('.', "/"));
        let what = words("Không có tệp hợp lệ cho mã này.", "There is no valid file for this id.");
        faults.push(NormFault::new("NRM-012", &path, what).at(*id));
    }
    for norm in norms.values() {
        for version in &norm.versions {
            let Some(value) = &version.value else { continue };
            Checker { norms, norm, version, faults }.check(value);
        }
    }
    let mut ids = BTreeSet::new();
    for pack in packs.iter().filter(|pack| !ids.insert(&pack.id)) {
        let what = words("Hai bộ điểm cùng mã.", "Two packs bear one id.");
        faults.push(NormFault::new("NRM-010", &format!("packs/{}.yaml", pack.id), what).at(&pack.id));
    }
}

/// Looks at one version of one norm.
struct Checker<'a> {
    norms: &'a BTreeMap<String, Norm>,
    norm: &'a Norm,
    version: &'a Version,
    faults: &'a mut Vec<NormFault>,
}

impl<'a> Checker<'a> {
    fn check(&mut self, value: &Value) {
        match value {
            Value::Areas(areas) => self.areas(areas),
            Value::Classes(classes) => self.classes(classes),
            Value::ClassRules(rules) => self.class_rules(rules),
            Value::Indicators(set) => self.indicators(set),
            Value::Facts(facts) => self.facts(facts),
            Value::Movements(movements) => self.movements(movements),
            Value::Events(events) => self.unique(events.events.iter().map(|e| &e.id)),
            Value::Causes(causes) => self.causes(causes),
            Value::TargetGroups(groups) => self.target_groups(groups),
            Value::EthnicGroups(scheme) => self.ethnic_groups(scheme),
            Value::Relations(relations) => self.relations(relations),
            Value::Papers(papers) => self.papers(papers),
            Value::Form(form) => self.form(form),
            Value::ImportLayout(layout) => self.import_layout(layout),
            Value::Records(shapes) => self.records(shapes),
            Value::Targets(targets) => self.targets(targets),
            Value::Work(work) => self.activity_kinds(work),
            Value::Models(rules) => self.model_rules(rules),
            Value::Due(due) => self.due_rules(due),
            Value::Plan(plan) => self.plan(plan),
            Value::Reports(reports) => self.unique(reports.reports.iter().map(|report| &report.id)),
            Value::LegalBases(bases) => self.legal_bases(bases),
            Value::CoveringReport(report) => self.covering_report(report),
            Value::Process(process) => self.process(process),
            Value::MonthlyRoute(route) => self.monthly_route(route),
            Value::IncomeRoute(route) => self.income_route(route),
            Value::ReportDays(days) => self.report_days(days),
            Value::Calendar(calendar) => self.calendar(calendar),
            Value::Publication(_)
            | Value::Standard(_)
            | Value::LocalLines(_)
            | Value::PlanReading(_)
            | Value::PageLayout(_)
            | Value::SpecialAreas(_) => {}
        }
    }

    fn fault(&mut self, code: &'static str, at: &str, (vi, en): (String, String)) {
        let id = format!("{}@{}#{at}", self.norm.id, self.version.from.iso());
        self.faults.push(NormFault::new(code, &self.norm.file, words(vi, en)).at(id));
    }

    /// The versions of another norm that are in force on some day of this version, with the first such day.
    fn in_time<T: NormValue + 'a>(&self, id: &str) -> Vec<(&'a T, Day)> {
        let (from, to) = (self.version.from, self.version.to);
        let versions = self.norms.get(id).map(|norm| norm.versions.as_slice()).unwrap_or_default();
        versions
            .iter()
            .filter(|version| version.overlaps(from, to))
            .filter_map(|version| Some((T::read(version.value.as_ref()?)?, version.from.max(from))))
            .collect()
    }

    /// Says so when something named is unknown in some version of the norm that holds it.
    fn needs<T: NormValue + 'a>(&mut self, at: &str, norm: &str, name: &str, knows: impl Fn(&T) -> bool) {
        let unknown = self.in_time::<T>(norm).into_iter().find(|(value, _)| !knows(value)).map(|(_, day)| day);
        if let Some(day) = unknown {
            let vi = format!("\"{name}\" không có trong {norm} ngày {day}.");
            let en = format!("\"{name}\" is not in {norm} on {day}.");
            self.fault("NRM-009", at, (vi, en));
        }
    }

    fn unique<'b>(&mut self, ids: impl Iterator<Item = &'b String>) {
        let mut seen = BTreeSet::new();
        for id in ids.filter(|id| !seen.insert(*id)) {
            self.twice(id, id);
        }
    }

    /// Words that are compared folded must not mean two things. `(what it means, word)`.
    fn unambiguous<'b>(&mut self, words: impl Iterator<Item = (&'b str, &'b str)>) {
        let mut meanings: BTreeMap<String, &str> = BTreeMap::new();
        for (means, word) in words {
            let before = meanings.entry(fold_name(word)).or_insert(means);
            if *before != means {
                self.twice(means, word);
            }
        }
    }

    fn twice(&mut self, at: &str, name: &str) {
        self.fault("NRM-010", at, (format!("\"{name}\" có hai lần."), format!("\"{name}\" stands twice.")));
    }

    fn out_of_range(&mut self, at: &str, vi: &str, en: &str) {
        self.fault("NRM-011", at, (vi.to_owned(), en.to_owned()));
    }

    fn needs_class(&mut self, at: &str, class: &str) {
        self.needs::<crate::Classes>(at, "review.classes", class, |classes| classes.get(class).is_some());
    }

    fn needs_indicator(&mut self, at: &str, indicator: &str) {
        self.needs::<crate::IndicatorSet>(at, "review.indicators", indicator, |set| {
            set.indicators.iter().any(|i| i.id == indicator)
        });
    }

    fn needs_group(&mut self, at: &str, group: &str) {
        self.needs::<crate::TargetGroups>(at, "review.target_groups", group, |list| {
            list.groups.iter().any(|g| g.id == group)
        });
    }

    fn needs_cause(&mut self, at: &str, code: u8) {
        self.needs::<crate::Causes>(at, "review.causes", &code.to_string(), |list| {
            list.causes.iter().any(|c| c.code == code)
        });
    }

    fn needs_ethnic(&mut self, at: &str, code: u16) {
        self.needs::<crate::EthnicScheme>(at, "review.ethnic_groups", &code.to_string(), |scheme| {
            scheme.name(code).is_some()
        });
    }
}
