//! Reviews on their way: rounds, surveys, requests, files, results.

use domain::review::request::{Channel, Request, RequestKind};
use domain::review::results::{Results, ResultsKind, Stamp};
use domain::review::round::{
    CommuneRound, CommuneStep, Outcome, Recognised, Recognition, Route, Series, Step, VillageRound,
};
use domain::review::survey::SurveyStanding;
use domain::review::unplaced::{Placed, UnplacedRequest};
use domain::units::{Place, Village};
use kernel::{Day, HouseholdId, Ids, RequestId, ResultsId, RoundId, SurveyId, UserId};
use storage::{Attachment, StorageError, Store, SurveyRecord};

use super::{committed, read, write};
use crate::World;

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

fn round(world: &World, village: &Village, step: Step) -> VillageRound {
    VillageRound {
        id: RoundId(world.ids.next()),
        place: village.place(),
        year: 2023,
        route: Route::Yearly,
        step,
        opened: day("2023-09-05"),
        attempt: 1,
        households: Vec::new(),
        surveyed: None,
        meetings: Vec::new(),
        posting: None,
        objections: Vec::new(),
        ended: None,
        ends: Some(day("2023-12-14")),
        version: 0,
    }
}

fn survey(world: &World, place: &Place, household: HouseholdId, token: &str) -> SurveyRecord {
    SurveyRecord {
        id: SurveyId(world.ids.next()),
        token: token.to_owned(),
        household,
        place: place.clone(),
        year: 2023,
        route: Route::Yearly,
        attempt: 1,
        standing: SurveyStanding::Counted,
        based_on: None,
        at_ms: 20,
        saved_ms: 10,
        by: UserId(world.ids.next()),
        by_name: "Trưởng thôn".into(),
        channel: "phone".into(),
        class: Some("poor".into()),
        b1: Some(kernel::Points::whole(110)),
        b2: None,
        content: "{\"a\":1}".into(),
    }
}

fn request(world: &World, village: &Village, household: HouseholdId, received: &str) -> Request {
    Request {
        id: RequestId(world.ids.next()),
        place: village.place(),
        year: 2023,
        kind: RequestKind::Enter,
        household,
        person: None,
        channel: Channel::Counter,
        received: day(received),
        opens: day("2023-03-15"),
        due: Some(day("2023-03-30")),
        filed_by: "Lê An".into(),
        reason: "Mất mùa".into(),
        round: None,
        moves: Vec::new(),
        income: None,
        earlier_incomes: Vec::new(),
        posting: None,
        decision: None,
        version: 0,
    }
}

pub async fn a_round_is_found_as_saved(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let saved = round(&world, &village, Step::Survey);
    committed!(store, w => w.add_villages(std::slice::from_ref(&village)), w.save_village_round(&saved));
    let mut work = read(store).await;
    let expected = VillageRound { version: 1, ..saved.clone() };
    let found = work.village_round(&world.province(), village.id, 2023, Route::Yearly).await.unwrap();
    assert_eq!(found.as_ref(), Some(&expected));
    assert_eq!(work.village_round_by_id(&world.commune("18073"), saved.id).await.unwrap(), Some(expected.clone()));
    assert_eq!(work.village_rounds(&world.district("439"), 2023, Route::Yearly).await.unwrap(), [expected]);
    assert_eq!(work.village_rounds(&world.province(), 2023, Route::Monthly(3)).await.unwrap(), []);
    assert_eq!(work.routes(&world.province(), 2023).await.unwrap(), [Route::Yearly]);
}

pub async fn a_round_saved_twice_at_the_same_version_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let saved = round(&world, &village, Step::Survey);
    committed!(store, w => w.add_villages(std::slice::from_ref(&village)), w.save_village_round(&saved));
    let next = VillageRound { step: Step::Meeting, version: 1, ..saved.clone() };
    committed!(store, w => w.save_village_round(&next));
    let mut work = write(store).await;
    assert!(matches!(work.save_village_round(&next).await, Err(StorageError::Conflict { .. })));
    let again = round(&world, &village, Step::Listing);
    assert!(
        matches!(work.save_village_round(&again).await, Err(StorageError::Conflict { .. })),
        "one a year and route"
    );
}

