//! What is kept of a count and what is counted anew say the same, whatever was done between two questions: forms 7.1 … 7.11, the
//! list by the units of another day, the board. Sequences are drawn with a seed, so that a failure comes again.

use app::registry::{Seen, move_household, open};
use app::review::forms::{forms, forms_anew};
use app::review::lists::board;
use app::units::{ByUnits, count_by_units};
use domain::access::Actor;
use domain::review::Decision;
use domain::units::{Scope, ScopeLevel, VillageTotal};
use kernel::{Day, HouseholdId};
use storage::StoredAssessment;

use crate::bench::*;

const ALL: [&str; 11] = ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11"];
const YEAR: i16 = 2023;

/// A small draw of its own: xorshift.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Lists of three years in four communes of two districts; some without a class, some that leave, some that come.
async fn lists(desk: &Desk, officer: &Actor) {
    for (at, (commune, village)) in
        [(TRACH, "Thôn 1"), (LAM, "Thôn 1"), (TOWN, "Tổ dân phố 1"), (QUANG_DIEM, "Thôn 1")].into_iter().enumerate()
    {
        for year in [2022, 2023] {
            let mut families = Vec::new();
            for number in 0..6usize {
                // Not everybody is on every list.
                if (number + usize::try_from(year).unwrap()) % 5 == 0 {
                    continue;
                }
                let class = [("120", "30", "N"), ("140", "10", "CN"), ("160", "0", "K")][(number + at) % 3];
                let paper = format!("0421750{at:02}{number:03}");
                let of = family(&format!("Lê Thị Số {at}{number}"), "12/03/1975", &paper).at(commune, village);
                let mut of = of.with(&format!("Lê Văn {number}"), "Con", "01/06/2014", "Nam");
                of = of.scores(class.0, class.1, class.2);
                of.marks = (number % 2 == 0).then(|| vec![1, 4, 9]);
                of.marks = Some(of.marks.unwrap_or_default());
                families.push(of);
            }
            desk.bring(officer, year, &families).await;
        }
    }
    // The law has no rules for the year before that; its classes are known all the same.
    let scope = &officer.scope;
    let mut work = desk.house.store.write().await.unwrap();
    let mut long_ago = work.assessments_of_year(scope, 2022).await.unwrap();
    for (at, stored) in long_ago.iter_mut().enumerate() {
        stored.assessment.year = 2021;
        stored.class = Some(["poor", "near_poor", "non_poor"][at % 3].to_owned());
    }
    work.save_assessments(&long_ago).await.unwrap();
    work.commit().await.unwrap();
}

/// Everything that is kept, beside the same counted anew.
async fn all_equal(desk: &Desk, officer: &Actor, after: &str) {
    for address in ["province:42", DISTRICT, "district:436", "commune:18553"] {
        let scope = desk.scope(address);
        let kept = forms(&desk.house, officer, Some(&scope), YEAR, &ALL).await.unwrap();
        let anew = forms_anew(&desk.house, officer, Some(&scope), YEAR, &ALL).await.unwrap();
        for (kept, anew) in kept.iter().zip(&anew) {
            let number = &anew.form.layout.value.number;
            assert_eq!(kept.form, anew.form, "{after}: {address} {number}");
            assert_eq!(kept.checks, anew.checks, "{after}: {address} {number}");
            assert_eq!((&kept.bases, kept.may_be_official), (&anew.bases, anew.may_be_official), "{after}: {number}");
        }
        assert_eq!(kept.len(), ALL.len());
        assert_eq!(board_of(desk, officer, &scope).await, counted(desk, &scope).await, "{after}: {address}");
    }
    let by = ByUnits { on: Day::from_iso("2025-07-01").unwrap(), level: ScopeLevel::Commune };
    let told = count_by_units(&desk.house, officer, None, YEAR, by).await.unwrap();
    let all: i64 = counted(desk, &officer.scope).await.iter().map(|(_, _, households, _)| households).sum();
    assert_eq!(told.restated.total.iter().sum::<i128>(), i128::from(all), "{after}");
}

type Tallied = Vec<(String, Option<String>, i64, i64)>;

async fn board_of(desk: &Desk, officer: &Actor, scope: &Scope) -> Tallied {
    let rows = board(&desk.house, officer, Some(scope), YEAR).await.unwrap();
    let mut found: Tallied = rows
        .iter()
        .flat_map(|row| row.counts.iter().map(|c| (row.scope.code.clone(), c.class.clone(), c.households, c.persons)))
        .collect();
    found.sort();
    found
}

async fn counted(desk: &Desk, scope: &Scope) -> Tallied {
    let mut work = desk.house.store.read().await.unwrap();
    let mut found = std::collections::BTreeMap::<(String, Option<String>), (i64, i64)>::new();
    for stored in work.assessments_of_year(scope, YEAR).await.unwrap() {
        let count = found.entry((stored.assessment.place.commune, stored.class)).or_default();
        *count = (count.0 + 1, count.1 + i64::from(stored.assessment.size));
    }
    found.into_iter().map(|((commune, class), (households, persons))| (commune, class, households, persons)).collect()
}

async fn some_assessment(desk: &Desk, draw: &mut Draw, year: i16) -> StoredAssessment {
    let scope = desk.administrator().scope.clone();
    let mut all = desk.house.store.read().await.unwrap().assessments_of_year(&scope, year).await.unwrap();
    let at = draw.below(all.len());
    all.swap_remove(at)
}

async fn save(desk: &Desk, stored: StoredAssessment) {
    let mut work = desk.house.store.write().await.unwrap();
    work.save_assessments(&[stored]).await.unwrap();
    work.commit().await.unwrap();
}

