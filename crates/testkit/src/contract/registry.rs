//! Households, persons and their time together.

use domain::registry::{Handover, HandoverState, Household, JoinReason, LeaveReason, Sex, merge, split};
use kernel::{Day, HandoverId, HouseholdId, Ids, Page, PersonId};
use storage::{HouseholdFilter, StorageError, Store};

use super::{committed, read, write};
use crate::World;

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

pub async fn a_saved_household_is_found_whole(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let mut household = world
        .household(&village, "Nguyễn Văn An")
        .born("5/9/1970")
        .sex(Sex::Male)
        .paper("042070001234")
        .member("Trần Thị Hường", "spouse")
        .born("1985")
        .sex(Sex::Female)
        .address("Xóm 3")
        .event("2022-03-01", "founded")
        .build();
    household.members[0].person.ethnicity = Some(1);
    household.members[1].joined = Some((day("2015-05-05"), JoinReason::MovedIn));
    household.events[0].other = Some(HouseholdId(world.ids.next()));
    household.events[0].note = Some("tách từ hộ cha mẹ".to_owned());
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));

    let found = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    household.version = 1;
    assert_eq!(found, household);
}

pub async fn a_household_outside_the_scope_is_not_found(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Nguyễn Văn An").build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));

    let mut work = read(store).await;
    for (scope, sees) in [
        (world.commune("18073"), true),
        (world.district("439"), true),
        (world.commune("18001"), false),
        (world.district("436"), false),
    ] {
        assert_eq!(work.household(&scope, household.id).await.unwrap().is_some(), sees, "{scope:?}");
        assert_eq!(work.households_by_id(&scope, &[household.id]).await.unwrap().len(), usize::from(sees), "{scope:?}");
        assert_eq!(work.heads(&scope).await.unwrap().len(), usize::from(sees), "{scope:?}");
    }
}

pub async fn codes_of_another_list_of_units_are_another_place(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Nguyễn Văn An").build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));

    let mut later = world.commune("18073");
    later.units_from = day("2025-07-01");
    let mut work = read(store).await;
    assert_eq!(work.household(&later, household.id).await.unwrap(), None);
    for filter in [HouseholdFilter::new(later.clone(), 2023), HouseholdFilter::new(later, 2023).text("an")] {
        assert!(work.households(&filter, Page::new(1, 20)).await.unwrap().rows.is_empty());
    }
}

pub async fn saving_grows_the_version_and_a_stale_version_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let mut household = world.household(&village, "Nguyễn Văn An").build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));
    household.version = 1;
    household.address = Some("Xóm 1".to_owned());
    committed!(store, w => w.save_household(&household));

    let stored = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.address.as_deref()), (2, Some("Xóm 1")));

    household.address = Some("Xóm 2".to_owned());
    let mut work = write(store).await;
    let refused = work.save_household(&household).await;
    assert!(matches!(refused, Err(StorageError::Conflict { record: "household" })), "{refused:?}");
    drop(work);
    let stored = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.address.as_deref()), (2, Some("Xóm 1")));
}

pub async fn a_reviewed_household_steps_on_as_it_is_and_a_stale_version_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let mut household = world.household(&village, "Nguyễn Văn An").build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));
    household.version = 1;
    let before = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    committed!(store, w => w.step_household(&household));
    let after = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    assert_eq!(after, Household { version: 2, ..before });
    let refused = write(store).await.step_household(&household).await;
    assert!(matches!(refused, Err(StorageError::Conflict { record: "household" })), "{refused:?}");
}

pub async fn saving_an_unknown_household_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let mut household = world.household(&village, "Nguyễn Văn An").build();
    household.version = 1;
    let mut work = write(store).await;
    work.add_villages(&[village]).await.unwrap();
    assert!(matches!(work.save_household(&household).await, Err(StorageError::Conflict { .. })));
}

pub async fn members_who_leave_keep_their_time(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Nguyễn Văn An").member("Nguyễn Thị Bé", "child").build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));

    let stored = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    let child = stored.members[1].person.id;
    let today = day("2023-12-31");
    let left = stored.without_member(child, day("2023-05-01"), LeaveReason::Died, "gone", today).unwrap();
    committed!(store, w => w.save_household(&left));

    let stored = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    assert_eq!((stored.members.len(), stored.size()), (2, 1));
    assert_eq!(stored.members[1].left, Some((day("2023-05-01"), LeaveReason::Died)));
}

