//! Changes of boundaries recorded and taken back, villages and households placed, a year's list by the units of another day.

use app::registry::{AssessmentInput, assess};
use app::review::figure::{Asked, Behind, figure};
use app::review::forms::forms_by;
use app::units::*;
use domain::access::{Actor, Role};
use domain::review::form::{RowKey, UNPLACED, UNRESOLVED};
use domain::units::{Placeable, RowOf, ScopeLevel};
use kernel::{Day, HouseholdId};
use norms::Area;

use crate::world::{Province, code, faults, province};

/// Phường Đại Nài, which lies in two wards from 01/07/2025 on.
const DIVIDED: &str = "commune:18082";
/// Xã Phú Phong, gone from the list of 01/01/2025.
const GONE: &str = "commune:18535";

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

fn by_2025() -> ByUnits {
    ByUnits { on: day("2025-07-01"), level: ScopeLevel::Commune }
}

fn merger() -> ChangeInput {
    ChangeInput {
        kind: "merge".into(),
        level: "commune".into(),
        on: "1/1/2025".into(),
        act: "1/NQ-THU".into(),
        act_day: "14/11/2024".into(),
        issuer: "Cơ quan thử".into(),
        sources: "18535 Xã Phú Phong".into(),
        targets: "18502 Xã Hà Linh".into(),
        ..ChangeInput::default()
    }
}

async fn poor_household(world: &Province, officer: &Actor, village: &str, head: &str) -> HouseholdId {
    let known = villages(&world.house, officer, None).await.unwrap();
    let village = match known.into_iter().find(|v| v.name == village) {
        Some(village) => village,
        None => world.village(officer, village).await,
    };
    let id = world.household(officer, &village, head).await;
    let input = AssessmentInput { b1_entered: "120".into(), b2_entered: "30".into(), ..AssessmentInput::default() };
    assess(&world.house, officer, world.seen(officer, id).await, 2023, &input).await.unwrap();
    id
}

#[tokio::test]
async fn a_province_officer_records_a_decision_once_and_may_take_it_back() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let commune = world.officer(Role::CommuneOfficer, GONE).await;
    assert_eq!(code(record_change(&world.house, &commune, &merger()).await), "ACC-001");
    let nameless = ChangeInput { act: " ".into(), ..merger() };
    assert_eq!(faults(record_change(&world.house, &officer, &nameless).await), ["act field-missing"]);

    let id = record_change(&world.house, &officer, &merger()).await.unwrap();
    assert_eq!(code(record_change(&world.house, &officer, &merger()).await), "UNI-004");
    let step = |steps: Vec<StepView>| steps.into_iter().find(|s| s.on == day("2025-01-01")).unwrap();
    let seen = step(steps(&world.house, &commune, &commune.scope).await.unwrap());
    assert_eq!((seen.whole, seen.unknown), (1, 11), "one of the twelve open communes is told");
    let life = life(&world.house, &commune, ScopeLevel::Commune, "18535", day("2023-12-31")).await.unwrap();
    assert_eq!(life.moments.iter().map(|m| m.lineage.id()).collect::<Vec<_>>(), ["whole", "whole"]);
    assert_eq!(life.moments[0].acts, ["1/NQ-THU"]);
    assert_eq!(life.links.len(), 2);

    assert_eq!(code(withdraw_change(&world.house, &commune, id).await), "ACC-001");
    withdraw_change(&world.house, &officer, id).await.unwrap();
    assert_eq!(code(withdraw_change(&world.house, &officer, id).await), "MIS-001");
    assert!(!change(&world.house, &commune, id).await.unwrap().counts());
    let seen = step(steps(&world.house, &officer, &officer.scope).await.unwrap());
    assert_eq!(seen.unknown, 12);

    let page = kernel::Page::new(1, 50);
    let entries = app::access::trail(&world.house, &world.administrator, None, page).await.unwrap().rows;
    let verbs: Vec<&str> = entries.iter().map(|e| e.verb.as_str()).filter(|v| v.starts_with("boundary")).collect();
    assert_eq!(verbs, ["boundary_withdrawn", "boundary_recorded"]);
    world.done().await;
}

