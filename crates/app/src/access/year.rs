//! The year of work: the review year in which every page opens. Lists of other years stay where they are.
//! Start with [`change_year`].

use domain::access::{Actor, Verb, check};
use norms::NormGap;
use serde_json::json;

use super::setup::{YEAR, year_of_work};
use crate::{AppError, House};

/// So many years without rules in a row are a gap in the law; further back there is none to look for.
const LONGEST_GAP: usize = 20;

/// The years that have rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct YearsOfWork {
    /// This calendar year and those before it, newest first.
    pub years: Vec<i16>,
    /// Why this calendar year is not among them.
    pub gap: Option<NormGap>,
}

/// Which years may be opened: a review is held in its own calendar year or after it.
pub fn years_of_work(house: &House, actor: &Actor) -> Result<YearsOfWork, AppError> {
    check(actor, Verb::ManageUsers)?;
    let province = house.province_of(&actor.scope);
    let has_rules = |year: &i16| house.rules(*year, &province).is_ok();
    let this_year = house.clock.today().year();
    let back = std::iter::successors(Some(this_year), |year| year.checked_sub(1));
    let without = back.clone().take(LONGEST_GAP).take_while(|year| !has_rules(year)).count();
    let years = back.skip(without).take_while(has_rules).collect();
    Ok(YearsOfWork { years, gap: house.rules(this_year, &province).err() })
}

/// Opens another review year: one that has begun and has rules.
pub async fn change_year(house: &House, actor: &Actor, year: i16) -> Result<(), AppError> {
    check(actor, Verb::ManageUsers)?;
    if year > house.clock.today().year() {
        return Err(AppError::Form(vec![crate::FieldFault::at("year", "field-year-future")]));
    }
    house.rules(year, &house.province_of(&actor.scope))?;
    let mut work = house.store.write().await?;
    let before = year_of_work(house, work.as_mut()).await?;
    work.save_setting(YEAR, &year.to_string()).await?;
    let detail = json!({"from": before, "to": year});
    work.record(&house.entry(actor, "year_opened", ("program", String::new()), None, detail)).await?;
    work.commit().await?;
    Ok(())
}
