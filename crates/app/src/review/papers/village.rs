//! What a village puts up and signs: the posted list and the minutes of its meeting.

use std::collections::HashMap;

use documents::official::context::{Attendance, MeetingMinutes, Person, PostedList, Remark, Vote};
use documents::official::{Format, PaperKind};
use domain::access::{Actor, Verb, check};
use domain::review::round::{Meeting, Route, ToReview, VillageRound};
use domain::units::Scope;
use kernel::{HouseholdId, VillageId};
use norms::Rulebook;
use storage::Work;

use super::drawn;
use super::lists::{Found, Known};
use super::office::{Office, filled, for_committee};
use crate::review::rounds::Law;
use crate::{AppError, House};

/// `posted_list` or `meeting_minutes` of a village. Before a meeting its minutes are a blank to be filled by hand.
pub async fn village_paper(
    house: &House,
    actor: &Actor,
    village: VillageId,
    (year, route): (i16, Route),
    kind: PaperKind,
    format: Format,
) -> Result<Vec<u8>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let round = work.village_round(&actor.scope, village, year, route).await?.ok_or(AppError::Missing("round"))?;
    let rules = house.rules(year, &round.place.province)?;
    let office = Office::of(house, work.as_mut(), &round.place).await?;
    let name = work.villages(&actor.scope).await?.into_iter().find(|v| v.id == village).map(|v| v.name);
    let desk = Desk { house, office, round, village: name.unwrap_or_default(), rules: &rules };
    match kind {
        PaperKind::PostedList => drawn(house, desk.posted(work.as_mut()).await?, format).await,
        PaperKind::MeetingMinutes => drawn(house, desk.minutes(work.as_mut()).await?, format).await,
        _ => Err(AppError::Missing("paper")),
    }
}

/// Everything the papers of one village are made from.
struct Desk<'a> {
    house: &'a House,
    office: Office<'a>,
    round: VillageRound,
    village: String,
    rules: &'a Rulebook,
}

impl Desk<'_> {
    async fn known(&self, work: &mut dyn Work, scope: &Scope) -> Result<Known, AppError> {
        let ids: Vec<HouseholdId> = self.round.households.iter().map(|h| h.household).collect();
        let households = work.households_by_id(scope, &ids).await?;
        Ok(Known { households: households.into_iter().map(|h| (h.id, h)).collect(), villages: HashMap::new() })
    }

    fn found(&self) -> Vec<Found<'_>> {
        let found = |h| -> Found<'_> {
            let h: &ToReview = h;
            Found {
                household: h.household,
                before: h.before.as_deref(),
                class: h.outcome.as_ref().and_then(|outcome| outcome.class.as_deref()),
                outcome: h.outcome.as_ref(),
            }
        };
        self.round.households.iter().map(found).collect()
    }

    async fn posted(&self, work: &mut dyn Work) -> Result<PostedList, AppError> {
        let posting = self.round.posting.as_ref().ok_or(AppError::Missing("paper"))?;
        let law = Law::on(self.house, posting.first)?;
        let known = self.known(work, &crate::review::rounds::commune_of(&self.round)).await?;
        let found = self.found();
        let mut groups = known.by_class(&found, self.rules);
        groups.extend(known.escaped(&found, self.rules));
        Ok(PostedList {
            standing: self.office.standing(work, &law).await?,
            head: self.office.head("", "DS-UBND", Some(posting.first)),
            year: self.round.year,
            village: filled(&self.village),
            commune: self.office.unit.clone(),
            bases: self.office.bases("posted_list", posting.first)?,
            groups,
            posted_at: law.process.value.posting.places.iter().map(|place| place.vi.clone()).collect(),
            first_day: posting.first,
            last_day: posting.last,
            recheck_days: Some(law.process.value.posting.recheck.count),
            complaints_to: self.office.agency(),
            signer: for_committee(""),
            recipients: vec![self.village.clone(), "Lưu: VT".to_owned()],
        })
    }

    async fn minutes(&self, work: &mut dyn Work) -> Result<MeetingMinutes, AppError> {
        let meeting = self.round.meetings.last();
        let day = meeting.map_or_else(|| self.house.clock.today(), |meeting| meeting.day);
        let law = Law::on(self.house, day)?;
        let known = self.known(work, &crate::review::rounds::commune_of(&self.round)).await?;
        let process = &law.process.value.meeting;
        let person = |name: &str, role: &str| filled(name).map(|name| Person { name, role: Some(role.to_owned()) });
        let said = meeting.and_then(|meeting| filled(&meeting.discussion));
        Ok(MeetingMinutes {
            standing: self.office.standing(work, &law).await?,
            head: self.office.village_head(&self.village, meeting.map(|meeting| meeting.day)),
            year: self.round.year,
            village: self.village.clone(),
            commune: self.office.unit.clone(),
            bases: self.office.bases("meeting_minutes", day)?,
            held_on: meeting.map(|meeting| meeting.day),
            chair: meeting.and_then(|meeting| person(&meeting.chair, "Chủ trì")),
            secretary: meeting.and_then(|meeting| person(&meeting.secretary, "Thư ký")),
            supervisor: meeting.and_then(|meeting| person(&meeting.front, "Ủy ban Mặt trận Tổ quốc xã")),
            attendance: attendance(meeting),
            remarks: said.map(|words| Remark { who: "Hội nghị".to_owned(), words, answer: None }).into_iter().collect(),
            vote: meeting.map(|meeting| vote(meeting, process.agree_percent_at_least)),
            groups: known.by_class(&self.found(), self.rules),
            copies: process.minutes_copies,
            kept_by: vec!["thôn".to_owned(), self.office.agency()],
            representatives: meeting.map(|meeting| names(&meeting.representatives)).unwrap_or_default(),
            ..MeetingMinutes::default()
        })
    }
}

fn attendance(meeting: Option<&Meeting>) -> Vec<Attendance> {
    vec![Attendance { who: "Người tham dự".to_owned(), count: meeting.map(|meeting| meeting.present) }]
}

fn vote(meeting: &Meeting, needed: u8) -> Vote {
    let tenths = u64::from(meeting.agree) * 1000 / u64::from(meeting.present.max(1));
    Vote {
        present: meeting.present,
        agreed: meeting.agree,
        disagreed: meeting.disagree,
        abstained: meeting.present.saturating_sub(meeting.agree).saturating_sub(meeting.disagree),
        agreed_share: format!("{},{} %", tenths / 10, tenths % 10),
        needed: format!("từ {needed} % số người tham dự trở lên"),
        passed: meeting.passed,
    }
}

fn names(written: &str) -> Vec<String> {
    written.split([',', ';', '\n']).filter_map(filled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_signs() {
        assert_eq!(names("Bà Lựu, ông Lợi;\nông Tài"), ["Bà Lựu", "ông Lợi", "ông Tài"]);
        assert!(names(" ").is_empty());
    }
}
