//! Cases that go by income: the list that hung at the commune office, and the decision on who is recognised. One paper names
//! everybody of its kind whose result was hung out, or decided, with it.

use documents::official::context::{IncomeDecision, IncomeLine, IncomeList};
use documents::official::{Format, PaperKind, in_words};
use domain::access::{Actor, Verb, check};
use domain::registry::Household;
use domain::review::request::{Income, Request, RequestKind};
use domain::units::{Scope, ScopeLevel};
use kernel::RequestId;
use storage::Work;

use super::commune::carried_out_by;
use super::drawn;
use super::letter::article_words;
use super::office::{Office, chairman, for_committee, term_words};
use crate::review::requests::{citation, income_route};
use crate::review::rounds::Law;
use crate::{AppError, House};

/// `income_list` or `income_decision` of a request.
pub async fn income_paper(
    house: &House,
    actor: &Actor,
    id: RequestId,
    kind: PaperKind,
    format: Format,
) -> Result<Vec<u8>, AppError> {
    check(actor, Verb::ReadRegistry)?;
    let mut work = house.store.read().await?;
    let request = work.request(&actor.scope, id).await?.ok_or(AppError::Missing("request"))?;
    let office = Office::of(house, work.as_mut(), &request.place).await?;
    let desk = Desk { house, office, request };
    match kind {
        PaperKind::IncomeList => drawn(house, desk.list(work.as_mut()).await?, format).await,
        PaperKind::IncomeDecision => drawn(house, desk.decision(work.as_mut()).await?, format).await,
        _ => Err(AppError::Missing("paper")),
    }
}

struct Desk<'a> {
    house: &'a House,
    office: Office<'a>,
    request: Request,
}

impl Desk<'_> {
    fn commune(&self) -> Scope {
        let place = &self.request.place;
        Scope::new(place.units_from, ScopeLevel::Commune, place.commune.clone())
    }

    async fn list(&self, work: &mut dyn Work) -> Result<IncomeList, AppError> {
        let posting = self.request.posting.as_ref().ok_or(AppError::Missing("paper"))?;
        let law = Law::on(self.house, posting.first)?;
        let route = income_route(self.house, self.request.kind, posting.first)?.value;
        let hung_with = |other: &Request| {
            let with = other.posting.as_ref().filter(|it| (it.first, it.last) == (posting.first, posting.last))?;
            Some(with.income.clone())
        };
        Ok(IncomeList {
            standing: self.office.standing(work, &law).await?,
            head: self.office.head("", "DS-UBND", Some(posting.first)),
            what: what(self.request.kind).to_owned(),
            commune: self.office.unit.clone(),
            bases: self.office.bases("income_list", posting.first)?,
            above: posting.income.limits.0.max(0),
            up_to: posting.income.limits.1,
            lines: self.lines(work, hung_with).await?,
            posted_at: route.places.iter().map(|place| place.vi.clone()).collect(),
            first_day: posting.first,
            last_day: posting.last,
            recheck_within: term_words(route.recheck),
            complaints_to: self.office.agency(),
            signer: for_committee(""),
            recipients: vec!["Lưu: VT".to_owned()],
        })
    }

    async fn decision(&self, work: &mut dyn Work) -> Result<IncomeDecision, AppError> {
        let decision = self.request.decision.as_ref().filter(|decision| decision.granted);
        let decision = decision.ok_or(AppError::Missing("paper"))?;
        let posting = self.request.posting.as_ref().ok_or(AppError::Missing("paper"))?;
        let law = Law::on(self.house, decision.day)?;
        let decided_with = |other: &Request| {
            let same = |d: &&domain::review::request::RequestDecision| {
                d.granted && d.number == decision.number && d.day == decision.day
            };
            other.decision.as_ref().filter(same)?;
            other.income.clone()
        };
        let article = citation(self.house, self.request.kind, decision.day);
        let mut grounds: Vec<String> =
            article.iter().map(|citation| format!("Căn cứ {}", article_words(citation))).collect();
        let (first, last) = (in_words(posting.first), in_words(posting.last));
        grounds.push(format!("Xét kết quả niêm yết công khai từ {first} đến hết {last}"));
        Ok(IncomeDecision {
            standing: self.office.standing(work, &law).await?,
            head: self.office.head(&decision.number, "QĐ-UBND", Some(decision.day)),
            authority: self.office.authority(),
            what: what(self.request.kind).to_owned(),
            commune: self.office.unit.clone(),
            bases: self.office.bases("income_decision", decision.day)?,
            grounds,
            lines: self.lines(work, decided_with).await?,
            carried_out_by: carried_out_by(),
            signer: chairman(&decision.signer),
            recipients: vec!["Như Điều 3".to_owned(), "Lưu: VT".to_owned()],
        })
    }

    /// The cases of the same kind in the commune that `with` gives an income for, by head.
    async fn lines(
        &self,
        work: &mut dyn Work,
        with: impl Fn(&Request) -> Option<Income> + Send + Sync,
    ) -> Result<Vec<IncomeLine>, AppError> {
        let scope = self.commune();
        let requests = work.requests(&scope, self.request.year).await?;
        let found: Vec<(Request, Income)> = requests
            .into_iter()
            .filter(|request| request.kind == self.request.kind)
            .filter_map(|request| with(&request).map(|income| (request, income)))
            .collect();
        let ids: Vec<_> = found.iter().map(|(request, _)| request.household).collect();
        let households = work.households_by_id(&scope, &ids).await?;
        let villages = work.villages(&scope).await?;
        let line = |(request, income): &(Request, Income)| {
            let household = households.iter().find(|household| household.id == request.household)?;
            let village = villages.iter().find(|village| village.id == household.place.village);
            Some(line_of(request, household, village.map(|village| village.name.clone()), income))
        };
        let mut lines: Vec<IncomeLine> = found.iter().filter_map(line).collect();
        lines.sort_by_cached_key(|line| kernel::text::person_sort_key(&line.name));
        Ok(lines)
    }
}

fn line_of(request: &Request, household: &Household, address: Option<String>, income: &Income) -> IncomeLine {
    let worker = request.person.and_then(|id| household.member(id)).map(|member| &member.person);
    let person = worker.or_else(|| household.head().map(|member| &member.person));
    IncomeLine {
        name: person.map_or_else(|| household.head_name().to_owned(), |person| person.name.clone()),
        birth_year: person.and_then(|person| person.birth).map(|birth| birth.year),
        address,
        persons: income.persons,
        per_month: income.per_month,
    }
}

fn what(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::LowIncomeWorker => "người lao động có thu nhập thấp",
        RequestKind::AverageLiving | RequestKind::Enter | RequestKind::Leave => "hộ có mức sống trung bình",
    }
}
