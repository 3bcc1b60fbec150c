//! A person's own password: changed by who knows the old one.

use app::access::change_password;
use app::{AppError, FieldFault};
use axum::Form as Posted;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::with_faults;
use crate::pages::access::OwnPassword;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::visitor::{Signed, hand_to, see};

/// `password_again` is asked for because nobody sees what they type.
#[derive(Deserialize)]
pub(super) struct Passwords {
    #[serde(default)]
    old_password: String,
    #[serde(default)]
    new_password: String,
    #[serde(default)]
    password_again: String,
}

pub(super) async fn page(signed: Signed) -> Response {
    shown(&page_of(&signed, &[]))
}

/// No password is written back into the page.
fn page_of(signed: &Signed, faults: &[FieldFault]) -> OwnPassword {
    OwnPassword { l: signed.l(), frame: signed.frame(Section::Outside), form: with_faults(Form::default(), faults) }
}

pub(super) async fn save(
    signed: Signed,
    State(web): State<Web>,
    Posted(posted): Posted<Passwords>,
) -> Result<Response, Fail> {
    let done = if posted.new_password == posted.password_again {
        change_password(&web.house, &signed.actor, &posted.old_password, &posted.new_password).await
    } else {
        Err(AppError::Form(vec![FieldFault::at("password_again", "field-password-differs")]))
    };
    match done {
        Ok(()) => {
            // Every other session of theirs ended with the old password.
            hand_to(&web.house, &signed.session, signed.actor.id).await?;
            signed.say("notice-password-changed").await;
            Ok(see("/"))
        }
        Err(AppError::Form(faults)) => Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page_of(&signed, &faults))),
        Err(other) => Err(other.into()),
    }
}
