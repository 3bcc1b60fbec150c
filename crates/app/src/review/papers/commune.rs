//! What the chairman of the commune signs: recognition, escape, later changes; certificates and letters are beside it.

use std::collections::HashMap;
use std::sync::Arc;

use documents::official::context::{
    ChangeDecision, ChangeKind, ChangedHousehold, EscapeDecision, PaperNumber, RecognitionDecision,
};
use documents::official::{Format, PaperKind, in_words};
use domain::access::{Actor, Verb, check};
use domain::review::round::{AmendmentKind, CommuneRound, Recognised, Recognition, Route};
use domain::units::Scope;
use kernel::HouseholdId;
use norms::Rulebook;
use storage::Work;

use super::certificate::Register;
use super::lists::{Found, Known, class_word, is_listed};
use super::office::{Office, chairman};
use super::{drawn, letter};
use crate::review::rounds::Law;
use crate::{AppError, House};

/// What a paper of a commune is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperOf {
    /// A decision, by its place in the review from 1.
    Decision(usize),
    Household(HouseholdId),
}

/// One of the papers of a commune's decision; certificate, letter and change are those of one household.
pub async fn commune_paper(
    house: &House,
    actor: &Actor,
    commune: &Scope,
    (year, route): (i16, Route),
    (kind, of): (PaperKind, PaperOf),
    format: Format,
) -> Result<Vec<u8>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let scope = house.narrow(actor, Some(commune))?;
    let mut work = house.store.read().await?;
    let decided = Decided::load(house, work.as_mut(), scope, (year, route), of).await?;
    let decided = decided.ok_or(AppError::Missing("paper"))?;
    let of_household = || {
        let PaperOf::Household(id) = of else { return Err(AppError::Missing("household")) };
        decided.recognition.lines.iter().find(|line| line.household == id).ok_or(AppError::Missing("household"))
    };
    match kind {
        PaperKind::RecognitionDecision | PaperKind::EscapeDecision => {
            // Somebody of one village would see the decision of the commune with holes.
            check(actor, Verb::ReadForms)?;
            if kind == PaperKind::EscapeDecision {
                return drawn(house, decided.escape(work.as_mut()).await?, format).await;
            }
            drawn(house, decided.recognition(work.as_mut()).await?, format).await
        }
        PaperKind::ChangeDecision => drawn(house, decided.change(work.as_mut(), of_household()?).await?, format).await,
        PaperKind::Certificate => {
            let line = of_household()?;
            let register = Register::of(work.as_mut(), &decided, &[line.household]).await?;
            drawn(house, register.certificate(line).ok_or(AppError::Missing("paper"))?, format).await
        }
        PaperKind::RefusalLetter => {
            let line = of_household()?;
            drawn(house, letter::of_line(house, work.as_mut(), &decided, line).await?, format).await
        }
        _ => Err(AppError::Missing("paper")),
    }
}

/// A commune's decision with everything its papers are made from.
pub(super) struct Decided<'a> {
    pub scope: Scope,
    pub round: CommuneRound,
    pub recognition: Recognition,
    pub office: Office<'a>,
    pub law: Law,
    pub rules: Arc<Rulebook>,
}

impl<'a> Decided<'a> {
    /// `None` while nothing is decided.
    pub async fn load(
        house: &'a House,
        work: &mut dyn Work,
        scope: Scope,
        (year, route): (i16, Route),
        of: PaperOf,
    ) -> Result<Option<Self>, AppError> {
        let Some(round) = work.commune_round(&scope, year, route).await? else { return Ok(None) };
        let decision = match of {
            PaperOf::Decision(place) => round.decisions().nth(place.saturating_sub(1)),
            PaperOf::Household(id) => round.line_of(id).map(|(decision, _)| decision),
        };
        let Some(recognition) = decision.cloned() else { return Ok(None) };
        let rules = house.rules(year, &round.place.province)?;
        let office = Office::of(house, work, &round.place).await?;
        let law = Law::on(house, recognition.day)?;
        Ok(Some(Self { scope, round, recognition, office, law, rules }))
    }

    /// Whether a household is on a list now, later changes included.
    pub fn has_certificate(&self, line: &Recognised) -> bool {
        is_listed(&self.rules, self.round.class_of(line.household).as_deref())
    }

    pub async fn known(&self, work: &mut dyn Work, ids: &[HouseholdId]) -> Result<Known, AppError> {
        let households = work.households_by_id(&self.scope, ids).await?;
        let villages = work.villages(&self.scope).await?.into_iter().map(|v| (v.id, v.name)).collect();
        Ok(Known { households: households.into_iter().map(|h| (h.id, h)).collect(), villages })
    }

    async fn all_known(&self, work: &mut dyn Work) -> Result<Known, AppError> {
        let ids: Vec<HouseholdId> = self.recognition.lines.iter().map(|line| line.household).collect();
        self.known(work, &ids).await
    }

