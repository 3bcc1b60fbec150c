//! Users, sessions, settings, confirmations and packs.

use domain::access::Role;
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, UserId};
use storage::{Confirmation, LoadedPack, SessionRecord, Store, UnitPlace, UserRecord};

use super::{committed, read, write};
use crate::World;

fn user(world: &World, login: &str, name: &str, scope: Scope) -> UserRecord {
    UserRecord {
        id: UserId(kernel::Ids::next(&world.ids)),
        login: login.to_owned(),
        name: name.to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        role: Role::CommuneOfficer,
        scope,
        is_active: true,
    }
}

pub async fn a_user_signs_in_in_any_case(store: &dyn Store) {
    let world = World::new(1);
    let mut officer = user(&world, "Lan.HK", "Trần Thị Lan", world.commune("18073"));
    committed!(store, w => w.save_user(&officer));
    let mut work = read(store).await;
    officer.login = "lan.hk".to_owned();
    assert_eq!(work.user_by_login("LAN.hk").await.unwrap(), Some(officer.clone()));
    assert_eq!(work.user(officer.id).await.unwrap(), Some(officer.clone()));
    assert_eq!(work.user_by_login("lan").await.unwrap(), None);
    drop(work);
    officer.is_active = false;
    officer.role = Role::Reader;
    committed!(store, w => w.save_user(&officer));
    assert_eq!(read(store).await.user(officer.id).await.unwrap(), Some(officer));
}

pub async fn a_login_belongs_to_one_user(store: &dyn Store) {
    let world = World::new(1);
    committed!(store, w => w.save_user(&user(&world, "lan", "Trần Thị Lan", world.commune("18073"))));
    let mut work = write(store).await;
    let second = user(&world, "LAN", "Lê Lan", world.commune("18001"));
    let refused = work.save_user(&second).await;
    assert!(matches!(refused, Err(storage::StorageError::Conflict { record: "user" })), "{refused:?}");
}

pub async fn users_are_listed_within_the_scope(store: &dyn Store) {
    let world = World::new(1);
    let place = |level, code: &str, district: &str| UnitPlace {
        units_from: world.units_from,
        level,
        code: code.to_owned(),
        district: district.to_owned(),
        province: "42".to_owned(),
    };
    let units = [
        place(ScopeLevel::Commune, "18073", "439"),
        place(ScopeLevel::Commune, "18001", "436"),
        place(ScopeLevel::District, "439", "439"),
    ];
    let users = [
        user(&world, "a", "Trần Thị Ánh", world.commune("18073")),
        user(&world, "b", "Lê Văn An", world.commune("18073")),
        user(&world, "c", "Phan Yên", world.commune("18001")),
        user(&world, "d", "Hồ Bình", world.district("439")),
        user(&world, "e", "Vũ Cường", world.province()),
    ];
    let mut work = write(store).await;
    work.place_units(&units).await.unwrap();
    for user in &users {
        work.save_user(user).await.unwrap();
    }
    work.commit().await.unwrap();
    let mut work = read(store).await;
    for (scope, expected) in [
        (world.commune("18073"), vec!["b", "a"]),
        (world.district("439"), vec!["b", "a", "d"]),
        (world.province(), vec!["b", "a", "d", "e", "c"]),
        (world.commune("18070"), vec![]),
    ] {
        let found = work.users(&scope).await.unwrap();
        assert_eq!(found.iter().map(|u| u.login.as_str()).collect::<Vec<_>>(), expected, "{scope:?}");
    }
}

pub async fn a_session_lives_until_it_ends(store: &dyn Store) {
    let session = |id: &str, expires_ms| SessionRecord { id: id.to_owned(), data: "{}".to_owned(), expires_ms };
    committed!(store, w =>
        w.save_session(&session("one", 100)),
        w.save_session(&session("two", 200)),
        w.save_session(&session("two", 300)),
        w.save_session(&session("three", 400)),
        w.delete_session("three"),
        w.delete_expired_sessions(100),
    );
    let mut work = read(store).await;
    assert_eq!(work.session("one").await.unwrap(), None);
    assert_eq!(work.session("two").await.unwrap(), Some(session("two", 300)));
    assert_eq!(work.session("three").await.unwrap(), None);
}

pub async fn settings_are_replaced(store: &dyn Store) {
    committed!(store, w => w.save_setting("mode", "sample"), w.save_setting("mode", "own"));
    let mut work = read(store).await;
    assert_eq!(work.setting("mode").await.unwrap().as_deref(), Some("own"));
    assert_eq!(work.setting("year").await.unwrap(), None);
}

pub async fn confirmations_are_kept_by_key(store: &dyn Store) {
    let world = World::new(1);
    let by = world.user();
    let confirmation = |key: &str, signed: &str| Confirmation {
        key: key.to_owned(),
        by,
        by_name: "Trần Thị Lan".to_owned(),
        signed: signed.to_owned(),
        day: Day::last_of(2023),
    };
    committed!(store, w =>
        w.save_confirmation(&confirmation("review.b", "Phó Giám đốc")),
        w.save_confirmation(&confirmation("review.a", "Giám đốc")),
        w.save_confirmation(&confirmation("review.b", "Giám đốc")),
    );
    let found = read(store).await.confirmations().await.unwrap();
    assert_eq!(found, [confirmation("review.a", "Giám đốc"), confirmation("review.b", "Giám đốc")]);
}

pub async fn packs_are_kept_by_version(store: &dyn Store) {
    let pack = |version: &str, yaml: &str| LoadedPack {
        id: "b1.hatinh".to_owned(),
        version: version.to_owned(),
        yaml: yaml.to_owned(),
        loaded_on: Day::first_of(2023),
        by_name: "Trần Thị Lan".to_owned(),
    };
    committed!(store, w => w.save_pack(&pack("2", "b: 1")), w.save_pack(&pack("1", "a: 1")), w.save_pack(&pack("2", "c: 1")));
    assert_eq!(read(store).await.packs().await.unwrap(), [pack("1", "a: 1"), pack("2", "c: 1")]);
}
