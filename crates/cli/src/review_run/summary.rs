//! `summary.json`: counts and faults with stable keys, and everything else worth saying under `notes`.

use std::path::Path;

use anyhow::{Context, Result};
use documents::ReadProblem;
use domain::review::list::{Fault, FaultLevel, ReadList};
use norms::Rulebook;
use serde_json::{Map, Value, json};

/// Writes the summary beside the papers.
/// `wider` are communes that have totals but no household on the list.
pub fn write(
    read: &ReadList,
    rules: &Rulebook,
    (previous, wider): (Option<&ReadList>, &[String]),
    out: &Path,
) -> Result<()> {
    let (listed, noted): (Vec<&Fault>, Vec<&Fault>) =
        read.faults.iter().partition(|f| f.kind.is_in_summary() && f.sheet == 1);
    let aside: Vec<_> = read.aside().collect();
    let summary = json!({
        "rows": read.rows,
        "households": read.stored().count(),
        "persons": read.stored().map(|h| h.members.len()).sum::<usize>(),
        "aside": {
            "households": aside.len(),
            "rows": aside.iter().map(|h| h.members.len()).sum::<usize>(),
        },
        "classes": classes(read, rules),
        "escaped": read.escaped_rows,
        "faults": listed.into_iter().map(fault).collect::<Vec<_>>(),
        "notes": {
            "faults": noted.into_iter().map(fault).collect::<Vec<_>>(),
            "unclassified": read.stored().filter(|h| h.class_computed.is_none()).count(),
            "has_marks": read.has_marks,
            "escaped_aside": read.escaped.iter().filter(|e| e.household.rejected).count(),
            "population_without_list": wider,
            "rates": super::population::note(wider),
            "previous": previous.map(|p| json!({
                "households": p.stored().count(),
                "aside": p.aside().count(),
            })),
        },
    });
    let path = out.join("summary.json");
    let text = serde_json::to_string_pretty(&summary)?;
    std::fs::write(&path, text).with_context(|| {
        crate::said::both(format!("khi ghi tệp {}", path.display()), format!("writing {}", path.display()))
    })
}

/// Every class that the rules can give, with how many stored households have it.
fn classes(read: &ReadList, rules: &Rulebook) -> Value {
    let mut counts = Map::new();
    for rule in &rules.class_rules.value.rules {
        let count = read.stored().filter(|h| h.class_computed.as_ref() == Some(&rule.class)).count();
        counts.insert(rule.class.clone(), json!(count));
    }
    Value::Object(counts)
}

fn fault(fault: &Fault) -> Value {
    let level = match fault.level() {
        FaultLevel::Warn => "warn",
        FaultLevel::Reject => "reject",
    };
    json!({ "sheet": fault.sheet, "row": fault.row, "column": fault.column, "kind": fault.kind.id(), "level": level })
}

/// Why a file could not be opened, and what to do.
pub fn file_words(problem: &ReadProblem) -> String {
    let code = problem.code();
    match problem {
        ReadProblem::Empty => format!("[{code}] tệp rỗng. Lưu lại bảng tính rồi chạy lại."),
        ReadProblem::NotASpreadsheet { why } => {
            format!("[{code}] không mở được như bảng tính ({why}). Lưu tệp thành .xlsx, .ods hoặc .csv rồi chạy lại.")
        }
        ReadProblem::NotADocument { why } => format!("[{code}] tệp không phải danh sách ({why}). Chọn bảng tính."),
        ReadProblem::TooLarge => format!("[{code}] tệp quá lớn. Chia nhỏ theo huyện rồi chạy lại."),
        ReadProblem::Protected => format!("[{code}] bảng tính có mật khẩu. Gỡ mật khẩu, lưu lại rồi chạy lại."),
    }
}
