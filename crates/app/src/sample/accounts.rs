//! The accounts of sample mode, one for each role and a second one of the province, and how far the communes' lists are on their way up.

use domain::access::{Actor, Role};
use domain::review::{ListState, Submission};
use domain::units::{Scope, ScopeLevel};
use kernel::{Day, SubmissionId, UserId};
use storage::UserRecord;

use super::data::{Officer, SampleData};
use super::draw::Draw;
use super::land::Commune;
use super::register::Sheet;
use crate::House;

/// One account for each role of the data, and who approves what the province compiled; none has a password.
pub(super) fn accounts(house: &House, data: &SampleData, communes: &[Commune]) -> Vec<UserRecord> {
    let home = communes.iter().find(|commune| commune.scope.code == data.accounts.commune);
    let Some(home) = home.or_else(|| communes.first()) else { return Vec::new() };
    let from = home.scope.units_from;
    let province = Scope::new(from, ScopeLevel::Province, data.province.clone());
    let account = |officer: &Officer, role, scope| UserRecord {
        id: UserId(house.ids.next()),
        login: officer.login.clone(),
        name: officer.name.clone(),
        password_hash: String::new(),
        role,
        scope,
        is_active: true,
    };
    let mut users = Vec::new();
    for role in Role::ALL {
        let Some(officer) = data.accounts.officers.get(role.id()) else { continue };
        let scope = match role.works_at() {
            Some(ScopeLevel::Commune) if role == Role::VillageHead => {
                home.scope.clone().in_village(home.villages.first().map(|village| village.id))
            }
            Some(ScopeLevel::Commune) => home.scope.clone(),
            Some(ScopeLevel::District) => Scope::new(from, ScopeLevel::District, home.district.code.clone()),
            Some(ScopeLevel::Province) | None => province.clone(),
        };
        users.push(account(officer, role, scope));
    }
    users.push(account(&data.accounts.approver, Role::ProvinceOfficer, province));
    users
}

/// Who writes the first entry of the trail.
pub(super) fn founder(users: &[UserRecord]) -> Option<Actor> {
    let user = users.iter().find(|user| user.role == Role::Administrator).or(users.first())?;
    Some(Actor { id: user.id, name: user.name.clone(), role: user.role, scope: user.scope.clone() })
}

/// Last year's lists were all sent; of this year's about four in ten, one came back, the others are still open.
pub(super) fn submissions(
    house: &House,
    data: &SampleData,
    communes: &[Commune],
    sheets: &[Sheet],
    draw: &mut Draw,
) -> Vec<Submission> {
    let mut lists = Vec::new();
    for (at, commune) in communes.iter().enumerate() {
        let of = |year, state| submission(house, data, commune, (year, state, counted(sheets, at, year)));
        lists.push(of(data.years.0, ListState::Sent));
        if commune.scope.code == data.accounts.returned {
            lists.push(of(data.years.1, ListState::Returned));
        } else if commune.scope.code != data.accounts.commune && draw.percent(40) {
            lists.push(of(data.years.1, ListState::Sent));
        }
    }
    lists
}

fn counted(sheets: &[Sheet], commune: usize, year: i16) -> i64 {
    let of_year = |sheet: &&Sheet| {
        sheet.commune == commune && sheet.assessments.iter().any(|s| s.assessment.year == year && s.assessment.listed)
    };
    i64::try_from(sheets.iter().filter(of_year).count()).unwrap_or(0)
}

fn submission(
    house: &House,
    data: &SampleData,
    commune: &Commune,
    (year, state, households): (i16, ListState, i64),
) -> Submission {
    let is_returned = state == ListState::Returned;
    Submission {
        id: SubmissionId(house.ids.next()),
        units_from: commune.scope.units_from,
        province: data.province.clone(),
        district: commune.district.code.clone(),
        commune: commune.scope.code.clone(),
        year,
        state,
        day: Day::new(year, 12, 5),
        by: None,
        by_name: String::new(),
        remark: is_returned.then(|| data.accounts.remark.clone()),
        households,
        version: 0,
    }
}
