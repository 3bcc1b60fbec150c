//! The same for a province with its districts and their communes, all of which a reader has before him at once.

use measures::suppress::{FamilyRow, Shown, publishable, publishable_below, whole_of};
use proptest::prelude::*;

use crate::reader::{Group, Sums, moved_unseen};
use crate::{CUTOFF, Counts, INDICATORS, LEAST, Register, as_published, is_known, register, row};

/// A district and, where they are published, its communes.
struct District {
    own: Group,
    communes: Vec<Group>,
    /// Where its counts stand among all.
    place: usize,
}

fn districts(province: &[Register], rows: &[FamilyRow], shown: &[Shown], whole: &[bool]) -> Vec<District> {
    let mut place = 0;
    let mut district = |((register, row), shown): ((&Register, &FamilyRow), &Shown)| {
        let communes: Vec<FamilyRow> = register.iter().map(crate::row).collect();
        let published = publishable_below(&communes, Some(shown), u64::from(CUTOFF), LEAST);
        let communes = published.map_or(Vec::new(), |published| as_published(register, &published.groups));
        let known = is_known(shown);
        let communes = communes.into_iter().map(|commune| commune.below(&known)).collect();
        let found = District { own: Group::new(row, shown).below(whole), communes, place };
        place += 1 + found.communes.len();
        found
    };
    province.iter().zip(rows).zip(shown).map(&mut district).collect()
}

impl District {
    fn sums(&self) -> Sums {
        if self.communes.is_empty() {
            return self.own.sums(self.place);
        }
        let communes = self.communes.iter().zip(self.place + 1..);
        let below: Vec<Sums> = communes.map(|(commune, place)| commune.sums(place)).collect();
        self.own.above(&below, self.place)
    }

    fn given_away(&self, moved: u128) -> Vec<Given> {
        let own = std::iter::once((&self.own, self.place, false));
        let communes = self.communes.iter().zip(self.place + 1..).map(|(commune, place)| (commune, place, true));
        let of_group = |(group, place, is_commune): (&Group, usize, bool)| {
            let counts = group.counts;
            let given = move |at| Given { is_commune, counts, at };
            group.unmoved(moved, place).into_iter().map(given)
        };
        own.chain(communes).flat_map(of_group).collect()
    }
}

/// A count that is known although it is hidden.
#[derive(Debug, PartialEq, Eq)]
struct Given {
    is_commune: bool,
    counts: Counts,
    at: usize,
}

fn given_away(province: &[Register]) -> Vec<Given> {
    let together = |communes: &Register| whole_of(&communes.iter().map(row).collect::<Vec<_>>(), INDICATORS);
    let rows: Vec<FamilyRow> = province.iter().map(together).collect();
    let Some(published) = publishable(&rows, u64::from(CUTOFF), LEAST) else { return Vec::new() };
    let whole = is_known(&published.whole);
    let districts = districts(province, &rows, &published.groups, &whole);
    let sums: Vec<Sums> = districts.iter().map(District::sums).collect();
    let moved = moved_unseen(&sums, &whole);
    districts.iter().flat_map(|district| district.given_away(moved)).collect()
}

/// Two or three districts of two or three communes.
fn province() -> impl Strategy<Value = Vec<Register>> {
    proptest::collection::vec(register(2..4), 2..4)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    /// Of districts nothing is given away. Of communes no small count is, and nothing of their households.
    #[test]
    fn districts_and_communes_together_give_no_small_count_away(province in province()) {
        for given in given_away(&province) {
            let is_large = given.counts[given.at] >= LEAST.cast_signed();
            prop_assert!(given.is_commune && given.at >= 2 && is_large, "{:?}", given);
        }
    }
}

/// What the method gives up: where everybody poor in a district lacks an indicator, so does everybody poor in its communes.
#[test]
fn what_everybody_poor_lacks_is_known_of_communes_as_well() {
    let other = vec![[12, 0, 0, 0, 0, 0, 6, 2], [3, 0, 0, 0, 0, 1, 0, 0], [3, 0, 0, 2, 0, 8, 0, 3]];
    let district = vec![[6, 0, 0, 3, 0, 0, 2, 1], [8, 0, 0, 1, 0, 0, 0, 2]];
    let second = |counts| Given { is_commune: true, counts, at: 3 };
    let known = [second([6, 12, 4, 6, 3, 13]), second([3, 11, 3, 3, 2, 8])];
    assert_eq!(given_away(&[other, district]), known);
}

/// Of the first two indicators districts show their sum, 6 and 11, and the province 3 of the first, so that a reader has the
/// choice of 1 and 2 or 2 and 1. But in a commune where 3 poor lack 5 of the two together, 2 at least lack the first.
#[test]
fn communes_do_not_say_how_few_lack_what_is_hidden_of_their_district() {
    let row = |all, poor, censored: [u64; 4]| FamilyRow { all, poor, censored: censored.to_vec() };
    let communes = |first| [row(30, 3, [first, 3, 3, 3]), row(30, 7, [2 - first, 6, 6, 6])];
    let other = row(60, 20, [1, 5, 18, 18]);
    let is_bare = |communes: &[FamilyRow; 2]| {
        let districts = publishable(&[other.clone(), whole_of(communes, 4)], 2, LEAST).unwrap();
        assert_eq!(districts.groups[1].censored, [false, false, true, true]);
        let published = publishable_below(communes, Some(&districts.groups[1]), 2, LEAST).unwrap();
        published.groups.iter().all(|group| !group.parts && group.censored.iter().all(|shown| !shown))
    };
    assert!(is_bare(&communes(2)));
    assert!(!is_bare(&communes(1)), "where the two can change places, the others are shown");
}
