//! `vuon measure`: the poverty family of a whole survey, or the figures of a sample. Only reads arguments and prints;
//! `measures` computes.

mod of_snapshot;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use measures::poverty::{Named, WHOLE, family_of_survey, family_sheet, full_sheet};
use measures::sample::{Design, Spec, sample_sheet};
use measures::scoring::Pack;
use measures::{Fault, Why};

use crate::said::both;

/// The input cannot be used: said in a sentence, told apart from a fault of ours by its exit code.
const REFUSED: u8 = 2;

#[derive(Debug, Args)]
pub struct MeasureArguments {
    /// Tệp Parquet có mọi hộ của cuộc rà soát; đi cùng --pack (Parquet file with every household of a survey; goes
    /// with --pack)
    #[arg(long, requires = "pack")]
    survey: Option<PathBuf>,
    /// Bộ điểm, YAML: các thiếu hụt, trọng số, cột số khẩu (the score pack: deprivations, their weights, what a
    /// household counts with)
    #[arg(long, requires = "survey")]
    pack: Option<PathBuf>,
    /// Một bản chốt: thư mục, mã, hoặc mấy chữ đầu của mã (a snapshot: folder, name, or the first letters of it)
    #[arg(long, conflicts_with_all = ["survey", "indicators"])]
    snapshot: Option<String>,
    /// Thư mục bản chốt, khi để nơi khác (the folder of snapshots, where it is not in the data folder)
    #[arg(long, env = "VUON_SNAPSHOTS")]
    snapshots: Option<PathBuf>,
    /// Các chỉ số của điều tra mẫu, YAML; đi cùng --data (the indicators of a sample survey; goes with --data)
    #[arg(long, requires = "data", conflicts_with = "survey")]
    indicators: Option<PathBuf>,
    /// Tệp điều tra mẫu, .csv hoặc .parquet (the sample survey)
    /// Với --snapshot: thư mục dữ liệu của chương trình (with --snapshot: the data folder of the program)
    #[arg(long, conflicts_with = "survey")]
    data: Option<PathBuf>,
    /// Các cột nhân với nhau thành trọng số: `weight`, hoặc `weight,size` để tính theo người (columns whose product a
    /// row weighs)
    /// Với --snapshot: tệp YAML `chỉ số: số phần` (with --snapshot: a YAML file of parts by indicator)
    #[arg(long, value_delimiter = ',', conflicts_with = "survey")]
    weights: Vec<String>,
    /// Cột tầng mẫu (column of the strata)
    #[arg(long, requires = "data")]
    strata: Option<String>,
    /// Cột địa bàn mẫu cấp một (column of the primary sampling units)
    #[arg(long, requires = "data")]
    psu: Option<String>,
    /// Các cột để chia nhóm; `nation` là toàn bộ, `a*b` là chéo hai cột (columns to decompose by; `a*b` crosses two)
    #[arg(long, value_delimiter = ',', default_value = "nation")]
    by: Vec<String>,
    /// Ngưỡng k: `1..12` hoặc `3,4,6`; bỏ qua thì lấy mọi ngưỡng (cut-offs in parts of the weights; every one when
    /// left out)
    #[arg(long)]
    k: Option<String>,
    /// Đếm theo khẩu, không theo hộ; với --snapshot (counts persons, not households; with --snapshot)
    #[arg(long, requires = "snapshot")]
    persons: bool,
    /// Mỗi số một dòng: hd, H, A, M0, hdk, actb, pctb theo chỉ số và theo chiều (every figure in a row of its own)
    #[arg(long, conflicts_with = "indicators")]
    full: bool,
    /// Bảng kết quả, .parquet hoặc .csv (table to write)
    #[arg(long)]
    out: PathBuf,
    /// Số luồng (threads)
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

pub fn run(arguments: &MeasureArguments, norms: Option<&Path>) -> Result<ExitCode> {
    if let Some(named) = &arguments.snapshot {
        return of_snapshot::run(arguments, named, norms);
    }
    Ok(of_files(arguments))
}

fn of_files(arguments: &MeasureArguments) -> ExitCode {
    let whole = arguments.survey.as_deref().zip(arguments.pack.as_deref());
    let sample = arguments.data.as_deref().zip(arguments.indicators.as_deref());
    let done = match (whole, sample) {
        (Some((survey, pack)), _) => of_survey(arguments, survey, pack),
        (None, Some((data, indicators))) => of_sample(arguments, data, indicators),
        (None, None) => Err(Fault::Definition {
            path: "vuon measure".to_owned(),
            why: Why::new(
                "lệnh chưa nêu số liệu: ghi --survey TỆP --pack TỆP, --snapshot MÃ, hoặc --indicators TỆP --data TỆP",
                "it names no data: give --survey FILE --pack FILE, --snapshot NAME, or --indicators FILE --data FILE",
            ),
        }),
    };
    match done {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(fault) => refused(&fault),
    }
}

fn of_survey(arguments: &MeasureArguments, survey: &Path, pack: &Path) -> std::result::Result<String, Fault> {
    let pack = Pack::read(pack)?;
    let plan = pack.family_at(arguments.k.as_deref(), arguments.by.clone())?;
    let counted = family_of_survey(survey, &plan, arguments.threads)?;
    let sheet = if arguments.full {
        let named: Vec<Named> = counted.iter().map(Named::from).collect();
        full_sheet(&plan, &pack.dimensions_of(&plan), &named)
    } else {
        family_sheet(&plan, &counted)
    };
    sheet.write(&arguments.out, arguments.threads)?;
    Ok(format!("{}: rows={} pack={} ({})", arguments.out.display(), sheet.rows(), pack.id, pack.status))
}

fn of_sample(arguments: &MeasureArguments, data: &Path, indicators: &Path) -> std::result::Result<String, Fault> {
    if arguments.k.is_some() {
        let why = Why::new(
            "ngưỡng của điều tra mẫu ghi trong tệp chỉ số, không ghi ở --k",
            "the cut-offs of a sample stand in its file of indicators",
        );
        return Err(Fault::Definition { path: "--k".to_owned(), why });
    }
    let spec = Spec::read(indicators)?;
    let design = Design {
        weights: arguments.weights.clone(),
        strata: arguments.strata.clone(),
        psu: arguments.psu.clone(),
        by: arguments.by.iter().filter(|by| *by != WHOLE).cloned().collect(),
    };
    let measured = sample_sheet(data, &spec, &design)?;
    measured.sheet.write(&arguments.out, arguments.threads)?;
    let left = measured.left_out;
    if left.indicator + left.design + left.group > 0 {
        let (indicator, design, group) = (left.indicator, left.design, left.group);
        eprintln!(
            "{}",
            both(
                format!(
                    "bỏ ra: {indicator} dòng để trống chỉ số, {design} dòng thiếu trọng số, tầng hay địa bàn, {group} dòng không thuộc nhóm nào"
                ),
                format!(
                    "left out: {indicator} row(s) with an empty indicator, {design} without weight, stratum or unit, {group} in no group of a decomposition"
                ),
            )
        );
    }
    if measured.single_unit_strata > 0 {
        let single = measured.single_unit_strata;
        eprintln!(
            "{}",
            both(
                format!(
                    "{single} tầng chỉ có một địa bàn: địa bàn đó so với trung bình của mọi tầng, nên khoảng tin cậy rộng hơn thực tế"
                ),
                format!(
                    "{single} stratum(s) with a single unit: it is held against the mean of all strata, so intervals are rather too wide"
                ),
            )
        );
    }
    Ok(format!(
        "{}: rows={} read={} degrees_of_freedom={} spec={}",
        arguments.out.display(),
        measured.sheet.rows(),
        measured.rows,
        measured.degrees_of_freedom,
        spec.id
    ))
}

/// Says why, and ends with the code of a refusal.
pub fn refused(fault: &Fault) -> ExitCode {
    eprintln!("lỗi (error): {}", fault.said());
    ExitCode::from(REFUSED)
}
