//! A run keeps its register in memory; the pages keep theirs in a database. Two years' lists through the same use cases
//! must leave the same households, classes and forms in both.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops; that is its report")]

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use app::House;
use app::review::TwoYears;
use app::review::export::entries;
use app::review::forms::{FormData, views};
use app::review::intake::{Applied, ApplyInput, apply_read, read_context, reject_outside};
use domain::registry::Household;
use domain::review::form::Row;
use domain::review::list::{ReadList, read_list};
use domain::units::{Scope, ScopeLevel, VillageTotal};
use kernel::{Day, HouseholdId};
use norms::Norms;
use storage::{ListWork, Store, StoredAssessment};
use storage_memory::{MemoryWork, NoRegister};
use storage_sql::SqlStore;
use testkit::{FixedClock, SeededIds};

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/lists/three-communes/danh-sach-ra-soat.xlsx");
const YEAR: i16 = 2023;

/// Everything a run leaves.
#[derive(Debug, PartialEq)]
struct Left {
    applied: Vec<Applied>,
    households: Vec<Household>,
    assessments: Vec<StoredAssessment>,
    /// The order of the list's paper, and of those who left a class.
    paper: (Vec<HouseholdId>, Vec<(String, HouseholdId)>),
    forms: Vec<(String, Vec<Row>)>,
}

fn house(store: Arc<dyn Store>) -> House {
    let norms = Arc::new(Norms::embedded().unwrap_or_else(|faults| panic!("{faults:?}")));
    House::new(store, norms, Arc::new(FixedClock::on("2023-12-20")), Arc::new(SeededIds::new(5)))
}

fn province() -> Scope {
    Scope::new(Norms::embedded().unwrap().units_on(Day::last_of(YEAR)).from, ScopeLevel::Province, "42")
}

fn read(house: &House, year: i16) -> ReadList {
    let sheets = documents::read_file(std::fs::read(Path::new(LIST)).unwrap()).unwrap();
    let rules = house.rules(year, "42").unwrap();
    let mut read = read_list(&sheets, read_context(house, &province(), &rules, year)).unwrap();
    reject_outside(&mut read, &province());
    if year < YEAR {
        // Last year every fourth household was not on the list yet, and the others scored otherwise.
        let mut number = 0;
        read.households.retain(|_| {
            number += 1;
            number % 4 != 0
        });
        for household in &mut read.households {
            household.b1 = household.b1.map(|points| kernel::Points(points.0 + 200));
        }
        read.escaped.clear();
    }
    read
}

/// Last year's list, this year's, this year's again, and the totals of every second village.
async fn run(house: &House, work: &mut (impl ListWork + ?Sized)) -> Left {
    let scope = province();
    let choices = BTreeMap::new();
    let mut applied = Vec::new();
    for year in [YEAR - 1, YEAR, YEAR] {
        let (read, rules) = (read(house, year), house.rules(year, "42").unwrap());
        let input = ApplyInput { scope: &scope, read: &read, choices: &choices, rules: &rules, year, intake: None };
        applied.push(apply_read(house, work, &input, &|_, _| {}).await.unwrap());
    }
    let villages = work.villages(&scope).await.unwrap();
    let total = |village| VillageTotal { village, year: YEAR, households: 400, persons: 1500 };
    let totals: Vec<VillageTotal> = villages.iter().step_by(2).map(|v| total(v.id)).collect();
    work.save_village_totals(&totals).await.unwrap();

    let rules = house.rules(YEAR, "42").unwrap();
    let years = TwoYears::load(work, &scope, YEAR).await.unwrap();
    let data = FormData::of(house, work, &scope, &years, true).await.unwrap();
    let numbers: Vec<&str> = rules.forms.iter().map(|f| f.value.number.as_str()).collect();
    let forms = views(&data, &rules, &numbers, (&HashSet::new(), false));
    let assessments = years.now.clone();
    let ids: Vec<HouseholdId> = assessments.iter().map(|s| s.assessment.household).collect();
    let mut households = work.households_by_id(&scope, &ids).await.unwrap();
    households.sort_by_key(|h| h.id);
    let (listed, escaped) = entries(house, work, &scope, years, &rules).await.unwrap();
    Left {
        applied,
        households,
        assessments,
        paper: (
            listed.iter().map(|e| e.household.id).collect(),
            escaped.into_iter().map(|(class, e)| (class, e.household.id)).collect(),
        ),
        forms: forms.into_iter().map(|v| (v.form.layout.value.number.clone(), v.form.rows)).collect(),
    }
}

#[tokio::test]
async fn a_run_in_memory_leaves_what_a_database_would_hold() {
    let memory = run(&house(Arc::new(NoRegister)), &mut MemoryWork::default()).await;
    let store = Arc::new(SqlStore::open("sqlite::memory:").await.unwrap());
    let house = house(Arc::clone(&store) as Arc<dyn Store>);
    let mut work = store.write().await.unwrap();
    let database = run(&house, work.as_mut()).await;

    assert!(memory.households.len() > 100, "the list has households: {}", memory.households.len());
    let [first, second, again] = memory.applied.as_slice() else { panic!("{:?}", memory.applied) };
    assert!(first.created > 0 && second.created > 0 && second.changed > 0, "{:?}", memory.applied);
    assert_eq!((again.created, again.changed), (0, 0), "the same list again changes nothing");
    assert_eq!(memory, database);
}

#[tokio::test]
async fn a_run_has_no_register_to_open() {
    assert!(NoRegister.read().await.is_err_and(|error| error.to_string().contains("keeps no register")));
    assert!(NoRegister.write().await.is_err());
}
