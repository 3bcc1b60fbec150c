//! What stays as it was: the forms and the report of a version of the results whatever the register says later, and the
//! papers of rounds that were stored before minutes, lists and numbers were kept with them.

use std::io::Cursor;

use app::AppError;
use app::review::frozen::{frozen_paper, frozen_table};
use app::review::papers::{
    PaperOf, commune_paper, form_paper, frozen_form_paper, frozen_forms_workbook, frozen_numbers, frozen_report,
    village_paper,
};
use app::review::results::{approve, compile, publish};
use app::review::rounds::{agree, answer_objection, close_survey, end_posting, hold_meeting, object, post};
use app::review::survey::SentSurvey;
use calamine::{Reader, Xlsx, open_workbook_from_rs};
use documents::official::{Format, PaperKind};
use domain::access::Role;
use domain::review::results::ResultsKind;
use domain::review::round::Route;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::papers::with_papers;
use crate::rounds::{Commune, day, minutes, sent};
use crate::world::code;

const YEARLY: (i16, Route) = (2023, Route::Yearly);

fn text(paper: Result<Vec<u8>, AppError>) -> String {
    String::from_utf8(paper.unwrap()).unwrap()
}

/// Every sheet with its cells as text.
fn cells(book: Vec<u8>) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
    let sheets = book.worksheets();
    let rows = |range: &calamine::Range<calamine::Data>| {
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    sheets.into_iter().map(|(name, range)| (name, rows(&range))).collect()
}

/// The chairman signs, and corrects one household afterwards.
async fn recognised_and_corrected(c: &Commune) {
    let house = &c.world.house;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    c.world.clock.advance_ms(10);
    c.correct("95/QĐ-UBND", "Tính nhầm điểm B2", "11-20").await;
}

#[tokio::test]
async fn the_forms_and_the_report_of_a_version_print_as_they_did_after_a_household_changed() {
    let c = Commune::new().await;
    let house = &with_papers(&c.world.house);
    let province = c.world.officer(Role::ProvinceOfficer, "province:42").await;
    let approver = c.world.colleague(Role::ProvinceOfficer, "province:42").await;
    c.to_posting().await;
    let early = compile(house, &province, 2023, ResultsKind::Preliminary).await.unwrap();
    let numbers = frozen_numbers(house, &province, early.id).await.unwrap();
    assert_eq!((numbers.len(), numbers.first().map(String::as_str)), (11, Some("7.1")));
    assert_eq!(code(frozen_report(house, &c.officer, early.id, Format::Html).await), "MIS-001", "not published yet");
    approve(house, &approver, early.id, "12/BC").await.unwrap();
    publish(house, &province, early.id).await.unwrap();

    let version = async || {
        let mut papers = vec![text(frozen_report(house, &c.officer, early.id, Format::Html).await)];
        for number in &numbers {
            papers.push(text(frozen_form_paper(house, &c.officer, (early.id, number), Format::Html).await));
        }
        papers
    };
    let live = async || text(form_paper(house, &province, (None, 2023), ("7.1", None), Format::Html).await);
    let (before, live_before) = (version().await, live().await);
    for words in ["sơ bộ", "tỉnh Hà Tĩnh", "công nhận tại 0 trên", "Huyện Hương Khê", "Biểu 7.11"] {
        assert!(before[0].contains(words), "report: {words} in {}", before[0]);
    }
    for words in ["Biểu 7.1 năm 2023", "Huyện Hương Khê", "Kết quả sơ bộ tổng hợp ngày", &early.hash[..16]]
    {
        assert!(before[1].contains(words), "form: {words} in {}", before[1]);
    }
    let workbook = async || cells(frozen_forms_workbook(house, &c.officer, early.id).await.unwrap());
    let sheets = workbook().await;
    assert_eq!((sheets.len(), sheets[0].0.as_str()), (11, "Mau 7.1"));
    assert!(sheets[0].1.iter().flatten().any(|cell| cell == "Huyện Hương Khê"), "{sheets:?}");

    recognised_and_corrected(&c).await;
    assert_ne!(live().await, live_before, "the register has moved on");
    assert_eq!(version().await, before, "the preliminary version has not");
    assert_eq!(workbook().await, sheets, "nor have its sheets");
    let none = frozen_form_paper(house, &c.officer, (early.id, "7.12"), Format::Html).await;
    assert_eq!(code(none), "MIS-001");

    // The official version has its own, frozen when it is approved.
    let last = compile(house, &province, 2023, ResultsKind::Official).await.unwrap();
    assert!(frozen_numbers(house, &province, last.id).await.unwrap().is_empty());
    approve(house, &approver, last.id, "16/BC").await.unwrap();
    c.world.clock.advance_ms(10);
    publish(house, &province, last.id).await.unwrap();
    let official = text(frozen_report(house, &c.officer, last.id, Format::Html).await);
    assert!(official.contains("chính thức") && official.contains("công nhận tại 1 trên"), "{official}");
    let form = text(frozen_form_paper(house, &c.officer, (last.id, "7.1"), Format::Html).await);
    assert!(form.contains("Kết quả chính thức tổng hợp ngày") && form != before[1], "{form}");
    c.world.done().await;
}

