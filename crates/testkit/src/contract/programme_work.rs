//! Activities, needs, staff, models, duties with their files, and the facts that targets are counted from.

use std::collections::BTreeMap;

use domain::programme::money::{MoneyEntry, MoneyMove};
use domain::programme::target::Lists;
use domain::programme::work::{Activity, Model, Need, Staff, Who};
use domain::units::{Place, Scope, Village, VillageTotal};
use kernel::{ActivityId, Day, EvidenceId, IntakeId, ModelId, MoneyId, NeedId, Page, StaffId, UserId, VillageId};
use storage::{
    ActivityFilter, DutyRecord, EvidenceRecord, FactChanges, MoneyFilter, SheetKey, StorageError, Store, StoredSheet,
    WorkImport,
};
use uuid::Uuid;

use super::{committed, read, write};
use crate::World;

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap_or(Day::first_of(2023))
}

fn place(world: &World, commune: &str) -> Place {
    Place { village: VillageId(Uuid::nil()), ..world.village(commune, "Thôn 1").place() }
}

fn activity(world: &World, commune: &str, number: u128, who: Vec<Who>) -> Activity {
    Activity {
        id: ActivityId(Uuid::from_u128(number)),
        kind: "farm_training".to_owned(),
        day: day("2023-05-04"),
        place: place(world, commune),
        content: "Tập huấn nuôi bò".to_owned(),
        agency: "UBND xã".to_owned(),
        money: 5_000_000,
        fields: BTreeMap::from([("days".to_owned(), "2".to_owned())]),
        participants: who,
        intake: None,
        version: 1,
    }
}

fn model(world: &World, number: u128) -> Model {
    Model {
        id: ModelId(Uuid::from_u128(number)),
        name: "Nuôi bò".to_owned(),
        project: "P2".to_owned(),
        mode: "task".to_owned(),
        sector: "farming".to_owned(),
        lead: Some("agency".to_owned()),
        lead_name: String::new(),
        reason: None,
        place: place(world, "18073"),
        approved: Some(day("2023-02-01")),
        started: None,
        state_money: 100,
        direct_money: Some(70),
        members: vec![kernel::HouseholdId(Uuid::from_u128(8)), kernel::HouseholdId(Uuid::from_u128(9))],
        others: 3,
        version: 1,
    }
}

fn staff(world: &World) -> Staff {
    Staff {
        id: StaffId(Uuid::from_u128(4)),
        name: "Lê Thị Hoa".to_owned(),
        sex: None,
        level: "commune".to_owned(),
        office: String::new(),
        place: place(world, "18073"),
        since: day("2023-01-01"),
        left: None,
    }
}

fn key(world: &World, commune: &str) -> SheetKey {
    let place = place(world, commune);
    SheetKey {
        units_from: place.units_from,
        province: place.province,
        district: place.district,
        commune: place.commune,
    }
}

async fn version(store: &dyn Store, scope: &Scope) -> i64 {
    read(store).await.fact_versions(scope).await.unwrap().iter().map(|(_, version)| version).sum()
}

pub async fn an_activity_is_found_as_recorded_within_its_scope(store: &dyn Store) {
    let world = World::new(1);
    let who = vec![Who::Person(kernel::PersonId(Uuid::from_u128(7)))];
    let recorded = activity(&world, "18073", 1, who);
    committed!(store, w => w.add_activities(std::slice::from_ref(&recorded)));

    let mut work = read(store).await;
    assert_eq!(work.activity(&world.commune("18073"), recorded.id).await.unwrap(), Some(recorded.clone()));
    assert_eq!(work.activity(&world.commune("18001"), recorded.id).await.unwrap(), None);
    let filter = ActivityFilter::new(world.province(), 2023);
    let found = work.activities(&filter, Page::new(1, 10)).await.unwrap();
    assert_eq!((found.total, found.rows[0].participants), (1, 1));
    let elsewhere = ActivityFilter::new(world.province(), 2022);
    assert_eq!(work.activities(&elsewhere, Page::new(1, 10)).await.unwrap().total, 0);
}

