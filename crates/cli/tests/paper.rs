//! `vuon paper` as a person types it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops; that is its report")]

use std::path::PathBuf;
use std::process::{Command, Output};

fn vuon(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vuon")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder of its own, gone when the test ends.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("vuon-paper-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_sample_is_printed_made_and_refused_when_it_is_no_paper() {
    let desk = Desk::new("make");
    let data = desk.path("data.json");
    std::fs::write(&data, vuon(&["paper", "sample", "refusal_letter"]).stdout).unwrap();
    for (ending, begins) in [("pdf", "%PDF"), ("docx", "PK"), ("html", "<!DOCTYPE html>")] {
        let out = desk.path(&format!("letter.{ending}"));
        let made = vuon(&["paper", "make", "refusal_letter", &data, "--out", &out]);
        assert!(made.status.success(), "{}", text(&made.stderr));
        assert!(std::fs::read(&out).unwrap().starts_with(begins.as_bytes()), "{ending}");
    }
    let refused = vuon(&["paper", "make", "certificate", &data, "--out", &desk.path("no.pdf")]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("PAP-006"), "{}", text(&refused.stderr));
}

#[test]
fn templates_are_written_out_checked_and_refused_with_their_line() {
    let desk = Desk::new("templates");
    let folder = desk.path("own");
    assert!(vuon(&["paper", "templates", "--out", &folder]).status.success());
    let checked = vuon(&["paper", "check", "--templates", &folder]);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    let list = desk.0.join("own/posted_list.txt");
    let spoiled = std::fs::read_to_string(&list).unwrap() + "{{ nothing.like.this }}\n";
    let line = spoiled.lines().count();
    std::fs::write(&list, spoiled).unwrap();
    let refused = vuon(&["paper", "check", "--templates", &folder]);
    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    assert!(said.contains(&format!("[PAP-003] posted_list.txt:{line}")), "{said}");
}

#[test]
fn many_papers_come_in_files_and_a_second_run_makes_none() {
    let desk = Desk::new("many");
    let sample: serde_json::Value = serde_json::from_slice(&vuon(&["paper", "sample", "certificate"]).stdout).unwrap();
    let lines: Vec<String> = (1..=5)
        .map(|number| {
            let mut certificate = sample.clone();
            certificate["head"]["number"] = number.into();
            certificate.to_string()
        })
        .collect();
    let (data, out) = (desk.path("data.jsonl"), desk.path("out"));
    std::fs::write(&data, lines.join("\n")).unwrap();
    let run = || vuon(&["paper", "many", "certificate", &data, "--out", &out, "--per-file", "2"]);
    assert!(text(&run().stdout).contains("5 văn bản trong 3 tệp (0 tệp đã có từ trước)"));
    assert!(text(&run().stdout).contains("5 văn bản trong 3 tệp (3 tệp đã có từ trước)"));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 3);
}
