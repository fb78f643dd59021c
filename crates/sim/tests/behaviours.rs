//! Each promise about syncing and the controller is kept by a test that names upstream's test, or
//! stands on a list of those that are not kept, with a reason.
//!
//! The promises are kept outside; `CARETAKER_CASES` says where, else `shared/cases` beside the
//! workspace. Without them the test says so and passes. What is promised of trees is checked where
//! trees are built.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const LEFT_OUT: &str = include_str!("behaviours-left-out.txt");

/// The parts of the lists that the crate of trees answers for.
const OF_TREES: [&str; 3] = [
    "## Cluster cache and ownership",
    "## Resource tree, orphans, hosts",
    "## What the tree shows of objects",
];

fn behaviours() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    Some(root.join("argocd/behaviours")).filter(|folder| folder.is_dir())
}

/// The lines that promise something, without those about trees.
fn promises(folder: &Path) -> Vec<String> {
    let mut promises = Vec::new();
    for file in ["sync.md", "controller.md"] {
        let text = std::fs::read_to_string(folder.join(file)).expect("the list is there");
        let mut of_trees = false;
        for line in text.lines() {
            if line.starts_with("## ") {
                of_trees = OF_TREES.iter().any(|part| line.starts_with(part));
            }
            let promise = line.strip_prefix("- ").filter(|_| !of_trees);
            promises.extend(promise.map(str::to_owned));
        }
    }
    promises
}

/// What a promise is known by: the tests in its parentheses or words, else its words up to the outcome.
fn names(promise: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let last = promise.matches('(').count();
    for (at, group) in promise.split('(').enumerate().skip(1) {
        let group = group.split(')').next().unwrap_or_default();
        let entries = group.split([',', ';']).map(str::trim);
        let entries = entries.map(|entry| entry.trim_start_matches("all "));
        // Parentheses in the middle hold kinds and fields too.
        let named = |entry: &&str| is_name(entry) && (at == last || entry.contains("Test"));
        names.extend(entries.filter(named).map(str::to_owned));
    }
    if names.is_empty() {
        let words = promise.split([' ', ',', ';']);
        names.extend(
            words
                .filter(|word| word.starts_with("Test"))
                .map(str::to_owned),
        );
    }
    if names.is_empty() {
        let given = promise.split(" then ").next().unwrap_or(promise);
        names.push(given.to_owned());
    }
    names
}

/// `TestX`, `_X`, `sameWave_*`, `CascadingDelete`: a word of several capitals or an underscore.
fn is_name(entry: &str) -> bool {
    let word = entry.split(' ').next().unwrap_or_default();
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '*' || c == '.';
    let joined = word.chars().skip(1).any(|c| c.is_ascii_uppercase()) || word.contains('_');
    word.len() > 8 && word.chars().all(letters) && joined
}

/// Does the name stand in the text as a word of its own? A star stands for any ending.
fn stands_in(text: &str, name: &str) -> bool {
    let name = name.trim_start_matches(['*', '.']);
    let (name, open) = match name.split_once('*') {
        Some((start, _)) => (start, true),
        None => (name, false),
    };
    let within = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(within);
        let after = text[at + name.len()..].chars().next().is_some_and(within);
        (!before || name.starts_with('_')) && (open || !after)
    })
}

/// The text of every source and test of the workspace, without the lists of what is left out.
fn sources() -> String {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut text = String::new();
    for entry in std::fs::read_dir(crates).expect("the crates").flatten() {
        for part in ["src", "tests"] {
            read_below(&entry.path().join(part), &mut text);
        }
    }
    text
}

fn read_below(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let list = name.ends_with("left-out.txt") || name == "behaviours.rs";
        let readable = [".rs", ".txt", ".yaml"];
        if path.is_dir() {
            read_below(&path, text);
        } else if !list && readable.iter().any(|ending| name.ends_with(ending)) {
            text.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
            text.push('\n');
        }
    }
}

fn left_out() -> BTreeMap<&'static str, &'static str> {
    let lines = LEFT_OUT.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split_once('\t').expect("a name, a tab, a reason"))
        .collect()
}

#[test]
fn each_promise_is_kept_or_listed() {
    let Some(folder) = behaviours() else {
        eprintln!("LEFT OUT: the list of promises is not here; set CARETAKER_CASES to check it");
        return;
    };
    let (promises, left_out, sources) = (promises(&folder), left_out(), sources());
    let (mut wrong, mut kept) = (Vec::new(), 0);
    let mut unused = left_out.clone();
    for promise in &promises {
        let names = names(promise);
        let is_kept = names.iter().any(|name| stands_in(&sources, name));
        let listed = names.iter().find(|name| {
            unused.remove(name.as_str()).is_some() || left_out.contains_key(name.as_str())
        });
        kept += usize::from(is_kept);
        match (is_kept, listed) {
            (true, None) | (false, Some(_)) => {}
            (false, None) => wrong.push(format!("nothing is said of {names:?}: {promise}")),
            (true, Some(name)) => wrong.push(format!("{name} is listed, and a test names it")),
        }
    }
    wrong.extend(
        unused
            .keys()
            .map(|name| format!("no promise is about {name}")),
    );
    println!(
        "promises: {}, kept: {kept}, left out: {}",
        promises.len(),
        promises.len() - kept
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(promises.len() > 200, "only {} promises", promises.len());
}
