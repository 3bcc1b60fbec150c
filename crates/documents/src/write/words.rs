//! Vietnamese sentences for what stands on papers: faults, gaps, checks, rows.

use domain::review::form::{Gap, NOT_LISTED, Outcome, RowKey, UNPLACED, UNRESOLVED};
use domain::review::list::{Fault, FaultKind};
use kernel::group_thousands;
use norms::Area;

/// What is wrong with a cell, why, and what to do.
pub fn fault_words(fault: &Fault) -> String {
    let (value, against) = (&fault.value, &fault.against);
    match fault.kind {
        FaultKind::BadDate => format!(
            "Ngày «{value}» không có trong lịch hoặc không đọc được. Ghi lại theo dạng 05/09/1985, hoặc chỉ ghi năm sinh."
        ),
        FaultKind::Future => {
            format!("Ngày sinh «{value}» sau ngày {against}, ngày cuối của năm rà soát. Sửa lại ngày sinh.")
        }
        FaultKind::CommuneUnknown => {
            format!("Mã xã «{value}» không có trong danh mục đơn vị hành chính. Ghi đúng mã xã 5 chữ số.")
        }
        FaultKind::B2Step => format!(
            "Điểm B2 «{value}» phải là bội số điểm của một chỉ số, từ 0 đến {against}. Cộng lại số chỉ số thiếu hụt."
        ),
        FaultKind::SexMissing => "Chưa ghi giới tính (Nam hoặc Nữ). Bổ sung khi có giấy tờ.".to_owned(),
        FaultKind::YearOnly => {
            format!("Chỉ có năm sinh {value}; được lưu đúng như vậy. Bổ sung ngày, tháng khi có giấy tờ.")
        }
        FaultKind::ClassWrong => format!(
            "Phân loại ghi «{value}» nhưng tính theo điểm là «{against}». Cả hai đều được giữ; kiểm tra lại điểm hoặc quyết định."
        ),
        FaultKind::IdOld => format!("«{value}» là số chứng minh nhân dân cũ. Đề nghị bổ sung số căn cước công dân."),
        FaultKind::IdShort => format!(
            "Số giấy tờ «{value}» không đủ 12 chữ số (căn cước) hay 9 chữ số (chứng minh). Kiểm tra lại giấy tờ gốc."
        ),
        FaultKind::DupId => format!("Số giấy tờ «{value}» đã có ở dòng {against}. Kiểm tra xem dòng nào ghi nhầm."),
        FaultKind::IdSex => format!(
            "Chữ số thứ tư của «{value}» không khớp giới tính hoặc thế kỷ sinh. Kiểm tra số giấy tờ, giới tính, năm sinh."
        ),
        FaultKind::IdYear => {
            format!("Hai chữ số năm trong «{value}» không khớp năm sinh. Kiểm tra số giấy tờ hoặc năm sinh.")
        }
        FaultKind::NameMissing => "Chưa ghi họ và tên. Ghi tên người này.".to_owned(),
        FaultKind::NoHousehold => {
            "Dòng này đứng trước mọi hộ (chưa có số thứ tự). Ghi số thứ tự ở dòng chủ hộ.".to_owned()
        }
        FaultKind::B1Unreadable => format!("Không đọc được điểm B1 «{value}». Ghi bằng số, ví dụ 135 hoặc 135,0."),
        FaultKind::ScoreMissing => {
            "Chưa có điểm B1 nên chưa phân loại được hộ. Nhập điểm hoặc chấm phiếu B1.".to_owned()
        }
        FaultKind::BirthMissing => "Chưa ghi ngày sinh. Bổ sung khi có giấy tờ.".to_owned(),
        FaultKind::ClassUnreadable => {
            format!("Không hiểu phân loại «{value}»; hộ được phân loại theo điểm. Ghi N, CN hoặc KN.")
        }
        FaultKind::EthnicityUnknown => {
            format!("Mã dân tộc «{value}» không có trong {against}. Ghi mã hoặc tên dân tộc.")
        }
        FaultKind::DecisionDayUnreadable => {
            format!("Không đọc được ngày quyết định «{value}». Ghi theo dạng 14/12/2023.")
        }
        FaultKind::VillageMissing => "Chưa ghi thôn, tổ dân phố; hộ được xếp vào «Chưa rõ thôn».".to_owned(),
        FaultKind::OutsideScope => {
            format!("Xã «{value}» nằm ngoài địa bàn được giao. Bỏ các dòng này hoặc chuyển cho đơn vị phụ trách.")
        }
        FaultKind::AreaUnknown => format!(
            "Chưa có quy định xếp xã «{value}» vào thành thị hay nông thôn nên chưa phân loại được hộ. Bổ sung loại đơn vị \
             vào quy định «Khu vực thành thị và nông thôn»."
        ),
        FaultKind::AddressUnplaced => format!(
            "Không xác định được xã từ địa chỉ «{value}». Ghi theo dạng «Thôn 5, Xã Quang Diệm, Huyện Hương Sơn»."
        ),
    }
}

