//! Worked examples of the method's literature, by hand, and the identities every family keeps.
//!
//! The four persons: S. Alkire, J. Foster, "Counting and multidimensional poverty measurement", Journal of Public Economics 95
//! (2011), and S. Alkire et al., "Multidimensional Poverty Measurement and Analysis" (2015), chapter 5. Achievements
//! (13.1, 14, 4, 1), (15.2, 7, 5, 0), (12.5, 10, 1, 0), (20, 11, 3, 1) with cut-offs (13, 12, 3, 1); numbers only.

#![expect(
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test stops where it fails; its numbers are small"
)]

use measures::poverty::{Counts, Cube, FamilyPlan};
use proptest::prelude::*;

fn named(many: usize) -> Vec<String> {
    (0..many).map(|i| format!("d{i}")).collect()
}

fn cube(plan: &FamilyPlan, rows: &[(usize, u16, u32)]) -> Cube {
    let buckets = plan.buckets();
    let mut cube = Cube::new(plan, 0);
    for (group, mask, weight) in rows {
        cube.count(*group, buckets[usize::from(*mask)], *mask, *weight);
    }
    cube
}

/// The deprivations of the four persons, from their achievements.
fn four_persons() -> Vec<(usize, u16, u32)> {
    let lines = [13.0, 12.0, 3.0, 1.0];
    let achieved = [[13.1, 14.0, 4.0, 1.0], [15.2, 7.0, 5.0, 0.0], [12.5, 10.0, 1.0, 0.0], [20.0, 11.0, 3.0, 1.0]];
    let mask = |person: &[f64; 4]| (0..4).filter(|j| person[*j] < lines[*j]).fold(0, |mask, j| mask | 1 << j);
    achieved.iter().map(|person| (0, mask(person), 1)).collect()
}

#[test]
fn the_four_persons_of_alkire_and_foster() {
    let plan = FamilyPlan::equal(named(4));
    let cube = cube(&plan, &four_persons());
    let table = [
        // k, H, A, M0
        (1, 3.0 / 4.0, 7.0 / 12.0, 7.0 / 16.0),
        (2, 1.0 / 2.0, 3.0 / 4.0, 3.0 / 8.0),
        (3, 1.0 / 4.0, 1.0, 1.0 / 4.0),
        (4, 1.0 / 4.0, 1.0, 1.0 / 4.0),
    ];
    for (k, headcount, intensity, adjusted) in table {
        let counts = Counts::of(&plan, &cube, 0, k - 1);
        assert_eq!(counts.headcount(), Some(headcount), "H at k = {k}");
        assert_eq!(counts.intensity(&plan), Some(intensity), "A at k = {k}");
        assert_eq!(counts.adjusted(&plan), Some(adjusted), "M0 at k = {k}");
    }
    let counts = Counts::of(&plan, &cube, 0, 1);
    let each = |figure: &dyn Fn(usize) -> Option<f64>| (0..4).map(|j| figure(j).unwrap()).collect::<Vec<_>>();
    assert_eq!(each(&|j| counts.uncensored_headcount(j)), [0.25, 0.75, 0.25, 0.5]);
    assert_eq!(each(&|j| counts.censored_headcount(j)), [0.25, 0.5, 0.25, 0.5]);
    assert_eq!(each(&|j| counts.contribution(&plan, j)), [1.0 / 6.0, 2.0 / 6.0, 1.0 / 6.0, 2.0 / 6.0]);
}

#[test]
fn the_four_persons_with_unequal_weights() {
    // The weights (2, 1, 0.5, 0.5) of the 2011 article, in halves: scores 0, 3, 8, 2 of 8.
    let plan = FamilyPlan { weights: vec![4, 2, 1, 1], cutoffs: vec![1, 2, 3, 4, 8], ..FamilyPlan::equal(named(4)) };
    let cube = cube(&plan, &four_persons());
    let adjusted: Vec<f64> = (0..5).map(|k| Counts::of(&plan, &cube, 0, k).adjusted(&plan).unwrap()).collect();
    assert_eq!(adjusted, [13.0 / 32.0, 13.0 / 32.0, 11.0 / 32.0, 8.0 / 32.0, 8.0 / 32.0]);
}

