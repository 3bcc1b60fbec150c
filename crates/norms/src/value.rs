//! The kinds of values a norm file can hold, and how a file of each kind is read.
//! Reading only: whether a value fits the others is looked at in `check`.

use kernel::Day;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{
    ActivityKinds, Areas, Causes, Citation, ClassRules, Classes, CoveringReportLaw, DueRules, EthnicScheme, Facts,
    FormLayout, HouseholdEvents, ImportLayout, IndicatorSet, Label, LegalBases, LocalLines, Mark, ModelRules,
    Movements, PageLayout, Papers, PlanBindings, PlanReading, RecordShapes, Relations, Reports, SpecialAreas, Standard,
    TargetDefinitions, TargetGroups,
};
use crate::{Calendar, IncomeRoute, MonthlyRoute, Process, Publication, ReportDays};

/// A Rust shape that a norm's value can have.
pub trait NormValue: Clone {
    /// As `kind` says it in the file.
    const KIND: &'static str;
    /// `None` when the norm is of another kind.
    fn read(value: &Value) -> Option<&Self>;
}

macro_rules! values {
    ($($kind:literal => $name:ident($shape:ident);)*) => {
        /// A value of any kind.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Value {
            $($name($shape),)*
        }

        /// Every kind there is.
        pub const KINDS: &[&str] = &[$($kind,)*];

        $(impl NormValue for $shape {
            const KIND: &'static str = $kind;
            fn read(value: &Value) -> Option<&Self> {
                if let Value::$name(found) = value { Some(found) } else { None }
            }
        })*

        /// Reads a file whose kind is known; `None` when the kind is not.
        pub(crate) fn read_file(kind: &str, text: &str) -> Option<Result<NormFile<Value>, serde_norway::Error>> {
            match kind {
                $($kind => Some(parse::<$shape>(text, Value::$name)),)*
                _ => None,
            }
        }

        /// Reads one version of a known kind back from JSON, as a frozen norm keeps it; `None` when the kind is not known.
        pub(crate) fn read_version(
            kind: &str,
            json: serde_json::Value,
        ) -> Option<Result<VersionOf<Value>, serde_json::Error>> {
            match kind {
                $($kind => Some(serde_json::from_value::<VersionOf<$shape>>(json).map(|version| version.of(Value::$name))),)*
                _ => None,
            }
        }
    };
}

values! {
    "areas" => Areas(Areas);
    "standard" => Standard(Standard);
    "local_lines" => LocalLines(LocalLines);
    "classes" => Classes(Classes);
    "class_rules" => ClassRules(ClassRules);
    "indicators" => Indicators(IndicatorSet);
    "facts" => Facts(Facts);
    "movements" => Movements(Movements);
    "events" => Events(HouseholdEvents);
    "causes" => Causes(Causes);
    "target_groups" => TargetGroups(TargetGroups);
    "ethnic_groups" => EthnicGroups(EthnicScheme);
    "relations" => Relations(Relations);
    "papers" => Papers(Papers);
    "form" => Form(FormLayout);
    "import_layout" => ImportLayout(ImportLayout);
    "records" => Records(RecordShapes);
    "targets" => Targets(TargetDefinitions);
    "work" => Work(ActivityKinds);
    "models" => Models(ModelRules);
    "due" => Due(DueRules);
    "reports" => Reports(Reports);
    "special_areas" => SpecialAreas(SpecialAreas);
    "plan_reading" => PlanReading(PlanReading);
    "plan" => Plan(PlanBindings);
    "page_layout" => PageLayout(PageLayout);
    "legal_bases" => LegalBases(LegalBases);
    "covering_report" => CoveringReport(CoveringReportLaw);
    "process" => Process(Process);
    "monthly_route" => MonthlyRoute(MonthlyRoute);
    "income_route" => IncomeRoute(IncomeRoute);
    "report_days" => ReportDays(ReportDays);
    "calendar" => Calendar(Calendar);
    "publication" => Publication(Publication);
}

