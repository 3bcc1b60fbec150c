//! A unit's life: one strip of what it was and became, and the same as a table.

use app::AppError;
use app::units::{Life, Moment, life};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use domain::units::{Lineage, ScopeLevel, UnitKey, Why};
use kernel::Day;
use norms::Level;

use crate::Web;
use crate::fail::{Fail, shown};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Verdict};
use crate::pages::units::{MomentRow, Strip, StripBox, UnitLife};
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new().route("/units/life/{level}/{code}/{day}", get(page))
}

async fn page(
    signed: Signed,
    State(web): State<Web>,
    Path((level, code, day)): Path<(String, String, String)>,
) -> Result<Response, Fail> {
    let l = signed.l();
    let level: ScopeLevel = Level::from_id(&level).ok_or(AppError::Missing("unit"))?.into();
    let on = Day::from_iso(&day).ok_or(AppError::Missing("unit"))?;
    let life = life(&web.house, &signed.actor, level, &code, on).await?;
    let (before, after): (Vec<&Moment>, Vec<&Moment>) = life.moments.iter().partition(|m| m.is_before);
    Ok(shown(&UnitLife {
        l,
        frame: signed.frame(Section::Admin),
        name: life.name.clone(),
        code: life.key.code.clone(),
        above: life.above.clone(),
        from: life.key.from.to_string(),
        strip: strip(l, &life),
        rows: before.iter().chain(&after).map(|moment| row(l, moment)).collect(),
        changes_href: format!("/units/changes?unit={}", signed.scope.address()),
    }))
}

/// Address of a unit's life.
pub fn href(key: &UnitKey) -> String {
    format!("/units/life/{}/{}/{}", Level::from(key.level).id(), key.code, key.from.iso())
}

/// State, and why nothing is known where that is so.
fn lineage_words(l: Lang, lineage: &Lineage) -> (String, Verdict, String) {
    match lineage {
        Lineage::SameUnit(_) => (l.t("lineage-same"), Verdict::Good, String::new()),
        Lineage::Whole(_) => (l.t("lineage-whole"), Verdict::Good, String::new()),
        Lineage::Divided(_) => (l.t("lineage-divided"), Verdict::Open, String::new()),
        Lineage::Unresolved { open, .. } => (l.t("restate-unresolved"), Verdict::Bad, why_words(l, open.why)),
    }
}

pub fn why_words(l: Lang, why: Why) -> String {
    // keys: why-*
    l.t(&format!("why-{}", why.id()))
}

fn row(l: Lang, moment: &Moment) -> MomentRow {
    let (state, verdict, detail) = lineage_words(l, &moment.lineage);
    MomentRow {
        from: moment.from.to_string(),
        direction: l.t(if moment.is_before { "life-before" } else { "life-after" }),
        state,
        verdict,
        detail,
        units: moment.units.iter().map(|(key, name, above)| Link::new(full(key, name, above), href(key))).collect(),
        acts: moment.acts.join("; "),
    }
}

fn full(key: &UnitKey, name: &str, above: &str) -> String {
    let place = if above.is_empty() { String::new() } else { format!(", {above}") };
    format!("{name}{place} ({})", key.code)
}

/// A column a state, a box a unit; a state of which nothing is known has one empty box.
fn strip(l: Lang, life: &Life) -> Strip {
    let own = (life.key.clone(), life.name.clone());
    let mut columns: Vec<(Day, Vec<(UnitKey, String)>)> = life
        .moments
        .iter()
        .map(|m| (m.from, m.units.iter().map(|(key, name, _)| (key.clone(), name.clone())).collect()))
        .collect();
    columns.push((life.key.from, vec![own]));
    columns.sort_by_key(|(from, _)| *from);
    let place = |key: &UnitKey| {
        let column = columns.iter().position(|(from, _)| *from == key.from)?;
        let at = columns.get(column)?.1.iter().position(|(known, _)| known == key)?;
        Some((column, at))
    };
    let links = life.links.iter().filter_map(|(one, other)| Some((place(one)?, place(other)?))).collect();
    let boxes = |units: &[(UnitKey, String)]| {
        let known = units.iter().map(|(key, name)| StripBox {
            name: name.clone(),
            code: key.code.clone(),
            is_own: *key == life.key,
            is_unknown: false,
        });
        let mut boxes: Vec<StripBox> = known.collect();
        if boxes.is_empty() {
            let name = l.t("strip-unknown");
            boxes.push(StripBox { name, code: String::new(), is_own: false, is_unknown: true });
        }
        boxes
    };
    Strip::new(columns.iter().map(|(from, units)| (from.to_string(), boxes(units))).collect(), links)
}
