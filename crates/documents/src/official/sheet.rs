//! The blank survey sheet from the norms: the pack's items, then the facts of the household, then those of every
//! member. Codes are places: question 3, answer 2. So a sheet filled on paper is entered with numbers only, in the
//! order printed.

use norms::{Answer, Fact, Relations, Rulebook, ScorePack};

use super::context::{SheetChoice, SheetPart, SheetQuestion, SurveySheet};

/// Gives every question the next number, over all parts of the sheet.
struct Numbering(u32);

impl SurveySheet {
    /// Everything that is asked in a year, with nothing filled in. Without a pack the B1 points are entered as a total.
    pub fn of(rules: &Rulebook, pack: Option<&ScorePack>, year: i16) -> Self {
        let mut numbering = Numbering(0);
        let mut parts = Vec::new();
        if let Some(pack) = pack {
            let item = |item: &norms::PackItem| {
                let labels = item.answers.iter().map(|answer| answer.label.vi.clone());
                numbering.question(&item.label.vi, choices(labels))
            };
            let questions = pack.items.iter().map(item).collect();
            parts.push(SheetPart { title: "Phần B1. Đặc điểm hộ gia đình".to_owned(), questions });
        }
        let facts = &rules.facts.value;
        let questions = facts.household.iter().map(|fact| numbering.fact(fact)).collect();
        parts.push(SheetPart {
            title: "Phần B2. Thông tin của hộ để xác định chỉ số thiếu hụt".to_owned(), questions
        });
        let mut member_questions = known_of_members(&mut numbering, &rules.relations.value);
        member_questions.extend(facts.person.iter().map(|fact| numbering.fact(fact)));
        Self {
            year,
            parts,
            member_questions,
            member_rows: MEMBER_ROWS,
            pack: pack.map(|pack| pack.title.vi.clone()),
            ..Self::default()
        }
    }
}

/// As many as stand on a page lying down; larger households take a second sheet.
const MEMBER_ROWS: u16 = 8;

fn known_of_members(numbering: &mut Numbering, relations: &Relations) -> Vec<SheetQuestion> {
    let relation = relations.relations.iter().map(|relation| relation.label.vi.clone());
    vec![
        numbering.question("Quan hệ với chủ hộ", choices(relation)),
        numbering.question("Giới tính", choices(["Nam", "Nữ"].map(str::to_owned).into_iter())),
        numbering.question("Ngày, tháng, năm sinh", Vec::new()),
    ]
}

impl Numbering {
    fn question(&mut self, label: &str, choices: Vec<SheetChoice>) -> SheetQuestion {
        self.0 += 1;
        SheetQuestion { code: self.0.to_string(), label: label.to_owned(), choices, unit: None, several: false }
    }

    fn fact(&mut self, fact: &Fact) -> SheetQuestion {
        let label = format!("{}{}", fact.label.vi, ages(fact));
        let labels = |choices: &[norms::Choice]| choices.iter().map(|c| c.label.vi.clone()).collect::<Vec<_>>();
        match &fact.answer {
            Answer::OneOf { choices: all } => self.question(&label, choices(labels(all).into_iter())),
            Answer::AnyOf { choices: all } => {
                SheetQuestion { several: true, ..self.question(&label, choices(labels(all).into_iter())) }
            }
            Answer::YesNo => self.question(&label, choices(["Có", "Không"].map(str::to_owned).into_iter())),
            Answer::Number { unit } => {
                SheetQuestion { unit: Some(unit.vi.clone()), ..self.question(&label, Vec::new()) }
            }
        }
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

fn choices(labels: impl Iterator<Item = String>) -> Vec<SheetChoice> {
    (1u32..).zip(labels).map(|(code, label)| SheetChoice { code: code.to_string(), label }).collect()
}
