//! The invented register adds up to the published counts.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use app::access::{Mode, sample_actors, setup, start_sample};
use app::law::active_pack;
use app::registry::evaluated;
use app::reporting::{mark_official, standing};
use app::units::totals;
use domain::access::Role;
use domain::review::ListState;
use domain::review::form::Outcome;
use kernel::{Page, Rate};

use crate::world::{code, empty_house};

#[tokio::test]
async fn the_sample_register_adds_up_to_the_published_counts_of_two_years() {
    let (house, _, database) = empty_house().await;
    let heard = Mutex::new(Vec::new());
    start_sample(&house, |percent| heard.lock().unwrap().push(percent)).await.unwrap();
    assert!(heard.lock().unwrap().is_sorted());
    assert_eq!(heard.lock().unwrap().last(), Some(&100));

    let set = setup(&house).await.unwrap().unwrap();
    assert_eq!((set.mode, set.year), (Mode::Sample, 2023));
    assert_eq!(code(start_sample(&house, |_| ()).await), "ACC-012");
    assert!(active_pack(&house).await.unwrap().is_some());

    let actors = sample_actors(&house).await.unwrap();
    let mut roles: Vec<Role> = actors.iter().map(|actor| actor.role).collect();
    assert_eq!(
        roles.iter().filter(|role| **role == Role::ProvinceOfficer).count(),
        2,
        "one compiles, the other approves"
    );
    roles.dedup();
    assert_eq!(roles, Role::ALL);
    let province = actors.iter().find(|actor| actor.role == Role::ProvinceOfficer).unwrap();
    let mut work = house.store.read().await.unwrap();
    for (year, poor, near_poor) in [(2022, 14_527, 15_486), (2023, 11_572, 12_947)] {
        let counts: HashMap<Option<String>, i64> =
            work.class_counts(&province.scope, year).await.unwrap().into_iter().collect();
        assert_eq!(counts.get(&Some("poor".to_owned())), Some(&poor), "{year}");
        assert_eq!(counts.get(&Some("near_poor".to_owned())), Some(&near_poor), "{year}");
        let read = totals(&house, province, None, year).await.unwrap();
        assert_eq!((read.households, read.persons, read.missing), (383_300, 1_317_200, 0));
    }
    assert_eq!(Rate::of(14_527, 383_300).unwrap().percent(), "3,79");
    assert_eq!(Rate::of(15_486, 383_300).unwrap().percent(), "4,04");

    let lists = work.submissions(&province.scope, 2023).await.unwrap();
    assert_eq!(lists.iter().filter(|list| list.state == ListState::Returned).count(), 1);
    let sent_up = lists.iter().filter(|list| list.state == ListState::Sent).count();
    assert!((60..120).contains(&sent_up), "{sent_up} sent");
    let commune = actors.iter().find(|actor| actor.role == Role::CommuneOfficer).unwrap();
    assert!(work.submission(&commune.scope, 2023).await.unwrap().is_none(), "the officer's own list is open");
    drop(work);
    last_year_stands_frozen(&house, province).await;
    classes_follow_from_scores(&house, province).await;
    papers_are_borne_once(&house, commune).await;
    surveys_are_answered(&house, commune).await;
    every_check_under_every_form_passes(&house, &actors).await;
    database.remove().await;
}

async fn last_year_stands_frozen(house: &app::House, province: &domain::access::Actor) {
    let decided = standing(house, province, &province.scope, 2022).await.unwrap();
    let approved = decided.approved.unwrap();
    assert_eq!((approved.households, approved.is_sample), (30_013, true));
    let snapshot = house.archive().unwrap().open(&approved.name).unwrap();
    let again = snapshots::replay(&snapshot, &house.norms).unwrap();
    assert!(again.is_equal(), "{} classes, {} numbers differ", again.classes.len(), again.numbers.len());
    assert_eq!(code(mark_official(house, province, &province.scope, 2023).await), "RPT-003");
}

async fn classes_follow_from_scores(house: &app::House, province: &domain::access::Actor) {
    let mut work = house.store.read().await.unwrap();
    for year in [2022, 2023] {
        let rules = house.rules(year, "42").unwrap();
        for stored in work.assessments_of_year(&province.scope, year).await.unwrap() {
            let again = evaluated(stored.assessment.clone(), &rules);
            assert_eq!(again, stored);
            assert_eq!(stored.class, stored.class_computed);
            assert!(stored.assessment.differences(&rules).is_empty());
        }
    }
}

async fn papers_are_borne_once(house: &app::House, officer: &domain::access::Actor) {
    let mut work = house.store.read().await.unwrap();
    let filter = storage::HouseholdFilter::new(officer.scope.clone(), 2023);
    let rows = work.households(&filter, Page::new(1, 1000)).await.unwrap().rows;
    assert!(rows.len() > 50, "{} households", rows.len());
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut seen = HashSet::new();
    let households = work.households_by_id(&officer.scope, &ids).await.unwrap();
    for person in households.iter().flat_map(domain::registry::Household::present).map(|member| &member.person) {
        assert!(person.paper.as_ref().is_none_or(|paper| seen.insert(paper.clone())), "{person:?}");
    }
}

/// In the commune whose officer anybody may play, a change of one answer shows what it does.
async fn surveys_are_answered(house: &app::House, officer: &domain::access::Actor) {
    let mut work = house.store.read().await.unwrap();
    let rules = house.rules(2023, "42").unwrap();
    let list = work.assessments_of_year(&officer.scope, 2023).await.unwrap();
    let indicators = rules.indicators.value.indicators.len();
    let answered = |s: &&storage::StoredAssessment| {
        s.assessment.b1_computed.is_some() && s.assessment.marks_computed.is_complete(indicators)
    };
    let count = list.iter().filter(answered).count();
    assert!(count * 10 > list.len() * 9, "{count} of {} surveys are answered", list.len());
}

/// Loading takes a while, so the forms are read from the same register.
async fn every_check_under_every_form_passes(house: &app::House, actors: &[domain::access::Actor]) {
    let rules = house.rules(2023, "42").unwrap();
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let reads = |actor: &&domain::access::Actor| actor.may(domain::access::Verb::ReadForms);
    for actor in actors.iter().filter(reads).filter(|actor| actor.role != Role::Administrator) {
        let views = app::review::forms::forms(house, actor, None, 2023, &numbers).await.unwrap();
        assert_eq!(views.len(), numbers.len());
        for view in views {
            for check in &view.checks {
                let number = &view.form.layout.value.number;
                assert_eq!(check.outcome, Outcome::Passed, "{} form {number}: {check:?}", actor.role.id());
            }
            assert!(!view.may_be_official, "sample data are never official");
        }
    }
}
