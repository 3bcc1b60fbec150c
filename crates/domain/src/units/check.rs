//! Whether a change can be recorded as it stands: its day, its units, its decision, and what is recorded already.

use kernel::Day;
use norms::{Level, Norms, UnitList};

use super::change::{level_fits, shape_fits};
use super::{BoundaryChange, BoundaryRefusal, ChangeKind, Epoch, ScopeLevel, Timeline};

/// Passes, or says the first thing that is wrong. `known` are the changes recorded so far.
pub fn check_change(norms: &Norms, known: &[BoundaryChange], change: &BoundaryChange) -> Result<(), BoundaryRefusal> {
    let timeline = Timeline::new(norms, known);
    let before = before(&timeline, change.on)?;
    decision_holds(change)?;
    if !shape_fits(change) {
        return Err(BoundaryRefusal::WrongShape);
    }
    if !level_fits(change, &before.units) {
        return Err(BoundaryRefusal::LevelStands);
    }
    sources_stand(change, &before.units)?;
    targets_stand(change, &before.units, listed_on(&timeline, change.on))?;
    nothing_told_twice(norms, known, change, &before.units)?;
    later_changes_stand(norms, known, change)
}

fn decision_holds(change: &BoundaryChange) -> Result<(), BoundaryRefusal> {
    let decision = &change.decision;
    if decision.act.trim().is_empty() || decision.issuer.trim().is_empty() {
        return Err(BoundaryRefusal::NoDecision);
    }
    if decision.day > change.on {
        return Err(BoundaryRefusal::DecidedLater { decided: decision.day });
    }
    Ok(())
}

/// The state of the day before.
fn before<'t, 'n>(timeline: &'t Timeline<'n>, on: Day) -> Result<&'t Epoch<'n>, BoundaryRefusal> {
    let first = timeline.epochs().first().map_or(on, |epoch| epoch.from);
    timeline.epochs().iter().rfind(|epoch| epoch.from < on).ok_or(BoundaryRefusal::TooEarly { first })
}

fn listed_on<'t>(timeline: &'t Timeline<'_>, on: Day) -> Option<&'t UnitList> {
    timeline.epochs().iter().find(|epoch| epoch.from == on && epoch.is_listed).map(|epoch| epoch.units.as_ref())
}

fn sources_stand(change: &BoundaryChange, before: &UnitList) -> Result<(), BoundaryRefusal> {
    let level = source_level(change);
    for code in change.sources() {
        let unit = before.get(level, code).ok_or_else(|| BoundaryRefusal::NoSuchUnit { code: code.to_owned() })?;
        if before.province_of(unit).is_none_or(|province| province.code != change.province) {
            return Err(BoundaryRefusal::OutsideProvince { code: code.to_owned() });
        }
    }
    Ok(())
}

fn source_level(change: &BoundaryChange) -> Level {
    if change.kind == ChangeKind::LevelBegins { Level::Commune } else { change.level.into() }
}

/// On the day of a list the list says which units there are; on any other day the change may make new ones.
fn targets_stand(change: &BoundaryChange, before: &UnitList, listed: Option<&UnitList>) -> Result<(), BoundaryRefusal> {
    let level = Level::from(change.level);
    let sources = change.sources();
    for new in &change.creates {
        let taken = before.get(level, &new.code).is_some() && !sources.contains(&new.code.as_str());
        match listed {
            Some(_) => return Err(BoundaryRefusal::ListSays { code: new.code.clone() }),
            None if taken => return Err(BoundaryRefusal::CodeTaken { code: new.code.clone() }),
            None => {}
        }
    }
    for code in change.targets() {
        let is_made = change.creates.iter().any(|new| new.code == code);
        let stands = listed.unwrap_or(before).get(level, code);
        let Some(unit) = stands.filter(|_| !is_made) else {
            if is_made {
                continue;
            }
            return Err(BoundaryRefusal::NoSuchTarget { code: code.to_owned() });
        };
        let province = listed.unwrap_or(before).province_of(unit);
        if listed.is_none() && province.is_none_or(|province| province.code != change.province) {
            return Err(BoundaryRefusal::OutsideProvince { code: code.to_owned() });
        }
    }
    let ends_level_of_list = !change_moves(change) && listed.is_some();
    if ends_level_of_list {
        return Err(BoundaryRefusal::ListSays { code: change.province.clone() });
    }
    let renames_nothing = change.kind == ChangeKind::Rename
        && change.steps.iter().all(|step| step.from == step.to)
        && change.creates.is_empty()
        && listed.is_none();
    if renames_nothing { Err(BoundaryRefusal::WrongShape) } else { Ok(()) }
}

