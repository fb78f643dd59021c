//! The public cases of Argo CD's own tests, if they are at hand.
//!
//! Comes in: `argocd/health-builtin` below `CARETAKER_CASES` (default: beside this repository).
//! Goes out: every case with another health than upstream's, and how many there were. Cases that
//! differ on purpose stand in `upstream-exceptions.txt`; one that agrees again must leave it.

use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases");
    let cases = std::env::var_os("CARETAKER_CASES").map_or_else(|| default.into(), PathBuf::from);
    cases.join("argocd/health-builtin")
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
    let found = health::assess(&case["object"]);
    let expect = &case["expect"];
    let status = found.as_ref().map(|health| health.status.as_str());
    let message = found.as_ref().map(|health| health.message.as_str());
    let same = expect.get("status").and_then(Value::as_str) == status
        && expect
            .get("message")
            .is_none_or(|wanted| wanted.as_str() == message);
    (!same).then(|| format!("expected {expect}, found {found:?}"))
}

#[test]
fn objects_are_as_healthy_as_upstream_finds_them() {
    let (folder, exceptions) = (folder(), exceptions());
    if !folder.is_dir() {
        eprintln!(
            "LEFT OUT: argocd/health-builtin is not at {}",
            folder.display()
        );
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
    eprintln!(
        "argocd/health-builtin: {} cases, {} excepted",
        files.len(),
        exceptions.len()
    );
    assert!(!files.is_empty(), "{} holds no cases", folder.display());
    assert!(
        complaints.is_empty(),
        "{} wrong:\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}
