//! What a form holds when it is shown: values as typed, and at which fields something is wrong.
//! Field names are those of the use cases' faults: `name`, `members.2.birth`, `household.water`, `person.<id>.work`.

use crate::language::Lang;

/// Something wrong at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    /// Key of the sentence: `field-missing`, `field-date` …
    pub problem: String,
    /// How the field is called, where the norms name it; else `label-<last part of the name>` is used.
    pub label: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    faults: Vec<Fault>,
}

impl Form {
    /// From pairs as posted or as read from a record.
    pub fn new<K: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (K, V)>) -> Self {
        Self { values: values.into_iter().map(|(k, v)| (k.into(), v.into())).collect(), faults: Vec::new() }
    }

    #[must_use]
    pub fn with_fault(mut self, field: impl Into<String>, problem: impl Into<String>) -> Self {
        self.faults.push(Fault { field: field.into(), problem: problem.into(), label: None });
        self
    }

    #[must_use]
    pub fn with_named_fault(
        mut self,
        field: impl Into<String>,
        problem: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        self.faults.push(Fault { field: field.into(), problem: problem.into(), label: Some(label.into()) });
        self
    }

    /// The id of a field in the page: its name with a dash for every sign that selectors and addresses read otherwise.
    pub fn id(&self, field: impl AsRef<str>) -> String {
        let plain = |sign: char| if sign.is_ascii_alphanumeric() || sign == '_' { sign } else { '-' };
        field.as_ref().chars().map(plain).collect()
    }

    /// The values, to add to.
    pub fn into_values(self) -> Vec<(String, String)> {
        self.values
    }

    /// Names with their values, in order.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }

    /// Whether a box is ticked, a radio chosen or an option selected.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values.iter().any(|(name, held)| name == field && held == value)
    }

    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The sentence at a field, if something is wrong there.
    pub fn error(&self, l: impl Into<Lang>, field: &str) -> Option<String> {
        let l = l.into();
        self.faults.iter().find(|fault| fault.field == field).map(|fault| l.t(&fault.problem))
    }

    /// The line of the error summary: `Ngày sinh: không có ngày này …`.
    pub fn summary(&self, l: impl Into<Lang>, fault: &Fault) -> String {
        let l = l.into();
        let last = fault.field.rsplit('.').next().unwrap_or_default();
        let label = fault.label.clone().unwrap_or_else(|| l.t(&format!("label-{last}")));
        format!("{label}: {}", l.t(&fault.problem))
    }
}