fn change_moves(change: &BoundaryChange) -> bool {
    !matches!(change.kind, ChangeKind::LevelBegins | ChangeKind::LevelEnds)
}

/// What became of a unit on a day is said once: by one recorded change, or by the crosswalk of that day.
fn nothing_told_twice(
    norms: &Norms,
    known: &[BoundaryChange],
    change: &BoundaryChange,
    before: &UnitList,
) -> Result<(), BoundaryRefusal> {
    let same_day = || known.iter().filter(|c| c.counts() && c.on == change.on && c.id != change.id);
    let (_, walked_to) = norms.crosswalk_days();
    for code in change.sources() {
        let recorded = same_day()
            .any(|c| c.level == change.level && change_moves(c) == change_moves(change) && c.sources().contains(&code));
        let of_commune = change.level == ScopeLevel::Commune && change.on == walked_to;
        let walked = of_commune && norms.crosswalk().successor(code) != norms::Successor::Unplaced;
        if recorded || (walked && before.commune(code).is_some()) {
            return Err(BoundaryRefusal::AlreadyTold { code: code.to_owned() });
        }
    }
    let made_twice = change.creates.iter().find(|new| {
        same_day().any(|c| c.level == change.level && c.creates.iter().any(|other| other.code == new.code))
    });
    match made_twice {
        Some(new) => Err(BoundaryRefusal::CodeTaken { code: new.code.clone() }),
        None => Ok(()),
    }
}

/// Every later recorded change still finds the units it speaks of.
fn later_changes_stand(
    norms: &Norms,
    known: &[BoundaryChange],
    change: &BoundaryChange,
) -> Result<(), BoundaryRefusal> {
    let mut all: Vec<BoundaryChange> = known.iter().filter(|c| c.id != change.id).cloned().collect();
    all.push(change.clone());
    let timeline = Timeline::new(norms, &all);
    for later in known.iter().filter(|c| c.counts() && c.on > change.on) {
        let units = &before(&timeline, later.on)?.units;
        let gone = later.sources().into_iter().find(|code| units.get(source_level(later), code).is_none());
        if let Some(code) = gone {
            return Err(BoundaryRefusal::Disturbs { code: code.to_owned(), on: later.on });
        }
    }
    Ok(())
}

/// Whether a change can be taken back: no later one speaks of what it made.
pub fn check_withdrawal(
    norms: &Norms,
    known: &[BoundaryChange],
    change: &BoundaryChange,
) -> Result<(), BoundaryRefusal> {
    let mut withdrawn = change.clone();
    withdrawn.withdrawn = Some(change.on);
    later_changes_stand(norms, known, &withdrawn)
}

/// The communes that something in this commune may lie in across the step that begins on a day; one where it is not divided.
pub fn parts_of(timeline: &Timeline<'_>, commune: &str, on: Day, is_forward: bool) -> Vec<String> {
    let at = timeline.at(on);
    let fate = if is_forward {
        timeline.forward(at, Level::Commune, commune)
    } else {
        timeline.backward(at, Level::Commune, commune)
    };
    fate.map(|fate| fate.codes().to_vec()).unwrap_or_default()
}
