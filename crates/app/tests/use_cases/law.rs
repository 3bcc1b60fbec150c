//! Confirmations of values and score packs.

use app::law::*;
use domain::access::Role;

use crate::world::{code, faults, province};

#[tokio::test]
async fn a_remembered_value_stays_unconfirmed_until_somebody_of_the_province_vouches_for_it() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let reader = world.officer(Role::Reader, "province:42").await;
    let standing_before = standing(&world.house).await.unwrap();
    assert!(standing_before.iter().all(|value| value.confirmation.is_none()));
    let basis = standing_before.first().unwrap().basis.clone();
    let stands_on = [basis.clone(), basis.clone()];

    assert_eq!(code(confirm(&world.house, &reader, &basis.key(), "Ai đó").await), "ACC-001");
    assert_eq!(code(confirm(&world.house, &officer, "review.nothing@2022-01-01", "Ai đó").await), "MIS-001");
    assert_eq!(faults(confirm(&world.house, &officer, &basis.key(), " ").await), ["signed field-missing"]);
    let mut work = world.house.store.read().await.unwrap();
    let confirmed = confirmed_keys(work.as_mut()).await.unwrap();
    assert_eq!(unconfirmed(&confirmed, &stands_on), std::slice::from_ref(&basis));
    drop(work);

    confirm(&world.house, &officer, &basis.key(), "Trần Văn Minh, Giám đốc Sở").await.unwrap();

    let known = standing(&world.house).await.unwrap();
    let confirmation = known.iter().find(|value| value.basis == basis).unwrap().confirmation.clone().unwrap();
    assert_eq!(
        (confirmation.signed.as_str(), confirmation.day.to_string().as_str()),
        ("Trần Văn Minh, Giám đốc Sở", "10/10/2023")
    );
    let mut work = world.house.store.read().await.unwrap();
    let confirmed = confirmed_keys(work.as_mut()).await.unwrap();
    assert!(unconfirmed(&confirmed, &stands_on).is_empty());
    drop(work);
    world.done().await;
}

#[tokio::test]
async fn a_pack_of_the_province_is_loaded_signed_off_and_put_to_use() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    assert_eq!(active_pack(&world.house).await.unwrap(), None);
    let refused = load_pack(&world.house, &officer, "id: tệp hỏng").await;
    assert!(matches!(refused, Err(app::AppError::Pack(faults)) if !faults.is_empty()));

    let name = load_pack(&world.house, &officer, PACK).await.unwrap();
    assert_eq!(name, "ha-tinh@1");
    assert_eq!(code(load_pack(&world.house, &officer, PACK).await), "LAW-001");
    use_pack(&world.house, &officer, Some(&name)).await.unwrap();
    assert_eq!(code(use_pack(&world.house, &officer, Some("không-có@1")).await), "MIS-001");
    let pack = active_pack(&world.house).await.unwrap().unwrap();

    let mut work = world.house.store.read().await.unwrap();
    let confirmed = confirmed_keys(work.as_mut()).await.unwrap();
    let bases = pack_bases(&world.house, work.as_mut(), std::slice::from_ref(&name)).await.unwrap();
    assert_eq!(unconfirmed(&confirmed, &bases).len(), 1, "a loaded pack is not confirmed by being loaded");
    drop(work);
    sign_off(&world.house, &officer, &name, "Trần Văn Minh").await.unwrap();
    let view = packs(&world.house).await.unwrap().into_iter().find(|view| view.name == name).unwrap();
    assert!(view.in_use && !view.ships);
    assert_eq!(view.signed.unwrap().key, pack.basis().key());
    use_pack(&world.house, &officer, None).await.unwrap();
    assert_eq!(active_pack(&world.house).await.unwrap(), None);
    world.done().await;
}

/// Two answers; `more` lies above every line.
pub const PACK: &str = r"
id: ha-tinh
version: '1'
title: {vi: Bộ điểm thử, en: A pack to try}
mark: illustrative
from: 2022-01-01
columns:
  - {id: urban, label: {vi: Thành thị, en: Urban}, area: urban}
  - {id: rural, label: {vi: Nông thôn, en: Rural}, area: rural}
items:
  - id: size
    label: {vi: Số người, en: Size}
    answers:
      - {id: one, label: {vi: Một, en: One}, points: {urban: 60, rural: 50}}
      - {id: more, label: {vi: Nhiều hơn, en: More}, points: {urban: 200, rural: 160}}
";
