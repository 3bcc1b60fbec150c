//! A pack made ready for millions of households: whole steps instead of points, lines in steps, classes by their place.
//! Scores blocks of one area; start with [`Scorer::score`].

use fearless_simd::{Level, dispatch};

use super::pack::Pack;
use super::tables::{BLOCK, Item, Tables};
use crate::{Fault, Why};

/// A pack, compiled.
#[derive(Debug)]
pub(super) struct Scorer {
    pub(super) items: Vec<Item>,
    /// The number in column `area` of each area.
    pub(super) areas: Vec<i64>,
    pub(super) deprivations: Vec<String>,
    /// B1 of a household with no steps, and what a step is worth.
    pub(super) base: i32,
    pub(super) step: i32,
    /// Steps of the household with the most.
    pub(super) most_steps: u16,
    pub(super) deprivation_points: i32,
    lines: Vec<Line>,
}

/// A class line in steps and numbers of deprivations.
#[derive(Debug)]
struct Line {
    code: u8,
    /// By area: so many steps at most; `None` is never, as B1 is above the line from the start.
    most_steps: Vec<Option<u16>>,
    least_deprived: u8,
}

/// The results of a block, a byte or two a household.
pub(super) struct Block {
    pub(super) steps: [u16; BLOCK],
    pub(super) deprived: [u8; BLOCK],
    pub(super) class: [u8; BLOCK],
}

impl Block {
    pub(super) fn new() -> Self {
        Self { steps: [0; BLOCK], deprived: [0; BLOCK], class: [0; BLOCK] }
    }
}

impl Scorer {
    pub(super) fn new(pack: &Pack) -> Result<Self, Fault> {
        let points = || pack.income_proxy.values().map(|by_area| by_area.values().flatten());
        let lowest: Vec<i32> = points().map(|p| p.min().copied().unwrap_or(0)).collect();
        let rises = || points().zip(&lowest).flat_map(|(p, low)| p.map(move |p| p - low));
        let step = rises().fold(0, greatest_divisor).max(1);
        let highest: i32 = points().zip(&lowest).map(|(p, low)| p.max().copied().unwrap_or(0) - low).sum();
        let most_steps = u16::try_from(highest / step).map_err(|_| Fault::Definition {
            path: pack.id.clone(),
            why: Why::new(
                "điểm chênh nhau quá nhiều để đếm theo bậc",
                "the points differ too much to be kept in steps",
            ),
        })?;
        let base: i32 = lowest.iter().sum();
        let in_steps = |p: i32, low: i32| u16::try_from((p - low) / step).unwrap_or(u16::MAX);
        let items = pack.income_proxy.iter().zip(&lowest).map(|((column, by_area), low)| Item {
            column: column.clone(),
            steps: by_area.values().map(|points| points.iter().map(|p| in_steps(*p, *low)).collect()).collect(),
        });
        let most = |most: i32| (most >= base).then(|| in_steps(most.min(base + highest), base));
        let lines = pack.classes.iter().map(|line| Line {
            code: line.code,
            most_steps: match &line.when.b1_le {
                Some(by_area) => by_area.values().map(|points| most(*points)).collect(),
                None => vec![Some(u16::MAX); pack.areas.len()],
            },
            least_deprived: least(line.when.b2_ge.unwrap_or(0), pack.deprivation_points),
        });
        Ok(Self {
            items: items.collect(),
            areas: pack.areas.values().copied().collect(),
            deprivations: pack.deprivations.clone(),
            base,
            step,
            most_steps,
            deprivation_points: pack.deprivation_points,
            lines: lines.collect(),
        })
    }

    /// Scores households of one area; all slices have as many rows, at most [`BLOCK`].
    pub(super) fn score(
        &self,
        tables: &Tables,
        area: usize,
        rows: usize,
        answers: &[&[u8]],
        deprived: &[(&[u8], u8)],
        block: &mut Block,
    ) {
        dispatch!(Level::new(), _ => self.score_wider(tables, area, rows, answers, deprived, block));
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    fn score_wider(
        &self,
        tables: &Tables,
        area: usize,
        rows: usize,
        answers: &[&[u8]],
        deprived: &[(&[u8], u8)],
        block: &mut Block,
    ) {
        let Some(steps) = block.steps.get_mut(..rows) else { return };
        tables.add_up(area, answers, steps);
        let Some(count) = block.deprived.get_mut(..rows) else { return };
        count.fill(0);
        for (codes, flip) in deprived {
            count.iter_mut().zip(*codes).for_each(|(sum, code)| *sum += code ^ flip);
        }
        let Some(class) = block.class.get_mut(..rows) else { return };
        for line in self.lines.iter().rev() {
            let Some(Some(most)) = line.most_steps.get(area) else { continue };
            for ((class, steps), count) in class.iter_mut().zip(steps.iter()).zip(count.iter()) {
                let fits = u8::from(*steps <= *most) & u8::from(*count >= line.least_deprived);
                *class = if fits == 1 { line.code } else { *class };
            }
        }
    }

    /// The codes of the classes, each once.
    pub(super) fn codes(&self) -> Vec<u8> {
        let codes: std::collections::BTreeSet<u8> = self.lines.iter().map(|line| line.code).collect();
        codes.into_iter().collect()
    }
}

/// So many deprivations make at least so many points.
fn least(points: i32, each: i32) -> u8 {
    if points <= 0 {
        return 0;
    }
    if each <= 0 {
        return u8::MAX;
    }
    u8::try_from((points + each - 1) / each).unwrap_or(u8::MAX)
}

fn greatest_divisor(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}
