//! The part of a request that goes by income: determined, posted, objected to, rechecked, granted. What was found before and
//! what hung stay beside what was found later.

use kernel::Day;
use norms::{Area, Standard};
use serde::{Deserialize, Serialize};

use super::{Request, RequestDecision, RequestKind, RequestRefusal, RequestStop, UnderRoute, signed};
use crate::review::deadline::last_day;

/// Income of the months before, in đồng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Income {
    pub day: Day,
    /// Everything that came in.
    pub total: i64,
    /// Social allowances of the State, which do not count.
    pub allowances: i64,
    /// Members it is divided by; one for a worker.
    pub persons: u16,
    /// Per person and month, whole đồng, rounded down.
    pub per_month: i64,
    /// Lies within what the law sets.
    pub fits: bool,
    /// Its limits, in đồng per person and month: above the first, up to the second.
    pub limits: (i64, i64),
}

/// Posting of an income case, and all that was said against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomePosting {
    pub first: Day,
    pub last: Day,
    /// What hangs there; a recheck does not touch it.
    pub income: Income,
    #[serde(default)]
    pub objections: Vec<IncomeObjection>,
}

/// Somebody says that an income is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomeObjection {
    /// Counts from 1 within the posting.
    pub number: u32,
    pub day: Day,
    pub text: String,
    pub recheck_by: Day,
    /// The day of the answer and its words.
    pub answer: Option<(Day, String)>,
}

impl IncomePosting {
    /// Objections without an answer.
    pub fn open(&self) -> impl Iterator<Item = &IncomeObjection> {
        self.objections.iter().filter(|objection| objection.answer.is_none())
    }
}

/// The limits of income for a kind of request: above the first, up to the second.
pub fn income_limits(kind: RequestKind, standard: &Standard, area: Area) -> Option<(i64, i64)> {
    match kind {
        RequestKind::AverageLiving => standard.average_living_income.as_ref().map(|band| *band.of(area)),
        RequestKind::LowIncomeWorker => standard.low_income_worker_max.as_ref().map(|max| (-1, *max.of(area))),
        RequestKind::Enter | RequestKind::Leave => None,
    }
}

impl Request {
    /// Income of the months before the request, without the allowances of the State, per person and month.
    /// `money` is everything that came in and, of that, the allowances. Once posted it is determined again only to recheck an
    /// objection; what was found before is kept.
    pub fn determine(
        mut self,
        money: (i64, i64),
        persons: u16,
        (standard, area): (&Standard, Area),
        under: UnderRoute<'_>,
    ) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        if !self.kind.by_income() {
            return Err(RequestStop::NotByIncome.by(under.law()));
        }
        if under.day < self.opens {
            return Err(RequestStop::NotOpen { opens: self.opens }.by(under.law()));
        }
        under.follows(self.received)?;
        if let Some(posting) = &self.posting {
            let raised = posting.open().map(|objection| objection.day).min();
            under.follows(raised.ok_or_else(|| RequestStop::NothingToRecheck.by(under.law()))?)?;
        }
        let limits = income_limits(self.kind, standard, area).ok_or_else(|| RequestStop::NoLimits.by(under.law()))?;
        let parts = i64::from(persons.max(1)) * i64::from(under.route.value.income_months.max(1));
        let (total, allowances) = money;
        // Compared before anything is rounded: one đồng above the line is above it.
        let counted = total - allowances;
        let fits = counted > limits.0.saturating_mul(parts) && counted <= limits.1.saturating_mul(parts);
        let per_month = counted.div_euclid(parts);
        let income = Income { day: under.day, total, allowances, persons, per_month, fits, limits };
        self.earlier_incomes.extend(self.income.replace(income));
        Ok(self)
    }

    pub fn post(mut self, under: UnderRoute<'_>) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        if let Some(posting) = &self.posting {
            return Err(RequestStop::StillPosted { until: posting.last }.by(under.law()));
        }
        let income = self.income.clone().ok_or_else(|| RequestStop::NoIncome.by(under.law()))?;
        under.follows(income.day)?;
        if !income.fits {
            return Err(RequestStop::IncomeDoesNotFit.by(under.law()));
        }
        let last = last_day(under.calendar, under.day, under.route.value.posting)
            .map_err(|gap| RequestStop::from(gap).by(under.law()))?;
        self.posting = Some(IncomePosting { first: under.day, last, income, objections: Vec::new() });
        Ok(self)
    }

    pub fn object(mut self, text: &str, under: UnderRoute<'_>) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        let recheck_by = last_day(under.calendar, under.day, under.route.value.recheck)
            .map_err(|gap| RequestStop::from(gap).by(under.law()))?;
        let posting = self.posting.as_mut().ok_or_else(|| RequestStop::NotPosted.by(under.law()))?;
        under.follows(posting.first)?;
        if under.day > posting.last {
            return Err(RequestStop::ObjectionTooLate { until: posting.last }.by(under.law()));
        }
        if text.trim().is_empty() {
            return Err(RequestStop::NoReasons.by(under.law()));
        }
        let number = u32::try_from(posting.objections.len()).unwrap_or(u32::MAX).saturating_add(1);
        let text = text.trim().to_owned();
        posting.objections.push(IncomeObjection { number, day: under.day, text, recheck_by, answer: None });
        Ok(self)
    }

    /// Answers one objection; where the income was determined again meanwhile, that one counts from now on.
    pub fn answer(mut self, number: u32, text: &str, under: UnderRoute<'_>) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        let posting = self.posting.as_mut().ok_or_else(|| RequestStop::NotPosted.by(under.law()))?;
        let objection = posting.objections.iter_mut().find(|objection| objection.number == number);
        let objection = objection.filter(|objection| objection.answer.is_none());
        let objection = objection.ok_or_else(|| RequestStop::NothingToRecheck.by(under.law()))?;
        under.follows(objection.day)?;
        if text.trim().is_empty() {
            return Err(RequestStop::NoReasons.by(under.law()));
        }
        objection.answer = Some((under.day, text.trim().to_owned()));
        Ok(self)
    }

    /// Grants an income case: its income fits, its posting is over, every objection answered.
    pub fn grant(mut self, decision: RequestDecision, under: UnderRoute<'_>) -> Result<Self, RequestRefusal> {
        self.must_be_open(under.law())?;
        signed(&decision, under.law())?;
        let income = self.income.as_ref().ok_or_else(|| RequestStop::NoIncome.by(under.law()))?;
        if !income.fits {
            return Err(RequestStop::IncomeDoesNotFit.by(under.law()));
        }
        let posting = self.posting.as_ref().ok_or_else(|| RequestStop::NotPosted.by(under.law()))?;
        if under.day <= posting.last {
            return Err(RequestStop::StillPosted { until: posting.last }.by(under.law()));
        }
        if posting.open().next().is_some() {
            return Err(RequestStop::Unanswered.by(under.law()));
        }
        let answered = posting.objections.iter().filter_map(|o| o.answer.as_ref().map(|(day, _)| *day)).max();
        under.follows(answered.into_iter().chain([posting.last, income.day]).max().unwrap_or(posting.last))?;
        self.decision = Some(RequestDecision { granted: true, day: under.day, ..decision });
        Ok(self)
    }
}
