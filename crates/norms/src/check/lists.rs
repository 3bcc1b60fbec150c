//! Checks of classes, rules, indicators, facts, movements and code lists.

use std::collections::BTreeSet;

use super::Checker;
use crate::{
    Answer, Areas, Causes, ClassRules, Classes, EthnicScheme, Fact, Facts, IndicatorRule, IndicatorSet, LegalBases,
    Movements, Papers, Relations, Side, TargetGroups,
};

/// Marks, causes and groups are kept in masks of this many bits.
const MASK_BITS: usize = 32;

impl Checker<'_> {
    pub(super) fn areas(&mut self, areas: &Areas) {
        let urban = areas.urban.unit_types.iter().map(|word| ("urban", word.as_str()));
        let rural = areas.rural.unit_types.iter().map(|word| ("rural", word.as_str()));
        self.unambiguous(urban.chain(rural));
    }

    pub(super) fn classes(&mut self, classes: &Classes) {
        self.unique(classes.classes.iter().map(|c| &c.id));
        self.unambiguous(
            classes.classes.iter().flat_map(|c| c.codes.iter().map(move |code| (c.id.as_str(), code.as_str()))),
        );
        for class in classes.classes.iter().filter(|c| c.codes.is_empty()) {
            self.out_of_range(&class.id, "Không có mã nào để ghi trong danh sách.", "No code to write in lists.");
        }
        let unlisted: Vec<_> = classes.classes.iter().filter(|c| c.default_for_unlisted).collect();
        if unlisted.len() != 1 || unlisted.iter().any(|c| c.listed) {
            let vi = "Phải có đúng một loại, không nằm trong danh sách, dành cho hộ không có tên trong danh sách.";
            let en = "Exactly one class, itself not listed, has to stand for households on no list.";
            self.out_of_range("default_for_unlisted", vi, en);
        }
    }

    pub(super) fn class_rules(&mut self, rules: &ClassRules) {
        self.unique(rules.rules.iter().map(|r| &r.id));
        for rule in &rules.rules {
            self.needs_class(&rule.id, &rule.class);
        }
        if rules.b2_points_per_deprivation <= 0 || rules.b2_max % rules.b2_points_per_deprivation.max(1) != 0 {
            let vi = "Điểm B2 tối đa phải là bội của điểm mỗi thiếu hụt.";
            self.out_of_range("b2_max", vi, "The most B2 has to be a multiple of the points for one deprivation.");
        }
    }

    pub(super) fn indicators(&mut self, set: &IndicatorSet) {
        self.unique(set.indicators.iter().map(|i| &i.id));
        self.unique(set.dimensions.iter().map(|d| &d.id));
        let numbers: BTreeSet<usize> = set.indicators.iter().map(|i| usize::from(i.number)).collect();
        if set.indicators.len() > MASK_BITS || !numbers.iter().copied().eq(1..=set.indicators.len()) {
            let vi = "Số thứ tự các chỉ số phải liền từ 1, nhiều nhất 32.";
            self.out_of_range("number", vi, "The numbers have to run from 1 without a hole, 32 at most.");
        }
        for indicator in &set.indicators {
            if !set.dimensions.iter().any(|d| d.id == indicator.dimension) {
                let name = &indicator.dimension;
                let en = format!("There is no dimension \"{name}\".");
                self.fault("NRM-009", &indicator.id, (format!("Không có chiều \"{name}\"."), en));
            }
            self.rule(&indicator.id, &indicator.rule);
        }
    }

    /// The facts a rule reads have to be asked, with the answers it names.
    fn rule(&mut self, at: &str, rule: &IndicatorRule) {
        match rule {
            IndicatorRule::AnyWorker { deprived_kinds, .. } => self.person_choices(at, "work", deprived_kinds),
            IndicatorRule::DependentShare { .. } => self.person_choices(at, "allowance", &[]),
            IndicatorRule::ChildMalnourished { .. } => self.person_choices(at, "malnourished", &[]),
            IndicatorRule::Uninsured { .. } => self.person_choices(at, "insured", &[]),
            IndicatorRule::AdultEducation { bands } => {
                self.person_choices(at, "in_training", &[]);
                for band in bands {
                    self.person_choices(at, "education", &band.levels);
                    if band.from_age > band.to_age {
                        self.out_of_range(at, "Nhóm tuổi ngược.", "An age band is the wrong way round.");
                    }
                }
            }
            IndicatorRule::ChildAttendance { from_age, under } => {
                self.person_choices(at, "schooling", &[]);
                if from_age >= under {
                    self.out_of_range(at, "Nhóm tuổi ngược.", "An age band is the wrong way round.");
                }
            }
            IndicatorRule::HousingQuality { parts, not_durable_at_least } => {
                for part in parts {
                    self.household_choices(at, part, &[]);
                }
                if usize::from(*not_durable_at_least) > parts.len() || *not_durable_at_least == 0 {
                    let vi = "Số kết cấu không bền chắc phải từ 1 đến số kết cấu.";
                    self.out_of_range(at, vi, "The number of parts has to lie between 1 and all of them.");
                }
            }
            IndicatorRule::HousingArea { .. } => self.household_choices(at, "area_m2", &[]),
            IndicatorRule::NoneOf { fact, accepted } => self.household_choices(at, fact, accepted),
            IndicatorRule::NoInternet => self.household_choices(at, "internet", &[]),
            IndicatorRule::NoInformation { means } => {
                self.household_choices(at, "information_means", means);
                self.household_choices(at, "loudspeaker", &[]);
            }
            IndicatorRule::EnteredOnly => {}
        }
    }

    fn household_choices(&mut self, at: &str, fact: &str, choices: &[String]) {
        self.needs::<Facts>(at, "review.facts", fact, |facts| offers(&facts.household, fact, choices));
    }

    fn person_choices(&mut self, at: &str, fact: &str, choices: &[String]) {
        self.needs::<Facts>(at, "review.facts", fact, |facts| offers(&facts.person, fact, choices));
    }

    pub(super) fn facts(&mut self, facts: &Facts) {
        self.unique(facts.household.iter().map(|f| &f.id));
        self.unique(facts.person.iter().map(|f| &f.id));
        for fact in facts.household.iter().chain(&facts.person) {
            if let Answer::OneOf { choices } | Answer::AnyOf { choices } = &fact.answer {
                self.unique(choices.iter().map(|c| &c.id));
            }
            if fact.from_age.zip(fact.to_age).is_some_and(|(from, to)| from > to) {
                self.out_of_range(&fact.id, "Nhóm tuổi ngược.", "An age band is the wrong way round.");
            }
        }
    }

    pub(super) fn movements(&mut self, movements: &Movements) {
        self.unique(movements.movements.iter().map(|m| &m.id));
        for movement in &movements.movements {
            for side in [&movement.from, &movement.to] {
                if let Side::Class(classes) = side {
                    for class in classes {
                        self.needs_class(&movement.id, class);
                    }
                }
            }
            for class in movement.was_before.iter().chain(&movement.never_before) {
                self.needs_class(&movement.id, class);
            }
        }
    }

    pub(super) fn causes(&mut self, causes: &Causes) {
        let codes: Vec<String> = causes.causes.iter().map(|c| c.code.to_string()).collect();
        self.unique(codes.iter());
        for cause in causes.causes.iter().filter(|c| c.code == 0 || usize::from(c.code) > MASK_BITS) {
            let at = cause.code.to_string();
            self.out_of_range(
                &at,
                "Mã nguyên nhân phải từ 1 đến 32.",
                "The code of a cause has to lie between 1 and 32.",
            );
        }
    }

    pub(super) fn target_groups(&mut self, groups: &TargetGroups) {
        self.unique(groups.groups.iter().map(|g| &g.id));
        if groups.groups.len() > MASK_BITS {
            self.out_of_range("groups", "Nhiều nhất 32 nhóm.", "There may be 32 groups at most.");
        }
    }

    pub(super) fn ethnic_groups(&mut self, scheme: &EthnicScheme) {
        let codes: Vec<String> = scheme.groups.iter().map(|g| g.code.to_string()).collect();
        self.unique(codes.iter());
        let named = codes.iter().zip(&scheme.groups);
        self.unambiguous(named.flat_map(|(code, g)| {
            std::iter::once(&g.name).chain(&g.also).map(move |name| (code.as_str(), name.as_str()))
        }));
        if scheme.name(scheme.majority).is_none() {
            let vi = "Dân tộc đa số không có trong danh mục.";
            self.out_of_range("majority", vi, "The majority is not in the list.");
        }
    }

    pub(super) fn legal_bases(&mut self, bases: &LegalBases) {
        self.unique(bases.acts.iter().map(|act| &act.id));
        for (paper, acts) in &bases.papers {
            for act in acts.iter().filter(|id| !bases.acts.iter().any(|act| act.id == **id)) {
                let vi = format!("{paper} dẫn \"{act}\" nhưng danh sách acts không có.");
                let en = format!("{paper} cites \"{act}\", which is not among the acts.");
                self.fault("NRM-009", paper, (vi, en));
            }
        }
    }

    pub(super) fn relations(&mut self, relations: &Relations) {
        self.unique(relations.relations.iter().map(|r| &r.id));
        self.unambiguous(relations.relations.iter().flat_map(|r| {
            std::iter::once(&r.label.vi).chain(&r.words).map(move |word| (r.id.as_str(), word.as_str()))
        }));
        if relations.relations.iter().filter(|r| r.is_head).count() != 1 {
            self.out_of_range(
                "is_head",
                "Phải có đúng một quan hệ là chủ hộ.",
                "Exactly one relation has to be the head.",
            );
        }
    }

    pub(super) fn papers(&mut self, papers: &Papers) {
        if papers.century_sex_at >= papers.card_digits || papers.year_at + 2 > papers.card_digits {
            let vi = "Vị trí chữ số nằm ngoài số căn cước.";
            self.out_of_range("card_digits", vi, "A digit place lies outside the card's number.");
        }
    }
}

fn offers(facts: &[Fact], id: &str, choices: &[String]) -> bool {
    facts.iter().find(|fact| fact.id == id).is_some_and(|fact| match &fact.answer {
        Answer::OneOf { choices: known } | Answer::AnyOf { choices: known } => {
            choices.iter().all(|choice| known.iter().any(|k| &k.id == choice))
        }
        Answer::YesNo | Answer::Number { .. } => choices.is_empty(),
    })
}
