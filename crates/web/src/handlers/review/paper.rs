//! A list as an official paper, for the printer: title block, head row on each page, signatures.

use app::AppError;
use app::review::export::listed;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use documents::write::ExportHousehold;
use domain::registry::{Member, Sex};
use norms::Rulebook;

use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{label, number, points};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::review::{Paper, PaperMember, PaperRow};
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new().route("/review/{year}/list/print", get(print)).route("/review/lists/print", get(print))
}

async fn print(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let (l, house, year) = (signed.l(), &web.house, signed.year);
    let rules = house.rules(year, &house.province_of(&signed.scope)).map_err(AppError::from)?;
    let households = listed(house, &signed.actor, Some(&signed.scope), year).await?;
    let name = house.scope_name(&signed.scope);
    let mut parts = name.split(',').map(str::trim);
    let issuer = parts.next().unwrap_or_default().to_uppercase();
    let superior = parts.next().map(str::to_uppercase);
    let persons: usize = households.iter().map(|h| h.household.size()).sum();
    let rows = (1..).zip(&households).map(|(n, entry)| paper_row(l, &rules, n, entry)).collect();
    let layout = rules.forms.first().map(|f| f.value.signatures.clone()).unwrap_or_default();
    Ok(shown(&Paper {
        l,
        frame: signed.frame(Section::Review),
        title: l.t1("paper-list-title", "year", year),
        subtitle: name.clone(),
        superior: superior.map(|unit| l.t1("paper-issuer", "unit", unit)).unwrap_or_default(),
        issuer: l.t1("paper-issuer", "unit", issuer),
        place_and_day: l.t1("paper-place-day", "place", &signed.frame.province),
        rows,
        totals: vec![(l.t("households"), number(households.len())), (l.t("persons"), number(persons))],
        signatures: layout.iter().map(|s| label(l, s)).collect(),
        is_unconfirmed: households.iter().any(|h| h.assessment.pack.is_some()),
        back_href: format!("/review/{year}?unit={}", signed.scope.address()),
    }))
}

fn paper_row(l: Lang, rules: &Rulebook, number: u32, entry: &ExportHousehold) -> PaperRow {
    let class = entry.class.as_ref().and_then(|id| rules.classes.value.get(id));
    let decision = entry.assessment.decision.as_ref();
    PaperRow {
        number: number.to_string(),
        head: entry.household.head_name().to_owned(),
        village: entry.names.village.clone(),
        size: entry.household.size().to_string(),
        b1: points(entry.assessment.b1()),
        b2: points(entry.assessment.b2(rules)),
        class: class.map(|c| label(l, &c.label)).unwrap_or_default(),
        decision: decision.map(|d| d.number.clone()).unwrap_or_default(),
        members: entry.household.present().map(|m| paper_member(l, rules, m)).collect(),
    }
}

fn paper_member(l: Lang, rules: &Rulebook, member: &Member) -> PaperMember {
    let relation = rules.relations.value.relations.iter().find(|r| r.id == member.relation);
    let person = &member.person;
    PaperMember {
        name: person.name.clone(),
        relation: relation.map_or_else(|| member.relation.clone(), |r| label(l, &r.label)),
        sex: person.sex.map(|s| l.t(if s == Sex::Male { "sex-male" } else { "sex-female" })).unwrap_or_default(),
        birth: person.birth.map(|b| b.to_string()).unwrap_or_default(),
        paper: person.paper.clone().unwrap_or_default(),
    }
}
