//! The parts of a process that carry a mark of their own, so that the province confirms each by itself.

use crate::value::MarkedItem;
use crate::{Calendar, IncomeRoute, Label, Process, RecognitionLaw, StepLaw, Term};

pub(crate) fn of_process(process: &Process) -> Vec<MarkedItem> {
    vec![
        of_step("listing", &process.listing),
        of_step("survey", &process.survey),
        of_step("meeting", &process.meeting.step),
        of_step("posting", &process.posting.step),
        of_term("posting.term", ("Thời gian niêm yết", "Posting"), process.posting.term),
        of_term("posting.recheck", ("Thời gian phúc tra", "Recheck"), process.posting.recheck),
        of_step("opinion", &process.opinion.step),
        of_term("opinion.reply", ("Thời gian cho ý kiến", "Opinion"), process.opinion.reply),
        of_step("recognition", &process.recognition.step),
        of_certificate(&process.recognition),
    ]
}

fn of_certificate(law: &RecognitionLaw) -> MarkedItem {
    let years = law.certificate_year_after_on_request;
    let label = Label {
        vi: format!("Rà soát theo đề nghị: giấy chứng nhận ghi năm rà soát cộng {years}"),
        en: format!("Review on request: the certificate's row is that of the year of the review plus {years}"),
    };
    MarkedItem { id: "recognition.on_request".to_owned(), label, mark: law.on_request_mark, citation: None }
}

pub(crate) fn of_income_route(route: &IncomeRoute) -> Vec<MarkedItem> {
    vec![
        of_term("posting", ("Thời gian niêm yết", "Posting"), route.posting),
        of_term("recheck", ("Thời gian phúc tra", "Recheck"), route.recheck),
    ]
}

pub(crate) fn of_calendar(calendar: &Calendar) -> Vec<MarkedItem> {
    let of_year = |year: &crate::CalendarYear| MarkedItem {
        id: year.year.to_string(),
        label: Label { vi: format!("Ngày nghỉ năm {}", year.year), en: format!("Holidays of {}", year.year) },
        mark: year.mark,
        citation: None,
    };
    calendar.years.iter().map(of_year).collect()
}

fn of_step(id: &str, step: &StepLaw) -> MarkedItem {
    MarkedItem { id: id.to_owned(), label: step.label.clone(), mark: step.mark, citation: Some(step.citation.clone()) }
}

pub(crate) fn of_term(id: &str, (vi, en): (&str, &str), term: Term) -> MarkedItem {
    let vi =
        format!("{vi}: {} {}", term.count, if term.kind == crate::DayKind::Working { "ngày làm việc" } else { "ngày" });
    let en = format!("{en}: {} {} days", term.count, term.kind.id());
    MarkedItem { id: id.to_owned(), label: Label { vi, en }, mark: term.mark, citation: None }
}
