//! Crossings, dimensions and the full table, on surveys small enough to be counted by hand.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::PathBuf;

use measures::poverty::{Dimension, FamilyPlan, Named, family_of_survey, family_sheet, full_sheet};
use measures::sample::{Design, Spec, sample_sheet};
use measures::sheet::{Sheet, Values};

fn place(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("vuon-by-hand-{}-{name}", std::process::id()))
}

fn csv(sheet: &Sheet) -> Vec<String> {
    String::from_utf8(sheet.to_csv().unwrap()).unwrap().lines().map(str::to_owned).collect()
}

/// Six households in two areas and of two peoples: area, people, persons, x, y.
const HOUSEHOLDS: [[i64; 5]; 6] =
    [[1, 1, 2, 1, 1], [1, 1, 3, 0, 0], [1, 2, 1, 1, 0], [2, 1, 4, 0, 1], [2, 2, 5, 1, 1], [2, 2, 5, 0, 0]];

fn survey(name: &str) -> PathBuf {
    let path = place(name);
    let column = |at: usize| Values::Whole(HOUSEHOLDS.iter().filter_map(|row| row.get(at)).copied().collect());
    let names = ["area", "ethnic", "size", "x", "y"];
    let columns = names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), column(at))).collect();
    Sheet { columns }.write(&path, 1).unwrap();
    path
}

fn plan(by: &[&str]) -> FamilyPlan {
    FamilyPlan {
        persons: Some("size".to_owned()),
        by: by.iter().map(|by| (*by).to_owned()).collect(),
        ..FamilyPlan::equal(vec!["x".into(), "y".into()])
    }
}

#[test]
fn a_crossing_counts_each_pair_that_is_there() {
    let path = survey("crossed.parquet");
    let plan = plan(&["nation", "area", "ethnic*area"]);
    let counted = family_of_survey(&path, &plan, 2).unwrap();
    let lines = csv(&family_sheet(&plan, &counted));
    assert_eq!(lines.first().unwrap(), "by,group,group2,k,persons,H,A,M0,cens_x,contrib_x,cens_y,contrib_y");
    let row = |start: &str| lines.iter().find(|line| line.starts_with(start)).cloned().unwrap_or_default();
    // 12 of 20 persons are deprived in something; 7 of them in both.
    assert!(row("nation,0,,1,").starts_with("nation,0,,1,20,0.6,"), "{lines:?}");
    assert!(row("nation,0,,2,").starts_with("nation,0,,2,20,0.35,1,0.35,"), "{lines:?}");
    // People 2 of area 2: 10 persons, half of them deprived in both; people 2 of area 1: one person, deprived in x alone.
    assert_eq!(row("ethnic*area,2,2,2,"), "ethnic*area,2,2,2,10,0.5,1,0.5,0.5,0.5,0.5,0.5");
    assert_eq!(row("ethnic*area,2,1,1,"), "ethnic*area,2,1,1,1,1,0.5,0.5,1,1,0,0");
    assert_eq!(lines.iter().filter(|line| line.starts_with("ethnic*area,")).count(), 4 * 2);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn the_full_table_has_every_figure_by_indicator_and_dimension() {
    let path = survey("full.parquet");
    let plan = plan(&["nation"]);
    let counted: Vec<Named> = family_of_survey(&path, &plan, 1).unwrap().iter().map(Named::from).collect();
    let dimensions = [Dimension { id: "home".into(), indicators: vec![0] }];
    let lines = csv(&full_sheet(&plan, &dimensions, &counted));
    assert_eq!(lines.first().unwrap(), "by,group,k,measure,indicator,b");
    // 8 of 20 persons lack x, 11 lack y: 19 parts of 40 at the union; at the intersection the 7 who lack both.
    for wanted in [
        "nation,,,hd,x,0.4",
        "nation,,,hd,y,0.55",
        "nation,,1,H,,0.6",
        "nation,,1,M0,,0.475",
        "nation,,1,hdk,x,0.4",
        "nation,,1,actb,x,0.2",
        &format!("nation,,1,pctb,x,{}", 8.0 / 19.0),
        "nation,,1,actb_dim,home,0.2",
        &format!("nation,,1,pctb_dim,home,{}", 8.0 / 19.0),
        "nation,,2,hdk,x,0.35",
        "nation,,2,pctb,x,0.5",
    ] {
        assert!(lines.iter().any(|line| line == wanted), "{wanted} in {lines:#?}");
    }
    assert_eq!(lines.len(), 1 + 2 + 2 * (3 + 2 * 3 + 2));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn what_a_dimension_adds_in_a_sample_is_counted_by_hand() {
    let path = place("dimensions.csv");
    // a weighs 2 parts of 4, b and c 1 each; poor from 2 parts on. The last row has 1 part: not poor.
    std::fs::write(&path, "w,g,h,a,b,c\n1,1,1,1,0,0\n2,1,2,0,1,1\n1,2,1,1,1,0\n4,2,2,0,1,0\n").unwrap();
    let spec = "{id: s, dimensions: [{id: one, indicators: [a]}, {id: two, indicators: [b, c]}], cutoffs: [50]}";
    let spec = Spec::parse(spec, "spec").unwrap();
    let design = Design { weights: vec!["w".into()], by: vec!["g*h".into()], ..Design::default() };
    let lines = csv(&sample_sheet(&path, &spec, &design).unwrap().sheet);
    let value = |start: &str| -> f64 {
        let line = lines.iter().find(|line| line.starts_with(start)).unwrap();
        line.split(',').nth(5).unwrap().parse().unwrap()
    };
    // Parts of the poor: 1×2 + 2×2 + 1×3 = 9, of which `one` has 1×2 + 1×2 and `two` 2×2 + 1×1; the whole is 8×4.
    for (start, wanted) in [
        ("pctb_dim,one,50,nation,,", 4.0 / 9.0),
        ("pctb_dim,two,50,nation,,", 5.0 / 9.0),
        ("actb_dim,one,50,nation,,", 4.0 / 32.0),
        ("actb_dim,two,50,nation,,", 5.0 / 32.0),
        ("M0,,50,nation,,", 9.0 / 32.0),
        // Of a crossing: the third row alone, and the fourth.
        ("H,,50,g*h,2*1,", 1.0),
        ("pctb_dim,one,50,g*h,2*1,", 2.0 / 3.0),
        ("H,,50,g*h,2*2,", 0.0),
    ] {
        assert!((value(start) - wanted).abs() < 1e-12, "{start} {} is not {wanted}", value(start));
    }
    std::fs::remove_file(path).unwrap();
}
