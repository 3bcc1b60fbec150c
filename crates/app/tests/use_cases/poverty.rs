//! The Alkire–Foster family of frozen years: by hand, by every split and crossing, by the units of another day, between two
//! years; each figure with the households behind it, and only for who answers for the unit.

use app::reporting::poverty::{
    Facts, GroupOf, Of, Poverty, Question, Side, Split, Weigh, behind, change, compared, poverty, splits,
};
use app::reporting::{approve_review, published, published_years};
use app::review::lists::{return_list, send};
use app::review::results::{compile, publish};
use app::units::{ByUnits, PlaceInput, TotalInput, place, save_totals};
use domain::access::{Actor, Role};
use domain::review::results::{Results, ResultsKind, Stamp};
use domain::units::{Placeable, ScopeLevel};
use kernel::Day;

use crate::bench::*;
use crate::world::code;

/// Phường Đại Nài, which lies in two wards from 01/07/2025 on.
const DIVIDED: &str = "18082";

fn question(split: Split) -> Question {
    Question { year: 2023, weigh: Weigh::Households, split, cross: None, facts: Facts::Newest }
}

fn communes(desk: &Desk) -> Split {
    Split::Units(ByUnits { on: desk.administrator().scope.units_from, level: ScopeLevel::Commune })
}

fn lacking(name: &str, birth: &str, marks: &[u8]) -> Family {
    Family { marks: Some(marks.to_vec()), ..family(name, birth, "") }
}

/// Two persons lack three things, one person three, one person two.
fn three() -> [Family; 3] {
    [
        lacking("Lê Thị Lan", "12/03/1975", &[1, 2, 3]).with("Lê Văn Út", "Con", "2015", "Nam"),
        lacking("Trần Thị Mai", "05/09/1980", &[1, 2, 9]),
        lacking("Hồ Thị Yến", "1990", &[1, 2]),
    ]
}

async fn frozen(desk: &Desk, officer: &Actor, year: i16, families: &[Family]) {
    desk.bring(officer, year, families).await;
    send(&desk.house, officer, &officer.scope, year).await.unwrap();
}

fn told(found: &Poverty, k: u32) -> Vec<(String, u64, u64)> {
    let counted = |(at, group): (usize, &app::reporting::poverty::Group)| {
        let counts = found.of(at, k as usize - 1);
        (group.of.key(), counts.all, counts.poor)
    };
    found.groups.iter().enumerate().map(counted).collect()
}

#[tokio::test]
async fn the_family_of_three_households_is_what_it_is_by_hand() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    frozen(&desk, &officer, 2023, &three()).await;
    let found = poverty(&desk.house, &officer, None, question(Split::Village)).await.unwrap();
    let at_three = found.all(2);
    assert_eq!((at_three.all, at_three.poor, at_three.parts), (3, 2, 6));
    assert_eq!(at_three.headcount(), Some(2.0 / 3.0));
    assert_eq!(at_three.intensity(&found.plan), Some(3.0 / 12.0));
    assert_eq!(at_three.adjusted(&found.plan), Some(6.0 / 36.0));
    let place = |id: &str| found.rules.indicators.value.indicators.iter().position(|i| i.id == id).unwrap();
    assert_eq!((at_three.uncensored[place("job")], at_three.censored[place("job")]), (3, 2));
    assert_eq!(at_three.contribution(&found.plan, place("job")), Some(2.0 / 6.0));
    assert_eq!((found.all(0).poor, found.all(3).poor), (3, 0), "the union has all, nobody lacks four");
    assert_eq!(found.sources.iter().map(|source| source.counted).collect::<Vec<_>>(), [3]);

    let by_persons = Question { weigh: Weigh::Persons, ..question(Split::Village) };
    let found = poverty(&desk.house, &officer, None, by_persons).await.unwrap();
    assert_eq!((found.all(2).all, found.all(2).poor), (4, 3));
    assert_eq!(found.sources[0].counted, 3, "households all the same");
    desk.done().await;
}

