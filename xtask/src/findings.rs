//! What a check found: a place and a sentence each, in the order of the files.
//! Never decides whether that is bad; every finding fails the check.

use std::fmt;

#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// A file, or a file and a line.
    pub place: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Findings {
    pub fn add(&mut self, place: impl Into<String>, sentence: impl Into<String>) {
        self.0.push(Finding { place: place.into(), sentence: sentence.into() });
        self.0.sort();
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    #[cfg(test)]
    pub fn sentences(&self) -> Vec<&str> {
        self.0.iter().map(|finding| finding.sentence.as_str()).collect()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.sentence)
    }
}
