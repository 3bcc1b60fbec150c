//! A list comes in: once, twice, changed, doubtful, outside the area, taken back.

use app::AppError;
use app::registry::{AssessmentInput, Seen, assess};
use app::review::export::list_workbook;
use app::review::intake::*;
use domain::access::Role;
use domain::review::list::{FaultKind, ListProblem};
use kernel::Points;
use norms::Field;

use crate::bench::*;
use crate::world::code;

/// Thirty households and more in one file: what the sample's own `expected.json` says is stored, and the heads that left.
const STORED: usize = 170;
const ESCAPED: usize = 27;

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    let first = stage(&desk.house, &officer, None, 2023, sample_file()).await.unwrap();
    let applied = desk.apply(&officer, first).await;
    let created = STORED + ESCAPED;
    assert_eq!(applied, Applied { created, changed: 0, unchanged: 0, asked: 0, aside: 10 });
    let before = desk.state(2023).await;
    assert_eq!(before.households.len(), created);

    let second = stage(&desk.house, &officer, None, 2023, sample_file()).await.unwrap();
    let other: Vec<String> = desk.told(&officer, second).await.into_iter().filter(|word| word != "same").collect();
    assert_eq!(other, Vec::<String>::new());
    let applied = desk.apply(&officer, second).await;
    assert_eq!(applied, Applied { created: 0, changed: 0, unchanged: created, asked: 0, aside: 10 });
    assert_eq!(desk.state(2023).await, before, "no version moved");
    desk.done().await;
}

#[tokio::test]
async fn the_exported_list_comes_in_unchanged() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    let first = stage(&desk.house, &officer, None, 2023, sample_file()).await.unwrap();
    desk.apply(&officer, first).await;
    let before = desk.state(2023).await;
    let bytes = list_workbook(&desk.house, &officer, None, 2023).await.unwrap();
    let upload = Upload::File { name: "lists.xlsx".into(), bytes };
    let again = stage(&desk.house, &officer, None, 2023, upload).await.unwrap();
    let other: Vec<String> = desk.told(&officer, again).await.into_iter().filter(|word| word != "same").collect();
    assert_eq!(other, Vec::<String>::new());
    let applied = desk.apply(&officer, again).await;
    assert_eq!(applied, Applied { created: 0, changed: 0, unchanged: STORED + ESCAPED, asked: 0, aside: 0 });
    assert_eq!(desk.state(2023).await, before);
    desk.done().await;
}

#[tokio::test]
async fn a_change_in_the_list_is_one_change_with_its_name() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let known = family("Lê Thị Lan", "12/03/1975", "042175000001").with("Lê Văn An", "Con", "01/06/2005", "Nam");
    let change = |mend: fn(&mut Family)| {
        let mut changed = known.clone();
        mend(&mut changed);
        changed
    };
    let table: [(&str, Family); 13] = [
        ("same", known.clone()),
        ("change-b1", change(|f| f.b1 = "125".into())),
        ("change-b2", change(|f| f.b2 = "40".into())),
        ("change-causes", change(|f| f.causes = vec![2, 3])),
        ("change-groups", change(|f| f.merit = true)),
        ("change-decision", change(|f| f.decision = "16/QĐ-UBND".into())),
        ("change-village", change(|f| f.village = "Thôn 2".into())),
        ("change-member", change(|f| f.people[0][2] = "13/03/1975".into())),
        ("change-member", change(|f| f.people[0][0] = "Lê Thị Lân".into())),
        ("change-member", change(|f| f.people[1][3] = String::from("Nữ"))),
        ("change-member-added change-size", known.clone().with("Lê Thị Bé", "Con", "01/06/2020", "Nữ")),
        ("change-member-left change-size", change(|f| f.people.truncate(1))),
        ("change-b1 change-marks", change(|f| (f.b1, f.marks) = ("125".into(), Some(vec![1, 2, 3])))),
    ];
    desk.bring(&officer, 2023, std::slice::from_ref(&known)).await;
    for (expected, list) in table {
        let id = desk.staged(&officer, 2023, &[list]).await;
        assert_eq!(desk.told(&officer, id).await, [expected]);
    }
    desk.done().await;
}

