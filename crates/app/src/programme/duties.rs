//! Duties of the plan and reports of its calendar: when each is due, what became of it, whose it is. Late ones first.

use domain::access::{Actor, Verb, check};
use domain::programme::due::{DueState, due_in, state_on};
use domain::units::Scope;
use kernel::Day;
use norms::{Basis, Calendar, Dated, DueRule, DueRules, Label, Mark, PlanReading, Reports, WhenDue};
use storage::DutyRecord;

use super::aims::{AimedTask, aims};
pub use super::closing::{DutyInput, close_duty, enter_event};
use super::definitions::{InYear, all_of_year};
use crate::{AppError, House};

/// One duty or report, once.
#[derive(Debug, Clone)]
pub struct Duty {
    /// `K25` or `R06`.
    pub id: String,
    pub label: Label,
    /// The plan's clause, for a duty.
    pub clause: Option<String>,
    /// Who carries it, by the plan's names.
    pub agencies: Vec<Label>,
    pub due: Option<Day>,
    /// When, in words, where no day is given or one is counted from an event.
    pub when: Option<Label>,
    /// It is due some working days after something that a person enters.
    pub counts_from_event: bool,
    pub state: DueState,
    pub record: Option<DutyRecord>,
    pub basis: Basis,
    /// Id in `review.report_days` of the report of the review that this is: told and closed as one with it.
    pub report: Option<String>,
    /// Everything its day stands on, the basis too.
    pub bases: Vec<Basis>,
    /// It falls to the reader's own office.
    pub is_own: bool,
}

/// Duties of a unit in a year as of today; late first, then what is near, then by day.
pub async fn duties(house: &House, actor: &Actor, wished: Option<&Scope>, year: i16) -> Result<Vec<Duty>, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let unit = house.narrow(actor, wished)?;
    let mut work = house.store.read().await?;
    let tasks = aims(house, work.as_mut(), &unit, year).await?.tasks;
    let mut records = work.duties(&unit, year).await?;
    drop(work);
    records.retain(|record| record.unit == unit);
    let ground = Ground { house, role: actor.role.id(), year, today: house.clock.today(), tasks, records };
    let mut found = ground.ruled()?;
    let unruled = ground.tasks.iter().filter(|task| !found.iter().any(|duty| duty.id == task.id));
    let unruled: Result<Vec<Duty>, AppError> = unruled.map(|task| ground.unruled(task)).collect();
    found.extend(unruled?);
    super::reports::tie(house, (&unit, year), &mut found).await?;
    found.sort_by_key(order);
    Ok(found)
}

/// What the duties of one unit and year are made of.
struct Ground<'a> {
    house: &'a House,
    role: &'a str,
    year: i16,
    today: Day,
    tasks: Vec<AimedTask>,
    records: Vec<DutyRecord>,
}

/// One rule with its version, and what it speaks of.
struct Ruled<'a> {
    rules: &'a InYear<DueRules>,
    rule: &'a DueRule,
    task: Option<&'a AimedTask>,
    report: Option<&'a InYear<Reports>>,
    label: &'a Label,
    agencies: &'a [Label],
}

