//! What clauses are taken for: a proposal made from the bindings of a known plan, or by rules for an unknown one, and what
//! a person said to it. Proposing decides nothing: every binding waits for a person's word.
//! Start with [`propose`].

use kernel::Day;
use kernel::text::{fold, words};
use norms::{KindRule, Mark, PlanBindings, PlanReading, Pointer, RuleKind, TargetValue};
use serde::{Deserialize, Serialize};

use super::level::{Difference, difference, proposed};
use super::plan::{Clause, ClauseKind, Plan};

/// A clause and what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// `T05`, `K09`; of an unknown plan the kind's letter and a number.
    pub id: String,
    pub kind: RuleKind,
    pub at: Pointer,
    /// In the plan's language.
    pub label: String,
    /// The agency that carries a task, as the plan calls it; empty elsewhere.
    pub agency: String,
    /// Id of the plan's norm that says more about it (`plans.ha-tinh-2023`); none where a rule made the proposal.
    pub norm: Option<String>,
    /// How sure the proposal is.
    pub mark: Mark,
    pub state: BindingState,
    /// What counts a target or a project that no norm knows, and the level where it is not that of the norm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Followed>,
    /// The day a task is due, or the last day a source may be spent, where no norm gives one or a person gave another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Id of the role whose task it is, as a person said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Numbers of the clause, as written, where none of them is the level of the norm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<Vec<String>>,
}

/// What counts a target or a project, and the level a target is held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// Of a target, a definition of `norms/programme/targets.yaml`; of a project, one of `norms/programme/work.yaml`.
    /// `None`: nobody has named one yet.
    pub definition: Option<String>,
    /// `None`: the plan sets no number.
    pub level: Option<TargetValue>,
}

/// What a person said to a binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum BindingState {
    /// Nobody yet.
    Proposed,
    Confirmed {
        by: String,
        day: Day,
    },
    /// Another clause, label or kind than was proposed.
    Corrected {
        by: String,
        day: Day,
    },
    /// The clause stands for nothing of the kind.
    Dropped {
        by: String,
        day: Day,
    },
}

impl BindingState {
    pub fn id(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed { .. } => "confirmed",
            Self::Corrected { .. } => "corrected",
            Self::Dropped { .. } => "dropped",
        }
    }

    /// Somebody answers for it.
    pub fn is_said(&self) -> bool {
        !matches!(self, Self::Proposed)
    }

    /// Who said it, and when.
    pub fn said(&self) -> Option<(&str, Day)> {
        match self {
            Self::Proposed => None,
            Self::Confirmed { by, day } | Self::Corrected { by, day } | Self::Dropped { by, day } => Some((by, *day)),
        }
    }
}

/// Why a correction was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BindingRefusal {
    /// PLN-003
    #[error("the plan has no such clause")]
    NoClause,
    /// PLN-004
    #[error("the clause has no such part")]
    NoPart,
    /// PLN-007
    #[error("there is no such definition to count by")]
    NoDefinition,
}

impl BindingRefusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::NoClause => "PLN-003",
            Self::NoPart => "PLN-004",
            Self::NoDefinition => "PLN-007",
        }
    }
}

impl Binding {
    /// A person answers for the binding as it is.
    #[must_use]
    pub fn confirmed(self, by: &str, day: Day) -> Self {
        Self { state: BindingState::Confirmed { by: by.to_owned(), day }, ..self }
    }

    /// A person says what the clause stands for instead.
    pub fn corrected(self, plan: &Plan, to: Correction, by: &str, day: Day) -> Result<Self, BindingRefusal> {
        let clause = plan.clause(&to.at.clause).ok_or(BindingRefusal::NoClause)?;
        if to.at.part.is_some_and(|part| part == 0 || usize::from(part) > clause.parts()) {
            return Err(BindingRefusal::NoPart);
        }
        let at = Pointer { clause: clause.id.clone(), part: to.at.part };
        let state = BindingState::Corrected { by: by.to_owned(), day };
        let follows = match (&self.norm, to.kind) {
            (None, RuleKind::Target | RuleKind::Project) => to.follows,
            // How a norm counts its own target is not said over; the level it asks for is.
            (Some(_), RuleKind::Target) => to.follows.map(|own| Followed { definition: Some(self.id.clone()), ..own }),
            _ => None,
        };
        let day = to.day.filter(|_| matches!(to.kind, RuleKind::Task | RuleKind::Source));
        let office = to.office.filter(|_| to.kind == RuleKind::Task);
        let Correction { kind, label, agency, .. } = to;
        Ok(Self { at, kind, label, agency, state, follows, day, office, differs: None, ..self })
    }

    /// The project of the programme whose work is this one's; a known plan calls them by the same ids.
    pub fn programme_project(&self) -> Option<&str> {
        match &self.norm {
            Some(_) => Some(&self.id),
            None => self.follows.as_ref().and_then(|follows| follows.definition.as_deref()),
        }
    }

