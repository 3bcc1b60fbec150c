//! Score packs: loaded, signed off and put to use by the province. The illustrative one ships and says so.

use app::AppError;
use app::law::{PackView, load_pack, packs, sign_off, use_pack};
use axum::Form as Posted;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Verb;
use serde::Deserialize;

use super::vouched;
use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::words::{mark_id, number, with_faults};
use crate::language::Lang;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::norms::{PackRow, Packs};
use crate::visitor::{Signed, see};

async fn build(signed: &Signed, web: &Web, form: Form, problems: Vec<String>) -> Result<Packs, AppError> {
    let l = signed.l();
    let rows = packs(&web.house).await?.iter().map(|view| row(l, view)).collect();
    let may_change = signed.actor.may(Verb::LoadPack);
    Ok(Packs { l, frame: signed.frame(Section::Admin), form, rows, may_change, problems })
}

fn row(l: Lang, view: &PackView) -> PackRow {
    let pack = &view.pack;
    let loaded = view.loaded.as_ref().map(|(day, by)| format!("{day} · {by}"));
    PackRow {
        key: view.name.clone(),
        title: pack.title.of(l.code()).to_owned(),
        version: pack.version.clone(),
        from: pack.from.to_string(),
        items: number(pack.items.len()),
        loaded: loaded.unwrap_or_else(|| l.t("pack-ships")),
        mark: mark_id(pack.mark).to_owned(),
        signed_off: view.signed.as_ref().map(vouched).unwrap_or_default(),
        is_in_use: view.in_use,
    }
}

pub async fn page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    Ok(shown(&build(&signed, &web, Form::default(), Vec::new()).await?))
}

/// The pack that was sent, as a file or as text.
async fn read(mut body: Multipart) -> Option<String> {
    let mut yaml = String::new();
    while let Some(field) = body.next_field().await.ok()? {
        let is_wanted = matches!(field.name(), Some("file" | "yaml"));
        let bytes = field.bytes().await.ok()?;
        let text = String::from_utf8_lossy(&bytes);
        if is_wanted && yaml.is_empty() && !text.trim().is_empty() {
            yaml = text.into_owned();
        }
    }
    Some(yaml)
}

pub async fn load(signed: Signed, State(web): State<Web>, body: Multipart) -> Result<Response, Fail> {
    let l = signed.l();
    let Some(yaml) = read(body).await.filter(|yaml| !yaml.is_empty()) else {
        let form = Form::default().with_fault("file", "field-file-or-text");
        let page = build(&signed, &web, form, Vec::new()).await?;
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let problems = match load_pack(&web.house, &signed.actor, &yaml).await {
        Ok(_) => {
            signed.say("notice-pack-loaded").await;
            return Ok(see("/norms/packs"));
        }
        Err(AppError::Pack(faults)) => faults.iter().map(|fault| fault.says().of(l.code()).to_owned()).collect(),
        Err(refused @ AppError::Refused { .. }) => vec![said(l, &refused)],
        Err(other) => return Err(other.into()),
    };
    let form = Form::new([("yaml", yaml)]).with_fault("file", "field-pack");
    let page = build(&signed, &web, form, problems).await?;
    Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

#[derive(Debug, Deserialize)]
pub struct Named {
    #[serde(default)]
    key: String,
    #[serde(default)]
    signed: String,
}

/// A person of the province signs a pack off.
pub async fn sign(signed: Signed, State(web): State<Web>, Posted(posted): Posted<Named>) -> Result<Response, Fail> {
    match sign_off(&web.house, &signed.actor, &posted.key, &posted.signed).await {
        Ok(()) => {
            signed.say("notice-pack-signed").await;
            Ok(see("/norms/packs"))
        }
        Err(AppError::Form(faults)) => {
            let page = build(&signed, &web, with_faults(Form::default(), &faults), Vec::new()).await?;
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

/// Puts a pack to use; an empty key puts none to use.
pub async fn choose(signed: Signed, State(web): State<Web>, Posted(posted): Posted<Named>) -> Result<Response, Fail> {
    let name = Some(posted.key.as_str()).filter(|key| !key.is_empty());
    use_pack(&web.house, &signed.actor, name).await?;
    signed.say(if name.is_some() { "notice-pack-chosen" } else { "notice-pack-none" }).await;
    Ok(see("/norms/packs"))
}
