//! Checks of the process of a review, its other routes, its report days and its calendar.

use std::collections::BTreeSet;

use super::Checker;
use crate::{Calendar, IncomeRoute, MonthlyRoute, Process, ReportDays, Term, YearDay};

/// A year that has every day of every month.
const LEAP: i16 = 2024;

impl Checker<'_> {
    pub(super) fn process(&mut self, process: &Process) {
        self.day_of_year("opens", process.opens);
        self.day_of_year("closes", process.closes);
        if (process.closes.month, process.closes.day) < (process.opens.month, process.opens.day) {
            self.out_of_range(
                "closes",
                "Đợt rà soát kết thúc trước khi bắt đầu.",
                "The review closes before it opens.",
            );
        }
        if !(1..=100).contains(&process.meeting.agree_percent_at_least) {
            self.out_of_range("meeting", "Tỷ lệ phải từ 1 đến 100.", "The share has to lie between 1 and 100.");
        }
        for (at, steps) in [
            ("listing", process.listing.as_ref()),
            ("survey", process.survey.as_ref()),
            ("meeting", &process.meeting.step),
            ("posting", &process.posting.step),
            ("recognition", &process.recognition.step),
        ] {
            if steps.by.is_empty() {
                self.out_of_range(at, "Bước này không nêu ai thực hiện.", "Nobody is named who takes this step.");
            }
        }
        self.term("posting.term", process.posting.term);
        self.term("posting.recheck", process.posting.recheck);
        self.term("opinion.reply", process.opinion.reply);
    }

    pub(super) fn monthly_route(&mut self, route: &MonthlyRoute) {
        self.day_of_month(route.opens_on_day);
        self.term("decide_within", route.decide_within);
        self.unique(route.channels.iter());
    }

    pub(super) fn income_route(&mut self, route: &IncomeRoute) {
        self.day_of_month(route.opens_on_day);
        self.term("posting", route.posting);
        self.term("recheck", route.recheck);
        if route.income_months == 0 {
            self.out_of_range("income_months", "Số tháng phải lớn hơn 0.", "There have to be some months.");
        }
    }

    pub(super) fn report_days(&mut self, days: &ReportDays) {
        self.unique(days.reports.iter().map(|r| &r.id));
        for report in &days.reports {
            for month in &report.months {
                self.day_of_year(&report.id, YearDay { month: *month, day: report.day });
            }
        }
    }

    pub(super) fn calendar(&mut self, calendar: &Calendar) {
        if calendar.days_off.iter().any(|d| !(1..=7).contains(d)) {
            self.out_of_range("days_off", "Thứ trong tuần từ 1 đến 7.", "Days of the week run from 1 to 7.");
        }
        let mut seen = BTreeSet::new();
        for year in &calendar.years {
            let at = year.year.to_string();
            if !seen.insert(year.year) {
                self.twice(&at, &at);
            }
            let strays = year.holidays.iter().any(|h| h.from.year() != year.year || h.to.is_some_and(|to| to < h.from));
            if strays || year.worked.iter().any(|day| day.year() != year.year) {
                self.out_of_range(
                    &at,
                    "Có ngày nghỉ ngoài năm, hoặc kết thúc trước khi bắt đầu.",
                    "A holiday lies outside the year or ends before it begins.",
                );
            }
        }
    }

    fn term(&mut self, at: &str, term: Term) {
        if term.count == 0 {
            self.out_of_range(at, "Thời hạn phải ít nhất một ngày.", "A term has at least one day.");
        }
    }

    fn day_of_year(&mut self, at: &str, day: YearDay) {
        if day.of(LEAP).is_none() {
            self.out_of_range(at, "Không có ngày này trong năm.", "There is no such day in a year.");
        }
    }

    fn day_of_month(&mut self, day: i8) {
        if !(1..=28).contains(&day) {
            self.out_of_range(
                "opens_on_day",
                "Không phải tháng nào cũng có ngày này.",
                "Not every month has this day.",
            );
        }
    }
}