pub async fn participants_are_summed_as_different_people(store: &dyn Store) {
    let world = World::new(1);
    let who = |n| Who::Person(kernel::PersonId(Uuid::from_u128(n)));
    let first = activity(&world, "18073", 1, vec![who(7), who(8)]);
    let second = activity(&world, "18073", 2, vec![who(8)]);
    committed!(store, w => w.add_activities(&[first, second]));

    let filter = ActivityFilter::new(world.province(), 2023);
    let sums = read(store).await.activity_sums(&filter).await.unwrap();
    assert_eq!(sums, [("farm_training".to_owned(), 2, 2, 10_000_000)]);
}

pub async fn an_activity_saved_twice_at_the_same_version_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let recorded = activity(&world, "18073", 1, Vec::new());
    let corrected = Activity { content: "Tập huấn nuôi dê".to_owned(), ..recorded.clone() };
    committed!(store, w => w.add_activities(std::slice::from_ref(&recorded)), w.save_activity(&corrected));

    let again = write(store).await.save_activity(&corrected).await;
    assert!(matches!(again, Err(StorageError::Conflict { record: "activity" })), "{again:?}");
}

pub async fn an_import_of_work_is_taken_back_whole(store: &dyn Store) {
    let world = World::new(1);
    let intake = IntakeId(Uuid::from_u128(5));
    let brought = Activity { intake: Some(intake), ..activity(&world, "18073", 1, Vec::new()) };
    let by_hand = activity(&world, "18073", 2, Vec::new());
    let need = Need {
        id: NeedId(Uuid::from_u128(3)),
        kind: "job".to_owned(),
        who: Who::Person(kernel::PersonId(Uuid::from_u128(7))),
        place: place(&world, "18073"),
        day: day("2023-01-20"),
        note: String::new(),
        intake: Some(intake),
    };
    committed!(store, w => w.add_activities(&[brought, by_hand.clone()]), w.add_needs(&[need]));

    let mut work = write(store).await;
    assert_eq!(work.remove_import(&world.commune("18001"), intake).await.unwrap(), 0);
    assert_eq!(work.remove_import(&world.commune("18073"), intake).await.unwrap(), 2);
    work.commit().await.unwrap();
    let filter = ActivityFilter::new(world.province(), 2023);
    let left = read(store).await.activities(&filter, Page::new(1, 10)).await.unwrap();
    assert_eq!(left.rows.iter().map(|row| row.activity.id).collect::<Vec<_>>(), [by_hand.id]);
}

fn need(world: &World, number: u128, who: Who, of: &str) -> Need {
    Need {
        id: NeedId(Uuid::from_u128(number)),
        kind: "job".to_owned(),
        who,
        place: place(world, "18073"),
        day: day(of),
        note: String::new(),
        intake: None,
    }
}

pub async fn one_person_has_a_need_of_a_kind_once_a_year(store: &dyn Store) {
    let world = World::new(1);
    let need = |number, of| need(&world, number, Who::Person(kernel::PersonId(Uuid::from_u128(7))), of);
    committed!(store, w => w.add_needs(&[need(1, "2023-01-20")]));
    let again = write(store).await.add_needs(&[need(2, "2023-11-20")]).await;
    assert!(matches!(again, Err(StorageError::Conflict { record: "need" })), "{again:?}");
    committed!(store, w => w.add_needs(&[need(3, "2024-01-20")]));

    let mut work = read(store).await;
    for year in [2023, 2024] {
        assert_eq!(work.need_sums(&world.province(), year).await.unwrap(), [("job".to_owned(), 1)]);
        let page = work.needs(&world.province(), (year, Some("job")), Page::new(1, 10)).await.unwrap();
        assert_eq!((page.total, page.rows[0].0.day.year()), (1, year));
    }
    assert!(work.need_sums(&world.commune("18001"), 2023).await.unwrap().is_empty());
    assert_eq!(work.needs(&world.province(), (2022, None), Page::new(1, 10)).await.unwrap().total, 0);
}

pub async fn a_need_counts_in_its_own_year_alone(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Nguyễn Văn An").build();
    let person = Who::Person(household.members[0].person.id);
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.add_households(std::slice::from_ref(&household)),
        w.add_needs(&[need(&world, 1, person, "2023-01-20"), need(&world, 2, person, "2024-02-10")]),
    );
    for (year, expected) in [(2022, vec![]), (2023, vec![day("2023-01-20")]), (2024, vec![day("2024-02-10")])] {
        let lists = Lists { year, in_force: year };
        let rows = read(store).await.fact_rows(&key(&world, "18073"), lists, 3, None).await.unwrap();
        assert_eq!(rows.needs.iter().map(|need| need.day).collect::<Vec<_>>(), expected, "{year}");
    }
}

