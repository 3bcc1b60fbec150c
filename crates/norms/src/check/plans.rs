//! What a plan's bindings say about one another: agencies, projects and calendar rules that are named have to be there.

use super::Checker;
use crate::{PlanBindings, PlanTarget, Reports, TargetDefinition, TargetDefinitions};

impl Checker<'_> {
    pub(super) fn plan(&mut self, plan: &PlanBindings) {
        self.unique(plan.targets.iter().map(|t| &t.id));
        self.unique(plan.projects.iter().map(|p| &p.id));
        self.unique(plan.tasks.iter().map(|t| &t.id));
        self.unique(plan.sources.iter().map(|s| &s.id));
        self.unique(plan.natures.iter().map(|n| &n.id));
        self.unique(plan.agencies.iter().map(|a| &a.id));
        self.unique(plan.cases.iter().map(|c| &c.id));
        self.agencies(plan);
        for project in &plan.projects {
            if let Some(of) = project.of.as_ref().filter(|of| plan.project(of).is_none()) {
                self.not_there(&project.id, of);
            }
        }
        for task in &plan.tasks {
            for report in &task.calendar {
                self.needs::<Reports>(&task.id, "programme.reports", report, |reports| reports.get(report).is_some());
            }
        }
        for target in &plan.targets {
            let numbers = std::iter::once(&target.target.value).chain(&target.target.high);
            if numbers.into_iter().any(|number| number.parse::<f64>().is_err()) {
                self.out_of_range(
                    &target.id,
                    "Con số của chỉ tiêu không đọc được.",
                    "The target's number cannot be read.",
                );
            }
            self.readings(target);
        }
    }

    /// What the plan says can be read in several ways must be counted in those ways, the first as the one reported.
    fn readings(&mut self, target: &PlanTarget) {
        const COUNTED: &str = "programme.targets";
        let of =
            |all: &TargetDefinitions, known: &dyn Fn(&TargetDefinition) -> bool| all.get(&target.id).is_some_and(known);
        self.needs::<TargetDefinitions>(&target.id, COUNTED, &target.id, |all| of(all, &|_| true));
        for (at, reading) in target.readings.iter().enumerate() {
            let name = format!("{}.{}", target.id, reading.id);
            self.needs::<TargetDefinitions>(&target.id, COUNTED, &name, |all| {
                of(all, &|own| match at {
                    0 => own.readings.first().is_some_and(|first| first.id == reading.id),
                    _ => own.reading(Some(&reading.id)).is_some(),
                })
            });
        }
    }

    fn agencies(&mut self, plan: &PlanBindings) {
        let mut named: Vec<(&String, &String)> = plan.targets.iter().map(|t| (&t.id, &t.lead)).collect();
        named.extend(plan.projects.iter().filter_map(|p| Some((&p.id, p.lead.as_ref()?))));
        named.extend(plan.natures.iter().map(|n| (&n.id, &n.lead)));
        for task in &plan.tasks {
            let all = task.agencies.iter().chain(&task.with).chain(&task.to);
            named.extend(all.map(|agency| (&task.id, agency)));
        }
        for (at, agency) in named.into_iter().filter(|(_, agency)| plan.agency(agency).is_none()) {
            self.not_there(at, agency);
        }
    }

    fn not_there(&mut self, at: &str, name: &str) {
        self.fault(
            "NRM-009",
            at,
            (format!("Không có \"{name}\" trong kế hoạch này."), format!("\"{name}\" is not in this plan.")),
        );
    }
}
