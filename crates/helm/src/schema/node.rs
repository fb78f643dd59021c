//! A schema, read: every keyword in a place of its own.

use super::compile::Pattern;
use super::format::Format;
use super::number::Number;
use serde_json::Value;
use std::sync::Arc;

/// Where a schema lies among all of them.
pub(super) type Index = usize;

/// A schema.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// `true` or `false` in place of a schema.
    pub always: Option<bool>,
    pub types: Types,
    pub constant: Option<Value>,
    pub options: Option<Vec<Value>>,
    pub format: Option<Arc<Format>>,
    /// `$ref`, and what is only in newer drafts and means the same here.
    pub references: Vec<Index>,
    /// Older drafts look at nothing else beside a `$ref`.
    pub only_reference: bool,
    pub object: ObjectRules,
    pub array: ArrayRules,
    pub text: TextRules,
    pub number: NumberRules,
    pub not: Option<Index>,
    pub all_of: Vec<Index>,
    pub any_of: Vec<Index>,
    pub one_of: Vec<Index>,
    pub condition: Option<Index>,
    pub then: Option<Index>,
    pub otherwise: Option<Index>,
    pub unevaluated_properties: Option<Index>,
    pub unevaluated_items: Option<Index>,
}

#[derive(Debug, Default)]
pub(super) struct ObjectRules {
    pub least: Option<u64>,
    pub most: Option<u64>,
    pub required: Vec<String>,
    pub properties: Vec<(String, Index)>,
    pub patterns: Vec<(Arc<Pattern>, Index)>,
    pub additional: Option<Additional>,
    pub names: Option<Index>,
    pub dependencies: Vec<(String, Dependency)>,
    pub dependent_schemas: Vec<(String, Index)>,
    pub dependent_required: Vec<(String, Vec<String>)>,
}

#[derive(Debug, Default)]
pub(super) struct ArrayRules {
    pub least: Option<u64>,
    pub most: Option<u64>,
    pub unique: bool,
    /// Schemas of the first items, one each.
    pub first: Vec<Index>,
    /// What the items behind those must meet.
    pub rest: Option<Additional>,
    pub contains: Option<Index>,
    pub contains_least: Option<u64>,
    pub contains_most: Option<u64>,
    /// What `contains` matched counts as evaluated.
    pub contains_evaluates: bool,
}

#[derive(Debug, Default)]
pub(super) struct TextRules {
    pub shortest: Option<u64>,
    pub longest: Option<u64>,
    pub pattern: Option<Arc<Pattern>>,
}

#[derive(Debug, Default)]
pub(super) struct NumberRules {
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
    pub above: Option<Number>,
    pub below: Option<Number>,
    pub multiple_of: Option<Number>,
}

#[derive(Debug)]
pub(super) enum Additional {
    Allowed(bool),
    Schema(Index),
}

#[derive(Debug)]
pub(super) enum Dependency {
    Properties(Vec<String>),
    Schema(Index),
}

/// A set of JSON types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Types(u8);

const NAMES: [&str; 7] = [
    "null", "boolean", "number", "integer", "string", "array", "object",
];

impl Types {
    pub fn add(&mut self, name: &str) {
        if let Some(at) = NAMES.iter().position(|known| *known == name) {
            self.0 |= 1 << at;
        }
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn has(self, name: &str) -> bool {
        NAMES
            .iter()
            .enumerate()
            .any(|(at, known)| *known == name && self.0 & 1 << at != 0)
    }

    /// `null or integer`.
    pub fn text(self) -> String {
        let mut names = NAMES.to_vec();
        names.retain(|name| self.has(name));
        names.join(" or ")
    }
}

/// The type of a value; whole numbers are numbers too.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
