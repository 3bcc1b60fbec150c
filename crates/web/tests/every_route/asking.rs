//! The program on a sample register, asked without a network; and a walk that follows every link and form of its pages.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;

use app::House;
use app::access::{NewAdministrator, UserInput, add_user, sample_actors, start_empty, start_sample, trail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{Request, header};
use domain::access::{Actor, Role};
use kernel::Page;
use norms::Norms;
use snapshots::Archive;
use testkit::{FixedClock, SeededIds, TestDatabase};
use tower::ServiceExt;

use crate::table::{Route, Verb, route_of};

const PASSWORD: &str = "một mật khẩu dài";
/// So many addresses of one route are asked for, by role of the walker.
const EACH: usize = 1;

/// One request: where, and what a form would send.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sent {
    pub address: String,
    pub fields: Vec<(String, String)>,
    pub is_file: bool,
}

impl Sent {
    pub fn to(address: String) -> Self {
        Self { address, fields: Vec::new(), is_file: false }
    }

    /// The same without saying which unit: the asker's own is meant.
    pub fn without_unit(&self) -> Self {
        let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("unit=") && !pair.is_empty()).collect();
        let fields = self.fields.iter().filter(|(name, _)| name != "unit").cloned().collect();
        Self { address: format!("{path}?{}", kept.join("&")), fields, ..self.clone() }
    }

    pub fn names_a_commune(&self, commune: &str) -> bool {
        self.address.contains(&format!("unit={commune}"))
    }

    pub fn names_one_of(&self, ids: &BTreeSet<String>) -> bool {
        ids.iter().any(|id| self.address.contains(id))
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub text: String,
    cookie: String,
}

/// Where pages lead, by verb and route.
#[derive(Debug, Default)]
pub struct Found {
    /// On the pages of a commune's own people.
    pub of_commune: BTreeMap<(Verb, String), Vec<Sent>>,
    /// On the pages of the levels above.
    pub above: BTreeMap<(Verb, String), Vec<Sent>>,
    /// Ids of the commune's households.
    pub households: BTreeSet<String>,
}

pub struct Desk {
    router: Router,
    house: House,
    database: TestDatabase,
    administrator: Actor,
    /// `commune:18073`
    pub commune: String,
}

impl Desk {
    pub async fn open() -> Self {
        let (house, database) = house().await;
        start_sample(&house, |_| ()).await.unwrap();
        let actors = sample_actors(&house).await.unwrap();
        let of = |role: Role| actors.iter().find(|actor| actor.role == role).unwrap().clone();
        let commune = of(Role::CommuneOfficer).scope.address();
        Self::of(house, database, of(Role::Administrator), commune)
    }

    /// A register without anything in it.
    pub async fn open_empty() -> Self {
        let (house, database) = house().await;
        let input = NewAdministrator { name: "Bình".into(), login: "quantri".into(), password: PASSWORD.into() };
        let administrator = start_empty(&house, "42", None, &input).await.unwrap();
        Self::of(house, database, administrator, "commune:18073".to_owned())
    }

