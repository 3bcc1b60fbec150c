//! Reads the folder `norms/`, from the program itself or from disk, and hands back either all of it or every fault found.
//! Start with [`Norms::embedded`]. What one file says about itself is checked here, what it says about others in `check`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kernel::Day;
use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

use crate::book::{Norm, Norms, Source, Version};
use crate::fault::{NormFault, words};
use crate::pack::ScorePack;
use crate::unit_files::{DatedCrosswalk, DatedUnits, ListEntry, ListsFile};
use crate::value::{Head, KINDS, NormFile, Value, VersionOf, read_file};
use crate::{Citation, Mark, case, check};

#[derive(RustEmbed)]
#[folder = "../../norms"]
struct Folder;

/// Files by their path below `norms/`.
pub(crate) type Files = BTreeMap<String, Cow<'static, [u8]>>;

impl Norms {
    /// The norms the program was built with.
    pub fn embedded() -> Result<Self, Vec<NormFault>> {
        let file = |path: Cow<'static, str>| Folder::get(&path).map(|file| (path.into_owned(), file.data));
        Self::from_files(&Folder::iter().filter_map(file).collect())
    }

    /// The norms of a folder on disk; the lists of units are read through as well.
    pub fn from_dir(dir: &Path) -> Result<Self, Vec<NormFault>> {
        let (mut files, mut faults) = (Files::new(), Vec::new());
        read_folder(dir, dir, &mut files, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let norms = Self::from_files(&files)?;
        let faults = norms.unit_faults();
        if faults.is_empty() { Ok(norms) } else { Err(faults) }
    }

    /// Every faulty row of the lists of units and of the crosswalk.
    pub fn unit_faults(&self) -> Vec<NormFault> {
        let mut faults: Vec<NormFault> = self.unit_lists().flat_map(DatedUnits::faults).collect();
        faults.extend(self.crosswalk.faults(self.units_on(self.crosswalk.to)));
        faults
    }

    pub(crate) fn from_files(files: &Files) -> Result<Self, Vec<NormFault>> {
        let mut faults = Vec::new();
        let sources: BTreeMap<String, Source> = read_one(files, "sources.yaml", &mut faults).unwrap_or_default();
        let mut norms = BTreeMap::new();
        let mut packs: Vec<ScorePack> = Vec::new();
        let mut case_files = Vec::new();
        for (path, bytes) in files.iter().filter(|(path, _)| has_extension(path, "yaml")) {
            if path == "sources.yaml" || path == "units/lists.yaml" {
                continue;
            }
            let Some(text) = as_text(path, bytes, &mut faults) else { continue };
            if path.starts_with("packs/") {
                match ScorePack::from_file(path, text) {
                    Ok(pack) => packs.push(pack),
                    Err(found) => faults.extend(found),
                }
            } else if path.starts_with("cases/") {
                case_files.push((path.as_str(), text));
            } else if let Some(norm) = read_norm(path, text, &sources, &mut faults) {
                norms.insert(norm.id.clone(), norm);
            }
        }
        for pack in &packs {
            let path = format!("packs/{}", pack.id);
            check_citation(&path, &pack.id, (pack.mark, pack.citation.as_ref()), &sources, &mut faults);
        }
        check::references(&norms, &packs, &mut faults);
        let cases = case::read_all(&case_files, &norms, &mut faults);
        let units = read_lists(files, &sources, &mut faults);
        match units {
            Some((first_units, later_units, crosswalk)) if faults.is_empty() => {
                Ok(Self { by_id: norms, sources, packs, cases, first_units, later_units, crosswalk })
            }
            _ => Err(faults),
        }
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

fn read_folder(root: &Path, dir: &Path, files: &mut Files, faults: &mut Vec<NormFault>) {
    let mut cannot = |path: &Path, error: &std::io::Error| {
        let shown = path.display();
        let what = words(format!("Không mở được {shown} ({error})."), format!("{shown} cannot be opened ({error})."));
        faults.push(NormFault::new("NRM-013", &below(root, path), what));
    };
    let listed = std::fs::read_dir(dir).and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect());
    let paths: Vec<PathBuf> = listed.unwrap_or_else(|error| {
        cannot(dir, &error);
        Vec::new()
    });
    let (folders, plain): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
    for path in plain {
        let name = below(root, &path);
        if !has_extension(&name, "yaml") && !has_extension(&name, "csv") {
            continue;
        }
        match std::fs::read(&path) {
            Ok(bytes) => drop(files.insert(name, Cow::Owned(bytes))),
            Err(error) => cannot(&path, &error),
        }
    }
    for folder in folders {
        read_folder(root, &folder, files, faults);
    }
}

/// The path below the folder, with `/` on every system.
fn below(root: &Path, path: &Path) -> String {
    let parts: Vec<_> = path.strip_prefix(root).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn as_text<'a>(path: &str, bytes: &'a [u8], faults: &mut Vec<NormFault>) -> Option<&'a str> {
    let text = std::str::from_utf8(bytes).ok();
    if text.is_none() {
        let what = words("Tệp không phải là văn bản UTF-8.", "The file is not UTF-8 text.");
        faults.push(NormFault::new("NRM-001", path, what));
    }
    text
}

fn missing_file(path: &str) -> NormFault {
    NormFault::new("NRM-012", path, words("Không có tệp này.", "The file is not there."))
}

pub(crate) fn misshapen(path: &str, error: &serde_norway::Error) -> NormFault {
    let what = words(format!("Không đọc được: {error}."), format!("Cannot be read: {error}."));
    NormFault::new("NRM-001", path, what)
}

fn read_one<T: DeserializeOwned>(files: &Files, path: &str, faults: &mut Vec<NormFault>) -> Option<T> {
    let Some(bytes) = files.get(path) else {
        faults.push(missing_file(path));
        return None;
    };
    let text = as_text(path, bytes, faults)?;
    serde_norway::from_str(text).map_err(|error| faults.push(misshapen(path, &error))).ok()
}

fn read_norm(path: &str, text: &str, sources: &BTreeMap<String, Source>, faults: &mut Vec<NormFault>) -> Option<Norm> {
    let head: Head = serde_norway::from_str(text).map_err(|error| faults.push(misshapen(path, &error))).ok()?;
    let Some(read) = read_file(&head.kind, text) else {
        let what = words(format!("Không có loại \"{}\".", head.kind), format!("There is no kind \"{}\".", head.kind));
        faults.push(NormFault::new("NRM-003", path, what));
        return None;
    };
    let file = read.map_err(|error| faults.push(misshapen(path, &error))).ok()?;
    let expected = path.trim_end_matches(".yaml").replace('/', ".");
    if file.id != expected {
        let what = words(format!("id phải là {expected}."), format!("The id has to be {expected}."));
        faults.push(NormFault::new("NRM-002", path, what).at(file.id.clone()));
    }
    let norm = into_norm(path, file)?;
    check_versions(&norm, sources, faults);
    Some(norm)
}

fn into_norm(path: &str, file: NormFile<Value>) -> Option<Norm> {
    let kind = KINDS.iter().find(|kind| **kind == file.kind)?;
    let mut versions: Vec<Version> = file.versions.into_iter().map(Version::from).collect();
    versions.sort_by_key(|version| version.from);
    Some(Norm { id: file.id, label: file.label, kind, file: path.to_owned(), versions })
}

fn check_versions(norm: &Norm, sources: &BTreeMap<String, Source>, faults: &mut Vec<NormFault>) {
    let fault = |code, what| NormFault::new(code, &norm.file, what).at(norm.id.clone());
    if norm.versions.is_empty() {
        faults.push(fault("NRM-004", words("Danh sách versions trống.", "The list of versions is empty.")));
    }
    for version in &norm.versions {
        let at = format!("{}@{}", norm.id, version.from.iso());
        if version.to.is_some_and(|to| to < version.from) {
            let what = words("Phiên bản kết thúc trước khi bắt đầu.", "The version ends before it begins.");
            faults.push(NormFault::new("NRM-007", &norm.file, what).at(at.clone()));
        }
        check_value(norm, version, &at, faults);
        check_citation(&norm.file, &at, (version.mark, version.citation.as_ref()), sources, faults);
        for item in version.value.as_ref().map(Value::marked_items).unwrap_or_default() {
            let citation = item.citation.as_ref().or(version.citation.as_ref());
            check_citation(&norm.file, &format!("{at}#{}", item.id), (item.mark, citation), sources, faults);
        }
    }
    for pair in norm.versions.windows(2) {
        let [earlier, later] = pair else { continue };
        if earlier.overlaps(later.from, later.to) {
            let what = words(
                format!("Hai phiên bản cùng có hiệu lực ngày {}.", later.from),
                format!("Two versions are in force on {}.", later.from),
            );
            faults.push(fault("NRM-007", what));
        }
    }
}

fn check_value(norm: &Norm, version: &Version, at: &str, faults: &mut Vec<NormFault>) {
    let what = match (version.mark == Mark::Missing, &version.value, &version.note) {
        (true, Some(_), _) => words("Dấu là missing nhưng lại có value.", "The mark is missing, but there is a value."),
        (true, None, None) => {
            words("Dấu là missing nhưng không có note.", "The mark is missing, but no note says what to find.")
        }
        (false, None, _) => words("Không có value.", "There is no value."),
        _ => return,
    };
    faults.push(NormFault::new("NRM-008", &norm.file, what).at(at));
}

fn check_citation(
    file: &str,
    at: &str,
    (mark, citation): (Mark, Option<&Citation>),
    sources: &BTreeMap<String, Source>,
    faults: &mut Vec<NormFault>,
) {
    let Some(citation) = citation else {
        if !mark.stands_alone() {
            let what = words("Không có trích dẫn (citation).", "There is no citation.");
            faults.push(NormFault::new("NRM-005", file, what).at(at));
        }
        return;
    };
    for key in citation.sources.iter().filter(|key| !sources.contains_key(*key)) {
        let what = words(format!("Không biết nguồn \"{key}\"."), format!("The source \"{key}\" is not known."));
        faults.push(NormFault::new("NRM-006", file, what).at(at));
    }
}

impl From<VersionOf<Value>> for Version {
    fn from(version: VersionOf<Value>) -> Self {
        let VersionOf { from, to, mark, citation, note, value } = version;
        Self { from, to, mark, citation, note, value }
    }
}

type Lists = (DatedUnits, Vec<DatedUnits>, DatedCrosswalk);

fn read_lists(files: &Files, sources: &BTreeMap<String, Source>, faults: &mut Vec<NormFault>) -> Option<Lists> {
    const PATH: &str = "units/lists.yaml";
    let ListsFile { mut lists, crosswalks } = read_one(files, PATH, faults)?;
    lists.sort_by_key(|entry| entry.from);
    for entry in lists.iter().chain(&crosswalks) {
        let at = format!("units.lists@{}", entry.from.iso());
        check_citation(PATH, &at, (entry.mark, entry.citation.as_ref()), sources, faults);
    }
    if lists.windows(2).any(|pair| matches!(pair, [a, b] if a.from == b.from)) {
        let what = words("Hai danh mục bắt đầu cùng ngày.", "Two lists begin on one day.");
        faults.push(NormFault::new("NRM-007", PATH, what));
    }
    let mut text_of = |entry: &ListEntry| {
        let path = format!("units/{}", entry.file);
        let found = files.get(&path).cloned();
        if found.is_none() {
            faults.push(missing_file(&path));
        }
        found
    };
    let days: Vec<Day> = lists.iter().map(|entry| entry.from).collect();
    let mut dated = Vec::with_capacity(lists.len());
    for entry in lists {
        let text = text_of(&entry)?;
        dated.push(DatedUnits::new(entry, text));
    }
    let crosswalk = crosswalks.into_iter().next().map(|entry| (text_of(&entry), entry));
    let joins = |entry: &ListEntry| days.contains(&entry.from) && entry.to.is_some_and(|to| days.contains(&to));
    let (Some((Some(text), entry)), false) = (crosswalk, dated.is_empty()) else {
        faults.push(missing_file(PATH));
        return None;
    };
    if !joins(&entry) {
        let what = words("Bảng chuyển đổi phải nối hai danh mục.", "The crosswalk has to join two of the lists.");
        faults.push(NormFault::new("NRM-009", PATH, what));
    }
    let first = dated.remove(0);
    Some((first, dated, DatedCrosswalk::new(entry, text)))
}
