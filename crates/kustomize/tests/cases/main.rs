//! Plays the cases of upstream's own tests: what is built, what fails, what single transformers and
//! generators make of their input.
//!
//! The cases are kept outside; `CARETAKER_CASES` says where, else `shared/cases` beside the
//! workspace. Without them the test says so and passes. `exceptions.txt` names what does not pass,
//! and why; `phrases.txt` has our words where an error says the same otherwise.

mod case;
mod lists;
mod play;
mod tables;
#[path = "../folder/mod.rs"]
mod tree;

use case::Case;
use lists::Lists;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    Some(root.join("kustomize")).filter(|folder| folder.is_dir())
}

#[test]
fn cases_of_kustomize_hold() {
    let Some(folder) = folder() else {
        eprintln!("LEFT OUT: Kustomize's cases are not here; set CARETAKER_CASES to play them");
        return;
    };
    let mut cases = Case::all(&folder);
    cases.extend(tables::cases(&folder));
    let lists = Lists::read();
    let (mut passed, mut excepted, mut wrong) = (0, 0, lists.unknown(&cases));
    for case in &cases {
        match (
            play::play(case, &lists),
            lists.exceptions.contains_key(&*case.name),
        ) {
            (Ok(()), false) => passed += 1,
            (Err(_), true) => excepted += 1,
            (Ok(()), true) => wrong.push(format!("{} passes: no exception", case.name)),
            (Err(why), false) => wrong.push(format!("{}: {why}", case.name)),
        }
    }
    println!(
        "passed: {passed}, exceptions: {excepted}, wrong: {}",
        wrong.len()
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
    assert!(passed > 340, "too few cases: {passed}");
}
