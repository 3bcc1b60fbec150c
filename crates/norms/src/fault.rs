//! Why a file of `norms/` was not taken: what is wrong, why it matters, what to do, under a stable code.
//! The codes are listed in [`CODES`]; a code is never given a second meaning.

use crate::Label;

/// Every code with what it stands for, for the manual and for `vuon norms check`.
pub const CODES: &[(&str, &str, &str)] = &[
    ("NRM-001", "Tệp không đọc được theo đúng hình dạng", "The file does not have the right shape"),
    ("NRM-002", "Mã định danh không khớp với đường dẫn", "The id does not match the path"),
    ("NRM-003", "Loại giá trị không biết", "The kind is not known"),
    ("NRM-004", "Không có phiên bản nào", "There is no version"),
    ("NRM-005", "Thiếu trích dẫn", "The citation is missing"),
    ("NRM-006", "Nguồn không có trong sources.yaml", "The source is not in sources.yaml"),
    ("NRM-007", "Thời gian của các phiên bản chồng nhau", "Versions overlap in time"),
    ("NRM-008", "Giá trị và dấu không khớp", "The value and its mark contradict each other"),
    ("NRM-009", "Nhắc đến mục không có", "Something is referred to that does not exist"),
    ("NRM-010", "Trùng mã", "The same id stands twice"),
    ("NRM-011", "Con số ngoài phạm vi", "A number is out of range"),
    ("NRM-012", "Thiếu tệp bắt buộc", "A required file is missing"),
    ("NRM-013", "Không mở được tệp hoặc thư mục", "A file or folder cannot be opened"),
    ("NRM-014", "Danh mục đơn vị hành chính có lỗi", "A list of administrative units is faulty"),
    ("NRM-015", "Bộ điểm thiếu điểm của một cột", "A score pack lacks points for a column"),
    ("NRM-016", "Bộ điểm không chấm được mọi hộ", "A score pack cannot score every household"),
    ("NRM-017", "Trường hợp mẫu có lỗi", "A worked case is faulty"),
    ("NRM-018", "Điều kiện không hỏi được", "A condition cannot be asked"),
];

/// One reason for refusing a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormFault {
    /// `NRM-005`.
    pub code: &'static str,
    /// Below `norms/`: `review/class_rules.yaml`.
    pub file: String,
    /// The norm or the item inside it.
    pub id: Option<String>,
    pub what: Label,
    pub why: Label,
    pub next: Label,
}

impl NormFault {
    /// The whole sentence in both languages.
    pub fn says(&self) -> Label {
        let place = match &self.id {
            Some(id) => format!("{} ({id})", self.file),
            None => self.file.clone(),
        };
        let join = |what: &str, why: &str, next: &str| format!("{} {place}: {what} {why} {next}", self.code);
        Label {
            vi: join(&self.what.vi, &self.why.vi, &self.next.vi),
            en: join(&self.what.en, &self.why.en, &self.next.en),
        }
    }

    pub(crate) fn new(code: &'static str, file: &str, what: Label) -> Self {
        let (why, next) = if code == "NRM-018" { condition_reasons() } else { reasons(code) };
        Self { code, file: file.to_owned(), id: None, what, why, next }
    }

    pub(crate) fn at(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl std::fmt::Display for NormFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.says().vi)
    }
}

impl std::error::Error for NormFault {}

/// A text in both languages.
pub(crate) fn words(vi: impl Into<String>, en: impl Into<String>) -> Label {
    Label { vi: vi.into(), en: en.into() }
}

/// Why a condition that cannot be asked matters.
fn condition_reasons() -> (Label, Label) {
    let why = words(
        "Điều kiện sai sẽ đếm sai hoặc nhận sai người.",
        "A wrong condition counts wrongly or takes the wrong people.",
    );
    let next = words(
        "Sửa điều kiện theo docs/adding-a-norm.md; vị trí tính theo ký tự.",
        "Mend the condition as docs/adding-a-norm.md says; positions count signs.",
    );
    (why, next)
}

