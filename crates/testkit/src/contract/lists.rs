//! Pages of households without a search.

use domain::units::Village;
use kernel::{HouseholdId, Page};
use storage::{HouseholdFilter, HouseholdRow, Store};

use super::{committed, read};
use crate::World;

async fn page(store: &dyn Store, filter: &HouseholdFilter, number: u32, size: u32) -> kernel::PageOf<HouseholdRow> {
    read(store).await.households(filter, Page::new(number, size)).await.unwrap()
}

async fn names(store: &dyn Store, filter: &HouseholdFilter) -> Vec<String> {
    page(store, filter, 1, 100).await.rows.into_iter().map(|row| row.head_name).collect()
}

async fn settle(store: &dyn Store, world: &World, village: &Village, heads: &[&str]) -> Vec<HouseholdId> {
    let households: Vec<_> = heads.iter().map(|head| world.household(village, head).build()).collect();
    committed!(store, w => w.add_villages(std::slice::from_ref(village)), w.add_households(&households));
    households.iter().map(|h| h.id).collect()
}

pub async fn heads_are_sorted_by_given_name_in_vietnamese_order(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let heads = ["Nguyễn Văn Bình", "Trần Thị Ánh", "Lê Văn An", "Phan Đức", "Hồ Đức Bình", "Cao Thị Ẩn", "Võ Du"];
    settle(store, &world, &village, &heads).await;
    let sorted = ["Lê Văn An", "Trần Thị Ánh", "Cao Thị Ẩn", "Hồ Đức Bình", "Nguyễn Văn Bình", "Võ Du", "Phan Đức"];
    for scope in [world.commune("18073"), world.district("439"), world.province()] {
        assert_eq!(names(store, &HouseholdFilter::new(scope, 2023)).await, sorted);
    }
}

