//! Changes of boundaries: what is known of each step, what waits for a decision, recording one and taking it back.

use domain::access::{Actor, Verb, check};
use domain::units::{
    BoundaryChange, ChangeKind, Decision, Fate, NewUnit, Placements, Restater, Scope, ScopeLevel, Step, Timeline,
    UnitKey, check_change, check_withdrawal,
};
use kernel::text::nfc;
use kernel::{BoundaryId, Day};
use norms::Level;
use serde_json::json;
use storage::Work;

use crate::{AppError, FieldFault, House};

/// One step between two states of the units, as a province sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// First day of the units after the step.
    pub on: Day,
    /// First day of the units before it.
    pub before: Day,
    /// The norms have a list of the day.
    pub is_listed: bool,
    /// Communes of the province before the step, by what became of them.
    pub same: usize,
    pub whole: usize,
    pub divided: usize,
    pub unknown: usize,
    /// Communes after the step of which nothing says where they came from.
    pub without_origin: usize,
    pub changes: Vec<BoundaryChange>,
}

/// One commune of the province across a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommuneFate {
    pub key: UnitKey,
    pub name: String,
    pub district: String,
    pub fate: Fate,
    /// Key and name of every unit it may lie in.
    pub into: Vec<(UnitKey, String)>,
}

/// Recorded changes of the province a scope lies in, withdrawn ones too.
pub(crate) async fn changes_of(
    house: &House,
    work: &mut dyn Work,
    scope: &Scope,
) -> Result<Vec<BoundaryChange>, AppError> {
    let province = Scope::new(scope.units_from, ScopeLevel::Province, house.province_of(scope));
    Ok(work.boundary_changes(&province).await?)
}

/// Everything known about where things of the scope lie on other days.
pub async fn restater<'h>(house: &'h House, work: &mut dyn Work, scope: &Scope) -> Result<Restater<'h>, AppError> {
    let changes = changes_of(house, work, scope).await?;
    let placed = work.placements(scope).await?;
    let placements = Placements::new(placed.into_iter().map(|p| (p.what, p.on, p.commune)));
    Ok(Restater::new(&house.norms, &changes, placements))
}

/// All steps as the actor's province sees them, newest first.
pub async fn steps(house: &House, actor: &Actor, scope: &Scope) -> Result<Vec<StepView>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(scope))?;
    let mut work = house.store.read().await?;
    let changes = changes_of(house, work.as_mut(), &scope).await?;
    let timeline = Timeline::new(&house.norms, &changes);
    let province = house.province_of(&scope);
    let mut steps: Vec<StepView> = (1..timeline.epochs().len())
        .filter_map(|at| {
            let (before, after) = (timeline.epochs().get(at - 1)?, timeline.epochs().get(at)?);
            let fates: Vec<Fate> = before
                .units
                .communes_below(Level::Province, &province)
                .into_iter()
                .filter_map(|unit| timeline.forward(at, Level::Commune, &unit.code))
                .collect();
            let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count();
            let new = after.units.communes_below(Level::Province, &province);
            let without_origin = new
                .into_iter()
                .filter(|u| matches!(timeline.backward(at, Level::Commune, &u.code), Some(Fate::Unknown(_))))
                .count();
            Some(StepView {
                on: after.from,
                before: before.from,
                is_listed: after.is_listed,
                same: count(|fate| matches!(fate, Fate::Same(_))),
                whole: count(|fate| matches!(fate, Fate::Whole(_))),
                divided: count(|fate| matches!(fate, Fate::Divided(_))),
                unknown: count(|fate| matches!(fate, Fate::Unknown(_))),
                without_origin,
                changes: changes.iter().filter(|c| c.on == after.from).cloned().collect(),
            })
        })
        .collect();
    // A change that was taken back may be of a day that is no step any more.
    let lone: Vec<&BoundaryChange> = changes.iter().filter(|c| steps.iter().all(|s| s.on != c.on)).collect();
    for change in lone {
        steps.push(StepView {
            on: change.on,
            before: change.on,
            is_listed: false,
            same: 0,
            whole: 0,
            divided: 0,
            unknown: 0,
            without_origin: 0,
            changes: vec![change.clone()],
        });
    }
    steps.sort_by_key(|step| std::cmp::Reverse(step.on));
    Ok(steps)
}

