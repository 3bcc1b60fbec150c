//! The fields that a condition may name, with their kinds and their words in both languages.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// One of the field's choices.
    Word,
    /// Any of the field's choices; at most [`Schema::MOST_CHOICES`].
    Words,
}

/// One thing that may be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub vi: String,
    pub en: String,
}

/// One field of a record, named as in CEL: `person.age`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub id: String,
    pub kind: Kind,
    pub vi: String,
    pub en: String,
    /// Empty for flags and numbers.
    pub choices: Vec<Choice>,
}

impl Field {
    /// The place of a choice, which is its code in a column.
    pub fn code(&self, choice: &str) -> Option<u8> {
        let at = self.choices.iter().position(|c| c.id == choice)?;
        u8::try_from(at).ok()
    }
}

/// The fields of one kind of record, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    pub fields: Vec<Field>,
}

impl Schema {
    /// A column keeps the answers of a [`Kind::Words`] field as the bits of one number, and one bit for "not known".
    pub const MOST_CHOICES: usize = 63;

    pub fn position(&self, id: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.id == id)
    }

    pub fn field(&self, at: usize) -> Option<&Field> {
        self.fields.get(at)
    }
}
