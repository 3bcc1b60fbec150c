//! Who asks, in which language, for which unit and year: what every page stands in.
//! `?unit=commune:18073&year=2023` say the period; without them it is the actor's own unit and the year of work.

use std::collections::HashMap;

use app::access::{Holder, Mode, Setup};
use app::{AppError, House};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::{Actor, Verb};
use domain::units::Scope;
use kernel::UserId;
use tower_sessions::Session;

use crate::Web;
use crate::fail::Fail;
use crate::language::Lang;
use crate::pages::frame::{Frame, NavItem, RoleChoice, Section};
use crate::pages::parts::Notice;

/// Key of the session under which its [`Holder`] stands.
const HOLDER: &str = "holder";
/// Key of the session for a sentence shown once on the next page.
const NOTICE: &str = "notice";
/// Key of the session for when it was last written, in milliseconds.
const SEEN: &str = "seen";
/// A session is written anew only so often: reading pages must never wait for somebody else's import.
const WRITTEN_EVERY_MS: i64 = 15 * 60 * 1000;

/// Somebody, signed in or not, once the program is set up.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub frame: Frame,
    pub actor: Option<Actor>,
    /// The unit asked for, inside the actor's own.
    pub scope: Option<Scope>,
    pub year: i16,
    pub session: Session,
}

/// Somebody signed in, asking for a unit and a year that they may see.
#[derive(Debug, Clone)]
pub struct Signed {
    pub frame: Frame,
    pub actor: Actor,
    pub scope: Scope,
    pub year: i16,
    pub session: Session,
}

impl Signed {
    pub fn l(&self) -> Lang {
        self.frame.l
    }

    /// The frame with the room of the navigation that the page is in.
    pub fn frame(&self, section: Section) -> Frame {
        Frame { section, ..self.frame.clone() }
    }

    /// `unit=commune:18073&year=2023`, for links that stay in the period.
    pub fn period(&self) -> String {
        period(&self.scope, self.year)
    }

    /// Says a sentence on the next page: text key.
    pub async fn say(&self, key: &str) {
        self.say_text(&self.l().t(key)).await;
    }

    /// Says a sentence that is already in words.
    pub async fn say_text(&self, text: &str) {
        let _ = self.session.insert(NOTICE, text).await;
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        let session = Session::from_request_parts(parts, web).await.map_err(IntoResponse::into_response)?;
        let found = app::access::setup(&web.house).await.map_err(|e| Fail::from(e).into_response())?;
        let Some(setup) = found else { return Err(Redirect::to("/start").into_response()) };
        let asked = Query::<HashMap<String, String>>::try_from_uri(&parts.uri).map(|q| q.0).unwrap_or_default();
        let actor = signed_in(&web.house, &session).await;
        let scope =
            scope_of(&web.house, actor.as_ref(), asked.get("unit")).map_err(|e| Fail::from(e).into_response())?;
        let year =
            asked.get("year").and_then(|y| y.parse().ok()).or_else(|| year_in(parts.uri.path())).unwrap_or(setup.year);
        let place = Place { scope: scope.as_ref(), year };
        let frame = build_frame(parts, web, &setup, actor.as_ref(), place, &session)
            .await
            .map_err(|e| Fail::from(e).into_response())?;
        Ok(Self { frame, actor, scope, year, session })
    }
}

impl FromRequestParts<Web> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Self::Rejection> {
        let Visitor { frame, actor, scope, year, session, .. } = Visitor::from_request_parts(parts, web).await?;
        let (Some(actor), Some(scope)) = (actor, scope) else {
            let then = format!("/sign-in?then={}", urlencode(&here(parts)));
            return Err(Redirect::to(&then).into_response());
        };
        Ok(Self { frame, actor, scope, year, session })
    }
}

/// The sentence of the last step. Removing marks a session as changed, so only what is there is removed.
async fn notice_once(session: &Session) -> Option<Notice> {
    session.get::<String>(NOTICE).await.ok().flatten()?;
    session.remove::<String>(NOTICE).await.ok().flatten().map(Notice::good)
}

/// Keeps the session of somebody who is at work.
async fn keep_alive(house: &House, session: &Session) {
    let now = house.clock.now_ms();
    let seen: Option<i64> = session.get(SEEN).await.ok().flatten();
    if seen.is_none_or(|seen| now - seen > WRITTEN_EVERY_MS) {
        let _ = session.insert(SEEN, now).await;
    }
}

async fn signed_in(house: &House, session: &Session) -> Option<Actor> {
    let actor = holder_of(house, session).await?;
    keep_alive(house, session).await;
    Some(actor)
}

/// Who holds the session, as long as their account and password are what they were when it began.
pub async fn holder_of(house: &House, session: &Session) -> Option<Actor> {
    let holder: Holder = session.get(HOLDER).await.ok().flatten()?;
    app::access::actor(house, &holder).await.ok()
}

/// Gives the session to somebody, under a new id, so that one planted before is worth nothing.
pub async fn hand_to(house: &House, session: &Session, user: UserId) -> Result<(), AppError> {
    let holder = app::access::holder(house, user).await?;
    let _ = session.cycle_id().await;
    let _ = session.insert(HOLDER, holder).await;
    Ok(())
}

/// Which unit and year a page is about.
#[derive(Clone, Copy)]
struct Place<'a> {
    scope: Option<&'a Scope>,
    year: i16,
}

