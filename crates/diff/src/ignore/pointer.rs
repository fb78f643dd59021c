//! JSON pointers, and taking away what they point at.
//!
//! In: `/spec/replicas`, `/metadata/annotations/example.org~1x`, `/spec/list/0`. A pointer to
//! nothing takes nothing away, as with an RFC 6902 `remove` that Argo CD lets fail.

use serde_json::Value;

/// A parsed pointer with at least one part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pointer(Vec<String>);

/// A text that is no JSON pointer to a field.
#[derive(Debug, thiserror::Error)]
#[error("a JSON pointer starts with / and names a field, as in /spec/replicas")]
pub struct NotAPointer;

impl Pointer {
    pub fn parse(text: &str) -> Result<Self, NotAPointer> {
        let rest = text.strip_prefix('/').ok_or(NotAPointer)?;
        let parts = rest
            .split('/')
            .map(|part| part.replace("~1", "/").replace("~0", "~"));
        Ok(Self(parts.collect()))
    }

    pub fn remove(&self, object: &mut Value) {
        let Some((last, parents)) = self.0.split_last() else {
            return;
        };
        let parent = parents
            .iter()
            .try_fold(object, |value, part| child(value, part));
        match parent {
            Some(Value::Object(fields)) => drop(fields.remove(last)),
            Some(Value::Array(items)) => {
                if let Some(at) = index(last, items.len()) {
                    items.remove(at);
                }
            }
            _ => {}
        }
    }
}

fn child<'a>(value: &'a mut Value, part: &str) -> Option<&'a mut Value> {
    match value {
        Value::Object(fields) => fields.get_mut(part),
        Value::Array(items) => index(part, items.len()).and_then(|at| items.get_mut(at)),
        _ => None,
    }
}

/// A position in a list; negative ones count from its end.
fn index(part: &str, length: usize) -> Option<usize> {
    let at: i64 = part.parse().ok()?;
    let at = if at < 0 {
        at.checked_add(length as i64)?
    } else {
        at
    };
    usize::try_from(at).ok().filter(|at| *at < length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pointers_take_away_what_is_there() {
        let object = json!({"a": {"b/c": 1, "d~e": 2}, "l": [1, 2, 3], "": 4});
        for (pointer, left) in [
            ("/a/b~1c", json!({"a": {"d~e": 2}, "l": [1, 2, 3], "": 4})),
            ("/a/d~0e", json!({"a": {"b/c": 1}, "l": [1, 2, 3], "": 4})),
            (
                "/l/1",
                json!({"a": {"b/c": 1, "d~e": 2}, "l": [1, 3], "": 4}),
            ),
            (
                "/l/-1",
                json!({"a": {"b/c": 1, "d~e": 2}, "l": [1, 2], "": 4}),
            ),
            ("/", json!({"a": {"b/c": 1, "d~e": 2}, "l": [1, 2, 3]})),
            ("/l/9", object.clone()),
            ("/x/y", object.clone()),
            ("/l/x", object.clone()),
            ("/a/b~1c/z", object.clone()),
        ] {
            let mut stripped = object.clone();
            Pointer::parse(pointer).unwrap().remove(&mut stripped);
            assert_eq!(stripped, left, "{pointer}");
        }
        assert!(Pointer::parse("spec").is_err() && Pointer::parse("").is_err());
    }
}
