//! The office of a commune, a district or a province as its papers name it: who issues, under whom, where.

use documents::official::context::{Head, Signer, Standing, cited};
use domain::units::{Place, Scope, ScopeLevel};
use kernel::Day;
use norms::{Basis, DayKind, LegalBases, Term, Unit, UnitList};
use storage::Work;

use crate::review::rounds::Law;
use crate::{AppError, House};

pub(crate) struct Office<'a> {
    house: &'a House,
    /// `xã Hương Trạch`, `tỉnh Hà Tĩnh`.
    pub unit: String,
    /// `Hương Trạch`.
    pub place: String,
    /// `huyện Hương Khê`; the province where there are no districts, nothing above a province.
    above: String,
    /// `huyện Hương Khê, tỉnh Hà Tĩnh`.
    beyond: String,
    pub sample: bool,
}

impl<'a> Office<'a> {
    /// The office of the commune a place lies in.
    pub async fn of(house: &'a House, work: &mut dyn Work, place: &Place) -> Result<Self, AppError> {
        let scope = Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone());
        Self::of_unit(house, work, &scope).await
    }

    pub async fn of_unit(house: &'a House, work: &mut dyn Work, scope: &Scope) -> Result<Self, AppError> {
        let units = house.units(scope);
        let unit = units.get(scope.level.into(), &scope.code).ok_or(AppError::Missing("unit"))?;
        let above = above(units, unit);
        Ok(Self {
            house,
            unit: lowered(&unit.full_name()),
            place: unit.name.clone(),
            above: above.first().cloned().unwrap_or_default(),
            beyond: above.join(", "),
            sample: crate::access::is_sample(work).await?,
        })
    }

    /// `Ủy ban nhân dân xã Hương Trạch`.
    pub fn agency(&self) -> String {
        format!("Ủy ban nhân dân {}", self.unit)
    }

    /// `CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HƯƠNG TRẠCH`.
    pub fn authority(&self) -> String {
        format!("Chủ tịch {}", self.agency()).to_uppercase()
    }

    /// `Thôn Tân Hội, xã Hương Trạch, huyện Hương Khê, tỉnh Hà Tĩnh`.
    pub fn address(&self, village: &str) -> String {
        let parts = [village, &self.unit, &self.beyond];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    pub fn head(&self, number: &str, symbol: &str, day: Option<Day>) -> Head {
        let (count, own) = number_of(number);
        Head {
            parent: (!self.above.is_empty()).then(|| format!("Ủy ban nhân dân {}", self.above)),
            agency: self.agency(),
            number: count,
            symbol: Some(own.unwrap_or_else(|| symbol.to_owned())),
            place: self.place.clone(),
            day,
        }
    }

    /// Of a paper that has a day and no number.
    pub fn head_of_day(&self, day: Day) -> Head {
        Head { symbol: None, ..self.head("", "", Some(day)) }
    }

    pub fn head_without_number(&self) -> Head {
        Head { symbol: None, ..self.head("", "", None) }
    }

    /// The head of a village's own paper; it has no number.
    pub fn village_head(&self, village: &str, day: Option<Day>) -> Head {
        Head {
            parent: Some(self.agency()),
            agency: village.to_owned(),
            number: None,
            symbol: None,
            place: self.place.clone(),
            day,
        }
    }

    pub fn bases(&self, paper: &str, day: Day) -> Result<Vec<String>, AppError> {
        let bases = self.house.norms.in_force::<LegalBases>("documents.legal_bases", day)?;
        Ok(cited(&bases.value, paper))
    }

    /// What of the process nobody has confirmed keeps its papers from being official.
    pub async fn standing(&self, work: &mut dyn Work, law: &Law) -> Result<Standing, AppError> {
        let confirmed = crate::law::confirmed_keys(work).await?;
        let process = &law.process.basis;
        let mut bases = self.house.norms.unconfirmed();
        bases.retain(|basis| basis.norm == process.norm && basis.from == process.from);
        let named = |basis: &Basis| {
            let act = basis.citation.as_ref().map(|citation| format!(" ({})", citation.act)).unwrap_or_default();
            format!("{}{act}", basis.label.vi)
        };
        let open = crate::law::unconfirmed(&confirmed, &bases);
        Ok(Standing { sample: self.sample, unconfirmed: open.iter().map(named).collect() })
    }

    /// `Ủy ban nhân dân huyện Hương Khê`.
    pub fn level_above(&self) -> String {
        format!("Ủy ban nhân dân {}", self.above)
    }
}

pub(super) fn chairman(name: &str) -> Signer {
    Signer { capacity: vec!["CHỦ TỊCH".to_owned()], name: filled(name) }
}

pub(crate) fn for_committee(name: &str) -> Signer {
    let capacity = vec!["TM. ỦY BAN NHÂN DÂN".to_owned(), "CHỦ TỊCH".to_owned()];
    Signer { capacity, name: filled(name) }
}

/// `7 ngày làm việc`, `15 ngày`.
pub(super) fn term_words(term: Term) -> String {
    match term.kind {
        DayKind::Working => format!("{} ngày làm việc", term.count),
        DayKind::Calendar => format!("{} ngày", term.count),
    }
}

/// The units a unit lies in, nearest first.
fn above(units: &UnitList, unit: &Unit) -> Vec<String> {
    std::iter::successors(units.parent(unit), |unit| units.parent(unit))
        .map(|unit| lowered(&unit.full_name()))
        .collect()
}

/// `88/QĐ-UBND`: the number, and the symbol it carries.
fn number_of(written: &str) -> (Option<u32>, Option<String>) {
    match written.trim().split_once('/') {
        Some((count, symbol)) => (count.trim().parse().ok(), Some(symbol.trim().to_owned())),
        None => (written.trim().parse().ok(), None),
    }
}

/// `Xã Hương Trạch` within a sentence.
pub(super) fn lowered(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

pub(super) fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_carry_its_symbol() {
        let table = [
            ("88/QĐ-UBND", (Some(88), Some("QĐ-UBND".to_owned()))),
            (" 7 ", (Some(7), None)),
            ("7A/QĐ", (None, Some("QĐ".to_owned()))),
            ("", (None, None)),
        ];
        for (written, expected) in table {
            assert_eq!(number_of(written), expected, "{written}");
        }
        assert_eq!(lowered("Xã Hương Trạch"), "xã Hương Trạch");
    }
}
