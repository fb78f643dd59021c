//! Every file in `scenarios/` is a scenario; a new one is a new file. Each is played from its text
//! with all promises checked, and played a second time to show that it repeats exactly.
//! `SCENARIO=word` plays only those with the word in their name.

use std::path::PathBuf;

fn scenarios() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let entries = std::fs::read_dir(&folder).expect("the folder of scenarios is part of the crate");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let word = std::env::var("SCENARIO").unwrap_or_default();
    paths.retain(|path| path.to_string_lossy().contains(&word));
    paths.sort();
    paths
}

#[test]
fn every_scenario_holds() {
    let mut failures = Vec::new();
    let all = scenarios();
    for path in &all {
        let text = std::fs::read_to_string(path).expect("scenarios are text");
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match (sim::run_scenario(&text), sim::run_scenario(&text)) {
            (Ok(first), Ok(second)) => {
                assert_eq!(first.trace, second.trace, "{name} does not repeat");
            }
            (Err(error), _) | (_, Err(error)) => failures.push(format!("{name}: {error}")),
        }
    }
    println!("{} scenarios", all.len());
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
