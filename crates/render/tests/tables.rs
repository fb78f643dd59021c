//! Argo CD's tables on paths: of apps, and of the values files of charts.
//!
//! The tables are kept outside; `CARETAKER_CASES` says where, else `shared/cases` beside the
//! workspace. Without them the test says so and passes. `tables-left-out.txt` names rows that do
//! not apply, and why.

use model::{MemoryTree, TreePath};
use render::{RenderError, Rendered, Request};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

type Check = fn(&Value, &Value) -> Result<(), String>;

const TABLES: [(&str, Check); 3] = [
    ("app-path", app_path),
    ("values-file-globs", values_files),
    ("values-file-is-glob", is_pattern),
];

#[test]
fn every_row_holds_but_those_left_out() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let cases = std::env::var_os("CARETAKER_CASES").map_or(beside, Into::into);
    let folder = cases.join("argocd/tables");
    if !folder.is_dir() {
        eprintln!("LEFT OUT: Argo CD's tables are not here; set CARETAKER_CASES to check them");
        return;
    }
    let left_out: BTreeSet<&str> = include_str!("tables-left-out.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').expect("a reason follows each row").0)
        .collect();
    let (mut held, mut wrong) = (0, Vec::new());
    for (table, check) in TABLES {
        let text = std::fs::read(folder.join(format!("{table}.yaml"))).unwrap();
        let all = yaml::read_first(&text, &yaml::Limits::default()).unwrap();
        for row in all["rows"].as_array().unwrap() {
            let name = format!("{table}: {}", row.get("name").unwrap_or(&row["path"]));
            match (check(&all, row), left_out.contains(&*name)) {
                (Ok(()), false) => held += 1,
                (Ok(()), true) => wrong.push(format!("{name} holds; take it off the list")),
                (Err(why), false) => wrong.push(format!("{name}: {why}")),
                (Err(_), true) => {}
            }
        }
    }
    println!(
        "argocd/tables: {held} rows hold, {} left out",
        left_out.len()
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn app_path(_: &Value, row: &Value) -> Result<(), String> {
    let tree = tree([("file.txt", String::new())]);
    let found = rendered(&tree, json!({"path": row["path"]}));
    let ours = match row["error"].as_str().and_then(|text| text.split_once(": ")) {
        None => return found.map(|_| ()).map_err(|error| in_words(&error)),
        Some((_, "app path is absolute")) => "absolute",
        Some((_, "app path outside root")) => "outside",
        Some((_, "app path does not exist")) => "is not in the repository",
        Some((_, "app path is not a directory")) => "not a folder",
        Some((_, other)) => return Err(format!("no words of ours for {other:?}")),
    };
    let found = found
        .err()
        .map(|error| in_words(&error))
        .unwrap_or_default();
    match found.contains(ours) {
        true => Ok(()),
        false => Err(format!("{found:?} lacks {ours:?}")),
    }
}

/// A file that is named must be there; a pattern may find others, or says that it found none.
fn is_pattern(_: &Value, row: &Value) -> Result<(), String> {
    let options = json!({"valueFiles": [row["path"]]});
    let found = rendered(&tree([]), json!({"path": ".", "helm": options}));
    let found = found
        .err()
        .map(|error| in_words(&error))
        .unwrap_or_default();
    let taken_for_one = ["values file glob", "is not a pattern"];
    let globs = found.is_empty() || taken_for_one.iter().any(|words| found.contains(words));
    match row["glob"] == globs {
        true => Ok(()),
        false => Err(format!("found {found:?}")),
    }
}

/// Of every two files each says of the pair that it comes last: the values that are left tell the
/// order of all.
fn values_files(table: &Value, row: &Value) -> Result<(), String> {
    let files: Vec<&str> = table["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let own = files
        .iter()
        .filter_map(|file| file.strip_prefix("main-repo/"));
    let own: Vec<&str> = own.collect();
    let values = own.iter().map(|file| (*file, claims(file, &own)));
    let options = json!({
        "valueFiles": [row["valueFile"]],
        "ignoreMissingValueFiles": row["ignoreMissingValueFiles"] == true,
    });
    let found = rendered(&tree(values), json!({"path": ".", "helm": options}));
    let expected = row["resolved"].as_array();
    let expected = expected.map(|files| files.iter().filter_map(Value::as_str).collect::<Vec<_>>());
    match (found, expected) {
        (Err(_), None) => Ok(()),
        (Err(error), Some(_)) => Err(in_words(&error)),
        (Ok(rendered), expected) => {
            let data = &rendered.manifests[0].value["data"];
            let found = in_order(data, &own);
            let found: Vec<String> = found
                .iter()
                .map(|file| format!("main-repo/{file}"))
                .collect();
            match expected.is_some_and(|expected| expected == found) {
                true => Ok(()),
                false => Err(format!("found {found:?}")),
            }
        }
    }
}

fn claims(file: &str, all: &[&str]) -> String {
    let others = all
        .iter()
        .map(|other| (pair(file, other), Value::from(file)));
    let values: BTreeMap<String, Value> = others.collect();
    json!({"last": values}).to_string()
}

fn pair(one: &str, other: &str) -> String {
    let (first, second) = (one.min(other), one.max(other));
    format!("{first} {second}")
}

/// The files that were read, the one that comes last in fewest pairs first.
fn in_order<'a>(data: &Value, all: &[&'a str]) -> Vec<&'a str> {
    let read = all.iter().filter(|file| data[pair(file, file)] == **file);
    let mut read: Vec<&str> = read.copied().collect();
    let present = read.clone();
    let wins = |file: &str| {
        let others = present
            .iter()
            .filter(|other| data[pair(file, other)] == file);
        others.count()
    };
    read.sort_by_key(|file| wins(file));
    read
}

fn tree<'a>(files: impl IntoIterator<Item = (&'a str, String)>) -> MemoryTree {
    let template = r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "values"},
        "data": {{ .Values.last | default dict | toJson }}}"#;
    let mut tree = MemoryTree::default();
    let chart = [
        (
            "Chart.yaml",
            "{apiVersion: v2, name: chart, version: 1.0.0}".to_owned(),
        ),
        ("templates/values.json", template.to_owned()),
    ];
    for (path, text) in chart.into_iter().chain(files) {
        tree.write(&TreePath::parse(path).unwrap(), text.as_bytes());
    }
    tree
}

fn rendered(tree: &MemoryTree, source: Value) -> Result<Rendered, RenderError> {
    let request = Request {
        source: Arc::new(source),
        settings: Arc::default(),
        environment: render::Environment::default(),
        capabilities: Default::default(),
        app_name: "app".into(),
    };
    render::render(&request, render::Sources::offline(tree))
}

fn in_words(error: &RenderError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        text += &format!(": {next}");
        cause = next.source();
    }
    text
}
