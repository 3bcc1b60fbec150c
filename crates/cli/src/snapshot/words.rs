//! Snapshots in words, Vietnamese first: what `vuon snapshot` and `vuon replay` print for people. Decides nothing; programs
//! read `--json`. Start with [`Labels`].

use std::sync::Arc;

use kernel::Day;
use kernel::group_thousands as grouped;
use norms::{Label, Norms, Rulebook};
use snapshots::{Act, Difference, Finding, Snapshot};

use crate::said::both;

/// The names that the norms of a snapshot's year give to classes and columns of forms.
pub struct Labels {
    rules: Option<Arc<Rulebook>>,
}

impl Labels {
    /// Without norms in force for that year, ids stand for themselves.
    pub fn of(norms: &Norms, snapshot: &Snapshot) -> Self {
        Self { rules: norms.rulebook(snapshot.year(), &snapshot.province()).ok().map(Arc::new) }
    }

    /// `Hộ nghèo (Poor)`; a household without a class is said to have none.
    pub fn class(&self, id: &str) -> String {
        if id.is_empty() {
            return both("chưa phân loại", "without a class");
        }
        let classes = self.rules.iter().flat_map(|rules| &rules.classes.value.classes);
        classes
            .filter(|class| class.id == id)
            .map(|class| of_label(&class.label))
            .next()
            .unwrap_or_else(|| id.to_owned())
    }

    /// The heading of a column of a form.
    pub fn column(&self, form: &str, id: &str) -> String {
        let forms = self.rules.iter().flat_map(|rules| &rules.forms);
        let columns = forms.filter(|known| known.value.number == form).flat_map(|known| &known.value.columns);
        columns
            .filter(|column| column.id == id)
            .map(|column| column.label.vi.clone())
            .next()
            .unwrap_or_else(|| id.to_owned())
    }

    /// The rule of a class in words.
    pub fn rule(&self, id: &str) -> String {
        let rules = self.rules.iter().flat_map(|rules| &rules.class_rules.value.rules);
        rules.filter(|rule| rule.id == id).map(|rule| rule.says.vi.clone()).next().unwrap_or_else(|| id.to_owned())
    }
}

fn of_label(label: &Label) -> String {
    both(&label.vi, &label.en)
}

pub fn act(act: Act) -> String {
    let (vi, en) = match act {
        Act::ListSent => ("Gửi danh sách lên cấp trên", "list sent"),
        Act::OpinionAsked => ("Xin ý kiến cấp trên về kết quả rà soát", "opinion asked on the results"),
        Act::Recognised => ("Công nhận kết quả rà soát", "results recognised"),
        Act::ReviewApproved => ("Duyệt kết quả rà soát", "review approved"),
        Act::FormsOfficial => ("Chốt biểu chính thức", "forms official"),
        Act::ResultsApproved => ("Phê duyệt kết quả", "results approved"),
        Act::PreliminaryCompiled => ("Tổng hợp kết quả sơ bộ", "preliminary results compiled"),
        Act::ResultsPublished => ("Công bố kết quả chính thức", "results published"),
    };
    both(vi, en)
}

pub(super) fn list_line(snapshot: &Snapshot) -> String {
    let head = &snapshot.manifest.head;
    let households = grouped(snapshot.manifest.counts.all.households);
    format!(
        "{:.12}  {}  {}  {}  {:>9} hộ  {} ({})",
        snapshot.name,
        head.day,
        head.year,
        act(head.act),
        households,
        head.unit,
        head.by_name
    )
}

pub(super) fn print_manifest(snapshot: &Snapshot, labels: &Labels) {
    let manifest = &snapshot.manifest;
    let head = &manifest.head;
    let line = |vi: &str, en: &str, what: String| println!("{}: {what}", both(vi, en));
    line("Mã bản chốt", "name", snapshot.name.clone());
    line(
        "Đơn vị",
        "unit",
        format!("{} ({})", head.unit, both(format!("danh mục ngày {}", head.scope.units_from), "list")),
    );
    line("Năm", "year", head.year.to_string());
    line("Quyết định", "decision", format!("{}, {}, {}", act(head.act), head.day, head.by_name));
    if head.is_sample {
        println!("{}", both("DỮ LIỆU MẪU: không có gì là thật", "SAMPLE DATA: nothing in it is real"));
    }
    let counts = &manifest.counts;
    line("Hộ, khẩu", "households, persons", pair(counts.all.households, counts.all.persons));
    for (class, count) in &counts.classes {
        println!("  {}: {}", labels.class(class), pair(count.households, count.persons));
    }
    if counts.stale > 0 {
        let vi = format!("{} hộ có phân loại đã lưu khác kết quả tính lại", grouped(counts.stale));
        println!("  {}", both(vi, "whose stored class was not what the rules gave on the day"));
    }
    line("Số đơn vị", "units", grouped(as_whole(manifest.units.len())));
    let (rules, day) = (manifest.rules.len(), Day::last_of(head.year));
    line(
        "Quy định",
        "norms",
        both(format!("{rules} quy định của đợt rà soát, có hiệu lực ngày {day}"), "in force on that day"),
    );
    for pack in &manifest.packs {
        line("Bộ điểm", "score pack", format!("{} {:.12}", pack.name, pack.sha256));
    }
    for key in &head.unconfirmed {
        line("Chưa xác nhận", "unconfirmed", key.clone());
    }
    for file in &manifest.files {
        let (rows, bytes) = (file.rows.to_string(), file.bytes.to_string());
        line("Tệp", "file", format!("{:20} {rows:>9} dòng {bytes:>11} byte  {:.12}", file.name, file.sha256));
    }
}

