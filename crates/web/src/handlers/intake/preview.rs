//! What confirming would do, household by household, before anything is done.

use std::collections::BTreeMap;

use app::review::intake::{Choice, IntakeView, Outcome, Plan, PlanItem, intakes};
use app::review::lists::board;
use app::{AppError, IntakeRecord, IntakeState};
use axum::response::Response;
use domain::review::list::{FaultLevel, ListHousehold, ReadList};
use norms::Rulebook;

use super::faults::{ByRow, sentence as fault_sentence};
use super::{Asked, address, changes, frame, page_of, subject};
use crate::Web;
use crate::fail::{Fail, sentences, shown};
use crate::handlers::words::{class_tag, moment, number};
use crate::language::Lang;
use crate::pages::parts::Notice;
use crate::pages::review::intake::{LikelySame, Preview, PreviewRow};
use crate::visitor::Signed;

const PAGE: usize = 50;

/// One line of the preview: planned, or set aside.
enum Line<'a> {
    Planned(&'a PlanItem),
    Aside(&'a ListHousehold),
}

pub async fn page(signed: &Signed, web: &Web, view: &IntakeView, asked: &Asked) -> Result<Response, Fail> {
    let (Ok(read), Some(plan)) = (&view.read, &view.plan) else { return Err(AppError::Missing("list").into()) };
    let l = signed.l();
    let rules =
        web.house.rules(view.record.year, &web.house.province_of(&view.record.scope)).map_err(AppError::from)?;
    let lines = lines(read, plan);
    let (wanted, pager) = page_of(&lines, asked.page, PAGE, &address(view.record.id));
    let words = Words { l, rules: &rules, read, choices: &view.staged.choices, households: ByRow::new(read) };
    let asks = plan.count(|o| matches!(o, Outcome::Ask { .. }));
    let warnings = read.faults.iter().filter(|f| f.level() == FaultLevel::Warn).count();
    let mut frame = frame(signed, None);
    if let Some(code) = asked.failed.as_ref().filter(|code| l.has(&format!("refusal-{code}"))) {
        let (what, next) = sentences(l, code, &[]);
        frame.notice = Some(Notice { tone: "v-notice--bad", text: format!("{what} {next}") });
    }
    Ok(shown(&Preview {
        l,
        frame,
        subject: subject(web, l, &view.record),
        new: number(plan.count(|o| *o == Outcome::New)),
        changed: number(plan.count(|o| matches!(o, Outcome::Changed { .. }))),
        unchanged: number(plan.count(|o| matches!(o, Outcome::Unchanged { .. }))),
        aside: number(plan.aside),
        absent: number(absent(signed, web, view, plan).await?),
        warnings: number(warnings),
        open_questions: number(asks),
        has_open_questions: asks > 0,
        already: already(signed, web, view).await?,
        rows: wanted.iter().filter_map(|at| lines.get(*at)).map(|line| words.row(line)).collect(),
        pager,
    }))
}

/// What changes comes first; households that stay as they are have no line.
fn lines<'a>(read: &'a ReadList, plan: &'a Plan) -> Vec<Line<'a>> {
    let rank = |item: &PlanItem| match item.outcome {
        Outcome::Ask { .. } => 0,
        Outcome::Changed { .. } => 1,
        Outcome::New => 2,
        Outcome::Unchanged { .. } => 3,
    };
    let mut items: Vec<&PlanItem> = plan.items.iter().filter(|item| rank(item) < 3).collect();
    items.sort_by_key(|item| (rank(item), item.at));
    let escaped = read.escaped.iter().map(|e| &e.household);
    let aside = read.households.iter().chain(escaped).filter(|h| h.rejected);
    items.into_iter().map(Line::Planned).chain(aside.map(Line::Aside)).collect()
}

/// Households on the register's list of the year that the file does not name.
async fn absent(signed: &Signed, web: &Web, view: &IntakeView, plan: &Plan) -> Result<i64, AppError> {
    let record = &view.record;
    let rows = board(&web.house, &signed.actor, Some(&record.scope), record.year).await?;
    let on_list: i64 = rows.iter().map(app::review::lists::BoardRow::households).sum();
    let is_known = |outcome: &Outcome| match outcome {
        Outcome::Unchanged { .. } => true,
        Outcome::Changed { changes, .. } => !changes.iter().any(|c| c.what == "change-first-assessment"),
        Outcome::New | Outcome::Ask { .. } => false,
    };
    let known = i64::try_from(plan.count(is_known)).unwrap_or(i64::MAX);
    Ok((on_list - known).max(0))
}

async fn already(signed: &Signed, web: &Web, view: &IntakeView) -> Result<Option<String>, AppError> {
    let earlier = intakes(&web.house, &signed.actor).await?;
    let found = earlier.iter().find(|other| is_applied_copy(other, &view.record));
    Ok(found.map(|other| signed.l().t1("intake-already", "day", moment(other.at_ms))))
}

/// The same file for the same year, applied and not undone.
fn is_applied_copy(other: &IntakeRecord, this: &IntakeRecord) -> bool {
    other.id != this.id
        && other.state == IntakeState::Applied
        && other.year == this.year
        && other.file_hash == this.file_hash
}

struct Words<'a> {
    l: Lang,
    rules: &'a Rulebook,
    read: &'a ReadList,
    choices: &'a BTreeMap<(usize, usize), Choice>,
    households: ByRow<'a>,
}