pub async fn a_person_goes_with_a_split_and_is_kept_once(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Nguyễn Văn An").member("Nguyễn Văn Bình", "child").build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));

    let (on, today) = (day("2023-06-01"), day("2023-12-31"));
    let stored = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    let son = stored.members[1].person.id;
    let parted = split(stored, &[son], son, HouseholdId(world.ids.next()), on, ("split", today)).unwrap();
    committed!(store, w => w.save_household(&parted.stays), w.add_households(std::slice::from_ref(&parted.founded)));

    let mut work = read(store).await;
    let founded = work.household(&world.province(), parted.founded.id).await.unwrap().unwrap();
    assert_eq!((founded.head_name(), founded.size(), founded.version), ("Nguyễn Văn Bình", 1, 1));
    let stays = work.household(&world.province(), household.id).await.unwrap().unwrap();
    assert_eq!((stays.size(), stays.members.len()), (1, 2));
    drop(work);

    let merged = merge(stays, founded, day("2023-07-01"), "merged", today).unwrap();
    committed!(store, w => w.save_household(&merged.grown), w.save_household(&merged.closed));
    let grown = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    let times: Vec<PersonId> = grown.members.iter().map(|m| m.person.id).filter(|id| *id == son).collect();
    assert_eq!((times.len(), grown.size()), (2, 2));
}

pub async fn heads_are_listed_folded_without_closed_households(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let open = world.household(&village, "Nguyễn Thị Hường").born("1970").paper("042170001234").build();
    let closed = world.household(&village, "Lê Văn Cũ").closed_on("2022-12-01").build();
    committed!(store, w => w.add_villages(std::slice::from_ref(&village)), w.add_households(&[open.clone(), closed]));

    let heads = read(store).await.heads(&world.commune("18073")).await.unwrap();
    assert_eq!(heads.len(), 1);
    assert_eq!((heads[0].household, heads[0].village, heads[0].version), (open.id, village.id, 1));
    assert_eq!(heads[0].folded_name, "nguyen thi huong");
    assert_eq!(heads[0].birth.map(kernel::BirthDate::iso).as_deref(), Some("1970"));
    assert_eq!((heads[0].paper.as_deref(), heads[0].commune.as_str()), (Some("042170001234"), "18073"));
}

pub async fn a_move_between_communes_changes_who_sees_the_household(store: &dyn Store) {
    let world = World::new(1);
    let (from, to) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 2"));
    let household = world.household(&from, "Nguyễn Văn An").build();
    let line = world.assessment(&household, 2023, Some("poor"));
    committed!(store, w =>
        w.add_villages(&[from, to.clone()]),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(&[line]),
    );
    let stored = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    let (on, today) = (day("2023-06-01"), day("2023-12-31"));
    let moved = stored.moved_to(to.place(), on, "departed", "arrived", today).unwrap();
    committed!(store, w => w.save_household(&moved));

    let mut work = read(store).await;
    for (code, sees) in [("18073", false), ("18001", true)] {
        let scope = world.commune(code);
        assert_eq!(work.household(&scope, household.id).await.unwrap().is_some(), sees, "{code}");
        let all = HouseholdFilter::new(scope, 2023);
        for filter in [all.clone(), all.clone().text("an"), all.clone().class(Some("poor"))] {
            let page = work.households(&filter, Page::new(1, 20)).await.unwrap();
            assert_eq!((page.rows.len(), page.total), (usize::from(sees), i64::from(sees)), "{code} {filter:?}");
        }
    }
    drop(work);
    for (scope, sees) in [(world.district("439"), 0), (world.district("436"), 1), (world.province(), 1)] {
        let filter = HouseholdFilter::new(scope, 2023).text("nguyen");
        assert_eq!(read(store).await.households(&filter, Page::new(1, 20)).await.unwrap().total, sees);
    }
}

pub async fn removing_households_leaves_nothing_behind(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let kept = world.household(&village, "Nguyễn Văn An").build();
    let gone = world
        .household(&village, "Nguyễn Văn Cũ")
        .member("Lê Thị Tạm", "spouse")
        .event("2023-01-02", "founded")
        .build();
    let lines = [world.assessment(&kept, 2023, Some("poor")), world.assessment(&gone, 2023, Some("poor"))];
    committed!(store, w =>
        w.add_villages(&[village]),
        w.add_households(&[kept.clone(), gone.clone()]),
        w.save_assessments(&lines),
        w.remove_households(&world.province(), &[gone.id]),
    );

    let scope = world.province();
    let mut work = read(store).await;
    assert_eq!(work.household(&scope, gone.id).await.unwrap(), None);
    assert!(work.assessments_by_household(2023, &[gone.id]).await.unwrap().is_empty());
    assert!(work.events_between(&scope, day("2023-01-01"), day("2023-12-31")).await.unwrap().is_empty());
    let all = HouseholdFilter::new(scope, 2023);
    for (filter, left) in [
        (all.clone(), 1),
        (all.clone().text("nguyen"), 1),
        (all.clone().text("tam"), 0),
        (all.clone().class(Some("poor")), 1),
    ] {
        let page = work.households(&filter, Page::new(1, 20)).await.unwrap();
        assert_eq!((page.rows.len() as i64, page.total), (left, left), "{filter:?}");
    }
    drop(work);
    committed!(store, w => w.add_households(std::slice::from_ref(&gone)));
    let again = read(store).await.household(&world.province(), gone.id).await.unwrap().unwrap();
    assert_eq!(again.members.len(), 2);
}

