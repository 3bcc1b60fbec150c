//! Vietnamese text: stored NFC, searched without marks at word starts, sorted by given name.

use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

static VIETNAMESE: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok());

/// The form text is stored in: NFC, outer white space gone, inner white space single.
pub fn nfc(text: &str) -> String {
    if text.is_ascii() && !text.contains("  ") && text.trim().len() == text.len() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if is_nfc_quick(word.chars()) == IsNormalized::Yes {
            out.push_str(word);
        } else {
            out.extend(word.nfc());
        }
    }
    out
}

/// Lower case without marks, `đ` as `d`: what search compares.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfd() {
        match letter {
            'đ' | 'Đ' => out.push('d'),
            letter if is_combining_mark(letter) => {}
            letter => out.extend(letter.to_lowercase()),
        }
    }
    out
}

/// The folded words, for indexing and for queries: letters and digits only.
pub fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// A name for comparing two spellings: folded, single spaces, letters and digits only.
pub fn fold_name(text: &str) -> String {
    words(text).join(" ")
}

/// Sort key of any text, in Vietnamese order. Compare as bytes.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    match VIETNAMESE.as_ref() {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(text, &mut key);
        }
        None => key.extend(fold(text).bytes()),
    }
    key
}

/// Sort key of a person's name: given name first, then the middle names, then the surname.
pub fn person_sort_key(name: &str) -> Vec<u8> {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [] => Vec::new(),
        [only] => sort_key(only),
        [surname, middle @ .., given] => {
            let mut ordered = String::with_capacity(name.len());
            ordered.push_str(given);
            for word in middle {
                ordered.push(' ');
                ordered.push_str(word);
            }
            ordered.push(' ');
            ordered.push_str(surname);
            sort_key(&ordered)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_folds_marks_and_the_barred_d() {
        let table = [("Đặng Thị Thuỷ", "dang thi thuy"), ("Hoà", "hoa"), ("Hòa", "hoa"), ("KỲ ANH", "ky anh")];
        for (written, folded) in table {
            assert_eq!(fold(written), folded);
        }
        assert_eq!(fold("Nguyễn".nfd().collect::<String>().as_str()), "nguyen");
    }

    #[test]
    fn names_sort_in_vietnamese_order_not_in_byte_order() {
        let mut names = ["An", "Du", "Ánh", "Ân", "Đức", "Ẩn"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(names, ["An", "Ánh", "Ân", "Ẩn", "Du", "Đức"]);
    }

    #[test]
    fn persons_sort_by_given_name_then_middle_then_surname() {
        let mut names = ["Nguyễn Văn Bình", "Trần Thị Ánh", "Lê Văn An", "Hồ Đức Bình", "An"];
        names.sort_by_key(|n| person_sort_key(n));
        assert_eq!(names, ["An", "Lê Văn An", "Trần Thị Ánh", "Hồ Đức Bình", "Nguyễn Văn Bình"]);
    }

    #[test]
    fn text_is_stored_nfc_with_single_spaces() {
        let decomposed: String = "  Nguyễn   Thị Hường ".nfd().collect();
        assert_eq!(nfc(&decomposed), "Nguyễn Thị Hường");
    }
}
