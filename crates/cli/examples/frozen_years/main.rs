//! Prepares and measures what `benches/snapshots.sh` asks of a register: `frozen_years DATA communes` sends the list of 2023 of
//! every commune up (a snapshot each), `province` approves that review (one snapshot of all), `working` reviews every household
//! of 2023 that was not, and prints how soon the working figures are there: first, again, and after one mark has changed; `forms`
//! does the same of 2022 and 2023 and prints it of forms 7.1 … 7.11, the list by the units of 2025 and the board.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench reads the clock and stops where it fails"
)]

mod everybody;
mod forms;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use app::House;
use app::reporting::approve_review;
use app::reporting::poverty::{Facts, Poverty, Question, Split, Weigh, poverty};
use app::review::lists::send;
use app::units::ByUnits;
use domain::access::{Actor, Role};
use domain::units::{Scope, ScopeLevel};
use kernel::{Clock, Day, Ids, UserId};
use norms::Norms;
use snapshots::Archive;
use storage::StoredAssessment;
use storage_sql::SqlStore;

const YEAR: i16 = 2023;

#[derive(Debug)]
struct Machine;

impl Clock for Machine {
    fn now_ms(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }

    fn today(&self) -> Day {
        Day::last_of(YEAR)
    }
}

impl Ids for Machine {
    fn next(&self) -> uuid::Uuid {
        uuid::Uuid::now_v7()
    }
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let data = Path::new(&arguments[1]);
    let store = SqlStore::open(&data.join("vuon.sqlite3").display().to_string()).await.unwrap();
    let norms = Arc::new(Norms::embedded().unwrap());
    let house = House::new(Arc::new(store), norms, Arc::new(Machine), Arc::new(Machine))
        .with_archive(Archive::at(data.join("snapshots")));
    let set = app::access::setup(&house).await.unwrap().expect("a register that was set up");
    let province = Scope::new(set.province.units_from, ScopeLevel::Province, set.province.code);
    match arguments[2].as_str() {
        "communes" => communes(&house, &province).await,
        "province" => {
            let officer = actor(Role::ProvinceOfficer, &province);
            approve_review(&house, &officer, &province, YEAR).await.unwrap();
            println!("  frozen: the province");
        }
        "working" => working(&house, &province).await,
        "forms" => forms::measure(&house, &province).await,
        other => panic!("{other}: communes, province, working or forms"),
    }
}

fn actor(role: Role, scope: &Scope) -> Actor {
    Actor { id: UserId(uuid::Uuid::nil()), name: "bench".into(), role, scope: scope.clone() }
}

fn below(house: &House, province: &Scope) -> Vec<Scope> {
    let communes = house.units(province).communes_below(province.level.into(), &province.code);
    communes.iter().map(|unit| Scope::new(province.units_from, ScopeLevel::Commune, unit.code.clone())).collect()
}

/// Communes whose list is sent already, or whose round takes another way, are left as they are.
async fn communes(house: &House, province: &Scope) {
    let (mut sent, mut left) = (0, 0);
    for commune in below(house, province) {
        match send(house, &actor(Role::CommuneOfficer, &commune), &commune, YEAR).await {
            Ok(()) => sent += 1,
            Err(_) => left += 1,
        }
    }
    println!("  frozen: {sent} communes, {left} left as they were");
}

async fn working(house: &House, province: &Scope) {
    everybody::review(house, province, YEAR).await;
    let officer = actor(Role::ProvinceOfficer, province);
    let split = Split::Units(ByUnits { on: province.units_from, level: ScopeLevel::Commune });
    let question = Question { year: YEAR, weigh: Weigh::Households, split, cross: None, facts: Facts::Working };
    let ask = async || -> (Poverty, f64) {
        let began = Instant::now();
        let found = poverty(house, &officer, None, question).await.unwrap();
        (found, began.elapsed().as_secs_f64() * 1e3)
    };
    let (first, first_ms) = ask().await;
    let (_, again_ms) = ask().await;
    let mut changed = Vec::new();
    let mut poor = first.all(2).poor;
    for turn in 0..5 {
        let delta = change_a_mark(house, &below(house, province)[turn * 40]).await;
        let (found, ms) = ask().await;
        poor = poor.checked_add_signed(delta).unwrap();
        assert_eq!(found.all(2).poor, poor, "the figures follow the mark");
        changed.push(ms);
    }
    changed.sort_by(f64::total_cmp);
    println!(
        "  working figures of {} households by commune: first {first_ms:.0} ms, again {again_ms:.1} ms, \
         after one mark changed {:.1} ms (wanted: under 50 ms)",
        first.all(0).all,
        changed[changed.len() / 2]
    );
}

/// Turns one mark of one household, so that it is deprived in three indicators where it was in two, or the other way round.
async fn change_a_mark(house: &House, commune: &Scope) -> i64 {
    let mut work = house.store.write().await.unwrap();
    let stored = work.assessments_of_year(commune, YEAR).await.unwrap();
    let is_near = |line: &&StoredAssessment| {
        let marks = line.assessment.marks();
        marks.count() == 2 && (1..=12).all(|number| marks.get(number).is_some())
    };
    let mut line = stored.iter().find(is_near).expect("a household with two deprivations").clone();
    let marks = line.assessment.marks();
    let free = (1..=12).find(|number| marks.get(*number) == Some(false)).unwrap();
    line.assessment.marks_computed = marks.with(free, true);
    work.save_assessments(&[line]).await.unwrap();
    work.commit().await.unwrap();
    1
}