/// What keeps a number from being printed.
pub fn gap_words(gap: Gap) -> String {
    let n = group_thousands;
    match gap {
        Gap::Population { villages } => format!("{} thôn, tổ dân phố chưa nhập tổng số hộ và nhân khẩu", n(villages)),
        Gap::PreviousList => "chưa có danh sách năm trước".to_owned(),
        Gap::Marks { households } => format!("{} hộ chưa đủ các dấu thiếu hụt", n(households)),
        Gap::Unclassified { households } => format!("{} hộ chưa phân loại được", n(households)),
        Gap::Vanished { households } => {
            format!("{} hộ của danh sách năm trước không có trong năm nay và chưa ghi nhận lý do", n(households))
        }
        Gap::NoMovement { households } => format!("{} hộ có thay đổi không thuộc diễn biến nào của mẫu", n(households)),
        Gap::Ages { households } => format!("{} hộ có người chưa rõ tuổi", n(households)),
        Gap::Area => "có xã chưa được quy định là thành thị hay nông thôn".to_owned(),
        Gap::NoList => "chưa có danh sách của năm".to_owned(),
        Gap::Unlisted { communes } => format!("{} xã, phường, thị trấn chưa có danh sách của năm", n(communes)),
        Gap::UnlistedBefore { communes } => {
            format!("{} xã, phường, thị trấn chưa có danh sách năm trước", n(communes))
        }
    }
}

/// The result of a check: the word, and what explains it.
pub fn outcome_words(outcome: &Outcome) -> (&'static str, String) {
    match outcome {
        Outcome::Passed => ("đạt", String::new()),
        Outcome::NotEnough(gaps) => {
            ("chưa đủ dữ liệu", gaps.iter().map(|g| gap_words(*g)).collect::<Vec<_>>().join("; "))
        }
        Outcome::Failed(mismatches) => {
            let first = mismatches.first().map(|m| {
                let place = m.row.as_ref().map(row_words).unwrap_or_default();
                format!("{place} phải là {}, đang là {}", m.expected.vi, m.found.vi).trim().to_owned()
            });
            let more = mismatches.len().saturating_sub(1);
            let tail = if more > 0 { format!(" (và {more} chỗ khác)") } else { String::new() };
            ("không đạt", first.unwrap_or_default() + &tail)
        }
    }
}

pub fn area_words(area: Area) -> &'static str {
    match area {
        Area::Urban => "Khu vực thành thị",
        Area::Rural => "Khu vực nông thôn",
    }
}

/// The name of a row for what lies in no unit of the day it is told by.
pub fn left_over_words(key: &str) -> Option<&'static str> {
    match key {
        UNPLACED => Some("Chưa xếp được"),
        UNRESOLVED => Some("Chưa có quyết định"),
        NOT_LISTED => Some("Không có trong danh mục"),
        _ => None,
    }
}

pub fn row_words(row: &RowKey) -> String {
    match row {
        RowKey::Area(area) => area_words(*area).to_owned(),
        RowKey::Unit { key, .. } if left_over_words(key).is_some() => {
            left_over_words(key).unwrap_or_default().to_owned()
        }
        RowKey::Unit { area, key } => format!("{key} ({})", area_words(*area).to_lowercase()),
        RowKey::Total => "Tổng cộng".to_owned(),
    }
}
