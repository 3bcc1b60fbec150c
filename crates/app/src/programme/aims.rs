//! What the plan of a year asks for: its targets, projects, tasks and money, from what its clauses were taken for, with what
//! the norm of a known plan says more. Asks only for words and levels, never for what became of them.

use domain::programme::bind::{Binding, BindingState};
use domain::units::{Scope, ScopeLevel};
use kernel::Day;
use kernel::text::fold;
use norms::{Label, PlanBindings, RuleKind, TargetValue};
use storage::Work;

use super::definitions::plan_of;
use crate::{AppError, House};

/// A target with what counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AimedTarget {
    pub id: String,
    pub label: Label,
    /// Id of the definition that counts it; `None` until a person names one.
    pub definition: Option<String>,
    pub level: Option<TargetValue>,
    pub clause: String,
    pub lead: Option<Label>,
    /// What a person said to it; `None` where the plan itself was not brought in.
    pub state: Option<BindingState>,
    /// The level of the plan's norm, where another one is asked for.
    pub level_of_norm: Option<TargetValue>,
    /// Numbers of the clause that are not the norm's level, as long as nobody has said which holds.
    pub differs: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AimedTask {
    pub id: String,
    pub label: Label,
    pub clause: String,
    /// Codes of the agencies that carry it; empty where only their names are known.
    pub offices: Vec<String>,
    pub agencies: Vec<Label>,
    /// Id of the role it falls to, where a person said so.
    pub role: Option<String>,
    /// The day it is due, where a person said so.
    pub day: Option<Day>,
    /// The rules of `norms/programme/due.yaml` speak of it.
    pub is_ruled: bool,
}

/// A project, a source of money or a kind of capital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aimed {
    pub id: String,
    pub label: Label,
    /// The last day a source may be spent.
    pub spend_by: Option<Day>,
    /// What allows a source, as the plan cites it.
    pub basis: Option<String>,
}

/// Everything one plan asks for. Empty where the year has no plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aims {
    pub targets: Vec<AimedTarget>,
    pub projects: Vec<Aimed>,
    pub tasks: Vec<AimedTask>,
    pub sources: Vec<Aimed>,
    pub capitals: Vec<Aimed>,
}

/// What the province's plan of the year asks for. Once the plan was brought in, only what its clauses are taken for counts.
pub async fn aims(house: &House, work: &mut dyn Work, scope: &Scope, year: i16) -> Result<Aims, AppError> {
    let province = house.province_of(scope);
    let known = plan_of(house, &province, year).map(|plan| plan.value);
    let unit = Scope::new(scope.units_from, ScopeLevel::Province, province);
    let Some(newest) = work.plans(&unit).await?.into_iter().find(|record| record.year == year) else {
        return Ok(known.map(|plan| of_norm(&plan)).unwrap_or_default());
    };
    let mut aims = Aims::default();
    for stored in work.bindings(&unit, newest.id).await? {
        aims.add(stored.binding, known.as_ref());
    }
    Ok(aims)
}

fn plain(id: &str, label: &Label) -> Aimed {
    Aimed { id: id.to_owned(), label: label.clone(), spend_by: None, basis: None }
}

/// A known plan that nobody has brought in yet.
fn of_norm(plan: &PlanBindings) -> Aims {
    let name = |code: &String| plan.agency(code).map(|agency| agency.label.clone());
    Aims {
        targets: plan
            .targets
            .iter()
            .map(|target| AimedTarget {
                id: target.id.clone(),
                label: target.label.clone(),
                definition: Some(target.id.clone()),
                level: Some(target.target.clone()),
                clause: target.at.clause.clone(),
                lead: name(&target.lead),
                state: None,
                level_of_norm: None,
                differs: None,
            })
            .collect(),
        projects: plan.projects.iter().map(|project| plain(&project.id, &project.label)).collect(),
        tasks: plan
            .tasks
            .iter()
            .map(|task| AimedTask {
                id: task.id.clone(),
                label: task.label.clone(),
                clause: task.at.clause.clone(),
                offices: task.agencies.clone(),
                agencies: task.agencies.iter().filter_map(name).collect(),
                role: None,
                day: None,
                is_ruled: true,
            })
            .collect(),
        sources: plan
            .sources
            .iter()
            .map(|source| Aimed {
                spend_by: source.spend_by,
                basis: source.basis.clone(),
                ..plain(&source.id, &source.label)
            })
            .collect(),
        capitals: plan.natures.iter().map(|nature| plain(&nature.id, &nature.label)).collect(),
    }
}

