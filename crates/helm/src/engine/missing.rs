//! Which value was not there, and what was meant perhaps.
//!
//! Comes in: the trace of an error and the values of the charts. Goes out: the path of the value
//! that a nil pointer or a `required` complains about, where the expression names it from
//! `.Values` on, and the existing key that is nearest to the first one missing.

use super::scope::Scope;
use super::trace::Level;
use gotemplate::{Map, Value};

/// A value that was not there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissingValue {
    /// Its path, such as `.Values.image.repository`.
    pub path: String,
    /// The path up to the first key that does not exist, with the most similar key that does.
    pub nearest: Option<String>,
}

/// What is missing, by the innermost level of a trace.
pub fn find(trace: &[Level], is_required: bool, scopes: &[Scope]) -> Option<MissingValue> {
    let innermost = trace.last()?;
    let keys = match innermost
        .message
        .split_once("nil pointer evaluating interface {}.")
    {
        Some((_, field)) => keys_before(&innermost.executing, field)?,
        None if is_required => longest_path(&innermost.executing)?,
        None => return None,
    };
    let file = innermost.location.split(':').next().unwrap_or_default();
    let nearest = values_of(file, scopes).and_then(|values| nearest(&values, &keys));
    Some(MissingValue {
        path: written(&keys),
        nearest,
    })
}

/// The keys below `.Values` up to the one whose field could not be had.
fn keys_before(expression: &str, field: &str) -> Option<Vec<String>> {
    let paths = paths(expression).into_iter();
    let mut paths = paths.filter_map(|keys| {
        let at = keys.iter().position(|key| key == field)?;
        (at > 0).then(|| keys[..at].to_vec())
    });
    paths.next()
}

fn longest_path(expression: &str) -> Option<Vec<String>> {
    paths(expression).into_iter().max_by_key(Vec::len)
}

/// All `.Values.a.b` of an expression, without `.Values`.
fn paths(expression: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, start) in expression.match_indices(".Values.") {
        let rest = &expression[at + start.len()..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')));
        let path = rest[..end.unwrap_or(rest.len())].trim_end_matches('.');
        if !path.is_empty() {
            found.push(path.split('.').map(str::to_owned).collect());
        }
    }
    found
}

/// The values of the chart a file belongs to.
fn values_of(file: &str, scopes: &[Scope]) -> Option<Map> {
    let (chart, _) = file.rsplit_once("/templates/")?;
    let scope = scopes.iter().find(|scope| scope.chart_path == chart)?;
    match scope.dot.get(b"Values") {
        Some(Value::Map(values)) => Some(values),
        _ => None,
    }
}

fn nearest(values: &Map, keys: &[String]) -> Option<String> {
    let mut here = values.clone();
    for (at, key) in keys.iter().enumerate() {
        match here.get(key.as_bytes()) {
            Some(Value::Map(below)) => here = below,
            Some(_) => return None,
            None => {
                let similar = similar(&here, key)?;
                let mut path = keys[..at].to_vec();
                path.push(similar);
                return Some(written(&path));
            }
        }
    }
    None
}

fn similar(map: &Map, wanted: &str) -> Option<String> {
    let keys = map.entries().into_iter();
    let keys = keys.map(|(key, _)| key.as_str().into_owned());
    let distances = keys.map(|key| (distance(&key.to_lowercase(), &wanted.to_lowercase()), key));
    let (distance, key) = distances.min()?;
    // Further away it would be another word.
    (distance <= wanted.chars().count() / 2).then_some(key)
}

/// How many letters have to be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    // Long keys are no typos of each other that anybody would see.
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

fn written(keys: &[String]) -> String {
    format!(".Values.{}", keys.join("."))
}