/// A record as it was stored before a part of what it holds was kept with it.
fn as_stored_before<T: Serialize + DeserializeOwned>(record: &T) -> T {
    const KEPT_LATER: [&str; 9] = [
        "presented",
        "hung",
        "ends",
        "further",
        "escape_number",
        "certificate_number",
        "letter_number",
        "compiled_by",
        "snapshot",
    ];
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, _| !KEPT_LATER.contains(&name.as_str()));
                fields.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(record).unwrap();
    strip(&mut value);
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn rounds_stored_before_their_minutes_and_lists_were_kept_still_print_them() {
    let c = Commune::new().await;
    let house = &with_papers(&c.world.house);
    c.to_survey().await;
    c.survey_all("first").await;
    let better = SentSurvey { based_on: Some("first-2".into()), ..sent(c.households[2], "better", ("200", "0")) };
    house.surveys.take(house, &c.head, better).await.unwrap();
    close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();
    hold_meeting(house, &c.head, &c.at().await, day("2023-10-11"), &minutes("41", "20")).await.unwrap();
    c.survey_all("second").await;
    close_survey(house, &c.officer, &c.at().await, day("2023-10-12")).await.unwrap();
    hold_meeting(house, &c.head, &c.at().await, day("2023-10-15"), &minutes("41", "40")).await.unwrap();
    post(house, &c.officer, &c.at().await, day("2023-10-16")).await.unwrap();
    let id = c.households[1];
    object(house, &c.officer, &c.at().await, day("2023-10-17"), (id, "Ông Ba", "Nhà có xe tải")).await.unwrap();
    c.world.clock.advance_ms(10);
    let again = SentSurvey { based_on: Some("second-1".into()), ..sent(id, "recheck", ("200", "0")) };
    house.surveys.take(house, &c.head, again).await.unwrap();
    answer_objection(house, &c.officer, &c.at().await, day("2023-10-18"), (1, "Có xe tải")).await.unwrap();
    recognised_and_corrected(&c).await;

    let village = async |kind, meeting| {
        text(village_paper(house, &c.officer, c.village.id, YEARLY, (kind, meeting), Format::Html).await)
    };
    let of_village = async || {
        let posted = village(PaperKind::PostedList, None).await;
        [village(PaperKind::MeetingMinutes, Some(1)).await, village(PaperKind::MeetingMinutes, Some(2)).await, posted]
    };
    let commune =
        async |kind, of| text(commune_paper(house, &c.officer, &c.scope, YEARLY, (kind, of), Format::Html).await);
    let decision = async || commune(PaperKind::RecognitionDecision, PaperOf::Decision(1)).await;
    let (papers, signed) = (of_village().await, decision().await);
    assert!(papers[0].contains("Hộ nghèo: 2 hộ") && papers[1].contains("Hộ nghèo: 3 hộ"), "{papers:?}");

    let mut work = house.store.write().await.unwrap();
    let round = work.village_round(&c.scope, c.village.id, 2023, Route::Yearly).await.unwrap().unwrap();
    work.save_village_round(&as_stored_before(&round)).await.unwrap();
    let round = work.commune_round(&c.scope, 2023, Route::Yearly).await.unwrap().unwrap();
    work.save_commune_round(&as_stored_before(&round)).await.unwrap();
    work.commit().await.unwrap();

    assert_eq!(of_village().await, papers, "told again from the surveys of each attempt");
    assert_eq!(decision().await, signed);
    let certificate = commune(PaperKind::Certificate, PaperOf::Household(c.households[0])).await;
    assert!(certificate.contains("Lê Thị An") && !certificate.contains("01/GCN"), "without a number: {certificate}");
    for (kind, of) in [
        (PaperKind::EscapeDecision, PaperOf::Decision(1)),
        (PaperKind::ChangeDecision, PaperOf::Household(c.households[0])),
    ] {
        let paper = commune(kind, of).await;
        assert!(paper.contains("Phạm Quốc Việt"), "{}: {paper}", kind.id());
    }
    c.world.done().await;
}

#[tokio::test]
async fn results_stored_before_their_forms_were_kept_print_their_table_and_offer_no_forms() {
    let c = Commune::new().await;
    let house = &with_papers(&c.world.house);
    let province = c.world.officer(Role::ProvinceOfficer, "province:42").await;
    let approver = c.world.colleague(Role::ProvinceOfficer, "province:42").await;
    c.to_posting().await;
    let early = compile(house, &province, 2023, ResultsKind::Preliminary).await.unwrap();
    let mut work = house.store.write().await.unwrap();
    let stored = work.results_by_id(early.id).await.unwrap().unwrap();
    work.save_results(&as_stored_before(&stored)).await.unwrap();
    work.commit().await.unwrap();
    let table = frozen_table(house, &province, early.id).await.unwrap();
    assert_eq!(table.total.counts[0].households, 3);
    let paper = text(frozen_paper(house, &province, early.id, Format::Html).await);
    assert!(paper.contains("KẾT QUẢ SƠ BỘ"), "{paper}");
    assert!(frozen_numbers(house, &province, early.id).await.unwrap().is_empty());
    assert_eq!(code(frozen_report(house, &province, early.id, Format::Html).await), "MIS-001");
    assert_eq!(code(approve(house, &province, early.id, "12/BC").await), "RES-009", "by its name");
    approve(house, &approver, early.id, "12/BC").await.unwrap();
    c.world.done().await;
}
