//! The plan: brought in, answered for, kept version by version; and what is true of its first target.

use app::AppError;
use app::access::{sample_actors, start_sample};
use app::programme::aims::{AimedTarget, aims};
use app::programme::money::{MoneyInput, enter, entries, take_back};
use app::programme::*;
use domain::access::{Actor, Role};
use domain::programme::bind::BindingState;
use domain::programme::target::{Lists, Met, TargetGap, Value};
use kernel::{Day, Page, PlanId};
use norms::TargetOp;

use crate::world::{COMMUNE, Province, code, empty_house, faults, province};

const HA_TINH: &[u8] = app::sample::PLAN.as_bytes();
const THANH_LAM: &[u8] = include_bytes!("../../../../tests/plans/ke-hoach-2025-thanh-lam.docx");

fn file(name: &str, bytes: &[u8]) -> PlanFile {
    PlanFile { name: name.to_owned(), bytes: bytes.to_vec() }
}

async fn view(world: &Province, actor: &Actor, which: Which) -> PlanView {
    plan_view(&world.house, actor, which).await.unwrap().unwrap()
}

async fn imported(world: &Province, officer: &Actor) -> PlanId {
    import_plan(&world.house, officer, 2023, &file("kế hoạch.txt", HA_TINH)).await.unwrap()
}

#[tokio::test]
async fn a_plan_is_brought_in_with_proposals_that_nobody_answered_for() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let reader = world.officer(Role::Reader, "commune:18553").await;
    assert!(plan_view(&world.house, &reader, Which::Year(2023)).await.unwrap().is_none());
    assert_eq!(code(import_plan(&world.house, &reader, 2023, &file("a.txt", HA_TINH)).await), "ACC-001");

    let id = imported(&world, &officer).await;

    // Whoever works in a commune reads the plan of the province.
    let shown = view(&world, &reader, Which::Year(2023)).await;
    assert_eq!(shown.record.as_ref().map(|record| (record.id, record.number)), Some((id, 1)));
    assert_eq!((shown.bindings.len(), shown.waiting()), (72, 72));
    assert_eq!(shown.at("II-MT.2.b.5").map(|b| b.id.as_str()).collect::<Vec<_>>(), ["T13", "T14"]);
    assert_eq!(code(import_plan(&world.house, &officer, 2023, &file("b.txt", HA_TINH)).await), "PLN-005");
    world.done().await;
}

#[tokio::test]
async fn a_file_that_is_no_plan_leaves_nothing_behind() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let table: [(&[u8], &str); 4] = [
        (b"", "DOC-001"),
        (b"%PDF-1.4", "DOC-004"),
        ("Danh sách hộ nghèo".as_bytes(), "PLN-001"),
        ("KẾ HOẠCH\nNghỉ mát\n\nMọi người có mặt.".as_bytes(), "PLN-002"),
    ];
    for (bytes, expected) in table {
        assert_eq!(code(import_plan(&world.house, &officer, 2023, &file("x", bytes)).await), expected);
    }
    assert!(plans(&world.house, &officer).await.unwrap().is_empty());
    world.done().await;
}

