//! Whether people and households fit a condition on a day, by the facts of the communes they live in.

use std::collections::{BTreeSet, HashMap};

use conditions::{Answer, Condition};
use domain::programme::target::{Definitions, Lists, build_sheet};
use domain::programme::work::Who;
use domain::units::Scope;
use kernel::Day;
use norms::{Level, RecordKind};
use storage::{NamedWho, SheetKey, Work};
use uuid::Uuid;

use crate::{AppError, House};

/// The sheet of a commune's own rows, by the commune's code.
pub(crate) fn key_of(house: &House, scope: &Scope, commune: &str) -> Option<SheetKey> {
    let units = house.units(scope);
    let unit = units.commune(commune)?;
    let district = units.parent(unit).filter(|above| above.level == Level::District);
    Some(SheetKey {
        units_from: scope.units_from,
        province: units.province_of(unit)?.code.clone(),
        district: district.map(|district| district.code.clone()).unwrap_or_default(),
        commune: commune.to_owned(),
    })
}

/// The answer for each of those named; whoever has no facts is not in the map.
pub(crate) async fn answers(
    house: &House,
    work: &mut dyn Work,
    (definitions, condition, kind): (&Definitions, &Condition, RecordKind),
    (scope, named): (&Scope, &[NamedWho]),
    on: Day,
) -> Result<HashMap<Uuid, Answer>, AppError> {
    let communes: BTreeSet<&str> = named.iter().map(|n| n.commune.as_str()).filter(|c| !c.is_empty()).collect();
    let lists = Lists::on(on);
    let mut found = HashMap::new();
    for commune in communes {
        let Some(key) = key_of(house, scope, commune) else { continue };
        let rows = work.fact_rows(&key, lists, definitions.norms.shapes.value.escaped.lists, None).await?;
        let sheet = build_sheet(&rows, definitions, lists, on);
        let of_kind = sheet.rows(kind);
        let said = condition.over(&of_kind.columns, definitions.schema(kind));
        for (id, answer) in of_kind.ids.iter().zip(said) {
            found.insert(*id, answer_of(answer));
        }
    }
    Ok(found)
}

fn answer_of(byte: u8) -> Answer {
    match byte {
        0 => Answer::No,
        2 => Answer::Yes,
        _ => Answer::Unknown,
    }
}

/// Those listed who do not fit; whoever of whom it is not known does not fit either.
pub(crate) async fn misfits(
    house: &House,
    work: &mut dyn Work,
    (definitions, who, kind): (&Definitions, &str, RecordKind),
    (scope, listed): (&Scope, &[Who]),
    on: Day,
) -> Result<Vec<NamedWho>, AppError> {
    let condition = Condition::read(who, definitions.schema(kind)).map_err(|e| AppError::Paper(e.to_string()))?;
    let named = work.names_of(scope, listed).await?;
    let answers = answers(house, work, (definitions, &condition, kind), (scope, &named), on).await?;
    Ok(named.into_iter().filter(|n| answers.get(&n.who.id()).is_none_or(|answer| !answer.is_yes())).collect())
}
