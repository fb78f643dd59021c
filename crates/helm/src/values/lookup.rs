//! Paths into values: `a.b.c`, where a dot always separates. Source: pkg/chart/common/values.go.

use gotemplate::{Map, Value};

/// A path that leads to no table, or to no plain value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum NotFound {
    #[error("{} is not a table", crate::quote::quote(.0))]
    Table(String),
    #[error("{} is not a value", crate::quote::quote(.0))]
    Value(String),
}

/// The table at a path. An empty path looks for a table with an empty name.
pub fn table(values: &Map, path: &str) -> Result<Map, NotFound> {
    let mut here = values.clone();
    for name in path.split('.') {
        here = match here.get(name.as_bytes()) {
            Some(Value::Map(map)) => map,
            _ => return Err(NotFound::Table(name.to_owned())),
        };
    }
    Ok(here)
}

/// The value at a path, unless it is a table.
pub fn path_value(values: &Map, path: &str) -> Result<Value, NotFound> {
    let (folder, name) = match path.rsplit_once('.') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, path),
    };
    let missing = || NotFound::Value(name.to_owned());
    let holder = match folder {
        Some(folder) => table(values, folder).map_err(|_| missing())?,
        None => values.clone(),
    };
    match holder.get(name.as_bytes()) {
        Some(Value::Map(_)) | None => Err(missing()),
        Some(value) => Ok(value),
    }
}
