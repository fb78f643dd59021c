//! `--set` and its family.

use crate::{canonical, chain, expect_none, rows};
use gotemplate::Value;
use helm::values::{map_from_json, set};
use serde_json::Value as Json;

#[test]
fn arguments_change_values_as_in_helm() {
    let rows = rows(include_str!("set.jsonl"));
    let differences = rows.iter().filter_map(|row| {
        let (found, wanted) = (outcome(row), row["expected"].as_str()?);
        (found != wanted).then(|| format!("{row}\nfound {found}"))
    });
    expect_none(&differences.collect::<Vec<_>>());
}

fn outcome(row: &Json) -> String {
    let values = map_from_json(row["base"].as_object().expect("a row has a base"));
    for argument in row["args"].as_array().expect("a row has arguments") {
        let (mode, text) = (argument[0].as_str(), argument[1].as_str().expect("a text"));
        let parsed = match mode {
            Some("set") => set::parse(text, &values),
            Some("string") => set::parse_string(text, &values),
            Some("json") => set::parse_json(text, &values),
            Some("literal") => set::parse_literal(text, &values),
            _ => set::parse_file(text, &values, &content),
        };
        match parsed {
            Ok(()) => {}
            // Helm does not show why JSON fails.
            Err(_) if mode == Some("json") => return "error".to_owned(),
            Err(error) => return format!("error: {}", chain(&error)),
        }
    }
    canonical::line(&Value::Map(values))
}

/// Files with short names exist.
fn content(path: &str) -> Result<Vec<u8>, String> {
    match path.chars().count() > 3 {
        true => Err(format!("open {path}")),
        false => Ok(format!("<{path}>").into_bytes()),
    }
}