#[test]
fn nobody_poor_has_a_headcount_and_no_intensity() {
    let plan = FamilyPlan::equal(named(2));
    let counts = Counts::of(&plan, &cube(&plan, &[(0, 0, 5)]), 0, 0);
    assert_eq!((counts.headcount(), counts.intensity(&plan), counts.adjusted(&plan)), (Some(0.0), None, Some(0.0)));
    assert_eq!(counts.contribution(&plan, 0), None);
    assert_eq!(Counts::of(&plan, &Cube::new(&plan, 0), 0, 0).headcount(), None);
}

fn population() -> impl Strategy<Value = (FamilyPlan, Vec<(usize, u16, u32)>)> {
    (proptest::collection::vec(1u32..7, 5), proptest::collection::vec((0usize..4, 0u16..32, 1u32..12), 1..200))
        .prop_map(|(weights, rows)| {
            let cutoffs = (1..=weights.iter().sum()).collect();
            (FamilyPlan { weights, cutoffs, ..FamilyPlan::equal(named(5)) }, rows)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn the_identities_hold_at_every_cutoff((plan, rows) in population()) {
        let cube = cube(&plan, &rows);
        let whole = cube.rolled_up(1, |_| Some(0));
        for k in 0..plan.cutoffs.len() {
            let all = Counts::of(&plan, &whole, 0, k);
            if let (Some(h), Some(a), Some(m)) = (all.headcount(), all.intensity(&plan), all.adjusted(&plan)) {
                prop_assert!((h * a - m).abs() < 1e-15, "M0 = H × A");
                let sum: f64 = (0..5).filter_map(|j| all.contribution(&plan, j)).sum();
                prop_assert!((sum - 1.0).abs() < 1e-12, "contributions add to 1");
                let dimensions = all.contribution_of(&plan, &[0, 1]).unwrap() + all.contribution_of(&plan, &[2, 3, 4]).unwrap();
                prop_assert!((dimensions - 1.0).abs() < 1e-12, "so do those of dimensions");
            }
            for j in 0..5 {
                prop_assert!(all.censored[j] <= all.uncensored[j], "censored is at most uncensored");
            }
            let groups: Vec<Counts> = (0..cube.groups()).map(|g| Counts::of(&plan, &cube, g, k)).collect();
            prop_assert_eq!(groups.iter().map(|g| g.parts).sum::<u64>(), all.parts, "subgroups add to the whole");
            let weighted: f64 = groups.iter().filter_map(|g| Some(g.headcount()? * g.all as f64 / all.all as f64)).sum();
            prop_assert!((weighted - all.headcount().unwrap()).abs() < 1e-12, "weighted headcounts add to the whole");
        }
        let union = Counts::of(&plan, &whole, 0, 0);
        let touched: u64 = rows.iter().filter(|(_, mask, _)| *mask != 0).map(|(_, _, weight)| u64::from(*weight)).sum();
        prop_assert_eq!(union.poor, touched, "the first cut-off is the union");
        prop_assert_eq!(&union.censored, &union.uncensored);
        let both: u64 = rows.iter().filter(|(_, mask, _)| *mask == 31).map(|(_, _, weight)| u64::from(*weight)).sum();
        prop_assert_eq!(Counts::of(&plan, &whole, 0, plan.cutoffs.len() - 1).poor, both, "the last is the intersection");
    }

    #[test]
    fn a_record_that_changes_leaves_the_cube_as_a_recount_would((plan, mut rows) in population(), changes in proptest::collection::vec((0usize..200, 0u16..32, 1u32..12), 1..30)) {
        let buckets = plan.buckets();
        let mut kept = cube(&plan, &rows);
        for (at, mask, weight) in changes {
            let at = at % rows.len();
            let (group, old, before) = rows[at];
            prop_assert!(kept.uncount(group, buckets[usize::from(old)], old, before));
            prop_assert!(kept.count(group, buckets[usize::from(mask)], mask, weight));
            rows[at] = (group, mask, weight);
            prop_assert_eq!(&kept, &cube(&plan, &rows));
        }
        prop_assert!(!kept.uncount(0, 0, 0, u32::MAX), "what was never counted is not taken back");
    }
}
