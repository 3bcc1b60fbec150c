//! Forms 7.1 … 7.11 on lists that came in: what every check says, what is missing, who moved from where to where.

use std::collections::HashSet;

use app::registry::{Seen, move_household};
use app::review::forms::{FormData, FormView, forms, views};
use app::units::{TotalInput, save_totals};
use domain::access::Actor;
use domain::review::form::{Cell, Gap, Outcome, RowKey};
use domain::units::Scope;
use norms::{Area, CheckRule};

use crate::bench::*;

const ALL: [&str; 11] = ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11"];

async fn form(desk: &Desk, actor: &Actor, scope: &Scope, number: &str) -> FormView {
    let mut found = forms(&desk.house, actor, Some(scope), 2023, &[number]).await.unwrap();
    assert_eq!(found.len(), 1, "{number}");
    found.remove(0)
}

/// A form over the communes that lists speak of, as one reads a list alone; the others are not asked for theirs.
async fn form_of_lists(desk: &Desk, scope: &Scope, number: &str) -> FormView {
    let rules = desk.house.rules(2023, "42").unwrap();
    let mut work = desk.house.store.read().await.unwrap();
    let data = FormData::load(&desk.house, work.as_mut(), scope, 2023, true).await.unwrap();
    views(&data, &rules, &[number], (&HashSet::new(), false)).remove(0)
}

fn count(view: &FormView, row: &RowKey, column: &str) -> i64 {
    match view.form.cell(row, column) {
        Some(Cell::Count(n)) => n,
        other => panic!("{row:?} {column}: {other:?}"),
    }
}

fn rural(key: &str) -> RowKey {
    RowKey::Unit { area: Area::Rural, key: key.to_owned() }
}

/// Checks that failed; every check that could not be told must say what is missing.
fn failed(views: &[FormView]) -> Vec<String> {
    let mut failed = Vec::new();
    for (view, result) in views.iter().flat_map(|view| view.checks.iter().map(move |result| (view, result))) {
        let number = &view.form.layout.value.number;
        match &result.outcome {
            Outcome::Passed => {}
            Outcome::NotEnough(gaps) => assert!(!gaps.is_empty(), "{number} {}: what is missing?", result.check.id),
            Outcome::Failed(where_from) => failed.push(format!("{} {where_from:?}", result.check.id)),
        }
    }
    failed
}

async fn sample_in(desk: &Desk, actor: &Actor, year: i16) {
    let id = app::review::intake::stage(&desk.house, actor, None, year, sample_file()).await.unwrap();
    desk.apply(actor, id).await;
}

#[tokio::test]
async fn no_check_is_wrong_on_the_sample_at_any_level() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    for (year, has_previous) in [(2023, false), (2022, true)] {
        sample_in(&desk, &officer, year).await;
        for address in ["province:42", "district:439", "commune:18184"] {
            let scope = desk.scope(address);
            let views = forms(&desk.house, &officer, Some(&scope), 2023, &ALL).await.unwrap();
            assert_eq!(views.len(), ALL.len());
            // One household of the sample is written as one class and decided so, while its scores give another.
            let wrong = failed(&views);
            assert!(wrong.len() <= 1 && wrong.iter().all(|w| w.starts_with("7.1-class")), "{address}: {wrong:#?}");
            for view in &views {
                let told = view.form.gaps.is_empty() && view.checks.iter().all(|c| c.outcome == Outcome::Passed);
                assert!(told || !view.may_be_official, "{}", view.form.layout.value.number);
            }
            let movements = views.iter().filter(|v| ["7.2", "7.3"].contains(&v.form.layout.value.number.as_str()));
            for result in movements.flat_map(|view| &view.checks) {
                let is_balance = matches!(result.check.rule, CheckRule::Balance { .. } | CheckRule::Equals { .. });
                let passed = result.outcome == Outcome::Passed;
                // Over a district or the province the lists of other communes are missing.
                let is_told = has_previous && address.starts_with("commune");
                assert!(!is_balance || passed == is_told, "{address} {}: {:?}", result.check.id, result.outcome);
            }
        }
    }
    desk.done().await;
}

#[tokio::test]
async fn a_form_asked_for_alone_says_the_same_as_among_all() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    sample_in(&desk, &officer, 2022).await;
    sample_in(&desk, &officer, 2023).await;
    let all = forms(&desk.house, &officer, None, 2023, &ALL).await.unwrap();
    for view in all {
        let alone = form(&desk, &officer, &officer.scope, &view.form.layout.value.number).await;
        assert_eq!((alone.form, alone.checks), (view.form, view.checks));
    }
    desk.done().await;
}

