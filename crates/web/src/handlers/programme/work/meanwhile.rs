//! Somebody else saved a record while it was being put right: what stands now beside what was typed, over the version that
//! stands. Whoever they listed in between stays ticked, so that a second save takes nobody away unseen.

use app::Entry;
use axum::http::StatusCode;

use super::said::{Posted, Refused};
use crate::handlers::words::{moment, number};
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::Notice;
use crate::pages::programme::work::Meanwhile;
use crate::visitor::Signed;

/// `stands` is the record as its form would hold it; `words` names a field and says its value, or leaves it out.
pub fn meanwhile(
    signed: &Signed,
    posted: &Posted,
    (stands, past): (&Form, &[Entry]),
    words: impl Fn(&str, &str) -> Option<(String, String)>,
) -> (Refused, Vec<Meanwhile>) {
    let l = signed.l();
    let mut rows: Vec<Meanwhile> = Vec::new();
    for (field, now) in stands.values().filter(|(field, now)| posted.text(field) != *now) {
        let (Some((label, now)), Some((_, typed))) = (words(field, now), words(field, &posted.text(field))) else {
            continue;
        };
        rows.push(Meanwhile { label, now, typed });
    }
    let listed_now: Vec<&str> = stands.values().filter(|(field, _)| *field == "kept").map(|(_, id)| id).collect();
    let kept = posted.all("kept");
    if kept.len() != listed_now.len() || kept.iter().any(|id| !listed_now.contains(&id.as_str())) {
        let (now, typed) = (number(listed_now.len()), number(kept.len()));
        rows.push(Meanwhile { label: l.t("activity-people"), now, typed });
    }
    let offered = posted.all("offered");
    let added = listed_now.iter().filter(|id| !offered.iter().any(|offered| offered == *id));
    let mut values: Vec<(String, String)> = posted.form().into_values();
    values.retain(|(name, _)| name != "version");
    values.push(("version".to_owned(), stands.value("version").to_owned()));
    values.extend(added.map(|id| ("kept".to_owned(), (*id).to_owned())));
    let (who, at) = past.first().map(|entry| (entry.actor_name.clone(), moment(entry.at_ms))).unwrap_or_default();
    let mut frame = signed.frame(Section::Targets);
    frame.notice = Some(Notice::warn(l.t2("work-meanwhile", "who", who, "at", at)));
    (Refused { form: Form::new(values), frame, lines: Vec::new(), status: StatusCode::CONFLICT }, rows)
}
