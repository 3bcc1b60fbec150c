//! Decisions leave their facts behind: frozen in the same breath, found whole, replayed to the digit, and only shown to
//! who answers for the unit.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use app::law;
use app::registry::{AssessmentInput, open};
use app::reporting::{
    Absent, Opened, approve_review, check_snapshot, dynamics, file, mark_official, moved, opened, snapshots, standing,
    why,
};
use app::review::forms::forms;
use app::review::lists::{list_state, return_list, send};
use app::units::{TotalInput, add_village, save_totals};
use domain::access::{Actor, Role};
use domain::review::ListState;
use domain::review::form::Outcome;
use snapshots::{Act, Archive, Finding, Said, diff, frozen, replay, verify};
use storage::{Store, Work};
use testkit::TestDatabase;

use crate::bench::*;
use crate::world::{COMMUNE, code, province};

/// Three households last year and this year: one rises out of poverty, one falls into it, one stays.
fn lists() -> ([Family; 3], [Family; 3]) {
    let marks = |numbers: &[u8]| Some(numbers.to_vec());
    let lan = family("Lê Thị Lan", "12/03/1975", "042175000001").with("Lê Văn Út", "Con", "2015", "Nam");
    let mai = family("Trần Thị Mai", "05/09/1980", "042180000002");
    let yen = family("Hồ Thị Yến", "1990", "042190000003").scores("110", "20", "CN");
    let last = [
        Family { marks: marks(&[1, 2, 3]), ..lan.clone() },
        Family { marks: marks(&[1, 2, 9]), ..mai.clone() },
        Family { marks: marks(&[1, 2]), ..yen.clone() },
    ];
    let this = [
        Family { marks: marks(&[1, 2, 3]), ..lan },
        Family { marks: marks(&[1]), ..mai.scores("130", "10", "CN") },
        Family { marks: marks(&[1, 2, 4, 5]), ..yen.scores("100", "40", "N") },
    ];
    (last, this)
}

async fn two_years(desk: &Desk, officer: &Actor) -> (String, String) {
    let (last, this) = lists();
    desk.bring(officer, 2022, &last).await;
    send(&desk.house, officer, &officer.scope, 2022).await.unwrap();
    desk.bring(officer, 2023, &this).await;
    send(&desk.house, officer, &officer.scope, 2023).await.unwrap();
    let known = snapshots(&desk.house, officer, None, None).await.unwrap();
    let of = |year: i16| known.iter().find(|snapshot| snapshot.year == year).unwrap().name.clone();
    (of(2022), of(2023))
}

#[tokio::test]
async fn a_list_that_is_sent_up_is_frozen_with_every_number_of_its_forms() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let (_, name) = two_years(&desk, &officer).await;
    let Opened { record, manifest } = opened(&desk.house, &officer, &name).await.unwrap();
    assert_eq!((record.act.as_str(), record.year, record.households, record.persons), ("list_sent", 2023, 3, 4));
    assert_eq!(manifest.head.unit, "Xã Hương Trạch, Huyện Hương Khê");
    assert_eq!(manifest.head.by_name, officer.name);
    assert_eq!(manifest.counts.classes["poor"].households, 2);
    assert_eq!(manifest.units.last().unwrap().name, "Xã Hương Trạch");
    let rule = manifest.rules.iter().find(|rule| rule.norm == "review.class_rules").unwrap();
    assert_eq!((rule.from.iso().as_str(), rule.sha256.len()), ("2022-01-01", 64));

    let snapshot = desk.archive().open(&name).unwrap();
    let rules = desk.house.rules(2023, "42").unwrap();
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let live = forms(&desk.house, &officer, None, 2023, &numbers).await.unwrap();
    let live = frozen(&live.iter().map(|view| &view.form).collect::<Vec<_>>());
    assert_eq!(snapshot.cells().unwrap(), live);
    assert!(live.len() > 500, "{} numbers", live.len());

    let again = replay(&snapshot, &desk.house.norms).unwrap();
    assert!(again.is_equal(), "{again:?}");
    assert_eq!((again.households, again.cells, again.norms.len(), again.units_changed), (3, live.len(), 0, false));
    desk.done().await;
}

