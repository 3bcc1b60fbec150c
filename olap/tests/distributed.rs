//! The country's machines on this one: a scheduler and executors as processes, households in files and in an object store. What
//! they answer is, byte for byte, what one machine answers by itself.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where it fails")]

mod machines;
mod population;
mod store;

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array, Int8Array, new_null_array};
use datafusion::arrow::datatypes::DataType;
use datafusion::dataframe::DataFrameWriteOptions;
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use machines::{Machine, free_address, measure, vuon_olap, wait_until};
use measures::poverty::{family_of_survey, family_sheet};
use measures::scoring::Pack;
use store::Store;

const BY: &str = "nation,province,commune,area,ethnic";
const PARTS: u16 = 12;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/measures/tests/scoring").join(name)
}

fn pack() -> String {
    fixture("pack.yaml").display().to_string()
}

/// What `vuon measure` writes.
fn on_one_machine(survey: &Path, by: &str, out: &Path) -> Vec<u8> {
    let pack = Pack::read(&fixture("pack.yaml")).unwrap();
    let plan = pack.family_at(None, by.split(',').map(str::to_owned).collect()).unwrap();
    family_sheet(&plan, &family_of_survey(survey, &plan, 2).unwrap()).write(out, 2).unwrap();
    std::fs::read(out).unwrap()
}

/// The same households in one file for one machine, and in parts for many.
fn country(whole: &Path, parts: &Path) {
    let part = |part: u16| population::households(u64::from(part), part * 10..part * 10 + 10, 500);
    let batches: Vec<_> = (0..PARTS).map(part).collect();
    population::write(whole, &batches);
    for (part, batch) in batches.iter().enumerate() {
        population::write(&parts.join(format!("part-{part:02}.parquet")), std::slice::from_ref(batch));
    }
}