#[tokio::test]
async fn every_split_and_crossing_adds_up_to_the_whole() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let man = Family {
        people: vec![["Cao Văn Ba", "Chủ hộ", "1970", "Nam", ""].map(str::to_owned)],
        ethnicity: "6".into(),
        merit: true,
        ..lacking("Cao Văn Ba", "1970", &[1, 2, 3, 4, 5])
    };
    frozen(&desk, &officer, 2023, &three()).await;
    let of_lam: Vec<Family> =
        [man, lacking("Phan Thị Tư", "1960", &[])].map(|family| family.at(LAM, "Thôn 2")).to_vec();
    frozen(&desk, &neighbour, 2023, &of_lam).await;
    let known = splits(&desk.house, &district.scope);
    let ask = |split, cross| {
        let question = Question { cross, ..question(split) };
        poverty(&desk.house, &district, None, question)
    };
    let mut crossed = 0;
    for split in &known {
        for cross in known.iter().copied().map(Some).chain([None]).filter(|cross| *cross != Some(*split)) {
            let found = ask(*split, cross).await.unwrap();
            assert_eq!(found.all(2).all, 5);
            assert!(!found.is_partition() || found.is_conserved(), "{} {cross:?}", split.id());
            crossed += 1;
        }
    }
    assert_eq!(crossed, 25);
    let named = |found: &Poverty, name: &str| {
        let at = found.groups.iter().position(|group| group.of.key() == name).unwrap();
        (found.of(at, 2).all, found.of(at, 2).poor)
    };
    let found = ask(communes(&desk), None).await.unwrap();
    assert_eq!((named(&found, TRACH), named(&found, LAM), named(&found, TOWN)), ((3, 2), (2, 1), (0, 0)));
    assert_eq!(told(&ask(Split::HeadSex, None).await.unwrap(), 3), [("male".into(), 1, 1), ("female".into(), 4, 2)]);
    assert_eq!(told(&ask(Split::Ethnic, None).await.unwrap(), 3), [("1".into(), 4, 2), ("6".into(), 1, 1)]);
    assert_eq!(told(&ask(Split::Area, None).await.unwrap(), 3), [("rural".into(), 5, 3)]);
    let groups = told(&ask(Split::Target, None).await.unwrap(), 3);
    assert!(
        groups.contains(&("merit_member".into(), 1, 1)) && groups.contains(&("female_head".into(), 4, 2)),
        "{groups:?}"
    );
    let crossed = ask(Split::Target, Some(communes(&desk))).await.unwrap();
    let pair = crossed.groups.iter().find(|group| group.of.key() == "merit_member").unwrap();
    assert_eq!(pair.and.as_ref().map(GroupOf::key).as_deref(), Some(LAM));
    desk.done().await;
}

#[tokio::test]
async fn a_commune_that_was_never_frozen_is_named_and_not_filled_from_today() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    frozen(&desk, &officer, 2023, &three()).await;
    desk.bring(&neighbour, 2023, &[lacking("Phan Thị Tư", "1960", &[1]).at(LAM, "Thôn 2")]).await;
    let found = poverty(&desk.house, &district, None, question(communes(&desk))).await.unwrap();
    assert_eq!(found.all(0).all, 3);
    assert!(found.cover.missing.contains(&LAM.to_owned()) && !found.cover.missing.contains(&TRACH.to_owned()));
    // Half a list says nothing of deprivations: these households are no row of a figure.
    frozen(&desk, &neighbour, 2022, &[family("Phan Thị Năm", "1962", "").at(LAM, "Thôn 2")]).await;
    let last = Question { year: 2022, ..question(Split::Area) };
    let found = poverty(&desk.house, &neighbour, None, last).await.unwrap();
    assert_eq!((found.sources[0].record.households, found.sources[0].counted), (1, 0));
    desk.done().await;
}

