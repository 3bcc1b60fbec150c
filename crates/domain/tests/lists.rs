//! A careful reader of lists: every fault is named, nothing is dropped, and one fault sets its whole household aside.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot build its own fixture has failed"
)]

use domain::review::list::{Cell, FaultKind, ListProblem, ReadContext, ReadList, Sheet, read_list};
use kernel::Day;
use norms::{Field, Norms, Rulebook};

struct Law {
    norms: Norms,
    rules: Rulebook,
}

fn law() -> Law {
    let norms = Norms::embedded().unwrap();
    let rules = norms.rulebook(2023, "42").unwrap();
    Law { norms, rules }
}

/// A list sheet with the layout's own headers, made of rows of `(field, text)`.
fn sheet(law: &Law, rows: &[&[(Field, &str)]]) -> Sheet {
    let layout = &law.rules.list_layout.value.sheets[0];
    let header: Vec<Cell> = layout.columns.iter().map(|c| Cell::Text(c.header.as_str().into())).collect();
    let mut sheet = Sheet { name: layout.name.clone(), rows: vec![header] };
    for row in rows {
        let cell =
            |field: &Field| row.iter().find(|(f, _)| f == field).map_or(Cell::Empty, |(_, t)| Cell::Text((*t).into()));
        sheet.rows.push(layout.columns.iter().map(|c| cell(&c.field)).collect());
    }
    sheet
}

fn read(law: &Law, sheet: Sheet) -> ReadList {
    let units = law.norms.units_on(Day::last_of(2023));
    read_list(&[sheet], ReadContext { rules: &law.rules, units, year: 2023 }).unwrap()
}

/// A household of one person in a rural commune, 100 points and 30.
fn head<'a>() -> Vec<(Field, &'a str)> {
    vec![
        (Field::RowNumber, "1"),
        (Field::HeadName, "Nguyễn Văn An"),
        (Field::MemberName, "Nguyễn Văn An"),
        (Field::Relation, "Chủ hộ"),
        (Field::BirthDate, "05/09/1960"),
        (Field::Sex, "Nam"),
        (Field::Paper, "042060123456"),
        (Field::CommuneCode, "18184"),
        (Field::Commune, "Xã Quang Diệm"),
        (Field::Village, "Thôn 1"),
        (Field::Ethnicity, "1"),
        (Field::Class, "N"),
        (Field::B1, "100"),
        (Field::B2, "30"),
    ]
}

fn with<'a>(mut row: Vec<(Field, &'a str)>, field: Field, text: &'a str) -> Vec<(Field, &'a str)> {
    row.retain(|(f, _)| *f != field);
    row.push((field, text));
    row
}

#[test]
fn each_fault_is_named_and_its_household_stored_or_set_aside() {
    let law = law();
    let table = [
        // field, text, fault, aside
        (Field::BirthDate, "31/02/1960", Some(FaultKind::BadDate), true),
        (Field::BirthDate, "01/01/2024", Some(FaultKind::Future), true),
        (Field::BirthDate, "1960", Some(FaultKind::YearOnly), false),
        (Field::Sex, "", Some(FaultKind::SexMissing), false),
        (Field::CommuneCode, "99999", Some(FaultKind::CommuneUnknown), true),
        (Field::B2, "35", Some(FaultKind::B2Step), true),
        (Field::B2, "130", Some(FaultKind::B2Step), true),
        (Field::B2, "120", None, false),
        (Field::B1, "100,0", None, false),
        (Field::B1, "một trăm", Some(FaultKind::B1Unreadable), true),
        (Field::Class, "CN", Some(FaultKind::ClassWrong), false),
        (Field::Class, "2", Some(FaultKind::ClassWrong), false),
        (Field::Class, "1", None, false),
        (Field::Paper, "181234567", Some(FaultKind::IdOld), false),
        (Field::Paper, "0420601234", Some(FaultKind::IdShort), false),
        (Field::Paper, "042160123456", Some(FaultKind::IdSex), false),
        (Field::Paper, "042067123456", Some(FaultKind::IdYear), false),
        (Field::Paper, "42060123456", None, false),
        (Field::Ethnicity, "999", Some(FaultKind::EthnicityUnknown), false),
        (Field::Village, "", Some(FaultKind::VillageMissing), false),
    ];
    for (field, text, kind, aside) in table {
        let found = read(&law, sheet(&law, &[&with(head(), field.clone(), text)]));
        let kinds: Vec<FaultKind> = found.faults.iter().map(|f| f.kind).collect();
        assert_eq!(kinds, Vec::from_iter(kind), "{field} = {text}");
        assert_eq!(found.aside().count() == 1, aside, "{field} = {text}");
        assert_eq!(found.rows, 1);
    }
}

