//! H and M0 of two frozen years in the words of a page: each group's own change, and the change of its share.

use app::reporting::poverty::{Compared, GroupMove, Of, Poverty as Found, change};

use super::asked::Read;
use super::view::View;
use super::words::{self, Figure};
use crate::Web;
use crate::handlers::words::number;
use crate::pages::reporting::{ChangeRow, ChangeTable, Compare};
use crate::visitor::Signed;

/// Two years side by side, of the communes both know, with what each was read from.
pub fn sides(web: &Web, signed: &Signed, read: Read, beside: &Compared) -> Compare {
    let l = signed.l();
    let (before, now) = (&beside.before, &beside.now);
    let tables = super::view(signed, read, now).changes(before);
    let mut notes = Vec::new();
    if tables.is_empty() {
        let key = if before.plan.indicators == now.plan.indicators { "poverty-no-change" } else { "poverty-other-set" };
        // keys: poverty-*
        notes.push(l.t1(key, "year", before.question.year));
    }
    if beside.left_out > 0 {
        let (both, left) = (number(now.communes.len()), number(beside.left_out));
        notes.push(l.t2("poverty-common", "n", both, "left", left));
    }
    for year in [before, now].into_iter().filter(|year| year.working.is_some() && !year.communes.is_empty()) {
        notes.push(l.t1("poverty-working-year", "year", year.question.year));
    }
    let named = |year: &Found| (year.question.year.to_string(), super::sources(web, signed, year));
    Compare { tables, notes, sources: [before, now].map(named).to_vec() }
}

impl View<'_> {
    /// H and M0 since another year, and what each change is made of.
    pub fn changes(&self, before: &Found) -> Vec<ChangeTable> {
        let measures = [(Of::Headcount, Figure::Headcount, "H"), (Of::Adjusted, Figure::Adjusted, "M0")];
        let tables = measures.map(|(of, figure, name)| self.change(before, of, (figure, name)));
        tables.into_iter().flatten().collect()
    }

    fn change(&self, before: &Found, of: Of, (figure, name): (Figure, &str)) -> Option<ChangeTable> {
        let moved = change(before, self.found, self.read.cutoff(), of)?;
        let l = self.l;
        let whole = &moved.change;
        let shown = |value: Option<f64>| value.map_or_else(|| words::NONE.to_owned(), |value| plain(figure, value));
        let row = |group: &GroupMove| ChangeRow {
            name: words::whole_name(l, self.rules(), &group.group),
            cells: vec![
                shown(group.before),
                shown(group.now),
                signed(figure, group.change.within),
                signed(figure, group.change.between),
                signed(figure, group.change.within + group.change.between),
            ],
        };
        let values = [
            ("measure", name.to_owned()),
            ("from", plain(figure, whole.before)),
            ("to", plain(figure, whole.now)),
            ("before", before.question.year.to_string()),
            ("now", self.found.question.year.to_string()),
            ("absolute", signed(figure, whole.absolute)),
            ("within", signed(figure, moved.change.within())),
            ("between", signed(figure, moved.change.between_groups())),
        ];
        Some(ChangeTable {
            sentence: l.tv("poverty-change-sentence", &values),
            heads: vec![
                format!("{name} {}", before.question.year),
                format!("{name} {}", self.found.question.year),
                l.t("poverty-within"),
                l.t("poverty-between"),
                l.t("poverty-together"),
            ],
            total: vec![
                plain(figure, whole.before),
                plain(figure, whole.now),
                signed(figure, moved.change.within()),
                signed(figure, moved.change.between_groups()),
                signed(figure, whole.absolute),
            ],
            rows: moved.groups.iter().map(row).collect(),
        })
    }
}

/// A share as its figure is printed.
fn plain(figure: Figure, value: f64) -> String {
    let hundredths = hundredths(value);
    if figure == Figure::Adjusted {
        return words::fraction(hundredths);
    }
    format!("{},{:02}", hundredths / 100, hundredths.rem_euclid(100))
}

/// The same with its sign.
fn signed(figure: Figure, value: f64) -> String {
    let size = plain(figure, value.abs());
    match hundredths(value) {
        0 => size,
        less if less < 0 => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "shares lie between −1 and 1")]
fn hundredths(value: f64) -> i64 {
    (value * 10_000.0).round() as i64
}
