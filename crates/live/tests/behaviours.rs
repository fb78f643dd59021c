//! Each promise about trees is kept by a test that can be found, or stands on a list of those that
//! are not kept, with a reason.
//!
//! The promises are kept outside; `CARETAKER_CASES` says where, else `shared/cases` beside the
//! workspace. Without them the test says so and passes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const KEPT: &str = include_str!("behaviours.txt");
const LEFT_OUT: &str = include_str!("behaviours-left-out.txt");

/// The parts of the lists that are about trees.
const PARTS: [(&str, &str); 3] = [
    ("sync.md", "## Cluster cache and ownership"),
    ("controller.md", "## Resource tree, orphans, hosts"),
    ("controller.md", "## What the tree shows of objects"),
];

fn behaviours() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    Some(root.join("argocd/behaviours")).filter(|folder| folder.is_dir())
}

fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.rsplit_once(": ").expect("what, and where or why"))
}

fn promises(folder: &Path) -> Vec<String> {
    let mut promises = Vec::new();
    for (file, heading) in PARTS {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let part = text
            .lines()
            .skip_while(|line| !line.starts_with(heading))
            .skip(1);
        let part = part.take_while(|line| !line.starts_with("##"));
        promises.extend(
            part.filter(|line| line.starts_with("- "))
                .map(str::to_owned),
        );
    }
    promises
}

#[test]
fn each_promise_is_kept_or_listed() {
    let Some(folder) = behaviours() else {
        eprintln!("LEFT OUT: the list of promises is not here; set CARETAKER_CASES to check it");
        return;
    };
    let (promises, mut wrong, mut used) = (promises(&folder), Vec::new(), BTreeSet::new());
    let names = || entries(KEPT).chain(entries(LEFT_OUT)).map(|(name, _)| name);
    for promise in &promises {
        let mut found = names().filter(|name| promise.contains(name)).peekable();
        if found.peek().is_none() {
            wrong.push(format!("nothing is said of: {promise}"));
        }
        used.extend(found);
    }
    let unused = names().filter(|name| !used.contains(name));
    wrong.extend(unused.map(|name| format!("no promise is about {name}")));
    let sources = sources();
    for place in entries(KEPT).flat_map(|(_, places)| places.split(", ")) {
        // A name of a case may itself hold a comma.
        let case = place.strip_prefix("case ").unwrap_or(place);
        let is_there = sources.contains(&format!("fn {place}()")) || sources.contains(case);
        if !is_there {
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

fn sources() -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["src", "src/tree", "tests", "tests/details"] {
        let files = std::fs::read_dir(here.join(folder)).into_iter().flatten();
        for path in files.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.extension().is_some_and(|extension| extension != "txt") {
                text += &std::fs::read_to_string(path).unwrap_or_default();
            }
        }
    }
    text
}
