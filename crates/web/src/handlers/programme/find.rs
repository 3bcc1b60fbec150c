//! Search in the plan: clauses, what hangs on them, and cited documents.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::programme::plan::Clause;

use super::plan::heading;
use super::words::document_name;
use super::{Addresses, Asked, some_plan};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::number;
use crate::pages::frame::Section;
use crate::pages::parts::Link;
use crate::pages::programme::{Find, HitRow};
use crate::visitor::Signed;

pub async fn page(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let l = signed.l();
    let view = some_plan(&web.house, &signed, &asked).await?;
    let addresses = Addresses::of(&signed, &view);
    let row = |clause: &Clause| HitRow {
        id: clause.id.clone(),
        href: addresses.clause(&clause.id),
        path: view.plan.path(clause).into_iter().skip(1).rev().map(heading).collect::<Vec<_>>().join(" › "),
        text: format!("{} {}", clause.marker, clause.text).trim().to_owned(),
        hung: view.at(&clause.id).map(|binding| binding.id.clone()).collect::<Vec<_>>().join(", "),
    };
    let hits: Vec<HitRow> = view.find(&asked.q).into_iter().map(|hit| row(hit.clause)).collect();
    let wanted = kernel::text::words(&asked.q);
    let mut documents = view.documents();
    documents.retain(|document| {
        let known = kernel::text::words(&document_name(l, document));
        !wanted.is_empty() && wanted.iter().all(|word| known.iter().any(|own| own.starts_with(word.as_str())))
    });
    let to_document = |d| Link::new(document_name(l, &d), addresses.document(&d.key()));
    Ok(shown(&Find {
        l,
        frame: signed.frame(Section::Plan),
        unit: signed.scope.address(),
        year: view.year().to_string(),
        version: asked.plan,
        asked: asked.q,
        count: number(hits.len()),
        hits,
        documents: documents.into_iter().map(to_document).collect(),
        back_href: addresses.to(""),
    }))
}
