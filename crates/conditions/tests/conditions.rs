//! Conditions: what is taken and refused, what they say, and that one record and columns give the same answer.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

use conditions::{Answer, Choice, Columns, Condition, Field, Kind, Language, Record, Schema, Value};
use proptest::prelude::*;
use serde::Deserialize;

const CLASSES: [&str; 3] = ["poor", "near_poor", "non_poor"];
const NEEDS: [&str; 3] = ["job", "training", "telecom"];

fn schema() -> Schema {
    let field = |id: &str, kind, vi: &str, en: &str, choices: &[(&str, &str, &str)]| Field {
        id: id.to_owned(),
        kind,
        vi: vi.to_owned(),
        en: en.to_owned(),
        choices: choices
            .iter()
            .map(|(id, vi, en)| Choice { id: (*id).to_owned(), vi: (*vi).to_owned(), en: (*en).to_owned() })
            .collect(),
    };
    let classes = [
        ("poor", "Hộ nghèo", "Poor"),
        ("near_poor", "Hộ cận nghèo", "Near-poor"),
        ("non_poor", "Không nghèo", "Not poor"),
    ];
    let needs =
        [("job", "việc làm", "a job"), ("training", "học nghề", "training"), ("telecom", "viễn thông", "telecom")];
    Schema {
        fields: vec![
            field("household.class", Kind::Word, "loại hộ", "class", &classes),
            field("person.age", Kind::Number, "tuổi", "age", &[]),
            field("person.insured", Kind::Flag, "có bảo hiểm y tế", "insured", &[]),
            field("person.needs", Kind::Words, "nhu cầu", "needs", &needs),
        ],
    }
}

#[derive(Deserialize)]
struct Case {
    condition: String,
    record: std::collections::BTreeMap<String, serde_norway::Value>,
    answer: Option<bool>,
}

fn value_of(value: &serde_norway::Value) -> Value {
    match value {
        serde_norway::Value::Bool(flag) => Value::Flag(*flag),
        serde_norway::Value::Number(number) => Value::Number(i32::try_from(number.as_i64().unwrap()).unwrap()),
        serde_norway::Value::String(word) => Value::Word(word.clone()),
        other => Value::Words(other.as_sequence().unwrap().iter().map(|w| w.as_str().unwrap().to_owned()).collect()),
    }
}

/// One record and a register of that one record.
fn both(condition: &Condition, record: &Record, schema: &Schema) -> (Answer, u8) {
    let mut columns = Columns::new(schema);
    columns.push(schema, record);
    (condition.holds_for(record, schema), condition.over(&columns, schema)[0])
}

#[test]
fn the_shared_cases_come_out() {
    let schema = schema();
    let text = include_str!("../../../tests/conditions/cases.yaml");
    let cases: Vec<Case> = serde_norway::from_str(text).unwrap();
    assert!(cases.len() >= 15);
    for case in cases {
        let condition = Condition::read(&case.condition, &schema).unwrap();
        let filled = case.record.iter().fold(Record::blank(&schema), |r, (id, v)| r.with(&schema, id, value_of(v)));
        let expected = case.answer.map_or(Answer::Unknown, Answer::from);
        assert_eq!(both(&condition, &filled, &schema), (expected, expected as u8), "{}", case.condition);
    }
}

#[test]
fn what_lies_outside_the_subset_is_refused_with_its_place() {
    let schema = schema();
    let table = [
        ("person.age >=", "Unreadable"),
        ("person.height > 3", "UnknownField"),
        ("household.class == 'rich'", "UnknownChoice"),
        ("'food' in person.needs", "UnknownChoice"),
        ("person.age == 'poor'", "WrongKind"),
        ("household.class > 3", "WrongKind"),
        ("person.age in ['poor']", "WrongKind"),
        ("household.class", "WrongKind"),
        ("person.age + 1 > 3", "NotTaken"),
        ("person.needs.exists(n, n == 'job')", "NotTaken"),
        ("has(person.age)", "NotTaken"),
        ("person.age > person.age", "NotTaken"),
        ("person.age > 99999999999", "NotTaken"),
        ("person.insured ? true : false", "NotTaken"),
        ("3", "NotTaken"),
    ];
    for (source, expected) in table {
        let fault = Condition::read(source, &schema).unwrap_err();
        assert!(format!("{fault:?}").starts_with(expected), "{source}: {fault:?}");
        assert!(fault.says().0.starts_with("Vị trí "), "{source}");
    }
    let fault = Condition::read("person.insured && person.height > 3", &schema).unwrap_err();
    assert!(fault.to_string().starts_with("position 2"), "{fault}");
}

