//! Text typed in the fonts of the nineties: TCVN3 (`.VnTime`) and VNI (`VNI-Times`).
//! Only detects and converts; whether to convert is the person's choice, asked once a file.

/// A font encoding that old spreadsheets still carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegacyEncoding {
    Tcvn3,
    Vni,
}

impl LegacyEncoding {
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3",
            Self::Vni => "VNI",
        }
    }
}

const TCVN3_FROM: &str = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ¡¢£¤¥¦§";
const TCVN3_TO: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ";

/// VNI writes a base letter and then a letter that stands for the mark.
const VNI_PAIRS: &[(&str, &str)] = &[
    ("a", "aùáaøàaûảaõãaïạaââaáấaàầaåẩaãẫaäậaêăaéắaèằaúẳaüẵaëặ"),
    ("e", "eùéeøèeûẻeõẽeïẹeâêeáếeàềeåểeãễeäệ"),
    ("o", "oùóoøòoûỏoõõoïọoâôoáốoàồoåổoãỗoäộ"),
    ("ô", "ôùớôøờôûởôõỡôïợ"),
    ("u", "uùúuøùuûủuõũuïụ"),
    ("ö", "öùứöøừöûửöõữöïự"),
    ("y", "yùýyøỳyûỷyõỹ"),
];
const VNI_SINGLE: &[(char, char)] = &[
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];

/// Guesses the encoding from a sample of cells; `None` for proper Unicode.
///
/// Signs of Unicode are letters that neither old font can hold (ạ, ế, ươ …); signs of an old font are
/// characters that no Vietnamese word has.
pub fn detect(sample: &str) -> Option<LegacyEncoding> {
    let unicode_signs =
        sample.chars().filter(|c| matches!(*c, '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'ư' | 'ă' | 'đ' | 'Đ')).count();
    let tcvn3_signs = sample.chars().filter(|c| "µ¸¶·¹¨»¾¼½Æ©®ªÇËÎÏÑÖ×ØÜÞß«¬\u{ad}§¦¥¤£¢¡".contains(*c)).count();
    let vni_signs = vni_pair_count(sample) + sample.chars().filter(|c| matches!(c, 'ñ' | 'Ñ' | 'ö' | 'æ')).count();
    if unicode_signs > 0 || tcvn3_signs.max(vni_signs) < 2 {
        return None;
    }
    Some(if vni_signs > tcvn3_signs { LegacyEncoding::Vni } else { LegacyEncoding::Tcvn3 })
}

fn vni_pair_count(sample: &str) -> usize {
    let letters: Vec<char> = sample.to_lowercase().chars().collect();
    letters
        .windows(2)
        .filter(|pair| {
            matches!(pair, [base, mark] if "aeouyôö".contains(*base) && "ùøûõïâáàåãäêéèúüë".contains(*mark) && base != mark)
        })
        .count()
}

/// The same text in Unicode.
pub fn to_unicode(text: &str, encoding: LegacyEncoding) -> String {
    match encoding {
        LegacyEncoding::Tcvn3 => text.chars().map(tcvn3_letter).collect(),
        LegacyEncoding::Vni => from_vni(text),
    }
}

fn tcvn3_letter(letter: char) -> char {
    TCVN3_FROM.chars().zip(TCVN3_TO.chars()).find(|(from, _)| *from == letter).map_or(letter, |(_, to)| to)
}

fn from_vni(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut rest = letters.as_slice();
    while let [first, tail @ ..] = rest {
        if let [second, after @ ..] = tail
            && let Some(letter) = vni_pair(*first, *second)
        {
            out.push(letter);
            rest = after;
            continue;
        }
        out.push(VNI_SINGLE.iter().find(|(from, _)| from == first).map_or(*first, |(_, to)| *to));
        rest = tail;
    }
    out
}

/// The letter that a base and a mark stand for; keeps the case of the base.
fn vni_pair(base: char, mark: char) -> Option<char> {
    let lower_base = base.to_lowercase().next()?;
    let lower_mark = mark.to_lowercase().next()?;
    let (_, triples) = VNI_PAIRS.iter().find(|(b, _)| b.starts_with(lower_base))?;
    let triples: Vec<char> = triples.chars().collect();
    let letter = triples.chunks(3).find_map(|t| match t {
        [_, m, letter] if *m == lower_mark => Some(*letter),
        _ => None,
    })?;
    Some(if base.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_of_tcvn3_have_the_same_length() {
        assert_eq!(TCVN3_FROM.chars().count(), TCVN3_TO.chars().count());
    }

    #[test]
    fn old_fonts_are_recognised_and_converted() {
        let table = [
            ("NguyÔn ThÞ H\u{ad}êng", LegacyEncoding::Tcvn3, "Nguyễn Thị Hường"),
            ("TrÇn V¨n §øc", LegacyEncoding::Tcvn3, "Trần Văn Đức"),
            ("Nguyeãn Thò Höôøng", LegacyEncoding::Vni, "Nguyễn Thị Hường"),
            ("Traàn Vaên Ñöùc", LegacyEncoding::Vni, "Trần Văn Đức"),
        ];
        for (written, encoding, expected) in table {
            assert_eq!(detect(written), Some(encoding), "{written}");
            assert_eq!(to_unicode(written, encoding), expected, "{written}");
        }
    }

    #[test]
    fn unicode_text_is_left_alone() {
        for text in ["Nguyễn Thị Hường", "Trần Văn An", "Hà Thị Lý", "An", "Bố, mẹ", "à á ã"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }
}
