//! Villages and their totals.

use domain::units::VillageTotal;
use storage::Store;

use super::{committed, read};
use crate::World;

pub async fn villages_are_listed_in_vietnamese_order(store: &dyn Store) {
    let world = World::new(1);
    let names = ["Thôn Đông", "Thôn Du", "Thôn Ấp", "Thôn An", "Thôn Ánh"];
    let mut villages: Vec<_> = names.iter().map(|name| world.village("18073", name)).collect();
    villages.push(world.village("18001", "Thôn Yên"));
    committed!(store, w => w.add_villages(&villages));

    let found = read(store).await.villages(&world.province()).await.unwrap();
    let found: Vec<&str> = found.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(found, ["Thôn Yên", "Thôn An", "Thôn Ánh", "Thôn Ấp", "Thôn Du", "Thôn Đông"]);
}

pub async fn a_village_of_the_same_folded_name_is_left_as_it_is(store: &dyn Store) {
    let world = World::new(1);
    let first = world.village("18073", "Thôn Hoà Bình");
    let again = world.village("18073", "THÔN HÒA BÌNH");
    let elsewhere = world.village("18070", "Thôn Hoà Bình");
    committed!(store, w => w.add_villages(std::slice::from_ref(&first)), w.add_villages(&[again, elsewhere.clone()]));

    let found = read(store).await.villages(&world.province()).await.unwrap();
    assert_eq!(found, [elsewhere, first]);
}

pub async fn villages_outside_the_scope_are_hidden(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    committed!(store, w => w.add_villages(&[one.clone(), other.clone()]));

    let mut work = read(store).await;
    assert_eq!(work.villages(&world.commune("18073")).await.unwrap(), std::slice::from_ref(&one));
    assert_eq!(work.villages(&world.district("439")).await.unwrap(), [one]);
    assert_eq!(work.villages(&world.district("436")).await.unwrap(), [other]);
    assert!(work.villages(&world.commune("18999")).await.unwrap().is_empty());
}

pub async fn village_totals_replace_those_of_the_same_year(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    let total = |village: &domain::units::Village, year, households| VillageTotal {
        village: village.id,
        year,
        households,
        persons: households * 4,
    };
    committed!(store, w =>
        w.add_villages(&[one.clone(), other.clone()]),
        w.save_village_totals(&[total(&one, 2022, 90), total(&one, 2023, 100), total(&other, 2023, 50)]),
        w.save_village_totals(&[total(&one, 2023, 120)]),
    );

    let mut work = read(store).await;
    assert_eq!(work.village_totals(&world.commune("18073"), 2023).await.unwrap(), [total(&one, 2023, 120)]);
    assert_eq!(work.village_totals(&world.commune("18073"), 2022).await.unwrap(), [total(&one, 2022, 90)]);
    assert_eq!(work.village_totals(&world.province(), 2023).await.unwrap().len(), 2);
}
