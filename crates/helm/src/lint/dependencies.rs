//! Dependencies: those that are named and those that are there. Source: Helm 4.2,
//! pkg/chart/v2/lint/rules/dependencies.go.

use super::Linter;
use crate::chart::Chart;
use std::collections::HashSet;

pub fn check(linter: &mut Linter<'_>) {
    let loaded = linter.loaded();
    linter.error(
        "",
        loaded.map_err(|error| format!("unable to load chart\n\t{error}")),
    );
    let Ok(chart) = &linter.chart else { return };
    let (unnamed, twice, absent) = (unnamed(chart), twice(chart), absent(chart));
    let path = linter.request.absolute;
    let text = "chart metadata is missing these dependencies";
    linter.error(path, none(text, unnamed));
    linter.error(
        path,
        none("multiple dependencies with name or alias", twice),
    );
    let text = "chart directory is missing these dependencies";
    linter.warning(path, none(text, absent));
}

fn none(text: &str, names: Vec<String>) -> Result<(), String> {
    match names.is_empty() {
        true => Ok(()),
        false => Err(format!("{text}: {}", names.join(","))),
    }
}

fn unnamed(chart: &Chart) -> Vec<String> {
    let named: HashSet<&str> = named(chart).collect();
    let there = chart.dependencies.iter().map(|below| below.name());
    let unnamed = there.filter(|name| !named.contains(name));
    unnamed.map(str::to_owned).collect()
}

fn absent(chart: &Chart) -> Vec<String> {
    let there: HashSet<&str> = chart.dependencies.iter().map(|it| it.name()).collect();
    let absent = named(chart).filter(|name| !there.contains(name));
    absent.map(str::to_owned).collect()
}

fn twice(chart: &Chart) -> Vec<String> {
    let mut known = HashSet::new();
    let dependencies = chart.metadata.dependencies.iter().flatten();
    let keys = dependencies.map(|it| {
        if it.alias.is_empty() {
            &it.name
        } else {
            &it.alias
        }
    });
    keys.filter(|key| !known.insert(*key)).cloned().collect()
}

fn named(chart: &Chart) -> impl Iterator<Item = &str> {
    let dependencies = chart.metadata.dependencies.iter().flatten();
    dependencies.map(|dependency| &*dependency.name)
}