impl Words<'_> {
    fn row(&self, line: &Line<'_>) -> PreviewRow {
        match line {
            Line::Aside(household) => self.of(household, "preview-row-aside", self.reasons(household)),
            Line::Planned(item) => {
                let (what, detail) = match &item.outcome {
                    Outcome::New => ("preview-row-new", String::new()),
                    Outcome::Changed { changes, .. } => {
                        ("preview-row-changed", changes::sentence(self.l, self.rules, changes))
                    }
                    Outcome::Unchanged { .. } => ("preview-row-unchanged", String::new()),
                    Outcome::Ask { candidates } => {
                        ("preview-row-asked", self.l.t1("preview-asked-detail", "n", candidates.len()))
                    }
                };
                let row = match self.households.of(item.at) {
                    Some(household) => self.of(household, what, detail),
                    None => self.bare(item, what, detail),
                };
                PreviewRow { likely: self.likely(item), ..row }
            }
        }
    }

    /// Rows that are merely like a member can be told apart from them, and back.
    fn likely(&self, item: &PlanItem) -> Option<LikelySame> {
        let Outcome::Changed { household, changes } = &item.outcome else { return None };
        let are_strangers = Choice::has_strangers(self.choices.get(&item.at));
        let is_likely = changes.iter().any(|change| change.what == "change-member-likely");
        (is_likely || are_strangers).then(|| LikelySame {
            at: format!("{}.{}", item.at.0, item.at.1),
            household: household.to_string(),
            are_strangers,
        })
    }

    fn of(&self, household: &ListHousehold, what: &str, detail: String) -> PreviewRow {
        let class = household.class_entered.as_deref().or(household.class_computed.as_deref());
        PreviewRow {
            row: household.row.to_string(),
            head: household.head().map(|m| m.name.clone()).unwrap_or_default(),
            village: household.village.clone(),
            size: household.members.len().to_string(),
            class: class_tag(self.l, self.rules, class),
            what: self.l.t(what),
            detail,
            likely: None,
        }
    }

    fn bare(&self, item: &PlanItem, what: &str, detail: String) -> PreviewRow {
        PreviewRow {
            row: item.at.1.to_string(),
            head: item.head_name.clone(),
            village: item.village.clone(),
            size: String::new(),
            class: class_tag(self.l, self.rules, None),
            what: self.l.t(what),
            detail,
            likely: None,
        }
    }

    fn reasons(&self, household: &ListHousehold) -> String {
        let rows = household.row..=household.last_row();
        let of_it = |f: &&domain::review::list::Fault| f.sheet == household.sheet && rows.contains(&f.row);
        let rejects = self.read.faults.iter().filter(of_it).filter(|f| f.level() == FaultLevel::Reject);
        let said: Vec<String> = rejects.map(|fault| fault_sentence(self.l, fault)).collect();
        if said.is_empty() { self.l.t("preview-aside-by-hand") } else { said.join(" ") }
    }
}