pub async fn a_model_keeps_its_households_within_its_scope(store: &dyn Store) {
    let world = World::new(1);
    let model = model(&world, 1);
    committed!(store, w => w.add_models(std::slice::from_ref(&model)));
    let mut work = read(store).await;
    assert_eq!(work.model(&world.province(), model.id).await.unwrap(), Some(model.clone()));
    assert_eq!(work.model(&world.commune("18001"), model.id).await.unwrap(), None);
    assert_eq!(work.models(&world.province(), Some(2023)).await.unwrap(), [model]);
}

pub async fn a_model_taken_away_is_gone_with_its_households(store: &dyn Store) {
    let world = World::new(1);
    let model = model(&world, 1);
    committed!(store, w => w.add_models(&[model.clone(), self::model(&world, 2)]));
    committed!(store, w => w.remove_model(&world.commune("18001"), model.id));
    assert!(read(store).await.model(&world.province(), model.id).await.unwrap().is_some(), "not from outside its unit");
    let before = version(store, &world.commune("18073")).await;
    committed!(store, w => w.remove_model(&world.commune("18073"), model.id));
    assert_eq!(read(store).await.model(&world.province(), model.id).await.unwrap(), None);
    assert_eq!(read(store).await.models(&world.province(), None).await.unwrap().len(), 1);
    assert!(version(store, &world.commune("18073")).await > before, "targets are counted anew");
    committed!(store, w => w.add_models(std::slice::from_ref(&model)));
}

pub async fn staff_leave_the_list_on_a_day_or_were_never_on_it(store: &dyn Store) {
    let world = World::new(1);
    let mut staff = staff(&world);
    committed!(store, w => w.add_staff(std::slice::from_ref(&staff)));
    staff.left = Some(day("2023-07-01"));
    let before = version(store, &world.commune("18073")).await;
    committed!(store, w => w.save_staff_left(&staff));
    assert!(version(store, &world.commune("18073")).await > before, "targets are counted anew");
    let mut work = read(store).await;
    assert_eq!(work.staff_member(&world.commune("18073"), staff.id).await.unwrap(), Some(staff.clone()));
    assert_eq!(work.staff_member(&world.commune("18001"), staff.id).await.unwrap(), None);
    drop(work);
    committed!(store, w => w.remove_staff(&world.commune("18001"), staff.id));
    assert_eq!(read(store).await.staff(&world.province()).await.unwrap(), [staff.clone()]);
    committed!(store, w => w.remove_staff(&world.commune("18073"), staff.id));
    assert!(read(store).await.staff(&world.province()).await.unwrap().is_empty());
}

pub async fn what_was_recorded_already_is_found_before_it_is_recorded_again(store: &dyn Store) {
    let world = World::new(1);
    let recorded = activity(&world, "18073", 1, Vec::new());
    let (had, new) =
        (Who::Person(kernel::PersonId(Uuid::from_u128(7))), Who::Person(kernel::PersonId(Uuid::from_u128(8))));
    let need = Need {
        id: NeedId(Uuid::from_u128(3)),
        kind: "job".to_owned(),
        who: had,
        place: place(&world, "18073"),
        day: day("2023-01-20"),
        note: String::new(),
        intake: None,
    };
    committed!(store, w => w.add_activities(std::slice::from_ref(&recorded)), w.add_needs(&[need]));
    let mut work = read(store).await;
    assert_eq!(work.activity_like(&recorded).await.unwrap(), Some(recorded.id));
    let others = [
        Activity { day: day("2023-05-05"), ..recorded.clone() },
        Activity { kind: "farm_inputs".to_owned(), ..recorded.clone() },
        Activity { content: "Tập huấn nuôi dê".to_owned(), ..recorded.clone() },
        Activity { place: place(&world, "18001"), ..recorded.clone() },
    ];
    for other in others {
        assert_eq!(work.activity_like(&other).await.unwrap(), None, "{other:?}");
    }
    assert_eq!(work.have_need("job", 2023, &[had, new]).await.unwrap(), [had]);
    assert!(work.have_need("job", 2024, &[had, new]).await.unwrap().is_empty(), "a need is of its year");
    assert!(work.have_need("telecom", 2023, &[had, new]).await.unwrap().is_empty());
}

