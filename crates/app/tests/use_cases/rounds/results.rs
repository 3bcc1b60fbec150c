//! What comes of a round: results of the snapshots of its facts, reports that are due.

use app::review::frozen::{frozen_paper, frozen_table, frozen_workbook, public_tables};
use app::review::lists::send;
use app::review::reminders::{mark_sent, reminders};
use app::review::results::{approve, compile, publish, results};
use app::review::rounds::{AmendInput, agree, amend, end_posting};
use documents::official::Format;
use domain::access::{Actor, Role};
use domain::review::results::ResultsKind;
use domain::review::round::{AmendmentKind, CommuneStep, Route};
use testkit::TestDatabase;

use super::{Commune, day, scores};
use crate::papers::with_papers;
use crate::world::{COMMUNE, code, province_in};

#[tokio::test]
async fn results_come_from_the_round_and_not_beside_it() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_survey().await;
    assert_eq!(code(send(house, &c.officer, &c.scope, 2023).await), "ROU-029");
    let seen = c.world.seen(&c.officer, c.households[0]).await;
    assert_eq!(code(app::registry::assess(house, &c.officer, seen, 2023, &scores("1", "0")).await), "ROU-029");
    let decision = app::registry::DecisionInput {
        number: "1".into(),
        day: "05/10/2023".into(),
        classes: vec![(c.households[0], "poor".into())],
    };
    assert_eq!(code(app::registry::record_decision(house, &c.chairman, 2023, &decision).await), "ROU-029");
    c.world.done().await;
}

#[tokio::test]
async fn preliminary_and_official_results_stand_side_by_side() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let province = c.world.officer(Role::ProvinceOfficer, "province:42").await;
    c.to_posting().await;
    let early = compile(house, &province, 2023, ResultsKind::Preliminary).await.unwrap();
    assert_eq!(code(compile(house, &province, 2023, ResultsKind::Official).await), "RES-001");
    assert_eq!(code(publish(house, &province, early.id).await), "RES-003");
    assert_eq!(code(approve(house, &province, early.id, "12/BC-SLĐ").await), "RES-009", "by who compiled them");
    let approver = c.world.colleague(Role::ProvinceOfficer, "province:42").await;
    approve(house, &approver, early.id, "12/BC-SLĐ").await.unwrap();
    publish(house, &province, early.id).await.unwrap();
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    compile(house, &province, 2023, ResultsKind::Official).await.unwrap();
    let kinds: Vec<_> =
        results(house, &province, None, 2023).await.unwrap().iter().map(|r| (r.kind, r.published.is_some())).collect();
    assert_eq!(kinds, [(ResultsKind::Official, false), (ResultsKind::Preliminary, true)]);

    // The frozen table does not move with the register, and goes down to the communes once it is published.
    let house = &with_papers(house);
    let paper = async |by: &Actor, id| frozen_paper(house, by, id, Format::Html).await;
    let table = frozen_table(house, &province, early.id).await.unwrap();
    let commune = table.lines.iter().find(|line| line.unit == "Xã Hương Trạch").unwrap();
    let counts = |line: &documents::official::context::ResultsLine| -> Vec<i64> {
        line.counts.iter().map(|count| count.households).collect()
    };
    assert_eq!((counts(commune), counts(&table.total)), (vec![3, 0, 0, 0], vec![3, 0, 0, 0]));
    let printed = String::from_utf8(paper(&c.officer, early.id).await.unwrap()).unwrap();
    for words in ["KẾT QUẢ SƠ BỘ", "Xã Hương Trạch", "12/BC-SLĐ", &early.hash[..16]] {
        assert!(printed.contains(words), "{words} in {printed}");
    }
    let change = AmendInput {
        kind: AmendmentKind::Corrected,
        household: c.households[0],
        number: "95/QĐ-UBND".into(),
        signer: "Phạm Quốc Việt".into(),
        reason: "Tính nhầm điểm B2".into(),
        class: "near_poor".into(),
    };
    let at = (c.version().await, day("2023-11-20"));
    amend(house, &c.chairman, &c.scope, (2023, Route::Yearly), at, &change).await.unwrap();
    let again = String::from_utf8(paper(&province, early.id).await.unwrap()).unwrap();
    assert_eq!(printed, again, "the preliminary version prints as it did");
    let book = frozen_workbook(house, &c.officer, early.id).await.unwrap();
    assert!(book.starts_with(b"PK"));
    let official = results(house, &province, None, 2023).await.unwrap()[0].id;
    assert_eq!(code(frozen_table(house, &c.officer, official).await), "MIS-001", "not published yet");
    let seen = results(house, &c.officer, None, 2023).await.unwrap();
    assert_eq!(seen.iter().map(|r| r.id).collect::<Vec<_>>(), [early.id]);
    let public = public_tables(house, None).await.unwrap();
    assert_eq!(public.iter().map(|p| p.table.results.id).collect::<Vec<_>>(), [early.id]);
    let shown = public[0].table.lines.iter().zip(&public[0].hidden).find(|(line, _)| line.unit == "Xã Hương Trạch");
    assert_eq!(shown.map(|(_, hidden)| *hidden), Some(true), "three households are too few to be told of");
    c.world.done().await;
}

