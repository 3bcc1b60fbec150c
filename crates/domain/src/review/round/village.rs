//! A village's way through a review, as far as the survey. Meeting and posting are in their own files.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, HouseholdId, Points, RequestId, RoundId};
use serde::{Deserialize, Serialize};

use super::meeting::Meeting;
use super::posting::{Objection, Posting};
use super::{RoundRefusal, Stop, Under};
use crate::units::Place;

/// Which review: the yearly one, or that of the requests of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    Yearly,
    /// Month of the opening day, 1 to 12.
    Monthly(i8),
}

impl Route {
    /// `yearly`, `m03`.
    pub fn id(self) -> String {
        match self {
            Self::Yearly => "yearly".to_owned(),
            Self::Monthly(month) => format!("m{month:02}"),
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        if id == "yearly" {
            return Some(Self::Yearly);
        }
        let month = id.strip_prefix('m')?.parse().ok()?;
        (1..=12).contains(&month).then_some(Self::Monthly(month))
    }

    /// Only the yearly results go up for an opinion (Article 5 names clauses 2 to 4 of Article 4 for the other).
    pub fn needs_opinion(self) -> bool {
        self == Self::Yearly
    }
}

/// What the village does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Listing,
    Survey,
    Meeting,
    /// Posted, or to be posted; objections are heard and rechecked.
    Posting,
    /// Its part is done; the commune goes on.
    Ended,
}

impl Step {
    pub const ALL: [Self; 5] = [Self::Listing, Self::Survey, Self::Meeting, Self::Posting, Self::Ended];

    pub fn id(self) -> &'static str {
        match self {
            Self::Listing => "listing",
            Self::Survey => "survey",
            Self::Meeting => "meeting",
            Self::Posting => "posting",
            Self::Ended => "ended",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.id() == id)
    }
}

/// Why a household is reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Stands on the current list, in this class.
    OnList { class: String },
    /// Filed a request (form 01 or 04).
    Requested { request: RequestId },
    /// Came in by an objection while the list was posted.
    Objected,
}

/// A household under review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToReview {
    pub household: HouseholdId,
    pub reason: Reason,
    /// The class it was in when the review began; `None`: on no list.
    pub before: Option<String>,
    /// What the last meeting agreed, or the recheck of an objection found.
    pub outcome: Option<Outcome>,
}

/// What a survey came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// `None`: the scores do not give a class.
    pub class: Option<String>,
    pub b1: Option<Points>,
    pub b2: Option<Points>,
    /// Milliseconds since the epoch; which of two surveys is the later one.
    pub at_ms: i64,
}

/// One village in one review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VillageRound {
    pub id: RoundId,
    pub place: Place,
    pub year: i16,
    pub route: Route,
    pub step: Step,
    pub opened: Day,
    /// Counts surveys and meetings from 1; a failed meeting begins the next.
    pub attempt: u16,
    pub households: Vec<ToReview>,
    /// The day the survey of this attempt was closed.
    pub surveyed: Option<Day>,
    /// All of them, failed ones too.
    pub meetings: Vec<Meeting>,
    pub posting: Option<Posting>,
    pub objections: Vec<Objection>,
    pub ended: Option<Day>,
    /// The last day for the whole of the village's part: of the year's window, or of the first request taken in.
    #[serde(default)]
    pub ends: Option<Day>,
    pub version: i64,
}

impl VillageRound {
    /// Opens a village's round with the households now on the lists; a yearly one not before the window opens.
    pub fn open(
        id: RoundId,
        place: Place,
        (year, route): (i16, Route),
        listed: &[(HouseholdId, String)],
        under: Under<'_>,
    ) -> Result<Self, RoundRefusal> {
        let law = &under.process().listing;
        under.follows(law, None)?;
        if let (Route::Yearly, Some(opens)) = (route, under.process().opens.of(year))
            && under.day < opens
        {
            return Err(Stop::NotOpen { opens }.by(law));
        }
        let on_list = |(household, class): &(HouseholdId, String)| ToReview {
            household: *household,
            reason: Reason::OnList { class: class.clone() },
            before: Some(class.clone()),
            outcome: None,
        };
        Ok(Self {
            id,
            place,
            year,
            route,
            step: Step::Listing,
            opened: under.day,
            attempt: 1,
            households: listed.iter().map(on_list).collect(),
            surveyed: None,
            meetings: Vec::new(),
            posting: None,
            objections: Vec::new(),
            ended: None,
            ends: if route == Route::Yearly { under.process().closes.of(year) } else { None },
            version: 0,
        })
    }

    pub fn at(&self, needs: Step) -> Result<(), Stop> {
        if self.step == needs { Ok(()) } else { Err(Stop::OtherStep { at: self.step, needs }) }
    }

    pub fn reviews(&self, household: HouseholdId) -> Option<&ToReview> {
        self.households.iter().find(|h| h.household == household)
    }