#[tokio::test]
async fn a_person_confirms_corrects_or_drops_and_the_trail_says_who() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let reader = world.officer(Role::Reader, "province:42").await;
    let id = imported(&world, &officer).await;
    let one = ["T01".to_owned()];
    assert_eq!(code(confirm_bindings(&world.house, &reader, id, &one).await), "ACC-001");

    assert_eq!(confirm_bindings(&world.house, &officer, id, &one).await.unwrap(), 1);
    assert_eq!(confirm_bindings(&world.house, &officer, id, &one).await.unwrap(), 0, "said already");
    let input = BindingInput {
        kind: "task".into(),
        clause: "IV.10.1".into(),
        part: String::new(),
        label: "Ban hành kế hoạch năm 2023".into(),
        agency: "UBND cấp huyện".into(),
        follows: FollowedInput::default(),
        day: String::new(),
        office: String::new(),
        version: 1,
    };
    correct_binding(&world.house, &officer, id, "K23", &input).await.unwrap();
    drop_binding(&world.house, &officer, id, "K29", 1).await.unwrap();

    let shown = view(&world, &reader, Which::Version(id)).await;
    assert_eq!(shown.waiting(), 69);
    assert_eq!(shown.binding("K23").unwrap().binding.agency, "UBND cấp huyện");
    assert!(matches!(shown.binding("T01").unwrap().binding.state, BindingState::Confirmed { .. }));
    let hanging: Vec<&str> = shown.at("IV.end").map(|binding| binding.id.as_str()).collect();
    assert_eq!(hanging, ["K28", "K30"], "what was dropped hangs nowhere");
    let told = history(&world.house, &reader, id, "K23").await.unwrap();
    assert_eq!(told.iter().map(|entry| entry.verb.as_str()).collect::<Vec<_>>(), ["binding_corrected"]);
    assert_eq!(told[0].actor_name, officer.name);
    world.done().await;
}

#[tokio::test]
async fn a_correction_that_cannot_be_is_refused_and_nothing_changes() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let id = imported(&world, &officer).await;
    let good = BindingInput {
        kind: "target".into(),
        clause: "II-MT.1".into(),
        part: String::new(),
        label: "Tỷ lệ hộ nghèo giảm".into(),
        agency: String::new(),
        follows: FollowedInput::default(),
        day: String::new(),
        office: String::new(),
        version: 1,
    };
    let house = &world.house;
    let correct = async |input: BindingInput| correct_binding(house, &officer, id, "T01", &input).await;
    assert_eq!(code(correct(BindingInput { clause: "II-MT.7".into(), ..good.clone() }).await), "PLN-003");
    assert_eq!(code(correct(BindingInput { part: "2".into(), ..good.clone() }).await), "PLN-004");
    let unread = BindingInput { kind: "wish".into(), label: " ".into(), part: "hai".into(), ..good.clone() };
    assert_eq!(faults(correct(unread).await), ["kind field-choice", "label field-missing", "part field-number"]);
    assert_eq!(view(&world, &officer, Which::Version(id)).await.waiting(), 72);

    correct(good.clone()).await.unwrap();
    assert!(matches!(correct(good).await, Err(AppError::Conflict("binding"))), "somebody saved in between");
    world.done().await;
}

#[tokio::test]
async fn a_new_version_keeps_the_old_one_and_what_was_said_about_the_same_words() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let first = imported(&world, &officer).await;
    let said = ["T01".to_owned(), "T02".to_owned()];
    confirm_bindings(&world.house, &officer, first, &said).await.unwrap();
    let changed = app::sample::PLAN.replace("trên 30 mô hình", "trên 40 mô hình");

    let second = import_plan(&world.house, &officer, 2023, &file("sửa.txt", changed.as_bytes())).await.unwrap();

    let now = view(&world, &officer, Which::Year(2023)).await;
    assert_eq!(now.record.as_ref().map(|record| (record.id, record.number)), Some((second, 2)));
    let state = |id: &str| now.binding(id).unwrap().binding.state.id();
    assert_eq!((state("T01"), state("T02")), ("confirmed", "proposed"), "T02 speaks of other words now");
    let old = view(&world, &officer, Which::Version(first)).await;
    assert!(!old.is_newest);
    assert!(old.plan.clause("II-MT.2.a.1").unwrap().text.contains("trên 30 mô hình"));
    // The target asks for what the new words say, and says that the data say otherwise until somebody answers.
    let t02 = asked(&world, &officer, "T02").await.unwrap();
    assert_eq!(level_of(&t02), Some((TargetOp::Above, "40".to_owned())));
    assert_eq!(t02.differs, Some(vec!["40 mô hình".to_owned()]));
    assert_eq!(t02.level_of_norm.map(|level| level.value).as_deref(), Some("30"));
    confirm_bindings(&world.house, &officer, second, &["T02".to_owned()]).await.unwrap();
    let t02 = asked(&world, &officer, "T02").await.unwrap();
    assert_eq!((level_of(&t02), t02.differs), (Some((TargetOp::Above, "40".to_owned())), None));
    world.done().await;
}

