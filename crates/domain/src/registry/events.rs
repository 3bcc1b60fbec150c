//! Changes to a household by hand: births, deaths, comings and goings, split, merge, move.
//! Each returns the new state; saving and recording is for `app`.

use kernel::{Day, HouseholdId, PersonId};
use serde::{Deserialize, Serialize};

use super::household::{Household, HouseholdEvent, Member};
use crate::units::Place;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinReason {
    Born,
    /// Married in, came back, was taken in.
    MovedIn,
    /// Came with a split or a merge.
    Rearranged,
    /// Stands on an imported list; nobody recorded how they came.
    OnList,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveReason {
    Died,
    MovedAway,
    Rearranged,
    /// No longer stands on the imported list; nobody recorded why.
    OffList,
}

/// Why a change to a household was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefusal {
    /// REG-001
    #[error("the household was closed on {closed}")]
    HouseholdClosed { closed: Day },
    /// REG-002
    #[error("no such member lives in the household")]
    NotAMember,
    /// REG-003
    #[error("a day in the future cannot be recorded")]
    DayInFuture { day: Day },
    /// REG-004
    #[error("the person left before joining")]
    LeavesBeforeJoining { joined: Day },
    /// REG-005
    #[error("nobody would stay in the household")]
    NobodyStays,
    /// REG-006
    #[error("nobody was chosen to go")]
    NobodyGoes,
    /// REG-007
    #[error("a household cannot be merged into itself")]
    SameHousehold,
    /// REG-008
    #[error("the household already lives there")]
    SamePlace,
    /// REG-009
    #[error("the new head must be one of the members who stay")]
    HeadMustStay,
    /// REG-012
    #[error("the hand-over was answered or taken back already")]
    HandoverOver,
    /// REG-013
    #[error("the household is already on its way to another commune")]
    OnItsWay,
}

impl ChangeRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::HouseholdClosed { .. } => "REG-001",
            Self::NotAMember => "REG-002",
            Self::DayInFuture { .. } => "REG-003",
            Self::LeavesBeforeJoining { .. } => "REG-004",
            Self::NobodyStays => "REG-005",
            Self::NobodyGoes => "REG-006",
            Self::SameHousehold => "REG-007",
            Self::SamePlace => "REG-008",
            Self::HeadMustStay => "REG-009",
            Self::HandoverOver => "REG-012",
            Self::OnItsWay => "REG-013",
        }
    }
}

impl Household {
    pub(super) fn must_be_open(&self) -> Result<(), ChangeRefusal> {
        self.closed.map_or(Ok(()), |closed| Err(ChangeRefusal::HouseholdClosed { closed }))
    }

    /// A member came: was born, married in, returned.
    pub fn with_member(mut self, member: Member, today: Day) -> Result<Self, ChangeRefusal> {
        self.must_be_open()?;
        if let Some((day, _)) = member.joined {
            not_in_future(day, today)?;
        }
        self.members.push(member);
        Ok(self)
    }

    /// A member died or moved away. When the head goes, the eldest who stays heads the household, unless all are gone:
    /// then the household closes with the event `closing`.
    pub fn without_member(
        mut self,
        person: PersonId,
        day: Day,
        reason: LeaveReason,
        closing: &str,
        today: Day,
    ) -> Result<Self, ChangeRefusal> {
        self.must_be_open()?;
        not_in_future(day, today)?;
        let member = self
            .members
            .iter_mut()
            .find(|m| m.person.id == person && m.is_present())
            .ok_or(ChangeRefusal::NotAMember)?;
        if let Some((joined, _)) = member.joined
            && joined > day
        {
            return Err(ChangeRefusal::LeavesBeforeJoining { joined });
        }
        member.left = Some((day, reason));
        if self.size() == 0 {
            self.events.push(HouseholdEvent { day, kind: closing.to_owned(), other: None, note: None });
            self.closed = Some(day);
        } else {
            self.name_a_head();
        }
        Ok(self)
    }

    /// Somebody was written down who never lived here. Nothing happened to them, so nothing of them stays.
    pub fn without_mistake(mut self, person: PersonId) -> Result<(Self, Member), ChangeRefusal> {
        self.must_be_open()?;
        let at = self.members.iter().position(|m| m.person.id == person && m.is_present());
        let at = at.ok_or(ChangeRefusal::NotAMember)?;
        if self.size() == 1 {
            return Err(ChangeRefusal::NobodyStays);
        }
        let mistaken = self.members.remove(at);
        self.name_a_head();
        Ok((self, mistaken))
    }

