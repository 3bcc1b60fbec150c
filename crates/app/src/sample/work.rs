//! The invented work of the year: needs, activities, staff and models, so that every target has people on both sides.
//! Keeps to the rules that bind an officer: inside the period, and only those who belong to the beneficiaries.

use std::collections::BTreeMap;

use domain::programme::due::due_in;
use domain::programme::money::{MoneyEntry, MoneyMove};
use domain::programme::work::{Activity, Model, Need, Staff, Who};
use domain::registry::{Household, Member};
use domain::units::{Place, Scope, ScopeLevel};
use kernel::{ActivityId, Day, ModelId, MoneyId, NeedId, StaffId, VillageId};
use norms::DueRules;
use storage::{DutyRecord, Work};

use super::data::SampleData;
use super::draw::Draw;
use super::land::Commune;
use super::register::Sheet;
use crate::programme::definitions_on;
use crate::{AppError, House};

/// Records of work stored at once.
const CHUNK: usize = 400;

/// Percent of those who could that were reached, by kind; for lists of persons and of households.
const OF_PERSONS: &[(&str, i16, i16, u32)] = &[
    // kind, youngest, oldest, percent
    ("farm_training", 18, 59, 55),
    ("livelihood_training", 18, 59, 8),
    ("nutrition_under5", 0, 4, 60),
    ("school_nutrition", 5, 15, 35),
    ("language_training", 18, 35, 2),
    ("health_insurance", 0, 99, 25),
    ("schooling_support", 3, 15, 45),
];
const OF_HOUSEHOLDS: &[(&str, u32)] = &[
    ("farm_inputs", 20),
    ("livelihood_support", 9),
    ("housing_support", 6),
    ("water_support", 5),
    ("latrine_support", 8),
    ("communication_reached", 91),
];
const AGENCY: &str = "UBND xã (dữ liệu mẫu)";
const STAFF_A_COMMUNE: usize = 4;
const MODELS: usize = 46;

struct Maker<'a> {
    house: &'a House,
    data: &'a SampleData,
    draw: &'a mut Draw,
    activities: Vec<Activity>,
    needs: Vec<Need>,
    staff: Vec<Staff>,
    models: Vec<Model>,
}

/// Stores the work of the year under review.
pub(super) async fn store_work(
    house: &House,
    work: &mut dyn Work,
    (data, communes, sheets): (&SampleData, &[Commune], &[Sheet]),
    draw: &mut Draw,
) -> Result<(), AppError> {
    let definitions = definitions_on(house, Day::last_of(data.years.1))?;
    let classes: Vec<String> = definitions.norms.shapes.value.escaped.from.clone();
    let mut by_commune: BTreeMap<usize, Vec<&Sheet>> = BTreeMap::new();
    for sheet in sheets.iter().filter(|sheet| is_beneficiary(sheet, data.years.0, &classes)) {
        by_commune.entry(sheet.commune).or_default().push(sheet);
    }
    let mut maker =
        Maker { house, data, draw, activities: Vec::new(), needs: Vec::new(), staff: Vec::new(), models: Vec::new() };
    for (at, commune) in communes.iter().enumerate() {
        let of_commune = by_commune.get(&at).map(Vec::as_slice).unwrap_or_default();
        maker.commune(commune, of_commune);
        let wanted = (at + 1) * MODELS / communes.len().max(1) - at * MODELS / communes.len().max(1);
        for _ in 0..wanted {
            maker.model(commune, of_commune);
        }
    }
    maker.above(communes);
    for some in maker.activities.chunks(CHUNK) {
        work.add_activities(some).await?;
    }
    work.add_needs(&maker.needs).await?;
    work.add_staff(&maker.staff).await?;
    work.add_models(&maker.models).await?;
    for duty in duties(house, data, communes)? {
        work.save_duty(&duty).await?;
    }
    for entry in money(house, data, communes) {
        work.add_money(&entry).await?;
    }
    Ok(())
}

/// What each district was given in January and has paid since.
fn money(house: &House, data: &SampleData, communes: &[Commune]) -> Vec<MoneyEntry> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for commune in communes {
        if let Some(place) = house.place_of(&commune.scope) {
            let own = Place { commune: String::new(), village: VillageId(uuid::Uuid::nil()), ..place };
            places.insert(own.district.clone(), own);
        }
    }
    let year = data.years.1;
    let mut entries = Vec::new();
    for (code, place) in places {
        let need = data.districts.iter().find(|district| district.code == code).map_or(100, |district| district.need);
        for given in &data.money {
            let amount = given.millions * 10_000 * i64::try_from(need).unwrap_or(100);
            let entry = |what, (month, day), amount, document: &str| MoneyEntry {
                id: MoneyId(house.ids.next()),
                year,
                place: place.clone(),
                source: given.source.clone(),
                capital: given.capital.clone(),
                project: given.project.clone(),
                what,
                day: Day::new(year, month, day).unwrap_or(Day::first_of(year)),
                amount,
                document: document.to_owned(),
            };
            entries.push(entry(MoneyMove::Allocation, (1, 16), amount, "Quyết định giao vốn (dữ liệu mẫu)"));
            let paid = amount / 100 * given.paid;
            entries.push(entry(MoneyMove::Disbursement, (10, 31), paid, "Chứng từ thanh toán (dữ liệu mẫu)"));
        }
    }
    entries
}

