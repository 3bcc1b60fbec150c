//! Households by hand: search, found, correct, persons, split, merge, move, close.

use app::AppError;
use app::registry::*;
use domain::access::Role;
use kernel::{Day, Page, PageOf};
use storage::HouseholdRow;

use crate::world::{COMMUNE, Province, code, faults, member, province};

async fn look(world: &Province, actor: &domain::access::Actor, text: &str) -> PageOf<HouseholdRow> {
    let wanted = Wanted { text: text.to_owned(), ..Wanted::default() };
    search(&world.house, actor, &wanted, Page::new(1, 20)).await.unwrap().rows
}

#[tokio::test]
async fn a_household_added_by_hand_is_found_by_a_name_without_marks_and_not_from_outside_its_scope() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let stranger = world.officer(Role::CommuneOfficer, "commune:18547").await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Đặng Thị Thuỷ").await;

    assert_eq!(look(&world, &officer, "dang thuy").await.rows[0].id, id);
    assert_eq!(look(&world, &stranger, "dang thuy").await.total, 0);
    assert_eq!(code(open(&world.house, &stranger, id, None).await), "MIS-001");
    let view = open(&world.house, &officer, id, None).await.unwrap();
    assert_eq!(view.names.commune, "Xã Hương Trạch");
    assert_eq!(view.names.village, "Thôn 1");
    assert_eq!((view.household.size(), view.year, view.is_locked), (3, 2023, false));
    assert_eq!(view.trail.len(), 1);
    world.done().await;
}

#[tokio::test]
async fn every_faulty_field_of_a_new_household_is_told_at_once() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let mut wrong = member("", "không rõ", "31/02/1960", "Chủ hộ");
    wrong.ethnicity = "người lạ".into();
    let input = FoundInput {
        village: village.id,
        address: String::new(),
        members: vec![wrong, member("Lê Văn An", "Nam", "1/1/2030", "")],
        came: Some(("merged_into".into(), "11/10/2023".into())),
    };
    assert_eq!(
        faults(found(&world.house, &officer, &input).await),
        [
            "members.0.name field-missing",
            "members.0.sex field-choice",
            "members.0.birth field-no-such-day",
            "members.0.ethnicity field-ethnicity",
            "members.1.birth field-future",
            "members.1.relation field-missing",
            "came field-choice",
        ]
    );
    let two_heads = FoundInput {
        members: vec![member("An", "Nam", "1960", "Chủ hộ"), member("Bình", "Nam", "1961", "Chủ hộ")],
        came: Some(("moved_in".into(), "11/10/2023".into())),
        ..input
    };
    assert_eq!(
        faults(found(&world.house, &officer, &two_heads).await),
        ["members field-one-head", "came_day field-future"]
    );
    world.done().await;
}

#[tokio::test]
async fn a_doubtful_paper_is_kept_as_written_and_warned_of() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let table = [
        ("042175001234", vec![]),
        ("042075001235", vec!["members.0.paper paper-sex"]),
        ("042176001236", vec!["members.0.paper paper-year"]),
        ("181234567", vec!["members.0.paper paper-old"]),
        ("0421750", vec!["members.0.paper paper-length"]),
        ("042175001234", vec!["members.0.paper paper-twice"]),
    ];
    for (paper, expected) in table {
        let mut head = member("Lê Thị Lan", "Nữ", "12/03/1975", "Chủ hộ");
        head.paper = paper.into();
        let input = FoundInput { village: village.id, address: String::new(), members: vec![head], came: None };
        let saved = found(&world.house, &officer, &input).await.unwrap();
        let warned: Vec<String> = saved.warnings.iter().map(|w| format!("{} {}", w.field, w.problem)).collect();
        assert_eq!(warned, expected, "{paper}");
        let view = open(&world.house, &officer, saved.household, None).await.unwrap();
        assert_eq!(view.household.head().unwrap().person.paper.as_deref(), Some(paper));
    }
    world.done().await;
}