pub async fn removing_takes_only_what_the_scope_holds(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    let (mine, theirs) = (world.household(&one, "Lê An").build(), world.household(&other, "Lê Bình").build());
    committed!(store, w =>
        w.add_villages(&[one, other]),
        w.add_households(&[mine.clone(), theirs.clone()]),
        w.remove_households(&world.commune("18073"), &[mine.id, theirs.id]),
    );
    let left = read(store).await.households_by_id(&world.province(), &[mine.id, theirs.id]).await.unwrap();
    assert_eq!(left.iter().map(|h| h.id).collect::<Vec<_>>(), [theirs.id]);
}

pub async fn a_dropped_unit_of_work_stores_nothing(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let households: Vec<_> = (0..1_200).map(|n| world.household(&village, &format!("Lê Văn {n}")).build()).collect();
    let mut work = write(store).await;
    work.add_villages(&[village]).await.unwrap();
    work.add_households(&households).await.unwrap();
    drop(work);

    let mut work = write(store).await;
    assert!(work.villages(&world.province()).await.unwrap().is_empty());
    assert!(work.heads(&world.province()).await.unwrap().is_empty());
    let filter = HouseholdFilter::new(world.province(), 2023);
    for filter in [filter.clone(), filter.text("le")] {
        assert_eq!(work.households(&filter, Page::new(1, 20)).await.unwrap().total, 0);
    }
}

pub async fn thousands_are_added_at_once(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let households: Vec<_> = (0..2_500)
        .map(|n| world.household(&village, &format!("Lê Văn {n}")).member(&format!("Trần Thị {n}"), "spouse").build())
        .collect();
    let ids: Vec<HouseholdId> = households.iter().map(|h| h.id).collect();
    let lines: Vec<_> = households.iter().map(|h| world.assessment(h, 2023, Some("poor"))).collect();
    committed!(store, w => w.add_villages(&[village]), w.add_households(&households), w.save_assessments(&lines));

    let mut work = read(store).await;
    let found = work.households_by_id(&world.province(), &ids).await.unwrap();
    assert_eq!((found.len(), found.iter().map(|h| h.members.len()).sum::<usize>()), (2_500, 5_000));
    assert_eq!(work.assessments_of_year(&world.province(), 2023).await.unwrap().len(), 2_500);
    drop(work);
    committed!(store, w => w.remove_households(&world.province(), &ids));
    assert!(read(store).await.heads(&world.province()).await.unwrap().is_empty());
}

pub async fn a_reader_sees_one_state_of_the_data(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    committed!(store, w => w.add_villages(std::slice::from_ref(&village)));
    let mut reader = read(store).await;
    assert_eq!(reader.villages(&world.province()).await.unwrap().len(), 1);
    committed!(store, w => w.add_households(&[world.household(&village, "Lê An").build()]));
    assert!(reader.heads(&world.province()).await.unwrap().is_empty());
    drop(reader);
    assert_eq!(read(store).await.heads(&world.province()).await.unwrap().len(), 1);
}

fn handover(world: &World, household: &Household, to: &str) -> Handover {
    Handover {
        id: HandoverId(world.ids.next()),
        household: household.id,
        head_name: household.head_name().to_owned(),
        size: 1,
        from: household.place.clone(),
        to: world.place(to),
        day: day("2023-06-01"),
        note: Some("về quê vợ".to_owned()),
        state: HandoverState::Offered,
        remark: None,
        by: world.user(),
        by_name: "Lê Thị Cán Bộ".to_owned(),
        at_ms: 7,
        version: 0,
    }
}

pub async fn a_handover_is_seen_from_both_ends_only(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let offered = handover(&world, &household, "18001");
    committed!(store, w => w.add_villages(&[village]), w.save_handover(&offered));
    let stored = Handover { version: 1, ..offered.clone() };
    let mut work = read(store).await;
    for (scope, sees) in [
        (world.commune("18073"), true),
        (world.commune("18001"), true),
        (world.district("436"), true),
        (world.province(), true),
        (world.commune("18070"), false),
    ] {
        let found = work.handover(&scope, offered.id).await.unwrap();
        assert_eq!(found, sees.then(|| stored.clone()), "{scope:?}");
        assert_eq!(work.open_handovers(&scope).await.unwrap().len(), usize::from(sees), "{scope:?}");
    }
}

pub async fn a_household_has_one_open_handover(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").build();
    let (first, second) = (handover(&world, &household, "18001"), handover(&world, &household, "18070"));
    committed!(store, w => w.add_villages(&[village]), w.save_handover(&first));
    let conflict = |saved| matches!(saved, Err(StorageError::Conflict { record: "handover" }));
    assert!(conflict(write(store).await.save_handover(&second).await));
    let answered = Handover { version: 1, state: HandoverState::Accepted, ..first.clone() };
    committed!(store, w => w.save_handover(&answered));
    assert!(conflict(write(store).await.save_handover(&answered).await));
    committed!(store, w => w.save_handover(&second));
    let open = read(store).await.open_handovers(&world.province()).await.unwrap();
    assert_eq!(open.iter().map(|h| h.id).collect::<Vec<_>>(), [second.id]);
}
