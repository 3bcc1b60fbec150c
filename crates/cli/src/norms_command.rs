//! `vuon norms check` and `vuon norms show ID --on DAY`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;
use kernel::{Clock, Day};
use norms::Norms;

use crate::machine::{MachineClock, load_norms};
use crate::said::{Unusable, both};

#[derive(Debug, Subcommand)]
pub enum NormsCommand {
    /// Đọc mọi quy định và nói chỗ sai (loads every norm and says what is wrong with any)
    Check,
    /// Giá trị có hiệu lực vào một ngày, kèm điều khoản và độ chắc chắn; bỏ ID thì liệt kê mọi mã (the value in force
    /// on a day; without ID: all ids)
    Show {
        /// Mã quy định, như `review.class_rules` (the id of a norm)
        id: Option<String>,
        /// Ngày, 31/12/2023 hoặc 2023-12-31; bỏ qua là hôm nay (the day; today when left out)
        #[arg(long)]
        on: Option<String>,
    },
}

pub fn run(command: &NormsCommand, folder: Option<&Path>) -> Result<ExitCode> {
    match command {
        NormsCommand::Check => Ok(check(folder)),
        NormsCommand::Show { id: None, .. } => {
            for id in load_norms(folder)?.ids() {
                println!("{id}");
            }
            Ok(ExitCode::SUCCESS)
        }
        NormsCommand::Show { id: Some(id), on } => {
            let day = match on {
                Some(text) => text.parse::<Day>().map_err(|_| {
                    Unusable(both(
                        format!("không đọc được ngày sau --on: {text}. Ghi như 31/12/2023 hoặc 2023-12-31."),
                        format!("--on {text} is no day; write 31/12/2023 or 2023-12-31"),
                    ))
                })?,
                None => MachineClock.today(),
            };
            Ok(show(load_norms(folder)?.as_ref(), id, day))
        }
    }
}

/// Loads everything, the rows of the lists of units too, and says what is wrong.
fn check(folder: Option<&Path>) -> ExitCode {
    let loaded = match folder {
        Some(folder) => Norms::from_dir(folder),
        None => Norms::embedded(),
    };
    let faults = match &loaded {
        Ok(norms) => norms.unit_faults(),
        Err(faults) => faults.clone(),
    };
    for fault in &faults {
        let says = fault.says();
        println!("{}", both(says.vi, says.en));
    }
    match loaded {
        Ok(norms) if faults.is_empty() => {
            let (all, open) = (norms.ids().len(), norms.unconfirmed().len());
            println!(
                "{}",
                both(
                    format!("đã nạp {all} quy định, {open} giá trị chờ xác nhận"),
                    format!("{all} norms loaded, {open} values to be confirmed"),
                )
            );
            ExitCode::SUCCESS
        }
        _ => {
            let n = faults.len();
            println!(
                "{}",
                both(format!("có {n} lỗi; sửa rồi chạy lại"), format!("{n} fault(s); mend them and run again"))
            );
            ExitCode::FAILURE
        }
    }
}

fn show(norms: &Norms, id: &str, day: Day) -> ExitCode {
    match norms.show(id, day) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(gap) => {
            println!("{gap}");
            ExitCode::from(4)
        }
    }
}
