//! Figures of samples: standard errors by hand, missing answers, single-unit strata, files that cannot be used.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test stops where it fails; the same sums give the same bits"
)]

use std::path::PathBuf;

use measures::sample::{Design, Measured, Spec, sample_sheet};
use measures::sheet::Values;

fn file(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("vuon-sample-{}-{name}", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path
}

fn spec() -> Spec {
    let spec = "{id: two, dimensions: [{id: one, indicators: [a]}, {id: other, indicators: [b]}], cutoffs: [1/2, 100]}";
    Spec::parse(spec, "two").unwrap()
}

fn design() -> Design {
    Design {
        weights: vec!["w".into()],
        strata: Some("stratum".into()),
        psu: Some("psu".into()),
        by: vec!["region".into()],
    }
}

/// Two strata of two units each; a is the only deprivation, so that poor at one half is the same as a.
const HAND: &str = "w,stratum,psu,region,a,b
1,1,a,north,1,0
1,1,a,south,0,0
2,1,b,north,1,0
1,2,c,south,0,0
1,2,c,south,0,0
1,2,d,south,1,0
3,2,d,north,0,0
";

/// value, standard error, lower and upper end.
fn of(measured: &Measured, measure: &str, indicator: &str, k: &str, group: &str) -> [f64; 4] {
    let columns = &measured.sheet.columns;
    let text = |place: usize, row: usize| match &columns[place].1 {
        Values::Text(texts) => texts[row].to_string(),
        _ => panic!("column {place} is no text"),
    };
    let number = |place: usize, row: usize| match &columns[place].1 {
        Values::Real(numbers) => numbers[row],
        _ => panic!("column {place} is no number"),
    };
    let wanted = [measure, indicator, k];
    let row = (0..measured.sheet.rows())
        .find(|row| (0..3).all(|place| text(place, *row) == wanted[place]) && text(4, *row) == group)
        .unwrap();
    [5, 6, 7, 8].map(|place| number(place, row))
}

fn close(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
}

#[test]
fn a_headcount_and_its_standard_error_by_hand() {
    let measured = sample_sheet(&file("hand.csv", HAND), &spec(), &design()).unwrap();
    // Of a weight of 10, 4 are poor. Residuals of the units: 0.02, 0.12; -0.08, -0.06. Variance 2·0.005 + 2·0.0002 = 0.0104.
    let [value, error, low, high] = of(&measured, "H", "", "1/2", "");
    close(value, 0.4);
    close(error, 0.0104f64.sqrt());
    // Student's t with 4 − 2 degrees of freedom at 97.5 percent, as every table prints it: 4.302652730.
    close(low, 0.4 - 4.302_652_729_911_275 * 0.0104f64.sqrt());
    close(high, 0.4 + 4.302_652_729_911_275 * 0.0104f64.sqrt());
    assert_eq!(measured.degrees_of_freedom, 2);
    // Half of the indicators, so half the headcount and half the error.
    let [adjusted, error, ..] = of(&measured, "M0", "", "1/2", "");
    close(adjusted, 0.2);
    close(error, 0.0104f64.sqrt() / 2.0);
    // Every poor household is deprived in just that one: nothing varies.
    assert_eq!(of(&measured, "A", "", "1/2", "")[..2], [0.5, 0.0]);
    assert_eq!(of(&measured, "pctb", "a", "1/2", "")[..2], [1.0, 0.0]);
    assert_eq!(of(&measured, "hd", "a", "", ""), of(&measured, "H", "", "1/2", ""));
    // Nobody is deprived in both.
    assert_eq!(of(&measured, "H", "", "100", "")[..2], [0.0, 0.0]);
    assert!(of(&measured, "A", "", "100", "")[0].is_nan());
}

#[test]
fn units_without_rows_of_a_group_stay_in_the_design() {
    let measured = sample_sheet(&file("domain.csv", HAND), &spec(), &design()).unwrap();
    // North: weight 6, 3 poor. Residuals: a 0.5/6, b 1/6; c nothing, d −1.5/6.
    let sixth: f64 = 1.0 / 6.0;
    let first = 2.0 * ((0.5 * sixth).powi(2) + sixth.powi(2) - (1.5 * sixth).powi(2) / 2.0);
    let second = 2.0 * ((1.5 * sixth).powi(2) - (1.5 * sixth).powi(2) / 2.0);
    let [value, error, ..] = of(&measured, "H", "", "1/2", "north");
    close(value, 0.5);
    close(error, (first + second).sqrt());
}

#[test]
fn rows_with_something_missing_are_left_out_and_counted() {
    let text = format!("{HAND}1,1,a,north,NA,0\n.,1,a,north,1,0\n0,1,a,north,1,0\n1,,a,north,1,0\n");
    let measured = sample_sheet(&file("missing.csv", &text), &spec(), &design()).unwrap();
    let without = sample_sheet(&file("without.csv", HAND), &spec(), &design()).unwrap();
    assert_eq!((measured.left_out.indicator, measured.left_out.design, measured.left_out.group), (1, 3, 0));
    assert_eq!(measured.rows, 11);
    assert_eq!(of(&measured, "H", "", "1/2", ""), of(&without, "H", "", "1/2", ""));
}

#[test]
fn a_single_unit_of_a_stratum_is_held_against_the_mean() {
    let text: String =
        HAND.lines().filter(|line| !line.contains(",c,")).fold(String::new(), |all, line| all + line + "\n");
    let measured = sample_sheet(&file("single.csv", &text), &spec(), &design()).unwrap();
    assert_eq!(measured.single_unit_strata, 1);
    // Weight 8, 4 poor: residuals 0, 1/8; then d alone with (0.5 − 1.5)/8.
    close(of(&measured, "H", "", "1/2", "")[1], (2.0 * (1.0 / 64.0 - 1.0 / 128.0) + 1.0 / 64.0f64).sqrt());
}

#[test]
fn without_degrees_of_freedom_there_is_no_interval() {
    let one = "w,stratum,psu,region,a,b\n1,1,a,north,1,0\n1,1,a,north,0,0\n";
    let measured = sample_sheet(&file("one.csv", one), &spec(), &design()).unwrap();
    let [value, error, low, high] = of(&measured, "H", "", "1/2", "");
    assert_eq!(value, 0.5);
    assert!(error.is_nan() && low.is_nan() && high.is_nan());
}

#[test]
fn a_file_that_cannot_be_used_is_refused() {
    let table = [
        ("w,stratum,psu,region,a\n1,1,a,n,1\n", "MEA-003", "a column is not there"),
        ("w,stratum,psu,region,a,b\n1,1,a,n,2,0\n", "MEA-009", "an answer that is neither 0 nor 1"),
        ("w,stratum,psu,region,a,b\n-1,1,a,n,1,0\n", "MEA-009", "a weight below 0"),
        ("w,stratum,psu,region,a,b\n1,1,a\n", "MEA-001", "a row that is too short"),
    ];
    for (text, code, what) in table {
        let refused = sample_sheet(&file("bad.csv", text), &spec(), &design()).unwrap_err();
        assert_eq!(refused.code(), code, "{what}: {refused}");
    }
}
