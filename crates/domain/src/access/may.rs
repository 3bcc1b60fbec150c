//! Which role may do what, each in its own part of the country. A role has the verbs of the sets it is given; where is a
//! matter of the scope.

use super::{Role, Verb};

/// What everybody who is signed in may see.
const SEE: &[Verb] = &[Verb::ReadRegistry, Verb::ReadForms, Verb::ReadPlan];
const COMMUNE: &[Verb] = &[
    Verb::ReadTrail,
    Verb::EditRegistry,
    Verb::MoveHousehold,
    Verb::ImportList,
    Verb::EnterPopulation,
    Verb::AssessHousehold,
    Verb::SendList,
    Verb::RecordDecision,
    Verb::MarkOfficial,
    Verb::PlaceBoundary,
    Verb::RunRound,
    Verb::SurveyHousehold,
    Verb::HoldMeeting,
    Verb::TakeRequest,
];
const VILLAGE: &[Verb] = &[Verb::ReadRegistry, Verb::SurveyHousehold, Verb::HoldMeeting];
const CHAIRMAN: &[Verb] = &[Verb::ReadTrail, Verb::Recognise, Verb::RecordDecision, Verb::GiveOpinion];
/// What a district and a province do with what communes send.
const ABOVE: &[Verb] = &[
    Verb::ReadTrail,
    Verb::MoveHousehold,
    Verb::ImportList,
    Verb::ReturnList,
    Verb::ApproveReview,
    Verb::MarkOfficial,
    Verb::GiveOpinion,
];
/// What stands for the whole province.
const PROVINCE: &[Verb] = &[
    Verb::ConfirmNorm,
    Verb::LoadPack,
    Verb::RecordBoundary,
    Verb::PlaceBoundary,
    Verb::ImportPlan,
    Verb::ConfirmBinding,
    Verb::CompileResults,
];
const ADMINISTRATOR: &[Verb] =
    &[Verb::ReadTrail, Verb::ConfirmNorm, Verb::LoadPack, Verb::ManageUsers, Verb::ImportPlan, Verb::ConfirmBinding];

/// The sets of verbs of a role.
pub(super) fn verbs_of(role: Role) -> &'static [&'static [Verb]] {
    match role {
        Role::Reader => &[SEE],
        Role::VillageHead => &[VILLAGE],
        Role::CommuneChairman => &[SEE, CHAIRMAN],
        Role::CommuneOfficer => &[SEE, COMMUNE],
        Role::DistrictOfficer => &[SEE, ABOVE],
        Role::ProvinceOfficer => &[SEE, ABOVE, PROVINCE],
        Role::Administrator => &[SEE, ADMINISTRATOR],
    }
}
