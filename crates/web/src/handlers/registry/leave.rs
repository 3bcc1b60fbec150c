//! Somebody of a household died or moved away, or was written down by mistake and never lived there.

use app::AppError;
use app::registry::{HouseholdView, Saved, record_death, record_departure, remove_mistaken};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use kernel::PersonId;

use super::choices::present;
use super::posted::{Edits, Filled, OnHousehold, Posted, again, done, same, subject};
use crate::Web;
use crate::fail::Fail;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::Choice;
use crate::pages::registry::Leave;
use crate::visitor::Signed;

pub fn routes() -> Router<Web> {
    Router::new().route("/registry/households/{id}/leave", get(leave).post(record))
}

/// Why somebody is no longer in the household, as the form says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Died,
    MovedAway,
    Mistaken,
}

impl Why {
    const ALL: [Self; 3] = [Self::Died, Self::MovedAway, Self::Mistaken];

    fn id(self) -> &'static str {
        match self {
            Self::Died => "died",
            Self::MovedAway => "moved_away",
            Self::Mistaken => "mistaken",
        }
    }

    fn notice(self) -> &'static str {
        match self {
            Self::Died => "notice-death-recorded",
            Self::MovedAway => "notice-departure-recorded",
            Self::Mistaken => "notice-mistake-removed",
        }
    }
}

impl std::str::FromStr for Why {
    type Err = ();

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|why| why.id() == id).ok_or(())
    }
}

async fn leave(OnHousehold { signed, view, .. }: OnHousehold<Edits>) -> Response {
    page(&signed, &view, Filled::fresh(&signed, Form::default()))
}

fn page(signed: &Signed, view: &HouseholdView, filled: Filled) -> Response {
    let l = signed.l();
    let page = Leave {
        l,
        frame: filled.frame,
        form: filled.form,
        subject: subject(view),
        members: present(view),
        // keys: leave-*
        reasons: Why::ALL.map(|why| Choice::new(why.id(), l.t(&format!("leave-{}", why.id())))).to_vec(),
    };
    answer(filled.status, &page)
}

async fn record(
    State(web): State<Web>,
    OnHousehold { signed, view, .. }: OnHousehold<Edits>,
    posted: Posted,
) -> Result<Response, Fail> {
    match store(&web, &signed, &view, &posted).await {
        Ok((saved, why)) => Ok(done(&signed, &saved, why.notice()).await),
        Err(error) => Ok(page(&signed, &view, again(&signed, Some(&view), &posted, error, same)?)),
    }
}

async fn store(web: &Web, signed: &Signed, view: &HouseholdView, posted: &Posted) -> Result<(Saved, Why), AppError> {
    let (house, actor, seen) = (&web.house, &signed.actor, posted.seen(view.household.id));
    let day = posted.text("day");
    let (person, why): (PersonId, Why) = match (posted.chosen("person"), posted.chosen("reason")) {
        (Ok(person), Ok(why)) => (person, why),
        (person, why) => return Err(AppError::Form([person.err(), why.err()].into_iter().flatten().collect())),
    };
    let saved = match why {
        Why::Died => record_death(house, actor, seen, person, &day).await?,
        Why::MovedAway => record_departure(house, actor, seen, person, &day).await?,
        Why::Mistaken => remove_mistaken(house, actor, seen, person, &posted.text("note")).await?,
    };
    Ok((saved, why))
}
