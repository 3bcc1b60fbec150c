//! What a village puts up and signs: the posted list and the minutes of its meeting.

use std::collections::HashMap;

use documents::official::context::{
    Attendance, ListGroup, MeetingMinutes, MinutesSigner, Person, PostedList, Remark, Vote,
};
use documents::official::{Format, PaperKind};
use domain::access::{Actor, Verb, check};
use domain::review::round::{Meeting, Posting, Presented, Route, Step, VillageRound, presented};
use kernel::{HouseholdId, VillageId};
use norms::{MinutesRole, Rulebook};
use storage::Work;

use super::drawn;
use super::lists::{Found, Known};
use super::office::{Office, filled, for_committee, term_words};
use crate::review::rounds::{Law, commune_of, read_out, surveyed};
use crate::{AppError, House};

/// `posted_list` or `meeting_minutes` of a village, with what was hung out or read out then, whatever was found since.
/// Minutes are of the meeting of an attempt; without one, a blank for the meeting to come with what the survey found, and
/// after the last meeting that one.
pub async fn village_paper(
    house: &House,
    actor: &Actor,
    village: VillageId,
    (year, route): (i16, Route),
    (kind, attempt): (PaperKind, Option<u16>),
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
        PaperKind::MeetingMinutes => drawn(house, desk.minutes(work.as_mut(), attempt).await?, format).await,
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
    async fn known(&self, work: &mut dyn Work, results: &[Presented]) -> Result<Known, AppError> {
        let ids: Vec<HouseholdId> = results.iter().map(|result| result.household).collect();
        let households = work.households_by_id(&commune_of(&self.round), &ids).await?;
        Ok(Known { households: households.into_iter().map(|h| (h.id, h)).collect(), villages: HashMap::new() })
    }

    /// Who is listed, and who has left a list.
    async fn groups(&self, work: &mut dyn Work, results: &[Presented]) -> Result<Vec<ListGroup>, AppError> {
        let known = self.known(work, results).await?;
        let found: Vec<Found<'_>> = results.iter().map(found).collect();
        let mut groups = known.by_class(&found, self.rules);
        groups.extend(known.escaped(&found, self.rules));
        Ok(groups)
    }

    /// What was read out at a meeting; of one from before that was kept, told again from its surveys.
    async fn read_out(&self, work: &mut dyn Work, meeting: &Meeting) -> Result<Vec<Presented>, AppError> {
        if !meeting.presented.is_empty() {
            return Ok(meeting.presented.clone());
        }
        read_out(work, &commune_of(&self.round), &self.round, meeting.attempt).await
    }

    /// What was hung out: of a list from before that was kept, what its meeting had agreed on.
    async fn hung(&self, work: &mut dyn Work, posting: &Posting) -> Result<Vec<Presented>, AppError> {
        match self.round.passed_meeting() {
            Some(meeting) if posting.hung.is_empty() => self.read_out(work, meeting).await,
            _ => Ok(posting.hung.clone()),
        }
    }

    async fn posted(&self, work: &mut dyn Work) -> Result<PostedList, AppError> {
        let posting = self.round.posting.as_ref().ok_or(AppError::Missing("paper"))?;
        let law = Law::on(self.house, posting.first)?;
        let hung = self.hung(work, posting).await?;
        Ok(PostedList {
            standing: self.office.standing(work, &law).await?,
            head: self.office.head("", "DS-UBND", Some(posting.first)),
            year: self.round.year,
            village: filled(&self.village),
            commune: self.office.unit.clone(),
            bases: self.office.bases("posted_list", posting.first)?,
            groups: self.groups(work, &hung).await?,
            posted_at: law.process.value.posting.places.iter().map(|place| place.vi.clone()).collect(),
            first_day: posting.first,
            last_day: posting.last,
            recheck_within: Some(term_words(law.process.value.posting.recheck)),
            complaints_to: self.office.agency(),
            signer: for_committee(""),
            recipients: vec![self.village.clone(), "Lưu: VT".to_owned()],
        })
    }

    /// The meeting whose minutes are asked for; `None`: the one to come.
    fn meeting(&self, attempt: Option<u16>) -> Result<Option<&Meeting>, AppError> {
        let meetings = &self.round.meetings;
        match attempt {
            Some(attempt) => {
                let held = meetings.iter().find(|meeting| meeting.attempt == attempt);
                Ok(Some(held.ok_or(AppError::Missing("paper"))?))
            }
            None if self.round.step <= Step::Meeting => Ok(None),
            None => Ok(meetings.last()),
        }
    }

    async fn minutes(&self, work: &mut dyn Work, attempt: Option<u16>) -> Result<MeetingMinutes, AppError> {
        let meeting = self.meeting(attempt)?;
        let day = meeting.map_or_else(|| self.house.clock.today(), |meeting| meeting.day);
        let law = Law::on(self.house, day)?;
        let process = &law.process.value.meeting;
        let results = if let Some(meeting) = meeting {
            self.read_out(work, meeting).await?
        } else {
            let counted = surveyed(work, &commune_of(&self.round), &self.round).await?;
            presented(&self.round.households, &counted)
        };
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
            groups: self.groups(work, &results).await?,
            copies: process.minutes_copies,
            kept_by: vec!["thôn".to_owned(), self.office.agency()],
            signers: process.signed_by.iter().flat_map(|signer| signers(signer, meeting)).collect(),
            ..MeetingMinutes::default()
        })
    }
}

fn found(result: &Presented) -> Found<'_> {
    Found {
        household: result.household,
        before: result.before.as_deref(),
        class: result.outcome.class.as_deref(),
        outcome: Some(&result.outcome),
    }
}

/// One line for each name; before the meeting one free line, and two for the households.
fn signers(signer: &norms::MinutesSigner, meeting: Option<&Meeting>) -> Vec<MinutesSigner> {
    let line = |name| MinutesSigner { capacity: signer.label.vi.clone(), name };
    match (meeting, signer.role) {
        (Some(meeting), role) => names(meeting.signs(role)).into_iter().map(|name| line(Some(name))).collect(),
        (None, MinutesRole::Representatives) => vec![line(None), line(None)],
        (None, MinutesRole::Chair | MinutesRole::Secretary) => vec![line(None)],
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