/// A file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NormFile<T> {
    pub(crate) id: String,
    pub(crate) label: Label,
    pub(crate) kind: String,
    pub(crate) versions: Vec<VersionOf<T>>,
}

/// One version as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VersionOf<T> {
    pub(crate) from: Day,
    #[serde(default = "Option::default")]
    pub(crate) to: Option<Day>,
    pub(crate) mark: Mark,
    #[serde(default = "Option::default")]
    pub(crate) citation: Option<Citation>,
    #[serde(default = "Option::default")]
    pub(crate) note: Option<Label>,
    #[serde(default = "Option::default")]
    pub(crate) value: Option<T>,
}

/// What tells how to read the rest of a file.
#[derive(Debug, Deserialize)]
pub(crate) struct Head {
    pub(crate) kind: String,
}

fn parse<T: DeserializeOwned>(text: &str, wrap: fn(T) -> Value) -> Result<NormFile<Value>, serde_norway::Error> {
    let file: NormFile<T> = serde_norway::from_str(text)?;
    let versions = file.versions.into_iter().map(|version| version.of(wrap)).collect();
    Ok(NormFile { id: file.id, label: file.label, kind: file.kind, versions })
}

impl<T> VersionOf<T> {
    fn of(self, wrap: fn(T) -> Value) -> VersionOf<Value> {
        let Self { from, to, mark, citation, note, value } = self;
        VersionOf { from, to, mark, citation, note, value: value.map(wrap) }
    }
}

/// An item inside a value that carries its own mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedItem {
    pub id: String,
    pub label: Label,
    pub mark: Mark,
    /// `None`: the citation of the version stands for it.
    pub citation: Option<Citation>,
}

impl Value {
    /// The items that carry a mark of their own.
    pub fn marked_items(&self) -> Vec<MarkedItem> {
        let item = |id: &str, label: &Label, mark: Mark, citation: &Option<Citation>| MarkedItem {
            id: id.to_owned(),
            label: label.clone(),
            mark,
            citation: citation.clone(),
        };
        match self {
            Self::Indicators(set) => {
                set.indicators.iter().map(|i| item(&i.id, &i.label, i.mark, &i.citation)).collect()
            }
            Self::Movements(list) => {
                list.movements.iter().map(|m| item(&m.id, &m.label, m.mark, &m.citation)).collect()
            }
            Self::Form(form) => form.checks.iter().map(|c| item(&c.id, &c.label, c.mark, &c.citation)).collect(),
            Self::TargetGroups(list) => {
                list.groups.iter().filter_map(|g| g.mark.map(|mark| item(&g.id, &g.label, mark, &None))).collect()
            }
            Self::LegalBases(list) => list.acts.iter().map(|a| item(&a.id, &a.label, a.mark, &a.citation)).collect(),
            Self::LocalLines(list) => list.lines.iter().map(local_item).collect(),
            Self::Targets(targets) => targets.marked_items(),
            Self::Work(work) => work.marked_items(),
            Self::Models(rules) => rules.marked_items(),
            Self::Due(due) => due.marked_items(),
            Self::Reports(reports) => reports.marked_items(),
            Self::Plan(plan) => plan.marked_items(),
            Self::Process(process) => crate::process_items::of_process(process),
            Self::MonthlyRoute(route) => vec![crate::process_items::of_term(
                "decide_within",
                ("Thời hạn quyết định", "Decision"),
                route.decide_within,
            )],
            Self::IncomeRoute(route) => crate::process_items::of_income_route(route),
            Self::Calendar(calendar) => crate::process_items::of_calendar(calendar),
            _ => Vec::new(),
        }
    }
}

fn local_item(line: &crate::LocalLine) -> MarkedItem {
    let name = &line.province_name;
    MarkedItem {
        id: name.clone(),
        label: Label { vi: name.clone(), en: name.clone() },
        mark: line.mark,
        citation: line.citation.clone(),
    }
}
