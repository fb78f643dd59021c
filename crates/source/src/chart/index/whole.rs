//! YAML of an index, parsed: one chart's part of it, or all of it.

use super::entry::sorted;
use super::{Charts, IndexError, Versions};
use serde_json::Value;
use std::sync::Arc;

/// The versions of one chart, from the part of the index that is about it.
pub(crate) fn part(text: &[u8], chart: &str) -> Result<Versions, IndexError> {
    let value = yaml::read_first(text, &limits(text)).map_err(|source| IndexError::Part {
        chart: chart.to_owned(),
        source: Arc::new(source),
    })?;
    versions(value.get(chart).unwrap_or(&Value::Null), chart)
}

/// All charts.
pub(crate) fn read(text: &[u8]) -> Result<Charts, IndexError> {
    check_beginning(text)?;
    let value = parse(text)?;
    check_api_version(&value)?;
    match value.get("entries") {
        None | Some(Value::Null) => Ok(Charts::new()),
        Some(Value::Object(charts)) => charts
            .iter()
            .map(|(name, list)| Ok((name.as_str().into(), versions(list, name)?)))
            .collect(),
        Some(_) => Err(IndexError::Shape("entries".to_owned())),
    }
}

/// What stands outside the entries says that it is an index.
pub(crate) fn check_head(text: &[u8], has_charts: bool) -> Result<(), IndexError> {
    match check_beginning(text) {
        Err(IndexError::Empty) if has_charts => return Err(IndexError::NoApiVersion),
        beginning => beginning?,
    }
    check_api_version(&parse(text)?)
}

fn check_beginning(text: &[u8]) -> Result<(), IndexError> {
    match text.trim_ascii_start().first() {
        None => Err(IndexError::Empty),
        Some(b'<') => Err(IndexError::WebPage),
        Some(_) => Ok(()),
    }
}

fn check_api_version(value: &Value) -> Result<(), IndexError> {
    match value.get("apiVersion") {
        _ if !value.is_object() => Err(IndexError::Shape("what it says".to_owned())),
        None | Some(Value::Null) => Err(IndexError::NoApiVersion),
        Some(Value::String(version)) if version.is_empty() => Err(IndexError::NoApiVersion),
        Some(_) => Ok(()),
    }
}

fn versions(list: &Value, chart: &str) -> Result<Versions, IndexError> {
    match list {
        Value::Null => Ok(Versions::default()),
        Value::Array(list) => Ok(sorted(list.iter())),
        _ => Err(IndexError::Shape(format!("entries.{chart}"))),
    }
}

fn parse(text: &[u8]) -> Result<Value, IndexError> {
    yaml::read_first(text, &limits(text)).map_err(|source| IndexError::Yaml(Arc::new(source)))
}

/// How long it may be was decided when it was fetched.
fn limits(text: &[u8]) -> yaml::Limits {
    yaml::Limits {
        bytes: text.len(),
        ..yaml::Limits::default()
    }
}
