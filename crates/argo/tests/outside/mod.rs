//! Cases that come from outside this repository: found by the environment variable
//! `CARETAKER_CASES`, or beside the workspace. Where they are absent, their tests pass and say
//! loudly what is left out.

use serde_json::Value;
use std::collections::BTreeMap;
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

/// The names of a folder's YAML files, without their ending.
pub fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    let names = files.filter_map(|file| {
        let name = file.file_name().into_string().ok()?;
        Some(name.strip_suffix(".yaml")?.to_owned())
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Lines of a name and a reason.
pub fn exceptions(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    let lines = text.lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(": ").expect("a name and a reason"))
        .collect()
}
