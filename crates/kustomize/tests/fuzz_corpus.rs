//! The short run of the fuzzers: every seed, and mutations of it, on a stable compiler.
//!
//! The seeds are those in `fuzz/corpus`. `CARETAKER_SEED` chooses the mutations, `CARETAKER_MUTATIONS`
//! how many of each seed are tried; both have a default, so that each run is like the last.

#[path = "../fuzz/exercise/address.rs"]
mod address;
#[path = "../fuzz/exercise/kustomization.rs"]
mod kustomization;
#[path = "fuzz_corpus/mutation.rs"]
mod mutation;
#[path = "../fuzz/exercise/patch.rs"]
mod patch;
#[path = "../fuzz/exercise/repository.rs"]
mod repository;

use mutation::Mutations;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

#[test]
fn repositories_never_panic() {
    play("repository", 20, 40, repository::run);
}

#[test]
fn patches_never_panic() {
    play("patch", 20, 300, patch::run);
}

#[test]
fn kustomizations_never_panic() {
    play("kustomization", 20, 150, kustomization::run);
}

#[test]
fn addresses_never_panic() {
    play("address", 5, 300, address::run);
}

#[test]
fn yaml_seeds_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../yaml/fuzz/corpus");
    let targets = fs::read_dir(folder).into_iter().flatten().flatten();
    for (name, bytes) in targets.flat_map(|target| seeds(&target.path())) {
        exercise("kustomization", &name, &bytes, kustomization::run);
        let file = [
            b"-- kustomization.yaml --\nresources: [a]\n-- a --\n",
            &*bytes,
        ]
        .concat();
        exercise("repository", &name, &file, repository::run);
    }
}

/// Plays all seeds of a target, of which there are at least so many, and so many mutations of each.
fn play(target: &str, least: usize, mutations: usize, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let seeds = seeds(&folder.join(target));
    assert!(seeds.len() >= least, "seeds of {target} are missing");
    let mutations = number("CARETAKER_MUTATIONS").unwrap_or(mutations);
    let start = number("CARETAKER_SEED").unwrap_or(1);
    for (at, (name, bytes)) in seeds.iter().enumerate() {
        exercise(target, name, bytes, run);
        let mut source = Mutations::new(start, at, &seeds);
        for _ in 0..mutations {
            exercise(target, name, &source.mutated(bytes), run);
        }
    }
    println!(
        "{target}: {} seeds, {mutations} mutations of each",
        seeds.len()
    );
}

fn exercise(target: &str, name: &str, bytes: &[u8], run: fn(&[u8])) {
    if catch_unwind(AssertUnwindSafe(|| run(bytes))).is_err() {
        let file = std::env::temp_dir().join(format!("{target}-{name}"));
        let kept = fs::write(&file, bytes).map_or_else(
            |error| error.to_string(),
            |()| format!("put {} into fuzz/corpus/{target}", file.display()),
        );
        panic!("a mutation of {name} makes {target} panic; {kept}");
    }
}

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Names and contents of the files in a folder, sorted.
fn seeds(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    let read = |file: &PathBuf| {
        let name = file.file_name()?.to_string_lossy().into_owned();
        Some((name, fs::read(file).ok()?))
    };
    files.iter().filter_map(read).collect()
}
