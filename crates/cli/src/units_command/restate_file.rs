//! A CSV of counts by commune in, a CSV by the units of another day out. What has no unit keeps rows of its own.

use std::fmt::Display;
use std::process::ExitCode;

use anyhow::{Context, Result};
use domain::units::{CountRow, Restated, RestatedRow, Restater, RowOf, UnitKey, restate};
use norms::Level;

use super::{LEFT_OVER, RestateArguments, UNREADABLE, name, open_words, words};
use crate::said::both;

/// Columns that say where a row is counted; every other one is counted.
const PLACES: [&str; 3] = ["commune", "village", "household"];

pub(super) fn run(arguments: &RestateArguments, restater: &Restater<'_>) -> Result<ExitCode> {
    let (columns, rows) = match read(arguments) {
        Ok(read) => read,
        Err(error) => {
            eprintln!("lỗi (error): {error:#}");
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    let told = match restate(restater, &rows, (arguments.on, arguments.to), arguments.level) {
        Ok(told) => told,
        Err(error) => {
            let (vi, _) = words::level(error.level);
            eprintln!(
                "lỗi (error): {}",
                both(
                    format!("ngày {} không có cấp {vi}. Thử --level commune.", error.on),
                    format!("{error}; try --level commune"),
                )
            );
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    write(arguments, restater, &columns, &told)?;
    let sums = |counts: &[i128]| counts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let left = told.left_over();
    let (rows, out) = (rows.len(), told.rows.len());
    println!(
        "{}: {}",
        both(format!("{rows} dòng vào, {out} dòng ra"), format!("{rows} rows in, {out} rows out")),
        sums(&told.total)
    );
    println!("{}: {}", both("chưa xếp được", "not placed"), sums(&left.unplaced));
    println!("{}: {}", both("chưa có quyết định", "unresolved"), sums(&left.unresolved));
    println!("{}: {}", both("không có trong danh mục", "in no list"), sums(&left.not_listed));
    if !told.is_conserved() {
        println!("{}", both("KHÔNG GIỮ ĐỦ", "NOT CONSERVED"));
        return Ok(ExitCode::FAILURE);
    }
    println!("{}: {}", both("giữ đủ", "conserved"), columns.join(", "));
    Ok(ExitCode::from(if told.all_placed() { 0 } else { LEFT_OVER }))
}

fn read(arguments: &RestateArguments) -> Result<(Vec<String>, Vec<CountRow>)> {
    let shown = arguments.data.display();
    let mut reader = csv::Reader::from_path(&arguments.data).with_context(|| reading(&shown))?;
    let header = reader
        .headers()
        .with_context(|| both(format!("khi đọc dòng tiêu đề của {shown}"), format!("reading the header of {shown}")))?
        .clone();
    let place = |wanted: &str| header.iter().position(|column| column.trim() == wanted);
    let commune = place("commune").with_context(|| {
        both(
            format!("{shown} không có cột `commune`. Đặt tên cột mã xã là `commune` rồi chạy lại."),
            format!("{shown} has no column `commune`"),
        )
    })?;
    let (village, household) = (place("village"), place("household"));
    let counted: Vec<(usize, String)> = header
        .iter()
        .enumerate()
        .filter(|(_, column)| !PLACES.contains(&column.trim()))
        .map(|(at, column)| (at, column.trim().to_owned()))
        .collect();
    let mut rows = Vec::new();
    for (record, line) in reader.records().zip(2u64..) {
        let record = record.with_context(|| row_words(&shown, line))?;
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        let id = |at: Option<usize>| at.map(cell).filter(|text| !text.is_empty());
        let counts = counted.iter().map(|(at, column)| {
            let text = cell(*at);
            text.parse().with_context(|| {
                both(
                    format!("{shown}, dòng {line}, cột {column}: `{text}` không phải là số nguyên"),
                    format!("{shown}, row {line}, {column}: `{text}` is no whole number"),
                )
            })
        });
        rows.push(CountRow {
            commune: cell(commune).to_owned(),
            village: id(village).map(str::parse).transpose().with_context(|| id_words(&shown, line, "village"))?,
            household: id(household)
                .map(str::parse)
                .transpose()
                .with_context(|| id_words(&shown, line, "household"))?,
            counts: counts.collect::<Result<_>>()?,
        });
    }
    Ok((counted.into_iter().map(|(_, column)| column).collect(), rows))
}

fn reading(shown: &impl Display) -> String {
    both(format!("khi đọc {shown}"), format!("reading {shown}"))
}

fn row_words(shown: &impl Display, line: u64) -> String {
    both(format!("{shown}, dòng {line} không đọc được"), format!("{shown}, row {line}"))
}

fn id_words(shown: &impl Display, line: u64, column: &str) -> String {
    both(
        format!("{shown}, dòng {line}, cột {column} phải là mã số trong sổ"),
        format!("{shown}, row {line}, {column} must be an id of the register"),
    )
}

fn write(arguments: &RestateArguments, restater: &Restater<'_>, columns: &[String], told: &Restated) -> Result<()> {
    let shown = arguments.out.display();
    let mut writer = csv::Writer::from_path(&arguments.out).with_context(|| writing(&shown))?;
    let head = ["row", "level", "code", "valid_from", "name", "why"].into_iter().map(str::to_owned);
    writer.write_record(head.chain(columns.iter().cloned())).with_context(|| writing(&shown))?;
    for row in &told.rows {
        let counts = row.counts.iter().map(ToString::to_string);
        let cells = cells(restater, row).into_iter().chain(counts);
        writer.write_record(cells).with_context(|| writing(&shown))?;
    }
    writer.flush().with_context(|| writing(&shown))
}

fn writing(shown: &impl Display) -> String {
    both(format!("khi ghi {shown}"), format!("writing {shown}"))
}

fn cells(restater: &Restater<'_>, row: &RestatedRow) -> [String; 6] {
    let of = |kind: &str, key: &UnitKey, why: String| {
        let level = Level::from(key.level).id().to_owned();
        [kind.to_owned(), level, key.code.clone(), key.from.iso(), name(restater, key), why]
    };
    match &row.of {
        RowOf::Unit(key) => of("unit", key, String::new()),
        RowOf::Unplaced { old, among } => {
            let among: Vec<&str> = among.iter().map(|key| key.code.as_str()).collect();
            of("unplaced", old, both(format!("thuộc một trong {}", among.join(" ")), "in one of them"))
        }
        RowOf::Unresolved { old, open } => of("unresolved", old, open_words(restater, open)),
        RowOf::NotListed { code } => {
            let why = both("không phải xã của ngày đó", "no commune of the day");
            ["not_listed".to_owned(), "commune".to_owned(), code.clone(), String::new(), String::new(), why]
        }
    }
}
