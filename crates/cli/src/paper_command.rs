//! `vuon paper`: official papers from JSON, one or thousands, and the templates behind them.
//! Exit 0 when all was made, 2 when data or templates were refused, 1 for a fault of ours.

use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand};
use documents::official::{
    Document, FolderShelf, Format, KINDS, Leaf, PaperFault, PaperKind, Papers, Progress, Run, print_run, samples,
    template_files,
};
use kernel::Clock;
use norms::{Norms, PageLayout};
use typeset::Typesetter;

use crate::machine::{MachineClock, load_norms, make_folder};

const REFUSED: u8 = 2;

#[derive(Debug, Subcommand)]
pub enum PaperCommand {
    /// Các loại văn bản và mẫu của từng loại (the kinds of papers with their samples)
    Kinds,
    /// In dữ liệu của một mẫu: một văn bản được lập từ những gì (the data of a sample: what a paper is made from)
    Sample {
        /// Tên mẫu: `certificate`, `review_request.blank` (name of a sample)
        name: String,
    },
    /// Lập một văn bản; đuôi của --out cho biết dạng: .pdf, .docx, .html (makes one paper; the ending of --out says as
    /// what)
    Make {
        /// Loại văn bản: `certificate` (the kind)
        kind: String,
        /// Dữ liệu dạng JSON (the data as JSON)
        data: PathBuf,
        /// Tệp để ghi (the file to write)
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        with: TemplateArguments,
    },
    /// Lập hàng nghìn văn bản thành các PDF; chạy lại thì làm tiếp (makes thousands as PDFs; run again, it goes on)
    Many(ManyArguments),
    /// Ghi các mẫu kèm sẵn ra thư mục để sửa (writes the built-in templates into a folder, to be changed there)
    Templates {
        /// Thư mục để ghi (the folder to write)
        #[arg(long)]
        out: PathBuf,
    },
    /// Thử các mẫu của thư mục với mọi dữ liệu mẫu, nói tệp và dòng sai (tries the templates of a folder, says file
    /// and line)
    Check {
        #[command(flatten)]
        with: TemplateArguments,
    },
}

#[derive(Debug, Args)]
pub struct TemplateArguments {
    /// Thư mục mẫu dùng thay mẫu kèm sẵn cùng tên (a folder of templates instead of the built-in ones of the same name)
    #[arg(long, env = "VUON_TEMPLATES")]
    templates: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ManyArguments {
    /// Loại văn bản: `certificate` (the kind)
    kind: String,
    /// Mỗi dòng là dữ liệu JSON của một văn bản (one paper's data as JSON on every line)
    data: PathBuf,
    /// Thư mục ghi các PDF (folder of the PDFs)
    #[arg(long)]
    out: PathBuf,
    /// Số văn bản trong một PDF (papers in one PDF)
    #[arg(long, default_value_t = 50)]
    per_file: usize,
    #[command(flatten)]
    with: TemplateArguments,
}

pub fn run(command: PaperCommand, norms: Option<&Path>) -> Result<ExitCode> {
    match command {
        PaperCommand::Kinds => Ok(kinds()),
        PaperCommand::Sample { name } => sample(&name),
        PaperCommand::Make { kind, data, out, with } => {
            let Some(papers) = load(&with, norms)? else { return Ok(ExitCode::from(REFUSED)) };
            make(&papers, named(&kind)?, &data, &out)
        }
        PaperCommand::Many(many) => {
            let Some(papers) = load(&many.with, norms)? else { return Ok(ExitCode::from(REFUSED)) };
            make_many(&papers, &many)
        }
        PaperCommand::Templates { out } => templates(&out),
        PaperCommand::Check { with } => Ok(match load(&with, norms)? {
            Some(_) => {
                println!("{} mẫu dùng được", KINDS.len());
                ExitCode::SUCCESS
            }
            None => ExitCode::from(REFUSED),
        }),
    }
}

/// The papers, or nothing after saying what is wrong with the templates.
fn load(with: &TemplateArguments, norms: Option<&Path>) -> Result<Option<Papers>> {
    let norms = load_norms(norms)?;
    match papers_of(&norms, with.templates.as_deref())? {
        Ok(papers) => Ok(Some(papers)),
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            Ok(None)
        }
    }
}

