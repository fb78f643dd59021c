//! Dependencies that a chart names and does not bring along.

use crate::chart::Chart;

/// Dependencies without a chart in charts/.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found in Chart.yaml, but missing in charts/ directory: {}", .0.join(", "))]
pub struct MissingDependencies(pub Vec<String>);

/// Looks for each dependency that a chart names, before they are processed, by its name alone.
pub fn check(chart: &Chart) -> Result<(), MissingDependencies> {
    let named = chart.metadata.dependencies.iter().flatten();
    let is_there = |name: &str| chart.dependencies.iter().any(|below| below.name() == name);
    let missing: Vec<_> = named
        .filter(|dependency| !is_there(&dependency.name))
        .map(|dependency| dependency.name.clone())
        .collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(MissingDependencies(missing)),
    }
}
