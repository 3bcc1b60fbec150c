//! Signing in and out, trying a role, the language; people and their roles; the trail. One's own password stands in `password`,
//! the year of work in `year`.

mod password;
mod year;

use app::access::{
    Standing, UserChange, UserInput, add_user, change_user, sample_actors, sign_in, trail, trail_standing, users,
    verify_trail,
};
use app::{AppError, UserRecord};
use axum::Form as Posted;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::access::Role;
use kernel::{Page, UserId};
use norms::Level;
use serde::Deserialize;

use super::words::{moment, number, pager, trail_rows, with_faults};
use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::language::Lang;
use crate::pages::access::{SignIn, Trail, UserPage, UserRow, Users};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Notice, Verdict};
use crate::visitor::{Signed, Visitor, hand_to, safe_then, see};

const TRAIL_PAGE: u32 = 100;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(sign_in_page).post(enter))
        .route("/sign-out", post(leave))
        .route("/access/role", post(try_role))
        .route("/access/shortcuts", post(shortcuts))
        .route("/language/{code}", get(switch_language))
        .route("/access/users", get(users_page))
        .route("/access/users/new", get(new_user).post(add))
        .route("/access/users/{id}", get(user_page).post(change))
        .route("/access/password", get(password::page).post(password::save))
        .route("/access/year", get(year::page).post(year::save))
        .route("/access/trail", get(trail_page))
        .route("/access/trail/check", post(check_trail))
}

#[derive(Deserialize)]
struct Next {
    next: Option<String>,
    then: Option<String>,
}

async fn sign_in_page(visitor: Visitor, Query(query): Query<Next>) -> Response {
    let next = query.next.or(query.then).unwrap_or_default();
    let l = visitor.frame.l;
    shown(&SignIn { l, frame: visitor.frame, form: Form::default(), next })
}