#[tokio::test]
async fn a_changed_score_is_stored_and_nothing_beside_it() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let lan = family("Lê Thị Lan", "12/03/1975", "042175000001");
    let mai = family("Trần Thị Mai", "05/09/1980", "042180000002");
    desk.bring(&officer, 2023, &[lan.clone(), mai.clone()]).await;
    let before = desk.state(2023).await;
    let (_, applied) = desk.bring(&officer, 2023, &[lan.scores("135", "30", "N"), mai]).await;
    assert_eq!(applied, Applied { created: 0, changed: 1, unchanged: 1, asked: 0, aside: 0 });
    let after = desk.state(2023).await;
    assert_eq!(after.headed_by("Lê Thị Lan").1.assessment.b1(), Some(Points::whole(135)));
    assert_eq!(after.headed_by("Trần Thị Mai"), before.headed_by("Trần Thị Mai"));
    desk.done().await;
}

#[tokio::test]
async fn two_heads_of_one_name_village_and_birth_are_asked_about_and_never_chosen() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let one = family("Nguyễn Thị Hoa", "12/03/1975", "").with("Lê Văn An", "Con", "01/06/2005", "Nam");
    let two = family("Nguyễn Thị Hoa", "12/03/1975", "").with("Lê Văn Bảo", "Con", "01/06/2006", "Nam");
    desk.bring(&officer, 2023, &[one.clone(), two.clone()]).await;
    let before = desk.state(2023).await;
    assert_eq!(before.households.len(), 2);

    let changed = one.scores("100", "50", "N");
    let id = desk.staged(&officer, 2023, &[changed.clone(), two.clone()]).await;
    assert_eq!(desk.told(&officer, id).await, ["ask 2", "ask 2"]);
    assert_eq!(desk.apply(&officer, id).await.asked, 2);
    assert_eq!(desk.state(2023).await, before, "nothing was chosen for anybody");

    let first = before.households.iter().find(|h| h.members[1].person.name == "Lê Văn An").unwrap().id;
    let second = before.households.iter().find(|h| h.id != first).unwrap().id;
    let id = desk.staged(&officer, 2023, &[changed, two, family("Nguyễn Thị Hoa", "12/03/1975", "")]).await;
    choose(&desk.house, &officer, id, (1, 2), Choice::Existing(first)).await.unwrap();
    choose(&desk.house, &officer, id, (1, 4), Choice::Existing(second)).await.unwrap();
    choose(&desk.house, &officer, id, (1, 6), Choice::New).await.unwrap();
    assert_eq!(desk.told(&officer, id).await, ["change-b1 change-b2", "same", "new"]);
    let applied = desk.apply(&officer, id).await;
    assert_eq!((applied.created, applied.changed, applied.unchanged, applied.asked), (1, 1, 1, 0));
    let after = desk.state(2023).await;
    let scored = after.assessments.iter().find(|s| s.assessment.household == first).unwrap();
    assert_eq!(scored.assessment.b1(), Some(Points::whole(100)));
    desk.done().await;
}

#[tokio::test]
async fn one_household_is_not_chosen_for_two_rows() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let lan = family("Lê Thị Lan", "12/03/1975", "042175000001");
    desk.bring(&officer, 2023, std::slice::from_ref(&lan)).await;
    let known = desk.state(2023).await.households[0].id;
    let other = family("Lê Thị Lành", "12/03/1976", "").scores("90", "30", "N");
    let id = desk.staged(&officer, 2023, &[lan.scores("95", "30", "N"), other]).await;
    choose(&desk.house, &officer, id, (1, 3), Choice::Existing(known)).await.unwrap();
    let taken = "change-member-added change-member-left change-b1";
    assert_eq!(desk.told(&officer, id).await, ["ask 1", taken], "given to the second row, it is not the first row's");
    choose(&desk.house, &officer, id, (1, 2), Choice::Existing(known)).await.unwrap();
    assert_eq!(desk.told(&officer, id).await, ["ask 1", "ask 1"], "given to both, it is neither's");
    assert_eq!(desk.apply(&officer, id).await.asked, 2);
    desk.done().await;
}

