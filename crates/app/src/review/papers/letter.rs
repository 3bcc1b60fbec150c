//! The answer in writing when a request is not granted: every reason with its number and its article.

use documents::official::Format;
use documents::official::context::{RefusalLetter, RefusalReason};
use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::classify;
use domain::review::request::{Request, RequestKind};
use domain::review::round::{Reason, Recognised, VillageRound};
use kernel::{Day, Points, RequestId};
use norms::{Area, Citation, Rulebook};
use storage::Work;

use super::commune::{Decided, written};
use super::drawn;
use super::lists::class_word;
use super::office::{Office, for_committee, lowered};
use crate::review::requests::code_of;
use crate::review::rounds::Law;
use crate::{AppError, House};

/// The letter to a household whose request was refused.
pub async fn request_letter(house: &House, actor: &Actor, id: RequestId, format: Format) -> Result<Vec<u8>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let request = work.request(&actor.scope, id).await?.ok_or(AppError::Missing("request"))?;
    let decision = request.decision.clone().filter(|decision| !decision.granted).ok_or(AppError::Missing("paper"))?;
    let household = work.household(&actor.scope, request.household).await?.ok_or(AppError::Missing("household"))?;
    let office = Office::of(house, work.as_mut(), &request.place).await?;
    let law = Law::on(house, decision.day)?;
    let village = work.villages(&actor.scope).await?.into_iter().find(|v| v.id == request.place.village);
    let village = village.map(|v| v.name).unwrap_or_default();
    let article = crate::review::requests::citation(house, request.kind, decision.day).as_ref().map(article_words);
    let reasons = decision
        .reasons
        .lines()
        .filter_map(|line| super::office::filled(line).map(|words| RefusalReason { words, article: article.clone() }));
    let letter = RefusalLetter {
        standing: office.standing(work.as_mut(), &law).await?,
        reasons: reasons.collect(),
        ..letter(&office, &household, &village, asked_words(request.kind), &decision.number, decision.day)?
    };
    let letter = RefusalLetter { received_on: request.received, signer: for_committee(&decision.signer), ..letter };
    drawn(house, letter, format).await
}

/// The letter to a household that asked, was reviewed with the others and is not recognised.
pub(super) async fn of_line(
    house: &House,
    work: &mut dyn Work,
    decided: &Decided<'_>,
    line: &Recognised,
) -> Result<RefusalLetter, AppError> {
    if !line.refused {
        return Err(AppError::Missing("paper"));
    }
    let known = decided.known(work, &[line.household]).await?;
    let household = known.households.get(&line.household).ok_or(AppError::Missing("household"))?;
    let village = known.villages.get(&line.village).map(String::as_str).unwrap_or_default();
    let rounds = work.village_rounds(&decided.scope, decided.round.year, decided.round.route).await?;
    let request = request_of(work, decided, &rounds, line).await?;
    let asked = request.as_ref().map_or(RequestKind::Enter, |request| request.kind);
    let letter = letter(
        &decided.office,
        household,
        village,
        asked_words(asked),
        &written(line.letter_number),
        decided.recognition.day,
    )?;
    let class = lowered(&class_word(&decided.rules, line.outcome.class.as_deref()));
    Ok(RefusalLetter {
        standing: decided.office.standing(work, &decided.law).await?,
        received_on: request.map_or(decided.recognition.day, |request| request.received),
        reasons: reasons(line, &decided.rules, crate::registry::area_of(house, &household.place, &decided.rules)),
        result: class,
        signer: for_committee(&decided.recognition.signer),
        ..letter
    })
}

async fn request_of(
    work: &mut dyn Work,
    decided: &Decided<'_>,
    rounds: &[VillageRound],
    line: &Recognised,
) -> Result<Option<Request>, AppError> {
    let reviewed = rounds.iter().find_map(|round| round.reviews(line.household));
    let Some(Reason::Requested { request }) = reviewed.map(|household| &household.reason) else { return Ok(None) };
    Ok(work.request(&decided.scope, *request).await?)
}

/// `khoản 1 Điều 5 Quyết định 24/2021/QĐ-TTg`.
pub(super) fn article_words(citation: &Citation) -> String {
    format!("{} {}", citation.article.as_deref().unwrap_or_default(), citation.act).trim().to_owned()
}

/// The scores, then the line they passed or missed, in the words of the rule that gave the class.
fn reasons(line: &Recognised, rules: &Rulebook, area: Option<Area>) -> Vec<RefusalReason> {
    let article = rules.class_rules.basis.citation.as_ref().map(article_words);
    let (b1, b2) = (line.outcome.b1, line.outcome.b2);
    let of = |name: &str, points: Option<Points>| {
        let words = format!("Điểm {name} của hộ là {}", points?);
        Some(RefusalReason { words, article: None })
    };
    let rule = area.and_then(|area| classify(area, b1, b2, rules));
    let rule = rule.filter(|found| Some(found.class) == line.outcome.class.as_deref());
    let rule = rule.map(|found| {
        let words = found.rule.says.vi.trim_end_matches('.').to_owned();
        RefusalReason { words, article: article.clone() }
    });
    [of("B1", b1), of("B2", b2), rule].into_iter().flatten().collect()
}

fn asked_words(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Enter => "rà soát, công nhận hộ nghèo, hộ cận nghèo",
        RequestKind::Leave => "công nhận hộ thoát nghèo, hộ thoát cận nghèo",
        RequestKind::AverageLiving => "xác định hộ có mức sống trung bình",
        RequestKind::LowIncomeWorker => "xác định người lao động có thu nhập thấp",
    }
}

/// What every letter has.
fn letter(
    office: &Office<'_>,
    household: &Household,
    village: &str,
    asked: &str,
    number: &str,
    day: Day,
) -> Result<RefusalLetter, AppError> {
    Ok(RefusalLetter {
        standing: documents::official::Standing::default(),
        head: office.head(number, "UBND", Some(day)),
        to: format!("Ông/Bà {}", household.head_name()),
        to_address: office.address(village),
        household_code: Some(code_of(household.id)),
        asked: asked.to_owned(),
        received_on: day,
        bases: office.bases("refusal_letter", day)?,
        reasons: Vec::new(),
        result: "không đủ điều kiện theo giấy đề nghị".to_owned(),
        objection: format!(
            "Nếu không đồng ý với kết quả này, ông/bà có thể gửi khiếu nại đến {} để được phúc tra theo quy định.",
            office.agency()
        ),
        signer: for_committee(""),
        recipients: vec!["Như trên".to_owned(), village.to_owned(), "Lưu: VT".to_owned()],
    })
}
