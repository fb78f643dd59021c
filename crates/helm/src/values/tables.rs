//! Two maps made one: the first has the last word. Source: coalesceTablesFullKey.

use super::shown::shown;
use crate::Warning;
use gotemplate::{Map, Text, Value};

/// What a null in the first map means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nulls {
    /// It takes the key away, and is gone itself.
    Remove,
    /// It stays, for a later pass to see.
    Keep,
}

/// Fills `target` with what only `source` has, map by map; nulls take keys away.
pub fn coalesce_tables(target: &Map, source: &Map, warnings: &mut Vec<Warning>) {
    fill(target, source, "", Nulls::Remove, warnings);
}

/// Fills `target` with what only `source` has, map by map; nulls stay.
pub fn merge_tables(target: &Map, source: &Map, warnings: &mut Vec<Warning>) {
    fill(target, source, "", Nulls::Keep, warnings);
}

/// The walk behind both. Helm changes the source too: each null of the target is written into it,
/// and who shares the source sees that.
pub(crate) fn fill(
    target: &Map,
    source: &Map,
    prefix: &str,
    nulls: Nulls,
    warnings: &mut Vec<Warning>,
) {
    let overridden = hand_nulls_over(target, source);
    for (key, value) in source.entries() {
        let Some(existing) = target.get(key.as_bytes()) else {
            target.set(key, value);
            continue;
        };
        if nulls == Nulls::Remove && overridden.contains(&key) {
            target.remove(key.as_bytes());
            continue;
        }
        let path = || join(prefix, &key.as_str());
        match (&existing, &value) {
            (Value::Map(inner), Value::Map(from)) => fill(inner, from, &path(), nulls, warnings),
            (_, Value::Map(_)) => warnings.push(not_under_table(&path(), &shown(&value))),
            (Value::Map(_), Value::Nil) => {}
            (Value::Map(_), _) => warnings.push(not_over_table(&path(), &shown(&value))),
            _ => {}
        }
    }
}

/// Writes the target's nulls into the source; gives the keys that had a value there.
fn hand_nulls_over(target: &Map, source: &Map) -> Vec<Text> {
    let nulls: Vec<Text> = target.read(|entries| {
        let nulls = entries
            .iter()
            .filter(|(_, value)| matches!(value, Value::Nil));
        nulls.map(|(key, _)| key.clone()).collect()
    });
    let mut overridden = Vec::new();
    for key in nulls {
        match source.get(key.as_bytes()) {
            None | Some(Value::Nil) => {}
            Some(_) => overridden.push(key.clone()),
        }
        source.set(key, Value::Nil);
    }
    overridden
}

/// A table of the source where the target has none.
pub(crate) fn not_under_table(path: &str, shown: &str) -> Warning {
    Warning::info(format!(
        "warning: cannot overwrite table with non table for {path} ({shown})"
    ))
}

/// No table of the source where the target has one.
pub(crate) fn not_over_table(path: &str, shown: &str) -> Warning {
    Warning::info(format!(
        "warning: destination for {path} is a table. Ignoring non-table value ({shown})"
    ))
}

pub(crate) fn join(prefix: &str, key: &str) -> String {
    match prefix.is_empty() {
        true => key.to_owned(),
        false => format!("{prefix}.{key}"),
    }
}
