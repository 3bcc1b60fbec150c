//! Change of a measure over time and what it is made of: people moving between groups, and the groups themselves changing.
//! The exact (Shapley) split of a weighted mean: each part is taken at the average of both years. Pure functions.

/// A group in one year: its people and its figure, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupFigure {
    pub all: u64,
    /// H or M0 of the group; 0 for a group of nobody.
    pub figure: f64,
}

/// The change of the whole and its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub before: f64,
    pub now: f64,
    /// Now minus before.
    pub absolute: f64,
    /// As a share of before; `None` when that was 0.
    pub relative: Option<f64>,
    /// A year, compounded: `(now / before)^(1/years) − 1`; `None` without years or when before was 0.
    pub yearly: Option<f64>,
    /// For each group: by its own figure changing, by its share of the people changing. All together make `absolute`.
    pub groups: Vec<GroupChange>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupChange {
    /// Its figure changed: `mean share × change of figure`.
    pub within: f64,
    /// Its share changed: `mean figure × change of share`.
    pub between: f64,
}

impl Change {
    /// Splits the change between two years; both lists name the same groups in the same order. `None` when nobody is there
    /// in one of the years, or the lists differ in length.
    pub fn between(before: &[GroupFigure], now: &[GroupFigure], years: f64) -> Option<Self> {
        let shares = |groups: &[GroupFigure]| -> Option<Vec<(f64, f64)>> {
            let all: u64 = groups.iter().map(|g| g.all).sum();
            (all > 0).then(|| groups.iter().map(|g| (share(g.all, all), g.figure)).collect())
        };
        let (then, today) = (shares(before)?, shares(now)?);
        if then.len() != today.len() {
            return None;
        }
        let groups = then.iter().zip(&today).map(|((s0, f0), (s1, f1))| GroupChange {
            within: f64::midpoint(*s0, *s1) * (f1 - f0),
            between: f64::midpoint(*f0, *f1) * (s1 - s0),
        });
        let mean = |groups: &[(f64, f64)]| groups.iter().map(|(share, figure)| share * figure).sum::<f64>();
        let (first, last) = (mean(&then), mean(&today));
        Some(Self {
            before: first,
            now: last,
            absolute: last - first,
            relative: (first > 0.0).then(|| (last - first) / first),
            yearly: (first > 0.0 && years > 0.0).then(|| (last / first).powf(1.0 / years) - 1.0),
            groups: groups.collect(),
        })
    }

    /// Of the whole change, by the figures of the groups changing.
    pub fn within(&self) -> f64 {
        self.groups.iter().map(|g| g.within).sum()
    }

    /// Of the whole change, by people moving between groups.
    pub fn between_groups(&self) -> f64 {
        self.groups.iter().map(|g| g.between).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "people of a country are fewer than 2^53")]
fn share(part: u64, all: u64) -> f64 {
    part as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_change_make_the_change() {
        // Rural 60 of 100 at 0.5, then 50 of 100 at 0.4; urban 40 at 0.2, then 50 at 0.1: 0.38, then 0.25.
        let figure = |all, figure| GroupFigure { all, figure };
        let change =
            Change::between(&[figure(60, 0.5), figure(40, 0.2)], &[figure(50, 0.4), figure(50, 0.1)], 2.0).unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-15, "{a} is not {b}");
        close(change.before, 0.38);
        close(change.absolute, -0.13);
        close(change.groups[0].within, 0.55 * -0.1);
        close(change.groups[0].between, 0.45 * -0.1);
        close(change.within(), -0.1);
        close(change.between_groups(), -0.03);
        close(change.yearly.unwrap(), (0.25f64 / 0.38).sqrt() - 1.0);
    }

    #[test]
    fn nobody_has_no_change() {
        assert_eq!(
            Change::between(&[GroupFigure { all: 0, figure: 0.0 }], &[GroupFigure { all: 1, figure: 0.5 }], 1.0),
            None
        );
    }
}
