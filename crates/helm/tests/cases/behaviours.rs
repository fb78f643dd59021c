//! Our own small charts, one behaviour each: a template or a whole chart in one file.

use crate::case::{Case, Files, Varies};
use crate::charts::texts;
use crate::txtar;
use model::{MemoryTree, TreePath};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// All cases.
pub fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/behaviours");
    let index = fs::read(folder.join("index.json")).expect("an index");
    let index: Vec<Value> = serde_json::from_slice(&index).expect("the index is JSON");
    index.iter().map(|about| read(&folder, about)).collect()
}

fn read(folder: &Path, about: &Value) -> Case {
    let name = about["name"].as_str().expect("a name");
    let file = |extension: &str| folder.join(format!("{name}.{extension}"));
    let files = files(folder, &file);
    let exit = about["exit"].as_i64().expect("an exit code");
    let stderr = file(if exit == 0 { "warn" } else { "err" });
    Case {
        name: format!("behaviours/{name}"),
        arguments: texts(&about["args"]),
        chart: Arc::new(tree(&files)),
        exit,
        stdout: fs::read(file("expected")).unwrap_or_default(),
        stderr: fs::read_to_string(stderr).unwrap_or_default(),
        varies: Varies::of(about),
        notes: about["notes"].as_bool().unwrap_or_default(),
        files: Files::Memory(files),
    }
}

fn files(folder: &Path, file: &dyn Fn(&str) -> PathBuf) -> BTreeMap<String, Vec<u8>> {
    if let Ok(archive) = fs::read(file("txtar")) {
        return txtar::files(&archive);
    }
    let chart = fs::read(folder.join("Chart.yaml")).expect("a Chart.yaml for all");
    let template = fs::read(file("tpl")).expect("a template");
    let mut files = BTreeMap::from([
        ("Chart.yaml".to_owned(), chart),
        ("templates/t.yaml".to_owned(), template),
    ]);
    if let Ok(values) = fs::read(file("values.yaml")) {
        files.insert("values.yaml".to_owned(), values);
    }
    files
}

/// Files as a tree.
pub fn tree(files: &BTreeMap<String, Vec<u8>>) -> MemoryTree {
    let mut tree = MemoryTree::new();
    for (path, bytes) in files {
        let path = TreePath::parse(path).expect("a path in the chart");
        tree.write(&path, bytes);
    }
    tree
}
