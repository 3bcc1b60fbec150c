//! What every page carries round its content: where one is, as whom, in which unit and year.

use crate::assets;
use crate::language::Lang;

use super::parts::{Link, Notice};

/// The rooms of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Home,
    Plan,
    Registry,
    Review,
    Forms,
    /// Targets, records of work, models, duties.
    Targets,
    Admin,
    /// Sign-in, errors: no room is marked.
    Outside,
}

/// One entry of the navigation; the caller leaves out what the role may not see.
#[derive(Debug, Clone)]
pub struct NavItem {
    pub section: Section,
    /// Key of the word: `nav-home`.
    pub key: &'static str,
    pub href: String,
}

/// A button of the bar "Thử với vai".
#[derive(Debug, Clone)]
pub struct RoleChoice {
    /// Value that is posted to `/access/role`: `commune_officer@commune:18073`, as the handler likes.
    pub value: String,
    pub label: String,
    pub is_current: bool,
}

#[derive(Debug, Clone)]
pub struct Frame {
    pub l: Lang,
    pub section: Section,
    /// `Tỉnh Hà Tĩnh`; empty before the start.
    pub province: String,
    /// `Xã Hương Trạch, Huyện Hương Khê`; empty when nobody is signed in.
    pub unit: String,
    /// Review year; empty before the start.
    pub year: String,
    pub nav: Vec<NavItem>,
    /// Name and role of who is signed in.
    pub user: Option<(String, String)>,
    /// Accounts and the year of work are theirs to change.
    pub manages_users: bool,
    pub is_sample: bool,
    /// Empty outside sample mode.
    pub roles: Vec<RoleChoice>,
    /// What the last step did.
    pub notice: Option<Notice>,
    /// Where the notice sends the reader.
    pub notice_link: Option<Link>,
    /// This address in the other language.
    pub language_href: String,
    /// Single-key shortcuts, which a person can turn off.
    pub has_shortcuts: bool,
}

impl Frame {
    /// A frame with nobody in it.
    pub fn outside(l: Lang) -> Self {
        Self {
            l,
            section: Section::Outside,
            province: String::new(),
            unit: String::new(),
            year: String::new(),
            nav: Vec::new(),
            user: None,
            manages_users: false,
            is_sample: false,
            roles: Vec::new(),
            notice: None,
            notice_link: None,
            language_href: format!("/?lang={}", l.other().code()),
            has_shortcuts: true,
        }
    }

    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// `Tỉnh Hà Tĩnh · Xã Hương Trạch, Huyện Hương Khê · Năm 2023`, as far as known.
    pub fn period(&self) -> String {
        let year = if self.year.is_empty() { String::new() } else { self.l.t1("frame-year", "year", &self.year) };
        let unit = if self.unit.is_empty() { &self.province } else { &self.unit };
        [unit.as_str(), &year].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// The frame of the samples: a commune officer in sample mode.
    pub fn sample(l: Lang, section: Section) -> Self {
        let nav = [
            (Section::Home, "nav-home", "/"),
            (Section::Plan, "nav-plan", "/programme/plan?unit=commune:18073&year=2023"),
            (Section::Registry, "nav-registry", "/registry/households?unit=commune:18073&year=2023"),
            (Section::Review, "nav-review", "/review/2023?unit=commune:18073"),
            (Section::Forms, "nav-forms", "/review/2023/forms?unit=commune:18073"),
            (Section::Targets, "nav-targets", "/programme/targets?unit=commune:18073&year=2023"),
            (Section::Admin, "nav-admin", "/norms"),
        ];
        let role = |value: &str, label: String, is_current| RoleChoice { value: value.to_owned(), label, is_current };
        Self {
            section,
            province: "Tỉnh Hà Tĩnh".to_owned(),
            unit: "Xã Hương Trạch, Huyện Hương Khê".to_owned(),
            year: "2023".to_owned(),
            nav: nav.into_iter().map(|(section, key, href)| NavItem { section, key, href: href.to_owned() }).collect(),
            user: Some(("Nguyễn Thị Lan".to_owned(), l.t("role-commune_officer"))),
            is_sample: true,
            roles: vec![
                role("commune_officer", l.t("role-commune_officer"), true),
                role("district_officer", l.t("role-district_officer"), false),
                role("province_officer", l.t("role-province_officer"), false),
                role("administrator", l.t("role-administrator"), false),
            ],
            ..Self::outside(l)
        }
    }
}
