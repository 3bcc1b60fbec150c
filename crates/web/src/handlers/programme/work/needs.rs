//! Needs and the list of staff: entered before results.

use std::collections::HashMap;

use app::programme::definitions_on;
use app::programme::needs::{NeedInput, StaffInput, add_staff, need_sums, needs, record_needs, staff};
use app::programme::work::NotRecorded;
use axum::Form as Received;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::access::Verb;
use kernel::{Day, Page};

use super::said::{Posted, again};
use crate::Web;
use crate::fail::Fail;
use crate::handlers::words::{label, number, pager};
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::Choice;
use crate::pages::programme::work::{Figure, NeedLine, Needs, Rooms, StaffLine, StaffPage};
use crate::visitor::{Signed, see};

const PAGE: u32 = 50;

pub fn routes() -> Router<Web> {
    Router::new().route("/programme/needs", get(list).post(save)).route("/programme/staff", get(people).post(add))
}

type Shown = (Form, Frame, Vec<String>, StatusCode);

async fn list(
    signed: Signed,
    State(web): State<Web>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Fail> {
    let frame = signed.frame(Section::Targets);
    build(&web, &signed, &asked, (Form::default(), frame, Vec::new(), StatusCode::OK)).await
}

async fn build(
    web: &Web,
    signed: &Signed,
    asked: &HashMap<String, String>,
    (form, frame, line_faults, status): Shown,
) -> Result<Response, Fail> {
    let (l, period) = (signed.l(), signed.period());
    let definitions = definitions_on(&web.house, Day::last_of(signed.year))?;
    let kinds = &definitions.norms.work.value.needs;
    let named =
        |id: &str| kinds.iter().find(|need| need.id == id).map_or_else(|| id.to_owned(), |need| label(l, &need.label));
    let page = Page::new(asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1), PAGE);
    let kind = asked.get("kind").map(String::as_str).filter(|kind| !kind.is_empty());
    let found = needs(&web.house, &signed.actor, Some(&signed.scope), (signed.year, kind), page).await?;
    let may_record = signed.actor.may(Verb::RecordWork);
    let rows = found.rows.iter().map(|(need, who)| NeedLine {
        name: who.name.clone(),
        href: who.household.map(|id| format!("/registry/households/{id}")).unwrap_or_default(),
        kind: named(&need.kind),
        day: need.day.to_string(),
        village: who.village.clone(),
        note: need.note.clone(),
        remove_href: may_record.then(|| format!("/programme/needs/{}/remove?{period}", need.id)),
    });
    let rows = rows.collect();
    let sums = need_sums(&web.house, &signed.actor, Some(&signed.scope), signed.year).await?;
    let sums = sums
        .into_iter()
        .map(|(kind, n)| (named(&kind), Figure::new(number(n), format!("/programme/needs?{period}&kind={kind}"))));
    let filter = kind.map(|kind| format!("&kind={kind}")).unwrap_or_default();
    let page = Needs {
        l,
        frame,
        rooms: Rooms::new(&period, "needs"),
        form,
        action: format!("/programme/needs?{period}"),
        kinds: kinds.iter().map(|need| Choice::new(need.id.clone(), label(l, &need.label))).collect(),
        sums: sums.collect(),
        rows,
        pager: pager(&found, |page| format!("/programme/needs?{period}{filter}&page={page}")),
        line_faults,
        may_record,
        staff_href: format!("/programme/staff?{period}"),
    };
    Ok(answer(status, &page))
}

async fn save(signed: Signed, State(web): State<Web>, Received(posted): Received<Posted>) -> Result<Response, Fail> {
    let input = NeedInput {
        kind: posted.text("kind"),
        day: posted.text("day"),
        note: posted.text("note"),
        who: posted.text("who"),
    };
    match record_needs(&web.house, &signed.actor, Some(&signed.scope), &input).await {
        Ok(n) => {
            signed.say_text(&signed.l().t1("needs-recorded", "n", number(n))).await;
            Ok(see(&format!("/programme/needs?{}", signed.period())))
        }
        Err(refused) => {
            let again = again(&signed, &posted, refused)?;
            build(&web, &signed, &HashMap::new(), (again.form, again.frame, again.lines, again.status)).await
        }
    }
}

async fn people(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let frame = signed.frame(Section::Targets);
    build_staff(&web, &signed, (Form::default(), frame, Vec::new(), StatusCode::OK)).await
}

async fn build_staff(web: &Web, signed: &Signed, (form, frame, _, status): Shown) -> Result<Response, Fail> {
    let l = signed.l();
    let definitions = definitions_on(&web.house, Day::last_of(signed.year))?;
    let levels = &definitions.norms.work.value.staff_levels;
    let named = |id: &str| {
        levels.iter().find(|level| level.id == id).map_or_else(|| id.to_owned(), |level| label(l, &level.label))
    };
    let found = staff(&web.house, &signed.actor, Some(&signed.scope)).await?;
    let (may_record, period) = (signed.actor.may(Verb::RecordWork), signed.period());
    let rows = found.iter().map(|one| StaffLine {
        name: one.name.clone(),
        level: named(&one.level),
        office: one.office.clone(),
        since: one.since.to_string(),
        left: one.left.map(|day| day.to_string()).unwrap_or_default(),
        leave_href: may_record.then(|| format!("/programme/staff/{}/leave?{period}", one.id)),
        remove_href: may_record.then(|| format!("/programme/staff/{}/remove?{period}", one.id)),
    });
    let page = StaffPage {
        l,
        frame,
        rooms: Rooms::new(&signed.period(), "needs"),
        form,
        action: format!("/programme/staff?{}", signed.period()),
        levels: levels.iter().map(|level| Choice::new(level.id.clone(), label(l, &level.label))).collect(),
        sexes: crate::handlers::registry::sexes(l),
        rows: rows.collect(),
        may_record,
    };
    Ok(answer(status, &page))
}

async fn add(signed: Signed, State(web): State<Web>, Received(posted): Received<Posted>) -> Result<Response, Fail> {
    let input = StaffInput {
        name: posted.text("name"),
        sex: posted.text("sex"),
        level: posted.text("level"),
        office: posted.text("office"),
        since: posted.text("since"),
    };
    match add_staff(&web.house, &signed.actor, Some(&signed.scope), &input).await {
        Ok(()) => {
            signed.say("staff-added").await;
            Ok(see(&format!("/programme/staff?{}", signed.period())))
        }
        Err(refused) => {
            let again = again(&signed, &posted, NotRecorded::Error(refused))?;
            build_staff(&web, &signed, (again.form, again.frame, again.lines, again.status)).await
        }
    }
}
