//! A household without a code asks; an officer finds it or answers; whoever asked sees what became of it.

use app::review::requests::{
    AskInput, LookUp, LookedUp, answer_unplaced, ask_without_code, code_of, look_up, number_of, place_request,
    requests, unplaced,
};
use domain::review::request::{Channel, RequestKind};
use domain::review::unplaced::{Placed, UnplacedRequest};

use crate::rounds::Commune;
use crate::world::{code, faults};

fn asking(c: &Commune) -> AskInput {
    AskInput {
        kind: Some(RequestKind::Enter),
        village: Some(c.village.id),
        head: "Lê Thị Bình".into(),
        birth: "12/03/1975".into(),
        phone: "0912 345 678".into(),
        reason: "Mất mùa".into(),
    }
}

async fn households(c: &Commune) -> usize {
    c.world.house.store.read().await.unwrap().heads(&c.scope).await.unwrap().len()
}

async fn seen(c: &Commune, request: &UnplacedRequest) -> UnplacedRequest {
    let ask = LookUp { code: number_of(request.id), birth: "12/03/1975".into() };
    match look_up(&c.world.house, &ask).await.unwrap() {
        LookedUp::Unplaced(request) => request,
        LookedUp::Own(own) => panic!("{own:?} is no unplaced request"),
    }
}

#[tokio::test]
async fn a_request_without_a_code_is_placed_by_an_officer_and_runs_from_the_day_it_came() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let asked = ask_without_code(house, &c.scope.code, &asking(&c)).await.unwrap();
    assert_eq!(seen(&c, &asked).await.placed, None);
    assert!(requests(house, &c.officer, None, asked.received.year()).await.unwrap().is_empty());
    c.world.clock.advance_days(2);

    let waiting = unplaced(house, &c.officer, &c.scope).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].candidates[0].id), (1, c.households[1]), "the one of that name");
    assert_eq!(code(unplaced(house, &c.head, &c.scope).await), "ACC-001");
    let at = (waiting[0].request.id, waiting[0].request.version);
    let request = place_request(house, &c.officer, at, c.households[1]).await.unwrap();
    assert_eq!((request.channel, request.received), (Channel::Online, asked.received));
    assert_eq!(code(place_request(house, &c.officer, at, c.households[1]).await), "STO-001", "once");
    assert!(unplaced(house, &c.officer, &c.scope).await.unwrap().is_empty());

    // Whoever asked learns the code, and goes on with it.
    let placed = Placed::Household { household: c.households[1], request: request.id };
    assert_eq!(seen(&c, &asked).await.placed.unwrap().2, placed);
    assert_eq!(code_of(c.households[1]).len(), number_of(asked.id).len());
    c.world.done().await;
}

#[tokio::test]
async fn a_household_that_is_not_found_is_answered_and_none_is_made() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let before = households(&c).await;
    let input = AskInput { head: "Trần Văn Không".into(), birth: "02/03/1990".into(), ..asking(&c) };
    let asked = ask_without_code(house, &c.scope.code, &input).await.unwrap();
    let waiting = unplaced(house, &c.officer, &c.scope).await.unwrap();
    assert!(waiting[0].candidates.is_empty());
    let at = (asked.id, waiting[0].request.version);
    assert_eq!(faults(answer_unplaced(house, &c.officer, at, " ").await), ["reply field-missing"]);
    answer_unplaced(house, &c.officer, at, "Mang căn cước đến xã").await.unwrap();
    let ask = LookUp { code: number_of(asked.id), birth: "02/03/1990".into() };
    let LookedUp::Unplaced(told) = look_up(house, &ask).await.unwrap() else { panic!("no household was made") };
    assert_eq!(told.placed.unwrap().2, Placed::NotFound { answer: "Mang căn cước đến xã".into() });
    assert_eq!(households(&c).await, before);
    c.world.done().await;
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field_and_wrong_numbers_are_counted() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let empty = AskInput { village: Some(c.village.id), kind: Some(RequestKind::Enter), ..AskInput::default() };
    let missing = ["head field-missing", "birth field-missing", "reason field-missing"];
    assert_eq!(faults(ask_without_code(house, &c.scope.code, &empty).await), missing);
    let income = AskInput { kind: Some(RequestKind::LowIncomeWorker), ..asking(&c) };
    assert_eq!(faults(ask_without_code(house, &c.scope.code, &income).await), ["kind field-choice"]);
    assert_eq!(code(ask_without_code(house, "99999", &asking(&c)).await), "MIS-001");
    // The same code written ten ways is one code.
    let known = code_of(c.households[0]);
    let (head, tail) = known.split_once('-').unwrap();
    for between in ["", "-", ".", " ", "--", "_", "/", "- ", ":", ","] {
        let ask = LookUp { code: format!("{head}{between}{tail}"), birth: "02/03/1911".into() };
        assert_eq!(code(look_up(house, &ask).await), "ONL-001");
    }
    let right = LookUp { code: known, birth: "12/03/1975".into() };
    assert_eq!(code(look_up(house, &right).await), "ONL-002", "it rests");
    c.world.done().await;
}