#[tokio::test]
async fn a_divided_commune_is_told_by_its_villages_and_nobody_is_lost_on_the_way() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, DIVIDED).await;
    let gone = world.officer(Role::CommuneOfficer, GONE).await;
    poor_household(&world, &officer, "Tổ 1", "Lê Một").await;
    poor_household(&world, &officer, "Tổ 2", "Lê Hai").await;
    let third = poor_household(&world, &officer, "Tổ 2", "Lê Ba").await;
    poor_household(&world, &gone, "Thôn 1", "Lê Tư").await;

    let told = |found: &UnitCounts| -> Vec<(String, i128)> {
        let name = |of: &RowOf| match of {
            RowOf::Unit(key) => key.code.clone(),
            RowOf::Unplaced { old, .. } => format!("chưa xếp {}", old.code),
            RowOf::Unresolved { old, .. } => format!("chưa rõ {}", old.code),
            RowOf::NotListed { code } => format!("lạ {code}"),
        };
        found.restated.rows.iter().map(|row| (name(&row.of), row.counts.iter().sum())).collect()
    };
    let row = |name: &str, n: i128| (name.to_owned(), n);
    let counted = || count_by_units(&world.house, &world.administrator, None, 2023, by_2025());
    let found = counted().await.unwrap();
    assert_eq!(told(&found), [row("chưa xếp 18082", 3), row("chưa rõ 18535", 1)]);

    let to_place = placing(&world.house, &officer, &officer.scope, None).await.unwrap();
    assert_eq!((to_place.on, to_place.communes.len()), (day("2025-07-01"), 1));
    assert_eq!(to_place.communes[0].households.len(), 3);
    let pasted = "Tổ 1\t18073\nTổ 2\tPhường Hà Huy Tập";
    let wrong = place(&world.house, &officer, &officer.scope, to_place.on, &[], "Tổ 1\t18073\nTổ 9\t18652").await;
    assert_eq!(faults(wrong), ["pasted field-pasted-line"]);
    assert_eq!(told(&counted().await.unwrap())[0], row("chưa xếp 18082", 3), "nothing was stored by halves");
    assert_eq!(place(&world.house, &officer, &officer.scope, to_place.on, &[], pasted).await.unwrap(), 2);
    let found = counted().await.unwrap();
    assert_eq!(told(&found), [row("18073", 1), row("18652", 2), row("chưa rõ 18535", 1)]);

    let alone = [PlaceInput { what: Placeable::Household(third), commune: "18073".into() }];
    assert_eq!(place(&world.house, &officer, &officer.scope, to_place.on, &alone, "").await.unwrap(), 1);
    let found = counted().await.unwrap();
    assert_eq!(told(&found), [row("18073", 2), row("18652", 1), row("chưa rõ 18535", 1)]);
    assert!(found.restated.is_conserved());
    let elsewhere = [PlaceInput { what: Placeable::Household(third), commune: "18502".into() }];
    let refused = place(&world.house, &officer, &officer.scope, to_place.on, &elsewhere, "").await;
    assert_eq!(faults(refused), [format!("household.{third} field-choice")]);
    let not_theirs = place(&world.house, &gone, &gone.scope, to_place.on, &alone, "").await;
    assert_eq!(faults(not_theirs), [format!("household.{third} field-not-divided")]);
    let reader = world.officer(Role::Reader, DIVIDED).await;
    assert_eq!(code(place(&world.house, &reader, &reader.scope, to_place.on, &alone, "").await), "ACC-001");
    world.done().await;
}