#[tokio::test]
async fn a_frozen_year_is_told_by_the_communes_of_2025_with_villages_and_households_placed() {
    let desk = desk().await;
    let officer = desk.of_commune(DIVIDED).await;
    let lists = [("Lê Một", "Tổ 1", 3), ("Lê Hai", "Tổ 2", 4), ("Lê Ba", "Tổ 2", 1)];
    let families: Vec<Family> = lists
        .iter()
        .map(|(name, village, lacks)| lacking(name, "1970", &(1..=*lacks).collect::<Vec<u8>>()).at(DIVIDED, village))
        .collect();
    frozen(&desk, &officer, 2023, &families).await;
    let on = Day::from_iso("2025-07-01").unwrap();
    let new = Split::Units(ByUnits { on, level: ScopeLevel::Commune });
    let ask = |cross| {
        let question = Question { cross, ..question(new) };
        poverty(&desk.house, &officer, None, question)
    };
    let unplaced = format!("unplaced-{DIVIDED}");
    let found = ask(None).await.unwrap();
    assert_eq!(told(&found, 3), [(unplaced.clone(), 3, 2)]);
    assert!(found.is_conserved() && found.groups[0].of.is_left_over());

    place(&desk.house, &officer, &officer.scope, on, &[], "Tổ 2\t18652").await.unwrap();
    assert_eq!(told(&ask(None).await.unwrap(), 3), [("18652".into(), 2, 1), (unplaced.clone(), 1, 1)]);
    let alone = desk.state(2023).await.headed_by("Lê Hai").0.id;
    let alone = [PlaceInput { what: Placeable::Household(alone), commune: "18073".into() }];
    place(&desk.house, &officer, &officer.scope, on, &alone, "").await.unwrap();
    let found = ask(None).await.unwrap();
    assert_eq!(told(&found, 3), [("18073".into(), 1, 1), ("18652".into(), 1, 0), (unplaced.clone(), 1, 1)]);
    assert!(found.is_conserved());
    assert_eq!(found.sources[0].counted, 3, "each household once");
    let crossed = ask(Some(Split::HeadSex)).await.unwrap();
    assert!(crossed.is_conserved());
    let split = Question { cross: Some(new), ..question(Split::Area) };
    assert!(poverty(&desk.house, &officer, None, split).await.unwrap().is_conserved());
    let rows =
        behind(&desk.house, &officer, None, question(new), Some(("18073", None)), (Side::Poor { at_least: 3 }, 10))
            .await
            .unwrap();
    assert_eq!(rows.rows.iter().map(|row| row.head.as_str()).collect::<Vec<_>>(), ["Lê Hai"]);
    desk.done().await;
}

#[tokio::test]
async fn the_change_between_two_frozen_years_is_made_of_its_groups() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let mut last = three().to_vec();
    last[1] = Family {
        people: vec![["Trần Văn Mai", "Chủ hộ", "1980", "Nam", ""].map(str::to_owned)],
        ..last[1].clone()
    };
    frozen(&desk, &officer, 2022, &last).await;
    let mut this = last.clone();
    this[0].marks = Some(vec![1]);
    frozen(&desk, &officer, 2023, &this).await;
    let ask = |year| {
        let question = Question { year, ..question(Split::HeadSex) };
        poverty(&desk.house, &officer, None, question)
    };
    let (before, now) = (ask(2022).await.unwrap(), ask(2023).await.unwrap());
    let moved = change(&before, &now, 2, Of::Headcount).unwrap();
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    close(moved.change.before, 2.0 / 3.0);
    close(moved.change.absolute, -1.0 / 3.0);
    close(moved.change.within() + moved.change.between_groups(), -1.0 / 3.0);
    let women = moved.groups.iter().find(|group| group.group.of.key() == "female").unwrap();
    assert_eq!((women.before, women.now), (Some(0.5), Some(0.0)));
    let target = |year| {
        let question = Question { year, ..question(Split::Target) };
        poverty(&desk.house, &officer, None, question)
    };
    let (before, now) = (target(2022).await.unwrap(), target(2023).await.unwrap());
    assert_eq!(change(&before, &now, 2, Of::Adjusted), None, "groups that overlap explain no change");
    desk.done().await;
}

