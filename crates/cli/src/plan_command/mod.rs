//! `vuon plan import FILE` reads a plan and says what is in it; `vuon plan show` tells what hangs on each clause.
//! Exit 2 when a file is no plan. Neither changes a register: a plan is kept by uploading it.

mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use app::House;
use app::programme::read_file;
use clap::{Args, Subcommand};
use domain::programme::plan::{CitedDocument, Clause, Decimal, NumberFound, Plan};
use kernel::Day;
use norms::PlanReading;
use serde_json::{Value, json};
use storage_sql::SqlStore;

use crate::machine::{MachineClock, MachineIds, load_norms};
use crate::said::{both, refused_or_fault, unreadable};

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Đọc kế hoạch (.txt, .docx) thành các mục, văn bản được dẫn và số liệu (reads a plan into clauses, cited
    /// documents and numbers)
    Import(ImportArguments),
    /// Từng mục gắn với gì và đang thế nào (clause by clause: what hangs on it and its state)
    Show(ShowArguments),
}

#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Tệp kế hoạch (the plan)
    file: PathBuf,
    /// Ghi mọi thứ ra JSON (everything, as JSON)
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct ShowArguments {
    /// Tệp kế hoạch chỉ để xem; bỏ qua là kế hoạch trong sổ (a plan file that is only looked at; left out, the plan of
    /// the register)
    file: Option<PathBuf>,
    /// Ghi kết quả ra JSON (writes JSON)
    #[arg(long)]
    json: bool,
    /// Năm của kế hoạch; bỏ qua là năm làm việc (the year of the plan; the year of work when left out)
    #[arg(long)]
    year: Option<i16>,
    /// Thư mục dữ liệu của chương trình (the data folder of the program)
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Cơ sở dữ liệu PostgreSQL thay cho tệp kèm sẵn: `postgres://…` (a PostgreSQL database instead of the embedded
    /// store)
    #[arg(long, env = "VUON_DATABASE")]
    database: Option<String>,
}

pub async fn run(command: PlanCommand, norms: Option<&Path>) -> Result<ExitCode> {
    match command {
        PlanCommand::Import(import) => self::import(&import, norms).await,
        PlanCommand::Show(show) => show::show(&show, norms).await,
    }
}

async fn throw_away(norms: Option<&Path>) -> Result<House> {
    let store = SqlStore::open("sqlite::memory:")
        .await
        .with_context(|| both("khi mở kho tạm", "opening a throw-away store"))?;
    Ok(House::new(Arc::new(store), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds)))
}

fn open_plan(house: &House, file: &Path) -> Result<Plan> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|error| match unreadable(&error, file) {
        Some(unusable) => unusable.into(),
        None => anyhow::Error::from(error).context(both(format!("khi đọc {name}"), format!("reading {name}"))),
    })?;
    match read_file(house, &bytes) {
        Ok((_, plan)) => Ok(plan),
        Err(error) => Err(refused_or_fault(&name, error)),
    }
}

async fn import(arguments: &ImportArguments, norms: Option<&Path>) -> Result<ExitCode> {
    let house = throw_away(norms).await?;
    let plan = open_plan(&house, &arguments.file)?;
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
    let (clauses, cited, found) = (plan.clauses.len(), documents.len(), numbers.len());
    println!(
        "\n{}",
        both(
            format!("{clauses} mục, {cited} văn bản được dẫn, {found} con số"),
            format!("{clauses} clauses, {cited} documents cited, {found} numbers"),
        )
    );
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
