//! Without signing in: anybody may assess their own household, and a household may ask after itself with its code and the
//! head's birth date. So many tries a minute from one address; nothing of an assessment is stored.

use app::AppError;
use app::registry::AssessmentInput;
use app::review::requests::{LookUp, LookedUp, OwnView, code_of, file_online, look_up};
use app::review::self_check::{MOST_PERSONS, SelfCheck, SelfResult, assess_self, person_id, self_check};
use axum::Form as Received;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::review::request::RequestKind;
use domain::review::unplaced::{Placed, UnplacedRequest};
use norms::Area;
use serde::Deserialize;

use crate::Web;
use crate::fail::{Fail, said, shown};
use crate::handlers::registry::posted::Posted;
use crate::handlers::registry::survey::{question, sort_in};
use crate::handlers::review::papers::blanks;
use crate::handlers::review::rounds::{kind_words, law_words_of};
use crate::handlers::words::{class_tag, label, points, with_faults};
use crate::language::Lang;
use crate::limit::Peer;
use crate::pages::answer;
use crate::pages::form::Form;
use crate::pages::parts::{Choice, Notice};
use crate::pages::review::{PersonPart, Question, QuestionKind};
use crate::pages::survey::{OwnHousehold, OwnRequest, SelfAnswer, SelfCheckPage};
use crate::visitor::Visitor;

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/self-check", get(page).post(check))
        .route("/household", get(own_page).post(own))
        .route("/household/request", post(ask))
}

#[derive(Deserialize)]
struct Persons {
    persons: Option<usize>,
}

async fn page(visitor: Visitor, State(web): State<Web>, Query(asked): Query<Persons>) -> Result<Response, Fail> {
    let check = self_check(&web.house).await?;
    let persons = asked.persons.unwrap_or(2).clamp(1, MOST_PERSONS);
    let form = Form::new([("area", "rural"), ("persons", &persons.to_string())]);
    Ok(shown(&build(&visitor, &check, persons, form, None)))
}

fn build(
    visitor: &Visitor,
    check: &SelfCheck,
    persons: usize,
    form: Form,
    result: Option<SelfAnswer>,
) -> SelfCheckPage {
    let l = visitor.frame.l;
    let facts = &check.rules.facts.value;
    let person = |place: usize| PersonPart {
        title: l.t1("self-person", "n", place + 1),
        questions: std::iter::once(Question {
            field: format!("birth.{place}"),
            label: l.t("label-birth"),
            hint: l.t("self-birth-hint"),
            kind: QuestionKind::Number,
            choices: Vec::new(),
            unit: String::new(),
        })
        .chain(facts.person.iter().map(|fact| question(l, format!("person.{}.{}", person_id(place), fact.id), fact)))
        .collect(),
    };
    SelfCheckPage {
        l,
        frame: visitor.frame.clone(),
        form,
        persons: (1..=MOST_PERSONS).map(|n| Choice::new(n.to_string(), n.to_string())).collect(),
        areas: Area::BOTH.iter().map(|a| Choice::new(a.id(), l.t(&format!("area-{}", a.id())))).collect(),
        household: facts.household.iter().map(|fact| question(l, format!("household.{}", fact.id), fact)).collect(),
        members: (0..persons).map(person).collect(),
        items: items(l, check),
        result,
    }
}

fn items(l: Lang, check: &SelfCheck) -> Vec<Question> {
    let item = |item: &norms::PackItem| Question {
        field: format!("answer.{}", item.id),
        label: label(l, &item.label),
        hint: String::new(),
        kind: QuestionKind::Select,
        choices: item.answers.iter().map(|a| Choice::new(a.id.clone(), label(l, &a.label))).collect(),
        unit: String::new(),
    };
    check.pack.iter().flat_map(|pack| &pack.items).map(item).collect()
}

async fn check(
    visitor: Visitor,
    peer: Peer,
    State(web): State<Web>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    peer.may_try(&web)?;
    let posted = Posted(posted);
    let check = self_check(&web.house).await?;
    let persons = posted.text("persons").parse().unwrap_or(1usize).clamp(1, MOST_PERSONS);
    let form = Form::new(posted.0.clone());
    // «Đổi số người» only asks for more or fewer questions.
    if posted.get("resize").is_some() {
        return Ok(shown(&build(&visitor, &check, persons, form, None)));
    }
    let mut input = AssessmentInput::default();
    for (field, value) in &posted.0 {
        sort_in(&mut input, field, value.trim());
    }
    let births: Vec<String> = (0..persons).map(|place| posted.text(&format!("birth.{place}"))).collect();
    let area = Area::from_id(&posted.text("area")).unwrap_or(Area::Rural);
    match assess_self(&check, area, &births, &input) {
        Ok(result) => {
            let told = told(visitor.frame.l, &check, &result);
            Ok(shown(&build(&visitor, &check, persons, form, Some(told))))
        }
        Err(AppError::Form(faults)) => {
            let page = build(&visitor, &check, persons, with_faults(form, &faults), None);
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other.into()),
    }
}

