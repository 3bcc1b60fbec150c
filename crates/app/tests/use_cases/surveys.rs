//! Surveys as phones and forms send them: a correction finds its first version, whatever was lost or waits on the way.

use app::registry::AssessmentInput;
use app::review::survey::{SentSurvey, survey_sheet, twins};
use domain::review::round::Route;
use domain::review::survey::SurveyStanding::{Aside, Counted, Replaced};
use kernel::HouseholdId;

use crate::rounds::{Commune, sent};

/// B2 and standing of each version, the counted one first.
async fn versions(c: &Commune, household: HouseholdId) -> Vec<(String, domain::review::survey::SurveyStanding)> {
    let found = twins(&c.world.house, &c.officer, household, (2023, Route::Yearly)).await.unwrap();
    found.versions.into_iter().map(|v| (v.input.b2_entered, v.record.standing)).collect()
}

#[tokio::test]
async fn the_same_token_with_other_answers_is_a_correction_and_is_stored_once() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    let id = c.households[0];
    let first = c.survey(&c.head, id, "token", ("120", "40")).await;
    let changed = SentSurvey { note: "sửa".into(), ..sent(id, "token", ("120", "30")) };
    for known in [false, true] {
        let receipt = house.surveys.take(house, &c.head, changed.clone()).await.unwrap();
        assert_eq!((receipt.token.as_str(), receipt.known, receipt.standing), ("token", known, Counted));
    }
    let again = house.surveys.take(house, &c.head, first).await.unwrap();
    assert!(again.known, "the first is still the first");
    assert_eq!(versions(&c, id).await, [("30".into(), Counted), ("40".into(), Replaced)]);
    c.world.done().await;
}

#[tokio::test]
async fn corrections_of_a_version_that_waits_for_a_choice_leave_one_of_them_waiting() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    let id = c.households[0];
    c.survey(&c.officer, id, "officer", ("120", "40")).await;
    c.survey(&c.head, id, "phone-1", ("120", "30")).await;
    let corrected = SentSurvey { based_on: Some("phone-1".into()), ..sent(id, "phone-2", ("120", "20")) };
    assert_eq!(house.surveys.take(house, &c.head, corrected).await.unwrap().standing, Aside);
    let expected = [("40".into(), Counted), ("20".into(), Aside), ("30".into(), Replaced)];
    assert_eq!(versions(&c, id).await, expected);
    c.world.done().await;
}

#[tokio::test]
async fn who_confirmed_and_what_the_household_said_is_kept_with_the_answers() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    let id = c.households[0];
    let said = SentSurvey {
        view: " Xin xét nhà ở ".into(),
        confirmed_by: "Lê Thị Con".into(),
        ..sent(id, "token", ("120", "40"))
    };
    house.surveys.take(house, &c.head, said).await.unwrap();
    let found = twins(house, &c.officer, id, (2023, Route::Yearly)).await.unwrap();
    assert_eq!(found.versions[0].view, "Xin xét nhà ở");
    assert_eq!(found.versions[0].confirmed_by, "Lê Thị Con");
    c.world.done().await;
}

#[tokio::test]
async fn the_sheet_carries_last_years_answers_until_this_year_has_its_own() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let id = c.households[0];
    let answers = |internet: &str| AssessmentInput {
        facts: [("internet".to_owned(), vec![internet.to_owned()])].into(),
        b1_entered: "120".into(),
        b2_entered: "40".into(),
        ..AssessmentInput::default()
    };
    let seen = c.world.seen(&c.officer, id).await;
    app::registry::assess(house, &c.officer, seen, 2022, &answers("no")).await.unwrap();
    c.to_survey().await;
    let carried = || async {
        let sheet = survey_sheet(house, &c.head, c.village.id, (2023, Route::Yearly)).await.unwrap();
        let found = sheet.households.into_iter().find(|h| h.household.id == id).unwrap();
        (found.carried_over, found.answers.household.get("internet").cloned())
    };
    assert_eq!(carried().await, (true, Some(domain::review::FactValue::YesNo(false))));
    let own = SentSurvey { input: answers("yes"), ..sent(id, "token", ("120", "40")) };
    house.surveys.take(house, &c.head, own).await.unwrap();
    assert_eq!(carried().await, (false, Some(domain::review::FactValue::YesNo(true))));
    c.world.done().await;
}