#[tokio::test]
async fn undo_puts_everything_back_as_it_was() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let lan = family("Lê Thị Lan", "12/03/1975", "042175000001").with("Lê Văn An", "Con", "01/06/2005", "Nam");
    let mai = family("Trần Thị Mai", "05/09/1980", "042180000002");
    let nga = family("Phan Thị Nga", "1950", "");
    desk.bring(&officer, 2022, std::slice::from_ref(&nga)).await;
    desk.bring(&officer, 2023, &[lan.clone(), mai.clone()]).await;
    let before = (desk.state(2022).await.without_versions(), desk.state(2023).await.without_versions());

    let list = [
        lan.scores("100", "40", "N").with("Lê Thị Bé", "Con", "01/06/2020", "Nữ"),
        mai.at(TRACH, "Thôn 9"),
        nga,
        family("Hồ Thị Yến", "01/01/1990", "042190000003"),
    ];
    let (id, applied) = desk.bring(&officer, 2023, &list).await;
    assert_eq!((applied.created, applied.changed), (1, 3));
    assert_ne!(desk.state(2023).await.without_versions(), before.1);
    undo(&desk.house, &officer, id).await.unwrap();
    let after = (desk.state(2022).await.without_versions(), desk.state(2023).await.without_versions());
    assert_eq!(after, before);
    assert_eq!(code(undo(&desk.house, &officer, id).await), "INT-002", "taken back once");
    desk.done().await;
}

#[tokio::test]
async fn an_import_is_not_undone_over_somebody_elses_work() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let lan = family("Lê Thị Lan", "12/03/1975", "042175000001");
    let (first, _) = desk.bring(&officer, 2023, std::slice::from_ref(&lan)).await;
    let household = desk.state(2023).await.households[0].clone();
    let seen = Seen { household: household.id, version: household.version };
    let scores = AssessmentInput { b1_entered: "90".into(), b2_entered: "60".into(), ..AssessmentInput::default() };
    assess(&desk.house, &officer, seen, 2023, &scores).await.unwrap();
    let edited = desk.state(2023).await;
    assert_eq!(code(undo(&desk.house, &officer, first).await), "INT-003");
    assert_eq!(desk.state(2023).await, edited);
    desk.done().await;
}

#[tokio::test]
async fn an_import_is_not_undone_under_a_later_import() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let lan = family("Lê Thị Lan", "12/03/1975", "042175000001");
    let (founding, _) = desk.bring(&officer, 2023, std::slice::from_ref(&lan)).await;
    let (early, _) = desk.bring(&officer, 2023, &[lan.clone().scores("100", "30", "N")]).await;
    let (late, _) = desk.bring(&officer, 2023, &[lan.scores("110", "30", "N")]).await;
    for covered in [founding, early] {
        assert_eq!(code(undo(&desk.house, &officer, covered).await), "INT-005");
    }
    let Err(AppError::CannotUndo { later, households, count }) = undo(&desk.house, &officer, early).await else {
        panic!("an import under a later one was undone")
    };
    assert_eq!((later.map(|(id, _)| id), households.len(), count), (Some(late), 1, 1));
    let b1 = |state: State| state.assessments[0].assessment.b1();
    assert_eq!(b1(desk.state(2023).await), Some(Points::whole(110)), "the later import stands");
    undo(&desk.house, &officer, late).await.unwrap();
    assert_eq!(b1(desk.state(2023).await), Some(Points::whole(100)));
    undo(&desk.house, &officer, early).await.unwrap();
    assert_eq!(b1(desk.state(2023).await), Some(Points::whole(120)), "the last first, then the one before");
    undo(&desk.house, &officer, founding).await.unwrap();
    assert!(desk.state(2023).await.households.is_empty());
    desk.done().await;
}

#[tokio::test]
async fn households_outside_the_officers_area_are_set_aside_with_the_reason() {
    let desk = desk().await;
    let officer = desk.of_commune(QUANG_DIEM).await;
    let id = stage(&desk.house, &officer, None, 2023, sample_file()).await.unwrap();
    let read = view(&desk.house, &officer, id).await.unwrap().read.unwrap();
    let outside: Vec<&str> =
        read.faults.iter().filter(|f| f.kind == FaultKind::OutsideScope).map(|f| f.value.as_str()).collect();
    assert!(!outside.is_empty() && outside.iter().all(|commune| *commune != QUANG_DIEM), "{outside:?}");
    let applied = desk.apply(&officer, id).await;
    assert!(applied.created > 50 && applied.aside > 110, "{applied:?}");
    let state = desk.state(2023).await;
    assert!(state.households.iter().all(|h| h.place.commune == QUANG_DIEM));
    assert_eq!(state.households.len(), applied.created);
    desk.done().await;
}

