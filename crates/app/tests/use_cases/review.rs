//! One household's review: scores, reasons, differences, decisions.

use std::collections::BTreeMap;

use app::registry::*;
use domain::access::Role;
use domain::review::Difference;
use kernel::Points;

use crate::world::{COMMUNE, code, faults, member, province};

fn totals(b1: &str, b2: &str) -> AssessmentInput {
    AssessmentInput { b1_entered: b1.into(), b2_entered: b2.into(), ..AssessmentInput::default() }
}

#[tokio::test]
async fn a_class_comes_with_its_rule_and_its_article() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let table =
        [("140", "30", "poor"), ("140", "20", "near_poor"), ("140,5", "120", "non_poor"), ("110", "40", "poor")];
    for (b1, b2, class) in table {
        let seen = world.seen(&officer, id).await;
        let stored = assess(&world.house, &officer, seen, 2023, &totals(b1, b2)).await.unwrap();
        assert_eq!(stored.class.as_deref(), Some(class), "{b1} {b2}");
        let view = open(&world.house, &officer, id, None).await.unwrap();
        let verdict = view.verdict.unwrap();
        assert_eq!((verdict.class.as_str(), verdict.rule.class.as_str()), (class, class));
        assert!(verdict.basis.citation.unwrap().act.contains("07/2021"));
    }
    let seen = world.seen(&officer, id).await;
    let wrong = assess(&world.house, &officer, seen, 2023, &totals("1.5", "35")).await;
    assert_eq!(faults(wrong), ["b1 field-number-doubtful", "b2 field-b2-step"]);
    world.done().await;
}

#[tokio::test]
async fn marks_follow_from_facts_and_name_the_member_who_made_them() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let household = open(&world.house, &officer, id, None).await.unwrap().household;
    let (mother, son, girl) =
        (household.members[0].person.id, household.members[1].person.id, household.members[2].person.id);
    let said = |facts: &[(&str, &str)]| -> BTreeMap<String, Vec<String>> {
        facts.iter().map(|(fact, value)| ((*fact).to_owned(), vec![(*value).to_owned()])).collect()
    };
    let mut input = totals("130", "20");
    input.facts = said(&[
        ("wall", "durable"),
        ("frame", "not_durable"),
        ("roof", "not_durable"),
        ("area_m2", "24"),
        ("water", "tap"),
        ("toilet", "none"),
        ("internet", "no"),
        ("information_means", "none"),
        ("loudspeaker", "yes"),
    ]);
    let grown = [("work", "steady"), ("allowance", "no"), ("insured", "yes")];
    input.person_facts.insert(mother, said(&grown));
    input.person_facts.insert(
        son,
        said(&[("work", "no_contract"), ("allowance", "no"), ("insured", "yes"), ("education", "upper_secondary")]),
    );
    input.person_facts.insert(girl, said(&[("insured", "yes"), ("schooling", "right_level"), ("malnourished", "no")]));
    input.class_entered = "CN".into();
    assess(&world.house, &officer, world.seen(&officer, id).await, 2023, &input).await.unwrap();

    let view = open(&world.house, &officer, id, None).await.unwrap();
    let deprived: Vec<&str> =
        view.indicators.iter().filter(|i| i.deprived == Some(true)).map(|i| i.indicator.id.as_str()).collect();
    assert_eq!(deprived, ["job", "housing_quality", "toilet", "telecom"]);
    assert_eq!(view.indicators[0].because_of.as_deref(), Some("Nguyễn Văn Nam"));
    assert!(view.indicators.iter().all(|i| i.deprived.is_some()));
    assert_eq!(view.verdict.as_ref().unwrap().b2, Some(Points::whole(40)));
    assert_eq!(
        view.differences,
        [
            Difference::B2 { entered: Points::whole(20), computed: Points::whole(40) },
            Difference::Class { entered: "near_poor".into(), computed: "poor".into() },
        ]
    );
    assert!(!view.unconfirmed.is_empty(), "indicators from memory made this B2");

    let mut wrong = input.clone();
    wrong.facts.insert("water".into(), vec!["sương".into()]);
    wrong.facts.insert("màu sơn".into(), vec!["đỏ".into()]);
    let refused = assess(&world.house, &officer, world.seen(&officer, id).await, 2023, &wrong).await;
    assert_eq!(faults(refused), ["household.màu sơn field-unknown", "household.water field-choice"]);
    world.done().await;
}