    fn of(house: House, database: TestDatabase, administrator: Actor, commune: String) -> Self {
        let router = web::router(house.clone()).layer(MockConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4000))));
        Self { router, house, database, administrator, commune }
    }

    pub async fn done(self) {
        self.database.remove().await;
    }

    /// How many entries of the trail speak of the commune. What a neighbour does at home is not among them.
    pub async fn trail_length(&self) -> usize {
        let page = trail(&self.house, &self.administrator, None, Page::new(1, 500)).await.unwrap();
        let code = self.commune.trim_start_matches("commune:");
        page.rows.iter().filter(|entry| entry.place.as_ref().is_some_and(|place| place.commune == code)).count()
    }

    /// Somebody who only reads, in the commune.
    pub async fn reader(&self) -> String {
        self.somebody(Role::Reader, &self.commune).await
    }

    /// The officer of another commune.
    pub async fn neighbour(&self) -> String {
        self.somebody(Role::CommuneOfficer, "commune:18547").await
    }

    /// A new account that has signed in: its cookie.
    async fn somebody(&self, role: Role, unit: &str) -> String {
        assert!(role == Role::Reader || unit != self.commune, "the neighbour is another commune");
        let input = UserInput {
            login: format!("moi.{}", role.id()),
            name: "Người mới".into(),
            password: PASSWORD.into(),
            role: role.id().into(),
            unit: unit.into(),
            village: String::new(),
        };
        add_user(&self.house, &self.administrator, &input).await.unwrap();
        let fields = vec![("login".to_owned(), input.login), ("password".to_owned(), PASSWORD.to_owned())];
        let sent = Sent { address: "/sign-in".into(), fields, is_file: false };
        self.ask(Verb::Post, &sent, "").await.cookie
    }

    async fn as_role(&self, role: Role) -> String {
        let fields = vec![("role".to_owned(), role.id().to_owned())];
        let sent = Sent { address: "/access/role".into(), fields, is_file: false };
        self.ask(Verb::Post, &sent, "").await.cookie
    }

    pub async fn ask(&self, verb: Verb, sent: &Sent, cookie: &str) -> Answer {
        let mut request = Request::builder().uri(&sent.address).header(header::HOST, "localhost");
        if !cookie.is_empty() {
            request = request.header(header::COOKIE, cookie);
        }
        let request = match verb {
            Verb::Get => request.method("GET").body(Body::empty()),
            Verb::Post if sent.is_file => request
                .method("POST")
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=vuon")
                .body(Body::from(multipart(&sent.fields))),
            Verb::Post => request
                .method("POST")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(urlencoded(&sent.fields))),
        };
        let response = self.router.clone().oneshot(request.unwrap()).await.unwrap();
        let word = |name: header::HeaderName| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (location, cookie) = (word(header::LOCATION), word(header::SET_COOKIE));
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, location, text, cookie: cookie.split(';').next().unwrap_or_default().to_owned() }
    }

    /// Nothing was done: the role may not, there is no such thing, the form itself was not taken, or the page that would
    /// show it is refused. That nothing is stored is held against the trail.
    pub async fn is_refused(&self, answer: &Answer, cookie: &str) -> bool {
        const REFUSED: [u16; 5] = [400, 403, 404, 415, 422];
        if answer.status != 303 {
            return REFUSED.contains(&answer.status);
        }
        let next = self.ask(Verb::Get, &Sent::to(answer.location.clone()), cookie).await;
        matches!(next.status, 403 | 404)
    }

    /// Follows links and forms from the first page, as everybody of the commune and of the levels above.
    pub async fn walk(&self, routes: &[Route]) -> Found {
        let mut found = Found::default();
        for role in [Role::CommuneOfficer, Role::CommuneChairman, Role::VillageHead] {
            let cookie = self.as_role(role).await;
            self.walk_as(&cookie, routes, &mut found.of_commune).await;
        }
        let households = found.of_commune.iter().filter(|((_, path), _)| path.contains("/households/{id}"));
        let sent = households.flat_map(|(_, sent)| sent);
        found.households = sent.filter_map(|sent| id_in(&sent.address)).collect();
        for role in [Role::DistrictOfficer, Role::ProvinceOfficer, Role::Administrator] {
            let cookie = self.as_role(role).await;
            self.walk_as(&cookie, routes, &mut found.above).await;
        }
        found
    }

    async fn walk_as(&self, cookie: &str, routes: &[Route], found: &mut BTreeMap<(Verb, String), Vec<Sent>>) {
        let mut ahead = VecDeque::from(["/".to_owned()]);
        let mut seen = BTreeSet::new();
        while let Some(address) = ahead.pop_front() {
            let answer = self.ask(Verb::Get, &Sent::to(address.clone()), cookie).await;
            assert!(answer.status < 500, "{address}: {}", answer.status);
            let led = if answer.location.is_empty() { links(&answer.text) } else { vec![answer.location.clone()] };
            for next in led {
                let path = next.split(['?', '#']).next().unwrap_or_default();
                let Some(route) = route_of(routes, path) else { continue };
                let known = found.entry((Verb::Get, route.path.clone())).or_default();
                let plain = next.split('#').next().unwrap_or_default().to_owned();
                if route.path == "/language/{code}" || known.len() >= EACH || !seen.insert(plain.clone()) {
                    continue;
                }
                if !known.iter().any(|sent| sent.address == plain) {
                    known.push(Sent::to(plain.clone()));
                }
                ahead.push_back(plain);
            }
            for sent in forms(&answer.text, &address) {
                let path = sent.address.split('?').next().unwrap_or_default();
                let Some(route) = route_of(routes, path) else { continue };
                let known = found.entry((Verb::Post, route.path.clone())).or_default();
                if known.len() < EACH && !known.contains(&sent) {
                    known.push(sent);
                }
            }
        }
    }
}

