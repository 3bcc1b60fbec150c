//! What was written down wrongly about a household: its head, its village within the commune, its address.

use app::registry::{CorrectInput, HouseholdView, MemberInput, correct};
use app::{AppError, FieldFault};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::registry::Member;
use kernel::PersonId;
use norms::Rulebook;

use super::choices::{commune_of, present, villages};
use super::posted::{At, Edits, Filled, OnHousehold, Posted, again, done, subject};
use crate::Web;
use crate::fail::Fail;
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::registry::Edit;
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/{id}/edit", get(edit).post(save))
}

async fn edit(State(web): State<Web>, OnHousehold { signed, view, .. }: OnHousehold<Edits>) -> Result<Response, Fail> {
    let household = &view.household;
    let form = Form::new([
        ("head", household.head().map(|head| head.person.id.to_string()).unwrap_or_default()),
        ("village", household.place.village.to_string()),
        ("address", household.address.clone().unwrap_or_default()),
    ]);
    page(&web, &signed, &view, Filled::fresh(&signed, form)).await
}

async fn page(web: &Web, signed: &Signed, view: &HouseholdView, filled: Filled) -> Result<Response, Fail> {
    let page = Edit {
        l: signed.l(),
        frame: filled.frame,
        form: filled.form,
        subject: subject(view),
        heads: present(view),
        villages: villages(web, signed, &commune_of(view)).await?,
    };
    Ok(answer(filled.status, &page))
}

async fn save(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
    posted: Posted,
) -> Result<Response, Fail> {
    let saved = match input(&view, &posted) {
        Ok(input) => correct(&web.house, &signed.actor, posted.seen(view.household.id), &input).await,
        Err(fault) => Err(AppError::Form(vec![fault])),
    };
    match saved {
        Ok(saved) => Ok(done(&signed, &saved, notice(&view, &posted)).await),
        Err(error) => {
            let filled = again(&signed, Some(&view), &posted, error, |field| at_head(signed.l(), &view, field))?;
            page(&web, &signed, &view, filled).await
        }
    }
}

fn input(view: &HouseholdView, posted: &Posted) -> Result<CorrectInput, FieldFault> {
    let head: PersonId = posted.chosen("head")?;
    let village = posted.chosen("village")?;
    let members = view.household.present().map(|member| MemberInput {
        relation: relation(&view.rules, member, member.person.id == head),
        ..as_written(&view.rules, member)
    });
    Ok(CorrectInput { address: posted.text("address"), village, members: members.collect() })
}

/// A member as they stand, for a form that changes somebody else.
pub fn as_written(rules: &Rulebook, member: &Member) -> MemberInput {
    let person = &member.person;
    MemberInput {
        person: Some(person.id),
        name: person.name.clone(),
        sex: person.sex.map(|sex| sex.id().to_owned()).unwrap_or_default(),
        birth: person.birth.map(|birth| birth.to_string()).unwrap_or_default(),
        paper: person.paper.clone().unwrap_or_default(),
        ethnicity: person.ethnicity.map(|code| code.to_string()).unwrap_or_default(),
        relation: relation(rules, member, member.is_head),
    }
}

/// The head is called so, also when they became it by somebody's death. What a former head (of this household, or of one
/// that was merged into it) is to the head nobody has said: words that a person replaces.
fn relation(rules: &Rulebook, member: &Member, is_head: bool) -> String {
    let heads = rules.relations.value.relations.iter().find(|relation| relation.is_head);
    match heads {
        Some(heads) if is_head => heads.id.clone(),
        // The register is written in Vietnamese, whatever the language of the page.
        Some(heads) if member.is_head || member.relation == heads.id => Lang::Vi.t("relation-former-head"),
        _ => member.relation.clone(),
    }
}

/// Faults of members, whose fields are on other pages, are said with the member's name.
fn at_head(l: Lang, view: &HouseholdView, field: &str) -> At {
    let Some((place, part)) = field.strip_prefix("members.").and_then(|rest| rest.split_once('.')) else {
        let field = if field == "members" { "head" } else { field };
        return (field.to_owned(), None);
    };
    let member = place.parse().ok().and_then(|place| view.household.present().nth(place));
    let name = member.map(|member| member.person.name.clone()).unwrap_or_default();
    // keys: label-*
    ("head".to_owned(), Some(format!("{name}, {}", l.t(&format!("label-{part}")))))
}

fn notice(view: &HouseholdView, posted: &Posted) -> &'static str {
    let head = view.household.head().map(|head| head.person.id.to_string());
    if head.as_deref() == posted.get("head") { "notice-household-saved" } else { "notice-head-changed" }
}
