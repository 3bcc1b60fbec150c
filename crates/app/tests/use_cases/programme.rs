//! The plan: brought in, answered for, kept version by version; and what is true of its first target.

use app::AppError;
use app::access::{sample_actors, start_sample};
use app::programme::*;
use domain::access::{Actor, Role};
use domain::programme::bind::BindingState;
use domain::programme::figure::Verdict;
use kernel::PlanId;

use crate::world::{Province, code, empty_house, faults, province};

const HA_TINH: &[u8] = app::sample::PLAN.as_bytes();
const THANH_LAM: &[u8] = include_bytes!("../../../../tests/plans/ke-hoach-2025-thanh-lam.docx");

fn file(name: &str, bytes: &[u8]) -> PlanFile {
    PlanFile { name: name.to_owned(), bytes: bytes.to_vec() }
}

async fn view(world: &Province, actor: &Actor, which: Which) -> PlanView {
    plan_view(&world.house, actor, which).await.unwrap().unwrap()
}

async fn imported(world: &Province, officer: &Actor) -> PlanId {
    import_plan(&world.house, officer, 2023, &file("kế hoạch.txt", HA_TINH)).await.unwrap()
}

#[tokio::test]
async fn a_plan_is_brought_in_with_proposals_that_nobody_answered_for() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let reader = world.officer(Role::Reader, "commune:18553").await;
    assert!(plan_view(&world.house, &reader, Which::Year(2023)).await.unwrap().is_none());
    assert_eq!(code(import_plan(&world.house, &reader, 2023, &file("a.txt", HA_TINH)).await), "ACC-001");

    let id = imported(&world, &officer).await;

    // Whoever works in a commune reads the plan of the province.
    let shown = view(&world, &reader, Which::Year(2023)).await;
    assert_eq!(shown.record.as_ref().map(|record| (record.id, record.number)), Some((id, 1)));
    assert_eq!((shown.bindings.len(), shown.waiting()), (72, 72));
    assert_eq!(shown.at("II-MT.2.b.5").map(|b| b.id.as_str()).collect::<Vec<_>>(), ["T13", "T14"]);
    assert_eq!(code(import_plan(&world.house, &officer, 2023, &file("b.txt", HA_TINH)).await), "PLN-005");
    world.done().await;
}

#[tokio::test]
async fn a_file_that_is_no_plan_leaves_nothing_behind() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let table: [(&[u8], &str); 4] = [
        (b"", "DOC-001"),
        (b"%PDF-1.4", "DOC-004"),
        ("Danh sách hộ nghèo".as_bytes(), "PLN-001"),
        ("KẾ HOẠCH\nNghỉ mát\n\nMọi người có mặt.".as_bytes(), "PLN-002"),
    ];
    for (bytes, expected) in table {
        assert_eq!(code(import_plan(&world.house, &officer, 2023, &file("x", bytes)).await), expected);
    }
    assert!(plans(&world.house, &officer).await.unwrap().is_empty());
    world.done().await;
}

#[tokio::test]
async fn a_person_confirms_corrects_or_drops_and_the_trail_says_who() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let reader = world.officer(Role::Reader, "province:42").await;
    let id = imported(&world, &officer).await;
    let one = ["T01".to_owned()];
    assert_eq!(code(confirm_bindings(&world.house, &reader, id, &one).await), "ACC-001");

    assert_eq!(confirm_bindings(&world.house, &officer, id, &one).await.unwrap(), 1);
    assert_eq!(confirm_bindings(&world.house, &officer, id, &one).await.unwrap(), 0, "said already");
    let input = BindingInput {
        kind: "task".into(),
        clause: "IV.10.1".into(),
        part: String::new(),
        label: "Ban hành kế hoạch năm 2023".into(),
        agency: "UBND cấp huyện".into(),
        version: 1,
    };
    correct_binding(&world.house, &officer, id, "K23", &input).await.unwrap();
    drop_binding(&world.house, &officer, id, "K29", 1).await.unwrap();

    let shown = view(&world, &reader, Which::Version(id)).await;
    assert_eq!(shown.waiting(), 69);
    assert_eq!(shown.binding("K23").unwrap().binding.agency, "UBND cấp huyện");
    assert!(matches!(shown.binding("T01").unwrap().binding.state, BindingState::Confirmed { .. }));
    let hanging: Vec<&str> = shown.at("IV.end").map(|binding| binding.id.as_str()).collect();
    assert_eq!(hanging, ["K28", "K30"], "what was dropped hangs nowhere");
    let told = history(&world.house, &reader, id, "K23").await.unwrap();
    assert_eq!(told.iter().map(|entry| entry.verb.as_str()).collect::<Vec<_>>(), ["binding_corrected"]);
    assert_eq!(told[0].actor_name, officer.name);
    world.done().await;
}