#[tokio::test]
async fn a_frozen_list_is_told_by_other_units_as_they_were_known_when_it_was_frozen() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, DIVIDED).await;
    poor_household(&world, &officer, "Tổ 1", "Lê Một").await;
    let second = poor_household(&world, &officer, "Tổ 1", "Lê Hai").await;
    let on = day("2025-07-01");
    assert_eq!(place(&world.house, &officer, &officer.scope, on, &[], "Tổ 1\t18073").await.unwrap(), 1);
    let asked = async || count_by_units(&world.house, &officer, None, 2023, by_2025()).await.unwrap();
    let then = asked().await;
    app::review::lists::send(&world.house, &officer, &officer.scope, 2023).await.unwrap();

    let record = app::reporting::snapshots(&world.house, &officer, None, Some(2023)).await.unwrap().remove(0);
    let alone = [PlaceInput { what: Placeable::Household(second), commune: "18652".into() }];
    place(&world.house, &officer, &officer.scope, on, &alone, "").await.unwrap();
    let now = asked().await;
    assert_ne!(now.restated, then.restated);

    let snapshot = world.house.archive().unwrap().open(&record.name).unwrap();
    let by = (on, ScopeLevel::Commune);
    let told = snapshots::told_by(&snapshot, &world.house.norms, by, then.classes.clone()).unwrap().unwrap();
    assert_eq!((told.restated, told.without_boundaries), (then.restated, false));
    let no_district = (on, ScopeLevel::District);
    assert!(snapshots::told_by(&snapshot, &world.house.norms, no_district, then.classes).unwrap().is_none());
    assert_eq!(snapshots::verify(snapshot.folder()).unwrap(), []);
    world.done().await;
}

#[tokio::test]
async fn a_form_of_2023_is_told_by_the_communes_of_2025_with_its_total_unchanged() {
    let world = province().await;
    let (divided, gone, whole) = (
        world.officer(Role::CommuneOfficer, DIVIDED).await,
        world.officer(Role::CommuneOfficer, GONE).await,
        world.officer(Role::CommuneOfficer, "commune:18553").await,
    );
    for (officer, head) in [(&divided, "Lê Một"), (&gone, "Lê Hai"), (&whole, "Lê Ba"), (&whole, "Lê Tư")] {
        poor_household(&world, officer, "Thôn 1", head).await;
    }
    let actor = &world.administrator;
    let whole_province = world.officer(Role::ProvinceOfficer, "province:42").await;
    let numbers = ["7.1", "7.4", "7.8", "7.9", "7.10"];
    let own = forms_by(&world.house, actor, None, 2023, &numbers, None).await.unwrap();
    let told = forms_by(&world.house, actor, None, 2023, &numbers, Some(by_2025())).await.unwrap();
    for (own, told) in own.iter().zip(&told) {
        let number = &told.form.layout.value.number;
        assert_eq!((own.is_conserved, told.is_conserved), (None, Some(true)), "{number}");
        let total = |form: &domain::review::form::Form| {
            form.rows.iter().find(|row| row.key == RowKey::Total).map(|row| row.cells.clone())
        };
        assert_eq!(total(&own.form), total(&told.form), "{number}");
        assert!(!told.may_be_official);
    }
    let form = &told[0].form;
    let column =
        form.layout.value.columns.iter().find(|c| matches!(c.measure, norms::Measure::InClass { .. })).unwrap();
    // Other communes that went into the same have no list, so that the row has no number; who is behind it is known.
    let behind = async |area, key: &str| {
        let row = RowKey::Unit { area, key: key.into() };
        let asked = Asked { form: "7.1", column: &column.id, row: &row, by: Some(by_2025()) };
        match figure(&world.house, &whole_province, (None, 2023), asked).await.unwrap().behind {
            Behind::Households(all) => all.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(behind(Area::Rural, "18547").await, 2, "Hương Trạch lies in Phúc Trạch");
    assert_eq!(behind(Area::Urban, UNPLACED).await, 1);
    assert_eq!(behind(Area::Rural, UNRESOLVED).await, 1);
    let by_district = ByUnits { level: ScopeLevel::District, ..by_2025() };
    assert_eq!(code(forms_by(&world.house, actor, None, 2023, &["7.1"], Some(by_district)).await), "UNI-013");
    world.done().await;
}