#[tokio::test]
async fn a_correction_changes_the_paper_and_not_what_happened() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let (one, two) = (world.village(&officer, "Thôn 1").await, world.village(&officer, "Thôn 2").await);
    let id = world.household(&officer, &one, "Lê Thị Lan").await;
    let before = open(&world.house, &officer, id, None).await.unwrap().household;
    let mut members: Vec<MemberInput> = vec![
        member("Lê Thị Lân", "Nữ", "12/03/1975", "Con"),
        member("Nguyễn Văn Nam", "Nam", "01/06/2000", "Chủ hộ"),
        member("Nguyễn Thị Hoa", "Nữ", "02/09/2012", "Con"),
        member("Nguyễn Văn Quên", "Nam", "2015", "Con"),
    ];
    for (input, known) in members.iter_mut().zip(&before.members) {
        input.person = Some(known.person.id);
    }
    let input = CorrectInput { address: " xóm trên ".into(), village: two.id, members };
    let seen = world.seen(&officer, id).await;
    correct(&world.house, &officer, seen, &input).await.unwrap();

    let after = open(&world.house, &officer, id, None).await.unwrap().household;
    assert_eq!(after.address.as_deref(), Some("xóm trên"));
    assert_eq!((after.place.village, after.size(), after.head_name()), (two.id, 4, "Nguyễn Văn Nam"));
    assert!(after.events.is_empty());
    assert_eq!(code(correct(&world.house, &officer, seen, &input).await), "STO-001");
    world.done().await;
}

#[tokio::test]
async fn births_and_deaths_change_who_lives_there_and_the_eldest_follows_the_head() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;

    let vague =
        record_birth(&world.house, &officer, world.seen(&officer, id).await, &member("Bé", "Nữ", "2023", "Cháu")).await;
    assert_eq!(faults(vague), ["birth field-full-date"]);
    let born = member("Nguyễn Thị Bé", "Nữ", "05/09/2023", "Cháu");
    record_birth(&world.house, &officer, world.seen(&officer, id).await, &born).await.unwrap();
    let wife = member("Trần Thị Mai", "Nữ", "1999", "Con dâu");
    record_arrival(&world.house, &officer, world.seen(&officer, id).await, &wife, "06/09/2023").await.unwrap();
    let household = open(&world.house, &officer, id, None).await.unwrap().household;
    assert_eq!(household.size(), 5);

    let head = household.head().unwrap().person.id;
    let late = record_death(&world.house, &officer, world.seen(&officer, id).await, head, "11/10/2023").await;
    assert_eq!(faults(late), ["day field-future"]);
    record_death(&world.house, &officer, world.seen(&officer, id).await, head, "09/10/2023").await.unwrap();
    let household = open(&world.house, &officer, id, None).await.unwrap().household;
    assert_eq!((household.size(), household.head_name()), (4, "Trần Thị Mai"));
    assert_eq!(
        code(record_departure(&world.house, &officer, world.seen(&officer, id).await, head, "09/10/2023").await),
        "REG-002"
    );
    world.done().await;
}

#[tokio::test]
async fn a_household_that_nobody_is_left_of_closes_with_the_event_that_says_so() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let alone = vec![member("Hồ Thị Già", "Nữ", "1940", "Chủ hộ")];
    let input = FoundInput { village: village.id, address: String::new(), members: alone, came: None };
    let id = found(&world.house, &officer, &input).await.unwrap().household;
    let person = open(&world.house, &officer, id, None).await.unwrap().household.members[0].person.id;
    record_death(&world.house, &officer, world.seen(&officer, id).await, person, "01/02/2023").await.unwrap();

    let view = open(&world.house, &officer, id, None).await.unwrap();
    assert_eq!(view.household.closed, Day::new(2023, 2, 1));
    assert_eq!(view.events.len(), 1);
    assert_eq!(look(&world, &officer, "ho thi gia").await.total, 0);
    world.done().await;
}

