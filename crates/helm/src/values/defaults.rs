//! The values a chart defaults to: kept ready, shared between threads and renders.
//!
//! Keys and texts are those templates will see, so that a render copies none of them, and what the
//! user overrides is not even made.

use gotemplate::{ElementType, List, Map, Text, Value};
use serde_json::{Map as JsonMap, Value as Json};

/// A map of values that never changes, in the order of its keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defaults(Vec<(Text, Kept)>);

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kept {
    Nil,
    Bool(bool),
    Float(f64),
    Text(Text),
    List(Vec<Kept>),
    Map(Defaults),
}

/// Whether nulls come along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WithNulls {
    Yes,
    No,
}

impl Defaults {
    /// Reads them from JSON, whose numbers all mean floats.
    pub fn from_json(fields: &JsonMap<String, Json>) -> Self {
        let pairs = fields.iter();
        let mut pairs: Vec<_> = pairs
            .map(|(key, value)| (Text::from(key.as_str()), Kept::from_json(value)))
            .collect();
        pairs.sort_by(|left, right| left.0.cmp(&right.0));
        Self(pairs)
    }

    /// Keeps what a map holds now.
    pub(crate) fn keep(map: &Map) -> Self {
        let pairs = |entries: &std::collections::BTreeMap<Text, Value>| {
            let pairs = entries.iter();
            pairs
                .map(|(key, value)| (key.clone(), Kept::keep(value)))
                .collect()
        };
        Self(map.read(pairs))
    }

    /// Keys and values, in the order of the keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Text, &Kept)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// As JSON.
    pub fn to_json(&self) -> JsonMap<String, Json> {
        super::fields(&self.to_map())
    }

    /// A map that may change.
    pub fn to_map(&self) -> Map {
        self.map(WithNulls::Yes)
    }

    fn map(&self, nulls: WithNulls) -> Map {
        let wanted = |value: &Kept| nulls == WithNulls::Yes || *value != Kept::Nil;
        let pairs = self.iter().filter(|(_, value)| wanted(value));
        Map::new(
            pairs
                .map(|(key, value)| (key.clone(), value.value(nulls)))
                .collect(),
        )
    }
}

impl Kept {
    fn from_json(json: &Json) -> Self {
        match json {
            Json::Null => Self::Nil,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(number) => Self::Float(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Self::Text(Text::from(text.as_str())),
            Json::Array(items) => Self::List(items.iter().map(Self::from_json).collect()),
            Json::Object(fields) => Self::Map(Defaults::from_json(fields)),
        }
    }

    /// Defaults hold nothing but what JSON can say.
    fn keep(value: &Value) -> Self {
        match value {
            Value::Bool(value) => Self::Bool(*value),
            Value::Float(number) => Self::Float(*number),
            Value::Text(text) => Self::Text(text.clone()),
            Value::List(list) => Self::List(list.items().iter().map(Self::keep).collect()),
            Value::Map(map) => Self::Map(Defaults::keep(map)),
            _ => Self::Nil,
        }
    }

    /// The value, with maps of its own. Nulls in lists stay in any case.
    pub(crate) fn value(&self, nulls: WithNulls) -> Value {
        match self {
            Self::Nil => Value::Nil,
            Self::Bool(value) => Value::Bool(*value),
            Self::Float(number) => Value::Float(*number),
            Self::Text(text) => Value::Text(text.clone()),
            Self::List(items) => {
                let items = items
                    .iter()
                    .map(|item| item.value(WithNulls::Yes))
                    .collect();
                Value::List(List::of(ElementType::Any, items))
            }
            Self::Map(fields) => Value::Map(fields.map(nulls)),
        }
    }
}