    /// Takes a household in that asked for it; `due` is the last day for its answer. One that stands on the list anyway is
    /// reviewed as one that asked. In a review on request the first answer that is due ends the whole.
    pub fn add_requested(
        mut self,
        household: HouseholdId,
        (request, due): (RequestId, Option<Day>),
        before: Option<String>,
        under: Under<'_>,
    ) -> Result<Self, RoundRefusal> {
        let law = &under.process().listing;
        self.at(Step::Listing).map_err(|stop| stop.by(law))?;
        let reason = Reason::Requested { request };
        match self.households.iter_mut().find(|h| h.household == household) {
            Some(known) if matches!(known.reason, Reason::OnList { .. }) => known.reason = reason,
            Some(_) => return Err(Stop::OnListAlready.by(law)),
            None => self.households.push(ToReview { household, reason, before, outcome: None }),
        }
        if self.route != Route::Yearly {
            self.ends = self.ends.into_iter().chain(due).min();
        }
        Ok(self)
    }

    /// Lets a household go whose request is answered in another way, as long as no meeting was called about it.
    pub fn release(mut self, request: RequestId, under: Under<'_>) -> Result<Self, RoundRefusal> {
        let law = &under.process().listing;
        if self.step > Step::Survey {
            return Err(Stop::NotReleased.by(law));
        }
        under.follows(law, Some(self.opened))?;
        let asked = |h: &ToReview| h.reason == Reason::Requested { request };
        let position = self.households.iter().position(asked).ok_or_else(|| Stop::NotOnList.by(law))?;
        let let_go = self.households.remove(position);
        if let (Route::Yearly, Some(class)) = (self.route, let_go.before.clone()) {
            self.households.push(ToReview { reason: Reason::OnList { class }, ..let_go });
        }
        if self.step == Step::Survey && self.households.is_empty() {
            self.step = Step::Ended;
            self.ended = Some(under.day);
        }
        Ok(self)
    }

    /// The list is complete: the survey begins. A village where nobody is to be reviewed has done its part. `waiting` counts
    /// the requests that came in and stand on no list yet.
    pub fn close_list(mut self, waiting: usize, under: Under<'_>) -> Result<Self, RoundRefusal> {
        let law = &under.process().listing;
        self.at(Step::Listing).map_err(|stop| stop.by(law))?;
        under.follows(law, Some(self.opened))?;
        if waiting > 0 {
            return Err(Stop::RequestsWait { requests: waiting }.by(law));
        }
        if self.households.is_empty() {
            self.step = Step::Ended;
            self.ended = Some(under.day);
        } else {
            self.step = Step::Survey;
        }
        Ok(self)
    }

    /// Whether a survey of a household is taken now: while surveying, or to recheck an objection.
    pub fn takes_survey(&self, household: HouseholdId) -> Result<(), Stop> {
        match self.step {
            Step::Survey => self.reviews(household).map(|_| ()).ok_or(Stop::NotOnList),
            Step::Posting if self.open_objections().any(|o| o.household == household) => Ok(()),
            _ => Err(Stop::SurveyClosed),
        }
    }

    /// Every household has been surveyed in this attempt and has a class: the meeting can be called.
    pub fn close_survey(
        mut self,
        surveyed: &BTreeMap<HouseholdId, Outcome>,
        under: Under<'_>,
    ) -> Result<Self, RoundRefusal> {
        let law = &under.process().survey;
        self.at(Step::Survey).map_err(|stop| stop.by(law))?;
        let after = self.meetings.last().map_or(self.opened, |m| m.day);
        under.follows(law, Some(after))?;
        self.must_be_surveyed(surveyed).map_err(|stop| stop.by(law))?;
        self.surveyed = Some(under.day);
        self.step = Step::Meeting;
        Ok(self)
    }

    pub(super) fn must_be_surveyed(&self, surveyed: &BTreeMap<HouseholdId, Outcome>) -> Result<(), Stop> {
        let missing = self.households.iter().filter(|h| !surveyed.contains_key(&h.household)).count();
        if missing > 0 {
            return Err(Stop::NotSurveyed { households: missing });
        }
        let ids: BTreeSet<HouseholdId> = self.households.iter().map(|h| h.household).collect();
        let unclassified = surveyed.iter().filter(|(id, s)| ids.contains(id) && s.class.is_none()).count();
        if unclassified > 0 { Err(Stop::NoClass { households: unclassified }) } else { Ok(()) }
    }

    /// Objections without an answer.
    pub fn open_objections(&self) -> impl Iterator<Item = &Objection> {
        self.objections.iter().filter(|o| o.answer.is_none())
    }

    /// The day by which the village has to do what comes next: of a term that runs, else the last one of its review.
    pub fn due(&self) -> Option<Day> {
        match self.step {
            Step::Posting => {
                let recheck = self.open_objections().map(|o| o.recheck_by).min();
                recheck.or(self.posting.as_ref().map(|p| p.last)).or(self.ends)
            }
            Step::Listing | Step::Survey | Step::Meeting => self.ends,
            Step::Ended => None,
        }
    }
}
