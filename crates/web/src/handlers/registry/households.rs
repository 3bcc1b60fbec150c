//! The list of households: search and filters in the address, one page of rows, totals by class.

use std::collections::HashMap;

use app::HouseholdRow as Row;
use app::access::setup;
use app::registry::{Found, Wanted, search};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use domain::review::Marks;
use domain::units::ScopeLevel;
use kernel::Page;
use norms::{Rulebook, Unit};

use super::choices::villages;
use super::posted::address;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{class_choices, class_tag, label, number, pager, points};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Choice;
use crate::pages::registry::{HouseholdRow, Households};
use crate::visitor::{Signed, urlencode};

const PAGE: u32 = 50;
/// So many earlier years can be chosen, as far as the norms know them.
const EARLIER_YEARS: i16 = 3;

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households", get(households))
}

type Asked = HashMap<String, String>;

async fn households(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let rules = web.house.rules(signed.year, &web.house.province_of(&signed.scope))?;
    let wanted = wanted(&signed, &asked);
    let page = asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let found = search(&web.house, &signed.actor, &wanted, Page::new(page, PAGE)).await?;
    let is_plain = wanted.text.is_empty() && wanted.class.is_none() && wanted.village.is_none();
    let (l, period) = (signed.l(), signed.period());
    let shows_commune = signed.scope.level != ScopeLevel::Commune;
    Ok(shown(&Households {
        l,
        frame: signed.frame(Section::Registry),
        form: form(&signed, &asked),
        unit: signed.scope.address(),
        classes: classes(l, &rules),
        villages: villages(&web, &signed, &signed.scope).await?,
        years: years(&web, &signed).await?,
        rows: found.rows.rows.iter().map(|row| to_row(&web, &signed, &rules, row)).collect(),
        totals: totals(&web, &signed, &rules, &wanted, &found).await?,
        pager: pager(&found.rows, |page| here(&signed, &asked, page)),
        shows_commune,
        may_edit: signed.actor.may(Verb::EditRegistry),
        may_import: signed.actor.may(Verb::ImportList),
        export_href: format!("/review/lists/export?{period}"),
        print_href: format!("/review/lists/print?{period}"),
        is_register_empty: is_plain && found.rows.total == 0,
    }))
}

fn wanted(signed: &Signed, asked: &Asked) -> Wanted {
    let value = |name: &str| asked.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    Wanted {
        scope: Some(signed.scope.clone()),
        text: value("q").unwrap_or_default().to_owned(),
        class: value("class").map(|class| if class == UNCLASSIFIED { String::new() } else { class.to_owned() }),
        village: value("village").and_then(|id| id.parse().ok()),
        year: Some(signed.year),
        assessed_only: false,
        with_closed: false,
    }
}

fn form(signed: &Signed, asked: &Asked) -> Form {
    let kept = ["q", "class", "village"].into_iter().filter_map(|name| Some((name, asked.get(name)?.clone())));
    Form::new(kept.chain([("year", signed.year.to_string())]))
}

/// The same search on another page.
fn here(signed: &Signed, asked: &Asked, page: u32) -> String {
    let kept: String = ["q", "class", "village"]
        .into_iter()
        .filter_map(|name| Some(format!("&{name}={}", urlencode(asked.get(name).filter(|v| !v.is_empty())?))))
        .collect();
    format!("/registry/households?{}{kept}&page={page}", signed.period())
}

/// The year asked for, the program's year and those before it that the norms know.
async fn years(web: &Web, signed: &Signed) -> Result<Vec<Choice>, Fail> {
    let newest = setup(&web.house).await?.map_or(signed.year, |setup| setup.year);
    let province = web.house.province_of(&signed.scope);
    let mut years: Vec<i16> =
        (newest - EARLIER_YEARS..=newest).filter(|year| web.house.rules(*year, &province).is_ok()).collect();
    years.push(signed.year);
    years.sort_unstable();
    years.dedup();
    Ok(years.into_iter().rev().map(|year| Choice::new(year.to_string(), year.to_string())).collect())
}

fn to_row(web: &Web, signed: &Signed, rules: &Rulebook, row: &Row) -> HouseholdRow {
    let l = signed.l();
    let commune = web.house.units(&signed.scope).commune(&row.commune).map(Unit::full_name);
    HouseholdRow {
        href: format!("{}?year={}", address(row.id), signed.year),
        head: row.head_name.clone(),
        commune: commune.unwrap_or_default(),
        village: row.village_name.clone(),
        size: number(row.size),
        b1: points(row.b1),
        b2: points(row.b2),
        class: class_tag(l, rules, row.class.as_deref()),
        lacks: lacks(l, rules, row),
        is_closed: row.is_closed,
    }
}

/// The deprivations of a row by name.
fn lacks(l: Lang, rules: &Rulebook, row: &Row) -> String {
    let marks = Marks::from_bits(row.marks_known, row.marks_set);
    let indicators = rules.indicators.value.indicators.iter().filter(|indicator| marks.is_deprived(indicator.number));
    indicators.map(|indicator| label(l, &indicator.label)).collect::<Vec<_>>().join("; ")
}

/// Households in all and by class. A page that shows everything is counted itself; a search over several pages says only
/// how many there are, because counting its classes would mean to search again for each.
async fn totals(
    web: &Web,
    signed: &Signed,
    rules: &Rulebook,
    wanted: &Wanted,
    found: &Found,
) -> Result<Vec<(String, String)>, Fail> {
    let l = signed.l();
    let total = &found.rows;
    let more = if total.capped { "+" } else { "" };
    let mut totals = vec![(l.t("total-households"), format!("{}{more}", number(total.total)))];
    let is_whole = i64::try_from(total.rows.len()).is_ok_and(|rows| rows == total.total);
    if wanted.class.is_some() || !(is_whole || wanted.text.is_empty()) {
        return Ok(totals);
    }
    for class in rules.classes.value.classes.iter().filter(|class| class.listed) {
        let households = if is_whole {
            number(total.rows.iter().filter(|row| row.class.as_ref() == Some(&class.id)).count())
        } else {
            let of_class = Wanted { class: Some(class.id.clone()), ..wanted.clone() };
            number(search(&web.house, &signed.actor, &of_class, Page::new(1, 1)).await?.rows.total)
        };
        totals.push((label(l, &class.label), households));
    }
    Ok(totals)
}

/// In an address: the households that have no class yet.
const UNCLASSIFIED: &str = "none";

fn classes(l: Lang, rules: &Rulebook) -> Vec<Choice> {
    let mut choices = class_choices(l, rules);
    choices.push(Choice::new(UNCLASSIFIED, l.t("class-none-yet")));
    choices
}
