//! Production models and projects: recorded, and tried by every rule of their mode with its article.

use conditions::Condition;
use domain::access::{Actor, Verb, check};
use domain::programme::work::{Model, Outcome, Who, check_model};
use domain::units::Scope;
use kernel::{Day, ModelId, Rate};
use norms::{Basis, Dated, ModelRule, ModelRules, ModelTest, RecordKind, Subject};
use serde_json::json;
use storage::{Entry, NamedWho, Work};

use super::corrections::past;
use super::definitions::{definitions_on, of_year};
use super::eligible::answers;
use super::resolve::{Found, resolve, written};
use super::work::{LineFault, NotRecorded};
use crate::{AppError, FieldFault, House};

pub(super) const MODEL: &str = "model";

/// A model as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModelInput {
    pub name: String,
    pub project: String,
    pub mode: String,
    pub sector: String,
    pub lead: String,
    pub lead_name: String,
    pub reason: String,
    pub approved: String,
    pub started: String,
    pub state_money: String,
    pub direct_money: String,
    /// One household a line, by any of its members.
    pub members: String,
    /// Ids of the households already listed that stay, when a model is corrected.
    pub kept: Vec<String>,
    pub others: String,
    pub version: i64,
}

/// One rule tried, with what it stands on.
#[derive(Debug, Clone)]
pub struct CheckView {
    pub rule: ModelRule,
    pub basis: Basis,
    pub outcome: Outcome,
    pub share: Option<Rate>,
    pub money: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct ModelView {
    pub model: Model,
    pub members: Vec<NamedWho>,
    pub checks: Vec<CheckView>,
    /// What became of it, newest first.
    pub past: Vec<Entry>,
}

/// The rules of models in a year.
pub fn rules_of(house: &House, year: i16) -> Result<Dated<ModelRules>, AppError> {
    Ok(of_year(house, "programme.models", year)?)
}

/// Models of a unit begun in a year, or not begun yet; with how many different households take part in all of them.
pub async fn models(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    year: i16,
) -> Result<(Vec<Model>, usize), AppError> {
    check(actor, Verb::ReadProgramme)?;
    let scope = house.narrow(actor, wished)?;
    let models = house.store.read().await?.models(&scope, Some(year)).await?;
    let mut households: Vec<_> = models.iter().flat_map(|model| model.members.iter().copied()).collect();
    households.sort_unstable();
    households.dedup();
    Ok((models, households.len()))
}

pub async fn model(house: &House, actor: &Actor, id: ModelId) -> Result<ModelView, AppError> {
    check(actor, Verb::ReadProgramme)?;
    let mut work = house.store.read().await?;
    let model = work.model(&actor.scope, id).await?.ok_or(AppError::Missing(MODEL))?;
    view(house, work.as_mut(), actor, model).await
}

async fn view(house: &House, work: &mut dyn Work, actor: &Actor, model: Model) -> Result<ModelView, AppError> {
    let on = model.started.or(model.approved).unwrap_or_else(|| house.clock.today());
    let rules = rules_of(house, on.year())?;
    let definitions = definitions_on(house, on)?;
    let who: Vec<Who> = model.members.iter().map(|household| Who::Household(*household)).collect();
    let members = work.names_of(&actor.scope, &who).await?;
    let mut fitting: Vec<(String, i64)> = Vec::new();
    for rule in &rules.value.rules {
        let (ModelTest::ShareAtLeast { who, .. } | ModelTest::PriorityAbove { who, .. }) = &rule.test else { continue };
        if fitting.iter().any(|(known, _)| known == who) {
            continue;
        }
        let condition = Condition::read(who, definitions.schema(RecordKind::Household))
            .map_err(|fault| AppError::Paper(fault.to_string()))?;
        let asked = (definitions.as_ref(), &condition, RecordKind::Household);
        let said = answers(house, work, asked, (&actor.scope, &members), on).await?;
        let fit = model.members.iter().filter(|member| said.get(&member.0).is_some_and(|answer| answer.is_yes()));
        fitting.push((who.clone(), i64::try_from(fit.count()).unwrap_or(0)));
    }
    let count = |who: &str| fitting.iter().find(|(known, _)| known == who).map_or(0, |(_, n)| *n);
    let checks = check_model(&model, &rules.value.rules, count).into_iter().map(|check| CheckView {
        rule: check.rule.clone(),
        basis: Basis {
            item: Some(check.rule.id.clone()),
            label: check.rule.label.clone(),
            mark: check.rule.mark,
            citation: check.rule.citation.clone().or_else(|| rules.basis.citation.clone()),
            ..rules.basis.clone()
        },
        outcome: check.outcome,
        share: check.share,
        money: check.money,
    });
    let checks = checks.collect();
    let past = past(work, actor, (MODEL, model.id.to_string())).await?;
    Ok(ModelView { model, members, checks, past })
}

/// Records a model of a unit. A rule that is broken does not stop it: it is shown with its article until it is kept.
pub async fn record_model(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    input: &ModelInput,
) -> Result<ModelId, NotRecorded> {
    check(actor, Verb::RecordWork)?;
    let unit = house.narrow(actor, wished)?;
    let place = house.place_of(&unit).ok_or(AppError::Missing("unit"))?;
    let mut model = read(house, input)?;
    model.place = place;
    let mut work = house.store.write().await?;
    model.members = households(house, work.as_mut(), &unit, &input.members).await?;
    work.add_models(std::slice::from_ref(&model)).await?;
    record(house, work.as_mut(), actor, &model).await?;
    work.commit().await?;
    Ok(model.id)
}

pub(super) async fn households(
    house: &House,
    work: &mut dyn Work,
    unit: &Scope,
    lines: &str,
) -> Result<Vec<kernel::HouseholdId>, NotRecorded> {
    let (lines, written) = written(house, lines)?;
    let found = resolve(work, unit, Subject::Household, &written).await?;
    let (mut households, mut faults) = (Vec::new(), Vec::new());
    for (at, (line, found)) in lines.iter().zip(found).enumerate() {
        match found {
            Found::One(NamedWho { household: Some(id), .. }) => {
                if !households.contains(&id) {
                    households.push(id);
                }
            }
            found => faults.push(LineFault { line: at + 1, text: (*line).to_owned(), found }),
        }
    }
    if faults.is_empty() { Ok(households) } else { Err(NotRecorded::Lines(faults)) }
}

pub(super) fn read(house: &House, input: &ModelInput) -> Result<Model, AppError> {
    let mut faults = Vec::new();
    let mut day = |field: &str, text: &str| -> Option<Day> {
        if text.trim().is_empty() {
            return None;
        }
        let read = text.parse::<Day>().ok();
        if read.is_none() {
            faults.push(FieldFault::at(field, "field-date"));
        }
        read
    };
    let (approved, started) = (day("approved", &input.approved), day("started", &input.started));
    let mut number = |field: &str, text: &str| -> Option<i64> {
        if text.trim().is_empty() {
            return None;
        }
        let read = kernel::parse_count(text).ok().filter(|n| *n >= 0);
        if read.is_none() {
            faults.push(FieldFault::at(field, "field-number"));
        }
        read
    };
    let state_money = number("state_money", &input.state_money).unwrap_or(0);
    let direct_money = number("direct_money", &input.direct_money);
    let others = number("others", &input.others).unwrap_or(0);
    if input.name.trim().is_empty() {
        faults.push(FieldFault::at("name", "field-missing"));
    }
    let year = started.or(approved).map_or_else(|| house.clock.today().year(), Day::year);
    let rules = rules_of(house, year)?.value;
    let offered = [
        ("mode", &input.mode, rules.modes.iter().any(|m| m.id == input.mode)),
        ("sector", &input.sector, rules.sectors.iter().any(|s| s.id == input.sector)),
        ("project", &input.project, rules.projects.contains(&input.project)),
    ];
    faults.extend(offered.iter().filter(|(.., known)| !known).map(|(field, value, _)| {
        FieldFault::at(*field, if value.is_empty() { "field-missing" } else { "field-choice" })
    }));
    if !faults.is_empty() {
        return Err(AppError::Form(faults));
    }
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Model {
        id: ModelId(house.ids.next()),
        name: kernel::text::nfc(&input.name),
        project: input.project.clone(),
        mode: input.mode.clone(),
        sector: input.sector.clone(),
        lead: some(&input.lead),
        lead_name: kernel::text::nfc(&input.lead_name),
        reason: some(&input.reason),
        place: domain::units::Place::of_unit(Day::first_of(year), "", "", ""),
        approved,
        started,
        state_money,
        direct_money,
        members: Vec::new(),
        others,
        version: 0,
    })
}

async fn record(house: &House, work: &mut dyn Work, actor: &Actor, model: &Model) -> Result<(), AppError> {
    let detail = json!({"name": model.name, "mode": model.mode, "households": model.members.len()});
    let subject = (MODEL, model.id.to_string());
    work.record(&house.entry(actor, "model_recorded", subject, Some(model.place.clone()), detail)).await?;
    Ok(())
}
