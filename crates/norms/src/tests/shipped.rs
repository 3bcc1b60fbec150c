//! What the shipped norms answer, year by year.

use kernel::Points;

use super::{NORMS, day};
use crate::{Area, Check, CheckRule, Field, IndicatorSet, Mark, Measure, Norms, SheetRole, Standard};

#[test]
fn every_year_from_2022_to_2026_has_a_whole_rulebook() {
    for year in 2022..=2026 {
        let rules = NORMS.rulebook(year, "42").unwrap_or_else(|gap| panic!("{year}: {gap}"));
        let numbers: Vec<&str> = rules.forms.iter().map(|f| f.value.number.as_str()).collect();
        assert_eq!(numbers, ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11"]);
        assert_eq!(rules.indicators.value.indicators.len(), 12);
        assert_eq!(rules.ethnic.value.groups.len(), 54);
        assert_eq!(rules.local_line, None);
    }
}

#[test]
fn the_years_before_2022_and_after_2026_are_gaps_said_in_words() {
    let table = [
        (2021, "NRM-102", "review.class_rules"),
        (2027, "NRM-104", "review.class_rules"),
        (2031, "NRM-103", "review.class_rules"),
    ];
    for (year, code, norm) in table {
        let gap = NORMS.rulebook(year, "42").unwrap_err();
        assert_eq!((gap.code(), gap.norm()), (code, norm), "{year}");
        assert!(gap.says().vi.contains("Quy tắc phân loại hộ theo điểm"), "{}", gap.says().vi);
        assert!(gap.says().en.contains("Rules that sort households"), "{}", gap.says().en);
    }
    let missing = NORMS.rulebook(2027, "42").unwrap_err().says();
    assert!(missing.vi.contains("2027-2030 chưa tìm thấy"), "{}", missing.vi);
}

#[test]
fn the_standard_keeps_its_lines_through_2026_and_raises_them_in_2027() {
    let table = [
        ("2022-12-31", 1_500_000, 2_000_000),
        ("2026-12-31", 1_500_000, 2_000_000),
        ("2027-12-31", 2_200_000, 2_800_000),
    ];
    for (on, rural, urban) in table {
        let standard = NORMS.in_force::<Standard>("review.standard", day(on)).unwrap().value;
        assert_eq!(*standard.income_line.of(Area::Rural), rural, "{on}");
        assert_eq!(*standard.income_line.of(Area::Urban), urban, "{on}");
        assert_eq!(standard.min_deprivations_for_poor, 3);
    }
}

#[test]
fn a_province_with_its_own_line_gets_it_and_others_do_not() {
    let rules = NORMS.rulebook(2026, "24").unwrap();
    assert_eq!(rules.local_line.map(|line| *line.income_line.of(Area::Urban)), Some(2_250_000));
    assert_eq!(NORMS.rulebook(2026, "42").unwrap().local_line, None);
}

#[test]
fn the_indicators_of_2027_are_known_by_name_only() {
    let set = NORMS.in_force::<IndicatorSet>("review.indicators", day("2027-06-30")).unwrap().value;
    assert!(set.indicators.iter().all(|i| i.rule == crate::IndicatorRule::EnteredOnly));
    assert!(set.indicators.iter().any(|i| i.id == "waste"));
    assert!(!set.indicators.iter().any(|i| i.id == "information_means"));
}

#[test]
fn what_is_known_from_memory_or_invented_waits_for_confirmation() {
    let keys: Vec<String> = NORMS.unconfirmed().iter().map(crate::Basis::key).collect();
    assert_eq!(
        keys,
        [
            "documents.legal_bases@2022-01-01#organisation",
            "documents.legal_bases@2025-07-01#organisation",
            "programme.special_areas@2022-01-01",
            "review.calendar@2021-01-01",
            "review.calendar@2021-01-01#2021",
            "review.calendar@2021-01-01#2022",
            "review.calendar@2021-01-01#2023",
            "review.calendar@2021-01-01#2024",
            "review.calendar@2021-01-01#2025",
            "review.calendar@2021-01-01#2026",
            "review.class_rules@2026-01-01",
            "review.indicators@2022-01-01#telecom",
            "review.indicators@2022-01-01#information_means",
            "review.process@2021-09-01#posting.term",
            "review.process@2021-09-01#posting.recheck",
            "review.process@2021-09-01#opinion.reply",
            "review.process@2025-07-01#posting.term",
            "review.process@2025-07-01#posting.recheck",
            "review.process@2025-07-01#opinion.reply",
            "review.publication@2020-01-01",
            "review.report_days_local@2021-09-01",
            "review.routes.monthly@2021-09-01#decide_within",
            "packs.illustrative-b1@2022-01-01#version-1",
        ]
    );
}

#[test]
fn class_codes_are_read_as_lists_write_them_and_exported_by_the_first() {
    let classes = NORMS.rulebook(2023, "42").unwrap().classes.value;
    let table = [
        ("N", Some("poor")),
        ("n", Some("poor")),
        ("1", Some("poor")),
        ("Hộ nghèo", Some("poor")),
        ("HỘ CẬN NGHÈO", Some("near_poor")),
        ("CN", Some("near_poor")),
        ("2", Some("near_poor")),
        ("KN", Some("non_poor")),
        ("Mức sống trung bình", Some("average_living")),
        ("3", None),
        ("", None),
    ];
    for (written, expected) in table {
        assert_eq!(classes.read(written).map(|c| c.id.as_str()), expected, "{written}");
    }
    let exported: Vec<&str> = classes.classes.iter().filter_map(|c| c.codes.first().map(String::as_str)).collect();
    assert_eq!(exported, ["N", "CN", "Hộ có mức sống trung bình", "KN"]);
}

#[test]
fn ethnic_groups_are_read_by_code_by_name_and_by_other_spellings() {
    let scheme = NORMS.rulebook(2023, "42").unwrap().ethnic.value;
    for (written, code) in
        [("1", 1), ("Kinh", 1), ("H'Mông", 8), ("Mông", 8), ("khơ me", 5), ("44", 44), ("bru vân kiều", 23)]
    {
        assert_eq!(scheme.read(written), Some(code), "{written}");
    }
    assert_eq!(scheme.read("99"), None);
    assert_eq!(scheme.read("Pháp"), None);
}

#[test]
fn the_list_layout_has_the_headers_lists_are_sent_with() {
    let layout = NORMS.rulebook(2023, "42").unwrap().list_layout.value;
    let headers = |at: usize| layout.sheets[at].columns.iter().map(|c| c.header.as_str()).collect::<Vec<_>>();
    let list = headers(0);
    let sent = "STT|Họ và tên chủ hộ|Họ và tên thành viên|Quan hệ với chủ hộ|Ngày sinh|Giới tính|Số CCCD/CMND|Tỉnh|Huyện|\
                Mã huyện|Xã|Mã xã|Thôn/Tổ dân phố|Mã dân tộc|Phân loại|Số quyết định|Ngày quyết định|Điểm B1|Điểm B2|\
                Hộ DTTS|Hộ không có khả năng lao động|Hộ có thành viên NCC|NN1|NN2|NN3|NN4|NN5|NN6|NN7|Nguyên nhân khác";
    assert_eq!(list[..30].join("|"), sent);
    assert_eq!(layout.sheets[0].columns[30..].len(), 12);
    assert!(layout.sheets[0].columns[30..].iter().all(|c| matches!(c.field, Field::Mark(_)) && !c.required));
    let escaped =
        "Họ và tên|Quan hệ với chủ hộ|Giới tính|Ngày sinh|Số CCCD/CMND|Dân tộc|Địa chỉ|Điểm B1|Điểm B2|Ghi chú";
    assert_eq!(headers(1).join("|"), escaped);
    assert_eq!(headers(2).join("|"), escaped);
    let roles: Vec<&SheetRole> = layout.sheets.iter().map(|s| &s.role).collect();
    assert_eq!(roles, [&SheetRole::List, &SheetRole::Escaped("poor".into()), &SheetRole::Escaped("near_poor".into())]);
}

#[test]
fn scores_go_by_either_name_of_the_circular() {
    let layout = NORMS.rulebook(2023, "42").unwrap().list_layout.value;
    for sheet in &layout.sheets {
        for (field, names) in [
            (Field::B1, ["Điểm B1", "B1", "Tổng điểm A", "Điểm A"]),
            (Field::B2, ["Điểm B2", "B2", "Tổng điểm B", "Điểm B"]),
        ] {
            let column = sheet.columns.iter().find(|c| c.field == field).unwrap();
            assert!(
                names.iter().all(|name| column.header == *name || column.also.iter().any(|a| a == name)),
                "{field}"
            );
        }
    }
}

#[test]
fn movement_forms_print_nine_columns_twice_and_hide_the_parts_of_columns_4_and_8() {
    let rules = NORMS.rulebook(2023, "42").unwrap();
    for form in rules.forms.iter().filter(|f| ["7.2", "7.3"].contains(&f.value.number.as_str())) {
        let printed: Vec<&str> = form.value.columns.iter().filter(|c| !c.hidden).map(|c| c.id.as_str()).collect();
        let expected: Vec<String> = (1..=9).flat_map(|n| [format!("c{n}h"), format!("c{n}p")]).collect();
        assert_eq!(printed, expected);
        let of = |id: &str| form.value.column(id).map(|c| c.measure.clone());
        assert_eq!(of("c4p"), Some(Measure::Sum { columns: vec!["c4p_households".into(), "c4p_size".into()] }));
        assert!(matches!(of("c8p_size"), Some(Measure::StayedSize { grew: true, .. })));
        assert!(matches!(of("c4p_size"), Some(Measure::StayedSize { grew: false, .. })));
    }
}

#[test]
fn every_check_of_the_review_stands_under_its_form() {
    let rules = NORMS.rulebook(2023, "42").unwrap();
    let checks = |number: &str| -> Vec<Check> {
        rules.forms.iter().find(|f| f.value.number == number).map(|f| f.value.checks.clone()).unwrap_or_default()
    };
    let has = |number: &str, test: fn(&CheckRule) -> bool| checks(number).iter().filter(|c| test(&c.rule)).count();
    for form in &rules.forms {
        assert_eq!(has(&form.value.number, |r| *r == CheckRule::RowsSum), 1, "{}", form.value.number);
    }
    for number in ["7.2", "7.3"] {
        assert_eq!(has(number, |r| matches!(r, CheckRule::Balance { .. })), 2);
        assert_eq!(has(number, |r| matches!(r, CheckRule::Equals { .. })), 2);
        assert_eq!(has(number, |r| matches!(r, CheckRule::PreviousYear { .. })), 2);
    }
    assert_eq!(has("7.1", |r| *r == CheckRule::ClassFromScores), 1);
    assert_eq!(has("7.4", |r| matches!(r, CheckRule::MeanDeprivations { at_least: true, .. })), 1);
    assert_eq!(has("7.6", |r| matches!(r, CheckRule::MeanDeprivations { at_least: false, .. })), 1);
    for number in ["7.4", "7.6"] {
        assert_eq!(has(number, |r| *r == CheckRule::B2FromMarks), 1);
    }
    assert_eq!(has("7.9", |r| matches!(r, CheckRule::ColumnsSum { .. })), 2);
}

#[test]
fn the_shipped_pack_is_illustrative_and_says_so_in_its_title() {
    let pack = NORMS.pack("illustrative-b1").unwrap();
    assert_eq!(pack.mark, Mark::Illustrative);
    assert!(pack.title.vi.contains("minh hoạ"));
    assert_eq!(pack.items.len(), 12);
    assert!(pack.holds_on(day("2023-12-31")));
    assert!(NORMS.packs().iter().all(|pack| pack.mark == Mark::Illustrative));
}

#[test]
fn a_norm_is_shown_as_text_with_its_citation_and_a_gap_as_a_gap() {
    let shown = NORMS.show("review.class_rules", day("2023-12-31")).unwrap();
    for part in ["Thông tư 07/2021/TT-BLĐTBXH", "poor-rural", "quoted", "b2_max: 120"] {
        assert!(shown.contains(part), "{part} is missing in:\n{shown}");
    }
    assert_eq!(NORMS.show("review.class_rules", day("2028-01-01")).unwrap_err().code(), "NRM-104");
    assert_eq!(NORMS.show("review.nothing", day("2023-12-31")).unwrap_err().code(), "NRM-101");
    for id in NORMS.ids() {
        let norm = NORMS.norm(id).unwrap();
        let from = norm.versions.first().unwrap().from;
        assert!(NORMS.show(id, from).unwrap().contains(id), "{id}");
    }
}

#[test]
fn a_norm_asked_for_as_another_kind_is_not_known() {
    let asked = NORMS.in_force::<Standard>("review.classes", day("2023-12-31"));
    assert_eq!(asked.unwrap_err().code(), "NRM-101");
}

#[test]
fn the_same_norms_come_from_the_folder_as_from_the_program() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../norms");
    let from_disk = Norms::from_dir(&folder).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(from_disk.ids(), NORMS.ids());
    assert_eq!(from_disk.cases(), NORMS.cases());
}

#[test]
fn limits_of_the_class_rules_are_inclusive_as_quoted() {
    let rules = NORMS.rulebook(2023, "42").unwrap().class_rules.value;
    let rule = |id: &str| rules.rules.iter().find(|r| r.id == id).unwrap();
    assert!(rule("poor-rural").b1.holds(Points::whole(140)));
    assert!(!rule("poor-rural").b1.holds(Points(1401)));
    assert!(rule("poor-rural").b2.holds(Points::whole(30)));
    assert!(rule("non-poor-urban").b1.holds(Points(1751)));
    assert!(!rule("non-poor-urban").b1.holds(Points::whole(175)));
}
