//! What the clauses were taken for: the list to be confirmed, and each with its definition.

use app::AppError;
use app::programme::{PlanView, definitions_on, history};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::access::{Role, Verb, check};
use domain::programme::bind::Binding as Bound;
use norms::{Citation, PlanTarget, RuleKind, TargetOp};

use super::words::{Speaker, answer_word, kind_word, level, said_by};
use super::{Addresses, Asked, plan_id, some_plan};
use crate::Web;
use crate::fail::{Fail, shown};
use crate::handlers::words::{label, mark_id, number, trail_rows};
use crate::language::Lang;
use crate::pages::form::Form;
use crate::pages::frame::Section;
use crate::pages::parts::{Choice, Link};
use crate::pages::programme::{Binding, BindingRow, Bindings, NewBinding};
use crate::visitor::Signed;

pub async fn page(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    let view = some_plan(&web.house, &signed, &asked).await?;
    let addresses = Addresses::of(&signed, &view);
    let only_waiting = asked.only == "waiting";
    let bound = view.bindings.iter().map(|stored| &stored.binding);
    let rows = bound.filter(|binding| !only_waiting || !binding.state.is_said());
    Ok(shown(&Bindings {
        l: signed.l(),
        frame: signed.frame(Section::Plan),
        plan: plan_id(&view).map(|id| id.to_string()).unwrap_or_default(),
        rows: rows.map(|binding| row(signed.l(), binding, &addresses)).collect(),
        waiting: number(view.waiting()),
        all: number(view.bindings.len()),
        only_waiting,
        may_confirm: signed.actor.may(Verb::ConfirmBinding) && view.is_newest,
        back_href: addresses.to(""),
        period: addresses.query,
    }))
}

fn row(l: Lang, binding: &Bound, addresses: &Addresses) -> BindingRow {
    let (answer, verdict) = answer_word(l, &binding.state);
    BindingRow {
        id: binding.id.clone(),
        href: addresses.binding(&binding.id),
        kind: kind_word(l, binding.kind),
        clause: Link::new(pointed(l, binding), addresses.clause(&binding.at.clause)),
        label: binding.label.clone(),
        agency: binding.agency.clone(),
        mark: mark_id(binding.mark).to_owned(),
        answer,
        verdict,
        said: said_by(&binding.state),
        is_waiting: !binding.state.is_said(),
    }
}

/// `II-MT.2.b.5, ý 2`.
fn pointed(l: Lang, binding: &Bound) -> String {
    match binding.at.part {
        Some(part) => l.tv("plan-part-of", &[("clause", binding.at.clause.clone()), ("n", part.to_string())]),
        None => binding.at.clause.clone(),
    }
}

pub async fn one(
    signed: Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let view = some_plan(&web.house, &signed, &asked).await?;
    let binding = view.binding(&id).ok_or(AppError::Missing("binding"))?.binding.clone();
    let of_norm = norm_target(&view, &binding).map(|target| &target.target);
    let level = binding.follows.as_ref().and_then(|follows| follows.level.as_ref()).or(of_norm);
    let comma = |number: &String| number.replace('.', ",");
    let form = Form::new([
        ("kind", binding.kind.id().to_owned()),
        ("clause", binding.at.clause.clone()),
        ("part", binding.at.part.map(|part| part.to_string()).unwrap_or_default()),
        ("label", binding.label.clone()),
        ("agency", binding.agency.clone()),
        ("counted_by", binding.follows.as_ref().and_then(|follows| follows.definition.clone()).unwrap_or_default()),
        ("level_op", level.map_or(TargetOp::AtLeast, |level| level.op).id().to_owned()),
        ("level_value", level.map(|level| comma(&level.value)).unwrap_or_default()),
        ("level_high", level.and_then(|level| level.high.as_ref()).map(comma).unwrap_or_default()),
        ("day", binding.day.map(|day| day.to_string()).unwrap_or_default()),
        ("office", binding.office.clone().unwrap_or_default()),
    ]);
    Ok(shown(&build(&signed, &web, &view, &id, form).await?))
}

/// The page of one binding, with the form as it is or as it was typed.
pub(super) async fn build(
    signed: &Signed,
    web: &Web,
    view: &PlanView,
    id: &str,
    form: Form,
) -> Result<Binding, AppError> {
    let l = signed.l();
    let addresses = Addresses::of(signed, view);
    let stored = view.binding(id).ok_or(AppError::Missing("binding"))?;
    let binding = &stored.binding;
    let speaker = Speaker { house: &web.house, signed, view, addresses: &addresses };
    let entries = match plan_id(view) {
        Some(plan) => history(&web.house, &signed.actor, plan, id).await?,
        None => Vec::new(),
    };
    let target = norm_target(view, binding);
    let (answer, _) = answer_word(l, &binding.state);
    let clause = view.plan.clause(&binding.at.clause);
    Ok(Binding {
        l,
        frame: signed.frame(Section::Plan),
        form,
        id: binding.id.clone(),
        kind: kind_word(l, binding.kind),
        hung: speaker.hung(&[binding]).await?,
        clause: Link::new(pointed(l, binding), addresses.clause(&binding.at.clause)),
        words: clause.map(|clause| clause.part(binding.at.part).to_owned()).unwrap_or_default(),
        facts: target.map(|target| facts(l, target)).unwrap_or_default(),
        citation: target.and_then(|t| t.definition.citation.as_ref()).map(cited).unwrap_or_default(),
        norm_href: binding.norm.as_ref().map(|norm| format!("/norms/{norm}")),
        kinds: kind_choices(l),
        definitions: if binding.norm.is_none() { definition_choices(web, l)? } else { Vec::new() },
        ops: op_choices(l),
        asks_level: binding.kind == RuleKind::Target,
        offices: office_choices(l),
        plan: plan_id(view).map(|id| id.to_string()).unwrap_or_default(),
        version: stored.version.to_string(),
        may_confirm: signed.actor.may(Verb::ConfirmBinding) && view.is_newest,
        is_waiting: !binding.state.is_said(),
        said: if binding.state.is_said() { format!("{answer}: {}", said_by(&binding.state)) } else { String::new() },
        history: trail_rows(l, &entries),
        back_href: addresses.to("/bindings"),
        period: addresses.query,
    })
}