#[tokio::test]
async fn the_same_facts_have_the_same_name_on_both_databases_and_replay_on_either() {
    let lite = desk().await;
    let pg = desk_on(TestDatabase::postgres().await).await;
    let (on_lite, on_pg) = (lite.of_commune(TRACH).await, pg.of_commune(TRACH).await);
    let names = two_years(&lite, &on_lite).await;
    assert_eq!(two_years(&pg, &on_pg).await, names);

    // Made on SQLite, carried to an installation on PostgreSQL, and read where there is no database at all.
    let carried = Archive::at(pg.archive().root().join("carried"));
    copy(&lite.archive().folder(&names.1), &carried.folder(&names.1));
    let found = replay(&carried.open(&names.1).unwrap(), &pg.house.norms).unwrap();
    assert!(found.is_equal() && found.households == 3, "{found:?}");
    pg.done().await;
    lite.done().await;
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[tokio::test]
async fn a_changed_byte_is_found_wherever_it_is() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let (_, name) = two_years(&desk, &officer).await;
    let folder = desk.archive().folder(&name);
    assert_eq!(verify(&folder).unwrap(), []);
    let mut flipped = 0;
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 13);
    for path in files {
        let whole = fs::read(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let last = whole.len() - 1;
        for at in [0, last / 3, last / 2, last.saturating_sub(9), last] {
            let mut changed = whole.clone();
            changed[at] ^= 0b100;
            fs::write(&path, &changed).unwrap();
            let expected = match file.as_str() {
                "manifest.json" => Finding::ManifestChanged,
                _ => Finding::FileChanged { file: file.clone() },
            };
            assert_eq!(verify(&folder).unwrap(), [expected], "{file}, byte {at}");
            flipped += 1;
        }
        fs::write(&path, &whole).unwrap();
    }
    assert_eq!(flipped, 65);
    fs::write(folder.join("added.txt"), "x").unwrap();
    assert_eq!(verify(&folder).unwrap(), [Finding::FileAdded { file: "added.txt".into() }]);
    fs::remove_file(folder.join("added.txt")).unwrap();
    fs::remove_file(folder.join("events.parquet")).unwrap();
    assert_eq!(verify(&folder).unwrap(), [Finding::FileMissing { file: "events.parquet".into() }]);
    assert!(!check_snapshot(&desk.house, &officer, &name).await.unwrap().is_empty());
    let record = snapshots(&desk.house, &officer, None, Some(2023)).await.unwrap().remove(0);
    assert_eq!(record.checked.map(|(_, is_whole)| is_whole), Some(false), "kept in the register");
    desk.done().await;
}

#[tokio::test]
async fn a_list_whose_facts_cannot_be_frozen_is_not_sent() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    desk.bring(&officer, 2023, &[family("Lê Thị Lan", "12/03/1975", "042175000001")]).await;
    fs::write(desk.archive().root(), "a file where the folder should be").unwrap();
    assert_eq!(code(send(&desk.house, &officer, &officer.scope, 2023).await), "SNP-006");
    assert_eq!(list_state(&desk.house, &officer, &officer.scope, 2023).await.unwrap().state, ListState::Open);
    assert_eq!(snapshots(&desk.house, &officer, None, None).await.unwrap(), []);

    fs::remove_file(desk.archive().root()).unwrap();
    send(&desk.house, &officer, &officer.scope, 2023).await.unwrap();
    assert_eq!(snapshots(&desk.house, &officer, None, None).await.unwrap().len(), 1);
    desk.done().await;
}

#[tokio::test]
async fn a_refused_act_leaves_no_snapshot_behind() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    two_years(&desk, &officer).await;
    let before = desk.archive().names().unwrap();
    assert_eq!(code(send(&desk.house, &officer, &officer.scope, 2023).await), "REV-001");
    assert_eq!(desk.archive().names().unwrap(), before);
    assert_eq!(snapshots(&desk.house, &officer, None, None).await.unwrap().len(), 2);
    let left = fs::read_dir(desk.archive().root()).unwrap().count();
    assert_eq!(left, 2, "no draft is left either");
    desk.done().await;
}

