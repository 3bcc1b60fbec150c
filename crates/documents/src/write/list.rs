//! The list in the three-sheet layout of the law; it re-imports unchanged.

use std::io::{Seek, Write};

use domain::registry::{Household, Member, Sex};
use domain::review::Assessment;
use norms::{Field, Rulebook, SheetLayout, SheetRole};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::sheet::{lay_out, width_of};
use super::{PaperMarks, SAMPLE_MARK, UNCONFIRMED_MARK, sheet_name};

/// The names of a household's place, as the list writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceNames {
    pub province: String,
    pub district: String,
    pub commune: String,
    pub village: String,
}

#[derive(Debug, Clone)]
pub struct ExportHousehold {
    pub household: Household,
    pub assessment: Assessment,
    /// The class that counts.
    pub class: Option<String>,
    pub names: PlaceNames,
}

#[derive(Debug)]
pub struct ExportList<'a> {
    pub rules: &'a Rulebook,
    pub marks: &'a PaperMarks,
    /// Households on the list.
    pub listed: Vec<ExportHousehold>,
    /// Households that left a class, with the class left.
    pub escaped: Vec<(String, ExportHousehold)>,
}

/// A province's list is 130 MB of cells before it is packed; the best packing takes longer than everything else of the
/// paper and makes the file a sixth smaller.
const FAST: u8 = 1;

/// Writes the workbook.
pub fn write_list<W: Write + Seek + Send>(export: &ExportList<'_>, to: W) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(FAST);
    let formats = Formats::new();
    let indicators = export.rules.indicators.value.indicators.len();
    let with_marks =
        !export.listed.is_empty() && export.listed.iter().all(|h| h.assessment.marks().is_complete(indicators));
    for layout in &export.rules.list_layout.value.sheets {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(&layout.name))?;
        sheet.set_landscape();
        sheet.set_paper_size(9);
        match &layout.role {
            SheetRole::List => write_members(sheet, layout, export, with_marks, &formats)?,
            SheetRole::Escaped(class) => write_escaped(sheet, layout, class, export, &formats)?,
        }
    }
    workbook.save_to_writer(to)
}

struct Formats {
    head: Format,
    title: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_border(FormatBorder::Thin),
            title: Format::new().set_bold().set_font_size(13),
        }
    }
}

fn fields(layout: &SheetLayout, with_marks: bool) -> Vec<(&Field, &str)> {
    let wanted = |field: &Field| with_marks || !matches!(field, Field::Mark(_));
    layout.columns.iter().filter(|c| wanted(&c.field)).map(|c| (&c.field, c.header.as_str())).collect()
}

fn write_members(
    sheet: &mut Worksheet,
    layout: &SheetLayout,
    export: &ExportList<'_>,
    with_marks: bool,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let fields = fields(layout, with_marks);
    sheet.write_with_format(0, 0, &export.marks.authority, &formats.title)?;
    sheet.write_with_format(1, 0, format!("{} NĂM {}", layout.name, export.marks.year), &formats.title)?;
    sheet.write(2, 0, marks_line(export.marks))?;
    lay_out(sheet, 3)?;
    for (column, (field, header)) in (0u16..).zip(&fields) {
        sheet.set_column_width(column, width_of(field))?;
        sheet.write_with_format(3, column, *header, &formats.head)?;
    }
    sheet.set_freeze_panes(4, 3)?;
    sheet.set_repeat_rows(3, 3)?;
    let mut row = 4u32;
    for (number, entry) in (1u32..).zip(&export.listed) {
        let mut members: Vec<&Member> = entry.household.present().collect();
        members.sort_by_key(|m| !m.is_head);
        for (at, member) in members.iter().enumerate() {
            let number = (at == 0).then_some(number);
            let line = Line { entry, member, number, rules: export.rules, ethnic_codes: true };
            for (column, (field, _)) in (0u16..).zip(&fields) {
                line.write(sheet, row, column, field)?;
            }
            row += 1;
        }
    }
    Ok(())
}

fn marks_line(marks: &PaperMarks) -> String {
    let mut parts = Vec::new();
    if marks.sample {
        parts.push(SAMPLE_MARK.to_owned());
    }
    if !marks.unconfirmed.is_empty() {
        parts.push(format!("{} ({UNCONFIRMED_MARK})", marks.unconfirmed.join("; ")));
    }
    parts.join(" · ")
}

