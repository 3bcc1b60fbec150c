//! Files typed in the fonts of the nineties: recognised, offered, converted only on the person's word.

use std::collections::HashMap;

use app::review::intake::*;
use kernel::legacy::{LegacyEncoding, to_unicode};

use crate::bench::*;

/// The same text as a program of the nineties saved it.
fn in_tcvn3(text: &str) -> String {
    let letters: HashMap<char, char> = ('\u{a1}'..='\u{fe}')
        .filter_map(|old| Some((to_unicode(&old.to_string(), LegacyEncoding::Tcvn3).chars().next()?, old)))
        .filter(|(new, old)| new != old)
        .collect();
    text.chars().map(|letter| *letters.get(&letter).unwrap_or(&letter)).collect()
}

#[tokio::test]
async fn a_file_in_tcvn3_is_recognised_and_converted_on_consent() {
    let desk = desk().await;
    let officer = desk.of_commune(TRACH).await;
    let lan = family("Nguyễn Thị Hường", "12/03/1975", "042175000001").with("Trần Văn Đức", "Con", "2005", "Nam");
    let upload = Upload::Paste { text: in_tcvn3(&table(&[lan])) };
    let id = stage(&desk.house, &officer, None, 2023, upload).await.unwrap();
    let shown = view(&desk.house, &officer, id).await.unwrap();
    assert_eq!(shown.legacy, Some(LegacyEncoding::Tcvn3));
    assert!(shown.read.is_err(), "nothing is converted unasked");

    convert(&desk.house, &officer, id).await.unwrap();
    let shown = view(&desk.house, &officer, id).await.unwrap();
    assert_eq!(shown.legacy, None, "offered once");
    assert_eq!(desk.apply(&officer, id).await.created, 1);
    let state = desk.state(2023).await;
    let names: Vec<&str> = state.households[0].members.iter().map(|m| m.person.name.as_str()).collect();
    assert_eq!(names, ["Nguyễn Thị Hường", "Trần Văn Đức"]);
    desk.done().await;
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