#[tokio::test]
async fn the_households_behind_a_figure_are_as_many_as_it_says() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let stranger = desk.of_commune(LAM).await;
    frozen(&desk, &officer, 2023, &three()).await;
    let village_head = desk.officer(Role::VillageHead, &format!("commune:{TRACH}")).await;
    let asked = question(Split::HeadSex);
    let found = poverty(&desk.house, &officer, None, asked).await.unwrap();
    let counts = found.all(2);
    let sides = [
        (Side::All, counts.all),
        (Side::Poor { at_least: 3 }, counts.poor),
        (Side::Deprived { indicator: 0 }, counts.uncensored[0]),
        (Side::PoorAndDeprived { at_least: 3, indicator: 2 }, counts.censored[2]),
    ];
    for (side, many) in sides {
        let of = |group| behind(&desk.house, &officer, None, asked, group, (side, 1));
        let rows = of(None).await.unwrap();
        assert_eq!((rows.households as u64, rows.rows.len()), (many, usize::from(many > 0)), "{side:?}");
        assert_eq!(of(Some(("female", None))).await.unwrap().households as u64, many);
        assert_eq!(of(Some(("male", None))).await.unwrap().households, 0);
        assert_eq!(of(Some(("nobody", None))).await.unwrap().households, 0);
    }
    let theirs = poverty(&desk.house, &stranger, Some(&officer.scope), asked).await;
    assert_eq!(code(theirs), "MIS-001");
    assert_eq!(code(poverty(&desk.house, &village_head, None, asked).await), "ACC-001");
    desk.done().await;
}

#[tokio::test]
async fn a_year_that_is_not_frozen_shows_the_register_as_it_stands_and_says_so() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    desk.bring(&officer, 2023, &three()).await;
    let half = family("Phan Thị Năm", "1962", "").at(LAM, "Thôn 2");
    desk.bring(&neighbour, 2023, &[lacking("Phan Thị Tư", "1960", &[1]).at(LAM, "Thôn 2")]).await;
    desk.bring(&neighbour, 2023, &[half]).await;
    let ask = |split, facts| {
        let question = Question { facts, ..question(split) };
        poverty(&desk.house, &district, None, question)
    };
    let found = ask(communes(&desk), Facts::Newest).await.unwrap();
    let working = found.working.unwrap();
    assert_eq!((working.held, working.counted, found.sources.len()), (5, 4, 0));
    let of = |found: &Poverty, code: &str| told(found, 3).into_iter().find(|(key, ..)| key == code).unwrap();
    assert_eq!((of(&found, TRACH), of(&found, LAM)), ((TRACH.into(), 3, 2), (LAM.into(), 1, 0)));
    assert!(found.is_conserved());
    let known = splits(&desk.house, &district.scope);
    for split in known.iter().copied() {
        for cross in known.iter().copied().filter(|cross| *cross != split) {
            let question = Question { cross: Some(cross), ..question(split) };
            let found = poverty(&desk.house, &district, None, question).await.unwrap();
            assert!(!found.is_partition() || found.is_conserved(), "{} × {}", split.id(), cross.id());
        }
    }

    // One mark of one household changes, and every open figure is right again.
    let mut again = three();
    again[2].marks = Some(vec![1, 2, 4]);
    desk.bring(&officer, 2023, &again).await;
    let found = ask(communes(&desk), Facts::Newest).await.unwrap();
    assert_eq!((of(&found, TRACH), of(&found, LAM)), ((TRACH.into(), 3, 3), (LAM.into(), 1, 0)));
    assert_eq!(found.all(2).poor, 3);
    let side = (Side::Poor { at_least: 3 }, 10);
    let rows = behind(&desk.house, &district, None, found.question, Some((TRACH, None)), side).await.unwrap();
    assert_eq!(rows.households, 3);

    // The first snapshot takes over, as it says what was decided; the working figures stay to be asked for.
    send(&desk.house, &officer, &officer.scope, 2023).await.unwrap();
    let frozen = ask(Split::Area, Facts::Newest).await.unwrap();
    assert_eq!((frozen.working, frozen.all(0).all, frozen.communes.len()), (None, 3, 1));
    let working = ask(Split::Area, Facts::Working).await.unwrap();
    assert!(working.working.is_some());
    assert_eq!((working.all(0).all, working.communes.len()), (4, 2));
    assert_eq!(published_years(&desk.house).await.unwrap(), Vec::<i16>::new(), "nothing of it is published");
    desk.done().await;
}

