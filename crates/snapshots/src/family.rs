//! The poverty family of a frozen year, from its figures file alone: any weights, every cut-off, households or persons, by
//! everything the file keeps and by crossings of two. Start with [`family`].

use std::collections::HashMap;
use std::sync::Arc;

use domain::registry::Sex;
use measures::Fault;
use measures::layout::{By, Layout};
use measures::poverty::{CROSSED, Cube, FamilyPlan, Named, WHOLE, all_of};

use crate::fault::SnapshotFault;
use crate::read::Snapshot;

/// Names of decompositions, beside `target:` with the id of a target group.
const KNOWN: &str = "nation, province, district, commune, village, area, ethnic, head_sex, class, target:ID";
const TARGET: &str = "target:";

/// Why there is no family.
#[derive(Debug, thiserror::Error)]
pub enum FamilyFault {
    #[error(transparent)]
    Snapshot(#[from] SnapshotFault),
    /// What was asked for means nothing.
    #[error(transparent)]
    Asked(#[from] Fault),
}

/// Counts every decomposition of the plan; groups of nobody are left out. With `persons` in the plan it counts persons.
pub fn family(snapshot: &Snapshot, plan: &FamilyPlan, threads: usize) -> Result<Vec<Named>, FamilyFault> {
    plan.check()?;
    let figures = snapshot.figures()?;
    let mut axes: Vec<Vec<Axis>> = Vec::new();
    for by in &plan.by {
        let parts = by.split(CROSSED).map(|part| Axis::of(snapshot, figures.layout(), part));
        axes.push(parts.collect::<Result<_, FamilyFault>>()?);
    }
    let villages = |commune: u32, village: u16| {
        axes.iter().flatten().find_map(|axis| axis.villages.get(&(commune, village))).copied()
    };
    let simple: Vec<Vec<By<'_>>> =
        axes.iter().map(|parts| parts.iter().map(|axis| axis.by(&villages)).collect()).collect();
    let crossed = simple.iter().zip(&axes).filter_map(|(by, axes)| match (by.as_slice(), axes.as_slice()) {
        ([one], _) => Some(*one),
        ([first, second], [_, of_second]) => Some(By::Cross(first, second, of_second.names.len())),
        _ => None,
    });
    let cubes = figures.family(plan, &crossed.collect::<Vec<_>>(), threads)?;
    Ok(plan.by.iter().zip(&axes).zip(cubes).map(|((by, axes), cube)| named(by, axes, &cube)).collect())
}

/// Gives the groups their names and leaves out those of nobody.
fn named(by: &str, axes: &[Axis], cube: &Cube) -> Named {
    let kept: Vec<usize> =
        (0..cube.groups()).filter(|group| cube.group(*group).iter().any(|c| all_of(c) > 0)).collect();
    let places: HashMap<usize, usize> = kept.iter().enumerate().map(|(place, group)| (*group, place)).collect();
    let names = |group: &usize| match axes {
        [first, second] => {
            let most = second.names.len().max(1);
            vec![first.name(group / most), second.name(group % most)]
        }
        [only] if only.kind != Kind::Whole => vec![only.name(*group)],
        _ => Vec::new(),
    };
    let groups = kept.iter().map(names).collect();
    Named { by: by.to_owned(), groups, cube: cube.rolled_up(kept.len(), |group| places.get(&group).copied()) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    Commune,
    Unit,
    Village,
    Area,
    Ethnic,
    HeadSex,
    Class,
    Target(u8),
}

/// One part of a decomposition: what it goes by, and the name of each group.
struct Axis {
    kind: Kind,
    names: Vec<Arc<str>>,
    /// The number of the unit above each commune.
    units: Vec<Option<u32>>,
    /// The number of each village by its commune and its number there.
    villages: HashMap<(u32, u16), u32>,
}

impl Axis {
    fn of(snapshot: &Snapshot, layout: &Layout, part: &str) -> Result<Self, FamilyFault> {
        let shared = |names: &[String]| names.iter().map(|name| Arc::from(name.as_str())).collect::<Vec<Arc<str>>>();
        let axis = |kind, names| Self { kind, names, units: Vec::new(), villages: HashMap::new() };
        Ok(match part {
            WHOLE => axis(Kind::Whole, vec!["".into()]),
            "commune" => axis(Kind::Commune, shared(&layout.communes)),
            "district" | "province" => Self::above(snapshot, layout, part),
            "village" => Self::villages(snapshot, layout)?,
            "area" => axis(Kind::Area, vec!["urban".into(), "rural".into()]),
            "ethnic" => {
                let code = |code: u8| if code == 0 { "".into() } else { code.to_string().into() };
                axis(Kind::Ethnic, (0..=u8::MAX).map(code).collect())
            }
            "head_sex" => axis(Kind::HeadSex, vec!["".into(), Sex::Male.id().into(), Sex::Female.id().into()]),
            "class" => axis(Kind::Class, shared(&layout.classes)),
            _ => {
                let group = part.strip_prefix(TARGET);
                let at = group.and_then(|group| layout.targets.iter().position(|known| known == group));
                let bit = at.and_then(|at| u8::try_from(at).ok()).ok_or_else(|| Fault::NoColumn {
                    column: part.to_owned(),
                    path: snapshot.name.clone(),
                    has: format!("{KNOWN} ({})", layout.targets.join(", ")),
                })?;
                axis(Kind::Target(bit), vec!["".into(), group.unwrap_or_default().into()])
            }
        })
    }

    /// The units of a level above the communes, in the order of the frozen tree.
    fn above(snapshot: &Snapshot, layout: &Layout, level: &str) -> Self {
        let tree = &snapshot.manifest.units;
        let names: Vec<Arc<str>> =
            tree.iter().filter(|unit| unit.level == level).map(|unit| unit.code.as_str().into()).collect();
        let unit_of = |commune: &String| {
            let mut at = tree.iter().find(|unit| unit.level == "commune" && unit.code == *commune)?;
            while at.level != level {
                let parent = at.parent.as_ref()?;
                at = tree.iter().find(|unit| unit.code == *parent && unit.level != "commune")?;
            }
            let place = names.iter().position(|name| **name == *at.code)?;
            u32::try_from(place).ok()
        };
        let units = layout.communes.iter().map(unit_of).collect();
        Self { kind: Kind::Unit, names, units, villages: HashMap::new() }
    }

    /// Villages as `commune/name`; figures number them within each commune, from 1.
    fn villages(snapshot: &Snapshot, layout: &Layout) -> Result<Self, SnapshotFault> {
        let communes: HashMap<&str, u32> = layout.communes.iter().map(String::as_str).zip(0..).collect();
        let mut last: HashMap<u32, u16> = HashMap::new();
        let (mut names, mut villages) = (Vec::new(), HashMap::new());
        for village in snapshot.villages()? {
            let Some(commune) = communes.get(village.commune.as_str()) else { continue };
            let number = last.entry(*commune).or_default();
            *number += 1;
            villages.insert((*commune, *number), u32::try_from(names.len()).unwrap_or(u32::MAX));
            names.push(format!("{}/{}", village.commune, village.name).into());
        }
        Ok(Self { kind: Kind::Village, names, units: Vec::new(), villages })
    }

    fn by<'a>(&'a self, village: &'a (dyn Fn(u32, u16) -> Option<u32> + Sync)) -> By<'a> {
        match self.kind {
            Kind::Whole => By::Whole,
            Kind::Commune => By::Commune,
            Kind::Unit => By::Unit(&self.units),
            Kind::Village => By::Village(village),
            Kind::Area => By::Area,
            Kind::Ethnic => By::Ethnic,
            Kind::HeadSex => By::HeadSex,
            Kind::Class => By::Class,
            Kind::Target(bit) => By::Target(bit),
        }
    }

    fn name(&self, group: usize) -> Arc<str> {
        self.names.get(group).cloned().unwrap_or_default()
    }
}