pub async fn rounds_outside_the_scope_are_hidden(store: &dyn Store) {
    let world = World::new(1);
    let (here, beside) = (world.village("18073", "Thôn 1"), world.village("18073", "Thôn 2"));
    let (mine, other) = (round(&world, &here, Step::Survey), round(&world, &beside, Step::Posting));
    committed!(store, w =>
        w.add_villages(&[here.clone(), beside.clone()]),
        w.save_village_round(&mine),
        w.save_village_round(&other),
    );
    let mut work = read(store).await;
    let of_head = world.commune("18073").in_village(Some(here.id));
    let marks = work.village_marks(&of_head, 2023, Route::Yearly).await.unwrap();
    assert_eq!(marks.iter().map(|m| (m.place.village, m.step)).collect::<Vec<_>>(), [(here.id, Step::Survey)]);
    assert_eq!(work.village_round_by_id(&of_head, other.id).await.unwrap(), None);
    assert_eq!(work.village_round(&world.commune("18001"), here.id, 2023, Route::Yearly).await.unwrap(), None);
    assert_eq!(work.village_marks(&world.commune("18073"), 2023, Route::Yearly).await.unwrap().len(), 2);
}

pub async fn a_village_scope_sees_only_its_village(store: &dyn Store) {
    let world = World::new(1);
    let (here, beside) = (world.village("18073", "Thôn 1"), world.village("18073", "Thôn 2"));
    let (mine, other) = (world.household(&here, "Lê An").build(), world.household(&beside, "Lê Bình").build());
    let lines = [world.assessment(&mine, 2023, Some("poor")), world.assessment(&other, 2023, Some("poor"))];
    committed!(store, w =>
        w.add_villages(&[here.clone(), beside.clone()]),
        w.add_households(&[mine.clone(), other.clone()]),
        w.save_assessments(&lines),
    );
    let mut work = read(store).await;
    let scope = world.commune("18073").in_village(Some(here.id));
    assert_eq!(work.villages(&scope).await.unwrap(), [here]);
    assert!(work.household(&scope, mine.id).await.unwrap().is_some());
    assert!(work.household(&scope, other.id).await.unwrap().is_none());
    assert_eq!(work.assessments_of_year(&scope, 2023).await.unwrap().len(), 1);
    let filter = storage::HouseholdFilter::new(scope.clone(), 2023).text("le");
    let found = work.households(&filter, kernel::Page::new(1, 10)).await.unwrap();
    assert_eq!(found.rows.iter().map(|r| r.id).collect::<Vec<_>>(), [mine.id]);
    assert_eq!(work.users(&scope).await.unwrap(), []);
    assert_eq!(work.submissions(&scope, 2023).await.unwrap(), []);
}

pub async fn a_commune_round_keeps_its_state(store: &dyn Store) {
    let world = World::new(1);
    let place = world.place("18073");
    let saved = CommuneRound::new(RoundId(world.ids.next()), place, 2023, Route::Yearly);
    committed!(store, w => w.save_commune_round(&saved));
    let mut work = read(store).await;
    let found = work.commune_round(&world.commune("18073"), 2023, Route::Yearly).await.unwrap().unwrap();
    assert_eq!(found, CommuneRound { version: 1, ..saved.clone() });
    let marks = work.commune_marks(&world.province(), 2023, Route::Yearly).await.unwrap();
    assert_eq!(
        marks.iter().map(|m| (m.commune.as_str(), m.step)).collect::<Vec<_>>(),
        [("18073", CommuneStep::Villages)]
    );
    drop(work);
    let mut work = write(store).await;
    assert!(matches!(work.save_commune_round(&saved).await, Err(StorageError::Conflict { .. })));
}