/// The communes of the province across the step that begins on a day.
pub async fn communes_across(
    house: &House,
    actor: &Actor,
    scope: &Scope,
    on: Day,
) -> Result<Vec<CommuneFate>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(scope))?;
    let mut work = house.store.read().await?;
    let changes = changes_of(house, work.as_mut(), &scope).await?;
    let timeline = Timeline::new(&house.norms, &changes);
    let at = timeline.epochs().iter().position(|epoch| epoch.from == on).filter(|at| *at > 0);
    let at = at.ok_or(AppError::Missing("step"))?;
    let (Some(before), Some(after)) = (timeline.epochs().get(at - 1), timeline.epochs().get(at)) else {
        return Err(AppError::Missing("step"));
    };
    let province = house.province_of(&scope);
    let communes = before.units.communes_below(Level::Province, &province);
    Ok(communes
        .into_iter()
        .filter_map(|unit| {
            let fate = timeline.forward(at, Level::Commune, &unit.code)?;
            let into = fate
                .codes()
                .iter()
                .map(|code| {
                    let key = UnitKey { level: ScopeLevel::Commune, code: code.clone(), from: after.from };
                    let name = after.units.commune(code).map(norms::Unit::full_name).unwrap_or_default();
                    (key, name)
                })
                .collect();
            Some(CommuneFate {
                key: UnitKey { level: ScopeLevel::Commune, code: unit.code.clone(), from: before.from },
                name: unit.full_name(),
                district: before.units.parent(unit).map(norms::Unit::full_name).unwrap_or_default(),
                fate,
                into,
            })
        })
        .collect())
}

/// A change as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeInput {
    pub kind: String,
    pub level: String,
    pub on: String,
    pub act: String,
    pub act_day: String,
    pub article: String,
    pub issuer: String,
    /// Codes of the old units, one a line or parted by commas; words after a code are left aside. Where a level begins,
    /// `code > new code`.
    pub sources: String,
    /// The new units, one a line: the code of one that stands, or `code | type | name` of one the change makes.
    pub targets: String,
    pub note: String,
}

/// Records a change of the actor's province; gives its id.
pub async fn record_change(house: &House, actor: &Actor, input: &ChangeInput) -> Result<BoundaryId, AppError> {
    check(actor, Verb::RecordBoundary)?;
    let province = house.province_of(&actor.scope);
    let change = read_change(BoundaryId(house.ids.next()), province, input).map_err(AppError::Form)?;
    let mut work = house.store.write().await?;
    let known = changes_of(house, work.as_mut(), &actor.scope).await?;
    check_change(&house.norms, &known, &change)?;
    work.save_boundary_change(&change).await?;
    let detail = json!({
        "act": change.decision.act, "on": change.on, "kind": change.kind,
        "from": change.sources(), "to": change.targets(),
    });
    let subject = ("boundary_change", change.id.to_string());
    work.record(&house.entry(actor, "boundary_recorded", subject, house.place_of(&actor.scope), detail)).await?;
    work.commit().await?;
    Ok(change.id)
}

/// Takes a change back that was wrongly recorded; it stays readable and counts nowhere.
pub async fn withdraw_change(house: &House, actor: &Actor, id: BoundaryId) -> Result<(), AppError> {
    check(actor, Verb::RecordBoundary)?;
    let mut work = house.store.write().await?;
    let known = changes_of(house, work.as_mut(), &actor.scope).await?;
    let found = known.iter().find(|c| c.id == id && c.counts()).ok_or(AppError::Missing("change"))?;
    check_withdrawal(&house.norms, &known, found)?;
    let withdrawn = BoundaryChange { withdrawn: Some(house.clock.today()), ..found.clone() };
    work.save_boundary_change(&withdrawn).await?;
    let detail = json!({"act": withdrawn.decision.act, "on": withdrawn.on});
    let subject = ("boundary_change", id.to_string());
    work.record(&house.entry(actor, "boundary_withdrawn", subject, house.place_of(&actor.scope), detail)).await?;
    work.commit().await?;
    Ok(())
}

/// One recorded change of the actor's province.
pub async fn change(house: &House, actor: &Actor, id: BoundaryId) -> Result<BoundaryChange, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let known = changes_of(house, work.as_mut(), &actor.scope).await?;
    known.into_iter().find(|c| c.id == id).ok_or(AppError::Missing("change"))
}

