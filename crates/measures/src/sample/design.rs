//! A sample as it streams by: weighted sums of every primary sampling unit and group, nothing of single rows.
//! A row in which something is missing is left out and counted. Start with [`Sums::read`].

use std::collections::BTreeMap;
use std::path::Path;

use super::rows::Rows;
use crate::poverty::{ALL, CROSSED, FamilyPlan, LANES, Tally};
use crate::{Fault, Why};

/// Which columns say how the sample was drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Design {
    /// Their product is the weight of a row; each row weighs 1 without.
    pub weights: Vec<String>,
    pub strata: Option<String>,
    /// Each row is a unit of its own without; then memory grows with the rows.
    pub psu: Option<String>,
    /// Columns to decompose by, beside the whole; `a*b` is the crossing of two.
    pub by: Vec<String>,
}

/// What a file came to.
#[derive(Debug)]
pub struct Sums {
    /// The stratum of each primary sampling unit, and how many units each stratum has.
    pub(super) stratum_of: Vec<usize>,
    pub(super) units_in: Vec<usize>,
    /// The whole first, then each decomposition.
    pub(super) domains: Vec<Domain>,
    pub rows: u64,
    pub left_out: LeftOut,
}

/// Rows that were not used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// An indicator is empty.
    pub indicator: u64,
    /// The weight, the stratum or the unit is empty, or the weight is 0.
    pub design: u64,
    /// Used for the whole, but in no group of a decomposition.
    pub group: u64,
}

/// A group of a decomposition; the whole has an empty value.
#[derive(Debug, Clone)]
pub(super) struct Domain {
    pub(super) by: String,
    pub(super) value: String,
    pub(super) rows: u64,
    /// By unit: weighted sums by bucket, lanes as in a cube.
    pub(super) units: BTreeMap<usize, Vec<[f64; LANES]>>,
}

impl Sums {
    /// Reads a whole file.
    pub fn read(path: &Path, plan: &FamilyPlan, design: &Design) -> Result<Self, Fault> {
        let mut names: Vec<&str> = plan.indicators.iter().map(String::as_str).collect();
        names.extend(design.weights.iter().chain(&design.strata).chain(&design.psu).map(String::as_str));
        names.extend(design.by.iter().flat_map(|by| by.split(CROSSED)));
        let mut rows = Rows::open(path, &names)?;
        let mut reader = Reader::new(plan, design);
        while let Some((cells, row)) = rows.next_row()? {
            reader.take(cells, row)?;
        }
        Ok(reader.finish())
    }
}

struct Reader<'a> {
    plan: &'a FamilyPlan,
    design: &'a Design,
    tally: Tally,
    strata: BTreeMap<String, usize>,
    units: BTreeMap<(usize, String), usize>,
    domains: BTreeMap<(usize, String), Domain>,
    sums: Sums,
}

impl<'a> Reader<'a> {
    fn new(plan: &'a FamilyPlan, design: &'a Design) -> Self {
        let sums = Sums {
            stratum_of: Vec::new(),
            units_in: Vec::new(),
            domains: Vec::new(),
            rows: 0,
            left_out: LeftOut::default(),
        };
        let (strata, units, domains) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { plan, design, tally: Tally::new(plan), strata, units, domains, sums }
    }

    fn take(&mut self, cells: &[String], row: u64) -> Result<(), Fault> {
        let (indicators, rest) = cells.split_at(self.plan.indicators.len().min(cells.len()));
        let (weights, rest) = rest.split_at(self.design.weights.len().min(rest.len()));
        let (stratum, rest) = rest.split_at(usize::from(self.design.strata.is_some()).min(rest.len()));
        let (psu, by) = rest.split_at(usize::from(self.design.psu.is_some()).min(rest.len()));
        self.sums.rows += 1;
        let Some(mask) = self.mask(indicators, row)? else {
            self.sums.left_out.indicator += 1;
            return Ok(());
        };
        let weight = self.weight(weights, row)?;
        let Some(weight) = weight.filter(|_| !stratum.iter().chain(psu).any(|cell| is_missing(cell))) else {
            self.sums.left_out.design += 1;
            return Ok(());
        };
        let stratum = stratum.first().cloned().unwrap_or_default();
        let psu = psu.first().cloned().unwrap_or_else(|| row.to_string());
        let unit = self.unit(stratum, psu);
        self.count(0, "", unit, mask, weight);
        let mut cells = by;
        for (place, name) in self.design.by.iter().enumerate() {
            let (own, rest) = cells.split_at(name.split(CROSSED).count().min(cells.len()));
            cells = rest;
            if own.iter().any(|cell| is_missing(cell)) {
                self.sums.left_out.group += 1;
            } else {
                self.count(place + 1, &own.join("*"), unit, mask, weight);
            }
        }
        Ok(())
    }

