//! The law as the program knows it: every norm with its citation, what waits for the province's word, the score packs.
//! Changes no norm; confirming only says who vouches for one. Start with [`index`].

mod confirm;
mod index;
mod norm;
mod packs;

use app::Confirmation;
use axum::Router;
use axum::routing::{get, post};
use norms::{Basis, Norms};
use serde_json::Value;

use crate::Web;
use crate::language::Lang;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/norms", get(index::page))
        .route("/norms/confirm", get(confirm::page).post(confirm::save))
        .route("/norms/packs", get(packs::page).post(packs::load))
        .route("/norms/packs/sign", post(packs::sign))
        .route("/norms/packs/use", post(packs::choose))
        .route("/norms/{id}", get(norm::page))
}

/// `Trần Văn Minh, Phó Giám đốc Sở · 23/11/2026`.
fn vouched(confirmation: &Confirmation) -> String {
    format!("{} · {}", confirmation.signed, confirmation.day)
}

/// The value a basis speaks of, as text that can be read.
fn value_text(l: Lang, norms: &Norms, basis: &Basis) -> String {
    let Some(norm) = norms.norm(&basis.norm) else { return basis.label.of(l.code()).to_owned() };
    match &basis.item {
        Some(item) => {
            let version = norm.versions.iter().find(|v| v.from == basis.from);
            let value = version.and_then(|v| serde_json::to_value(&v.value).ok());
            let found = value.as_ref().and_then(|value| item_of(value, item));
            let shown = found.and_then(|found| serde_json::to_string_pretty(found).ok());
            shown.unwrap_or_else(|| basis.label.of(l.code()).to_owned())
        }
        None => norms.show(&basis.norm, basis.from).unwrap_or_else(|gap| gap.says().of(l.code()).to_owned()),
    }
}

/// The item inside a value that carries a mark of its own: by its id, or a province's line by its name.
fn item_of<'a>(value: &'a Value, id: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => {
            let is_it = ["id", "province_name"].iter().any(|key| fields.get(*key).and_then(Value::as_str) == Some(id));
            if is_it { Some(value) } else { fields.values().find_map(|field| item_of(field, id)) }
        }
        Value::Array(items) => items.iter().find_map(|item| item_of(item, id)),
        _ => None,
    }
}