fn scope_of(house: &House, actor: Option<&Actor>, unit: Option<&String>) -> Result<Option<Scope>, AppError> {
    let Some(actor) = actor else { return Ok(None) };
    let wished = unit.and_then(|unit| Scope::from_address(unit, actor.scope.units_from));
    house.narrow(actor, wished.as_ref()).map(Some)
}

/// `/review/2023/forms` is about 2023.
fn year_in(path: &str) -> Option<i16> {
    path.strip_prefix("/review/")?.split('/').next()?.parse().ok()
}

fn here(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// `unit=commune:18073&year=2023`
pub fn period(scope: &Scope, year: i16) -> String {
    format!("unit={}&year={year}", scope.address())
}

async fn build_frame(
    parts: &Parts,
    web: &Web,
    setup: &Setup,
    actor: Option<&Actor>,
    place: Place<'_>,
    session: &Session,
) -> Result<Frame, AppError> {
    let house = &web.house;
    let l = language_of(parts);
    let is_sample = setup.mode == Mode::Sample;
    Ok(Frame {
        l,
        section: Section::Outside,
        province: setup.province.name.clone(),
        unit: place.scope.map(|s| house.scope_name(s)).unwrap_or_default(),
        year: place.year.to_string(),
        nav: actor.map(|actor| nav(actor, place)).unwrap_or_default(),
        // keys: role-*
        user: actor.map(|actor| (actor.name.clone(), l.t(&format!("role-{}", actor.role.id())))),
        manages_users: actor.is_some_and(|actor| actor.may(Verb::ManageUsers)),
        is_sample,
        roles: if is_sample { role_choices(house, l, actor).await? } else { Vec::new() },
        notice: notice_once(session).await,
        notice_link: None,
        language_href: format!("/language/{}?then={}", l.other().code(), urlencode(&here(parts))),
        has_shortcuts: !has_cookie(parts, "shortcuts=off"),
    })
}

/// The same words for all; only the rooms the role may open.
fn nav(actor: &Actor, place: Place<'_>) -> Vec<NavItem> {
    let year = place.year;
    let unit = place.scope.map(|scope| format!("unit={}", scope.address())).unwrap_or_default();
    let rooms = [
        (Section::Home, "nav-home", format!("/?{unit}&year={year}"), Verb::ReadRegistry),
        (Section::Plan, "nav-plan", format!("/programme/plan?{unit}&year={year}"), Verb::ReadPlan),
        (Section::Registry, "nav-registry", format!("/registry/households?{unit}&year={year}"), Verb::ReadRegistry),
        (Section::Review, "nav-review", format!("/review/{year}?{unit}"), Verb::ReadRegistry),
        (Section::Forms, "nav-forms", format!("/review/{year}/forms?{unit}"), Verb::ReadForms),
        (Section::Targets, "nav-targets", format!("/programme/targets?{unit}&year={year}"), Verb::ReadProgramme),
    ];
    let may_open = rooms.into_iter().filter(|(.., verb)| actor.may(*verb));
    let mut items: Vec<NavItem> = may_open.map(|(section, key, href, _)| NavItem { section, key, href }).collect();
    let admin = if actor.may(Verb::ManageUsers) { "/access/users" } else { "/norms" };
    items.push(NavItem { section: Section::Admin, key: "nav-admin", href: admin.to_owned() });
    items
}

async fn role_choices(house: &House, l: Lang, current: Option<&Actor>) -> Result<Vec<RoleChoice>, AppError> {
    let actors = app::access::sample_actors(house).await?;
    // A second one of a role goes by name too.
    let is_second =
        |at: usize| at > 0 && actors.get(at - 1).map(|before| before.role) == actors.get(at).map(|a| a.role);
    let choice = |(at, actor): (usize, &Actor)| {
        let role = l.t(&format!("role-{}", actor.role.id()));
        RoleChoice {
            value: actor.id.to_string(),
            label: if is_second(at) { format!("{role}: {}", actor.name) } else { role },
            is_current: current.is_some_and(|c| c.id == actor.id),
        }
    };
    Ok(actors.iter().enumerate().map(choice).collect())
}

fn has_cookie(parts: &Parts, pair: &str) -> bool {
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).any(|found| found.trim() == pair)
}

/// The cookie decides; Vietnamese where there is none.
pub fn language_of(parts: &Parts) -> Lang {
    if has_cookie(parts, "language=en") { Lang::En } else { Lang::Vi }
}

/// Percent-encodes what may not stand in a query.
pub fn urlencode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => {
                out.push(char::from(byte));
            }
            _ => {
                use std::fmt::Write;
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Where to go after something was done: only within this program.
pub fn safe_then(then: Option<&str>) -> &str {
    then.filter(|t| t.starts_with('/') && !t.starts_with("//") && !t.contains('\\')).unwrap_or("/")
}

/// A redirect that makes the browser ask anew, after something was stored.
pub fn see(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address.to_owned())]).into_response()
}

/// Leaves a page that asks by itself how far something has come: htmx would take the next page for a part of this one.
pub fn leave_for(headers: &HeaderMap, address: &str) -> Response {
    if headers.contains_key("hx-request") {
        return [("hx-redirect", address.to_owned())].into_response();
    }
    see(address)
}