async fn asked(world: &Province, officer: &Actor, id: &str) -> Option<AimedTarget> {
    let mut work = world.house.store.read().await.unwrap();
    let aims = aims(&world.house, work.as_mut(), &officer.scope, 2023).await.unwrap();
    aims.targets.into_iter().find(|target| target.id == id)
}

fn level_of(target: &AimedTarget) -> Option<(TargetOp, String)> {
    target.level.as_ref().map(|level| (level.op, level.value.clone()))
}

#[tokio::test]
async fn what_a_person_says_of_a_known_plan_holds_in_its_targets_tasks_and_money() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let commune = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let id = imported(&world, &officer).await;
    let (house, on) = (&world.house, Day::last_of(2023));
    let before = asked(&world, &officer, "T03").await.unwrap();
    assert_eq!((before.clause.as_str(), before.lead.is_some()), ("II-MT.2.a.2", true));

    drop_binding(house, &officer, id, "T04", 1).await.unwrap();
    let level = FollowedInput { op: "at_most".into(), value: "75,5".into(), ..FollowedInput::default() };
    let target = BindingInput {
        kind: "target".into(),
        clause: "II-MT.2.a.3".into(),
        label: "Người được hỗ trợ sản xuất".into(),
        agency: "Chi cục Phát triển nông thôn".into(),
        follows: level,
        version: 1,
        ..BindingInput::default()
    };
    correct_binding(house, &officer, id, "T03", &target).await.unwrap();
    let task = BindingInput {
        kind: "task".into(),
        clause: "IV.10.1".into(),
        label: "Ban hành kế hoạch của xã".into(),
        agency: "UBND xã; Sở Tài chính".into(),
        day: "15/02/2023".into(),
        office: "commune_officer".into(),
        version: 1,
        ..BindingInput::default()
    };
    let wrong = BindingInput { day: "mai".into(), office: "anh Ba".into(), ..task.clone() };
    assert_eq!(
        faults(correct_binding(house, &officer, id, "K23", &wrong).await),
        ["day field-date", "office field-choice"]
    );
    correct_binding(house, &officer, id, "K23", &task).await.unwrap();
    let source = BindingInput {
        kind: "source".into(),
        clause: "III.1.b".into(),
        label: "Ngân sách trung ương năm 2023".into(),
        day: "31/12/2024".into(),
        version: 1,
        ..BindingInput::default()
    };
    correct_binding(house, &officer, id, "F2", &source).await.unwrap();

    let board = targets::board(house, &officer, None, on).await.unwrap();
    let of = |id: &str| board.targets.iter().find(|target| target.id == id);
    let t03 = of("T03").unwrap();
    let aim = t03.aim.as_ref().unwrap();
    assert_eq!(level_of(aim), Some((TargetOp::AtMost, "75.5".to_owned())));
    assert_eq!((aim.clause.as_str(), t03.label.vi.as_str()), ("II-MT.2.a.3", "Người được hỗ trợ sản xuất"));
    assert_eq!(aim.lead.as_ref().map(|lead| lead.vi.as_str()), Some("Chi cục Phát triển nông thôn"));
    assert_eq!(aim.definition.as_deref(), Some("T03"), "what counts it is the norm's still");
    assert_eq!(t03.said(), Some((officer.name.as_str(), house.clock.today())));
    assert!(of("T04").is_none_or(|target| target.aim.is_none()), "the plan does not ask for it any more");
    let of_commune = duties::duties(house, &commune, None, 2023).await.unwrap();
    let k23 = of_commune.iter().find(|duty| duty.id == "K23").unwrap();
    assert_eq!(k23.due.map(Day::iso).as_deref(), Some("2023-02-15"));
    assert!(k23.is_own && matches!(k23.state, domain::programme::due::DueState::Late { .. }));
    assert_eq!(k23.agencies.iter().map(|a| a.en.as_str()).collect::<Vec<_>>(), ["UBND xã", "Department of Finance"]);
    let found = live(house, &officer, &["F2"]).await;
    let [Live::Money(money)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(money.spend_by.map(Day::iso).as_deref(), Some("2024-12-31"));
    world.done().await;
}

