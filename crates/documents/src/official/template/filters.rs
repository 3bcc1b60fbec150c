//! What templates can do to a value besides printing it. Days and numbers are written as Nghị định 30/2020/NĐ-CP writes
//! them.

use kernel::{Day, Points, group_thousands};
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};

/// Dots where a day is not known yet.
const UNKNOWN_DAY: &str = "ngày …… tháng …… năm ………";

pub(super) fn add_to(environment: &mut Environment<'_>) {
    environment.add_filter("day", day);
    environment.add_filter("long_day", long_day);
    environment.add_filter("leading_zero", leading_zero);
    environment.add_filter("grouped", grouped);
    environment.add_filter("points", points);
    environment.add_filter("fill", fill);
    environment.add_filter("mark", mark);
    environment.add_filter("in_two", in_two);
}

/// `2023-11-05` → `05/11/2023`; nothing stays nothing.
fn day(value: &Value) -> Result<String, Error> {
    if is_nothing(value) { Ok(String::new()) } else { Ok(read_day(value)?.to_string()) }
}

/// `2023-11-05` → `ngày 05 tháng 11 năm 2023`. Days below 10 and the months 1 and 2 take a leading zero.
fn long_day(value: &Value) -> Result<String, Error> {
    if is_nothing(value) {
        return Ok(UNKNOWN_DAY.to_owned());
    }
    Ok(in_words(read_day(value)?))
}

/// The same for a sentence that is made elsewhere.
pub fn in_words(day: Day) -> String {
    let month = if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// `5` → `05`; a number that is not given yet leaves a place to write it.
fn leading_zero(value: &Value) -> String {
    if is_nothing(value) {
        return "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}".to_owned();
    }
    match i64::try_from(value.clone()) {
        Ok(number) if (0..10).contains(&number) => format!("0{number}"),
        _ => value.to_string(),
    }
}

/// `1234567` → `1.234.567`.
fn grouped(value: &Value) -> Result<String, Error> {
    if is_nothing(value) {
        return Ok(String::new());
    }
    let number = i64::try_from(value.clone()).map_err(|_| not("một số nguyên", value))?;
    Ok(group_thousands(number))
}

/// Tenths of a point: `1355` → `135,5`.
fn points(value: &Value) -> Result<String, Error> {
    if is_nothing(value) {
        return Ok(String::new());
    }
    let tenths = i32::try_from(value.clone()).map_err(|_| not("số phần mười điểm", value))?;
    Ok(Points(tenths).to_string())
}

/// The value, or a dotted place to write it: up to so many per cent of the line, to its end when not said.
fn fill(value: Value, to: Option<u8>) -> Value {
    if !is_nothing(&value) {
        return value;
    }
    let to = to.map(|to| to.to_string()).unwrap_or_default();
    Value::from_safe_string(format!("[..{to}]"))
}

/// `x` where something holds.
fn mark(value: &Value) -> &'static str {
    if value.is_true() { "x" } else { "" }
}

/// An agency's name as a head writes it: what kind of agency, and below it whose.
fn in_two(value: &str) -> String {
    const UNITS: [&str; 7] = [" xã ", " phường ", " thị trấn ", " huyện ", " thị xã ", " thành phố ", " tỉnh "];
    let lower = value.to_lowercase();
    let at = UNITS.iter().filter_map(|unit| lower.find(unit)).min();
    match at.and_then(|at| Some((value.get(..at)?, value.get(at + 1..)?))) {
        Some((agency, unit)) if lower.len() == value.len() => format!("{agency}\n{unit}"),
        _ => value.to_owned(),
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_none() || value.is_undefined() || (value.kind() == ValueKind::String && value.as_str() == Some(""))
}

fn read_day(value: &Value) -> Result<Day, Error> {
    value.as_str().and_then(Day::from_iso).ok_or_else(|| not("một ngày dạng 2023-12-31", value))
}

fn not(what: &str, value: &Value) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("«{value}» không phải là {what}"))
}
