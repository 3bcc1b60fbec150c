//! The lines of `vuon units`, Vietnamese first. Only says; decides nothing.

use domain::units::{Conserved, CrosswalkCount, Lineage, ScopeLevel, StepCount, Why};
use norms::{DatedUnits, Level};

use crate::said::both;

/// The name of a level in both languages.
pub(super) fn level(level: ScopeLevel) -> (&'static str, &'static str) {
    match level {
        ScopeLevel::Province => ("tỉnh", "province"),
        ScopeLevel::District => ("huyện", "district"),
        ScopeLevel::Commune => ("xã", "commune"),
    }
}

pub(super) fn lineage(found: &Lineage) -> String {
    match found {
        Lineage::SameUnit(_) => both("vẫn là đơn vị đó", found.id()),
        Lineage::Whole(_) => both("nhập toàn bộ vào", found.id()),
        Lineage::Divided(_) => both("chia vào nhiều đơn vị", found.id()),
        Lineage::Unresolved { .. } => both("chưa có quyết định", found.id()),
    }
}

/// Why it is not known what became of a unit.
pub(super) fn why(why: Why) -> (&'static str, &'static str) {
    let vi = match why {
        Why::Gone => "không còn trong danh mục sau",
        Why::Renamed => "mã này mang tên khác ở danh mục sau",
        Why::NoRow => "bảng chuyển đổi không có dòng nào",
        Why::LevelEnded => "cấp này không còn",
        Why::CommunesOpen => "có xã chưa có quyết định",
        Why::NoOrigin => "chưa rõ từ đơn vị nào",
    };
    (vi, why.id())
}

pub(super) fn list_line(list: &DatedUnits) -> String {
    let count = |level| list.list().iter().filter(|unit| unit.level == level).count();
    let (provinces, districts, communes) = (count(Level::Province), count(Level::District), count(Level::Commune));
    both(
        format!("danh mục ngày {}: {provinces} tỉnh, {districts} huyện, {communes} xã", list.from),
        format!("list of {}: {provinces} provinces, {districts} districts, {communes} communes", list.from),
    )
}

pub(super) fn crosswalk_line(rows: &CrosswalkCount) -> String {
    let CrosswalkCount { whole_rows, divided, parts, without_old, not_listed, without_row, first_list_without_row } =
        rows;
    both(
        format!(
            "bảng chuyển đổi: {whole_rows} xã nhập toàn bộ, {divided} xã chia làm {parts} phần; {without_old} dòng không có mã cũ, \
             {not_listed} mã cũ không có trong danh mục, {without_row} xã không có dòng nào, {first_list_without_row} xã của danh mục đầu không có dòng nào"
        ),
        format!(
            "crosswalk: {whole_rows} whole, {divided} divided into {parts} parts; {without_old} rows without an old code, \
             {not_listed} old codes in no list, {without_row} communes without a row, {first_list_without_row} of the first list without a row"
        ),
    )
}

pub(super) fn step_line(step: &StepCount) -> String {
    let StepCount { from, to, communes, same, whole, divided, parts, unknown, without_origin } = step;
    let listed = |words: &dyn Fn(Why) -> &'static str| {
        unknown.iter().map(|(why, many)| format!("{many} {}", words(*why))).collect::<Vec<_>>().join(", ")
    };
    let (mut vi, mut en) = (listed(&|of| why(of).0), listed(&|of| why(of).1));
    if unknown.is_empty() {
        (vi, en) = ("không có".to_owned(), "none".to_owned());
    }
    both(
        format!(
            "{from} → {to}: {communes} xã: {same} giữ nguyên, {whole} nhập toàn bộ, {divided} chia làm {parts} phần; \
             chưa có quyết định: {vi}; {without_origin} xã mới chưa rõ nguồn"
        ),
        format!(
            "{communes} communes: {same} same, {whole} whole, {divided} divided into {parts} parts, unresolved: {en}; \
             {without_origin} new ones without origin"
        ),
    )
}

pub(super) fn conserved_line(told: &Conserved) -> String {
    let Conserved { from, to, communes, placed, unplaced, unresolved, holds, .. } = told;
    let (vi, en) = level(told.level);
    let (kept, kept_en) = if *holds { ("giữ đủ", "conserved") } else { ("KHÔNG GIỮ ĐỦ", "NOT CONSERVED") };
    both(
        format!(
            "{from} → {to} theo {vi}: {communes} = {placed} đã xếp + {unplaced} chưa xếp + {unresolved} chưa có quyết định: {kept}"
        ),
        format!("by {en}: {kept_en}"),
    )
}
