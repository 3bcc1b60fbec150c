//! The target engine over invented registers: both sides add up, figures share one denominator and one rounding, and the
//! printed contradictions D1 to D3 and D5 cannot come out. Due days and model rules on their edges.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its own fixture has failed")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::programme::due::{DueState, due_in, state_on};
use domain::programme::target::{
    Counts, Definitions, Exact, FactAssessment, FactHousehold, FactPerson, FactRows, ListCount, Lists, Met, Named,
    Resolved, TargetGap, UnitTotals, build_sheet, count, figure, met,
};
use domain::programme::work::{Model, Outcome, Who, check_model, distinct};
use domain::review::Marks;
use kernel::{BirthDate, Day, HouseholdId, ModelId, PersonId, VillageId};
use norms::{ModelRules, Norms, Rounding, TargetOp, TargetValue, WhenDue};
use proptest::prelude::*;
use uuid::Uuid;

fn end() -> Day {
    Day::last_of(2023)
}

static NORMS: LazyLock<Norms> = LazyLock::new(|| Norms::embedded().unwrap());

fn definitions() -> Definitions {
    let norms = &*NORMS;
    let on = end();
    Definitions::new(Resolved {
        shapes: norms.in_force("programme.records", on).unwrap(),
        targets: norms.in_force("programme.targets", on).unwrap(),
        work: norms.in_force("programme.work", on).unwrap(),
        classes: norms.in_force("review.classes", on).unwrap(),
        facts: norms.in_force("review.facts", on).unwrap(),
        groups: norms.in_force("review.target_groups", on).unwrap(),
        indicators: norms.in_force("review.indicators", on).unwrap(),
        ethnic: norms.in_force("review.ethnic_groups", on).unwrap(),
        areas: norms.in_force("programme.special_areas", on).ok(),
    })
    .unwrap()
}

fn printed(counts: &Counts, definitions: &Definitions, target: &str) -> Result<String, TargetGap> {
    let (at, ready) = definitions.reading(target, None).unwrap();
    figure(ready, at, counts, (Lists::on(end()), end()), Rounding::HalfUpToHundredths).map(|figure| figure.printed)
}

/// A province as published: households by class on two lists, and all households of both years.
fn published(now: (i64, i64), before: (i64, i64), households: (i64, i64)) -> FactRows {
    let list = |year, (poor, near_poor): (i64, i64)| {
        [("poor", poor), ("near_poor", near_poor)].map(|(class, households)| ListCount {
            year,
            class: class.to_owned(),
            households,
        })
    };
    let totals = |households| UnitTotals { households, villages: 1, missing_villages: 0 };
    FactRows {
        list_counts: list(2023, now).into_iter().chain(list(2022, before)).collect(),
        totals: BTreeMap::from([(2023, totals(households.0)), (2022, totals(households.1))]),
        ..FactRows::default()
    }
}

fn counted(rows: &FactRows, definitions: &Definitions) -> Counts {
    count(&build_sheet(rows, definitions, Lists::on(end()), end()), definitions)
}

#[test]
fn d1_the_near_poor_rate_and_the_poor_rate_of_a_day_share_one_total() {
    let definitions = definitions();
    // End of 2022: 14.527 poor are 3,79 %; the press printed 5,04 % for 15.486 near-poor.
    let counts = counted(&published((14_527, 15_486), (0, 0), (383_300, 383_300)), &definitions);
    assert_eq!(printed(&counts, &definitions, "poor_rate").unwrap(), "3,79");
    assert_eq!(printed(&counts, &definitions, "near_poor_rate").unwrap(), "4,04");
}

#[test]
fn d2_two_rates_of_one_day_come_from_one_total() {
    let definitions = definitions();
    // End of 2023: 12.947 are 3,37 % of 384.200; then 11.572 are 3,01 %, never 3,04 %.
    let counts = counted(&published((11_572, 12_947), (14_527, 15_486), (384_200, 383_300)), &definitions);
    assert_eq!(printed(&counts, &definitions, "near_poor_rate").unwrap(), "3,37");
    assert_eq!(printed(&counts, &definitions, "poor_rate").unwrap(), "3,01");
}

