//! Template values as trees that yaml.v3 writes.
//!
//! In: a value. Out: its tree. Here no JSON lies between: bytes that are no UTF-8 are kept, as
//! `!!binary`, and an infinity has a spelling. Source: yaml.v3 3.0, encode.go.

use super::plain::{self, PlainError};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gotemplate::{List, Map, Text, Value};
use serde_json::{Map as Fields, Value as Plain};
use sprig::dates;
use std::collections::BTreeMap;
use yaml::{Content, Form, Node, Tag};

/// The tree of a value.
pub fn tree(value: &Value) -> Result<Node, PlainError> {
    tree_at(value, 0)
}

fn tree_at(value: &Value, depth: usize) -> Result<Node, PlainError> {
    match value {
        Value::Text(text) => Ok(of_text(text)),
        Value::Float(number) if !number.is_finite() => Ok(not_finite(*number)),
        Value::Bytes(bytes) => {
            let numbers = bytes.as_bytes().iter().map(|byte| Plain::from(*byte));
            Ok(Node::from_value(&Plain::Array(numbers.collect())))
        }
        Value::List(list) => plain::deeper(depth, |depth| of_list(list, depth)),
        Value::Map(map) => plain::deeper(depth, |depth| of_map(map, depth)),
        Value::Object(object) => match dates::time_of(value) {
            Some(_) => Ok(time(&object.to_json())),
            None => Ok(Node::from_value(&plain::plain(value)?)),
        },
        value => Ok(Node::from_value(&plain::plain(value)?)),
    }
}

fn scalar(text: impl Into<std::sync::Arc<str>>, tag: Tag) -> Node {
    Node::new(Content::Scalar(text.into()), tag)
}

fn time(printed: &Plain) -> Node {
    scalar(printed.as_str().unwrap_or_default(), Tag::Timestamp)
}

fn not_finite(number: f64) -> Node {
    let text = match number {
        f64::INFINITY => ".inf",
        f64::NEG_INFINITY => "-.inf",
        _ => ".nan",
    };
    scalar(text, Tag::Float)
}

fn of_text(text: &Text) -> Node {
    match std::str::from_utf8(text.as_bytes()) {
        Ok("<<") => scalar("<<", Tag::None),
        Ok(text) => Node::from_value(&Plain::from(text)),
        Err(_) => {
            let mut node = scalar(STANDARD.encode(text.as_bytes()), Tag::Binary);
            node.style.tagged = true;
            node
        }
    }
}

fn of_list(list: &List, depth: usize) -> Result<Node, PlainError> {
    let items = list.items().iter();
    let items: Result<Vec<Node>, _> = items.map(|item| tree_at(item, depth)).collect();
    Ok(collection(Content::Sequence(items?), Tag::Seq))
}

fn of_map(map: &Map, depth: usize) -> Result<Node, PlainError> {
    let mut entries = map.read(|entries| {
        let entries = entries.iter().map(|(key, value)| {
            let name = plain::as_utf8(key.as_bytes()).into_owned();
            Ok((name, (of_text(key), tree_at(value, depth)?)))
        });
        entries.collect::<Result<BTreeMap<_, _>, _>>()
    })?;
    // The keys alone come back in yaml.v3's order.
    let keys: Fields<_, _> = entries
        .keys()
        .map(|key| (key.clone(), Plain::Null))
        .collect();
    let mut node = Node::from_value(&Plain::Object(keys));
    for entry in node.entries_mut().into_iter().flatten() {
        if let Some(found) = entries.remove(entry.0.text()) {
            *entry = found;
        }
    }
    Ok(node)
}

fn collection(content: Content, tag: Tag) -> Node {
    let mut node = Node::new(content, tag);
    if node.items().is_empty() {
        node.style.form = Form::Flow;
    }
    node
}
