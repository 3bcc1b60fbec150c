//! The crate names a Rust source says: `name::`, `use name`, and `async fn` as a word of its own.
//! Reads words, not syntax: comments and texts in quotes are blanked first, and that is enough for names.

/// A name that stands in a source, with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub name: String,
    pub line: usize,
    /// Below the line that opens the tests of the file.
    pub in_tests: bool,
}

pub fn mentions(source: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut in_tests = false;
    for (index, line) in without_comments_and_texts(source).lines().enumerate() {
        in_tests |= line.contains("#[cfg(test)]");
        for name in names(line) {
            found.push(Mention { name, line: index + 1, in_tests });
        }
    }
    found
}

fn names(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    if line.contains("async fn") || line.contains(".await") {
        names.push("async fn".to_owned());
    }
    if let Some(used) = line.trim_start().trim_start_matches("pub ").strip_prefix("use ") {
        let word: String = used.trim_start_matches("::").chars().take_while(|c| is_word(*c)).collect();
        names.push(word);
    }
    for (at, _) in line.match_indices("::") {
        let before = line.get(..at).unwrap_or_default();
        let start = before.rfind(|c| !is_word(c)).map_or(0, |last| last + 1);
        names.push(before.get(start..).unwrap_or_default().to_owned());
    }
    names.sort();
    names.dedup();
    names.retain(|name| !name.is_empty());
    names
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric()
}

/// The same lines, with what a compiler would not read as code left out.
fn without_comments_and_texts(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut in_text = false;
    for line in source.lines() {
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => drop(letters.next()),
                '"' => in_text = !in_text,
                // `'"'` is a letter, not the beginning of a text.
                '\'' if letters.peek() == Some(&'"') => drop(letters.next()),
                '/' if !in_text && letters.peek() == Some(&'/') => break,
                _ if in_text => {}
                _ => code.push(letter),
            }
        }
        code.push('\n');
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> Vec<String> {
        mentions(source).into_iter().map(|mention| mention.name).collect()
    }

    #[test]
    fn names_are_found_in_use_lines_and_in_paths() {
        assert_eq!(said("use sqlx;"), ["sqlx"]);
        assert_eq!(said("pub use kernel::Day;"), ["kernel"]);
        assert_eq!(said("fn f(db: &storage_sql::Db) {}"), ["storage_sql"]);
        assert_eq!(said("async fn f() {}"), ["async fn"]);
    }

    #[test]
    fn comments_texts_and_letters_are_not_names() {
        assert_eq!(said("// sqlx::query"), Vec::<String>::new());
        assert_eq!(said("let a = \"sqlx::query \\\" axum::Router\"; // tokio::spawn"), Vec::<String>::new());
        assert_eq!(said("let quote = '\"'; tokio::spawn(x);"), ["tokio"]);
    }

    #[test]
    fn a_text_may_run_over_lines() {
        assert_eq!(said("let a = \"one\n axum::Router\n\"; sqlx::query()"), ["sqlx"]);
    }

    #[test]
    fn what_follows_the_mark_of_tests_is_in_tests() {
        let found = mentions("use kernel::Day;\n#[cfg(test)]\nmod tests { use testkit::World; }\n");
        assert_eq!(found.iter().map(|mention| mention.in_tests).collect::<Vec<_>>(), [false, true]);
    }
}
