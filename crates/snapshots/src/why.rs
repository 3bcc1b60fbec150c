//! Why a household is in its class, and why that changed: two frozen years side by side, item by item and mark by mark,
//! with the rule of each. Works from snapshots only, never from today's register. Start with [`why`].

use std::collections::BTreeSet;

use domain::review::{B1Total, FactValue, indicator_bases, is_skipped, score};
use kernel::{PersonId, Points};
use norms::{Answer as Asked, Basis, ClassRule, Fact, Label, PackItem, Rulebook, ScorePack};

use crate::record::Record;

/// One year as a snapshot holds it, with the norms it was judged by.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    pub record: Record,
    pub rules: &'a Rulebook,
    pub packs: &'a [ScorePack],
}

/// One year's side of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub record: Record,
    pub b1: Option<Points>,
    pub b2: Option<Points>,
    /// How many deprivations were marked, and the points of each.
    pub deprivations: u32,
    pub points_each: i32,
    /// The rule that gave the class on the day of the snapshot, and what it stands on.
    pub rule: Option<(ClassRule, Basis)>,
    /// The pack that gave B1.
    pub pack: Option<Basis>,
}

/// An answer and what it gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// `None`: not asked of this household, or not answered.
    pub label: Option<Label>,
    pub is_skipped: bool,
    /// `None` as long as the sheet is not whole.
    pub points: Option<i32>,
}

/// One B1 item in both years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    pub item: Label,
    pub before: Option<Answered>,
    pub now: Option<Answered>,
}

/// One fact behind the indicators in both years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow {
    pub fact: Label,
    /// `None`: about the household.
    pub who: Option<PersonId>,
    pub before: Option<Said>,
    pub now: Option<Said>,
}

/// An answer to a fact in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    YesNo(bool),
    /// Choices of the norm.
    Choices(Vec<Label>),
    /// In tenths of the unit.
    Tenths(i64, Label),
    /// What no choice of the norm fits, as it was stored.
    Raw(String),
}

/// One indicator in both years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorRow {
    pub number: u8,
    pub label: Label,
    pub deprived_if: Label,
    pub basis: Basis,
    pub before: Option<Mark>,
    pub now: Option<Mark>,
}

/// Whether deprived, and the member that made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// `None`: not known.
    pub deprived: Option<bool>,
    pub because_of: Option<PersonId>,
}

/// Both years, and everything in which they can differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    pub before: Option<Side>,
    pub now: Option<Side>,
    pub items: Vec<AnswerRow>,
    pub facts: Vec<FactRow>,
    pub indicators: Vec<IndicatorRow>,
}

impl AnswerRow {
    /// By how many points the item moved, where both years have points.
    pub fn moved(&self) -> Option<i32> {
        let points = |answered: &Option<Answered>| answered.as_ref()?.points;
        Some(points(&self.now)? - points(&self.before)?)
    }
}

impl IndicatorRow {
    /// The two years are known and not the same.
    pub fn has_moved(&self) -> bool {
        let deprived = |mark: &Option<Mark>| mark.as_ref().and_then(|mark| mark.deprived);
        matches!((deprived(&self.before), deprived(&self.now)), (Some(before), Some(now)) if before != now)
    }
}

/// Holds two years of one household side by side; either may be missing.
pub fn why(before: Option<&Given<'_>>, now: Option<&Given<'_>>) -> Why {
    Why {
        items: items(before, now),
        facts: facts(before, now),
        indicators: indicators(before, now),
        before: before.map(side),
        now: now.map(side),
    }
}

fn side(given: &Given<'_>) -> Side {
    let assessment = &given.record.assessment;
    let (b1, b2) = (assessment.b1(), assessment.b2(given.rules));
    let by_id = |id: &String| given.rules.class_rules.value.rules.iter().find(|rule| rule.id == *id);
    let frozen = given.record.outcome.rule.as_ref().and_then(by_id);
    Side {
        b1,
        b2,
        deprivations: assessment.marks().count(),
        points_each: given.rules.class_rules.value.b2_points_per_deprivation,
        rule: frozen.map(|rule| (rule.clone(), given.rules.class_rules.basis.clone())),
        pack: given.record.pack(given.packs).map(ScorePack::basis),
        record: given.record.clone(),
    }
}

fn items(before: Option<&Given<'_>>, now: Option<&Given<'_>>) -> Vec<AnswerRow> {
    let (before, now) = (before.and_then(Sheet::of), now.and_then(Sheet::of));
    let sheets = || [&now, &before].into_iter().flatten();
    let mut seen = BTreeSet::new();
    let all = sheets().flat_map(|sheet| &sheet.pack.items).filter(|item| seen.insert(item.id.clone()));
    all.map(|item| AnswerRow {
        item: item.label.clone(),
        before: before.as_ref().and_then(|sheet| sheet.answered(&item.id)),
        now: now.as_ref().and_then(|sheet| sheet.answered(&item.id)),
    })
    .collect()
}

/// One year's B1 sheet.
struct Sheet<'a> {
    record: &'a Record,
    pack: &'a ScorePack,
    total: Option<B1Total>,
}

