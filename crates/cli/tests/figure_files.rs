//! What is downloaded is what the page shows, over HTTP and signed in: the poverty of a year and its movements as workbook, CSV and
//! Parquet hold the same lines; those of the asked cut-off are the page's own numbers.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use app::House;
use app::access::{NewAdministrator, UserInput, add_user, start_empty};
use app::review::lists::send;
use calamine::{DataType, Reader, Xlsx};
use domain::access::{Actor, Role};
use domain::review::Marks;
use domain::units::{Scope, ScopeLevel, VillageTotal};
use norms::Norms;
use parquet::file::reader::{FileReader, SerializedFileReader};
use snapshots::Archive;
use testkit::{FixedClock, SeededIds, TestDatabase, World};

const PASSWORD: &str = "mot mat khau dai";
/// Commune, its district, households that lack three things, households that lack one.
const LISTS: [(&str, &str, usize, usize); 3] =
    [("18553", "444", 20, 5), ("18556", "444", 7, 2), ("18184", "439", 3, 10)];

struct Served {
    address: SocketAddr,
    cookie: String,
}

type Lines = Vec<BTreeMap<String, String>>;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_downloaded_is_what_the_page_shows() {
    let database = TestDatabase::sqlite().await;
    let house = House::new(
        Arc::new(database.store.clone()),
        Arc::new(Norms::embedded().unwrap()),
        Arc::new(FixedClock::on("2023-12-20")),
        Arc::new(SeededIds::new(9)),
    )
    .with_archive(Archive::at(database.beside("snapshots")));
    let administrator = set_up(&house).await;
    let world = World { units_from: administrator.scope.units_from, ..World::new(1) };
    review(&house, &world).await;
    for year in [2022, 2023] {
        for (commune, ..) in LISTS.iter().take(if year == 2022 { 2 } else { 3 }) {
            let scope = Scope::new(administrator.scope.units_from, ScopeLevel::Commune, *commune);
            let officer = Actor { role: Role::CommuneOfficer, scope: scope.clone(), ..administrator.clone() };
            send(&house, &officer, &scope, year).await.unwrap();
        }
    }

    let units_on = world.units_from.iso();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(web::serve(listener, house, async move {
        let _ = stopped.await;
    }));
    tokio::task::spawn_blocking(move || {
        let served = sign_in(address);
        poverty(&served, &units_on);
        dynamics(&served);
    })
    .await
    .unwrap();
    let _ = stop.send(());
    serving.await.unwrap().unwrap();
    database.remove().await;
}

