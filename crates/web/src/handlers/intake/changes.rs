//! What an import would change in a household, in words: before → after.

use app::review::intake::Change;
use norms::Rulebook;

use crate::language::Lang;

/// All changes of a household on one line.
pub fn sentence(l: Lang, rules: &Rulebook, changes: &[Change]) -> String {
    changes.iter().map(|change| words(l, rules, change)).collect::<Vec<_>>().join("; ")
}

fn words(l: Lang, rules: &Rulebook, change: &Change) -> String {
    // keys: change-*
    let label = l.t(change.what);
    let (before, after) = match change.what {
        "change-class" | "change-class-entered" | "change-left-class" => {
            (class(l, rules, &change.before), class(l, rules, &change.after))
        }
        "change-listed" => (on_list(l, &change.before), on_list(l, &change.after)),
        // These are kept as sets; the household's page shows them one by one.
        "change-causes" | "change-groups" => return label,
        _ => (change.before.clone(), change.after.clone()),
    };
    match (before.is_empty(), after.is_empty()) {
        (true, true) => label,
        (true, false) => format!("{label}: {after}"),
        (false, true) => format!("{label}: {before}"),
        (false, false) => format!("{label}: {before} → {after}"),
    }
}

fn class(l: Lang, rules: &Rulebook, id: &str) -> String {
    let known = rules.classes.value.get(id);
    known.map_or_else(|| l.t("class-none"), |class| class.label.of(l.code()).to_owned())
}

fn on_list(l: Lang, value: &str) -> String {
    l.t(if value == "true" { "listed-yes" } else { "listed-no" })
}