fn kind_choices(l: Lang) -> Vec<Choice> {
    RuleKind::ALL.into_iter().map(|kind| Choice::new(kind.id(), kind_word(l, kind))).collect()
}

/// What can count a target or a project, by its name.
fn definition_choices(web: &Web, l: Lang) -> Result<Vec<Choice>, AppError> {
    let definitions = definitions_on(&web.house, web.house.clock.today())?;
    let all = definitions.norms.targets.value.definitions.iter();
    let targets = all.map(|own| Choice::new(own.id.clone(), format!("{} · {}", own.id, label(l, &own.label))));
    let projects = definitions.norms.work.value.periods.iter();
    let projects =
        projects.map(|own| Choice::new(own.project.clone(), format!("{} · {}", own.project, label(l, &own.label))));
    Ok(targets.chain(projects).collect())
}

fn op_choices(l: Lang) -> Vec<Choice> {
    // keys: op-*
    TargetOp::ALL.into_iter().map(|op| Choice::new(op.id(), l.t(&format!("op-{}", op.id())))).collect()
}

/// Whose a task can be: those who work on the programme in a commune, a district or the province.
fn office_choices(l: Lang) -> Vec<Choice> {
    // keys: role-*
    [Role::CommuneOfficer, Role::DistrictOfficer, Role::ProvinceOfficer]
        .into_iter()
        .map(|role| Choice::new(role.id(), l.t(&format!("role-{}", role.id()))))
        .collect()
}

/// The target as the norm of a known plan has it.
fn norm_target<'a>(view: &'a PlanView, binding: &Bound) -> Option<&'a PlanTarget> {
    let known = view.known.as_ref().filter(|_| binding.norm.is_some() && binding.kind == RuleKind::Target);
    known?.target(&binding.id)
}

/// The form that hangs something on a clause that was proposed for nothing.
pub async fn new(signed: Signed, State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Fail> {
    check(&signed.actor, Verb::ConfirmBinding)?;
    let view = some_plan(&web.house, &signed, &asked).await?;
    let form = Form::new([("clause", asked.clause.clone()), ("level_op", "at_least".to_owned())]);
    Ok(shown(&build_new(&signed, &web, &view, form)?))
}

pub(super) fn build_new(signed: &Signed, web: &Web, view: &PlanView, form: Form) -> Result<NewBinding, AppError> {
    let l = signed.l();
    let addresses = Addresses::of(signed, view);
    let clause = view.plan.clause(form.value("clause"));
    Ok(NewBinding {
        l,
        frame: signed.frame(Section::Plan),
        words: clause.map(|clause| format!("{} {}", clause.marker, clause.text)).unwrap_or_default(),
        form,
        kinds: kind_choices(l),
        definitions: definition_choices(web, l)?,
        ops: op_choices(l),
        offices: office_choices(l),
        plan: plan_id(view).map(|id| id.to_string()).unwrap_or_default(),
        back_href: addresses.to(""),
        period: addresses.query,
    })
}

fn cited(citation: &Citation) -> String {
    citation.article.as_ref().map_or_else(|| citation.act.clone(), |article| format!("{}, {article}", citation.act))
}

/// The definition in words: what the plan sets, what is divided by what, and how else it can be understood.
fn facts(l: Lang, target: &PlanTarget) -> Vec<(String, String)> {
    let definition = &target.definition;
    let mut facts = vec![(l.t("plan-level"), level(l, &target.target))];
    if !target.target.minimum_stated {
        facts.push((l.t("plan-level-note"), l.t("plan-level-bare")));
    }
    if target.target.effort {
        facts.push((l.t("plan-level-note"), l.t("plan-level-effort")));
    }
    facts.push((l.t("plan-numerator"), label(l, &definition.numerator)));
    facts.extend(definition.denominator.as_ref().map(|words| (l.t("plan-denominator"), label(l, words))));
    facts.extend(definition.formula.as_ref().map(|words| (l.t("plan-formula"), label(l, words))));
    facts.extend(target.readings.iter().map(|reading| (l.t("plan-reading"), label(l, &reading.label))));
    // keys: mark-*
    facts.push((l.t("norm-mark"), l.t(&format!("mark-{}", mark_id(definition.mark)))));
    facts
}
