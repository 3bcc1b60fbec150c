//! A commune's review by the people who take each step. Start with [`Commune`]; the tests stand by what they are about.

mod requests;
mod results;
mod steps;
mod surveys;

use app::AppError;
use app::registry::AssessmentInput;
use app::review::requests::FileInput;
use app::review::rounds::{
    AmendInput, At, CommuneView, MeetingInput, RecogniseInput, amend, ask_opinion, close_list, close_survey,
    commune_view, hold_meeting, open_round, post, recognise, village_view,
};
use app::review::survey::SentSurvey;
use domain::access::{Actor, Role};
use domain::review::request::{Channel, RequestKind};
use domain::review::round::{AmendmentKind, Route};
use domain::units::{Scope, Village};
use kernel::{Day, HouseholdId};
use testkit::TestDatabase;

use crate::world::{COMMUNE, Province, province, province_in};

pub fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

/// A commune with one village, three households on last year's list, and everybody who takes a step.
pub struct Commune {
    pub world: Province,
    /// The year that is reviewed.
    pub year: i16,
    pub officer: Actor,
    pub head: Actor,
    pub chairman: Actor,
    /// Who gives the opinion: the district's officer, later the province's.
    pub above: Actor,
    pub village: Village,
    pub households: Vec<HouseholdId>,
    pub scope: Scope,
}

impl Commune {
    pub async fn new() -> Self {
        let world = province().await;
        let above = world.officer(Role::DistrictOfficer, "district:444").await;
        Self::of(world, 2023, COMMUNE, above).await
    }

    /// In the autumn of 2025: communes lie in their province.
    pub async fn after_districts() -> Self {
        let world = province_in(TestDatabase::sqlite().await, "2025-10-10").await;
        let above = world.officer(Role::ProvinceOfficer, "province:42").await;
        Self::of(world, 2025, "commune:18532", above).await
    }

    pub async fn of(world: Province, year: i16, commune: &str, above: Actor) -> Self {
        let officer = world.officer(Role::CommuneOfficer, commune).await;
        let village = world.village(&officer, "Thôn 1").await;
        let mut households = Vec::new();
        for name in ["Lê Thị An", "Lê Thị Bình", "Lê Thị Châu"] {
            let id = world.household(&officer, &village, name).await;
            let seen = world.seen(&officer, id).await;
            app::registry::assess(&world.house, &officer, seen, year - 1, &scores("120", "40")).await.unwrap();
            households.push(id);
        }
        let head = world.officer(Role::VillageHead, commune).await;
        let chairman = world.officer(Role::CommuneChairman, commune).await;
        let scope = world.scope(commune);
        world.clock.advance_days(60);
        Self { world, year, officer, head, chairman, above, village, households, scope }
    }

    /// `10-23` of the year.
    pub fn on(&self, month_and_day: &str) -> Day {
        day(&format!("{}-{month_and_day}", self.year))
    }

    pub async fn at(&self) -> At {
        self.at_route(Route::Yearly).await
    }

    pub async fn at_route(&self, route: Route) -> At {
        let view = village_view(&self.world.house, &self.officer, self.village.id, (self.year, route)).await.unwrap();
        At { village: self.village.id, year: self.year, route, version: view.round.version }
    }

    pub async fn view(&self) -> CommuneView {
        commune_view(&self.world.house, &self.officer, &self.scope, (self.year, Route::Yearly)).await.unwrap()
    }

    pub async fn version(&self) -> i64 {
        self.view().await.round.unwrap().version
    }

    /// The chairman corrects the first household to near-poor.
    pub async fn correct(&self, number: &str, reason: &str, month_and_day: &str) {
        let input = AmendInput {
            kind: AmendmentKind::Corrected,
            household: self.households[0],
            number: number.into(),
            signer: "Phạm Quốc Việt".into(),
            reason: reason.into(),
            class: "near_poor".into(),
        };
        let at = (self.version().await, self.on(month_and_day));
        amend(&self.world.house, &self.chairman, &self.scope, (self.year, Route::Yearly), at, &input).await.unwrap();
    }

    pub async fn survey(&self, by: &Actor, household: HouseholdId, token: &str, points: (&str, &str)) -> SentSurvey {
        let sent = SentSurvey { year: self.year, ..sent(household, token, points) };
        self.world.house.surveys.take(&self.world.house, by, sent.clone()).await.unwrap();
        sent
    }

    pub async fn to_survey(&self) {
        let house = &self.world.house;
        open_round(house, &self.officer, &self.scope, self.year, self.on("09-05")).await.unwrap();
        close_list(house, &self.officer, &self.at().await, self.on("09-10")).await.unwrap();
    }

    pub async fn survey_all(&self, attempt: &str) {
        for (n, id) in self.households.clone().into_iter().enumerate() {
            self.survey(&self.head, id, &format!("{attempt}-{n}"), ("120", "40")).await;
        }
    }

    pub async fn to_posting(&self) {
        let house = &self.world.house;
        self.to_survey().await;
        self.survey_all("first").await;
        close_survey(house, &self.officer, &self.at().await, self.on("10-10")).await.unwrap();
        hold_meeting(house, &self.head, &self.at().await, self.on("10-15"), &minutes("40", "30")).await.unwrap();
        post(house, &self.officer, &self.at().await, self.on("10-16")).await.unwrap();
    }

    pub async fn ask(&self, on: &str) -> Result<(), AppError> {
        let version = self.version().await;
        ask_opinion(&self.world.house, &self.officer, &self.scope, self.year, (version, self.on(on))).await.map(drop)
    }

    pub async fn recognise(&self, on: &str) -> Result<(), AppError> {
        let version = self.version().await;
        let input = RecogniseInput { number: "88/QĐ-UBND".into(), signer: "Phạm Quốc Việt".into() };
        let key = (self.year, Route::Yearly);
        recognise(&self.world.house, &self.chairman, &self.scope, key, (version, self.on(on)), &input).await.map(drop)
    }
}

pub fn scores(b1: &str, b2: &str) -> AssessmentInput {
    AssessmentInput { b1_entered: b1.into(), b2_entered: b2.into(), ..AssessmentInput::default() }
}

pub fn sent(household: HouseholdId, token: &str, (b1, b2): (&str, &str)) -> SentSurvey {
    SentSurvey {
        token: token.into(),
        household,
        year: 2023,
        route: Route::Yearly,
        based_on: None,
        saved_ms: 1,
        channel: "phone".into(),
        input: scores(b1, b2),
        note: String::new(),
        view: String::new(),
        confirmed_by: String::new(),
        photos: Vec::new(),
    }
}

pub fn minutes(present: &str, agree: &str) -> MeetingInput {
    MeetingInput {
        chair: "Đặng Văn Thìn".into(),
        secretary: "Lê Văn Sáu".into(),
        representatives: "Trần Văn Bảy; Lê Thị Tám".into(),
        present: present.into(),
        agree: agree.into(),
        ..MeetingInput::default()
    }
}

pub fn request(household: HouseholdId, kind: RequestKind, received: &str) -> FileInput {
    FileInput {
        kind,
        channel: Channel::Counter,
        household,
        person: None,
        received: day(received),
        filed_by: "Chủ hộ".into(),
        reason: "Mất mùa".into(),
    }
}
