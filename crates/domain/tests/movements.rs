//! Whatever happens to households in a year, forms 7.2 and 7.3 balance, in households and in persons.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its own fixture has failed")]

use std::sync::LazyLock;

use domain::review::form::{Findings, Holes, LineFates, Outcome, Population, RowKey, UnitBelow, run_checks, tally};
use domain::review::{Fate, Line, Marks, Standing, fate_of};
use kernel::HouseholdId;
use norms::{Area, CheckRule, Norms, Rulebook};
use proptest::prelude::*;
use uuid::Uuid;

static RULES: LazyLock<Rulebook> = LazyLock::new(|| Norms::embedded().unwrap().rulebook(2023, "42").unwrap());

fn rules() -> &'static Rulebook {
    &RULES
}

fn standing(class: &str, size: i64) -> Standing {
    Standing {
        class: Some(class.to_owned()),
        computed: Some(class.to_owned()),
        b2_entered: None,
        pack: None,
        size,
        ages: Vec::new(),
        marks: Marks::default(),
        causes: 0,
        groups: 0,
        ethnicity: Some(1),
    }
}

fn line(number: u128, area: Area, before: Option<Standing>, now: Option<Standing>) -> Line {
    Line {
        household: HouseholdId(Uuid::from_u128(number)),
        below: "18073".to_owned(),
        area,
        now,
        before,
        earlier: Vec::new(),
        arrived: false,
        departed: false,
    }
}

fn some_class() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("poor"), Just("near_poor"), Just("non_poor")]
}

/// A household whose fate can be told: one that is gone has a recorded departure.
fn some_line() -> impl Strategy<Value = Line> {
    let some = || (some_class(), 1i64..9).prop_map(|(class, size)| standing(class, size));
    let sides = (proptest::option::of(some()), proptest::option::of(some()));
    (sides, any::<bool>(), any::<bool>(), proptest::collection::vec(some_class(), 0..3), any::<u64>()).prop_map(
        |((before, now), urban, arrived, earlier, number)| {
            let area = if urban { Area::Urban } else { Area::Rural };
            let departed = now.is_none();
            let earlier = earlier.into_iter().map(str::to_owned).collect();
            Line { arrived, departed, earlier, ..line(u128::from(number), area, before, now) }
        },
    )
}

fn units() -> Vec<UnitBelow> {
    vec![UnitBelow { key: "18073".to_owned(), label: "Xã Một".to_owned(), area: None }]
}

proptest! {
    #[test]
    fn every_identity_of_the_movement_forms_holds(lines in proptest::collection::vec(some_line(), 0..60)) {
        let rules = rules();
        let fates = LineFates::new(&lines, true, rules);
        let known = (&Population::default(), &Holes::default());
        let forms: Vec<_> = rules.forms.iter().map(|l| tally(l, &fates, &units(), known)).collect();
        for form in forms.iter().filter(|f| ["7.2", "7.3"].contains(&f.layout.value.number.as_str())) {
            for result in run_checks(form, &forms, None, (&Findings::of(&fates), rules)) {
                let is_identity = matches!(
                    result.check.rule,
                    CheckRule::Balance { .. } | CheckRule::Equals { .. } | CheckRule::RowsSum
                );
                if is_identity {
                    prop_assert_eq!(&result.outcome, &Outcome::Passed, "{}", result.check.id);
                }
            }
        }
    }

    #[test]
    fn every_household_has_exactly_one_fate(line in some_line()) {
        let rules = rules();
        let fate = fate_of(&line, rules);
        prop_assert!(!matches!(fate, Fate::Vanished | Fate::NoRule | Fate::Unclassified), "{:?}", fate);
    }
}

#[test]
fn a_household_moves_between_lists_as_the_law_names_it() {
    let rules = rules();
    let (poor, near, non) = (Some(standing("poor", 3)), Some(standing("near_poor", 3)), Some(standing("non_poor", 3)));
    // before, now, earlier, arrived, departed, movement
    let table = [
        (&poor, &near, vec![], false, false, Some("escaped_to_near_poor")),
        (&poor, &non, vec![], false, false, Some("escaped_above")),
        (&poor, &None, vec![], false, true, Some("poor_other_decrease")),
        (&near, &poor, vec![], false, false, Some("near_poor_to_poor")),
        (&None, &poor, vec!["poor"], false, false, Some("re_poor")),
        (&None, &poor, vec![], false, false, Some("new_poor")),
        (&None, &poor, vec![], true, false, Some("poor_other_increase")),
        (&non, &poor, vec!["poor"], false, false, Some("re_poor")),
        (&near, &non, vec![], false, false, Some("escaped_near_poor")),
        (&None, &near, vec!["near_poor"], false, false, Some("re_near_poor")),
        (&None, &near, vec!["poor"], false, false, Some("new_near_poor")),
        (&poor, &poor, vec![], false, false, None),
        (&None, &non, vec![], false, false, None),
    ];
    for (before, now, earlier, arrived, departed, expected) in table {
        let earlier = earlier.into_iter().map(str::to_owned).collect();
        let line = Line { earlier, arrived, departed, ..line(1, Area::Rural, before.clone(), now.clone()) };
        let found = match fate_of(&line, rules) {
            Fate::Moved(movement) => Some(movement.id.as_str()),
            Fate::Stayed => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected, "{before:?} to {now:?}");
    }
}

#[test]
fn a_household_that_is_gone_without_a_word_leaves_the_form_without_its_number() {
    let rules = rules();
    let lines = [line(1, Area::Rural, Some(standing("poor", 4)), None)];
    let fates = LineFates::new(&lines, true, rules);
    assert_eq!(fate_of(&lines[0], rules), Fate::Vanished);
    let layout = rules.forms.iter().find(|f| f.value.number == "7.2").unwrap();
    let form = tally(layout, &fates, &units(), (&Population::default(), &Holes::default()));
    assert!(!form.gaps.is_empty());
    let balance = run_checks(&form, &[], None, (&Findings::of(&fates), rules))
        .into_iter()
        .filter(|r| matches!(r.check.rule, CheckRule::Balance { .. }))
        .all(|r| matches!(r.outcome, Outcome::NotEnough(_)));
    assert!(balance, "a balance with a gap is neither passed nor failed");
}

#[test]
fn without_last_years_list_nothing_is_said_of_movements() {
    let rules = rules();
    let lines = [line(1, Area::Rural, None, Some(standing("poor", 4)))];
    let fates = LineFates::new(&lines, false, rules);
    let layout = rules.forms.iter().find(|f| f.value.number == "7.2").unwrap();
    let form = tally(layout, &fates, &units(), (&Population::default(), &Holes::default()));
    assert_eq!(form.gaps, vec![domain::review::form::Gap::PreviousList]);
    assert!(form.rows.iter().any(|row| row.key == RowKey::Total));
}
