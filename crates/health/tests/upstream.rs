//! The public cases of Argo CD's own tests, if they are at hand.
//!
//! Comes in: `argocd/health-builtin` and `argocd/health` below `CARETAKER_CASES` (default: beside
//! this repository). Goes out: every case with another health than upstream's, and how many there
//! were. Cases that differ on purpose stand in `upstream-exceptions.txt`; one that agrees again must
//! leave it.

use health::Health;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases");
    let cases = std::env::var_os("CARETAKER_CASES").map_or_else(|| default.into(), PathBuf::from);
    cases.join("argocd").join(name)
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

/// One folder of cases.
struct Cases {
    name: &'static str,
    /// What upstream's test of them asks.
    judge: fn(&Value) -> Option<Health>,
    /// The message of a case that has none; any, if it is absent.
    silent: Option<&'static str>,
}

fn complaint(file: &Path, cases: &Cases) -> Option<String> {
    let text = std::fs::read(file).unwrap();
    let case = yaml::read_first(&text, &yaml::Limits::default()).unwrap();
    let found = (cases.judge)(&case["object"]);
    let expect = &case["expect"];
    let status = found.as_ref().map(|health| health.status.as_str());
    let message = found.as_ref().map(|health| health.message.as_str());
    let wanted = expect
        .get("message")
        .and_then(Value::as_str)
        .or(cases.silent);
    let same = expect.get("status").and_then(Value::as_str) == status
        && wanted.is_none_or(|wanted| Some(wanted) == message);
    (!same).then(|| format!("expected {expect}, found {found:?}"))
}

fn check_all(cases: &Cases) {
    let name = cases.name;
    let (folder, exceptions) = (folder(name), exceptions());
    if !folder.is_dir() {
        eprintln!("LEFT OUT: argocd/{name} is not at {}", folder.display());
        return;
    }
    let (files, mut complaints, mut excepted) = (files_below(&folder), Vec::new(), 0);
    for file in &files {
        let case = file.strip_prefix(folder.parent().unwrap()).unwrap();
        let case = case.to_str().unwrap();
        match (complaint(file, cases), exceptions.contains(&case)) {
            (Some(complaint), false) => complaints.push(format!("{case}: {complaint}")),
            (None, true) => complaints.push(format!("{case}: agrees, drop its exception")),
            (Some(_), true) => excepted += 1,
            (None, false) => {}
        }
    }
    let count = files.len();
    eprintln!("argocd/{name}: {count} cases, {excepted} excepted");
    assert!(count > 0, "{} holds no cases", folder.display());
    let wrong = complaints.len();
    assert!(wrong == 0, "{wrong} wrong:\n{}", complaints.join("\n"));
}

#[test]
fn objects_of_kubernetes_are_as_healthy_as_upstream_finds_them() {
    check_all(&Cases {
        name: "health-builtin",
        judge: |object| health::pending_deletion(object).or_else(|| health::kubernetes(object)),
        silent: None,
    });
}

/// Upstream runs the rules alone, even on objects that are being deleted.
#[test]
fn custom_resources_are_as_healthy_as_upstream_finds_them() {
    check_all(&Cases {
        name: "health",
        judge: health::custom_resource,
        silent: Some(""),
    });
}