#[tokio::test]
async fn a_frozen_year_and_the_register_it_was_frozen_from_have_the_same_figures() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let man = Family {
        people: vec![["Cao Văn Ba", "Chủ hộ", "1970", "Nam", ""].map(str::to_owned)],
        ethnicity: "6".into(),
        merit: true,
        ..lacking("Cao Văn Ba", "1970", &[1, 2, 3, 4, 5])
    };
    let families: Vec<Family> = three().into_iter().chain([man]).collect();
    frozen(&desk, &officer, 2023, &families).await;
    for split in splits(&desk.house, &officer.scope) {
        for weigh in [Weigh::Households, Weigh::Persons] {
            let ask = |facts| {
                let question = Question { facts, weigh, ..question(split) };
                poverty(&desk.house, &officer, None, question)
            };
            let (then, now) = (ask(Facts::Frozen).await.unwrap(), ask(Facts::Working).await.unwrap());
            assert_eq!((&then.whole, &then.groups, &then.cube), (&now.whole, &now.groups, &now.cube), "{}", split.id());
        }
    }
    desk.done().await;
}

#[tokio::test]
async fn the_rate_over_everybody_of_an_area_is_known_where_every_village_has_a_total() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    desk.bring(&officer, 2023, &three()).await;
    let ask = |weigh, split| {
        let question = Question { weigh, ..question(split) };
        poverty(&desk.house, &officer, None, question)
    };
    let without = ask(Weigh::Households, Split::Village).await.unwrap().population;
    assert_eq!((without.whole, without.missing), (None, 1));
    let village = desk.villages("commune:18553").await[0].id;
    let total = TotalInput { village, households: "120".into(), persons: "400".into() };
    save_totals(&desk.house, &officer, None, 2023, &[total]).await.unwrap();
    for is_frozen in [false, true] {
        let of_village = ask(Weigh::Households, Split::Village).await.unwrap();
        assert_eq!(of_village.working.is_none(), is_frozen);
        assert_eq!(
            (of_village.population.whole, of_village.population.groups.as_slice()),
            (Some(120), &[Some(120)][..])
        );
        let persons = ask(Weigh::Persons, communes(&desk)).await.unwrap().population;
        assert_eq!((persons.whole, persons.groups.as_slice()), (Some(400), &[Some(400)][..]));
        let by_sex = ask(Weigh::Households, Split::HeadSex).await.unwrap().population;
        assert_eq!(
            (by_sex.whole, by_sex.groups.as_slice()),
            (Some(120), &[None][..]),
            "nobody counts women's households"
        );
        if !is_frozen {
            send(&desk.house, &officer, &officer.scope, 2023).await.unwrap();
        }
    }
    // What was entered later does not change a frozen year, and a frozen village keeps its name.
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    return_list(&desk.house, &district, &officer.scope, 2023, "Nhập lại tổng số hộ.").await.unwrap();
    let later = TotalInput { village, households: "999".into(), persons: "999".into() };
    save_totals(&desk.house, &officer, None, 2023, &[later]).await.unwrap();
    assert_eq!(ask(Weigh::Households, Split::Village).await.unwrap().population.whole, Some(120));
    desk.done().await;
}

#[tokio::test]
async fn two_years_are_compared_over_the_communes_both_know() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    frozen(&desk, &officer, 2022, &three()).await;
    frozen(&desk, &officer, 2023, &three()).await;
    let of_lam = [lacking("Phan Thị Tư", "1960", &[1, 2, 3, 4]).at(LAM, "Thôn 2")];
    frozen(&desk, &neighbour, 2022, &of_lam).await;
    let asked = (question(Split::HeadSex), 2022);
    let found = compared(&desk.house, &district, None, asked).await.unwrap();
    assert_eq!((found.before.all(0).all, found.now.all(0).all, found.left_out), (3, 3, 1));
    assert_eq!(found.before.sources.len(), 1, "only what was read is named");
    let moved = change(&found.before, &found.now, 2, Of::Headcount).unwrap();
    assert!(moved.change.absolute.abs() < 1e-12, "the same three households: {}", moved.change.absolute);
    desk.done().await;
}

