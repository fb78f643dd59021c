//! Which dependencies are on.
//!
//! Tags speak first, conditions have the last word. Both are looked up in the values of the top
//! chart, coalesced once more with those of each chart on the way down, because that is what Helm
//! looks at.

use crate::Warning;
use crate::chart::{Chart, Dependency};
use crate::values::{Dialect, TypeMismatch, coalesce, path_value, table};
use gotemplate::{Map, Value};
use model::{Version, VersionRange};
use std::sync::Arc;

pub(super) fn process(
    chart: &mut Chart,
    values: &Map,
    path: &str,
    dialect: Dialect,
    warnings: &mut Vec<Warning>,
) -> Result<(), TypeMismatch> {
    let Some(mut named) = chart.metadata.dependencies.clone() else {
        return Ok(());
    };
    chart.dependencies = matched(chart, &named);
    for dependency in &mut named {
        if !dependency.alias.is_empty() {
            dependency.name = dependency.alias.clone();
        }
        dependency.enabled = true;
    }
    let values = coalesce(chart, values, dialect, warnings)?;
    by_tags(&mut named, &values, warnings);
    by_conditions(&mut named, &values, path, warnings);
    let is_off = |name: &str| named.iter().any(|it| !it.enabled && it.name == name);
    chart.dependencies.retain(|below| !is_off(below.name()));
    let kept: Vec<_> = named
        .iter()
        .filter(|it| !is_off(&it.name))
        .cloned()
        .collect();
    for below in &mut chart.dependencies {
        if below.metadata.dependencies.is_none() {
            continue;
        }
        let path = format!("{path}{}.", below.name());
        process(Arc::make_mut(below), &values, &path, dialect, warnings)?;
    }
    let metadata = Arc::make_mut(&mut chart.metadata);
    metadata.dependencies = (!kept.is_empty()).then_some(kept);
    Ok(())
}

/// The vendored charts nobody names, then one for each dependency that has its chart.
fn matched(chart: &Chart, named: &[Dependency]) -> Vec<Arc<Chart>> {
    let vendored = chart.dependencies.iter();
    let unnamed = vendored.filter(|below| !named.iter().any(|it| fits(it, below)));
    let mut found: Vec<_> = unnamed.cloned().collect();
    for dependency in named {
        let fitting = chart
            .dependencies
            .iter()
            .find(|below| fits(dependency, below));
        found.extend(fitting.map(|below| called(below, &dependency.alias)));
    }
    found
}

fn called(chart: &Arc<Chart>, alias: &str) -> Arc<Chart> {
    let mut chart = chart.clone();
    if !alias.is_empty() {
        let metadata = &mut Arc::make_mut(&mut chart).metadata;
        Arc::make_mut(metadata).name = alias.to_owned();
    }
    chart
}

fn fits(dependency: &Dependency, chart: &Chart) -> bool {
    dependency.name == chart.name() && is_compatible(&dependency.version, &chart.metadata.version)
}

/// Does a version lie in a range? Not if either cannot be read.
pub(super) fn is_compatible(range: &str, version: &str) -> bool {
    let (Ok(range), Ok(version)) = (VersionRange::parse(range), Version::parse(version)) else {
        return false;
    };
    range.admits(&version)
}

fn by_tags(named: &mut [Dependency], values: &Map, warnings: &mut Vec<Warning>) {
    let Ok(tags) = table(values, "tags") else {
        return;
    };
    for dependency in named {
        let (mut any_on, mut any_off) = (false, false);
        for tag in &dependency.tags {
            match tags.get(tag.as_bytes()) {
                Some(Value::Bool(true)) => any_on = true,
                Some(Value::Bool(false)) => any_off = true,
                Some(_) => warnings.push(no_bool("tag", tag, dependency)),
                None => {}
            }
        }
        dependency.enabled = any_on || !any_off;
    }
}

fn by_conditions(named: &mut [Dependency], values: &Map, path: &str, warnings: &mut Vec<Warning>) {
    for dependency in named {
        for condition in dependency.condition.trim().split(',') {
            if condition.is_empty() {
                continue;
            }
            match path_value(values, &format!("{path}{condition}")) {
                Ok(Value::Bool(on)) => {
                    dependency.enabled = on;
                    break;
                }
                Ok(_) => warnings.push(no_bool("path", condition, dependency)),
                Err(_) => {}
            }
        }
    }
}

fn no_bool(what: &'static str, value: &str, dependency: &Dependency) -> Warning {
    Warning::warn("returned non-bool value")
        .with(what, value)
        .with("chart", &dependency.name)
}