#[tokio::test]
async fn no_rate_without_the_total_of_every_village() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let list = [family("Lê Thị Lan", "12/03/1975", ""), family("Trần Thị Mai", "1980", "").at(TRACH, "Thôn 2")];
    desk.bring(&officer, 2023, &list).await;
    let villages = desk.villages("commune:18553").await;
    let rate =
        async || form(&desk, &officer, &officer.scope, "7.1").await.form.cell(&RowKey::Total, "poor_household_rate");
    assert_eq!(rate().await, Some(Cell::Gap(Gap::Population { villages: 2 })));
    for (village, expected) in villages.iter().zip([None, Some("1,00")]) {
        let total = TotalInput { village: village.id, households: "100".into(), persons: "400".into() };
        save_totals(&desk.house, &officer, None, 2023, &[total]).await.unwrap();
        match (rate().await, expected) {
            (Some(Cell::Gap(Gap::Population { villages: 1 })), None) => {}
            (Some(Cell::Rate(Some(rate))), Some(expected)) => assert_eq!(rate.percent(), expected),
            other => panic!("{other:?}"),
        }
    }
    desk.done().await;
}

fn three() -> [Family; 3] {
    [
        family("Lê Thị Lan", "12/03/1975", "042175000001").with("Lê Văn An", "Con", "01/06/2005", "Nam"),
        family("Trần Thị Mai", "05/09/1980", "042180000002"),
        family("Phan Thị Nga", "01/01/1950", "042150000003").at(LAM, "Thôn 1"),
    ]
}

/// Last year's list of two communes; then Lan's household moves from the one to the other, with the day recorded.
async fn moved(desk: &Desk, officer: &Actor) {
    desk.bring(officer, 2022, &three()).await;
    let household = desk.state(2022).await.headed_by("Lê Thị Lan").0.clone();
    let village = desk.villages("commune:18556").await.remove(0);
    let seen = Seen { household: household.id, version: household.version };
    move_household(&desk.house, officer, seen, village.id, "04/05/2023").await.unwrap();
}

#[tokio::test]
async fn who_moves_between_communes_leaves_one_row_and_enters_the_other() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    moved(&desk, &officer).await;
    let [lan, mai, nga] = three();
    let (_, applied) = desk.bring(&officer, 2023, &[lan.at(LAM, "Thôn 1"), mai, nga]).await;
    assert_eq!((applied.created, applied.asked), (0, 0), "the household is known where it lives now");

    let district = form_of_lists(&desk, &desk.scope(DISTRICT), "7.2").await;
    let table = [
        (rural(TRACH), [2, 1, 0, 1]),
        (rural(LAM), [1, 0, 1, 2]),
        (RowKey::Area(Area::Rural), [3, 1, 1, 3]),
        (RowKey::Total, [3, 1, 1, 3]),
    ];
    for (row, expected) in table {
        assert_eq!(["c1h", "c4h", "c8h", "c9h"].map(|c| count(&district, &row, c)), expected, "{row:?}");
    }
    assert_eq!(["c4p", "c8p"].map(|c| count(&district, &RowKey::Total, c)), [2, 2]);
    assert_eq!(failed(&[district]), Vec::<String>::new());

    let province = form_of_lists(&desk, &desk.scope("province:42"), "7.2").await;
    let stays = ["c1h", "c4h", "c8h", "c9h"].map(|c| count(&province, &rural("444"), c));
    assert_eq!(stays, [3, 0, 0, 3], "within the district nobody left");
    for (commune, expected) in [("commune:18553", [2, 1, 0, 1]), ("commune:18556", [1, 0, 1, 2])] {
        let own = form(&desk, &officer, &desk.scope(commune), "7.2").await;
        assert_eq!(["c1h", "c4h", "c8h", "c9h"].map(|c| count(&own, &RowKey::Total, c)), expected, "{commune}");
        assert_eq!(failed(&[own]), Vec::<String>::new(), "{commune}");
    }
    desk.done().await;
}

#[tokio::test]
async fn who_moves_away_onto_no_list_is_explained_where_they_left() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    moved(&desk, &officer).await;
    let [_, mai, nga] = three();
    desk.bring(&officer, 2023, &[mai, nga]).await;
    for scope in ["commune:18553", DISTRICT, "province:42"] {
        let view = form_of_lists(&desk, &desk.scope(scope), "7.2").await;
        assert_eq!(["c4h", "c4p"].map(|c| count(&view, &RowKey::Total, c)), [1, 2], "{scope}");
        assert_eq!(failed(&[view]), Vec::<String>::new(), "{scope}");
    }
    desk.done().await;
}

#[tokio::test]
async fn who_vanishes_without_a_word_is_a_gap_and_not_a_number() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    desk.bring(&officer, 2022, &three()).await;
    let [_, mai, nga] = three();
    desk.bring(&officer, 2023, &[mai, nga]).await;
    let view = form_of_lists(&desk, &desk.scope(DISTRICT), "7.2").await;
    let gap = Some(Cell::Gap(Gap::Vanished { households: 1 }));
    assert_eq!(view.form.cell(&rural(TRACH), "c4h"), gap);
    assert_eq!(view.form.cell(&RowKey::Total, "c4h"), gap);
    assert_eq!(count(&view, &rural(LAM), "c4h"), 0, "other rows are not touched by it");
    assert_eq!(failed(std::slice::from_ref(&view)), Vec::<String>::new());
    assert!(!view.may_be_official);
    desk.done().await;
}
