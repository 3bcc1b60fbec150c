//! The program's values as the words of a page: classes, points, bases, gaps, trails, choices, faults of forms.

use app::{Entry, FieldFault};
use domain::review::form::Gap;
use kernel::{PageOf, Points, group_thousands};
use norms::{Basis as LawBasis, Label, Mark, Rulebook};

use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::parts::{Basis, Choice, Link, Pager, Tag, TrailRow};

/// A label of the norms in a language.
pub fn label(l: Lang, label: &Label) -> String {
    l.pick(&label.vi, &label.en).to_owned()
}

/// A class as word and shape; its rank is its place in the norms.
pub fn class_tag(l: Lang, rules: &Rulebook, class: Option<&str>) -> Tag {
    let classes = &rules.classes.value.classes;
    let found = class.and_then(|id| classes.iter().position(|c| c.id == id));
    match found.and_then(|at| classes.get(at).map(|class| (at, class))) {
        Some((at, class)) => Tag::new(label(l, &class.label), at + 1),
        None => Tag::new(l.t("class-none-yet"), 0),
    }
}

/// The classes as choices, in the order of the norms.
pub fn class_choices(l: Lang, rules: &Rulebook) -> Vec<Choice> {
    rules.classes.value.classes.iter().map(|c| Choice::new(c.id.clone(), label(l, &c.label))).collect()
}

pub fn points(points: Option<Points>) -> String {
    points.map_or_else(|| "–".to_owned(), |p| p.to_string())
}

pub fn number(n: impl TryInto<i64>) -> String {
    n.try_into().map_or_else(|_| String::new(), group_thousands)
}

/// `quoted-secondary`, as in the norms' files.
pub fn mark_id(mark: Mark) -> &'static str {
    match mark {
        Mark::Quoted => "quoted",
        Mark::QuotedSecondary => "quoted-secondary",
        Mark::Inferred => "inferred",
        Mark::Memory => "memory",
        Mark::Missing => "missing",
        Mark::Illustrative => "illustrative",
    }
}

/// What a result stands on; `unconfirmed` are the bases that wait for the province.
pub fn basis(basis: &LawBasis, unconfirmed: &[LawBasis]) -> Basis {
    let id = match &basis.item {
        Some(item) => format!("{}#{item}", basis.norm),
        None => basis.norm.clone(),
    };
    let citation = basis.citation.as_ref();
    Basis {
        id,
        act: citation.map(|c| c.act.clone()).unwrap_or_default(),
        article: citation.and_then(|c| c.article.clone()).unwrap_or_default(),
        href: format!("/norms/{}", basis.norm),
        mark: mark_id(basis.mark).to_owned(),
        is_unconfirmed: unconfirmed.iter().any(|open| open.key() == basis.key()),
    }
}

/// What keeps a number from being told.
pub fn gap(l: Lang, gap: Gap) -> String {
    match gap {
        Gap::Population { villages } => l.t1("gap-population", "n", number(villages)),
        Gap::PreviousList => l.t("gap-previous"),
        Gap::Marks { households } => l.t1("gap-marks", "n", number(households)),
        Gap::Unclassified { households } => l.t1("gap-unclassified", "n", number(households)),
        Gap::Vanished { households } => l.t1("gap-vanished", "n", number(households)),
        Gap::NoMovement { households } => l.t1("gap-no-movement", "n", number(households)),
        Gap::Ages { households } => l.t1("gap-ages", "n", number(households)),
        Gap::Area => l.t("gap-area"),
        Gap::NoList => l.t("gap-year-list"),
        Gap::Unlisted { communes } => l.t1("gap-lists", "n", number(communes)),
        Gap::UnlistedBefore { communes } => l.t1("gap-lists-before", "n", number(communes)),
    }
}

