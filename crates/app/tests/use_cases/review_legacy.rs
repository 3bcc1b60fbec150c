//! Files typed in the fonts of the nineties: recognised, offered, converted only on the person's word.

use std::collections::HashMap;

use app::review::intake::*;
use kernel::legacy::{LegacyEncoding, to_unicode};

use crate::bench::*;

/// The same text as a program of the nineties saved it. Every letter is looked up backwards in what converts it.
fn in_old_letters(text: &str, encoding: LegacyEncoding) -> String {
    let old: Vec<char> = ('\u{a1}'..='\u{ff}').collect();
    let bases = ['a', 'e', 'i', 'o', 'u', 'y', 'ô', 'ö', 'A', 'E', 'I', 'O', 'U', 'Y', 'Ô', 'Ö'];
    let singles = old.iter().map(ToString::to_string);
    let pairs = bases.iter().flat_map(|base| old.iter().map(move |mark| format!("{base}{mark}")));
    let candidates =
        if encoding == LegacyEncoding::Vni { singles.chain(pairs).collect() } else { singles.collect::<Vec<_>>() };
    let mut letters: HashMap<char, String> = HashMap::new();
    for written in candidates {
        let read: Vec<char> = to_unicode(&written, encoding).chars().collect();
        if let [letter] = read.as_slice() {
            letters.entry(*letter).or_insert(written);
        }
    }
    text.chars().map(|letter| letters.get(&letter).cloned().unwrap_or_else(|| letter.to_string())).collect()
}

/// One byte a letter, as Windows saved such a file.
fn bytes_of(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
}

#[tokio::test]
async fn a_file_in_old_letters_is_recognised_and_converted_on_consent() {
    for encoding in [LegacyEncoding::Tcvn3, LegacyEncoding::Vni] {
        let desk = desk().await;
        let officer = desk.of_commune(TRACH).await;
        let lan = family("Nguyễn Thị Hường", "12/03/1975", "042175000001").with("Trần Văn Đức", "Con", "2005", "Nam");
        let text = in_old_letters(&table(&[lan]), encoding).replace('\t', ";");
        let upload = Upload::File { name: "danh-sach.csv".into(), bytes: bytes_of(&text) };
        let id = stage(&desk.house, &officer, None, 2023, upload).await.unwrap();
        let shown = view(&desk.house, &officer, id).await.unwrap();
        assert_eq!(shown.legacy, Some(encoding));
        assert!(shown.read.is_err(), "nothing is converted unasked");

        convert(&desk.house, &officer, id).await.unwrap();
        let shown = view(&desk.house, &officer, id).await.unwrap();
        assert_eq!(shown.legacy, None, "offered once");
        assert_eq!(desk.apply(&officer, id).await.created, 1, "{encoding:?}");
        let state = desk.state(2023).await;
        let names: Vec<&str> = state.households[0].members.iter().map(|m| m.person.name.as_str()).collect();
        assert_eq!(names, ["Nguyễn Thị Hường", "Trần Văn Đức"]);
        desk.done().await;
    }
}

#[tokio::test]
async fn a_list_comes_in_the_same_from_semicolons_commas_and_with_the_mark_of_utf8() {
    let lan = family("Nguyễn Thị Hường", "12/03/1975", "042175000001").scores("120,5", "30", "N");
    let quoted = |text: &str| -> String {
        let line = |line: &str| line.split('\t').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
        text.lines().map(line).collect::<Vec<_>>().join("\r\n")
    };
    let text = table(&[lan]);
    let files = [text.replace('\t', ";"), quoted(&text), format!("\u{feff}{}", text.replace('\t', ";"))];
    for file in files {
        let desk = desk().await;
        let officer = desk.of_commune(TRACH).await;
        let upload = Upload::File { name: "danh-sach.csv".into(), bytes: file.into_bytes() };
        let id = stage(&desk.house, &officer, None, 2023, upload).await.unwrap();
        assert_eq!(desk.apply(&officer, id).await, Applied { created: 1, ..Applied::default() });
        let state = desk.state(2023).await;
        let (_, stored) = state.headed_by("Nguyễn Thị Hường");
        assert_eq!(stored.assessment.b1(), Some(kernel::Points(1_205)));
        desk.done().await;
    }
}

#[tokio::test]
async fn proper_text_is_never_offered_for_conversion() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let id = desk.staged(&officer, 2023, &[family("Nguyễn Thị Hường", "12/03/1975", "")]).await;
    assert_eq!(view(&desk.house, &officer, id).await.unwrap().legacy, None);
    let before = view(&desk.house, &officer, id).await.unwrap().staged;
    convert(&desk.house, &officer, id).await.unwrap();
    assert_eq!(view(&desk.house, &officer, id).await.unwrap().staged, before);
    desk.done().await;
}
