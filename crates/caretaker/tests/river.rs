//! The river's order holds: a crate names only crates above it, and a pure crate never names one
//! that touches the world.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Crates that touch the world. Everything else is pure.
const TOUCHES_THE_WORLD: [&str; 4] = ["source", "cluster", "server", "caretaker"];
/// What no pure crate may depend on, in its normal dependencies.
const WORLDLY: [&str; 8] = [
    "tokio",
    "kube",
    "hyper",
    "reqwest",
    "gix",
    "russh",
    "axum",
    "k8s-openapi",
];
/// Tools of the tests and the demo, which stand beside the river.
const BESIDE: [&str; 3] = ["testbed", "caretaker-bench", "caretaker-demo"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn table(text: &str, name: &str) -> Vec<String> {
    let lines = text.lines().skip_while(|line| line.trim() != name).skip(1);
    let body = lines.take_while(|line| !line.starts_with('['));
    let key = |line: &str| {
        let key = line.split(['=', '.']).next()?.trim().trim_matches('"');
        (!key.is_empty() && !key.starts_with('#')).then(|| key.to_owned())
    };
    body.filter_map(key).collect()
}

fn members() -> Vec<(String, PathBuf)> {
    let manifest =
        std::fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has one");
    let list = manifest
        .split_once("members = [")
        .expect("it lists members")
        .1;
    let list = list.split_once(']').expect("the list ends").0;
    let paths = list
        .lines()
        .filter_map(|line| line.trim().trim_end_matches(',').strip_prefix('"'));
    paths
        .map(|path| path.trim_end_matches('"'))
        .map(|path| {
            let folder = root().join(path);
            let text =
                std::fs::read_to_string(folder.join("Cargo.toml")).expect("members have one");
            let name = text
                .lines()
                .find_map(|line| line.strip_prefix("name = "))
                .expect("a name");
            (name.trim_matches('"').to_owned(), folder)
        })
        .collect()
}

fn short(name: &str) -> &str {
    name.strip_prefix("caretaker-").unwrap_or(name)
}

#[test]
fn a_crate_names_only_crates_above_it() {
    let members = members();
    let place: BTreeMap<String, usize> = members
        .iter()
        .enumerate()
        .map(|(at, (name, _))| (short(name).to_owned(), at))
        .collect();
    for (at, (name, folder)) in members.iter().enumerate() {
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).expect("members have one");
        for named in table(&text, "[dependencies]") {
            if let Some(other) = place.get(&named) {
                assert!(*other < at, "{name} names {named}, which stands below it");
            }
        }
    }
}

#[test]
fn a_pure_crate_never_touches_the_world() {
    let worldly: BTreeSet<&str> = TOUCHES_THE_WORLD.into_iter().chain(WORLDLY).collect();
    for (name, folder) in members() {
        if TOUCHES_THE_WORLD.contains(&short(&name)) || BESIDE.contains(&name.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).expect("members have one");
        for named in table(&text, "[dependencies]") {
            assert!(
                !worldly.contains(named.as_str()),
                "{name} is pure and names {named}"
            );
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    let mut silent = Vec::new();
    for (_, folder) in members() {
        let mut folders = vec![folder.join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)
                .expect("sources can be read")
                .flatten()
            {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&path).expect("sources are text");
                    if !text.starts_with("//!") {
                        silent.push(path.display().to_string());
                    }
                }
            }
        }
    }
    assert!(
        silent.is_empty(),
        "these files do not open with //!: {silent:#?}"
    );
}
