//! One file an object: `cases/<kind>-<status>[-<what>].yaml`. The name says the status, `none` for
//! no health at all; the comment on the first line is the message.

use health::{Health, HealthStatus, assess};
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = std::fs::read_dir(folder).expect("the cases are part of the crate");
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
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

fn complaint(file: &Path) -> Option<String> {
    let name = file.file_stem().unwrap().to_str().unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    let comment = text.lines().next().and_then(|line| line.strip_prefix('#'));
    let message = comment
        .expect("a message on the first line")
        .trim()
        .to_owned();
    let expected = expected_status(name).map(|status| Health { status, message });
    let object = yaml::read_first(text.as_bytes(), &yaml::Limits::default()).unwrap();
    let found = assess(&object);
    (found != expected).then(|| format!("{name}: expected {expected:?}\n    found {found:?}"))
}

#[test]
fn every_object_has_the_health_its_file_is_named_for() {
    let files = files();
    let complaints: Vec<_> = files.iter().filter_map(|file| complaint(file)).collect();
    assert!(files.len() > 80, "only {} cases were found", files.len());
    let (wrong, all) = (complaints.len(), files.len());
    assert!(
        complaints.is_empty(),
        "{wrong} of {all} wrong:\n{}",
        complaints.join("\n")
    );
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
    for file in files() {
        let text = std::fs::read(file).unwrap();
        let object = yaml::read_first(&text, &yaml::Limits::default()).unwrap();
        for pointer in pointers(&object) {
            for text in odd {
                let mut object = object.clone();
                let odd = yaml::read_first(text.as_bytes(), &yaml::Limits::default()).unwrap();
                *object.pointer_mut(&pointer).unwrap() = odd;
                let _ = assess(&object);
            }
        }
    }
}

fn pointers(value: &serde_json::Value) -> Vec<String> {
    let children: Vec<(String, &serde_json::Value)> = match value {
        serde_json::Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        serde_json::Value::Array(items) => items
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
