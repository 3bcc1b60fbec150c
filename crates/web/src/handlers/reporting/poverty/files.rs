//! The page's table as a workbook, as CSV and as Parquet: every group with its counts and all its figures, at every cut-off, by
//! households and by persons; the three hold the same lines. Start with [`sheet`].

use std::sync::Arc;

use app::reporting::poverty::{Group, GroupOf, Poverty as Found, Question, Weigh, poverty};
use axum::extract::{Query, State};
use axum::response::Response;
use documents::write::TablePaper;
use measures::poverty::Counts;
use measures::sheet::{Sheet, Values};

use super::asked::{Asked, Read};
use super::words;
use super::{asked, by_what, missing, sources};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::reporting::files::{csv, parquet, short_names, workbook};
use crate::visitor::Signed;

/// The question as asked and its answers: counted by households, then by persons.
struct Answers {
    read: Read,
    found: [Found; 2],
}

async fn answers(signed: &Signed, web: &Web, wish: &Asked) -> Result<Answers, Fail> {
    let (read, own) = asked(signed, web, wish).await?;
    let other = match read.question.weigh {
        Weigh::Households => Weigh::Persons,
        Weigh::Persons => Weigh::Households,
    };
    let other = Question { weigh: other, ..read.question };
    let other = poverty(&web.house, &signed.actor, Some(&signed.scope), other).await?;
    let found = if read.question.weigh == Weigh::Households { [own, other] } else { [other, own] };
    Ok(Answers { read, found })
}

/// One line of the table: a group, or everybody, at a cut-off.
struct Line<'a> {
    found: &'a Found,
    group: Option<&'a Group>,
    counts: Counts,
    population: Option<i64>,
    k: u32,
    /// By the units that the snapshots are of: their codes are those of the groups.
    is_by_own: bool,
}

fn lines(found: &Found, is_by_own: bool) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (cutoff, k) in found.plan.cutoffs.iter().enumerate() {
        let known = |population: Option<i64>| population.filter(|_| found.knows_everybody_at(*k));
        lines.extend(found.groups.iter().enumerate().map(|(at, group)| Line {
            found,
            group: Some(group),
            counts: found.of(at, cutoff),
            population: known(found.population.groups.get(at).copied().flatten()),
            k: *k,
            is_by_own,
        }));
        let (counts, population) = (found.all(cutoff), known(found.population.whole));
        lines.push(Line { found, group: None, counts, population, k: *k, is_by_own });
    }
    lines
}

impl Line<'_> {
    fn parts(&self) -> impl Iterator<Item = &GroupOf> {
        self.group.into_iter().flat_map(|group| [Some(&group.of), group.and.as_ref()]).flatten()
    }

    fn key(&self) -> String {
        let keys: Vec<String> = self.parts().map(GroupOf::key).collect();
        if keys.is_empty() { "total".to_owned() } else { keys.join("/") }
    }

    /// Snapshots that a commune's line is read from, or that the whole answer is; shortened where there are several.
    fn snapshots(&self) -> String {
        let code = match self.group.map(|group| &group.of) {
            Some(GroupOf::Unit { code, .. }) if self.is_by_own => Some(code),
            _ => None,
        };
        let parts = &self.found.cover.parts;
        let own: Vec<_> = parts.iter().filter(|part| code.is_some_and(|code| part.communes.contains(code))).collect();
        let read: Vec<_> = if own.is_empty() { parts.iter().collect() } else { own };
        short_names(read.into_iter().map(|part| part.record.name.as_str()))
    }

    /// The figures in the order of [`figure_names`].
    fn figures(&self) -> Vec<Option<f64>> {
        let (plan, counts) = (&self.found.plan, &self.counts);
        let of_all = |many: u64, parts: u32| share(many, self.population?.checked_mul(i64::from(parts))?);
        let mut figures = vec![
            self.population.map(real),
            of_all(counts.poor, 1),
            of_all(counts.parts, plan.parts()),
            counts.headcount(),
            counts.intensity(plan),
            counts.adjusted(plan),
        ];
        for j in 0..plan.indicators.len() {
            figures.extend([
                counts.uncensored_headcount(j),
                counts.censored_headcount(j),
                counts.contribution(plan, j),
            ]);
        }
        let dimensions = dimensions(self.found);
        figures.extend(dimensions.iter().map(|(_, inside)| counts.contribution_of(plan, inside)));
        figures
    }
}

/// Each dimension with the places of its indicators.
fn dimensions(found: &Found) -> Vec<(String, Vec<usize>)> {
    let set = &found.rules.indicators.value;
    let inside = |id: &String| {
        let all = set.indicators.iter().enumerate();
        all.filter(|(_, indicator)| indicator.dimension == *id).map(|(at, _)| at).collect()
    };
    set.dimensions.iter().map(|dimension| (dimension.id.clone(), inside(&dimension.id))).collect()
}

