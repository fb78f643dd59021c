//! Where in an object a field stands.
//!
//! In: the steps a walk took. Out: the text people read, as in
//! `spec.template.spec.containers[name=web].image`.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// One step from a value to one below it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Step<'a> {
    /// A field of a map.
    Field(&'a str),
    /// An item of a list that is told apart by these fields.
    Keyed(Cow<'a, Map<String, Value>>),
    /// An element of a set.
    Element(&'a Value),
    /// A position in a list.
    Index(usize),
}

/// The text of a path.
pub(crate) fn text(steps: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Field(name) if is_plain(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Field(name) => text.push_str(&format!("[{name:?}]")),
            Step::Keyed(keys) => {
                let keys: Vec<String> = keys
                    .iter()
                    .map(|(name, value)| format!("{name}={}", bare(value)))
                    .collect();
                text.push_str(&format!("[{}]", keys.join(",")));
            }
            Step::Element(value) => text.push_str(&format!("[={}]", bare(value))),
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    !name.is_empty() && name.chars().all(plain)
}

fn bare(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_read_as_people_write_them() {
        let keys = json!({"containerPort": 80, "protocol": "TCP"});
        let steps = [
            Step::Field("spec"),
            Step::Field("ports"),
            Step::Keyed(Cow::Borrowed(keys.as_object().unwrap())),
            Step::Field("a.b/c"),
            Step::Index(2),
            Step::Field("x"),
        ];
        assert_eq!(
            text(&steps),
            r#"spec.ports[containerPort=80,protocol=TCP]["a.b/c"][2].x"#
        );
    }
}
