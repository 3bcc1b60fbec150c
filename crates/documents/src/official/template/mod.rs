//! Papers as text files that a province can replace: filled by MiniJinja, then read into [`Document`]. A file is
//! refused when it is loaded, with its line, if it cannot print the sample of its kind. Start with [`Templates`].

mod filters;
mod inline;
mod lines;
mod parse;
mod signs;
mod table;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use norms::PageLayout;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

pub use filters::in_words;

use super::Version;
use super::fault::{PaperFault, Place};
use super::kind::PaperKind;
use super::model::Document;

#[derive(RustEmbed)]
#[folder = "../../templates/documents"]
struct Folder;

/// Every template, compiled.
pub(super) struct Templates {
    environment: Environment<'static>,
    /// Of all sources together: a changed template makes another version of a paper.
    fingerprint: String,
}

impl Templates {
    /// The templates of the program, with those of a folder in their place where it has files of the same name.
    pub(super) fn load(folder: Option<&Path>) -> Result<Self, Vec<PaperFault>> {
        let mut sources = built_in();
        let mut faults = Vec::new();
        if let Some(folder) = folder {
            replace(folder, &mut sources, &mut faults);
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_formatter(|out, _, value| {
            if value.is_undefined() {
                return Err(minijinja::Error::from(ErrorKind::UndefinedError));
            }
            if value.is_safe() {
                return Ok(out.write_str(value.as_str().unwrap_or_default())?);
            }
            if value.is_none() {
                return Ok(());
            }
            Ok(out.write_str(&signs::escape(&value.to_string()))?)
        });
        filters::add_to(&mut environment);
        let mut digest = Sha256::new();
        for (name, source) in sources {
            digest.update(source.as_bytes());
            if let Err(error) = environment.add_template_owned(name.clone(), signs::mark_lines(&name, &source)) {
                faults.push(fault(&error, &name));
            }
        }
        if faults.is_empty() { Ok(Self { environment, fingerprint: hex(&digest.finalize()) }) } else { Err(faults) }
    }

    pub(super) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Fills a kind's template and reads what came out.
    pub(super) fn fill(
        &self,
        kind: PaperKind,
        context: Value,
        page: &PageLayout,
        version: &Version,
    ) -> Result<Document, PaperFault> {
        let name = format!("{}.txt", kind.id());
        let template = self.environment.get_template(&name).map_err(|error| fault(&error, &name))?;
        let filled = template.render(context).map_err(|error| fault(&error, &name))?;
        let mut document = parse::document(&filled, page, version)?;
        if document.title.is_empty() {
            kind.label().clone_into(&mut document.title);
        }
        Ok(document)
    }
}

/// The text of a built-in file: a template, a part or a sample.
pub(super) fn built_in_text(path: &str) -> Option<String> {
    Folder::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// All built-in files by their path below `templates/documents/`.
pub(super) fn built_in_paths() -> Vec<Cow<'static, str>> {
    let mut paths: Vec<_> = Folder::iter().collect();
    paths.sort();
    paths
}

fn built_in() -> BTreeMap<String, String> {
    let texts = built_in_paths().into_iter().filter(|path| is_template(path));
    texts.filter_map(|path| Some((path.to_string(), built_in_text(&path)?))).collect()
}

/// Puts the files of a folder in the place of the built-in ones. A file that replaces nothing is refused: a misspelt
/// name would otherwise never be used and nobody would know.
fn replace(folder: &Path, sources: &mut BTreeMap<String, String>, faults: &mut Vec<PaperFault>) {
    let known: Vec<String> = sources.keys().cloned().collect();
    let mut found = 0;
    for name in &known {
        let path = folder.join(name);
        if !path.exists() {
            continue;
        }
        found += 1;
        match std::fs::read_to_string(&path) {
            Ok(text) => drop(sources.insert(name.clone(), text.trim_start_matches('\u{feff}').to_owned())),
            Err(error) => faults.push(unreadable(name, &error)),
        }
    }
    for stray in strays(folder, &known) {
        let place = Place { file: stray, line: 0 };
        let vi = format!("Không có mẫu nào tên như vậy. Tên dùng được: {}.", known.join(", "));
        let en = format!("No template has this name. Names in use: {}.", known.join(", "));
        faults.push(PaperFault::new("PAP-001", vi, en).at(&place));
    }
    if found == 0 && faults.is_empty() {
        let place = Place { file: folder.display().to_string(), line: 0 };
        let vi = "Thư mục không có mẫu nào. Chép mẫu cần sửa vào đó bằng lệnh vuon paper templates --out.";
        let en = "The folder holds no template. Copy the ones to change into it with vuon paper templates --out.";
        faults.push(PaperFault::new("PAP-001", vi, en).at(&place));
    }
}

/// Text files of the folder and of its `parts` that replace nothing.
fn strays(folder: &Path, known: &[String]) -> Vec<String> {
    let mut strays = Vec::new();
    for (below, prefix) in [(folder.to_path_buf(), ""), (folder.join("parts"), "parts/")] {
        for entry in std::fs::read_dir(below).into_iter().flatten().flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if is_template(&name) && !known.contains(&name) {
                strays.push(name);
            }
        }
    }
    strays.sort();
    strays
}

fn is_template(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "txt")
}

fn unreadable(name: &str, error: &std::io::Error) -> PaperFault {
    let vi = format!("Không đọc được ({error}). Lưu tệp dạng văn bản UTF-8.");
    let en = format!("Cannot be read ({error}). Save the file as UTF-8 text.");
    PaperFault::new("PAP-001", vi, en).at(&Place { file: name.to_owned(), line: 0 })
}

/// What MiniJinja found, in our words and with the line.
fn fault(error: &minijinja::Error, template: &str) -> PaperFault {
    // A part that is included fails inside the error of the file that includes it.
    let mut inmost = error;
    while let Some(source) = std::error::Error::source(inmost).and_then(|s| s.downcast_ref::<minijinja::Error>()) {
        inmost = source;
    }
    let file = inmost.name().unwrap_or(template).to_owned();
    let place = Place { file, line: inmost.line().unwrap_or(0) };
    let detail = inmost.detail().unwrap_or_default();
    let made = match inmost.kind() {
        ErrorKind::UndefinedError | ErrorKind::UnknownMethod => PaperFault::new(
            "PAP-003",
            format!("Dòng này dùng một trường mà văn bản không có. {detail}").trim(),
            format!("This line uses a field that the paper does not have. {detail}").trim(),
        ),
        ErrorKind::TemplateNotFound => PaperFault::new(
            "PAP-001",
            format!("Không có phần mẫu được gọi tới. {detail}").trim(),
            format!("The part asked for is not there. {detail}").trim(),
        ),
        kind => PaperFault::new("PAP-002", format!("{kind}. {detail}").trim(), format!("{kind}. {detail}").trim()),
    };
    made.at(&place)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
