//! `vuon review run`: a list into a throw-away store, through the same use cases as the pages, and out as papers.
//! Exit 0 when all was stored, 3 when something was set aside, 2 when a file handed in cannot be used, 1 for a fault of
//! ours; a command typed wrongly is 64.

mod population;
mod summary;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use app::House;
use app::review::TwoYears;
use app::review::export::entries;
use app::review::forms::{FormData, marks, paper, views};
use app::review::intake::{ApplyInput, apply_read, read_context, reject_outside};
use clap::Args;
use documents::write::{ExportList, FormPaper, write_aside, write_forms, write_list};
use domain::review::list::{ListProblem, ReadList, Sheet, read_list};
use domain::units::{Scope, ScopeLevel};
use kernel::Day;
use norms::Rulebook;
use storage_memory::{MemoryWork, NoRegister};

use crate::machine::{MachineClock, MachineIds, load_norms, make_folder};
use crate::said::{Unusable, both, unreadable};

#[derive(Debug, Args)]
pub struct RunArguments {
    /// Danh sách rà soát: XLSX, ODS hoặc CSV (the list)
    list: PathBuf,
    /// Năm rà soát (the review year)
    #[arg(long)]
    year: i16,
    /// Danh sách năm trước; thiếu thì không có diễn biến (last year's list; without it no movement is told)
    #[arg(long)]
    previous: Option<PathBuf>,
    /// Số hộ, số khẩu từng thôn (`commune_code,village,households,persons`); thiếu thì không có tỷ lệ (households and
    /// persons per village; without it no rate is told)
    #[arg(long)]
    population: Option<PathBuf>,
    /// Thư mục ghi forms.xlsx, lists.xlsx, aside.xlsx và summary.json (folder of the results)
    #[arg(long)]
    out: PathBuf,
}

const NO_LIST: u8 = 2;
const SOME_ASIDE: u8 = 3;

/// One list, read.
struct Input {
    sheets: Vec<Sheet>,
    read: ReadList,
}

pub async fn run(arguments: RunArguments, norms: Option<&Path>) -> Result<ExitCode> {
    match review(arguments, norms).await {
        Err(error) if error.is::<Unusable>() => {
            eprintln!("{error}");
            Ok(ExitCode::from(NO_LIST))
        }
        done => done,
    }
}

async fn review(arguments: RunArguments, norms: Option<&Path>) -> Result<ExitCode> {
    let house = House::new(Arc::new(NoRegister), load_norms(norms)?, Arc::new(MachineClock), Arc::new(MachineIds));
    let Some(mut input) = open_list(&house, &arguments.list, arguments.year)? else {
        return Ok(ExitCode::from(NO_LIST));
    };
    let previous = match &arguments.previous {
        None => None,
        Some(path) => match open_list(&house, path, arguments.year - 1)? {
            Some(previous) => Some(previous),
            None => return Ok(ExitCode::from(NO_LIST)),
        },
    };
    make_folder(&arguments.out)?;
    let scope = main_province(&input.read, arguments.year, &house);
    reject_outside(&mut input.read, &scope);
    let rules = rules_of(&house, arguments.year, &scope.code)?;

    let mut work = MemoryWork::default();
    if let Some(previous) = &previous {
        let rules = rules_of(&house, arguments.year - 1, &scope.code)?;
        store_list(&house, &mut work, &scope, (&previous.read, &rules), arguments.year - 1).await?;
    }
    store_list(&house, &mut work, &scope, (&input.read, &rules), arguments.year).await?;
    let mut wider = Vec::new();
    if let Some(path) = &arguments.population {
        wider = population::store(&house, &mut work, (&scope, &input.read), arguments.year, path).await?;
    }
    let here = (&scope, arguments.year);
    let aside_written = write_papers(&house, &mut work, here, &rules, (&input, &arguments.out), &wider).await?;
    summary::write(&input.read, &rules, (previous.as_ref().map(|p| &p.read), &wider), &arguments.out)?;
    Ok(ExitCode::from(if aside_written { SOME_ASIDE } else { 0 }))
}

/// The rules of a review year; a year without rules is for the person to mend.
fn rules_of(house: &House, year: i16, province: &str) -> Result<Arc<Rulebook>, Unusable> {
    house.rules(year, province).map_err(|gap| {
        let (code, says) = (gap.code(), gap.says());
        let vi = format!("[{code}] không rà soát được năm {year}: {}", says.vi);
        Unusable(both(vi, format!("the review of {year} has no rules: {}", says.en)))
    })
}

/// What a file of the person's holds.
fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| match unreadable(&error, path) {
        Some(unusable) => unusable.into(),
        None => anyhow::Error::from(error)
            .context(both(format!("khi đọc tệp {}", path.display()), format!("reading {}", path.display()))),
    })
}

