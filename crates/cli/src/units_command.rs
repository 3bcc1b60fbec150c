//! `vuon units`: what a unit of one day is on another, counts told by the units of another day, the country counted.
//! Exit 0: all is told. 3: something was not placed or never recorded. 2: the question cannot be read.

mod restate_file;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use app::House;
use clap::{Args, Subcommand};
use domain::units::{
    Lineage, Placements, Restater, Scope, ScopeLevel, UnitKey, Unresolved, conserved, crosswalk_count, step_counts,
};
use kernel::Day;
use norms::{Level, Norms, Unit};
use serde_json::{Value, json};
use storage_sql::SqlStore;

use crate::machine::{MachineClock, MachineIds, load_norms};
use crate::said::both;
use crate::serve::store_url;

/// Something was left over, and said so.
const LEFT_OVER: u8 = 3;
/// The question cannot be read.
const UNREADABLE: u8 = 2;

#[derive(Debug, Subcommand)]
pub enum UnitsCommand {
    /// Một đơn vị của ngày này là gì ở ngày khác (what a unit of one day is on another)
    Lineage(LineageArguments),
    /// Số liệu theo xã của ngày này, kể theo đơn vị của ngày khác (counts told by the units of another day)
    Restate(RestateArguments),
    /// Kiểm danh mục, bảng chuyển đổi và việc không mất ai khi chuyển (the lists and the crosswalk, and that nobody is
    /// lost)
    Check(RegisterArguments),
}

/// A register whose recorded changes and placements count too. Without one, only the norms speak.
#[derive(Debug, Args)]
pub struct RegisterArguments {
    /// Thư mục dữ liệu của một sổ (the data folder of a register)
    #[arg(long)]
    register: Option<PathBuf>,
    /// `postgres://…` của một sổ (of a register)
    #[arg(long, env = "VUON_DATABASE")]
    database: Option<String>,
}

#[derive(Debug, Args)]
pub struct LineageArguments {
    /// Mã đơn vị ở ngày đó (the unit's code on the day)
    #[arg(long)]
    code: String,
    /// Cấp của đơn vị: province, district, commune (the level of the unit)
    #[arg(long, default_value = "commune", value_parser = read_level)]
    level: ScopeLevel,
    /// Ngày, 31/12/2023 hoặc 2023-12-31 (the day the code is of)
    #[arg(long, value_parser = read_day)]
    on: Day,
    /// Ngày muốn xem (the day asked for)
    #[arg(long, value_parser = read_day)]
    to: Day,
    /// Ghi kết quả ra JSON (writes JSON)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    register: RegisterArguments,
}

#[derive(Debug, Args)]
pub struct RestateArguments {
    /// CSV có cột `commune`, có thể có `village`, `household` (mã số), còn lại là số nguyên (counts by commune)
    #[arg(long)]
    data: PathBuf,
    /// Ngày của các mã (the day the codes are of)
    #[arg(long, value_parser = read_day)]
    on: Day,
    /// Ngày của các đơn vị muốn xem (the day whose units are asked for)
    #[arg(long, value_parser = read_day)]
    to: Day,
    /// Cấp của các đơn vị: province, district, commune (the level of the units)
    #[arg(long, default_value = "commune", value_parser = read_level)]
    level: ScopeLevel,
    /// CSV kết quả (the CSV to write)
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    register: RegisterArguments,
}

fn read_day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|error| {
        both(format!("{text} không phải là ngày; ghi 31/12/2023"), format!("{error}; write 31/12/2023"))
    })
}

fn read_level(text: &str) -> Result<ScopeLevel, String> {
    Level::from_id(text).map(ScopeLevel::from).ok_or_else(|| {
        both("ghi một trong province (tỉnh), district (huyện), commune (xã)", "one of province, district, commune")
    })
}

pub async fn run(command: UnitsCommand, folder: Option<&Path>) -> Result<ExitCode> {
    let norms = load_norms(folder)?;
    match command {
        UnitsCommand::Lineage(arguments) => {
            let known = known(&norms, &arguments.register).await?;
            Ok(lineage(&arguments, &known.restater(&norms)))
        }
        UnitsCommand::Restate(arguments) => {
            let known = known(&norms, &arguments.register).await?;
            restate_file::run(&arguments, &known.restater(&norms))
        }
        UnitsCommand::Check(register) => {
            let known = known(&norms, &register).await?;
            Ok(check(&norms, &known.restater(&norms)))
        }
    }
}

/// What a register adds to the norms.
#[derive(Default)]
struct Known {
    changes: Vec<domain::units::BoundaryChange>,
    placements: Placements,
}

