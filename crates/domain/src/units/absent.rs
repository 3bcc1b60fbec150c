//! Communes that what is told of a whole unit knows nothing of, each to be named: a number over the others would pass for one
//! over all.

/// Codes of communes, in the order of the list of units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Absent {
    /// Without a list of the year.
    pub list: Vec<String>,
    /// Without a list of the year before.
    pub list_before: Vec<String>,
    /// Some village has no number of households of the year, or there is no village.
    pub totals: Vec<String>,
}

impl Absent {
    /// Enters a commune for what it lacks: the list, the list before, the numbers of households.
    pub fn note(&mut self, commune: &str, (list, list_before, totals): (bool, bool, bool)) {
        let lacks = [(list, &mut self.list), (list_before, &mut self.list_before), (totals, &mut self.totals)];
        for (_, codes) in lacks.into_iter().filter(|(is_missing, _)| *is_missing) {
            codes.push(commune.to_owned());
        }
    }
}
