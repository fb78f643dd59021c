//! Nodes: what a machine is, and what it has.

use super::texts;
use crate::tree::amount;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a tree tells of a machine.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::tree) struct HostFacts {
    /// Capacity by resource, in billionths.
    pub capacity: BTreeMap<String, i128>,
    /// `status.nodeInfo`.
    pub system: Value,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
}

impl HostFacts {
    pub fn of(object: &Value) -> Self {
        let capacity = object
            .pointer("/status/capacity")
            .and_then(Value::as_object);
        let amount =
            |(name, value): (&String, &Value)| Some((name.clone(), amount::billionths(value)?));
        Self {
            capacity: capacity.into_iter().flatten().filter_map(amount).collect(),
            system: object
                .pointer("/status/nodeInfo")
                .cloned()
                .unwrap_or_else(|| Value::Object(Default::default())),
            labels: texts(object, "/metadata/labels").unwrap_or_default(),
        }
    }
}
