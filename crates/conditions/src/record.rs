//! One record as CEL sees it: every whole number an Int, what is not known left out.

use std::collections::HashMap;

use crate::Schema;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Flag(bool),
    /// Within 32 bits, as in columns.
    Number(i32),
    Word(String),
    Words(Vec<String>),
}

/// The values of a record in the order of its schema; `None` is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    pub values: Vec<Option<Value>>,
}

impl Record {
    /// A record of which nothing is known.
    pub fn blank(schema: &Schema) -> Self {
        Self { values: vec![None; schema.fields.len()] }
    }

    /// Sets a field by its name; a name that the schema does not have changes nothing.
    #[must_use]
    pub fn with(mut self, schema: &Schema, field: &str, value: Value) -> Self {
        if let Some(slot) = schema.position(field).and_then(|at| self.values.get_mut(at)) {
            *slot = Some(value);
        }
        self
    }

    /// `person.age` becomes `age` in the map `person`.
    pub(crate) fn as_context(&self, schema: &Schema) -> cel::Context<'static, 'static> {
        let mut roots: HashMap<String, HashMap<String, cel::Value>> = HashMap::new();
        for (field, value) in schema.fields.iter().zip(&self.values) {
            let (root, name) = field.id.split_once('.').unwrap_or(("record", &field.id));
            let map = roots.entry(root.to_owned()).or_default();
            if let Some(value) = value {
                map.insert(name.to_owned(), as_cel(value));
            }
        }
        let mut context = cel::Context::default();
        for (root, map) in roots {
            context.add_variable_from_value(root, cel::Value::from(map));
        }
        context
    }
}

fn as_cel(value: &Value) -> cel::Value {
    match value {
        Value::Flag(flag) => cel::Value::Bool(*flag),
        Value::Number(number) => cel::Value::Int(i64::from(*number)),
        Value::Word(word) => cel::Value::from(word.clone()),
        Value::Words(words) => {
            cel::Value::List(words.iter().map(|word| cel::Value::from(word.clone())).collect::<Vec<_>>().into())
        }
    }
}
