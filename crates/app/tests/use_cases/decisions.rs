//! One decision for a commune's whole list: looked at, recorded, taken back where it still counts.

use app::registry::*;
use app::review::decisions::*;
use domain::access::{Actor, Role};
use kernel::HouseholdId;

use crate::world::{COMMUNE, Province, code, faults, province};

fn decision(number: &str, classes: &[&str]) -> ListDecisionInput {
    ListDecisionInput {
        number: number.into(),
        day: "09/10/2023".into(),
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
        replaces: false,
    }
}

/// A poor, a near-poor and an undecided household.
async fn list(world: &Province, officer: &Actor) -> [HouseholdId; 3] {
    let village = world.village(officer, "Thôn 1").await;
    let mut ids = Vec::new();
    for (head, b2) in [("Lê Thị Lan", "30"), ("Phan Thị Ân", "20"), ("Hồ Thị Bé", "")] {
        let id = world.household(officer, &village, head).await;
        let scores = AssessmentInput { b1_entered: "130".into(), b2_entered: b2.into(), ..AssessmentInput::default() };
        assess(&world.house, officer, world.seen(officer, id).await, 2023, &scores).await.unwrap();
        ids.push(id);
    }
    ids.try_into().unwrap()
}

async fn number_of(world: &Province, officer: &Actor, id: HouseholdId) -> Option<String> {
    let view = open(&world.house, officer, id, None).await.unwrap();
    view.assessment.unwrap().assessment.decision.map(|decision| decision.number)
}

#[tokio::test]
async fn one_decision_recognises_the_class_of_every_household_and_can_be_taken_back() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let [poor, near_poor, open_one] = list(&world, &officer).await;
    let commune = world.scope(COMMUNE);
    let here = (&commune, 2023);
    let input = decision("15/QĐ-UBND", &["poor", "near_poor"]);
    let plan = plan_decision(&world.house, &officer, here, &input).await.unwrap();
    let seen: Vec<(&str, &str)> = plan.recognised.iter().map(|r| (r.head_name.as_str(), r.class.as_str())).collect();
    assert_eq!(seen, [("Lê Thị Lan", "poor"), ("Phan Thị Ân", "near_poor")]);
    assert_eq!((plan.decided, plan.unclassified), (0, 1));
    assert_eq!(number_of(&world, &officer, poor).await, None, "looking records nothing");

    let stale = record_list_decision(&world.house, &officer, here, &input, "1-0").await;
    assert_eq!(code(stale), "STO-001");
    let recorded = record_list_decision(&world.house, &officer, here, &input, &plan.fingerprint()).await.unwrap();
    assert_eq!(recorded, 2);
    for id in [poor, near_poor] {
        assert_eq!(number_of(&world, &officer, id).await.as_deref(), Some("15/QĐ-UBND"));
    }
    assert_eq!(number_of(&world, &officer, open_one).await, None);
    let again = plan_decision(&world.house, &officer, here, &decision("16/QĐ-UBND", &["poor"])).await.unwrap();
    assert_eq!((again.recognised.len(), again.decided), (0, 1));

    // The near-poor household gets a later decision of its own, which stays.
    let later = DecisionInput {
        number: "20/QĐ-UBND".into(),
        day: "10/10/2023".into(),
        classes: vec![(near_poor, "poor".into())],
    };
    record_decision(&world.house, &officer, 2023, &later).await.unwrap();
    let kept = list_decisions(&world.house, &officer, here).await.unwrap();
    let undone = undo_list_decision(&world.house, &officer, here, kept[0].id).await.unwrap();
    assert_eq!(undone, TakenBack { households: 1, kept: 1 });
    assert_eq!(number_of(&world, &officer, poor).await, None);
    assert_eq!(number_of(&world, &officer, near_poor).await.as_deref(), Some("20/QĐ-UBND"));
    assert_eq!(code(undo_list_decision(&world.house, &officer, here, kept[0].id).await), "MIS-001");
    let trail = app::access::trail(&world.house, &officer, None, kernel::Page::new(1, 3)).await.unwrap();
    let words: Vec<&str> = trail.rows.iter().map(|entry| entry.verb.as_str()).collect();
    assert_eq!(words, ["list_decision_undone", "decision_undone", "decision_recorded"]);
    world.done().await;
}

#[tokio::test]
async fn a_decision_that_replaces_gives_the_earlier_one_back_when_it_is_taken_back() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let [poor, ..] = list(&world, &officer).await;
    let commune = world.scope(COMMUNE);
    let here = (&commune, 2023);
    for (number, replaces) in [("15/QĐ-UBND", false), ("16/QĐ-UBND", true)] {
        let input = ListDecisionInput { replaces, ..decision(number, &["poor"]) };
        let plan = plan_decision(&world.house, &officer, here, &input).await.unwrap();
        record_list_decision(&world.house, &officer, here, &input, &plan.fingerprint()).await.unwrap();
        assert_eq!(number_of(&world, &officer, poor).await.as_deref(), Some(number));
    }
    // Sent up with these classes; taking the decision back changes none of them.
    world.send(&officer, 2023).await;
    let recorded = list_decisions(&world.house, &officer, here).await.unwrap();
    let newest = recorded.iter().find(|decision| decision.number == "16/QĐ-UBND").unwrap();
    undo_list_decision(&world.house, &officer, here, newest.id).await.unwrap();
    assert_eq!(number_of(&world, &officer, poor).await.as_deref(), Some("15/QĐ-UBND"));
    world.done().await;
}

#[tokio::test]
async fn who_may_not_decide_and_what_a_decision_must_say() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let district = world.officer(Role::DistrictOfficer, "district:444").await;
    list(&world, &officer).await;
    let (commune, other) = (world.scope(COMMUNE), world.scope("commune:18547"));
    let good = decision("15/QĐ-UBND", &["poor"]);
    assert_eq!(code(plan_decision(&world.house, &district, (&commune, 2023), &good).await), "ACC-001");
    assert_eq!(code(plan_decision(&world.house, &officer, (&other, 2023), &good).await), "MIS-001");
    let blank = ListDecisionInput::default();
    assert_eq!(
        faults(plan_decision(&world.house, &officer, (&commune, 2023), &blank).await),
        ["number field-missing", "day field-missing", "classes field-choice"]
    );
    let nobody = decision("15/QĐ-UBND", &["non_poor"]);
    let plan = plan_decision(&world.house, &officer, (&commune, 2023), &nobody).await.unwrap();
    let refused = record_list_decision(&world.house, &officer, (&commune, 2023), &nobody, &plan.fingerprint()).await;
    assert_eq!(code(refused), "REV-004");
    world.done().await;
}
