//! Reviews on their way: rounds of villages and communes, surveys, requests, papers attached, results above the commune.

use async_trait::async_trait;
use domain::review::request::Request;
use domain::review::results::Results;
use domain::review::round::{CommuneRound, CommuneStep, Route, Step, VillageRound};
use domain::review::survey::SurveyStanding;
use domain::review::unplaced::UnplacedRequest;
use domain::units::{Place, Scope};
use kernel::{Day, HouseholdId, Points, RequestId, ResultsId, RoundId, SurveyId, UserId, VillageId};

use crate::Stored;

/// How far a village's round has come, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VillageMark {
    pub place: Place,
    pub step: Step,
    pub due: Option<Day>,
    pub households: i64,
}

/// How far a commune's round has come, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommuneMark {
    pub district: String,
    pub commune: String,
    pub step: CommuneStep,
    pub due: Option<Day>,
}

/// One survey of a household as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyRecord {
    pub id: SurveyId,
    /// Made by the phone; the same one is stored once.
    pub token: String,
    pub household: HouseholdId,
    pub place: Place,
    pub year: i16,
    pub route: Route,
    pub attempt: u16,
    pub standing: SurveyStanding,
    /// Token of the survey it was made from.
    pub based_on: Option<String>,
    /// When the server took it.
    pub at_ms: i64,
    /// When it was saved on the phone.
    pub saved_ms: i64,
    pub by: UserId,
    pub by_name: String,
    /// `phone`, `desk`, `paper`.
    pub channel: String,
    pub class: Option<String>,
    pub b1: Option<Points>,
    pub b2: Option<Points>,
    /// The answers: JSON of `app`.
    pub content: String,
}

/// A file that belongs to a place: scanned minutes, photos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// SHA-256 in hex.
    pub hash: String,
    pub place: Place,
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
    pub at_ms: i64,
    pub by_name: String,
}

#[async_trait]
pub trait RoundStore {
    async fn village_rounds(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Vec<VillageRound>>;
    async fn village_round(
        &mut self,
        scope: &Scope,
        village: VillageId,
        year: i16,
        route: Route,
    ) -> Stored<Option<VillageRound>>;
    async fn village_round_by_id(&mut self, scope: &Scope, id: RoundId) -> Stored<Option<VillageRound>>;
    /// Inserts at version 0, else updates the stored version; conflict as for households.
    async fn save_village_round(&mut self, round: &VillageRound) -> Stored<()>;
    /// By commune and village.
    async fn village_marks(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Vec<VillageMark>>;

    /// The scope is a commune.
    async fn commune_round(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Option<CommuneRound>>;
    async fn save_commune_round(&mut self, round: &CommuneRound) -> Stored<()>;
    async fn commune_marks(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Vec<CommuneMark>>;
    /// Holds the numbers of a commune's papers of a year: until this unit of work ends nobody else draws from them, and what
    /// is read after it holds every number drawn before. The scope is a commune.
    async fn hold_paper_series(&mut self, commune: &Scope, year: i16) -> Stored<()>;
    /// The reviews of a year that somebody opened in the scope.
    async fn routes(&mut self, scope: &Scope, year: i16) -> Stored<Vec<Route>>;

    /// `false`: a survey of this token is stored already, and nothing was changed.
    async fn add_survey(&mut self, survey: &SurveyRecord) -> Stored<bool>;
    /// Of the scope; those already stored among these tokens.
    async fn surveys_by_token(&mut self, scope: &Scope, tokens: &[String]) -> Stored<Vec<SurveyRecord>>;
    /// Of these households in a review, oldest first.
    async fn surveys_of(
        &mut self,
        scope: &Scope,
        households: &[HouseholdId],
        (year, route): (i16, Route),
    ) -> Stored<Vec<SurveyRecord>>;
    /// All of the scope in a review, oldest first.
    async fn surveys(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Vec<SurveyRecord>>;
    async fn set_survey_standing(&mut self, id: SurveyId, standing: SurveyStanding) -> Stored<()>;

    /// The same file at the same place is kept once.
    async fn add_attachment(&mut self, attachment: &Attachment) -> Stored<()>;
    async fn attachment(&mut self, scope: &Scope, hash: &str) -> Stored<Option<Attachment>>;

    /// Newest first.
    async fn requests(&mut self, scope: &Scope, year: i16) -> Stored<Vec<Request>>;
    async fn request(&mut self, scope: &Scope, id: RequestId) -> Stored<Option<Request>>;
    /// Of one household, newest first.
    async fn requests_of(&mut self, scope: &Scope, household: HouseholdId) -> Stored<Vec<Request>>;
    async fn save_request(&mut self, request: &Request) -> Stored<()>;

    /// Those that wait for their household to be found, oldest first.
    async fn unplaced_requests(&mut self, scope: &Scope) -> Stored<Vec<UnplacedRequest>>;
    async fn unplaced_request(&mut self, scope: &Scope, id: RequestId) -> Stored<Option<UnplacedRequest>>;
    /// Open or not, with ids from the first to the second: what a written code may stand for.
    async fn unplaced_between(&mut self, scope: &Scope, ids: (RequestId, RequestId)) -> Stored<Vec<UnplacedRequest>>;
    async fn save_unplaced(&mut self, request: &UnplacedRequest) -> Stored<()>;

    /// Of the unit itself, newest first.
    async fn results(&mut self, unit: &Scope, year: i16) -> Stored<Vec<Results>>;
    /// Of the unit itself or of one above: whatever was published may be read by all.
    async fn results_by_id(&mut self, id: ResultsId) -> Stored<Option<Results>>;
    async fn save_results(&mut self, results: &Results) -> Stored<()>;
}
