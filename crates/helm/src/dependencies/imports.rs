//! What a parent takes over from the values of its dependencies.

use crate::Warning;
use crate::chart::{Chart, Dependency};
use crate::values::{
    Defaults, Dialect, TypeMismatch, deep_copy_map, from_json, merge, merge_tables, table,
};
use gotemplate::{Map, Text, Value};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// Dependencies first: what they import themselves can be imported in turn.
pub(super) fn process(
    chart: &mut Chart,
    dialect: Dialect,
    warnings: &mut Vec<Warning>,
) -> Result<(), TypeMismatch> {
    for below in &mut chart.dependencies {
        if needs_work(below) {
            process(Arc::make_mut(below), dialect, warnings)?;
        }
    }
    if chart.metadata.dependencies.is_none() {
        return Ok(());
    }
    let values = merge(chart, &Map::default(), dialect, warnings)?;
    let imported = Map::default();
    let mut metadata = (*chart.metadata).clone();
    for dependency in metadata.dependencies.iter_mut().flatten() {
        import(dependency, &values, &imported, warnings);
    }
    // Only now: importing changes the tables it imports from.
    let own = match imported.is_empty() {
        true => values,
        false => deep_copy_map(&values),
    };
    merge_tables(&own, &imported, warnings);
    chart.values = Arc::new(Defaults::keep(&own));
    chart.metadata = Arc::new(metadata);
    Ok(())
}

/// Does it, or any chart below it, name dependencies?
fn needs_work(chart: &Chart) -> bool {
    chart.metadata.dependencies.is_some() || chart.dependencies.iter().any(|it| needs_work(it))
}

fn import(dependency: &mut Dependency, values: &Map, imported: &Map, warnings: &mut Vec<Warning>) {
    let mut seen = Vec::new();
    for entry in std::mem::take(&mut dependency.import_values) {
        let (child, parent) = match &entry {
            Json::Object(fields) => (printed(fields.get("child")), printed(fields.get("parent"))),
            Json::String(name) => (format!("exports.{name}"), ".".to_owned()),
            _ => continue,
        };
        seen.push(json!({"child": child, "parent": parent}));
        match table(values, &format!("{}.{child}", dependency.name)) {
            // An empty table is another one each time it is asked for.
            Ok(table) if table.is_empty() => {
                merge_tables(imported, &at_path(&parent, Map::default()), warnings);
            }
            Ok(table) => merge_tables(imported, &at_path(&parent, table), warnings),
            Err(error) => {
                warnings.push(missing(&entry, dependency).with("error", error.to_string()))
            }
        }
    }
    dependency.import_values = seen;
}

fn missing(entry: &Json, dependency: &Dependency) -> Warning {
    match entry {
        Json::String(_) => Warning::warn("ImportValues missing table"),
        _ => Warning::warn("ImportValues missing table from chart").with("chart", &dependency.name),
    }
}

/// A value as Go's `%v` prints it; nothing prints as a nil.
fn printed(value: Option<&Json>) -> String {
    let value = value.map_or(Value::Nil, from_json);
    String::from_utf8_lossy(&gotemplate::fmt::print_value(&value)).into_owned()
}

/// A table inside as many tables as the path has parts; `.` has none.
fn at_path(path: &str, table: Map) -> Map {
    if path == "." {
        return table;
    }
    path.rsplit('.').fold(table, |inner, name| {
        Map::from_iter([(Text::from(name), Value::Map(inner))])
    })
}
