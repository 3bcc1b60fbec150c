//! Which version answers on which day, and how gaps speak.

use super::day;
use crate::book::{Norm, Version};
use crate::{Area, Band, Label, Mark, Norms, Standard};

fn label(text: &str) -> Label {
    Label { vi: text.into(), en: text.into() }
}

fn version(from: &str, to: Option<&str>) -> Version {
    Version { from: day(from), to: to.map(day), mark: Mark::Memory, citation: None, note: None, value: None }
}

fn norm(versions: Vec<Version>) -> Norm {
    Norm { id: "test.norm".into(), label: label("Thử"), kind: "standard", file: "test/norm.yaml".into(), versions }
}

#[test]
fn a_version_is_in_force_from_its_first_day_to_its_last() {
    let norm = norm(vec![version("2022-01-01", Some("2023-12-31")), version("2025-01-01", None)]);
    let table = [
        ("2021-12-31", Err("NRM-102")),
        ("2022-01-01", Ok("2022-01-01")),
        ("2023-12-31", Ok("2022-01-01")),
        ("2024-01-01", Err("NRM-103")),
        ("2024-12-31", Err("NRM-103")),
        ("2025-01-01", Ok("2025-01-01")),
        ("2099-12-31", Ok("2025-01-01")),
    ];
    for (on, expected) in table {
        let found = norm.on(day(on)).map(|v| v.from).map_err(|gap| gap.code());
        assert_eq!(found, expected.map(day), "{on}");
    }
}

#[test]
fn a_gap_says_what_is_unknown_why_and_what_to_do_in_both_languages() {
    let norm = norm(vec![version("2022-01-01", Some("2023-12-31"))]);
    let before = norm.on(day("2020-05-01")).unwrap_err().says();
    assert!(before.vi.contains("chỉ có từ ngày 01/01/2022") && before.vi.contains("01/05/2020"), "{}", before.vi);
    assert!(before.en.contains("only known from 01/01/2022"), "{}", before.en);
    let after = norm.on(day("2024-05-01")).unwrap_err().says();
    assert!(after.vi.contains("hết hiệu lực sau ngày 31/12/2023"), "{}", after.vi);
    assert!(after.en.contains("ended on 31/12/2023"), "{}", after.en);
}

#[test]
fn two_periods_overlap_when_they_share_a_day() {
    let held = version("2022-01-01", Some("2022-12-31"));
    let table = [
        ("2021-01-01", Some("2021-12-31"), false),
        ("2021-01-01", Some("2022-01-01"), true),
        ("2022-12-31", None, true),
        ("2023-01-01", None, false),
        ("2021-01-01", None, true),
    ];
    for (from, to, expected) in table {
        assert_eq!(held.overlaps(day(from), to.map(day)), expected, "{from} {to:?}");
    }
}

#[test]
fn a_label_speaks_vietnamese_unless_english_is_asked_for() {
    let label = Label { vi: "hộ".into(), en: "household".into() };
    assert_eq!((label.of("vi"), label.of("en"), label.of("fr")), ("hộ", "household", "hộ"));
}

#[test]
fn an_open_band_holds_everything_and_is_called_open() {
    assert!(Band::default().is_open());
    assert!(Band::default().holds(kernel::Points::whole(-5)));
    assert!(!Band { lt: Some(30), ..Band::default() }.is_open());
}

#[test]
fn norms_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Norms>();
    let standard = super::NORMS.in_force::<Standard>("review.standard", day("2025-06-30")).unwrap();
    assert_eq!(standard.value.low_income_worker_max.map(|max| *max.of(Area::Rural)), Some(2_250_000));
}
