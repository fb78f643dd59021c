//! Our own objects and the health they have.
//!
//! Kinds of Kubernetes: one file an object, `cases/<kind>-<status>[-<what>].yaml`. The name says the
//! status, `none` for no health at all; the comment on the first line is the message.
//! Custom resources: one file an API group, `cases/rules/<group>.yaml`. Below each kind stands a row
//! an object: its status, null for no health at all, its message, and the object's other fields.

use health::{Health, HealthStatus, assess};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// An object, the health it should have, and where it stands.
struct Case {
    name: String,
    expected: Option<Health>,
    object: Value,
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("the cases are part of the crate");
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn kubernetes() -> Vec<Case> {
    let files = files("tests/cases");
    files.iter().map(|file| one_object(file)).collect()
}

fn one_object(file: &Path) -> Case {
    let name = stem(file);
    let text = std::fs::read_to_string(file).unwrap();
    let comment = text.lines().next().and_then(|line| line.strip_prefix('#'));
    let message = comment
        .expect("a message on the first line")
        .trim()
        .to_owned();
    Case {
        expected: expected_status(&name).map(|status| Health { status, message }),
        object: yaml::read_first(text.as_bytes(), &yaml::Limits::default()).unwrap(),
        name,
    }
}

/// The first word of the name that is a status, or `none`.
fn expected_status(name: &str) -> Option<HealthStatus> {
    let mut words = name.split('-').skip(1);
    let status = words.find_map(|word| {
        let capital = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        if word == "none" {
            Some(None)
        } else {
            capital.parse().ok().map(Some)
        }
    });
    status.unwrap_or_else(|| panic!("{name} names no status"))
}

fn custom_resources() -> Vec<Case> {
    let files = files("tests/cases/rules");
    files.iter().flat_map(|file| group(file)).collect()
}

fn group(file: &Path) -> Vec<Case> {
    let text = std::fs::read(file).unwrap();
    let group = yaml::read_first(&text, &yaml::Limits::default());
    let group = group.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let version = &group["apiVersion"];
    let mut cases = Vec::new();
    for (kind, rows) in group.as_object().unwrap() {
        for (index, row) in rows.as_array().into_iter().flatten().enumerate() {
            let name = format!("{} {kind} {}", stem(file), index + 1);
            cases.push(one_row(name, version, kind, row));
        }
    }
    cases
}

fn one_row(name: String, version: &Value, kind: &str, row: &Value) -> Case {
    let Some([status, message, fields]) = row.as_array().map(Vec::as_slice) else {
        panic!("{name} is no row of status, message and fields");
    };
    let mut object = fields.clone();
    object["apiVersion"] = version.clone();
    object["kind"] = kind.into();
    let expected = status.as_str().map(|status| Health {
        status: status.parse().unwrap(),
        message: message.as_str().unwrap().to_owned(),
    });
    Case {
        name,
        expected,
        object,
    }
}

fn complaint(case: &Case) -> Option<String> {
    let found = assess(&case.object);
    let (name, expected) = (&case.name, &case.expected);
    (found != *expected).then(|| format!("{name}: expected {expected:?}\n    found {found:?}"))
}

fn assert_all(cases: &[Case], at_least: usize) {
    let complaints: Vec<_> = cases.iter().filter_map(complaint).collect();
    assert!(cases.len() >= at_least, "only {} cases", cases.len());
    let (wrong, all) = (complaints.len(), cases.len());
    assert!(
        complaints.is_empty(),
        "{wrong} of {all} wrong:\n{}",
        complaints.join("\n")
    );
}

#[test]
fn every_object_of_kubernetes_has_the_health_its_file_is_named_for() {
    assert_all(&kubernetes(), 80);
}

#[test]
fn every_custom_resource_has_the_health_that_is_expected() {
    assert_all(&custom_resources(), 500);
}

/// Puts a value of every type into every place of an object.
#[test]
fn no_object_makes_a_check_panic() {
    let odd = [
        "null",
        "true",
        "-1",
        "9223372036854775807",
        "1.5",
        "x",
        "[]",
        "[[1]]",
        "{}",
    ];
    let odd = odd.map(|text| yaml::read_first(text.as_bytes(), &yaml::Limits::default()).unwrap());
    for Case { object, .. } in kubernetes().into_iter().chain(custom_resources()) {
        for pointer in pointers(&object) {
            for odd in &odd {
                let mut object = object.clone();
                *object.pointer_mut(&pointer).unwrap() = odd.clone();
                let _ = assess(&object);
            }
        }
    }
}

fn pointers(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        _ => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(name, child)| {
        pointers(child)
            .into_iter()
            .map(move |pointer| format!("/{name}{pointer}"))
    });
    std::iter::once(String::new()).chain(below).collect()
}