pub async fn pages_add_up_to_the_whole(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let heads: Vec<String> = (0..45).map(|n| format!("Lê Văn {}", ["An", "Bình", "Cường"][n % 3])).collect();
    let ids = settle(store, &world, &village, &heads.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for filter in
        [HouseholdFilter::new(world.province(), 2023), HouseholdFilter::new(world.province(), 2023).text("le")]
    {
        let mut seen = Vec::new();
        for number in 1..=5 {
            let page = page(store, &filter, number, 10).await;
            assert_eq!((page.total, page.capped, page.pages()), (45, false, 5));
            seen.extend(page.rows.iter().map(|row| row.id));
        }
        seen.sort_unstable();
        assert_eq!(seen, ids);
        assert!(page(store, &filter, 6, 10).await.rows.is_empty());
    }
}

pub async fn counts_follow_every_change(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 2"));
    let ids = settle(store, &world, &one, &["Lê An", "Lê Bình", "Lê Cường"]).await;
    settle(store, &world, &other, &["Lê Dũng"]).await;
    let count = async |scope, with_closed| {
        let filter = HouseholdFilter { with_closed, ..HouseholdFilter::new(scope, 2023) };
        page(store, &filter, 1, 100).await.total
    };
    assert_eq!((count(world.commune("18073"), false).await, count(world.province(), false).await), (3, 4));

    let mut work = super::write(store).await;
    let stored = work.household(&world.province(), ids[0]).await.unwrap().unwrap();
    let today = kernel::Day::last_of(2023);
    work.save_household(&stored.closed_by(today, "gone", None, today).unwrap()).await.unwrap();
    let stored = work.household(&world.province(), ids[1]).await.unwrap().unwrap();
    work.save_household(&stored.moved_to(other.place(), today, "departed", "arrived", today).unwrap()).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!((count(world.commune("18073"), false).await, count(world.commune("18073"), true).await), (1, 2));
    assert_eq!((count(world.commune("18001"), false).await, count(world.province(), true).await), (2, 4));

    committed!(store, w => w.remove_households(&world.province(), &ids));
    assert_eq!((count(world.province(), false).await, count(world.province(), true).await), (1, 1));
}

pub async fn closed_households_are_hidden_unless_asked_for(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let closed = world.household(&village, "Lê Văn Cũ").closed_on("2022-12-01").build();
    settle(store, &world, &village, &["Lê Văn An"]).await;
    committed!(store, w => w.add_households(&[closed]));
    for text in ["", "van"] {
        let mut filter = HouseholdFilter::new(world.commune("18073"), 2023).text(text);
        assert_eq!(names(store, &filter).await, ["Lê Văn An"]);
        filter.with_closed = true;
        assert_eq!(names(store, &filter).await, ["Lê Văn An", "Lê Văn Cũ"]);
        let rows = page(store, &filter, 1, 10).await.rows;
        assert_eq!(rows.iter().map(|row| row.is_closed).collect::<Vec<_>>(), [false, true]);
    }
}

pub async fn a_class_of_the_year_filters_the_list(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let heads = ["Lê An", "Lê Bình", "Lê Cường", "Lê Dũng"];
    let households: Vec<_> = heads.iter().map(|head| world.household(&village, head).build()).collect();
    let lines = [
        world.assessment(&households[0], 2023, Some("poor")),
        world.assessment(&households[1], 2023, Some("near_poor")),
        world.assessment(&households[2], 2022, Some("poor")),
        world.assessment(&households[2], 2023, None),
    ];
    committed!(store, w => w.add_villages(&[village]), w.add_households(&households), w.save_assessments(&lines));
    let class = |class: &str, year| HouseholdFilter::new(world.province(), year).class(Some(class));
    for (filter, expected) in [
        (class("poor", 2023), vec!["Lê An"]),
        (class("near_poor", 2023), vec!["Lê Bình"]),
        (class("poor", 2022), vec!["Lê Cường"]),
        (class("poor", 2021), vec![]),
        (class("poor", 2023).text("le"), vec!["Lê An"]),
    ] {
        assert_eq!(names(store, &filter).await, expected, "{filter:?}");
        assert_eq!(page(store, &filter, 1, 10).await.total, expected.len() as i64);
    }
}

pub async fn a_village_filters_the_list(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18073", "Thôn 2"));
    settle(store, &world, &one, &["Lê An", "Lê Bình"]).await;
    settle(store, &world, &other, &["Lê Cường"]).await;
    let of =
        |village: &Village, commune: &str| HouseholdFilter::new(world.commune(commune), 2023).village(Some(village.id));
    assert_eq!(names(store, &of(&one, "18073")).await, ["Lê An", "Lê Bình"]);
    assert_eq!(names(store, &of(&other, "18073")).await, ["Lê Cường"]);
    assert_eq!(names(store, &of(&one, "18073").text("binh")).await, ["Lê Bình"]);
    assert_eq!(page(store, &of(&one, "18073"), 1, 1).await.total, 2);
    assert!(names(store, &of(&one, "18001")).await.is_empty());
}

pub async fn a_list_hides_other_communes(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    settle(store, &world, &one, &["Lê An"]).await;
    settle(store, &world, &other, &["Lê Bình"]).await;
    for (scope, expected) in [
        (world.commune("18073"), vec!["Lê An"]),
        (world.district("436"), vec!["Lê Bình"]),
        (world.province(), vec!["Lê An", "Lê Bình"]),
    ] {
        let filter = HouseholdFilter::new(scope, 2023);
        assert_eq!(names(store, &filter).await, expected);
        assert_eq!(page(store, &filter, 1, 10).await.total, expected.len() as i64);
    }
}

pub async fn rows_show_the_scores_of_the_year(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê An").born("1970").member("Trần Thị Bé", "spouse").build();
    let mut line = world.assessment(&household, 2023, Some("poor"));
    line.assessment.b1_entered = Some(kernel::Points(1_205));
    committed!(store, w =>
        w.add_villages(std::slice::from_ref(&village)),
        w.add_households(std::slice::from_ref(&household)),
        w.save_assessments(&[line]),
    );
    let row = page(store, &HouseholdFilter::new(world.province(), 2023), 1, 10).await.rows.remove(0);
    assert_eq!((row.id, row.size, row.class.as_deref()), (household.id, 2, Some("poor")));
    assert_eq!((row.b1, row.b2), (Some(kernel::Points(1_205)), Some(kernel::Points(300))));
    assert_eq!((row.marks_known, row.marks_set), (0b11, 0b01));
    assert_eq!((row.village, row.village_name.as_str()), (village.id, "Thôn 1"));
    assert_eq!((row.district.as_str(), row.commune.as_str()), ("439", "18073"));
    let row = page(store, &HouseholdFilter::new(world.province(), 2022), 1, 10).await.rows.remove(0);
    assert_eq!((row.class, row.b1), (None, None));
}

pub async fn only_assessed_households_when_asked(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let (one, other) = (world.household(&village, "Lê An").build(), world.household(&village, "Lê Bình").build());
    let line = world.assessment(&one, 2023, None);
    committed!(store, w => w.add_villages(&[village]), w.add_households(&[one, other]), w.save_assessments(&[line]));
    let filter = HouseholdFilter { assessed_only: true, ..HouseholdFilter::new(world.province(), 2023) };
    assert_eq!(names(store, &filter).await, ["Lê An"]);
    assert_eq!(names(store, &filter.clone().text("le")).await, ["Lê An"]);
    assert_eq!(page(store, &filter, 1, 10).await.total, 1);
}

pub async fn a_new_head_moves_the_household_in_every_list(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let first = world.household(&village, "Lê An").member("Lê Yên", "child").build();
    let second = world.household(&village, "Lê Bình").build();
    let lines = [world.assessment(&first, 2023, Some("poor")), world.assessment(&second, 2023, Some("poor"))];
    committed!(store, w =>
        w.add_villages(&[village]),
        w.add_households(&[first.clone(), second]),
        w.save_assessments(&lines),
    );
    let mut stored = read(store).await.household(&world.province(), first.id).await.unwrap().unwrap();
    stored.members[0].is_head = false;
    stored.members[1].is_head = true;
    committed!(store, w => w.save_household(&stored));
    let all = HouseholdFilter::new(world.province(), 2023);
    for filter in [all.clone(), all.clone().class(Some("poor")), all.text("le")] {
        assert_eq!(names(store, &filter).await, ["Lê Bình", "Lê Yên"], "{filter:?}");
    }
}
