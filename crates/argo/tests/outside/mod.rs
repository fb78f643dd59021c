//! Cases that come from outside this repository: found by the environment variable
//! `CARETAKER_CASES`, or beside the workspace. Where they are absent, their tests pass and say
//! loudly what is left out.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// A folder of cases below `argocd/`, if the cases are here.
pub fn folder(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let cases = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    let folder = cases.join("argocd").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "LEFT OUT: all cases of {name}: no folder {}",
        folder.display()
    );
    None
}

/// A YAML file.
pub fn read(file: &Path) -> Value {
    let text = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    yaml::read_first(&text, &yaml::Limits::default())
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
