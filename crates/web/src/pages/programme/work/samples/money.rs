//! Sources of money and what was done with them.

use super::super::{Money, MoneyLine, Rooms, SourceLine};
use super::{PERIOD, frame, some};
use crate::language::Lang;
use crate::pages::Sample;
use crate::pages::form::Form;
use crate::pages::parts::{Choice, Pager};

pub(super) fn samples(l: Lang) -> Vec<Sample> {
    vec![Sample::new("programme/money", money(l, true)), Sample::new("programme/money-empty", money(l, false))]
}

fn money(l: Lang, with: bool) -> Money {
    let source = SourceLine {
        name: "F1 · Ngân sách trung ương năm 2022 kéo dài sang 2023".into(),
        spend_by: l.t1("source-spend-by", "day", "31/12/2023"),
        assigned: some("1.200.000.000"),
        moved: some("-200.000.000"),
        paid: some("350.000.000"),
        left: some("650.000.000"),
    };
    let row = MoneyLine {
        id: "018f".into(),
        day: "05/09/2023".into(),
        what: l.t("money-what-disbursement"),
        source: source.name.clone(),
        capital: "V2 · Vốn sự nghiệp".into(),
        project: "P3.1 · Hỗ trợ phát triển sản xuất".into(),
        place: "Huyện Hương Khê".into(),
        document: "GRT 0125".into(),
        amount: some("350.000.000"),
        remove_href: Some("/programme/money/018f/remove".into()),
    };
    let choice = vec![Choice::new("F1", source.name.clone())];
    Money {
        l,
        frame: frame(l),
        rooms: Rooms::new(PERIOD, "money"),
        form: Form::default().with_fault("amount", "field-number"),
        action: format!("/programme/money?{PERIOD}"),
        sources: if with { vec![source] } else { Vec::new() },
        source_choices: choice.clone(),
        capital_choices: choice.clone(),
        project_choices: choice.clone(),
        moves: vec![Choice::new("allocation", l.t("money-what-allocation"))],
        rows: if with { vec![row] } else { Vec::new() },
        pager: Pager::default(),
        may_record: true,
    }
}
