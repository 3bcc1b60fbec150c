//! What figures can be decomposed by, and which columns of the file that needs.

use super::row::Household;

/// What a decomposition goes by. Each gives a group number to a household; a group without households has empty counts.
#[derive(Clone, Copy)]
pub enum By<'a> {
    Whole,
    /// The place in [`Layout::communes`].
    Commune,
    /// The number of a unit for each commune, by the units of any day; `None` leaves the commune out, to be shown apart.
    Unit(&'a [Option<u32>]),
    /// The number of a unit by commune and village, for communes that were divided.
    Village(&'a (dyn Fn(u32, u16) -> Option<u32> + Sync)),
    Area,
    Ethnic,
    HeadSex,
    Class,
    /// 1 when in the target group, 0 when not.
    Target(u8),
    /// Group `a × most + b`, where `b` stays below `most`.
    Cross(&'a By<'a>, &'a By<'a>, usize),
}

impl By<'_> {
    /// The group of one household.
    pub fn group(&self, of: &Household) -> Option<usize> {
        Some(match self {
            By::Whole => 0,
            By::Commune => of.commune as usize,
            By::Unit(units) => units.get(of.commune as usize).copied().flatten()? as usize,
            By::Village(unit) => unit(of.commune, of.village)? as usize,
            By::Area => usize::from(of.area),
            By::Ethnic => usize::from(of.ethnic),
            By::HeadSex => usize::from(of.head_sex),
            By::Class => usize::from(of.class),
            By::Target(bit) => usize::from(of.targets.checked_shr(u32::from(*bit)).unwrap_or(0) & 1),
            By::Cross(a, b, most) => a.group(of)? * most + b.group(of).filter(|b| b < most)?,
        })
    }

    pub(super) fn needs(&self) -> Vec<Key> {
        match self {
            By::Whole => vec![],
            By::Commune | By::Unit(_) => vec![Key::Commune],
            By::Village(_) => vec![Key::Commune, Key::Village],
            By::Area => vec![Key::Area],
            By::Ethnic => vec![Key::Ethnic],
            By::HeadSex => vec![Key::HeadSex],
            By::Class => vec![Key::Class],
            By::Target(_) => vec![Key::Targets],
            By::Cross(a, b, _) => [a.needs(), b.needs()].concat(),
        }
    }
}

/// A column read as runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Commune,
    Area,
    Ethnic,
    Village,
    HeadSex,
    Targets,
    Class,
}

impl Key {
    pub(super) const EVERY: [Self; 7] =
        [Self::Commune, Self::Area, Self::Ethnic, Self::Village, Self::HeadSex, Self::Targets, Self::Class];

    pub(super) fn column(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Area => "area",
            Self::Ethnic => "ethnic",
            Self::Village => "village",
            Self::HeadSex => "head_sex",
            Self::Targets => "targets",
            Self::Class => "class",
        }
    }

    /// Values beyond the column's bits cannot come from [`super::write`].
    pub(super) fn set(self, row: &mut Household, value: i64) -> Option<()> {
        match self {
            Self::Commune => row.commune = u32::try_from(value).ok()?,
            Self::Area => row.area = u8::try_from(value).ok()?,
            Self::Ethnic => row.ethnic = u8::try_from(value).ok()?,
            Self::Village => row.village = u16::try_from(value).ok()?,
            Self::HeadSex => row.head_sex = u8::try_from(value).ok()?,
            Self::Targets => row.targets = u16::try_from(value).ok()?,
            Self::Class => row.class = u8::try_from(value).ok()?,
        }
        Some(())
    }
}
