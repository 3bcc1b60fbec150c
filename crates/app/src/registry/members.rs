//! The members of one form read together: one head, no paper borne twice in it, warnings for what is doubtful.

use domain::access::Actor;
use domain::registry::{Member, PaperFault};
use kernel::{Day, HouseholdId, Page, PersonId};
use norms::Rulebook;
use storage::HouseholdFilter;

use super::change::Change;
use super::input::{MemberInput, ReadMember, paper_warning, read_member};
use crate::{AppError, FieldFault, House};

/// What was saved, and what a person should look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub household: HouseholdId,
    /// Fields that were stored although something about them is doubtful.
    pub warnings: Vec<FieldFault>,
}

/// Reads all members; the faults of all are given at once.
pub(crate) fn read_members(
    inputs: &[MemberInput],
    today: Day,
    rules: &Rulebook,
) -> Result<Vec<ReadMember>, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut members = Vec::with_capacity(inputs.len());
    for (place, input) in inputs.iter().enumerate() {
        match read_member(input, &format!("members.{place}."), today, rules) {
            Ok(member) => members.push(member),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() && members.iter().filter(|member| member.is_head).count() != 1 {
        faults.push(FieldFault::at("members", "field-one-head"));
    }
    if faults.is_empty() { Ok(members) } else { Err(faults) }
}

/// A new member of a household, with a fresh id.
pub(crate) fn new_member(house: &House, read: &ReadMember) -> Member {
    Member {
        person: read.person(PersonId(house.ids.next())),
        relation: read.relation.clone(),
        is_head: read.is_head,
        joined: None,
        left: None,
    }
}

/// Doubtful papers: by their digits, and borne by somebody of another household of the actor's area.
pub(crate) async fn paper_warnings(
    change: &mut Change,
    actor: &Actor,
    own: Option<HouseholdId>,
    members: &[ReadMember],
) -> Result<Vec<FieldFault>, AppError> {
    let mut warnings = Vec::new();
    for (place, member) in members.iter().enumerate() {
        let Some(paper) = &member.paper else { continue };
        let field = || format!("members.{place}.paper");
        if let Some(fault) = member.paper_fault {
            warnings.push(FieldFault::at(field(), paper_warning(fault)));
        }
        if member.paper_fault == Some(PaperFault::Length) {
            continue;
        }
        let twice_here = members.iter().take(place).any(|other| other.paper.as_ref() == Some(paper));
        let filter = HouseholdFilter::new(actor.scope.clone(), change.year).text(paper);
        let found = change.work.households(&filter, Page::new(1, 2)).await?;
        if twice_here || found.rows.iter().any(|row| Some(row.id) != own) {
            warnings.push(FieldFault::at(field(), "paper-twice"));
        }
    }
    Ok(warnings)
}
