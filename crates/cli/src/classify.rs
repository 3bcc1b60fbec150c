//! `vuon classify`: every household of a survey file scored and classified into a result file.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use measures::scoring::{Pack, classify};

use crate::measure::refused;

#[derive(Debug, Args)]
pub struct ClassifyArguments {
    /// Tệp Parquet các câu trả lời: household, area, các mục và thiếu hụt của bộ điểm (Parquet file of answers)
    #[arg(long)]
    survey: PathBuf,
    /// Bộ điểm, YAML (the score pack)
    #[arg(long)]
    pack: PathBuf,
    /// Tệp Parquet kết quả: household, b1, b2, class (Parquet file to write)
    #[arg(long)]
    out: PathBuf,
    /// Số luồng (threads)
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

pub fn run(arguments: &ClassifyArguments) -> ExitCode {
    let done = Pack::read(&arguments.pack)
        .and_then(|pack| classify(&arguments.survey, &pack, &arguments.out, arguments.threads).map(|sum| (pack, sum)));
    let (pack, sum) = match done {
        Ok(done) => done,
        Err(fault) => return refused(&fault),
    };
    print!("{}: households={} b1={} b2={}", arguments.out.display(), sum.households, sum.b1, sum.b2);
    for line in &pack.classes {
        print!(" {}={}", line.class, sum.classes.get(&line.code).copied().unwrap_or(0));
    }
    println!(" pack={} ({})", pack.id, pack.status);
    ExitCode::SUCCESS
}
