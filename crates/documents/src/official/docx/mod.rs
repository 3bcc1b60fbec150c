//! A paper as DOCX, in Times New Roman, so that an office can go on writing in it. Start with [`write`].
//! The styles carry the page of the decree: `Body` changed in Word changes every paragraph of the body.

mod blocks;
mod parts;
mod styles;
mod table;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::fault::PaperFault;
use super::model::Document;

/// The whole file.
pub(super) fn write(document: &Document) -> Result<Vec<u8>, PaperFault> {
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), parts::CONTENT_TYPES.into()),
        ("_rels/.rels".into(), parts::ROOT_RELATIONS.into()),
        ("docProps/core.xml".into(), parts::core(&document.title).into_bytes()),
        ("word/document.xml".into(), blocks::body(document).into_bytes()),
        ("word/styles.xml".into(), styles::write(&document.page).into_bytes()),
        ("word/settings.xml".into(), parts::SETTINGS.into()),
        ("word/header1.xml".into(), parts::page_number(&document.page).into_bytes()),
        ("word/header2.xml".into(), parts::empty_header().into_bytes()),
        ("word/footer1.xml".into(), parts::foot(&document.foot).into_bytes()),
        ("word/_rels/document.xml.rels".into(), parts::RELATIONS.into()),
    ];
    if let Some(code) = &document.foot.code {
        files.push(("word/_rels/footer1.xml.rels".into(), parts::FOOT_RELATIONS.into()));
        files.push(("word/media/code.png".into(), code.modules.png().map_err(|error| failed(&error))?));
    }
    pack(&files).map_err(|error| failed(&error))
}

fn pack(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn failed(error: &dyn std::error::Error) -> PaperFault {
    PaperFault::new(
        "PAP-008",
        format!("Không ghi được tệp Word: {error}. Thử lại; nếu vẫn vậy, báo mã này cho người hỗ trợ."),
        format!("The Word file could not be written: {error}. Try again; if it stays so, report this code."),
    )
}
