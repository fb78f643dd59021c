//! `<<` keys that are still in a tree when it becomes a value.
//!
//! Comes in: what a mapping has by itself, and the value of its `<<`. Goes out: the mapping with
//! everything added that it does not have. Source of the rules: yaml.v3 3.0, decode.go (merge).

use super::{Done, Key, Keys, at, field_key, is_flow, value};
use crate::node::{Content, Node};
use crate::read::Problem;
use serde_json::map::Entry;
use serde_json::{Map, Value};

type Fields = Map<String, Value>;

/// Adds what a mapping, or each of a list of mappings, has and the fields do not.
pub fn into(fields: &mut Fields, source: &Node, flow: bool) -> Done {
    let flow = flow || is_flow(source);
    match &source.content {
        Content::Mapping(entries) => mapping(fields, entries, flow),
        Content::Sequence(items) => items.iter().try_for_each(|item| match &item.content {
            Content::Mapping(entries) => mapping(fields, entries, flow || is_flow(item)),
            _ => Err(at(item)(Problem::MergeOfNoMap)),
        }),
        Content::Scalar(_) => Err(at(source)(Problem::MergeOfNoMap)),
    }
}

fn mapping(fields: &mut Fields, entries: &[(Node, Node)], flow: bool) -> Done {
    let mut next = None;
    for (key, node) in entries {
        match field_key(key, flow, Keys::Text)? {
            Key::Text(text) => {
                if let Entry::Vacant(field) = fields.entry(text) {
                    value(node, flow, field.insert(Value::Null))?;
                }
            }
            Key::Null(_) => {}
            Key::Merge => next = Some(node),
        }
    }
    match next {
        Some(source) => into(fields, source, flow),
        None => Ok(()),
    }
}
