//! The blank survey sheet from the norms: B1, the household, the causes, then every member. Numbers and codes are the norms',
//! the same that the entry reads: question 3, answer 2. So a sheet filled on paper is entered with numbers only.

use norms::{Answer, Asked, Fact, Rulebook, ScorePack, sheet_questions};

use super::context::{SheetChoice, SheetPart, SheetQuestion, SurveySheet};

/// As many as stand on a page lying down; larger households take a second sheet.
const MEMBER_ROWS: u16 = 8;

impl SurveySheet {
    /// Everything that is asked in a year, with nothing filled in. Without a pack the B1 points are entered as a total.
    pub fn of(rules: &Rulebook, pack: Option<&ScorePack>, year: i16) -> Self {
        let questions = sheet_questions(rules, pack);
        let part = |title: &str, belongs: fn(&Asked<'_>) -> bool| SheetPart {
            title: title.to_owned(),
            questions: questions.iter().filter(|q| belongs(&q.asked)).map(printed).collect(),
        };
        let parts = vec![
            part("Phần B1. Đặc điểm hộ gia đình", |asked| matches!(asked, Asked::B1 | Asked::Item(_))),
            part("Phần B2. Thông tin của hộ để xác định chỉ số thiếu hụt", |asked| {
                matches!(asked, Asked::Household(_))
            }),
            part("Nguyên nhân nghèo", |asked| matches!(asked, Asked::Causes(_) | Asked::OtherCause)),
        ];
        Self {
            year,
            parts,
            member_questions: questions.iter().filter(|q| q.asked.is_of_member()).map(printed).collect(),
            member_rows: MEMBER_ROWS,
            pack: pack.map(|pack| pack.title.vi.clone()),
            ..Self::default()
        }
    }
}

fn printed(question: &norms::SheetQuestion<'_>) -> SheetQuestion {
    let asked = &question.asked;
    let choices = asked.codes().into_iter().map(|(code, label)| SheetChoice { code, label: label.vi });
    SheetQuestion {
        code: question.number.to_string(),
        label: label_of(asked),
        choices: choices.collect(),
        unit: unit_of(asked),
        several: asked.takes_several(),
    }
}

fn label_of(asked: &Asked<'_>) -> String {
    match asked {
        Asked::B1 => "Tổng điểm B1 đã chấm".to_owned(),
        Asked::Item(item) => item.label.vi.clone(),
        Asked::Household(fact) | Asked::Person(fact) => format!("{}{}", fact.label.vi, ages(fact)),
        Asked::Causes(_) => "Nguyên nhân nghèo".to_owned(),
        Asked::OtherCause => "Nguyên nhân khác (ghi rõ)".to_owned(),
        Asked::Relation(_) => "Quan hệ với chủ hộ".to_owned(),
        Asked::Sex => "Giới tính".to_owned(),
        Asked::Birth => "Ngày, tháng, năm sinh".to_owned(),
    }
}

fn unit_of(asked: &Asked<'_>) -> Option<String> {
    match asked {
        Asked::B1 => Some("điểm".to_owned()),
        Asked::Household(Fact { answer: Answer::Number { unit }, .. })
        | Asked::Person(Fact { answer: Answer::Number { unit }, .. }) => Some(unit.vi.clone()),
        _ => None,
    }
}

/// ` (từ 3 đến 15 tuổi)`.
fn ages(fact: &Fact) -> String {
    match (fact.from_age, fact.to_age) {
        (Some(from), Some(to)) => format!(" (từ {from} đến {to} tuổi)"),
        (Some(from), None) => format!(" (từ {from} tuổi)"),
        (None, Some(to)) => format!(" (đến {to} tuổi)"),
        (None, None) => String::new(),
    }
}
