//! Totals of households and persons by village: entered in a grid, saved together.

use std::collections::HashMap;

use app::AppError;
use app::units::{TotalInput, Totals, add_village, save_totals, totals};
use axum::Form as Posted;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::units::{Scope, ScopeLevel};

use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::number;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::units::{VillageRow, Villages};
use crate::visitor::{Signed, period, see};

pub fn routes() -> Router<Web> {
    Router::new().route("/units/villages", get(villages).post(save))
}

async fn villages(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let found = totals(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let mut values = Vec::new();
    for row in &found.rows {
        if let Some(total) = &row.total {
            values.push((format!("households.{}", row.village.id), number(total.households)));
            values.push((format!("persons.{}", row.village.id), number(total.persons)));
        }
    }
    Ok(shown(&page(&web, &signed, &found, Form::new(values))))
}

fn page(web: &Web, signed: &Signed, found: &Totals, form: Form) -> Villages {
    let units = web.house.units(&found.scope);
    let shows_commune = found.scope.level != ScopeLevel::Commune;
    let rows = found
        .rows
        .iter()
        .map(|row| VillageRow {
            name: row.village.name.clone(),
            commune: if shows_commune {
                units.commune(&row.village.commune).map(norms::Unit::full_name).unwrap_or_default()
            } else {
                String::new()
            },
            households_field: format!("households.{}", row.village.id),
            persons_field: format!("persons.{}", row.village.id),
            listed: String::new(),
        })
        .collect();
    Villages {
        l: signed.l(),
        frame: signed.frame(Section::Review),
        form,
        unit: found.scope.address(),
        rows,
        households_total: number(found.households),
        persons_total: number(found.persons),
        missing: if found.missing > 0 { number(found.missing) } else { String::new() },
        may_edit: signed.actor.may(Verb::EnterPopulation) && !found.is_locked && !shows_commune,
        back_href: format!("/review/{}?unit={}", found.year, found.scope.address()),
    }
}

/// Saves the whole grid; a new village may come with it.
async fn save(
    signed: Signed,
    State(web): State<Web>,
    Posted(posted): Posted<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let value = |name: &str| posted.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim()).unwrap_or_default();
    let scope = Scope::from_address(value("unit"), signed.actor.scope.units_from).unwrap_or(signed.scope.clone());
    let year = value("year").parse().unwrap_or(signed.year);
    let new_village = value("new_village").to_owned();
    let known = totals(&web.house, &signed.actor, Some(&scope), year).await?;
    let (inputs, rows) = grid(&posted, &known);
    let saved = save_totals(&web.house, &signed.actor, Some(&scope), year, &inputs).await;
    let saved = match saved {
        Ok(_) if !new_village.is_empty() => {
            add_village(&web.house, &signed.actor, Some(&scope), &new_village).await.map(|_| ())
        }
        other => other.map(|_| ()),
    };
    match saved {
        Ok(()) => {
            signed.say("notice-totals-saved").await;
            Ok(see(&format!("/units/villages?{}", period(&scope, year))))
        }
        Err(AppError::Form(faults)) => {
            let form = faults.iter().fold(Form::new(posted.clone()), |form, fault| {
                form.with_fault(field_of(&fault.field, &rows), fault.problem)
            });
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page(&web, &signed, &known, form)))
        }
        Err(other) => Err(other.into()),
    }
}

/// The filled rows of the grid, and the village each is of.
fn grid(posted: &[(String, String)], known: &Totals) -> (Vec<TotalInput>, Vec<String>) {
    let values: HashMap<&str, &str> = posted.iter().map(|(n, v)| (n.as_str(), v.trim())).collect();
    let mut inputs = Vec::new();
    let mut rows = Vec::new();
    for row in &known.rows {
        let id = row.village.id.to_string();
        let of = |what: &str| values.get(format!("{what}.{id}").as_str()).copied().unwrap_or_default().to_owned();
        let (households, persons) = (of("households"), of("persons"));
        if households.is_empty() && persons.is_empty() {
            continue;
        }
        inputs.push(TotalInput { village: row.village.id, households, persons });
        rows.push(id);
    }
    (inputs, rows)
}

/// `totals.3.persons` is `persons.<village>` on the page.
fn field_of(field: &str, rows: &[String]) -> String {
    let mut parts = field.split('.');
    let (_, row, what) = (parts.next(), parts.next(), parts.next());
    let village = row.and_then(|row| row.parse::<usize>().ok()).and_then(|row| rows.get(row));
    match (village, what) {
        (Some(village), Some(what)) => format!("{what}.{village}"),
        _ => "new_village".to_owned(),
    }
}
