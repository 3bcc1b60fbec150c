//! How many households or persons live in the communes that figures are of, reviewed or not: what a rate of the whole area is
//! divided by. From the totals of the villages; where one was not entered, nothing is guessed.

use super::axis::{Axis, Way};
use super::{Ground, Weigh};

/// Everybody of an area and of each of its groups; `None` where a village has no total, or where a group is not a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Population {
    pub whole: Option<i64>,
    pub groups: Vec<Option<i64>>,
    /// Villages without a total.
    pub missing: usize,
}

/// A sum that is not known once a part of it is not.
#[derive(Clone, Copy)]
struct Sum(Option<i64>);

impl Sum {
    fn add(&mut self, part: Option<i64>) {
        self.0 = self.0.zip(part).map(|(sum, part)| sum + part);
    }
}

/// `shown`: for each group of the answer its place in the first axis.
pub(super) fn population(
    weigh: Weigh,
    ground: &Ground,
    (first, is_crossed): (&Axis, bool),
    shown: &[usize],
) -> Population {
    let mut whole = Sum((!ground.villages.is_empty()).then_some(0));
    let mut groups = vec![Sum(Some(0)); first.groups.len()];
    let mut missing = 0;
    let places = if let Way::Places(places) = &first.way { Some(places).filter(|_| !is_crossed) } else { None };
    for of in &ground.villages {
        let total = of.total.map(|(households, persons)| if weigh == Weigh::Households { households } else { persons });
        missing += usize::from(total.is_none());
        whole.add(total);
        let Some(places) = places else { continue };
        let commune = &of.village.commune;
        let Some(group) = places.in_village(commune, of.village.id).and_then(|at| groups.get_mut(at)) else { continue };
        // Households were placed one by one, the village's others were not counted apart.
        group.add(total.filter(|_| !places.one_by_one(commune)));
    }
    if let Some(places) = places {
        for ((commune, _), at) in &places.households {
            let is_of_ground = ground.villages.iter().any(|of| of.village.commune == *commune);
            if let Some(group) = groups.get_mut(*at).filter(|_| is_of_ground) {
                group.add(None);
            }
        }
    }
    let of = |at: &usize| groups.get(*at).and_then(|sum| sum.0).filter(|_| places.is_some());
    Population { whole: whole.0, groups: shown.iter().map(of).collect(), missing }
}
