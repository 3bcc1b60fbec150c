//! `vuon replay SNAPSHOT`: runs the rules over a snapshot again and holds every class and number beside what was frozen.
//! Needs the files and the norms, no database.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use serde_json::json;
use snapshots::{ClassDifference, Finding, NormChange, Replay, ReplayFault, verify};

use crate::machine::load_norms;
use crate::said::both;
use crate::snapshot::{Labels, Where, print_json, refused};

/// The exit code of a replay that came out otherwise.
const DIFFERENT: u8 = 3;
/// Differences printed before the rest is only counted.
const SHOWN: usize = 50;

#[derive(Debug, Args)]
pub struct ReplayArguments {
    /// Thư mục, mã, hoặc mấy chữ đầu của mã (a snapshot's folder, its name, or the first letters of it)
    snapshot: String,
    #[command(flatten)]
    at: Where,
}

pub fn run(arguments: &ReplayArguments, norms: Option<&Path>) -> Result<ExitCode> {
    let snapshot = match arguments.at.open(&arguments.snapshot) {
        Ok(snapshot) => snapshot,
        Err(fault) => return Ok(refused(&fault)),
    };
    let findings = match verify(snapshot.folder()) {
        Ok(findings) => findings,
        Err(fault) => return Ok(refused(&fault)),
    };
    if !findings.is_empty() {
        return Ok(damaged(&findings, arguments.at.json));
    }
    let norms = load_norms(norms)?;
    let found = match snapshots::replay(&snapshot, &norms) {
        Ok(found) => found,
        Err(ReplayFault::Snapshot(fault)) => return Ok(refused(&fault)),
        Err(ReplayFault::Gap(gap)) => return Err(anyhow::Error::from(gap).context(unjudged(snapshot.year()))),
    };
    if arguments.at.json {
        print_json(&json!({ "name": snapshot.name, "equal": found.is_equal(), "replay": found }));
    } else {
        print(&found, &Labels::of(&norms, &snapshot));
    }
    Ok(if found.is_equal() { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

fn damaged(findings: &[Finding], as_json: bool) -> ExitCode {
    if as_json {
        print_json(&json!({ "equal": false, "findings": findings }));
    } else {
        eprintln!(
            "lỗi (error): {}",
            both(
                "bản chốt không còn như lúc ghi. Xem chỗ bị thay đổi bằng `vuon snapshot verify`, rồi lấy lại từ bản sao lưu.",
                "the snapshot is not as it was written; `vuon snapshot verify` says what was changed; SNP-004",
            )
        );
    }
    ExitCode::from(DIFFERENT)
}

fn unjudged(year: i16) -> String {
    both(
        format!("quy định đang dùng không có hiệu lực cho năm {year}. Chỉ thư mục quy định khác bằng --norms."),
        format!("the loaded norms cannot judge {year}"),
    )
}

fn print(found: &Replay, labels: &Labels) {
    for change in &found.norms {
        println!("{}", norm_words(change));
    }
    if found.units_changed {
        println!(
            "{}",
            both("danh mục đơn vị của ngày đó nay đã khác", "the list of units of that day says something else now")
        );
    }
    for apart in found.classes.iter().take(SHOWN) {
        println!("{}", class_words(apart, labels));
    }
    for apart in found.numbers.iter().take(SHOWN) {
        let column = labels.column(&apart.form, &apart.column);
        println!("biểu {} {} «{column}»: {}", apart.form, apart.row, then_now(&apart.frozen, &apart.now));
    }
    let (classes, numbers) = (found.classes.len(), found.numbers.len());
    let (vi, en) = if found.is_equal() { ("GIỐNG HỆT", "equal") } else { ("KHÁC", "NOT EQUAL") };
    let (households, cells) = (found.households, found.cells);
    println!(
        "{}",
        both(
            format!("{vi}: {households} hộ, khác {classes}; {cells} số của các biểu, khác {numbers}"),
            format!("{en}: {households} households, {classes} differ; {cells} numbers of the forms, {numbers} differ"),
        )
    );
}

fn norm_words(change: &NormChange) -> String {
    match change {
        NormChange::Changed { norm, from } => {
            both(format!("quy định {norm} nay đã khác so với khi chốt"), format!("norm changed: version of {from}"))
        }
        NormChange::Gone { norm } => both(format!("quy định {norm} nay không còn"), "norm gone"),
        NormChange::Added { norm } => both(format!("quy định {norm} khi chốt chưa có"), "norm added"),
    }
}

/// `khi chốt Hộ nghèo (Poor), nay …`
fn then_now(then: &str, now: &str) -> String {
    let said = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    format!("khi chốt {}, nay {}", said(then), said(now))
}

fn class_words(apart: &ClassDifference, labels: &Labels) -> String {
    let (frozen, now) = (apart.frozen.as_str(), apart.now.as_str());
    let said = match apart.what {
        "class" => format!("{}: {}", both("phân loại", "class"), then_now(&labels.class(frozen), &labels.class(now))),
        "rule" => format!("{}: {}", both("theo quy tắc", "rule"), then_now(&labels.rule(frozen), &labels.rule(now))),
        "b1" => format!("{}: {}", both("điểm B1", "B1"), then_now(frozen, now)),
        _ => format!("{}: {}", both("các thiếu hụt", "marks"), then_now(frozen, now)),
    };
    format!("{}  {said}", apart.household)
}