fn figure_names(found: &Found) -> Vec<String> {
    let by_indicator = found.plan.indicators.iter().flat_map(|id| ["hd", "hdk", "pctb"].map(|of| format!("{of}_{id}")));
    let by_dimension = dimensions(found).into_iter().map(|(id, _)| format!("pctb_dim_{id}"));
    let of_all = ["population", "H_all", "M0_all", "H", "A", "M0"].map(str::to_owned);
    of_all.into_iter().chain(by_indicator).chain(by_dimension).collect()
}

fn share(many: u64, of: i64) -> Option<f64> {
    (of > 0).then(|| real(i64::try_from(many).unwrap_or(i64::MAX)) / real(of))
}

#[expect(clippy::cast_precision_loss, reason = "people of a country stay below 2^53")]
fn real(n: i64) -> f64 {
    n as f64
}

/// Columns a program reads: keys beside the names, every cut-off, by households and by persons, shares as fractions, empty where
/// there is no figure. What the figures are of stands in every line, so that lines of several files can be laid together.
fn sheet(signed: &Signed, web: &Web, answers: &Answers) -> Sheet {
    let l = signed.l();
    let lines: Vec<Line<'_>> = answers.found.iter().flat_map(|found| lines(found, answers.read.by.is_none())).collect();
    let text = |of: &dyn Fn(&Line<'_>) -> String| Values::Text(lines.iter().map(|line| Arc::from(of(line))).collect());
    let whole = |of: &dyn Fn(&Line<'_>) -> u64| {
        Values::Whole(lines.iter().map(|line| i64::try_from(of(line)).unwrap_or(i64::MAX)).collect())
    };
    let name =
        |line: &Line<'_>, of: Option<&GroupOf>| of.map(|of| words::group(l, &line.found.rules, of)).unwrap_or_default();
    let units_on = answers.read.by.map_or(signed.scope.units_from, |by| by.on).iso();
    let missing = |line: &Line<'_>| line.found.cover.missing.clone();
    let mut columns: Vec<(String, Values)> = [
        ("year", text(&|_| signed.year.to_string())),
        ("unit", text(&|_| signed.scope.address())),
        ("unit_name", text(&|_| web.house.scope_name(&signed.scope))),
        ("units_on", text(&|_| units_on.clone())),
        ("snapshot", text(&|line| line.snapshots())),
        ("missing", whole(&|line| missing(line).len() as u64)),
        // The same in every line, and long.
        ("missing_communes", text(&|line| if line.group.is_none() { missing(line).join(" ") } else { String::new() })),
        ("key", text(&|line| line.key())),
        ("group", text(&|line| line.group.map_or_else(|| l.t("total"), |group| name(line, Some(&group.of))))),
        ("and", text(&|line| name(line, line.group.and_then(|group| group.and.as_ref())))),
        ("count", text(&|line| line.found.question.weigh.id().to_owned())),
        ("k", whole(&|line| u64::from(line.k))),
        ("all", whole(&|line| line.counts.all)),
        ("poor", whole(&|line| line.counts.poor)),
    ]
    .map(|(name, values)| (name.to_owned(), values))
    .into();
    let [by_households, _] = &answers.found;
    let rows: Vec<Vec<Option<f64>>> = lines.iter().map(Line::figures).collect();
    for (at, name) in figure_names(by_households).into_iter().enumerate() {
        let column = rows.iter().map(|row| row.get(at).copied().flatten().unwrap_or(f64::NAN)).collect();
        columns.push((name, Values::Real(column)));
    }
    if by_households.working.is_some() {
        columns.push(("working".to_owned(), text(&|_| l.t("poverty-working-mark"))));
    }
    if signed.frame.is_sample {
        columns.push(("sample".to_owned(), text(&|_| l.t("sample-mark"))));
    }
    Sheet { columns }
}

pub async fn as_workbook(signed: Signed, State(web): State<Web>, Query(wish): Query<Asked>) -> Result<Response, Fail> {
    let answers = answers(&signed, &web, &wish).await?;
    let [found, _] = &answers.found;
    let l = signed.l();
    let mut notes = vec![
        web.house.scope_name(&signed.scope),
        by_what(l, answers.read, &words::split(l, answers.read.question.split)),
    ];
    notes.extend(sources(&web, &signed, found).into_iter().map(|source| source.text));
    notes.extend(missing(l, found));
    let paper = TablePaper {
        title: l.t1("poverty-title-year", "year", signed.year),
        notes,
        is_sample: signed.frame.is_sample,
        ..TablePaper::default()
    };
    workbook(paper, &sheet(&signed, &web, &answers), &name(&signed, "xlsx"))
}

pub async fn as_csv(signed: Signed, State(web): State<Web>, Query(wish): Query<Asked>) -> Result<Response, Fail> {
    csv(&sheet(&signed, &web, &answers(&signed, &web, &wish).await?), &name(&signed, "csv"))
}

pub async fn as_parquet(signed: Signed, State(web): State<Web>, Query(wish): Query<Asked>) -> Result<Response, Fail> {
    parquet(&sheet(&signed, &web, &answers(&signed, &web, &wish).await?), &name(&signed, "parquet"))
}

fn name(signed: &Signed, ending: &str) -> String {
    format!("ngheo-da-chieu-{}-{}.{ending}", signed.year, signed.scope.code)
}
