//! Plays what the real `helm` was made to do: public charts, and small charts of our own, one
//! behaviour each.
//!
//! The public charts are kept outside; `CARETAKER_CASES` says where, else `shared/cases` beside the
//! workspace. Without them the test says so and plays its own. `exceptions.txt` names what does not
//! pass, and why: a case in it that passes is a failure, too.

mod behaviours;
mod case;
mod charts;
mod command;
mod explained;
mod flipped;
mod flips;
#[path = "../../../kustomize/tests/folder/mod.rs"]
mod folder;
mod linted;
mod lists;
mod mask;
mod play;
#[path = "../real/mod.rs"]
mod real;
mod txtar;
mod values;

use case::Case;
use lists::Exceptions;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Templates may call themselves a thousand times: more than the stack a test has.
const STACK: usize = 2 << 20;

fn kept_charts() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    Some(root.join("charts")).filter(|folder| folder.is_dir())
}

#[test]
fn public_charts_render_as_helm_renders_them() {
    match kept_charts() {
        Some(folder) => play_all("charts", charts::all(&folder), 580),
        None => eprintln!("LEFT OUT: the public charts are not here; set CARETAKER_CASES"),
    }
}

#[test]
fn behaviours_are_those_of_helm() {
    play_all("behaviours", behaviours::all(), 500);
}

#[test]
fn values_are_those_of_helm() {
    play_all("values", values::all(), 200);
}

/// Plays cases on all cores and compares with what is excepted.
fn play_all(group: &str, cases: Vec<Case>, fewest: usize) {
    let wanted = std::env::var("CASE").unwrap_or_default();
    let cases: Vec<Case> = cases
        .into_iter()
        .filter(|case| case.name.contains(&wanted))
        .collect();
    let exceptions = Exceptions::read();
    let parsed = Arc::default();
    let (next, wrong) = (Mutex::new(cases.iter()), Mutex::new(Vec::new()));
    let passed = Mutex::new(0);
    let work = || {
        loop {
            let case = next.lock().expect("no case panics here").next();
            let Some(case) = case else { return };
            match exceptions.judge(&case.name, play::play(case, &parsed)) {
                Ok(true) => *passed.lock().expect("no case panics here") += 1,
                Ok(false) => {}
                Err(why) => wrong.lock().expect("no case panics here").push(why),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let thread = std::thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, work).expect("a thread");
        }
    });
    let passed = *passed.lock().expect("threads are done");
    let mut wrong = wrong.into_inner().expect("threads are done");
    wrong.sort();
    println!(
        "{group}: {passed} of {} pass, {} are wrong, the rest is excepted",
        cases.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
    assert!(
        passed >= fewest || !wanted.is_empty(),
        "too few cases: {passed}"
    );
}
