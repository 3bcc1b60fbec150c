//! Everybody who lives in the province on a year's review, so that a figure is one of so many households.

use std::collections::HashSet;

use app::House;
use domain::review::{Assessment, FactSheet, Marks};
use domain::units::Scope;
use kernel::{HouseholdId, Points};
use norms::Area;
use storage::StoredAssessment;

use super::below;

/// Reviews whoever was not; who is poor and what of is drawn from the household's id and the year.
pub(crate) async fn review(house: &House, province: &Scope, year: i16) {
    for commune in below(house, province) {
        let mut work = house.store.write().await.unwrap();
        let known: HashSet<HouseholdId> = work
            .assessments_of_year(&commune, year)
            .await
            .unwrap()
            .into_iter()
            .map(|line| line.assessment.household)
            .collect();
        let heads = work.heads(&commune).await.unwrap();
        let ids: Vec<HouseholdId> = heads.iter().map(|head| head.household).filter(|id| !known.contains(id)).collect();
        let households = work.households_by_id(&commune, &ids).await.unwrap();
        let lines: Vec<StoredAssessment> = households
            .iter()
            .map(|household| {
                let mix = household.id.0.as_u64_pair().1.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
                // Most stay what they were; a few hundred a commune move from one year to the next.
                let class = match (mix >> 3) % 100 + u64::from(year.unsigned_abs()) % 3 {
                    0..6 => "poor",
                    6..14 => "near_poor",
                    _ => "non_poor",
                };
                let assessment = Assessment {
                    household: household.id,
                    year,
                    place: household.place.clone(),
                    area: Area::Rural,
                    listed: true,
                    left_class: None,
                    size: i32::try_from(household.members.len()).unwrap(),
                    ages: Vec::new(),
                    ethnicity: Some(1),
                    b1_entered: Some(Points::whole(120)),
                    b2_entered: None,
                    class_entered: None,
                    b1_computed: None,
                    pack: None,
                    marks_entered: Marks::from_bits(0xfff, u32::try_from(mix & 0xfff & (mix >> 13)).unwrap()),
                    marks_computed: Marks::default(),
                    facts: FactSheet::default(),
                    causes: 0,
                    cause_other: None,
                    groups: u32::try_from(mix >> 30 & 3).unwrap(),
                    decision: None,
                    intake: None,
                };
                StoredAssessment { assessment, class: Some(class.into()), class_computed: Some(class.into()) }
            })
            .collect();
        work.save_assessments(&lines).await.unwrap();
        work.commit().await.unwrap();
    }
}