/// Whatever was due before December is done, by the three units whose officers anybody may play.
fn duties(house: &House, data: &SampleData, communes: &[Commune]) -> Result<Vec<DutyRecord>, AppError> {
    let year = data.years.1;
    let rules = house.norms.in_force::<DueRules>("programme.due", Day::last_of(year))?.value;
    let Some(commune) = communes.iter().find(|commune| commune.scope.code == data.accounts.commune) else {
        return Ok(Vec::new());
    };
    let from = commune.scope.units_from;
    let units = [
        Scope::new(from, ScopeLevel::Province, data.province.clone()),
        Scope::new(from, ScopeLevel::District, commune.district.code.clone()),
        commune.scope.clone(),
    ];
    let mut done = Vec::new();
    for unit in units {
        for rule in &rules.rules {
            for due in due_in(&rule.when, year).into_iter().filter(|due| due.day.month() < 12) {
                done.push(DutyRecord {
                    unit: unit.clone(),
                    year,
                    duty: rule.id.clone(),
                    due: Some(due.day),
                    done: Some(due.day.plus_days(-2)),
                    note: "Đã gửi báo cáo (dữ liệu mẫu)".to_owned(),
                    by_name: "Dữ liệu mẫu".to_owned(),
                    version: 0,
                });
            }
        }
    }
    Ok(done)
}

/// On last year's list, which is in force all year.
fn is_beneficiary(sheet: &Sheet, year: i16, classes: &[String]) -> bool {
    let last = sheet.assessments.iter().find(|stored| stored.assessment.year == year);
    sheet.household.closed.is_none() && last.and_then(|l| l.class.as_ref()).is_some_and(|class| classes.contains(class))
}

