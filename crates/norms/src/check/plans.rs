//! What a plan's bindings say about one another: agencies, projects and calendar rules that are named have to be there.

use super::Checker;
use crate::PlanBindings;

impl Checker<'_> {
    pub(super) fn plan(&mut self, plan: &PlanBindings) {
        self.unique(plan.targets.iter().map(|t| &t.id));
        self.unique(plan.projects.iter().map(|p| &p.id));
        self.unique(plan.tasks.iter().map(|t| &t.id));
        self.unique(plan.sources.iter().map(|s| &s.id));
        self.unique(plan.natures.iter().map(|n| &n.id));
        self.unique(plan.calendar.iter().map(|c| &c.id));
        self.unique(plan.agencies.iter().map(|a| &a.id));
        self.unique(plan.cases.iter().map(|c| &c.id));
        self.agencies(plan);
        for project in &plan.projects {
            if let Some(of) = project.of.as_ref().filter(|of| plan.project(of).is_none()) {
                self.not_there(&project.id, of);
            }
        }
        for task in &plan.tasks {
            for rule in task.calendar.iter().filter(|rule| !plan.calendar.iter().any(|c| c.id == **rule)) {
                self.not_there(&task.id, rule);
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
            for class in target.definition.class_rate_fall.iter().flat_map(|fall| &fall.classes) {
                self.needs_class(&target.id, class);
            }
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
