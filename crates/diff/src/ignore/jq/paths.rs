//! Deleting what paths lead to.
//!
//! In: the outputs of `path(expression)`. Out: the object without them, as jq's `del` leaves it:
//! all paths mean the object as it was.

use jaq_json::Val;
use jaq_std::ValT as _;
use serde_json::Value;

/// Deletes what the paths lead to; what is not there is not deleted.
pub(super) fn delete(object: &mut Value, paths: Vec<Val>) {
    let mut paths: Vec<Vec<Hop>> = paths.iter().flat_map(|path| hops(object, path)).collect();
    // Backwards, so that no deletion moves what another one means.
    paths.sort();
    paths.dedup();
    for path in paths.iter().rev() {
        remove(object, path);
    }
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Hop {
    Index(usize),
    Name(String),
}

/// A path as jq gives it, its slices and negative positions resolved; nothing if it leads nowhere.
fn hops(object: &Value, path: &Val) -> Vec<Vec<Hop>> {
    let Val::Arr(parts) = path else {
        return Vec::new();
    };
    let mut found = vec![(Vec::new(), object)];
    for part in parts.iter() {
        found = found
            .into_iter()
            .flat_map(|(path, value)| below(path, value, part))
            .collect();
    }
    found
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| !path.is_empty())
        .collect()
}

fn below<'a>(path: Vec<Hop>, value: &'a Value, part: &Val) -> Vec<(Vec<Hop>, &'a Value)> {
    let then = |hop: Hop, value: &'a Value| {
        let mut path = path.clone();
        path.push(hop);
        (path, value)
    };
    match (part, value) {
        (Val::TStr(name), Value::Object(fields)) => {
            let name = String::from_utf8_lossy(name).into_owned();
            let field = fields.get(&name);
            field
                .map(|field| then(Hop::Name(name), field))
                .into_iter()
                .collect()
        }
        (at @ Val::Num(_), Value::Array(items)) => {
            let at = position(at.as_f64(), items.len(), 0);
            items
                .get(at)
                .map(|item| then(Hop::Index(at), item))
                .into_iter()
                .collect()
        }
        (Val::Obj(slice), Value::Array(items)) => {
            let bound = |name: &str| slice.get(&Val::from(name.to_owned()))?.as_f64();
            let start = position(bound("start"), items.len(), 0).min(items.len());
            let end = position(bound("end"), items.len(), items.len()).min(items.len());
            (start..end)
                .map(|at| then(Hop::Index(at), &items[at]))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A position, negative ones counted from the end.
fn position(at: Option<f64>, length: usize, missing: usize) -> usize {
    match at {
        None => missing,
        Some(at) if at < 0.0 => {
            let from_end = at + length as f64;
            if from_end < 0.0 {
                usize::MAX
            } else {
                from_end as usize
            }
        }
        Some(at) => at as usize,
    }
}

fn remove(object: &mut Value, path: &[Hop]) {
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let parent = parents.iter().try_fold(object, |value, hop| match hop {
        Hop::Name(name) => value.get_mut(name),
        Hop::Index(at) => value.get_mut(at),
    });
    match (last, parent) {
        (Hop::Name(name), Some(Value::Object(fields))) => drop(fields.remove(name)),
        (Hop::Index(at), Some(Value::Array(items))) if *at < items.len() => {
            items.remove(*at);
        }
        _ => {}
    }
}
