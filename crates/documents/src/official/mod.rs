//! Official papers: a typed context and a template make a [`Document`], which is drawn as PDF, as DOCX and as a print
//! page. Never looks into the store, decides nothing, holds no law. Start with [`Papers::render`]; kinds stand in
//! [`PaperKind`].

mod code;
pub mod context;
mod docx;
mod fault;
mod form;
mod html;
mod kind;
pub mod model;
mod run;
mod shape;
mod sheet;
mod template;

use std::path::Path;
use std::sync::Arc;

use minijinja::value::{Serde, Value};
use norms::PageLayout;
use sha2::{Digest, Sha256};

pub use context::{ReportForm, Standing};
pub use fault::{CODES, PaperFault, Place};
pub use kind::{KINDS, Paper, PaperKind};
pub use model::Document;
pub use run::{FolderShelf, Leaf, Progress, Run, Shelf, print_run};
pub use template::in_words;

use model::{Code, Foot};
use template::{Templates, hex};

use crate::write::{SAMPLE_MARK, UNCONFIRMED_MARK};

/// How a paper leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Pdf,
    Docx,
    /// A page of its own that prints right.
    Html,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }

    pub fn from_extension(text: &str) -> Option<Self> {
        [Self::Pdf, Self::Docx, Self::Html].into_iter().find(|format| format.extension() == text)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

/// Sets pages as PDF; the crate `typeset` does it. Handed in, so that only the program itself carries its weight.
pub trait PdfPrinter: Send + Sync {
    /// One file with all documents, each beginning on a page of its own.
    fn print(&self, documents: &[Document]) -> Result<Vec<u8>, PaperFault>;
}

/// Everything needed to make papers: loaded once and shared.
pub struct Papers {
    templates: Templates,
    page: PageLayout,
    printer: Arc<dyn PdfPrinter>,
}

/// What tells one version of a paper from another: any change of its data or of the templates makes a new one.
#[derive(Debug, Clone)]
struct Version {
    /// 64 hexadecimal signs.
    hash: String,
    foot: Foot,
}

impl Papers {
    /// Loads the templates; those of `folder` stand in the place of the built-in ones of the same name. Every template
    /// is tried on the samples of its kind, so that a faulty one is refused here and not in front of an officer.
    pub fn load(
        folder: Option<&Path>,
        page: PageLayout,
        printer: Arc<dyn PdfPrinter>,
    ) -> Result<Self, Vec<PaperFault>> {
        let papers = Self { templates: Templates::load(folder)?, page, printer };
        let tried = samples().into_iter().map(|sample| papers.document_of(sample.kind, &sample.context));
        let faults: Vec<PaperFault> = tried.filter_map(Result::err).collect();
        if faults.is_empty() { Ok(papers) } else { Err(faults) }
    }

    /// One paper in one format.
    pub fn render<P: Paper>(&self, paper: &P, format: Format) -> Result<Vec<u8>, PaperFault> {
        self.draw(&self.document(paper)?, format)
    }

    /// The same from JSON, for a kind known only when the program runs.
    pub fn render_json(
        &self,
        kind: PaperKind,
        context: &serde_json::Value,
        format: Format,
    ) -> Result<Vec<u8>, PaperFault> {
        self.draw(&self.document_of(kind, context)?, format)
    }

    /// The paper, laid out but not drawn.
    pub fn document<P: Paper>(&self, paper: &P) -> Result<Document, PaperFault> {
        let version = self.version(paper)?;
        self.templates.fill(P::KIND, Value::from(Serde(paper)), &self.page, &version)
    }

    pub fn document_of(&self, kind: PaperKind, context: &serde_json::Value) -> Result<Document, PaperFault> {
        kind.visit(context, Laid(self))
    }

    pub fn draw(&self, document: &Document, format: Format) -> Result<Vec<u8>, PaperFault> {
        match format {
            Format::Pdf => self.printer.print(std::slice::from_ref(document)),
            Format::Docx => docx::write(document),
            Format::Html => Ok(html::page(document).into_bytes()),
        }
    }

    /// Many papers as one PDF.
    pub fn print_all(&self, documents: &[Document]) -> Result<Vec<u8>, PaperFault> {
        self.printer.print(documents)
    }

    /// The hash of kind, data and templates: what the QR code of the paper says.
    pub fn version_hash<P: Paper>(&self, paper: &P) -> Result<String, PaperFault> {
        Ok(self.version(paper)?.hash)
    }

    fn version<P: Paper>(&self, paper: &P) -> Result<Version, PaperFault> {
        let shape = |error: serde_json::Error| PaperFault::new("PAP-006", error.to_string(), error.to_string());
        let json = serde_json::to_vec(paper).map_err(shape)?;
        let mut digest = Sha256::new();
        digest.update(P::KIND.id());
        digest.update([0]);
        digest.update(self.templates.fingerprint());
        digest.update(&json);
        let hash = hex(&digest.finalize());
        let short = hash.get(..16).unwrap_or_default();
        let mut foot = Vec::new();
        if paper.standing().sample {
            foot.push(SAMPLE_MARK.to_owned());
        }
        if !paper.standing().unconfirmed.is_empty() {
            foot.push(format!("Có quy định {UNCONFIRMED_MARK}"));
        }
        foot.push(format!("Mã bản {short}"));
        let code = code::modules(&format!("vuon:{}:{hash}", P::KIND.id()));
        let code = code.map(|modules| Code { name: hash.clone(), side: modules.with_rim().0, modules });
        Ok(Version { hash, foot: Foot { words: foot.join(" · "), code } })
    }
}

struct Laid<'a>(&'a Papers);

impl kind::Visit for Laid<'_> {
    type Out = Document;

    fn paper<P: Paper>(self, paper: &P) -> Result<Document, PaperFault> {
        self.0.document(paper)
    }
}

/// An invented paper of a kind: tries templates, shows a person what the data look like, and is what tests read back.
#[derive(Debug, Clone)]
pub struct Sample {
    pub kind: PaperKind,
    /// `certificate`, `review_request.blank`.
    pub name: String,
    pub context: serde_json::Value,
}

/// All samples: `samples/<kind>.json` and `samples/<kind>.<variant>.json`.
pub fn samples() -> Vec<Sample> {
    let read = |path: &str| {
        let name = path.strip_prefix("samples/")?.strip_suffix(".json")?;
        let kind = PaperKind::from_id(name.split('.').next()?)?;
        let context = serde_json::from_str(&template::built_in_text(path)?).ok()?;
        Some(Sample { kind, name: name.to_owned(), context })
    };
    template::built_in_paths().iter().filter_map(|path| read(path)).collect()
}

/// The built-in template files with their texts, for somebody who wants to change one.
pub fn template_files() -> Vec<(String, String)> {
    let texts = template::built_in_paths().into_iter().filter(|path| path.ends_with(".txt"));
    texts.filter_map(|path| Some((path.to_string(), template::built_in_text(&path)?))).collect()
}