#[tokio::test]
async fn a_commune_cannot_open_a_neighbours_snapshot() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let stranger = desk.officer(Role::DistrictOfficer, "district:439").await;
    let (_, name) = two_years(&desk, &officer).await;
    for (who, may) in [(&officer, true), (&district, true), (&neighbour, false), (&stranger, false)] {
        let seen = snapshots(&desk.house, who, None, None).await.unwrap();
        assert_eq!(seen.len(), if may { 2 } else { 0 }, "{}", who.name);
        let results = [
            opened(&desk.house, who, &name).await.map(drop),
            check_snapshot(&desk.house, who, &name).await.map(drop),
            file(&desk.house, who, &name, "households.parquet").await.map(drop),
        ];
        for result in results {
            match result {
                Ok(()) => assert!(may, "{}", who.name),
                Err(error) => assert_eq!((may, error.code()), (false, "MIS-001"), "{}", who.name),
            }
        }
    }
    assert_eq!(code(file(&desk.house, &officer, &name, "../../vuon.db").await), "MIS-001");
    desk.done().await;
}

#[tokio::test]
async fn a_review_is_approved_when_every_list_is_sent_and_its_snapshot_holds_the_whole_unit() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    two_years(&desk, &officer).await;
    desk.bring(&neighbour, 2023, &[family("Phan Thị Ba", "1960", "").at(LAM, "Thôn 2")]).await;
    let unit = district.scope.clone();
    assert_eq!(code(approve_review(&desk.house, &officer, &officer.scope, 2023).await), "ACC-001");
    assert_eq!(code(approve_review(&desk.house, &district, &unit, 2023).await), "RPT-001", "one list is open");
    send(&desk.house, &neighbour, &neighbour.scope, 2023).await.unwrap();
    let approved = approve_review(&desk.house, &district, &unit, 2023).await.unwrap();
    assert_eq!((approved.act.as_str(), approved.households), (Act::ReviewApproved.id(), 4));
    let snapshot = desk.archive().open(&approved.name).unwrap();
    let again = replay(&snapshot, &desk.house.norms).unwrap();
    assert!(again.is_equal() && again.households == 4, "{again:?}");
    assert_eq!(code(mark_official(&desk.house, &district, &unit, 2023).await), "RPT-002", "population is missing");
    desk.done().await;
}

/// What the check on the opening number of poor households says.
async fn opening(desk: &Desk, actor: &Actor) -> Outcome {
    let views = forms(&desk.house, actor, None, 2023, &["7.2"]).await.unwrap();
    views[0].checks.iter().find(|c| c.check.id == "7.2-opening-households").unwrap().outcome.clone()
}

/// A poor household on both lists of every other commune, without which no number of the district is told.
async fn the_rest_of_the_district(desk: &Desk, district: &Actor) {
    let units = desk.house.norms.units_on(kernel::Day::last_of(2023));
    let mut others = units.communes_below(norms::Level::District, "444");
    others.retain(|unit| unit.code != TRACH);
    let of =
        |unit: &norms::Unit| family(&format!("Phan Thị {}", unit.code), "02/02/1960", &format!("0421600{}", unit.code));
    // A town counts by its own line; the scores are under both.
    let list: Vec<Family> = others.iter().map(|unit| of(unit).at(&unit.code, "Thôn 1")).collect();
    let mut officers = Vec::new();
    for unit in &others {
        officers.push(desk.of_commune(&unit.code).await);
    }
    for year in [2022, 2023] {
        desk.bring(district, year, &list).await;
        for officer in &officers {
            send(&desk.house, officer, &officer.scope, year).await.unwrap();
        }
    }
}

