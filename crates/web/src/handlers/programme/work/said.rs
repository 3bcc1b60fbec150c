//! What targets, refusals and lines of names come to, in the words of a page.

use std::collections::BTreeMap;

use app::AppError;
use app::programme::NamedWho;
use app::programme::resolve::Found;
use app::programme::targets::TargetState;
use app::programme::work::{LineFault, NotRecorded};
use axum::http::StatusCode;
use domain::programme::target::{Met, TargetGap};
use domain::programme::work::Who;
use norms::{Citation, Label, Mark, TargetOp, TargetValue};
use serde::Deserialize;

use crate::Web;
use crate::fail::{Fail, said};
use crate::handlers::words::{label, number};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section};
use crate::pages::parts::{Choice, Notice, Verdict};
use crate::pages::programme::work::{Doubts, Meanwhile, RowLine};
use crate::visitor::Signed;

/// `≥ 90 %`, `0,6–0,7 điểm phần trăm`, `> 30 mô hình, dự án`.
pub fn level(l: Lang, target: &TargetValue) -> String {
    let comma = |text: &str| text.replace('.', ",");
    // keys: target-unit-*
    let unit = l.t(&format!("target-unit-{}", target.unit.replace('_', "-")));
    let value = comma(&target.value);
    match (target.op, &target.high) {
        (TargetOp::Range, Some(high)) => format!("{value}–{} {unit}", comma(high)),
        (TargetOp::Above, _) => format!("> {value} {unit}"),
        (TargetOp::AtMost, _) => format!("≤ {value} {unit}"),
        (TargetOp::Below, _) => format!("< {value} {unit}"),
        (TargetOp::Equal, _) => format!("{value} {unit}"),
        _ => format!("≥ {value} {unit}"),
    }
}

pub fn state(l: Lang, met: Option<Met>, has_figure: bool) -> (Verdict, String) {
    let (verdict, key) = match met {
        Some(Met::Exceeded) => (Verdict::Good, "target-exceeded"),
        Some(Met::Met) => (Verdict::Good, "target-met"),
        Some(Met::NotMet) => (Verdict::Bad, "target-not-met"),
        None if has_figure => (Verdict::Plain, "target-no-level"),
        None => (Verdict::Open, "target-no-figure"),
    };
    (verdict, l.t(key))
}

/// What the reported figure of a target is not sure of.
pub fn doubts(l: Lang, target: &TargetState) -> Doubts {
    let Some(first) = target.readings.first() else { return Doubts::default() };
    let is_partial = first.figure.is_ok() && first.unlisted > 0;
    Doubts {
        is_inferred: target.said().is_none() && first.basis.mark == Mark::Inferred,
        is_unconfirmed: !first.unconfirmed.is_empty(),
        partial: if is_partial { l.t1("target-unlisted-short", "n", number(first.unlisted)) } else { String::new() },
    }
}

/// Why there is no figure, with what to do.
pub fn gap(l: Lang, gap: &TargetGap) -> String {
    let text = match gap {
        TargetGap::NoDefinition => l.t("gap-no-definition"),
        TargetGap::EmptyBase => l.t("gap-empty-base"),
        TargetGap::Totals { villages, year } => l.t2("gap-totals", "n", number(*villages), "year", year),
        TargetGap::NotReviewed { year, .. } => l.t1("gap-not-reviewed", "year", year),
        TargetGap::NoList { year } => l.t1("gap-no-list", "year", year),
        TargetGap::NoBase { why } => label(l, why),
        TargetGap::Unlisted { communes, year } => l.t2("gap-unlisted", "n", number(*communes), "year", year),
        TargetGap::Overfull { over } => l.t1("gap-overfull", "n", number(*over)),
        TargetGap::NoArea => l.t("gap-no-area"),
        TargetGap::Unclassified { households, year } => l.t2("gap-no-class", "n", number(*households), "year", year),
    };
    format!("{} {text}", gap.code())
}

/// The same with the act that the figure is counted by.
pub fn gap_by(l: Lang, missing: &TargetGap, law: Option<&Citation>) -> String {
    match law.map(|law| format!("{} {}", law.article.as_deref().unwrap_or_default(), law.act)) {
        Some(law) => format!("{} ({})", gap(l, missing), law.trim()),
        None => gap(l, missing),
    }
}

