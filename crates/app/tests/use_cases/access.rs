//! Setting up, signing in, accounts and the trail.

use app::access::*;
use domain::access::Role;
use kernel::{Day, Page};

use crate::world::{COMMUNE, PASSWORD, code, empty_house, faults, province};

#[tokio::test]
async fn a_register_is_started_once_and_knows_its_province_year_and_list_of_units() {
    let (house, _, database) = empty_house().await;
    assert_eq!(setup(&house).await.unwrap(), None);
    let input = NewAdministrator { name: "Bình".into(), login: "quantri".into(), password: PASSWORD.into() };
    let wrong = NewAdministrator { password: "ngắn".into(), login: "có dấu cách".into(), ..input.clone() };
    assert_eq!(
        faults(start_empty(&house, "42", None, &wrong).await),
        ["login field-login", "password field-password-short"]
    );
    assert_eq!(faults(start_empty(&house, "00", None, &input).await), ["province field-choice"]);

    start_empty(&house, "42", None, &input).await.unwrap();

    let set = setup(&house).await.unwrap().unwrap();
    assert_eq!((set.mode, set.year, set.province.code.as_str()), (Mode::Real, 2023, "42"));
    assert_eq!(set.province.name, "Tỉnh Hà Tĩnh");
    assert_eq!(set.province.units_from, house.norms.units_on(Day::last_of(2023)).from);
    assert_eq!(code(start_empty(&house, "42", None, &input).await), "ACC-012");
    assert_eq!(code(sample_actors(&house).await), "ACC-013");
    database.remove().await;
}

#[tokio::test]
async fn a_wrong_login_and_a_wrong_password_get_the_same_answer_and_ten_of_them_a_rest() {
    let world = province().await;
    assert_eq!(code(sign_in(&world.house, "không có", PASSWORD).await), "ACC-010");
    for _ in 0..10 {
        assert_eq!(code(sign_in(&world.house, "quantri", "sai").await), "ACC-010");
    }
    assert_eq!(code(sign_in(&world.house, "quantri", PASSWORD).await), "ACC-011");
    world.clock.advance_ms(15 * 60_000);
    let actor = sign_in(&world.house, " QuanTri ", PASSWORD).await.unwrap();
    assert_eq!(actor, world.administrator);
    let holder = app::access::holder(&world.house, actor.id).await.unwrap();
    assert_eq!(app::access::actor(&world.house, &holder).await.unwrap(), actor);
    world.done().await;
}

#[tokio::test]
async fn an_account_fits_its_role_to_the_level_of_its_unit() {
    let world = province().await;
    let input = |role: Role, unit: &str| UserInput {
        login: "moi".into(),
        name: "Người mới".into(),
        password: PASSWORD.into(),
        role: role.id().into(),
        unit: unit.into(),
        village: String::new(),
    };
    let table = [
        (Role::CommuneOfficer, "district:444", "unit field-unit-level"),
        (Role::DistrictOfficer, COMMUNE, "unit field-unit-level"),
        (Role::ProvinceOfficer, "district:444", "unit field-unit-level"),
        (Role::CommuneOfficer, "commune:00001", "unit field-choice"),
        (Role::Reader, "commune:99999", "unit field-choice"),
    ];
    for (role, unit, fault) in table {
        assert_eq!(faults(add_user(&world.house, &world.administrator, &input(role, unit)).await), [fault], "{unit}");
    }
    add_user(&world.house, &world.administrator, &input(Role::Reader, "district:444")).await.unwrap();
    let twice = add_user(&world.house, &world.administrator, &input(Role::Reader, COMMUNE)).await;
    assert_eq!(faults(twice), ["login field-login-taken"]);
    world.done().await;
}

#[tokio::test]
async fn only_the_administrator_manages_accounts_and_never_closes_their_own() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    assert_eq!(code(users(&world.house, &officer).await), "ACC-001");
    let change = UserChange {
        name: "Nguyễn Thị Hoài".into(),
        new_password: String::new(),
        role: Role::CommuneOfficer.id().into(),
        unit: COMMUNE.into(),
        is_active: false,
        village: String::new(),
    };
    let holder = app::access::holder(&world.house, officer.id).await.unwrap();
    change_user(&world.house, &world.administrator, officer.id, &change).await.unwrap();
    assert_eq!(code(app::access::actor(&world.house, &holder).await), "MIS-001");
    assert_eq!(code(sign_in(&world.house, "commune_officer.commune.18553", PASSWORD).await), "ACC-010");

    let own = UserChange { role: Role::Administrator.id().into(), unit: "province:42".into(), ..change };
    assert_eq!(code(change_user(&world.house, &world.administrator, world.administrator.id, &own).await), "ACC-014");
    world.done().await;
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_the_old_one() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let wrong = change_password(&world.house, &officer, "không phải", "mật khẩu mới dài").await;
    assert_eq!(faults(wrong), ["old_password field-password-wrong"]);
    assert_eq!(
        faults(change_password(&world.house, &officer, PASSWORD, "ngắn").await),
        ["new_password field-password-short"]
    );
    let before = app::access::holder(&world.house, officer.id).await.unwrap();
    change_password(&world.house, &officer, PASSWORD, "mật khẩu mới dài").await.unwrap();
    assert_eq!(code(app::access::actor(&world.house, &before).await), "MIS-001", "a session of the old one has ended");
    let after = app::access::holder(&world.house, officer.id).await.unwrap();
    assert_eq!(app::access::actor(&world.house, &after).await.unwrap().id, officer.id);
    assert_eq!(code(sign_in(&world.house, "commune_officer.commune.18553", PASSWORD).await), "ACC-010");
    sign_in(&world.house, "commune_officer.commune.18553", "mật khẩu mới dài").await.unwrap();
    world.done().await;
}

