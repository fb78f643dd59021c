//! Which properties and items no schema looked at yet, for `unevaluatedProperties` and the like.

use super::node::Node;
use serde_json::Value;
use std::collections::BTreeSet;

/// What is left of a value; empty where nobody asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Unevaluated {
    pub properties: BTreeSet<String>,
    pub items: BTreeSet<usize>,
}

impl Unevaluated {
    /// All of a value, if this schema or one around it asks.
    pub fn of(value: &Value, node: &Node, asked: bool) -> Self {
        let mut left = Self::default();
        match value {
            Value::Object(fields) if asked || node.unevaluated_properties.is_some() => {
                left.properties = fields.keys().cloned().collect();
            }
            Value::Array(items) if asked || node.unevaluated_items.is_some() => {
                left.items = (0..items.len()).collect();
            }
            _ => {}
        }
        left
    }

    /// Takes away what another schema looked at.
    pub fn keep(&mut self, other: &Self) {
        self.properties
            .retain(|name| other.properties.contains(name));
        self.items.retain(|index| other.items.contains(index));
    }

    pub fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.items.is_empty()
    }
}