#[tokio::test]
async fn opening_numbers_are_held_against_last_years_forms_as_they_were_approved() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    two_years(&desk, &officer).await;
    the_rest_of_the_district(&desk, &district).await;
    approve_review(&desk.house, &district, &district.scope, 2022).await.unwrap();
    for actor in [&officer, &district] {
        assert_eq!(opening(&desk, actor).await, Outcome::Passed);
    }
    // Last year's list is changed after its approval: one of the two poor households is near-poor now.
    return_list(&desk.house, &district, &officer.scope, 2022, "Kiểm tra lại").await.unwrap();
    let [lan, mai, yen] = lists().0;
    let mai = Family { marks: Some(vec![1]), ..mai.scores("110", "10", "CN") };
    desk.bring(&officer, 2022, &[lan, mai, yen]).await;
    assert!(matches!(opening(&desk, &district).await, Outcome::Failed(_)), "the approved form says two");
    assert_eq!(opening(&desk, &officer).await, Outcome::Passed, "a returned list is not settled");
    desk.done().await;
}

#[tokio::test]
async fn forms_that_are_whole_and_confirmed_become_official_and_their_facts_are_frozen() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let province = desk.of_province().await;
    let (last, this) = lists();
    for (year, list) in [(2022, last), (2023, this)] {
        desk.bring(&officer, year, &list).await;
        let village = desk.villages("commune:18553").await[0].id;
        let total = TotalInput { village, households: "120".into(), persons: "400".into() };
        save_totals(&desk.house, &officer, None, year, &[total]).await.unwrap();
    }
    let scope = officer.scope.clone();
    assert_eq!(code(mark_official(&desk.house, &officer, &scope, 2023).await), "RPT-002", "norms are unconfirmed");
    for open in law::standing(&desk.house).await.unwrap() {
        law::confirm(&desk.house, &province, &open.basis.key(), "Phó Giám đốc Sở").await.unwrap();
    }
    let record = mark_official(&desk.house, &officer, &scope, 2023).await.unwrap();
    assert_eq!((record.act.as_str(), record.households), (Act::FormsOfficial.id(), 3));
    assert_eq!(standing(&desk.house, &officer, &scope, 2023).await.unwrap().official.unwrap().name, record.name);
    let snapshot = desk.archive().open(&record.name).unwrap();
    assert!(snapshot.manifest.head.unconfirmed.is_empty());
    assert!(replay(&snapshot, &desk.house.norms).unwrap().is_equal());
    desk.done().await;
}

#[tokio::test]
async fn why_a_class_changed_is_read_from_two_snapshots_and_not_from_today() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let (first, second) = two_years(&desk, &officer).await;
    let mai = desk.state(2023).await.headed_by("Trần Thị Mai").0.id;
    // Today says something else by now.
    return_list(&desk.house, &district, &officer.scope, 2023, "Sửa lại.").await.unwrap();
    let other = family("Trần Thị Mai", "05/09/1980", "042180000002").scores("90", "50", "N");
    desk.bring(&officer, 2023, &[other]).await;

    let view = why(&desk.house, &officer, mai, 2023, (None, None)).await.unwrap();
    let side = |side: &app::reporting::WhySide| side.snapshot.as_ref().unwrap().name.clone();
    assert_eq!((side(&view.before), side(&view.now)), (first, second));
    let (before, now) = (view.why.before.unwrap(), view.why.now.unwrap());
    assert_eq!((before.record.class.as_deref(), now.record.class.as_deref()), (Some("poor"), Some("near_poor")));
    assert_eq!((before.b1, now.b1), (Some(kernel::Points::whole(120)), Some(kernel::Points::whole(130))));
    assert_eq!((before.deprivations, now.deprivations), (3, 1));
    assert_eq!(now.rule.unwrap().0.id, "near-poor-rural");
    let moved: Vec<u8> = view.why.indicators.iter().filter(|row| row.has_moved()).map(|row| row.number).collect();
    assert_eq!(moved, [2, 9]);

    let earlier = why(&desk.house, &officer, mai, 2022, (None, None)).await.unwrap();
    assert_eq!(earlier.before.absent, Some(Absent::NoSnapshot), "nothing was frozen of 2021");
    let damaged = desk.archive().folder(&side(&view.now)).join("households.parquet");
    let mut bytes = fs::read(&damaged).unwrap();
    bytes[100] ^= 1;
    fs::write(&damaged, bytes).unwrap();
    let view = why(&desk.house, &officer, mai, 2023, (None, None)).await.unwrap();
    assert!(matches!(view.now.absent, Some(Absent::Damaged { code: "SNP-004", .. })), "{:?}", view.now.absent);
    desk.done().await;
}

