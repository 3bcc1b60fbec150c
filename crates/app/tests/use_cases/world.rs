//! A small province set up in October 2023, with one officer in the commune Hương Trạch.

use std::sync::Arc;

use app::access::{NewAdministrator, UserInput, add_user, sign_in, start_empty};
use app::registry::{FoundInput, MemberInput, Seen, found, open};
use app::units::add_village;
use app::{AppError, House};
use domain::access::{Actor, Role};
use domain::review::Submission;
use domain::units::{Scope, Village};
use kernel::{Day, HouseholdId};
use norms::Norms;
use snapshots::Archive;
use testkit::{FixedClock, SeededIds, TestDatabase};

pub const COMMUNE: &str = "commune:18553";
pub const PASSWORD: &str = "một mật khẩu dài";

pub struct Province {
    pub house: House,
    pub clock: Arc<FixedClock>,
    pub administrator: Actor,
    database: TestDatabase,
}

/// Nothing is set up yet.
pub async fn empty_house() -> (House, Arc<FixedClock>, TestDatabase) {
    empty_house_in(TestDatabase::sqlite().await, "2023-10-10")
}

fn empty_house_in(database: TestDatabase, day: &str) -> (House, Arc<FixedClock>, TestDatabase) {
    let clock = Arc::new(FixedClock::on(day));
    let norms = Norms::embedded().expect("the norms of the program are sound");
    let shown: Arc<dyn kernel::Clock> = clock.clone();
    let house = House::new(Arc::new(database.store.clone()), Arc::new(norms), shown, Arc::new(SeededIds::new(1)))
        .with_archive(Archive::at(database.beside("snapshots")));
    (house, clock, database)
}

pub async fn province() -> Province {
    province_in(TestDatabase::sqlite().await, "2023-10-10").await
}

/// The province on a day, in a given database.
pub async fn province_in(database: TestDatabase, day: &str) -> Province {
    let (house, clock, database) = empty_house_in(database, day);
    let input =
        NewAdministrator { name: "Võ Thanh Bình".into(), login: "quantri".into(), password: PASSWORD.to_owned() };
    let administrator = start_empty(&house, "42", None, &input).await.unwrap();
    Province { house, clock, administrator, database }
}

impl Province {
    pub async fn done(self) {
        self.database.remove().await;
    }

    pub fn scope(&self, address: &str) -> Scope {
        Scope::from_address(address, self.administrator.scope.units_from).unwrap()
    }

    /// Somebody new who has signed in.
    pub async fn officer(&self, role: Role, unit: &str) -> Actor {
        self.signed_in(role, unit, "").await
    }

    /// A second one in the same role and unit.
    pub async fn colleague(&self, role: Role, unit: &str) -> Actor {
        self.signed_in(role, unit, ".2").await
    }

    async fn signed_in(&self, role: Role, unit: &str, ending: &str) -> Actor {
        let login = format!("{}.{}{ending}", role.id(), unit.replace(':', "."));
        let input = UserInput {
            login: login.clone(),
            name: format!("Cán bộ {unit}{ending}"),
            password: PASSWORD.to_owned(),
            role: role.id().to_owned(),
            unit: unit.to_owned(),
            village: "Thôn 1".to_owned(),
        };
        add_user(&self.house, &self.administrator, &input).await.unwrap();
        sign_in(&self.house, &login, PASSWORD).await.unwrap()
    }

    pub async fn village(&self, officer: &Actor, name: &str) -> Village {
        add_village(&self.house, officer, None, name).await.unwrap()
    }

    /// A mother with a grown son and a school child.
    pub async fn household(&self, officer: &Actor, village: &Village, head: &str) -> HouseholdId {
        let members = vec![
            member(head, "Nữ", "12/03/1975", "Chủ hộ"),
            member("Nguyễn Văn Nam", "Nam", "01/06/2000", "Con"),
            member("Nguyễn Thị Hoa", "Nữ", "02/09/2012", "Con"),
        ];
        let input = FoundInput { village: village.id, address: String::new(), members, came: None };
        found(&self.house, officer, &input).await.unwrap().household
    }

    /// The household as a form would show it now.
    pub async fn seen(&self, officer: &Actor, household: HouseholdId) -> Seen {
        let view = open(&self.house, officer, household, None).await.unwrap();
        Seen { household, version: view.household.version }
    }

    /// The commune's list of the year goes up without further questions.
    pub async fn send(&self, officer: &Actor, year: i16) {
        let mut work = self.house.store.write().await.unwrap();
        let list = Submission {
            id: kernel::SubmissionId(self.house.ids.next()),
            units_from: officer.scope.units_from,
            province: "42".into(),
            district: "444".into(),
            commune: officer.scope.code.clone(),
            year,
            state: domain::review::ListState::Open,
            day: None,
            by: None,
            by_name: String::new(),
            remark: None,
            households: 0,
            version: 0,
        };
        let sent = list.send((officer.id, &officer.name), 1, 0, Day::first_of(year)).unwrap();
        work.save_submission(&sent).await.unwrap();
        work.commit().await.unwrap();
    }
}

pub fn member(name: &str, sex: &str, birth: &str, relation: &str) -> MemberInput {
    MemberInput {
        name: name.to_owned(),
        sex: sex.to_owned(),
        birth: birth.to_owned(),
        relation: relation.to_owned(),
        ethnicity: "Kinh".to_owned(),
        ..MemberInput::default()
    }
}

/// `field problem` of every fault of a form.
pub fn faults<T: std::fmt::Debug>(result: Result<T, AppError>) -> Vec<String> {
    match result {
        Err(AppError::Form(faults)) => faults.iter().map(|f| format!("{} {}", f.field, f.problem)).collect(),
        other => panic!("a form with faults was expected: {other:?}"),
    }
}

pub fn code<T: std::fmt::Debug>(result: Result<T, AppError>) -> &'static str {
    result.expect_err("a refusal was expected").code()
}
