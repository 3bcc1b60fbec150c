//! Who may do what, and where. Never asks who somebody is; that is for `app`. The table of rights is in `may`.

mod may;

use kernel::UserId;
use serde::{Deserialize, Serialize};

use self::may::verbs_of;
use crate::units::{Scope, ScopeLevel};

/// What somebody is to the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Trưởng thôn: surveys and chairs the meeting of one village.
    VillageHead,
    CommuneOfficer,
    /// Chủ tịch UBND cấp xã: recognises.
    CommuneChairman,
    DistrictOfficer,
    ProvinceOfficer,
    /// Sees what the scope shows, changes nothing.
    Reader,
    Administrator,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::VillageHead,
        Self::CommuneOfficer,
        Self::CommuneChairman,
        Self::DistrictOfficer,
        Self::ProvinceOfficer,
        Self::Reader,
        Self::Administrator,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::VillageHead => "village_head",
            Self::CommuneOfficer => "commune_officer",
            Self::CommuneChairman => "commune_chairman",
            Self::DistrictOfficer => "district_officer",
            Self::ProvinceOfficer => "province_officer",
            Self::Reader => "reader",
            Self::Administrator => "administrator",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.id() == id)
    }

    /// The level of unit the role works at; `None` where any will do.
    pub fn works_at(self) -> Option<ScopeLevel> {
        match self {
            Self::VillageHead | Self::CommuneOfficer | Self::CommuneChairman => Some(ScopeLevel::Commune),
            Self::DistrictOfficer => Some(ScopeLevel::District),
            Self::ProvinceOfficer | Self::Administrator => Some(ScopeLevel::Province),
            Self::Reader => None,
        }
    }
}

/// What can be asked of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    ReadRegistry,
    EditRegistry,
    /// A whole household to another village of the actor's own area.
    MoveHousehold,
    ImportList,
    EnterPopulation,
    AssessHousehold,
    SendList,
    ReturnList,
    RecordDecision,
    /// A level above approves the year's review of its unit.
    ApproveReview,
    /// Forms become what the unit answers for.
    MarkOfficial,
    ReadForms,
    ReadTrail,
    ConfirmNorm,
    LoadPack,
    ManageUsers,
    RecordBoundary,
    PlaceBoundary,
    ReadPlan,
    ImportPlan,
    ConfirmBinding,
    /// Open a round, close its list and its survey, post, hear objections, send up.
    RunRound,
    /// Send a household's survey.
    SurveyHousehold,
    /// Record a village meeting.
    HoldMeeting,
    /// Answer a commune that asked: agree or give lines back.
    GiveOpinion,
    /// The commune chairman's decisions.
    Recognise,
    /// Take a request in and decide by income.
    TakeRequest,
    /// Compile, approve and publish results.
    CompileResults,
}

/// Somebody who is signed in, with the part of the country they answer for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub id: UserId,
    pub name: String,
    pub role: Role,
    pub scope: Scope,
}

impl Actor {
    /// The rule says who may do what; where is a matter of the scope.
    pub fn may(&self, verb: Verb) -> bool {
        verbs_of(self.role).iter().any(|some| some.contains(&verb))
    }
}

/// The rule says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessRefusal {
    /// ACC-001
    #[error("the role may not do this")]
    RoleMayNot(Verb),
    /// ACC-002
    #[error("the unit lies outside the actor's area")]
    OutsideScope,
}

/// Passes, or says why not.
pub fn check(actor: &Actor, verb: Verb) -> Result<(), AccessRefusal> {
    if actor.may(verb) { Ok(()) } else { Err(AccessRefusal::RoleMayNot(verb)) }
}
