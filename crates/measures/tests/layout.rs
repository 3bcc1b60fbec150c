//! The figures file gives back what was put in, and the same figures as the households themselves.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use measures::layout::{self, By, Cell, Figures, Household, Keep, Layout};
use measures::poverty::{Cube, FamilyPlan};
use proptest::prelude::*;

fn place(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("vuon-layout-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn named(prefix: &str, many: usize) -> Vec<String> {
    (0..many).map(|i| format!("{prefix}{i}")).collect()
}

fn layout() -> Layout {
    Layout {
        communes: named("c", 40),
        indicators: named("d", 6),
        classes: named("class", 3),
        targets: named("t", 3),
        keep: Keep { village: true, head_sex: true, targets: true },
    }
}

fn households() -> impl Strategy<Value = Vec<Household>> {
    let one = (0u32..40, 0u8..2, 0u8..5, 0u16..3, 0u8..3, 0u16..8, 0u8..3, 0u16..64, 1u16..12).prop_map(
        |(commune, area, ethnic, village, head_sex, targets, class, mask, size)| Household {
            commune,
            area,
            ethnic,
            village,
            head_sex,
            targets,
            class,
            mask,
            size,
        },
    );
    proptest::collection::vec(one, 0..400).prop_map(|mut all| {
        all.sort_by_key(|h| h.commune);
        all
    })
}

fn plan() -> FamilyPlan {
    FamilyPlan {
        weights: vec![3, 1, 1, 1, 2, 4],
        cutoffs: vec![1, 4, 7, 12],
        persons: Some("size".into()),
        ..FamilyPlan::equal(named("d", 6))
    }
}

fn counted(rows: &[Household], group: impl Fn(&Household) -> usize) -> Cube {
    let plan = plan();
    let buckets = plan.buckets();
    let mut cube = Cube::new(&plan, 0);
    for row in rows {
        cube.count(group(row), buckets[usize::from(row.mask)], row.mask, u32::from(row.size));
    }
    cube
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn every_decomposition_comes_out_as_from_the_households(rows in households(), threads in 1usize..4) {
        let path = place("family.parquet");
        layout::write(&path, &layout(), rows.iter().copied()).unwrap();
        let figures = Figures::open(&path).unwrap();
        let merged: Vec<Option<u32>> = (0..40).map(|c| Some(c / 7)).collect();
        let by = [By::Whole, By::Commune, By::Area, By::Ethnic, By::HeadSex, By::Class, By::Target(1), By::Unit(&merged),
            By::Cross(&By::Area, &By::Ethnic, 5)];
        let cubes = figures.family(&plan(), &by, threads).unwrap();
        let wanted: [Cube; 9] = [
            counted(&rows, |_| 0),
            counted(&rows, |h| h.commune as usize),
            counted(&rows, |h| usize::from(h.area)),
            counted(&rows, |h| usize::from(h.ethnic)),
            counted(&rows, |h| usize::from(h.head_sex)),
            counted(&rows, |h| usize::from(h.class)),
            counted(&rows, |h| usize::from(h.targets >> 1 & 1)),
            counted(&rows, |h| h.commune as usize / 7),
            counted(&rows, |h| usize::from(h.area) * 5 + usize::from(h.ethnic)),
        ];
        for (cube, wanted) in cubes.iter().zip(&wanted) {
            prop_assert_eq!(cube, wanted);
        }
    }

    #[test]
    fn what_was_put_in_comes_out(rows in households()) {
        let path = place("rows.parquet");
        let written = layout::write(&path, &layout(), rows.iter().copied()).unwrap();
        let mut wanted: BTreeMap<Household, (u16, u16)> = BTreeMap::new();
        for row in &rows {
            let sums = wanted.entry(Household { size: 0, ..*row }).or_default();
            *sums = (sums.0 + 1, sums.1 + row.size);
        }
        let mut found = Vec::new();
        Figures::open(&path).unwrap().each(|cell| found.push(cell)).unwrap();
        let wanted: Vec<Cell> =
            wanted.into_iter().map(|(alike, (households, persons))| Cell { alike, households, persons }).collect();
        prop_assert_eq!(written.cells, wanted.len() as u64);
        prop_assert_eq!(found, wanted);
    }
}

#[test]
fn the_same_households_make_the_same_bytes_in_any_order_within_a_commune() {
    let one = Household { mask: 5, size: 3, ..Household::default() };
    let two = Household { mask: 1, size: 4, ethnic: 2, ..Household::default() };
    let (a, b) = (place("a.parquet"), place("b.parquet"));
    layout::write(&a, &layout(), [one, two, one]).unwrap();
    layout::write(&b, &layout(), [two, one, one]).unwrap();
    assert_eq!(std::fs::read(a).unwrap(), std::fs::read(b).unwrap());
}

#[test]
fn communes_out_of_order_and_codes_beyond_the_layout_are_refused() {
    let home = |commune: u32, mask: u16| Household { commune, mask, size: 1, ..Household::default() };
    let path = place("refused.parquet");
    let table =
        [(vec![home(1, 0), home(0, 0)], "MEA-010"), (vec![home(40, 0)], "MEA-009"), (vec![home(0, 64)], "MEA-009")];
    for (rows, code) in table {
        assert_eq!(layout::write(&path, &layout(), rows).unwrap_err().code(), code);
    }
}

#[test]
fn a_file_that_is_no_figures_file_is_refused() {
    let path = place("other.parquet");
    std::fs::write(&path, b"PAR1 but not really").unwrap();
    assert_eq!(Figures::open(&path).unwrap_err().code(), "MEA-001");
}