/// Why a fault of this kind matters, and what to do about it.
fn reasons(code: &str) -> (Label, Label) {
    let (why, next) = match code {
        "NRM-001" => (
            (
                "Tệp sai hình dạng không được dùng, kể cả khi chỉ thừa một mục.",
                "A misshapen file is not used, not even with one field too many.",
            ),
            ("So với docs/adding-a-norm.md rồi sửa tệp.", "Compare with docs/adding-a-norm.md and mend the file."),
        ),
        "NRM-002" => (
            (
                "Mã định danh là đường dẫn của tệp, để ai cũng tìm được.",
                "The id is the path of the file, so that anybody finds it.",
            ),
            ("Sửa id hoặc đổi tên tệp.", "Change the id or rename the file."),
        ),
        "NRM-003" => (
            ("Chương trình không biết đọc loại giá trị này.", "The program has no way to read this kind."),
            (
                "Dùng một trong các loại ghi ở docs/adding-a-norm.md.",
                "Use one of the kinds named in docs/adding-a-norm.md.",
            ),
        ),
        "NRM-004" => (
            ("Không có gì để áp dụng vào ngày nào.", "Nothing can be in force on any day."),
            ("Thêm ít nhất một phiên bản có ngày bắt đầu.", "Add at least one version with its first day."),
        ),
        "NRM-005" => (
            ("Giá trị pháp luật phải nêu nơi đã đọc.", "A value of law has to say where it was read."),
            (
                "Thêm citation, hoặc ghi mark: memory nếu chưa đọc được.",
                "Add a citation, or mark: memory when it was not read.",
            ),
        ),
        "NRM-006" => (
            ("Người đọc không tra được nguồn.", "Nobody could look the source up."),
            (
                "Thêm nguồn vào norms/sources.yaml hoặc sửa khoá.",
                "Add the source to norms/sources.yaml or correct the key.",
            ),
        ),
        "NRM-007" => (
            ("Mỗi ngày chỉ có một phiên bản có hiệu lực.", "Only one version is in force on a day."),
            (
                "Ghi ngày kết thúc (to) trước ngày bắt đầu của phiên bản sau.",
                "End a version (to) before the next begins.",
            ),
        ),
        "NRM-008" => (
            (
                "Dấu missing nghĩa là chưa có giá trị; mọi dấu khác phải có.",
                "The mark missing means that there is no value; any other needs one.",
            ),
            (
                "Bỏ hoặc thêm value; với missing, ghi note bằng lời.",
                "Drop or add the value; with missing, say in a note what has to be found.",
            ),
        ),
        "NRM-009" => (
            ("Quy tắc trỏ vào chỗ trống sẽ đếm sai.", "A rule that points nowhere would count wrongly."),
            ("Sửa tên, hoặc thêm mục đó vào tệp của nó.", "Correct the name, or add the item to its own file."),
        ),
        "NRM-010" => (
            ("Hai mục cùng mã thì không phân biệt được.", "Two items of one id cannot be told apart."),
            ("Đổi một trong hai.", "Rename one of the two."),
        ),
        "NRM-011" => (
            ("Chương trình không tính được với con số này.", "The program cannot count with this number."),
            ("Sửa con số.", "Correct the number."),
        ),
        "NRM-012" => (
            ("Không có tệp này thì không rà soát được.", "Without the file no review can be held."),
            ("Chép lại tệp từ bản phát hành.", "Copy the file from the release."),
        ),
        "NRM-013" => (
            ("Không đọc được nội dung.", "Its content cannot be read."),
            ("Kiểm tra đường dẫn và quyền đọc.", "Check the path and the right to read it."),
        ),
        "NRM-014" => (
            (
                "Mã đơn vị sai làm hộ rơi ra ngoài mọi phạm vi.",
                "A wrong unit code puts households outside every scope.",
            ),
            ("Sửa dòng đó trong danh mục.", "Correct that row of the list."),
        ),
        "NRM-015" | "NRM-016" => (
            (
                "Mọi hộ trong phạm vi phải chấm được bằng bộ điểm.",
                "A pack has to score every household it is meant for.",
            ),
            (
                "Bổ sung bộ điểm theo docs/manual/score-packs.md.",
                "Complete the pack as docs/manual/score-packs.md says.",
            ),
        ),
        _ => (
            ("Trường hợp mẫu sai không kiểm được quy tắc.", "A faulty case cannot test a rule."),
            ("Sửa trường hợp theo docs/adding-a-norm.md.", "Mend the case as docs/adding-a-norm.md says."),
        ),
    };
    (words(why.0, why.1), words(next.0, next.1))
}
