//! Assessments and lists on their way up.

use domain::review::{Decision, ListState, Marks};
use kernel::{Day, HouseholdId, Ids, IntakeId, ListDecisionId, Page, Points};
use storage::{HouseholdFilter, ListDecision, StorageError, Store};

use super::{committed, read, write};
use crate::World;

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

pub async fn an_assessment_is_found_as_saved(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let mut line = world.assessment(&household, 2023, Some("near_poor"));
    let a = &mut line.assessment;
    a.area = norms::Area::Urban;
    a.listed = false;
    a.ages = vec![70, 3, 0];
    a.ethnicity = Some(22);
    a.b1_computed = Some(Points(1_205));
    a.pack = Some("b1.sample".to_owned());
    a.marks_computed = Marks::default().with(12, true).with(11, false);
    a.facts.household.insert("roof".to_owned(), domain::review::FactValue::One("tile".to_owned()));
    a.facts.answers.insert("item 1".to_owned(), "yes".to_owned());
    a.causes = 1 << 11;
    a.cause_other = Some("thiên tai".to_owned());
    a.groups = 0b101;
    a.decision =
        Some(Decision {
            number: "15/QĐ-UBND".to_owned(), day: Some(day("2023-12-20")), class: "near_poor".to_owned()
        });
    a.intake = Some(IntakeId(world.ids.next()));
    line.class_computed = Some("poor".to_owned());
    committed!(store, w =>
        w.add_villages(&[village]),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(std::slice::from_ref(&line)),
    );
    let mut work = read(store).await;
    assert_eq!(work.assessments(&world.province(), household.id).await.unwrap(), std::slice::from_ref(&line));
    assert_eq!(work.assessments_of_year(&world.commune("18073"), 2023).await.unwrap(), std::slice::from_ref(&line));
    assert_eq!(work.assessments_by_household(2023, &[household.id]).await.unwrap(), [line]);
}

pub async fn an_assessment_replaces_that_of_the_same_year(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let first = world.assessment(&household, 2023, Some("poor"));
    let earlier = world.assessment(&household, 2022, Some("poor"));
    let second = world.assessment(&household, 2023, Some("near_poor"));
    committed!(store, w =>
        w.add_villages(&[village]),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(&[first, earlier.clone()]),
        w.save_assessments(std::slice::from_ref(&second)),
    );
    let mut work = read(store).await;
    assert_eq!(work.assessments(&world.province(), household.id).await.unwrap(), [second, earlier]);
    let near_poor = HouseholdFilter::new(world.province(), 2023).class(Some("near_poor"));
    assert_eq!(work.households(&near_poor, Page::new(1, 10)).await.unwrap().total, 1);
}

pub async fn assessments_stay_where_the_household_lived(store: &dyn Store) {
    let world = World::new(1);
    let (from, to) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    let household = world.household(&from, "Lê An").build();
    let line = world.assessment(&household, 2022, Some("poor"));
    committed!(store, w =>
        w.add_villages(&[from, to.clone()]),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(std::slice::from_ref(&line)),
    );
    let stored = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    let moved = stored.moved_to(to.place(), day("2023-03-01"), "out", "in", day("2023-12-31")).unwrap();
    committed!(store, w => w.save_household(&moved));

    let mut work = read(store).await;
    assert_eq!(work.assessments_of_year(&world.commune("18073"), 2022).await.unwrap().len(), 1);
    assert!(work.assessments_of_year(&world.commune("18001"), 2022).await.unwrap().is_empty());
    // The new commune sees the history of its household.
    assert_eq!(work.assessments(&world.commune("18001"), household.id).await.unwrap(), [line]);
    assert_eq!(work.classes_before(&world.commune("18001"), 2023).await.unwrap().len(), 1);
}

