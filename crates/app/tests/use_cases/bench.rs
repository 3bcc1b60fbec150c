//! The province at the end of 2023 with officers at every level, lists written in a few words, and the state of the store
//! at a moment, to be compared with another.

use std::ops::Deref;

use app::review::intake::{Applied, Outcome, Upload, apply, stage, view};
use domain::access::{Actor, Role};
use domain::registry::Household;
use domain::units::Village;
use kernel::{HouseholdId, IntakeId};
use snapshots::Archive;
use storage::StoredAssessment;
use testkit::TestDatabase;

use crate::world::{Province, province_in};

/// Two rural communes and a town of the district Hương Khê, and a rural commune of another.
pub const TRACH: &str = "18553";
pub const LAM: &str = "18556";
pub const TOWN: &str = "18496";
pub const QUANG_DIEM: &str = "18184";
pub const DISTRICT: &str = "district:444";

/// The province at the end of 2023, when lists are made.
pub struct Desk(Province);

pub async fn desk() -> Desk {
    desk_on(TestDatabase::sqlite().await).await
}

/// The same province on a given database.
pub async fn desk_on(database: TestDatabase) -> Desk {
    Desk(province_in(database, "2023-12-20").await)
}

impl Deref for Desk {
    type Target = Province;

    fn deref(&self) -> &Province {
        &self.0
    }
}

impl Desk {
    pub async fn done(self) {
        self.0.done().await;
    }

    /// Where the snapshots lie.
    pub fn archive(&self) -> &Archive {
        self.0.house.archive().unwrap()
    }

    pub fn administrator(&self) -> &Actor {
        &self.0.administrator
    }

    pub async fn of_commune(&self, commune: &str) -> Actor {
        self.officer(Role::CommuneOfficer, &format!("commune:{commune}")).await
    }

    pub async fn of_province(&self) -> Actor {
        self.officer(Role::ProvinceOfficer, "province:42").await
    }

    pub async fn staged(&self, actor: &Actor, year: i16, families: &[Family]) -> IntakeId {
        stage(&self.house, actor, None, year, paste(families)).await.unwrap()
    }

    /// Stages and applies.
    pub async fn bring(&self, actor: &Actor, year: i16, families: &[Family]) -> (IntakeId, Applied) {
        let id = self.staged(actor, year, families).await;
        (id, self.apply(actor, id).await)
    }

    pub async fn apply(&self, actor: &Actor, id: IntakeId) -> Applied {
        apply(&self.house, actor, id, &|_, _| {}).await.unwrap()
    }

    /// What the preview says of each household, in the order of the list.
    pub async fn outcomes(&self, actor: &Actor, id: IntakeId) -> Vec<Outcome> {
        let plan = view(&self.house, actor, id).await.unwrap().plan.unwrap();
        plan.items.into_iter().map(|item| item.outcome).collect()
    }

    /// The names of what would change, household by household; `new`, `ask` where nothing is compared.
    pub async fn told(&self, actor: &Actor, id: IntakeId) -> Vec<String> {
        let words = |outcome: Outcome| match outcome {
            Outcome::New => "new".to_owned(),
            Outcome::Ask { candidates } => format!("ask {}", candidates.len()),
            Outcome::Unchanged { .. } => "same".to_owned(),
            Outcome::Changed { changes, .. } => changes.iter().map(|c| c.what).collect::<Vec<_>>().join(" "),
        };
        self.outcomes(actor, id).await.into_iter().map(words).collect()
    }

    /// All open households and their assessments of a year.
    pub async fn state(&self, year: i16) -> State {
        let scope = &self.administrator.scope;
        let mut work = self.house.store.read().await.unwrap();
        let ids: Vec<HouseholdId> = work.heads(scope).await.unwrap().into_iter().map(|h| h.household).collect();
        let mut households = work.households_by_id(scope, &ids).await.unwrap();
        households.sort_by_key(|h| h.id);
        let mut assessments = work.assessments_of_year(scope, year).await.unwrap();
        assessments.sort_by_key(|s| s.assessment.household);
        State { households, assessments }
    }

    pub async fn villages(&self, address: &str) -> Vec<Village> {
        self.house.store.read().await.unwrap().villages(&self.scope(address)).await.unwrap()
    }
}

/// What the store holds of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub households: Vec<Household>,
    pub assessments: Vec<StoredAssessment>,
}

impl State {
    /// How often something was saved is no part of what is known.
    pub fn without_versions(mut self) -> Self {
        for household in &mut self.households {
            household.version = 0;
        }
        self
    }