/// One change of some kind; says what it was.
async fn change(desk: &Desk, officer: &Actor, draw: &mut Draw) -> String {
    let classes = [None, Some("poor"), Some("near_poor"), Some("non_poor")];
    let communes = ["commune:18553", "commune:18556", "commune:18496", "commune:18184"];
    match draw.below(8) {
        0 => {
            let mut stored = some_assessment(desk, draw, YEAR).await;
            stored.class = draw.one(&classes).map(str::to_owned);
            stored.assessment.size += 1;
            stored.assessment.causes ^= 1;
            save(desk, stored).await;
            "another class this year".to_owned()
        }
        1 => {
            let year = draw.one(&[2022, 2021]);
            let mut stored = some_assessment(desk, draw, year).await;
            stored.class = draw.one(&classes).map(str::to_owned);
            stored.assessment.marks_entered = stored.assessment.marks_entered.with(1, draw.below(2) == 0);
            save(desk, stored).await;
            format!("another class in {year}")
        }
        2 | 3 => {
            let year = draw.one(&[2022, 2023]);
            let household = some_assessment(desk, draw, year).await.assessment.household;
            let to = draw.one(&communes);
            moved(desk, officer, household, to, draw).await
        }
        4 => {
            let commune = draw.one(&communes);
            let village = desk.villages(commune).await.remove(0);
            let households = i64::try_from(draw.below(900)).unwrap();
            let total = VillageTotal { village: village.id, year: YEAR, households, persons: 4 * households };
            let mut work = desk.house.store.write().await.unwrap();
            work.save_village_totals(&[total]).await.unwrap();
            work.commit().await.unwrap();
            format!("the total of a village in {commune}")
        }
        5 => {
            // On the list of another place than last year's, while nobody recorded that it moved.
            let mut stored = some_assessment(desk, draw, YEAR).await;
            let village = desk.villages(draw.one(&communes)).await.remove(0);
            stored.assessment.place = village.place();
            save(desk, stored).await;
            "the list of another place".to_owned()
        }
        6 => {
            let year = draw.one(&[2022, 2023]);
            let stored = some_assessment(desk, draw, year).await;
            let scope = desk.administrator().scope.clone();
            let mut work = desk.house.store.write().await.unwrap();
            let id = stored.assessment.household;
            work.remove_assessments(&scope, year, &[id]).await.unwrap();
            work.commit().await.unwrap();
            format!("off the list of {year}")
        }
        _ => {
            let mut stored = some_assessment(desk, draw, YEAR).await;
            let class = draw.one(&["poor", "near_poor", "non_poor"]);
            let day = Day::from_iso("2023-12-15");
            stored.assessment.decision = Some(Decision { number: "9/QĐ".into(), day, class: class.to_owned() });
            stored.class = Some(class.to_owned());
            stored.class_computed = draw.one(&classes).map(str::to_owned);
            save(desk, stored).await;
            "a decision".to_owned()
        }
    }
}

async fn moved(desk: &Desk, officer: &Actor, household: HouseholdId, to: &str, draw: &mut Draw) -> String {
    let village = desk.villages(to).await.remove(0);
    let version = open(&desk.house, officer, household, None).await.unwrap().household.version;
    let day = draw.one(&["04/05/2023", "04/05/2022", "01/12/2023"]);
    match move_household(&desk.house, officer, Seen { household, version }, village.id, day).await {
        Ok(_) => format!("moved to {to} on {day}"),
        Err(refused) => format!("a refused move: {}", refused.code()),
    }
}

#[tokio::test]
async fn whatever_changes_the_kept_forms_are_those_counted_anew() {
    let mut told = std::collections::BTreeSet::new();
    for seed in [3, 77, 1234, 987_654] {
        let desk = desk().await;
        let officer = desk.of_province().await;
        all_equal(&desk, &officer, "nothing yet").await;
        lists(&desk, &officer).await;
        all_equal(&desk, &officer, "the lists came in").await;
        let mut draw = Draw(seed);
        for step in 0..14 {
            let what = change(&desk, &officer, &mut draw).await;
            all_equal(&desk, &officer, &format!("seed {seed}, step {step}: {what}")).await;
            told.insert(
                what.split(" on ").next().unwrap_or_default().split(" in ").next().unwrap_or_default().to_owned(),
            );
        }
        desk.done().await;
    }
    assert!(told.iter().any(|what| what.starts_with("moved to")), "{told:?}");
    assert!(told.len() >= 7, "{told:?}");
}

#[tokio::test]
async fn a_commune_that_got_its_first_village_misses_that_villages_total() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    lists(&desk, &officer).await;
    all_equal(&desk, &officer, "before").await;
    let of_commune = desk.of_commune("18601").await;
    desk.village(&of_commune, "Thôn mới").await;
    all_equal(&desk, &officer, "a village more").await;
    desk.done().await;
}

#[tokio::test]
async fn an_import_of_a_whole_commune_and_its_undoing_are_seen_at_once() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    lists(&desk, &officer).await;
    all_equal(&desk, &officer, "before").await;
    let many: Vec<Family> = (0..120)
        .map(|number| {
            family(&format!("Trần Văn {number}"), "05/09/1980", &format!("04218000{number:04}")).at(LAM, "Thôn 3")
        })
        .collect();
    let (intake, _) = desk.bring(&officer, YEAR, &many).await;
    all_equal(&desk, &officer, "after the import").await;
    app::review::intake::undo(&desk.house, &officer, intake).await.unwrap();
    all_equal(&desk, &officer, "after it was taken back").await;
    desk.done().await;
}
