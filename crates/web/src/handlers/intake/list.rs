//! The imports of a unit, newest first.

use app::review::intake::intakes;
use app::{IntakeRecord, IntakeState};
use axum::extract::State;
use axum::response::Response;

use super::done::count;
use super::{address, file_name, frame};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{moment, number};
use crate::language::Lang;
use crate::pages::parts::Verdict;
use crate::pages::review::intake::{IntakeRow, Intakes};
use crate::visitor::Signed;

pub async fn page(signed: Signed, State(web): State<Web>) -> Result<Response, Fail> {
    let l = signed.l();
    let known = intakes(&web.house, &signed.actor).await?;
    let here = known.iter().filter(|record| web.house.lies_in(&record.scope, &signed.scope));
    Ok(shown(&Intakes {
        l,
        frame: frame(&signed, None),
        rows: here.map(|record| row(l, record)).collect(),
        upload_href: format!("/review/intake?{}", signed.period()),
    }))
}

fn row(l: Lang, record: &IntakeRecord) -> IntakeRow {
    let (state, verdict) = match record.state {
        IntakeState::Staged => ("intake-state-staged", Verdict::Open),
        IntakeState::Applied => ("intake-state-applied", Verdict::Good),
        IntakeState::Undone => ("intake-state-undone", Verdict::Plain),
        IntakeState::Dropped => ("intake-state-dropped", Verdict::Plain),
    };
    let counts = ["created", "changed", "unchanged", "aside"].map(|name| number(count(record, name)));
    IntakeRow {
        href: address(record.id),
        file_name: file_name(l, record),
        year: record.year.to_string(),
        at: moment(record.at_ms),
        by: record.by_name.clone(),
        state: l.t(state),
        verdict,
        summary: if record.summary.is_empty() { String::new() } else { counts.join(" / ") },
    }
}
