//! The page of a year's poverty from its counts: tables, drawings, and where each figure leads.

use app::reporting::poverty::{Group, GroupOf, Poverty as Found};
use kernel::Rate;
use measures::poverty::Counts;
use norms::Rulebook;

use super::asked::{Of, Read};
use super::words::{self, Figure};
use crate::handlers::words::{label, number};
use crate::language::Lang;
use crate::pages::parts::{Link, Verdict};
use crate::pages::reporting::{CutoffRow, GroupRow, IndicatorRow, Lines, Panel};

/// Groups drawn as small multiples; the poorest of more.
const DRAWN: usize = 24;

/// An answer in a language, with its question and the address of its page.
pub struct View<'a> {
    pub l: Lang,
    pub found: &'a Found,
    pub read: Read,
    /// `/review/2023/poverty`
    pub path: String,
    /// `unit=…&…`, the whole question.
    pub query: String,
}

impl View<'_> {
    pub fn rules(&self) -> &Rulebook {
        &self.found.rules
    }

    /// Everybody of the area, where the cut-off lets it be known.
    fn population(&self) -> Option<i64> {
        self.found.population.whole.filter(|_| self.found.knows_everybody_at(self.read.k))
    }

    /// Whether a table has the columns of everybody.
    fn has_populations(&self) -> bool {
        self.found.knows_everybody_at(self.read.k) && self.found.population.groups.iter().any(Option::is_some)
    }

    fn text(&self, figure: Figure, counts: &Counts) -> String {
        figure.words(figure.rate(&self.found.plan, counts))
    }

    /// A figure that opens onto its definition; of nobody there is nothing to open.
    fn cell(&self, figure: Figure, counts: &Counts, group: Option<&Group>) -> Link {
        let rate = figure.rate(&self.found.plan, counts);
        let href = if rate.is_some() { self.address(figure, group) } else { String::new() };
        Link::new(figure.words(rate), href)
    }

    pub fn address(&self, figure: Figure, group: Option<&Group>) -> String {
        let indicator = figure.indicator().and_then(|at| self.found.plan.indicators.get(at));
        let indicator = indicator.map(|id| format!("&indicator={id}")).unwrap_or_default();
        let key = |name: &str, of: &GroupOf| format!("&{name}={}", of.key());
        let of = group.map(|group| key("group", &group.of)).unwrap_or_default();
        let and = group.and_then(|group| group.and.as_ref()).map(|of| key("and", of)).unwrap_or_default();
        format!("{}/figure?{}&figure={}{indicator}{of}{and}", self.path, self.query, figure.id())
    }

    pub fn sentence(&self) -> String {
        let counts = self.found.all(self.read.cutoff());
        let values = [
            ("k", self.read.k.to_string()),
            ("poor", number(counts.poor)),
            ("all", number(counts.all)),
            ("h", self.text(Figure::Headcount, &counts)),
            ("a", self.text(Figure::Intensity, &counts)),
            ("m0", self.text(Figure::Adjusted, &counts)),
            ("what", words::weigh(self.l, self.read.question.weigh).to_lowercase()),
        ];
        self.l.tv("poverty-sentence", &values)
    }

    /// What is known of everybody who lives there comes first, then the figures among those who were reviewed.
    pub fn summary(&self) -> Vec<(String, Link)> {
        let counts = self.found.all(self.read.cutoff());
        let figures =
            [("poverty-h", Figure::Headcount), ("poverty-a", Figure::Intensity), ("poverty-m0", Figure::Adjusted)];
        // keys: poverty-*
        let of_reviewed = figures.map(|(key, figure)| (self.l.t(key), self.cell(figure, &counts, None)));
        let mut summary = self.of_everybody();
        summary.extend(of_reviewed);
        summary
    }

    fn of_everybody(&self) -> Vec<(String, Link)> {
        let counts = self.found.all(self.read.cutoff());
        let Some(population) = self.population() else { return Vec::new() };
        let what = words::weigh(self.l, self.read.question.weigh).to_lowercase();
        let parts = i64::from(self.found.plan.parts());
        let values = [
            ("rate", Figure::Headcount.words(words::rate_of_all(counts.poor, Some(population)))),
            ("poor", number(counts.poor)),
            ("all", number(population)),
            ("what", what.clone()),
        ];
        let adjusted = words::rate_of_all(counts.parts, population.checked_mul(parts));
        vec![
            (
                self.l.t2("poverty-h-all", "k", self.read.k, "what", &what),
                Link::new(self.l.tv("poverty-of", &values), ""),
            ),
            (self.l.t1("poverty-m0-all", "what", what), Link::new(Figure::Adjusted.words(adjusted), "")),
        ]
    }

    /// What the figures are of, and what they are not.
    pub fn notes(&self) -> Vec<String> {
        let law = self.rules().standard.value.min_deprivations_for_poor;
        let mut notes = vec![self.l.t2("poverty-not-the-law", "k", self.read.k, "law", law)];
        if !self.found.knows_everybody_at(self.read.k) {
            notes.push(self.l.t1("poverty-below-law", "law", law));
        } else if self.population().is_none() {
            notes.push(self.l.t1("poverty-no-population", "n", number(self.found.population.missing)));
        }
        notes
    }

    pub fn cutoffs(&self) -> Vec<CutoffRow> {
        let row = |(at, k): (usize, &u32)| {
            let counts = self.found.all(at);
            let figures = [Figure::Headcount, Figure::Intensity, Figure::Adjusted];
            let cells = figures.map(|figure| Link::new(self.text(figure, &counts), ""));
            let of_all = words::rate_of_all(
                counts.poor,
                self.found.population.whole.filter(|_| self.found.knows_everybody_at(*k)),
            );
            let of_all = self.found.population.whole.map(|_| Link::new(Figure::Headcount.words(of_all), ""));
            let asked = Read { k: *k, ..self.read };
            let unit = self.query.split('&').next().unwrap_or_default();
            CutoffRow {
                k: k.to_string(),
                href: if *k == self.read.k { String::new() } else { format!("{}?{unit}&{}", self.path, asked.query()) },
                cells: [Link::new(number(counts.poor), "")].into_iter().chain(of_all).chain(cells).collect(),
            }
        };
        self.found.plan.cutoffs.iter().enumerate().map(row).collect()
    }

    pub fn lines(&self) -> Lines {
        let along = |figure: Figure| {
            let at = |cutoff| figure.rate(&self.found.plan, &self.found.all(cutoff)).map(Rate::percent_hundredths);
            (0..self.found.plan.cutoffs.len()).map(at).collect()
        };
        let named = [("H", Figure::Headcount), ("A", Figure::Intensity), ("M0", Figure::Adjusted)];
        Lines {
            id: "cutoff-lines".to_owned(),
            title: self.l.t("poverty-lines"),
            description: self.sentence(),
            places: self.found.plan.cutoffs.iter().map(ToString::to_string).collect(),
            lines: named.map(|(name, figure)| (name.to_owned(), along(figure))).to_vec(),
        }
    }

    /// Each dimension with its indicators under it.
    pub fn indicators(&self) -> Vec<IndicatorRow> {
        let counts = self.found.all(self.read.cutoff());
        let set = &self.rules().indicators.value;
        let mut rows = Vec::new();
        for dimension in &set.dimensions {
            let inside: Vec<usize> = (0..set.indicators.len())
                .filter(|at| set.indicators.get(*at).is_some_and(|i| i.dimension == dimension.id))
                .collect();
            let parts = inside.iter().filter_map(|at| Figure::Contribution(*at).rate(&self.found.plan, &counts));
            let share = Rate::of(parts.map(|rate| rate.numerator).sum(), i64::try_from(counts.parts).unwrap_or(0));
            let share = Figure::Contribution(0).words(share);
            let empty = [Link::new("", ""), Link::new("", ""), Link::new(share, "")];
            rows.push(IndicatorRow {
                number: String::new(),
                label: label(self.l, &dimension.label),
                is_dimension: true,
                cells: self.population().map(|_| Link::new("", "")).into_iter().chain(empty).collect(),
            });
            for at in inside {
                let Some(indicator) = set.indicators.get(at) else { continue };
                let figures = [Figure::Uncensored(at), Figure::Censored(at), Figure::Contribution(at)];
                let censored = counts.censored.get(at).copied().unwrap_or(0);
                let of_all = self.population().map(|all| words::rate_of_all(censored, Some(all)));
                let of_all = of_all.map(|rate| Link::new(Figure::Censored(at).words(rate), ""));
                rows.push(IndicatorRow {
                    number: indicator.number.to_string(),
                    label: label(self.l, &indicator.label),
                    is_dimension: false,
                    cells: of_all.into_iter().chain(figures.map(|figure| self.cell(figure, &counts, None))).collect(),
                });
            }
        }
        rows
    }

    pub fn heads(&self) -> Vec<String> {
        let of_everybody: &[&str] =
            if self.has_populations() { &["poverty-population", "poverty-h-of-all"] } else { &[] };
        let of_reviewed =
            ["poverty-all", "poverty-poor", "poverty-h-short", "poverty-a-short", "poverty-m0-short", "poverty-share"];
        // keys: poverty-*
        of_everybody.iter().chain(&of_reviewed).map(|key| self.l.t(key)).collect()
    }

    /// Heads of the columns of the cut-offs and of the indicators; the rate of everybody where it is known.
    pub fn cutoff_heads(&self) -> Vec<String> {
        let of_all = self.found.population.whole.map(|_| "poverty-h-of-all");
        let others = ["poverty-h-short", "poverty-a-short", "poverty-m0-short"];
        // keys: poverty-*
        ["poverty-poor"].into_iter().chain(of_all).chain(others).map(|key| self.l.t(key)).collect()
    }

    pub fn figure_heads(&self) -> Vec<String> {
        let of_all = self.population().map(|_| "poverty-hdk-all");
        // keys: poverty-*
        of_all
            .into_iter()
            .chain(["poverty-hd-short", "poverty-hdk-short", "poverty-pctb"])
            .map(|key| self.l.t(key))
            .collect()
    }

    pub fn groups(&self) -> Vec<GroupRow> {
        self.found.groups.iter().enumerate().map(|(at, group)| self.group_row(group, self.row(at, group))).collect()
    }

    fn group_row(&self, group: &Group, cells: Vec<Link>) -> GroupRow {
        GroupRow {
            name: words::group(self.l, self.rules(), &group.of),
            and: group.and.as_ref().map(|and| words::group(self.l, self.rules(), and)).unwrap_or_default(),
            state: words::state(self.l, &group.of),
            cells,
        }
    }

    fn row(&self, at: usize, group: &Group) -> Vec<Link> {
        let counts = self.found.of(at, self.read.cutoff());
        self.cells(&counts, (Some(group), self.found.population.groups.get(at).copied().flatten()))
    }

    pub fn total(&self) -> Vec<Link> {
        self.cells(&self.found.all(self.read.cutoff()), (None, self.found.population.whole))
    }

    fn cells(&self, counts: &Counts, (group, population): (Option<&Group>, Option<i64>)) -> Vec<Link> {
        let whole = i64::try_from(self.found.all(self.read.cutoff()).parts).unwrap_or(0);
        let share = Rate::of(i64::try_from(counts.parts).unwrap_or(0), whole);
        let mut cells = Vec::new();
        if self.has_populations() {
            let rate = words::rate_of_all(counts.poor, population);
            cells.push(Link::new(population.map_or_else(|| words::NONE.to_owned(), number), ""));
            cells.push(Link::new(Figure::Headcount.words(rate), ""));
        }
        cells.extend([Link::new(number(counts.all), ""), Link::new(number(counts.poor), "")]);
        let figures = [Figure::Headcount, Figure::Intensity, Figure::Adjusted];
        cells.extend(figures.map(|figure| self.cell(figure, counts, group)));
        cells.push(Link::new(Figure::Contribution(0).words(share), ""));
        cells
    }

    /// Whether the groups add up.
    pub fn check(&self) -> (String, Verdict) {
        if !self.found.is_partition() {
            return (self.l.t("poverty-overlap"), Verdict::Plain);
        }
        let left: u64 = self
            .found
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.of.is_left_over())
            .map(|(at, _)| self.found.of(at, 0).all)
            .sum();
        match (self.found.is_conserved(), left) {
            (false, _) => (self.l.t("conserved-failed"), Verdict::Bad),
            (true, 0) => (self.l.t("conserved-met"), Verdict::Good),
            (true, left) => (self.l.t1("poverty-left-over", "n", number(left)), Verdict::Open),
        }
    }

    fn of_indicator(&self, at: usize) -> Figure {
        match self.read.of {
            Of::Uncensored => Figure::Uncensored(at),
            Of::Censored => Figure::Censored(at),
            Of::Contribution => Figure::Contribution(at),
        }
    }

    pub fn indicator_heads(&self) -> Vec<String> {
        let head = |indicator: &norms::Indicator| label(self.l, &indicator.label);
        self.rules().indicators.value.indicators.iter().map(head).collect()
    }

    pub fn by_indicator(&self) -> Vec<GroupRow> {
        let row = |(at, group): (usize, &Group)| {
            let counts = self.found.of(at, self.read.cutoff());
            let cells =
                (0..self.found.plan.indicators.len()).map(|j| self.cell(self.of_indicator(j), &counts, Some(group)));
            self.group_row(group, cells.collect())
        };
        self.found.groups.iter().enumerate().map(row).collect()
    }

    /// A panel for each group with somebody in it, the poorest first when there are too many to draw.
    pub fn panels(&self) -> (Vec<Panel>, String) {
        let counted = |at: usize| self.found.of(at, self.read.cutoff());
        let mut drawn: Vec<usize> = (0..self.found.groups.len()).filter(|at| counted(*at).all > 0).collect();
        let note = if drawn.len() > DRAWN {
            let adjusted =
                |at: &usize| Figure::Adjusted.rate(&self.found.plan, &counted(*at)).map(Rate::percent_hundredths);
            drawn.sort_by_key(|at| std::cmp::Reverse(adjusted(at)));
            drawn.truncate(DRAWN);
            self.l.t1("poverty-drawn", "n", DRAWN)
        } else {
            String::new()
        };
        let mut panels: Vec<Panel> = drawn.into_iter().filter_map(|at| self.panel(at, &counted(at))).collect();
        let most = panels.iter().flat_map(|panel| &panel.bars).map(|(_, value, _)| *value).max().unwrap_or(1);
        for panel in &mut panels {
            panel.most = most;
        }
        (panels, note)
    }

    fn panel(&self, at: usize, counts: &Counts) -> Option<Panel> {
        let title = words::whole_name(self.l, self.rules(), self.found.groups.get(at)?);
        let bar = |(j, indicator): (usize, &norms::Indicator)| {
            let figure = self.of_indicator(j);
            let rate = figure.rate(&self.found.plan, counts);
            (indicator.number.to_string(), rate.map_or(0, Rate::percent_hundredths), figure.words(rate))
        };
        let bars: Vec<_> = self.rules().indicators.value.indicators.iter().enumerate().map(bar).collect();
        // keys: poverty-*
        let what = self.l.t(&format!("poverty-{}", self.read.of.id()));
        Some(Panel { id: format!("panel-{at}"), description: format!("{what}: {title}"), title, bars, most: 1 })
    }
}