impl Maker<'_> {
    fn day(&mut self) -> Day {
        let narrow = |n: i32| i8::try_from(n).unwrap_or(1);
        let (month, day) = (self.draw.between(2, 11), self.draw.between(1, 28));
        Day::new(self.data.years.1, narrow(month), narrow(day)).unwrap_or(Day::first_of(self.data.years.1))
    }

    fn activity(&mut self, kind: &str, place: &Place, agency: &str, who: Vec<Who>) {
        let label =
            self.house.norms.in_force::<norms::ActivityKinds>("programme.work", Day::last_of(self.data.years.1));
        let content = label.ok().and_then(|w| w.value.kind(kind).map(|k| k.label.vi.clone())).unwrap_or_default();
        let money = i64::try_from(who.len()).unwrap_or(0) * i64::from(self.draw.between(1, 9)) * 100_000 + 2_000_000;
        let activity = Activity {
            id: ActivityId(self.house.ids.next()),
            kind: kind.to_owned(),
            day: self.day(),
            place: place.clone(),
            content,
            agency: agency.to_owned(),
            money,
            fields: BTreeMap::new(),
            participants: who,
            intake: None,
            version: 0,
        };
        self.activities.push(activity);
    }

    fn commune(&mut self, commune: &Commune, sheets: &[&Sheet]) {
        let Some(place) = self.house.place_of(&commune.scope) else { return };
        let end = Day::last_of(self.data.years.1);
        for (kind, youngest, oldest, percent) in OF_PERSONS {
            let who = self.persons(sheets, (*youngest, *oldest, *percent), end);
            if !who.is_empty() {
                self.activity(kind, &place, AGENCY, who);
            }
        }
        for (kind, percent) in OF_HOUSEHOLDS {
            let picked: Vec<Who> =
                sheets.iter().filter(|_| self.draw.percent(*percent)).map(|s| Who::Household(s.household.id)).collect();
            if !picked.is_empty() {
                self.activity(kind, &place, AGENCY, picked);
            }
        }
        self.served(&place, sheets, ("job", 22), &[("job_support", 93), ("job_placed", 86)]);
        self.served(&place, sheets, ("training", 14), &[("vocational_training", 84), ("vocational_certificate", 60)]);
        let telecom: Vec<Who> =
            sheets.iter().filter(|_| self.draw.percent(35)).map(|s| Who::Household(s.household.id)).collect();
        self.need("telecom", &place, &telecom);
        let reached: Vec<Who> = telecom.into_iter().filter(|_| self.draw.percent(55)).collect();
        if !reached.is_empty() {
            self.activity("telecom_support", &place, AGENCY, reached);
        }
        for at in 0..STAFF_A_COMMUNE {
            let (level, office) =
                if at == 0 { ("commune", "UBND xã") } else { ("village", "Cộng tác viên thôn") };
            self.person_of_staff(&place, level, office);
        }
    }

    /// Persons of an age, each with a chance.
    fn persons(&mut self, sheets: &[&Sheet], (youngest, oldest, percent): (i16, i16, u32), end: Day) -> Vec<Who> {
        let mut who = Vec::new();
        for sheet in sheets {
            for member in of_age(&sheet.household, youngest, oldest, end) {
                if self.draw.percent(percent) {
                    who.push(Who::Person(member.person.id));
                }
            }
        }
        who
    }

    /// A need of some, and what part of them each service reached.
    fn served(&mut self, place: &Place, sheets: &[&Sheet], (need, percent): (&str, u32), services: &[(&str, u32)]) {
        let who = self.persons(sheets, (18, 55, percent), Day::last_of(self.data.years.1));
        self.need(need, place, &who);
        let mut left = who;
        for (kind, percent) in services {
            left.retain(|_| self.draw.percent(*percent));
            if !left.is_empty() {
                self.activity(kind, place, "Trung tâm Dịch vụ việc làm (dữ liệu mẫu)", left.clone());
            }
        }
    }

    fn need(&mut self, kind: &str, place: &Place, who: &[Who]) {
        let day = Day::new(self.data.years.1, 1, 20).unwrap_or(Day::first_of(self.data.years.1));
        for one in who {
            self.needs.push(Need {
                id: NeedId(self.house.ids.next()),
                kind: kind.to_owned(),
                who: *one,
                place: place.clone(),
                day,
                note: String::new(),
                intake: None,
            });
        }
    }

    fn person_of_staff(&mut self, place: &Place, level: &str, office: &str) {
        let names = &self.data.names;
        let part = |found: Option<&String>| found.cloned().unwrap_or_default();
        let name = [
            part(self.draw.weighted(&names.surnames)),
            part(self.draw.weighted(&names.female_middles)),
            part(self.draw.weighted(&names.female_givens)),
        ];
        self.staff.push(Staff {
            id: StaffId(self.house.ids.next()),
            name: name.join(" "),
            sex: Some(domain::registry::Sex::Female),
            level: level.to_owned(),
            office: office.to_owned(),
            place: place.clone(),
            since: Day::first_of(self.data.years.1),
            left: None,
        });
    }

    fn model(&mut self, commune: &Commune, sheets: &[&Sheet]) {
        let Some(place) = self.house.place_of(&commune.scope) else { return };
        let size = usize::try_from(self.draw.between(8, 16)).unwrap_or(8);
        let members = sheets.iter().take(size).map(|sheet| sheet.household.id).collect();
        let number = self.models.len();
        let (mode, lead, reason) = match number % 3 {
            0 => ("community", "certified_group", None),
            1 => ("value_chain", "cooperative", None),
            _ => ("task", "agency", Some("vulnerable".to_owned())),
        };
        let started = self.day();
        let money = i64::from(self.draw.between(20, 60)) * 10_000_000;
        self.models.push(Model {
            id: ModelId(self.house.ids.next()),
            name: format!("Mô hình mẫu số {}", number + 1),
            project: if number.is_multiple_of(2) { "P2" } else { "P3.1" }.to_owned(),
            mode: mode.to_owned(),
            sector: "farming".to_owned(),
            lead: Some(lead.to_owned()),
            lead_name: "Đơn vị chủ trì (dữ liệu mẫu)".to_owned(),
            reason,
            place,
            approved: Some(Day::new(self.data.years.1, 1, 15).unwrap_or(started)),
            started: Some(started),
            state_money: money,
            direct_money: Some(money / 100 * 78),
            members,
            others: i64::from(self.draw.between(0, 4)),
            version: 0,
        });
    }

    /// What districts and the province do themselves.
    fn above(&mut self, communes: &[Commune]) {
        let mut districts: Vec<Place> = Vec::new();
        for commune in communes {
            let Some(place) = self.house.place_of(&commune.scope) else { continue };
            let district = Place { commune: String::new(), village: VillageId(uuid::Uuid::nil()), ..place };
            if !districts.contains(&district) {
                districts.push(district);
            }
        }
        for district in &districts {
            for _ in 0..3 {
                self.person_of_staff(district, "district", "Phòng Lao động - Thương binh và Xã hội");
            }
            for kind in ["monitoring_visit", "policy_dialogue", "information_equipment", "evaluation"] {
                self.activity(kind, district, "UBND huyện (dữ liệu mẫu)", Vec::new());
            }
        }
        let Some(first) = communes.first() else { return };
        let province = Scope::new(first.scope.units_from, ScopeLevel::Province, self.data.province.clone());
        let Some(place) = self.house.place_of(&province) else { return };
        for _ in 0..5 {
            self.person_of_staff(&place, "province", "Sở Lao động - Thương binh và Xã hội");
        }
        let trained: Vec<Who> = self
            .staff
            .iter()
            .map(|s| Who::Staff(s.id))
            .collect::<Vec<_>>()
            .into_iter()
            .filter(|_| self.draw.percent(97))
            .collect();
        self.activity("staff_training", &place, "Sở Lao động - Thương binh và Xã hội (dữ liệu mẫu)", trained);
    }
}

fn of_age(household: &Household, youngest: i16, oldest: i16, end: Day) -> impl Iterator<Item = &Member> {
    household
        .present()
        .filter(move |member| member.person.birth.is_some_and(|birth| (youngest..=oldest).contains(&birth.age_on(end))))
}