/// The papers with the page in force, or what is wrong with their templates.
pub fn papers_of(norms: &Norms, templates: Option<&Path>) -> Result<Result<Papers, Vec<PaperFault>>> {
    let page = norms.in_force::<PageLayout>("documents.page", MachineClock.today()).map_err(|gap| anyhow!("{gap}"))?;
    Ok(Papers::load(templates, page.value, Arc::new(Typesetter::new())))
}

fn named(kind: &str) -> Result<PaperKind> {
    PaperKind::from_id(kind).ok_or_else(|| anyhow!("không có loại văn bản «{kind}»; xem: vuon paper kinds"))
}

fn kinds() -> ExitCode {
    let samples = samples();
    for kind in KINDS {
        let of_kind = samples.iter().filter(|sample| sample.kind == *kind).map(|sample| sample.name.as_str());
        println!("{:<22} {:<58} {}", kind.id(), kind.label(), of_kind.collect::<Vec<_>>().join(", "));
    }
    ExitCode::SUCCESS
}

fn sample(name: &str) -> Result<ExitCode> {
    let samples = samples();
    let Some(sample) = samples.iter().find(|sample| sample.name == name) else {
        return Err(anyhow!("không có mẫu số liệu «{name}»; xem: vuon paper kinds"));
    };
    println!("{}", serde_json::to_string_pretty(&sample.context)?);
    Ok(ExitCode::SUCCESS)
}

fn make(papers: &Papers, kind: PaperKind, data: &Path, out: &Path) -> Result<ExitCode> {
    let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format = Format::from_extension(ending)
        .ok_or_else(|| anyhow!("--out {}: tên tệp phải kết thúc bằng .pdf, .docx hoặc .html", out.display()))?;
    let text = std::fs::read_to_string(data).with_context(|| format!("reading {}", data.display()))?;
    let context = serde_json::from_str(&text).with_context(|| format!("reading {} as JSON", data.display()))?;
    match papers.render_json(kind, &context, format) {
        Ok(bytes) => {
            std::fs::write(out, bytes).with_context(|| format!("writing {}", out.display()))?;
            println!("{}", out.display());
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => Ok(refused(&fault)),
    }
}

fn refused(fault: &PaperFault) -> ExitCode {
    eprintln!("{fault}");
    ExitCode::from(REFUSED)
}

fn make_many(papers: &Papers, many: &ManyArguments) -> Result<ExitCode> {
    let kind = named(&many.kind)?;
    make_folder(&many.out)?;
    let file = std::fs::File::open(&many.data).with_context(|| format!("reading {}", many.data.display()))?;
    let lines = (1..).zip(BufReader::new(file).lines());
    let leaves = lines.map(|(number, line)| {
        let document = laid(papers, kind, number, line)?;
        Ok(Leaf { stem: kind.id().to_owned(), document })
    });
    let run =
        Run { papers_per_file: many.per_file, at_once: std::thread::available_parallelism().map_or(1, usize::from) };
    let mut tell = |progress: Progress| {
        println!("{} văn bản trong {} tệp ({} tệp đã có từ trước)", progress.papers, progress.files, progress.kept);
        ControlFlow::Continue(())
    };
    match print_run(papers, leaves, &run, &FolderShelf(many.out.clone()), &mut tell) {
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(fault) => Ok(refused(&fault)),
    }
}

/// One line of the data, laid out.
fn laid(
    papers: &Papers,
    kind: PaperKind,
    number: usize,
    line: std::io::Result<String>,
) -> Result<Document, PaperFault> {
    let unreadable = |why: String| {
        let vi = format!("Dòng {number} của tệp số liệu không đọc được: {why}.");
        PaperFault::new("PAP-006", vi, format!("Line {number} of the data cannot be read: {why}."))
    };
    let line = line.map_err(|error| unreadable(error.to_string()))?;
    let context = serde_json::from_str(&line).map_err(|error| unreadable(error.to_string()))?;
    papers.document_of(kind, &context)
}

fn templates(out: &Path) -> Result<ExitCode> {
    for (name, text) in template_files() {
        let path = out.join(&name);
        if path.exists() {
            println!("giữ nguyên {}", path.display());
            continue;
        }
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        println!("{}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}