    /// What the decision said; later changes are papers of their own.
    fn found(&self) -> Vec<Found<'_>> {
        let found = |line| -> Found<'_> {
            let line: &Recognised = line;
            Found {
                household: line.household,
                before: line.before.as_deref(),
                class: line.outcome.class.as_deref(),
                outcome: Some(&line.outcome),
            }
        };
        self.recognition.lines.iter().map(found).collect()
    }

    fn grounds(&self) -> Vec<String> {
        let mut grounds = vec![format!(
            "Xét biên bản họp thôn và kết quả niêm yết công khai tại các thôn trên địa bàn {}",
            self.office.unit
        )];
        if let Some(answer) = self.round.asked.last().and_then(|asked| asked.answer.as_ref()) {
            grounds.push(format!("Xét ý kiến của {} {}", self.office.level_above(), in_words(answer.day)));
        }
        grounds.push(format!("Theo đề nghị của Ban Chỉ đạo rà soát hộ nghèo, hộ cận nghèo {}", self.office.unit));
        grounds
    }

    fn recipients(&self) -> Vec<String> {
        vec![
            "Như Điều 3".to_owned(),
            format!("{} (để báo cáo)", self.office.level_above()),
            "Ủy ban Mặt trận Tổ quốc xã".to_owned(),
            "Lưu: VT".to_owned(),
        ]
    }

    async fn recognition(&self, work: &mut dyn Work) -> Result<RecognitionDecision, AppError> {
        let known = self.all_known(work).await?;
        Ok(RecognitionDecision {
            standing: self.office.standing(work, &self.law).await?,
            head: self.office.head(&self.recognition.number, "QĐ-UBND", Some(self.recognition.day)),
            authority: self.office.authority(),
            year: self.round.year,
            valid_year: self.recognition.certificate_year,
            commune: self.office.unit.clone(),
            bases: self.office.bases("recognition_decision", self.recognition.day)?,
            grounds: self.grounds(),
            groups: known.by_class(&self.found(), &self.rules),
            carried_out_by: carried_out_by(),
            signer: chairman(&self.recognition.signer),
            recipients: self.recipients(),
        })
    }

    /// A decision of its own, with the number that follows in the series.
    async fn escape(&self, work: &mut dyn Work) -> Result<EscapeDecision, AppError> {
        let known = self.all_known(work).await?;
        let escaped: HashMap<HouseholdId, bool> =
            self.recognition.lines.iter().map(|line| (line.household, line.escaped)).collect();
        let mut found = self.found();
        found.retain(|found| escaped.get(&found.household) == Some(&true));
        Ok(EscapeDecision {
            standing: self.office.standing(work, &self.law).await?,
            head: self.office.head(&written(self.recognition.escape_number), "QĐ-UBND", Some(self.recognition.day)),
            authority: self.office.authority(),
            year: self.round.year,
            commune: self.office.unit.clone(),
            bases: self.office.bases("escape_decision", self.recognition.day)?,
            grounds: self.grounds(),
            groups: known.escaped(&found, &self.rules),
            carried_out_by: carried_out_by(),
            signer: chairman(&self.recognition.signer),
            recipients: self.recipients(),
        })
    }

    /// The last change of a household's line.
    async fn change(&self, work: &mut dyn Work, line: &Recognised) -> Result<ChangeDecision, AppError> {
        let change = self.round.amendments.iter().rfind(|change| change.household == line.household);
        let change = change.ok_or(AppError::Missing("paper"))?;
        let known = self.known(work, &[line.household]).await?;
        let household = known.households.get(&line.household).ok_or(AppError::Missing("household"))?;
        Ok(ChangeDecision {
            standing: self.office.standing(work, &self.law).await?,
            head: self.office.head(&change.number, "QĐ-UBND", Some(change.day)),
            authority: self.office.authority(),
            change: match change.kind {
                AmendmentKind::Revoked => ChangeKind::Revoke,
                AmendmentKind::Corrected => ChangeKind::Correct,
            },
            year: self.round.year,
            commune: self.office.unit.clone(),
            bases: self.office.bases("change_decision", change.day)?,
            grounds: vec![format!("Theo đề nghị của công chức phụ trách giảm nghèo {}", self.office.unit)],
            earlier: PaperNumber { number: self.recognition.number.clone(), day: Some(self.recognition.day) },
            households: vec![ChangedHousehold {
                head_name: household.head_name().to_owned(),
                address: known.villages.get(&line.village).cloned(),
                certificate: self.round.certificate_of(line.household).map(|n| format!("{n:02}/{CERTIFICATES}")),
                was: class_word(&self.rules, change.before.as_deref()),
                becomes: class_word(&self.rules, Some(&change.class)),
                reason: change.reason.clone(),
            }],
            carried_out_by: carried_out_by(),
            signer: chairman(&change.signer),
            recipients: self.recipients(),
        })
    }
}

/// The sign that certificates carry after their number.
pub(super) const CERTIFICATES: &str = "GCN-HN.HCN";

/// A number of a series; empty where none was given, so that the clerk writes it.
pub(super) fn written(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

pub(super) fn carried_out_by() -> String {
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, công chức phụ trách giảm nghèo, trưởng các thôn và các hộ gia đình \
     có tên trong danh sách"
        .to_owned()
}
