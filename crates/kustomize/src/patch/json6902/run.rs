//! Doing one operation.
//!
//! Comes in: a document and an operation. Goes out: the document with the operation done, or what is
//! wrong. Source: evanphx/json-patch 4.13 (Patch.add, remove, replace, move, copy, test).

use super::array;
use super::error::Problem;
use super::json::Json;
use super::operation::Operation;
use super::pointer::find;
use super::size::{Budget, check_depth};

/// Does an operation.
pub fn run(document: &mut Json, operation: &Operation, budget: &mut Budget) -> Result<(), Problem> {
    match operation.kind() {
        "add" => add_at(
            document,
            operation.path()?,
            operation.value_or_null(),
            "path",
        ),
        "remove" => {
            let (holder, key) = find(document, operation.path()?, "path")?;
            remove(holder, &key).map(drop)
        }
        "replace" => replace(document, operation),
        "move" => move_value(document, operation),
        "copy" => copy_value(document, operation, budget),
        "test" => test(document, operation),
        other => Err(Problem::Kind(other.to_owned())),
    }
}

fn move_value(document: &mut Json, operation: &Operation) -> Result<(), Problem> {
    let (holder, key) = find(document, operation.from()?, "from path")?;
    let value = remove(holder, &key)?;
    add_at(document, operation.path()?, value, "destination path")
}

/// A key that is not there is copied as null.
fn copy_value(
    document: &mut Json,
    operation: &Operation,
    budget: &mut Budget,
) -> Result<(), Problem> {
    let (holder, key) = find(document, operation.from()?, "from path")?;
    let value = get(holder, &key)?.unwrap_or(&Json::NULL);
    budget.copy(value)?;
    let value = value.clone();
    add_at(document, operation.path()?, value, "destination path")
}

fn add_at(document: &mut Json, path: &str, value: Json, role: &'static str) -> Result<(), Problem> {
    check_depth(path, &value)?;
    let (holder, key) = find(document, path, role)?;
    match holder {
        Json::Array(items) => array::add(items, &key, value),
        holder => {
            put(holder, key, value);
            Ok(())
        }
    }
}

fn put(holder: &mut Json, key: String, value: Json) {
    if let Json::Object(fields) = holder {
        fields.insert(key, value);
    }
}

fn get<'a>(holder: &'a Json, key: &str) -> Result<Option<&'a Json>, Problem> {
    match holder {
        Json::Object(fields) => Ok(fields.get(key)),
        Json::Array(items) => Ok(items.get(array::index(items.len(), key)?)),
        _ => Ok(None),
    }
}

fn remove(holder: &mut Json, key: &str) -> Result<Json, Problem> {
    match holder {
        Json::Array(items) => Ok(items.remove(array::index(items.len(), key)?)),
        Json::Object(fields) if fields.contains_key(key) => {
            Ok(fields.remove(key).unwrap_or(Json::NULL))
        }
        _ => Err(Problem::NoSuchKey(key.to_owned())),
    }
}

/// Puts a value where one is; in a map, also where none is.
fn replace(document: &mut Json, operation: &Operation) -> Result<(), Problem> {
    let path = operation.path()?;
    let mut value = operation.value_or_null();
    if path.is_empty() {
        return match value.open() {
            Json::Object(_) | Json::Array(_) => {
                *document = value;
                Ok(())
            }
            _ => Err(Problem::RootValue),
        };
    }
    check_depth(path, &value)?;
    let (holder, key) = find(document, path, "path")?;
    match holder {
        Json::Array(items) => {
            let at = array::index(items.len(), &key).map_err(|source| Problem::MissingKey {
                path: path.to_owned(),
                source: Box::new(source),
            })?;
            items[at] = value;
        }
        holder => put(holder, key, value),
    }
    Ok(())
}

/// Finds a value equal to the one given. What is not there equals null, and no value at all.
fn test(document: &mut Json, operation: &Operation) -> Result<(), Problem> {
    let path = operation.path()?;
    let found = match path {
        "" => Some(&*document),
        path => {
            let (holder, key) = find(document, path, "path")?;
            get(holder, &key)?
        }
    };
    let equal = match (found, &operation.value) {
        (found, wanted) if found.is_none_or(Json::is_null) => {
            wanted.as_ref().is_none_or(Json::is_null)
        }
        (Some(found), Some(wanted)) => found.same(wanted),
        _ => false,
    };
    match equal {
        true => Ok(()),
        false => Err(Problem::Test(path.to_owned())),
    }
}
