//! Search by names and paper numbers.

use kernel::{Page, PageOf};
use storage::{HouseholdFilter, HouseholdRow, Store};

use super::{committed, read};
use crate::World;

async fn page(store: &dyn Store, filter: &HouseholdFilter, number: u32) -> PageOf<HouseholdRow> {
    read(store).await.households(filter, Page::new(number, 50)).await.unwrap()
}

async fn heads(store: &dyn Store, filter: &HouseholdFilter) -> Vec<String> {
    page(store, filter, 1).await.rows.into_iter().map(|row| row.head_name).collect()
}

async fn settle(store: &dyn Store, world: &World, heads: &[&str]) {
    let village = world.village("18073", "Thôn 1");
    let households: Vec<_> = heads.iter().map(|head| world.household(&village, head).build()).collect();
    committed!(store, w => w.add_villages(&[village]), w.add_households(&households));
}

fn all(world: &World) -> HouseholdFilter {
    HouseholdFilter::new(world.province(), 2023)
}

pub async fn words_match_at_word_starts_only(store: &dyn Store) {
    let world = World::new(1);
    settle(store, &world, &["Lê Thị Hương", "Nguyễn Văn Phường", "Trần Hướng Dương"]).await;
    assert_eq!(heads(store, &all(&world).text("huong")).await, ["Trần Hướng Dương", "Lê Thị Hương"]);
    assert_eq!(heads(store, &all(&world).text("phu")).await, ["Nguyễn Văn Phường"]);
    assert!(heads(store, &all(&world).text("uong")).await.is_empty());
}

pub async fn marks_are_left_aside(store: &dyn Store) {
    let world = World::new(1);
    settle(store, &world, &["Đặng Thị Thuỷ", "ĐẶNG VĂN THÙY"]).await;
    for written in ["dang", "Đặng", "ĐANG", "  đăng  "] {
        assert_eq!(page(store, &all(&world).text(written), 1).await.total, 2, "{written}");
    }
}

pub async fn typed_marks_rank_first(store: &dyn Store) {
    let world = World::new(1);
    settle(store, &world, &["Lê Thị Hương", "Phan Hường", "Lê Hưởng"]).await;
    assert_eq!(heads(store, &all(&world).text("hường")).await, ["Phan Hường", "Lê Hưởng", "Lê Thị Hương"]);
    assert_eq!(heads(store, &all(&world).text("Lê hưởng")).await, ["Lê Hưởng", "Lê Thị Hương"]);
    assert_eq!(heads(store, &all(&world).text("huong")).await, ["Lê Hưởng", "Phan Hường", "Lê Thị Hương"]);
}

pub async fn members_and_papers_are_searched(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household =
        world.household(&village, "Lê Văn An").paper("042070001234").member("Phan Thị Quế", "spouse").build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(&[household]));
    for (written, found) in [("que", 1), ("042070001234", 1), ("042070", 1), ("70001234", 0), ("que an", 1)] {
        assert_eq!(page(store, &all(&world).text(written), 1).await.total, found, "{written}");
    }
}

pub async fn all_words_must_fit(store: &dyn Store) {
    let world = World::new(1);
    settle(store, &world, &["Nguyễn Văn An", "Nguyễn Thị Bình"]).await;
    for (written, found) in [("nguyen", 2), ("nguyen binh", 1), ("binh nguyen", 1), ("nguyen cuong", 0), ("ng v a", 1)]
    {
        assert_eq!(page(store, &all(&world).text(written), 1).await.total, found, "{written}");
    }
}

pub async fn a_search_hides_other_communes(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18001", "Thôn 1"));
    let households = [world.household(&one, "Lê An").build(), world.household(&other, "Lê Bình").build()];
    committed!(store, w => w.add_villages(&[one, other]), w.add_households(&households));
    for (scope, expected) in [
        (world.commune("18073"), vec!["Lê An"]),
        (world.district("436"), vec!["Lê Bình"]),
        (world.commune("18999"), vec![]),
        (world.province(), vec!["Lê An", "Lê Bình"]),
    ] {
        assert_eq!(heads(store, &HouseholdFilter::new(scope, 2023).text("le")).await, expected);
    }
    for token in ["zzc18073x2023-01-01", "zzp42x2023", "zz"] {
        assert!(heads(store, &all(&world).text(token)).await.is_empty(), "{token}");
    }
}

