//! `vuon target show T05 --unit 42 --on 2023-12-31 --json`: one target with both its numbers; and what counting costs.
//! Whoever has the store's file may ask, as the province's reader.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use app::programme::targets::{ReadingState, TargetView, default_day, everywhere, target};
use app::{AppError, House};
use clap::{Args, Subcommand};
use domain::access::{Actor, Role};
use domain::programme::target::{Met, Value};
use domain::units::{Scope, ScopeLevel};
use kernel::{Clock, Day, Page, UserId};
use serde_json::json;
use storage_sql::SqlStore;
use web::{Lang, target_gap};

use crate::machine::{MachineClock, MachineIds, load_norms};
use crate::said::{Unusable, both, no_register, refused_or_fault};
use crate::serve::store_url;

/// A target without a figure ends so: the question was good, the answer is a gap in words.
const GAP: u8 = 4;

#[derive(Debug, Args)]
pub struct StoreArguments {
    /// Thư mục dữ liệu của chương trình (the data folder of the program)
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Cơ sở dữ liệu PostgreSQL thay cho tệp kèm sẵn: `postgres://…` (a PostgreSQL database instead of the embedded
    /// store)
    #[arg(long, env = "VUON_DATABASE")]
    database: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum TargetCommand {
    /// Một chỉ tiêu: tử số, mẫu số, giá trị đúng, đạt hay chưa, cách tính, còn ai chưa đạt (one target: both numbers,
    /// the exact value, whether it is met)
    Show {
        /// Mã chỉ tiêu: `T05` (the target)
        id: String,
        /// Mã tỉnh, huyện hoặc xã; bỏ qua là cả tỉnh (code of a unit; the province when left out)
        #[arg(long)]
        unit: Option<String>,
        /// Ngày, 31/12/2023 hoặc 2023-12-31; bỏ qua là ngày cuối của năm làm việc (the day; the last of the year of
        /// work when left out)
        #[arg(long)]
        on: Option<String>,
        /// Cách hiểu khác với cách được báo cáo (another reading than the reported one)
        #[arg(long)]
        reading: Option<String>,
        /// Ghi kết quả ra JSON (writes JSON)
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Đo thời gian tính mọi chỉ tiêu của mọi đơn vị (measures all targets of all units)
    #[command(hide = true)]
    Measure {
        #[command(flatten)]
        store: StoreArguments,
    },
}

pub async fn run(command: TargetCommand, norms: Option<&Path>) -> Result<ExitCode> {
    match command {
        TargetCommand::Show { id, unit, on, reading, json, store } => {
            let house = open(&store, norms).await?;
            let actor = reader(&house).await?;
            let on = match on {
                Some(text) => text.parse::<Day>().map_err(|_| {
                    Unusable(both(
                        format!("không đọc được ngày sau --on: {text}. Ghi như 31/12/2023 hoặc 2023-12-31."),
                        format!("--on {text} is no day; write 31/12/2023 or 2023-12-31"),
                    ))
                })?,
                None => default_day(&house).await?,
            };
            let unit = unit.map(|code| unit_of(&house, &actor, &code)).transpose()?;
            let asked = target(&house, &actor, unit.as_ref(), &id, on).await;
            let view = asked.map_err(|error| refused_target(&id, error))?;
            show(&house, &view, on, reading.as_deref(), json)
        }
        TargetCommand::Measure { store } => measure(&store, norms).await,
    }
}

async fn open(store: &StoreArguments, norms: Option<&Path>) -> Result<House> {
    let url = store_url(&store.data, store.database.as_deref());
    if store.database.is_none() && !Path::new(&url).exists() {
        return Err(no_register(&store.data).into());
    }
    let opened = SqlStore::open(&url).await.with_context(|| both("khi mở sổ bộ", "opening the store"))?;
    Ok(House::new(Arc::new(opened), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds)))
}

/// Somebody who sees the province and changes nothing.
async fn reader(house: &House) -> Result<Actor> {
    let set = app::access::setup(house).await?.ok_or_else(|| {
        Unusable(both(
            "sổ bộ chưa được thiết lập. Mở bằng `vuon serve` và thiết lập trước.",
            "the store was never set up; open it with `vuon serve` first",
        ))
    })?;
    let scope = Scope::new(set.province.units_from, ScopeLevel::Province, set.province.code);
    Ok(Actor { id: UserId(uuid::Uuid::nil()), name: "vuon".to_owned(), role: Role::Reader, scope })
}

fn refused_target(id: &str, error: AppError) -> anyhow::Error {
    match error {
        AppError::Missing("target") => Unusable(both(
            format!("không có chỉ tiêu {id}. Ghi T01 đến T16, poor_rate hoặc near_poor_rate."),
            format!("there is no target {id}; ids are T01 to T16, poor_rate, near_poor_rate"),
        ))
        .into(),
        other => refused_or_fault(id, other),
    }
}

/// A unit by its code: codes of the three levels differ in length.
fn unit_of(house: &House, actor: &Actor, code: &str) -> Result<Scope> {
    let level = match code.len() {
        2 => ScopeLevel::Province,
        3 => ScopeLevel::District,
        5 => ScopeLevel::Commune,
        _ => {
            return Err(Unusable(both(
                format!("--unit {code}: mã tỉnh có 2 chữ số, mã huyện 3, mã xã 5. Ghi lại mã."),
                format!("--unit {code}: a code has 2 digits (province), 3 (district) or 5 (commune)"),
            ))
            .into());
        }
    };
    let unit = Scope::new(actor.scope.units_from, level, code);
    if house.lies_in(&unit, &actor.scope) {
        Ok(unit)
    } else {
        Err(Unusable(both(
            format!("--unit {code}: trong tỉnh không có đơn vị này. Xem mã ở trang Địa bàn rồi ghi lại."),
            format!("--unit {code}: there is no such unit in the province"),
        ))
        .into())
    }
}

fn show(house: &House, view: &TargetView, on: Day, reading: Option<&str>, as_json: bool) -> Result<ExitCode> {
    let (unit, state) = (&view.unit, &view.state);
    let Some(chosen) = state.readings.iter().find(|r| reading.is_none_or(|id| r.id == id)) else {
        let known: Vec<&str> = state.readings.iter().map(|r| r.id.as_str()).collect();
        let (id, known) = (&state.id, known.join(", "));
        return Err(Unusable(both(
            format!("{id} không có cách tính này. Chọn một trong: {known}."),
            format!("{id} has no such reading; there are: {known}"),
        ))
        .into());
    };
    if as_json {
        let readings: Vec<_> = state.readings.iter().map(reading_json).collect();
        let mut said = reading_json(chosen);
        if let Some(fields) = said.as_object_mut() {
            fields.insert("target".to_owned(), json!(state.id));
            fields.insert("label".to_owned(), json!(state.label));
            fields.insert("level".to_owned(), json!(state.level()));
            fields.insert("unit".to_owned(), json!({"code": unit.code, "name": house.scope_name(unit)}));
            fields.insert("on".to_owned(), json!(on.iso()));
            fields.insert("readings".to_owned(), json!(readings));
            let absent = &view.absent;
            let codes = json!({"list": absent.list, "list_before": absent.list_before, "totals": absent.totals});
            fields.insert("communes_without".to_owned(), codes);
        }
        println!("{said:#}");
    } else {
        println!("{} · {} · {on}", state.id, house.scope_name(unit));
        for reading in &state.readings {
            println!("{}", reading_line(reading));
        }
    }
    Ok(if chosen.figure.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(GAP) })
}

fn reading_line(reading: &ReadingState) -> String {
    match &reading.figure {
        Err(gap) => {
            let law = reading.basis.citation.as_ref();
            let words = both(target_gap(Lang::Vi, gap, law), target_gap(Lang::En, gap, law));
            format!("  {}: {words}", reading.id)
        }
        Ok(figure) => {
            let (above, below) = figure.numbers();
            let below = below.map(|n| format!(" / {n}")).unwrap_or_default();
            let met = reading.met.map(|met| format!(" · {}", met_id(met))).unwrap_or_default();
            format!("  {}: {} ({above}{below}){met}", reading.id, figure.printed)
        }
    }
}

pub(crate) fn reading_json(reading: &ReadingState) -> serde_json::Value {
    let definition = json!({
        "id": reading.basis.key(),
        "mark": reading.basis.mark,
        "citation": reading.basis.citation,
    });
    match &reading.figure {
        Err(gap) => json!({
            "reading": reading.id,
            "definition": definition,
            "gap": {"code": gap.code(), "says": gap.to_string()},
        }),
        Ok(figure) => {
            let (numerator, denominator) = figure.numbers();
            let mut said = json!({
                "reading": reading.id,
                "numerator": numerator,
                "denominator": denominator,
                "value": {
                    "exact": format!("{}/{}", figure.exact.numerator, figure.exact.denominator),
                    "printed": figure.printed,
                },
                "met": reading.met.map(met_id),
                "not_reached": figure.not_reached(),
                "doubtful": figure.tally().map_or(0, |tally| tally.doubtful),
                "communes_without_list": reading.unlisted,
                "definition": definition,
            });
            if let (Value::Fall { before, .. }, Some(fields)) = (&figure.value, said.as_object_mut()) {
                fields.insert("before".to_owned(), json!(before));
            }
            said
        }
    }
}

pub(crate) fn met_id(met: Met) -> &'static str {
    match met {
        Met::Exceeded => "exceeded",
        Met::Met => "met",
        Met::NotMet => "not_met",
    }
}