impl Known {
    fn restater<'n>(&self, norms: &'n Norms) -> Restater<'n> {
        Restater::new(norms, &self.changes, self.placements.clone())
    }
}

async fn known(norms: &Arc<Norms>, register: &RegisterArguments) -> Result<Known> {
    if register.register.is_none() && register.database.is_none() {
        return Ok(Known::default());
    }
    let url = store_url(register.register.as_deref().unwrap_or(Path::new("data")), register.database.as_deref());
    let store = SqlStore::open(&url).await.with_context(|| both("khi mở sổ", "opening the register"))?;
    let house = House::new(Arc::new(store), Arc::clone(norms), Arc::new(MachineClock), Arc::new(MachineIds));
    let setup = app::access::setup(&house).await?.with_context(|| {
        both(
            "sổ chưa được thiết lập; khởi động bằng `vuon serve`",
            "the register is not set up; start it with `vuon serve`",
        )
    })?;
    let province = Scope::new(setup.province.units_from, ScopeLevel::Province, setup.province.code);
    let mut work = house.store.read().await?;
    let changes = work.boundary_changes(&province).await?;
    let placed = work.placements(&province).await?;
    Ok(Known { changes, placements: Placements::new(placed.into_iter().map(|p| (p.what, p.on, p.commune))) })
}

fn lineage(arguments: &LineageArguments, restater: &Restater<'_>) -> ExitCode {
    let timeline = restater.timeline();
    let (level, code) = (arguments.level, arguments.code.as_str());
    let asked = timeline.unit(level, code, arguments.on);
    let found = timeline.lineage(level, code, arguments.on, arguments.to);
    let (Some((_, key)), Some(found)) = (asked, found) else {
        let (vi, en) = words::level(level);
        let on = arguments.on;
        eprintln!(
            "lỗi (error): {}",
            both(
                format!(
                    "ngày {on} không có {vi} nào mang mã {code}. Tra mã trong danh mục đơn vị của ngày đó, ở norms/units."
                ),
                format!("there was no {en} {code} on {on}; look the code up in norms/units, in the list of that day"),
            )
        );
        return ExitCode::from(UNREADABLE);
    };
    if arguments.json {
        println!("{}", as_json(restater, &key, arguments.to, &found));
    } else {
        println!("{} → {}: {}", named(restater, &key), arguments.to, words::lineage(&found));
        for unit in found.units() {
            println!("  {}", named(restater, unit));
        }
        if let Lineage::Unresolved { open, .. } = &found {
            println!("  {}", open_words(restater, open));
        }
    }
    ExitCode::from(if matches!(found, Lineage::Unresolved { .. }) { LEFT_OVER } else { 0 })
}

/// `18082 Phường Đại Nài [01/01/2025]`
fn named(restater: &Restater<'_>, key: &UnitKey) -> String {
    format!("{} {} [{}]", key.code, name(restater, key), key.from)
}

fn name(restater: &Restater<'_>, key: &UnitKey) -> String {
    restater.timeline().unit_of(key).map(Unit::full_name).unwrap_or_default()
}

fn open_words(restater: &Restater<'_>, open: &Unresolved) -> String {
    let ((vi, en), unit) = (words::why(open.why), named(restater, &open.unit));
    both(format!("chưa ghi nhận ở ngày {}: {unit}: {vi}", open.on), format!("not recorded at {}: {en}", open.on))
}

fn as_json(restater: &Restater<'_>, key: &UnitKey, to: Day, found: &Lineage) -> Value {
    let unit = |key: &UnitKey| json!({"level": key.level, "code": key.code, "valid_from": key.from, "name": name(restater, key)});
    let open = match found {
        Lineage::Unresolved { open, .. } => {
            json!({"unit": unit(&open.unit), "on": open.on, "why": open.why.id()})
        }
        _ => Value::Null,
    };
    let units: Vec<Value> = found.units().iter().map(unit).collect();
    json!({"unit": unit(key), "to": to, "result": found.id(), "units": units, "open": open})
}

fn check(norms: &Norms, restater: &Restater<'_>) -> ExitCode {
    for list in norms.unit_lists() {
        println!("{}", words::list_line(list));
    }
    println!("{}", words::crosswalk_line(&crosswalk_count(norms, restater)));
    for step in step_counts(restater) {
        println!("{}", words::step_line(&step));
    }
    let mut all_hold = true;
    for told in conserved(restater) {
        all_hold &= told.holds;
        println!("{}", words::conserved_line(&told));
    }
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
