//! Whole numbers that were written as floats: `72445e2`.
//!
//! As values they mean the same; as text Go prints them as floats, `7.2445e+06`. That a version is
//! a commit's short hash with one `e` among its digits is rare but happens.

use serde_json::{Number, Value};
use yaml::{Content, Limits, Node, Tag, read_node};

/// From here on a float is printed with an exponent, or with fewer digits than it has.
const SHOWS: f64 = 1e6;

/// Makes floats of the whole numbers that were written as such.
pub(super) fn restore(bytes: &[u8], value: &mut Value) {
    if !has_large_number(value) {
        return;
    }
    let text = String::from_utf8_lossy(bytes);
    if let Ok(Some(node)) = read_node(&text, &Limits::default()) {
        walk(&node, value);
    }
}

fn has_large_number(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            !number.is_f64() && number.as_f64().is_some_and(|it| it.abs() >= SHOWS)
        }
        Value::Array(items) => items.iter().any(has_large_number),
        Value::Object(fields) => fields.values().any(has_large_number),
        _ => false,
    }
}

fn walk(node: &Node, value: &mut Value) {
    match (&node.content, value) {
        (Content::Scalar(_), Value::Number(number)) if node.tag == Tag::Float => {
            if let Some(float) = number.as_f64().and_then(Number::from_f64) {
                *number = float;
            }
        }
        (Content::Sequence(nodes), Value::Array(items)) => {
            nodes
                .iter()
                .zip(items)
                .for_each(|(node, item)| walk(node, item));
        }
        (Content::Mapping(entries), Value::Object(fields)) => {
            for (key, node) in entries {
                if let Content::Scalar(key) = &key.content
                    && let Some(value) = fields.get_mut(&**key)
                {
                    walk(node, value);
                }
            }
        }
        _ => {}
    }
}
