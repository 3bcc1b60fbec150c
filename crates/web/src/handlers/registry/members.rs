//! One person of a household: corrected, come to live there, or born.

use app::AppError;
use app::registry::{CorrectInput, HouseholdView, MemberInput, correct, record_arrival, record_birth};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use domain::registry::{Member, paper_fault};
use kernel::PersonId;

use super::choices::{ethnicities, relations, relations_and, sexes};
use super::edit::as_written;
use super::posted::{At, Edits, Filled, OnHousehold, Posted, again, done, same, subject};
use super::reasons::paper_key;
use crate::Web;
use crate::fail::Fail;
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::registry::{Birth, MemberPage};
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/registry/households/{id}/members/new", get(newcomer).post(arrive))
        .route("/registry/households/{id}/members/{person}", get(member).post(save))
        .route("/registry/households/{id}/birth", get(newborn).post(bear))
}

/// A present member of the household.
fn find<'a>(view: &'a HouseholdView, person: &str) -> Result<&'a Member, AppError> {
    let id: Option<PersonId> = person.parse().ok();
    view.household.present().find(|member| Some(member.person.id) == id).ok_or(AppError::Missing("person"))
}

async fn member(
    Path((_, person)): Path<(String, String)>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
) -> Result<Response, Fail> {
    let written = as_written(&view.rules, find(&view, &person)?);
    let form = Form::new([
        ("name", written.name),
        ("sex", written.sex),
        ("birth", written.birth),
        ("paper", written.paper),
        ("ethnicity", written.ethnicity),
        ("relation", written.relation),
    ]);
    member_page(&signed, &view, Some(&person), Filled::fresh(&signed, form))
}

fn member_page(signed: &Signed, view: &HouseholdView, person: Option<&str>, filled: Filled) -> Result<Response, Fail> {
    let l = signed.l();
    let known = person.map(|person| find(view, person)).transpose()?;
    let written = known.map(|member| as_written(&view.rules, member).relation).unwrap_or_default();
    let page = MemberPage {
        l,
        frame: filled.frame,
        form: filled.form,
        subject: subject(view),
        person: person.map(str::to_owned),
        sexes: sexes(l),
        relations: relations_and(l, &view.rules, &written),
        ethnicities: ethnicities(&view.rules),
        warnings: known.and_then(|member| paper_warning(l, view, member)).into_iter().collect(),
    };
    Ok(answer(filled.status, &page))
}

fn paper_warning(l: Lang, view: &HouseholdView, member: &Member) -> Option<String> {
    let person = &member.person;
    let fault = paper_fault(person.paper.as_deref()?, person.sex, person.birth, &view.rules.papers.value)?;
    Some(l.t(paper_key(fault)))
}

fn typed(posted: &Posted, person: Option<PersonId>) -> MemberInput {
    MemberInput {
        person,
        name: posted.text("name"),
        sex: posted.text("sex"),
        birth: posted.text("birth"),
        paper: posted.text("paper"),
        ethnicity: posted.text("ethnicity"),
        relation: posted.text("relation"),
    }
}

/// The household as it stands, but for this person.
async fn save(
    State(web): State<Web>,
    Path((_, person)): Path<(String, String)>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
    posted: Posted,
) -> Result<Response, Fail> {
    let household = &view.household;
    let chosen = find(&view, &person)?.person.id;
    let input = CorrectInput {
        address: household.address.clone().unwrap_or_default(),
        village: household.place.village,
        members: household
            .present()
            .map(|member| {
                let is_chosen = member.person.id == chosen;
                if is_chosen { typed(&posted, Some(chosen)) } else { as_written(&view.rules, member) }
            })
            .collect(),
    };
    match correct(&web.house, &signed.actor, posted.seen(household.id), &input).await {
        Ok(mut saved) => {
            // The doubts about the others were there before; their rows say them.
            let own = household.present().position(|member| member.person.id == chosen).unwrap_or_default();
            saved.warnings.retain(|warning| warning.field.starts_with(&format!("members.{own}.")));
            Ok(done(&signed, &saved, "notice-member-saved").await)
        }
        Err(error) => {
            let at = |field: &str| at_member(signed.l(), &view, chosen, field);
            member_page(&signed, &view, Some(&person), again(&signed, Some(&view), &posted, error, at)?)
        }
    }
}

/// This person's faults stand at their fields; those of the others are said with their names.
fn at_member(l: Lang, view: &HouseholdView, chosen: PersonId, field: &str) -> At {
    let Some((place, part)) = field.strip_prefix("members.").and_then(|rest| rest.split_once('.')) else {
        let field = if field == "members" { "relation" } else { field };
        return (field.to_owned(), None);
    };
    let member = place.parse().ok().and_then(|place| view.household.present().nth(place));
    match member {
        // keys: label-*
        Some(other) if other.person.id != chosen => {
            ("name".to_owned(), Some(format!("{}, {}", other.person.name, l.t(&format!("label-{part}")))))
        }
        _ => (part.to_owned(), None),
    }
}

async fn newcomer(OnHousehold { signed, view, .. }: OnHousehold<Edits>) -> Result<Response, Fail> {
    member_page(&signed, &view, None, Filled::fresh(&signed, Form::default()))
}

async fn arrive(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
    posted: Posted,
) -> Result<Response, Fail> {
    let (seen, day) = (posted.seen(view.household.id), posted.text("day"));
    match record_arrival(&web.house, &signed.actor, seen, &typed(&posted, None), &day).await {
        Ok(saved) => Ok(done(&signed, &saved, "notice-arrival-recorded").await),
        Err(error) => member_page(&signed, &view, None, again(&signed, Some(&view), &posted, error, same)?),
    }
}

async fn newborn(OnHousehold { signed, view, .. }: OnHousehold<Edits>) -> Result<Response, Fail> {
    // A child is of the head's ethnic group more often than not; it can be chosen otherwise.
    let ethnicity = view.household.head().and_then(|head| head.person.ethnicity);
    let form = Form::new(ethnicity.map(|code| ("ethnicity", code.to_string())));
    Ok(birth_page(&signed, &view, Filled::fresh(&signed, form)))
}

fn birth_page(signed: &Signed, view: &HouseholdView, filled: Filled) -> Response {
    let l = signed.l();
    let heads = view.rules.relations.value.relations.iter().find(|relation| relation.is_head);
    let mut relations = relations(l, &view.rules);
    relations.retain(|choice| heads.is_none_or(|heads| heads.id != choice.value));
    let page = Birth {
        l,
        frame: filled.frame,
        form: filled.form,
        subject: subject(view),
        sexes: sexes(l),
        relations,
        ethnicities: ethnicities(&view.rules),
    };
    answer(filled.status, &page)
}

async fn bear(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
    posted: Posted,
) -> Result<Response, Fail> {
    let seen = posted.seen(view.household.id);
    match record_birth(&web.house, &signed.actor, seen, &typed(&posted, None)).await {
        Ok(saved) => Ok(done(&signed, &saved, "notice-birth-recorded").await),
        Err(error) => Ok(birth_page(&signed, &view, again(&signed, Some(&view), &posted, error, same)?)),
    }
}
