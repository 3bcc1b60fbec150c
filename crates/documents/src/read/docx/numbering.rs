//! The numbers Word prints before paragraphs: word/numbering.xml says how each level counts, word/styles.xml which styles
//! bear numbers. Signs of symbol fonts become `-`, `+` and `•` by their level.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::attribute;

/// How a level counts.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// `%1.%2.`
    text: String,
    start: u32,
}

#[derive(Debug, Default)]
struct Style {
    list: Option<String>,
    level: Option<usize>,
    based_on: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Levels by the definition they stand in.
    levels: HashMap<String, Vec<Level>>,
    /// The definition of each list, and the levels that list begins anew.
    numbered: HashMap<String, (String, HashMap<usize, u32>)>,
    styles: HashMap<String, Style>,
    /// How far each definition has counted, level by level.
    counts: HashMap<String, Vec<u32>>,
    begun: Vec<String>,
}

/// Word knows nine levels.
const DEEPEST: usize = 9;

impl Lists {
    pub(super) fn read(numbering: &str, styles: &str) -> Result<Self, quick_xml::Error> {
        let mut lists = Self::default();
        lists.read_numbering(numbering)?;
        lists.read_styles(styles)?;
        Ok(lists)
    }

    fn read_numbering(&mut self, xml: &str) -> Result<(), quick_xml::Error> {
        let (mut definition, mut list, mut level) = (String::new(), String::new(), 0_usize);
        each_element(xml, |name, element| {
            let value = || attribute(element, "val").unwrap_or_default();
            let number = |key: &str| attribute(element, key).and_then(|text| text.parse::<usize>().ok());
            match name {
                "abstractNum" => {
                    definition = attribute(element, "abstractNumId").unwrap_or_default();
                    self.levels.insert(definition.clone(), vec![Level::default(); DEEPEST]);
                    list.clear();
                }
                "lvl" | "lvlOverride" => level = number("ilvl").unwrap_or_default(),
                "num" => list = attribute(element, "numId").unwrap_or_default(),
                "abstractNumId" if !list.is_empty() => {
                    self.numbered.insert(list.clone(), (value(), HashMap::new()));
                }
                "startOverride" => {
                    if let Some((_, starts)) = self.numbered.get_mut(&list) {
                        starts.insert(level, value().parse().unwrap_or(1));
                    }
                }
                "numFmt" | "lvlText" | "start" if list.is_empty() => {
                    let Some(known) = self.levels.get_mut(&definition).and_then(|levels| levels.get_mut(level)) else {
                        return;
                    };
                    match name {
                        "numFmt" => known.format = value(),
                        "lvlText" => known.text = value(),
                        _ => known.start = value().parse().unwrap_or(1),
                    }
                }
                _ => {}
            }
        })
    }

    fn read_styles(&mut self, xml: &str) -> Result<(), quick_xml::Error> {
        let mut id = String::new();
        each_element(xml, |name, element| {
            if name == "style" {
                id = attribute(element, "styleId").unwrap_or_default();
                self.styles.insert(id.clone(), Style::default());
                return;
            }
            let Some(style) = self.styles.get_mut(&id) else { return };
            match name {
                "numId" => style.list = attribute(element, "val"),
                "ilvl" => style.level = attribute(element, "val").and_then(|text| text.parse().ok()),
                "basedOn" => style.based_on = attribute(element, "val"),
                _ => {}
            }
        })
    }

    /// What is printed before a paragraph; empty for one without a number. Counts on.
    pub(super) fn label(&mut self, style: Option<&str>, (list, level): (Option<String>, Option<usize>)) -> String {
        let (of_style, style_level) = style.map(|style| self.of_style(style)).unwrap_or_default();
        let Some(list) = list.or(of_style).filter(|list| list != "0") else { return String::new() };
        let level = level.or(style_level).unwrap_or_default().min(DEEPEST - 1);
        let Some((definition, starts)) = self.numbered.get(&list).cloned() else { return String::new() };
        let Some(levels) = self.levels.get(&definition).cloned() else { return String::new() };
        let counts = self.counts.entry(definition).or_insert_with(|| vec![0; DEEPEST]);
        if !self.begun.contains(&list) {
            self.begun.push(list);
            // A list that says where it begins does not go on from another of the same definition.
            for (at, start) in &starts {
                if let Some(count) = counts.get_mut(*at) {
                    *count = start.saturating_sub(1);
                }
            }
        }
        for (at, count) in counts.iter_mut().enumerate() {
            let start = levels.get(at).map_or(1, |level| level.start);
            match at.cmp(&level) {
                // A level that was passed over counts as begun.
                std::cmp::Ordering::Less if *count == 0 => *count = start,
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => *count = if *count == 0 { start } else { *count + 1 },
                std::cmp::Ordering::Greater => *count = 0,
            }
        }
        let counts = counts.clone();
        levels.get(level).map(|known| written(known, level, &levels, &counts)).unwrap_or_default()
    }

    fn of_style(&self, style: &str) -> (Option<String>, Option<usize>) {
        let mut at = self.styles.get(style);
        // Styles stand on one another a few deep; a circle must not hold the reader.
        for _ in 0..DEEPEST {
            let Some(known) = at else { break };
            if known.list.is_some() {
                return (known.list.clone(), known.level);
            }
            at = known.based_on.as_ref().and_then(|below| self.styles.get(below));
        }
        (None, None)
    }
}

fn written(known: &Level, level: usize, levels: &[Level], counts: &[u32]) -> String {
    if known.format == "none" {
        return String::new();
    }
    if known.format == "bullet" {
        let sign = match known.text.trim() {
            "-" | "–" | "—" => "-",
            "+" => "+",
            _ => ["-", "+"].get(level).copied().unwrap_or("•"),
        };
        return sign.to_owned();
    }
    let mut out = known.text.clone();
    for (at, count) in counts.iter().enumerate() {
        let format = levels.get(at).map(|level| level.format.as_str()).unwrap_or_default();
        out = out.replace(&format!("%{}", at + 1), &counted(*count, format));
    }
    out
}

fn counted(number: u32, format: &str) -> String {
    match format {
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letter(number).to_uppercase(),
        "lowerLetter" => letter(number),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

fn letter(number: u32) -> String {
    let place = number.saturating_sub(1);
    let sign = u8::try_from(place % 26).map_or('a', |n| char::from(b'a' + n));
    String::from(sign).repeat(usize::try_from(place / 26 + 1).unwrap_or(1).min(9))
}

fn roman(number: u32) -> String {
    const SIGNS: [(&str, u32); 9] =
        [("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];
    let (mut left, mut out) = (number.min(999), String::new());
    for (sign, value) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

fn each_element(xml: &str, mut hear: impl FnMut(&str, &BytesStart<'_>)) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(()),
            Event::Start(element) | Event::Empty(element) => {
                let name = element.local_name().as_ref().to_owned();
                hear(&name, &element);
            }
            _ => {}
        }
    }
}