#[tokio::test]
async fn why_shows_each_answer_with_its_points_each_fact_and_the_member_who_made_a_deprivation() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let above = world.officer(Role::ProvinceOfficer, "province:42").await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let household = open(&world.house, &officer, id, None).await.unwrap().household;
    let son = household.members[1].person.id;
    let name = law::load_pack(&world.house, &above, crate::law::PACK).await.unwrap();
    law::use_pack(&world.house, &above, Some(&name)).await.unwrap();
    for (year, size, water, work) in [(2022, "one", "surface", "steady"), (2023, "more", "tap", "no_contract")] {
        let mut input = AssessmentInput::default();
        input.answers.insert("size".into(), size.into());
        input.facts.insert("water".into(), vec![water.into()]);
        let said = [("work", work), ("allowance", "no"), ("insured", "yes")];
        let said = said.map(|(fact, value)| (fact.to_owned(), vec![value.to_owned()]));
        input.person_facts.insert(son, said.into_iter().collect());
        let seen = world.seen(&officer, id).await;
        app::registry::assess(&world.house, &officer, seen, year, &input).await.unwrap();
        for number in 1..=12 {
            input.marks_entered.insert(number, "no".into());
        }
        let seen = world.seen(&officer, id).await;
        app::registry::assess(&world.house, &officer, seen, year, &input).await.unwrap();
        send(&world.house, &officer, &officer.scope, year).await.unwrap();
    }
    let view = why(&world.house, &officer, id, 2023, (None, None)).await.unwrap().why;
    let item = &view.items[0];
    assert_eq!(item.item.en, "Size");
    let answer = |answered: &Option<snapshots::Answered>| {
        let answered = answered.clone().unwrap();
        (answered.label.unwrap().en, answered.points)
    };
    assert_eq!((answer(&item.before), answer(&item.now)), (("One".into(), Some(50)), ("More".into(), Some(160))));
    assert_eq!(item.moved(), Some(110));
    let water = view.facts.iter().find(|row| row.who.is_none()).unwrap();
    let said = |said: &Option<Said>| match said {
        Some(Said::Choices(labels)) => labels.iter().map(|label| label.en.clone()).collect::<Vec<_>>().join(", "),
        other => panic!("{other:?}"),
    };
    assert_eq!((said(&water.before).as_str(), said(&water.now).as_str()), ("River, stream, pond or lake", "Tap"));
    let of_son = view.facts.iter().find(|row| row.who == Some(son)).unwrap();
    assert!(said(&of_son.now).starts_with("Wage work without"), "{of_son:?}");
    let job = view.indicators[0].now.clone().unwrap();
    assert_eq!(
        (job.deprived, job.because_of),
        (Some(true), Some(son)),
        "the member is named by the snapshot's own facts"
    );
    world.done().await;
}

#[tokio::test]
async fn movements_between_two_snapshots_open_onto_their_households() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let (first, second) = two_years(&desk, &officer).await;
    let found = dynamics(&desk.house, &officer, None, 2023).await.unwrap();
    let mut told: Vec<(&str, &str, i64, i64)> = found
        .transitions
        .iter()
        .map(|t| (t.from.as_deref().unwrap(), t.to.as_deref().unwrap(), t.households, t.persons_now))
        .collect();
    told.sort_unstable();
    assert_eq!(told, [("near_poor", "poor", 1, 1), ("poor", "near_poor", 1, 1), ("poor", "poor", 1, 2)]);
    assert_eq!(found.now.missing.len(), 0);
    let (rows, all) = moved(&desk.house, &officer, (None, 2023), (Some("near_poor"), Some("poor")), 50).await.unwrap();
    assert_eq!((rows[0].head.as_str(), all), ("Hồ Thị Yến", 1));
    let hidden = dynamics(&desk.house, &neighbour, Some(&officer.scope), 2023).await;
    assert_eq!(code(hidden), "MIS-001", "another commune's movements");

    let apart = diff(&desk.archive().open(&first).unwrap(), &desk.archive().open(&second).unwrap()).unwrap();
    assert_eq!((apart.classes.len(), apart.only_first.len(), apart.only_second.len()), (2, 0, 0));
    desk.done().await;
}