#[tokio::test]
async fn a_correction_that_cannot_be_is_refused_and_nothing_changes() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let id = imported(&world, &officer).await;
    let good = BindingInput {
        kind: "target".into(),
        clause: "II-MT.1".into(),
        part: String::new(),
        label: "Tỷ lệ hộ nghèo giảm".into(),
        agency: String::new(),
        version: 1,
    };
    let house = &world.house;
    let correct = async |input: BindingInput| correct_binding(house, &officer, id, "T01", &input).await;
    assert_eq!(code(correct(BindingInput { clause: "II-MT.7".into(), ..good.clone() }).await), "PLN-003");
    assert_eq!(code(correct(BindingInput { part: "2".into(), ..good.clone() }).await), "PLN-004");
    let unread = BindingInput { kind: "wish".into(), label: " ".into(), part: "hai".into(), ..good.clone() };
    assert_eq!(faults(correct(unread).await), ["kind field-choice", "label field-missing", "part field-number"]);
    assert_eq!(view(&world, &officer, Which::Version(id)).await.waiting(), 72);

    correct(good.clone()).await.unwrap();
    assert!(matches!(correct(good).await, Err(AppError::Conflict("binding"))), "somebody saved in between");
    world.done().await;
}

#[tokio::test]
async fn a_new_version_keeps_the_old_one_and_what_was_said_about_the_same_words() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let first = imported(&world, &officer).await;
    let said = ["T01".to_owned(), "T02".to_owned()];
    confirm_bindings(&world.house, &officer, first, &said).await.unwrap();
    let changed = app::sample::PLAN.replace("trên 30 mô hình", "trên 40 mô hình");

    let second = import_plan(&world.house, &officer, 2023, &file("sửa.txt", changed.as_bytes())).await.unwrap();

    let now = view(&world, &officer, Which::Year(2023)).await;
    assert_eq!(now.record.as_ref().map(|record| (record.id, record.number)), Some((second, 2)));
    let state = |id: &str| now.binding(id).unwrap().binding.state.id();
    assert_eq!((state("T01"), state("T02")), ("confirmed", "proposed"), "T02 speaks of other words now");
    let old = view(&world, &officer, Which::Version(first)).await;
    assert!(!old.is_newest);
    assert!(old.plan.clause("II-MT.2.a.1").unwrap().text.contains("trên 30 mô hình"));
    world.done().await;
}

#[tokio::test]
async fn a_plan_of_another_year_and_layout_stands_beside_it() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    imported(&world, &officer).await;
    import_plan(&world.house, &officer, 2023, &file("kh.docx", THANH_LAM)).await.unwrap();
    let years: Vec<i16> = plans(&world.house, &officer).await.unwrap().iter().map(|record| record.year).collect();
    assert_eq!(years, [2025, 2023]);
    let shown = view(&world, &officer, Which::Year(2025)).await;
    assert!(shown.known.is_none());
    assert_eq!(shown.bindings.len(), 18);
    let hits = shown.find("nha tieu hop ve sinh");
    assert_eq!(hits.first().map(|hit| hit.clause.id.as_str()), Some("PH2.I.2.2.2a"));
    world.done().await;
}

async fn live(house: &app::House, actor: &Actor, id: &str) -> Live {
    let shown = plan_view(house, actor, Which::Year(2023)).await.unwrap().unwrap();
    let binding = shown.binding(id).unwrap().binding.clone();
    let mut work = house.store.read().await.unwrap();
    state(work.as_mut(), &shown, &binding, &actor.scope).await.unwrap()
}

#[tokio::test]
async fn what_cannot_be_counted_says_what_is_missing_and_the_rest_is_not_followed() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    imported(&world, &officer).await;
    assert_eq!(live(&world.house, &officer, "T01").await, Live::Gap(StateGap::NoList { year: 2022 }));
    for id in ["T05", "P3.1", "K25", "F1"] {
        assert_eq!(live(&world.house, &officer, id).await, Live::Untracked, "{id}");
    }
    world.done().await;
}

#[tokio::test]
async fn the_sample_brings_its_plan_and_the_fall_of_the_poverty_rate_with_both_readings() {
    let (house, _, database) = empty_house().await;
    start_sample(&house, |_| {}).await.unwrap();
    let actors = sample_actors(&house).await.unwrap();
    let province = actors.iter().find(|actor| actor.role == Role::ProvinceOfficer).unwrap();

    let Live::Fall(fall) = live(&house, province, "T01").await else { panic!("the first target can be counted") };

    let numbers = |side: FallSide| (side.year, side.rate.numerator, side.rate.denominator);
    assert_eq!((numbers(fall.before), numbers(fall.now)), ((2022, 14_527, 383_300), (2023, 11_572, 383_300)));
    let told: Vec<(&str, String, Option<&str>)> = fall
        .readings
        .iter()
        .map(|figure| (figure.reading.id.as_str(), figure.value.printed(), figure.verdict.map(Verdict::id)))
        .collect();
    // 2.955 households of 383.300; and a fifth of what the rate was.
    assert_eq!(told, [("points", "0,77".into(), Some("exceeded")), ("relative", "20,34".into(), Some("exceeded"))]);
    database.remove().await;
}
