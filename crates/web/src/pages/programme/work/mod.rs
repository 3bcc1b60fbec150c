//! Targets, records of work, models and duties. Every number that was counted is a [`Figure`] and opens onto its facts.

mod activities;
mod duties;
mod import;
mod models;
mod money;
mod needs;
mod samples;
mod taken_back;
mod targets;

pub use activities::{Activities, ActivityForm, ActivityLine, ActivityPage, KindField, SumLine};
pub use duties::{Duties, DutyLine, FileLine, Typed};
pub use import::{Import, ImportDone, ImportFault};
pub use models::{CheckLine, ModelForm, ModelLine, ModelPage, Models};
pub use money::{Money, MoneyLine, SourceLine};
pub use needs::{NeedLine, Needs, StaffLine, StaffPage};
pub use samples::samples;
pub use taken_back::{TakeBack, TakenBack};
pub use targets::{AreaLine, ReadingLine, RowLine, TargetLine, TargetPage, TargetRows, Targets};

/// A counted number as it is shown; `href` leads to what it was counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub text: String,
    pub href: String,
}

impl Figure {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// A field that somebody else saved differently while this form was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile {
    pub label: String,
    /// As it is saved now.
    pub now: String,
    /// As typed here.
    pub typed: String,
}

/// What a figure is not sure of, beside it wherever it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts {
    /// Its definition is our reading of the plan, and nobody has answered for it.
    pub is_inferred: bool,
    /// Something it stands on was only remembered, and nobody has vouched for it.
    pub is_unconfirmed: bool,
    /// `thiếu 3 xã`; empty where every commune has its list.
    pub partial: String,
}

/// The rooms of the programme, above every page of it: word key, address, whether one is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rooms(pub Vec<(&'static str, String, bool)>);

impl Rooms {
    /// `period` is `unit=…&year=…`; `here` the last part of the address.
    pub fn new(period: &str, here: &str) -> Self {
        let rooms = [
            ("programme-targets", "targets"),
            ("programme-activities", "activities"),
            ("programme-needs", "needs"),
            ("programme-models", "models"),
            ("programme-money", "money"),
            ("programme-duties", "duties"),
        ];
        Self(rooms.iter().map(|(key, at)| (*key, format!("/programme/{at}?{period}"), *at == here)).collect())
    }
}
