//! The public cases of Argo CD's own tests, if they are at hand.
//!
//! Comes in: `argocd/actions` below `CARETAKER_CASES` (default: beside this repository). Goes out:
//! every case with another outcome than upstream's, and how many there were. Cases that differ on
//! purpose stand in `upstream-exceptions.txt`; one that agrees again must leave it.

use actions::{Action, Operation, Outcome};
use model::Timestamp;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases");
    let cases = std::env::var_os("CARETAKER_CASES").map_or_else(|| default.into(), PathBuf::from);
    cases.join("argocd/actions")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn exceptions() -> Vec<&'static str> {
    let lines = include_str!("upstream-exceptions.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .collect()
}

fn complaint(file: &Path) -> Option<String> {
    let text = std::fs::read(file).unwrap();
    let case = yaml::read_first(&text, &yaml::Limits::default()).unwrap();
    let wrong = match case["test"].as_str() {
        Some("discovery") => discovered(&case),
        Some("action") => acted(&case),
        other => Err(format!("a test of kind {other:?}")),
    };
    wrong.err()
}

/// Both ways: whatever is offered must be listed, and whatever is listed must be offered.
fn discovered(case: &Value) -> Result<(), String> {
    let expected = case["expect"]["actions"].clone();
    let mut expected: Vec<Action> = serde_json::from_value(expected).unwrap();
    expected.sort_by(|one, other| one.name.cmp(&other.name));
    let found = actions::discover(&case["input"]).map_err(|error| error.to_string())?;
    match found == expected {
        true => Ok(()),
        false => Err(format!("expected {expected:#?}, found {found:#?}")),
    }
}

fn acted(case: &Value) -> Result<(), String> {
    let parameters = case["parameters"].as_object().into_iter().flatten();
    let parameters: Vec<(&str, &str)> = parameters
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    let action = case["action"].as_str().unwrap();
    let now = Timestamp(1_795_296_168_000);
    let found = actions::run(&case["input"], action, &parameters, now);
    match (case["expect"]["error"].as_str(), found) {
        (Some(expected), Err(error)) if error.to_string() == expected => Ok(()),
        (None, Ok(outcomes)) => resulted(&case["expect"], &outcomes),
        (expected, found) => Err(format!("expected error {expected:?}, found {found:?}")),
    }
}

fn resulted(expect: &Value, outcomes: &[Outcome]) -> Result<(), String> {
    let volatile = expect["volatile"].as_array().into_iter().flatten();
    let volatile: Vec<&str> = volatile.filter_map(Value::as_str).collect();
    let resources = expect["resources"].as_array().unwrap();
    if resources.len() != outcomes.len() {
        return Err(format!("{} outcomes", outcomes.len()));
    }
    for (resource, outcome) in resources.iter().zip(outcomes) {
        let operation = serde_json::to_value(outcome.operation).unwrap();
        if resource["operation"] != operation {
            return Err(format!("the operation is {operation}"));
        }
        let mut volatile = volatile.clone();
        if outcome.operation == Operation::Create {
            volatile.push("/metadata/name");
        }
        held(&resource["object"], &outcome.resource, "", &volatile)?;
    }
    Ok(())
}

/// Every field that is expected must be there with the same value.
fn held(expected: &Value, found: &Value, place: &str, volatile: &[&str]) -> Result<(), String> {
    if volatile.iter().any(|pointer| is_at(pointer, place)) {
        return Ok(());
    }
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (name, value) in expected {
                let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
                let found = found.get(name).unwrap_or(&Value::Null);
                held(value, found, &place, volatile)?;
            }
            Ok(())
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (at, (expected, found)) in expected.iter().zip(found).enumerate() {
                held(expected, found, &format!("{place}/{at}"), volatile)?;
            }
            Ok(())
        }
        (expected, found) if expected == found => Ok(()),
        _ => Err(format!("{place}: expected {expected}, found {found}")),
    }
}

/// Whether a pointer with `*` for any part names the place.
fn is_at(pointer: &str, place: &str) -> bool {
    let (pointer, place) = (pointer.split('/'), place.split('/'));
    pointer.clone().count() == place.clone().count()
        && pointer
            .zip(place)
            .all(|(part, name)| part == "*" || part == name)
}

#[test]
fn actions_are_offered_and_run_as_upstream_does() {
    let (folder, exceptions) = (folder(), exceptions());
    if !folder.is_dir() {
        eprintln!("LEFT OUT: argocd/actions is not at {}", folder.display());
        return;
    }
    let files = files_below(&folder);
    let mut complaints = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&folder).unwrap().to_str().unwrap();
        match (complaint(file), exceptions.contains(&name)) {
            (Some(complaint), false) => complaints.push(format!("{name}: {complaint}")),
            (None, true) => complaints.push(format!("{name}: agrees, drop its exception")),
            _ => {}
        }
    }
    let (cases, excepted) = (files.len(), exceptions.len());
    eprintln!("argocd/actions: {cases} cases, {excepted} excepted");
    assert!(!files.is_empty(), "{} holds no cases", folder.display());
    assert!(
        complaints.is_empty(),
        "{} wrong:\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}
