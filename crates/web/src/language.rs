//! The two languages of the program: texts by key from `locales/{vi,en}/*.ftl`, Vietnamese first.
//! A key without a text shows itself and is logged; nothing here fails. Names of the law come with the norms, not from here.

use std::fmt::Display;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use rust_embed::RustEmbed;
use unic_langid::{LanguageIdentifier, langid};

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Locales;

static VIETNAMESE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load("vi/", langid!("vi")));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load("en/", langid!("en")));

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

/// Macros of templates hold the language by reference.
impl From<&Lang> for Lang {
    fn from(lang: &Lang) -> Self {
        *lang
    }
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// As in `lang="vi"` and in the cookie.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The language the switch leads to.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// Of a label that the norms carry in both languages.
    pub fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    /// The text of a key.
    pub fn t(self, key: &str) -> String {
        self.speak(key, None)
    }

    /// The text of a key with values in it.
    pub fn tv<V: Display>(self, key: &str, values: &[(&str, V)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set((*name).to_owned(), value.to_string());
        }
        self.speak(key, Some(&args))
    }

    /// As [`Lang::tv`], with one value.
    pub fn t1(self, key: &str, name: &str, value: impl Display) -> String {
        self.tv(key, &[(name, value)])
    }

    /// As [`Lang::tv`], with two values.
    pub fn t2(self, key: &str, a: &str, a_value: impl Display, b: &str, b_value: impl Display) -> String {
        self.tv(key, &[(a, a_value.to_string()), (b, b_value.to_string())])
    }

    /// Whether the language has a text for the key.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// Every key of the language, to compare languages in tests.
    pub fn keys(self) -> Vec<String> {
        let mut keys: Vec<String> = files(self.prefix())
            .iter()
            .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
            .filter(|key| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .collect();
        keys.sort();
        keys
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Vi => "vi/",
            Self::En => "en/",
        }
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        match self {
            Self::Vi => &VIETNAMESE,
            Self::En => &ENGLISH,
        }
    }

    fn speak(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        // English falls back to Vietnamese: half a page in the other language is better than a key.
        for bundle in [self.bundle(), &*VIETNAMESE] {
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
            let mut faults = Vec::new();
            let text = bundle.format_pattern(pattern, args, &mut faults).into_owned();
            if !faults.is_empty() {
                tracing::error!(key, language = self.code(), ?faults, "a text could not be filled in");
            }
            return text;
        }
        tracing::error!(key, language = self.code(), "a text is missing from locales/");
        key.to_owned()
    }
}

/// The files of one language, in the order of their names.
fn files(prefix: &str) -> Vec<String> {
    let mut paths: Vec<String> =
        Locales::iter().map(|path| path.to_string()).filter(|p| p.starts_with(prefix)).collect();
    paths.sort();
    let read = |path: &String| Locales::get(path).and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    paths.iter().filter_map(read).collect()
}

fn load(prefix: &str, language: LanguageIdentifier) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Values are numbers and names of one script; direction marks round them would only hinder copying.
    bundle.set_use_isolating(false);
    for text in files(prefix) {
        let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, faults)| {
            tracing::error!(prefix, ?faults, "a file of texts could not be read whole");
            partial
        });
        if let Err(faults) = bundle.add_resource(resource) {
            tracing::error!(prefix, ?faults, "a text stands twice");
        }
    }
    bundle
}