#[tokio::test]
async fn a_split_and_a_merge_lose_nobody() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let son = open(&world.house, &officer, id, None).await.unwrap().household.members[1].person.id;

    let seen = world.seen(&officer, id).await;
    let founded = split(&world.house, &officer, seen, (&[son], son), "01/10/2023").await.unwrap();
    let new = open(&world.house, &officer, founded, None).await.unwrap();
    assert_eq!(
        (new.household.head_name(), new.household.head().unwrap().relation.as_str()),
        ("Nguyễn Văn Nam", "head")
    );
    assert_eq!(new.events[0].other_head.as_deref(), Some("Lê Thị Lan"));
    assert_eq!(open(&world.house, &officer, id, None).await.unwrap().household.size(), 2);

    let (into, from) = (world.seen(&officer, id).await, world.seen(&officer, founded).await);
    assert_eq!(code(merge(&world.house, &officer, into, into, "02/10/2023").await), "REG-007");
    merge(&world.house, &officer, into, from, "02/10/2023").await.unwrap();
    assert_eq!(open(&world.house, &officer, id, None).await.unwrap().household.size(), 3);
    let closed = open(&world.house, &officer, founded, None).await.unwrap().household;
    assert_eq!((closed.size(), closed.closed), (0, Day::new(2023, 10, 2)));
    world.done().await;
}

#[tokio::test]
async fn a_household_moves_inside_the_officers_area_and_leaves_by_an_event_of_the_norms() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let stranger = world.officer(Role::CommuneOfficer, "commune:18547").await;
    let (one, two) = (world.village(&officer, "Thôn 1").await, world.village(&officer, "Thôn 2").await);
    let far = world.village(&stranger, "Thôn xa").await;
    let id = world.household(&officer, &one, "Lê Thị Lan").await;
    let seen = world.seen(&officer, id).await;
    assert_eq!(
        faults(move_household(&world.house, &officer, seen, far.id, "01/10/2023").await),
        ["village field-choice"]
    );
    assert_eq!(code(move_household(&world.house, &officer, seen, one.id, "01/10/2023").await), "REG-008");
    move_household(&world.house, &officer, seen, two.id, "01/10/2023").await.unwrap();

    let seen = world.seen(&officer, id).await;
    let wrong = close_household(&world.house, &officer, seen, ("founded", "02/10/2023", "")).await;
    assert_eq!(faults(wrong), ["event field-choice"]);
    close_household(&world.house, &officer, seen, ("moved_away", "02/10/2023", "vào Nam")).await.unwrap();
    let view = open(&world.house, &officer, id, None).await.unwrap();
    assert_eq!((view.household.place.village, view.events.len()), (two.id, 3));
    let again =
        close_household(&world.house, &officer, world.seen(&officer, id).await, ("moved_away", "03/10/2023", "")).await;
    assert!(matches!(again, Err(AppError::Change(_))));
    world.done().await;
}

#[tokio::test]
async fn somebody_entered_by_mistake_is_taken_out_without_dying_or_moving_and_the_trail_keeps_why() {
    let world = province().await;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&officer, "Thôn 1").await;
    let id = world.household(&officer, &village, "Lê Thị Lan").await;
    let members = open(&world.house, &officer, id, None).await.unwrap().household.members;
    let (head, son, girl) = (members[0].person.id, members[1].person.id, members[2].person.id);
    let blank = remove_mistaken(&world.house, &officer, world.seen(&officer, id).await, son, " ").await;
    assert_eq!(faults(blank), ["note field-missing"]);
    let reason = "chép nhầm từ hộ bên cạnh";
    remove_mistaken(&world.house, &officer, world.seen(&officer, id).await, son, reason).await.unwrap();
    let view = open(&world.house, &officer, id, None).await.unwrap();
    assert_eq!((view.household.members.len(), view.household.events.len()), (2, 0));
    assert_eq!(
        (view.trail[0].verb.as_str(), view.trail[0].detail["reason"].as_str()),
        ("mistake_removed", Some(reason))
    );
    assert_eq!(look(&world, &officer, "nguyen van nam").await.total, 0);

    remove_mistaken(&world.house, &officer, world.seen(&officer, id).await, head, reason).await.unwrap();
    assert_eq!(open(&world.house, &officer, id, None).await.unwrap().household.head_name(), "Nguyễn Thị Hoa");
    let last = remove_mistaken(&world.house, &officer, world.seen(&officer, id).await, girl, reason).await;
    assert_eq!(code(last), "REG-005");
    world.done().await;
}