impl Ground<'_> {
    /// What a rule gives days to: tasks of a known plan, and the national reports. Each day is asked of the version in force on it.
    fn ruled(&self) -> Result<Vec<Duty>, AppError> {
        let versions = all_of_year::<DueRules>(self.house, "programme.due", self.year);
        let reports = all_of_year::<Reports>(self.house, "programme.reports", self.year);
        let mut found = Vec::new();
        for (at, rules) in versions.iter().enumerate() {
            let is_last = at + 1 == versions.len();
            for rule in &rules.dated.value.rules {
                let Some(ruled) = self.speaks_of(rules, rule, &reports) else { continue };
                let mut times: Vec<Option<Day>> = self.days(&ruled).into_iter().map(Some).collect();
                let is_open = matches!(rule.when, WhenDue::WorkingDaysAfter { .. } | WhenDue::Undated { .. });
                if times.is_empty() && is_open && is_last {
                    times.push(None);
                }
                for due in times {
                    found.push(self.duty(&ruled, due)?);
                }
            }
        }
        Ok(found)
    }

    fn speaks_of<'a>(
        &'a self,
        rules: &'a InYear<DueRules>,
        rule: &'a DueRule,
        reports: &'a [InYear<Reports>],
    ) -> Option<Ruled<'a>> {
        // A day that a person gave a task comes before the rule's.
        if let Some(task) = self.tasks.iter().find(|task| task.is_ruled && task.id == rule.id) {
            let (label, agencies) = (&task.label, task.agencies.as_slice());
            let of_task = Ruled { rules, rule, task: Some(task), report: None, label, agencies };
            return task.day.is_none().then_some(of_task);
        }
        let (version, report) = reports.iter().find_map(|v| Some((v, v.dated.value.get(&rule.id)?)))?;
        let (label, agencies) = (&report.label, report.from.as_slice());
        Some(Ruled { rules, rule, task: None, report: Some(version), label, agencies })
    }

    /// The days in the year on which both the rule and the report it speaks of are in force.
    fn days(&self, ruled: &Ruled<'_>) -> Vec<Day> {
        let rule = ruled.rule;
        let mut days: Vec<Day> = due_in(&rule.when, self.year).into_iter().map(|due| due.day).collect();
        if matches!(rule.when, WhenDue::WorkingDaysAfter { .. }) {
            days.extend(self.records.iter().filter(|record| record.duty == rule.id).filter_map(|record| record.due));
        }
        let since = ruled.report.and_then(|version| version.dated.value.get(&rule.id)).and_then(|report| report.since);
        days.retain(|day| {
            let in_report = ruled.report.is_none_or(|version| version.holds_on(*day));
            ruled.rules.holds_on(*day) && in_report && since.is_none_or(|since| since <= *day)
        });
        days
    }

    fn duty(&self, ruled: &Ruled<'_>, due: Option<Day>) -> Result<Duty, AppError> {
        let Ruled { rules, rule, task, .. } = ruled;
        let record = self.records.iter().find(|r| r.duty == rule.id && r.due == due).cloned();
        let done = record.as_ref().and_then(|record| record.done);
        let offices = task.map(|task| task.offices.as_slice()).unwrap_or_default();
        let of_role = task.is_some_and(|task| task.role.as_deref() == Some(self.role));
        let counts_from_event = matches!(rule.when, WhenDue::WorkingDaysAfter { .. });
        let basis = basis(&rules.dated, rule, ruled.label);
        let mut stands_on = vec![basis.clone()];
        if counts_from_event {
            stands_on.extend(self.calendar_bases(due)?);
        }
        Ok(Duty {
            id: rule.id.clone(),
            label: ruled.label.clone(),
            clause: task.map(|task| task.clause.clone()),
            agencies: ruled.agencies.to_vec(),
            due,
            when: words(rule),
            counts_from_event,
            state: state_on(due, done, self.today, rules.dated.value.remind_days),
            record,
            basis,
            bases: stands_on,
            report: None,
            is_own: of_role || rules.dated.value.is_own(self.role, &rule.id, offices),
        })
    }

    /// Working days stand on how terms are counted, and on the holidays of the year.
    fn calendar_bases(&self, due: Option<Day>) -> Result<Vec<Basis>, AppError> {
        let day = due.unwrap_or(Day::last_of(self.year));
        let calendar = self.house.norms.in_force::<Calendar>("review.calendar", day)?;
        let of_year = calendar.value.years.iter().find(|year| year.year == self.year).map(|year| Basis {
            item: Some(year.year.to_string()),
            mark: year.mark,
            ..calendar.basis.clone()
        });
        Ok(std::iter::once(calendar.basis).chain(of_year).collect())
    }

    /// A task that no rule gives a day to: it is followed all the same, by the day a person gave it.
    fn unruled(&self, task: &AimedTask) -> Result<Duty, AppError> {
        let reading = self.house.norms.in_force::<PlanReading>("plans.reading", self.today)?;
        let rules = all_of_year::<DueRules>(self.house, "programme.due", self.year).pop();
        let rules = rules.map(|rules| rules.dated.value);
        let record = self.records.iter().find(|record| record.duty == task.id && record.due == task.day).cloned();
        let done = record.as_ref().and_then(|record| record.done);
        let basis = Basis { item: None, label: task.label.clone(), mark: Mark::Inferred, ..reading.basis };
        let by_office = rules.as_ref().is_some_and(|rules| rules.is_own(self.role, "", &task.offices));
        Ok(Duty {
            id: task.id.clone(),
            label: task.label.clone(),
            clause: Some(task.clause.clone()),
            agencies: task.agencies.clone(),
            due: task.day,
            when: None,
            counts_from_event: false,
            state: state_on(task.day, done, self.today, rules.map_or(0, |rules| rules.remind_days)),
            record,
            bases: vec![basis.clone()],
            basis,
            report: None,
            is_own: by_office || task.role.as_deref() == Some(self.role),
        })
    }
}

fn order(duty: &Duty) -> (u8, Option<Day>, String) {
    let rank = match duty.state {
        DueState::Late { .. } => 0,
        DueState::Near { .. } => 1,
        DueState::Ahead { .. } => 2,
        DueState::Undated => 3,
        DueState::Done { .. } => 4,
    };
    (rank, duty.due, duty.id.clone())
}

fn words(rule: &DueRule) -> Option<Label> {
    match &rule.when {
        WhenDue::Undated { why } => Some(why.clone()),
        WhenDue::WorkingDaysAfter { event, .. } => Some(event.clone()),
        _ => None,
    }
}

fn basis(rules: &Dated<DueRules>, rule: &DueRule, label: &Label) -> Basis {
    Basis {
        item: Some(rule.id.clone()),
        label: label.clone(),
        mark: rule.mark,
        citation: rule.citation.clone().or_else(|| rules.basis.citation.clone()),
        ..rules.basis.clone()
    }
}