#[tokio::test]
async fn nobody_guesses_a_password_at_somebody_elses_open_desk() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    for _ in 0..10 {
        let wrong = change_password(&world.house, &officer, "không phải", "mật khẩu mới dài").await;
        assert_eq!(faults(wrong), ["old_password field-password-wrong"]);
    }
    let rests = change_password(&world.house, &officer, PASSWORD, "mật khẩu mới dài").await;
    assert_eq!(code(rests), "ACC-011", "even the right one waits");
    world.clock.advance_ms(15 * 60_000);
    change_password(&world.house, &officer, PASSWORD, "mật khẩu mới dài").await.unwrap();
    world.done().await;
}

#[tokio::test]
async fn the_trail_shows_an_officer_what_was_done_in_their_area_only() {
    let world = province().await;
    let here = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let there = world.officer(Role::CommuneOfficer, "commune:18547").await;
    let village = world.village(&here, "Thôn 1").await;
    let household = world.household(&here, &village, "Lê Thị Lan").await;

    let verbs = |page: kernel::PageOf<storage::Entry>| page.rows.into_iter().map(|e| e.verb).collect::<Vec<_>>();
    let page = Page::new(1, 50);
    assert_eq!(verbs(trail(&world.house, &here, None, page).await.unwrap()), ["household_founded", "village_added"]);
    assert!(verbs(trail(&world.house, &there, None, page).await.unwrap()).is_empty());
    let about = Some(("household", household.to_string()));
    let about = about.as_ref().map(|(subject, id)| (*subject, id.as_str()));
    assert_eq!(verbs(trail(&world.house, &world.administrator, about, page).await.unwrap()), ["household_founded"]);
    let all = verbs(trail(&world.house, &world.administrator, None, page).await.unwrap());
    assert_eq!(all.last().map(String::as_str), Some("register_started"));
    world.done().await;
}

#[tokio::test]
async fn wrong_passwords_are_told_in_the_trail_until_the_login_rests() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let login = "commune_officer.commune.18553";
    for _ in 0..10 {
        assert_eq!(code(sign_in(&world.house, login, "không phải mật khẩu").await), "ACC-010");
    }
    for password in ["không phải mật khẩu", PASSWORD] {
        assert_eq!(code(sign_in(&world.house, login, password).await), "ACC-011", "even the right one waits");
    }
    assert_eq!(code(sign_in(&world.house, "không.có.ai", "không phải mật khẩu").await), "ACC-010");
    let page = Page::new(1, 50);
    let told = trail(&world.house, &world.administrator, None, page).await.unwrap().rows;
    let count = |verb: &str| told.iter().filter(|entry| entry.verb == verb && entry.actor == officer.id).count();
    assert_eq!((count("sign_in_failed"), count("sign_in_rests")), (9, 1));
    assert!(trail(&world.house, &officer, None, page).await.unwrap().rows.is_empty(), "for the province to read");
    world.done().await;
}

#[tokio::test]
async fn a_full_check_of_the_trail_is_kept_with_who_asked_for_it() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let shown = trail(&world.house, &world.administrator, None, Page::new(1, 50)).await.unwrap().rows;
    let before = trail_standing(&world.house, &world.administrator, &shown).await.unwrap();
    assert_eq!(before, Standing::default(), "nobody has checked it");
    let verdict = verify_trail(&world.house, &officer).await.unwrap();
    assert_eq!(verdict.broken_at, None);
    let after = trail_standing(&world.house, &world.administrator, &shown).await.unwrap();
    let last = after.last.unwrap();
    assert_eq!((last.by_name, last.mark, after.mark_is_lost), (officer.name, verdict.whole_until, false));
    world.done().await;
}

#[tokio::test]
async fn the_administrator_opens_a_year_that_has_begun_and_has_rules() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    assert_eq!(code(change_year(&world.house, &officer, 2022).await), "ACC-001");
    assert_eq!(faults(change_year(&world.house, &world.administrator, 2024).await), ["year field-year-future"]);
    assert_eq!(code(change_year(&world.house, &world.administrator, 2019).await), "NRM-001");
    let open = years_of_work(&world.house, &world.administrator).unwrap();
    assert_eq!((open.years, open.gap), (vec![2023, 2022], None));

    change_year(&world.house, &world.administrator, 2022).await.unwrap();

    assert_eq!(setup(&world.house).await.unwrap().unwrap().year, 2022);
    let told = trail(&world.house, &world.administrator, None, Page::new(1, 5)).await.unwrap().rows;
    assert_eq!(told.first().map(|entry| entry.verb.as_str()), Some("year_opened"));
    world.done().await;
}