#[test]
fn a_condition_says_in_words_what_it_asks() {
    let schema = schema();
    let table = [
        (
            "household.class in ['poor', 'near_poor'] && person.age >= 16",
            "loại hộ là Hộ nghèo hoặc Hộ cận nghèo, và tuổi từ 16 trở lên",
            "class is Poor or Near-poor, and age 16 or more",
        ),
        (
            "'job' in person.needs && (person.insured || person.age < 6)",
            "nhu cầu có việc làm, và (có bảo hiểm y tế hoặc tuổi dưới 6)",
            "needs include a job, and (insured or age below 6)",
        ),
        ("household.class != 'poor'", "loại hộ không phải là Hộ nghèo", "class is not Poor"),
        ("true", "mọi trường hợp", "in every case"),
    ];
    for (source, vi, en) in table {
        let condition = Condition::read(source, &schema).unwrap();
        assert_eq!(condition.explain(&schema, Language::Vietnamese), vi);
        assert_eq!(condition.explain(&schema, Language::English), en);
    }
}

fn conditions() -> impl Strategy<Value = String> {
    let comparison = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(|fixed| fixed.to_string()),
        Just("person.insured".to_owned()),
        (comparison.clone(), 0..80).prop_map(|(how, n)| format!("person.age {how} {n}")),
        (comparison, 0..80).prop_map(|(how, n)| format!("{n} {how} person.age")),
        prop::sample::select(CLASSES.to_vec()).prop_map(|c| format!("household.class == '{c}'")),
        prop::sample::select(CLASSES.to_vec()).prop_map(|c| format!("household.class != '{c}'")),
        prop::collection::vec(prop::sample::select(CLASSES.to_vec()), 0..3).prop_map(|c| format!(
            "household.class in [{}]",
            c.iter().map(|c| format!("'{c}'")).collect::<Vec<_>>().join(", ")
        )),
        prop::sample::select(NEEDS.to_vec()).prop_map(|n| format!("'{n}' in person.needs")),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| format!("!({a})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) && ({b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a}) || ({b})")),
        ]
    })
}

fn records() -> impl Strategy<Value = Record> {
    let class = prop::option::of(prop::sample::select(CLASSES.to_vec()).prop_map(|c| Value::Word(c.to_owned())));
    let age = prop::option::of((0..100i32).prop_map(Value::Number));
    let insured = prop::option::of(any::<bool>().prop_map(Value::Flag));
    let needs = prop::option::of(
        prop::sample::subsequence(NEEDS.to_vec(), 0..=3)
            .prop_map(|n| Value::Words(n.into_iter().map(str::to_owned).collect())),
    );
    (class, age, insured, needs).prop_map(|(a, b, c, d)| Record { values: vec![a, b, c, d] })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn one_record_and_columns_give_the_same_answer(
        source in conditions(),
        register in prop::collection::vec(records(), 1..12),
    ) {
        let schema = schema();
        let condition = Condition::read(&source, &schema).unwrap();
        let mut columns = Columns::new(&schema);
        for record in &register {
            columns.push(&schema, record);
        }
        let over = condition.over(&columns, &schema);
        for (record, found) in register.iter().zip(over) {
            prop_assert_eq!(condition.holds_for(record, &schema) as u8, found, "{}", source);
        }
    }
}
