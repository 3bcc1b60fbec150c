//! Tokens: each stands for one content, so a survey is stored once however often it is sent, and a correction is one more.

use domain::access::Actor;
use storage::{SurveyRecord, Work};

use super::sent::{Content, SentSurvey};
use crate::AppError;
use crate::digest::hash_of;

/// What the register knows of a token.
pub(super) enum Known {
    Not,
    Stored(SurveyRecord),
    /// The token stands for other answers: a form sent a second time after it was changed. It is a correction of the first.
    Otherwise(SentSurvey),
}

/// A token stands for one content. The same token with another one is stored as a survey made from the first, under a token
/// that follows from the content, so that it too is stored once however often it is sent.
pub(super) async fn known(
    work: &mut dyn Work,
    actor: &Actor,
    sent: &SentSurvey,
    content: &Content,
) -> Result<Known, AppError> {
    let hash = hash_of(content.written()?.as_bytes());
    let after = format!("{}.{}", sent.token, hash.get(..12).unwrap_or_default());
    let found = work.surveys_by_token(&actor.scope, &[sent.token.clone(), after.clone()]).await?;
    let is_same = |r: &SurveyRecord| serde_json::from_str::<Content>(&r.content).is_ok_and(|known| known == *content);
    let same = |r: &&SurveyRecord| r.household == sent.household && (r.token == after || is_same(r));
    if let Some(stored) = found.iter().find(same) {
        return Ok(Known::Stored(stored.clone()));
    }
    if found.is_empty() {
        return Ok(Known::Not);
    }
    Ok(Known::Otherwise(SentSurvey { token: after, based_on: Some(sent.token.clone()), ..sent.clone() }))
}
