//! The certificate of a household (form 03): the row of the year after the review.

use std::collections::HashMap;

use documents::official::Standing;
use documents::official::context::{Certificate, CertificateMember, CertificateYear};
use domain::registry::Member;
use domain::review::Marks;
use domain::review::round::Recognised;
use kernel::HouseholdId;
use norms::Rulebook;
use storage::Work;

use super::commune::{CERTIFICATES, Decided, written};
use super::lists::{Known, is_listed, sex_word};
use super::office::chairman;
use crate::AppError;

/// What the certificates of one decision are made from.
pub(super) struct Register<'a> {
    decided: &'a Decided<'a>,
    known: Known,
    marks: HashMap<HouseholdId, Marks>,
    standing: Standing,
}

impl<'a> Register<'a> {
    /// Reads what these households need, all at once.
    pub async fn of(work: &mut dyn Work, decided: &'a Decided<'_>, ids: &[HouseholdId]) -> Result<Self, AppError> {
        let stored = work.assessments_by_household(decided.round.year, ids).await?;
        Ok(Self {
            known: decided.known(work, ids).await?,
            marks: stored.into_iter().map(|stored| (stored.assessment.household, stored.assessment.marks())).collect(),
            standing: decided.office.standing(work, &decided.law).await?,
            decided,
        })
    }

    /// `None` for a household that is on no list, and for one the register does not know.
    pub fn certificate(&self, line: &Recognised) -> Option<Certificate> {
        let Decided { rules, recognition, office, round, .. } = self.decided;
        let class = round.class_of(line.household).filter(|class| is_listed(rules, Some(class)))?;
        let household = self.known.households.get(&line.household)?;
        let marks = self.marks.get(&line.household).copied().unwrap_or_default();
        let indicators = &rules.indicators.value.indicators;
        let head = household.head().map(|member| &member.person);
        let village = self.known.villages.get(&line.village).map(String::as_str).unwrap_or_default();
        Some(Certificate {
            standing: self.standing.clone(),
            head: office.head(&written(round.certificate_of(line.household)), CERTIFICATES, Some(recognition.day)),
            head_name: household.head_name().to_owned(),
            ethnicity: head.and_then(|person| rules.ethnic.value.name(person.ethnicity?)).map(str::to_owned),
            id_number: head.and_then(|person| person.paper.clone()),
            address: office.address(village),
            household_code: Some(crate::review::requests::code_of(line.household)),
            members: crate::registry::members_on_list(household, round.year)
                .into_iter()
                .map(|member| row_of(member, rules))
                .collect(),
            indicators: indicators.iter().map(|indicator| indicator.label.vi.clone()).collect(),
            years: vec![CertificateYear {
                year: recognition.certificate_year,
                class: code_of(rules, &class),
                marks: indicators.iter().map(|indicator| marks.is_deprived(indicator.number)).collect(),
                signed_on: Some(recognition.day),
                signer: Some(chairman(&recognition.signer)),
            }],
        })
    }

    /// The lines that have a certificate, by village and head as papers are handed out.
    pub fn in_order(&self) -> Vec<&'a Recognised> {
        let mut lines: Vec<&Recognised> = self.decided.recognition.lines.iter().collect();
        lines.retain(|line| self.decided.has_certificate(line));
        lines.sort_by_cached_key(|line| {
            let village = self.known.villages.get(&line.village).map(|name| kernel::text::sort_key(name));
            let head = self.known.households.get(&line.household);
            (village, head.map(|household| kernel::text::person_sort_key(household.head_name())))
        });
        lines
    }
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