#[tokio::test]
async fn every_step_of_a_round_that_decides_leaves_its_facts_frozen() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let frozen = async || -> Vec<String> {
        let known = app::reporting::snapshots(house, &c.officer, None, Some(2023)).await.unwrap();
        known.into_iter().map(|snapshot| snapshot.act).collect()
    };
    c.to_posting().await;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    c.ask("10-23").await.unwrap();
    assert_eq!(frozen().await, ["opinion_asked"]);
    let approve = async || app::reporting::approve_review(house, &c.above, &c.above.scope, 2023).await;
    assert_eq!(code(approve().await), "RPT-005", "the classes are not decided yet");
    c.world.clock.advance_ms(10);
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    assert_eq!(frozen().await, ["recognised", "opinion_asked"]);
    let why = app::reporting::why(house, &c.officer, c.households[0], 2023, (None, None)).await.unwrap();
    let record = why.why.now.unwrap().record;
    assert_eq!(record.assessment.decision.unwrap().number, "88/QĐ-UBND", "the decision is in the newest snapshot");

    c.world.clock.advance_ms(10);
    c.correct("101/QĐ-UBND", "Tính lại điểm B1", "11-02").await;
    assert_eq!(frozen().await, ["recognised", "recognised", "opinion_asked"]);
    let why = app::reporting::why(house, &c.officer, c.households[0], 2023, (None, None)).await.unwrap();
    assert_eq!(why.why.now.unwrap().record.class.as_deref(), Some("near_poor"));
    assert_eq!(approve().await.unwrap().act, "review_approved");
    c.world.done().await;
}

#[tokio::test]
async fn a_step_whose_facts_cannot_be_frozen_is_not_taken() {
    let c = Commune::new().await;
    let house = &c.world.house;
    c.to_posting().await;
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    std::fs::write(house.archive().unwrap().root(), "a file where the folder should be").unwrap();
    assert_eq!(code(c.ask("10-23").await), "SNP-006");
    assert_eq!(c.view().await.round.unwrap().step(), CommuneStep::Villages);
    c.world.done().await;
}

