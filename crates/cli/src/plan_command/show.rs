//! `vuon plan show`: what hangs on each clause of the register's plan, or of a file, and its state.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use app::access::setup;
use app::programme::{Live, PlanView, StateGap, Which, plan_view, read_alone, state};
use app::{House, StoredBinding};
use domain::access::{Actor, Role};
use domain::programme::bind::Binding;
use domain::programme::figure::Verdict;
use domain::programme::plan::ClauseKind;
use domain::units::{Scope, ScopeLevel};
use kernel::UserId;
use serde_json::{Value, json};
use storage::Work;
use storage_sql::SqlStore;

use super::{NO_PLAN, ShowArguments, open_plan, throw_away};
use crate::machine::{MachineClock, MachineIds, load_norms};
use crate::serve::store_url;

pub(super) async fn show(arguments: &ShowArguments, norms: Option<&Path>) -> Result<ExitCode> {
    let (house, area, view) = match &arguments.file {
        Some(file) => {
            let house = throw_away(norms).await?;
            let Some(plan) = open_plan(&house, file)? else { return Ok(ExitCode::from(NO_PLAN)) };
            let view = read_alone(&house, plan)?;
            (house, None, view)
        }
        None => match of_register(arguments, norms).await? {
            Some((house, area, view)) => (house, Some(area), view),
            None => return Ok(ExitCode::from(NO_PLAN)),
        },
    };
    let mut work = house.store.read().await?;
    let rows = rows(work.as_mut(), &view, area.as_ref()).await?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(ExitCode::SUCCESS);
    }
    for row in &rows {
        let told = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or("-").to_owned();
        println!("{:<18} {:<8} {:<6} {}", told("clause"), told("kind"), told("bound_to"), told("state"));
    }
    Ok(ExitCode::SUCCESS)
}

/// The register's plan of a year; `None` after saying that there is none.
async fn of_register(arguments: &ShowArguments, norms: Option<&Path>) -> Result<Option<(House, Scope, PlanView)>> {
    let none = |why: &str| {
        eprintln!(
            "error: PLN-006 there is no plan to show\nwhy: {why}\nnext: upload one on the page Kế hoạch, or: vuon plan show FILE"
        );
    };
    let url = store_url(&arguments.data, arguments.database.as_deref());
    if arguments.database.is_none() && !Path::new(&url).exists() {
        none(&format!("the folder {} holds no register", arguments.data.display()));
        return Ok(None);
    }
    let store = SqlStore::open(&url).await.context("opening the store")?;
    let house = House::new(Arc::new(store), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds));
    let Some(setup) = setup(&house).await? else {
        none("the program was not set up yet");
        return Ok(None);
    };
    let area = Scope::new(setup.province.units_from, ScopeLevel::Province, setup.province.code);
    let reader =
        Actor { id: UserId(house.ids.next()), name: "vuon".to_owned(), role: Role::Reader, scope: area.clone() };
    let year = arguments.year.unwrap_or(setup.year);
    let Some(view) = plan_view(&house, &reader, Which::Year(year)).await? else {
        none(&format!("the register has no plan of {year}"));
        return Ok(None);
    };
    Ok(Some((house, area, view)))
}

/// One row for every clause and for everything that hangs on it.
async fn rows(work: &mut dyn Work, view: &PlanView, area: Option<&Scope>) -> Result<Vec<Value>> {
    let mut rows = Vec::new();
    // What stands outside the sections carries nothing.
    let outside = [
        ClauseKind::Head,
        ClauseKind::Title,
        ClauseKind::SentTo,
        ClauseKind::Preamble,
        ClauseKind::Addressee,
        ClauseKind::Signature,
        ClauseKind::Unplaced,
    ];
    for clause in view.plan.clauses.iter().filter(|clause| !outside.contains(&clause.kind)) {
        let bound: Vec<&Binding> = view.at(&clause.id).collect();
        if bound.is_empty() {
            rows.push(json!({"clause": clause.id, "kind": null, "bound_to": null, "state": "untracked"}));
        }
        for binding in bound {
            let live = match area {
                Some(area) => state(work, view, binding, area).await?,
                None => Live::Untracked,
            };
            rows.push(row(view.binding(&binding.id), binding, &live));
        }
    }
    Ok(rows)
}

fn row(stored: Option<&StoredBinding>, binding: &Binding, live: &Live) -> Value {
    let said = stored.and_then(|stored| stored.binding.state.said());
    let mut row = json!({
        "clause": binding.at.clause,
        "part": binding.at.part,
        "kind": binding.kind,
        "bound_to": binding.id,
        "label": binding.label,
        "agency": if binding.agency.is_empty() { Value::Null } else { json!(binding.agency) },
        "mark": binding.mark,
        "answer": binding.state.id(),
        "by": said.map(|(by, _)| by),
        "on": said.map(|(_, day)| day.iso()),
        "state": state_word(live),
    });
    if let (Some(fields), Live::Fall(fall)) = (row.as_object_mut(), live) {
        let side = |side: app::programme::FallSide| json!({"year": side.year, "numerator": side.rate.numerator, "denominator": side.rate.denominator});
        let readings = fall.readings.iter().map(|figure| {
            json!({
                "reading": figure.reading.id,
                "value": figure.value.printed(),
                "numerator": figure.value.numerator.to_string(),
                "denominator": figure.value.denominator.to_string(),
                "met": figure.verdict.map(|verdict| verdict != Verdict::NotMet),
                "state": figure.verdict.map(Verdict::id),
            })
        });
        fields.insert("before".to_owned(), side(fall.before));
        fields.insert("now".to_owned(), side(fall.now));
        fields.insert("readings".to_owned(), readings.collect());
    }
    row
}

fn state_word(live: &Live) -> &'static str {
    match live {
        Live::Untracked => "untracked",
        Live::Gap(StateGap::NoList { .. }) => "no_list",
        Live::Gap(StateGap::NoTotals { .. }) => "no_totals",
        Live::Fall(fall) => fall.readings.first().and_then(|figure| figure.verdict).map_or("untracked", Verdict::id),
    }
}
