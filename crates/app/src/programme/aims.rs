//! What the plan of a year asks for: its targets, projects, tasks and money, from the norm that knows the plan, or else from
//! what its clauses were taken for. Asks only for words and levels, never for what became of them.

use domain::programme::bind::{Binding, BindingState};
use domain::units::{Scope, ScopeLevel};
use kernel::Day;
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
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AimedTask {
    pub id: String,
    pub label: Label,
    pub clause: String,
    /// Codes of the agencies that carry it; empty where only their names are known.
    pub offices: Vec<String>,
    pub agencies: Vec<Label>,
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

/// What the province's plan of the year asks for.
pub async fn aims(house: &House, work: &mut dyn Work, scope: &Scope, year: i16) -> Result<Aims, AppError> {
    let province = house.province_of(scope);
    let known = plan_of(house, &province, year);
    let unit = Scope::new(scope.units_from, ScopeLevel::Province, province);
    let newest = work.plans(&unit).await?.into_iter().find(|record| record.year == year);
    let bindings = match newest {
        Some(newest) => work.bindings(&unit, newest.id).await?,
        None => Vec::new(),
    };
    // A norm of the year's plan says nothing of another plan that was brought in for the year.
    let is_of_norm = bindings.is_empty() || bindings.iter().any(|stored| stored.binding.norm.is_some());
    let mut aims = known.filter(|_| is_of_norm).map(|plan| of_norm(&plan.value)).unwrap_or_default();
    let own = bindings.into_iter().map(|stored| stored.binding).filter(|binding| binding.norm.is_none());
    aims.add(own);
    Ok(aims)
}

fn plain(id: &str, label: &Label) -> Aimed {
    Aimed { id: id.to_owned(), label: label.clone(), spend_by: None, basis: None }
}

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

impl Aims {
    /// What clauses were taken for; what was dropped asks for nothing.
    fn add(&mut self, bindings: impl Iterator<Item = Binding>) {
        // A plan is in its own language; there is no other label to show.
        let same = |text: &str| Label { vi: text.to_owned(), en: text.to_owned() };
        for binding in bindings.filter(|binding| !matches!(binding.state, BindingState::Dropped { .. })) {
            let label = same(&binding.label);
            let agency = (!binding.agency.is_empty()).then(|| same(&binding.agency));
            let (id, clause) = (binding.id, binding.at.clause);
            match binding.kind {
                RuleKind::Target => {
                    let (definition, level) = binding.follows.map(|f| (f.definition, f.level)).unzip();
                    let level = level.flatten();
                    self.targets.push(AimedTarget { id, label, definition, level, clause, lead: agency });
                }
                RuleKind::Task => {
                    let agencies = agency.into_iter().collect();
                    self.tasks.push(AimedTask { id, label, clause, offices: Vec::new(), agencies });
                }
                RuleKind::Project => self.projects.push(plain(&id, &label)),
                RuleKind::Source => self.sources.push(plain(&id, &label)),
                RuleKind::Capital => self.capitals.push(plain(&id, &label)),
            }
        }
    }
}