/// Opens a list; `None` after saying why the file is none.
fn open_list(house: &House, path: &Path, year: i16) -> Result<Option<Input>> {
    let bytes = read_bytes(path)?;
    let sheets = match documents::read_file(bytes) {
        Ok(sheets) => sheets,
        Err(problem) => {
            eprintln!("{}: {}", path.display(), summary::file_words(&problem));
            return Ok(None);
        }
    };
    let rules = rules_of(house, year, "")?;
    let scope = Scope::new(Day::last_of(year), ScopeLevel::Province, "");
    match read_list(&sheets, read_context(house, &scope, &rules, year)) {
        Ok(read) => Ok(Some(Input { sheets, read })),
        Err(problem) => {
            eprintln!("{}: {}", path.display(), list_words(&problem));
            Ok(None)
        }
    }
}

fn list_words(problem: &ListProblem) -> String {
    let code = problem.code();
    match problem {
        ListProblem::Empty => {
            format!("[{code}] tệp không có dòng nào. Mở lại tệp, kiểm tra trang tính có dữ liệu rồi chạy lại.")
        }
        ListProblem::ColumnsMissing { sheet, missing } => format!(
            "[{code}] đây không phải danh sách rà soát: trang «{sheet}» thiếu cột {}. Dùng đúng mẫu ba trang, \
             hoặc nhập tệp này trên màn hình «Nhập danh sách» để ghép cột bằng tay.",
            missing.iter().map(|m| format!("«{m}»")).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// The province that most households of the list lie in.
fn main_province(read: &ReadList, year: i16, house: &House) -> Scope {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for place in read.households.iter().filter_map(|h| h.place.as_ref()) {
        *count.entry(place.province.as_str()).or_insert(0) += 1;
    }
    let province =
        count.into_iter().max_by_key(|(code, n)| (*n, std::cmp::Reverse(*code))).map_or("", |(code, _)| code);
    let units_from = house.norms.units_on(Day::last_of(year)).from;
    Scope::new(units_from, ScopeLevel::Province, province)
}

async fn store_list(
    house: &House,
    work: &mut MemoryWork,
    scope: &Scope,
    (read, rules): (&ReadList, &Rulebook),
    year: i16,
) -> Result<()> {
    let choices = BTreeMap::new();
    let input = ApplyInput { scope, read, choices: &choices, rules, year, intake: None };
    apply_read(house, work, &input, &|_, _| {}).await.map_err(|e| {
        anyhow!(both(format!("khi lưu danh sách năm {year}"), format!("storing the list of {year}: {e}")))
    })?;
    Ok(())
}

/// Forms, lists and rows set aside; `true` when any row was set aside. The list is written on the other core meanwhile.
async fn write_papers(
    house: &House,
    work: &mut MemoryWork,
    (scope, year): (&Scope, i16),
    rules: &Arc<Rulebook>,
    (input, out): (&Input, &Path),
    wider: &[String],
) -> Result<bool> {
    let years = TwoYears::load(work, scope, year).await?;
    let data = FormData::of(house, work, scope, &years, true).await?;
    let (listed, escaped) = entries(house, work, scope, years, rules).await?;
    let list = {
        let (rules, file) = (Arc::clone(rules), create(out, "lists.xlsx")?);
        let list_marks = marks(house, scope, year, false, &[]);
        tokio::task::spawn_blocking(move || {
            write_list(&ExportList { rules: &rules, marks: &list_marks, listed, escaped }, file)
        })
    };
    let numbers: Vec<&str> = rules.forms.iter().map(|f| f.value.number.as_str()).collect();
    let views = views(&data, rules, &numbers, (&HashSet::new(), false));
    let mut papers: Vec<FormPaper<'_>> = views.iter().map(|view| paper(house, view, scope, year, false)).collect();
    for paper in &mut papers {
        paper.marks.notes.extend(population::note(wider));
    }
    write_forms(&papers, create(out, "forms.xlsx")?)?;
    write_aside(&input.sheets, &input.read, create(out, "aside.xlsx")?)?;
    list.await.with_context(|| both("khi ghi lists.xlsx", "writing lists.xlsx"))??;
    Ok(input.read.aside().next().is_some() || input.read.escaped.iter().any(|e| e.household.rejected))
}

fn create(out: &Path, name: &str) -> Result<BufWriter<File>> {
    let path = out.join(name);
    Ok(BufWriter::new(
        File::create(&path)
            .with_context(|| both(format!("khi ghi tệp {}", path.display()), format!("writing {}", path.display())))?,
    ))
}
