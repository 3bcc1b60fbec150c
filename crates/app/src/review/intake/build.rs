//! From a household as the list writes it to a household and an assessment, new or changed.
//! A value that says what already counts changes nothing, whether it was entered, computed or decided.

use std::collections::HashMap;

use domain::registry::{Household, JoinReason, LeaveReason, Member, Person};
use domain::review::list::{ListHousehold, ListMember};
use domain::review::{Assessment, Decision};
use domain::units::Village;
use kernel::text::fold_name;
use kernel::{Day, HouseholdId, Ids, IntakeId, PersonId};
use norms::Rulebook;
use storage::StoredAssessment;

use super::plan::Change;
use super::same::{Same, same_members};
use crate::registry::{blank, computed_groups, evaluated, size_and_ages};

/// Where a household goes whose village the list does not name.
const NO_VILLAGE: &str = "Chưa rõ thôn";

/// A household of the registry and its assessment of the year.
#[derive(Debug, Clone)]
pub struct Existing {
    pub household: Household,
    pub assessment: Option<StoredAssessment>,
}

pub fn village_name(written: &str) -> &str {
    if written.trim().is_empty() { NO_VILLAGE } else { written }
}

/// What an import needs to build households: ids, the day, the rules, the villages.
pub struct Builder<'a> {
    pub ids: &'a dyn Ids,
    pub rules: &'a Rulebook,
    pub year: i16,
    pub intake: Option<IntakeId>,
    /// The day on which members come or go by the list.
    pub day: Day,
    pub villages: &'a HashMap<(String, String), Village>,
}

impl Builder<'_> {
    /// The village of a household; `None` until it has been added.
    pub fn village(&self, household: &ListHousehold) -> Option<&Village> {
        let place = household.place.as_ref()?;
        self.villages.get(&(place.commune.clone(), fold_name(village_name(&household.village))))
    }

    pub fn new_household(&self, list: &ListHousehold) -> Option<Household> {
        let place = self.village(list)?.place();
        let members =
            list.members.iter().enumerate().map(|(at, member)| self.new_member(member, at == 0, None)).collect();
        Some(Household {
            id: HouseholdId(self.ids.next()),
            place,
            address: list.address.clone(),
            members,
            events: Vec::new(),
            closed: None,
            version: 0,
        })
    }

    fn new_member(&self, member: &ListMember, is_head: bool, joined: Option<(Day, JoinReason)>) -> Member {
        Member {
            person: Person {
                id: PersonId(self.ids.next()),
                name: member.name.clone(),
                sex: member.sex,
                birth: member.birth,
                paper: member.paper.clone(),
                ethnicity: member.ethnicity,
            },
            relation: member.relation.clone(),
            is_head,
            joined,
            left: None,
        }
    }

    /// What the list makes of a household; a head that left it changes nothing about who lives there.
    pub fn household_after(&self, list: &ListHousehold, existing: &Household, strangers: bool) -> Household {
        if list.listed { self.changed_household(list, existing, strangers) } else { existing.clone() }
    }

    /// The household as the list has it: members of the list come and stay, others leave by the list. Without `strangers`
    /// a row may be taken for a member whose name or birth date was corrected; see [`same_members`].
    fn changed_household(&self, list: &ListHousehold, existing: &Household, strangers: bool) -> Household {
        let mut household = existing.clone();
        if let Some(village) = self.village(list) {
            household.place = village.place();
        }
        let mut kept: Vec<PersonId> = Vec::new();
        let same = same_members(&list.members, &household, strangers);
        for (at, (member, found)) in list.members.iter().zip(&same).enumerate() {
            let found = found.map(Same::person);
            if let Some(known) = found.and_then(|id| household.members.iter_mut().find(|m| m.person.id == id)) {
                update_member(known, member, at == 0);
                kept.push(known.person.id);
            } else {
                let added = self.new_member(member, at == 0, Some((self.day, JoinReason::OnList)));
                kept.push(added.person.id);
                household.members.push(added);
            }
        }
        for member in household.members.iter_mut().filter(|m| m.is_present() && !kept.contains(&m.person.id)) {
            member.left = Some((self.day, LeaveReason::OffList));
            member.is_head = false;
        }
        household
    }

    /// The assessment of the year; what the list does not say stays as it was. `None` where nothing says whether the place
    /// is urban or rural: such a household is set aside when the list is read.
    pub fn assessment(
        &self,
        list: &ListHousehold,
        household: &Household,
        before: Option<&Assessment>,
    ) -> Option<StoredAssessment> {
        let (size, ages) = size_and_ages(household, self.year);
        let area = list.place.as_ref().and_then(|p| p.area).or(before.map(|b| b.area))?;
        let mut next = before.cloned().unwrap_or_else(|| blank(household, self.year, area));
        next.place = household.place.clone();
        next.area = area;
        next.listed = list.listed;
        next.left_class.clone_from(&list.left_class);
        next.size = size;
        next.ages = ages;
        next.ethnicity = household.head().and_then(|m| m.person.ethnicity);
        if list.b1.is_some() && list.b1 != next.b1() {
            next.b1_entered = list.b1;
        }
        if list.b2.is_some() && list.b2 != next.b2(self.rules) {
            next.b2_entered = list.b2;
        }
        if !list.marks.is_empty() && list.marks != next.marks() {
            next.marks_entered = list.marks;
        }
        if list.listed {
            next.groups = list.groups | computed_groups(household, self.rules);
            next.causes = list.causes;
            next.cause_other.clone_from(&list.cause_other);
            self.class_and_decision(list, &mut next);
        }
        next.intake = self.intake.or(next.intake);
        Some(evaluated(next, self.rules))
    }

    fn class_and_decision(&self, list: &ListHousehold, next: &mut Assessment) {
        if list.class_entered.is_some() && list.class_entered != next.class(self.rules) {
            next.class_entered.clone_from(&list.class_entered);
        }
        let class = list.class_entered.clone().or_else(|| list.class_computed.clone());
        if let (Some(number), Some(class)) = (list.decision_number.clone(), class) {
            next.decision = Some(Decision { number, day: list.decision_day, class });
        }
    }
}

