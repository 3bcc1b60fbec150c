//! Việc cần làm: what waits for the person who signed in.

mod tasks;

pub use tasks::{Task, Tasks};

use super::Sample;
use super::frame::{Frame, Section};
use super::parts::Verdict;
use crate::language::Lang;

pub fn samples(l: Lang) -> Vec<Sample> {
    let frame = || Frame::sample(l, Section::Home);
    let task = |title: &str, detail: &str, verdict, state: &str| Task {
        title: title.into(),
        href: "/review/2023?unit=commune:18073".into(),
        detail: detail.into(),
        state: l.t(state),
        verdict,
    };
    let tasks = vec![
        task(
            "Danh sách năm 2023 bị trả lại",
            "Huyện Hương Khê trả ngày 20/11/2026: thiếu điểm B2 của 3 hộ.",
            Verdict::Bad,
            "task-returned",
        ),
        task("3 dòng của lần nhập danh-sach.xlsx còn để riêng", "", Verdict::Open, "task-doing"),
        task("Nhập tổng số hộ, số khẩu của 4 thôn", "Chưa có thì không tính được tỷ lệ.", Verdict::Plain, "task-todo"),
        task("Gửi danh sách năm 2022", "Gửi ngày 12/12/2025.", Verdict::Good, "task-done"),
    ];
    vec![
        Sample::new("home/tasks", Tasks { l, frame: frame(), tasks, empty_next: String::new() }),
        Sample::new(
            "home/tasks-empty",
            Tasks { l, frame: frame(), tasks: Vec::new(), empty_next: l.t("home-empty-next-import") },
        ),
    ]
}