pub async fn assessments_outside_the_scope_are_hidden(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").event("2023-02-01", "founded").build();
    let lines = [world.assessment(&household, 2023, Some("poor")), world.assessment(&household, 2022, Some("poor"))];
    committed!(store, w =>
        w.add_villages(&[village]),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(&lines),
    );
    let mut work = write(store).await;
    let other = world.commune("18001");
    assert!(work.assessments(&other, household.id).await.unwrap().is_empty());
    assert!(work.assessments_of_year(&other, 2023).await.unwrap().is_empty());
    assert!(work.classes_before(&other, 2023).await.unwrap().is_empty());
    assert!(work.class_counts(&other, 2023).await.unwrap().is_empty());
    assert!(work.years(&other).await.unwrap().is_empty());
    assert!(work.events_between(&other, day("2023-01-01"), day("2023-12-31")).await.unwrap().is_empty());
    work.remove_assessments(&other, 2023, &[household.id]).await.unwrap();
    assert_eq!(work.assessments_of_year(&world.commune("18073"), 2023).await.unwrap().len(), 1);
}

pub async fn removed_assessments_are_gone_from_the_list(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let lines = [world.assessment(&household, 2023, Some("poor")), world.assessment(&household, 2022, Some("poor"))];
    committed!(store, w =>
        w.add_villages(&[village]),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(&lines),
        w.remove_assessments(&world.commune("18073"), 2023, &[household.id]),
    );
    let mut work = read(store).await;
    for (year, left) in [(2023, 0), (2022, 1)] {
        let filter = HouseholdFilter::new(world.province(), year).class(Some("poor"));
        assert_eq!(work.households(&filter, Page::new(1, 10)).await.unwrap().total, left);
        assert_eq!(work.assessments_of_year(&world.province(), year).await.unwrap().len() as i64, left);
    }
}

pub async fn classes_before_a_year_come_without_that_year(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let lines: Vec<_> = [(2021, Some("poor")), (2022, None), (2023, Some("near_poor"))]
        .map(|(year, class)| world.assessment(&household, year, class))
        .into();
    committed!(store, w =>
        w.add_villages(&[village]),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(&lines),
    );
    let found = read(store).await.classes_before(&world.district("439"), 2023).await.unwrap();
    let found: Vec<_> = found.iter().map(|c| (c.household, c.year, c.class.as_deref())).collect();
    assert_eq!(found, [(household.id, 2021, Some("poor")), (household.id, 2022, None)]);
}

pub async fn classes_are_counted_by_the_place_of_the_review(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    let mut households: Vec<_> = (0..5).map(|_| world.household(&one, "Lê An").build()).collect();
    households.push(world.household(&other, "Lê An").build());
    let classes = [Some("poor"), Some("poor"), Some("near_poor"), None, None, Some("poor")];
    let lines: Vec<_> = households.iter().zip(classes).map(|(h, class)| world.assessment(h, 2023, class)).collect();
    committed!(store, w => w.add_villages(&[one, other]), w.add_households(&households), w.save_assessments(&lines));
    let mut work = read(store).await;
    let mut counts = work.class_counts(&world.commune("18073"), 2023).await.unwrap();
    counts.sort();
    assert_eq!(counts, [(None, 2), (Some("near_poor".to_owned()), 1), (Some("poor".to_owned()), 2)]);
    let total: i64 = work.class_counts(&world.province(), 2023).await.unwrap().iter().map(|(_, n)| n).sum();
    assert_eq!(total, 6);
}

pub async fn events_between_two_days_include_both(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world
        .household(&village, "Lê An")
        .event("2022-12-31", "before")
        .event("2023-01-01", "first")
        .event("2023-12-31", "last")
        .event("2024-01-01", "after")
        .build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));
    let found =
        read(store).await.events_between(&world.commune("18073"), day("2023-01-01"), day("2023-12-31")).await.unwrap();
    let kinds: Vec<_> = found.iter().map(|(id, event)| (*id, event.kind.as_str())).collect();
    assert_eq!(kinds, [(household.id, "first"), (household.id, "last")]);
}

