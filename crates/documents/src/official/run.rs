//! Thousands of papers in one go: as PDFs of some dozens each, so that memory stays flat and an office can print them.
//! A run can be left and taken up again: a file that is already there, of the same papers, is not made again.
//! Start with [`print_run`].

use std::collections::HashMap;
use std::iter::Peekable;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};

use sha2::{Digest, Sha256};

use super::fault::PaperFault;
use super::model::Document;
use super::template::hex;
use super::{Papers, Place};

/// Where the files of a run are put.
pub trait Shelf: Sync {
    /// Whether this file is there, whole.
    fn has(&self, name: &str) -> bool;
    /// Puts a file there, all of it or nothing. Other files whose names begin with `part` are older and go.
    fn put(&self, part: &str, name: &str, bytes: &[u8]) -> Result<(), PaperFault>;
}

/// One paper of a run. Papers that follow each other under one stem share files; the next stem begins a file of its own.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// What its file is called: `certificate` gives `certificate-0001-1f0c….pdf`.
    pub stem: String,
    pub document: Document,
}

/// How a run is cut.
#[derive(Debug, Clone)]
pub struct Run {
    pub papers_per_file: usize,
    /// Files made at the same time; each takes a core.
    pub at_once: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Papers whose file is on the shelf.
    pub papers: usize,
    pub files: usize,
    /// Files of those that were there before.
    pub kept: usize,
}

/// Papers of one file, with its place in the run.
struct Part {
    prefix: String,
    name: String,
    documents: Vec<Document>,
}

/// Prints the papers in their order. `on_progress` is told after every file and may stop the run.
pub fn print_run(
    papers: &Papers,
    leaves: impl Iterator<Item = Result<Leaf, PaperFault>>,
    run: &Run,
    shelf: &dyn Shelf,
    on_progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Progress, PaperFault> {
    let at_once = run.at_once.max(1);
    let (to_printers, parts) = sync_channel::<Part>(1);
    let (done, finished) = channel::<Result<usize, PaperFault>>();
    let parts = Mutex::new(parts);
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            let done = done.clone();
            let parts = &parts;
            scope.spawn(move || print_parts(papers, shelf, parts, &done));
        }
        drop(done);
        let mut tally = Tally { progress: Progress::default(), on_progress };
        let mut cutter = Cutter { leaves: leaves.peekable(), files: HashMap::new() };
        while let Some(part) = cutter.next_part(run.papers_per_file.max(1))? {
            if shelf.has(&part.name) {
                tally.progress.kept += 1;
                if tally.add(part.documents.len()).is_break() {
                    break;
                }
            } else if to_printers.send(part).is_err() {
                break;
            }
            if tally.take_all(finished.try_iter())?.is_break() {
                break;
            }
        }
        drop(to_printers);
        let _ = tally.take_all(finished.iter())?;
        Ok(tally.progress)
    })
}

struct Tally<'a> {
    progress: Progress,
    on_progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
}

impl Tally<'_> {
    fn add(&mut self, papers: usize) -> ControlFlow<()> {
        self.progress.papers += papers;
        self.progress.files += 1;
        (self.on_progress)(self.progress)
    }

    fn take_all(
        &mut self,
        finished: impl Iterator<Item = Result<usize, PaperFault>>,
    ) -> Result<ControlFlow<()>, PaperFault> {
        let mut go = ControlFlow::Continue(());
        for papers in finished {
            if self.add(papers?).is_break() {
                go = ControlFlow::Break(());
            }
        }
        Ok(go)
    }
}

/// One printer: takes parts until there are none.
fn print_parts(
    papers: &Papers,
    shelf: &dyn Shelf,
    parts: &Mutex<Receiver<Part>>,
    done: &Sender<Result<usize, PaperFault>>,
) {
    loop {
        let next = parts.lock().map(|parts| parts.recv());
        let Ok(Ok(part)) = next else { return };
        let printed = papers.print_all(&part.documents);
        let put = printed.and_then(|bytes| shelf.put(&part.prefix, &part.name, &bytes));
        if done.send(put.map(|()| part.documents.len())).is_err() {
            return;
        }
    }
}

/// Cuts papers into files.
struct Cutter<I: Iterator<Item = Result<Leaf, PaperFault>>> {
    leaves: Peekable<I>,
    /// Files so far, by stem.
    files: HashMap<String, usize>,
}

impl<I: Iterator<Item = Result<Leaf, PaperFault>>> Cutter<I> {
    /// The next papers, and the name of their file: it tells by its hash which versions are inside.
    fn next_part(&mut self, most: usize) -> Result<Option<Part>, PaperFault> {
        let Some(first) = self.leaves.next().transpose()? else { return Ok(None) };
        let mut documents = vec![first.document];
        while documents.len() < most {
            let same = self.leaves.next_if(|leaf| leaf.as_ref().map_or(true, |leaf| leaf.stem == first.stem));
            match same.transpose()? {
                Some(leaf) => documents.push(leaf.document),
                None => break,
            }
        }
        let mut digest = Sha256::new();
        for document in &documents {
            digest.update(document.foot.code.as_ref().map(|code| code.name.as_str()).unwrap_or_default());
        }
        let hash = hex(&digest.finalize());
        let number = self.files.entry(first.stem.clone()).or_default();
        *number += 1;
        let prefix = format!("{}-{number:04}-", first.stem);
        Ok(Some(Part { name: format!("{prefix}{}.pdf", hash.get(..8).unwrap_or_default()), prefix, documents }))
    }
}

/// A folder as a shelf.
#[derive(Debug)]
pub struct FolderShelf(pub std::path::PathBuf);

impl Shelf for FolderShelf {
    fn has(&self, name: &str) -> bool {
        self.0.join(name).is_file()
    }

    fn put(&self, part: &str, name: &str, bytes: &[u8]) -> Result<(), PaperFault> {
        let kept = self.0.join(name);
        let unfinished = self.0.join(format!("{name}.unfinished"));
        std::fs::write(&unfinished, bytes)
            .and_then(|()| std::fs::rename(&unfinished, &kept))
            .and_then(|()| remove_older(&self.0, part, name))
            .map_err(|error| {
                let vi = format!(
                    "Không ghi được ({error}). Kiểm tra chỗ trống và quyền ghi, rồi chạy lại: phần đã xong được giữ."
                );
                let en = format!(
                    "Cannot be written ({error}). Check room and rights, then run again: what is done is kept."
                );
                PaperFault::new("PAP-008", vi, en).at(&Place { file: kept.display().to_string(), line: 0 })
            })
    }
}

fn remove_older(folder: &std::path::Path, part: &str, name: &str) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let found = entry.file_name();
        let found = found.to_string_lossy();
        if found.starts_with(part) && found != name {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
