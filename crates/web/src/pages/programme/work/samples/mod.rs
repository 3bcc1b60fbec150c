//! Every page of the programme's work, filled and empty, for the test that renders them all. What several of them show is here.

mod activities;
mod duties;
mod imports;
mod models;
mod money;
mod people;
mod taken_back;
mod targets;

use super::{Figure, RowLine};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Basis, TrailRow};

const PERIOD: &str = "unit=commune:18073&year=2023";

pub fn samples(l: Lang) -> Vec<Sample> {
    let of = [
        targets::samples,
        activities::samples,
        people::samples,
        imports::samples,
        taken_back::samples,
        models::samples,
        duties::samples,
        money::samples,
    ];
    of.into_iter().flat_map(|samples| samples(l)).collect()
}

fn frame(l: Lang) -> Frame {
    Frame::sample(l, Section::Targets)
}

fn basis() -> Basis {
    Basis {
        id: "programme.targets#T05.left_poor".into(),
        act: "Kế hoạch năm 2023".into(),
        article: String::new(),
        href: "/norms/programme.targets".into(),
        mark: "inferred".into(),
        is_unconfirmed: false,
    }
}

fn figure(text: &str) -> Figure {
    Figure::new(text, "/programme/targets/T05?unit=commune:18073#reading-left_poor")
}

fn some(text: &str) -> Figure {
    Figure::new(text, "/programme/activities/0")
}

fn person() -> RowLine {
    RowLine {
        name: "Nguyễn Thị Hường".into(),
        href: "/registry/households/0".into(),
        detail: "05/09/1985".into(),
        commune: "Xã Hương Trạch".into(),
        village: "Thôn 3".into(),
        is_open: true,
    }
}

fn entry(l: Lang) -> TrailRow {
    TrailRow {
        at: "06/09/2023 08:12".into(),
        who: "Lê Thị Hoa".into(),
        what: l.t("verb-activity_corrected"),
        detail: "Tập huấn chăn nuôi bò · Ghi nhầm ngày".into(),
        subject: None,
    }
}
