//! The public charts with single values changed, rendered by us and by the real helm: the same
//! bytes, or the same complaint.
//!
//! Runs where `CARETAKER_TESTBED_BIN` names a folder with the real tool. `CARETAKER_SEED=n` chooses
//! other values, `CARETAKER_FLIPS=n` how many of each chart.

use crate::case::{Case, Files, Varies};
use crate::flips::{Flips, flips};
use crate::real::Helm;
use crate::{STACK, folder, kept_charts, play};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The folders of the public charts.
pub fn charts() -> Vec<PathBuf> {
    let entries = kept_charts().map(std::fs::read_dir);
    let entries = entries.into_iter().flatten().flatten().flatten();
    let wanted = std::env::var("CASE").unwrap_or_default();
    let mut charts: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.join("cases").is_dir())
        .filter(|path| path.to_string_lossy().contains(&wanted))
        .collect();
    charts.sort();
    charts
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn charts_with_a_value_changed_render_as_helm_renders_them() {
    let (Some(helm), charts) = (Helm::find(), charts()) else {
        eprintln!("LEFT OUT: the real helm is not here; set CARETAKER_TESTBED_BIN");
        return;
    };
    let (next, wrong) = (
        Mutex::new(charts.iter().enumerate()),
        Mutex::new(Vec::new()),
    );
    let played = Mutex::new(0);
    let work = || {
        loop {
            let chart = next.lock().expect("nothing panics here").next();
            let Some((at, chart)) = chart else { return };
            let found = compare(&helm, chart, at as u64);
            *played.lock().expect("nothing panics here") += found.0;
            wrong.lock().expect("nothing panics here").extend(found.1);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let thread = std::thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, work).expect("a thread");
        }
    });
    let wrong = wrong.into_inner().expect("threads are done");
    println!(
        "{} flips, {} are wrong",
        played.into_inner().expect("threads are done"),
        wrong.len()
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// How many flips of a chart were played, and what differs.
fn compare(helm: &Helm, chart: &Path, stream: u64) -> (usize, Vec<String>) {
    let seed = number("CARETAKER_SEED").unwrap_or(0) << 16 | stream;
    let tree = Arc::new(folder::tree_of(&chart.join("chart")));
    let flips = flips(&chart.join("chart"), Flips::new(seed));
    let parsed = Arc::default();
    let flips = flips.take(number("CARETAKER_FLIPS").unwrap_or(3) as usize);
    let mut count = 0;
    let differs = flips.filter_map(|flip| {
        count += 1;
        let case = case(helm, chart, tree.clone(), &flip);
        let name = chart.file_name().unwrap_or_default().to_string_lossy();
        let played = play::play(&case, &parsed);
        played
            .err()
            .map(|why| format!("{name} --set-json '{flip}': {why}"))
    });
    let differs = differs.collect();
    (count, differs)
}

fn case(helm: &Helm, chart: &Path, tree: Arc<model::MemoryTree>, flip: &str) -> Case {
    let words = "template demo chart --namespace ns --kube-version v1.36.0 --set-json";
    let mut arguments: Vec<String> = words.split(' ').map(str::to_owned).collect();
    arguments.push(flip.to_owned());
    let (ran, again) = (helm.run(&arguments, chart), helm.run(&arguments, chart));
    let varies = match ran == again {
        true => Varies::Nothing,
        false if ran.stdout == again.stdout => Varies::Errors,
        false => Varies::Output,
    };
    Case {
        name: String::new(),
        arguments,
        chart: tree,
        files: Files::Folder(chart.to_owned()),
        exit: ran.exit,
        stdout: ran.stdout,
        stderr: ran.stderr,
        varies,
        notes: false,
    }
}
