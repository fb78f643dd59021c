//! One version of a chart, as an index lists it.
//!
//! Comes in: a parsed entry. Goes out: what is needed to fetch it, or nothing if Helm passes over it:
//! indexes are made by many programs, and one bad entry spoils no other.

use model::Version;
use serde_json::Value;
use std::sync::Arc;

/// One version of a chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Entry {
    pub version: Version,
    /// As it is written; empty if there is none.
    pub digest: Box<str>,
    /// Whole, or relative to the repository.
    pub urls: Box<[Box<str>]>,
    pub deprecated: bool,
}

/// The entries of a list that are valid, the newest first. Those of one version keep their order.
pub(crate) fn sorted<'a>(list: impl Iterator<Item = &'a Value>) -> Arc<[Entry]> {
    sort(list.filter_map(entry).collect())
}

/// Sorts entries, the newest first.
pub(crate) fn sort(mut entries: Vec<Entry>) -> Arc<[Entry]> {
    entries.sort_by(|a, b| b.version.cmp(&a.version));
    entries.into()
}

/// Reads an entry; none if Helm would skip it.
pub(crate) fn entry(value: &Value) -> Option<Entry> {
    let fields = value.as_object()?;
    let field = |name: &str| fields.get(name).unwrap_or(&Value::Null);
    let name = text(field("name"))?;
    let version = text(field("version"))?;
    let valid = is_chart_name(&name)
        && matches!(
            text(field("type"))?.as_str(),
            "" | "application" | "library"
        )
        && list(field("maintainers"))?.iter().all(Value::is_object)
        && list(field("dependencies"))?.iter().all(is_dependency);
    if !valid {
        return None;
    }
    let urls = list(field("urls"))?.iter().map(text);
    Some(Entry {
        version: Version::parse(&version).ok()?,
        digest: text(field("digest"))?.trim().into(),
        urls: urls
            .map(|url| url.map(String::into_boxed_str))
            .collect::<Option<_>>()?,
        deprecated: field("deprecated").as_bool().unwrap_or(false),
    })
}

/// A text; a number stands for the text somebody forgot to quote, null for the empty one.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => {
            let text = number.to_string();
            Some(text.strip_suffix(".0").map_or(text.clone(), str::to_owned))
        }
        _ => None,
    }
}

fn list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Null => Some(&[]),
        value => value.as_array().map(Vec::as_slice),
    }
}

fn is_chart_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains('/')
}

fn is_dependency(value: &Value) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let alias = |fields: &serde_json::Map<String, Value>| match fields.get("alias") {
        Some(Value::String(alias)) => alias.chars().all(word),
        _ => true,
    };
    value.as_object().is_some_and(alias)
}