#[tokio::test]
async fn a_definition_is_inferred_until_somebody_answers_and_a_remembered_list_is_said_on_the_figure() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let id = imported(&world, &officer).await;
    let (house, on) = (&world.house, Day::last_of(2023));
    let read = async |id: &str| targets::target(house, &officer, None, id, on).await.unwrap().state;
    let open =
        |state: &targets::TargetState| state.readings[0].unconfirmed.iter().map(norms::Basis::key).collect::<Vec<_>>();
    let before = read("T16").await;
    assert_eq!(before.said(), None);
    assert_eq!(open(&before), ["programme.special_areas@2022-01-01"]);
    assert!(open(&read("T12").await).is_empty(), "nothing it stands on is from memory");

    confirm_bindings(house, &officer, id, &["T16".to_owned()]).await.unwrap();
    app::law::confirm(house, &world.administrator, "programme.special_areas@2022-01-01", "Chi cục trưởng")
        .await
        .unwrap();
    let after = read("T16").await;
    assert_eq!((after.said(), open(&after).len()), (Some((officer.name.as_str(), house.clock.today())), 0));
    world.done().await;
}

#[tokio::test]
async fn national_reports_are_due_in_every_province_and_in_every_year_of_the_programme() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let days = async |year: i16, id: &str| {
        let found = duties::duties(&world.house, &officer, None, year).await.unwrap();
        let of_id = found.into_iter().filter(|duty| duty.id == id);
        of_id.filter_map(|duty| duty.due.map(Day::iso)).collect::<Vec<_>>()
    };
    assert_eq!(days(2023, "R02").await, ["2023-05-31"]);
    // No plan of 2025 was brought in; the rules change with the units on 1 July, and the reports go on.
    assert_eq!(days(2025, "R02").await, ["2025-05-31"]);
    assert_eq!(days(2025, "R06").await.len(), 8, "February to September");
    assert_eq!(days(2025, "R03").await, ["2025-11-30"]);

    // A task of a plan that nobody knows is not due by the rules of Hà Tĩnh's own, though both are called K03.
    import_plan(&world.house, &officer, 2024, &file("kh.txt", OTHER_PLAN.as_bytes())).await.unwrap();
    let found = duties::duties(&world.house, &officer, None, 2024).await.unwrap();
    let k03: Vec<_> = found.iter().filter(|duty| duty.id == "K03").map(|duty| duty.due).collect();
    assert_eq!(k03, [None]);
    world.done().await;
}

/// The plan of Thanh Lâm as one of 2024.
static OTHER_PLAN: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    let words = include_str!("../../../../tests/plans/ke-hoach-2025-thanh-lam.txt");
    words.replace("2024", "2023").replace("2025", "2024")
});

#[tokio::test]
async fn a_rate_of_the_province_waits_for_the_communes_that_have_no_list() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let commune = world.officer(Role::CommuneOfficer, COMMUNE).await;
    let village = world.village(&commune, "Thôn 1").await;
    let household = world.household(&commune, &village, "Trần Thị Lan").await;
    let scores = app::registry::AssessmentInput {
        b1_entered: "130".into(),
        b2_entered: "30".into(),
        ..app::registry::AssessmentInput::default()
    };
    let seen = world.seen(&commune, household).await;
    app::registry::assess(&world.house, &commune, seen, 2023, &scores).await.unwrap();
    let total = app::units::TotalInput { village: village.id, households: "50".into(), persons: "190".into() };
    app::units::save_totals(&world.house, &commune, None, 2023, &[total]).await.unwrap();

    let rate = async |actor: &Actor| {
        let found = targets::target(&world.house, actor, None, "poor_rate", Day::last_of(2023)).await.unwrap().state;
        found.readings[0].figure.clone().map(|figure| figure.numbers())
    };
    assert_eq!(rate(&commune).await, Ok((1, Some(50))));
    // 215 communes were never entered: none of them has a village.
    assert_eq!(rate(&officer).await, Err(TargetGap::Totals { villages: 215, year: 2023 }));
    world.done().await;
}

