//! The shapes of how a review runs: its steps and who takes them, the terms and how they are counted, the other routes,
//! the days of reports. Only shapes: every number comes from `norms/review/*.yaml`.

use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Mark};

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearDay {
    pub month: i8,
    pub day: i8,
}

impl YearDay {
    /// `None` when the year has no such day.
    pub fn of(self, year: i16) -> Option<Day> {
        Day::new(year, self.month, self.day)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Every day of the calendar.
    Calendar,
    /// Without days off and holidays.
    Working,
}

impl DayKind {
    pub fn id(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Working => "working",
        }
    }
}

/// So many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub count: u16,
    pub kind: DayKind,
    pub mark: Mark,
}

/// One step of the process: who takes it and by which clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepLaw {
    pub label: Label,
    /// Ids of the roles that take it; empty where the province has to say.
    pub by: Vec<String>,
    pub mark: Mark,
    pub citation: Citation,
}

/// norms/review/process.yaml: the yearly review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// First and last day, both included.
    pub opens: YearDay,
    pub closes: YearDay,
    pub listing: Box<StepLaw>,
    pub survey: Box<StepLaw>,
    pub meeting: Box<MeetingLaw>,
    pub posting: Box<PostingLaw>,
    pub opinion: Box<OpinionLaw>,
    pub recognition: Box<RecognitionLaw>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingLaw {
    pub step: StepLaw,
    /// Of those present.
    pub agree_percent_at_least: u8,
    pub minutes_copies: u8,
    pub signed_by: Vec<MinutesSigner>,
}

/// Somebody without whose name minutes are not minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinutesSigner {
    pub role: MinutesRole,
    pub label: Label,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MinutesRole {
    Chair,
    Secretary,
    /// Of the households, one or several.
    Representatives,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingLaw {
    pub step: StepLaw,
    pub places: Vec<Label>,
    pub term: Term,
    pub recheck: Term,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionLaw {
    pub step: StepLaw,
    pub reply: Term,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecognitionLaw {
    pub step: StepLaw,
    /// The certificate's row is that of so many years after the review.
    pub certificate_year_after: i16,
    pub certificate_mark: Mark,
    /// The same after a review on request, whose households are on the list from then on.
    pub certificate_year_after_on_request: i16,
    pub on_request_mark: Mark,
}

/// norms/review/routes/monthly.yaml: the review on request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthlyRoute {
    pub opens_on_day: i8,
    /// Counted from the day the review opens.
    pub decide_within: Term,
    pub by: Vec<String>,
    pub channels: Vec<String>,
    pub enter_form: String,
    pub leave_form: String,
}

/// norms/review/routes/{average_living,low_income}.yaml: routes that go by income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncomeRoute {
    pub opens_on_day: i8,
    pub income_months: u8,
    pub posting: Term,
    pub recheck: Term,
    pub places: Vec<Label>,
    pub by: Vec<String>,
    /// Of one person rather than of a household.
    pub of_person: bool,
}

/// norms/review/report_days.yaml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportDays {
    pub reports: Vec<ReportDay>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportDay {
    pub id: String,
    pub label: Label,
    pub months: Vec<i8>,
    pub day: i8,
    /// Due before that day rather than on it.
    pub before: bool,
    /// Levels of unit that report.
    pub by: Vec<String>,
}

/// norms/review/calendar.yaml: which days are worked and how a term is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Days of the week without work; 1 is Monday.
    pub days_off: Vec<i8>,
    pub first_day_counts: bool,
    /// A term that would end on a day off ends on the next working day.
    pub last_day_moves: bool,
    pub years: Vec<CalendarYear>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    pub year: i16,
    pub mark: Mark,
    pub holidays: Vec<Holiday>,
    /// Days off that are worked in exchange.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worked: Vec<Day>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub from: Day,
    /// The last day, where it is more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    pub label: Label,
}

impl Holiday {
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && day <= self.to.unwrap_or(self.from)
    }
}

impl Calendar {
    /// `None` where the year's holidays are not known.
    pub fn year(&self, year: i16) -> Option<&CalendarYear> {
        self.years.iter().find(|y| y.year == year)
    }
}
