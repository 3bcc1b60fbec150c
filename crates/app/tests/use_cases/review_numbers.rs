//! Every number of a form opens onto the households behind it, and they add up to it: each column, each row, each level.

use app::review::figure::{Asked, Behind, FigureView, figure};
use app::review::forms::FormData;
use app::units::{TotalInput, save_totals};
use domain::access::Actor;
use domain::review::form::{Cell, Contribution, RowKey, rows_behind};
use norms::{Column, FormLayout, Measure};

use crate::bench::*;

const FORMS: [&str; 11] = ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11"];

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn thrown(dice: &mut Dice, number: usize) -> Family {
    let born = 1940 + dice.below(55);
    let commune = [TRACH, LAM, TOWN, QUANG_DIEM][number % 4];
    let paper = format!("0421{:02}{number:06}", born % 100);
    let mut family = family(&format!("Trần Thị {number}"), &format!("01/02/{born}"), &paper);
    family = family.at(commune, &format!("Thôn {}", 1 + dice.below(3)));
    family.ethnicity = ["1", "1", "3", "6", "44"][usize::try_from(dice.below(5)).unwrap()].into();
    let size = dice.below(5);
    review_anew(dice, &mut family, size);
    family
}

/// Scores, marks, causes and members of another year.
fn review_anew(dice: &mut Dice, family: &mut Family, size: u64) {
    let marks: Vec<u8> = (1..=12).filter(|_| dice.below(4) == 0).collect();
    let (b1, b2) = (100 + 5 * dice.below(18), 10 * marks.len());
    let line = if family.commune == TOWN { 175 } else { 140 };
    family.class = if b1 > line {
        "KN"
    } else if b2 >= 30 {
        "N"
    } else {
        "CN"
    }
    .into();
    (family.b1, family.b2, family.marks) = (b1.to_string(), b2.to_string(), Some(marks));
    family.causes = (1..=7).filter(|_| dice.below(3) == 0).collect();
    family.merit = dice.below(5) == 0;
    family.people.truncate(1);
    for child in 0..size {
        let [name, relation, ..] = ["Con", "Con"];
        let birth = format!("0{}/06/{}", 1 + child, 2000 + dice.below(22));
        family.people.push([format!("{name} {child}"), relation.into(), birth, "Nam".into(), String::new()]);
    }
}

/// Two years of four communes; some households come, some grow, and with `some_lost` some are on no second list.
async fn two_years(desk: &Desk, officer: &Actor, some_lost: bool) {
    let mut dice = Dice(20_231_214);
    let mut list: Vec<Family> = (0..80).map(|number| thrown(&mut dice, number)).collect();
    let (_, applied) = desk.bring(officer, 2022, &list[..70]).await;
    assert_eq!((applied.created, applied.aside), (70, 0));
    for family in &mut list {
        let size = dice.below(5);
        review_anew(&mut dice, family, size);
    }
    if some_lost {
        list.retain(|_| dice.below(8) != 0);
    }
    desk.bring(officer, 2023, &list).await;
}

/// The column that a number is opened through: a rate shows the households it counts.
fn counted<'l>(layout: &'l FormLayout, column: &'l Column) -> &'l Column {
    match &column.measure {
        Measure::Rate { of, .. } => layout.column(of).map_or(column, |of| counted(layout, of)),
        _ => column,
    }
}

async fn wrong_numbers(desk: &Desk, address: &str) -> (usize, usize, Vec<String>) {
    let scope = desk.scope(address);
    let rules = desk.house.rules(2023, "42").unwrap();
    let mut work = desk.house.store.read().await.unwrap();
    // Over the communes that lists speak of: the others would leave no number of a district to open.
    let data = FormData::load(&desk.house, work.as_mut(), &scope, 2023, true).await.unwrap();
    let fates = data.fates(&rules);
    let (mut numbers, mut gaps, mut wrong) = (0, 0, Vec::new());
    for (form, _) in data.forms(&rules, &FORMS) {
        let layout = &form.layout.value;
        for (row, column) in form.rows.iter().flat_map(|r| layout.columns.iter().map(move |c| (r, c))) {
            let through = counted(layout, column);
            if matches!(through.measure, Measure::Population { .. }) {
                continue;
            }
            let behind = rows_behind(layout, &column.id, &row.key, &fates);
            let sum = behind.iter().try_fold(0, |sum, adding| match adding.adds {
                Contribution::Count(n) => Some(sum + n),
                Contribution::Gap(_) => None,
            });
            let says = match form.cell(&row.key, &through.id) {
                Some(Cell::Count(n)) => Some(n),
                _ => None,
            };
            (numbers, gaps) = if says.is_some() { (numbers + 1, gaps) } else { (numbers, gaps + 1) };
            if says != sum {
                wrong.push(format!("{} {} {:?}: {says:?} printed, {sum:?} behind", layout.number, column.id, row.key));
            }
        }
    }
    (numbers, gaps, wrong)
}