    fn mask(&self, cells: &[String], row: u64) -> Result<Option<u16>, Fault> {
        let mut mask = 0;
        for ((bit, cell), column) in cells.iter().enumerate().zip(&self.plan.indicators) {
            match cell.as_str() {
                "0" | "0.0" => {}
                "1" | "1.0" => mask |= 1 << bit,
                missing if is_missing(missing) => return Ok(None),
                other => {
                    let why = Why::new(
                        format!("cột {column} có {other} ở dòng {row}, chỉ được 0, 1 hoặc để trống"),
                        format!("column {column} holds {other} in row {row}, and only 0, 1 or nothing is meant"),
                    );
                    return Err(Fault::Definition { path: "--indicators".to_owned(), why });
                }
            }
        }
        Ok(Some(mask))
    }

    fn weight(&self, cells: &[String], row: u64) -> Result<Option<f64>, Fault> {
        let mut product = 1.0;
        for (cell, column) in cells.iter().zip(&self.design.weights) {
            if is_missing(cell) {
                return Ok(None);
            }
            match cell.parse::<f64>() {
                Ok(weight) if weight.is_finite() && weight >= 0.0 => product *= weight,
                _ => {
                    let why = Why::new(
                        format!("cột {column} có {cell} ở dòng {row}, trọng số phải là số từ 0 trở lên"),
                        format!("column {column} holds {cell} in row {row}, and a weight is a number from 0 on"),
                    );
                    return Err(Fault::Definition { path: "--weights".to_owned(), why });
                }
            }
        }
        Ok((product > 0.0).then_some(product))
    }

    /// The number of a unit. The same name in two strata is two units.
    fn unit(&mut self, stratum: String, psu: String) -> usize {
        let sums = &mut self.sums;
        let stratum = *self.strata.entry(stratum).or_insert_with(|| {
            sums.units_in.push(0);
            sums.units_in.len() - 1
        });
        *self.units.entry((stratum, psu)).or_insert_with(|| {
            if let Some(units) = sums.units_in.get_mut(stratum) {
                *units += 1;
            }
            sums.stratum_of.push(stratum);
            sums.stratum_of.len() - 1
        })
    }

    fn count(&mut self, by: usize, value: &str, unit: usize, mask: u16, weight: f64) {
        let name = || by.checked_sub(1).and_then(|place| self.design.by.get(place)).map_or("nation", String::as_str);
        let domain = self.domains.entry((by, value.to_owned())).or_insert_with(|| Domain {
            by: name().to_owned(),
            value: value.to_owned(),
            rows: 0,
            units: BTreeMap::new(),
        });
        domain.rows += 1;
        let cells = domain.units.entry(unit).or_insert_with(|| vec![[0.0; LANES]; self.plan.cutoffs.len() + 1]);
        if let Some(sums) = cells.get_mut(usize::from(self.tally.bucket(mask))) {
            for (lane, sum) in sums.iter_mut().enumerate() {
                if (mask | ALL) >> lane & 1 == 1 {
                    *sum += weight;
                }
            }
        }
    }

    fn finish(mut self) -> Sums {
        self.sums.domains = self.domains.into_values().collect();
        self.sums
    }
}

/// As the common statistics programs write an empty cell.
fn is_missing(cell: &str) -> bool {
    matches!(cell, "" | "." | "NA" | "NaN" | "nan")
}
