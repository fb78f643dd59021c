//! Lets values go without recursion.
//!
//! Comes in: values nobody holds any longer. They exist because a template can nest a map in a map
//! a million times in a loop, and letting it go level by level would overflow the stack.

use super::Value;

/// Lets these values go, and whatever only they hold.
pub(super) fn all(values: impl Iterator<Item = Value>) {
    let mut open: Vec<Value> = values.filter(Value::is_container).collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Map(map) => {
                let entries = map.take().unwrap_or_default();
                open.extend(entries.into_values().filter(Value::is_container));
            }
            Value::List(list) => {
                let items = list.take().unwrap_or_default();
                open.extend(items.into_iter().filter(Value::is_container));
            }
            _ => {}
        }
    }
}
