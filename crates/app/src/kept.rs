//! What was derived of the register and is kept in memory for as long as nothing it came from changed: each thing under its key, with
//! the version of the facts it was made at. Bounded; whatever is forgotten is made again. Start with [`Kept`].

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

use domain::units::Scope;
use storage::{SheetKey, Work};

use crate::AppError;
use crate::programme::lies_in;

/// Derived things by their keys, `most` at a time.
#[derive(Debug)]
pub(crate) struct Kept<K, T> {
    most: usize,
    known: Mutex<HashMap<K, (i64, Arc<T>)>>,
}

impl<K: Hash + Eq, T> Kept<K, T> {
    pub fn at_most(most: usize) -> Self {
        Self { most, known: Mutex::default() }
    }

    /// What was made at this very version.
    pub fn good(&self, key: &K, version: i64) -> Option<Arc<T>> {
        self.newest(key).filter(|(of, _)| *of == version).map(|(_, thing)| thing)
    }

    /// What was made last, with its version.
    pub fn newest(&self, key: &K) -> Option<(i64, Arc<T>)> {
        self.known.lock().ok()?.get(key).cloned()
    }

    /// Keeps it in the place of an older one. When there are too many, all others are forgotten.
    pub fn keep(&self, key: K, version: i64, thing: &Arc<T>) {
        if let Ok(mut known) = self.known.lock() {
            if known.len() >= self.most && !known.contains_key(&key) {
                known.clear();
            }
            known.insert(key, (version, Arc::clone(thing)));
        }
    }
}

/// The communes of the scope that have facts, each with their version.
pub(crate) async fn communes_with_facts(work: &mut dyn Work, scope: &Scope) -> Result<Vec<(SheetKey, i64)>, AppError> {
    let mut versions = work.fact_versions(scope).await?;
    versions.retain(|(key, _)| !key.commune.is_empty() && lies_in(key, scope));
    Ok(versions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_made_at_the_version_is_good_and_a_full_memory_begins_anew() {
        let kept = Kept::at_most(2);
        for (key, version) in [("a", 1), ("b", 1), ("a", 2)] {
            kept.keep(key, version, &Arc::new(format!("{key}{version}")));
        }
        let good = |key, version| kept.good(&key, version).map(|thing| thing.as_str().to_owned());
        assert_eq!((good("a", 1), good("a", 2), good("b", 1)), (None, Some("a2".to_owned()), Some("b1".to_owned())));
        assert_eq!(kept.newest(&"a").map(|(version, _)| version), Some(2), "renewed in its place, nobody is forgotten");
        kept.keep("c", 1, &Arc::default());
        assert_eq!((good("a", 2), good("b", 1), good("c", 1)), (None, None, Some(String::new())));
    }
}