impl<'a> Sheet<'a> {
    fn of(given: &'a Given<'a>) -> Option<Self> {
        let record = &given.record;
        let pack = record.pack(given.packs)?;
        let assessment = &record.assessment;
        let place = (assessment.area, assessment.place.province.as_str());
        let total = score(pack, place, &assessment.facts.answers, &record.births(), record.day()).ok();
        Some(Self { record, pack, total })
    }

    fn answered(&self, item: &str) -> Option<Answered> {
        let item: &PackItem = self.pack.items.iter().find(|known| known.id == item)?;
        let answers = &self.record.assessment.facts.answers;
        let is_skipped = is_skipped(item, answers, &self.record.births(), self.record.day());
        let given = answers.get(&item.id).and_then(|id| item.answers.iter().find(|answer| &answer.id == id));
        let points = self.total.as_ref().and_then(|b1| b1.items.iter().find(|points| points.item == item.id));
        Some(Answered {
            label: given.filter(|_| !is_skipped).map(|answer| answer.label.clone()),
            is_skipped,
            points: points.map(|points| points.points),
        })
    }
}

fn facts(before: Option<&Given<'_>>, now: Option<&Given<'_>>) -> Vec<FactRow> {
    let Some(rules) = now.or(before).map(|given| given.rules) else { return Vec::new() };
    let of_household = |given: Option<&Given<'_>>, fact: &Fact| {
        let value = given?.record.assessment.facts.household.get(&fact.id)?;
        Some(said(value, fact))
    };
    let mut rows: Vec<FactRow> = Vec::new();
    for fact in &rules.facts.value.household {
        let (before, now) = (of_household(before, fact), of_household(now, fact));
        if before.is_some() || now.is_some() {
            rows.push(FactRow { fact: fact.label.clone(), who: None, before, now });
        }
    }
    if let (Some(before), Some(now)) = (before, now) {
        rows.extend(persons(before, now, rules));
    }
    rows
}

/// Answers about members that are not the same in the two years; only where both years asked about members.
fn persons(before: &Given<'_>, now: &Given<'_>, rules: &Rulebook) -> Vec<FactRow> {
    let (then, today) = (&before.record.assessment.facts.persons, &now.record.assessment.facts.persons);
    let mut rows = Vec::new();
    if then.is_empty() || today.is_empty() {
        return rows;
    }
    for person in then.keys().chain(today.keys().filter(|person| !then.contains_key(person))) {
        for fact in &rules.facts.value.person {
            let of = |sheet: Option<&std::collections::BTreeMap<String, FactValue>>| {
                sheet.and_then(|facts| facts.get(&fact.id)).map(|value| said(value, fact))
            };
            let (before, now) = (of(then.get(person)), of(today.get(person)));
            if before != now {
                rows.push(FactRow { fact: fact.label.clone(), who: Some(*person), before, now });
            }
        }
    }
    rows
}

fn said(value: &FactValue, fact: &Fact) -> Said {
    let choices = match &fact.answer {
        Asked::OneOf { choices } | Asked::AnyOf { choices } => choices.as_slice(),
        _ => &[],
    };
    let label = |id: &String| {
        let known = choices.iter().find(|choice| &choice.id == id).map(|choice| choice.label.clone());
        known.unwrap_or_else(|| Label { vi: id.clone(), en: id.clone() })
    };
    match (value, &fact.answer) {
        (FactValue::YesNo(yes), _) => Said::YesNo(*yes),
        (FactValue::One(one), _) => Said::Choices(vec![label(one)]),
        (FactValue::Several(several), _) => Said::Choices(several.iter().map(label).collect()),
        (FactValue::Tenths(tenths), Asked::Number { unit }) => Said::Tenths(*tenths, unit.clone()),
        (FactValue::Tenths(tenths), _) => Said::Raw(tenths.to_string()),
    }
}

fn indicators(before: Option<&Given<'_>>, now: Option<&Given<'_>>) -> Vec<IndicatorRow> {
    let Some(rules) = now.or(before).map(|given| given.rules) else { return Vec::new() };
    let (then, today) = (before.map(marks), now.map(marks));
    let of = |marks: &Option<Vec<(u8, Mark)>>, number: u8| {
        marks.as_ref()?.iter().find(|(known, _)| *known == number).map(|(_, mark)| mark.clone())
    };
    let set = rules.indicators.value.indicators.iter().zip(indicator_bases(rules));
    set.map(|(indicator, basis)| IndicatorRow {
        number: indicator.number,
        label: indicator.label.clone(),
        deprived_if: indicator.deprived_if.clone(),
        basis,
        before: of(&then, indicator.number),
        now: of(&today, indicator.number),
    })
    .collect()
}

fn marks(given: &Given<'_>) -> Vec<(u8, Mark)> {
    let counts = given.record.assessment.marks();
    let (_, findings) = given.record.findings(given.rules);
    let because = |number: u8| {
        let finding = findings.iter().find(|finding| finding.number == number)?;
        finding.because_of.as_deref()?.parse().ok()
    };
    let set = &given.rules.indicators.value.indicators;
    set.iter().map(|i| (i.number, Mark { deprived: counts.get(i.number), because_of: because(i.number) })).collect()
}
