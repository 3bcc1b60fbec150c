//! «Thay đổi địa giới»: every step of the units, what is known of each commune, recording a decision and taking it back.

use app::AppError;
use app::units::{ChangeInput, CommuneFate, StepView, change, communes_across, record_change, steps, withdraw_change};
use axum::Form as Posted;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Verb, check};
use domain::units::{BoundaryChange, ChangeKind, Fate, ScopeLevel, UnitKey};
use kernel::{BoundaryId, Day};
use norms::Level;
use serde::Deserialize;

use super::life::{href, why_words};
use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::words::{basis, number, with_faults};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link, Notice, Verdict};
use crate::pages::units::{ChangeForm, ChangePage, Changes, FateRow, StepPage, StepRow};
use crate::visitor::{Signed, see};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/units/changes", get(list))
        .route("/units/changes/new", get(new_form).post(record))
        .route("/units/changes/step/{day}", get(step))
        .route("/units/changes/{id}", get(one))
        .route("/units/changes/{id}/withdraw", post(withdraw))
}

async fn list(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let l = signed.l();
    let found = steps(&web.house, &signed.actor, &signed.scope).await?;
    let unit = signed.scope.address();
    Ok(shown(&Changes {
        l,
        frame: signed.frame(Section::Admin),
        rows: found.iter().map(|step| step_row(&web, &signed, step)).collect(),
        may_record: signed.actor.may(Verb::RecordBoundary),
        placing_href: format!("/units/placing?unit={unit}"),
        counts_href: format!("/units/counts?unit={unit}&year={}", signed.year),
    }))
}

fn step_row(web: &Web, signed: &Signed, step: &StepView) -> StepRow {
    let l = signed.l();
    let norms = &web.house.norms;
    let crosswalk = (norms.crosswalk_days().1 == step.on).then(|| basis(norms.crosswalk_basis(), &[]));
    let list = step.is_listed.then(|| basis(&norms.dated_units_on(step.on).basis, &[]));
    StepRow {
        day: step.on.to_string(),
        href: (step.before != step.on)
            .then(|| format!("/units/changes/step/{}?unit={}", step.on.iso(), signed.scope.address())),
        bases: list.into_iter().chain(crosswalk).collect(),
        decisions: step.changes.iter().map(|c| Link::new(change_words(l, c), change_href(c.id))).collect(),
        whole: number(step.same + step.whole),
        divided: number(step.divided),
        unknown: number(step.unknown),
        without_origin: number(step.without_origin),
        verdict: if step.unknown == 0 { Verdict::Good } else { Verdict::Bad },
        state: l.t(if step.unknown == 0 { "step-resolved" } else { "step-open" }),
    }
}

fn change_href(id: BoundaryId) -> String {
    format!("/units/changes/{id}")
}

fn kind_words(l: Lang, kind: ChangeKind) -> String {
    // keys: change-kind-*
    l.t(&format!("change-kind-{}", kind.id()))
}

/// `Nhập: 12/NQ-HĐND`, and that it was taken back.
fn change_words(l: Lang, change: &BoundaryChange) -> String {
    let words = format!("{}: {}", kind_words(l, change.kind), change.decision.act);
    if change.counts() { words } else { format!("{words} ({})", l.t("change-withdrawn")) }
}

#[derive(Deserialize)]
struct Only {
    #[serde(default)]
    only: String,
}

