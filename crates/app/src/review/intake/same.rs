//! Which member of a known household a row of a list is. Certain by paper, or by name and birth date; likely when one of the
//! two was corrected and nobody else comes into question: then the preview says so and a person may say that they are two.

use domain::registry::{Household, Member};
use domain::review::list::ListMember;
use kernel::PersonId;
use kernel::text::fold_name;

/// How sure it is that a row is a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    Surely(PersonId),
    Likely(PersonId),
}

impl Same {
    pub fn person(self) -> PersonId {
        match self {
            Self::Surely(person) | Self::Likely(person) => person,
        }
    }
}

/// The member that each row is; `None` for somebody new. With `strangers` only the certain ones.
pub fn same_members(rows: &[ListMember], household: &Household, strangers: bool) -> Vec<Option<Same>> {
    let mut same: Vec<Option<Same>> = Vec::with_capacity(rows.len());
    for row in rows {
        let taken: Vec<PersonId> = same.iter().flatten().map(|s: &Same| s.person()).collect();
        same.push(certain(household, row, &taken).map(Same::Surely));
    }
    if strangers {
        return same;
    }
    let taken: Vec<PersonId> = same.iter().flatten().map(|s| s.person()).collect();
    let free: Vec<&Member> = household.present().filter(|m| !taken.contains(&m.person.id)).collect();
    let open = |same: &[Option<Same>]| -> Vec<usize> {
        same.iter().enumerate().filter(|(_, found)| found.is_none()).map(|(at, _)| at).collect()
    };
    for at in open(&same) {
        let alike = |at: &usize, member: &Member| rows.get(*at).is_some_and(|row| is_alike(row, *at == 0, member));
        let candidates: Vec<&&Member> = free.iter().filter(|member| alike(&at, member)).collect();
        let [only] = candidates.as_slice() else { continue };
        let rivals = open(&same).iter().filter(|other| alike(other, only)).count();
        if let Some(found) = same.get_mut(at).filter(|_| rivals == 1) {
            *found = Some(Same::Likely(only.person.id));
        }
    }
    same
}

/// By paper, else by folded name and birth date.
fn certain(household: &Household, row: &ListMember, taken: &[PersonId]) -> Option<PersonId> {
    let free = || household.present().filter(|m| !taken.contains(&m.person.id));
    let by_paper = row.paper.as_ref().and_then(|paper| free().find(|m| m.person.paper.as_ref() == Some(paper)));
    let folded = fold_name(&row.name);
    let by_name = || free().find(|m| fold_name(&m.person.name) == folded && m.person.birth == row.birth);
    by_paper.or_else(by_name).map(|m| m.person.id)
}

/// The same name with another birth date, or the same birth date and relation with another name. Two papers that differ,
/// or two sexes, are two people.
fn is_alike(row: &ListMember, is_head: bool, member: &Member) -> bool {
    let person = &member.person;
    let differ = |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if a != b);
    if differ(&row.paper, &person.paper) || matches!((row.sex, person.sex), (Some(a), Some(b)) if a != b) {
        return false;
    }
    let same_name = fold_name(&row.name) == fold_name(&person.name);
    let same_birth = row.birth.is_some() && row.birth == person.birth;
    same_name || (same_birth && (row.relation == member.relation || is_head == member.is_head))
}

#[cfg(test)]
mod tests {
    use domain::registry::{Person, Sex};
    use domain::units::Place;
    use kernel::{Day, HouseholdId, VillageId};
    use uuid::Uuid;

    use super::*;

    fn household(members: &[(&str, &str, &str, Option<&str>)]) -> Household {
        let member = |(at, (name, birth, relation, paper)): (usize, &(&str, &str, &str, Option<&str>))| Member {
            person: Person {
                id: PersonId(Uuid::from_u128(at as u128)),
                name: (*name).to_owned(),
                sex: Some(Sex::Female),
                birth: birth.parse().ok(),
                paper: paper.map(str::to_owned),
                ethnicity: None,
            },
            relation: (*relation).to_owned(),
            is_head: at == 0,
            joined: None,
            left: None,
        };
        Household {
            id: HouseholdId(Uuid::nil()),
            place: Place {
                units_from: Day::first_of(2023),
                province: "42".to_owned(),
                district: "444".to_owned(),
                commune: "18553".to_owned(),
                village: VillageId(Uuid::nil()),
            },
            address: None,
            members: members.iter().enumerate().map(member).collect(),
            events: Vec::new(),
            closed: None,
            version: 1,
        }
    }

    fn row(name: &str, birth: &str, relation: &str, paper: Option<&str>) -> ListMember {
        ListMember {
            name: name.to_owned(),
            sex: Some(Sex::Female),
            birth: birth.parse().ok(),
            paper: paper.map(str::to_owned),
            relation: relation.to_owned(),
            ..ListMember::default()
        }
    }

    #[test]
    fn a_corrected_name_or_birth_date_is_likely_the_same_person_unless_two_come_into_question() {
        let known = household(&[
            ("Lê Thị Lan", "12/03/1975", "head", None),
            ("Lê Thị Hoa", "02/09/2012", "child", None),
            ("Lê Thị Mơ", "02/09/2014", "child", None),
        ]);
        let lan = || row("Lê Thị Lan", "12/03/1975", "head", None);
        let likely = |at: u128| Some(Same::Likely(PersonId(Uuid::from_u128(at))));
        let sure = |at: u128| Some(Same::Surely(PersonId(Uuid::from_u128(at))));
        let table = [
            // the other rows, what they are
            (vec![("Lê Thị Hòa", "02/09/2012"), ("Lê Thị Mơ", "02/09/2014")], vec![sure(1), sure(2)]),
            (vec![("Lê Thị Hoa", "03/09/2012"), ("Lê Thị Mơ", "02/09/2014")], vec![likely(1), sure(2)]),
            (vec![("Lê Thị Hồng", "02/09/2012"), ("Lê Thị Mơ", "02/09/2014")], vec![likely(1), sure(2)]),
            // Both changed: somebody else.
            (vec![("Lê Thị Hồng", "03/09/2012"), ("Lê Thị Mơ", "02/09/2014")], vec![None, sure(2)]),
            // Two rows that could both be the one member.
            (vec![("Lê Thị Hồng", "02/09/2012"), ("Lê Thị Huệ", "02/09/2012")], vec![None, None]),
        ];
        for (others, expected) in table {
            let mut rows = vec![lan()];
            rows.extend(others.iter().map(|(name, birth)| row(name, birth, "child", None)));
            let same = same_members(&rows, &known, false);
            assert_eq!(same[0], sure(0));
            assert_eq!(same[1..], expected, "{others:?}");
            let strict = same_members(&rows, &known, true);
            assert!(strict.iter().flatten().all(|same| matches!(same, Same::Surely(_))), "{others:?}");
        }
    }

    #[test]
    fn two_papers_that_differ_are_two_people() {
        let known = household(&[("Lê Thị Lan", "12/03/1975", "head", Some("042175001234"))]);
        let other = row("Lê Thị Lan", "12/03/1976", "head", Some("042176001234"));
        assert_eq!(same_members(&[other], &known, false), [None]);
        let without = row("Lê Thị Lan", "12/03/1976", "head", None);
        assert_eq!(same_members(&[without], &known, false), [Some(Same::Likely(PersonId(Uuid::from_u128(0))))]);
    }
}