fn update_member(member: &mut Member, row: &ListMember, is_head: bool) {
    let person = &mut member.person;
    person.name.clone_from(&row.name);
    person.sex = row.sex.or(person.sex);
    person.birth = row.birth.or(person.birth);
    person.paper = row.paper.clone().or_else(|| person.paper.take());
    person.ethnicity = row.ethnicity.or(person.ethnicity);
    member.relation.clone_from(&row.relation);
    member.is_head = is_head;
}

/// Everything that would differ, in words for the preview.
pub fn changes(
    list: &ListHousehold,
    existing: &Existing,
    villages: &HashMap<(String, String), Village>,
    (rules, year): (&Rulebook, i16),
    strangers: bool,
) -> Vec<Change> {
    let builder = Builder { ids: &NoIds, rules, year, intake: None, day: Day::last_of(year), villages };
    let household = builder.household_after(list, &existing.household, strangers);
    let before = existing.assessment.as_ref().map(|s| &s.assessment);
    let guessed = guessed_members(list, &existing.household, strangers);
    let mut changes = member_changes(&existing.household, &household, &guessed);
    if builder.village(list).is_none_or(|v| v.id != existing.household.place.village) {
        changes.push(change("change-village", "", list.village.as_str()));
    }
    match (before, builder.assessment(list, &household, before)) {
        (Some(before), Some(next)) => assessment_changes(before, &next.assessment, rules, &mut changes),
        _ => changes.push(change("change-first-assessment", "", year.to_string())),
    }
    changes
}

fn change(what: &'static str, before: impl Into<String>, after: impl Into<String>) -> Change {
    Change { what, before: before.into(), after: after.into() }
}

/// Members that a row was taken for by likeness only.
fn guessed_members(list: &ListHousehold, known: &Household, strangers: bool) -> Vec<PersonId> {
    if !list.listed {
        return Vec::new();
    }
    let same = same_members(&list.members, known, strangers).into_iter().flatten();
    same.filter_map(|same| if let Same::Likely(person) = same { Some(person) } else { None }).collect()
}

fn member_changes(before: &Household, after: &Household, guessed: &[PersonId]) -> Vec<Change> {
    let mut changes = Vec::new();
    for member in after.members.iter().filter(|m| before.member(m.person.id).is_none()) {
        changes.push(change("change-member-added", "", member.person.name.as_str()));
    }
    for known in before.present() {
        let Some(now) = after.member(known.person.id) else { continue };
        if !now.is_present() {
            changes.push(change("change-member-left", known.person.name.as_str(), ""));
        } else if now != known {
            let what = if guessed.contains(&known.person.id) { "change-member-likely" } else { "change-member" };
            changes.push(change(what, member_words(known), member_words(now)));
        }
    }
    changes
}

fn member_words(member: &Member) -> String {
    let birth = member.person.birth.map(|b| b.to_string()).unwrap_or_default();
    let paper = member.person.paper.clone().unwrap_or_default();
    [member.person.name.as_str(), &birth, &paper]
        .iter()
        .filter(|w| !w.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(", ")
}

fn assessment_changes(before: &Assessment, after: &Assessment, rules: &Rulebook, changes: &mut Vec<Change>) {
    let points = |p: Option<kernel::Points>| p.map(|p| p.to_string()).unwrap_or_default();
    let class = |a: &Assessment| a.class(rules).unwrap_or_default();
    let mut compare = |what, before: String, after: String| {
        if before != after {
            changes.push(change(what, before, after));
        }
    };
    compare("change-b1", points(before.b1()), points(after.b1()));
    compare("change-b2", points(before.b2(rules)), points(after.b2(rules)));
    compare("change-class", class(before), class(after));
    compare("change-listed", before.listed.to_string(), after.listed.to_string());
    let left = |a: &Assessment| a.left_class.clone().unwrap_or_default();
    compare("change-left-class", left(before), left(after));
    compare("change-size", before.size.to_string(), after.size.to_string());
    let written = |a: &Assessment| a.class_entered.clone().unwrap_or_default();
    compare("change-class-entered", written(before), written(after));
    let decision = |a: &Assessment| {
        let day = |d: &Decision| d.day.map(|day| format!(" ({day})")).unwrap_or_default();
        a.decision.as_ref().map(|d| d.number.clone() + &day(d)).unwrap_or_default()
    };
    compare("change-decision", decision(before), decision(after));
    compare("change-causes", before.causes.to_string(), after.causes.to_string());
    let other = |a: &Assessment| a.cause_other.clone().unwrap_or_default();
    compare("change-cause-other", other(before), other(after));
    compare("change-groups", before.groups.to_string(), after.groups.to_string());
    compare("change-marks", before.marks().count().to_string(), after.marks().count().to_string());
    if before.marks() != after.marks() && before.marks().count() == after.marks().count() {
        changes.push(change("change-marks", "", ""));
    }
}

/// The preview stores nothing, so its ids are never seen.
struct NoIds;

impl Ids for NoIds {
    fn next(&self) -> uuid::Uuid {
        uuid::Uuid::nil()
    }
}
