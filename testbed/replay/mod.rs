//! The short run of a crate's fuzzers: every seed, and mutations of it, on a stable compiler.
//!
//! Comes in: the name of a target, whose seeds are in the crate's `fuzz/corpus`, and what it does with
//! bytes. Goes out: nothing, or a panic that says which bytes made it panic. `CARETAKER_SEED` chooses
//! the mutations, `CARETAKER_MUTATIONS` how many of each seed are tried; both have a default, so that
//! each run is like the last. Tests take this module in by its path.

mod mutation;

use mutation::Mutations;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Plays all seeds of a target, of which there are at least so many, and so many mutations of each.
pub fn play(target: &str, words: &[&[u8]], least: usize, mutations: usize, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let seeds = seeds(&folder.join(target));
    assert!(seeds.len() >= least, "seeds of {target} are missing");
    let mutations = number("CARETAKER_MUTATIONS").unwrap_or(mutations);
    let start = number("CARETAKER_SEED").unwrap_or(1);
    for (at, (name, bytes)) in seeds.iter().enumerate() {
        exercise(target, name, bytes, run);
        let mut source = Mutations::new(start, at, &seeds, words);
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
