//! Random overlays, built by us and by the real kustomize: the same bytes, or both fail.
//!
//! Runs where `CARETAKER_TESTBED_BIN` names a folder with the real tool. `CARETAKER_SEED=n` chooses
//! other overlays, `CARETAKER_OVERLAYS=n` more of them. What differs is printed, made small.

mod choices;
mod fields;
#[path = "../folder/mod.rs"]
mod folder;
mod layers;
mod mutation;
mod overlay;
mod patches;
mod plugins;
#[path = "../real/mod.rs"]
mod real;
mod replacements;
mod resources;
mod scalars;

use choices::Choices;
use kustomize::load::Nowhere;
use kustomize::{Options, Request, build};
use model::{MemoryTree, TreePath};
use overlay::Files;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use real::Kustomize;
use std::fs;
use std::path::Path;

#[test]
fn random_overlays_build_as_the_real_tool_builds_them() {
    compare(0, overlay::overlay);
}

#[test]
fn mutated_overlays_build_as_the_real_tool_builds_them() {
    let overlays = own_overlays();
    compare(1, |choices| {
        let chosen = overlays[choices.below(overlays.len())].clone();
        mutation::mutated(choices, chosen)
    });
}

#[test]
fn random_layers_of_labels_build_as_the_real_tool_builds_them() {
    compare(2, layers::layers);
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

fn compare(stream: u8, files: impl Fn(&mut Choices) -> Files) {
    let Some(real) = Kustomize::find() else {
        eprintln!(
            "LEFT OUT: the real kustomize is not here; set CARETAKER_TESTBED_BIN, or use testbed/run"
        );
        return;
    };
    let mut seed = [stream; 32];
    seed[..8].copy_from_slice(&number("CARETAKER_SEED").unwrap_or(0).to_le_bytes());
    let config = Config {
        cases: number("CARETAKER_OVERLAYS").unwrap_or(100) as u32,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let numbers = prop::collection::vec(any::<u16>(), 0..120);
    let result = runner.run(&numbers, |numbers| {
        let files = files(&mut Choices::new(numbers));
        check(&real, &files).map_err(TestCaseError::fail)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

fn check(real: &Kustomize, files: &Files) -> Result<(), String> {
    let theirs = theirs(real, files);
    let ours = ours(files);
    let differs = match (&theirs, &ours) {
        (Ok(theirs), Ok(ours)) => theirs != ours,
        (Err(_), Err(_)) => false,
        // Where the real tool crashes there is nothing to compare with.
        (Err(theirs), Ok(_)) => !theirs.contains("panic: "),
        (Ok(_), Err(_)) => true,
    };
    match differs {
        false => Ok(()),
        true => Err(format!(
            "{}\nreal: {}\nours: {}",
            shown(files),
            told(&theirs),
            told(&ours)
        )),
    }
}

fn told(result: &Result<String, String>) -> String {
    match result {
        Ok(text) => format!("\n{text}"),
        Err(error) => format!("fails: {error}"),
    }
}

fn shown(files: &Files) -> String {
    files
        .iter()
        .map(|(path, text)| format!("== {path}\n{text}"))
        .collect()
}

fn top(files: &Files) -> &'static str {
    match files.iter().any(|(path, _)| path.starts_with("top/")) {
        true => "top",
        false => "",
    }
}

fn theirs(real: &Kustomize, files: &Files) -> Result<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    real.build([], &folder.path().join(top(files)))
}

fn ours(files: &Files) -> Result<String, String> {
    let files_as_text = files.iter().map(|(path, text)| (&**path, &**text));
    let tree = MemoryTree::of(files_as_text).expect("paths in the tree");
    let request = Request {
        tree: &tree,
        folder: &TreePath::parse(top(files)).expect("a path in the tree"),
        options: &Options {
            on_disk: true,
            ..Options::default()
        },
        elsewhere: &Nowhere,
        parsed: None,
        edit: None,
    };
    let built = build(&request).map_err(|error| error.report())?;
    Ok(built.to_yaml())
}

/// Those of `tests/overlays` that build, are texts only and need no flag.
fn own_overlays() -> Vec<Files> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/overlays");
    let mut folders: Vec<_> = fs::read_dir(root)
        .expect("the overlays are here")
        .map(|entry| entry.expect("an entry").path())
        .filter(|folder| folder.join("expected.yaml").exists() && !folder.join("flags").exists())
        .collect();
    folders.sort();
    folders
        .iter()
        .filter_map(|folder| texts(&folder.join("input")))
        .collect()
}

fn texts(folder: &Path) -> Option<Files> {
    let tree = folder::tree_of(folder);
    let text = |path: &str| {
        let blob = model::SourceTree::read(&tree, &TreePath::parse(path).ok()?).ok()?;
        Some((
            path.to_owned(),
            String::from_utf8(blob.bytes.to_vec()).ok()?,
        ))
    };
    tree.paths().map(text).collect()
}
