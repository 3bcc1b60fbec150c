//! `vuon plan show`: what hangs on each clause of the register's plan, or of a file, and its state.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use app::access::setup;
use app::programme::{Live, PlanView, Standing, Which, plan_view, read_alone, standing};
use app::{House, StoredBinding};
use domain::access::{Actor, Role};
use domain::programme::bind::Binding;
use domain::programme::due::DueState;
use domain::programme::plan::ClauseKind;
use domain::units::{Scope, ScopeLevel};
use kernel::UserId;
use serde_json::{Value, json};
use storage_sql::SqlStore;

use super::{ShowArguments, open_plan, throw_away};
use crate::machine::{MachineClock, MachineIds, load_norms};
use crate::said::{Unusable, both};
use crate::serve::store_url;
use crate::target_command::{met_id, reading_json};

pub(super) async fn show(arguments: &ShowArguments, norms: Option<&Path>) -> Result<ExitCode> {
    let (house, area, view) = if let Some(file) = &arguments.file {
        let house = throw_away(norms).await?;
        let view = read_alone(&house, open_plan(&house, file)?)?;
        (house, None, view)
    } else {
        let (house, area, view) = of_register(arguments, norms).await?;
        (house, Some(area), view)
    };
    let standing = match area {
        Some(area) => Some(standing(&house, &reader(&house, &area), &view, &area).await?),
        None => None,
    };
    let rows = rows(&view, standing.as_ref());
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

/// The register's plan of a year.
async fn of_register(arguments: &ShowArguments, norms: Option<&Path>) -> Result<(House, Scope, PlanView)> {
    let url = store_url(&arguments.data, arguments.database.as_deref());
    if arguments.database.is_none() && !Path::new(&url).exists() {
        let folder = arguments.data.display();
        return Err(no_plan(
            &format!("thư mục {folder} không có sổ bộ"),
            &format!("the folder {folder} holds no register"),
        )
        .into());
    }
    let store = SqlStore::open(&url).await.with_context(|| both("khi mở sổ bộ", "opening the store"))?;
    let house = House::new(Arc::new(store), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds));
    let Some(setup) = setup(&house).await? else {
        return Err(no_plan("sổ bộ chưa được thiết lập", "the program was not set up yet").into());
    };
    let area = Scope::new(setup.province.units_from, ScopeLevel::Province, setup.province.code);
    let reader = reader(&house, &area);
    let year = arguments.year.unwrap_or(setup.year);
    let Some(view) = plan_view(&house, &reader, Which::Year(year)).await? else {
        let (vi, en) = (format!("sổ bộ không có kế hoạch năm {year}"), format!("the register has no plan of {year}"));
        return Err(no_plan(&vi, &en).into());
    };
    Ok((house, area, view))
}

fn no_plan(vi: &str, en: &str) -> Unusable {
    let next_vi = "Đưa kế hoạch vào ở trang Kế hoạch, hoặc chạy: vuon plan show TỆP";
    let next_en = "bring one in on the page Kế hoạch, or run: vuon plan show FILE";
    let said = both(
        format!("không có kế hoạch để xem: {vi}. {next_vi}"),
        format!("there is no plan to show: {en}; {next_en}"),
    );
    Unusable(format!("lỗi (error): PLN-006 {said}"))
}

/// Whoever has the store's file may ask, as somebody who only reads.
fn reader(house: &House, area: &Scope) -> Actor {
    Actor { id: UserId(house.ids.next()), name: "vuon".to_owned(), role: Role::Reader, scope: area.clone() }
}

/// One row for every clause and for everything that hangs on it.
fn rows(view: &PlanView, standing: Option<&Standing>) -> Vec<Value> {
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
            let live = standing.map_or(Live::Untracked, |standing| standing.of(binding));
            rows.push(row(view.binding(&binding.id), binding, &live));
        }
    }
    rows
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
    if let (Some(fields), Value::Object(more)) = (row.as_object_mut(), numbers(live)) {
        fields.extend(more);
    }
    row
}

/// What the state consists of.
fn numbers(live: &Live) -> Value {
    match live {
        Live::Untracked => Value::Null,
        Live::Target(target) => json!({"readings": target.readings.iter().map(reading_json).collect::<Vec<_>>()}),
        Live::Project(work) => json!({
            "activities": work.activities,
            "people": work.people,
            "spent": work.spent,
            "models": work.models,
            "money": {"assigned": work.money.assigned, "moved": work.money.moved, "paid": work.money.paid},
        }),
        Live::Task(times) => json!({
            "due": times.iter().map(|time| time.duty.due.map(kernel::Day::iso)).collect::<Vec<_>>(),
            "evidence": times.first().map_or(0, |time| time.files),
        }),
        Live::Money(money) => json!({
            "money": {
                "assigned": money.sums.assigned,
                "moved": money.sums.moved,
                "paid": money.sums.paid,
                "left": money.sums.left(),
            },
            "spend_by": money.spend_by.map(kernel::Day::iso),
            "days_left": money.days_left,
        }),
    }
}

fn state_word(live: &Live) -> &'static str {
    match live {
        Live::Untracked => "untracked",
        Live::Target(target) => match target.readings.first().map(|reading| (&reading.figure, reading.met)) {
            None => "untracked",
            Some((Err(gap), _)) => gap.code(),
            Some((Ok(_), met)) => met.map_or("no_level", met_id),
        },
        Live::Project(work) if work.activities > 0 || work.models > 0 => "begun",
        Live::Project(_) => "not_begun",
        Live::Task(times) => match times.first().map(|time| time.duty.state) {
            Some(DueState::Late { .. }) => "late",
            Some(DueState::Near { .. }) => "near",
            Some(DueState::Ahead { .. }) => "ahead",
            Some(DueState::Done { .. }) => "done",
            Some(DueState::Undated) | None => "undated",
        },
        Live::Money(money) if money.sums.assigned == 0 => "nothing_assigned",
        Live::Money(money) if money.days_left.is_some_and(|days| days < 0) && money.sums.left() > 0 => "lapsed",
        Live::Money(_) => "in_use",
    }
}