fn assert_done(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_executor_is_killed_at_work_and_the_answer_is_the_same() {
    let place = tempfile::tempdir().unwrap();
    let (whole, parts) = (place.path().join("whole.parquet"), place.path().join("store/country/households"));
    country(&whole, &parts);
    let wanted = on_one_machine(&whole, BY, &place.path().join("local.parquet"));

    // The last two of the twelve parts are held back, so that both executors have done much and neither can be done.
    let executors = ["executor-1", "executor-2"];
    let keys = ["scheduler", "analyst", executors[0], executors[1]];
    let store = Store::open(&place.path().join("store"), &keys, &executors, "part-1");
    let scheduler = Machine::scheduler(&store.keys("scheduler"));
    let mut machines = executors.map(|name| Machine::executor(&scheduler, &place.path().join(name), &store.keys(name)));
    scheduler.wait_for_executors(2);

    let out = place.path().join("distributed.parquet");
    let mut asked = vuon_olap(&store.keys("analyst"))
        .args(["measure", "--survey", "s3://country/households/", "--pack", &pack(), "--by", BY])
        .args(["--scheduler", &scheduler.address, "--out", &out.display().to_string()])
        .spawn()
        .unwrap();
    wait_until("an executor stands before the gate", || store.first_waiting().is_some());
    let held = store.first_waiting();
    let killed = executors.iter().position(|name| held.as_deref() == Some(name)).unwrap();
    assert!(asked.try_wait().unwrap().is_none(), "the question is open when the executor is killed");
    let done = std::fs::read_dir(place.path().join(executors[killed])).unwrap().count();
    assert!(done > 0, "it dies with finished work that nobody has fetched");
    machines[killed].kill();
    store.open_gate();

    assert!(asked.wait().unwrap().success());
    assert!(std::fs::read(&out).unwrap() == wanted, "two machines of which one was killed answer what one does");
}

#[test]
fn an_executor_is_killed_at_the_turn_of_two_steps_and_the_answer_is_the_same() {
    let place = tempfile::tempdir().unwrap();
    let (whole, parts) = (place.path().join("whole.parquet"), place.path().join("households"));
    country(&whole, &parts);
    let wanted = on_one_machine(&whole, BY, &place.path().join("local.parquet"));
    let scheduler = Machine::scheduler(&[]);
    let work = ["1", "2"].map(|name| place.path().join(name));
    let mut machines = work.each_ref().map(|work| Machine::executor(&scheduler, work, &[]));
    scheduler.wait_for_executors(2);

    let out = place.path().join("distributed.parquet");
    let mut asked = vuon_olap(&[])
        .args(["measure", "--survey", &parts.display().to_string(), "--pack", &pack(), "--by", BY])
        .args(["--scheduler", &scheduler.address, "--out", &out.display().to_string()])
        .spawn()
        .unwrap();
    // Each executor keeps a folder for the question, and in it one for each step it has a part in.
    let last_step =
        |work: &PathBuf| work.read_dir().unwrap().flatten().any(|question| question.path().join("2").exists());
    wait_until("the last step begins", || work.iter().any(last_step) || asked.try_wait().unwrap().is_some());
    machines[0].kill();
    wait_until("the question is answered", || asked.try_wait().unwrap().is_some());
    assert!(asked.wait().unwrap().success());
    assert!(std::fs::read(&out).unwrap() == wanted);
}

#[test]
fn files_of_three_writers_give_the_answer_of_one_machine() {
    let place = tempfile::tempdir().unwrap();
    let scheduler = Machine::scheduler(&[]);
    let _executors = ["1", "2"].map(|name| Machine::executor(&scheduler, &place.path().join(name), &[]));
    scheduler.wait_for_executors(2);
    let by = "nation,province,district,commune,area,ethnic,area";
    for seed in 1..=3 {
        let survey = fixture(&format!("survey-{seed}.parquet"));
        let wanted = on_one_machine(&survey, by, &place.path().join("local.parquet"));
        let survey = survey.display().to_string();
        for asked in [&["--scheduler", scheduler.address.as_str()][..], &[]] {
            let out = place.path().join("answer.parquet");
            let pack = pack();
            let all = ["--survey", &survey, "--pack", &pack, "--by", by, "--out", &out.display().to_string()];
            assert_done(&measure(&[&all[..], asked].concat(), &[]));
            assert!(std::fs::read(&out).unwrap() == wanted, "seed {seed}, {asked:?}");
        }
    }
}

#[tokio::test]
async fn the_counts_of_another_engine_lead_to_the_same_answer() {
    let place = tempfile::tempdir().unwrap();
    let (survey, pack, counts) = (fixture("survey-2.parquet"), pack(), place.path().join("counts"));
    let wanted = on_one_machine(&survey, BY, &place.path().join("local.parquet"));
    let printed = vuon_olap(&[]).args(["sql", "--pack", &pack, "--by", BY]).output().unwrap().stdout;

    let engine = SessionContext::new();
    engine.register_parquet("survey", survey.display().to_string(), ParquetReadOptions::default()).await.unwrap();
    let counted = engine.sql(&String::from_utf8(printed).unwrap()).await.unwrap();
    let counts = counts.display().to_string();
    counted.write_parquet(&counts, DataFrameWriteOptions::new(), None).await.unwrap();

    let out = place.path().join("answer.parquet");
    let asked = ["--counts", &counts, "--pack", &pack, "--by", BY, "--out", &out.display().to_string()];
    assert_done(&measure(&asked, &[]));
    assert!(std::fs::read(out).unwrap() == wanted);
    let by_district = ["--counts", &counts, "--pack", &pack, "--by", "district", "--out", "/nowhere/refused.csv"];
    let refused = measure(&by_district, &[]);
    assert!(String::from_utf8(refused.stderr).unwrap().contains("there is no column district"));
}

#[test]
fn what_cannot_be_used_is_refused_with_a_sentence_and_code_2() {
    let place = tempfile::tempdir().unwrap();
    let (survey, pack, nobody) = (fixture("survey-1.parquet").display().to_string(), pack(), free_address());
    let alone = Machine::scheduler(&[]);
    let table: [(&[&str], &str); 9] = [
        (&["--survey", "/nowhere", "--pack", &pack], "không đọc được /nowhere"),
        (&["--survey", "/nowhere/", "--pack", &pack], "MEA-001"),
        (&["--survey", "s3:///", "--pack", &pack], "MEA-001"),
        (&["--survey", &pack, "--pack", &pack], "MEA-001"),
        (&["--survey", &survey, "--pack", &survey], "MEA-001"),
        (&["--survey", &survey, "--pack", &pack, "--by", "hamlet"], "there is no column hamlet"),
        (&["--survey", &survey, "--pack", &pack, "--k", "0..3"], "cut-offs go from 1 to 12"),
        (&["--survey", &survey, "--pack", &pack, "--scheduler", &nobody], "không có scheduler ở"),
        (&["--survey", &survey, "--pack", &pack, "--scheduler", &alone.address], "has no executor"),
    ];
    let out = place.path().join("refused.parquet");
    for (arguments, wanted) in table {
        let refused = measure(&[arguments, &["--out", &out.display().to_string()]].concat(), &[]);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(wanted), "{arguments:?}: {said}");
        assert!(!out.exists(), "nothing is stored by halves");
    }
    assert_eq!(measure(&["--survey"], &[]).status.code(), Some(64));
}

