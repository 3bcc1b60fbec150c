//! The role that asks: reads the definitions, sends one statement, writes the table that `vuon measure` writes. With
//! `--scheduler` the work is done by its executors, without by this process alone. Start with [`run`].

use std::path::PathBuf;

use anyhow::{Context, Result};
use ballista::prelude::SessionContextExt;
use clap::Args;
use datafusion::arrow::array::RecordBatch;
use datafusion::error::DataFusionError;
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use measures::Fault;
use measures::poverty::{FamilyPlan, family_sheet};

use crate::definitions::Definitions;
use crate::engine;
use crate::gather::{Counted, first_row};
use crate::query::{SURVEY, counted, counts_sql, spoilt_sql, stored_sql, summed};
use crate::reach;
use crate::said::{Unusable, both};

#[derive(Debug, Args)]
#[group(id = "source", required = true, multiple = false, args = ["survey", "counts"])]
pub struct MeasureArguments {
    /// One Parquet file or a folder of them: a path, or `s3://bucket/folder/`. Scheduler and executors must reach it, too.
    #[arg(long)]
    survey: Option<String>,
    /// What another engine answered to the statement of `vuon-olap sql`, as Parquet.
    #[arg(long)]
    counts: Option<String>,
    #[command(flatten)]
    definitions: Definitions,
    /// Table to write, .parquet or .csv.
    #[arg(long)]
    out: PathBuf,
    /// `host:port` of the scheduler; this process computes alone when left out.
    #[arg(long, env = "VUON_OLAP_SCHEDULER")]
    scheduler: Option<String>,
}

/// An executor that dies with the finished answer in its hands takes it along; the question can be put again.
const ATTEMPTS: u32 = 3;

pub async fn run(arguments: MeasureArguments) -> Result<()> {
    let (pack, plan) = arguments.definitions.read()?;
    let context = context(arguments.scheduler.as_deref()).await?;
    let counted = match (&arguments.survey, &arguments.counts) {
        (Some(survey), _) => count(&context, survey, &plan).await?,
        (None, counts) => stored(&context, counts.as_deref().unwrap_or_default(), &plan).await?,
    };
    let sheet = family_sheet(&plan, &counted.decompositions(&plan)?);
    sheet.write(&arguments.out, 2)?;
    println!("{}: rows={} pack={} ({})", arguments.out.display(), sheet.rows(), pack.id, pack.status);
    Ok(())
}

/// Has the engine count the households.
async fn count(context: &SessionContext, survey: &str, plan: &FamilyPlan) -> Result<Counted> {
    let summed = summed(plan).map(|(column, _)| column.as_str());
    open(context, survey, plan.columns().into_iter().chain(summed)).await?;
    let counted = Counted::read(plan, &ask(context, &counts_sql(plan)).await?)?;
    if counted.amiss > 0 {
        return Err(spoilt(context, plan).await?.into());
    }
    Ok(counted)
}

/// Takes the counts of another engine.
async fn stored(context: &SessionContext, counts: &str, plan: &FamilyPlan) -> Result<Counted> {
    open(context, counts, counted(plan).iter().map(String::as_str)).await?;
    let counted = Counted::read(plan, &ask(context, &stored_sql(plan)).await?)?;
    if counted.amiss > 0 {
        let amiss = counted.amiss;
        return Err(Unusable::new(
            format!("{amiss} hộ có ô trống hoặc giá trị ngoài khoảng cho phép. Sửa số liệu rồi đếm lại."),
            format!("{amiss} household(s) with an empty or impossible value; correct the data and count again"),
        )
        .into());
    }
    Ok(counted)
}

async fn context(scheduler: Option<&str>) -> Result<SessionContext> {
    let state = engine::state()?;
    let Some(address) = scheduler else { return Ok(SessionContext::new_with_state(state)) };
    reach::ready(address).await?;
    Ok(SessionContext::remote_with_state(&format!("df://{address}"), state).await?)
}

/// Makes a file or folder known to the engine, and looks whether it has these columns of whole numbers.
async fn open<'a>(context: &SessionContext, path: &str, columns: impl Iterator<Item = &'a str>) -> Result<()> {
    let unreadable = |e: DataFusionError| Unusable::unreadable(path, &e.strip_backtrace());
    context.register_parquet(SURVEY, folder_or_file(path)?, ParquetReadOptions::default()).await.map_err(unreadable)?;
    let table = context.table_provider(SURVEY).await.map_err(unreadable)?;
    let schema = table.schema();
    for column in columns {
        let field = schema.field_with_name(column).map_err(|_| Fault::NoColumn {
            column: column.to_owned(),
            path: path.to_owned(),
            has: schema.fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>().join(", "),
        })?;
        if !field.data_type().is_integer() {
            let holds = field.data_type().to_string().to_lowercase();
            return Err(Fault::NotWhole { column: column.to_owned(), holds }.into());
        }
    }
    Ok(())
}

/// The engine knows a folder by the stroke at its end. What is on no disk of this machine is left to the object store.
fn folder_or_file(path: &str) -> Result<String, Unusable> {
    if path.contains("://") || path.ends_with('/') {
        return Ok(path.to_owned());
    }
    let found = std::fs::metadata(path).map_err(|e| Unusable::unreadable(path, &e.to_string()))?;
    Ok(if found.is_dir() { format!("{path}/") } else { path.to_owned() })
}

async fn ask(context: &SessionContext, sql: &str) -> Result<Vec<RecordBatch>> {
    let mut attempt = 1;
    loop {
        let question = context.sql(sql).await.context("planning the question")?;
        match question.collect().await {
            Ok(answer) => return Ok(answer),
            Err(e) if attempt < ATTEMPTS => {
                tracing::warn!(attempt, error = %e, "the question is put again");
                attempt += 1;
            }
            Err(e) => {
                return Err(e).context(both("cụm máy không tính được", "the machines could not compute it"));
            }
        }
    }
}

/// Which column keeps the figures from being computed, and by which value.
async fn spoilt(context: &SessionContext, plan: &FamilyPlan) -> Result<Unusable> {
    let answer = ask(context, &spoilt_sql(plan)).await?;
    let found = first_row(&answer)?;
    for ((column, most), values) in summed(plan).zip(found.chunks_exact(3)) {
        match values {
            [Some(1..), ..] => return Ok(Unusable::empty(column)),
            [_, Some(low @ ..0), _] => return Ok(Unusable::outside(column, *low, most)),
            [_, _, Some(high)] if *high > i64::from(most) => return Ok(Unusable::outside(column, *high, most)),
            _ => {}
        }
    }
    anyhow::bail!("the data changed while it was read")
}
