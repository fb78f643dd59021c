//! Lists of objects, taken apart.
//!
//! In: a value. Out: the objects in it, one by one.

use serde_json::Value;

/// Lists within lists are unrolled so deep.
const DEEPEST: usize = 8;

/// Gives an object, or the items of a list, each with where in the list it stood. As in Argo CD any
/// object with `items` is a list.
pub(crate) fn unroll(value: Value, give: &mut dyn FnMut(Value, &str)) {
    unroll_from(value, String::new(), 0, give);
}

fn unroll_from(value: Value, prefix: String, depth: usize, give: &mut dyn FnMut(Value, &str)) {
    match value {
        Value::Object(fields) if fields.is_empty() => {}
        value if depth == DEEPEST || !is_list(&value) => give(value, &prefix),
        Value::Object(mut fields) => {
            let Some(Value::Array(items)) = fields.remove("items") else {
                return;
            };
            for (index, item) in items.into_iter().enumerate() {
                unroll_from(item, format!("{prefix}items[{index}]: "), depth + 1, give);
            }
        }
        _ => {}
    }
}

/// Is it a list, with items or with none?
fn is_list(value: &Value) -> bool {
    let named = value.get("kind").is_some_and(Value::is_string);
    named
        && match value.get("items") {
            Some(Value::Array(_)) => true,
            Some(Value::Null) => value.get("spec").is_none() && value.get("status").is_none(),
            _ => false,
        }
}