async fn house() -> (House, TestDatabase) {
    let database = TestDatabase::sqlite().await;
    let clock: Arc<dyn kernel::Clock> = Arc::new(FixedClock::on("2023-12-10"));
    let norms = Norms::embedded().unwrap();
    let house = House::new(Arc::new(database.store.clone()), Arc::new(norms), clock, Arc::new(SeededIds::new(1)))
        .with_archive(Archive::at(database.beside("snapshots")));
    (house, database)
}

/// The first id of an address.
fn id_in(address: &str) -> Option<String> {
    let path = address.split('?').next().unwrap_or_default();
    path.split('/').find(|part| part.len() == 36 && part.matches('-').count() == 4).map(str::to_owned)
}

/// Addresses within the program that a page leads to.
fn links(html: &str) -> Vec<String> {
    html.match_indices("<a ")
        .filter_map(|(at, _)| attribute(tag_at(html, at), "href"))
        .filter(|href| href.starts_with('/'))
        .collect()
}

/// What the posting forms of a page would send as they stand.
fn forms(html: &str, page: &str) -> Vec<Sent> {
    let mut found = Vec::new();
    for (at, _) in html.match_indices("<form") {
        let tag = tag_at(html, at);
        if attribute(tag, "method").as_deref() != Some("post") {
            continue;
        }
        let end = html[at..].find("</form>").map_or(html.len(), |end| at + end);
        let inside = &html[at..end];
        let mut fields = Vec::new();
        // Of several buttons a person presses one: the first.
        for (kind, most) in [("<input", usize::MAX), ("<select", usize::MAX), ("<textarea", usize::MAX), ("<button", 1)]
        {
            for (at, _) in inside.match_indices(kind).take(most) {
                let tag = tag_at(inside, at);
                let Some(name) = attribute(tag, "name") else { continue };
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        }
        let action = attribute(tag, "action").unwrap_or_else(|| page.to_owned());
        found.push(Sent { address: action, fields, is_file: tag.contains("multipart/form-data") });
    }
    found
}

fn tag_at(html: &str, at: usize) -> &str {
    let end = html[at..].find('>').map_or(html.len(), |end| at + end);
    &html[at..end]
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = format!(" {name}=\"");
    let at = tag.find(&start)? + start.len();
    let value = tag[at..].split('"').next()?;
    Some(value.replace("&amp;", "&").replace("&#38;", "&").replace("&#x2F;", "/"))
}

fn urlencoded(fields: &[(String, String)]) -> String {
    let escaped = |text: &str| {
        let sign = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(sign).collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>().join("&")
}

fn multipart(fields: &[(String, String)]) -> String {
    let part = |(name, value): &(String, String)| {
        format!("--vuon\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).chain(["--vuon--\r\n".to_owned()]).collect()
}