/// A line that fits nobody, in words.
pub fn line_fault(l: Lang, fault: &LineFault) -> String {
    format!("{} «{}»: {}", l.t1("line-number", "n", fault.line), fault.text, found(l, &fault.found))
}

pub fn found(l: Lang, found: &Found) -> String {
    match found {
        Found::One(named) => named.name.clone(),
        Found::Nobody => l.t("who-nobody"),
        Found::Several(n) => l.t1("who-several", "n", n),
        Found::NameNeedsCommune => l.t("who-needs-commune"),
    }
}

/// A form that was refused: what was typed, what is wrong at which field, which lines, what stands above.
pub struct Refused {
    pub form: Form,
    pub frame: Frame,
    pub lines: Vec<String>,
    pub status: StatusCode,
}

/// What a form shows besides its fields.
#[derive(Default)]
pub struct Shown {
    pub form: Form,
    pub frame: Option<Frame>,
    pub lines: Vec<String>,
    pub status: StatusCode,
    pub meanwhile: Vec<Meanwhile>,
}

impl From<Refused> for Shown {
    fn from(refused: Refused) -> Self {
        let Refused { form, frame, lines, status } = refused;
        Self { form, frame: Some(frame), lines, status, meanwhile: Vec::new() }
    }
}

/// The form again. Errors that no form can mend pass on.
pub fn again(signed: &Signed, posted: &Posted, refused: NotRecorded) -> Result<Refused, Fail> {
    let l = signed.l();
    let mut again = Refused {
        form: posted.form(),
        frame: signed.frame(Section::Targets),
        lines: Vec::new(),
        status: StatusCode::UNPROCESSABLE_ENTITY,
    };
    match refused {
        NotRecorded::Lines(faults) => again.lines = faults.iter().map(|fault| line_fault(l, fault)).collect(),
        NotRecorded::Error(AppError::Form(faults)) => {
            again.form = faults.iter().fold(again.form, |form, f| form.with_fault(f.field.clone(), f.problem));
        }
        NotRecorded::Error(refusal @ (AppError::Work(_) | AppError::Conflict(_) | AppError::Gap(_))) => {
            let text = format!("{} {}", refusal.code(), said(l, &refusal));
            again.frame.notice = Some(Notice { tone: "v-notice--bad", text });
        }
        NotRecorded::Error(other) => return Err(Fail(other)),
    }
    Ok(again)
}

/// What a form sent: names with values, a name as often as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    /// Without the blanks around it; empty where the field was not sent.
    pub fn text(&self, name: &str) -> String {
        self.0.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    }

    /// Everything sent under a name, as boxes are.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(sent, _)| sent == name).map(|(_, value)| value.clone()).collect()
    }

    /// Fields whose names begin so, by the rest of the name.
    pub fn under(&self, prefix: &str) -> BTreeMap<String, String> {
        self.0.iter().filter_map(|(sent, value)| Some((sent.strip_prefix(prefix)?.to_owned(), value.clone()))).collect()
    }

    /// As typed, to be shown again.
    pub fn form(&self) -> Form {
        Form::new(self.0.iter().cloned())
    }
}

/// Somebody by name, with the household they are found in.
pub fn row(web: &Web, signed: &Signed, named: &NamedWho, is_open: bool) -> RowLine {
    let commune = web.house.units(&signed.scope).commune(&named.commune).map(norms::Unit::full_name);
    RowLine {
        name: named.name.clone(),
        href: named.household.map(|id| format!("/registry/households/{id}")).unwrap_or_default(),
        detail: named.detail.clone(),
        commune: commune.unwrap_or_default(),
        village: named.village.clone(),
        is_open,
    }
}

/// Those already listed, each with its box; whoever has left the register since is listed as well.
pub fn kept(l: Lang, who: &[Who], named: &[NamedWho]) -> Vec<Choice> {
    let words = |who: &Who| match named.iter().find(|named| named.who == *who) {
        Some(named) => {
            let parts = [&named.name, &named.detail, &named.village];
            parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
        }
        None => l.t("who-gone"),
    };
    who.iter().map(|who| Choice::new(who.id().to_string(), words(who))).collect()
}

pub fn labels(l: Lang, of: &[Label]) -> String {
    of.iter().map(|one| label(l, one)).collect::<Vec<_>>().join(", ")
}
