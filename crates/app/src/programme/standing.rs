//! What is true today of what hangs on a plan's clauses: targets as they are counted, projects as they were worked on, tasks as
//! they are kept in time, money as it stands in the ledger. Asked once for a whole plan; no figure stands in for another.
//! A new kind of state: a variant of [`Live`], its answer in [`Standing::of`], its words in `web`.

use std::collections::HashMap;

use domain::access::Actor;
use domain::programme::bind::Binding;
use domain::programme::money::MoneySums;
use domain::programme::target::Counts;
use domain::units::Scope;
use kernel::Day;
use norms::RuleKind;
use storage::ActivityFilter;

use super::duties::{Duty, duties};
use super::engine::sum_in;
use super::money::{Ledger, is_within, ledger};
use super::targets::{Counted, TargetState};
use super::view::PlanView;
use crate::{AppError, House};

/// The state of one binding.
#[derive(Debug, Clone)]
pub enum Live {
    /// Nothing follows it yet.
    Untracked,
    Target(Box<TargetState>),
    Project(ProjectWork),
    /// Every time it is due, the most pressing first.
    Task(Vec<TaskTime>),
    Money(MoneyStanding),
}

/// What was done for a project with its sub-projects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProjectWork {
    pub activities: i64,
    /// Distinct people and households.
    pub people: i64,
    /// In đồng, as entered with the activities.
    pub spent: i64,
    pub models: usize,
    /// As entered in the ledger for the project.
    pub money: MoneySums,
}

#[derive(Debug, Clone)]
pub struct TaskTime {
    pub duty: Duty,
    /// Files that show what was done.
    pub files: i64,
}

/// A source of money, or a kind of capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyStanding {
    pub sums: MoneySums,
    pub spend_by: Option<Day>,
    /// Negative: so many days over.
    pub days_left: Option<i64>,
}

/// Everything a plan's bindings are asked for, in one area on one day.
pub struct Standing {
    pub area: Scope,
    pub on: Day,
    pub year: i16,
    counted: Counted,
    counts: Counts,
    ledger: Ledger,
    duties: Vec<Duty>,
    files: HashMap<String, i64>,
    projects: HashMap<String, ProjectWork>,
    today: Day,
}

/// Asks the store once for everything that hangs on a plan.
pub async fn standing(house: &House, actor: &Actor, view: &PlanView, area: &Scope) -> Result<Standing, AppError> {
    let (year, today) = (view.year(), house.clock.today());
    let area = house.narrow(actor, Some(area))?;
    let on = today.min(Day::last_of(year));
    let ledger = ledger(house, actor, Some(&area), year).await?;
    // A plan of a year to come is held against what is counted today.
    let counted = Counted { aims: ledger.aims.clone(), ..Counted::in_scope(house, &area, on).await? };
    let counts = sum_in(&counted.units, &area);
    let duties = duties(house, actor, Some(&area), year).await?;
    let mut work = house.store.read().await?;
    let files = work.evidence_sums(&area, "duty", year).await?.into_iter().collect();
    let models = work.models(&area, Some(year)).await?;
    let kinds = &counted.definitions.norms.work.value.kinds;
    let mut projects = HashMap::new();
    for project in view.bindings.iter().map(|stored| &stored.binding).filter(|b| b.kind == RuleKind::Project) {
        let Some(named) = project.programme_project() else { continue };
        let own = kinds.iter().filter(|kind| kind.project.as_deref().is_some_and(|p| is_within(p, named)));
        let own: Vec<String> = own.map(|kind| kind.id.clone()).collect();
        let filter = ActivityFilter::new(area.clone(), year).kinds(Some(own));
        let (activities, people, spent) = work.activity_total(&filter).await?;
        let models = models.iter().filter(|model| is_within(&model.project, named)).count();
        let money = ledger.of_project(&project.id);
        projects.insert(project.id.clone(), ProjectWork { activities, people, spent, models, money });
    }
    Ok(Standing { area, on, year, counted, counts, ledger, duties, files, projects, today })
}

impl Standing {
    pub fn of(&self, binding: &Binding) -> Live {
        match binding.kind {
            RuleKind::Target => self.target(&binding.id),
            RuleKind::Project => self.projects.get(&binding.id).copied().map_or(Live::Untracked, Live::Project),
            RuleKind::Task => self.task(&binding.id),
            RuleKind::Source => {
                let source = self.ledger.aims.sources.iter().find(|source| source.id == binding.id);
                let spend_by = source.and_then(|source| source.spend_by);
                source.map_or(Live::Untracked, |_| self.money(self.ledger.of_source(&binding.id), spend_by))
            }
            RuleKind::Capital => {
                let is_known = self.ledger.aims.capitals.iter().any(|capital| capital.id == binding.id);
                if is_known { self.money(self.ledger.of_capital(&binding.id), None) } else { Live::Untracked }
            }
        }
    }

    fn target(&self, id: &str) -> Live {
        let is_followed = self.counted.aims.targets.iter().any(|t| t.id == id && t.definition.is_some());
        if !is_followed {
            return Live::Untracked;
        }
        Live::Target(Box::new(self.counted.state(&self.counts, id)))
    }

    fn task(&self, id: &str) -> Live {
        let files = self.files.get(id).copied().unwrap_or(0);
        let of_task = self.duties.iter().filter(|duty| duty.id == id);
        let times: Vec<TaskTime> = of_task.map(|duty| TaskTime { duty: duty.clone(), files }).collect();
        if times.is_empty() { Live::Untracked } else { Live::Task(times) }
    }

    fn money(&self, sums: MoneySums, spend_by: Option<Day>) -> Live {
        let days_left = spend_by.map(|day| self.today.days_until(day));
        Live::Money(MoneyStanding { sums, spend_by, days_left })
    }
}
