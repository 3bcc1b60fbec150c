//! `GET /units/life/{level}/{code}/{day}`: what a unit was before and became after, as a strip and as a table.

use askama::Template;

use crate::language::Lang;
use crate::pages::frame::Frame;
use crate::pages::parts::{Link, Verdict};

/// One unit of the strip.
#[derive(Debug, Clone)]
pub struct StripBox {
    pub name: String,
    pub code: String,
    pub is_own: bool,
    /// Stands for "nobody recorded it".
    pub is_unknown: bool,
}

/// A box with the place it is drawn at.
#[derive(Debug, Clone)]
pub struct DrawnBox {
    pub unit: StripBox,
    pub x: usize,
    pub y: usize,
    pub middle: usize,
}

/// A line between two boxes.
#[derive(Debug, Clone, Copy)]
pub struct DrawnLine {
    pub x1: usize,
    pub y1: usize,
    pub x2: usize,
    pub y2: usize,
}

/// The strip, laid out: a column a state, oldest at the left.
#[derive(Debug, Clone)]
pub struct Strip {
    pub width: usize,
    pub height: usize,
    /// Day and where it is written.
    pub days: Vec<(String, usize)>,
    pub boxes: Vec<DrawnBox>,
    pub lines: Vec<DrawnLine>,
    pub box_width: usize,
    pub box_height: usize,
}

const BOX: (usize, usize) = (190, 40);
const GAP: (usize, usize) = (70, 10);
const HEAD: usize = 26;

impl Strip {
    /// `columns` are a day with its units; `links` join `(column, place)` of the earlier with that of the later unit.
    pub fn new(columns: Vec<(String, Vec<StripBox>)>, links: Vec<((usize, usize), (usize, usize))>) -> Self {
        let tallest = columns.iter().map(|(_, boxes)| boxes.len()).max().unwrap_or(0);
        let step = (BOX.0 + GAP.0, BOX.1 + GAP.1);
        let lengths: Vec<usize> = columns.iter().map(|(_, boxes)| boxes.len()).collect();
        // A column shorter than the tallest stands in the middle.
        let top = |column: usize| HEAD + (tallest - lengths.get(column).copied().unwrap_or(tallest)) * step.1 / 2;
        let corner = |(column, at): (usize, usize)| (1 + column * step.0, top(column) + at * step.1);
        let mut days = Vec::with_capacity(columns.len());
        let mut boxes = Vec::new();
        for (column, (day, units)) in columns.into_iter().enumerate() {
            days.push((day, 1 + column * step.0));
            for (at, unit) in units.into_iter().enumerate() {
                let (x, y) = corner((column, at));
                boxes.push(DrawnBox { unit, x, y, middle: x + BOX.0 / 2 });
            }
        }
        let line = |(from, to)| {
            let ((x1, y1), (x2, y2)) = (corner(from), corner(to));
            DrawnLine { x1: x1 + BOX.0, y1: y1 + BOX.1 / 2, x2, y2: y2 + BOX.1 / 2 }
        };
        Self {
            width: days.len() * step.0,
            height: HEAD + tallest * step.1,
            lines: links.into_iter().map(line).collect(),
            days,
            boxes,
            box_width: BOX.0,
            box_height: BOX.1,
        }
    }
}

#[derive(Debug, Clone)]
pub struct MomentRow {
    pub from: String,
    /// `trước`, `sau`.
    pub direction: String,
    pub state: String,
    pub verdict: Verdict,
    /// Why nothing is known; empty where something is.
    pub detail: String,
    pub units: Vec<Link>,
    pub acts: String,
}

#[derive(Template)]
#[template(path = "pages/units/life.html")]
pub struct UnitLife {
    pub l: Lang,
    pub frame: Frame,
    pub name: String,
    pub code: String,
    pub above: String,
    pub from: String,
    pub strip: Strip,
    pub rows: Vec<MomentRow>,
    pub changes_href: String,
}
