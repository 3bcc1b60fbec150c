//! A list on its way: sent up, seen on the board, returned with a remark, mended and sent again.

use app::review::intake::*;
use app::review::lists::*;
use domain::access::Role;
use domain::review::ListState;

use crate::bench::*;
use crate::world::code;

#[tokio::test]
async fn a_sent_list_takes_no_import_until_it_is_returned() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let commune = officer.scope.clone();
    let lan = family("Lê Thị Lan", "12/03/1975", "042175000001");
    let (first, _) = desk.bring(&officer, 2023, std::slice::from_ref(&lan)).await;
    send(&desk.house, &officer, &commune, 2023).await.unwrap();
    let sent = desk.state(2023).await;

    let more = [lan.clone(), family("Trần Thị Mai", "05/09/1980", "")];
    for list in [&more[..], &[lan.clone().scores("100", "30", "N")]] {
        let id = desk.staged(&officer, 2023, list).await;
        assert_eq!(code(apply(&desk.house, &officer, id, &|_, _| {}).await), "REV-005");
    }
    assert_eq!(code(undo(&desk.house, &officer, first).await), "REV-005");
    let (_, applied) = desk.bring(&officer, 2023, std::slice::from_ref(&lan)).await;
    assert_eq!(applied.unchanged, 1, "what changes nothing may come");
    assert_eq!(desk.state(2023).await, sent);

    let id = desk.staged(&district, 2023, &more).await;
    assert_eq!(
        code(apply(&desk.house, &district, id, &|_, _| {}).await),
        "REV-005",
        "the district no more than the commune"
    );
    let elsewhere = [family("Trần Thị Mai", "05/09/1980", "").at(LAM, "Thôn 1")];
    assert_eq!(desk.bring(&district, 2023, &elsewhere).await.1.created, 1, "the list of another commune is open");

    return_list(&desk.house, &district, &commune, 2023, "Thiếu hộ bà Mai.").await.unwrap();
    assert_eq!(desk.bring(&officer, 2023, &more).await.1.created, 1);
    desk.done().await;
}

#[tokio::test]
async fn the_board_shows_who_has_sent_and_the_remark_of_what_was_returned() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let commune = officer.scope.clone();
    let list = [
        family("Lê Thị Lan", "12/03/1975", "042175000001"),
        family("Trần Thị Mai", "05/09/1980", "").scores("120", "20", "CN"),
        family("Hồ Thị Yến", "1990", "").scores("110", "10", "CN"),
    ];
    desk.bring(&officer, 2023, &list).await;
    let row = async || {
        let board = board(&desk.house, &district, None, 2023).await.unwrap();
        assert_eq!(board.len(), 21, "every commune of the district, begun or not");
        board.into_iter().find(|row| row.scope == commune).unwrap()
    };
    let open = row().await;
    assert_eq!((open.state, open.name.as_str(), open.day), (ListState::Open, "Xã Hương Trạch", None));
    let mut counts: Vec<(Option<&str>, i64)> =
        open.counts.iter().map(|tally| (tally.class.as_deref(), tally.households)).collect();
    counts.sort_unstable();
    assert_eq!(counts, [(Some("near_poor"), 2), (Some("poor"), 1)]);

    send(&desk.house, &officer, &commune, 2023).await.unwrap();
    let sent = row().await;
    assert_eq!((sent.state, sent.by_name.as_str()), (ListState::Sent, officer.name.as_str()));
    return_list(&desk.house, &district, &commune, 2023, "  Kiểm tra lại hộ bà Lan.  ").await.unwrap();
    let returned = row().await;
    assert_eq!((returned.state, returned.remark.as_deref()), (ListState::Returned, Some("Kiểm tra lại hộ bà Lan.")));
    let seen = list_state(&desk.house, &officer, &commune, 2023).await.unwrap();
    assert_eq!(seen.remark, returned.remark, "the commune reads the remark");

    send(&desk.house, &officer, &commune, 2023).await.unwrap();
    assert_eq!(row().await.remark, None, "answered by sending again");
    assert_eq!(list_state(&desk.house, &officer, &commune, 2022).await.unwrap().state, ListState::Open);
    desk.done().await;
}

#[tokio::test]
async fn what_does_not_move_a_list() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let district = desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let stranger = desk.officer(Role::DistrictOfficer, "district:439").await;
    let commune = officer.scope.clone();
    let house = &desk.house;
    assert_eq!(code(send(house, &officer, &commune, 2023).await), "REV-004", "nothing on it");
    assert_eq!(code(return_list(house, &district, &commune, 2023, "Sửa lại.").await), "REV-002", "nobody sent it");
    let unscored = family("Lê Thị Lan", "12/03/1975", "").scores("", "", "");
    let (id, _) = desk.bring(&officer, 2023, &[Family { decision: String::new(), ..unscored }]).await;
    assert_eq!(code(send(house, &officer, &commune, 2023).await), "REV-006", "somebody has no class");
    undo(house, &officer, id).await.unwrap();
    desk.bring(&officer, 2023, &[family("Lê Thị Lan", "12/03/1975", "")]).await;
    send(house, &officer, &commune, 2023).await.unwrap();
    let table = [
        ("sent already", code(send(house, &officer, &commune, 2023).await), "REV-001"),
        ("no remark", code(return_list(house, &district, &commune, 2023, " \n").await), "REV-003"),
        ("not the commune itself", code(return_list(house, &officer, &commune, 2023, "Sửa.").await), "ACC-001"),
        ("not another district", code(return_list(house, &stranger, &commune, 2023, "Sửa.").await), "MIS-001"),
        ("the district does not send", code(send(house, &district, &commune, 2023).await), "ACC-001"),
        (
            "a district is no commune",
            code(return_list(house, &district, &district.scope, 2023, "Sửa.").await),
            "MIS-001",
        ),
    ];
    for (why, found, expected) in table {
        assert_eq!(found, expected, "{why}");
    }
    assert_eq!(list_state(house, &officer, &commune, 2023).await.unwrap().state, ListState::Sent);
    desk.done().await;
}

#[tokio::test]
async fn the_level_above_sees_a_commune_that_has_no_village_yet() {
    let desk = desk().await;
    desk.of_commune(TRACH).await;
    desk.officer(Role::DistrictOfficer, DISTRICT).await;
    let accounts = app::access::users(&desk.house, desk.administrator()).await.unwrap();
    let mut logins: Vec<&str> = accounts.iter().map(|user| user.login.as_str()).collect();
    logins.sort_unstable();
    assert_eq!(logins, ["commune_officer.commune.18553", "district_officer.district.444", "quantri"]);
    desk.done().await;
}
