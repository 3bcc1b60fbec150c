//! What households ask with, filled from the request or blank: mẫu số 01 to be reviewed, mẫu số 04 to be recognised as
//! escaped. Workers of low income ask on no form of this procedure.

use documents::official::context::{Applicant, EscapeRequest, MemberLine, ReviewRequest};
use documents::official::{Format, PaperKind, Standing};
use domain::access::{Actor, Verb, check};
use domain::registry::{Household, Member, Person, Sex};
use domain::review::request::{Request, RequestKind};
use kernel::RequestId;
use norms::Rulebook;

use super::drawn;
use super::lists::{class_word, sex_word};
use super::office::{Office, filled, lowered};
use crate::{AppError, House};

/// The form that a kind of request is filed on.
pub fn form_of(kind: RequestKind) -> Option<PaperKind> {
    match kind {
        RequestKind::Enter | RequestKind::AverageLiving => Some(PaperKind::ReviewRequest),
        RequestKind::Leave => Some(PaperKind::EscapeRequest),
        RequestKind::LowIncomeWorker => None,
    }
}

/// A form with nothing in it, for anybody.
pub async fn blank_request(house: &House, kind: PaperKind, format: Format) -> Result<Vec<u8>, AppError> {
    match kind {
        PaperKind::ReviewRequest => drawn(house, ReviewRequest::default(), format).await,
        PaperKind::EscapeRequest => drawn(house, EscapeRequest::default(), format).await,
        _ => Err(AppError::Missing("paper")),
    }
}

/// A request that was filed, on the form of its kind.
pub async fn request_paper(
    house: &House,
    actor: &Actor,
    id: RequestId,
    form: PaperKind,
    format: Format,
) -> Result<Vec<u8>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let request = work.request(&actor.scope, id).await?.ok_or(AppError::Missing("request"))?;
    if form_of(request.kind) != Some(form) {
        return Err(AppError::Missing("paper"));
    }
    let household = work.household(&actor.scope, request.household).await?.ok_or(AppError::Missing("household"))?;
    let rules = house.rules(request.year, &request.place.province)?;
    let office = Office::of(house, work.as_mut(), &request.place).await?;
    let village = work.villages(&actor.scope).await?.into_iter().find(|village| village.id == request.place.village);
    let address = office.address(&village.map(|village| village.name).unwrap_or_default());
    let before = work.assessments_by_household(request.year - 1, &[household.id]).await?;
    let standing = Standing { sample: office.sample, unconfirmed: Vec::new() };
    let applicant = applicant(&request, &household, address, &rules);
    let (to, place) = (Some(format!("Chủ tịch {}", office.agency())), Some(office.place.clone()));
    drop(work);
    if form == PaperKind::ReviewRequest {
        let paper = ReviewRequest { standing, to, place, day: Some(request.received), applicant };
        return drawn(house, paper, format).await;
    }
    let class = before.first().and_then(|stored| stored.class.clone());
    let paper = EscapeRequest {
        standing,
        to,
        place,
        day: Some(request.received),
        applicant,
        current_class: class.as_deref().map(|class| lowered(&class_word(&rules, Some(class)))),
        // What was recognised in a year is so for the year after.
        current_year: class.map(|_| request.year),
    };
    drawn(house, paper, format).await
}

fn applicant(request: &Request, household: &Household, address: String, rules: &Rulebook) -> Applicant {
    let head = household.head().map(|member| &member.person);
    let birth = |person: &Person| person.birth.map(|birth| birth.to_string());
    Applicant {
        head_name: filled(household.head_name()),
        sex_code: head.and_then(|person| person.sex).map(|sex| if sex == Sex::Male { 1 } else { 2 }),
        birth_date: head.and_then(birth),
        ethnicity: head.and_then(|person| rules.ethnic.value.name(person.ethnicity?)).map(str::to_owned),
        id_number: head.and_then(|person| person.paper.clone()),
        id_issued_on: None,
        household_code: Some(crate::review::requests::code_of(household.id)),
        permanent_address: Some(address.clone()),
        current_address: Some(address),
        members: household.present().map(|member| member_line(member, rules)).collect(),
        reason: filled(&request.reason),
    }
}

fn member_line(member: &Member, rules: &Rulebook) -> MemberLine {
    let relation = rules.relations.value.relations.iter().find(|relation| relation.id == member.relation);
    MemberLine {
        name: member.person.name.clone(),
        sex: member.person.sex.map(|sex| sex_word(sex).to_owned()),
        birth_date: member.person.birth.map(|birth| birth.to_string()),
        relation: Some(relation.map_or_else(|| member.relation.clone(), |relation| relation.label.vi.clone())),
        status: None,
    }
}
