//! Two rates of one place and day share one denominator, or neither is told: form 7.1 and the targets that divide by all
//! households, held against each other while a district's lists and numbers of households come in one by one.

use app::programme::targets::target;
use app::review::forms::{FormView, forms};
use app::units::{TotalInput, add_village, save_totals};
use domain::access::Actor;
use domain::programme::target::{Figure, TargetGap, Value};
use domain::review::form::{Cell, Gap, RowKey};
use domain::units::Scope;
use kernel::{Day, Rate};

use crate::bench::{Desk, desk, family};

/// The district with the fewest communes: five wards and a commune.
const HONG_LINH: &str = "district:437";
const FIRST: [&str; 5] = ["18115", "18118", "18121", "18124", "18127"];
const LAST: &str = "18130";

async fn list(desk: &Desk, officer: &Actor, year: i16, commune: &str, scores: (&str, &str, &str)) {
    let name = format!("Lê Thị {commune}");
    let (b1, b2, class) = scores;
    let household = family(&name, "12/03/1975", &format!("0421750{commune}")).scores(b1, b2, class);
    desk.bring(officer, year, &[household.at(commune, "Tổ 1")]).await;
}

/// The commune enters the number of households of its one village for both years.
async fn totals(desk: &Desk, commune: &str) {
    let officer = desk.of_commune(commune).await;
    if desk.villages(&officer.scope.address()).await.is_empty() {
        add_village(&desk.house, &officer, None, "Tổ 1").await.unwrap();
    }
    for village in desk.villages(&officer.scope.address()).await {
        for year in [2022, 2023] {
            let total = TotalInput { village: village.id, households: "100".into(), persons: "400".into() };
            save_totals(&desk.house, &officer, None, year, &[total]).await.unwrap();
        }
    }
}

async fn form_of(desk: &Desk, officer: &Actor, unit: &Scope, year: i16) -> FormView {
    forms(&desk.house, officer, Some(unit), year, &["7.1"]).await.unwrap().remove(0)
}

/// The poverty rate that form 7.1 prints in its last row.
async fn printed(desk: &Desk, officer: &Actor, unit: &Scope, year: i16) -> Option<Rate> {
    match form_of(desk, officer, unit, year).await.form.cell(&RowKey::Total, "poor_household_rate") {
        Some(Cell::Rate(rate)) => rate,
        Some(Cell::Gap(_)) => None,
        other => panic!("{other:?}"),
    }
}

async fn counted(desk: &Desk, officer: &Actor, unit: &Scope, id: &str) -> Result<Figure, TargetGap> {
    let found = target(&desk.house, officer, Some(unit), id, Day::last_of(2023)).await.unwrap();
    found.state.readings[0].figure.clone()
}

/// Both say the same of the unit, or both refuse; gives whether the fall is told.
async fn agree(desk: &Desk, officer: &Actor, unit: &Scope, when: &str) -> bool {
    let at = format!("{when}, {}", unit.address());
    let now = printed(desk, officer, unit, 2023).await;
    let rate = counted(desk, officer, unit, "poor_rate").await;
    assert_eq!(
        rate.as_ref().ok().map(Figure::numbers),
        now.map(|r| (r.numerator, Some(r.denominator))),
        "{at}: {rate:?}"
    );
    let before = printed(desk, officer, unit, 2022).await;
    let fell = counted(desk, officer, unit, "T01").await;
    let sides = fell.as_ref().ok().map(|figure| match figure.value {
        Value::Fall { before, now, .. } => (before, now),
        _ => panic!("{at}: {figure:?}"),
    });
    assert_eq!(sides, before.zip(now), "{at}: {fell:?}");
    sides.is_some()
}

#[tokio::test]
async fn the_form_and_the_targets_divide_by_the_same_households_or_neither_does() {
    let desk = desk().await;
    let officer = desk.of_province().await;
    let units = [HONG_LINH, "commune:18115", "commune:18130", "province:42"].map(|address| desk.scope(address));
    let told = async |when: &str| {
        let mut told = Vec::new();
        for unit in &units {
            told.push(agree(&desk, &officer, unit, when).await);
        }
        told
    };
    let poor = ("120", "30", "N");
    assert_eq!(told("nothing came in").await, [false, false, false, false]);
    for year in [2022, 2023] {
        for commune in FIRST {
            list(&desk, &officer, year, commune, poor).await;
        }
    }
    assert_eq!(told("lists without numbers of households").await, [false, false, false, false]);
    for commune in FIRST {
        totals(&desk, commune).await;
    }
    assert_eq!(told("one commune was never heard of").await, [false, true, false, false]);
    totals(&desk, LAST).await;
    assert_eq!(told("one commune has numbers of households and no list").await, [false, true, false, false]);
    named(&desk, &officer, &units[0]).await;

    list(&desk, &officer, 2023, LAST, poor).await;
    assert_eq!(told("one commune has no list of the year before").await, [false, true, false, false]);
    assert!(printed(&desk, &officer, &units[0], 2023).await.is_some(), "the year itself is told");
    list(&desk, &officer, 2022, LAST, ("", "", "")).await;
    assert_eq!(told("a household of the year before has no class").await, [false, true, false, false]);
    let gaps = form_of(&desk, &officer, &units[0], 2022).await.form.gaps;
    assert!(gaps.contains(&Gap::Unclassified { households: 1 }), "{gaps:?}");
    list(&desk, &officer, 2022, LAST, poor).await;
    assert_eq!(told("everything came in").await, [true, true, true, false]);
    desk.done().await;
}

/// The form and the target name the commune that is missing.
async fn named(desk: &Desk, officer: &Actor, unit: &Scope) {
    let view = form_of(desk, officer, unit, 2023).await;
    assert_eq!(view.form.cell(&RowKey::Total, "poor_households"), Some(Cell::Gap(Gap::Unlisted { communes: 1 })));
    assert_eq!(
        view.form.cell(&RowKey::Total, "households"),
        Some(Cell::Count(600)),
        "residents are known all the same"
    );
    let missing: Vec<_> = view.named_gaps().collect();
    assert_eq!(missing, [(Gap::Unlisted { communes: 1 }, [LAST.to_owned()].as_slice())]);
    assert_eq!(app::units::commune_names(&desk.house, unit, missing[0].1), ["Xã Thuận Lộc"]);
    let of_target = target(&desk.house, officer, Some(unit), "T01", Day::last_of(2023)).await.unwrap().absent;
    assert_eq!((of_target.list, of_target.list_before), (vec![LAST.to_owned()], vec![LAST.to_owned()]));
}
