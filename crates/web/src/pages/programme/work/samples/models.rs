//! Production models and the rules they are checked by.

use super::super::{CheckLine, ModelForm, ModelLine, ModelPage, Models, Rooms};
use super::{PERIOD, basis, entry, frame, person, some};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::parts::{Choice, Verdict};

pub(super) fn samples(l: Lang) -> Vec<Sample> {
    let line = ModelLine {
        href: "/programme/models/0".into(),
        name: "Nuôi bò sinh sản".into(),
        project: "P2".into(),
        mode: "Cộng đồng".into(),
        place: "Xã Hương Trạch".into(),
        households: some("15"),
        money: some("150.000.000"),
        started: "01/03/2023".into(),
    };
    let list = |rows| Models {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "models"),
        rows,
        distinct: some("15"),
        may_record: true,
        new_href: "/programme/models/new".into(),
    };
    let check = |verdict, key: &str| CheckLine {
        label: "Tối thiểu 50% hộ tham gia thuộc đối tượng chương trình".into(),
        verdict,
        state: l.t(key),
        detail: "12 / 15 · 80,00 %".into(),
        basis: basis(),
    };
    let page = ModelPage {
        l,
        frame: frame(l),
        title: "Nuôi bò sinh sản".into(),
        facts: vec![(l.t("label-mode"), "Cộng đồng".into())],
        checks: vec![check(Verdict::Good, "rule-kept"), check(Verdict::Bad, "rule-broken")],
        members: vec![person()],
        past: vec![entry(l)],
        back_href: "/programme/models".into(),
        edit_href: Some("/programme/models/0/edit".into()),
        remove_href: Some("/programme/models/0/remove".into()),
    };
    let choice = || vec![Choice::new("P2", "P2")];
    let form = |is_correction: bool| ModelForm {
        l,
        frame: frame(l),
        form: Form::default().with_fault("mode", "field-choice"),
        action: "/programme/models/new".into(),
        back_href: "/programme/models".into(),
        projects: choice(),
        modes: choice(),
        sectors: choice(),
        leads: choice(),
        reasons: choice(),
        line_faults: vec!["Dòng 1".into()],
        title: l.t("model-new"),
        kept: if is_correction { vec![Choice::new("018f", "Nguyễn Thị Hường · Thôn 3")] } else { Vec::new() },
        is_correction,
        meanwhile: Vec::new(),
    };
    vec![
        Sample::new("programme/models", list(vec![line])),
        Sample::new("programme/models-empty", list(Vec::new())),
        Sample::new("programme/model", page),
        Sample::new("programme/model_form", form(false)),
        Sample::new("programme/model_form-correction", form(true)),
    ]
}