pub async fn a_file_of_work_is_known_until_its_import_is_taken_back(store: &dyn Store) {
    let world = World::new(1);
    let import = WorkImport {
        id: IntakeId(Uuid::from_u128(5)),
        hash: "abcd".to_owned(),
        place: place(&world, "18073"),
        by_name: "Lan".to_owned(),
        at_ms: 1,
    };
    let brought = Activity { intake: Some(import.id), ..activity(&world, "18073", 1, Vec::new()) };
    committed!(store, w => w.add_work_import(&import), w.add_activities(&[brought]));
    let mut work = read(store).await;
    assert_eq!(work.work_import_like(&world.district("439"), "abcd").await.unwrap(), Some(import.clone()));
    assert_eq!(work.work_import_like(&world.district("439"), "abce").await.unwrap(), None);
    assert_eq!(work.work_import_like(&world.commune("18001"), "abcd").await.unwrap(), None);
    drop(work);
    committed!(store, w => w.remove_import(&world.commune("18073"), import.id));
    assert_eq!(read(store).await.work_import_like(&world.district("439"), "abcd").await.unwrap(), None);
}

pub async fn a_duty_closed_twice_at_the_same_version_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let duty = DutyRecord {
        unit: world.district("444"),
        year: 2023,
        duty: "K25".to_owned(),
        due: Some(day("2023-12-31")),
        done: Some(day("2023-12-20")),
        note: "Đã giải ngân".to_owned(),
        by_name: "Lan".to_owned(),
        version: 0,
    };
    committed!(store, w => w.save_duty(&duty));
    let again = write(store).await.save_duty(&duty).await;
    assert!(matches!(again, Err(StorageError::Conflict { record: "duty" })), "{again:?}");
    let found = read(store).await.duties(&world.district("444"), 2023).await.unwrap();
    assert_eq!(found, [DutyRecord { version: 1, ..duty }]);
    assert!(read(store).await.duties(&world.district("436"), 2023).await.unwrap().is_empty());
}

pub async fn a_file_is_kept_once_and_given_back_within_the_scope(store: &dyn Store) {
    let world = World::new(1);
    let evidence = |number| EvidenceRecord {
        id: EvidenceId(Uuid::from_u128(number)),
        unit: world.district("444"),
        year: 2023,
        subject: "duty".to_owned(),
        subject_id: "K25".to_owned(),
        file_name: "bao-cao.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 4,
        hash: "abcd".to_owned(),
        by: UserId(Uuid::from_u128(9)),
        by_name: "Lan".to_owned(),
        at_ms: i64::try_from(number).unwrap_or(0),
    };
    committed!(store, w => w.add_evidence(&evidence(1), b"%PDF"), w.add_evidence(&evidence(2), b"%PDF"));
    let mut work = read(store).await;
    let found = work.evidence_file(&world.district("444"), EvidenceId(Uuid::from_u128(1))).await.unwrap();
    assert_eq!(found, Some((evidence(1), b"%PDF".to_vec())));
    assert_eq!(work.evidence_file(&world.district("436"), EvidenceId(Uuid::from_u128(1))).await.unwrap(), None);
    let listed = work.evidence(&world.district("444"), ("duty", "K25"), 2023).await.unwrap();
    assert_eq!(listed, [evidence(2), evidence(1)]);
}

