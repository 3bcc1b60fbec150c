//! Administrative units as of a day. A code alone is no key: codes are re-used, so a unit is (level, code, list).
//! Never guesses a successor: what the crosswalk does not say is returned as unplaced.

use std::collections::HashMap;

use kernel::Day;

/// How high a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Province,
    District,
    Commune,
}

impl Level {
    pub fn id(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Province, Self::District, Self::Commune].into_iter().find(|l| l.id() == id)
    }
}

/// One unit of one dated list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub level: Level,
    pub code: String,
    /// `Xã`, `Phường`, `Thị trấn`, `Huyện` …
    pub kind: String,
    pub name: String,
    pub parent: Option<String>,
}

impl Unit {
    /// `Xã Hương Trạch`.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind, self.name).trim_start().to_owned()
    }
}

/// The units of the whole country from one day on.
#[derive(Debug, Clone)]
pub struct UnitList {
    /// First day of the list; together with level and code it is the key of a unit.
    pub from: Day,
    units: Vec<Unit>,
    by_key: HashMap<(Level, String), usize>,
    children: HashMap<(Level, String), Vec<usize>>,
}

impl UnitList {
    pub fn new(from: Day, units: Vec<Unit>) -> Self {
        let mut by_key = HashMap::with_capacity(units.len());
        let mut children: HashMap<(Level, String), Vec<usize>> = HashMap::new();
        for (at, unit) in units.iter().enumerate() {
            by_key.insert((unit.level, unit.code.clone()), at);
        }
        for (at, unit) in units.iter().enumerate() {
            let Some(parent) = &unit.parent else { continue };
            let above = match unit.level {
                Level::Commune if by_key.contains_key(&(Level::District, parent.clone())) => Level::District,
                Level::Commune | Level::District => Level::Province,
                Level::Province => continue,
            };
            children.entry((above, parent.clone())).or_default().push(at);
        }
        Self { from, units, by_key, children }
    }

    pub fn get(&self, level: Level, code: &str) -> Option<&Unit> {
        self.by_key.get(&(level, code.to_owned())).and_then(|at| self.units.get(*at))
    }

    pub fn commune(&self, code: &str) -> Option<&Unit> {
        self.get(Level::Commune, code)
    }

    /// The units directly below, in the order of the list.
    pub fn children(&self, level: Level, code: &str) -> impl Iterator<Item = &Unit> {
        self.children.get(&(level, code.to_owned())).into_iter().flatten().filter_map(|at| self.units.get(*at))
    }

    /// All communes at or below a unit.
    pub fn communes_below(&self, level: Level, code: &str) -> Vec<&Unit> {
        match level {
            Level::Commune => self.commune(code).into_iter().collect(),
            _ => self
                .children(level, code)
                .flat_map(|child| match child.level {
                    Level::Commune => vec![child],
                    other => self.communes_below(other, &child.code),
                })
                .collect(),
        }
    }

    /// The unit above; a commune's district, or its province where districts are gone.
    pub fn parent(&self, unit: &Unit) -> Option<&Unit> {
        let code = unit.parent.as_deref()?;
        match unit.level {
            Level::Commune => self.get(Level::District, code).or_else(|| self.get(Level::Province, code)),
            Level::District => self.get(Level::Province, code),
            Level::Province => None,
        }
    }

    /// The province a unit lies in.
    pub fn province_of(&self, unit: &Unit) -> Option<&Unit> {
        if unit.level == Level::Province {
            return self.get(Level::Province, &unit.code);
        }
        let above = self.parent(unit)?;
        if above.level == Level::Province { Some(above) } else { self.parent(above) }
    }

    /// Whether this list has a district level.
    pub fn has_districts(&self) -> bool {
        self.units.iter().any(|u| u.level == Level::District)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    pub fn len(&self) -> usize {
        self.units.len()
    }

    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
}

/// Where a commune of one list went in the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Successor {
    /// Whole into one commune.
    Whole(String),
    /// Divided between these; households are placed by a person.
    Divided(Vec<String>),
    /// Nobody has recorded it.
    Unplaced,
}

/// The crosswalk between two lists.
#[derive(Debug, Clone, Default)]
pub struct Crosswalk {
    rows: HashMap<String, Vec<(String, bool)>>,
    out_of_nothing: Vec<String>,
}

impl Crosswalk {
    /// `(old commune, new commune, whole)` rows. Without an old code (an island that had no commune) a row says nothing
    /// about any commune; it is kept to be counted.
    pub fn new(rows: impl IntoIterator<Item = (String, String, bool)>) -> Self {
        let mut out = Self::default();
        for (old, new, whole) in rows {
            if old.is_empty() {
                out.out_of_nothing.push(new);
            } else {
                out.rows.entry(old).or_default().push((new, whole));
            }
        }
        out
    }

    /// Every old commune that has a row.
    pub fn old_communes(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// New communes whose row names no old one.
    pub fn out_of_nothing(&self) -> &[String] {
        &self.out_of_nothing
    }

    pub fn successor(&self, old_commune: &str) -> Successor {
        match self.rows.get(old_commune).map(Vec::as_slice) {
            None | Some([]) => Successor::Unplaced,
            Some([(new, true)]) => Successor::Whole(new.clone()),
            Some(parts) => Successor::Divided(parts.iter().map(|(new, _)| new.clone()).collect()),
        }
    }
}
