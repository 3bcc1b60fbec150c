//! The role that asks: reads the definitions, sends one statement, writes the table that `vuon measure` writes. With
//! `--scheduler` the work is done by its executors, without by this process alone. Start with [`run`].

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use datafusion::error::DataFusionError;
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use measures::Fault;
use measures::poverty::{FamilyPlan, family_sheet};

use crate::definitions::Definitions;
use crate::engine::{ATTEMPTS, Engine};
use crate::gather::{Counted, first_row};
use crate::query::{SURVEY, counted, counts_sql, spoilt_sql, stored_sql, summed};
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

pub async fn run(arguments: MeasureArguments) -> Result<()> {
    let (pack, plan) = arguments.definitions.read()?;
    let engine = Engine::of(arguments.scheduler).await?;
    let counted = match (&arguments.survey, &arguments.counts) {
        (Some(survey), _) => count(&engine, survey, &plan).await?,
        (None, counts) => stored(&engine, counts.as_deref().unwrap_or_default(), &plan).await?,
    };
    let sheet = family_sheet(&plan, &counted.decompositions(&plan)?);
    sheet.write(&arguments.out, 2)?;
    println!("{}: rows={} pack={} ({})", arguments.out.display(), sheet.rows(), pack.id, pack.status);
    Ok(())
}

/// Has the engine count the households, and holds their number against what the files themselves say.
async fn count(engine: &Engine, survey: &str, plan: &FamilyPlan) -> Result<Counted> {
    let summed = summed(plan).map(|(column, _)| column.as_str());
    open(&engine.context, survey, plan.columns().into_iter().chain(summed)).await?;
    let households = households(survey).await?;
    let sql = counts_sql(plan);
    for _ in 0..ATTEMPTS {
        let counted = Counted::read(plan, &engine.ask(&sql).await?)?;
        if counted.is_whole(households) {
            return if counted.amiss > 0 { Err(spoilt(engine, plan).await?.into()) } else { Ok(counted) };
        }
        tracing::warn!(households, counted = counted.households, "the answer is not whole");
    }
    Err(anyhow!(both(
        "các lần đếm không khớp với số hộ trong tệp",
        "the counts do not make the households of the files"
    )))
}

/// Households by the footers of the files, which this process reads by itself.
async fn households(survey: &str) -> Result<u64> {
    let alone = Engine::of(None).await?;
    open(&alone.context, survey, std::iter::empty()).await?;
    let counted = first_row(&alone.ask(&format!("SELECT count(*) FROM {SURVEY}")).await?)?;
    Ok(u64::try_from(counted.first().copied().flatten().context("the files were not counted")?)?)
}

/// Takes the counts of another engine.
async fn stored(engine: &Engine, counts: &str, plan: &FamilyPlan) -> Result<Counted> {
    open(&engine.context, counts, counted(plan).iter().map(String::as_str)).await?;
    let counted = Counted::read(plan, &engine.ask(&stored_sql(plan)).await?)?;
    if counted.amiss > 0 {
        let amiss = counted.amiss;
        return Err(Unusable::new(
            format!("{amiss} hộ có ô trống hoặc giá trị ngoài khoảng cho phép. Sửa số liệu rồi đếm lại."),
            format!("{amiss} household(s) with an empty or impossible value; correct the data and count again"),
        )
        .into());
    }
    if !counted.is_whole(counted.households) {
        return Err(Unusable::new(
            format!("{counts}: có nhóm xuất hiện hai lần. Để trong thư mục chỉ kết quả của một lần đếm."),
            format!("{counts} holds a group twice; keep the answer of one count alone in the folder"),
        )
        .into());
    }
    Ok(counted)
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

/// Which column keeps the figures from being computed, and by which value.
async fn spoilt(engine: &Engine, plan: &FamilyPlan) -> Result<Unusable> {
    let answer = engine.ask(&spoilt_sql(plan)).await?;
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
