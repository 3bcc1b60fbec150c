//! The certificate of a household (form 03): the row of the year after the review.

use documents::official::context::{Certificate, CertificateMember, CertificateYear};
use domain::registry::Member;
use domain::review::round::Recognised;
use norms::Rulebook;
use storage::Work;

use super::commune::Decided;
use super::lists::{is_listed, sex_word};
use super::office::chairman;
use crate::AppError;

pub(super) async fn certificate(
    work: &mut dyn Work,
    decided: &Decided<'_>,
    line: &Recognised,
) -> Result<Certificate, AppError> {
    let class = decided.round.class_of(line.household);
    if !is_listed(decided.rules, class.as_deref()) {
        return Err(AppError::Missing("paper"));
    }
    let known = decided.known(work).await?;
    let household = known.households.get(&line.household).ok_or(AppError::Missing("household"))?;
    let stored = work.assessments_by_household(decided.round.year, &[line.household]).await?;
    let marks = stored.first().map(|stored| stored.assessment.marks()).unwrap_or_default();
    let indicators = &decided.rules.indicators.value.indicators;
    let head = household.head().map(|member| &member.person);
    let village = known.villages.get(&line.village).map(String::as_str).unwrap_or_default();
    Ok(Certificate {
        standing: decided.office.standing(work, &decided.law).await?,
        head: decided.office.head("", "GCN-HN.HCN", Some(decided.recognition.day)),
        head_name: household.head_name().to_owned(),
        ethnicity: head.and_then(|person| decided.rules.ethnic.value.name(person.ethnicity?)).map(str::to_owned),
        id_number: head.and_then(|person| person.paper.clone()),
        address: decided.office.address(village),
        members: crate::registry::members_on_list(household, decided.round.year)
            .into_iter()
            .map(|member| row_of(member, decided.rules))
            .collect(),
        indicators: indicators.iter().map(|indicator| indicator.label.vi.clone()).collect(),
        years: vec![CertificateYear {
            year: decided.recognition.certificate_year,
            class: class.as_deref().and_then(|class| code_of(decided.rules, class)),
            marks: indicators.iter().map(|indicator| marks.is_deprived(indicator.number)).collect(),
            signed_on: Some(decided.recognition.day),
            signer: Some(chairman(&decided.recognition.signer)),
        }],
    })
}

fn row_of(member: &Member, rules: &Rulebook) -> CertificateMember {
    let relation = rules.relations.value.relations.iter().find(|relation| relation.id == member.relation);
    CertificateMember {
        name: member.person.name.clone(),
        birth_year: member.person.birth.map(|birth| birth.year),
        sex: member.person.sex.map(|sex| sex_word(sex).to_owned()),
        relation: relation.map(|relation| relation.label.vi.clone()),
    }
}

/// `N`, `CN`.
fn code_of(rules: &Rulebook, class: &str) -> Option<String> {
    rules.classes.value.get(class)?.codes.first().cloned()
}
