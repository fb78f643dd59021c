//! Values as they are put together.
//!
//! Comes in: one complete node after another. Goes out: the sequence or mapping they make. A node
//! still knows what it was written as, because keys and merges ask: `08` is the number 8, but a
//! different key than a float; `<<` takes a list of mappings, but not an alias to such a list.

use super::error::Problem;
use crate::limits::DuplicateKeys;
use crate::resolve::Meaning;
use serde_json::{Map, Value};

/// A complete value, and what it was written as.
#[derive(Clone)]
pub enum Node<'t> {
    Scalar(Meaning<'t>),
    Sequence(Vec<Value>),
    Mapping(Map<String, Value>),
    /// A copy of what the alias names.
    Alias(Box<Node<'t>>),
}

/// A sequence or mapping in the making.
pub enum Collection {
    Sequence(Vec<Value>),
    Mapping {
        fields: Map<String, Value>,
        slot: Slot,
        /// The last value of a null, which no key may be.
        of_null: Option<Value>,
    },
}

/// What the next node of a mapping is.
pub enum Slot {
    Key,
    ValueOf(String),
    ValueOfNull,
    /// What follows `<<`.
    Merge,
}

impl Node<'_> {
    /// The value by itself.
    pub fn into_value(self) -> Result<Value, Problem> {
        match self {
            Self::Scalar(meaning) => meaning.into_value(),
            Self::Sequence(items) => Ok(Value::Array(items)),
            Self::Mapping(fields) => Ok(Value::Object(fields)),
            Self::Alias(node) => node.into_value(),
        }
    }

    fn into_key(self) -> Result<String, Problem> {
        match self {
            Self::Scalar(meaning) => meaning.into_key(),
            Self::Sequence(items) => Err(collection_key("a sequence", &Value::Array(items))),
            Self::Mapping(fields) => Err(collection_key("a mapping", &Value::Object(fields))),
            Self::Alias(node) => node.into_key(),
        }
    }
}

impl Collection {
    /// A mapping with nothing in it.
    pub fn mapping() -> Self {
        Self::Mapping {
            fields: Map::new(),
            slot: Slot::Key,
            of_null: None,
        }
    }

    /// The collection, complete.
    pub fn into_node<'t>(self) -> Result<Node<'t>, Problem> {
        match self {
            Self::Sequence(items) => Ok(Node::Sequence(items)),
            Self::Mapping {
                of_null: Some(value),
                ..
            } => Err(null_key(&value)),
            Self::Mapping { fields, .. } => Ok(Node::Mapping(fields)),
        }
    }

    /// Takes the next node in.
    pub fn place(&mut self, node: Node<'_>, duplicates: DuplicateKeys) -> Result<(), Problem> {
        let (fields, slot, of_null) = match self {
            Self::Sequence(items) => {
                items.push(node.into_value()?);
                return Ok(());
            }
            Self::Mapping {
                fields,
                slot,
                of_null,
            } => (fields, slot, of_null),
        };
        match std::mem::replace(slot, Slot::Key) {
            Slot::Key => {
                *slot = match node.into_key() {
                    Err(Problem::MapKey("null")) => Slot::ValueOfNull,
                    key => Slot::ValueOf(key?),
                };
                Ok(())
            }
            Slot::ValueOfNull => {
                *of_null = Some(node.into_value()?);
                Ok(())
            }
            Slot::ValueOf(key) => set(fields, key, node.into_value()?, duplicates),
            Slot::Merge => merge(fields, node, duplicates),
        }
    }
}

/// go-yaml reads such a key, and what turns YAML into JSON then names its value, too.
fn null_key(value: &Value) -> Problem {
    let mut shown = String::new();
    match value {
        Value::Null => shown.push_str("<nil>"),
        value => show(value, &mut shown),
    }
    Problem::NullKey { value: shown }
}

fn collection_key(found: &'static str, key: &Value) -> Problem {
    let mut shown = String::new();
    show(key, &mut shown);
    Problem::CollectionKey { found, shown }
}

/// Appends a value as Go's `%#v` prints what go-yaml makes of it.
fn show(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("interface {}(nil)"),
        Value::Array(items) => {
            out.push_str("[]interface {}{");
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                show(item, out);
            }
            out.push('}');
        }
        Value::Object(fields) => {
            out.push_str("map[interface {}]interface {}{");
            for (at, (key, value)) in fields.iter().enumerate() {
                let comma = if at > 0 { ", " } else { "" };
                out.push_str(&format!("{comma}{key:?}:"));
                show(value, out);
            }
            out.push('}');
        }
        Value::String(text) => out.push_str(&format!("{text:?}")),
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn set(
    fields: &mut Map<String, Value>,
    key: String,
    value: Value,
    duplicates: DuplicateKeys,
) -> Result<(), Problem> {
    if duplicates == DuplicateKeys::Refuse && fields.contains_key(&key) {
        return Err(Problem::DuplicateKey(key));
    }
    fields.insert(key, value);
    Ok(())
}

/// Merges where the `<<` stands, so that it overrides what is above it and not what is below.
fn merge(
    fields: &mut Map<String, Value>,
    node: Node<'_>,
    duplicates: DuplicateKeys,
) -> Result<(), Problem> {
    let mut set_all = |map: Map<String, Value>| {
        map.into_iter()
            .try_for_each(|(key, value)| set(fields, key, value, duplicates))
    };
    match node {
        Node::Mapping(map) => set_all(map),
        Node::Alias(node) => match *node {
            Node::Mapping(map) => set_all(map),
            _ => Err(Problem::MergeOfNoMap),
        },
        // The first of the list takes precedence, so it comes last.
        Node::Sequence(maps) => maps.into_iter().rev().try_for_each(|map| match map {
            Value::Object(map) => set_all(map),
            _ => Err(Problem::MergeOfNoMap),
        }),
        Node::Scalar(_) => Err(Problem::MergeOfNoMap),
    }
}
