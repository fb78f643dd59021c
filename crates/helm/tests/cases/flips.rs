//! Changes of single values of a chart.
//!
//! Comes in: the folder of a chart. Goes out: arguments for `--set-json` without end, each of which
//! gives one value that the chart has by default something else: the opposite, another type,
//! nothing.

use serde_json::{Value, json};
use std::path::Path;

/// A source of choices, the same for the same seed.
pub struct Flips(u64);

impl Flips {
    /// Choices for a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

/// Changes of the values of a chart; none if it has no values.
pub fn flips(chart: &Path, mut flips: Flips) -> impl Iterator<Item = String> + use<> {
    let bytes = std::fs::read(chart.join("values.yaml")).unwrap_or_default();
    let values = yaml::read_first(&bytes, &yaml::Limits::default()).unwrap_or_default();
    let mut found = Vec::new();
    collect(&values, "", &mut found);
    std::iter::from_fn(move || {
        let (path, value) = found.get(flips.below(found.len().max(1)))?;
        let others = others(value);
        let other = &others[flips.below(others.len())];
        Some(format!("{path}={other}"))
    })
}

/// All values below, by their paths.
fn collect(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    if let Value::Object(fields) = value {
        for (key, below) in fields {
            let key = key
                .replace('\\', "\\\\")
                .replace('.', "\\.")
                .replace(',', "\\,");
            let key = key.replace('=', "\\=").replace('[', "\\[");
            let path = match path {
                "" => key,
                path => format!("{path}.{key}"),
            };
            found.push((path.clone(), below.clone()));
            collect(below, &path, found);
        }
    }
}

fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(flag) => vec![
            json!(!flag),
            json!(!flag),
            json!(null),
            json!("true"),
            json!({}),
        ],
        Value::String(_) => vec![
            json!("changed"),
            json!("changed"),
            json!(""),
            json!("{{ .Release.Name }}-x"),
            json!(7),
            json!(null),
            json!(["a"]),
            json!("a: b # c\nd"),
        ],
        Value::Number(_) => vec![
            json!(0),
            json!(7),
            json!(1.5),
            json!("12"),
            json!(-1),
            json!(null),
            json!(1000000),
        ],
        Value::Array(items) if items.is_empty() => vec![
            json!(["a"]),
            json!([{"name": "a", "value": "b"}]),
            json!([{"name": "a", "hosts": ["h"], "host": "h", "paths": ["/"]}]),
            json!({"a": "b"}),
            json!("text"),
            json!([1, true, null]),
        ],
        Value::Array(items) => vec![
            json!([]),
            json!([items[0]]),
            json!(null),
            json!({"a": items[0]}),
        ],
        Value::Object(fields) if fields.is_empty() => vec![
            json!({"a": "b"}),
            json!({"a.b/c": "1", "d": 2}),
            json!({"a": {"b": ["c"]}}),
            json!({"limits": {"cpu": 1, "memory": "1Gi"}}),
            json!(["a"]),
            json!("text"),
            json!(true),
        ],
        Value::Object(_) => vec![
            json!({}),
            json!(null),
            json!({"enabled": true}),
            json!("text"),
        ],
        Value::Null => vec![
            json!("text"),
            json!(true),
            json!({"a": "b"}),
            json!(["a"]),
            json!(8080),
        ],
    }
}
