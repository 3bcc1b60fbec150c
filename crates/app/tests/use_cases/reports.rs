//! A report of the review that a plan names as a duty too is one report: told once, closed once.

use app::programme::duties::{Duty, DutyInput, close_duty, duties};
use app::review::reminders::reminders;
use app::review::results::{approve, compile, publish};
use domain::access::{Actor, Role};
use domain::programme::due::DueState;
use domain::review::results::ResultsKind;
use kernel::Day;
use testkit::TestDatabase;

use crate::world::{Province, province_in};

async fn found(world: &Province, actor: &Actor, id: &str) -> Duty {
    let all = duties(&world.house, actor, None, 2023).await.unwrap();
    all.into_iter().find(|duty| duty.id == id).unwrap_or_else(|| panic!("{id}"))
}

async fn reminded(world: &Province, actor: &Actor) -> Vec<String> {
    reminders(&world.house, actor, 2023).await.unwrap().into_iter().map(|r| r.id).collect()
}

#[tokio::test]
async fn a_duty_due_by_the_act_and_on_the_day_of_a_report_is_that_report() {
    let world = province_in(TestDatabase::sqlite().await, "2023-11-10").await;
    let province = world.officer(Role::ProvinceOfficer, "province:42").await;
    let table = [
        ("K03", Some("preliminary")),
        ("R07", Some("preliminary")),
        ("K04", Some("official")),
        ("K34", Some("official")),
        ("R08", Some("official")),
        ("R06", Some("monthly")),
        ("K30", None),
        ("R03", None),
        ("K01", None),
    ];
    for (id, report) in table {
        assert_eq!(found(&world, &province, id).await.report.as_deref(), report, "{id}");
    }
    world.done().await;
}

#[tokio::test]
async fn closing_one_name_of_a_report_closes_the_others_and_the_reminder() {
    let world = province_in(TestDatabase::sqlite().await, "2023-11-10").await;
    let province = world.officer(Role::ProvinceOfficer, "province:42").await;
    assert_eq!(reminded(&world, &province).await, ["preliminary"]);
    let duty = found(&world, &province, "R07").await;
    let done = Day::from_iso("2023-11-09");
    let input = DutyInput { duty: duty.id, due: duty.due, done, note: String::new(), version: 0 };
    close_duty(&world.house, &province, None, (2023, &input)).await.unwrap();
    for (id, expected) in [("R07", true), ("K03", true), ("R08", false), ("K04", false)] {
        let is_done = matches!(found(&world, &province, id).await.state, DueState::Done { .. });
        assert_eq!(is_done, expected, "{id}");
    }
    assert!(reminded(&world, &province).await.is_empty());
    world.done().await;
}

#[tokio::test]
async fn published_results_are_the_report_made_whatever_the_plan_calls_it() {
    let world = province_in(TestDatabase::sqlite().await, "2023-11-10").await;
    let province = world.officer(Role::ProvinceOfficer, "province:42").await;
    let officer = world.officer(Role::CommuneOfficer, crate::world::COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let household = world.household(&officer, &village, "Lê Thị An").await;
    let seen = world.seen(&officer, household).await;
    app::registry::assess(&world.house, &officer, seen, 2023, &crate::rounds::scores("120", "40")).await.unwrap();
    let results = compile(&world.house, &province, 2023, ResultsKind::Preliminary).await.unwrap();
    let approver = world.colleague(Role::ProvinceOfficer, "province:42").await;
    approve(&world.house, &approver, results.id, "12/BC").await.unwrap();
    assert!(!matches!(found(&world, &province, "K03").await.state, DueState::Done { .. }), "approved is not published");
    publish(&world.house, &province, results.id).await.unwrap();
    for id in ["R07", "K03"] {
        assert_eq!(
            found(&world, &province, id).await.state,
            DueState::Done { on: Day::from_iso("2023-11-10").unwrap() }
        );
    }
    assert!(!matches!(found(&world, &province, "R08").await.state, DueState::Done { .. }));
    world.done().await;
}
