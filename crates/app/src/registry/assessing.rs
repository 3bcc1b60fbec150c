//! What a household's review of a year is made of: size and ages on the day of the list, groups read from the head, class.
//! Never saves anything. Every place that stores an assessment goes through [`evaluated`].

use domain::registry::{Household, Member, Sex};
use domain::review::Assessment;
use kernel::Day;
use norms::{ComputedGroup, Rulebook};
use storage::StoredAssessment;

/// An assessment with the class the rules give and the class that counts.
pub fn evaluated(assessment: Assessment, rules: &Rulebook) -> StoredAssessment {
    let class_computed = assessment.classified(rules).map(|c| c.class.to_owned());
    let class = assessment.class(rules);
    StoredAssessment { assessment, class, class_computed }
}

/// The members who live in the household on the day of the year's list.
pub fn members_on_list(household: &Household, year: i16) -> Vec<&Member> {
    let day = Day::last_of(year);
    household.members.iter().filter(|m| m.was_present_on(day)).collect()
}

/// How many members the year's list counts, and their ages where the birth year is known.
pub fn size_and_ages(household: &Household, year: i16) -> (i32, Vec<i16>) {
    let day = Day::last_of(year);
    let members = members_on_list(household, year);
    let ages = members.iter().filter_map(|m| m.person.birth.map(|birth| birth.age_on(day))).collect();
    (i32::try_from(members.len()).unwrap_or(i32::MAX), ages)
}

/// The target groups that are read from the head instead of entered; bit = place in the list of groups.
pub fn computed_groups(household: &Household, rules: &Rulebook) -> u32 {
    let Some(head) = household.head() else { return 0 };
    let mut mask = 0;
    for (place, group) in rules.groups.value.groups.iter().enumerate() {
        let belongs = match group.computed {
            None => false,
            Some(ComputedGroup::FemaleHead) => head.person.sex == Some(Sex::Female),
            Some(ComputedGroup::MinorityHead) => {
                head.person.ethnicity.is_some_and(|code| code != rules.ethnic.value.majority)
            }
        };
        mask |= bit_at(place) * u32::from(belongs);
    }
    mask
}

/// The groups that a person enters: the mask without those that are computed.
pub fn entered_groups(mask: u32, rules: &Rulebook) -> u32 {
    let groups = &rules.groups.value.groups;
    groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.computed.is_none())
        .fold(0, |kept, (place, _)| kept | (mask & bit_at(place)))
}

fn bit_at(place: usize) -> u32 {
    u32::try_from(place).ok().and_then(|place| 1u32.checked_shl(place)).unwrap_or(0)
}
