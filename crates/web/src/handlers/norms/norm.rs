//! One norm: all its versions, newest first, each with its citation, its sources and its value as text.

use app::law::{Standing, standing};
use app::{AppError, Confirmation};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::{Role, Verb};
use norms::{Basis, Citation, Norm, Norms, Source};

use super::{value_text, vouched};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::mark_id;
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::norms::{NormPage, Version};
use crate::pages::parts::{Choice, Notice};
use crate::visitor::{Signed, see, urlencode};

pub async fn page(signed: Signed, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fail> {
    let l = signed.l();
    if id.starts_with("packs.") {
        return Ok(see("/norms/packs"));
    }
    let standing = standing(&web.house).await?;
    let norms = &web.house.norms;
    let about = About { l, norms, standing: &standing, may_confirm: signed.actor.may(Verb::ConfirmNorm) };
    let mut frame = signed.frame(Section::Admin);
    let (label, versions) = match norms.norm(&id) {
        Some(norm) => {
            // Nothing in force today is said above the versions there are.
            if let Err(gap) = norms.show(&id, web.house.clock.today()) {
                frame.notice = Some(Notice::warn(gap.says().of(l.code())));
            }
            (norm.label.of(l.code()).to_owned(), about.versions(norm))
        }
        None => about.of_units(&id).ok_or(AppError::Missing("norm"))?,
    };
    let (bodies, body_now) = bodies(&signed, &web, &id).await?;
    let form = Form::default();
    Ok(shown(&NormPage { l, frame, id, label, versions, bodies, body_now, form }))
}

/// Roles that may give the opinion where the law names nobody, for whoever may choose.
async fn bodies(signed: &Signed, web: &Web, id: &str) -> Result<(Vec<Choice>, String), AppError> {
    let l = signed.l();
    if id != "review.process" || !signed.actor.may(Verb::ConfirmNorm) {
        return Ok((Vec::new(), String::new()));
    }
    // keys: role-*
    let word = |role: Role| l.t(&format!("role-{}", role.id()));
    let roles = [Role::ProvinceOfficer, Role::CommuneChairman].map(|role| Choice::new(role.id(), word(role)));
    let now = app::review::rounds::opinion_body(&web.house, web.house.clock.today()).await?;
    Ok((roles.to_vec(), now.role.map_or_else(|| l.t("opinion-body-none"), word)))
}

struct About<'a> {
    l: Lang,
    norms: &'a Norms,
    standing: &'a [Standing],
    may_confirm: bool,
}

impl About<'_> {
    fn versions(&self, norm: &Norm) -> Vec<Version> {
        let mut versions = Vec::new();
        for version in norm.versions.iter().rev() {
            let to = version.to.map(|day| day.to_string()).unwrap_or_default();
            let note = version.note.as_ref().map(|n| n.of(self.l.code()).to_owned()).unwrap_or_default();
            let shared = Shared { to: to.clone(), note };
            versions.push(self.version(&norm.basis(version), shared));
            for item in norm.item_bases(version).into_iter().filter(|item| item.mark != version.mark) {
                let note = item.label.of(self.l.code()).to_owned();
                versions.push(self.version(&item, Shared { to: to.clone(), note }));
            }
        }
        versions
    }

    /// Lists of units are dated like norms but are no norms with values of a kind.
    fn of_units(&self, id: &str) -> Option<(String, Vec<Version>)> {
        let waiting = self.standing.iter().map(|s| (&s.basis, String::new()));
        let lists = self
            .norms
            .unit_lists()
            .map(|list| (&list.basis, list.note.as_ref().map(|n| n.of(self.l.code()).to_owned()).unwrap_or_default()));
        let mut found: Vec<(&Basis, String)> = lists.filter(|(basis, _)| basis.norm == id).collect();
        if found.is_empty() {
            found = waiting.filter(|(basis, _)| basis.norm == id).collect();
        }
        found.sort_by_key(|(basis, _)| std::cmp::Reverse(basis.from));
        let label = found.first()?.0.label.of(self.l.code()).to_owned();
        let version = |(basis, note): (&Basis, String)| self.version(basis, Shared { to: String::new(), note });
        Some((label, found.into_iter().map(version).collect()))
    }

    fn version(&self, basis: &Basis, shared: Shared) -> Version {
        let key = basis.key();
        let known = self.standing.iter().find(|s| s.basis.key() == key);
        let confirmation: Option<&Confirmation> = known.and_then(|s| s.confirmation.as_ref());
        let is_unconfirmed = known.is_some() && confirmation.is_none();
        let citation = basis.citation.as_ref();
        Version {
            from: basis.from.to_string(),
            to: shared.to,
            mark: mark_id(basis.mark).to_owned(),
            is_unconfirmed,
            act: citation.map(|c| c.act.clone()).unwrap_or_default(),
            article: citation.and_then(|c| c.article.clone()).unwrap_or_default(),
            published: citation.and_then(|c| c.published).map(|d| d.to_string()).unwrap_or_default(),
            sources: citation.map(|c| self.sources(c)).unwrap_or_default(),
            note: shared.note,
            value: value_text(self.l, self.norms, basis),
            confirmed: confirmation.map(vouched).unwrap_or_default(),
            confirm_href: (is_unconfirmed && self.may_confirm)
                .then(|| format!("/norms/confirm?key={}", urlencode(&key))),
        }
    }

    fn sources(&self, citation: &Citation) -> Vec<String> {
        let said = |key: &String| self.norms.source(key).map_or_else(|| key.clone(), |source| source_text(key, source));
        citation.sources.iter().map(said).collect()
    }
}

/// What a version shows besides its basis.
struct Shared {
    to: String,
    note: String,
}

fn source_text(key: &str, source: &Source) -> String {
    let parts = [&source.about, &source.site, &source.page, &source.url, &source.repo, &source.path];
    let told: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    format!("{key} ({}): {}", source.kind, told.join(", "))
}
