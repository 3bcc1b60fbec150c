//! Plans that were read: the one of Hà Tĩnh for 2023, and one of another province laid out in another way.

#![expect(clippy::unwrap_used, reason = "what helps a test may stop it")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use domain::programme::bind::{BindingRefusal, BindingState, Correction, is_known, propose};
use domain::programme::level::difference;
use domain::programme::plan::{ClauseKind, NumberKind, Plan, PlanProblem, find, read_plan};
use kernel::Day;
use norms::{Bound, Dated, Norms, PlanBindings, PlanReading, RuleKind, TargetOp};
use proptest::prelude::*;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

static NORMS: LazyLock<Norms> = LazyLock::new(|| Norms::embedded().unwrap());

fn reading() -> PlanReading {
    NORMS.in_force("plans.reading", Day::last_of(2023)).unwrap().value
}

fn bindings() -> PlanBindings {
    let found: Dated<PlanBindings> = NORMS.in_force("plans.ha-tinh-2023", Day::last_of(2023)).unwrap();
    found.value
}

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join("tests/plans").join(name)).unwrap()
}

const HA_TINH: &str = "ke-hoach-2023-ha-tinh.txt";
const THANH_LAM: &str = "ke-hoach-2025-thanh-lam.txt";

fn read(name: &str) -> Plan {
    read_plan(&text(name), &reading())
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn joining_markers_and_texts_gives_back_the_file() {
    for name in [HA_TINH, THANH_LAM] {
        assert_eq!(read(name).joined(), folded(&text(name)), "{name}");
    }
}

#[test]
fn the_two_sections_of_one_number_are_told_apart() {
    let plan = read(HA_TINH);
    let sections: Vec<&str> =
        plan.clauses.iter().filter(|c| c.kind == ClauseKind::Section).map(|c| c.id.as_str()).collect();
    assert_eq!(sections, ["I", "II-MT", "II-DA", "III", "IV"]);
}

#[test]
fn every_clause_that_the_facts_name_is_there_with_its_words() {
    let plan = read(HA_TINH);
    let table = [
        ("I", "MỤC ĐÍCH, YÊU CẦU"),
        ("II-MT", "MỤC TIÊU"),
        ("II-DA", "CÁC DỰ ÁN"),
        ("III", "KINH PHÍ"),
        ("IV", "TỔ CHỨC"),
        ("II-MT.1", "Mục tiêu cụ thể: Tỷ lệ hộ nghèo giảm từ 0,6 - 0,7%."),
        ("II-MT.2.a.1", "Hỗ trợ xây dựng, nhân rộng trên 30 mô hình"),
        ("II-MT.2.b.1a", "90% người lao động"),
        ("II-MT.2.b.1b", "Tối thiểu 80%"),
        ("II-MT.2.b.2", "Chiếu thiếu hụt về y tế"),
        ("II-MT.2.b.3a", "100% trẻ em"),
        ("II-MT.2.b.3b", "40% người lao động"),
        ("II-MT.2.b.6", "Chiếu thiếu hụt về thông tin"),
        ("II-DA.2.b", "Tiểu dự án 2: Cải thiện dinh dưỡng"),
        ("II-DA.3.c", "Tiểu dự án 3"),
        ("II-DA.5.b.1", "Tổ chức các hoạt động giám sát"),
        ("II-DA.5.b.4", "Tuyên truyền, biểu dương"),
        ("III.1.a", "Nguồn kinh phí được giao tại Quyết định số 653"),
        ("III.4", "Vốn tín dụng"),
        ("IV.1.3", "Hướng dẫn các huyện"),
        ("IV.7", "Các sở, ban, ngành liên quan"),
        ("IV.10.5", "Đánh giá giữa kỳ"),
        ("IV.end", "Ủy ban nhân dân tỉnh yêu cầu"),
    ];
    for (id, begins) in table {
        assert!(plan.clause(id).unwrap_or_else(|| panic!("{id}")).text.starts_with(begins), "{id}");
    }
}

#[test]
fn every_clause_and_half_that_a_binding_names_is_in_the_plan() {
    let plan = read(HA_TINH);
    for (kind, id, at) in bindings().pointers() {
        let clause = plan.clauses.iter().find(|c| c.id == at.clause);
        let clause = clause.unwrap_or_else(|| panic!("{kind:?} {id}: no clause {}", at.clause));
        let parts = clause.parts();
        assert!(at.part.is_none_or(|part| usize::from(part) <= parts), "{id}: {} has {parts} parts", at.clause);
    }
    for nature in bindings().natures {
        assert!(plan.clause(&nature.at.clause).is_some(), "{}", nature.id);
    }
}

#[test]
fn the_bindings_are_all_there() {
    let plan = bindings();
    let leaves = plan.projects.iter().filter(|p| p.at.is_some());
    let has_subs = |id: &str| plan.projects.iter().any(|p| p.of.as_deref() == Some(id));
    let leaves = leaves.filter(|p| !has_subs(&p.id)).count();
    assert_eq!((plan.targets.len(), plan.tasks.len(), leaves), (16, 34, 10));
    assert_eq!((plan.sources.len(), plan.natures.len(), plan.cases.len()), (6, 2, 6));
}

#[test]
fn each_target_stands_in_the_words_it_is_bound_to() {
    let plan = read(HA_TINH);
    let numbers = plan.numbers(&reading());
    for target in bindings().targets {
        let written = target.target.value.clone();
        let low = |n: &domain::programme::plan::NumberFound| n.low.is_some_and(|low| low.to_string() == written);
        let found = numbers.iter().find(|n| n.clause == target.at.clause && low(n));
        let found = found.unwrap_or_else(|| panic!("{}: {written} is not in {}", target.id, target.at.clause));
        let clause = plan.clause(&target.at.clause).unwrap();
        assert!(clause.part(target.at.part).contains(&found.text), "{}: {}", target.id, found.text);
        assert_eq!(
            found.bound == Bound::AtLeast || found.bound == Bound::Above,
            target.target.minimum_stated,
            "{}",
            target.id
        );
        assert_eq!(found.high.map(|n| n.to_string()), target.target.high, "{}", target.id);
    }
}

#[test]
fn paragraphs_that_a_page_end_broke_are_joined() {
    let plan = read(HA_TINH);
    assert!(plan.clause("III.1.a").unwrap().text.contains("năm 2022 chưa giải ngân hết được Quốc hội"));
    assert!(plan.clause("IV.9").unwrap().text.contains("Hội Liên hiệp Phụ nữ tỉnh, Hội Cựu chiến binh"));
    let plan = read(THANH_LAM);
    assert!(plan.clause("PH1.I.2.1.b.p1").unwrap().text.ends_with("theo đúng kế hoạch."));
    assert!(plan.clause("PH2.II.1.1").unwrap().text.ends_with("từ 15 đến 20 hộ."));
    assert!(plan.clause("PH2.IV.3").unwrap().text.ends_with("trong quý I năm 2025."));
}

#[test]
fn every_cited_document_is_found_with_its_day_and_issuer() {
    let documents = read(HA_TINH).documents(&reading());
    let said: Vec<(&str, &str, String, &str)> = documents
        .iter()
        .map(|d| {
            let day = d.day.map(|day| day.to_string()).unwrap_or_default();
            (
                d.number.as_deref().unwrap_or_default(),
                d.kind.as_deref().unwrap_or_default(),
                day,
                d.issuer.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    let expected = [
        ("05-CT/TW", "Chỉ thị", "23/06/2021", "Ban Bí thư Trung ương Đảng"),
        ("27/2022/NĐ-CP", "Nghị định", "19/04/2022", "Chính phủ"),
        ("90/QĐ-TTg", "Quyết định", "18/01/2022", "Thủ tướng Chính phủ"),
        ("400/KH-UBND", "Kế hoạch", "24/10/2022", "Ủy ban nhân dân tỉnh"),
        ("653/QĐ-TTg", "Quyết định", "28/05/2022", "Thủ tướng Chính phủ"),
        ("69/2022/QH15", "Nghị quyết", "11/11/2022", "Quốc hội"),
        ("1506/QĐ-TTg", "Quyết định", "02/12/2022", "Thủ tướng Chính phủ"),
        ("74/2022/NQ-HĐND", "Nghị quyết", "15/07/2022", "Hội đồng nhân dân tỉnh"),
        ("109/CTr-BLĐTBXH-MTTW", "Chương trình", "11/01/2023", ""),
        ("10/2022/TT-BLĐTBXH", "Thông tư", "31/05/2022", "Bộ trưởng Bộ Lao động - Thương binh và Xã hội"),
    ];
    for ((number, kind, day, issuer), expected) in said.iter().zip(expected) {
        assert_eq!((*number, *kind, day.as_str(), *issuer), expected);
    }
    assert_eq!(said.len(), expected.len());
    let resolution = documents.iter().find(|d| d.number.as_deref() == Some("74/2022/NQ-HĐND")).unwrap();
    assert_eq!(resolution.clauses, ["III.2", "IV.3"]);
    assert_eq!(resolution.key(), "74-2022-nq-hdnd");
}

#[test]
fn numbers_come_with_their_units_and_bounds() {
    let plan = read(THANH_LAM);
    let numbers = plan.numbers(&reading());
    let table = [
        // clause, written, low, high, bound, unit
        ("PH1.I.1.1", "1.234,5 triệu đồng", "1234.5", "", Bound::Exact, "triệu đồng"),
        ("PH1.I.1.1", "87,25%", "87.25", "", Bound::Exact, "%"),
        ("PH1.I.2.1", "1,2 điểm %", "1.2", "", Bound::Exact, "điểm %"),
        ("PH1.I.2.1.b.p1", "60 triệu đồng", "60", "", Bound::AtMost, "triệu đồng"),
        ("PH2.I.2.1", "1,0 đến 1,3 điểm %", "1.0", "1.3", Bound::Range, "điểm %"),
        ("PH2.I.2.2.1", "85%", "85", "", Bound::AtLeast, "%"),
        ("PH2.I.2.2.2b", "1.200 hộ", "1200", "", Bound::Above, "hộ"),
        ("PH2.III.1", "48.000 triệu đồng", "48000", "", Bound::Exact, "triệu đồng"),
    ];
    for (clause, written, low, high, bound, unit) in table {
        let found = numbers.iter().find(|n| n.clause == clause && n.text == written);
        let found = found.unwrap_or_else(|| panic!("{clause} {written}: {numbers:#?}"));
        assert_eq!(found.low.map(|n| n.to_string()).unwrap_or_default(), low, "{written}");
        assert_eq!(found.high.map(|n| n.to_string()).unwrap_or_default(), high, "{written}");
        assert_eq!((found.bound, found.unit.as_deref().unwrap_or_default()), (bound, unit), "{written}");
    }
    let is_quantity = |n: &&domain::programme::plan::NumberFound| n.kind == NumberKind::Quantity;
    let years = numbers.iter().filter(is_quantity).filter(|n| ["2023", "2024", "2025"].contains(&n.text.as_str()));
    assert_eq!(years.count(), 0, "a year is no quantity");
}

#[test]
fn a_plan_of_another_province_and_layout_is_read_as_well() {
    let plan = read(THANH_LAM);
    plan.is_a_plan().unwrap();
    assert_eq!((plan.number.as_deref(), plan.year), (Some("057/KH-UBND"), Some(2025)));
    assert_eq!(plan.day, Day::new(2025, 2, 5));
    assert_eq!(plan.title, "Giảm nghèo đa chiều, bao trùm và bền vững năm 2025 trên địa bàn tỉnh Thanh Lâm");
    let table = [
        ("PH1", ClauseKind::Section, "TÌNH HÌNH NĂM 2024"),
        ("PH1.I.1.1", ClauseKind::Point, "Tỉnh đã giao"),
        ("PH1.I.2.1.a", ClauseKind::Point, "Về việc làm"),
        ("PH2.I.2.2.2a", ClauseKind::Point, "96,5% hộ nghèo"),
        ("PH2.II.1.1", ClauseKind::Point, "Xây dựng mô hình; tập huấn"),
        ("PH2.II.2.b", ClauseKind::Point, "Tiểu dự án 2"),
        ("PH2.IV.1.a", ClauseKind::Point, "Chủ trì, theo dõi"),
        ("PH2.IV.end", ClauseKind::Closing, "Yêu cầu các cơ quan"),
        ("to", ClauseKind::SentTo, "Kính gửi"),
        ("addressees.3", ClauseKind::Addressee, "Lưu: VT, VX1."),
        ("signature", ClauseKind::Signature, "CHỦ TỊCH"),
        ("signature.3", ClauseKind::Signature, "Hoàng Văn Mẫu"),
        ("unplaced", ClauseKind::Unplaced, "PHỤ LỤC"),
    ];
    for (id, kind, begins) in table {
        let clause = plan.clauses.iter().find(|c| c.id == id).unwrap_or_else(|| panic!("{id}: {:#?}", ids(&plan)));
        assert_eq!(clause.kind, kind, "{id}");
        assert!(clause.text.starts_with(begins), "{id}: {}", clause.text);
    }
    let documents = plan.documents(&reading());
    let law = documents.iter().find(|d| d.number.is_none()).unwrap();
    assert_eq!(law.name.as_deref(), Some("Luật Tổ chức chính quyền địa phương"));
    let decree = documents.iter().find(|d| d.number.as_deref() == Some("38/2023/NĐ-CP")).unwrap();
    assert_eq!((decree.kind.as_deref(), decree.issuer.as_deref()), (Some("Nghị định"), Some("Chính phủ")));
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.clauses.iter().map(|c| c.id.clone()).collect()
}

#[test]
fn a_file_that_is_no_plan_says_which_it_lacks() {
    let table = [
        ("", PlanProblem::NoTitle),
        ("Danh sách hộ nghèo\n1. Nguyễn Văn A", PlanProblem::NoTitle),
        ("KẾ HOẠCH\nNghỉ mát năm 2023\n\nMọi người có mặt lúc 7 giờ.", PlanProblem::NoSections),
    ];
    for (text, problem) in table {
        assert_eq!(read_plan(text, &reading()).is_a_plan(), Err(problem), "{text}");
    }
}

#[test]
fn clauses_are_found_by_words_and_numbers_without_marks() {
    let plan = read(HA_TINH);
    let table = [
        ("nha tieu hop ve sinh", "II-MT.2.b.5"),
        ("0,6", "II-MT.1"),
        ("1506/QĐ-TTg", "III.1.b"),
        ("trung lap doi tuong", "IV.2.2"),
        ("iv.10.3", "IV.10.3"),
        ("K25", "IV.10.3"),
    ];
    let pointers = bindings();
    let more = |clause: &domain::programme::plan::Clause| {
        let here = pointers.pointers().into_iter().filter(|(_, _, at)| at.clause == clause.id);
        here.map(|(_, id, _)| id.to_owned()).collect::<Vec<_>>().join(" ")
    };
    for (asked, first) in table {
        assert_eq!(find(&plan, asked, more).first().map(|hit| hit.clause.id.as_str()), Some(first), "{asked}");
    }
    assert!(find(&plan, "không có chữ này", more).is_empty());
    assert!(find(&plan, " - ", more).is_empty());
}

fn no_word_is_lost(text: &str, reading: &PlanReading) -> Result<(), TestCaseError> {
    let plan = read_plan(text, reading);
    prop_assert_eq!(plan.joined(), folded(text));
    let ids: BTreeSet<&String> = plan.clauses.iter().map(|c| &c.id).collect();
    prop_assert_eq!(ids.len(), plan.clauses.len(), "every key is its own");
    for clause in &plan.clauses {
        prop_assert!(clause.parent.as_ref().is_none_or(|parent| ids.contains(parent)));
    }
    plan.documents(reading);
    plan.numbers(reading);
    Ok(())
}

/// Lines a plan might hold, well and badly made.
fn line() -> impl Strategy<Value = String> {
    let markers = [
        "I. ",
        "II. ",
        "II.",
        "A. ",
        "1. ",
        "1.1. ",
        "1.1 ",
        "12. ",
        "a) ",
        "đ) ",
        "a. ",
        "- ",
        "-",
        "+ ",
        "• ",
        "Phần I. ",
        "Chương II ",
        "Mục 1. ",
        "2023. ",
        "1) ",
        "",
        "",
        "",
        "KẾ HOẠCH ",
        "Nơi nhận: ",
        "TM. ",
        "PHỤ LỤC ",
    ];
    let words = [
        "MỤC TIÊU",
        "Nội dung",
        "Đối tượng:",
        "hộ nghèo",
        "90%",
        "0,6 - 0,7%",
        "số 27/2022/NĐ-CP ngày 19/4/2022",
        "của Chính phủ",
        "ngày 31/12/2023;",
        "trên 30 mô hình.",
        "Ủy ban",
        "CHỦ TỊCH",
        "5 đến",
        "1.5",
        "–",
        "“",
        "(nếu có)",
        "Luật Đất đai ngày",
        "/",
        "năm",
        "2021-2025",
        "9999999999999999999999",
        "₂",
        "e\u{301}",
    ];
    (
        prop::sample::select(markers.to_vec()),
        prop::collection::vec(prop::sample::select(words.to_vec()), 0..9),
        prop::bool::ANY,
    )
        .prop_map(|(marker, words, blank)| format!("{marker}{}\n{}", words.join(" "), if blank { "\n" } else { "" }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_word_of_any_text_is_lost(text in "\\PC{0,400}") {
        no_word_is_lost(&text, &reading())?;
    }

    #[test]
    fn no_word_of_an_odd_plan_is_lost(lines in prop::collection::vec(line(), 0..60)) {
        no_word_is_lost(&lines.concat(), &reading())?;
    }

    #[test]
    fn no_word_of_a_damaged_plan_is_lost(cuts in prop::collection::vec((0_usize..20_000, 0_usize..200, "\\PC{0,6}"), 1..12)) {
        let mut letters: Vec<char> = text(HA_TINH).chars().collect();
        for (at, long, instead) in cuts {
            let at = at.min(letters.len());
            let end = (at + long).min(letters.len());
            letters.splice(at..end, instead.chars());
        }
        no_word_is_lost(&letters.into_iter().collect::<String>(), &reading())?;
    }
}

#[test]
fn what_hangs_on_the_word_of_the_title_is_not_taken_off_it() {
    for word in ["KẾ HOẠCH𐇐", "KẾ HOẠCH:", "KẾ HOẠCH-", "KẾ HOẠCH2023"] {
        let damaged = text(HA_TINH).replacen("KẾ HOẠCH", word, 1);
        no_word_is_lost(&damaged, &reading()).unwrap_or_else(|lost| panic!("{word}: {lost}"));
    }
}

#[test]
fn a_known_plan_brings_its_own_bindings() {
    let plan = read(HA_TINH);
    let known = bindings();
    assert!(is_known(&plan, &known));
    assert!(!is_known(&read(THANH_LAM), &known));
    let proposed = propose(&plan, &reading(), Some(("plans.ha-tinh-2023", &known)));
    assert_eq!(proposed.len(), 16 + 14 + 34 + 6 + 2);
    let t11 = proposed.iter().find(|b| b.id == "T11").unwrap();
    assert_eq!((t11.at.clause.as_str(), t11.at.part), ("II-MT.2.b.3b", Some(2)));
    assert_eq!((t11.mark, &t11.state), (norms::Mark::Inferred, &BindingState::Proposed));
    let k22 = proposed.iter().find(|b| b.id == "K22").unwrap();
    assert!(k22.agency.contains("Hội Nông dân"), "{}", k22.agency);
}

#[test]
fn an_unknown_plan_is_bound_by_what_its_headings_say() {
    let plan = read(THANH_LAM);
    let proposed = propose(&plan, &reading(), None);
    let said: Vec<(&str, &str, Option<u8>, &str)> =
        proposed.iter().map(|b| (b.kind.id(), b.at.clause.as_str(), b.at.part, b.agency.as_str())).collect();
    let labour = "Sở Lao động - Thương binh và Xã hội";
    let expected = [
        ("target", "PH2.I.2.1", None, ""),
        ("target", "PH2.I.2.2.1", None, ""),
        ("target", "PH2.I.2.2.2a", Some(1), ""),
        ("target", "PH2.I.2.2.2a", Some(2), ""),
        ("target", "PH2.I.2.2.3", None, ""),
        ("project", "PH2.II.1", None, ""),
        ("project", "PH2.II.2", None, ""),
        ("project", "PH2.II.2.a", None, ""),
        ("project", "PH2.II.2.b", None, ""),
        ("source", "PH2.III.1", None, ""),
        ("source", "PH2.III.2", None, ""),
        ("source", "PH2.III.3", None, ""),
        ("task", "PH2.IV.1.a", None, labour),
        ("task", "PH2.IV.1.b", None, labour),
        ("task", "PH2.IV.2", None, "Sở Tài chính"),
        ("task", "PH2.IV.3", None, "Ủy ban nhân dân các huyện, thị xã"),
        ("task", "PH2.IV.4", None, "Ủy ban Mặt trận Tổ quốc tỉnh"),
        ("task", "PH2.IV.end", None, "các cơ quan, đơn vị"),
    ];
    assert_eq!(said, expected);
    let levels: Vec<(TargetOp, &str, Option<&str>, &str)> = proposed
        .iter()
        .filter_map(|b| b.follows.as_ref()?.level.as_ref())
        .map(|level| (level.op, level.value.as_str(), level.high.as_deref(), level.unit.as_str()))
        .collect();
    let expected = [
        (TargetOp::Range, "1.0", Some("1.3"), "percentage_point"),
        (TargetOp::AtLeast, "85", None, "percent"),
        (TargetOp::AtLeast, "96.5", None, "percent"),
        (TargetOp::AtLeast, "80", None, "percent"),
        (TargetOp::Above, "25", None, "model_or_project"),
    ];
    assert_eq!(levels, expected, "what counts each of them is for a person to say");
}

#[test]
fn a_clause_of_a_known_plan_that_names_another_number_is_told_with_the_level_it_comes_to() {
    let known = bindings();
    let told = |words: &str, id: &str| {
        let plan = read_plan(words, &reading());
        difference(&plan, &reading(), &known, known.target(id).unwrap())
    };
    let published = text(HA_TINH);
    for target in &known.targets {
        assert_eq!(told(&published, &target.id), None, "{}", target.id);
    }
    let table = [
        ("trên 30 mô hình", "trên 40 mô hình", "T02", Some((TargetOp::Above, "40"))),
        ("trên 30 mô hình", "dưới 30 mô hình", "T02", Some((TargetOp::Below, "30"))),
        ("0,6 - 0,7%", "0,6 - 0,8%", "T01", Some((TargetOp::Range, "0.6"))),
        // Three targets share the clause; the other two numbers are theirs.
        ("chứng chỉ đạt 20%", "chứng chỉ đạt 25%", "T10", Some((TargetOp::AtLeast, "25"))),
        ("92% các hộ", "phần lớn các hộ", "T16", None),
        ("92% các hộ", "91%, phấn đấu 95% các hộ", "T16", None),
    ];
    for (old, new, id, expected) in table {
        assert!(published.contains(old), "{old}");
        let found = told(&published.replacen(old, new, 1), id).unwrap_or_else(|| panic!("{new}"));
        let level = found.level.as_ref().map(|level| (level.op, level.value.as_str()));
        assert_eq!(level, expected, "{new}: {:?}", found.numbers);
    }
}

#[test]
fn the_rules_alone_find_most_of_what_a_person_bound_in_a_known_plan() {
    let plan = read(HA_TINH);
    let by_rules = propose(&plan, &reading(), None);
    let known = bindings();
    let is_found = |kind: RuleKind, clause: &str| by_rules.iter().any(|b| b.kind == kind && b.at.clause == clause);
    let missed: Vec<(&str, &str)> = known
        .pointers()
        .into_iter()
        .filter(|(kind, _, at)| !is_found(*kind, &at.clause))
        .map(|(_, id, at)| (id, at.clause.as_str()))
        .collect();
    // The recurrent duties stand under a project, where the rules see no task; kinds of capital they never see.
    let expected = [
        ("K31", "II-DA.5.b.1"),
        ("K32", "II-DA.5.b.2"),
        ("K33", "II-DA.5.b.3"),
        ("K34", "II-DA.5.b.4"),
        ("V1", "IV.2.1"),
        ("V2", "IV.3"),
    ];
    assert_eq!(missed, expected);
}

#[test]
fn a_correction_has_to_name_a_clause_and_a_part_that_are_there() {
    let plan = read(HA_TINH);
    let proposed = propose(&plan, &reading(), Some(("plans.ha-tinh-2023", &bindings())));
    let day = Day::last_of(2023);
    let table = [
        ("II-MT.2.b.5", Some(2), Ok("II-MT.2.b.5")),
        ("II-MT.2.b.5", Some(3), Err(BindingRefusal::NoPart)),
        ("II-MT.2.b.5", Some(0), Err(BindingRefusal::NoPart)),
        ("II-MT.9", None, Err(BindingRefusal::NoClause)),
        // Counted with every bullet, the clause is known as well.
        ("II-DA.5.b.2c", None, Ok("II-DA.5.b.3")),
    ];
    for (clause, part, expected) in table {
        let to = Correction {
            kind: RuleKind::Target,
            at: norms::Pointer { clause: clause.to_owned(), part },
            label: "Nhà tiêu".to_owned(),
            agency: String::new(),
            follows: None,
            day: None,
            office: None,
        };
        let corrected = proposed[0].clone().corrected(&plan, to, "Trần Văn Minh", day);
        assert_eq!(corrected.as_ref().map(|b| b.at.clause.as_str()).map_err(|e| *e), expected, "{clause} {part:?}");
    }
}
