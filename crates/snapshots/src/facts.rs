//! Answers as columns: one column for each fact of the law and each item of a pack, the rest in one column of its own.
//! An answer that could be taken for another kind is written in quotes, so that every answer comes back as it went.

use std::collections::BTreeMap;

use domain::review::FactValue;

use crate::fault::SnapshotFault;
use crate::table::{Column, Row, text};

pub(crate) const FACT: &str = "fact.";
pub(crate) const ANSWER: &str = "answer.";

/// Which facts and items have a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) household_facts: Vec<String>,
    pub(crate) person_facts: Vec<String>,
    pub(crate) items: Vec<String>,
}

impl Shape {
    /// Facts that the rules ask for, and items of the packs, each once and in order.
    pub(crate) fn of(rules: &norms::Rulebook, packs: &[norms::ScorePack]) -> Self {
        let ids = |facts: &[norms::Fact]| sorted(facts.iter().map(|fact| fact.id.clone()).collect());
        let items = packs.iter().flat_map(|pack| pack.items.iter().map(|item| item.id.clone()));
        Self {
            household_facts: ids(&rules.facts.value.household),
            person_facts: ids(&rules.facts.value.person),
            items: sorted(items.collect()),
        }
    }
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids.dedup();
    ids
}

/// The names behind a prefix, among a file's columns.
pub(crate) fn behind(names: &[String], prefix: &str) -> Vec<String> {
    names.iter().filter_map(|name| name.strip_prefix(prefix).map(str::to_owned)).collect()
}

fn written(value: &FactValue) -> String {
    match value {
        FactValue::One(one) if !looks_like_another(one) => one.clone(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

fn looks_like_another(one: &str) -> bool {
    one.is_empty() || one.starts_with(['"', '[']) || one == "true" || one == "false" || one.parse::<i64>().is_ok()
}

fn read(cell: &str) -> Result<FactValue, serde_json::Error> {
    if looks_like_another(cell) { serde_json::from_str(cell) } else { Ok(FactValue::One(cell.to_owned())) }
}

type Facts = BTreeMap<String, FactValue>;

/// A column for each id, then `facts_other` with everything that has none.
pub(crate) fn fact_columns(ids: &[String], sheets: &[Option<&Facts>]) -> Vec<Column> {
    let cell = |sheet: Option<&Facts>, fact: &String| sheet.and_then(|facts| facts.get(fact)).map(written);
    let mut columns: Vec<Column> =
        ids.iter().map(|fact| text(&format!("{FACT}{fact}"), sheets.iter().map(|sheet| cell(*sheet, fact)))).collect();
    let others = sheets.iter().map(|sheet| {
        let other: Facts =
            sheet.iter().flat_map(|facts| facts.iter()).filter(|(fact, _)| !ids.contains(fact)).map(owned).collect();
        (!other.is_empty()).then(|| serde_json::to_string(&other).unwrap_or_default())
    });
    columns.push(text("facts_other", others));
    columns
}

fn owned<T: Clone>((key, value): (&String, &T)) -> (String, T) {
    (key.clone(), value.clone())
}

pub(crate) fn read_facts(ids: &[String], row: &mut Row<'_>) -> Result<Facts, SnapshotFault> {
    let mut facts = Facts::new();
    for fact in ids {
        if let Some(cell) = row.text()? {
            facts.insert(fact.clone(), read(cell).map_err(|_| row.unreadable("no answer"))?);
        }
    }
    if let Some(other) = row.text()? {
        facts.extend(serde_json::from_str::<Facts>(other).map_err(|_| row.unreadable("no answers"))?);
    }
    Ok(facts)
}

type Answers = BTreeMap<String, String>;

/// A column for each item, then `answers_other`.
pub(crate) fn answer_columns(items: &[String], sheets: &[&Answers]) -> Vec<Column> {
    let mut columns: Vec<Column> = items
        .iter()
        .map(|item| text(&format!("{ANSWER}{item}"), sheets.iter().map(|answers| answers.get(item))))
        .collect();
    let others = sheets.iter().map(|answers| {
        let other: Answers = answers.iter().filter(|(item, _)| !items.contains(item)).map(owned).collect();
        (!other.is_empty()).then(|| serde_json::to_string(&other).unwrap_or_default())
    });
    columns.push(text("answers_other", others));
    columns
}

pub(crate) fn read_answers(items: &[String], row: &mut Row<'_>) -> Result<Answers, SnapshotFault> {
    let mut answers = Answers::new();
    for item in items {
        if let Some(cell) = row.owned()? {
            answers.insert(item.clone(), cell);
        }
    }
    if let Some(other) = row.text()? {
        answers.extend(serde_json::from_str::<Answers>(other).map_err(|_| row.unreadable("no answers"))?);
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_comes_back_as_it_went() {
        let one = |text: &str| FactValue::One(text.to_owned());
        let table = [
            (FactValue::YesNo(true), "true"),
            (FactValue::YesNo(false), "false"),
            (FactValue::Tenths(-245), "-245"),
            (one("tap"), "tap"),
            (one("nước máy"), "nước máy"),
            // Texts that look like another kind are quoted.
            (one("true"), "\"true\""),
            (one("12"), "\"12\""),
            (one(""), "\"\""),
            (one("\"x"), "\"\\\"x\""),
            (one("[a"), "\"[a\""),
            (FactValue::Several(vec!["tv".into(), "radio".into()]), "[\"tv\",\"radio\"]"),
            (FactValue::Several(Vec::new()), "[]"),
        ];
        for (value, cell) in table {
            assert_eq!(written(&value), cell);
            assert_eq!(read(cell).unwrap(), value, "{cell}");
        }
    }
}
