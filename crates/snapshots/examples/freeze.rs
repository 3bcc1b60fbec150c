//! What `benches/snapshots.sh` measures of frozen facts alone, without a database: an invented province of so many households is
//! frozen, opened, and its family counted by commune. `freeze FOLDER HOUSEHOLDS` prints seconds, bytes and the peak of memory.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench reads the clock and stops where it fails"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use domain::review::{Assessment, FactSheet, FactValue, Marks};
use domain::units::{Place, Scope, ScopeLevel, Village};
use kernel::{BirthDate, Day, HouseholdId, PersonId, Points, UserId, VillageId};
use measures::layout::By;
use measures::poverty::{Counts, FamilyPlan};
use norms::{Area, Norms, Rulebook};
use snapshots::{
    Act, Archive, Around, Frame, Head, Lists, MemberRecord, Outcome, Record, frozen, frozen_units, norms_in_force,
    reviewed,
};
use uuid::Uuid;

const YEAR: i16 = 2023;
const VILLAGES: usize = 8;
/// Households handed over at once, as a commune's are.
const CHUNK: usize = 2_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (folder, households) = (Path::new(&arguments[1]), arguments[2].parse::<usize>().unwrap());
    let norms = Norms::embedded().unwrap();
    let rules = norms.rulebook(YEAR, "42").unwrap();
    let units = norms.units_on(Day::last_of(YEAR));
    let scope = Scope::new(units.from, ScopeLevel::Province, "42");
    let communes: Vec<String> =
        units.communes_below(norms::Level::Province, "42").iter().map(|c| c.code.clone()).collect();
    let district = |code: &str| units.parent(units.commune(code).unwrap()).unwrap().code.clone();
    let villages: Vec<Village> = communes
        .iter()
        .enumerate()
        .flat_map(|(at, commune)| {
            let district = district(commune);
            (0..VILLAGES).map(move |number| Village {
                id: VillageId(Uuid::from_u128((at * VILLAGES + number) as u128 + 1)),
                units_from: units.from,
                province: "42".into(),
                district: district.clone(),
                commune: commune.clone(),
                name: format!("Thôn {number}"),
            })
        })
        .collect();
    let archive = Archive::at(folder);
    let start = Instant::now();
    let frame = Frame { rules: &rules, packs: norms.packs(), communes: &communes, villages: &villages };
    let mut writer = archive.draft(Uuid::from_u128(7), frame).unwrap();
    let mut lists =
        Lists { year: YEAR, around: Around { villages: villages.clone(), ..Around::default() }, ..Lists::default() };
    let mut done = 0;
    while done < households {
        let some = done..(done + CHUNK).min(households);
        done = some.end;
        let records: Vec<Record> = some
            .map(|at| {
                let mut record = record(at, &villages[at * villages.len() / households], &rules);
                record.outcome = record.outcome(&rules, norms.packs());
                record
            })
            .collect();
        lists.now.extend(records.iter().map(reviewed));
        writer.households(records).unwrap();
    }
    let around = lists.around.clone();
    let ground = lists.ground(&scope, units, &rules);
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let forms = ground.forms(&rules, &numbers);
    let cells = frozen(&forms.iter().map(|(form, _)| form).collect::<Vec<_>>());
    drop(ground);
    let head = Head {
        act: Act::ReviewApproved,
        year: YEAR,
        scope: scope.clone(),
        unit: "Tỉnh Hà Tĩnh".into(),
        at_ms: 0,
        day: Day::last_of(YEAR),
        by: UserId(Uuid::from_u128(1)),
        by_name: "bench".into(),
        is_sample: true,
        unconfirmed: Vec::new(),
    };
    let in_force = norms_in_force(&norms, Day::last_of(YEAR));
    let sealed = writer.seal(head, (&in_force, frozen_units(units, &scope), &[]), &around, &cells).unwrap();
    let frozen_s = start.elapsed().as_secs_f64();
    let peak = peak_mib();

    let start = Instant::now();
    let snapshot = archive.open(&sealed.name).unwrap();
    let figures = snapshot.figures().unwrap();
    let indicators = rules.indicators.value.indicators.iter().map(|indicator| indicator.id.clone()).collect();
    let plan = FamilyPlan::equal(indicators);
    let cubes = figures.family(&plan, &[By::Whole, By::Commune], 2).unwrap();
    let family_ms = start.elapsed().as_secs_f64() * 1e3;
    let poor = Counts::of(&plan, &cubes[0], 0, 2).poor;
    println!(
        "freeze households={households} seconds={frozen_s:.2} peak_mib={peak} bytes={} figures_bytes={} family_by_commune_ms={family_ms:.2} communes={} poor={poor}",
        sealed.manifest.bytes(),
        sealed.manifest.file("figures.parquet").map_or(0, |file| file.bytes),
        cubes[1].groups(),
    );
}

/// An invented household: answers to every fact of the law, two to five members.
fn record(at: usize, village: &Village, rules: &Rulebook) -> Record {
    let mix = (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let members = 2 + mix % 4;
    let facts = rules.facts.value.household.iter().map(|fact| (fact.id.clone(), FactValue::One("none".into())));
    let person = |number: u64| PersonId(Uuid::from_u128((at as u128) << 8 | u128::from(number)));
    let persons = (0..members).map(|number| {
        let answers =
            rules.facts.value.person.iter().take(4).map(|fact| (fact.id.clone(), FactValue::One("none".into())));
        (person(number), answers.collect::<BTreeMap<_, _>>())
    });
    let marks = Marks::from_bits(0xfff, u32::try_from(mix >> 4 & 0xfff & (mix >> 17)).unwrap());
    let assessment = Assessment {
        household: HouseholdId(Uuid::from_u128(at as u128)),
        year: YEAR,
        place: Place {
            units_from: village.units_from,
            province: village.province.clone(),
            district: village.district.clone(),
            commune: village.commune.clone(),
            village: village.id,
        },
        area: Area::Rural,
        listed: true,
        left_class: None,
        size: i32::try_from(members).unwrap(),
        ages: (0..members).map(|number| i16::try_from(10 + number * 12).unwrap()).collect(),
        ethnicity: Some(1),
        b1_entered: Some(Points::whole(120)),
        b2_entered: None,
        class_entered: None,
        b1_computed: None,
        pack: None,
        marks_entered: marks,
        marks_computed: Marks::default(),
        facts: FactSheet { household: facts.collect(), persons: persons.collect(), answers: BTreeMap::new() },
        causes: 1,
        cause_other: None,
        groups: u32::try_from(mix & 3).unwrap(),
        decision: None,
        intake: None,
    };
    let member =
        |number| MemberRecord { person: person(number), birth: BirthDate::from_iso("1980-01-01"), counted: true };
    Record {
        assessment,
        class: Some("poor".into()),
        class_computed: Some("poor".into()),
        head_sex: None,
        members: (0..members).map(member).collect(),
        outcome: Outcome::default(),
    }
}

/// The most memory this process ever held.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).expect("a line of the peak");
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}