#[tokio::test]
async fn who_may_not_import_and_whose_imports_are_not_to_be_seen() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let reader = desk.officer(Role::Reader, "province:42").await;
    let id = desk.staged(&officer, 2023, &[family("Lê Thị Lan", "12/03/1975", "")]).await;
    for actor in [&reader, desk.administrator()] {
        assert_eq!(code(stage(&desk.house, actor, None, 2023, sample_file()).await), "ACC-001");
    }
    assert_eq!(code(view(&desk.house, &neighbour, id).await), "MIS-001");
    assert_eq!(code(apply(&desk.house, &neighbour, id, &|_, _| {}).await), "MIS-001");
    let elsewhere = desk.scope("commune:18184");
    assert_eq!(code(stage(&desk.house, &district, Some(&elsewhere), 2023, sample_file()).await), "MIS-001");
    assert!(view(&desk.house, &district, id).await.is_ok(), "the district sees its communes' imports");
    desk.done().await;
}

#[tokio::test]
async fn a_mended_cell_puts_its_household_back() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let lan = family("Lê Thị Lan", "31/02/1975", "042175000001").scores("120", "35", "N");
    let id = desk.staged(&officer, 2023, &[lan, family("Trần Thị Mai", "05/09/1980", "")]).await;
    let mend_one = |field: Field, value: &str| vec![Mend { sheet: 1, row: 2, field, value: value.into() }];
    assert_eq!(desk.told(&officer, id).await, ["new"]);
    mend(&desk.house, &officer, id, mend_one(Field::BirthDate, "12/03/1975")).await.unwrap();
    assert_eq!(desk.told(&officer, id).await, ["new"], "B2 still sets it aside");
    mend(&desk.house, &officer, id, mend_one(Field::B2, "30")).await.unwrap();
    assert_eq!(desk.told(&officer, id).await, ["new", "new"]);
    let mends = view(&desk.house, &officer, id).await.unwrap().staged.mends;
    assert_eq!(mends[0], (1, 2, 5, "31/02/1975".into(), "12/03/1975".into()), "both texts are kept");
    let row = vec![Mend { sheet: 1, row: 99, field: Field::B2, value: "30".into() }];
    assert_eq!(code(mend(&desk.house, &officer, id, row).await), "MIS-001");

    set_aside(&desk.house, &officer, id, (1, 3), true).await.unwrap();
    assert_eq!(desk.told(&officer, id).await, ["new"]);
    set_aside(&desk.house, &officer, id, (1, 3), false).await.unwrap();
    assert_eq!(desk.apply(&officer, id).await.created, 2);
    for refused in [
        code(apply(&desk.house, &officer, id, &|_, _| {}).await),
        code(mend(&desk.house, &officer, id, mend_one(Field::B2, "40")).await),
        code(drop_intake(&desk.house, &officer, id).await),
    ] {
        assert_eq!(refused, "INT-001", "an import that happened is not staged any more");
    }
    desk.done().await;
}

#[tokio::test]
async fn columns_matched_by_hand_are_known_the_next_time() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let table = |rows: &str| Upload::Paste {
        text: format!("Ai đứng tên\tSinh\tỞ đâu\tĐơn vị\tChấm 1\tChấm 2\n{rows}"),
    };
    let first = "Lê Thị Lan\t12/03/1975\tThôn 1\t18553\t120\t30\nTrần Thị Mai\t1980\tThôn 2\t18553\t130\t20";
    let id = stage(&desk.house, &officer, None, 2023, table(first)).await.unwrap();
    let shown = view(&desk.house, &officer, id).await.unwrap();
    assert!(matches!(shown.read, Err(ListProblem::ColumnsMissing { .. })) && shown.plan.is_none());
    assert_eq!(code(apply(&desk.house, &officer, id, &|_, _| {}).await), "LST-002");
    let useless = vec![(Field::B1, 4)];
    assert_eq!(code(match_by_hand(&desk.house, &officer, id, (0, 0), useless).await), "INT-004");
    let fields = vec![
        (Field::HeadName, 0),
        (Field::BirthDate, 1),
        (Field::Village, 2),
        (Field::CommuneCode, 3),
        (Field::B1, 4),
        (Field::B2, 5),
    ];
    match_by_hand(&desk.house, &officer, id, (0, 0), fields).await.unwrap();
    assert_eq!(desk.told(&officer, id).await, ["new", "new"]);
    assert_eq!(desk.apply(&officer, id).await.created, 2);

    let second = "Lê Thị Lan\t12/03/1975\tThôn 1\t18553\t115\t30\nHồ Thị Yến\t1990\tThôn 1\t18553\t100\t30";
    let id = stage(&desk.house, &officer, None, 2023, table(second)).await.unwrap();
    assert_eq!(desk.told(&officer, id).await, ["change-b1", "new"]);
    desk.done().await;
}

