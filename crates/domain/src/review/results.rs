//! A year's results above the commune: compiled, approved, published. Preliminary and official ones are two records that
//! never overwrite each other; what was compiled is frozen with its hash.

use kernel::{Day, ResultsId, UserId};
use serde::{Deserialize, Serialize};

use crate::units::Scope;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultsKind {
    Preliminary,
    Official,
}

impl ResultsKind {
    pub const BOTH: [Self; 2] = [Self::Preliminary, Self::Official];

    pub fn id(self) -> &'static str {
        match self {
            Self::Preliminary => "preliminary",
            Self::Official => "official",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|k| k.id() == id)
    }
}

/// Who took a step, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub day: Day,
    pub by: String,
    /// Number of the paper; empty where there is none.
    pub number: String,
}

/// One unit's line: households by class id, and those without a class under an empty id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    pub code: String,
    pub name: String,
    /// Households and persons by class id.
    pub classes: Vec<(String, i64, i64)>,
    pub unclassified: i64,
    /// The commune's chairman has decided.
    pub recognised: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    pub id: ResultsId,
    pub unit: Scope,
    pub year: i16,
    pub kind: ResultsKind,
    pub lines: Vec<UnitLine>,
    /// SHA-256 of the lines, in hex.
    pub hash: String,
    pub compiled: Stamp,
    /// Who compiled; nothing in versions from before it was kept.
    #[serde(default)]
    pub compiled_by: Option<UserId>,
    /// The snapshot whose forms and report go with this version: of preliminary results frozen when they were compiled, of
    /// official ones when they were approved.
    #[serde(default)]
    pub snapshot: Option<String>,
    pub approved: Option<Stamp>,
    pub published: Option<Stamp>,
    pub version: i64,
}

/// Why results were not compiled, approved or published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResultsRefusal {
    /// RES-001
    #[error("{communes} communes have not recognised their results")]
    NotRecognised { communes: usize },
    /// RES-002
    #[error("they were approved on {day}; compile a new version first")]
    ApprovedBefore { day: Day },
    /// RES-003
    #[error("only approved results are published")]
    NotApproved,
    /// RES-004
    #[error("they were published on {day}")]
    PublishedBefore { day: Day },
    /// RES-005
    #[error("an approval has a number")]
    NoNumber,
    /// RES-006
    #[error("there is nothing to compile")]
    Nothing,
    /// RES-007
    #[error("the day is still to come or too early")]
    WrongDay,
    /// RES-008
    #[error("the register says something else by now than when they were compiled")]
    ChangedSince,
    /// RES-009
    #[error("who compiled results does not approve them")]
    CompiledByThem,
}

impl ResultsRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotRecognised { .. } => "RES-001",
            Self::ApprovedBefore { .. } => "RES-002",
            Self::NotApproved => "RES-003",
            Self::PublishedBefore { .. } => "RES-004",
            Self::NoNumber => "RES-005",
            Self::Nothing => "RES-006",
            Self::WrongDay => "RES-007",
            Self::ChangedSince => "RES-008",
            Self::CompiledByThem => "RES-009",
        }
    }
}

/// Results may be compiled: official ones only when every commune with households has decided.
pub fn may_compile(kind: ResultsKind, lines: &[UnitLine]) -> Result<(), ResultsRefusal> {
    let with_households = |line: &&UnitLine| !line.classes.is_empty() || line.unclassified > 0;
    if !lines.iter().any(|line| with_households(&line)) {
        return Err(ResultsRefusal::Nothing);
    }
    let open = lines.iter().filter(with_households).filter(|line| !line.recognised).count();
    if kind == ResultsKind::Official && open > 0 {
        return Err(ResultsRefusal::NotRecognised { communes: open });
    }
    Ok(())
}

impl Results {
    /// By the account; in versions from before it was kept, by the name.
    pub fn was_compiled_by(&self, who: UserId, name: &str) -> bool {
        self.compiled_by.map_or_else(|| self.compiled.by == name, |by| by == who)
    }

    /// Somebody else than who compiled looks at the numbers and approves them.
    pub fn approve(mut self, by: UserId, stamp: Stamp, today: Day) -> Result<Self, ResultsRefusal> {
        if let Some(approved) = &self.approved {
            return Err(ResultsRefusal::ApprovedBefore { day: approved.day });
        }
        if self.was_compiled_by(by, &stamp.by) {
            return Err(ResultsRefusal::CompiledByThem);
        }
        if stamp.number.trim().is_empty() {
            return Err(ResultsRefusal::NoNumber);
        }
        if stamp.day > today || stamp.day < self.compiled.day {
            return Err(ResultsRefusal::WrongDay);
        }
        self.approved = Some(stamp);
        Ok(self)
    }

