//! `vuon plan import FILE` reads a plan and says what is in it; `vuon plan show` tells what hangs on each clause.
//! Exit 2 when a file is no plan. Neither changes a register: a plan is kept by uploading it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use app::access::setup;
use app::programme::{Live, PlanView, StateGap, Which, plan_view, read_alone, read_file, state};
use app::{AppError, House, StoredBinding};
use clap::{Args, Subcommand};
use domain::access::{Actor, Role};
use domain::programme::bind::Binding;
use domain::programme::figure::Verdict;
use domain::programme::plan::{CitedDocument, Clause, ClauseKind, Decimal, NumberFound, Plan};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, UserId};
use norms::PlanReading;
use serde_json::{Value, json};
use storage::Work;
use storage_sql::SqlStore;

use crate::machine::{MachineClock, MachineIds, load_norms};
use crate::serve::store_url;

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Reads a plan (.txt, .docx) into clauses, cited documents and numbers.
    Import(ImportArguments),
    /// Tells, clause by clause, what hangs on it and its state.
    Show(ShowArguments),
}

#[derive(Debug, Args)]
pub struct ImportArguments {
    file: PathBuf,
    /// Everything, as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct ShowArguments {
    /// A plan file that is only looked at; left out, the plan of the register.
    file: Option<PathBuf>,
    #[arg(long)]
    json: bool,
    /// The year of the plan; the year of work when left out.
    #[arg(long)]
    year: Option<i16>,
    /// The data folder of the program.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    #[arg(long, env = "VUON_DATABASE")]
    database: Option<String>,
}

/// The file is no plan, or there is no plan to show.
const NO_PLAN: u8 = 2;

pub async fn run(command: PlanCommand, norms: Option<&Path>) -> Result<ExitCode> {
    match command {
        PlanCommand::Import(import) => self::import(&import, norms).await,
        PlanCommand::Show(show) => self::show(&show, norms).await,
    }
}

async fn throw_away(norms: Option<&Path>) -> Result<House> {
    let store = SqlStore::open("sqlite::memory:").await.context("opening a throw-away store")?;
    Ok(House::new(Arc::new(store), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds)))
}

fn open_plan(house: &House, file: &Path) -> Result<Option<Plan>> {
    let bytes = std::fs::read(file).with_context(|| format!("opening the plan {}", file.display()))?;
    match read_file(house, &bytes) {
        Ok((_, plan)) => Ok(Some(plan)),
        Err(error) => {
            refuse(&error, &file.display().to_string());
            Ok(None)
        }
    }
}

/// What happened, why, and what to do, in words for a terminal.
fn refuse(error: &AppError, file: &str) {
    let why = error.to_string();
    let next = match error.code() {
        "PLN-001" => "Give a file whose title is KẾ HOẠCH in capitals above its subject.",
        "PLN-002" => "Give the whole plan: its sections are numbered I., II., III. or by parts.",
        "DOC-004" => "Save the plan as .docx or as UTF-8 text, then: vuon plan import FILE",
        _ => "Give the plan as .docx or as UTF-8 text.",
    };
    eprintln!("error: {} {file} was not taken as a plan\nwhy: {why}\nnext: {next}", error.code());
}

async fn import(arguments: &ImportArguments, norms: Option<&Path>) -> Result<ExitCode> {
    let house = throw_away(norms).await?;
    let Some(plan) = open_plan(&house, &arguments.file)? else { return Ok(ExitCode::from(NO_PLAN)) };
    let reading: PlanReading = house.norms.in_force("plans.reading", house.clock.today())?.value;
    let (documents, numbers) = (plan.documents(&reading), plan.numbers(&reading));
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&told(&plan, &documents, &numbers))?);
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}\n", plan.title);
    for clause in &plan.clauses {
        println!(
            "{:>5}  {:<18} {}{} {}",
            clause.line,
            clause.id,
            "  ".repeat(clause.depth),
            clause.marker,
            begin(&clause.text)
        );
    }
    println!("\n{} clauses, {} documents cited, {} numbers", plan.clauses.len(), documents.len(), numbers.len());
    Ok(ExitCode::SUCCESS)
}

fn begin(text: &str) -> String {
    const SHOWN: usize = 80;
    if text.chars().count() <= SHOWN { text.to_owned() } else { text.chars().take(SHOWN).chain(['…']).collect() }
}

fn told(plan: &Plan, documents: &[CitedDocument], numbers: &[NumberFound]) -> Value {
    json!({
        "title": plan.title,
        "number": plan.number,
        "day": plan.day.map(Day::iso),
        "year": plan.year,
        "clauses": plan.clauses.iter().map(clause).collect::<Vec<_>>(),
        "documents": documents.iter().map(document).collect::<Vec<_>>(),
        "numbers": numbers.iter().map(number).collect::<Vec<_>>(),
    })
}

fn clause(clause: &Clause) -> Value {
    let mut value = json!({
        "id": clause.id,
        "parent": clause.parent,
        "kind": clause.kind,
        "marker": clause.marker,
        "text": clause.text,
        "line": clause.line,
    });
    if let (Some(fields), Some(also)) = (value.as_object_mut(), &clause.also) {
        fields.insert("also".to_owned(), json!(also));
    }
    if let (Some(fields), true) = (value.as_object_mut(), clause.glued) {
        fields.insert("glued".to_owned(), json!(true));
    }
    value
}

fn document(document: &CitedDocument) -> Value {
    json!({
        "number": document.number,
        "kind": document.kind,
        "name": document.name,
        "day": document.day.map(Day::iso),
        "issuer": document.issuer,
        "clauses": document.clauses,
    })
}

fn number(found: &NumberFound) -> Value {
    let value = if found.high.is_none() { found.low.map(decimal) } else { None };
    json!({
        "clause": found.clause,
        "text": found.text,
        "type": found.kind,
        "bound": found.bound,
        "value": value,
        "low": found.low.map(decimal),
        "high": found.high.map(decimal),
        "unit": found.unit,
        "day": found.day.map(Day::iso),
    })
}

/// A JSON number, written with the digits the plan has.
fn decimal(number: Decimal) -> Value {
    if number.scale == 0 {
        json!(number.digits)
    } else {
        number.to_string().parse::<f64>().map_or(Value::Null, |n| json!(n))
    }
}

async fn show(arguments: &ShowArguments, norms: Option<&Path>) -> Result<ExitCode> {
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
        let word = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or("-").to_owned();
        println!("{:<18} {:<8} {:<6} {}", word("clause"), word("kind"), word("bound_to"), word("state"));
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