#[tokio::test]
async fn a_plan_of_another_year_and_layout_stands_beside_it() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    imported(&world, &officer).await;
    import_plan(&world.house, &officer, 2023, &file("kh.docx", THANH_LAM)).await.unwrap();
    let years: Vec<i16> = plans(&world.house, &officer).await.unwrap().iter().map(|record| record.year).collect();
    assert_eq!(years, [2025, 2023]);
    let shown = view(&world, &officer, Which::Year(2025)).await;
    assert!(shown.known.is_none());
    assert_eq!(shown.bindings.len(), 18);
    let hits = shown.find("nha tieu hop ve sinh");
    assert_eq!(hits.first().map(|hit| hit.clause.id.as_str()), Some("PH2.I.2.2.2a"));
    world.done().await;
}

#[tokio::test]
async fn a_report_is_due_some_working_days_after_the_round_it_reports_on() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    imported(&world, &officer).await;
    let event = |text: &str| kernel::Day::from_iso(text).unwrap();
    let enter =
        async |duty: &str, day: &str| duties::enter_event(&world.house, &officer, None, (2023, duty, event(day))).await;
    // Fifteen working days from Thursday, 20 April, over 29 April to 3 May.
    assert_eq!(enter("R01", "2023-04-20").await.unwrap().iso(), "2023-05-16");
    assert_eq!(code(enter("R02", "2023-04-20").await), "MIS-001");
    let found = duties::duties(&world.house, &officer, None, 2023).await.unwrap();
    let own = found.iter().find(|duty| duty.id == "R01").unwrap();
    assert_eq!(own.due.map(Day::iso).as_deref(), Some("2023-05-16"));
    let done = duties::DutyInput {
        duty: "R01".into(),
        due: own.due,
        done: Some(event("2023-05-15")),
        note: String::new(),
        version: 1,
    };
    duties::close_duty(&world.house, &officer, None, (2023, &done)).await.unwrap();
    world.done().await;
}

async fn live(house: &app::House, actor: &Actor, ids: &[&str]) -> Vec<Live> {
    let shown = plan_view(house, actor, Which::Year(2023)).await.unwrap().unwrap();
    let standing = standing(house, actor, &shown, &actor.scope).await.unwrap();
    ids.iter().map(|id| standing.of(&shown.binding(id).unwrap().binding)).collect()
}

#[tokio::test]
async fn what_cannot_be_counted_says_what_is_missing_and_the_rest_shows_where_it_stands() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    imported(&world, &officer).await;
    let found = live(&world.house, &officer, &["T01", "P3.1", "K25", "F1", "V2"]).await;
    let [Live::Target(target), Live::Project(work), Live::Task(times), Live::Money(source), Live::Money(capital)] =
        found.as_slice()
    else {
        panic!("{found:?}")
    };
    assert!(target.readings[0].figure.is_err(), "no list was entered");
    assert_eq!(*work, ProjectWork::default());
    assert_eq!(times[0].duty.due.map(Day::iso).as_deref(), Some("2023-12-31"));
    assert_eq!(source.spend_by.map(Day::iso).as_deref(), Some("2023-12-31"));
    assert_eq!((source.sums.left(), capital.sums.left(), capital.spend_by), (0, 0, None));
    world.done().await;
}

