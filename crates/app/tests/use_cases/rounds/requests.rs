//! What is asked for by a household: to join the list, average living, low income.

use app::review::papers::{PaperOf, commune_paper, request_letter};
use app::review::requests::{
    DecideInput, FileInput, IncomeInput, determine, file, grant, post as post_income, refuse, requests,
};
use app::review::rounds::{
    add_household, agree, close_list, close_survey, end_posting, hold_meeting, open_round, post,
};
use documents::official::{Format, PaperKind};
use domain::review::request::RequestKind;
use domain::review::round::Route;

use super::{Commune, day, minutes, request};
use crate::papers::with_papers;
use crate::world::code;

#[tokio::test]
async fn a_request_joins_the_list_and_its_refusal_gives_the_scores() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let asked = c.world.household(&c.officer, &c.village, "Trần Thị Dung").await;
    let input = request(asked, RequestKind::Enter, "2023-08-20");
    let filed = file(house, &c.officer, &input).await.unwrap();
    assert_eq!((filed.opens, filed.due), (day("2023-09-15"), Some(day("2023-10-02"))));
    assert_eq!(code(file(house, &c.officer, &input).await), "REQ-015");
    open_round(house, &c.officer, &c.scope, 2023, day("2023-09-05")).await.unwrap();
    add_household(house, &c.officer, &c.at().await, filed.id).await.unwrap();
    close_list(house, &c.officer, &c.at().await, day("2023-09-10")).await.unwrap();
    c.survey_all("x").await;
    c.survey(&c.head, asked, "asked", ("200", "10")).await;
    close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();
    hold_meeting(house, &c.head, &c.at().await, day("2023-10-15"), &minutes("40", "30")).await.unwrap();
    post(house, &c.officer, &c.at().await, day("2023-10-16")).await.unwrap();
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    let views = requests(house, &c.officer, None, 2023).await.unwrap();
    let decision = views[0].request.decision.clone().unwrap();
    assert_eq!((decision.granted, decision.reasons.as_str()), (false, "B1 = 200, B2 = 10"));
    let house = &with_papers(house);
    let letter = (PaperKind::RefusalLetter, PaperOf::Household(asked));
    let letter = commune_paper(house, &c.officer, &c.scope, (2023, Route::Yearly), letter, Format::Html).await.unwrap();
    let letter = String::from_utf8(letter).unwrap();
    for words in ["Điểm B1 của hộ là 200", "Nông thôn, điểm B1 trên 140 là hộ không nghèo", "Số: 01/UBND"]
    {
        assert!(letter.contains(words), "letter: {words} in {letter}");
    }
    c.world.done().await;
}

#[tokio::test]
async fn average_living_goes_by_twelve_months_income_without_the_allowances() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let id = c.world.household(&c.officer, &c.village, "Hoàng Văn Em").await;
    let filed = file(house, &c.officer, &request(id, RequestKind::AverageLiving, "2023-10-02")).await.unwrap();
    let income = |total: &str, allowances: &str| IncomeInput { total: total.into(), allowances: allowances.into() };
    // Three members: 72 triệu a year is 2 triệu a month each; 18 triệu of allowances take it to the line itself.
    let edge = income("72.000.000", "18.000.000");
    let early = determine(house, &c.officer, (filed.id, 1), day("2023-10-14"), &edge).await;
    assert_eq!(code(early), "REQ-017");
    let case = determine(house, &c.officer, (filed.id, 1), day("2023-10-16"), &edge).await.unwrap();
    assert_eq!(case.income.as_ref().map(|i| (i.per_month, i.fits)), Some((1_500_000, false)));
    let case = determine(house, &c.officer, (filed.id, 2), day("2023-10-16"), &income("72.000.000", "")).await.unwrap();
    assert_eq!(case.income.as_ref().map(|i| (i.per_month, i.fits)), Some((2_000_000, true)));
    let case = post_income(house, &c.officer, (filed.id, 3), day("2023-10-17")).await.unwrap();
    assert_eq!(case.posting.as_ref().map(|p| p.last), Some(day("2023-10-24")));
    let decide = DecideInput { number: "9/QĐ".into(), signer: "Phạm Quốc Việt".into(), reasons: String::new() };
    assert_eq!(code(grant(house, &c.chairman, (filed.id, 4), day("2023-10-24"), &decide).await), "REQ-007");
    let granted = grant(house, &c.chairman, (filed.id, 4), day("2023-10-25"), &decide).await.unwrap();
    assert!(granted.decision.unwrap().granted);
    c.world.done().await;
}

#[tokio::test]
async fn a_poor_household_is_not_of_average_living_and_low_income_workers_begin_in_2025() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let filed =
        file(house, &c.officer, &request(c.households[0], RequestKind::AverageLiving, "2023-10-02")).await.unwrap();
    let income = IncomeInput { total: "72.000.000".into(), allowances: String::new() };
    assert_eq!(code(determine(house, &c.officer, (filed.id, 1), day("2023-10-16"), &income).await), "REQ-013");
    let decide = DecideInput { number: "9".into(), signer: "A".into(), reasons: String::new() };
    assert_eq!(code(refuse(house, &c.chairman, (filed.id, 1), day("2023-10-16"), &decide).await), "REQ-010");
    let decide = DecideInput { reasons: "Hộ đang là hộ nghèo".into(), ..decide };
    assert!(
        !refuse(house, &c.chairman, (filed.id, 1), day("2023-10-16"), &decide).await.unwrap().decision.unwrap().granted
    );
    let letter = request_letter(&with_papers(house), &c.officer, filed.id, Format::Html).await.unwrap();
    let letter = String::from_utf8(letter).unwrap();
    for words in ["Hộ đang là hộ nghèo", "Lê Thị An", "phúc tra"] {
        assert!(letter.contains(words), "letter: {words} in {letter}");
    }
    let view = app::registry::open(house, &c.officer, c.households[0], None).await.unwrap();
    let person = view.household.members[1].person.id;
    let worker =
        FileInput { person: Some(person), ..request(c.households[0], RequestKind::LowIncomeWorker, "2023-10-02") };
    assert_eq!(code(file(house, &c.officer, &worker).await), "NRM-001", "the law begins later");
    c.world.done().await;
}
