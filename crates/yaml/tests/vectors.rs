//! What go-yaml v2 makes of tricky texts, recorded from the real library.
//!
//! Comes in: `vectors/go-yaml-v2.json`, one text each with its JSON, its YAML as written back and
//! its errors. Goes out: every vector that this crate answers differently, at once.

use serde_json::Value;
use yaml::{DuplicateKeys, Limits, read_first, write};

#[derive(Default)]
struct Vector {
    name: String,
    text: String,
    json: Option<String>,
    written: Option<String>,
    error: Option<String>,
    strict_error: Option<String>,
}

fn vectors() -> Vec<Vector> {
    let all: Vec<Value> = serde_json::from_str(include_str!("vectors/go-yaml-v2.json")).unwrap();
    all.iter().map(vector).collect()
}

fn vector(from: &Value) -> Vector {
    let text = |field: &str| from.get(field).and_then(Value::as_str).map(str::to_owned);
    Vector {
        name: text("name").unwrap(),
        text: text("src").unwrap(),
        json: text("json"),
        written: text("emit"),
        error: text("err"),
        strict_error: text("stricterr"),
    }
}

fn exceptions() -> Vec<&'static str> {
    let list = include_str!("vectors/exceptions.txt").lines();
    list.filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .collect()
}

/// JSON text as Kubernetes reads it: a negative zero is the integer 0.
fn value_of(json: &str) -> Value {
    match serde_json::from_str(json).unwrap() {
        Value::Number(number) if number.as_f64() == Some(0.0) => 0.into(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| (key, value_of(&value.to_string())))
            .collect(),
        other => other,
    }
}

fn complaint(vector: &Vector) -> Option<String> {
    let read = read_first(vector.text.as_bytes(), &Limits::default());
    if let Some(expected) = &vector.error {
        return error_complaint(read, expected);
    }
    let value = match read {
        Ok(value) => value,
        Err(error) => return Some(format!("does not read: {error}")),
    };
    let expected = value_of(
        vector
            .json
            .as_deref()
            .expect("a vector without error has JSON"),
    );
    if value != expected {
        return Some(format!("reads as {value}, not {expected}"));
    }
    let (written, expected) = (write(&value), vector.written.as_deref().expect("and YAML"));
    (written != expected).then(|| format!("writes {written:?}, not {expected:?}"))
}

fn strict_complaint(vector: &Vector) -> Option<String> {
    let limits = Limits {
        duplicate_keys: DuplicateKeys::Refuse,
        ..Limits::default()
    };
    match (
        read_first(vector.text.as_bytes(), &limits),
        &vector.strict_error,
        &vector.error,
    ) {
        (Ok(_), None, None) | (Err(_), Some(_), _) | (Err(_), None, Some(_)) => None,
        (Ok(value), ..) => Some(format!("strictly reads as {value}, not as an error")),
        (Err(error), ..) => Some(format!("strictly does not read: {error}")),
    }
}

/// The part of an error that is about the text, not about Go.
fn error_complaint(read: Result<Value, yaml::ReadError>, expected: &str) -> Option<String> {
    let Err(error) = read else {
        return Some(format!("reads, but should fail with {expected:?}"));
    };
    let said = error.problem.to_string();
    let about = expected
        .rsplit(": ")
        .find(|part| !part.is_empty())
        .unwrap_or_default();
    let same = said.contains(about) || expected.contains("map key");
    (!same).then(|| format!("fails with {said:?}, not with {expected:?}"))
}

#[test]
fn every_vector_is_answered_as_go_yaml_answers_it() {
    let (vectors, exceptions) = (vectors(), exceptions());
    assert_eq!(vectors.len(), 135);
    let mut complaints = Vec::new();
    for vector in &vectors {
        let complaint = complaint(vector).or_else(|| strict_complaint(vector));
        match (complaint, exceptions.contains(&vector.name.as_str())) {
            (Some(complaint), false) => complaints.push(format!("{}: {complaint}", vector.name)),
            (None, true) => complaints.push(format!("{}: passes, drop its exception", vector.name)),
            _ => {}
        }
    }
    assert!(
        complaints.is_empty(),
        "{} wrong:\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}