pub async fn forms_read_the_households_of_a_commune_wherever_their_lists_lie(store: &dyn Store) {
    let world = World::new(1);
    let (home, away) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 2"));
    let stayed = world.household(&home, "Nguyễn Văn An").build();
    let came = world.household(&home, "Trần Thị Bình").build();
    let mut last = world.assessment(&came, 2022, Some("near_poor"));
    last.assessment.place = away.place();
    let mut long_ago = world.assessment(&came, 2020, Some("poor"));
    long_ago.assessment.place = away.place();
    let now = world.assessment(&stayed, 2023, Some("poor"));
    let earlier = world.assessment(&stayed, 2021, Some("poor"));
    committed!(store, w =>
        w.add_villages(&[home.clone(), away.clone()]),
        w.add_households(&[stayed.clone(), came.clone()]),
        w.save_assessments(&[now, last, long_ago, earlier]),
    );
    let facts = read(store).await.home_facts(&key(&world, "18073"), 2023, None).await.unwrap();
    let places = |list: &[domain::review::Reviewed]| -> Vec<(kernel::HouseholdId, String)> {
        list.iter().map(|reviewed| (reviewed.household, reviewed.place.commune.clone())).collect()
    };
    assert_eq!(places(&facts.now), [(stayed.id, "18073".to_owned())]);
    assert_eq!(places(&facts.before), [(came.id, "18001".to_owned())]);
    let mut earlier: Vec<_> =
        facts.earlier.iter().map(|e| (e.household, e.elsewhere.as_ref().map(|place| place.commune.clone()))).collect();
    earlier.sort();
    let mut expected = vec![(stayed.id, None), (came.id, Some("18001".to_owned()))];
    expected.sort();
    assert_eq!(earlier, expected);
    let some = read(store).await.home_facts(&key(&world, "18073"), 2023, Some(&[came.id])).await.unwrap();
    assert_eq!((some.now.len(), some.before.len(), some.earlier.len()), (0, 1, 1));
    let elsewhere = read(store).await.home_facts(&key(&world, "18001"), 2023, None).await.unwrap();
    assert!(elsewhere.listed().is_empty(), "nobody lives there any more");

    let counts = read(store).await.village_classes(&key(&world, "18001"), 2022).await.unwrap();
    let told: Vec<_> = counts.iter().map(|c| (c.village, c.class.as_deref(), c.households)).collect();
    assert_eq!(told, [(away.id, Some("near_poor"), 1)]);
    assert_eq!(read(store).await.fact_provinces().await.unwrap(), [world.province()]);
}

pub async fn totals_of_a_commune_are_those_of_its_villages(store: &dyn Store) {
    let world = World::new(1);
    let villages =
        [world.village("18073", "Thôn 1"), world.village("18073", "Thôn 2"), world.village("18001", "Thôn 1")];
    let total = |of: &Village, households, persons| VillageTotal { village: of.id, year: 2023, households, persons };
    committed!(store, w =>
        w.add_villages(&villages),
        w.save_village_totals(&[total(&villages[0], 100, 400), total(&villages[2], 7, 20)]),
    );
    let found = read(store).await.commune_totals(&world.province(), 2023).await.unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|(place, of)| (place.commune.as_str(), of.households, of.persons, of.villages_missing))
        .collect();
    assert_eq!(told, [("18001", 7, 20, 0), ("18073", 100, 400, 1)]);
    assert_eq!(read(store).await.commune_totals(&world.commune("18073"), 2022).await.unwrap()[0].1.villages_missing, 2);
}

pub async fn working_rows_are_those_reviewed_in_the_commune_in_the_year(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Nguyễn Văn An").build();
    let mut now = world.assessment(&household, 2023, Some("poor"));
    now.assessment.area = norms::Area::Urban;
    now.assessment.ethnicity = Some(22);
    now.assessment.size = 5;
    now.assessment.groups = 0b101;
    now.assessment.marks_entered = domain::review::Marks::default().with(1, true).with(2, true);
    now.assessment.marks_computed = domain::review::Marks::default().with(2, false);
    let last = world.assessment(&household, 2022, Some("near_poor"));
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(&[now.clone(), last]),
    );
    let before = version(store, &world.commune("18073")).await;
    let rows = read(store).await.working_rows(&key(&world, "18073"), 2023).await.unwrap();
    let row = storage::WorkingRow {
        household: household.id,
        village: village.id,
        area: norms::Area::Urban,
        ethnicity: Some(22),
        head_sex: household.head().and_then(|head| head.person.sex),
        size: 5,
        class: Some("poor".to_owned()),
        marks: now.assessment.marks(),
        groups: 0b101,
    };
    assert_eq!(rows, [row]);
    assert_eq!(read(store).await.working_rows(&key(&world, "18001"), 2023).await.unwrap(), []);
    assert_eq!(read(store).await.working_rows(&key(&world, "18073"), 2021).await.unwrap(), []);

    now.assessment.marks_computed = now.assessment.marks_computed.with(3, true);
    committed!(store, w => w.save_assessments(&[now]));
    assert!(
        version(store, &world.commune("18073")).await > before,
        "a mark changed, and the commune's version says so"
    );
}