pub async fn a_search_keeps_the_filters(store: &dyn Store) {
    let world = World::new(1);
    let (one, other) = (world.village("18073", "Thôn 1"), world.village("18073", "Thôn 2"));
    let households = [world.household(&one, "Lê An").build(), world.household(&other, "Lê Bình").build()];
    let line = world.assessment(&households[1], 2023, Some("poor"));
    committed!(store, w =>
        w.add_villages(&[one.clone(), other.clone()]),
        w.add_households(&households),
        w.save_assessments(&[line]),
    );
    let le = all(&world).text("le");
    assert_eq!(heads(store, &le.clone().village(Some(one.id))).await, ["Lê An"]);
    assert_eq!(heads(store, &le.clone().class(Some("poor"))).await, ["Lê Bình"]);
    assert!(heads(store, &le.clone().class(Some("poor")).village(Some(one.id))).await.is_empty());
    assert_eq!(heads(store, &le.class(Some("poor")).village(Some(other.id))).await, ["Lê Bình"]);
}

pub async fn a_renamed_member_is_found_by_the_new_name_only(store: &dyn Store) {
    let world = World::new(1);
    let village = world.village("18073", "Thôn 1");
    let household = world.household(&village, "Lê Văn An").build();
    committed!(store, w => w.add_villages(&[village]), w.add_households(std::slice::from_ref(&household)));
    let mut stored = read(store).await.household(&world.province(), household.id).await.unwrap().unwrap();
    stored.members[0].person.name = "Lê Văn Ẩn".to_owned();
    committed!(store, w => w.save_household(&stored));
    stored.version += 1;
    stored.members[0].person.name = "Lê Văn Quế".to_owned();
    committed!(store, w => w.save_household(&stored));
    assert_eq!(heads(store, &all(&world).text("que")).await, ["Lê Văn Quế"]);
    for gone in ["an", "ẩn"] {
        assert!(heads(store, &all(&world).text(gone)).await.is_empty());
    }
}

pub async fn signs_alone_find_nothing(store: &dyn Store) {
    let world = World::new(1);
    settle(store, &world, &["Lê An"]).await;
    for written in ["%", "'", "\"", "*", "() AND", "le' OR 1=1 --", "-", "\u{301}"] {
        assert!(heads(store, &all(&world).text(written)).await.is_empty(), "{written}");
    }
    assert_eq!(heads(store, &all(&world).text("lê*")).await, ["Lê An"]);
}

/// Enough households of one surname that no search sorts them all.
async fn crowd(store: &dyn Store, world: &World) {
    let villages: Vec<_> = ["18073", "18001", "18070"].iter().map(|code| world.village(code, "Thôn 1")).collect();
    let given = ["An", "Bình", "Cường", "Dũng", "Hương"];
    let mut households: Vec<_> = (0..4_600usize)
        .map(|n| world.household(&villages[n % 3], &format!("Nguyễn Văn {}", given[n % 5])).build())
        .collect();
    households.push(world.household(&villages[0], "Nguyễn Văn Hường").build());
    households.push(world.household(&villages[1], "Phan Quế").build());
    committed!(store, w => w.add_villages(&villages), w.add_households(&households));
}

pub async fn many_results_are_capped_and_paged_in_order(store: &dyn Store) {
    let world = World::new(1);
    crowd(store, &world).await;
    let first = page(store, &all(&world).text("nguyen"), 1).await;
    assert_eq!((first.total, first.capped, first.rows.len()), (1_001, true, 50));
    assert!(first.rows.iter().all(|row| row.head_name == "Nguyễn Văn An"));
    let later = page(store, &all(&world).text("nguyen"), 20).await;
    assert_eq!(later.rows[0].head_name, "Nguyễn Văn Bình");
    let ids = |page: &PageOf<HouseholdRow>| page.rows.iter().map(|row| row.id).collect::<Vec<_>>();
    assert!(ids(&first).iter().all(|id| !ids(&later).contains(id)));
    let commune = HouseholdFilter::new(world.commune("18073"), 2023).text("nguyen");
    let found = page(store, &commune, 1).await;
    assert_eq!((found.total, found.capped), (1_001, true));
    assert!(found.rows.iter().all(|row| row.commune == "18073"));
}

pub async fn typed_marks_rank_first_among_many(store: &dyn Store) {
    let world = World::new(1);
    crowd(store, &world).await;
    let found = heads(store, &all(&world).text("nguyễn hường")).await;
    assert_eq!((found[0].as_str(), found[1].as_str()), ("Nguyễn Văn Hường", "Nguyễn Văn Hương"));
    let found = heads(store, &all(&world).text("nguyễn")).await;
    assert_eq!(found[0], "Nguyễn Văn An");
}

pub async fn a_rare_word_is_found_among_many(store: &dyn Store) {
    let world = World::new(1);
    crowd(store, &world).await;
    let found = page(store, &all(&world).text("quế"), 1).await;
    assert_eq!((found.total, found.capped, found.rows[0].head_name.as_str()), (1, false, "Phan Quế"));
    assert_eq!(page(store, &all(&world).text("nguyen cuong"), 1).await.total, 920);
}
