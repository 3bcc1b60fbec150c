//! `vuon replay SNAPSHOT`: runs the rules over a snapshot again and holds every class and number beside what was frozen.
//! Needs the files and the norms, no database.

mod told;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use serde_json::json;
use snapshots::{
    CellDifference, ClassDifference, FigureDifference, Finding, Judged, NormChange, Replay, ReplayFault, verify,
};

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
    /// Kể lại theo đơn vị của ngày khác, ví dụ commune@2025-07-01 (tells the frozen list by the units of another day)
    #[arg(long)]
    by: Option<String>,
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
    if let Some(by) = &arguments.by {
        return told::run(&snapshot, &norms, by, arguments.at.json);
    }
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
    if !found.by_frozen_norms {
        println!(
            "{}",
            both(
                "bản chốt này có từ trước khi giữ kèm quy định: tính lại theo quy định đang dùng",
                "from before norms were kept along: judged by the loaded ones",
            )
        );
    }
    if found.units_changed {
        println!(
            "{}",
            both("danh mục đơn vị của ngày đó nay đã khác", "the list of units of that day says something else now")
        );
    }
    print_apart((&found.classes, &found.numbers, &found.figures), labels);
    let (vi, en) = if found.is_equal() { ("GIỐNG HỆT", "equal") } else { ("KHÁC", "NOT EQUAL") };
    let (households, cells) = (found.households, found.cells);
    let (classes, numbers, figures) = (found.classes.len(), found.numbers.len(), found.figures.len());
    println!(
        "{}",
        both(
            format!(
                "{vi}: {households} hộ, khác {classes}; {cells} số của các biểu, khác {numbers}; thước đo nghèo khác ở {figures} xã"
            ),
            format!(
                "{en}: {households} households, {classes} differ; {cells} numbers of the forms, {numbers} differ; \
                 poverty figures of {figures} communes differ"
            ),
        )
    );
    found.norms.iter().for_each(|change| println!("{}", norm_words(change)));
    if let Some(judged) = &found.by_loaded_norms {
        print_loaded(judged, labels);
    }
}

/// What the loaded norms make of the same facts; it does not count against the snapshot.
fn print_loaded(judged: &Judged, labels: &Labels) {
    if let Some(gap) = &judged.gap {
        println!("{}", both("quy định đang dùng không có hiệu lực cho năm đó", gap));
        return;
    }
    let (classes, numbers, figures) = (judged.classes.len(), judged.numbers.len(), judged.figures.len());
    println!(
        "{}",
        both(
            format!(
                "theo quy định đang dùng: {classes} chỗ khác về phân loại, {numbers} số của các biểu khác, thước đo nghèo khác ở {figures} xã"
            ),
            "by the loaded norms",
        )
    );
    print_apart((&judged.classes, &judged.numbers, &judged.figures), labels);
}

type Apart<'a> = (&'a [ClassDifference], &'a [CellDifference], &'a [FigureDifference]);

fn print_apart((classes, numbers, figures): Apart<'_>, labels: &Labels) {
    for apart in classes.iter().take(SHOWN) {
        println!("{}", class_words(apart, labels));
    }
    for apart in numbers.iter().take(SHOWN) {
        let column = labels.column(&apart.form, &apart.column);
        println!("biểu {} {} «{column}»: {}", apart.form, apart.row, then_now(&apart.frozen, &apart.now));
    }
    for apart in figures.iter().take(SHOWN) {
        let (commune, kinds) = (&apart.commune, apart.kinds);
        println!("{}", both(format!("xã {commune}: {kinds} nhóm hộ khác"), "poverty figures"));
    }
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
