//! The routes of the program, read from the handlers' own tables. A way of adding a route that this does not understand fails
//! the test: no route goes unasked.

use std::path::{Path, PathBuf};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    Get,
    Post,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `/registry/households/{id}`
    pub path: String,
    pub verbs: Vec<Verb>,
}

impl Route {
    /// Whether an address without its query is one of this route; a fixed word beats a parameter.
    pub fn fits(&self, address: &str) -> bool {
        let (mine, theirs): (Vec<&str>, Vec<&str>) = (self.path.split('/').collect(), address.split('/').collect());
        mine.len() == theirs.len() && mine.iter().zip(&theirs).all(|(m, t)| m.starts_with('{') || m == t)
    }

    fn parameters(&self) -> usize {
        self.path.matches('{').count()
    }
}

/// The route an address belongs to.
pub fn route_of<'r>(routes: &'r [Route], address: &str) -> Option<&'r Route> {
    routes.iter().filter(|route| route.fits(address)).min_by_key(|route| route.parameters())
}

/// Every `.route("…", get(…).post(…))` of the handlers.
pub fn routes() -> Vec<Route> {
    let mut found: Vec<Route> = Vec::new();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/handlers")) {
        let text = std::fs::read_to_string(&file).unwrap();
        for (at, call) in text.match_indices(".route(") {
            let inside = in_brackets(&text[at + call.len()..]);
            // A round has a route of its own kind.
            if inside.is_empty() {
                continue;
            }
            let path = inside.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            let path = path.unwrap_or_else(|| panic!("{}: .route({inside})", file.display()));
            let has = |verb: &str| inside.contains(&format!(" {verb}(")) || inside.contains(&format!(").{verb}("));
            let verbs: Vec<Verb> = [("get", Verb::Get), ("post", Verb::Post)]
                .into_iter()
                .filter(|(v, _)| has(v))
                .map(|(_, v)| v)
                .collect();
            assert!(!verbs.is_empty(), "{}: {path} has no verb that is understood", file.display());
            match found.iter_mut().find(|route| route.path == path) {
                Some(route) => route.verbs.extend(verbs),
                None => found.push(Route { path: path.to_owned(), verbs }),
            }
        }
        for other in [".nest(", ".nest_service(", ".route_service("] {
            assert!(!text.contains(other), "{}: {other} adds routes that this test does not see", file.display());
        }
        let known = ["get", "post", "{get, post}"];
        for verbs in text.lines().filter_map(|line| line.strip_prefix("use axum::routing::")) {
            let is_known = known.contains(&verbs.trim_end_matches(';'));
            assert!(is_known, "{}: {verbs} adds routes that this test does not see", file.display());
        }
    }
    found
}

/// Up to the bracket that closes what was opened before.
fn in_brackets(text: &str) -> &str {
    let mut depth = 1;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