#[test]
fn an_executor_that_may_not_read_is_a_fault_of_the_machines() {
    let place = tempfile::tempdir().unwrap();
    population::write(&place.path().join("store/country/one.parquet"), &[population::households(1, 1..2, 50)]);
    let store = Store::open(&place.path().join("store"), &["scheduler", "analyst"], &[], "");
    let scheduler = Machine::scheduler(&store.keys("scheduler"));
    let _executor = Machine::executor(&scheduler, &place.path().join("1"), &store.keys("stranger"));
    scheduler.wait_for_executors(1);
    let (pack, out) = (pack(), place.path().join("refused.csv"));
    let asked = ["--survey", "s3://country/", "--pack", &pack, "--scheduler", &scheduler.address];
    let stopped = measure(&[&asked[..], &["--out", &out.display().to_string()]].concat(), &store.keys("analyst"));
    let said = String::from_utf8(stopped.stderr).unwrap();
    assert_eq!(stopped.status.code(), Some(1), "{said}");
    assert!(said.contains("cụm máy không tính được") && said.contains("Xem nhật ký"), "{said}");
    assert!(!out.exists());
}

#[test]
fn households_that_allow_no_figure_are_refused_with_their_column() {
    let place = tempfile::tempdir().unwrap();
    let (survey, out) = (place.path().join("survey.parquet"), place.path().join("refused.parquet"));
    let sound = population::households(1, 1..2, 50);
    let filled = |value: i8| -> ArrayRef { Arc::new(Int8Array::from(vec![value; 50])) };
    let table: [(&str, ArrayRef, &str); 6] = [
        ("d03", filled(2), "cột d03 có giá trị 2"),
        ("d03", filled(-1), "column d03 holds -1"),
        ("size", filled(-3), "column size holds -3"),
        ("size", new_null_array(&DataType::Int8, 50), "cột size có hộ để trống"),
        ("area", new_null_array(&DataType::Int8, 50), "cột area có hộ để trống"),
        ("d03", Arc::new(Float64Array::from(vec![0.5; 50])), "MEA-004"),
    ];
    for (column, values, wanted) in table {
        population::write(&survey, &[population::with(&sound, column, &values)]);
        let (survey, pack) = (survey.display().to_string(), pack());
        let asked = ["--survey", &survey, "--pack", &pack, "--by", BY, "--out", &out.display().to_string()];
        let refused = measure(&asked, &[]);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(wanted), "{column}: {said}");
        assert!(!out.exists());
    }
}