fn money(what: &str, amount: &str) -> MoneyInput {
    MoneyInput {
        source: "F1".into(),
        capital: "V2".into(),
        project: "P3.1".into(),
        what: what.into(),
        day: "01/06/2023".into(),
        amount: amount.into(),
        document: "QĐ 01".into(),
    }
}

#[tokio::test]
async fn money_is_followed_from_its_assignment_to_its_payment_and_never_paid_twice() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let reader = world.officer(Role::Reader, "province:42").await;
    imported(&world, &officer).await;
    let house = &world.house;
    let enter = async |actor: &Actor, input: &MoneyInput| enter(house, actor, None, (2023, input)).await;
    assert_eq!(code(enter(&reader, &money("allocation", "1.000")).await), "ACC-001");
    assert_eq!(code(enter(&officer, &money("disbursement", "1")).await), "MON-001");
    let first = enter(&officer, &money("allocation", "1.000")).await.unwrap();
    enter(&officer, &money("transfer", "-200")).await.unwrap();
    enter(&officer, &money("disbursement", "300")).await.unwrap();
    let late = MoneyInput { day: "05/01/2024".into(), ..money("disbursement", "1") };
    assert_eq!(code(enter(&officer, &late).await), "MON-003", "the day is still to come");
    let unread = MoneyInput { what: "gift".into(), capital: "V9".into(), amount: "một".into(), ..late };
    assert_eq!(
        faults(enter(&officer, &unread).await),
        ["capital field-choice", "what field-choice", "amount field-number"]
    );

    let found = live(house, &reader, &["F1", "V2", "P3"]).await;
    let [Live::Money(source), Live::Money(capital), Live::Project(work)] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (source.sums.assigned, source.sums.moved, source.sums.paid, source.sums.left()),
        (1_000, -200, 300, 500)
    );
    assert_eq!((capital.sums, work.money), (source.sums, source.sums), "a project holds its sub-projects");
    assert_eq!(code(take_back(house, &officer, first).await), "MON-001", "paid money was assigned before");
    let page = entries(house, &reader, &MoneyFilter::new(reader.scope.clone(), 2023), Page::new(1, 10)).await.unwrap();
    assert_eq!(page.total, 3);
    world.done().await;
}

#[tokio::test]
async fn a_target_of_an_unknown_plan_is_counted_by_what_a_person_names() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let id = import_plan(&world.house, &officer, 2023, &file("kh.docx", THANH_LAM)).await.unwrap();
    let shown = view(&world, &officer, Which::Version(id)).await;
    let first = shown.bindings.iter().find(|stored| stored.binding.kind == norms::RuleKind::Target).unwrap();
    let states = standing(&world.house, &officer, &shown, &officer.scope).await.unwrap();
    assert!(matches!(states.of(&first.binding), Live::Untracked));
    let follows = FollowedInput {
        definition: "T09".into(),
        op: "at_least".into(),
        value: "92,5".into(),
        ..FollowedInput::default()
    };
    let input = BindingInput {
        kind: "target".into(),
        clause: first.binding.at.clause.clone(),
        part: first.binding.at.part.map(|part| part.to_string()).unwrap_or_default(),
        label: first.binding.label.clone(),
        agency: String::new(),
        follows,
        version: first.version,
        ..BindingInput::default()
    };
    let wrong = |follows: FollowedInput| BindingInput { follows, ..input.clone() };
    let unknown = FollowedInput { definition: "T99".into(), ..FollowedInput::default() };
    let bound = &first.binding.id;
    assert_eq!(code(correct_binding(&world.house, &officer, id, bound, &wrong(unknown)).await), "PLN-007");
    correct_binding(&world.house, &officer, id, bound, &input).await.unwrap();

    let shown = view(&world, &officer, Which::Version(id)).await;
    let states = standing(&world.house, &officer, &shown, &officer.scope).await.unwrap();
    let Live::Target(target) = states.of(&shown.binding(bound).unwrap().binding) else { panic!("it is counted now") };
    assert_eq!(target.level().map(|level| level.value.as_str()), Some("92.5"));
    assert_eq!(target.label.vi, first.binding.label);
    world.done().await;
}