#[tokio::test]
async fn the_households_behind_a_number_add_up_to_it() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    two_years(&desk, &officer, false).await;
    for address in ["province:42", DISTRICT, "commune:18553", "commune:18496"] {
        let (numbers, gaps, wrong) = wrong_numbers(&desk, address).await;
        assert_eq!(wrong, Vec::<String>::new(), "{address}");
        assert!(numbers > 500 && gaps == 0, "{address}: {numbers} numbers, {gaps} gaps");
    }
    desk.done().await;
}

#[tokio::test]
async fn a_number_that_cannot_be_told_opens_onto_the_households_that_prevent_it() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    two_years(&desk, &officer, true).await;
    for address in ["province:42", DISTRICT, "commune:18553"] {
        let (numbers, gaps, wrong) = wrong_numbers(&desk, address).await;
        assert_eq!(wrong, Vec::<String>::new(), "{address}");
        assert!(numbers > 500 && gaps > 0, "{address}: {numbers} numbers, {gaps} gaps");
    }
    desk.done().await;
}

async fn opened(desk: &Desk, actor: &Actor, row: &RowKey, column: &str, form: &str) -> FigureView {
    let asked = Asked { form, column, row, by: None };
    figure(&desk.house, actor, (None, 2023), asked).await.unwrap()
}

/// What each row of villages adds, by its name; `None` for one that entered nothing.
fn totals(view: &FigureView) -> Vec<(String, Option<i64>)> {
    let Behind::Villages(rows) = &view.behind else { panic!("{:?}", view.behind) };
    rows.iter().map(|row| (row.village.name.clone(), row.total.as_ref().map(|t| t.households))).collect()
}

#[tokio::test]
async fn a_number_of_residents_opens_onto_the_totals_of_the_villages_that_make_it() {
    let desk = desk().await;
    let province = desk.of_province().await;
    two_years(&desk, &province, false).await;
    let officer = desk.of_commune(TRACH).await;
    let total = RowKey::Total;
    let before = opened(&desk, &officer, &total, "households", "7.1").await;
    assert!(matches!(before.cell, Cell::Gap(_)) && totals(&before).iter().all(|(_, n)| n.is_none()));
    for (village, n) in desk.villages("commune:18553").await.iter().zip(100..) {
        let total = TotalInput { village: village.id, households: n.to_string(), persons: (4 * n).to_string() };
        save_totals(&desk.house, &officer, None, 2023, &[total]).await.unwrap();
    }
    let view = opened(&desk, &officer, &total, "households", "7.1").await;
    let expected = [("Thôn 1", 100), ("Thôn 2", 101), ("Thôn 3", 102)].map(|(name, n)| (name.to_owned(), Some(n)));
    assert_eq!((view.cell, totals(&view)), (Cell::Count(303), expected.to_vec()));
    let village = view.layout.value.clone();
    let row = forms_row(&desk, &officer, "Thôn 2").await;
    let view = opened(&desk, &officer, &row, "persons", &village.number).await;
    assert_eq!((view.cell, totals(&view)), (Cell::Count(404), vec![("Thôn 2".to_owned(), Some(101))]));
    desk.done().await;
}

/// The row of a village.
async fn forms_row(desk: &Desk, officer: &Actor, name: &str) -> RowKey {
    let forms = app::review::forms::forms(&desk.house, officer, None, 2023, &["7.1"]).await.unwrap();
    forms[0].form.rows.iter().find(|row| row.label == name).unwrap().key.clone()
}

#[tokio::test]
async fn a_rate_opens_onto_the_two_numbers_it_is_made_of_and_a_movement_is_told_by_household() {
    let desk = desk().await;
    let province = desk.of_province().await;
    two_years(&desk, &province, false).await;
    let rate = opened(&desk, &province, &RowKey::Total, "job_rate", "7.5").await;
    let Behind::Columns(parts) = &rate.behind else { panic!("{:?}", rate.behind) };
    let ids: Vec<&str> = parts.iter().map(|(column, _)| column.id.as_str()).collect();
    assert_eq!(ids, ["job", "households"]);
    for (column, cell) in parts {
        let part = opened(&desk, &province, &RowKey::Total, &column.id, "7.5").await;
        assert_eq!(part.cell, *cell, "{}", column.id);
    }
    assert!(!rate.bases.is_empty());
    let escaped = opened(&desk, &province, &RowKey::Total, "c2h", "7.2").await;
    let Behind::Households(rows) = &escaped.behind else { panic!("{:?}", escaped.behind) };
    assert!(!rows.is_empty());
    for row in rows {
        let movement = row.movement.as_deref().unwrap();
        assert!(!["stayed", "vanished", "unclassified", "no_rule"].contains(&movement), "{movement}");
    }
    desk.done().await;
}