async fn step(
    signed: Signed,
    State(web): State<Web>,
    Path(day): Path<String>,
    Query(asked): Query<Only>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let on = Day::from_iso(&day).ok_or(AppError::Missing("step"))?;
    let communes = communes_across(&web.house, &signed.actor, &signed.scope, on).await?;
    let may_record = signed.actor.may(Verb::RecordBoundary);
    let is_wanted = |fate: &Fate| match asked.only.as_str() {
        "unknown" => matches!(fate, Fate::Unknown(_)),
        "divided" => matches!(fate, Fate::Divided(_)),
        _ => true,
    };
    let count = |wanted: fn(&Fate) -> bool| number(communes.iter().filter(|c| wanted(&c.fate)).count());
    let base = format!("/units/changes/step/{day}?unit={}", signed.scope.address());
    Ok(shown(&StepPage {
        l,
        frame: signed.frame(Section::Admin),
        day: on.to_string(),
        all: Link::new(number(communes.len()), base.clone()),
        divided: Link::new(count(|f| matches!(f, Fate::Divided(_))), format!("{base}&only=divided")),
        unknown: Link::new(count(|f| matches!(f, Fate::Unknown(_))), format!("{base}&only=unknown")),
        rows: communes.iter().filter(|c| is_wanted(&c.fate)).map(|c| fate_row(l, c, on, may_record)).collect(),
        placing_href: format!("/units/placing?unit={}&day={day}", signed.scope.address()),
        changes_href: format!("/units/changes?unit={}", signed.scope.address()),
    }))
}

fn fate_row(l: Lang, commune: &CommuneFate, on: Day, may_record: bool) -> FateRow {
    let (state, verdict) = match &commune.fate {
        Fate::Same(_) => (l.t("lineage-same"), Verdict::Good),
        Fate::Whole(_) => (l.t("lineage-whole"), Verdict::Good),
        Fate::Divided(_) => (l.t("lineage-divided"), Verdict::Open),
        Fate::Unknown(_) => (l.t("restate-unresolved"), Verdict::Bad),
    };
    let detail = if let Fate::Unknown(why) = commune.fate { why_words(l, why) } else { String::new() };
    let is_open = matches!(commune.fate, Fate::Unknown(_));
    let record = format!("/units/changes/new?day={}&source={}", on.iso(), commune.key.code);
    FateRow {
        unit: Link::new(format!("{} ({})", commune.name, commune.key.code), href(&commune.key)),
        above: commune.district.clone(),
        state,
        verdict,
        detail,
        into: commune.into.iter().map(|(key, name)| Link::new(format!("{name} ({})", key.code), href(key))).collect(),
        record_href: (is_open && may_record).then_some(record),
    }
}

#[derive(Deserialize)]
struct Begun {
    #[serde(default)]
    day: String,
    #[serde(default)]
    source: String,
}

async fn new_form(signed: Signed, State(web): State<Web>, Query(begun): Query<Begun>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::RecordBoundary).map_err(AppError::from)?;
    let on = Day::from_iso(&begun.day);
    let before = on.and_then(|on| {
        let list = web.house.norms.unit_lists().filter(|list| list.from < on).last()?;
        list.list().commune(&begun.source).map(norms::Unit::full_name)
    });
    let form = Form::new([
        ("kind", "merge".to_owned()),
        ("level", "commune".to_owned()),
        ("on", on.map(|day| day.to_string()).unwrap_or_default()),
        ("sources", format!("{} {}", begun.source, before.unwrap_or_default()).trim().to_owned()),
    ]);
    Ok(shown(&form_page(&signed, form)))
}