    #[must_use]
    pub fn dropped(self, by: &str, day: Day) -> Self {
        Self { state: BindingState::Dropped { by: by.to_owned(), day }, ..self }
    }
}

/// What a person puts in place of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub kind: RuleKind,
    pub at: Pointer,
    pub label: String,
    pub agency: String,
    pub follows: Option<Followed>,
    pub day: Option<Day>,
    pub office: Option<String>,
}

/// A person hangs something on a clause that was proposed for nothing: a binding with the next free id of its kind.
pub fn added(plan: &Plan, known: &[Binding], to: Correction, by: &str, day: Day) -> Result<Binding, BindingRefusal> {
    let blank = Binding {
        id: free_id(to.kind, known),
        kind: to.kind,
        at: to.at.clone(),
        label: String::new(),
        agency: String::new(),
        norm: None,
        mark: Mark::Inferred,
        state: BindingState::Proposed,
        follows: None,
        day: None,
        office: None,
        differs: None,
    };
    blank.corrected(plan, to, by, day)
}

/// A new version of a plan takes over what a person had said about clauses whose words are the same.
pub fn carried_over(proposed: Vec<Binding>, now: &Plan, said: &[Binding], before: &Plan) -> Vec<Binding> {
    let words = |plan: &Plan, at: &Pointer| plan.clause(&at.clause).map(|clause| clause.part(at.part).to_owned());
    let is_same = |old: &Binding, new: &Binding| {
        let same_place = old.norm == new.norm && if old.norm.is_some() { old.id == new.id } else { old.at == new.at };
        same_place && words(before, &old.at).is_some() && words(before, &old.at) == words(now, &old.at)
    };
    let over = |new: Binding| {
        let old = said.iter().find(|old| old.state.is_said() && is_same(old, &new));
        old.map_or_else(|| new.clone(), |old| Binding { id: new.id.clone(), ..old.clone() })
    };
    let mut now_bound: Vec<Binding> = proposed.into_iter().map(over).collect();
    for own in said.iter().filter(|old| old.norm.is_none() && old.state.is_said()) {
        let stands = |new: &Binding| new.kind == own.kind && new.at == own.at;
        let same_words = words(before, &own.at).is_some() && words(before, &own.at) == words(now, &own.at);
        if same_words && !now_bound.iter().any(stands) {
            let id = free_id(own.kind, &now_bound);
            now_bound.push(Binding { id, ..own.clone() });
        }
    }
    now_bound
}

fn free_id(kind: RuleKind, known: &[Binding]) -> String {
    let taken = |id: &String| known.iter().any(|binding| binding.id == *id);
    let ids = (1..=known.len() + 1).map(|n| format!("{}{n:02}", letter(kind)));
    ids.into_iter().find(|id| !taken(id)).unwrap_or_default()
}

/// Whether the bindings are those of this plan: its year, and every word of the title.
pub fn is_known(plan: &Plan, bindings: &PlanBindings) -> bool {
    let title = fold(&plan.title);
    plan.year == Some(bindings.year) && bindings.title.iter().all(|words| title.contains(&fold(words)))
}

/// Proposals for a plan: from its own bindings where it is a known one, else by the rules of the reading.
pub fn propose(plan: &Plan, reading: &PlanReading, known: Option<(&str, &PlanBindings)>) -> Vec<Binding> {
    match known {
        Some((norm, bindings)) => of_known(plan, reading, norm, bindings),
        None => by_rules(plan, reading),
    }
}

fn of_known(plan: &Plan, reading: &PlanReading, norm: &str, bindings: &PlanBindings) -> Vec<Binding> {
    let mut found = Vec::new();
    for (kind, id, at) in bindings.pointers() {
        // A copy that lacks a clause gets no binding for it; the page says what is not covered.
        if plan.clause(&at.clause).is_none() {
            continue;
        }
        let (label, agency, mark) = said_of(bindings, kind, id);
        let (id, norm) = (id.to_owned(), Some(norm.to_owned()));
        let (at, state) = (at.clone(), BindingState::Proposed);
        let target = bindings.target(&id).filter(|_| kind == RuleKind::Target);
        let (follows, differs) = match target.and_then(|target| difference(plan, reading, bindings, target)) {
            // The plan's own words come before what was copied from an earlier version of it.
            Some(Difference { numbers, level }) => {
                let own = |level| Followed { definition: Some(id.clone()), level: Some(level) };
                (level.map(own), Some(numbers))
            }
            None => (None, None),
        };
        let (day, office) = (None, None);
        found.push(Binding { id, kind, at, label, agency, norm, mark, state, follows, day, office, differs });
    }
    found
}

