//! Snapshots of an invented commune: replayed by the texts they carry, figures included, compared whole, and looked over when
//! something of them is gone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops; that is its report")]

use std::fs;
use std::path::{Path, PathBuf};

use domain::review::{Assessment, FactSheet, Marks};
use domain::units::{Place, Scope, ScopeLevel, Village};
use kernel::{Day, HouseholdId, Points, UserId, VillageId};
use measures::poverty::{Counts, FamilyPlan, Named};
use norms::{Area, Norms};
use serde_json::Value;
use snapshots::{
    Act, Archive, Around, Boundaries, Finding, Frame, Given, Head, Lists, NormChange, Outcome, Record, Snapshot, diff,
    family, frozen, frozen_units, name_of, norms_in_force, replay, reviewed, verify, why,
};
use uuid::Uuid;

const YEAR: i16 = 2023;
const TRACH: &str = "18553";
const HOUSEHOLDS: usize = 60;

/// A folder that is taken away again.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("vuon-frozen-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn village(units_from: Day) -> Village {
    Village {
        id: VillageId(Uuid::from_u128(1)),
        units_from,
        province: "42".into(),
        district: "444".into(),
        commune: TRACH.into(),
        name: "Thôn 1".into(),
    }
}

/// The more deprivations, the higher the number; every second is in B1's reach of the poor.
fn record(at: usize, village: &Village) -> Record {
    let assessment = Assessment {
        household: HouseholdId(Uuid::from_u128(at as u128 + 1)),
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
        size: 1 + i32::try_from(at % 6).unwrap(),
        ages: Vec::new(),
        ethnicity: Some(1),
        b1_entered: Some(Points::whole(if at.is_multiple_of(2) { 120 } else { 160 })),
        b2_entered: None,
        class_entered: None,
        b1_computed: None,
        pack: None,
        marks_entered: Marks::from_bits(0xfff, (1 << (at % 7)) - 1),
        marks_computed: Marks::default(),
        facts: FactSheet::default(),
        causes: 1,
        cause_other: None,
        groups: u32::try_from(at & 3).unwrap(),
        decision: None,
        intake: None,
    };
    Record {
        assessment,
        class: None,
        class_computed: None,
        head_sex: None,
        members: Vec::new(),
        outcome: Outcome::default(),
    }
}

