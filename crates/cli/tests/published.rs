//! The published table as anybody reads it, over HTTP and without signing in: what is hidden stands as stars on the page and in
//! the CSV, and nowhere as a number.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use app::House;
use app::access::{NewAdministrator, start_empty};
use app::review::results::{compile, publish};
use domain::access::{Actor, Role};
use domain::review::Marks;
use domain::review::results::{Results, ResultsKind, Stamp};
use domain::units::VillageTotal;
use kernel::{Day, ResultsId};
use norms::Norms;
use snapshots::Archive;
use testkit::{FixedClock, SeededIds, TestDatabase, World};

/// Commune, its district, households that lack three things, households that lack one.
const LISTS: [(&str, &str, usize, usize); 4] =
    [("18553", "444", 20, 20), ("18556", "444", 20, 2), ("18496", "444", 10, 10), ("18184", "439", 10, 10)];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_stands_as_stars_on_the_page_and_in_its_csv() {
    let database = TestDatabase::sqlite().await;
    let house = House::new(
        Arc::new(database.store.clone()),
        Arc::new(Norms::embedded().unwrap()),
        Arc::new(FixedClock::on("2023-12-20")),
        Arc::new(SeededIds::new(9)),
    )
    .with_archive(Archive::at(database.beside("snapshots")));
    let input =
        NewAdministrator {
            name: "Võ Thanh Bình".into(), login: "quantri".into(), password: "một mật khẩu dài".into()
        };
    let administrator = start_empty(&house, "42", None, &input).await.unwrap();
    review(&house, &World { units_from: administrator.scope.units_from, ..World::new(1) }).await;
    publish_official(&house, &Actor { role: Role::ProvinceOfficer, ..administrator }).await;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(web::serve(listener, house, async move {
        let _ = stopped.await;
    }));
    let (page, csv) = tokio::task::spawn_blocking(move || {
        (get(address, "/published/poverty?year=2023"), get(address, "/published/poverty.csv?year=2023"))
    })
    .await
    .unwrap();

    assert!(page.contains("<td class=\"n\" data-label=\"Thiếu hụt từ k\">***</td>"), "{page}");
    assert!(page.contains("<svg class=\"v-chart\""), "what is shown is drawn");
    let line = |name: &str| csv.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {csv}"));
    // 1.000 households live there, 22 were reviewed; that only two of them are not poor is not to be found out.
    let hidden = line(&name_of("18556"));
    let cells: Vec<&str> = hidden.split(',').collect();
    assert!(cells.iter().filter(|cell| **cell == "***").count() >= 4, "{hidden}");
    assert!(!cells.contains(&"20"), "the hidden count stands nowhere: {hidden}");
    let shown = line("Tỉnh Hà Tĩnh");
    assert!(shown.contains("4.000") && shown.contains("\"1,50\"") && shown.contains("60"), "60 of 4.000: {shown}");

    let _ = stop.send(());
    serving.await.unwrap().unwrap();
    database.remove().await;
}

fn name_of(code: &str) -> String {
    let norms = Norms::embedded().unwrap();
    norms.units_on(Day::from_iso("2023-12-20").unwrap()).commune(code).expect("a commune of 2023").full_name()
}

/// Everybody's marks are known; each village has a thousand households.
async fn review(house: &House, world: &World) {
    let mut work = house.store.write().await.unwrap();
    for (commune, district, poor, others) in LISTS {
        let mut village = world.village(commune, "Thôn 1");
        district.clone_into(&mut village.district);
        work.add_villages(std::slice::from_ref(&village)).await.unwrap();
        let total = VillageTotal { village: village.id, year: 2023, households: 1_000, persons: 4_000 };
        work.save_village_totals(&[total]).await.unwrap();
        for at in 0..poor + others {
            let household = world.household(&village, &format!("Lê Thị Số {at}")).build();
            let mut line = world.assessment(&household, 2023, Some("poor"));
            let lacks = if at < poor { 3 } else { 1 };
            line.assessment.marks_entered = (1..=12).fold(Marks::default(), |marks, n| marks.with(n, n <= lacks));
            work.add_households(&[household]).await.unwrap();
            work.save_assessments(&[line]).await.unwrap();
        }
    }
    work.commit().await.unwrap();
}

/// Official results as if every commune had walked through its round.
async fn publish_official(house: &House, province: &Actor) {
    let counted = compile(house, province, 2023, ResultsKind::Preliminary).await.unwrap();
    let stamp = Stamp { day: Day::from_iso("2023-12-19").unwrap(), by: province.name.clone(), number: "1/QĐ".into() };
    let results = Results {
        id: ResultsId(house.ids.next()),
        kind: ResultsKind::Official,
        compiled: stamp.clone(),
        approved: Some(stamp),
        ..counted
    };
    let mut work = house.store.write().await.unwrap();
    work.save_results(&results).await.unwrap();
    work.commit().await.unwrap();
    publish(house, province, results.id).await.unwrap();
}

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\nAccept-Language: vi\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.0 200") || answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}
