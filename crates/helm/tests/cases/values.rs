//! Values from files and flags, and `helm show`: one chart, many commands.

use crate::case::{Case, Files, Varies};
use crate::charts::texts;
use crate::folder::tree_of;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// All cases.
pub fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/values");
    let cases = fs::read(folder.join("cases.json")).expect("the cases");
    let cases: Vec<Value> = serde_json::from_slice(&cases).expect("the cases are JSON");
    let chart = Arc::new(tree_of(&folder.join("chart")));
    let text = |about: &Value, field: &str| about[field].as_str().unwrap_or_default().to_owned();
    let case = |about: &Value| Case {
        name: format!("values/{}", text(about, "name")),
        arguments: texts(&about["args"]),
        chart: chart.clone(),
        exit: about["exit"].as_i64().expect("an exit code"),
        stdout: text(about, "stdout").into_bytes(),
        stderr: text(about, "stderr"),
        varies: Varies::of(about),
        notes: false,
        files: Files::Folder(folder.clone()),
    };
    cases.iter().map(case).collect()
}