#[derive(Deserialize)]
struct Enter {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

async fn enter(visitor: Visitor, State(web): State<Web>, Posted(posted): Posted<Enter>) -> Result<Response, Fail> {
    match sign_in(&web.house, &posted.login, &posted.password).await {
        Ok(actor) => {
            hand_to(&web.house, &visitor.session, actor.id).await?;
            Ok(see(safe_then(posted.next.as_deref())))
        }
        Err(refused @ AppError::Refused { .. }) => {
            let l = visitor.frame.l;
            let mut frame = visitor.frame;
            frame.notice = Some(Notice { tone: "v-notice--bad", text: said(l, &refused) });
            let form = Form::new([("login", posted.login)]);
            let page = SignIn { l, frame, form, next: posted.next.unwrap_or_default() };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

async fn leave(visitor: Visitor) -> Response {
    let _ = visitor.session.flush().await;
    see("/sign-in")
}

#[derive(Deserialize)]
struct TryRole {
    role: String,
}

/// «Thử với vai»: only the roles of sample mode, only in sample mode. Takes the user's id or the role's name.
async fn try_role(visitor: Visitor, State(web): State<Web>, Posted(posted): Posted<TryRole>) -> Result<Response, Fail> {
    let actors = sample_actors(&web.house).await?;
    let wanted = actors.iter().find(|a| a.id.to_string() == posted.role || a.role.id() == posted.role);
    let actor = wanted.ok_or(AppError::Missing("user"))?;
    hand_to(&web.house, &visitor.session, actor.id).await?;
    Ok(see("/"))
}

#[derive(Deserialize)]
struct Shortcuts {
    shortcuts: String,
}

async fn shortcuts(Posted(posted): Posted<Shortcuts>) -> Response {
    let value = if posted.shortcuts == "off" { "off" } else { "on" };
    let cookie = format!("shortcuts={value}; Path=/; Max-Age=31536000; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], see("/")).into_response()
}

async fn switch_language(Path(code): Path<String>, Query(query): Query<Next>) -> Response {
    let lang = Lang::from_code(&code).unwrap_or_default();
    let cookie = format!("language={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code());
    ([(header::SET_COOKIE, cookie)], see(safe_then(query.then.as_deref()))).into_response()
}

async fn users_page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let l = signed.l();
    let row = |user: UserRecord| UserRow {
        href: format!("/access/users/{}", user.id),
        login: user.login,
        name: user.name,
        role: l.t(&format!("role-{}", user.role.id())),
        unit: web.house.scope_name(&user.scope),
        is_active: user.is_active,
    };
    let rows = users(&web.house, &signed.actor).await?.into_iter().map(row).collect();
    Ok(shown(&Users { l, frame: signed.frame(Section::Admin), rows }))
}

fn user_form_page(web: &Web, signed: &Signed, id: Option<String>, form: Form) -> UserPage {
    let l = signed.l();
    let units = web.house.units(&signed.actor.scope);
    let scope = &signed.actor.scope;
    let mut choices = vec![Choice::new(scope.address(), web.house.scope_name(scope))];
    for unit in units.children(scope.level.into(), &scope.code) {
        choices.push(Choice::new(format!("{}:{}", unit.level.id(), unit.code), unit.full_name()));
        for below in units.children(unit.level, &unit.code).filter(|u| u.level == Level::Commune) {
            let name = format!("{} · {}", unit.name, below.full_name());
            choices.push(Choice::new(format!("commune:{}", below.code), name));
        }
    }
    UserPage {
        l,
        frame: signed.frame(Section::Admin),
        form,
        id,
        roles: Role::ALL.iter().map(|r| Choice::new(r.id(), l.t(&format!("role-{}", r.id())))).collect(),
        units: choices,
    }
}

async fn new_user(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    users(&web.house, &signed.actor).await?;
    Ok(shown(&user_form_page(&web, &signed, None, Form::new([("active", "yes")]))))
}

async fn user_page(signed: Signed, State(web): State<Web>, Path(id): Path<UserId>) -> Result<Response, Fail> {
    let known = users(&web.house, &signed.actor).await?.into_iter().find(|u| u.id == id);
    let user = known.ok_or(AppError::Missing("user"))?;
    let of_unit = app::units::villages(&web.house, &signed.actor, Some(&user.scope.clone().in_village(None))).await?;
    let village = of_unit.into_iter().find(|v| Some(v.id) == user.scope.village).map(|v| v.name).unwrap_or_default();
    let form = Form::new([
        ("name", user.name),
        ("login", user.login),
        ("role", user.role.id().to_owned()),
        ("unit", user.scope.address()),
        ("village", village),
        ("active", if user.is_active { "yes" } else { "no" }.to_owned()),
    ]);
    Ok(shown(&user_form_page(&web, &signed, Some(id.to_string()), form)))
}

#[derive(Deserialize, Clone)]
struct PostedUser {
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    village: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    active: String,
}

impl PostedUser {
    fn form(&self) -> Form {
        Form::new([
            ("name", &self.name),
            ("login", &self.login),
            ("role", &self.role),
            ("unit", &self.unit),
            ("village", &self.village),
            ("active", &self.active),
        ])
    }
}

async fn add(signed: Signed, State(web): State<Web>, Posted(posted): Posted<PostedUser>) -> Result<Response, Fail> {
    let form = posted.form();
    let input = UserInput {
        login: posted.login,
        name: posted.name,
        password: posted.password,
        role: posted.role,
        unit: posted.unit,
        village: posted.village,
    };
    let done = add_user(&web.house, &signed.actor, &input).await.map(|_| ());
    after_user(&web, &signed, done, (None, form)).await
}

async fn change(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<UserId>,
    Posted(posted): Posted<PostedUser>,
) -> Result<Response, Fail> {
    let form = posted.form();
    let input = UserChange {
        name: posted.name,
        new_password: posted.password,
        role: posted.role,
        unit: posted.unit,
        village: posted.village,
        is_active: posted.active == "yes",
    };
    let done = change_user(&web.house, &signed.actor, id, &input).await;
    after_user(&web, &signed, done, (Some(id.to_string()), form)).await
}

async fn after_user(
    web: &Web,
    signed: &Signed,
    done: Result<(), AppError>,
    (id, form): (Option<String>, Form),
) -> Result<Response, Fail> {
    match done {
        Ok(()) => {
            signed.say("notice-user-saved").await;
            Ok(see("/access/users"))
        }
        Err(AppError::Form(faults)) => {
            let page = user_form_page(web, signed, id, with_faults(form, &faults));
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize)]
struct PageQuery {
    page: Option<u32>,
}

async fn trail_page(signed: Signed, State(web): State<Web>, Query(query): Query<PageQuery>) -> Result<Response, Fail> {
    let l = signed.l();
    let page = Page::new(query.page.unwrap_or(1), TRAIL_PAGE);
    let entries = trail(&web.house, &signed.actor, None, page).await?;
    let standing = trail_standing(&web.house, &signed.actor, &entries.rows).await?;
    let pager = pager(&entries, |n| format!("/access/trail?page={n}"));
    let rows = trail_rows(l, &entries.rows);
    let (verdict, words) = standing_words(l, &standing);
    Ok(shown(&Trail { l, frame: signed.frame(Section::Admin), rows, pager, verdict, words }))
}

/// What can be said of the chain, and how good it is.
fn standing_words(l: Lang, standing: &Standing) -> (Verdict, String) {
    let last = standing.last.as_ref();
    let broken = standing.broken_at.or_else(|| last.and_then(|last| last.broken_at));
    if let Some(entry) = broken {
        return (Verdict::Bad, l.t1("trail-broken-text", "entry", entry));
    }
    if standing.mark_is_lost {
        return (Verdict::Bad, l.t("trail-mark-lost"));
    }
    match last {
        None => (Verdict::Open, l.t("trail-shown-fit")),
        Some(last) => {
            let n = last.mark.as_ref().map_or(0, |mark| mark.position);
            let values = [("at", moment(last.at_ms)), ("by", last.by_name.clone()), ("n", number(n))];
            (Verdict::Good, l.tv("trail-checked-until", &values))
        }
    }
}

/// Recomputes the whole chain.
async fn check_trail(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    verify_trail(&web.house, &signed.actor).await?;
    Ok(see("/access/trail"))
}
