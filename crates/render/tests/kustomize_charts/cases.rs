//! Cases of upstream's own tests that render charts, kept outside; see `CARETAKER_CASES`.
//!
//! `exceptions.txt` names those that do not pass, and why: most need a chart from the network, or
//! one that lies beside upstream's tests.

use super::built::{built, with_helm};
use super::folder::tree_of;
use kustomize::{Options, Order};
use model::{MemoryTree, SourceTree, TreePath};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn cases_with_charts_hold() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    let folder = root.join("kustomize");
    if !folder.is_dir() {
        eprintln!("LEFT OUT: Kustomize's cases are not here; set CARETAKER_CASES to play them");
        return;
    }
    let exceptions = exceptions();
    let (mut passed, mut excepted, mut wrong) = (0, 0, Vec::new());
    for (name, case) in cases(&folder) {
        match (play(&case), exceptions.contains_key(&*name)) {
            (Ok(()), false) => passed += 1,
            (Err(_), true) => excepted += 1,
            (Ok(()), true) => wrong.push(format!("{name} passes: no exception")),
            (Err(why), false) => wrong.push(format!("{name}: {why}")),
        }
    }
    println!(
        "passed: {passed}, exceptions: {excepted}, wrong: {}",
        wrong.len()
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
    assert!(passed >= 5, "too few cases: {passed}");
}

fn exceptions() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("exceptions.txt").lines();
    let lines = lines.filter(|line| !line.starts_with("# "));
    lines
        .map(|line| line.split_once(": ").expect("`NAME: REASON`"))
        .collect()
}

fn cases(folder: &Path) -> Vec<(String, PathBuf)> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries
            .map(|entry| entry.expect("an entry").path())
            .collect()
    };
    let groups = below(folder).into_iter();
    let mut cases: Vec<(String, PathBuf)> = groups
        .flat_map(|group| below(&group))
        .filter(|case| {
            about(case)["needs"]
                .as_array()
                .is_some_and(|it| it.contains(&"helm".into()))
        })
        .map(|case| {
            let name = case.strip_prefix(folder).expect("it lies there");
            (name.to_string_lossy().into_owned(), case)
        })
        .collect();
    cases.sort();
    cases
}

fn about(case: &Path) -> Value {
    let text = fs::read(case.join("case.json")).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

fn play(case: &Path) -> Result<(), String> {
    let about = about(case);
    let mut tree = tree_of(&case.join("input"));
    let mut folder = about["path"].as_str().unwrap_or_default();
    if about["kind"] == "generator" {
        folder = "";
        tree.write(
            &TreePath::parse("kustomization.yaml").expect("a path"),
            b"generators: [config.yaml]\n",
        );
        complete(&mut tree);
    }
    let options = Options {
        order: Order::AsRead,
        ..with_helm()
    };
    let found = built(&tree, folder.trim_start_matches('/'), &options);
    let expected = fs::read_to_string(case.join("expected.yaml"));
    match (found, expected) {
        (Ok(text), Ok(expected)) if text == without_mark(&expected) => Ok(()),
        (Ok(text), Ok(expected)) => Err(format!("expected\n{expected}\nbut it gives\n{text}")),
        (Ok(text), Err(_)) => Err(format!("it should fail, but it gives\n{text}")),
        (Err(error), Ok(_)) => Err(format!("it fails: {error}")),
        (Err(error), Err(_)) => {
            let words = about["message"].as_str().unwrap_or_default();
            let said = error.contains(words);
            said.then_some(())
                .ok_or(format!("{words:?} is not said by: {error}"))
        }
    }
}

/// A single plugin's test may leave out what a kustomization's file must have.
fn complete(tree: &mut MemoryTree) {
    let path = TreePath::parse("config.yaml").expect("a path");
    let blob = tree.read(&path).expect("the plugin's configuration");
    let text = String::from_utf8_lossy(&blob.bytes).into_owned();
    if !text.contains("apiVersion:") {
        tree.write(&path, format!("apiVersion: builtin\n{text}").as_bytes());
    }
}

/// A single generator's output has notes that a build takes off.
fn without_mark(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let note = |line: &str| {
        line.trim_start()
            .starts_with("internal.config.kubernetes.io/")
    };
    let empty = |at: usize| {
        let mut below = lines[at + 1..]
            .iter()
            .take_while(|line| line.starts_with("    "));
        lines[at] == "  annotations:" && below.all(|line| note(line))
    };
    let kept = (0..lines.len()).filter(|at| !note(lines[*at]) && !empty(*at));
    kept.map(|at| format!("{}\n", lines[at])).collect()
}
