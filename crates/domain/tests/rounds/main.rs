//! The round of a commune: its steps in order, what stops each (`steps`), and that nothing reaches recognition without its
//! conditions, whatever is tried in whatever order (`walk`).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot build its own fixture has failed"
)]

mod steps;
mod walk;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::review::round::{CommuneRound, Meeting, Outcome, RoundRefusal, Route, Stop, Under, VillageRound};
use domain::units::Place;
use kernel::{Day, HouseholdId, Points, RoundId, VillageId};
use norms::{Calendar, Classes, Dated, Norms, Process};
use uuid::Uuid;

struct Law {
    process: Dated<Process>,
    calendar: Calendar,
    classes: Classes,
}

static LAW: LazyLock<Law> = LazyLock::new(|| {
    let norms = Norms::embedded().unwrap();
    let on = day("2023-10-01");
    Law {
        process: norms.in_force("review.process", on).unwrap(),
        calendar: norms.in_force::<Calendar>("review.calendar", on).unwrap().value,
        classes: norms.in_force::<Classes>("review.classes", on).unwrap().value,
    }
});

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

fn on(iso: &str) -> Under<'static> {
    at(day(iso))
}

fn at(day: Day) -> Under<'static> {
    Under { process: &LAW.process, calendar: &LAW.calendar, day, today: self::day("2023-12-31") }
}

fn id(n: u128) -> HouseholdId {
    HouseholdId(Uuid::from_u128(n))
}

fn village_id(n: u128) -> VillageId {
    VillageId(Uuid::from_u128(1000 + n))
}

fn place(n: u128) -> Place {
    let units_from = day("2023-01-01");
    let (province, district, commune) = ("42".into(), "444".into(), "18553".into());
    Place { units_from, province, district, commune, village: village_id(n) }
}

fn outcome(class: &str, at_ms: i64) -> Outcome {
    Outcome { class: Some(class.into()), b1: Some(Points::whole(100)), b2: Some(Points::whole(30)), at_ms }
}

fn surveyed(village: &VillageRound, class: &str) -> BTreeMap<HouseholdId, Outcome> {
    village.households.iter().map(|h| (h.household, outcome(class, 1))).collect()
}

fn meeting(present: u32, agree: u32) -> Meeting {
    Meeting {
        attempt: 0,
        day: day("2023-01-01"),
        chair: "Trưởng thôn".into(),
        secretary: "Thư ký".into(),
        representatives: "Hai hộ".into(),
        front: String::new(),
        present,
        agree,
        disagree: 0,
        discussion: String::new(),
        passed: false,
        scan: None,
        presented: Vec::new(),
    }
}

fn opened(n: u128) -> VillageRound {
    let listed = [(id(n * 10), "poor".to_owned()), (id(n * 10 + 1), "near_poor".to_owned())];
    let key = (2023, Route::Yearly);
    VillageRound::open(RoundId(Uuid::from_u128(n)), place(n), key, &listed, on("2023-09-05")).unwrap()
}

fn met(n: u128) -> VillageRound {
    let village = opened(n).close_list(0, on("2023-09-10")).unwrap();
    let results = surveyed(&village, "poor");
    let village = village.close_survey(&results, on("2023-10-01")).unwrap();
    village.hold_meeting(meeting(40, 30), &results, on("2023-10-08")).unwrap()
}

fn ended(n: u128) -> VillageRound {
    met(n).post(on("2023-10-09")).unwrap().end_posting(on("2023-10-13")).unwrap()
}

fn commune() -> CommuneRound {
    CommuneRound::new(RoundId(Uuid::from_u128(99)), place(0), 2023, Route::Yearly)
}

fn stop<T: std::fmt::Debug>(result: Result<T, RoundRefusal>) -> Stop {
    result.unwrap_err().stop
}
