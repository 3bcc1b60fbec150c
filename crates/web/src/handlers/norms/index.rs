//! Every norm in force on a day: what is unconfirmed first, then what is missing, then by context.

use std::collections::HashMap;

use app::Confirmation;
use app::law::standing;
use axum::extract::{Query, State};
use axum::response::Response;
use kernel::Day;
use norms::{Basis, Mark, Norm};
use serde::Deserialize;

use super::vouched;
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{mark_id, number};
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::norms::{Index, NormRow};
use crate::visitor::Signed;

#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    day: String,
    /// `unconfirmed` or `missing`.
    #[serde(default)]
    only: String,
}

pub async fn page(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let l = signed.l();
    let day = asked.day.trim().parse().unwrap_or_else(|_| Day::last_of(signed.year));
    let standing = standing(&web.house).await?;
    let words: HashMap<String, Option<Confirmation>> =
        standing.iter().map(|s| (s.basis.key(), s.confirmation.clone())).collect();
    let mut rows: Vec<NormRow> = web.house.norms.all().flat_map(|norm| rows_of(l, norm, day, &words)).collect();
    // Lists of units and packs are no norms with versions, but wait for the same word.
    let others = standing.iter().map(|s| &s.basis).filter(|b| web.house.norms.norm(&b.norm).is_none());
    rows.extend(others.map(|basis| row(l, basis, &words)));
    let unconfirmed = rows.iter().filter(|r| r.is_unconfirmed).count();
    let missing = rows.iter().filter(|r| r.mark == mark_id(Mark::Missing)).count();
    rows.retain(|row| match asked.only.as_str() {
        "unconfirmed" => row.is_unconfirmed,
        "missing" => row.mark == mark_id(Mark::Missing),
        _ => true,
    });
    rows.sort_by_key(|row| (!row.is_unconfirmed, row.mark != mark_id(Mark::Missing), row.id.clone()));
    Ok(shown(&Index {
        l,
        frame: signed.frame(Section::Admin),
        rows,
        unconfirmed: number(unconfirmed),
        missing: number(missing),
        day: day.to_string(),
    }))
}

type Words = HashMap<String, Option<Confirmation>>;

/// The norm's version of the day, and its items that are less sure than the rest; a gap where none is in force.
fn rows_of(l: Lang, norm: &Norm, day: Day, words: &Words) -> Vec<NormRow> {
    let Ok(version) = norm.on(day) else {
        return vec![NormRow {
            id: norm.id.clone(),
            href: format!("/norms/{}", norm.id),
            label: norm.label.of(l.code()).to_owned(),
            from: String::new(),
            mark: mark_id(Mark::Missing).to_owned(),
            is_unconfirmed: false,
            confirmed: String::new(),
        }];
    };
    let items = norm.item_bases(version).into_iter().filter(|item| item.mark != version.mark);
    std::iter::once(norm.basis(version)).chain(items).map(|basis| row(l, &basis, words)).collect()
}

fn row(l: Lang, basis: &Basis, words: &Words) -> NormRow {
    let confirmation = words.get(&basis.key()).and_then(Option::as_ref);
    let id = basis.item.as_ref().map_or_else(|| basis.norm.clone(), |item| format!("{}#{item}", basis.norm));
    let is_pack = basis.norm.starts_with("packs.");
    NormRow {
        id,
        href: if is_pack { "/norms/packs".to_owned() } else { format!("/norms/{}", basis.norm) },
        label: basis.label.of(l.code()).to_owned(),
        from: basis.from.to_string(),
        mark: mark_id(basis.mark).to_owned(),
        is_unconfirmed: basis.mark.needs_confirmation() && confirmation.is_none(),
        confirmed: confirmation.map(vouched).unwrap_or_default(),
    }
}