#[tokio::test]
async fn a_household_that_changes_takes_its_review_of_the_year_along() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    assess(&world.house, &officer, world.seen(&officer, id).await, 2023, &totals("130", "30")).await.unwrap();
    let child = member("Bé", "Nữ", "05/09/2023", "Con");
    record_birth(&world.house, &officer, world.seen(&officer, id).await, &child).await.unwrap();
    let assessment = open(&world.house, &officer, id, None).await.unwrap().assessment.unwrap().assessment;
    assert_eq!((assessment.size, assessment.ages.as_slice()), (4, [48, 23, 11, 0].as_slice()));

    let gone = ("moved_away", "06/09/2023", "");
    close_household(&world.house, &officer, world.seen(&officer, id).await, gone).await.unwrap();
    let view = open(&world.house, &officer, id, None).await.unwrap();
    assert!(view.assessment.is_none(), "a household that is gone stands on no list");
    assert!(view.trail.iter().any(|entry| entry.verb == "household_assessed"));
    world.done().await;
}

#[tokio::test]
async fn the_decided_class_counts_and_a_sent_list_takes_only_the_classes_it_was_sent_with() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let decide = |class: &str| DecisionInput {
        number: "15/QĐ-UBND".into(),
        day: "10/10/2023".into(),
        classes: vec![(id, class.to_owned())],
    };
    assert_eq!(code(record_decision(&world.house, &officer, 2023, &decide("poor")).await), "REG-011");
    assess(&world.house, &officer, world.seen(&officer, id).await, 2023, &totals("130", "20")).await.unwrap();
    let blank = DecisionInput { classes: vec![(id, "vua".into())], ..DecisionInput::default() };
    assert_eq!(
        faults(record_decision(&world.house, &officer, 2023, &blank).await),
        ["number field-missing", "day field-missing", "class field-choice", &format!("classes.{id} field-choice")]
    );
    record_decision(&world.house, &officer, 2023, &decide("poor")).await.unwrap();
    let view = open(&world.house, &officer, id, None).await.unwrap();
    let stored = view.assessment.unwrap();
    assert_eq!((stored.class.as_deref(), stored.class_computed.as_deref()), (Some("poor"), Some("near_poor")));
    let disagrees = Difference::Decision { decided: "poor".into(), computed: "near_poor".into() };
    assert_eq!(view.differences, [disagrees]);

    world.send(&officer, 2023).await;
    record_decision(&world.house, &officer, 2023, &decide("poor")).await.unwrap();
    assert_eq!(code(record_decision(&world.house, &officer, 2023, &decide("non_poor")).await), "REV-005");
    world.done().await;
}

#[tokio::test]
async fn b1_follows_from_the_answers_by_the_pack_in_use_and_the_page_shows_the_arithmetic() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let above = world.officer(Role::ProvinceOfficer, "province:42").await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let name = app::law::load_pack(&world.house, &above, crate::law::PACK).await.unwrap();
    app::law::use_pack(&world.house, &above, Some(&name)).await.unwrap();

    let mut input = totals("140", "30");
    let stored = assess(&world.house, &officer, world.seen(&officer, id).await, 2023, &input).await.unwrap();
    assert_eq!((stored.assessment.b1_computed, stored.class.as_deref()), (None, Some("poor")));
    let view = open(&world.house, &officer, id, None).await.unwrap();
    assert!(view.unconfirmed.is_empty(), "entered totals stand on no pack");

    input.answers.insert("size".into(), "more".into());
    let stored = assess(&world.house, &officer, world.seen(&officer, id).await, 2023, &input).await.unwrap();
    assert_eq!((stored.assessment.b1_computed, stored.class.as_deref()), (Some(Points::whole(160)), Some("non_poor")));
    let view = open(&world.house, &officer, id, None).await.unwrap();
    let b1 = view.b1.unwrap();
    assert_eq!((b1.total, b1.lines[0].points), (Some(Points::whole(160)), 160));
    assert_eq!(b1.lines[0].answer.as_ref().unwrap().en, "More");
    assert_eq!(view.differences, [Difference::B1 { entered: Points::whole(140), computed: Points::whole(160) }]);
    assert!(view.unconfirmed.iter().any(|basis| basis.norm == "packs.ha-tinh"), "nobody signed the pack off");
    world.done().await;
}

#[tokio::test]
async fn a_household_that_closed_is_not_reviewed_again() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let gone = ("moved_away", "06/09/2023", "");
    close_household(&world.house, &officer, world.seen(&officer, id).await, gone).await.unwrap();
    let seen = world.seen(&officer, id).await;
    assert_eq!(code(assess(&world.house, &officer, seen, 2023, &totals("130", "30")).await), "REG-001");
    world.done().await;
}
