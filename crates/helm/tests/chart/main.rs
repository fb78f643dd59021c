//! Charts and values against rows that Helm's own packages answered.
//!
//! Each row of the tables holds an input and what Helm 4.2 made of it.

mod canonical;
mod capabilities;
mod hostile;
mod loading;
mod locks;
mod processing;
mod set;

use serde_json::Value;

/// The rows of a table.
fn rows(table: &str) -> Vec<Value> {
    let rows = table.lines().map(serde_json::from_str);
    rows.collect::<Result<_, _>>().expect("every line is JSON")
}

/// An error and all its causes, as Helm prints them.
fn chain(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", chain(source)),
        None => error.to_string(),
    }
}

/// Fails with every row that differs.
fn expect_none(differences: &[String]) {
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.join("\n\n")
    );
}