fn read_change(id: BoundaryId, province: String, input: &ChangeInput) -> Result<BoundaryChange, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut day = |field: &'static str, text: &str| {
        let read = text.trim().parse::<Day>().ok();
        if read.is_none() {
            let problem = if text.trim().is_empty() { "field-missing" } else { "field-full-date" };
            faults.push(FieldFault::at(field, problem));
        }
        read
    };
    let (on, act_day) = (day("on", &input.on), day("act_day", &input.act_day));
    let mut word = |field: &'static str, text: &str| {
        let read = nfc(text);
        if read.is_empty() {
            faults.push(FieldFault::at(field, "field-missing"));
        }
        read
    };
    let (act, issuer) = (word("act", &input.act), word("issuer", &input.issuer));
    let kind = ChangeKind::from_id(&input.kind);
    if kind.is_none() {
        faults.push(FieldFault::at("kind", "field-choice"));
    }
    let is_of_level = matches!(kind, Some(ChangeKind::LevelBegins | ChangeKind::LevelEnds));
    let level = if is_of_level { Some(Level::District) } else { Level::from_id(&input.level) };
    if level.is_none() {
        faults.push(FieldFault::at("level", "field-choice"));
    }
    let (targets, creates) = read_targets(&input.targets);
    let sources = read_sources(&input.sources);
    if kind != Some(ChangeKind::LevelEnds) {
        for (field, is_empty) in [("sources", sources.is_empty()), ("targets", targets.is_empty())] {
            if is_empty {
                faults.push(FieldFault::at(field, "field-missing"));
            }
        }
    }
    let (Some(on), Some(act_day), Some(kind), Some(level), true) = (on, act_day, kind, level, faults.is_empty()) else {
        return Err(faults);
    };
    let steps = match kind {
        ChangeKind::LevelEnds => Vec::new(),
        ChangeKind::LevelBegins => {
            sources.iter().filter_map(|(from, to)| Some(Step { from: from.clone(), to: to.clone()? })).collect()
        }
        _ => sources
            .iter()
            .flat_map(|(from, _)| targets.iter().map(move |to| Step { from: from.clone(), to: to.clone() }))
            .collect(),
    };
    let said = |text: &str| Some(nfc(text)).filter(|text| !text.is_empty());
    Ok(BoundaryChange {
        id,
        kind,
        level: level.into(),
        on,
        province,
        decision: Decision { act, day: act_day, article: said(&input.article), issuer },
        steps,
        creates: if kind == ChangeKind::LevelEnds { Vec::new() } else { creates },
        note: said(&input.note),
        withdrawn: None,
    })
}

/// `18535 Xã Phú Phong`, `18535, 18505`, `18547 > 901`.
fn read_sources(text: &str) -> Vec<(String, Option<String>)> {
    let code = |part: &str| part.split_whitespace().next().map(str::to_owned);
    let of = |piece: &str| {
        let (from, to) = piece.split_once('>').map_or((piece, None), |(from, to)| (from, Some(to)));
        Some((code(from)?, to.and_then(code)))
    };
    text.split(['\n', ',', ';']).filter_map(of).collect()
}

/// Codes, and the units among them that the change makes.
fn read_targets(text: &str) -> (Vec<String>, Vec<NewUnit>) {
    let (mut codes, mut creates) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let [code, kind, name] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] {
            creates.push(NewUnit { code: code.to_owned(), kind: nfc(kind), name: nfc(name) });
            codes.push(code.to_owned());
            continue;
        }
        codes.extend(line.split([',', ';']).filter_map(|part| part.split_whitespace().next()).map(str::to_owned));
    }
    (codes, creates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_as_people_write_and_paste_them() {
        let old = read_sources("18535 Xã Phú Phong\n18505, 18502 ;\n\n18547 > 901");
        let old: Vec<String> =
            old.into_iter().map(|(from, to)| to.map_or(from.clone(), |to| format!("{from}>{to}"))).collect();
        assert_eq!(old, ["18535", "18505", "18502", "18547>901"]);
        let (codes, made) = read_targets("18502 Xã Hà Linh\n 77777 | Xã | Hương  Phong \n18505,18508");
        assert_eq!(codes, ["18502", "77777", "18505", "18508"]);
        assert_eq!(made, [NewUnit { code: "77777".into(), kind: "Xã".into(), name: "Hương Phong".into() }]);
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        let input = ChangeInput { on: "31/02/2025".into(), ..ChangeInput::default() };
        let faults = read_change(BoundaryId(uuid::Uuid::nil()), "42".into(), &input).unwrap_err();
        let said: Vec<String> = faults.iter().map(|f| format!("{} {}", f.field, f.problem)).collect();
        assert_eq!(
            said,
            [
                "on field-full-date",
                "act_day field-missing",
                "act field-missing",
                "issuer field-missing",
                "kind field-choice",
                "level field-choice",
                "sources field-missing",
                "targets field-missing",
            ]
        );
    }
}