#[test]
fn one_rejected_member_sets_the_whole_household_aside_and_no_other() {
    let law = law();
    let member = |name, birth| {
        vec![(Field::MemberName, name), (Field::Relation, "Con"), (Field::BirthDate, birth), (Field::Sex, "Nữ")]
    };
    let second = with(with(head(), Field::RowNumber, "2"), Field::Paper, "042060123457");
    let found = read(
        &law,
        sheet(
            &law,
            &[&head(), &member("Nguyễn Thị Bình", "32/01/2010"), &second, &member("Nguyễn Thị Cúc", "02/01/2010")],
        ),
    );
    assert_eq!(found.aside().map(|h| h.members.len()).collect::<Vec<_>>(), [2]);
    assert_eq!(found.stored().map(|h| h.members.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn titles_blank_rows_repeated_headers_and_subtotals_belong_to_no_household() {
    let law = law();
    let mut sheet = sheet(
        &law,
        &[&head(), &[(Field::MemberName, "Nguyễn Thị Bình"), (Field::BirthDate, "02/01/2010"), (Field::Sex, "Nữ")]],
    );
    let header = sheet.rows[0].clone();
    sheet.rows.insert(0, vec![Cell::Text("UBND TỈNH HÀ TĨNH".into())]);
    sheet.rows.insert(2, Vec::new());
    sheet.rows.insert(3, header);
    sheet.rows.push(vec![Cell::Text("Cộng".into()), Cell::Text("1 hộ".into())]);
    let found = read(&law, sheet);
    assert_eq!((found.rows, found.households.len(), found.households[0].members.len()), (2, 1, 2));
    assert_eq!(found.households[0].row, 5, "rows are numbered as the spreadsheet numbers them");
}

#[test]
fn a_paper_borne_by_an_earlier_row_is_said_with_that_row() {
    let law = law();
    let second = with(head(), Field::RowNumber, "2");
    let found = read(&law, sheet(&law, &[&head(), &second]));
    let fault = &found.faults[0];
    assert_eq!((fault.kind, fault.row, fault.against.as_str()), (FaultKind::DupId, 3, "2"));
    assert!(!found.households[1].members[0].paper_is_sound);
}

#[test]
fn cut_offs_are_inclusive_on_a_list_as_in_the_law() {
    let law = law();
    let table = [
        ("18184", "140", "30", "poor"),
        ("18184", "140", "20", "near_poor"),
        ("18184", "145", "120", "non_poor"),
        ("18070", "175", "30", "poor"),
        ("18070", "175", "0", "near_poor"),
        ("18070", "180", "30", "non_poor"),
    ];
    for (commune, b1, b2, class) in table {
        let row =
            with(with(with(with(head(), Field::CommuneCode, commune), Field::B1, b1), Field::B2, b2), Field::Class, "");
        let found = read(&law, sheet(&law, &[&row]));
        assert_eq!(found.households[0].class_computed.as_deref(), Some(class), "{commune} {b1}/{b2}");
    }
}

#[test]
fn a_table_without_the_columns_of_a_list_is_refused_with_what_it_lacks() {
    let law = law();
    let units = law.norms.units_on(Day::last_of(2023));
    let context = ReadContext { rules: &law.rules, units, year: 2023 };
    let other = Sheet {
        name: "Thu chi".to_owned(),
        rows: vec![vec![Cell::Text("Ngày".into()), Cell::Text("Số tiền".into())]],
    };
    assert!(
        matches!(read_list(&[other], context), Err(ListProblem::ColumnsMissing { missing, .. }) if !missing.is_empty())
    );
    assert_eq!(read_list(&[Sheet::default()], context), Err(ListProblem::Empty));
}

#[test]
fn a_commune_that_no_rule_calls_urban_or_rural_is_never_counted_as_one_of_them() {
    let mut law = law();
    assert!(!read(&law, sheet(&law, &[&head()])).households[0].rejected);
    law.rules.areas.value.rural.unit_types.clear();
    let found = read(&law, sheet(&law, &[&head()]));
    assert!(found.households[0].rejected);
    assert_eq!(found.households[0].class_computed, None);
    assert!(found.faults.iter().any(|fault| fault.kind == FaultKind::AreaUnknown));
}