    pub fn publish(mut self, stamp: Stamp, today: Day) -> Result<Self, ResultsRefusal> {
        if let Some(published) = &self.published {
            return Err(ResultsRefusal::PublishedBefore { day: published.day });
        }
        let approved = self.approved.as_ref().ok_or(ResultsRefusal::NotApproved)?;
        if stamp.day > today || stamp.day < approved.day {
            return Err(ResultsRefusal::WrongDay);
        }
        self.published = Some(stamp);
        Ok(self)
    }
}

/// Lines of households by class that a public table does not show: where one of the counts is small, and, so that the total
/// does not give a single one away, the smallest of the others with it.
pub fn hidden_lines(lines: &[Vec<i64>], least: i64) -> Vec<bool> {
    let is_small = |line: &Vec<i64>| line.iter().any(|count| (1..least).contains(count));
    let hidden = lines.iter().map(is_small).collect();
    never_alone(lines, hidden)
}

/// The same beside a table of the same lines that was published before, with what that one hides: who keeps it reads the
/// difference. A line stays hidden, and one that changed by a few households is hidden too.
pub fn hidden_beside(lines: &[Vec<i64>], before: (&[Vec<i64>], &[bool]), least: i64) -> Vec<bool> {
    let is_close = |(line, then): (&Vec<i64>, &Vec<i64>)| {
        line.iter().zip(then).any(|(now, then)| (1..least).contains(&(now - then).abs()))
    };
    let was_hidden = |at: usize| before.1.get(at) == Some(&true);
    let alone = hidden_lines(lines, least);
    let hidden = lines.iter().zip(before.0).zip(alone).enumerate();
    never_alone(lines, hidden.map(|(at, (pair, alone))| alone || was_hidden(at) || is_close(pair)).collect())
}

/// With the smallest of the others, so that the total gives nobody away.
fn never_alone(lines: &[Vec<i64>], mut hidden: Vec<bool>) -> Vec<bool> {
    if hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let others = lines.iter().enumerate().filter(|(place, _)| hidden.get(*place) == Some(&false));
        let with_households = others.filter(|(_, line)| line.iter().sum::<i64>() > 0);
        let smallest = with_households.min_by_key(|(_, line)| line.iter().sum::<i64>()).map(|(place, _)| place);
        if let Some(also) = smallest.and_then(|place| hidden.get_mut(place)) {
            *also = true;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::{hidden_beside, hidden_lines};

    #[test]
    fn a_line_that_changed_by_a_few_since_the_last_table_is_hidden_beside_it() {
        let before = vec![vec![50, 80], vec![20, 10], vec![30, 30]];
        let table: [(&[[i64; 2]], [bool; 3]); 4] = [
            (&[[50, 80], [20, 10], [30, 30]], [false, false, false]),
            (&[[51, 79], [20, 10], [30, 30]], [true, true, false]),
            (&[[60, 70], [20, 10], [30, 30]], [false, false, false]),
            (&[[51, 80], [20, 10], [31, 30]], [true, false, true]),
        ];
        for (lines, expected) in table {
            let lines: Vec<Vec<i64>> = lines.iter().map(|line| line.to_vec()).collect();
            assert_eq!(hidden_beside(&lines, (&before, &[false; 3]), 5), expected, "{lines:?}");
        }
        let was_hidden = hidden_beside(&before, (&before, &[true, true, false]), 5);
        assert_eq!(was_hidden, [true, true, false], "what was hidden stays hidden");
    }

    #[test]
    fn a_small_count_is_hidden_and_never_alone() {
        let table: [(&[&[i64]], &[bool]); 5] = [
            (&[&[9, 7], &[5, 8]], &[false, false]),
            (&[&[0, 7], &[5, 0]], &[false, false]),
            (&[&[4, 70], &[50, 80], &[20, 10]], &[true, false, true]),
            (&[&[4, 70], &[50, 1], &[20, 10]], &[true, true, false]),
            (&[&[4, 70], &[0, 0]], &[true, false]),
        ];
        for (lines, expected) in table {
            let lines: Vec<Vec<i64>> = lines.iter().map(|line| line.to_vec()).collect();
            assert_eq!(hidden_lines(&lines, 5), expected, "{lines:?}");
        }
    }
}
