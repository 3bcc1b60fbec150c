//! The register of snapshots, one snapshot with its files, and the look at every byte.

use ::snapshots::{Manifest, NormChange, rule_versions};
use app::SnapshotRecord;
use app::reporting::{check_snapshot, file, opened, snapshots};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::access::Verb;
use kernel::Day;

use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::number;
use crate::language::Lang;
use crate::pages::frame::Section;
use crate::pages::parts::{Link, Verdict};
use crate::pages::reporting::{FileRow, Snapshot, SnapshotRow, Snapshots};
use crate::visitor::{Signed, see};

/// Letters of a name that tell snapshots apart for people.
const SHORT: usize = 12;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/reporting/snapshots", get(index))
        .route("/reporting/snapshots/{name}", get(one))
        .route("/reporting/snapshots/{name}/check", post(check))
        .route("/reporting/snapshots/{name}/files/{file}", get(download))
}

/// A snapshot in the words a reader knows it by; a link for who may open it, for who answers for the whole of its unit.
pub fn link(web: &Web, signed: &Signed, record: &SnapshotRecord) -> Link {
    let l = signed.l();
    let may_open = web.house.lies_in(&record.scope, &signed.actor.scope);
    // keys: act-*
    let act = l.t(&format!("act-{}", record.act));
    let text = format!("{} · {act} · {} · {}", web.house.scope_name(&record.scope), record.day, short(&record.name));
    Link::new(text, if may_open { address(&record.name) } else { String::new() })
}

pub fn address(name: &str) -> String {
    format!("/reporting/snapshots/{name}")
}

fn short(name: &str) -> String {
    name.chars().take(SHORT).collect()
}

async fn index(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let (l, period) = (signed.l(), signed.period());
    let known = snapshots(&web.house, &signed.actor, Some(&signed.scope), None).await?;
    Ok(shown(&Snapshots {
        l,
        frame: signed.frame(Section::Review),
        rows: known.iter().map(|record| row(&web, l, record)).collect(),
        dynamics_href: format!("/review/{}/dynamics?{period}", signed.year),
        review_href: format!("/review/{}?{period}", signed.year),
    }))
}

fn row(web: &Web, l: Lang, record: &SnapshotRecord) -> SnapshotRow {
    let (checked, verdict) = match record.checked {
        None => (l.t("snapshot-unchecked"), Verdict::Plain),
        Some((day, true)) => (l.t1("snapshot-whole", "day", day), Verdict::Good),
        Some((day, false)) => (l.t1("snapshot-broken", "day", day), Verdict::Bad),
    };
    SnapshotRow {
        href: address(&record.name),
        short: short(&record.name),
        unit: web.house.scope_name(&record.scope),
        year: record.year.to_string(),
        // keys: act-*
        act: l.t(&format!("act-{}", record.act)),
        day: record.day.to_string(),
        by: record.by_name.clone(),
        households: number(record.households),
        persons: number(record.persons),
        checked,
        verdict,
    }
}

async fn one(signed: Signed, State(web): State<Web>, Path(name): Path<String>) -> Result<Response, Fail> {
    let found = opened(&web.house, &signed.actor, &name).await?;
    let (l, record, manifest) = (signed.l(), &found.record, &found.manifest);
    let may_take = signed.actor.may(Verb::ReadRegistry);
    let day = Day::last_of(record.year);
    let rules = l.tv("snapshot-rules-count", &[("n", number(manifest.rules.len())), ("day", day.to_string())]);
    let changes = ::snapshots::changes_between(&manifest.rules, &rule_versions(&web.house.norms, day));
    Ok(shown(&Snapshot {
        l,
        frame: signed.frame(Section::Review),
        row: row(&web, l, record),
        name: record.name.clone(),
        counts: counts(&web, l, record, manifest),
        rules,
        unconfirmed: manifest.head.unconfirmed.clone(),
        norm_changes: changes.iter().map(|change| norm_words(l, change)).collect(),
        files: files(l, &record.name, manifest, may_take),
        is_sample: record.is_sample,
        check_action: format!("{}/check", address(&record.name)),
        list_href: format!("/reporting/snapshots?{}", signed.period()),
    }))
}

/// What a norm's text of today says of the frozen one.
pub fn norm_words(l: Lang, change: &NormChange) -> String {
    match change {
        NormChange::Changed { norm, .. } => l.t1("snapshot-norm-changed", "norm", norm),
        NormChange::Gone { norm } => l.t1("snapshot-norm-gone", "norm", norm),
        NormChange::Added { norm } => l.t1("snapshot-norm-added", "norm", norm),
    }
}

fn counts(web: &Web, l: Lang, record: &SnapshotRecord, manifest: &Manifest) -> Vec<(String, String)> {
    let rules = web.house.rules(record.year, &web.house.province_of(&record.scope)).ok();
    let words = |count: ::snapshots::Count| {
        l.t2("snapshot-class-count", "households", number(count.households), "persons", number(count.persons))
    };
    let mut rows = vec![(l.t("total"), words(manifest.counts.all))];
    for (class, count) in &manifest.counts.classes {
        let known = rules.as_ref().and_then(|rules| rules.classes.value.get(class));
        let label = match known {
            Some(class) => crate::handlers::words::label(l, &class.label),
            None if class.is_empty() => l.t("snapshot-class-none"),
            None => class.clone(),
        };
        rows.push((label, words(*count)));
    }
    if manifest.counts.stale > 0 {
        rows.push((l.t("snapshot-stale"), number(manifest.counts.stale)));
    }
    rows
}

fn files(l: Lang, name: &str, manifest: &Manifest, may_take: bool) -> Vec<FileRow> {
    let row = |file: &::snapshots::FileEntry| {
        let stem = file.name.split('.').next().unwrap_or_default();
        FileRow {
            name: file.name.clone(),
            // keys: file-*
            what: l.t(&format!("file-{stem}")),
            rows: number(i64::try_from(file.rows).unwrap_or(i64::MAX)),
            bytes: number(i64::try_from(file.bytes).unwrap_or(i64::MAX)),
            sha256: short(&file.sha256),
            href: if may_take { format!("{}/files/{}", address(name), file.name) } else { String::new() },
        }
    };
    manifest.files.iter().map(row).collect()
}

async fn check(signed: Signed, State(web): State<Web>, Path(name): Path<String>) -> Result<Response, Fail> {
    let findings = check_snapshot(&web.house, &signed.actor, &name).await?;
    let key = if findings.is_empty() { "notice-snapshot-whole" } else { "notice-snapshot-broken" };
    signed.say(key).await;
    if findings.is_empty() {
        return Ok(see(&address(&name)));
    }
    // A snapshot whose manifest is not its own cannot be opened; the register can.
    Ok(see(&format!("/reporting/snapshots?{}", signed.period())))
}

async fn download(
    signed: Signed,
    State(web): State<Web>,
    Path((name, wanted)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let bytes = file(&web.house, &signed.actor, &name, &wanted).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.apache.parquet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}-{wanted}\"", short(&name))),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
