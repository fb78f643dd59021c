//! Reading fields of a resource that somebody else wrote.
//!
//! Comes in: a JSON value and its path. Goes out: what the fields say; a field of the wrong type
//! counts as absent and is noted with its path, what was found and what is expected. An absent
//! field, `null` and the zero value are told apart only where Go's own reading does.

use serde_json::{Map, Value};
use std::cell::RefCell;
use std::time::Duration;

/// What is wrong with a resource, in the order it was found.
#[derive(Debug, Default)]
pub(crate) struct Problems(RefCell<Vec<String>>);

impl Problems {
    /// Notes a problem, once.
    pub fn add(&self, text: String) {
        let mut problems = self.0.borrow_mut();
        if !problems.contains(&text) {
            problems.push(text);
        }
    }

    /// All that was noted.
    pub fn into_vec(self) -> Vec<String> {
        self.0.into_inner()
    }
}

/// A JSON object at a path; an absent one has no fields.
#[derive(Clone, Debug)]
pub(crate) struct Object<'a> {
    map: Option<&'a Map<String, Value>>,
    path: String,
    problems: &'a Problems,
}

impl<'a> Object<'a> {
    /// The whole resource.
    pub fn root(value: &'a Value, problems: &'a Problems) -> Self {
        Self::at(value, String::new(), problems)
    }

    /// A value that should be an object, at a path.
    pub fn at(value: &'a Value, path: String, problems: &'a Problems) -> Self {
        let map = match value {
            Value::Object(map) => Some(map),
            Value::Null => None,
            other => {
                let path = if path.is_empty() {
                    "the resource"
                } else {
                    &path
                };
                problems.add(unexpected(path, other, "an object"));
                None
            }
        };
        Self {
            map,
            path,
            problems,
        }
    }

    /// The path of one of its fields.
    pub fn path_of(&self, field: &str) -> String {
        match self.path.as_str() {
            "" => field.to_owned(),
            path => format!("{path}.{field}"),
        }
    }

    /// Notes what is wrong with one of its fields.
    pub fn wrong(&self, field: &str, why: &str) {
        self.problems.add(format!("{}: {why}", self.path_of(field)));
    }

    /// Was the object there at all?
    pub fn exists(&self) -> bool {
        self.map.is_some()
    }

    /// The object as it stands.
    pub fn whole_value(&self) -> Option<Value> {
        self.map.cloned().map(Value::Object)
    }

    /// The field as it stands, unless absent or `null`.
    pub fn value(&self, field: &str) -> Option<&'a Value> {
        self.map?.get(field).filter(|value| !value.is_null())
    }

    /// The names of its fields.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.map
            .into_iter()
            .flat_map(|map| map.keys().map(String::as_str))
    }

    /// An object field; absent reads like an empty one.
    pub fn object(&self, field: &str) -> Object<'a> {
        let value = self.value(field).unwrap_or(&Value::Null);
        Object::at(value, self.path_of(field), self.problems)
    }

    /// A text field; absent reads like an empty one.
    pub fn text(&self, field: &str) -> &'a str {
        self.typed(field, "a text", Value::as_str)
            .unwrap_or_default()
    }

    /// A true-or-false field.
    pub fn flag(&self, field: &str) -> Option<bool> {
        self.typed(field, "true or false", Value::as_bool)
    }

    /// A whole number.
    pub fn whole(&self, field: &str) -> Option<i64> {
        self.typed(field, "a whole number", Value::as_i64)
    }

    /// A duration as text, in Go's notation or in bare seconds; empty reads like absent.
    pub fn duration(&self, field: &str) -> Option<Duration> {
        let text = self.text(field);
        if text.is_empty() {
            return None;
        }
        let duration = crate::go_duration::parse_lenient(text);
        if duration.is_none() {
            let why = format!("found {text:?}, expected a duration such as \"30s\" or \"3m\"");
            self.wrong(field, &why);
        }
        duration
    }

    /// A list of texts.
    pub fn texts(&self, field: &str) -> Vec<&'a str> {
        self.items(field)
            .into_iter()
            .filter_map(|(path, item)| {
                let text = item.as_str();
                if text.is_none() {
                    self.problems.add(unexpected(&path, item, "a text"));
                }
                text
            })
            .collect()
    }

    /// A list of objects.
    pub fn objects(&self, field: &str) -> Vec<Object<'a>> {
        self.items(field)
            .into_iter()
            .map(|(path, item)| {
                if item.is_null() {
                    self.problems.add(unexpected(&path, item, "an object"));
                }
                Object::at(item, path, self.problems)
            })
            .filter(Object::exists)
            .collect()
    }

    fn items(&self, field: &str) -> Vec<(String, &'a Value)> {
        let list = self
            .typed(field, "a list", Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let path = self.path_of(field);
        list.iter()
            .enumerate()
            .map(|(at, item)| (format!("{path}[{at}]"), item))
            .collect()
    }

    fn typed<T>(
        &self,
        field: &str,
        expected: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(field)?;
        let typed = read(value);
        if typed.is_none() {
            self.problems
                .add(unexpected(&self.path_of(field), value, expected));
        }
        typed
    }
}

fn unexpected(path: &str, found: &Value, expected: &str) -> String {
    let found = match found {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => found.to_string(),
        Value::String(text) => format!("the text {:?}", shortened(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    format!("{path}: found {found}, expected {expected}")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn wrong_types_are_noted_with_path_found_and_expected() {
        let value = json!({"a": {"text": 5, "list": ["x", 7], "flag": "yes", "wait": "soon"}});
        let problems = Problems::default();
        let a = Object::root(&value, &problems).object("a");
        assert_eq!(
            (a.text("text"), a.texts("list"), a.flag("flag")),
            ("", vec!["x"], None)
        );
        assert_eq!(a.duration("wait"), None);
        assert_eq!(
            problems.into_vec(),
            [
                "a.text: found 5, expected a text",
                "a.list[1]: found 7, expected a text",
                "a.flag: found the text \"yes\", expected true or false",
                "a.wait: found \"soon\", expected a duration such as \"30s\" or \"3m\"",
            ]
        );
    }

    #[test]
    fn absent_and_null_read_alike_and_are_no_problem() {
        let value = json!({"a": null});
        let problems = Problems::default();
        let root = Object::root(&value, &problems);
        assert!(!root.object("a").exists() && !root.object("b").exists());
        assert_eq!(
            (root.text("a"), root.whole("b"), root.objects("a").len()),
            ("", None, 0)
        );
        assert!(problems.into_vec().is_empty());
    }
}
