//! The public charts: `CHART/chart`, and `CHART/cases/VARIANT` for each command.

use crate::case::{Case, Files, Varies};
use crate::folder::tree_of;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// All cases of all charts.
pub fn all(folder: &Path) -> Vec<Case> {
    let charts = names(folder).into_iter();
    let charts = charts.filter(|name| folder.join(name).join("cases").is_dir());
    charts.flat_map(|name| of_chart(folder, &name)).collect()
}

fn of_chart(folder: &Path, name: &str) -> Vec<Case> {
    let cases = folder.join(name).join("cases");
    let chart = Arc::new(tree_of(&folder.join(name).join("chart")));
    let variants = names(&cases).into_iter();
    let read = |variant: String| {
        let case = cases.join(&variant);
        let about = fs::read(case.join("cmd.json")).expect("a case has a cmd.json");
        let about: Value = serde_json::from_slice(&about).expect("cmd.json is JSON");
        let exit = about["exit"].as_i64().expect("an exit code");
        let stderr = match exit {
            0 => "expected.warn",
            _ => "expected.err",
        };
        Case {
            name: format!("{name}/{variant}"),
            arguments: texts(&about["args"]),
            chart: chart.clone(),
            exit,
            stdout: fs::read(case.join("expected.yaml")).unwrap_or_default(),
            stderr: fs::read_to_string(case.join(stderr)).unwrap_or_default(),
            varies: Varies::of(&about),
            notes: false,
            files: Files::Folder(case),
        }
    };
    variants.map(read).collect()
}

/// The items of a list of texts.
pub fn texts(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items
        .map(|item| item.as_str().expect("a text").to_owned())
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let entries = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
