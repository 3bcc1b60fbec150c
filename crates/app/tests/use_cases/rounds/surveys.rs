//! Surveys of a round: sent again, by two officers, a hundred at once.

use app::review::rounds::close_survey;
use app::review::survey::{choose, twins};
use domain::review::round::Route;
use domain::review::survey::SurveyStanding;

use super::{Commune, day, sent};
use crate::world::code;

#[tokio::test]
async fn the_same_survey_sent_again_is_the_same_survey() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    let first = c.survey(&c.head, c.households[0], "token", ("120", "40")).await;
    let again = house.surveys.take(house, &c.head, first).await.unwrap();
    assert!(again.known);
    assert_eq!(twins(house, &c.officer, c.households[0], (2023, Route::Yearly)).await.unwrap().versions.len(), 1);
    c.world.done().await;
}

#[tokio::test]
async fn two_officers_who_did_not_know_of_each_other_lose_nothing_and_somebody_chooses() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    let id = c.households[0];
    c.survey_all("head").await;
    let second = house.surveys.take(house, &c.officer, sent(id, "officer", ("150", "40"))).await.unwrap();
    assert_eq!(second.standing, SurveyStanding::Aside);
    assert_eq!(code(close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await), "ROU-006");
    let both = twins(house, &c.officer, id, (2023, Route::Yearly)).await.unwrap();
    let seen: Vec<_> = both.versions.iter().map(|v| (v.record.by_name.as_str(), v.input.b1_entered.as_str())).collect();
    assert_eq!(seen, [(c.head.name.as_str(), "120"), (c.officer.name.as_str(), "150")]);
    let pick = both.versions[1].record.id;
    choose(house, &c.officer, id, (2023, Route::Yearly), pick).await.unwrap();
    let opened = app::registry::open(house, &c.officer, id, Some(2023)).await.unwrap();
    assert_eq!(opened.assessment.unwrap().class.as_deref(), Some("non_poor"));
    let kept = twins(house, &c.officer, id, (2023, Route::Yearly)).await.unwrap();
    let standing: Vec<_> = kept.versions.iter().map(|v| v.record.standing).collect();
    assert_eq!(standing, [SurveyStanding::Counted, SurveyStanding::Replaced], "the other one is kept and shown");
    let other = kept.versions[1].record.id;
    assert_eq!(code(choose(house, &c.officer, id, (2023, Route::Yearly), other).await), "MIS-001");
    close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();
    c.world.done().await;
}

#[tokio::test]
async fn a_hundred_surveys_at_once_are_all_stored_and_none_twice() {
    let c = Commune::new().await;
    let house = c.world.house.clone();
    c.to_survey().await;
    let ids = c.households.clone();
    let mut waiting = Vec::new();
    for n in 0..100 {
        let (house, head, id) = (house.clone(), c.head.clone(), ids[n % ids.len()]);
        // Each is sent twice, as a phone does whose answer was lost.
        for _ in 0..2 {
            let (house, head) = (house.clone(), head.clone());
            let sent = sent(id, &format!("t{n}"), ("120", "40"));
            waiting.push(tokio::spawn(async move { house.surveys.take(&house, &head, sent).await }));
        }
    }
    let mut fresh = 0;
    for one in waiting {
        let receipt = one.await.unwrap().unwrap();
        fresh += usize::from(!receipt.known);
    }
    assert_eq!(fresh, 100);
    let mut work = house.store.read().await.unwrap();
    assert_eq!(work.surveys(&c.scope, 2023, Route::Yearly).await.unwrap().len(), 100);
    drop(work);
    c.world.done().await;
}
