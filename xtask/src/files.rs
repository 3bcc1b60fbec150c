//! The files of the repository, as text. Never follows links and never reads what is built or installed.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

const NOT_OURS: &[&str] = &["target", "node_modules"];

/// One file, with its path from the root of the repository.
#[derive(Debug, Clone)]
pub struct Text {
    pub path: String,
    pub text: String,
}

impl Text {
    #[cfg(test)]
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Lines with their numbers, as an editor counts them.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Cargo starts xtask inside its workspace, whose root is the parent of this package.
pub fn repository_root() -> Result<PathBuf> {
    let own = env::var("CARGO_MANIFEST_DIR").context("xtask is started by cargo: type `cargo xtask CHECK`")?;
    Ok(Path::new(&own).parent().context("xtask has no parent folder")?.to_owned())
}

/// All files under `folder` with one of these endings, sorted; none when the folder is not there.
pub fn texts(root: &Path, folder: &str, endings: &[&str]) -> Result<Vec<Text>> {
    let mut found = Vec::new();
    collect(&root.join(folder), endings, &mut found)?;
    found.sort();
    found.into_iter().map(|path| read(root, &path)).collect()
}

pub fn read(root: &Path, path: &Path) -> Result<Text> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    Ok(Text { path, text })
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && !NOT_OURS.contains(&name.as_str()) {
                collect(&path, endings, found)?;
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    Ok(())
}