pub async fn facts_hold_those_present_with_needs_and_work_of_the_year(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Nguyễn Văn An").build();
    let person = household.members[0].person.id;
    let trained = activity(&world, "18073", 1, vec![Who::Person(person)]);
    let last_year = Activity { day: day("2022-05-04"), ..activity(&world, "18073", 2, vec![Who::Person(person)]) };
    let staff = staff(&world);
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.add_households(std::slice::from_ref(&household)),
        w.add_activities(&[trained, last_year]),
        w.add_staff(std::slice::from_ref(&staff)),
    );
    let lists = Lists { year: 2023, in_force: 2023 };
    let rows = read(store).await.fact_rows(&key(&world, "18073"), lists, 3, None).await.unwrap();
    assert_eq!((rows.households.len(), rows.persons.len(), rows.staff.len()), (1, household.members.len(), 1));
    assert_eq!(rows.received.iter().map(|n| (n.id, n.day)).collect::<Vec<_>>(), [(person.0, day("2023-05-04"))]);
    assert_eq!(rows.totals[&2023].missing_villages, 1);
    let elsewhere = read(store).await.fact_rows(&key(&world, "18001"), lists, 3, None).await.unwrap();
    assert!(elsewhere.households.is_empty() && elsewhere.staff.is_empty());
}

pub async fn every_change_to_facts_grows_the_version_of_its_unit(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let mut household = world.household(&village, "Nguyễn Văn An").build();
    let person = Who::Person(household.members[0].person.id);
    committed!(store, w => w.add_villages(std::slice::from_ref(&village)));
    let mut before = version(store, &world.commune("18073")).await;
    macro_rules! grows {
        ($what:literal, $work:ident => $step:expr) => {{
            committed!(store, $work => $step);
            let after = version(store, &world.commune("18073")).await;
            assert!(after > before, $what);
            before = after;
        }};
    }
    grows!("a new household", w => w.add_households(std::slice::from_ref(&household)));
    household.version = 1;
    grows!("a saved household", w => w.save_household(&household));
    household.version = 2;
    grows!("a reviewed household", w => w.step_household(&household));
    // The activity belongs to another commune; whom it reached lives here.
    let recorded = activity(&world, "18001", 1, vec![person]);
    grows!("an activity", w => w.add_activities(std::slice::from_ref(&recorded)));
    grows!("an activity taken back", w => w.remove_activity(&world.province(), recorded.id));
    let total = domain::units::VillageTotal { village: village.id, year: 2023, households: 10, persons: 40 };
    grows!("totals", w => w.save_village_totals(&[total]));
    assert!(before > 0);
    assert_eq!(version(store, &world.commune("18070")).await, 0);
}

pub async fn a_change_names_its_household_and_many_at_once_are_everybody(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let households: Vec<_> = (0..60).map(|_| world.household(&village, "Nguyễn Văn An").build()).collect();
    committed!(store, w => w.add_villages(std::slice::from_ref(&village)), w.add_households(&households));
    let unit = key(&world, "18073");
    let before = version(store, &world.commune("18073")).await;
    assert_eq!(read(store).await.fact_changes(&unit, 0).await.unwrap(), FactChanges::Everything);

    let person = Who::Person(households[1].members[0].person.id);
    let mut saved = households[0].clone();
    saved.version = 1;
    committed!(store, w => w.save_household(&saved), w.add_activities(&[activity(&world, "18001", 1, vec![person])]));
    let changed = read(store).await.fact_changes(&unit, before).await.unwrap();
    let mut expected = vec![households[0].id, households[1].id];
    expected.sort_unstable();
    assert_eq!(changed, FactChanges::Households(expected));
    let lists = Lists { year: 2023, in_force: 2023 };
    let some = read(store).await.fact_rows(&unit, lists, 3, Some(&[households[1].id])).await.unwrap();
    assert_eq!((some.households.len(), some.received.len()), (1, 1));
    // A version whose change is not known any more.
    assert_eq!(read(store).await.fact_changes(&unit, before - 5).await.unwrap(), FactChanges::Everything);
}

