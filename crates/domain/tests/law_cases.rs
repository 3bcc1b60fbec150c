//! Runs the worked cases of `norms/cases/` through the deciding functions: every edge of the law that the norms promise.
//! A case that fails names itself in words; the cases are data, so a new norm version needs no change here.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its own fixture has failed")]

use std::collections::BTreeMap;

use domain::registry::{PaperFault, Sex, paper_fault, read_paper};
use domain::review::{FactValue, Fate, Line, Marks, PersonFacts, Standing, classify, fate_of, find_deprivations};
use kernel::{Day, HouseholdId};
use norms::{
    Area, Case, CaseFact, CasePaperFault, CaseSex, CaseTest, ClassGiven, Explains, IndicatorGiven, IndicatorSet,
    MovementGiven, Norms, PaperGiven, Papers,
};
use uuid::Uuid;

#[test]
fn every_worked_case_of_the_law_comes_out_as_it_says() {
    let norms = Norms::embedded().unwrap();
    assert!(norms.cases().len() > 100, "the cases are not there");
    let wrong: Vec<String> = norms
        .cases()
        .iter()
        .filter_map(|case| {
            let (expected, found) = run(case, &norms);
            (expected != found).then(|| format!("{} ({}): {expected} expected, {found} found", case.id, case.says))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn run(case: &Case, norms: &Norms) -> (String, String) {
    match &case.test {
        CaseTest::Class(given, expect) => {
            (format!("{:?}", expect.class), format!("{:?}", class(given, norms, case.on)))
        }
        CaseTest::Indicator(given, expect) => {
            (format!("{:?}", expect.deprived), format!("{:?}", deprived(given, norms, case.on)))
        }
        CaseTest::Movement(given, expect) => (expect.movement.clone(), movement(given, norms, case.on)),
        CaseTest::Paper(given, expect) => {
            (format!("{:?}", expect.fault), format!("{:?}", paper(given, norms, case.on)))
        }
    }
}

fn class(given: &ClassGiven, norms: &Norms, on: Day) -> Option<String> {
    let rules = norms.rulebook(on.year(), "42").unwrap();
    classify(given.area, given.b1, given.b2, &rules).map(|c| c.class.to_owned())
}

fn deprived(given: &IndicatorGiven, norms: &Norms, on: Day) -> Option<bool> {
    let set: IndicatorSet = norms.in_force("review.indicators", on).unwrap().value;
    let household = facts(&given.household);
    let members: Vec<_> = given.persons.iter().map(|p| (p.birth, facts(&p.facts))).collect();
    let persons: Vec<PersonFacts<'_>> =
        members.iter().map(|(birth, facts)| PersonFacts { name: "", birth: *birth, facts }).collect();
    let (marks, _) = find_deprivations(&set, &household, &persons, on);
    let number = set.indicators.iter().find(|i| i.id == given.indicator).map(|i| i.number).unwrap();
    marks.get(number)
}

fn facts(given: &BTreeMap<String, CaseFact>) -> BTreeMap<String, FactValue> {
    let value = |fact: &CaseFact| match fact {
        CaseFact::YesNo(yes) => FactValue::YesNo(*yes),
        CaseFact::Tenths(tenths) => FactValue::Tenths(*tenths),
        CaseFact::One(one) => FactValue::One(one.clone()),
        CaseFact::Several(several) => FactValue::Several(several.clone()),
    };
    given.iter().map(|(id, fact)| (id.clone(), value(fact))).collect()
}

fn movement(given: &MovementGiven, norms: &Norms, on: Day) -> String {
    let rules = norms.rulebook(on.year(), "42").unwrap();
    let standing = |class: &String| Standing {
        class: Some(class.clone()),
        computed: None,
        b2_entered: None,
        pack: None,
        size: 1,
        ages: Vec::new(),
        marks: Marks::default(),
        causes: 0,
        groups: 0,
        ethnicity: None,
    };
    let line = Line {
        household: HouseholdId(Uuid::from_u128(1)),
        below: String::new(),
        area: Area::Rural,
        now: given.now.as_ref().map(standing),
        before: given.before.as_ref().map(standing),
        earlier: given.earlier.clone(),
        arrived: given.explains == Some(Explains::Arrival),
        departed: given.explains == Some(Explains::Departure),
    };
    match fate_of(&line, &rules) {
        Fate::Stayed => "stay".to_owned(),
        Fate::Moved(movement) => movement.id.clone(),
        Fate::Vanished | Fate::Unclassified | Fate::NoRule => "unknown".to_owned(),
    }
}

fn paper(given: &PaperGiven, norms: &Norms, on: Day) -> Option<CasePaperFault> {
    let papers: Papers = norms.in_force("registry.papers", on).unwrap().value;
    let number = read_paper(&given.number, &papers)?;
    let sex = given.sex.map(|sex| match sex {
        CaseSex::Male => Sex::Male,
        CaseSex::Female => Sex::Female,
    });
    paper_fault(&number, sex, given.birth, &papers).map(|fault| match fault {
        PaperFault::Old => CasePaperFault::Old,
        PaperFault::Length => CasePaperFault::Length,
        PaperFault::SexOrCentury => CasePaperFault::SexOrCentury,
        PaperFault::Year => CasePaperFault::Year,
    })
}
