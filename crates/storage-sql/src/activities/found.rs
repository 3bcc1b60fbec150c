//! People and households by name, for lists of participants and for spreadsheets that name them.

use domain::programme::work::Who;
use domain::units::Scope;
use kernel::{BirthDate, HouseholdId, PersonId, StaffId, text};
use norms::Subject;
use storage::{Candidate, NamedWho, Stored};
use uuid::Uuid;

use crate::registry::IDS;
use crate::tx::{Row, Tx};

pub(super) async fn names(tx: &mut Tx, scope: &Scope, who: &[Who]) -> Stored<Vec<NamedWho>> {
    let mut found = Vec::with_capacity(who.len());
    for subject in Subject::ALL {
        let ids: Vec<Uuid> = who.iter().filter(|one| one.subject() == subject).map(|one| one.id()).collect();
        for some in ids.chunks(IDS) {
            found.extend(names_of(tx, scope, subject, some).await?);
        }
    }
    Ok(found)
}

async fn names_of(tx: &mut Tx, scope: &Scope, subject: Subject, ids: &[Uuid]) -> Stored<Vec<NamedWho>> {
    let sql = match subject {
        Subject::Person => {
            "SELECT p.id, p.name, COALESCE(p.birth, ''), f.id, f.commune, v.name FROM household f \
             JOIN membership m ON m.household = f.id JOIN person p ON p.id = m.person JOIN village v ON v.id = f.village \
             WHERE m.left_on IS NULL AND p.id"
        }
        Subject::Household => {
            "SELECT f.id, f.head_name, COALESCE(f.head_birth, ''), f.id, f.commune, v.name FROM household f \
             JOIN village v ON v.id = f.village WHERE f.id"
        }
        Subject::Staff => "SELECT f.id, f.name, f.office, NULL, f.commune, '' FROM staff f WHERE f.id",
    };
    tx.query("finding names", sql)
        .push_ids("", ids.iter().copied())
        .push(" AND")
        .in_scope("f", scope)
        .all("household", |row| {
            let (id, name, detail) = (row.uuid()?, row.text()?, row.text()?);
            let household: Option<Uuid> = row.take()?;
            Ok(NamedWho {
                who: Who::of(subject, id),
                name,
                detail: shown(subject, &detail),
                household: household.map(HouseholdId),
                commune: row.text()?,
                village: row.text()?,
            })
        })
        .await
}

/// A birth date as people write it; an office as it is.
fn shown(subject: Subject, detail: &str) -> String {
    match subject {
        Subject::Staff => detail.to_owned(),
        _ => BirthDate::from_iso(detail).map(|birth| birth.to_string()).unwrap_or_default(),
    }
}

/// Members of open households that have one of the words, each a paper number or a folded name; and staff by name.
pub(super) async fn candidates(tx: &mut Tx, scope: &Scope, words: &[String], most: i64) -> Stored<Vec<Candidate>> {
    let by_paper: Vec<&String> = words.iter().filter(|w| w.chars().all(|c| c.is_ascii_digit())).collect();
    let names: Vec<&String> = words.iter().filter(|w| !w.chars().all(|c| c.is_ascii_digit())).collect();
    let mut found = Vec::new();
    if !by_paper.is_empty() {
        found.extend(persons(tx, scope, Some(&by_paper), most).await?);
    }
    if !names.is_empty() {
        let everybody = persons(tx, scope, None, i64::MAX).await?;
        let wanted: std::collections::HashSet<&str> = names.iter().map(|n| n.as_str()).collect();
        let fitting = everybody.into_iter().filter(|c| wanted.contains(c.folded_name.as_str()));
        found.extend(fitting.take(usize::try_from(most).unwrap_or(usize::MAX)));
        let staff = tx
            .query("finding staff", "SELECT s.id, s.name, s.office, s.commune FROM staff s WHERE")
            .in_scope("s", scope)
            .all("staff", |row| {
                let (id, name, detail, commune) = (StaffId(row.uuid()?), row.text()?, row.text()?, row.text()?);
                let folded_name = text::fold_name(&name);
                let who = Who::Staff(id);
                let found = NamedWho { who, name, detail, household: None, commune, village: String::new() };
                Ok(Candidate { named: found, paper: None, folded_name, birth: None })
            })
            .await?;
        found.extend(staff.into_iter().filter(|c| wanted.contains(c.folded_name.as_str())));
    }
    Ok(found)
}

async fn persons(tx: &mut Tx, scope: &Scope, papers: Option<&[&String]>, most: i64) -> Stored<Vec<Candidate>> {
    const SQL: &str = "SELECT p.id, p.name, p.birth, p.paper, f.id, f.commune, v.name FROM household f \
                       JOIN membership m ON m.household = f.id JOIN person p ON p.id = m.person \
                       JOIN village v ON v.id = f.village WHERE f.closed IS NULL AND m.left_on IS NULL AND";
    let mut query = tx.query("finding people", SQL).in_scope("f", scope);
    if let Some(papers) = papers {
        query = query.push(" AND (1 = 0");
        for paper in papers {
            query = query.push_bind(" OR p.paper = ", (*paper).clone());
        }
        query = query.push(")");
    }
    query.push_bind(" LIMIT ", most).all("person", candidate).await
}

fn candidate(row: &mut Row) -> Stored<Candidate> {
    let (id, name) = (PersonId(row.uuid()?), row.text()?);
    let birth = row.birth_if_any()?;
    let paper: Option<String> = row.take()?;
    let household = HouseholdId(row.uuid()?);
    let (commune, village) = (row.text()?, row.text()?);
    let folded_name = text::fold_name(&name);
    let detail = birth.map(|b| b.to_string()).unwrap_or_default();
    let named = NamedWho { who: Who::Person(id), name, detail, household: Some(household), commune, village };
    Ok(Candidate { named, paper, folded_name, birth })
}