#[tokio::test]
async fn a_commune_that_only_one_year_was_frozen_of_has_neither_left_poverty_nor_fallen_into_it() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    two_years(&desk, &officer).await;
    // Poor last year, frozen; this year's list is still open.
    let ba = family("Phan Thị Ba", "1960", "").at(LAM, "Thôn 2");
    desk.bring(&neighbour, 2022, std::slice::from_ref(&ba)).await;
    send(&desk.house, &neighbour, &neighbour.scope, 2022).await.unwrap();
    desk.bring(&neighbour, 2023, &[ba]).await;

    let found = dynamics(&desk.house, &district, None, 2023).await.unwrap();
    let households: i64 = found.transitions.iter().map(|t| t.households).sum();
    assert_eq!((households, found.dropped), (3, 1));
    assert!(found.transitions.iter().all(|t| t.from.is_some() && t.to.is_some()), "{:?}", found.transitions);
    let (rows, all) = moved(&desk.house, &district, (None, 2023), (Some("poor"), None), 50).await.unwrap();
    assert_eq!((rows.len(), all), (0, 0));

    // Frozen in both years: whoever is not on this year's list is in no snapshot of it, and is said to be so.
    return_list(&desk.house, &district, &officer.scope, 2023, "Sửa lại.").await.unwrap();
    send(&desk.house, &neighbour, &neighbour.scope, 2023).await.unwrap();
    let found = dynamics(&desk.house, &district, None, 2023).await.unwrap();
    let households: i64 = found.transitions.iter().map(|t| t.households).sum();
    assert_eq!((households, found.dropped), (4, 0), "a newer snapshot is a new question");
    desk.done().await;
}

/// A store in which something else happens before anybody writes.
struct Meanwhile<F> {
    store: Arc<dyn Store>,
    happens: Mutex<Option<F>>,
}

#[async_trait::async_trait]
impl<F, T> Store for Meanwhile<F>
where
    F: FnOnce() -> T + Send + Sync,
    T: Future<Output = ()> + Send,
{
    async fn read(&self) -> storage::Stored<Box<dyn Work>> {
        self.store.read().await
    }

    async fn write(&self) -> storage::Stored<Box<dyn Work>> {
        let happens = self.happens.lock().unwrap().take();
        if let Some(happens) = happens {
            happens().await;
        }
        self.store.write().await
    }
}

#[tokio::test]
async fn a_review_whose_facts_change_while_they_are_frozen_is_not_approved() {
    for database in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        let desk = desk_on(database).await;
        let officer = desk.of_commune(TRACH).await;
        let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
        two_years(&desk, &officer).await;
        let before = snapshots(&desk.house, &district, None, None).await.unwrap();

        let (house, somebody) = (desk.house.clone(), officer.clone());
        let happens = move || async move {
            add_village(&house, &somebody, None, "Thôn 9").await.unwrap();
        };
        let store = Meanwhile { store: desk.house.store.clone(), happens: Mutex::new(Some(happens)) };
        let mut house = desk.house.clone();
        house.store = Arc::new(store);
        assert_eq!(code(approve_review(&house, &district, &district.scope, 2023).await), "RPT-004");
        assert_eq!(snapshots(&desk.house, &district, None, None).await.unwrap(), before, "nothing was decided");

        // Nothing happens the second time.
        let approved = approve_review(&house, &district, &district.scope, 2023).await.unwrap();
        assert_eq!(approved.households, 3);
        desk.done().await;
    }
}
