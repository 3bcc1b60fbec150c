//! Who may do what, and where. Never asks who somebody is; that is for `app`.

use kernel::UserId;
use serde::{Deserialize, Serialize};

use crate::units::{Scope, ScopeLevel};

/// What somebody is to the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    CommuneOfficer,
    DistrictOfficer,
    ProvinceOfficer,
    /// Sees what the scope shows, changes nothing.
    Reader,
    Administrator,
}

impl Role {
    pub const ALL: [Self; 5] =
        [Self::CommuneOfficer, Self::DistrictOfficer, Self::ProvinceOfficer, Self::Reader, Self::Administrator];

    pub fn id(self) -> &'static str {
        match self {
            Self::CommuneOfficer => "commune_officer",
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
            Self::CommuneOfficer => Some(ScopeLevel::Commune),
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
    ImportList,
    EnterPopulation,
    AssessHousehold,
    SendList,
    ReturnList,
    RecordDecision,
    ReadForms,
    ReadTrail,
    ConfirmNorm,
    LoadPack,
    ManageUsers,
    /// See targets, activities, needs, models and duties.
    ReadProgramme,
    /// Record activities, needs, staff and models.
    RecordWork,
    /// Say that a duty is done, and attach what shows it.
    CloseDuty,
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
        use Verb::{
            AssessHousehold, CloseDuty, ConfirmNorm, EditRegistry, EnterPopulation, ImportList, LoadPack, ManageUsers,
            ReadForms, ReadProgramme, ReadRegistry, ReadTrail, RecordDecision, RecordWork, ReturnList, SendList,
        };
        match self.role {
            Role::Reader => matches!(verb, ReadRegistry | ReadForms | ReadProgramme),
            Role::CommuneOfficer => matches!(
                verb,
                ReadRegistry
                    | EditRegistry
                    | ImportList
                    | EnterPopulation
                    | AssessHousehold
                    | SendList
                    | RecordDecision
                    | ReadForms
                    | ReadTrail
                    | ReadProgramme
                    | RecordWork
                    | CloseDuty
            ),
            Role::DistrictOfficer => matches!(
                verb,
                ReadRegistry | ImportList | ReturnList | ReadForms | ReadTrail | ReadProgramme | RecordWork | CloseDuty
            ),
            Role::ProvinceOfficer => {
                matches!(
                    verb,
                    ReadRegistry
                        | ImportList
                        | ReturnList
                        | ReadForms
                        | ReadTrail
                        | ConfirmNorm
                        | LoadPack
                        | ReadProgramme
                        | RecordWork
                        | CloseDuty
                )
            }
            Role::Administrator => {
                matches!(
                    verb,
                    ReadRegistry | ReadForms | ReadTrail | ConfirmNorm | LoadPack | ManageUsers | ReadProgramme
                )
            }
        }
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