fn told(l: Lang, check: &SelfCheck, result: &SelfResult) -> SelfAnswer {
    let indicators = &check.rules.indicators.value.indicators;
    let name = |number: u8| indicators.iter().find(|i| i.number == number).map(|i| label(l, &i.label));
    let of = |wanted: Option<bool>| {
        result.findings.iter().filter(|f| f.deprived == wanted).filter_map(|f| name(f.number)).collect::<Vec<_>>()
    };
    SelfAnswer {
        class: result.class.as_ref().map(|class| class_tag(l, &check.rules, Some(class))),
        says: result.rule.as_ref().map(|rule| label(l, &rule.says)).unwrap_or_default(),
        b1: points(result.b1),
        b2: points(result.b2),
        lacks: of(Some(true)),
        open: of(None),
        law: law_words_of(check.rules.class_rules.basis.citation.as_ref()),
    }
}

async fn own_page(visitor: Visitor) -> Response {
    shown(&own_household(&visitor, Form::default(), None, None))
}

fn own_household(visitor: &Visitor, form: Form, found: Option<OwnRequest>, notice: Option<Notice>) -> OwnHousehold {
    let l = visitor.frame.l;
    let kinds = [RequestKind::Enter, RequestKind::Leave, RequestKind::AverageLiving];
    OwnHousehold {
        l,
        frame: crate::handlers::review::rounds::with_notice(visitor.frame.clone(), notice),
        form,
        found,
        kinds: kinds.iter().map(|k| Choice::new(k.id(), kind_words(l, *k))).collect(),
        blanks: blanks(l),
    }
}

fn asked(posted: &Posted) -> LookUp {
    LookUp { code: posted.text("code"), birth: posted.text("birth") }
}

async fn own(
    visitor: Visitor,
    peer: Peer,
    State(web): State<Web>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    peer.may_try(&web)?;
    let posted = Posted(posted);
    let form = Form::new(posted.0.clone());
    match look_up(&web.house, &asked(&posted)).await {
        Ok(LookedUp::Own(found)) => {
            let shown_to = own_request(visitor.frame.l, &web, &found)?;
            Ok(shown(&own_household(&visitor, form, Some(shown_to), None)))
        }
        Ok(LookedUp::Unplaced(request)) => {
            let notice = Notice::good(placed_words(visitor.frame.l, &request));
            Ok(shown(&own_household(&visitor, form, None, Some(notice))))
        }
        Err(error) => Ok(refused(&visitor, form, &error)),
    }
}

fn refused(visitor: &Visitor, form: Form, error: &AppError) -> Response {
    let page = if let AppError::Form(faults) = error {
        own_household(visitor, with_faults(form, faults), None, None)
    } else {
        let text = said(visitor.frame.l, error);
        own_household(visitor, form, None, Some(Notice { tone: "v-notice--bad", text }))
    };
    answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Where a request stands that came without a code; the code is told to whoever asked, once the household is found.
fn placed_words(l: Lang, request: &UnplacedRequest) -> String {
    match &request.placed {
        None => l.t1("ask-waiting", "day", request.received),
        Some((day, _, Placed::Household { household, .. })) => {
            l.t2("ask-placed", "day", day, "code", code_of(*household))
        }
        Some((day, _, Placed::NotFound { answer })) => l.t2("ask-answered", "day", day, "text", answer),
    }
}

fn own_request(l: Lang, web: &Web, found: &OwnView) -> Result<OwnRequest, Fail> {
    let rules = web.house.rules(found.year, "").map_err(AppError::from)?;
    let line = |request: &domain::review::request::Request| {
        let state = match &request.decision {
            Some(decision) if decision.granted => l.t("request-granted"),
            Some(decision) => format!("{}: {}", l.t("request-refused"), decision.reasons),
            None => l.t("request-open"),
        };
        let due = request.due.map(|day| l.t1("round-due", "day", day)).unwrap_or_default();
        (kind_words(l, request.kind), format!("{}: {state}. {due}", request.received))
    };
    Ok(OwnRequest {
        head: found.head.clone(),
        class: found.decided.as_ref().map(|(class, number)| (class_tag(l, &rules, Some(class)), number.clone())),
        requests: found.requests.iter().map(line).collect(),
    })
}

async fn ask(
    visitor: Visitor,
    peer: Peer,
    State(web): State<Web>,
    Received(posted): Received<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    peer.may_try(&web)?;
    let posted = Posted(posted);
    let form = Form::new(posted.0.clone());
    let l = visitor.frame.l;
    let kind = RequestKind::from_id(&posted.text("kind")).unwrap_or(RequestKind::Enter);
    match file_online(&web.house, &asked(&posted), kind, &posted.text("reason")).await {
        Ok(_) => {
            let notice = Some(Notice::good(l.t("notice-request-filed")));
            let own = match look_up(&web.house, &asked(&posted)).await? {
                LookedUp::Own(found) => Some(own_request(l, &web, &found)?),
                LookedUp::Unplaced(_) => None,
            };
            Ok(shown(&own_household(&visitor, form, own, notice)))
        }
        Err(error) => Ok(refused(&visitor, form, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_a_person_goes_to_that_person() {
        let mut input = AssessmentInput::default();
        sort_in(&mut input, &format!("person.{}.insured", person_id(1)), "yes");
        assert_eq!(input.person_facts.keys().copied().collect::<Vec<_>>(), [person_id(1)]);
    }
}
