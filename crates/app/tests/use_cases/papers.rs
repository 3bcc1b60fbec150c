//! The papers of a review, read back: each says what stands in the rounds, and nobody is given what does not exist.

use std::sync::Arc;

use app::review::papers::{
    PaperOf, blank_request, certificate_file, certificate_run, commune_paper, covering_report, form_paper,
    print_certificates, request_paper, village_paper,
};
use app::review::requests::{FileInput, file};
use app::review::rounds::{
    AmendInput, agree, amend, answer_objection, close_survey, configure_opinion, end_posting, hold_meeting, object,
    post,
};
use app::review::survey::SentSurvey;
use app::{AppError, House};
use documents::official::{Document, Format, PaperFault, PaperKind, Papers, PdfPrinter};
use domain::review::request::{Channel, RequestKind};
use domain::review::round::{AmendmentKind, Route};

use kernel::HouseholdId;

use crate::rounds::{Commune, day, minutes as app_minutes, sent};
use crate::world::code;

const YEARLY: (i16, Route) = (2023, Route::Yearly);
const POSTED: (PaperKind, Option<u16>) = (PaperKind::PostedList, None);

/// Papers are read here as pages, and long runs by their titles; how a PDF looks is the affair of `typeset`.
struct Titles;

impl PdfPrinter for Titles {
    fn print(&self, documents: &[Document]) -> Result<Vec<u8>, PaperFault> {
        let titles: Vec<&str> = documents.iter().map(|document| document.title.as_str()).collect();
        Ok(titles.join("\n").into_bytes())
    }
}

/// Long runs go into a folder that is never there.
pub fn with_papers(house: &House) -> House {
    with_papers_in(house, std::path::Path::new("/nowhere"))
}

pub fn with_papers_in(house: &House, folder: &std::path::Path) -> House {
    let page = house.norms.in_force::<norms::PageLayout>("documents.page", house.clock.today()).unwrap();
    house.clone().with_papers(Papers::load(None, page.value, Arc::new(Titles)).unwrap(), folder)
}

#[tokio::test]
async fn every_paper_of_a_round_says_what_stands_in_it() {
    let c = Commune::new().await;
    let house = &with_papers(&c.world.house);
    c.to_posting().await;
    let village = async |kind| {
        let paper = village_paper(house, &c.head, c.village.id, YEARLY, (kind, None), Format::Html).await;
        paper.map(|bytes| String::from_utf8(bytes).unwrap())
    };
    let minutes = village(PaperKind::MeetingMinutes).await.unwrap();
    for words in ["Thôn 1", "Căn cứ Quyết định số 24/2021/QĐ-TTg", "từ 50 % số người tham dự trở lên"]
    {
        assert!(minutes.contains(words), "minutes: {words} in {minutes}");
    }
    let posted = village(PaperKind::PostedList).await.unwrap();
    for words in ["Lê Thị An", "Lê Thị Châu", "Hộ nghèo", "đến hết ngày 19 tháng 10 năm 2023", "Có quy định"]
    {
        assert!(posted.contains(words), "posted list: {words} in {posted}");
    }
    assert_eq!(code(village(PaperKind::Certificate).await), "MIS-001");
    let commune = async |kind, household: Option<HouseholdId>| {
        let household = household.map_or(PaperOf::Decision(1), PaperOf::Household);
        let paper = commune_paper(house, &c.officer, &c.scope, YEARLY, (kind, household), Format::Html).await;
        paper.map(|bytes| String::from_utf8(bytes).unwrap())
    };
    assert_eq!(code(commune(PaperKind::RecognitionDecision, None).await), "MIS-001", "nothing is decided yet");
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    let decision = commune(PaperKind::RecognitionDecision, None).await.unwrap();
    for words in ["Lê Thị An", "QĐ-UBND", "CHỦ TỊCH", "năm 2024", "huyện Hương Khê"] {
        assert!(decision.contains(words), "decision: {words} in {decision}");
    }
    let an = Some(c.households[0]);
    let certificate = commune(PaperKind::Certificate, an).await.unwrap();
    for words in ["Lê Thị An", "2024", "Thôn 1, xã", "Số: 01/GCN-HN.HCN"] {
        assert!(certificate.contains(words), "certificate: {words} in {certificate}");
    }
    assert_eq!(code(commune(PaperKind::RefusalLetter, an).await), "MIS-001", "it did not ask");
    assert_eq!(code(commune(PaperKind::ChangeDecision, an).await), "MIS-001", "nothing was changed yet");
    c.correct("95/QĐ-UBND", "Tính nhầm điểm B2", "11-20").await;
    let change = commune(PaperKind::ChangeDecision, an).await.unwrap();
    for words in ["95/QĐ-UBND", "01/GCN-HN.HCN", "Tính nhầm điểm B2", "Phạm Quốc Việt", "Hộ cận nghèo"]
    {
        assert!(change.contains(words), "change: {words} in {change}");
    }
    let earlier = commune(PaperKind::RecognitionDecision, None).await.unwrap();
    assert_eq!(earlier, decision, "what was decided is printed as it was");
    let without = commune_paper(
        &c.world.house,
        &c.officer,
        &c.scope,
        YEARLY,
        (PaperKind::Certificate, PaperOf::Household(c.households[0])),
        Format::Html,
    );
    assert_eq!(code(without.await), "PAP-010");
    c.world.done().await;
}