/// A person's words are in the plan's own language; the norm's words stand in both, as long as they are the same.
fn worded(text: &str, of_norm: Option<&Label>) -> Label {
    match of_norm {
        Some(label) if label.vi == text => label.clone(),
        _ => Label { vi: text.to_owned(), en: text.to_owned() },
    }
}

impl Aims {
    /// What a clause was taken for; what was dropped asks for nothing.
    fn add(&mut self, binding: Binding, known: Option<&PlanBindings>) {
        if matches!(binding.state, BindingState::Dropped { .. }) {
            return;
        }
        let known = known.filter(|_| binding.norm.is_some());
        match binding.kind {
            RuleKind::Target => self.targets.push(target(binding, known)),
            RuleKind::Task => self.tasks.push(task(binding, known)),
            RuleKind::Source => {
                let own = known.and_then(|plan| plan.source(&binding.id));
                self.sources.push(Aimed {
                    label: worded(&binding.label, own.map(|own| &own.label)),
                    spend_by: binding.day.or(own.and_then(|own| own.spend_by)),
                    basis: own.and_then(|own| own.basis.clone()),
                    id: binding.id,
                });
            }
            RuleKind::Project => {
                let own = known.and_then(|plan| plan.project(&binding.id)).map(|own| &own.label);
                self.projects.push(plain(&binding.id, &worded(&binding.label, own)));
            }
            RuleKind::Capital => {
                let own = known.and_then(|plan| plan.nature(&binding.id)).map(|own| &own.label);
                self.capitals.push(plain(&binding.id, &worded(&binding.label, own)));
            }
        }
    }
}

fn target(binding: Binding, known: Option<&PlanBindings>) -> AimedTarget {
    let own = known.and_then(|plan| plan.target(&binding.id));
    let lead = own.and_then(|own| known?.agency(&own.lead)).map(|agency| &agency.label);
    let (definition, said) = binding.follows.map_or((None, None), |follows| (follows.definition, follows.level));
    let of_norm = own.map(|own| own.target.clone());
    AimedTarget {
        label: worded(&binding.label, own.map(|own| &own.label)),
        definition: definition.or_else(|| own.map(|own| own.id.clone())),
        level_of_norm: of_norm.clone().filter(|level| said.as_ref().is_some_and(|said| !is_same(said, level))),
        level: said.or(of_norm),
        clause: binding.at.clause,
        lead: (!binding.agency.is_empty()).then(|| worded(&binding.agency, lead)),
        differs: binding.differs.filter(|_| !binding.state.is_said()),
        state: Some(binding.state),
        id: binding.id,
    }
}

/// Whether two levels ask for the same.
fn is_same(one: &TargetValue, other: &TargetValue) -> bool {
    (one.op, &one.value, &one.high) == (other.op, &other.value, &other.high)
}

fn task(binding: Binding, known: Option<&PlanBindings>) -> AimedTask {
    let own = known.and_then(|plan| plan.task(&binding.id));
    let names: Vec<&str> = binding.agency.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
    let agency = |name: &str| {
        let is_called = |own: &&norms::Agency| {
            let mut words = std::iter::once(&own.label.vi).chain(&own.names);
            words.any(|word| fold(word) == fold(name))
        };
        known.and_then(|plan| plan.agencies.iter().find(is_called))
    };
    AimedTask {
        label: worded(&binding.label, own.map(|own| &own.label)),
        clause: binding.at.clause,
        offices: names.iter().filter_map(|name| Some(agency(name)?.id.clone())).collect(),
        agencies: names.iter().map(|name| worded(name, agency(name).map(|own| &own.label))).collect(),
        role: binding.office,
        day: binding.day,
        is_ruled: own.is_some(),
        id: binding.id,
    }
}