    /// Somebody always heads a household that has members.
    fn name_a_head(&mut self) {
        if self.present().any(|m| m.is_head) {
            return;
        }
        for member in &mut self.members {
            member.is_head = false;
        }
        let eldest = self.present().filter(|m| m.person.birth.is_some()).min_by_key(|m| m.person.birth);
        let next = eldest.or_else(|| self.present().next()).map(|m| m.person.id);
        if let Some(head) = self.members.iter_mut().find(|m| Some(m.person.id) == next) {
            head.is_head = true;
        }
    }

    /// The whole household moves to another village; the events say so on both sides.
    pub fn moved_to(
        mut self,
        place: Place,
        day: Day,
        departure: &str,
        arrival: &str,
        today: Day,
    ) -> Result<Self, ChangeRefusal> {
        self.must_be_open()?;
        not_in_future(day, today)?;
        if place == self.place {
            return Err(ChangeRefusal::SamePlace);
        }
        for kind in [departure, arrival] {
            self.events.push(HouseholdEvent { day, kind: kind.to_owned(), other: None, note: None });
        }
        self.place = place;
        Ok(self)
    }

    /// The whole household leaves the register's area.
    pub fn closed_by(mut self, day: Day, event: &str, note: Option<String>, today: Day) -> Result<Self, ChangeRefusal> {
        self.must_be_open()?;
        not_in_future(day, today)?;
        self.events.push(HouseholdEvent { day, kind: event.to_owned(), other: None, note });
        self.closed = Some(day);
        Ok(self)
    }
}

pub(super) fn not_in_future(day: Day, today: Day) -> Result<(), ChangeRefusal> {
    if day > today { Err(ChangeRefusal::DayInFuture { day }) } else { Ok(()) }
}

/// What a split leaves: the old household and the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitOutcome {
    pub stays: Household,
    pub founded: Household,
}

/// Some members found a household of their own.
pub fn split(
    household: Household,
    going: &[PersonId],
    new_head: PersonId,
    founded_id: HouseholdId,
    day: Day,
    (event_for_new, today): (&str, Day),
) -> Result<SplitOutcome, ChangeRefusal> {
    household.must_be_open()?;
    not_in_future(day, today)?;
    if going.is_empty() {
        return Err(ChangeRefusal::NobodyGoes);
    }
    if !going.contains(&new_head) {
        return Err(ChangeRefusal::HeadMustStay);
    }
    let mut stays = household;
    let mut members = Vec::new();
    for member in stays.members.iter_mut().filter(|m| m.is_present() && going.contains(&m.person.id)) {
        let is_head = member.person.id == new_head;
        members.push(Member { is_head, joined: Some((day, JoinReason::Rearranged)), left: None, ..member.clone() });
        member.left = Some((day, LeaveReason::Rearranged));
    }
    if members.len() != going.len() {
        return Err(ChangeRefusal::NotAMember);
    }
    if stays.size() == 0 {
        return Err(ChangeRefusal::NobodyStays);
    }
    members.sort_by_key(|m| !m.is_head);
    stays.name_a_head();
    let event = |other| HouseholdEvent { day, kind: event_for_new.to_owned(), other: Some(other), note: None };
    let founded = Household {
        id: founded_id,
        place: stays.place.clone(),
        address: stays.address.clone(),
        members,
        events: vec![event(stays.id)],
        closed: None,
        version: 0,
    };
    Ok(SplitOutcome { stays, founded })
}

/// What a merge leaves: the household that goes on and the one that is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeOutcome {
    pub grown: Household,
    pub closed: Household,
}

/// One household joins another; nobody is lost and nobody is twice.
pub fn merge(
    into: Household,
    from: Household,
    day: Day,
    event_for_closed: &str,
    today: Day,
) -> Result<MergeOutcome, ChangeRefusal> {
    into.must_be_open()?;
    from.must_be_open()?;
    not_in_future(day, today)?;
    if into.id == from.id {
        return Err(ChangeRefusal::SameHousehold);
    }
    let (mut grown, mut closed) = (into, from);
    for member in closed.members.iter_mut().filter(|m| m.is_present()) {
        let joined = Some((day, JoinReason::Rearranged));
        grown.members.push(Member { is_head: false, joined, left: None, ..member.clone() });
        member.left = Some((day, LeaveReason::Rearranged));
    }
    let event = HouseholdEvent { day, kind: event_for_closed.to_owned(), other: Some(grown.id), note: None };
    closed.events.push(event);
    closed.closed = Some(day);
    Ok(MergeOutcome { grown, closed })
}
