//! Villages and their totals.

use app::units::*;
use domain::access::Role;

use crate::world::{COMMUNE, code, faults, province};

#[tokio::test]
async fn a_village_is_added_once_and_only_in_the_officers_commune() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = add_village(&world.house, &officer, None, "  Thôn  Tân Hương ").await.unwrap();
    assert_eq!((village.name.as_str(), village.district.as_str()), ("Thôn Tân Hương", "444"));
    assert_eq!(
        faults(add_village(&world.house, &officer, None, "thôn tân hương").await),
        ["name field-village-exists"]
    );
    assert_eq!(faults(add_village(&world.house, &officer, None, " ").await), ["name field-missing"]);
    let elsewhere = world.scope("commune:18547");
    assert_eq!(code(add_village(&world.house, &officer, Some(&elsewhere), "Thôn 1").await), "MIS-001");
    assert_eq!(code(add_village(&world.house, &world.administrator, Some(&elsewhere), "Thôn 1").await), "ACC-001");
    world.done().await;
}

#[tokio::test]
async fn totals_are_entered_per_village_and_stand_still_once_the_list_is_sent() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let (one, two) = (world.village(&officer, "Thôn 1").await, world.village(&officer, "Thôn 2").await);
    let input = |households: &str, persons: &str| {
        vec![TotalInput { village: one.id, households: households.into(), persons: persons.into() }]
    };
    let wrong = save_totals(&world.house, &officer, None, 2023, &input("100", "99")).await;
    assert_eq!(faults(wrong), ["totals.0.persons field-persons-of-households"]);
    assert_eq!(save_totals(&world.house, &officer, None, 2023, &input("210", "1.234")).await.unwrap(), 1);

    let read = totals(&world.house, &officer, None, 2023).await.unwrap();
    assert_eq!((read.households, read.persons, read.missing, read.is_locked), (210, 1234, 1, false));
    assert!(read.rows.iter().any(|row| row.village.id == two.id && row.total.is_none()));

    world.send(&officer, 2023).await;
    assert!(totals(&world.house, &officer, None, 2023).await.unwrap().is_locked);
    assert_eq!(code(save_totals(&world.house, &officer, None, 2023, &input("1", "1")).await), "REV-005");
    world.done().await;
}