pub async fn an_older_sheet_does_not_replace_a_newer_one(store: &dyn Store) {
    let world = World::new(1);
    let lists = Lists { year: 2023, in_force: 2023 };
    let sheet = |version, content: &[u8]| StoredSheet {
        key: key(&world, "18073"),
        version,
        fingerprint: "f".to_owned(),
        content: content.to_vec(),
        counts: vec![1],
    };
    committed!(store, w => w.save_sheets(lists, &[sheet(2, b"new")]), w.save_sheets(lists, &[sheet(1, b"old")]));
    let mut work = read(store).await;
    let found = work.sheet(&key(&world, "18073"), lists, "f").await.unwrap().unwrap();
    assert_eq!((found.version, found.content), (2, b"new".to_vec()));
    assert_eq!(work.sheet(&key(&world, "18073"), lists, "g").await.unwrap(), None);
    assert_eq!(work.sheet_counts(&world.province(), lists, "f").await.unwrap().len(), 1);
    assert!(work.sheet_counts(&world.commune("18001"), lists, "f").await.unwrap().is_empty());
}

fn money(world: &World, commune: &str, number: u128, what: MoneyMove, amount: i64) -> MoneyEntry {
    MoneyEntry {
        id: MoneyId(Uuid::from_u128(number)),
        year: 2023,
        place: place(world, commune),
        source: "F1".to_owned(),
        capital: "V2".to_owned(),
        project: "P3.1".to_owned(),
        what,
        day: day("2023-06-01"),
        amount,
        document: "Quyết định 01".to_owned(),
    }
}

pub async fn money_is_summed_within_its_scope_and_taken_back(store: &dyn Store) {
    let world = World::new(1);
    let given = money(&world, "18073", 1, MoneyMove::Allocation, 900_000_000_000);
    let moved = money(&world, "18073", 2, MoneyMove::Transfer, -1_000);
    let elsewhere = money(&world, "18076", 3, MoneyMove::Allocation, 7);
    committed!(store, w => w.add_money(&given), w.add_money(&moved), w.add_money(&elsewhere));

    let own = MoneyFilter::new(world.commune("18073"), 2023);
    let mut work = read(store).await;
    let page = work.money_entries(&own, Page::new(1, 10)).await.unwrap();
    assert_eq!((page.total, page.rows), (2, vec![moved.clone(), given.clone()]));
    let sums = |sums: Vec<storage::MoneySum>| sums.into_iter().map(|sum| (sum.what, sum.amount)).collect::<Vec<_>>();
    let expected = vec![(MoneyMove::Allocation, 900_000_000_000), (MoneyMove::Transfer, -1_000)];
    assert_eq!(sums(work.money_sums(&own).await.unwrap()), expected);
    let other = MoneyFilter { source: Some("F2".to_owned()), ..own.clone() };
    assert!(work.money_sums(&other).await.unwrap().is_empty());
    assert_eq!(work.money(&world.commune("18076"), given.id).await.unwrap(), None, "it lies in another commune");
    drop(work);

    // Out of scope nothing is taken back.
    committed!(store, w => w.remove_money(&world.commune("18076"), moved.id));
    assert_eq!(read(store).await.money_entries(&own, Page::new(1, 10)).await.unwrap().total, 2);
    committed!(store, w => w.remove_money(&world.commune("18073"), moved.id));
    assert_eq!(read(store).await.money(&world.commune("18073"), moved.id).await.unwrap(), None);
}

pub async fn files_are_counted_by_what_they_show(store: &dyn Store) {
    let world = World::new(1);
    let unit = world.commune("18073");
    let file = |number: u128, duty: &str| EvidenceRecord {
        id: EvidenceId(Uuid::from_u128(number)),
        unit: unit.clone(),
        year: 2023,
        subject: "duty".to_owned(),
        subject_id: duty.to_owned(),
        file_name: "bien-ban.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 4,
        hash: format!("{number:064}"),
        by: UserId(Uuid::nil()),
        by_name: "Trần Văn Minh".to_owned(),
        at_ms: 1,
    };
    let (first, second, third) = (file(1, "K25"), file(2, "K25"), file(3, "R06"));
    committed!(store, w => w.add_evidence(&first, b"%PDF"), w.add_evidence(&second, b"%PDF"), w.add_evidence(&third, b"%PDF"));
    let sums = read(store).await.evidence_sums(&unit, "duty", 2023).await.unwrap();
    assert_eq!(sums, [("K25".to_owned(), 2), ("R06".to_owned(), 1)]);
    assert!(read(store).await.evidence_sums(&unit, "duty", 2022).await.unwrap().is_empty());
}