fn form_page(signed: &Signed, form: Form) -> ChangeForm {
    let l = signed.l();
    ChangeForm {
        l,
        frame: signed.frame(Section::Admin),
        form,
        kinds: ChangeKind::ALL.map(|kind| Choice::new(kind.id(), kind_words(l, kind))).to_vec(),
        levels: [Level::Commune, Level::District, Level::Province]
            .map(|level| Choice::new(level.id(), l.t(&format!("level-{}", level.id()))))
            .to_vec(),
        changes_href: format!("/units/changes?unit={}", signed.scope.address()),
    }
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Posting {
    kind: String,
    level: String,
    on: String,
    act: String,
    act_day: String,
    article: String,
    issuer: String,
    sources: String,
    targets: String,
    note: String,
}

async fn record(signed: Signed, State(web): State<Web>, Posted(posted): Posted<Posting>) -> Result<Response, Fail> {
    let input = ChangeInput {
        kind: posted.kind,
        level: posted.level,
        on: posted.on,
        act: posted.act,
        act_day: posted.act_day,
        article: posted.article,
        issuer: posted.issuer,
        sources: posted.sources,
        targets: posted.targets,
        note: posted.note,
    };
    let recorded = record_change(&web.house, &signed.actor, &input).await;
    let form = || {
        let fields = [
            ("kind", &input.kind),
            ("level", &input.level),
            ("on", &input.on),
            ("act", &input.act),
            ("act_day", &input.act_day),
            ("article", &input.article),
            ("issuer", &input.issuer),
            ("sources", &input.sources),
            ("targets", &input.targets),
            ("note", &input.note),
        ];
        Form::new(fields.map(|(name, value)| (name, value.clone())))
    };
    let page = match recorded {
        Ok(id) => {
            signed.say("notice-change-recorded").await;
            return Ok(see(&change_href(id)));
        }
        Err(AppError::Form(faults)) => form_page(&signed, with_faults(form(), &faults)),
        // What was typed stays; the reason, with its code, stands above.
        Err(AppError::Boundary(refusal)) => {
            let code = refusal.code();
            let text = format!("{} ({code})", said(signed.l(), &AppError::Boundary(refusal)));
            let mut page = form_page(&signed, form());
            page.frame.notice = Some(Notice { tone: "v-notice--bad", text });
            page
        }
        Err(other) => return Err(other.into()),
    };
    Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn one(signed: Signed, State(web): State<Web>, Path(id): Path<BoundaryId>) -> Result<Response, Fail> {
    let l = signed.l();
    let change = change(&web.house, &signed.actor, id).await?;
    let before = web.house.norms.unit_lists().filter(|list| list.from < change.on).last();
    let after = web.house.norms.dated_units_on(change.on).list();
    let from_level = if change.kind == ChangeKind::LevelBegins { ScopeLevel::Commune } else { change.level };
    let old = |code: &str| {
        let unit = before.and_then(|list| list.list().get(from_level.into(), code));
        named(code, unit.map(norms::Unit::full_name))
    };
    let new = |code: &str| {
        let made = change.creates.iter().find(|new| new.code == code);
        let made = made.map(|new| format!("{} {}", new.kind, new.name));
        named(code, made.or_else(|| after.get(change.level.into(), code).map(norms::Unit::full_name)))
    };
    let link =
        |code: &str, text: String, level, from| Link::new(text, href(&UnitKey { level, code: code.to_owned(), from }));
    let before_day = before.map_or(change.on, |list| list.from);
    Ok(shown(&ChangePage {
        l,
        frame: signed.frame(Section::Admin),
        title: format!("{} · {}", kind_words(l, change.kind), change.on),
        is_withdrawn: change.withdrawn.map(|day| day.to_string()),
        on: change.on.to_string(),
        level: l.t(&format!("level-{}", Level::from(change.level).id())),
        act: change.decision.act.clone(),
        act_day: change.decision.day.to_string(),
        article: change.decision.article.clone().unwrap_or_default(),
        issuer: change.decision.issuer.clone(),
        note: change.note.clone().unwrap_or_default(),
        sources: change.sources().iter().map(|code| link(code, old(code), from_level, before_day)).collect(),
        targets: change.targets().iter().map(|code| link(code, new(code), change.level, change.on)).collect(),
        withdraw_action: (change.counts() && signed.actor.may(Verb::RecordBoundary))
            .then(|| format!("{}/withdraw", change_href(id))),
        placing_href: (change.kind == ChangeKind::Division && change.counts())
            .then(|| format!("/units/placing?unit={}&day={}", signed.scope.address(), change.on.iso())),
        changes_href: format!("/units/changes?unit={}", signed.scope.address()),
    }))
}

/// `Xã Phú Phong (18535)`
fn named(code: &str, name: Option<String>) -> String {
    name.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}

async fn withdraw(signed: Signed, State(web): State<Web>, Path(id): Path<BoundaryId>) -> Result<Response, Fail> {
    withdraw_change(&web.house, &signed.actor, id).await?;
    signed.say("notice-change-withdrawn").await;
    Ok(see(&change_href(id)))
}
