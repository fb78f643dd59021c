//! Encoders and decoders against rows of `rows.jsonl`: function, argument, and what Helm's own
//! libraries make of it.
//!
//! JSON has too few types for values, so there are spellings: `{"$int": "1"}`, `{"$int64": "1"}`,
//! `{"$float": "1e+06"}`, `{"$hex": "ff"}` for text that is not UTF-8, `{"$map": [[key, value]]}` where a
//! key needs one, `{"$tables": [..]}` for a `[]map[string]interface {}`, `{"$time": ".."}` as printed.

mod spelling;

use super::{json, toml, yaml};
use gotemplate::{Map, Text, Value};
use serde_json::Value as Plain;

#[test]
fn values_and_texts_become_what_they_become_in_helm() {
    let rows = include_str!("rows.jsonl").lines();
    let wrong: Vec<String> = rows.filter_map(difference).collect();
    let shown: Vec<&str> = wrong.iter().take(20).map(String::as_str).collect();
    assert!(
        wrong.is_empty(),
        "{} rows differ:\n{}",
        wrong.len(),
        shown.join("\n")
    );
}

fn difference(row: &str) -> Option<String> {
    let (function, argument, expected): (String, Plain, Plain) =
        serde_json::from_str(row).expect("a row has three parts");
    let argument = spelling::value(&argument);
    let made = spelling::spell(&run(&function, &argument));
    (made != expected).then(|| format!("{row}\n   made {made}"))
}

fn run(function: &str, argument: &Value) -> Value {
    match function {
        "toYaml" => text(yaml::to_yaml(argument)),
        "toYamlPretty" => Value::Text(yaml::to_yaml_pretty(argument).unwrap_or_else(|_| "".into())),
        "toToml" => Value::Text(toml::to_toml(argument).unwrap_or_else(|e| e.to_string().into())),
        "fromYaml" => Value::Map(yaml::from_yaml(bytes(argument))),
        "fromYamlArray" => Value::List(yaml::from_yaml_array(bytes(argument))),
        "toJson" => text(json::to_json(argument)),
        "fromJson" => Value::Map(json::from_json(bytes(argument))),
        "fromJsonArray" => Value::List(json::from_json_array(bytes(argument))),
        "fromToml" => Value::Map(toml::from_toml(bytes(argument))),
        function => panic!("no function {function}"),
    }
}

fn text<E>(made: Result<Text, E>) -> Value {
    Value::Text(made.unwrap_or_else(|_| "ERR".into()))
}

fn bytes(argument: &Value) -> &[u8] {
    match argument {
        Value::Text(text) => text.as_bytes(),
        other => panic!("{other:?} is no text"),
    }
}

/// Nesting without end is told, and does not take the stack with it.
#[test]
fn deep_values_are_refused_or_written() {
    let nested = |levels: usize| {
        (0..levels).fold(Value::Nil, |inner, level| match level % 2 {
            0 => Value::from(vec![inner]),
            _ => Value::Map([("k", inner)].into_iter().collect()),
        })
    };
    let work = move || {
        let (deep, deeper) = (nested(490), nested(100_000));
        assert!(yaml::to_yaml(&deep).is_ok() && yaml::to_yaml(&deeper).is_err());
        assert!(yaml::to_yaml_pretty(&deep).is_ok() && yaml::to_yaml_pretty(&deeper).is_err());
        assert!(json::to_json(&deep).is_ok() && json::to_json(&deeper).is_err());
        assert!(toml::to_toml(&deeper).is_err());
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20);
    thread.spawn(work).unwrap().join().unwrap();
}

#[test]
fn a_map_in_itself_has_no_text() {
    let map = Map::default();
    map.set("self".into(), Value::Map(map.clone()));
    let value = Value::Map(map.clone());
    assert!(yaml::to_yaml(&value).is_err() && yaml::to_yaml_pretty(&value).is_err());
    assert!(json::to_json(&value).is_err() && toml::to_toml(&value).is_err());
    map.remove(b"self");
}
