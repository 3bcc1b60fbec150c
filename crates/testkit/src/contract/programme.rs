//! Plans as they were imported, and what their clauses were taken for.

use domain::programme::bind::{Binding, BindingState};
use domain::programme::plan::{Clause, ClauseKind, Plan};
use domain::units::Scope;
use kernel::{Day, Ids, PlanId};
use norms::{Mark, Pointer, RuleKind};
use storage::{PlanRecord, StorageError, Store, StoredBinding, StoredPlan};

use super::{committed, read, write};
use crate::World;

fn plan(world: &World, unit: Scope, year: i16, number: i64) -> StoredPlan {
    let clause = Clause {
        id: "II-MT.1".to_owned(),
        also: None,
        parent: None,
        kind: ClauseKind::Point,
        marker: "1.".to_owned(),
        glued: false,
        text: "Tỷ lệ hộ nghèo giảm từ 0,6 - 0,7%.".to_owned(),
        line: 15,
        depth: 1,
    };
    let title = format!("Kế hoạch giảm nghèo năm {year}");
    StoredPlan {
        record: PlanRecord {
            id: PlanId(world.ids.next()),
            unit,
            year,
            number,
            title: title.clone(),
            file_name: "kế hoạch.docx".to_owned(),
            file_hash: "cd".repeat(32),
            by: world.user(),
            by_name: "Trần Văn Tỉnh".to_owned(),
            at_ms: 7,
        },
        text: "II. MỤC TIÊU\n\n1. Tỷ lệ …".to_owned(),
        plan: Plan { title, number: None, day: Day::new(year, 2, 5), year: Some(year), clauses: vec![clause] },
    }
}

fn binding(id: &str) -> Binding {
    Binding {
        id: id.to_owned(),
        kind: RuleKind::Target,
        at: Pointer { clause: "II-MT.1".to_owned(), part: Some(2) },
        label: "Tỷ lệ hộ nghèo giảm".to_owned(),
        agency: String::new(),
        norm: Some("plans.ha-tinh-2023".to_owned()),
        mark: Mark::Inferred,
        state: BindingState::Proposed,
        follows: None,
        day: None,
        office: None,
        differs: None,
    }
}

pub async fn a_plan_is_found_whole_and_listed_by_year_and_version(store: &dyn Store) {
    let world = World::new(1);
    let plans = [
        plan(&world, world.province(), 2023, 1),
        plan(&world, world.province(), 2024, 1),
        plan(&world, world.province(), 2023, 2),
    ];
    committed!(store, w => w.add_plan(&plans[0]), w.add_plan(&plans[1]), w.add_plan(&plans[2]));
    let mut work = read(store).await;
    assert_eq!(work.plan(&world.province(), plans[0].record.id).await.unwrap().as_ref(), Some(&plans[0]));
    let listed = work.plans(&world.province()).await.unwrap();
    assert_eq!(listed, [plans[1].record.clone(), plans[2].record.clone(), plans[0].record.clone()]);
}

pub async fn a_plan_belongs_to_one_unit(store: &dyn Store) {
    let world = World::new(1);
    let of_district = plan(&world, world.district("439"), 2023, 1);
    committed!(store, w => w.add_plan(&of_district), w.add_bindings(of_district.record.id, 0, &[binding("T01")]));
    let mut work = read(store).await;
    for other in [world.province(), world.district("436"), world.commune("18073")] {
        assert!(work.plans(&other).await.unwrap().is_empty(), "{other:?}");
        assert_eq!(work.plan(&other, of_district.record.id).await.unwrap(), None, "{other:?}");
        assert!(work.bindings(&other, of_district.record.id).await.unwrap().is_empty(), "{other:?}");
    }
    assert_eq!(work.plans(&world.district("439")).await.unwrap().len(), 1);
}

pub async fn a_version_of_a_years_plan_is_taken_once(store: &dyn Store) {
    let world = World::new(1);
    committed!(store, w => w.add_plan(&plan(&world, world.province(), 2023, 1)));
    let mut work = write(store).await;
    let again = work.add_plan(&plan(&world, world.province(), 2023, 1)).await;
    assert!(matches!(again, Err(StorageError::Conflict { record: "plan" })), "{again:?}");
}

pub async fn bindings_come_back_in_the_order_they_were_added(store: &dyn Store) {
    let world = World::new(1);
    let kept = plan(&world, world.province(), 2023, 1);
    let bindings = ["T02", "T01", "K09"].map(binding);
    committed!(store, w => w.add_plan(&kept), w.add_bindings(kept.record.id, 0, &bindings));
    let mut work = read(store).await;
    let found = work.bindings(&world.province(), kept.record.id).await.unwrap();
    assert_eq!(found.iter().map(|b| &b.binding).collect::<Vec<_>>(), bindings.iter().collect::<Vec<_>>());
}

pub async fn a_binding_saved_twice_at_the_same_version_is_refused(store: &dyn Store) {
    let world = World::new(1);
    let kept = plan(&world, world.province(), 2023, 1);
    committed!(store, w => w.add_plan(&kept), w.add_bindings(kept.record.id, 0, &[binding("T01")]));
    let found = read(store).await.bindings(&world.province(), kept.record.id).await.unwrap().remove(0);
    let said = found.binding.clone().confirmed("Trần Văn Tỉnh", Day::last_of(2023));
    let said = StoredBinding { binding: said, version: found.version };
    committed!(store, w => w.save_binding(kept.record.id, &said));
    let mut work = write(store).await;
    let again = work.save_binding(kept.record.id, &said).await;
    assert!(matches!(again, Err(StorageError::Conflict { record: "binding" })), "{again:?}");
    drop(work);
    let stored = read(store).await.bindings(&world.province(), kept.record.id).await.unwrap().remove(0);
    assert_eq!((stored.binding, stored.version), (said.binding, said.version + 1));
}
