//! Each promise about comparing is kept by a test that can be found, or stands on a list of those
//! that are not kept, with a reason.
//!
//! The promises are kept outside; `CARETAKER_CASES` says where, else `shared/cases` beside the
//! workspace. Without them the test says so and passes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const KEPT: &str = include_str!("behaviours.txt");
const LEFT_OUT: &str = include_str!("behaviours-left-out.txt");

fn cases() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    Some(root.join("argocd")).filter(|folder| folder.is_dir())
}

fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.rsplit_once(": ").expect("what, and where or why"))
}

#[test]
fn each_promise_is_kept_or_listed() {
    let Some(cases) = cases() else {
        eprintln!("LEFT OUT: the list of promises is not here; set CARETAKER_CASES to check it");
        return;
    };
    let promises = std::fs::read_to_string(cases.join("behaviours/diff.md")).unwrap();
    let promises: Vec<&str> = promises
        .lines()
        .filter(|line| line.starts_with("- "))
        .collect();
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for promise in &promises {
        // What is listed by its first words begins with them.
        let is = |name: &str| {
            promise[2..].starts_with(name)
                || name
                    .split(", ")
                    .any(|name| name.starts_with("Test") && promise.contains(name))
                || (name.starts_with("managedfields") && promise.contains(name))
        };
        let names = || entries(KEPT).chain(entries(LEFT_OUT)).map(|(name, _)| name);
        let mut found = names().filter(|name| is(name)).peekable();
        if found.peek().is_none() {
            wrong.push(format!("nothing is said of: {promise}"));
        }
        used.extend(found);
    }
    for (name, _) in entries(KEPT).chain(entries(LEFT_OUT)) {
        if !used.contains(name) {
            wrong.push(format!("no promise is about {name}"));
        }
    }
    let sources = sources();
    for place in entries(KEPT).flat_map(|(_, places)| places.split(", ")) {
        if !is_there(place, &sources, &cases) {
            wrong.push(format!("there is no {place}"));
        }
    }
    println!(
        "promises: {}, left out: {}",
        promises.len(),
        entries(LEFT_OUT).count()
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(promises.len() > 40, "too few promises: {}", promises.len());
}

fn is_there(place: &str, sources: &str, cases: &Path) -> bool {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(place);
    let case = cases.join("diff").join(format!("{place}.yaml"));
    let group = place
        .strip_suffix("/*")
        .map(|group| cases.join("diff").join(group));
    sources.contains(&format!("fn {place}()"))
        || here.is_dir()
        || case.is_file()
        || group.is_some_and(|group| group.is_dir())
}

/// The tests of this crate, and those of the crate that reads marks.
fn sources() -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["src", "src/known", "src/ignore", "tests", "../argo/src"] {
        let files = std::fs::read_dir(here.join(folder)).into_iter().flatten();
        for path in files.filter_map(|entry| Some(entry.ok()?.path())) {
            text += &std::fs::read_to_string(path).unwrap_or_default();
        }
    }
    text
}