    pub fn headed_by(&self, name: &str) -> (&Household, &StoredAssessment) {
        let household = self.households.iter().find(|h| h.head_name() == name).unwrap();
        let found = |s: &&StoredAssessment| s.assessment.household == household.id;
        (household, self.assessments.iter().find(found).unwrap())
    }
}

/// A household as a list writes it.
#[derive(Debug, Clone)]
pub struct Family {
    pub commune: String,
    pub village: String,
    /// Name, relation, birth, sex, paper.
    pub people: Vec<[String; 5]>,
    pub b1: String,
    pub b2: String,
    pub class: String,
    pub decision: String,
    pub ethnicity: String,
    /// Crosses in NN1 … NN7.
    pub causes: Vec<u8>,
    pub merit: bool,
    /// Numbers of the indicators it lacks; `None`: the list has no such columns.
    pub marks: Option<Vec<u8>>,
}

/// A poor household of one woman in Thôn 1 of Hương Trạch.
pub fn family(name: &str, birth: &str, paper: &str) -> Family {
    let head = [name, "Chủ hộ", birth, "Nữ", paper].map(str::to_owned);
    Family {
        commune: TRACH.into(),
        village: "Thôn 1".into(),
        people: vec![head],
        b1: "120".into(),
        b2: "30".into(),
        class: "N".into(),
        decision: "15/QĐ-UBND".into(),
        ethnicity: "1".into(),
        causes: vec![2],
        merit: false,
        marks: None,
    }
}

impl Family {
    pub fn with(mut self, name: &str, relation: &str, birth: &str, sex: &str) -> Self {
        self.people.push([name, relation, birth, sex, ""].map(str::to_owned));
        self
    }

    pub fn scores(mut self, b1: &str, b2: &str, class: &str) -> Self {
        (self.b1, self.b2, self.class) = (b1.into(), b2.into(), class.into());
        self
    }

    pub fn at(mut self, commune: &str, village: &str) -> Self {
        (self.commune, self.village) = (commune.into(), village.into());
        self
    }

    fn rows(&self, number: usize) -> Vec<String> {
        let head = &self.people[0][0];
        let cross = |holds: bool| if holds { "x" } else { "" }.to_owned();
        let row = |(at, person): (usize, &[String; 5])| {
            let first = at == 0;
            let of_first = |text: &str| if first { text.to_owned() } else { String::new() };
            let [name, relation, birth, sex, paper] = person.clone();
            let mut cells = vec![of_first(&number.to_string()), head.clone(), name, relation, birth, sex, paper];
            cells.extend([self.commune.clone(), self.village.clone(), self.ethnicity.clone()]);
            cells.extend([of_first(&self.class), of_first(&self.decision)]);
            cells.push(of_first(if self.decision.is_empty() { "" } else { "14/12/2023" }));
            cells.extend([of_first(&self.b1), of_first(&self.b2), cross(first && self.merit)]);
            cells.extend((1..=7).map(|code| cross(first && self.causes.contains(&code))));
            if let Some(marks) = &self.marks {
                cells.extend((1..=12).map(|number| cross(first && marks.contains(&number))));
            }
            cells.join("\t")
        };
        self.people.iter().enumerate().map(row).collect()
    }
}

const HEAD: &str = "STT\tHọ và tên chủ hộ\tHọ và tên thành viên\tQuan hệ với chủ hộ\tNgày sinh\tGiới tính\tSố CCCD/CMND\tMã xã\t\
    Thôn/Tổ dân phố\tMã dân tộc\tPhân loại\tSố quyết định\tNgày quyết định\tĐiểm B1\tĐiểm B2\tHộ có thành viên NCC\t\
    NN1\tNN2\tNN3\tNN4\tNN5\tNN6\tNN7";

/// The list as pasted from a spreadsheet.
pub fn table(families: &[Family]) -> String {
    let mut head = HEAD.to_owned();
    if families.iter().any(|f| f.marks.is_some()) {
        head.extend((1..=12).map(|number| format!("\tTH{number}")));
    }
    let rows = (1..).zip(families).flat_map(|(number, family)| family.rows(number));
    std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n")
}

pub fn paste(families: &[Family]) -> Upload {
    Upload::Paste { text: table(families) }
}

pub fn sample_file() -> Upload {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/lists/three-communes/danh-sach-ra-soat.xlsx");
    Upload::File { name: "danh-sach-ra-soat.xlsx".into(), bytes: std::fs::read(path).unwrap() }
}
