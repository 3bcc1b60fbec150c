//! A change of boundaries as typed, read into the one that is checked and recorded. Says every field that is wrong.

use domain::units::{BoundaryChange, ChangeKind, Decision, NewUnit, Step};
use kernel::text::nfc;
use kernel::{BoundaryId, Day};
use norms::Level;

use crate::FieldFault;

/// A change as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeInput {
    pub kind: String,
    pub level: String,
    pub on: String,
    pub act: String,
    pub act_day: String,
    pub article: String,
    pub issuer: String,
    /// Codes of the old units, one a line or parted by commas; words after a code are left aside. Where a level begins,
    /// `code > new code`.
    pub sources: String,
    /// The new units, one a line: the code of one that stands, or `code | type | name` of one the change makes.
    pub targets: String,
    pub note: String,
}

/// The change that was typed, or every field that cannot be read.
pub(super) fn read_change(
    id: BoundaryId,
    province: String,
    input: &ChangeInput,
) -> Result<BoundaryChange, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut day = |field: &'static str, text: &str| {
        let read = text.trim().parse::<Day>().ok();
        if read.is_none() {
            let problem = if text.trim().is_empty() { "field-missing" } else { "field-full-date" };
            faults.push(FieldFault::at(field, problem));
        }
        read
    };
    let (on, act_day) = (day("on", &input.on), day("act_day", &input.act_day));
    let mut word = |field: &'static str, text: &str| {
        let read = nfc(text);
        if read.is_empty() {
            faults.push(FieldFault::at(field, "field-missing"));
        }
        read
    };
    let (act, issuer) = (word("act", &input.act), word("issuer", &input.issuer));
    let kind = ChangeKind::from_id(&input.kind);
    if kind.is_none() {
        faults.push(FieldFault::at("kind", "field-choice"));
    }
    let is_of_level = matches!(kind, Some(ChangeKind::LevelBegins | ChangeKind::LevelEnds));
    let level = if is_of_level { Some(Level::District) } else { Level::from_id(&input.level) };
    if level.is_none() {
        faults.push(FieldFault::at("level", "field-choice"));
    }
    let (targets, creates) = read_targets(&input.targets);
    let sources = read_sources(&input.sources);
    if kind != Some(ChangeKind::LevelEnds) {
        for (field, is_empty) in [("sources", sources.is_empty()), ("targets", targets.is_empty())] {
            if is_empty {
                faults.push(FieldFault::at(field, "field-missing"));
            }
        }
    }
    let (Some(on), Some(act_day), Some(kind), Some(level), true) = (on, act_day, kind, level, faults.is_empty()) else {
        return Err(faults);
    };
    let steps = match kind {
        ChangeKind::LevelEnds => Vec::new(),
        ChangeKind::LevelBegins => {
            sources.iter().filter_map(|(from, to)| Some(Step { from: from.clone(), to: to.clone()? })).collect()
        }
        _ => sources
            .iter()
            .flat_map(|(from, _)| targets.iter().map(move |to| Step { from: from.clone(), to: to.clone() }))
            .collect(),
    };
    let said = |text: &str| Some(nfc(text)).filter(|text| !text.is_empty());
    Ok(BoundaryChange {
        id,
        kind,
        level: level.into(),
        on,
        province,
        decision: Decision { act, day: act_day, article: said(&input.article), issuer },
        steps,
        creates: if kind == ChangeKind::LevelEnds { Vec::new() } else { creates },
        note: said(&input.note),
        withdrawn: None,
    })
}

/// `18535 Xã Phú Phong`, `18535, 18505`, `18547 > 901`.
fn read_sources(text: &str) -> Vec<(String, Option<String>)> {
    let code = |part: &str| part.split_whitespace().next().map(str::to_owned);
    let of = |piece: &str| {
        let (from, to) = piece.split_once('>').map_or((piece, None), |(from, to)| (from, Some(to)));
        Some((code(from)?, to.and_then(code)))
    };
    text.split(['\n', ',', ';']).filter_map(of).collect()
}

/// Codes, and the units among them that the change makes.
fn read_targets(text: &str) -> (Vec<String>, Vec<NewUnit>) {
    let (mut codes, mut creates) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let [code, kind, name] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] {
            creates.push(NewUnit { code: code.to_owned(), kind: nfc(kind), name: nfc(name) });
            codes.push(code.to_owned());
            continue;
        }
        codes.extend(line.split([',', ';']).filter_map(|part| part.split_whitespace().next()).map(str::to_owned));
    }
    (codes, creates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_as_people_write_and_paste_them() {
        let old = read_sources("18535 Xã Phú Phong\n18505, 18502 ;\n\n18547 > 901");
        let old: Vec<String> =
            old.into_iter().map(|(from, to)| to.map_or(from.clone(), |to| format!("{from}>{to}"))).collect();
        assert_eq!(old, ["18535", "18505", "18502", "18547>901"]);
        let (codes, made) = read_targets("18502 Xã Hà Linh\n 77777 | Xã | Hương  Phong \n18505,18508");
        assert_eq!(codes, ["18502", "77777", "18505", "18508"]);
        assert_eq!(made, [NewUnit { code: "77777".into(), kind: "Xã".into(), name: "Hương Phong".into() }]);
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        let input = ChangeInput { on: "31/02/2025".into(), ..ChangeInput::default() };
        let faults = read_change(BoundaryId(uuid::Uuid::nil()), "42".into(), &input).unwrap_err();
        let said: Vec<String> = faults.iter().map(|f| format!("{} {}", f.field, f.problem)).collect();
        assert_eq!(
            said,
            [
                "on field-full-date",
                "act_day field-missing",
                "act field-missing",
                "issuer field-missing",
                "kind field-choice",
                "level field-choice",
                "sources field-missing",
                "targets field-missing",
            ]
        );
    }
}