#[tokio::test]
async fn minutes_and_list_keep_what_was_read_out_and_hung_whatever_is_found_later() {
    let c = Commune::new().await;
    let house = &with_papers(&c.world.house);
    let paper = async |kind, meeting| {
        text(village_paper(house, &c.head, c.village.id, YEARLY, (kind, meeting), Format::Html).await)
    };
    let minutes = async |meeting| paper(PaperKind::MeetingMinutes, meeting).await;
    c.to_survey().await;
    c.survey_all("first").await;
    // The third household has left the list by its answers.
    let better = SentSurvey { based_on: Some("first-2".into()), ..sent(c.households[2], "better", ("200", "0")) };
    house.surveys.take(house, &c.head, better).await.unwrap();
    close_survey(house, &c.officer, &c.at().await, day("2023-10-10")).await.unwrap();

    let blank = minutes(None).await;
    for words in ["Lê Thị An", "Lê Thị Bình", "Hộ nghèo: 2 hộ", "Hộ thoát nghèo: 1 hộ", "Lê Thị Châu"]
    {
        assert!(blank.contains(words), "blank: {words} in {blank}");
    }
    assert!(!blank.contains("Kết luận:</b> cuộc họp"), "nobody has voted yet: {blank}");

    hold_meeting(house, &c.head, &c.at().await, day("2023-10-15"), &app_minutes("41", "20")).await.unwrap();
    let failed = minutes(Some(1)).await;
    for words in ["không thống nhất", "Hộ nghèo: 2 hộ", "Lê Thị Bình", "Hộ thoát nghèo: 1 hộ", "Trần Văn Bảy"]
    {
        assert!(failed.contains(words), "failed: {words} in {failed}");
    }
    c.survey_all("second").await;
    close_survey(house, &c.officer, &c.at().await, day("2023-10-16")).await.unwrap();
    let second = minutes(None).await;
    assert!(second.contains("Hộ nghèo: 3 hộ") && !second.contains("Trần Văn Bảy"), "a blank of its own: {second}");
    hold_meeting(house, &c.head, &c.at().await, day("2023-10-17"), &app_minutes("41", "40")).await.unwrap();
    post(house, &c.officer, &c.at().await, day("2023-10-18")).await.unwrap();
    let before = (minutes(Some(1)).await, minutes(Some(2)).await, paper(PaperKind::PostedList, None).await);
    assert_eq!(before.0, failed, "the failed meeting's minutes print as they did");
    assert!(before.2.contains("Hộ nghèo: 3 hộ"), "{}", before.2);

    let id = c.households[1];
    object(house, &c.officer, &c.at().await, day("2023-10-19"), (id, "Ông Ba", "Nhà có xe tải")).await.unwrap();
    c.world.clock.advance_ms(10);
    let again = SentSurvey { based_on: Some("second-1".into()), ..sent(id, "recheck", ("200", "0")) };
    house.surveys.take(house, &c.head, again).await.unwrap();
    let round = answer_objection(house, &c.officer, &c.at().await, day("2023-10-20"), (1, "Có xe tải")).await.unwrap();
    assert_eq!(round.reviews(id).unwrap().outcome.as_ref().unwrap().class.as_deref(), Some("non_poor"));
    let after = (minutes(Some(1)).await, minutes(Some(2)).await, paper(PaperKind::PostedList, None).await);
    assert_eq!(before, after, "what was signed and hung is printed as it was");
    let third = village_paper(house, &c.head, c.village.id, YEARLY, (PaperKind::MeetingMinutes, Some(3)), Format::Html);
    assert_eq!(code(third.await), "MIS-001");
    c.world.done().await;
}

