//! The rules of the house, as data: who stands on whom, and which outside names belong to which crate.
//! Never reads a file. A crate that is new in `crates/` needs its line in [`HOUSE`].

/// Every crate with those it may name. Arrows run down only.
const HOUSE: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("conditions", &[]),
    ("norms", &["kernel", "conditions"]),
    ("domain", &["kernel", "conditions", "norms"]),
    ("measures", &["kernel", "norms", "domain"]),
    ("snapshots", &["kernel", "norms", "domain", "measures"]),
    ("storage", &["kernel", "norms", "domain"]),
    ("storage-sql", &["kernel", "norms", "domain", "storage"]),
    ("storage-memory", &["kernel", "norms", "domain", "storage"]),
    ("documents", &["kernel", "norms", "domain"]),
    ("typeset", &["kernel", "norms", "documents"]),
    ("app", &["kernel", "conditions", "norms", "domain", "measures", "snapshots", "storage", "documents"]),
    ("web", &["kernel", "conditions", "norms", "domain", "measures", "snapshots", "documents", "app"]),
    (
        "cli",
        &[
            "kernel",
            "norms",
            "domain",
            "measures",
            "snapshots",
            "storage",
            "storage-memory",
            "storage-sql",
            "documents",
            "typeset",
            "app",
            "web",
        ],
    ),
    (
        "testkit",
        &[
            "kernel",
            "norms",
            "domain",
            "measures",
            "snapshots",
            "storage",
            "storage-sql",
            "documents",
            "typeset",
            "app",
            "web",
        ],
    ),
];

const PURE: &[&str] = &["kernel", "conditions", "norms", "domain", "measures"];

/// Outside names and the only crates that may say them.
const OUTSIDE: &[(&[&str], &[&str], &str)] = &[
    (
        &["sqlx", "rusqlite", "libsqlite3_sys", "tokio_postgres", "diesel", "sea_orm"],
        &["storage-sql", "testkit"],
        "Only storage-sql talks to a database, and testkit makes one for it.",
    ),
    (
        &["axum", "axum_extra", "hyper", "tower", "tower_http", "tower_sessions"],
        &["web", "cli", "testkit"],
        "The web framework is named by web alone, by cli to start it and by testkit to test it.",
    ),
    (&["cel"], &["conditions"], "Only conditions knows the engine of the conditions; all others ask it."),
    (
        &["typst", "typst_pdf", "typst_layout"],
        &["typeset"],
        "Only typeset knows typst; all others lay out a documents::official::Document and hand it over.",
    ),
    (
        &["askama"],
        &["web", "documents"],
        "Templates belong to web and documents; the layers below return values, not pages.",
    ),
];

const ASYNC: &[&str] = &["tokio", "futures", "futures_util", "async_trait", "async_std", "async fn"];

/// The sentence of the rule that `krate` breaks by naming `named`, if it breaks one.
pub fn broken_by(krate: &str, named: &str, in_tests: bool) -> Option<String> {
    house_rule(krate, &named.replace('_', "-"), in_tests)
        .or_else(|| pure_rule(krate, named))
        .or_else(|| outside_rule(krate, named))
}

fn house_rule(krate: &str, named: &str, in_tests: bool) -> Option<String> {
    let Some((_, below)) = HOUSE.iter().find(|(name, _)| *name == krate) else {
        return Some(format!("{krate} has no place in the house yet: give it a line in xtask/src/layers/rules.rs."));
    };
    if krate == named || !HOUSE.iter().any(|(name, _)| *name == named) || below.contains(&named) {
        return None;
    }
    if named == "testkit" {
        let allowed = in_tests && !PURE.contains(&krate);
        return (!allowed).then(|| {
            "testkit is for tests, and kernel, norms, domain and measures do without: they have nothing to stand in for."
                .to_owned()
        });
    }
    if (krate, named, in_tests) == ("app", "typeset", true) {
        return None;
    }
    Some(match (krate, named) {
        (_, "typeset") => "Only cli and testkit name typeset, and the tests of app that read real papers back; all \
                           others print through documents::official::PdfPrinter."
            .to_owned(),
        (_, "storage-sql" | "storage-memory") => {
            format!("Only cli and testkit name {named}; all others speak to the traits of storage.")
        }
        ("web", "storage") => {
            "web calls app, never a storage trait: put the question into a use case of app.".to_owned()
        }
        _ if below.is_empty() => {
            format!("Arrows run down only: {krate} stands at the bottom and names no other crate.")
        }
        _ => format!("Arrows run down only: {krate} may name {}.", below.join(", ")),
    })
}

fn pure_rule(krate: &str, named: &str) -> Option<String> {
    (PURE.contains(&krate) && ASYNC.contains(&named)).then(|| {
        "kernel, norms, domain and measures are pure: no async runtime, no database, no web; the caller fetches and waits."
            .to_owned()
    })
}

fn outside_rule(krate: &str, named: &str) -> Option<String> {
    let (_, _, sentence) =
        OUTSIDE.iter().find(|(names, owners, _)| names.contains(&named) && !owners.contains(&krate))?;
    Some((*sentence).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_run_down_only() {
        let table = [
            // who, names, in tests, allowed
            ("norms", "kernel", false, true),
            ("kernel", "norms", false, false),
            ("domain", "storage", false, false),
            ("app", "storage", false, true),
            ("app", "storage_sql", false, false),
            ("app", "storage_sql", true, false),
            ("cli", "storage_sql", false, true),
            ("testkit", "storage_sql", false, true),
            ("app", "typeset", false, false),
            ("app", "typeset", true, true),
            ("web", "typeset", true, false),
            ("cli", "typeset", false, true),
            ("web", "storage", false, false),
            ("web", "app", false, true),
            ("documents", "storage", false, false),
            ("storage", "storage_sql", false, false),
            ("app", "testkit", true, true),
            ("app", "testkit", false, false),
            ("domain", "testkit", true, false),
        ];
        for (krate, named, in_tests, allowed) in table {
            assert_eq!(
                broken_by(krate, named, in_tests).is_none(),
                allowed,
                "{krate} names {named}, tests: {in_tests}"
            );
        }
    }

    #[test]
    fn outside_names_have_their_owners() {
        let table = [
            ("domain", "tokio", false),
            ("domain", "sqlx", false),
            ("kernel", "axum", false),
            ("norms", "async fn", false),
            ("app", "tokio", true),
            ("app", "axum", false),
            ("app", "sqlx", false),
            ("web", "axum", true),
            ("storage-sql", "sqlx", true),
            ("domain", "serde", true),
        ];
        for (krate, named, allowed) in table {
            assert_eq!(broken_by(krate, named, false).is_none(), allowed, "{krate} names {named}");
        }
    }

    #[test]
    fn a_new_crate_is_asked_for_its_place() {
        assert!(broken_by("observatory", "kernel", false).unwrap().contains("no place in the house"));
    }
}