fn poverty(served: &Served, units_on: &str) {
    let lines = same_in_all(served, "/review/2023/poverty", "unit=province:42&split=commune&k=3");
    let cutoffs = 12;
    assert_eq!(lines.len() % (2 * cutoffs), 0, "every group at every cut-off, by households and by persons");
    for (k, count) in [(3, "households"), (1, "households"), (3, "persons")] {
        let asked = format!("/review/2023/poverty?unit=province:42&split=commune&k={k}&count={count}");
        let page = served.text(&asked);
        for name in ["Xã Hương Trạch", "Tổng"] {
            let is_line = |line: &&BTreeMap<String, String>| {
                line["group"].starts_with(name) && line["k"] == k.to_string() && line["count"] == count
            };
            let line = lines.iter().find(is_line).unwrap_or_else(|| panic!("{name} {k} {count}"));
            let is_row = |row: &&str| {
                let is_group = row.contains("data-label=\"H trong số được rà soát (%)\"");
                row.contains(name) && (is_group || row.starts_with(" class=\"v-sum\""))
            };
            let row = page.split("<tr").skip(1).find(is_row);
            let row = row.unwrap_or_else(|| panic!("{name} has no row: {page}"));
            for figure in ["all", "poor"] {
                assert!(row.contains(&format!(">{}<", thousands(&line[figure]))), "{figure} {} in {row}", line[figure]);
            }
            for figure in ["H", "A", "H_all"].into_iter().filter(|of| !line[*of].is_empty()) {
                let percent = format!("{:.2}", line[figure].parse::<f64>().unwrap() * 100.0).replace('.', ",");
                assert!(row.contains(&percent), "{name} {k} {count} {figure} {percent} in {row}");
            }
        }
    }
    let total = lines.iter().find(|line| line["key"] == "total" && line["k"] == "3").unwrap();
    assert_eq!((&*total["year"], &*total["unit"], &*total["units_on"]), ("2023", "province:42", units_on));
    assert_eq!(total["snapshot"].split(' ').count(), LISTS.len(), "one for each commune that sent");
    assert_eq!(total["missing_communes"].split(' ').count().to_string(), total["missing"]);
    assert!(total["missing_communes"].contains("18496") && !total["missing_communes"].contains("18553"));
    let commune = lines.iter().find(|line| line["key"].contains("18553")).unwrap();
    assert_eq!(commune["snapshot"].len(), 64, "the commune's own");
    let dimensions: f64 =
        total.iter().filter(|(name, _)| name.starts_with("pctb_dim_")).map(|(_, of)| of.parse::<f64>().unwrap()).sum();
    assert!((dimensions - 1.0).abs() < 1e-9, "{dimensions}");
    let below = lines.iter().find(|line| line["key"] == "total" && line["k"] == "1").unwrap();
    assert_eq!(
        (&*below["H_all"], &*below["population"]),
        ("", ""),
        "below the law's cut-off nothing is known of the others"
    );
}

fn dynamics(served: &Served) {
    let lines = same_in_all(served, "/review/2023/dynamics", "unit=province:42");
    let page = served.text("/review/2023/dynamics?unit=province:42");
    assert!(!lines.is_empty());
    for line in &lines {
        assert_eq!((&*line["year_before"], &*line["year"], &*line["unit"]), ("2022", "2023", "province:42"));
        let shown = format!("from={}&amp;to={}\">{}</a>", line["from"], line["to"], thousands(&line["households"]));
        assert!(page.contains(&shown) || page.contains(&shown.replace("&amp;", "&#38;")), "{shown} on {page}");
        assert_eq!(line["snapshot_before"].split(' ').count(), 2);
    }
}

/// The three files of a page hold the same lines.
fn same_in_all(served: &Served, page: &str, query: &str) -> Lines {
    let bytes = |kind: &str| served.get(&format!("{page}.{kind}?{query}"));
    let csv = of_csv(&bytes("csv"));
    let parquet = of_parquet(bytes("parquet"));
    let workbook = of_workbook(bytes("xlsx"));
    assert_eq!((csv.len(), csv.len()), (parquet.len(), workbook.len()));
    for (at, line) in csv.iter().enumerate() {
        for (name, value) in line {
            let (other, sheet) = (&parquet[at][name], &workbook[at][name]);
            match value.parse::<f64>() {
                Ok(number) => {
                    assert!((other.parse::<f64>().unwrap() - number).abs() < 1e-12, "{name}: {value} {other}");
                    assert!((sheet.parse::<f64>().unwrap() - number).abs() < 1e-12, "{name}: {value} {sheet}");
                }
                Err(_) => assert_eq!((value, value), (other, sheet), "{name}"),
            }
        }
    }
    csv
}

fn of_csv(bytes: &[u8]) -> Lines {
    let mut reader = csv::Reader::from_reader(bytes);
    let heads = reader.headers().unwrap().clone();
    let lines = reader.records().map(|record| {
        let record = record.unwrap();
        heads.iter().zip(record.iter()).map(|(head, cell)| (head.to_owned(), cell.to_owned())).collect()
    });
    lines.collect()
}

fn of_parquet(bytes: Vec<u8>) -> Lines {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let text = |field: &parquet::record::Field| match field {
        parquet::record::Field::Null => String::new(),
        parquet::record::Field::Str(text) => text.clone(),
        parquet::record::Field::Double(number) if number.is_nan() => String::new(),
        parquet::record::Field::Double(number) => number.to_string(),
        other => other.to_string(),
    };
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().get_column_iter().map(|(name, field)| (name.clone(), text(field))).collect()).collect()
}