pub async fn years_with_assessments_are_listed_newest_first(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let lines: Vec<_> = [2022, 2024, 2023].map(|year| world.assessment(&household, year, None)).into();
    committed!(store, w => w.add_villages(&[village]), w.add_households(&[household]), w.save_assessments(&lines));
    assert_eq!(read(store).await.years(&world.district("439")).await.unwrap(), [2024, 2023, 2022]);
}

pub async fn a_submission_saved_twice_at_the_same_version_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let open = world.submission("18073", 2023);
    committed!(store, w => w.save_submission(&open));
    let stored = read(store).await.submission(&world.commune("18073"), 2023).await.unwrap().unwrap();
    assert_eq!(stored.version, 1);
    let sent = stored.send((world.user(), "Lê Thị Cán Bộ"), 12, 0, day("2023-12-20")).unwrap();
    committed!(store, w => w.save_submission(&sent));
    let mut work = write(store).await;
    assert!(matches!(work.save_submission(&sent).await, Err(StorageError::Conflict { record: "list" })));
    drop(work);
    let stored = read(store).await.submission(&world.commune("18073"), 2023).await.unwrap().unwrap();
    assert_eq!(stored, domain::review::Submission { version: 2, ..sent });
    assert_eq!((stored.state, stored.households), (ListState::Sent, 12));
}

pub async fn one_commune_has_one_list_a_year(store: &dyn Store) {
    let world = World::new(1);
    committed!(store, w => w.save_submission(&world.submission("18073", 2023)));
    let mut work = write(store).await;
    let again = work.save_submission(&world.submission("18073", 2023)).await;
    assert!(matches!(again, Err(StorageError::Conflict { .. })), "{again:?}");
}

pub async fn submissions_outside_the_scope_are_hidden(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.submission("18073", 2023), world.submission("18001", 2023));
    committed!(store, w => w.save_submission(&one), w.save_submission(&other));
    let mut work = read(store).await;
    let codes = |found: Vec<domain::review::Submission>| found.into_iter().map(|s| s.commune).collect::<Vec<_>>();
    assert_eq!(codes(work.submissions(&world.district("439"), 2023).await.unwrap()), ["18073"]);
    assert_eq!(codes(work.submissions(&world.province(), 2023).await.unwrap()), ["18001", "18073"]);
    assert!(work.submissions(&world.province(), 2022).await.unwrap().is_empty());
    assert!(work.submission(&world.commune("18070"), 2023).await.unwrap().is_none());
}

pub async fn decisions_on_a_list_are_kept_with_what_was_before(store: &dyn Store) {
    let world = World::new(1);
    let before = Decision { number: "1/QĐ".to_owned(), day: None, class: "poor".to_owned() };
    let recorded = ListDecision {
        id: ListDecisionId(world.ids.next()),
        commune: world.commune("18073"),
        year: 2023,
        number: "15/QĐ-UBND".to_owned(),
        day: day("2023-12-20"),
        by: world.user(),
        by_name: "Lê Thị Cán Bộ".to_owned(),
        at_ms: 9,
        is_undone: false,
        households: vec![(HouseholdId(world.ids.next()), None), (HouseholdId(world.ids.next()), Some(before))],
        version: 0,
    };
    committed!(store, w => w.save_list_decision(&recorded));
    let undone = ListDecision { is_undone: true, version: 1, ..recorded.clone() };
    committed!(store, w => w.save_list_decision(&undone));
    let stale = write(store).await.save_list_decision(&undone).await;
    assert!(matches!(stale, Err(StorageError::Conflict { record: "list_decision" })));
    let mut work = read(store).await;
    let found = work.list_decisions(&world.commune("18073"), 2023).await.unwrap();
    assert_eq!(found, [ListDecision { version: 2, ..undone }]);
    for (scope, year) in [(world.commune("18070"), 2023), (world.commune("18073"), 2022), (world.province(), 2023)] {
        assert!(work.list_decisions(&scope, year).await.unwrap().is_empty(), "{scope:?} {year}");
    }
}
