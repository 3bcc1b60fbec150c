//! Sets papers as PDF with typst, in Liberation Serif (metric-compatible with Times New Roman, every Vietnamese
//! letter). Knows no kind of paper and no template: it draws [`Document`]s, by the layout program `paper.typ`. Start
//! with [`Typesetter`].

mod world;

use documents::official::{Document, PaperFault, PdfPrinter};
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use world::{Desk, PaperWorld};

/// Holds the fonts and the library; one for the whole program, used by many at a time.
pub struct Typesetter {
    desk: Desk,
}

impl Typesetter {
    pub fn new() -> Self {
        Self { desk: Desk::new() }
    }
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

/// How many papers later typst forgets what it remembers of one. Nothing of a paper helps the next but the fonts, so
/// memory stays flat over ten thousand of them.
const REMEMBERED: usize = 0;

impl PdfPrinter for Typesetter {
    fn print(&self, documents: &[Document]) -> Result<Vec<u8>, PaperFault> {
        let world = PaperWorld::new(&self.desk, documents)?;
        let set = typst::compile::<PagedDocument>(&world).output.map_err(|errors| fault(&errors));
        let bytes = set.and_then(|paged| {
            let options = PdfOptions {
                creator: typst::foundations::Smart::Custom(Some("Vươn".into())),
                ..PdfOptions::default()
            };
            typst_pdf::pdf(&paged, &options).map_err(|errors| fault(&errors))
        });
        typst::comemo::evict(REMEMBERED);
        bytes
    }
}

fn fault(errors: &[SourceDiagnostic]) -> PaperFault {
    let why = errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ");
    PaperFault::new(
        "PAP-007",
        format!("Không dựng được trang PDF: {why}. Bản Word và bản in vẫn dùng được; báo mã này cho người hỗ trợ."),
        format!("The PDF could not be set: {why}. The Word file and the print page still work; report this code."),
    )
}