#[test]
fn d3_the_same_households_are_printed_as_one_rate() {
    let definitions = definitions();
    let counts = counted(&published((9_236, 11_736), (11_572, 12_947), (384_000, 384_000)), &definitions);
    let first = printed(&counts, &definitions, "poor_rate").unwrap();
    assert_eq!(first, "2,41");
    assert_eq!(first, kernel::Rate::of(9_236, 384_000).unwrap().percent(), "the house rounds in one way");
}

#[test]
fn d5_participants_are_counted_once_however_often_they_are_named() {
    let one = Who::Household(HouseholdId(Uuid::from_u128(1)));
    let other = Who::Household(HouseholdId(Uuid::from_u128(2)));
    assert_eq!(distinct(&[one, other, one]), (vec![one, other], 1));
    let definitions = definitions();
    let mut rows = register(&[("poor", 30)]);
    let support = |n| Named { id: Uuid::from_u128(n), kind: "livelihood_support".to_owned(), day: end() };
    rows.received = vec![support(1_000), support(1_000), support(1_000)];
    let counts = counted(&rows, &definitions);
    let (at, _) = definitions.reading("T02", Some("household_grant")).unwrap();
    assert_eq!(counts.tallies[at].reached, 1);
}

#[test]
fn the_fall_of_the_poverty_rate_is_in_points_and_asks_for_both_years() {
    let definitions = definitions();
    let counts = counted(&published((11_572, 12_947), (14_527, 15_486), (384_200, 383_300)), &definitions);
    assert_eq!(printed(&counts, &definitions, "T01").unwrap(), "0,78");
    let mut rows = published((11_572, 12_947), (14_527, 15_486), (384_200, 383_300));
    rows.totals.insert(2022, UnitTotals { households: 380_000, villages: 90, missing_villages: 4 });
    let counts = counted(&rows, &definitions);
    assert_eq!(printed(&counts, &definitions, "T01"), Err(TargetGap::Totals { villages: 4, year: 2022 }));
    let (at, ready) = definitions.reading("T01", None).unwrap();
    let june = Day::new(2023, 6, 30).unwrap();
    let early = figure(ready, at, &counts, (Lists::on(june), june), Rounding::HalfUpToHundredths);
    assert_eq!(early, Err(TargetGap::NotReviewed { year: 2023, on: june }));
}

#[test]
fn a_rate_over_some_of_the_communes_is_a_gap_that_says_how_many_are_missing() {
    let definitions = definitions();
    let whole = published((11_572, 12_947), (14_527, 15_486), (384_200, 383_300));
    let of_commune = |rows: FactRows| FactRows { commune: Some("18073".to_owned()), ..rows };
    let no_list = |year: i16| {
        let mut rows = of_commune(published((0, 0), (0, 0), (100, 100)));
        rows.list_counts = whole.list_counts.iter().filter(|list| list.year != year).cloned().collect();
        rows
    };
    let mut no_villages = of_commune(whole.clone());
    no_villages.totals.insert(2023, UnitTotals::default());
    let year = 2023;
    let table = [
        (FactRows::of_nothing("18073"), "poor_rate", TargetGap::Totals { villages: 1, year }),
        (no_villages, "near_poor_rate", TargetGap::Totals { villages: 1, year }),
        (no_list(2023), "poor_rate", TargetGap::Unlisted { communes: 1, year }),
        (no_list(2022), "T01", TargetGap::Unlisted { communes: 1, year: 2022 }),
    ];
    for (other, target, gap) in table {
        let mut sum = counted(&of_commune(whole.clone()), &definitions);
        assert!(printed(&sum, &definitions, target).is_ok());
        sum += &counted(&other, &definitions);
        assert_eq!(printed(&sum, &definitions, target), Err(gap), "{target}");
    }
}