#[tokio::test]
async fn an_import_that_is_left_stores_nothing() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let id = desk.staged(&officer, 2023, &[family("Lê Thị Lan", "12/03/1975", "")]).await;
    drop_intake(&desk.house, &officer, id).await.unwrap();
    assert_eq!(code(apply(&desk.house, &officer, id, &|_, _| {}).await), "INT-001");
    assert!(desk.state(2023).await.households.is_empty());
    assert_eq!(intakes(&desk.house, &officer).await.unwrap().len(), 1, "that it was brought stays known");
    desk.done().await;
}

#[tokio::test]
async fn a_corrected_name_or_birth_date_is_proposed_as_the_same_person_and_a_person_may_say_no() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let known = family("Lê Thị Lan", "12/03/1975", "042175000001").with("Lê Văn An", "Con", "01/06/2005", "Nam");
    desk.bring(&officer, 2023, std::slice::from_ref(&known)).await;
    let corrected = |name: &str, birth: &str| {
        let mut list = known.clone();
        (list.people[1][0], list.people[1][2]) = (name.to_owned(), birth.to_owned());
        list
    };
    let two = "change-member-added change-member-left";
    let table = [
        ("Lê Văn An", "02/06/2005", "change-member-likely"),
        ("Lê Văn Anh", "01/06/2005", "change-member-likely"),
        ("Lê Văn Anh", "02/06/2005", two),
    ];
    for (name, birth, expected) in table {
        let id = desk.staged(&officer, 2023, &[corrected(name, birth)]).await;
        assert_eq!(desk.told(&officer, id).await, [expected], "{name} {birth}");
    }
    let id = desk.staged(&officer, 2023, &[corrected("Lê Văn Anh", "01/06/2005")]).await;
    let Outcome::Changed { household, .. } = desk.outcomes(&officer, id).await.remove(0) else { panic!("changed") };
    let at = view(&desk.house, &officer, id).await.unwrap().plan.unwrap().items[0].at;
    choose(&desk.house, &officer, id, at, Choice::WithStrangers(household)).await.unwrap();
    assert_eq!(desk.told(&officer, id).await, [two]);
    choose(&desk.house, &officer, id, at, Choice::Existing(household)).await.unwrap();
    desk.apply(&officer, id).await;
    let state = desk.state(2023).await;
    let (household, _) = state.headed_by("Lê Thị Lan");
    let people: Vec<(&str, bool)> =
        household.members.iter().map(|m| (m.person.name.as_str(), m.is_present())).collect();
    assert_eq!(people, [("Lê Thị Lan", true), ("Lê Văn Anh", true)]);
    desk.done().await;
}

#[tokio::test]
async fn an_import_is_undone_after_a_later_one_that_changed_members_was_undone() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let lan = family("Lê Thị Lan", "12/03/1975", "042175000001");
    let (early, _) = desk.bring(&officer, 2023, std::slice::from_ref(&lan)).await;
    let (late, _) = desk.bring(&officer, 2023, &[lan.with("Lê Thị Bé", "Con", "01/06/2020", "Nữ")]).await;
    assert_eq!(code(undo(&desk.house, &officer, early).await), "INT-005");
    undo(&desk.house, &officer, late).await.unwrap();
    undo(&desk.house, &officer, early).await.unwrap();
    assert!(desk.state(2023).await.households.is_empty());
    desk.done().await;
}

#[tokio::test]
async fn every_step_of_an_import_before_it_is_stored_stands_in_the_trail() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let id = desk.staged(&officer, 2023, &[family("Lê Thị Lan", "31/02/1975", "")]).await;
    let mended = Mend { sheet: 1, row: 2, field: Field::BirthDate, value: "28/02/1975".into() };
    mend(&desk.house, &officer, id, vec![mended]).await.unwrap();
    drop_intake(&desk.house, &officer, id).await.unwrap();
    let told = app::access::trail(&desk.house, &officer, None, kernel::Page::new(1, 10)).await.unwrap().rows;
    let verbs: Vec<&str> = told.iter().map(|entry| entry.verb.as_str()).collect();
    assert_eq!(verbs, ["intake_dropped", "intake_changed", "intake_staged"]);
    assert!(told.iter().all(|entry| entry.actor == officer.id && entry.subject_id == id.to_string()));
    desk.done().await;
}
