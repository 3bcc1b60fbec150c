//! Households in groups of one result each, as lists print them.

use std::collections::HashMap;

use documents::official::context::{ListGroup, ListedHousehold};
use domain::registry::{Household, Sex};
use domain::review::round::Outcome;
use kernel::HouseholdId;
use norms::{Class, Rulebook};

use super::office::lowered;

/// One household with what it was and what it is found to be.
pub(super) struct Found<'a> {
    pub household: HouseholdId,
    pub before: Option<&'a str>,
    pub class: Option<&'a str>,
    pub outcome: Option<&'a Outcome>,
}

/// The households behind ids, with the names of their villages where a list spans several.
pub(super) struct Known {
    pub households: HashMap<HouseholdId, Household>,
    pub villages: HashMap<kernel::VillageId, String>,
}

impl Known {
    fn listed(&self, found: &Found<'_>, note: Option<String>) -> Option<ListedHousehold> {
        let household = self.households.get(&found.household)?;
        let head = household.head().map(|member| &member.person);
        Some(ListedHousehold {
            head_name: household.head_name().to_owned(),
            sex: head.and_then(|person| person.sex).map(|sex| sex_word(sex).to_owned()),
            birth_year: head.and_then(|person| person.birth).map(|birth| birth.year),
            address: self.villages.get(&household.place.village).cloned(),
            persons: u32::try_from(household.size()).unwrap_or(u32::MAX),
            b1: found.outcome.and_then(|outcome| outcome.b1),
            b2: found.outcome.and_then(|outcome| outcome.b2),
            note,
        })
    }

    fn group(&self, title: String, found: Vec<(&Found<'_>, Option<String>)>) -> ListGroup {
        let mut households: Vec<ListedHousehold> =
            found.into_iter().filter_map(|(found, note)| self.listed(found, note)).collect();
        households.sort_by_cached_key(|line| {
            (line.address.as_deref().map(kernel::text::sort_key), kernel::text::person_sort_key(&line.head_name))
        });
        ListGroup { title, households }
    }

    /// A group for each class that certificates are given for.
    pub fn by_class(&self, all: &[Found<'_>], rules: &Rulebook) -> Vec<ListGroup> {
        let of = |class: &Class| {
            let found = all.iter().filter(|found| found.class == Some(class.id.as_str())).map(|found| (found, None));
            self.group(class.label.vi.clone(), found.collect())
        };
        listed_classes(rules).map(of).collect()
    }

    /// A group for each class that was left for a better one, with what each household is now.
    pub fn escaped(&self, all: &[Found<'_>], rules: &Rulebook) -> Vec<ListGroup> {
        let of = |class: &Class| {
            let left =
                all.iter().filter(|found| found.before == Some(class.id.as_str()) && found.class != found.before);
            let found = left.map(|found| (found, Some(class_word(rules, found.class))));
            self.group(escape_title(&class.label.vi), found.collect())
        };
        listed_classes(rules).map(of).filter(|group| !group.households.is_empty()).collect()
    }
}

fn listed_classes(rules: &Rulebook) -> impl Iterator<Item = &Class> {
    rules.classes.value.classes.iter().filter(|class| class.listed)
}

pub(super) fn is_listed(rules: &Rulebook, class: Option<&str>) -> bool {
    class.and_then(|id| rules.classes.value.get(id)).is_some_and(|class| class.listed)
}

/// `Hộ nghèo`; what no class fits is `Không công nhận`.
pub(super) fn class_word(rules: &Rulebook, class: Option<&str>) -> String {
    let class = class.and_then(|id| rules.classes.value.get(id));
    class.map_or_else(|| "Không công nhận".to_owned(), |class| class.label.vi.clone())
}

/// `Hộ nghèo` is left by `Hộ thoát nghèo`.
fn escape_title(class: &str) -> String {
    let rest = lowered(class);
    format!("Hộ thoát {}", rest.strip_prefix("hộ ").unwrap_or(&rest))
}

pub(super) fn sex_word(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "Nam",
        Sex::Female => "Nữ",
    }
}