#[tokio::test]
async fn a_clause_that_was_missed_is_given_its_binding_and_keeps_it_in_the_next_version() {
    let world = province().await;
    let officer = world.officer(Role::ProvinceOfficer, "province:42").await;
    let id = imported(&world, &officer).await;
    let input = BindingInput {
        kind: "task".into(),
        clause: "I.p1".into(),
        label: "Huy động cả hệ thống chính trị".into(),
        ..BindingInput::default()
    };
    let own = add_binding(&world.house, &officer, id, &input).await.unwrap();
    assert_eq!(own, "K35", "the next free number");
    assert_eq!(
        code(add_binding(&world.house, &officer, id, &BindingInput { clause: "IX".into(), ..input }).await),
        "PLN-003"
    );
    let found = live(&world.house, &officer, &["K35"]).await;
    assert!(matches!(found.as_slice(), [Live::Task(_)]), "followed, though the plan's norm does not know it");
    let changed = app::sample::PLAN.replace("trên 30 mô hình", "trên 40 mô hình");
    import_plan(&world.house, &officer, 2023, &file("sửa.txt", changed.as_bytes())).await.unwrap();
    let now = view(&world, &officer, Which::Year(2023)).await;
    assert_eq!(now.binding("K35").unwrap().binding.state.id(), "corrected");
    world.done().await;
}

#[tokio::test]
async fn the_sample_brings_its_plan_and_the_fall_of_the_poverty_rate_with_both_readings() {
    let (house, _, database) = empty_house().await;
    start_sample(&house, |_| {}).await.unwrap();
    let actors = sample_actors(&house).await.unwrap();
    let province = actors.iter().find(|actor| actor.role == Role::ProvinceOfficer).unwrap();

    let found = live(&house, province, &["T01"]).await;
    let [Live::Target(target)] = found.as_slice() else { panic!("the first target can be counted") };
    assert!(target.readings[0].figure.is_err(), "the year's review is not over in October");
    let target = targets::target(&house, province, None, "T01", kernel::Day::last_of(2023)).await.unwrap().state;

    let told: Vec<_> = target
        .readings
        .iter()
        .map(|reading| (reading.id.as_str(), reading.figure.as_ref().unwrap().printed.clone(), reading.met))
        .collect();
    // 2.955 households of 383.300; and a fifth of what the rate was.
    let exceeded = Some(Met::Exceeded);
    assert_eq!(told, [("points", "0,77".into(), exceeded), ("relative", "20,34".into(), exceeded)]);
    let Value::Fall { before, now, .. } = target.readings[0].figure.as_ref().unwrap().value.clone() else { panic!() };
    assert_eq!((before.numerator, before.denominator), (14_527, 383_300));
    assert_eq!((now.numerator, now.denominator), (11_572, 383_300));
    database.remove().await;
}

#[tokio::test]
async fn what_was_brought_in_is_counted_before_anybody_asks() {
    let (house, _, database) = empty_house().await;
    app::count_ahead(&house).await.unwrap();
    start_sample(&house, |_| {}).await.unwrap();
    let actors = sample_actors(&house).await.unwrap();
    let scope = &actors.iter().find(|actor| actor.role == Role::ProvinceOfficer).unwrap().scope;
    let day = targets::default_day(&house).await.unwrap();
    let fingerprint = definitions_on(&house, day).unwrap().fingerprint.clone();

    app::count_ahead(&house).await.unwrap();

    let mut work = house.store.read().await.unwrap();
    let versions = work.fact_versions(scope).await.unwrap();
    let kept = work.sheet_counts(scope, Lists::on(day), &fingerprint).await.unwrap();
    let mut kept: Vec<_> = kept.into_iter().map(|sheet| (sheet.key, sheet.version)).collect();
    kept.sort();
    assert!(versions.len() > 216, "the province, its districts and communes");
    assert_eq!(kept, versions);
    drop(work);
    database.remove().await;
}