/// Where one is in a long list; `address` makes the link to a page.
pub fn pager<T>(page: &PageOf<T>, address: impl Fn(u32) -> String) -> Pager {
    let first = page.page.offset() + 1;
    let last = page.page.offset() + i64::try_from(page.rows.len()).unwrap_or(0);
    let now = page.page.number;
    Pager {
        from: if page.rows.is_empty() { "0".to_owned() } else { number(first) },
        to: number(last),
        total: number(page.total),
        is_capped: page.capped,
        previous: (now > 1).then(|| address(now - 1)),
        next: (last < page.total).then(|| address(now + 1)),
    }
}

/// A form shown again with what was wrong in it.
pub fn with_faults(form: Form, faults: &[FieldFault]) -> Form {
    faults.iter().fold(form, |form, fault| form.with_fault(fault.field.clone(), fault.problem))
}

/// `23/11/2026 14:05` in Việt Nam.
pub fn moment(at_ms: i64) -> String {
    const VIETNAM_MS: i64 = 7 * 60 * 60 * 1000;
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let local = at_ms + VIETNAM_MS;
    let minutes = local.rem_euclid(DAY_MS) / 60_000;
    let days = local.div_euclid(DAY_MS);
    let day = kernel::Day::from_unix_days(days).map(|d| d.to_string()).unwrap_or_default();
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// Entries of the trail in words.
pub fn trail_rows(l: Lang, entries: &[Entry]) -> Vec<TrailRow> {
    entries
        .iter()
        .map(|entry| TrailRow {
            at: moment(entry.at_ms),
            who: entry.actor_name.clone(),
            // keys: verb-*
            what: l.t(&format!("verb-{}", entry.verb)),
            detail: detail(&entry.detail),
            subject: subject(l, entry),
        })
        .collect()
}

/// What an entry is about, where it has a page.
fn subject(l: Lang, entry: &Entry) -> Option<Link> {
    let (word, folder) = match entry.subject.as_str() {
        "household" => (l.t("subject-household"), "/registry/households"),
        "activity" => (l.t("subject-activity"), "/programme/activities"),
        "model" => (l.t("subject-model"), "/programme/models"),
        _ => return None,
    };
    Some(Link::new(word, format!("{folder}/{}", entry.subject_id)))
}

/// The plain values of an entry's detail, without braces; ids say nothing to a reader and are left out.
fn detail(value: &serde_json::Value) -> String {
    let joined = |texts: Vec<String>, mark: &str| -> String {
        texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(mark)
    };
    match value {
        serde_json::Value::Object(fields) => {
            let plain = fields.iter().filter(|(_, v)| !v.is_null() && !v.is_object());
            joined(plain.map(|(name, v)| score(name, v).unwrap_or_else(|| detail(v))).collect(), " · ")
        }
        serde_json::Value::String(text) if text.parse::<kernel::EntryId>().is_ok() => String::new(),
        serde_json::Value::String(text) => {
            kernel::Day::from_iso(text).map_or_else(|| text.clone(), |day| day.to_string())
        }
        serde_json::Value::Number(n) => n.to_string(),
        // What changed is kept as the value before and the value after.
        serde_json::Value::Array(items) => {
            joined(items.iter().map(detail).collect(), if items.len() == 2 { " → " } else { ", " })
        }
        _ => String::new(),
    }
}

/// Scores are kept in tenths of a point.
fn score(name: &str, value: &serde_json::Value) -> Option<String> {
    let tenths = value.as_i64().filter(|_| matches!(name, "b1" | "b2"))?;
    Some(format!("{} {}", name.to_uppercase(), Points(i32::try_from(tenths).ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_and_a_paper_say_the_same_of_what_is_missing() {
        let n = 1_234;
        let gaps = [
            Gap::Population { villages: n },
            Gap::PreviousList,
            Gap::Marks { households: n },
            Gap::Unclassified { households: n },
            Gap::Vanished { households: n },
            Gap::NoMovement { households: n },
            Gap::Ages { households: n },
            Gap::Area,
            Gap::NoList,
            Gap::Unlisted { communes: n },
            Gap::UnlistedBefore { communes: n },
        ];
        for missing in gaps {
            assert_eq!(gap(Lang::Vi, missing), documents::write::gap_words(missing));
        }
    }
}
