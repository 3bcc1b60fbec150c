//! Why a household is in its class: scores with their arithmetic, the twelve marks, what disagrees, and the article of each.
//! Puts into words what the use case found; decides nothing. Start with [`class_reason`].

use app::StoredAssessment;
use app::registry::{B1View, HouseholdView, IndicatorView};
use domain::registry::PaperFault;
use domain::review::Difference;
use kernel::Points;
use norms::Basis as LawBasis;

use crate::handlers::words::{basis, class_tag, label, number, points};
use crate::language::Lang;
use crate::pages::parts::{Basis, Verdict};
use crate::pages::registry::{ClassReason, MarkRow, Score};

/// The sentence's key for a doubtful paper.
pub fn paper_key(fault: PaperFault) -> &'static str {
    match fault {
        PaperFault::Old => "paper-old",
        PaperFault::Length => "paper-length",
        PaperFault::SexOrCentury => "paper-sex",
        PaperFault::Year => "paper-year",
    }
}

pub fn class_reason(l: Lang, view: &HouseholdView, stored: &StoredAssessment) -> ClassReason {
    let assessment = &stored.assessment;
    let tag = |class: Option<&str>| class.map(|class| class_tag(l, &view.rules, Some(class)));
    let decision = assessment.decision.as_ref();
    let words = |decision: &domain::review::Decision| {
        let day = decision.day.map(|day| day.to_string());
        [Some(decision.number.clone()), day].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    ClassReason {
        class: class_tag(l, &view.rules, stored.class.as_deref()),
        sentence: class_sentence(l, view, stored),
        computed: tag(view.verdict.as_ref().map(|verdict| verdict.class.as_str())),
        entered: tag(assessment.class_entered.as_deref()),
        decided: tag(decision.map(|decision| decision.class.as_str())),
        decision: decision.map(words).unwrap_or_default(),
        difference: class_differences(l, view),
        basis: view.verdict.as_ref().map(|verdict| rule_basis(view, &verdict.basis, &verdict.rule.id)),
    }
}

/// The rule that gave the class, in its own words, with the scores it was applied to; or what is missing.
pub fn class_sentence(l: Lang, view: &HouseholdView, stored: &StoredAssessment) -> String {
    let (b1, b2) = (stored.assessment.b1(), stored.assessment.b2(&view.rules));
    if let Some(verdict) = &view.verdict {
        let scores = l.t2("class-scores", "b1", points(verdict.b1), "b2", points(verdict.b2));
        return format!("{scores} {}", label(l, &verdict.rule.says));
    }
    match (b1, b2) {
        (None, None) => l.t("class-needs-both"),
        (None, Some(_)) => l.t("class-needs-b1"),
        (Some(_), None) => l.t("class-needs-b2"),
        (Some(_), Some(_)) => l.t("class-no-rule"),
    }
}

/// The basis of a rule, named with the rule's own id.
fn rule_basis(view: &HouseholdView, law: &LawBasis, rule: &str) -> Basis {
    let found = basis(law, &view.unconfirmed);
    Basis { id: format!("{}#{rule}", found.id), ..found }
}

fn class_differences(l: Lang, view: &HouseholdView) -> String {
    let class = |id: &str| class_tag(l, &view.rules, Some(id)).label;
    let told = view.differences.iter().filter_map(|difference| match difference {
        Difference::Class { entered, computed } => {
            Some(l.t2("difference-class", "entered", class(entered), "computed", class(computed)))
        }
        Difference::Decision { decided, computed } => {
            Some(l.t2("difference-decision", "decided", class(decided), "computed", class(computed)))
        }
        _ => None,
    });
    told.collect::<Vec<_>>().join(" ")
}

fn optional(points: Option<Points>) -> String {
    points.map(|points| points.to_string()).unwrap_or_default()
}

fn score_difference(l: Lang, entered: Points, computed: Points) -> String {
    let apart = Points((entered.0 - computed.0).abs());
    let values = [("entered", entered.to_string()), ("computed", computed.to_string()), ("apart", apart.to_string())];
    l.tv("difference-score", &values)
}

pub fn b1_score(l: Lang, view: &HouseholdView, stored: &StoredAssessment) -> Score {
    let assessment = &stored.assessment;
    let difference = view.differences.iter().find_map(|difference| match difference {
        Difference::B1 { entered, computed } => Some(score_difference(l, *entered, *computed)),
        _ => None,
    });
    Score {
        entered: optional(assessment.b1_entered),
        computed: optional(assessment.b1_computed),
        used: points(assessment.b1()),
        arithmetic: match (&view.b1, &assessment.pack) {
            (Some(b1), _) => b1_arithmetic(l, b1),
            (None, Some(pack)) => l.t1("b1-by-pack", "pack", pack),
            (None, None) => l.t("b1-no-pack"),
        },
        difference: difference.unwrap_or_default(),
        basis: view
            .b1
            .as_ref()
            .filter(|_| assessment.b1_computed.is_some())
            .map(|b1| basis(&b1.pack.basis(), &view.unconfirmed)),
    }
}

/// `Bộ câu hỏi …, nông thôn: 15 (Số nhân khẩu) + 10 (Trình độ) = 25`; or how many items wait for an answer.
fn b1_arithmetic(l: Lang, b1: &B1View) -> String {
    let column = b1.column.as_ref().map(|column| format!(", {}", label(l, column))).unwrap_or_default();
    let pack = format!("{}{column}", label(l, &b1.pack.title));
    let Some(total) = b1.total else {
        let open = b1.lines.iter().filter(|line| line.answer.is_none() && !line.is_skipped).count();
        return l.t2("b1-unanswered", "pack", pack, "n", number(open));
    };
    let counted = b1.lines.iter().filter(|line| !line.is_skipped);
    let terms: Vec<String> = counted.map(|line| format!("{} ({})", line.points, label(l, &line.item))).collect();
    format!("{pack}: {} = {total}", terms.join(" + "))
}

pub fn b2_score(l: Lang, view: &HouseholdView, stored: &StoredAssessment) -> Score {
    let assessment = &stored.assessment;
    let computed = assessment.b2_computed(&view.rules);
    let difference = view.differences.iter().find_map(|difference| match difference {
        Difference::B2 { entered, computed } => Some(score_difference(l, *entered, *computed)),
        _ => None,
    });
    let each = view.rules.class_rules.value.b2_points_per_deprivation;
    let arithmetic = computed.map(|total| format!("{each} × {} = {total}", assessment.marks().count()));
    let open = view.indicators.iter().filter(|indicator| indicator.deprived.is_none()).count();
    Score {
        entered: optional(assessment.b2_entered),
        computed: optional(computed),
        used: points(assessment.b2(&view.rules)),
        arithmetic: arithmetic.unwrap_or_else(|| l.t1("b2-marks-open", "n", number(open))),
        difference: difference.unwrap_or_default(),
        basis: Some(basis(&view.rules.class_rules.basis, &view.unconfirmed)),
    }
}

pub fn mark_rows(l: Lang, view: &HouseholdView) -> Vec<MarkRow> {
    view.indicators.iter().map(|indicator| mark_row(l, view, indicator)).collect()
}

fn mark_row(l: Lang, view: &HouseholdView, found: &IndicatorView) -> MarkRow {
    let difference = match (found.entered, found.computed) {
        (Some(true), Some(false)) => l.t("mark-entered-yes"),
        (Some(false), Some(true)) => l.t("mark-entered-no"),
        _ => String::new(),
    };
    MarkRow {
        number: found.indicator.number.to_string(),
        label: label(l, &found.indicator.label),
        verdict: match found.deprived {
            Some(true) => Verdict::Bad,
            Some(false) => Verdict::Good,
            None => Verdict::Open,
        },
        reason: mark_reason(l, found),
        difference,
        basis: basis(&found.basis, &view.unconfirmed),
    }
}

/// Who or what made it so. A mark that only the list holds says that, because no fact stands behind it.
fn mark_reason(l: Lang, found: &IndicatorView) -> String {
    match (found.deprived, found.computed, &found.because_of) {
        (None, ..) => l.t("mark-facts-missing"),
        (Some(_), None, _) => l.t("mark-as-entered"),
        (Some(true), Some(_), Some(person)) => format!("{person}: {}", label(l, &found.indicator.deprived_if)),
        (Some(true), Some(_), None) => label(l, &found.indicator.deprived_if),
        (Some(false), Some(_), _) => String::new(),
    }
}
