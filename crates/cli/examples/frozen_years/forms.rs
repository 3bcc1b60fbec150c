//! How soon the forms, the list by other units and the board are there: counted anew, first with nothing kept, again, and after
//! one household changed; and that what is kept says the same.

use std::time::Instant;

use app::House;
use app::review::forms::{FormView, forms, forms_anew};
use app::review::lists::{BoardRow, board};
use app::units::{ByUnits, count_by_units};
use domain::access::{Actor, Role};
use domain::units::{Scope, ScopeLevel};
use kernel::Day;

use super::{YEAR, actor, below, everybody};

const ALL: [&str; 11] = ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11"];
const TURNS: usize = 5;

pub(crate) async fn measure(house: &House, province: &Scope) {
    for year in [YEAR - 1, YEAR] {
        everybody::review(house, province, year).await;
    }
    let officer = actor(Role::ProvinceOfficer, province);
    let (anew, anew_ms) = timed(async || forms_anew(house, &officer, None, YEAR, &ALL).await.unwrap()).await;
    let (first, first_ms) = timed(async || forms(house, &officer, None, YEAR, &ALL).await.unwrap()).await;
    same(&first, &anew);
    let (_, again_ms) = timed(async || forms(house, &officer, None, YEAR, &ALL).await.unwrap()).await;
    let (counts_ms, board_ms) = beside(house, &officer).await;
    let (mut changed, mut counts, mut boards) = (Vec::new(), Vec::new(), Vec::new());
    let mut last = first;
    for turn in 0..TURNS {
        change(house, &below(house, province)[turn * 40]).await;
        let (found, ms) = timed(async || forms(house, &officer, None, YEAR, &ALL).await.unwrap()).await;
        changed.push(ms);
        let (of_counts, of_board) = beside(house, &officer).await;
        counts.push(of_counts);
        boards.push(of_board);
        last = found;
    }
    same(&last, &forms_anew(house, &officer, None, YEAR, &ALL).await.unwrap());
    let households = board(house, &officer, None, YEAR).await.unwrap().iter().map(BoardRow::households).sum::<i64>();
    let once = middle(&mut changed);
    println!(
        "  forms 7.1 to 7.11 of {households} households: anew {anew_ms:.0} ms, first {first_ms:.0} ms, again {again_ms:.1} ms, after \
         one household changed {once:.1} ms (wanted: under 50 ms, ratio {:.2})",
        once / 50.0
    );
    let (of_counts, of_board) = (middle(&mut counts), middle(&mut boards));
    println!(
        "  the list by the communes of 2025: first {counts_ms:.0} ms, after a change {of_counts:.1} ms; the board: first \
         {board_ms:.0} ms, after a change {of_board:.1} ms (wanted: under 50 ms)"
    );
}

async fn timed<T>(of: impl AsyncFnOnce() -> T) -> (T, f64) {
    let began = Instant::now();
    let found = of().await;
    (found, began.elapsed().as_secs_f64() * 1e3)
}

async fn beside(house: &House, officer: &Actor) -> (f64, f64) {
    let by = ByUnits { on: Day::from_iso("2025-07-01").unwrap(), level: ScopeLevel::Commune };
    let (_, counts) = timed(async || count_by_units(house, officer, None, YEAR, by).await.unwrap()).await;
    let (_, board) = timed(async || board(house, officer, None, YEAR).await.unwrap()).await;
    (counts, board)
}

/// The first household of a commune's list, in another class and with one member more.
async fn change(house: &House, commune: &Scope) {
    let mut work = house.store.write().await.unwrap();
    let mut line = work.assessments_of_year(commune, YEAR).await.unwrap().swap_remove(0);
    line.class = Some(if line.class.as_deref() == Some("poor") { "near_poor" } else { "poor" }.to_owned());
    line.assessment.size += 1;
    work.save_assessments(&[line]).await.unwrap();
    work.commit().await.unwrap();
}

fn same(kept: &[FormView], anew: &[FormView]) {
    assert_eq!(kept.len(), anew.len());
    for (kept, anew) in kept.iter().zip(anew) {
        assert!(kept.form == anew.form && kept.checks == anew.checks, "form {}", anew.form.layout.value.number);
    }
}

fn middle(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