#[test]
fn all_households_of_an_area_are_those_counted_for_its_villages() {
    let definitions = definitions();
    let reading = || definitions.reading("T16", Some("all")).unwrap();
    let coast = NORMS.in_force::<norms::SpecialAreas>("programme.special_areas", Day::last_of(2024)).unwrap();
    let commune = coast.value.areas.iter().flat_map(|area| &area.communes).next().unwrap().clone();
    let of_area = |households: i64| {
        let mut rows = register(&[("poor", 30), ("near_poor", 40), ("non_poor", 50)]);
        rows.households.iter_mut().for_each(|household| household.commune.clone_from(&commune));
        let id = rows.households[0].id.0;
        rows.received = vec![Named { id, kind: "communication_reached".to_owned(), day: end() }];
        rows.totals = BTreeMap::from([(2023, UnitTotals { households, villages: 1, missing_villages: 0 })]);
        FactRows { commune: Some(commune.clone()), ..rows }
    };
    let ask = |rows: &FactRows| {
        let (at, ready) = reading();
        figure(ready, at, &counted(rows, &definitions), (Lists::on(end()), end()), Rounding::HalfUpToHundredths)
    };
    let found = ask(&of_area(250)).unwrap();
    assert_eq!((found.printed.as_str(), found.numbers()), ("0,40", (1, Some(250))));
    assert_eq!(found.tally().unwrap().unnamed, 247, "the register knows three");
    assert_eq!(ask(&of_area(2)), Err(TargetGap::Overfull { over: 1 }));
    assert_eq!(ask(&FactRows::of_nothing(&commune)), Err(TargetGap::Totals { villages: 1, year: 2023 }));
    let elsewhere = FactRows { commune: Some("00001".to_owned()), ..FactRows::default() };
    assert_eq!(ask(&elsewhere), Err(TargetGap::NoArea));
}

#[test]
fn a_share_of_nobody_is_a_gap_in_words() {
    let definitions = definitions();
    let counts = counted(&FactRows::default(), &definitions);
    for target in ["T05", "T11", "T15", "T04"] {
        let gap = printed(&counts, &definitions, target).unwrap_err();
        assert_eq!((gap.code(), gap), ("TGT-002", TargetGap::EmptyBase), "{target}");
    }
}

#[test]
fn every_target_of_the_plan_has_a_definition() {
    let definitions = definitions();
    for number in 1..=16 {
        let id = format!("T{number:02}");
        assert!(definitions.reading(&id, None).is_some(), "{id}");
    }
    for (id, readings) in [("T01", 2), ("T06", 4), ("T10", 4), ("T16", 2), ("T05", 2)] {
        assert_eq!(definitions.of_target(id).count(), readings, "{id}");
    }
}

#[test]
fn a_level_is_compared_exactly_before_rounding() {
    let level = |op, value: &str, high: Option<&str>| TargetValue {
        op,
        value: value.to_owned(),
        high: high.map(str::to_owned),
        unit: "percent".to_owned(),
        minimum_stated: false,
        effort: false,
    };
    let table = [
        (TargetOp::AtLeast, "90", None, (90, 1), Met::Met),
        (TargetOp::AtLeast, "90", None, (89_999, 1_000), Met::NotMet),
        (TargetOp::Above, "30", None, (30, 1), Met::NotMet),
        (TargetOp::Above, "30", None, (31, 1), Met::Met),
        (TargetOp::Range, "0.6", Some("0.7"), (6, 10), Met::Met),
        (TargetOp::Range, "0.6", Some("0.7"), (7, 10), Met::Met),
        (TargetOp::Range, "0.6", Some("0.7"), (75, 100), Met::Exceeded),
        (TargetOp::Range, "0.6", Some("0.7"), (59, 100), Met::NotMet),
        (TargetOp::Equal, "100", None, (100, 1), Met::Met),
        (TargetOp::Below, "3", None, (299, 100), Met::Met),
        (TargetOp::Below, "3", None, (3, 1), Met::NotMet),
        (TargetOp::AtMost, "3", None, (3, 1), Met::Met),
        (TargetOp::AtMost, "3", None, (301, 100), Met::NotMet),
    ];
    for (op, value, high, (above, below), expected) in table {
        let exact = Exact::of(above, below).unwrap();
        assert_eq!(met(exact, &level(op, value, high)), Some(expected), "{above}/{below} against {value}");
    }
}

