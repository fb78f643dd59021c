//! Sets of fields as `fieldsV1` writes them: a tree of objects, whose keys are steps (`f:spec`,
//! `k:{"name":"web"}`, `v:"a"`, `i:0`) and `.` for the field itself.

use super::set::Node;
use super::{Element, FieldSet};
use serde_json::{Map, Value};

impl FieldSet {
    /// The written form.
    pub fn write(&self) -> Value {
        let entries = self.0.iter().map(|(element, node)| {
            let mut below = node.below.write();
            if let (true, Value::Object(map)) = (node.member && !node.below.is_empty(), &mut below)
            {
                map.insert(".".into(), Value::Object(Map::new()));
            }
            (element.write(), below)
        });
        Value::Object(entries.collect())
    }

    /// Reads the written form; None if it is not one.
    pub fn read(value: &Value) -> Option<Self> {
        let mut set = Self::default();
        for (key, below) in value.as_object()? {
            if key == "." {
                continue;
            }
            let member = below.as_object()?.is_empty() || below.get(".").is_some();
            let below = Self::read(below)?;
            set.0.insert(Element::read(key)?, Node { member, below });
        }
        Some(set)
    }
}

impl Element {
    fn write(&self) -> String {
        match self {
            Self::Field(name) => format!("f:{name}"),
            Self::Key(keys) => {
                let map: Map<String, Value> = keys.iter().cloned().collect();
                format!("k:{}", escaped(&Value::Object(map)))
            }
            Self::Item(value) => format!("v:{}", escaped(value)),
            Self::Index(at) => format!("i:{at}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "f" => Some(Self::Field(rest.to_owned())),
            "v" => serde_json::from_str(rest).ok().map(Self::Item),
            "i" => rest.parse().ok().map(Self::Index),
            "k" => {
                let map: Map<String, Value> = serde_json::from_str(rest).ok()?;
                let mut keys: Vec<(String, Value)> = map.into_iter().collect();
                keys.sort_by(|a, b| a.0.cmp(&b.0));
                Some(Self::Key(keys))
            }
            _ => None,
        }
    }
}

/// JSON as Go writes it: what HTML gives a meaning is escaped.
fn escaped(value: &Value) -> String {
    let text = value.to_string();
    match text.contains(['<', '>', '&']) {
        false => text,
        true => text
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026"),
    }
}
