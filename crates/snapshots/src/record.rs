//! One household's review of a year as a snapshot keeps it, and what the rules make of it. No names and no paper numbers:
//! a snapshot is never changed again, so it holds nothing that might have to be taken out. Start with [`Record::outcome`].

use std::collections::BTreeMap;

use domain::registry::Sex;
use domain::review::{Assessment, FactValue, Finding, Marks, PersonFacts, classify, find_deprivations, score};
use kernel::{BirthDate, Day, PersonId, Points};
use norms::{Rulebook, ScorePack};

static NO_FACTS: BTreeMap<String, FactValue> = BTreeMap::new();

/// A member as the rules see one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRecord {
    pub person: PersonId,
    pub birth: Option<BirthDate>,
    /// Lived there on the day of the list; answers about others are kept, but decide nothing.
    pub counted: bool,
}

/// One household's review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Without the import it came by: that is the register's memory, not a fact about the household.
    pub assessment: Assessment,
    /// The class that counts: decided, else computed.
    pub class: Option<String>,
    /// The class that was computed when the review was saved.
    pub class_computed: Option<String>,
    pub head_sex: Option<Sex>,
    pub members: Vec<MemberRecord>,
    /// What the rules gave on the day of the snapshot.
    pub outcome: Outcome,
}

/// What the rules make of one household.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// From the facts; none where nobody answered anything.
    pub marks: Marks,
    /// From the answers, by the pack that the review names.
    pub b1: Option<Points>,
    pub class: Option<String>,
    /// Id of the rule that gave the class.
    pub rule: Option<String>,
}

/// `<id>@<version>`, as reviews name the pack that gave their B1.
pub fn pack_name(pack: &ScorePack) -> String {
    format!("{}@{}", pack.id, pack.version)
}

impl Record {
    /// Runs the rules over the record.
    pub fn outcome(&self, rules: &Rulebook, packs: &[ScorePack]) -> Outcome {
        let mut again = self.assessment.clone();
        let (marks, _) = self.findings(rules);
        again.marks_computed = marks;
        again.b1_computed = self.b1(packs).or(self.assessment.b1_computed.filter(|_| self.pack(packs).is_none()));
        let classified = classify(again.area, again.b1(), again.b2(rules), rules);
        Outcome {
            marks,
            b1: again.b1_computed,
            class: classified.as_ref().map(|found| found.class.to_owned()),
            rule: classified.map(|found| found.rule.id.clone()),
        }
    }

    /// The marks that the facts give, and for each the member that decided it, named by the person's id.
    pub fn findings(&self, rules: &Rulebook) -> (Marks, Vec<Finding>) {
        let facts = &self.assessment.facts;
        if facts.household.is_empty() && facts.persons.is_empty() {
            return (Marks::default(), Vec::new());
        }
        let counted: Vec<&MemberRecord> = self.members.iter().filter(|member| member.counted).collect();
        let names: Vec<String> = counted.iter().map(|member| member.person.to_string()).collect();
        let persons: Vec<PersonFacts<'_>> = counted
            .iter()
            .zip(&names)
            .map(|(member, name)| PersonFacts {
                name,
                birth: member.birth,
                facts: facts.persons.get(&member.person).unwrap_or(&NO_FACTS),
            })
            .collect();
        find_deprivations(&rules.indicators.value, &facts.household, &persons, self.day())
    }

    /// The pack that the review names, among those of the snapshot.
    pub fn pack<'p>(&self, packs: &'p [ScorePack]) -> Option<&'p ScorePack> {
        let name = self.assessment.pack.as_deref()?;
        packs.iter().find(|pack| pack_name(pack) == name)
    }

    fn b1(&self, packs: &[ScorePack]) -> Option<Points> {
        let assessment = &self.assessment;
        let place = (assessment.area, assessment.place.province.as_str());
        score(self.pack(packs)?, place, &assessment.facts.answers, &self.births(), self.day()).ok().map(|b1| b1.total)
    }

    /// Births of the members who count.
    pub fn births(&self) -> Vec<Option<BirthDate>> {
        self.members.iter().filter(|member| member.counted).map(|member| member.birth).collect()
    }

    /// The day of the list, on which ages count.
    pub fn day(&self) -> Day {
        Day::last_of(self.assessment.year)
    }
}