/// The commune with its decision signed.
async fn recognised() -> Commune {
    let c = Commune::new().await;
    c.to_posting().await;
    end_posting(&c.world.house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    let agreed = (c.version().await, day("2023-10-24"), "");
    agree(&c.world.house, &c.above, &c.scope, 2023, agreed).await.unwrap();
    c.recognise("10-25").await.unwrap();
    c
}

fn text(paper: Result<Vec<u8>, AppError>) -> String {
    String::from_utf8(paper.unwrap()).unwrap()
}

#[tokio::test]
async fn every_certificate_of_a_unit_is_printed_in_one_run_and_an_unchanged_file_is_kept() {
    let c = recognised().await;
    let folder = tempfile::tempdir().unwrap();
    let house = &with_papers_in(&c.world.house, folder.path());
    let district = Some(&c.above.scope);
    let before = certificate_run(house, &c.above, None, 2023).await.unwrap();
    assert_eq!((before.certificates, before.communes, before.files.len()), (3, 1, 0));

    let told = Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let tell = move |done, of| heard.lock().unwrap().push((done, of));
    assert_eq!(print_certificates(house, &c.above, (None, 2023), tell).await.unwrap(), 3);
    assert_eq!(*told.lock().unwrap(), [(3, 3)]);
    let run = certificate_run(house, &c.above, None, 2023).await.unwrap();
    let [file] = run.files.as_slice() else { panic!("{run:?}") };
    assert_eq!(file.commune, "Xã Hương Trạch");
    let whole = text(certificate_file(house, &c.above, (district, 2023), &file.name).await);
    assert_eq!(whole.lines().count(), 3, "{whole}");
    assert_eq!(code(certificate_file(house, &c.above, (district, 2023), "../../x.pdf").await), "MIS-001");

    // A household whose recognition is taken back has no certificate any more; its file is made again.
    let input = AmendInput {
        kind: AmendmentKind::Revoked,
        household: c.households[0],
        number: "95/QĐ-UBND".into(),
        signer: "Phạm Quốc Việt".into(),
        reason: "Kê khai sai".into(),
        class: String::new(),
    };
    let at = (c.version().await, day("2023-11-20"));
    amend(house, &c.chairman, &c.scope, YEARLY, at, &input).await.unwrap();
    assert_eq!(print_certificates(house, &c.above, (None, 2023), |_, _| ()).await.unwrap(), 2);
    let again = certificate_run(house, &c.above, None, 2023).await.unwrap();
    assert_eq!((again.certificates, again.files.len()), (2, 1));
    assert_ne!(again.files[0].name, file.name);
    let trail = app::access::verify_trail(house, &c.officer).await.unwrap();
    assert!(trail.broken_at.is_none());

    assert_eq!(code(print_certificates(house, &c.head, (None, 2023), |_, _| ()).await), "ACC-001", "a village's head");
    let own = certificate_run(house, &c.officer, Some(&c.scope), 2023).await.unwrap();
    assert_eq!((own.certificates, own.files.len()), (2, 0), "each unit has its own files");
    assert_eq!(code(certificate_run(house, &c.officer, district, 2023).await), "MIS-001", "above the officer");
    c.world.done().await;
}

#[tokio::test]
async fn the_forms_and_their_report_go_up_as_papers() {
    let c = recognised().await;
    let house = &with_papers(&c.world.house);
    let unit = Some(&c.scope);
    for number in ["7.1", "7.4", "7.11"] {
        let form = text(form_paper(house, &c.officer, (unit, 2023), (number, None), Format::Html).await);
        for words in ["xã Hương Trạch", "Thôn 1", number] {
            assert!(form.to_lowercase().contains(&words.to_lowercase()), "form {number}: {words} in {form}");
        }
    }
    assert_eq!(code(form_paper(house, &c.officer, (unit, 2023), ("7.12", None), Format::Html).await), "MIS-001");
    let report = text(covering_report(house, &c.officer, (unit, 2023), Format::Html).await);
    let words =
        ["chính thức", "Ủy ban nhân dân huyện Hương Khê", "Thôn 1", "Đã rà soát 3 hộ", "15/10/2023", "Biểu 7.11"];
    for words in words {
        assert!(report.contains(words), "report: {words} in {report}");
    }
    let above = text(covering_report(house, &c.above, (None, 2023), Format::Html).await);
    for words in ["Ủy ban nhân dân tỉnh Hà Tĩnh", "Xã Hương Trạch", "công nhận tại 1 trên"] {
        assert!(above.contains(words), "district's report: {words} in {above}");
    }
    assert_eq!(code(covering_report(house, &c.head, (None, 2023), Format::Html).await), "ACC-001");
    c.world.done().await;
}

#[tokio::test]
async fn a_request_is_printed_on_the_form_of_its_kind_and_a_blank_for_anybody() {
    let c = Commune::new().await;
    let house = &with_papers(&c.world.house);
    let ask = |kind| FileInput {
        kind,
        channel: Channel::Counter,
        household: c.households[0],
        person: None,
        received: day("2023-03-02"),
        filed_by: "Chủ hộ".into(),
        reason: "Đã có việc làm ổn định".into(),
    };
    let leave = file(house, &c.officer, &ask(RequestKind::Leave)).await.unwrap();
    let paper = request_paper(house, &c.officer, leave.id, PaperKind::EscapeRequest, Format::Html).await;
    let paper = text(paper);
    for words in ["Mẫu số 04", "Lê Thị An", "hộ nghèo", "Đã có việc làm ổn định", "Hương Trạch"]
    {
        assert!(paper.contains(words), "form 04: {words} in {paper}");
    }
    let other = request_paper(house, &c.officer, leave.id, PaperKind::ReviewRequest, Format::Html).await;
    assert_eq!(code(other), "MIS-001");
    let blank = text(blank_request(house, PaperKind::ReviewRequest, Format::Html).await);
    assert!(blank.contains("Mẫu số 01") && !blank.contains("Lê Thị An"));
    assert_eq!(code(blank_request(house, PaperKind::Certificate, Format::Html).await), "MIS-001");
    c.world.done().await;
}

#[tokio::test]
async fn after_the_district_level_a_commune_walks_to_its_certificates_under_its_province() {
    let c = Commune::after_districts().await;
    let house = &with_papers(&c.world.house);
    c.to_posting().await;
    let posted = village_paper(house, &c.officer, c.village.id, (c.year, Route::Yearly), POSTED, Format::Html);
    let posted = text(posted.await);
    assert!(posted.contains("TỈNH HÀ TĨNH") && !posted.to_lowercase().contains("huyện"), "{posted}");
    end_posting(house, &c.officer, &c.at().await, c.on("10-22")).await.unwrap();
    assert_eq!(code(c.ask("10-23").await), "ROU-024", "the law names nobody and the province has not chosen yet");
    configure_opinion(house, &c.above, "province_officer", c.on("10-01")).await.unwrap();
    c.ask("10-23").await.unwrap();
    let agreed = (c.version().await, c.on("10-24"), "");
    agree(house, &c.above, &c.scope, c.year, agreed).await.unwrap();
    c.recognise("10-27").await.unwrap();
    let decision = commune_paper(
        house,
        &c.officer,
        &c.scope,
        (c.year, Route::Yearly),
        (PaperKind::RecognitionDecision, PaperOf::Decision(1)),
        Format::Html,
    );
    let decision = text(decision.await);
    for words in
        ["Ủy ban nhân dân tỉnh Hà Tĩnh", "năm 2026", "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"]
    {
        assert!(decision.contains(words), "decision: {words} in {decision}");
    }
    assert!(!decision.to_lowercase().contains("huyện"), "{decision}");
    let report = text(covering_report(house, &c.above, (None, c.year), Format::Html).await);
    assert!(report.contains("Bộ Nông nghiệp và Môi trường"), "{report}");
    c.world.done().await;
}