/// Times in milliseconds, each a line that a script can read.
#[expect(clippy::disallowed_methods, reason = "this command measures time")]
async fn measure(store: &StoreArguments, norms: Option<&Path>) -> Result<ExitCode> {
    let day = Day::last_of(MachineClock.today().year());
    let house = open(store, norms).await?;
    let actor = reader(&house).await?;
    let on = default_day(&house).await.unwrap_or(day);
    let started = Instant::now();
    let boards = everywhere(&house, &actor, on).await?;
    let figures: usize = boards.iter().map(|b| b.targets.len()).sum();
    println!("first {} ms, {} units, {figures} targets", started.elapsed().as_millis(), boards.len());
    drop(house);

    let started = Instant::now();
    let house = open(store, norms).await?;
    let again = everywhere(&house, &actor, on).await?;
    println!("cold {} ms, {} units", started.elapsed().as_millis(), again.len());
    let started = Instant::now();
    everywhere(&house, &actor, on).await?;
    println!("warm {} ms", started.elapsed().as_millis());

    let mut read = house.store.read().await?;
    let wanted = storage::HouseholdFilter::new(actor.scope.clone(), on.year());
    let first = read.households(&wanted, Page::new(1, 1)).await?.rows.into_iter().next().context("no household")?;
    let household = read.household(&actor.scope, first.id).await?.context("no household")?;
    drop(read);
    let mut write = house.store.write().await?;
    write.save_household(&household).await?;
    write.commit().await?;
    let started = Instant::now();
    everywhere(&house, &actor, on).await?;
    println!("changed {} ms", started.elapsed().as_millis());
    Ok(ExitCode::SUCCESS)
}
