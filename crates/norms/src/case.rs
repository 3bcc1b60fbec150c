//! Worked cases: what a rule must answer on its edges. `norms/cases/*.yaml` holds them, the domain's tests run them.
//! The norm a case names says what its `given` and `expect` hold; start with [`CaseTest`].

use std::collections::{BTreeMap, BTreeSet};

use kernel::{BirthDate, Day, Points, parse_decimal_tenths};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_norway::Value as Yaml;

use crate::book::Norm;
use crate::fault::{NormFault, words};
use crate::load::misshapen;
use crate::value::NormValue;
use crate::{Answer, Area, Explains, Facts, HouseholdEvents};

/// One worked case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Unique over all files.
    pub id: String,
    pub file: String,
    /// The case as a sentence.
    pub says: String,
    /// The norm that is tried.
    pub norm: String,
    pub on: Day,
    pub test: CaseTest,
}

/// What is given and what must come out, by the norm that is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseTest {
    /// `review.class_rules`
    Class(ClassGiven, ClassExpect),
    /// `review.indicators`
    Indicator(IndicatorGiven, IndicatorExpect),
    /// `review.movements`
    Movement(MovementGiven, MovementExpect),
    /// `registry.papers`
    Paper(PaperGiven, PaperExpect),
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassGiven {
    pub area: Area,
    /// A whole number, or a text such as `140,5`.
    #[serde(default, deserialize_with = "points")]
    pub b1: Option<Points>,
    #[serde(default, deserialize_with = "points")]
    pub b2: Option<Points>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassExpect {
    /// `null`: no rule can be applied.
    pub class: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorGiven {
    pub indicator: String,
    #[serde(default)]
    pub household: BTreeMap<String, CaseFact>,
    #[serde(default)]
    pub persons: Vec<CasePerson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CasePerson {
    #[serde(default)]
    pub birth: Option<BirthDate>,
    #[serde(default)]
    pub facts: BTreeMap<String, CaseFact>,
}

/// An answer to a fact of `review.facts`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum CaseFact {
    YesNo(bool),
    /// Whole in the file; tenths once loaded. A decimal is written as text: `63,9`.
    Tenths(i64),
    One(String),
    Several(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorExpect {
    /// `null`: a fact that the rule needs is not known.
    pub deprived: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementGiven {
    /// Class on last year's list; `null` for on no list.
    pub before: Option<String>,
    /// Class on this year's list; `null` for on no list.
    pub now: Option<String>,
    /// A recorded event of the year.
    #[serde(default)]
    pub event: Option<String>,
    /// What the event explains, from `review.events`.
    #[serde(skip)]
    pub explains: Option<Explains>,
    /// Classes in years before the last.
    #[serde(default)]
    pub earlier: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementExpect {
    /// The id of a movement, `stay`, or `unknown` when nothing recorded says what became of the household.
    pub movement: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperGiven {
    pub number: String,
    #[serde(default)]
    pub sex: Option<CaseSex>,
    #[serde(default)]
    pub birth: Option<BirthDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseSex {
    Male,
    Female,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperExpect {
    /// `null`: nothing is wrong with it.
    pub fault: Option<CasePaperFault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CasePaperFault {
    Old,
    Length,
    SexOrCentury,
    Year,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    cases: Vec<RawCase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    id: String,
    says: String,
    norm: String,
    on: Day,
    given: Yaml,
    expect: Yaml,
}

pub(crate) fn read_all(
    files: &[(&str, &str)],
    norms: &BTreeMap<String, Norm>,
    faults: &mut Vec<NormFault>,
) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut ids = BTreeSet::new();
    for (file, text) in files {
        let read: CaseFile = match serde_norway::from_str(text) {
            Ok(read) => read,
            Err(error) => {
                faults.push(misshapen(file, &error));
                continue;
            }
        };
        for raw in read.cases {
            let id = raw.id.clone();
            if !ids.insert(id.clone()) {
                let what = words("Hai trường hợp cùng mã.", "Two cases bear one id.");
                faults.push(NormFault::new("NRM-010", file, what).at(&id));
            }
            match into_case(file, raw, norms) {
                Ok(case) => cases.push(case),
                Err(why) => {
                    let what = words(format!("Không dùng được: {why}."), format!("Cannot be used: {why}."));
                    faults.push(NormFault::new("NRM-017", file, what).at(&id));
                }
            }
        }
    }
    cases
}

fn into_case(file: &str, raw: RawCase, norms: &BTreeMap<String, Norm>) -> Result<Case, String> {
    let test = match raw.norm.as_str() {
        "review.class_rules" => CaseTest::Class(part(raw.given)?, part(raw.expect)?),
        "review.indicators" => {
            let mut given: IndicatorGiven = part(raw.given)?;
            scale_numbers(&mut given, in_force::<Facts>(norms, "review.facts", raw.on)?)?;
            CaseTest::Indicator(given, part(raw.expect)?)
        }
        "review.movements" => {
            let mut given: MovementGiven = part(raw.given)?;
            if let Some(event) = &given.event {
                let known = in_force::<HouseholdEvents>(norms, "review.events", raw.on)?;
                let found = known.events.iter().find(|e| &e.id == event);
                given.explains = Some(found.ok_or_else(|| format!("event {event}?"))?.explains);
            }
            CaseTest::Movement(given, part(raw.expect)?)
        }
        "registry.papers" => CaseTest::Paper(part(raw.given)?, part(raw.expect)?),
        other => return Err(format!("{other}: no cases of this norm can be run")),
    };
    Ok(Case { id: raw.id, file: file.to_owned(), says: raw.says, norm: raw.norm, on: raw.on, test })
}

fn part<T: DeserializeOwned>(yaml: Yaml) -> Result<T, String> {
    serde_norway::from_value(yaml).map_err(|error| error.to_string())
}

fn in_force<'a, T: NormValue + 'a>(norms: &'a BTreeMap<String, Norm>, id: &str, on: Day) -> Result<&'a T, String> {
    let version = norms.get(id).ok_or_else(|| format!("{id}?"))?.on(on).map_err(|gap| gap.says().vi)?;
    version.value.as_ref().and_then(T::read).ok_or_else(|| format!("{id}?"))
}

/// Numbers are written as people write them and kept in tenths.
fn scale_numbers(given: &mut IndicatorGiven, facts: &Facts) -> Result<(), String> {
    let of_household = given.household.iter_mut().map(|(id, value)| (id, value, &facts.household));
    let of_persons =
        given.persons.iter_mut().flat_map(|p| p.facts.iter_mut()).map(|(id, value)| (id, value, &facts.person));
    for (id, value, known) in of_household.chain(of_persons) {
        let fact = known.iter().find(|fact| &fact.id == id).ok_or_else(|| format!("fact {id}?"))?;
        match (&fact.answer, &mut *value) {
            (Answer::Number { .. }, CaseFact::Tenths(number)) => *number *= 10,
            (Answer::Number { .. }, CaseFact::One(written)) => {
                *value = CaseFact::Tenths(parse_decimal_tenths(written).map_err(|fault| format!("{id}: {fault}"))?);
            }
            (Answer::YesNo, CaseFact::YesNo(_)) => {}
            (Answer::OneOf { choices }, CaseFact::One(chosen)) if choices.iter().any(|c| &c.id == chosen) => {}
            (Answer::AnyOf { choices }, CaseFact::Several(chosen))
                if chosen.iter().all(|one| choices.iter().any(|c| &c.id == one)) => {}
            _ => return Err(format!("fact {id}: no such answer")),
        }
    }
    Ok(())
}

fn points<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Points>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Whole(i32),
        Text(String),
    }
    let points = match Option::<Written>::deserialize(deserializer)? {
        None => return Ok(None),
        Some(Written::Whole(whole)) => Points::whole(whole),
        Some(Written::Text(text)) => {
            let tenths = parse_decimal_tenths(&text).map_err(serde::de::Error::custom)?;
            Points(i32::try_from(tenths).map_err(serde::de::Error::custom)?)
        }
    };
    Ok(Some(points))
}
