//! What typst sees of the outside: the layout program, the papers as data, the squares of their codes, four fonts. No
//! disk, no network, no clock.

use std::collections::HashMap;

use documents::official::model::{Role, Shape, shapes};
use documents::official::{Document, PaperFault};
use serde::Serialize;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const PROGRAM: &str = include_str!("paper.typ");
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts-print/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../assets/fonts-print/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../assets/fonts-print/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../assets/fonts-print/LiberationSerif-BoldItalic.ttf"),
];

/// What does not change from paper to paper.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    program: Source,
    data: FileId,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let fonts: Vec<Font> = FONTS.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            program: Source::new(file_id("paper.typ"), PROGRAM.to_owned()),
            data: file_id("papers.json"),
        }
    }
}

/// The id of a file that exists in this world only.
fn file_id(name: &str) -> FileId {
    match VirtualPath::new(name) {
        Ok(path) => RootedPath::new(VirtualRoot::Project, path).intern(),
        // Not reached with the two names above; an id of no path opens nothing.
        Err(_) => Source::detached("").id(),
    }
}

/// One run of typst.
pub(crate) struct PaperWorld<'a> {
    desk: &'a Desk,
    papers: Bytes,
    /// The squares of the codes by their name.
    codes: HashMap<String, Bytes>,
}

#[derive(Serialize)]
struct Data<'a> {
    documents: &'a [Document],
    shapes: Vec<(Role, Shape)>,
}

impl<'a> PaperWorld<'a> {
    pub(crate) fn new(desk: &'a Desk, documents: &[Document]) -> Result<Self, PaperFault> {
        let shapes = documents.first().map(|first| shapes(&first.page)).unwrap_or_default();
        let json = serde_json::to_vec(&Data { documents, shapes })
            .map_err(|error| PaperFault::new("PAP-007", error.to_string(), error.to_string()))?;
        let codes = documents.iter().filter_map(|document| document.foot.code.as_ref());
        let codes = codes.map(|code| (code.name.clone(), Bytes::new(code.modules.with_rim().1)));
        Ok(Self { desk, papers: Bytes::new(json), codes: codes.collect() })
    }
}

impl World for PaperWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.desk.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.desk.book
    }

    fn main(&self) -> FileId {
        self.desk.program.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.desk.program.id() { Ok(self.desk.program.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.desk.data {
            return Ok(self.papers.clone());
        }
        self.codes.get(id.get().vpath().get_without_slash()).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.desk.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
