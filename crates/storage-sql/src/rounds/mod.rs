//! Reviews on their way. Start with `villages`; `surveys` keeps each token once.

mod communes;
mod files;
mod requests;
mod results;
mod surveys;
mod unplaced;
mod villages;

use async_trait::async_trait;
use domain::review::request::Request;
use domain::review::results::Results;
use domain::review::round::{CommuneRound, Route, VillageRound};
use domain::review::survey::SurveyStanding;
use domain::review::unplaced::UnplacedRequest;
use domain::units::{Place, Scope};
use kernel::{HouseholdId, RequestId, ResultsId, RoundId, SurveyId, VillageId};
use storage::{Attachment, CommuneMark, RoundStore, Stored, SurveyRecord, VillageMark};

use crate::tx::Row;
use crate::work::SqlWork;

#[async_trait]
impl RoundStore for SqlWork {
    async fn village_rounds(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Vec<VillageRound>> {
        villages::of_year(&mut self.tx, scope, year, route).await
    }

    async fn village_round(
        &mut self,
        scope: &Scope,
        village: VillageId,
        year: i16,
        route: Route,
    ) -> Stored<Option<VillageRound>> {
        villages::of_village(&mut self.tx, scope, village, (year, route)).await
    }

    async fn village_round_by_id(&mut self, scope: &Scope, id: RoundId) -> Stored<Option<VillageRound>> {
        villages::by_id(&mut self.tx, scope, id).await
    }

    async fn save_village_round(&mut self, round: &VillageRound) -> Stored<()> {
        villages::save(&mut self.tx, round).await
    }

    async fn village_marks(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Vec<VillageMark>> {
        villages::marks(&mut self.tx, scope, year, route).await
    }

    async fn commune_round(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Option<CommuneRound>> {
        communes::of_commune(&mut self.tx, scope, year, route).await
    }

    async fn save_commune_round(&mut self, round: &CommuneRound) -> Stored<()> {
        communes::save(&mut self.tx, round).await
    }

    async fn commune_marks(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Vec<CommuneMark>> {
        communes::marks(&mut self.tx, scope, year, route).await
    }

    async fn hold_paper_series(&mut self, commune: &Scope, year: i16) -> Stored<()> {
        communes::hold_paper_series(&mut self.tx, commune, year).await
    }

    async fn routes(&mut self, scope: &Scope, year: i16) -> Stored<Vec<Route>> {
        villages::routes(&mut self.tx, scope, year).await
    }

    async fn add_survey(&mut self, survey: &SurveyRecord) -> Stored<bool> {
        surveys::add(&mut self.tx, survey).await
    }

    async fn surveys_by_token(&mut self, scope: &Scope, tokens: &[String]) -> Stored<Vec<SurveyRecord>> {
        surveys::by_token(&mut self.tx, scope, tokens).await
    }

    async fn surveys_of(
        &mut self,
        scope: &Scope,
        households: &[HouseholdId],
        (year, route): (i16, Route),
    ) -> Stored<Vec<SurveyRecord>> {
        surveys::of_households(&mut self.tx, scope, households, (year, route)).await
    }

    async fn surveys(&mut self, scope: &Scope, year: i16, route: Route) -> Stored<Vec<SurveyRecord>> {
        surveys::of_year(&mut self.tx, scope, year, route).await
    }

    async fn set_survey_standing(&mut self, id: SurveyId, standing: SurveyStanding) -> Stored<()> {
        surveys::set_standing(&mut self.tx, id, standing).await
    }

    async fn add_attachment(&mut self, attachment: &Attachment) -> Stored<()> {
        files::add(&mut self.tx, attachment).await
    }

    async fn attachment(&mut self, scope: &Scope, hash: &str) -> Stored<Option<Attachment>> {
        files::by_hash(&mut self.tx, scope, hash).await
    }

    async fn requests(&mut self, scope: &Scope, year: i16) -> Stored<Vec<Request>> {
        requests::of_year(&mut self.tx, scope, year).await
    }

    async fn request(&mut self, scope: &Scope, id: RequestId) -> Stored<Option<Request>> {
        requests::by_id(&mut self.tx, scope, id).await
    }

    async fn requests_of(&mut self, scope: &Scope, household: HouseholdId) -> Stored<Vec<Request>> {
        requests::of_household(&mut self.tx, scope, household).await
    }

    async fn save_request(&mut self, request: &Request) -> Stored<()> {
        requests::save(&mut self.tx, request).await
    }

    async fn unplaced_requests(&mut self, scope: &Scope) -> Stored<Vec<UnplacedRequest>> {
        unplaced::open(&mut self.tx, scope).await
    }

    async fn unplaced_request(&mut self, scope: &Scope, id: RequestId) -> Stored<Option<UnplacedRequest>> {
        unplaced::by_id(&mut self.tx, scope, id).await
    }

    async fn unplaced_between(&mut self, scope: &Scope, ids: (RequestId, RequestId)) -> Stored<Vec<UnplacedRequest>> {
        unplaced::between(&mut self.tx, scope, ids).await
    }

    async fn save_unplaced(&mut self, request: &UnplacedRequest) -> Stored<()> {
        unplaced::save(&mut self.tx, request).await
    }

    async fn results(&mut self, unit: &Scope, year: i16) -> Stored<Vec<Results>> {
        results::of_unit(&mut self.tx, unit, year).await
    }

    async fn results_by_id(&mut self, id: ResultsId) -> Stored<Option<Results>> {
        results::by_id(&mut self.tx, id).await
    }

    async fn save_results(&mut self, results: &Results) -> Stored<()> {
        results::save(&mut self.tx, results).await
    }
}

/// The five columns of a place, in the order in which every table names them.
fn place(row: &mut Row) -> Stored<Place> {
    Ok(Place {
        units_from: row.day()?,
        province: row.text()?,
        district: row.text()?,
        commune: row.text()?,
        village: VillageId(row.uuid()?),
    })
}