/// Freezes the commune after something was changed in its records.
fn freeze(archive: &Archive, norms: &Norms, change: impl Fn(&mut Vec<Record>)) -> Snapshot {
    let rules = norms.rulebook(YEAR, "42").unwrap();
    let units = norms.units_on(Day::last_of(YEAR));
    let scope = Scope::new(units.from, ScopeLevel::Commune, TRACH);
    let villages = [village(units.from)];
    let communes = [TRACH.to_owned()];
    let frame = Frame { rules: &rules, packs: &[], communes: &communes, villages: &villages };
    let mut writer = archive.draft(Uuid::from_u128(7), frame).unwrap();
    let mut records: Vec<Record> = (0..HOUSEHOLDS).map(|at| record(at, &villages[0])).collect();
    for record in &mut records {
        record.outcome = record.outcome(&rules, &[]);
        record.class.clone_from(&record.outcome.class);
        record.class_computed.clone_from(&record.outcome.class);
    }
    change(&mut records);
    let around = Around { villages: villages.to_vec(), ..Around::default() };
    let lists = Lists { year: YEAR, now: records.iter().map(reviewed).collect(), around, ..Lists::default() };
    writer.households(records).unwrap();
    let around = lists.around.clone();
    let ground = lists.ground(&scope, units, &rules);
    let numbers: Vec<&str> = rules.forms.iter().map(|form| form.value.number.as_str()).collect();
    let forms = ground.forms(&rules, &numbers);
    let cells = frozen(&forms.iter().map(|(form, _)| form).collect::<Vec<_>>());
    let head = Head {
        act: Act::ListSent,
        year: YEAR,
        scope: scope.clone(),
        unit: "Xã Hương Trạch".into(),
        at_ms: 0,
        day: Day::last_of(YEAR),
        by: UserId(Uuid::from_u128(1)),
        by_name: "thử".into(),
        is_sample: true,
        unconfirmed: Vec::new(),
    };
    let in_force = norms_in_force(norms, Day::last_of(YEAR));
    let sealed = writer.seal(head, (&in_force, frozen_units(units, &scope), &[]), &around, &cells).unwrap();
    archive.open(&sealed.name).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The shipped norms with the line of the poor moved from three deprivations to four.
fn other_norms(folder: &Path) -> Norms {
    let norms = folder.join("norms");
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../norms")), &norms);
    let rules = norms.join("review/class_rules.yaml");
    let text = fs::read_to_string(&rules).unwrap();
    assert!(text.contains("b2: {ge: 30}"));
    fs::write(&rules, text.replacen("b2: {ge: 30}", "b2: {ge: 40}", 1)).unwrap();
    fs::remove_dir_all(norms.join("cases")).unwrap();
    fs::create_dir(norms.join("cases")).unwrap();
    Norms::from_dir(&norms).unwrap()
}

/// The same snapshot under a manifest that was changed: what an older program, or somebody with the whole folder, could write.
fn under_other_manifest(archive: &Archive, snapshot: &Snapshot, change: impl Fn(&mut Value, &Path)) -> Snapshot {
    let draft = archive.root().join("draft");
    copy(snapshot.folder(), &draft);
    let mut manifest = serde_json::to_value(&snapshot.manifest).unwrap();
    change(&mut manifest, &draft);
    let manifest: snapshots::Manifest = serde_json::from_value(manifest).unwrap();
    let name = name_of(&manifest.canonical());
    fs::write(draft.join("manifest.json"), manifest.canonical()).unwrap();
    fs::rename(&draft, archive.folder(&name)).unwrap();
    archive.open(&name).unwrap()
}

#[test]
fn a_replay_goes_by_the_texts_that_were_frozen_and_tells_what_the_loaded_norms_would_make_of_it() {
    let folder = Folder::new("norms");
    let (archive, norms) = (Archive::at(folder.0.join("snapshots")), Norms::embedded().unwrap());
    let snapshot = freeze(&archive, &norms, |_| ());
    let same = replay(&snapshot, &norms).unwrap();
    assert!(same.is_equal() && same.by_frozen_norms && same.by_loaded_norms.is_none(), "{same:?}");
    assert_eq!(same.households, HOUSEHOLDS);

    let other = other_norms(&folder.0);
    let again = replay(&snapshot, &other).unwrap();
    assert!(again.is_equal(), "the frozen texts give what they gave: {again:?}");
    assert!(
        matches!(again.norms.as_slice(), [NormChange::Changed { norm, .. }] if norm == "review.class_rules"),
        "{:?}",
        again.norms
    );
    let loaded = again.by_loaded_norms.unwrap();
    assert!(loaded.classes.iter().any(|apart| apart.what == "class" && apart.frozen == "poor"), "{loaded:?}");

    // A snapshot from before the texts were kept is judged by the loaded norms, and says so.
    let old = under_other_manifest(&archive, &snapshot, |manifest, draft| {
        let files = manifest["files"].as_array_mut().unwrap();
        files.retain(|file| file["name"] != "norms.json");
        fs::remove_file(draft.join("norms.json")).unwrap();
    });
    assert_eq!(verify(old.folder()).unwrap(), []);
    let by_loaded = replay(&old, &norms).unwrap();
    assert!(by_loaded.is_equal() && !by_loaded.by_frozen_norms, "{by_loaded:?}");
    assert!(!replay(&old, &other).unwrap().is_equal());
}

#[test]
fn poverty_figures_that_the_households_do_not_give_are_found() {
    let folder = Folder::new("figures");
    let (archive, norms) = (Archive::at(&folder.0), Norms::embedded().unwrap());
    let snapshot = freeze(&archive, &norms, |_| ());
    let richer = freeze(&archive, &norms, |records| {
        records[6].assessment.marks_entered = Marks::from_bits(0xfff, 0);
        records[7].assessment.size += 1;
    });
    let forged = under_other_manifest(&archive, &snapshot, |manifest, draft| {
        let other = richer.bytes("figures.parquet").unwrap();
        fs::write(draft.join("figures.parquet"), &other).unwrap();
        let entry = serde_json::to_value(richer.manifest.file("figures.parquet").unwrap()).unwrap();
        let files = manifest["files"].as_array_mut().unwrap();
        *files.iter_mut().find(|file| file["name"] == "figures.parquet").unwrap() = entry;
    });
    assert_eq!(verify(forged.folder()).unwrap(), [], "every byte is as the manifest says");
    let found = replay(&forged, &norms).unwrap();
    assert!(!found.is_equal() && found.classes.is_empty() && found.numbers.is_empty(), "{found:?}");
    assert!(matches!(found.figures.as_slice(), [apart] if apart.commune == TRACH && apart.kinds > 0 && apart.family));
}

#[test]
fn two_snapshots_are_compared_whole_and_in_both_directions() {
    let folder = Folder::new("diff");
    let (archive, norms) = (Archive::at(&folder.0), Norms::embedded().unwrap());
    let first = freeze(&archive, &norms, |_| ());
    let second = freeze(&archive, &norms, |records| {
        records[3].assessment.causes = 2;
        records[5].class = Some("near_poor".into());
        records.remove(8);
    });
    assert_eq!(diff(&first, &first).unwrap(), snapshots::Difference::default());
    let id = |at: usize| HouseholdId(Uuid::from_u128(at as u128 + 1));
    let (there, back) = (diff(&first, &second).unwrap(), diff(&second, &first).unwrap());
    assert_eq!((there.facts.as_slice(), there.only_first.as_slice()), ([id(3)].as_slice(), [id(8)].as_slice()));
    assert_eq!((back.facts, back.only_second, back.classes.len()), (vec![id(3)], vec![id(8)], 1));
    assert_eq!(back.numbers, there.numbers);
    assert!(there.numbers > 0 && there.around.is_empty() && there.norms.is_empty());

    // Norms, packs and villages that only the second has.
    let added = under_other_manifest(&archive, &first, |manifest, _| {
        let rules = manifest["rules"].as_array_mut().unwrap();
        let mut rule = rules[0].clone();
        rule["norm"] = "review.added".into();
        rules.push(rule);
        let pack = serde_json::json!({ "name": "p@1", "sha256": "0" });
        manifest["packs"].as_array_mut().unwrap().push(pack);
    });
    let there = diff(&first, &added).unwrap();
    assert_eq!((there.norms, there.packs), (vec!["review.added".to_owned()], vec!["p@1".to_owned()]));
}

#[test]
fn a_folder_without_its_manifest_or_no_folder_at_all_is_a_finding() {
    let folder = Folder::new("verify");
    let (archive, norms) = (Archive::at(&folder.0), Norms::embedded().unwrap());
    let snapshot = freeze(&archive, &norms, |_| ());
    let at = snapshot.folder();
    assert_eq!(verify(at).unwrap(), []);
    fs::remove_file(at.join("manifest.json")).unwrap();
    assert_eq!(verify(at).unwrap(), [Finding::ManifestMissing]);
    fs::remove_dir_all(at).unwrap();
    assert_eq!(verify(at).unwrap(), [Finding::FolderMissing]);
}

#[test]
fn why_names_the_rule_that_was_frozen_whatever_the_rules_say_today() {
    let folder = Folder::new("why");
    let (archive, norms) = (Archive::at(folder.0.join("snapshots")), Norms::embedded().unwrap());
    let snapshot = freeze(&archive, &norms, |_| ());
    // B1 of 120 and three deprivations: poor by the law, and not by a line moved to four.
    let record = snapshot.household(HouseholdId(Uuid::from_u128(11))).unwrap().unwrap();
    let other = other_norms(&folder.0).rulebook(YEAR, "42").unwrap();
    let frozen = snapshot.norms().unwrap().unwrap().rulebook(YEAR, "42").unwrap();
    let rule = record.outcome.rule.clone().unwrap();
    for rules in [&frozen, &other] {
        let given = Given { record: record.clone(), rules, packs: &[] };
        let side = why(None, Some(&given)).now.unwrap();
        assert_eq!(side.rule.map(|(found, _)| found.id), Some(rule.clone()));
    }
}

#[test]
fn the_family_of_a_snapshot_is_that_of_its_households_by_anything_it_keeps_and_by_crossings() {
    let folder = Folder::new("family");
    let (archive, norms) = (Archive::at(&folder.0), Norms::embedded().unwrap());
    let snapshot = freeze(&archive, &norms, |_| ());
    let indicators = snapshot.figures().unwrap().layout().indicators.clone();
    let class = "class*village";
    let by = ["nation", "district", "area", class].map(str::to_owned).to_vec();
    for persons in [None, Some("persons".to_owned())] {
        let plan = FamilyPlan { persons: persons.clone(), by: by.clone(), ..FamilyPlan::equal(indicators.clone()) };
        let found = family(&snapshot, &plan, 2).unwrap();
        let names = |of: &Named| -> Vec<Vec<String>> {
            of.groups.iter().map(|names| names.iter().map(ToString::to_string).collect()).collect()
        };
        assert_eq!(names(&found[0]), [Vec::<String>::new()]);
        assert_eq!(
            (names(&found[1]), names(&found[2])),
            (vec![vec!["444".to_owned()]], vec![vec!["rural".to_owned()]])
        );
        let (mut all, mut poor) = (0, 0);
        let weight =
            |record: &Record| if persons.is_some() { u64::try_from(record.assessment.size).unwrap() } else { 1 };
        let (mut of_class, mut many) = (0, std::collections::BTreeSet::new());
        snapshot
            .each_household(|record| {
                all += weight(&record);
                poor += if record.assessment.marks().count() >= 3 { weight(&record) } else { 0 };
                of_class += if record.class.as_deref() == Some("poor") { weight(&record) } else { 0 };
                many.insert(record.class.clone());
                Ok(())
            })
            .unwrap();
        for of in &found[..3] {
            let counts = Counts::of(&plan, &of.cube, 0, 2);
            assert_eq!((counts.all, counts.poor), (all, poor), "{}", of.by);
        }
        let crossed = &found[3];
        let at = names(crossed).iter().position(|names| *names == ["poor", "18553/Thôn 1"]).unwrap();
        assert_eq!(Counts::of(&plan, &crossed.cube, at, 0).all, of_class);
        assert_eq!(crossed.groups.len(), many.len());
    }
    let plan = FamilyPlan { by: vec!["hamlet".into()], ..FamilyPlan::equal(indicators) };
    assert!(family(&snapshot, &plan, 1).unwrap_err().to_string().contains("there is no column hamlet"));
}

#[test]
fn a_snapshot_from_before_changes_of_boundaries_were_kept_opens_and_is_whole() {
    let norms = Norms::embedded().unwrap();
    let folder = Folder::new("old");
    let archive = Archive::at(&folder.0);
    let new = freeze(&archive, &norms, |_| {});
    assert_eq!(new.boundaries().unwrap(), Some(Boundaries::default()));

    let mut manifest = new.manifest.clone();
    manifest.files.retain(|file| file.name != "boundaries.json");
    let text = manifest.canonical();
    let old = folder.0.join(name_of(&text));
    fs::rename(new.folder(), &old).unwrap();
    fs::remove_file(old.join("boundaries.json")).unwrap();
    fs::write(old.join("manifest.json"), text).unwrap();

    let old = Snapshot::open(&old).unwrap();
    assert_eq!(old.boundaries().unwrap(), None);
    assert_eq!(verify(old.folder()).unwrap(), []);
    assert!(replay(&old, &norms).unwrap().is_equal());
    let by = (Day::from_iso("2025-07-01").unwrap(), ScopeLevel::Commune);
    let told = snapshots::told_by(&old, &norms, by, vec!["poor".into()]).unwrap().unwrap();
    assert!(told.without_boundaries && told.restated.is_conserved());
}