/// Households of these classes, two persons each; the n-th household's id is 1000 + n.
fn register(of: &[(&str, i16)]) -> FactRows {
    let mut rows = FactRows::default();
    for (n, (class, age)) in (0u128..).zip(of) {
        let id = HouseholdId(Uuid::from_u128(1_000 + n));
        rows.households.push(FactHousehold { id, commune: "18073".to_owned(), ethnicity: Some(1) });
        for member in 0..2u128 {
            rows.persons.push(FactPerson {
                id: PersonId(Uuid::from_u128(10_000 + n * 10 + member)),
                household: id,
                sex: None,
                birth: Some(BirthDate::of_year(2023 - age)),
                ethnicity: Some(1),
            });
        }
        rows.assessments.push(FactAssessment {
            household: id,
            year: 2023,
            class: Some((*class).to_owned()),
            marks: Marks::default(),
            groups: 0,
            facts: None,
        });
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn reached_and_not_reached_are_the_denominator_and_units_add_up(
        classes in prop::collection::vec(
            (prop::sample::select(vec!["poor", "near_poor", "non_poor"]), 1i16..80), 1..25),
        kinds in prop::collection::vec(
            (prop::sample::select(vec!["job_support", "job_placed", "farm_training", "health_insurance",
                "vocational_training", "housing_support", "communication_reached", "farm_inputs"]), 0u128..60), 0..60),
        needs in prop::collection::vec((prop::sample::select(vec!["job", "training", "telecom"]), 0u128..60), 0..40),
    ) {
        let definitions = definitions();
        let mut rows = register(&classes);
        let people: Vec<Uuid> =
            rows.persons.iter().map(|p| p.id.0).chain(rows.households.iter().map(|h| h.id.0)).collect();
        let named = |(kind, at): &(&str, u128)| Named {
            id: people[usize::try_from(*at).unwrap() % people.len()],
            kind: (*kind).to_owned(),
            day: Day::new(2023, 6, 1).unwrap(),
        };
        rows.received = kinds.iter().map(named).collect();
        rows.needs = needs.iter().map(named).collect();
        let counts = counted(&rows, &definitions);
        let mut sum = Counts::default();
        sum += &counts;
        sum += &counts;
        for (at, ready) in definitions.readings.iter().enumerate() {
            let tally = counts.tallies[at];
            prop_assert!(tally.reached <= tally.base, "{}", ready.target);
            prop_assert_eq!(tally.reached + tally.not_reached(), tally.base);
            prop_assert!(tally.open <= tally.not_reached());
            prop_assert_eq!(sum.tallies[at].base, tally.base * 2);
            prop_assert_eq!(sum.tallies[at].reached, tally.reached * 2);
        }
    }
}

/// The rows of some households alone, as the store would read them.
fn part(rows: &FactRows, of: &[HouseholdId]) -> FactRows {
    let mut part = rows.clone();
    part.households.retain(|household| of.contains(&household.id));
    part.persons.retain(|person| of.contains(&person.household));
    part.assessments.retain(|assessment| of.contains(&assessment.household));
    part
}

#[test]
fn a_sheet_with_changed_households_counts_as_one_made_anew() {
    let definitions = definitions();
    let lists = Lists::on(end());
    let before = register(&[("poor", 30), ("near_poor", 40), ("non_poor", 50), ("poor", 9)]);
    let mut after = before.clone();
    let changed = [after.households[0].id, after.households[2].id];
    after.households.remove(2);
    after.persons.retain(|person| person.household != changed[1]);
    after.assessments[0].class = Some("near_poor".to_owned());
    after.received.push(Named { id: after.persons[0].id.0, kind: "health_insurance".to_owned(), day: end() });
    let kept = build_sheet(&before, &definitions, lists, end());
    let patched = kept.with_changed(&changed, build_sheet(&part(&after, &changed), &definitions, lists, end()));
    let anew = build_sheet(&after, &definitions, lists, end());
    assert_eq!(count(&patched, &definitions), count(&anew, &definitions));
    assert_eq!(patched.persons.ids.len(), anew.persons.ids.len());
}

fn model(mode: &str, members: usize) -> Model {
    Model {
        id: ModelId(Uuid::from_u128(1)),
        name: "Nuôi bò".to_owned(),
        project: "P2".to_owned(),
        mode: mode.to_owned(),
        sector: "farming".to_owned(),
        lead: Some("agency".to_owned()),
        lead_name: String::new(),
        reason: None,
        place: domain::units::Place {
            units_from: Day::first_of(2023),
            province: "42".to_owned(),
            district: String::new(),
            commune: String::new(),
            village: VillageId(Uuid::nil()),
        },
        approved: Day::new(2023, 2, 1),
        started: Day::new(2023, 3, 1),
        state_money: 3_000_000_000,
        direct_money: Some(2_100_000_000),
        members: (0..members).map(|n| HouseholdId(Uuid::from_u128(n as u128))).collect(),
        others: 0,
        version: 1,
    }
}

#[test]
fn a_model_is_tried_on_the_edges_of_the_decree() {
    let norms = Norms::embedded().unwrap();
    let rules = norms.in_force::<ModelRules>("programme.models", end()).unwrap().value.rules;
    let outcome = |model: &Model, fitting: i64, rule: &str| {
        let checks = check_model(model, &rules, |_| fitting);
        checks.iter().find(|check| check.rule.id == rule).map(|check| check.outcome)
    };
    let task = model("task", 10);
    let table = [
        (5, "programme_people", Some(Outcome::Kept)),
        (4, "programme_people", Some(Outcome::Broken)),
        (7, "priority", Some(Outcome::NotPriority)),
        (8, "priority", Some(Outcome::Kept)),
        (8, "direct_production", Some(Outcome::Kept)),
        (8, "state_money", Some(Outcome::Kept)),
        (8, "task_reason", Some(Outcome::Broken)),
        (8, "chain_lead", None),
    ];
    for (fitting, rule, expected) in table {
        assert_eq!(outcome(&task, fitting, rule), expected, "{fitting} of 10, {rule}");
    }
    let dear = Model { state_money: 3_000_000_001, ..task.clone() };
    assert_eq!(outcome(&dear, 8, "state_money"), Some(Outcome::Broken));
    assert_eq!(outcome(&dear, 8, "direct_production"), Some(Outcome::Broken));
    assert_eq!(outcome(&model("task", 0), 0, "programme_people"), Some(Outcome::Open));
    assert_eq!(outcome(&model("value_chain", 3), 3, "chain_lead"), Some(Outcome::Broken));
}

#[test]
fn a_rule_makes_as_many_due_days_as_it_has_in_the_year() {
    let day = Day::new(2023, 12, 31).unwrap();
    let table = [
        (WhenDue::Monthly { day: 5, from_month: 2, to_month: 9 }, 2023, 8),
        (WhenDue::Yearly { month: 2, day: 29 }, 2023, 0),
        (WhenDue::Yearly { month: 2, day: 29 }, 2024, 1),
        (WhenDue::On { day }, 2023, 1),
        (WhenDue::On { day }, 2024, 0),
    ];
    for (when, year, times) in table {
        assert_eq!(due_in(&when, year).len(), times, "{when:?} in {year}");
    }
}

#[test]
fn late_is_the_day_after_and_near_is_within_the_reminder() {
    let day = |d| Day::new(2023, 12, d).unwrap();
    let table =
        [(31, DueState::Near { days: 0 }), (16, DueState::Near { days: 15 }), (15, DueState::Ahead { days: 16 })];
    for (today, expected) in table {
        assert_eq!(state_on(Some(day(31)), None, day(today), 15), expected, "on {today}/12");
    }
    assert_eq!(state_on(Some(day(30)), None, day(31), 15), DueState::Late { days: 1 });
    assert_eq!(state_on(Some(day(30)), Some(day(29)), day(31), 15), DueState::Done { on: day(29) });
}