#[tokio::test]
async fn households_that_are_not_counted_are_told_of_the_communes_asked_for() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let neighbour = desk.of_commune(LAM).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let half = family("Lê Thị Sáu", "1962", "");
    desk.bring(&officer, 2023, &three()).await;
    frozen(&desk, &officer, 2023, &[half]).await;
    frozen(&desk, &neighbour, 2023, &[family("Phan Thị Năm", "1962", "").at(LAM, "Thôn 2")]).await;
    desk.clock.advance_ms(10);
    approve_review(&desk.house, &district, &district.scope, 2023).await.unwrap();
    let found = poverty(&desk.house, &officer, None, question(Split::Village)).await.unwrap();
    let source = &found.sources[0];
    assert_eq!((source.record.households, source.held, source.counted), (5, 4, 3), "of a district's snapshot");
    let found = poverty(&desk.house, &district, None, question(Split::Area)).await.unwrap();
    assert_eq!((found.sources[0].held, found.sources[0].counted), (5, 3));
    desk.done().await;
}

/// So many households that lack three things, and so many that lack one.
fn list(commune: &str, poor: usize, others: usize) -> Vec<Family> {
    const FIRST: [&str; 5] = ["An", "Bình", "Châu", "Dung", "Giang"];
    const MIDDLE: [&str; 9] = ["Thị", "Ngọc", "Thanh", "Thu", "Kim", "Minh", "Hồng", "Xuân", "Bích"];
    let name = |at: usize| format!("Lê {} {}", MIDDLE[at / FIRST.len()], FIRST[at % FIRST.len()]);
    let marks = |at: usize| if at < poor { vec![1, 2, 3] } else { vec![1] };
    (0..poor + others)
        .map(|at| lacking(&name(at), &(1950 + at).to_string(), &marks(at)).at(commune, "Thôn 1"))
        .collect()
}

#[tokio::test]
async fn published_results_freeze_a_table_that_anybody_may_read_and_that_hides_small_counts() {
    let desk = desk().await;
    let lists = [(TRACH, 20, 20), (LAM, 20, 2), (TOWN, 10, 10), (QUANG_DIEM, 10, 10)];
    for (commune, poor, others) in lists {
        let officer = desk.of_commune(commune).await;
        desk.bring(&officer, 2023, &list(commune, poor, others)).await;
    }
    assert_eq!(published_years(&desk.house).await.unwrap(), Vec::<i16>::new());
    assert_eq!(code(published(&desk.house, 2023, None).await), "MIS-001");
    let province = desk.of_province().await;
    approved_results(&desk, &province).await;

    assert_eq!(published_years(&desk.house).await.unwrap(), [2023]);
    let found = published(&desk.house, 2023, None).await.unwrap();
    assert_eq!((found.k, found.least, found.is_unconfirmed, found.snapshot.households), (3, 5, true, 102));
    let (row, shown) = found.table.whole.as_ref().unwrap();
    assert_eq!((row.all, row.poor, shown.is_everything()), (102, 60, true));
    let section = |code: Option<&str>| {
        found.table.sections.iter().find(|section| section.whole.as_ref().map(GroupOf::key).as_deref() == code).unwrap()
    };
    let group = |of: &app::reporting::Section, code: &str| {
        of.groups.iter().find(|group| group.of.key() == code).unwrap().shown.clone()
    };
    assert!(section(None).groups.iter().all(|group| group.shown.is_everything()), "districts are large enough");
    let communes = section(Some("444"));
    assert!(!group(communes, LAM).poor, "two who are not poor would be known");
    assert!(!group(communes, TOWN).poor && group(communes, TRACH).is_everything());
    let by_sex = published(&desk.house, 2023, Some(Split::HeadSex)).await.unwrap();
    assert_eq!(by_sex.table.sections.len(), 1);
    assert_eq!(by_sex.table.sections[0].groups[0].of.key(), "female");
    desk.done().await;
}

