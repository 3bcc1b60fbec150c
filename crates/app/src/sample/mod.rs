//! The invented register of sample mode: Hà Tĩnh with its 13 districts and 216 communes of 2023, adding up to the published
//! counts of two years. Nobody in it is real, and every page made from it says so. Start with [`start_sample`].

mod accounts;
mod answers;
mod data;
mod draw;
mod fill;
mod land;
mod people;
mod register;
mod scores;
mod survey;
mod year;

pub use fill::fill;

use domain::units::{Scope, ScopeLevel, VillageTotal};
use serde_json::json;
use snapshots::Act;
use storage::Work;

use self::data::SampleData;
use self::draw::Draw;
use self::land::Commune;
use self::register::{Register, Sheet};
use crate::access::{Mode, must_be_new, save_setup};
use crate::law::PACK_SETTING;
use crate::programme::{PlanFile, store_plan};
use crate::registry::pack_name;
use crate::reporting::{Occasion, freeze_in};
use crate::{AppError, House};

/// Every sample register is the same one.
const SEED: u64 = 2023;
/// The plan of the province for the year; as published, so nothing in it is invented.
pub const PLAN: &str = include_str!("../../../../tests/plans/ke-hoach-2023-ha-tinh.txt");
pub const PLAN_NAME: &str = "ke-hoach-2023-ha-tinh.txt";
/// Records stored at once.
const CHUNK: usize = 3000;

/// Fills an empty store with the sample register, all or nothing. `progress` hears of it in percent.
pub async fn start_sample(house: &House, progress: impl Fn(u8) + Send + Sync) -> Result<(), AppError> {
    let data = SampleData::embedded().map_err(|error| AppError::Paper(error.to_string()))?;
    let mut work = house.store.write().await?;
    must_be_new(work.as_mut()).await?;
    progress(1);
    let mut draw = Draw::new(SEED);
    let now = house.rules(data.years.1, &data.province)?;
    let before = house.rules(data.years.0, &data.province)?;
    let communes = land::communes(house, &data, &now, &mut draw)?;
    progress(5);
    let sheets = Register::build(house, &data, &communes, (before, &now), draw.clone())?;
    progress(20);
    store_land(work.as_mut(), &data, &communes).await?;
    progress(25);
    store_sheets(work.as_mut(), &sheets, &progress).await?;
    for list in accounts::submissions(house, &data, &communes, &sheets, &mut draw) {
        work.save_submission(&list).await?;
    }
    let units_from = house.norms.units_on(data.units_on).from;
    let province = Scope::new(units_from, ScopeLevel::Province, data.province.clone());
    save_setup(house, work.as_mut(), (Mode::Sample, &province), data.years.1).await?;
    let users = accounts::accounts(house, &data, &communes);
    for user in &users {
        work.save_user(user).await?;
    }
    if let Some(pack) = house.norms.packs().iter().find(|pack| pack.holds_on(now.day)) {
        work.save_setting(PACK_SETTING, &pack_name(pack)).await?;
    }
    if let Some(actor) = accounts::founder(&users) {
        let detail = json!({"households": sheets.len(), "communes": communes.len()});
        // Last year was decided long ago; its facts are frozen as those of a real year are.
        let last = Occasion { act: Act::ReviewApproved, scope: &province, year: data.years.0 };
        freeze_in(house, work.as_mut(), &actor, last).await?;
        work.record(&house.entry(&actor, "sample_loaded", ("program", String::new()), None, detail)).await?;
        let plan = PlanFile { name: PLAN_NAME.to_owned(), bytes: PLAN.as_bytes().to_vec() };
        store_plan(house, work.as_mut(), &actor, data.years.1, &plan).await?;
    }
    work.commit().await?;
    progress(100);
    Ok(())
}

async fn store_land(work: &mut dyn Work, data: &SampleData, communes: &[Commune]) -> Result<(), AppError> {
    let villages: Vec<_> = communes.iter().flat_map(|commune| commune.villages.iter().cloned()).collect();
    for chunk in villages.chunks(CHUNK) {
        work.add_villages(chunk).await?;
    }
    for year in [data.years.0, data.years.1] {
        let totals: Vec<VillageTotal> = communes.iter().flat_map(|commune| commune.totals(year)).collect();
        for chunk in totals.chunks(CHUNK) {
            work.save_village_totals(chunk).await?;
        }
    }
    Ok(())
}

async fn store_sheets(work: &mut dyn Work, sheets: &[Sheet], progress: &impl Fn(u8)) -> Result<(), AppError> {
    for (number, chunk) in sheets.chunks(CHUNK).enumerate() {
        let households: Vec<_> = chunk.iter().map(|sheet| sheet.household.clone()).collect();
        work.add_households(&households).await?;
        let assessments: Vec<_> = chunk.iter().flat_map(|sheet| sheet.assessments.iter().cloned()).collect();
        work.save_assessments(&assessments).await?;
        let done = (number + 1) * CHUNK * 70 / sheets.len().max(1);
        progress(25 + u8::try_from(done.min(70)).unwrap_or(70));
    }
    Ok(())
}