/// Reads what a commune has used, draws the next number of a certificate and of a decision, and stores both.
async fn number_papers(store: &dyn Store, world: &World, route: Route) {
    let commune = world.commune("18073");
    let mut work = write(store).await;
    work.hold_paper_series(&commune, 2023).await.unwrap();
    let mut known = Vec::new();
    for month in 1..=12 {
        known.extend(work.commune_round(&commune, 2023, Route::Monthly(month)).await.unwrap());
    }
    let series = Series::of(2023, &known, &[]);
    let household = HouseholdId(world.ids.next());
    let line = Recognised {
        household,
        village: world.place("18073").village,
        before: Some("poor".into()),
        outcome: Outcome { class: Some("near_poor".into()), b1: None, b2: None, at_ms: 1 },
        certificate: true,
        escaped: true,
        refused: false,
        certificate_number: None,
        letter_number: None,
    };
    let decision = Recognition {
        number: String::new(),
        day: day("2023-03-27"),
        signer: "A".into(),
        certificate_year: 2023,
        escape_number: None,
        lines: vec![line],
    };
    let mut round = CommuneRound::new(RoundId(world.ids.next()), world.place("18073"), 2023, route);
    round.recognition = Some(decision.numbered(series, &[household]));
    work.save_commune_round(&round).await.unwrap();
    work.commit().await.unwrap();
}

pub async fn papers_numbered_at_once_never_share_a_number(store: &dyn Store) {
    let world = World::new(1);
    let number = |month| number_papers(store, &world, Route::Monthly(month));
    tokio::join!(number(1), number(2), number(3), number(4));
    let mut work = read(store).await;
    let (mut certificates, mut decisions) = (Vec::new(), Vec::new());
    for month in 1..=4 {
        let round = work.commune_round(&world.commune("18073"), 2023, Route::Monthly(month)).await.unwrap().unwrap();
        let decision = round.recognition.unwrap();
        certificates.extend(decision.lines[0].certificate_number);
        decisions.extend(decision.escape_number);
    }
    certificates.sort_unstable();
    decisions.sort_unstable();
    assert_eq!((certificates, decisions), (vec![1, 2, 3, 4], vec![1, 2, 3, 4]));
}

pub async fn a_survey_is_stored_once_however_often_it_is_sent(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let first = survey(&world, &household.place, household.id, "phone-1");
    let same = SurveyRecord { id: SurveyId(world.ids.next()), content: "{}".into(), ..first.clone() };
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.add_households(std::slice::from_ref(&household)),
    );
    let mut work = write(store).await;
    assert!(work.add_survey(&first).await.unwrap());
    assert!(!work.add_survey(&same).await.unwrap(), "in the same unit of work");
    work.commit().await.unwrap();
    let mut work = write(store).await;
    assert!(!work.add_survey(&same).await.unwrap(), "and in a later one");
    work.commit().await.unwrap();
    let mut work = read(store).await;
    let scope = world.commune("18073");
    let key = (2023, Route::Yearly);
    assert_eq!(work.surveys_of(&scope, &[household.id], key).await.unwrap(), std::slice::from_ref(&first));
    let tokens = ["phone-1".to_owned(), "phone-2".to_owned()];
    assert_eq!(work.surveys_by_token(&scope, &tokens).await.unwrap(), [first]);
    assert_eq!(work.surveys(&world.commune("18001"), 2023, Route::Yearly).await.unwrap(), []);
}

pub async fn a_surveys_standing_can_change_and_nothing_else(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let first = survey(&world, &household.place, household.id, "one");
    let second = SurveyRecord { at_ms: 30, ..survey(&world, &household.place, household.id, "two") };
    let mut work = write(store).await;
    work.add_villages(&[village]).await.unwrap();
    work.add_households(std::slice::from_ref(&household)).await.unwrap();
    for record in [&second, &first] {
        assert!(work.add_survey(record).await.unwrap());
    }
    work.set_survey_standing(first.id, SurveyStanding::Replaced).await.unwrap();
    work.commit().await.unwrap();
    let found = read(store).await.surveys(&world.province(), 2023, Route::Yearly).await.unwrap();
    let expected = [SurveyRecord { standing: SurveyStanding::Replaced, ..first }, second];
    assert_eq!(found, expected, "oldest first");
}

pub async fn a_file_is_kept_once_and_only_for_its_place(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let file = Attachment {
        hash: "ab12".into(),
        place: village.place(),
        name: "bien-ban.pdf".into(),
        media_type: "application/pdf".into(),
        content: vec![0, 1, 255],
        at_ms: 5,
        by_name: "Cán bộ".into(),
    };
    committed!(store, w => w.add_attachment(&file), w.add_attachment(&file));
    let mut work = read(store).await;
    assert_eq!(work.attachment(&world.commune("18073"), "ab12").await.unwrap(), Some(file));
    assert_eq!(work.attachment(&world.commune("18001"), "ab12").await.unwrap(), None);
}

