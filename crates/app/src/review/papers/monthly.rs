//! The report of a month's reviews on request, counted from the requests themselves.

use documents::official::context::{MonthlyLine, MonthlyReport};
use documents::official::{Format, Standing};
use domain::access::{Actor, Verb, check};
use domain::review::request::{Request, RequestKind};
use domain::units::{Scope, ScopeLevel};
use kernel::Day;
use norms::CoveringReportLaw;

use super::drawn;
use super::office::{Office, for_committee};
use crate::{AppError, House};

/// The report of a month in the wished unit.
pub async fn monthly_report(
    house: &House,
    actor: &Actor,
    wished: Option<&Scope>,
    (year, month): (i16, i8),
    format: Format,
) -> Result<Vec<u8>, AppError> {
    check(actor, Verb::ReadForms)?;
    let scope = house.narrow(actor, wished)?;
    let first = Day::new(year, month, 1).ok_or(AppError::Missing("paper"))?;
    let last = last_of_month(first).min(house.clock.today());
    let law = house.norms.in_force::<CoveringReportLaw>("documents.covering_report", last)?.value;
    let mut work = house.store.read().await?;
    let mut requests = work.requests(&scope, year).await?;
    requests.extend(work.requests(&scope, year - 1).await?);
    let office = Office::of_unit(house, work.as_mut(), &scope).await?;
    drop(work);
    let of = |kind: RequestKind| {
        let line = line(&requests, Some(kind), (first, last));
        (line.received + line.granted + line.refused + line.open > 0).then_some(line)
    };
    let ministry = (scope.level == ScopeLevel::Province).then_some(law.province_to);
    let report = MonthlyReport {
        standing: Standing { sample: office.sample, unconfirmed: Vec::new() },
        head: office.head("", "BC-UBND", None),
        month,
        year,
        unit: office.unit.clone(),
        to: vec![ministry.unwrap_or_else(|| office.level_above())],
        bases: office.bases("covering_report", last)?,
        lines: RequestKind::ALL.into_iter().filter_map(of).collect(),
        total: line(&requests, None, (first, last)),
        signer: for_committee(""),
        recipients: vec!["Như trên".to_owned(), "Lưu: VT".to_owned()],
    };
    drawn(house, report, format).await
}

fn last_of_month(first: Day) -> Day {
    let next = first.plus_days(31);
    Day::new(next.year(), next.month(), 1).unwrap_or(next).plus_days(-1)
}

fn line(requests: &[Request], kind: Option<RequestKind>, (first, last): (Day, Day)) -> MonthlyLine {
    let within = |day: Day| first <= day && day <= last;
    let of = || requests.iter().filter(|request| kind.is_none_or(|kind| request.kind == kind));
    let decided = |granted: bool| {
        of().filter(|r| r.decision.as_ref().is_some_and(|d| d.granted == granted && within(d.day))).count()
    };
    let open = || of().filter(|r| r.received <= last && r.decision.as_ref().is_none_or(|d| d.day > last));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    MonthlyLine {
        kind: kind.map_or("Tổng cộng", words).to_owned(),
        received: count(of().filter(|r| within(r.received)).count()),
        granted: count(decided(true)),
        refused: count(decided(false)),
        open: count(open().count()),
        late: count(open().filter(|r| r.due.is_some_and(|due| due < last)).count()),
    }
}

fn words(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Enter => "Rà soát hộ nghèo, hộ cận nghèo (mẫu 01)",
        RequestKind::Leave => "Công nhận thoát nghèo, thoát cận nghèo (mẫu 04)",
        RequestKind::AverageLiving => "Xác định hộ có mức sống trung bình",
        RequestKind::LowIncomeWorker => "Xác định người lao động có thu nhập thấp",
    }
}