#[tokio::test]
async fn a_table_published_again_gives_no_few_households_away_to_who_kept_the_old_one() {
    let desk = desk().await;
    let lists = [(TRACH, 20, 20), (LAM, 20, 20), (TOWN, 20, 20), (QUANG_DIEM, 20, 20)];
    let mut officers = Vec::new();
    for (commune, poor, others) in lists {
        let officer = desk.of_commune(commune).await;
        desk.bring(&officer, 2023, &list(commune, poor, others)).await;
        officers.push(officer);
    }
    let province = desk.of_province().await;
    // For each district and commune, whether its poor are shown; communes of a hidden district are not there.
    let told = async || {
        let found = published(&desk.house, 2023, None).await.unwrap();
        let groups = found.table.sections.iter().flat_map(|section| &section.groups).filter(|group| group.row.all > 0);
        let mut told: Vec<(String, bool)> = groups.map(|group| (group.of.key(), group.shown.poor)).collect();
        told.sort();
        (found.replaces, told)
    };
    let all =
        |shown: bool, of: &[&str]| -> Vec<(String, bool)> { of.iter().map(|key| ((*key).into(), shown)).collect() };
    let everybody = ["18184", TOWN, TRACH, LAM, "439", "444"];
    approved_results(&desk, &province).await;
    assert_eq!(told().await, (0, all(true, &everybody)));

    // The same again gives nothing away.
    desk.clock.advance_days(1);
    desk.bring(&officers[0], 2023, &list(TRACH, 20, 20)).await;
    approved_results(&desk, &province).await;
    assert_eq!(told().await.1, all(true, &everybody));

    // Six more are poor: no small number.
    desk.clock.advance_days(1);
    desk.bring(&officers[0], 2023, &list(TRACH, 26, 14)).await;
    approved_results(&desk, &province).await;
    assert_eq!(told().await.1, all(true, &everybody));

    // One more: whoever subtracts the old table would know of that one household.
    desk.clock.advance_days(1);
    desk.bring(&officers[0], 2023, &list(TRACH, 27, 13)).await;
    approved_results(&desk, &province).await;
    assert_eq!(
        told().await,
        (3, all(false, &["439", "444"])),
        "the district hides behind another, and its communes with it"
    );
    let whole = published(&desk.house, 2023, None).await.unwrap().table.whole.clone().unwrap();
    assert_eq!((whole.0.poor, whole.1.poor), (87, true));

    // What was hidden once stays so: the old table and the newest would give it away together.
    desk.clock.advance_days(1);
    desk.bring(&officers[0], 2023, &list(TRACH, 35, 5)).await;
    approved_results(&desk, &province).await;
    assert_eq!(told().await, (4, all(false, &["439", "444"])));
    desk.done().await;
}

/// Official results that the province approved, published. No commune of these tests walks through a round.
async fn approved_results(desk: &Desk, province: &Actor) {
    let counted = compile(&desk.house, province, 2023, ResultsKind::Preliminary).await.unwrap();
    let stamp = Stamp { day: Day::from_iso("2023-12-19").unwrap(), by: province.name.clone(), number: "1/QĐ".into() };
    let results = Results {
        id: kernel::ResultsId(desk.house.ids.next()),
        unit: province.scope.clone(),
        year: 2023,
        kind: ResultsKind::Official,
        lines: counted.lines,
        hash: counted.hash,
        compiled: stamp.clone(),
        compiled_by: None,
        snapshot: None,
        approved: Some(stamp),
        published: None,
        version: 0,
    };
    let mut work = desk.house.store.write().await.unwrap();
    work.save_results(&results).await.unwrap();
    work.commit().await.unwrap();
    publish(&desk.house, province, results.id).await.unwrap();
}