fn of_workbook(bytes: Vec<u8>) -> Lines {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |cell: &calamine::Data| match cell.as_f64() {
        Some(number) if !cell.is_string() => number.to_string(),
        _ => cell.as_string().unwrap_or_default(),
    };
    let mut rows = sheet.rows().map(|row| row.iter().map(cell).collect::<Vec<String>>());
    let heads = rows.find(|row| row.iter().any(|cell| cell == "year")).expect("the heads of the table");
    rows.map(|row| heads.iter().cloned().zip(row).collect()).collect()
}

fn thousands(number: &str) -> String {
    kernel::group_thousands(number.parse::<i64>().unwrap())
}

async fn set_up(house: &House) -> Actor {
    let input =
        NewAdministrator { name: "Võ Thanh Bình".into(), login: "quantri".into(), password: PASSWORD.to_owned() };
    let administrator = start_empty(house, "42", None, &input).await.unwrap();
    let officer = UserInput {
        login: "tinh".to_owned(),
        name: "Cán bộ tỉnh".to_owned(),
        password: PASSWORD.to_owned(),
        role: Role::ProvinceOfficer.id().to_owned(),
        unit: "province:42".to_owned(),
        village: String::new(),
    };
    add_user(house, &administrator, &officer).await.unwrap();
    administrator
}

/// The same households in both years; of each commune one more is poor in the second.
async fn review(house: &House, world: &World) {
    let mut work = house.store.write().await.unwrap();
    for (commune, district, poor, others) in LISTS {
        let mut village = world.village(commune, "Thôn 1");
        district.clone_into(&mut village.district);
        work.add_villages(std::slice::from_ref(&village)).await.unwrap();
        let households: Vec<_> =
            (0..poor + others).map(|at| world.household(&village, &format!("Lê Thị Số {at}")).build()).collect();
        work.add_households(&households).await.unwrap();
        for year in [2022, 2023] {
            let total = VillageTotal { village: village.id, year, households: 1_000, persons: 4_000 };
            work.save_village_totals(&[total]).await.unwrap();
            for (at, household) in households.iter().enumerate() {
                let is_poor = at < poor - usize::from(year == 2022);
                let mut line = world.assessment(household, year, Some(if is_poor { "poor" } else { "near_poor" }));
                let lacks = if is_poor { 3 } else { 1 };
                line.assessment.marks_entered = (1..=12).fold(Marks::default(), |marks, n| marks.with(n, n <= lacks));
                work.save_assessments(&[line]).await.unwrap();
            }
        }
    }
    work.commit().await.unwrap();
}

fn sign_in(address: SocketAddr) -> Served {
    let body = format!("login=tinh&password={}", PASSWORD.replace(' ', "+"));
    let head = format!(
        "POST /sign-in HTTP/1.0\r\nHost: {address}\r\nOrigin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = String::from_utf8_lossy(&asked(address, &head)).into_owned();
    let cookies = answer.lines().filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next().unwrap_or_default().to_owned())
    });
    let cookie = cookies.collect::<Vec<_>>().join("; ");
    assert!(!cookie.is_empty(), "{answer}");
    Served { address, cookie }
}

impl Served {
    fn get(&self, path: &str) -> Vec<u8> {
        let head = format!(
            "GET {path} HTTP/1.0\r\nHost: {}\r\nAccept-Language: vi\r\nCookie: {}\r\n\r\n",
            self.address, self.cookie
        );
        let answer = asked(self.address, &head);
        let at = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer with a head");
        let (head, body) = answer.split_at(at + 4);
        let head = String::from_utf8_lossy(head);
        assert!(head.contains(" 200 "), "{path}: {head}");
        body.to_vec()
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.get(path)).unwrap()
    }
}

fn asked(address: SocketAddr, request: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}
