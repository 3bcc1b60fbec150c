//! A commune's list of a year, and the board of a district or province: send up, return with a remark.

use app::AppError;
use app::reporting::{Standing, standing};
use app::review::export::list_workbook;
use app::review::lists::{BoardRow as Row, ClassTally, board, return_list, send};
use axum::Form as Posted;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::access::Verb;
use domain::review::ListState;
use domain::units::{Scope, ScopeLevel};
use norms::Rulebook;
use serde::Deserialize;

use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::words::{class_tag, number};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Count, Link, Notice, Tag, Verdict};
use crate::pages::review::{Board, BoardRow, ClassCount, YearList};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/review/lists", get(of_this_year))
        .route("/review/{year}", get(year_page))
        .route("/review/{year}/send", post(send_up))
        .route("/review/{year}/return", post(give_back))
        .route("/review/{year}/list/export", get(export))
        .route("/review/lists/export", get(export))
}

async fn of_this_year(signed: Signed) -> Response {
    see(&format!("/review/{}?unit={}", signed.year, signed.scope.address()))
}

/// `state=sent`: the lists that stand there alone.
#[derive(Default, Deserialize)]
struct OnBoard {
    state: Option<String>,
}

async fn year_page(signed: Signed, State(web): State<Web>, Query(asked): Query<OnBoard>) -> Result<Response, Fail> {
    let rows = board(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    if signed.scope.level == ScopeLevel::Commune {
        let row = rows.first().ok_or(AppError::Missing("list"))?;
        return Ok(shown(&list_page(&signed, &web, row)?));
    }
    let decided = standing(&web.house, &signed.actor, &signed.scope, signed.year).await?;
    Ok(shown(&Board {
        approved: approved_words(&signed, &decided),
        ..board_page(&signed, &rows, Form::default(), &asked)
    }))
}

fn state_words(signed: &Signed, state: ListState) -> (String, Verdict) {
    let l = signed.l();
    match state {
        ListState::Open => (l.t("list-open"), Verdict::Open),
        ListState::Sent => (l.t("list-sent"), Verdict::Good),
        ListState::Returned => (l.t("list-returned"), Verdict::Bad),
    }
}

fn step_words(signed: &Signed, row: &Row) -> String {
    let l = signed.l();
    row.day.map(|day| l.tv("list-step", &[("day", day.to_string()), ("by", row.by_name.clone())])).unwrap_or_default()
}

fn list_page(signed: &Signed, web: &Web, row: &Row) -> Result<YearList, Fail> {
    let (l, year, unit) = (signed.l(), signed.year, row.scope.address());
    let rules = web.house.rules(year, &web.house.province_of(&row.scope)).map_err(AppError::from)?;
    let (state, verdict) = state_words(signed, row.state);
    let households_href = format!("/registry/households?unit={unit}&year={year}");
    let counts = class_counts(signed, &rules, row, &households_href);
    let total = row.households();
    let unclassified = row.unclassified();
    let mut hindrances = Vec::new();
    if total == 0 {
        hindrances.push(Link::new(l.t("hindrance-empty"), format!("/review/intake?unit={unit}&year={year}")));
    }
    if unclassified > 0 {
        let href = format!("{households_href}&class=none");
        hindrances.push(Link::new(l.t1("hindrance-unclassified", "n", number(unclassified)), href));
    }
    let open = row.state != ListState::Sent;
    Ok(YearList {
        l,
        frame: signed.frame(Section::Review),
        unit: unit.clone(),
        version: String::new(),
        state,
        verdict,
        step: step_words(signed, row),
        remark: row.remark.clone(),
        counts,
        total: ClassCount {
            class: Tag::new(l.t("total"), 0),
            households: number(total),
            persons: number(row.persons()),
            href: households_href,
        },
        may_send: open && hindrances.is_empty() && signed.actor.may(Verb::SendList),
        hindrances,
        remarks: Vec::new(),
        may_import: open && signed.actor.may(Verb::ImportList),
        export_href: format!("/review/{year}/list/export?unit={unit}"),
        print_href: format!("/review/{year}/list/print?unit={unit}"),
        changes_href: format!("/review/{year}/changes?unit={unit}"),
        decisions_href: (total > 0 && signed.actor.may(Verb::RecordDecision))
            .then(|| format!("/review/{year}/decisions?unit={unit}")),
        villages_href: format!("/units/villages?unit={unit}&year={year}"),
        intakes_href: format!("/review/intakes?unit={unit}&year={year}"),
        snapshots_href: format!("/reporting/snapshots?unit={unit}&year={year}"),
        dynamics_href: format!("/review/{year}/dynamics?unit={unit}"),
        poverty_href: format!("/review/{year}/poverty?unit={unit}"),
    })
}

fn class_counts(signed: &Signed, rules: &Rulebook, row: &Row, households_href: &str) -> Vec<ClassCount> {
    let rank = |tally: &&ClassTally| {
        let classes = &rules.classes.value.classes;
        classes.iter().position(|class| Some(&class.id) == tally.class.as_ref()).unwrap_or(classes.len())
    };
    let mut tallies: Vec<&ClassTally> = row.counts.iter().collect();
    tallies.sort_by_key(rank);
    let count = |tally: &ClassTally| ClassCount {
        class: class_tag(signed.l(), rules, tally.class.as_deref()),
        households: number(tally.households),
        persons: number(tally.persons),
        href: format!("{households_href}&class={}", tally.class.as_deref().unwrap_or("none")),
    };
    tallies.into_iter().map(count).collect()
}

fn board_page(signed: &Signed, rows: &[Row], form: Form, asked: &OnBoard) -> Board {
    let (l, year) = (signed.l(), signed.year);
    let unit = signed.scope.address();
    let count = |state: ListState| {
        let n = rows.iter().filter(|r| r.state == state).count();
        Count::new(state_words(signed, state).0, number(n), format!("/review/{year}?unit={unit}&state={}", state.id()))
    };
    let is_asked = |row: &&Row| asked.state.as_ref().is_none_or(|state| row.state.id() == state);
    Board {
        l,
        frame: signed.frame(Section::Review),
        form,
        rows: rows.iter().filter(is_asked).map(|row| board_row(signed, row)).collect(),
        summary: [ListState::Sent, ListState::Returned, ListState::Open].map(count).to_vec(),
        shows_above: signed.scope.level == ScopeLevel::Province,
        return_action: format!("/review/{year}/return?unit={unit}"),
        round_href: format!("/review/{year}/round?unit={unit}"),
        forms_href: format!("/review/{year}/forms?unit={unit}"),
        changes_href: format!("/review/{year}/changes?unit={unit}"),
        snapshots_href: format!("/reporting/snapshots?unit={unit}&year={year}"),
        dynamics_href: format!("/review/{year}/dynamics?unit={unit}"),
        poverty_href: format!("/review/{year}/poverty?unit={unit}"),
        export_href: format!("/review/{year}/list/export?unit={unit}"),
        approved: String::new(),
        may_approve: signed.actor.may(Verb::ApproveReview),
        approve_action: format!("/review/{year}/approve"),
        counts_href: format!("/units/counts?unit={unit}&year={year}"),
        unit,
    }
}

/// Who approved the review, and when; empty while nobody has.
fn approved_words(signed: &Signed, decided: &Standing) -> String {
    let record = decided.approved.as_ref();
    record.map(|r| signed.l().t2("approved-on", "day", r.day, "by", &r.by_name)).unwrap_or_default()
}

fn board_row(signed: &Signed, row: &Row) -> BoardRow {
    let (state, verdict) = state_words(signed, row.state);
    let unit = row.scope.address();
    BoardRow {
        href: format!("/review/{}?unit={unit}", signed.year),
        unit,
        name: row.name.clone(),
        above: row.district_name.clone(),
        state,
        verdict,
        day: row.day.map(|d| d.to_string()).unwrap_or_default(),
        by: row.by_name.clone(),
        households: number(row.households()),
        households_href: format!("/registry/households?unit={}&year={}", row.scope.address(), signed.year),
        may_return: row.state == ListState::Sent && signed.actor.may(Verb::ReturnList),
        version: String::new(),
    }
}

#[derive(Deserialize)]
struct Unit {
    unit: String,
    #[serde(default)]
    remark: String,
}

async fn send_up(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Posted(posted): Posted<Unit>,
) -> Result<Response, Fail> {
    let commune = commune(&signed, &posted.unit)?;
    send(&web.house, &signed.actor, &commune, year).await?;
    signed.say("notice-list-sent").await;
    Ok(see(&format!("/review/{year}?unit={}", commune.address())))
}

async fn give_back(
    signed: Signed,
    State(web): State<Web>,
    Path(year): Path<i16>,
    Posted(posted): Posted<Unit>,
) -> Result<Response, Fail> {
    let commune = commune(&signed, &posted.unit)?;
    match return_list(&web.house, &signed.actor, &commune, year, &posted.remark).await {
        Ok(()) => {
            signed.say("notice-list-returned").await;
            Ok(see(&format!("/review/{year}?unit={}", signed.scope.address())))
        }
        Err(AppError::List(refusal)) => {
            // The remark stays in its field, the reason stands above.
            let rows = board(&web.house, &signed.actor, Some(&signed.scope), year).await?;
            let form = Form::new([("unit", posted.unit), ("remark", posted.remark)]);
            let form = form.with_fault("remark", "field-remark-missing");
            let mut page = board_page(&signed, &rows, form, &OnBoard::default());
            let text = said(signed.l(), &AppError::List(refusal));
            page.frame.notice = Some(Notice { tone: "v-notice--bad", text });
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

fn commune(signed: &Signed, address: &str) -> Result<Scope, Fail> {
    Scope::from_address(address, signed.actor.scope.units_from).ok_or(Fail(AppError::Missing("commune")))
}

/// The list of the unit as XLSX, in the layout that re-imports.
async fn export(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let file = list_workbook(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let name = format!("danh-sach-{}-{}.xlsx", signed.year, signed.scope.code);
    Ok(xlsx(&name, file))
}

/// A workbook as a download.
pub fn xlsx(name: &str, file: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, file).into_response()
}