/// Label, agency and mark of a known binding.
fn said_of(plan: &PlanBindings, kind: RuleKind, id: &str) -> (String, String, Mark) {
    let name = |agency: &String| plan.agency(agency).map_or_else(|| agency.clone(), |known| known.label.vi.clone());
    let found = match kind {
        RuleKind::Target => plan.target(id).map(|t| (t.label.vi.clone(), name(&t.lead), t.definition.mark)),
        RuleKind::Project => {
            plan.project(id).map(|p| (p.label.vi.clone(), p.lead.as_ref().map(name).unwrap_or_default(), p.mark))
        }
        RuleKind::Task => {
            let names = |t: &norms::PlanTask| t.agencies.iter().map(name).collect::<Vec<_>>().join("; ");
            plan.task(id).map(|t| (t.label.vi.clone(), names(t), t.mark))
        }
        RuleKind::Source => plan.source(id).map(|s| (s.label.vi.clone(), String::new(), s.mark)),
        RuleKind::Capital => plan.nature(id).map(|n| (n.label.vi.clone(), name(&n.lead), n.mark)),
    };
    found.unwrap_or_else(|| (id.to_owned(), String::new(), Mark::Inferred))
}

fn by_rules(plan: &Plan, reading: &PlanReading) -> Vec<Binding> {
    let mut found: Vec<Binding> = Vec::new();
    for clause in &plan.clauses {
        if !matches!(clause.kind, ClauseKind::Point | ClauseKind::Closing) {
            continue;
        }
        let path = plan.path(clause);
        let Some(rule) = reading.kinds.iter().find(|rule| fits(rule, clause, &path)) else { continue };
        let is_leaf = plan.children(&clause.id).next().is_none();
        if rule.kind != RuleKind::Project && !is_leaf {
            continue;
        }
        let parts = if rule.kind == RuleKind::Target { halves(clause, rule) } else { vec![None] };
        for part in parts {
            let n = found.iter().filter(|b| b.kind == rule.kind).count() + 1;
            let at = Pointer { clause: clause.id.clone(), part };
            let level = proposed(plan, reading, &at).filter(|_| rule.kind == RuleKind::Target);
            found.push(Binding {
                id: format!("{}{n:02}", letter(rule.kind)),
                kind: rule.kind,
                at,
                label: shortened(clause.part(part)),
                agency: if rule.kind == RuleKind::Task { agency(clause, &path, reading) } else { String::new() },
                norm: None,
                mark: Mark::Inferred,
                state: BindingState::Proposed,
                follows: level.map(|level| Followed { definition: None, level: Some(level) }),
                day: None,
                office: None,
                differs: None,
            });
        }
    }
    found
}

fn letter(kind: RuleKind) -> char {
    match kind {
        RuleKind::Target => 'T',
        RuleKind::Project => 'P',
        RuleKind::Task => 'K',
        RuleKind::Source => 'F',
        RuleKind::Capital => 'V',
    }
}

/// The section's heading says what its clauses are; headings between may say it more closely.
fn fits(rule: &KindRule, clause: &Clause, path: &[&Clause]) -> bool {
    let holds = |text: &str, words: &[String]| words.iter().any(|word| fold(text).contains(&fold(word)));
    let begins = |words: &[String]| words.iter().any(|word| fold(&clause.text).starts_with(&fold(word)));
    let headings = path.iter().skip(1).filter(|above| above.is_heading());
    let is_under = headings.into_iter().any(|above| holds(&above.text, &rule.under));
    is_under
        && (rule.holds.is_empty() || holds(&clause.text, &rule.holds))
        && (rule.begins.is_empty() || begins(&rule.begins))
}

/// A clause with a target in each half is two targets.
fn halves(clause: &Clause, rule: &KindRule) -> Vec<Option<u8>> {
    let count = u8::try_from(clause.parts()).unwrap_or(u8::MAX);
    let holds = |part: &u8| {
        let text = fold(clause.part(Some(*part)));
        rule.holds.iter().any(|word| text.contains(&fold(word)))
    };
    let telling: Vec<u8> = (1..=count).filter(holds).collect();
    if telling.len() < 2 { vec![None] } else { telling.into_iter().map(Some).collect() }
}

/// The agency a task is under: the heading that names one, or the words before what it does.
fn agency(clause: &Clause, path: &[&Clause], reading: &PlanReading) -> String {
    let heading = path.iter().skip(1).find(|above| above.kind == ClauseKind::Point && above.is_heading());
    if let Some(heading) = heading {
        return unasked(&heading.text, reading);
    }
    let folded: Vec<String> = clause.text.split_whitespace().map(|word| words(word).join("")).collect();
    let does = |at: usize| {
        let begins = |duty: &String| words(duty).iter().enumerate().all(|(n, word)| folded.get(at + n) == Some(word));
        reading.duties.iter().any(begins)
    };
    let Some(end) = (0..folded.len()).find(|at| does(*at)) else { return String::new() };
    let said: Vec<&str> = clause.text.split_whitespace().take(end).collect();
    unasked(said.join(" ").trim_end_matches(','), reading)
}

/// `Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh` without the asking.
fn unasked(text: &str, reading: &PlanReading) -> String {
    let without = reading.asks.iter().find_map(|asks| text.strip_prefix(asks.as_str()));
    without.unwrap_or(text).trim().to_owned()
}

/// So much of a clause as names it.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 140;
    let text = text.trim_end_matches(['.', ';']);
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut))
}