fn pair(households: i64, persons: i64) -> String {
    format!("{} hộ, {} khẩu", grouped(households), grouped(persons))
}

pub fn as_whole(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

pub(super) fn verdict(is_whole: bool) -> String {
    if is_whole { both("nguyên vẹn", "whole") } else { both("KHÔNG CÒN NHƯ LÚC GHI", "NOT AS WRITTEN") }
}

pub(super) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::FolderMissing => both("thư mục của bản chốt không còn", "the folder is gone"),
        Finding::ManifestMissing => both("thiếu manifest.json", "missing"),
        Finding::ManifestChanged => both("manifest.json đã bị thay đổi", "manifest.json was changed"),
        Finding::FileMissing { file } => both(format!("thiếu {file}"), "missing"),
        Finding::FileChanged { file } => both(format!("{file} đã bị thay đổi"), "changed"),
        Finding::FileAdded { file } => both(format!("{file} bị thêm vào"), "added"),
    }
}

/// Snapshots that only the register knows, and folders that it does not know.
pub(super) fn print_apart(lost: &[String], stray: &[String]) {
    for name in lost {
        let what = both(
            "có trong danh mục của kho dữ liệu mà không thư mục nào giữ; lấy lại từ bản sao lưu",
            "the register knows it and no folder holds it: take it from a backup",
        );
        println!("{name:.12}  {what}");
    }
    for name in stray {
        let what = both(
            "có thư mục mà danh mục của kho dữ liệu không biết; không quyết định nào dựa vào nó",
            "a folder the register does not know: no decision stands on it",
        );
        println!("{name:.12}  {what}");
    }
}

/// Differences printed before the rest is only counted.
const SHOWN: usize = 50;

pub(super) fn print_difference(found: &Difference, [first, second]: [&Labels; 2]) {
    let line = |vi: &str, en: &str, many: usize| println!("{}: {}", both(vi, en), grouped(as_whole(many)));
    line("Hộ chỉ có ở bản thứ nhất", "households only in the first", found.only_first.len());
    line("Hộ chỉ có ở bản thứ hai", "households only in the second", found.only_second.len());
    line("Hộ khác phân loại", "households of another class", found.classes.len());
    for change in found.classes.iter().take(SHOWN) {
        let class = |labels: &Labels, class: &Option<String>| labels.class(class.as_deref().unwrap_or_default());
        println!("  {}  {} → {}", change.household, class(first, &change.first), class(second, &change.second));
    }
    line("Hộ cùng phân loại nhưng khác số liệu", "households of other facts", found.facts.len());
    for household in found.facts.iter().take(SHOWN) {
        println!("  {household}");
    }
    for name in &found.around {
        println!("{}", both(format!("Khác: {}", around(name)), format!("not the same: {name}")));
    }
    line("Số khác trong các biểu", "other numbers of the forms", found.numbers);
    for norm in &found.norms {
        println!("{}: {norm}", both("Quy định khác", "other norm"));
    }
    for pack in &found.packs {
        println!("{}: {pack}", both("Bộ điểm khác", "other score pack"));
    }
    if found.units {
        println!("{}", both("Cây đơn vị hành chính khác", "other unit tree"));
    }
}

fn around(name: &str) -> &'static str {
    match name {
        "earlier" => "danh sách các năm trước",
        "events" => "biến động hộ",
        "classes" => "phân loại các năm trước",
        "elsewhere" => "hộ ở danh sách đơn vị khác",
        "villages" => "thôn, tổ dân phố",
        _ => "tổng số hộ, khẩu của thôn",
    }
}
