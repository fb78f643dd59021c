//! Dependencies and coalesced values.

use crate::canonical::{line, quoted};
use crate::{chain, expect_none, rows};
use gotemplate::Value;
use helm::chart::{Chart, Dependency, Limits, load};
use helm::dependencies::process;
use helm::values::{Dialect, coalesce, from_json, map_from_json};
use model::{MemoryTree, TreePath};
use serde_json::Value as Json;

#[test]
fn charts_come_out_of_processing_as_in_helm() {
    let rows = rows(include_str!("processing.jsonl"));
    let differences = rows.iter().filter_map(|row| {
        let (found, wanted) = (outcome(row), row["expected"].as_str()?);
        (found.trim_end() != wanted.trim_end()).then(|| format!("{row}\nfound {found}"))
    });
    expect_none(&differences.collect::<Vec<_>>());
}

/// Of Helm 3 the rows tell no warnings: it words them otherwise.
fn outcome(row: &Json) -> String {
    let dialect = match row.get("dialect") {
        Some(_) => Dialect::V3,
        None => Dialect::V4,
    };
    let files = row["files"].as_object().expect("a row has files");
    let files = files
        .iter()
        .map(|(name, text)| (&**name, text.as_str().unwrap_or_default()));
    let tree = MemoryTree::of(files).expect("the paths are good");
    let chart = load(&tree, &TreePath::root(), &Limits::default()).expect("the chart loads");
    let user = map_from_json(row["user"].as_object().expect("a row has values"));
    let mut warnings = Vec::new();
    let chart = match process(&chart, &user, dialect, &mut warnings) {
        Ok(chart) => chart,
        Err(error) => return format!("process: {}", chain(&error)),
    };
    let tree = described(&chart);
    let values = match coalesce(&chart, &user, dialect, &mut warnings) {
        Ok(values) => line(&Value::Map(values)),
        Err(error) => return format!("{tree} coalesce: {}", chain(&error)),
    };
    if dialect == Dialect::V3 {
        return format!("{tree}\n{values}");
    }
    let mut lines: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    lines.sort();
    format!("{tree}\n{values}\n{}", lines.join("\n"))
}

fn described(chart: &Chart) -> String {
    let below = joined(chart.dependencies.iter().map(|below| described(below)));
    let named = match &chart.metadata.dependencies {
        None => "n".to_owned(),
        Some(named) => joined(named.iter().map(entry)),
    };
    let name = quoted(chart.name());
    let values = line(&Value::Map(chart.values.to_map()));
    format!("{{\"deps\":{below},\"name\":{name},\"named\":{named},\"values\":{values}}}")
}

fn entry(dependency: &Dependency) -> String {
    let (alias, name) = (quoted(&dependency.alias), quoted(&dependency.name));
    let imports = joined(
        dependency
            .import_values
            .iter()
            .map(|it| line(&from_json(it))),
    );
    let enabled = dependency.enabled;
    format!("{{\"alias\":{alias},\"enabled\":{enabled},\"import\":{imports},\"name\":{name}}}")
}

fn joined(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}