pub async fn requests_come_newest_first_within_the_scope(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let first = request(&world, &village, household.id, "2023-03-01");
    let later = request(&world, &village, household.id, "2023-03-10");
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.add_households(std::slice::from_ref(&household)),
        w.save_request(&first),
        w.save_request(&later),
    );
    let stored = |r: &Request| Request { version: 1, ..r.clone() };
    let mut work = read(store).await;
    let scope = world.commune("18073");
    assert_eq!(work.requests(&scope, 2023).await.unwrap(), [stored(&later), stored(&first)]);
    assert_eq!(work.requests_of(&scope, household.id).await.unwrap().len(), 2);
    assert_eq!(work.request(&scope, first.id).await.unwrap(), Some(stored(&first)));
    assert_eq!(work.request(&world.commune("18001"), first.id).await.unwrap(), None);
    drop(work);
    let mut work = write(store).await;
    let stale = Request { version: 7, ..first };
    assert!(matches!(work.save_request(&stale).await, Err(StorageError::Conflict { .. })));
}

pub async fn requests_without_a_household_wait_within_the_scope_until_they_are_placed(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let unplaced = |received: &str| UnplacedRequest {
        id: RequestId(world.ids.next()),
        place: village.place(),
        kind: RequestKind::Enter,
        head: "Lê Thị Út".into(),
        birth: "05/09/1985".into(),
        phone: String::new(),
        reason: "Mất mùa".into(),
        received: day(received),
        placed: None,
        version: 0,
    };
    let (later, first) = (unplaced("2023-03-10"), unplaced("2023-03-01"));
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.save_unplaced(&later),
        w.save_unplaced(&first),
    );
    let stored = |r: &UnplacedRequest| UnplacedRequest { version: 1, ..r.clone() };
    let scope = world.commune("18073");
    let mut work = read(store).await;
    assert_eq!(work.unplaced_requests(&scope).await.unwrap(), [stored(&first), stored(&later)]);
    assert_eq!(work.unplaced_requests(&world.commune("18001")).await.unwrap(), []);
    assert_eq!(work.unplaced_request(&world.commune("18001"), first.id).await.unwrap(), None);
    drop(work);
    let answer = Placed::NotFound { answer: "Mang giấy tờ đến xã".into() };
    let placed = UnplacedRequest { placed: Some((day("2023-03-11"), "Cán bộ".into(), answer)), ..stored(&first) };
    committed!(store, w => w.save_unplaced(&placed));
    let mut work = read(store).await;
    assert_eq!(work.unplaced_requests(&scope).await.unwrap(), [stored(&later)], "placed ones wait no longer");
    let found = work.unplaced_between(&scope, (first.id, first.id)).await.unwrap();
    assert_eq!(found, [UnplacedRequest { version: 2, ..placed.clone() }], "and are found by their code");
    drop(work);
    let mut work = write(store).await;
    assert!(matches!(work.save_unplaced(&placed).await, Err(StorageError::Conflict { .. })));
}

pub async fn results_of_a_unit_are_kept_side_by_side(store: &dyn Store) {
    let world = World::new(1);
    let results = |kind| Results {
        id: ResultsId(world.ids.next()),
        unit: world.province(),
        year: 2023,
        kind,
        lines: Vec::new(),
        hash: "ff".into(),
        compiled: Stamp { day: day("2023-11-10"), by: "Sở".into(), number: String::new() },
        compiled_by: None,
        snapshot: None,
        approved: None,
        published: None,
        version: 0,
    };
    let (early, last) = (results(ResultsKind::Preliminary), results(ResultsKind::Official));
    committed!(store, w => w.save_results(&early), w.save_results(&last));
    let mut work = read(store).await;
    let kinds: Vec<_> = work.results(&world.province(), 2023).await.unwrap().iter().map(|r| r.kind).collect();
    assert_eq!(kinds, [ResultsKind::Official, ResultsKind::Preliminary]);
    assert_eq!(work.results(&world.district("439"), 2023).await.unwrap(), []);
    assert_eq!(work.results_by_id(early.id).await.unwrap(), Some(Results { version: 1, ..early }));
}
