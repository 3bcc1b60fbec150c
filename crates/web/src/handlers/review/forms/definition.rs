//! What a column of a form counts, in words: from its measure in the norms, never from its heading alone.

use domain::review::form::RowKey;
use norms::{Counted, FormLayout, Label, Measure, Rulebook};

use super::table::{area_words, left_over_words};
use crate::handlers::words::label;
use crate::language::Lang;

/// `Hộ thuộc Hộ nghèo trong danh sách năm 2023.`
pub(super) fn measure_words(
    l: Lang,
    (rules, layout): (&Rulebook, &FormLayout),
    year: i16,
    measure: &Measure,
) -> String {
    let class_words = |id: &str| rules.classes.value.get(id).map_or_else(|| id.to_owned(), |c| label(l, &c.label));
    let plain = |key: &str, id: &str| l.tv(key, &[("class", class_words(id)), ("year", year.to_string())]);
    let with = |key: &str, id: &str, what: String| {
        l.tv(key, &[("class", class_words(id)), ("year", year.to_string()), ("what", what)])
    };
    match measure {
        Measure::Population { .. } => l.t1("measure-population", "year", year),
        Measure::Opening { class, .. } => {
            l.tv("measure-opening", &[("class", class_words(class)), ("year", (year - 1).to_string())])
        }
        Measure::InClass { class, .. } => plain("measure-in-class", class),
        Measure::Moved { class, movements, counted } => {
            let key = if *counted == Counted::Persons { "measure-moved-persons" } else { "measure-moved" };
            with(key, class, movements.iter().map(|id| movement_words(l, rules, id)).collect::<Vec<_>>().join("; "))
        }
        Measure::StayedSize { class, grew: true } => plain("measure-grew", class),
        Measure::StayedSize { class, grew: false } => plain("measure-shrank", class),
        Measure::Deprived { class, indicator } => with("measure-deprived", class, indicator_words(l, rules, indicator)),
        Measure::InGroup { class, group, .. } => with("measure-group", class, group_words(l, rules, group)),
        Measure::Ethnicity { class, code, .. } => with("measure-ethnicity", class, ethnicity_words(rules, *code)),
        Measure::Minority { class, .. } => plain("measure-minority", class),
        Measure::OtherMinority { class, .. } => plain("measure-other-minority", class),
        Measure::Cause { class, code } => with("measure-cause", class, cause_words(l, rules, *code)),
        Measure::Children { class, under } => with("measure-children", class, under.to_string()),
        Measure::WithChildren { class, under } => with("measure-with-children", class, under.to_string()),
        Measure::ChildrenDeprived { class, under, indicator } => {
            let children = with("measure-with-children", class, under.to_string());
            l.t2("measure-and-deprived", "of", children, "what", indicator_words(l, rules, indicator))
        }
        Measure::Rate { of, per } => {
            l.t2("measure-rate", "of", column_words(l, layout, of), "per", column_words(l, layout, per))
        }
        Measure::Sum { columns } => {
            let all: Vec<String> = columns.iter().map(|id| column_words(l, layout, id)).collect();
            l.t1("measure-sum", "columns", all.join("; "))
        }
    }
}

/// Key of the unit of a number: households, persons, percent.
pub(super) fn unit_key(layout: &FormLayout, measure: &Measure) -> &'static str {
    match measure {
        Measure::Population { counted }
        | Measure::Opening { counted, .. }
        | Measure::InClass { counted, .. }
        | Measure::Moved { counted, .. }
        | Measure::InGroup { counted, .. }
        | Measure::Ethnicity { counted, .. }
        | Measure::Minority { counted, .. }
        | Measure::OtherMinority { counted, .. } => match counted {
            Counted::Households => "unit-households",
            Counted::Persons => "unit-persons",
        },
        Measure::StayedSize { .. } | Measure::Children { .. } => "unit-persons",
        Measure::Deprived { .. }
        | Measure::Cause { .. }
        | Measure::WithChildren { .. }
        | Measure::ChildrenDeprived { .. } => "unit-households",
        Measure::Rate { .. } => "unit-percent",
        Measure::Sum { columns } => {
            let first = columns.first().and_then(|id| layout.column(id)).map(|column| &column.measure);
            first.filter(|m| !matches!(m, Measure::Sum { .. })).map_or("unit-households", |m| unit_key(layout, m))
        }
    }
}

/// `Hộ nghèo · Số hộ`
pub(super) fn column_words(l: Lang, layout: &FormLayout, id: &str) -> String {
    let Some(column) = layout.column(id) else { return id.to_owned() };
    let heading = column.heading.as_ref().map(|heading| label(l, heading));
    heading.into_iter().chain([label(l, &column.label)]).collect::<Vec<_>>().join(" · ")
}

/// The row as its own line of the form names it.
pub(super) fn row_words(l: Lang, row: &RowKey, unit_below: &str) -> String {
    match row {
        RowKey::Total => l.t("total"),
        RowKey::Area(area) => area_words(l, *area),
        RowKey::Unit { key, .. } => left_over_words(l, key).unwrap_or_else(|| unit_below.to_owned()),
    }
}

/// A movement of the law by its own label; what is none by the program's word.
pub(crate) fn movement_words(l: Lang, rules: &Rulebook, id: &str) -> String {
    match rules.movements.value.movements.iter().find(|m| m.id == id) {
        Some(movement) => label(l, &movement.label),
        // keys: movement-*
        None => l.t(&format!("movement-{id}")),
    }
}

fn or_id(l: Lang, found: Option<&Label>, id: &str) -> String {
    found.map_or_else(|| id.to_owned(), |found| label(l, found))
}

fn indicator_words(l: Lang, rules: &Rulebook, id: &str) -> String {
    or_id(l, rules.indicators.value.indicators.iter().find(|i| i.id == id).map(|i| &i.label), id)
}

fn group_words(l: Lang, rules: &Rulebook, id: &str) -> String {
    or_id(l, rules.groups.value.groups.iter().find(|g| g.id == id).map(|g| &g.label), id)
}

fn cause_words(l: Lang, rules: &Rulebook, code: u8) -> String {
    or_id(l, rules.causes.value.causes.iter().find(|c| c.code == code).map(|c| &c.label), &code.to_string())
}

fn ethnicity_words(rules: &Rulebook, code: u16) -> String {
    let found = rules.ethnic.value.groups.iter().find(|g| g.code == code);
    found.map_or_else(|| code.to_string(), |group| group.name.clone())
}