fn write_escaped(
    sheet: &mut Worksheet,
    layout: &SheetLayout,
    class: &str,
    export: &ExportList<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let fields = fields(layout, false);
    lay_out(sheet, 0)?;
    for (column, (field, header)) in (0u16..).zip(&fields) {
        sheet.set_column_width(column, width_of(field))?;
        sheet.write_with_format(0, column, *header, &formats.head)?;
    }
    let left = export.escaped.iter().filter(|(from, _)| from == class).map(|(_, entry)| entry);
    for (row, entry) in (1u32..).zip(left) {
        let Some(member) = entry.household.head() else { continue };
        let line = Line { entry, member, number: Some(row), rules: export.rules, ethnic_codes: false };
        for (column, (field, _)) in (0u16..).zip(&fields) {
            line.write(sheet, row, column, field)?;
        }
    }
    Ok(())
}

/// One row of the list: a member, and on the first row the household.
struct Line<'a> {
    entry: &'a ExportHousehold,
    member: &'a Member,
    number: Option<u32>,
    rules: &'a Rulebook,
    /// Sheet 1 writes the ethnicity's code, sheets 2 and 3 its name.
    ethnic_codes: bool,
}

impl Line<'_> {
    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, field: &Field) -> Result<(), XlsxError> {
        if let Some(number) = self.number_of(field) {
            sheet.write_number(row, column, number)?;
        } else {
            let text = self.text_of(field);
            if !text.is_empty() {
                sheet.write_string(row, column, text)?;
            }
        }
        Ok(())
    }

    fn number_of(&self, field: &Field) -> Option<f64> {
        let points = |p: kernel::Points| f64::from(p.0) / 10.0;
        match field {
            Field::RowNumber => self.number.map(f64::from),
            Field::B1 => self.number.and(self.entry.assessment.b1()).map(points),
            Field::B2 => self.number.and(self.entry.assessment.b2(self.rules)).map(points),
            _ => None,
        }
    }

    fn text_of(&self, field: &Field) -> String {
        let (person, names) = (&self.member.person, &self.entry.names);
        let place = &self.entry.household.place;
        match field {
            Field::HeadName => self.entry.household.head_name().to_owned(),
            Field::MemberName => person.name.clone(),
            Field::Relation => self.relation(),
            Field::BirthDate => person.birth.map(|b| b.to_string()).unwrap_or_default(),
            Field::Sex => person.sex.map(sex_words).unwrap_or_default().to_owned(),
            Field::Paper => person.paper.clone().unwrap_or_default(),
            Field::Province => names.province.clone(),
            Field::District => names.district.clone(),
            Field::DistrictCode => place.district.clone(),
            Field::Commune => names.commune.clone(),
            Field::CommuneCode => place.commune.clone(),
            Field::Village => names.village.clone(),
            Field::Ethnicity => person.ethnicity.map(|code| self.ethnicity(code)).unwrap_or_default(),
            Field::Address => format!("{}, {}, {}", names.village, names.commune, names.district),
            _ if self.number.is_none() => String::new(),
            of_household => self.household_text(of_household),
        }
    }

    fn ethnicity(&self, code: u16) -> String {
        if self.ethnic_codes {
            return code.to_string();
        }
        self.rules.ethnic.value.name(code).map_or_else(|| code.to_string(), str::to_owned)
    }

    fn relation(&self) -> String {
        let known = self.rules.relations.value.relations.iter().find(|r| r.id == self.member.relation);
        known.map_or_else(|| self.member.relation.clone(), |r| r.label.vi.clone())
    }

    fn household_text(&self, field: &Field) -> String {
        let assessment = &self.entry.assessment;
        let cross = |holds: bool| if holds { "x".to_owned() } else { String::new() };
        match field {
            Field::Class => self.class_code(),
            Field::DecisionNumber => assessment.decision.as_ref().map(|d| d.number.clone()).unwrap_or_default(),
            Field::DecisionDay => {
                assessment.decision.as_ref().and_then(|d| d.day).map(|d| d.to_string()).unwrap_or_default()
            }
            Field::CauseOther => assessment.cause_other.clone().unwrap_or_default(),
            Field::Cause(code) => cross(assessment.causes & (1 << code.saturating_sub(1)) != 0),
            Field::Group(id) => {
                let at = self.rules.groups.value.groups.iter().position(|g| g.id == *id);
                cross(at.is_some_and(|at| assessment.groups & (1 << at) != 0))
            }
            Field::Mark(id) => {
                let indicator = self.rules.indicators.value.indicators.iter().find(|i| i.id == *id);
                cross(indicator.is_some_and(|i| assessment.marks().is_deprived(i.number)))
            }
            _ => String::new(),
        }
    }

    /// The class written on the list: the entered one while it stands, else the one that counts.
    fn class_code(&self) -> String {
        let class = self.entry.assessment.class_entered.as_ref().or(self.entry.class.as_ref());
        let known = class.and_then(|id| self.rules.classes.value.get(id));
        known.and_then(|c| c.codes.first()).cloned().unwrap_or_default()
    }
}

fn sex_words(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "Nam",
        Sex::Female => "Nữ",
    }
}
