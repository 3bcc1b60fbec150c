//! The ledger: every source of the plan with what was assigned, moved, paid and is left, and the entries it comes from.

use std::collections::HashMap;

use app::AppError;
use app::programme::MoneyFilter;
use app::programme::aims::Aimed;
use app::programme::money::{MoneyInput, enter, entries, ledger, take_back};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::Verb;
use domain::programme::money::{MoneyMove, MoneySums};
use kernel::{Page, group_thousands};

use super::said::{Posted, again};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{label, pager};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::Choice;
use crate::pages::programme::work::{Figure, Money, MoneyLine, Rooms, SourceLine};
use crate::visitor::{Signed, see, urlencode};

const PAGE: u32 = 50;

pub fn routes() -> Router<Web> {
    Router::new().route("/programme/money", get(list).post(save)).route("/programme/money/{id}/remove", post(remove))
}

type Asked = HashMap<String, String>;

async fn list(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let frame = signed.frame(Section::Targets);
    build(&web, &signed, &asked, (Form::default(), frame, StatusCode::OK)).await
}

async fn build(
    web: &Web,
    signed: &Signed,
    asked: &Asked,
    (form, frame, status): (Form, Frame, StatusCode),
) -> Result<Response, Fail> {
    let (l, period) = (signed.l(), signed.period());
    let ledger = ledger(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let aims = &ledger.aims;
    let mut filter = MoneyFilter::new(signed.scope.clone(), signed.year);
    let of = |name: &str| asked.get(name).filter(|id| !id.is_empty()).cloned();
    (filter.source, filter.capital) = (of("source"), of("capital"));
    let page = Page::new(asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1), PAGE);
    let found = entries(&web.house, &signed.actor, &filter, page).await?;
    let may_record = signed.actor.may(Verb::RecordWork);
    let name =
        |of: &[Aimed], id: &str| of.iter().find(|own| own.id == id).map_or_else(|| id.to_owned(), |o| named(l, o));
    let rows = found.rows.iter().map(|entry| MoneyLine {
        day: entry.day.to_string(),
        what: what_word(l, entry.what),
        source: name(&aims.sources, &entry.source),
        capital: name(&aims.capitals, &entry.capital),
        project: name(&aims.projects, &entry.project),
        place: web.house.scope_name(&entry.place.unit()),
        document: entry.document.clone(),
        amount: Figure::new(group_thousands(entry.amount), format!("/programme/money?{period}#entry-{}", entry.id)),
        id: entry.id.to_string(),
        remove_href: may_record.then(|| format!("/programme/money/{}/remove?{period}", entry.id)),
    });
    let rows = rows.collect();
    let mut sources: Vec<SourceLine> = Vec::new();
    for source in &aims.sources {
        let spend_by = source.spend_by.map(|day| l.t1("source-spend-by", "day", day)).unwrap_or_default();
        sources.push(source_line(
            &period,
            ("source", &source.id),
            named(l, source),
            spend_by,
            ledger.of_source(&source.id),
        ));
    }
    for (id, sums) in ledger.strays() {
        sources.push(source_line(&period, ("source", id), l.t1("money-stray", "id", id), String::new(), sums));
    }
    for capital in &aims.capitals {
        let sums = ledger.of_capital(&capital.id);
        sources.push(source_line(&period, ("capital", &capital.id), named(l, capital), String::new(), sums));
    }
    let links = ["source", "capital"].into_iter().filter_map(|name| Some(format!("&{name}={}", urlencode(&of(name)?))));
    let links: String = links.collect();
    let choices = |of: &[Aimed]| of.iter().map(|own| Choice::new(own.id.clone(), named(l, own))).collect();
    let page = Money {
        l,
        frame,
        rooms: Rooms::new(&period, "money"),
        form,
        action: format!("/programme/money?{period}"),
        sources,
        source_choices: choices(&aims.sources),
        capital_choices: choices(&aims.capitals),
        project_choices: choices(&aims.projects),
        moves: MoneyMove::ALL.into_iter().map(|what| Choice::new(what.id(), what_word(l, what))).collect(),
        rows,
        pager: pager(&found, |page| format!("/programme/money?{period}{links}&page={page}")),
        may_record,
    };
    Ok(answer(status, &page))
}

fn named(l: Lang, own: &Aimed) -> String {
    format!("{} · {}", own.id, label(l, &own.label))
}

fn what_word(l: Lang, what: MoneyMove) -> String {
    // keys: money-what-*
    l.t(&format!("money-what-{}", what.id()))
}

fn source_line(period: &str, (by, id): (&str, &str), name: String, spend_by: String, sums: MoneySums) -> SourceLine {
    let href = format!("/programme/money?{period}&{by}={}#entries", urlencode(id));
    let figure = |amount: i64| Figure::new(group_thousands(amount), href.clone());
    SourceLine {
        name,
        spend_by,
        assigned: figure(sums.assigned),
        moved: figure(sums.moved),
        paid: figure(sums.paid),
        left: figure(sums.left()),
    }
}

async fn save(signed: Signed, State(web): State<Web>, Received(posted): Received<Posted>) -> Result<Response, Fail> {
    let input = MoneyInput {
        source: posted.text("source"),
        capital: posted.text("capital"),
        project: posted.text("project"),
        what: posted.text("what"),
        day: posted.text("day"),
        amount: posted.text("amount"),
        document: posted.text("document"),
    };
    match enter(&web.house, &signed.actor, Some(&signed.scope), (signed.year, &input)).await {
        Ok(_) => {
            signed.say("money-entered").await;
            Ok(see(&format!("/programme/money?{}", signed.period())))
        }
        Err(error) => {
            let again = again(&signed, &posted, error.into())?;
            build(&web, &signed, &Asked::new(), (again.form, again.frame, again.status)).await
        }
    }
}

async fn remove(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let id = id.parse().map_err(|_| AppError::Missing("money"))?;
    take_back(&web.house, &signed.actor, id).await?;
    signed.say("money-taken-back").await;
    Ok(see(&format!("/programme/money?{}", signed.period())))
}