#[tokio::test]
async fn approved_and_published_results_are_frozen_and_never_say_what_the_register_no_longer_says() {
    let c = Commune::new().await;
    let house = &c.world.house;
    let province = c.world.officer(Role::ProvinceOfficer, "province:42").await;
    c.to_posting().await;
    let early = compile(house, &province, 2023, ResultsKind::Preliminary).await.unwrap();
    let of_province = async || -> Vec<String> {
        let known = app::reporting::snapshots(house, &province, None, Some(2023)).await.unwrap();
        let own = known.into_iter().filter(|snapshot| snapshot.scope == province.scope);
        own.map(|snapshot| snapshot.act).collect()
    };
    assert_eq!(of_province().await, ["preliminary_compiled"]);
    end_posting(house, &c.officer, &c.at().await, day("2023-10-20")).await.unwrap();
    let approver = c.world.colleague(Role::ProvinceOfficer, "province:42").await;
    approve(house, &approver, early.id, "12/BC").await.unwrap();
    publish(house, &province, early.id).await.unwrap();
    assert_eq!(app::reporting::published_years(house).await.unwrap(), Vec::<i16>::new(), "no table of what may change");

    c.ask("10-23").await.unwrap();
    agree(house, &c.above, &c.scope, 2023, (c.version().await, day("2023-10-24"), "")).await.unwrap();
    c.recognise("10-25").await.unwrap();
    let stale = compile(house, &province, 2023, ResultsKind::Official).await.unwrap();
    c.correct("101/QĐ-UBND", "Tính lại điểm B1", "11-02").await;
    assert_eq!(code(approve(house, &approver, stale.id, "15/BC").await), "RES-008");
    c.world.clock.advance_ms(10);
    let fresh = compile(house, &province, 2023, ResultsKind::Official).await.unwrap();
    approve(house, &approver, fresh.id, "16/BC").await.unwrap();
    c.world.clock.advance_ms(10);
    publish(house, &province, fresh.id).await.unwrap();
    assert_eq!(of_province().await, ["results_published", "results_approved", "preliminary_compiled"]);
    c.world.done().await;
}

#[tokio::test]
async fn a_report_is_reminded_of_before_its_day_and_after_it_until_its_results_are_published() {
    let world = province_in(TestDatabase::sqlite().await, "2023-01-28").await;
    let house = &world.house;
    let officer = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let above = world.officer(Role::ProvinceOfficer, "province:42").await;
    let due = async |actor: &Actor| -> Vec<(String, String, i64)> {
        let found = reminders(house, actor, 2023).await.unwrap();
        found.into_iter().map(|r| (r.id, r.due.to_string(), r.days_left)).collect()
    };
    for actor in [&officer, &above] {
        assert_eq!(due(actor).await, [("monthly".to_owned(), "05/02/2023".to_owned(), 8)]);
    }
    // The commune says that it sent its own; the province still owes one.
    let marked = mark_sent(house, &officer, ("monthly", day("2023-02-05")), day("2023-01-28")).await;
    marked.unwrap();
    assert_eq!((due(&officer).await.len(), due(&above).await.len()), (0, 1));
    let none = mark_sent(house, &officer, ("official", day("2023-12-19")), day("2023-01-28")).await;
    assert_eq!(code(none), "MIS-001", "that one is the province's");
    assert!(app::access::verify_trail(house, &officer).await.unwrap().broken_at.is_none());
    // 10 November: before the 15th, for the province alone.
    world.clock.advance_days(286);
    let village = world.village(&officer, "Thôn 1").await;
    let household = world.household(&officer, &village, "Lê Thị An").await;
    let seen = world.seen(&officer, household).await;
    app::registry::assess(house, &officer, seen, 2023, &scores("120", "40")).await.unwrap();
    assert_eq!(due(&officer).await, [("preliminary_commune".to_owned(), "05/11/2023".to_owned(), -5)]);
    assert_eq!(due(&above).await, [("preliminary".to_owned(), "14/11/2023".to_owned(), 4)]);
    let early = compile(house, &above, 2023, ResultsKind::Preliminary).await.unwrap();
    let approver = world.colleague(Role::ProvinceOfficer, "province:42").await;
    approve(house, &approver, early.id, "12/BC").await.unwrap();
    assert_eq!(due(&above).await.len(), 1, "approved is not published");
    publish(house, &above, early.id).await.unwrap();
    assert_eq!(due(&above).await, []);
    // 25 December: the official results are late.
    world.clock.advance_days(45);
    assert_eq!(due(&above).await, [("official".to_owned(), "19/12/2023".to_owned(), -6)]);
    world.done().await;
}
