//! What can be chosen in the forms of households: sexes, relations, ethnic groups, villages, members.

use app::registry::HouseholdView;
use app::units::villages as villages_of;
use domain::registry::{Member, Sex};
use domain::units::{Scope, ScopeLevel};
use norms::Rulebook;

use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::label;
use crate::language::Lang;
use crate::pages::parts::Choice;
use crate::visitor::Signed;

pub fn sexes(l: Lang) -> Vec<Choice> {
    // keys: sex-*
    [Sex::Female, Sex::Male].map(|sex| Choice::new(sex.id(), l.t(&format!("sex-{}", sex.id())))).to_vec()
}

pub fn relations(l: Lang, rules: &Rulebook) -> Vec<Choice> {
    let known = rules.relations.value.relations.iter();
    known.map(|relation| Choice::new(relation.id.clone(), label(l, &relation.label))).collect()
}

/// The relations, and the words of a list where they are none of those: keeping them is one of the choices.
pub fn relations_and(l: Lang, rules: &Rulebook, written: &str) -> Vec<Choice> {
    let mut choices = relations(l, rules);
    if !written.is_empty() && !choices.iter().any(|choice| choice.value == written) {
        choices.push(Choice::new(written, written));
    }
    choices
}

pub fn ethnicities(rules: &Rulebook) -> Vec<Choice> {
    rules.ethnic.value.groups.iter().map(|group| Choice::new(group.code.to_string(), group.name.clone())).collect()
}

/// How a relation is called; the words of a list as they are.
pub fn relation_words(l: Lang, rules: &Rulebook, id: &str) -> String {
    let known = rules.relations.value.relations.iter().find(|relation| relation.id == id);
    known.map_or_else(|| id.to_owned(), |relation| label(l, &relation.label))
}

/// Villages of a commune; none for a larger unit, whose thousands would be no choice.
pub async fn villages(web: &Web, signed: &Signed, scope: &Scope) -> Result<Vec<Choice>, Fail> {
    if scope.level != ScopeLevel::Commune {
        return Ok(Vec::new());
    }
    let found = villages_of(&web.house, &signed.actor, Some(scope)).await?;
    Ok(found.into_iter().map(|village| Choice::new(village.id.to_string(), village.name)).collect())
}

/// The commune a household lives in.
pub fn commune_of(view: &HouseholdView) -> Scope {
    let place = &view.household.place;
    Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone())
}

/// Present members.
pub fn present(view: &HouseholdView) -> Vec<Choice> {
    view.household.present().map(member).collect()
}

fn member(member: &Member) -> Choice {
    let birth = member.person.birth.map(|birth| format!(" · {birth}")).unwrap_or_default();
    Choice::new(member.person.id.to_string(), format!("{}{birth}", member.person.name))
}
