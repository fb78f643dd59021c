//! A part of the values by a path such as `{.ports[*].name}`.
//!
//! Comes in: a template of texts and paths in braces, and a value. Goes out: what the paths find,
//! as kubectl prints it: several results with blanks between, lists and objects as JSON. Ranges,
//! filters and unions are refused. Source: k8s.io/client-go 0.36, util/jsonpath.

use serde_json::Value;
use thiserror::Error;

/// A path that cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("error parsing jsonpath {path}: {problem}")]
pub struct JsonPathError {
    /// The whole template.
    pub path: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

enum Step {
    Field(String),
    All,
    /// From, to, and how far each time.
    Slice([Option<i64>; 3]),
    Index(i64),
}

/// What a template prints for a value; it ends at the first path that finds nothing.
pub fn print(template: &str, value: &Value) -> Result<String, JsonPathError> {
    let error = |problem| JsonPathError {
        path: template.to_owned(),
        problem,
    };
    let (mut printed, mut rest) = (String::new(), template);
    while let Some((text, path)) = rest.split_once('{') {
        printed.push_str(text);
        let (path, behind) = path.split_once('}').ok_or(error("unclosed action"))?;
        let steps = steps(path).map_err(error)?;
        let Some(found) = find(value, &steps) else {
            return Ok(printed);
        };
        let texts: Vec<String> = found.into_iter().map(text_of).collect();
        printed.push_str(&texts.join(" "));
        rest = behind;
    }
    printed.push_str(rest);
    Ok(printed)
}

fn steps(path: &str) -> Result<Vec<Step>, &'static str> {
    let mut rest = path.trim();
    rest = rest.strip_prefix(['$', '@']).unwrap_or(rest);
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let (inside, behind) = inside.split_once(']').ok_or("unterminated array")?;
            steps.push(bracket(inside)?);
            rest = behind;
        } else if let Some(name) = rest.strip_prefix('.') {
            let end = end_of_name(name);
            match name[..end].replace('\\', "") {
                name if name.is_empty() && rest.len() > 1 => return Err("unsupported path"),
                name if name == "*" => steps.push(Step::All),
                name if name.is_empty() => {}
                name => steps.push(Step::Field(name)),
            }
            rest = &name[end..];
        } else {
            return Err("unsupported path");
        }
    }
    Ok(steps)
}

fn end_of_name(text: &str) -> usize {
    let mut escaped = false;
    let end = text.find(|c| match (escaped, c) {
        (false, '.' | '[') => true,
        (before, c) => {
            escaped = !before && c == '\\';
            false
        }
    });
    end.unwrap_or(text.len())
}

fn bracket(inside: &str) -> Result<Step, &'static str> {
    let inside = inside.trim();
    let quoted = inside
        .strip_prefix('\'')
        .and_then(|it| it.strip_suffix('\''));
    if let Some(name) = quoted {
        return Ok(Step::Field(name.to_owned()));
    }
    if inside == "*" {
        return Ok(Step::All);
    }
    if !inside.contains(':') {
        let index = inside.parse();
        return index.map(Step::Index).map_err(|_| "invalid array index");
    }
    let mut bounds = [None; 3];
    for (at, bound) in inside.split(':').enumerate() {
        let place = bounds.get_mut(at).ok_or("invalid array index")?;
        if !bound.is_empty() {
            *place = Some(bound.parse().map_err(|_| "invalid array index")?);
        }
    }
    Ok(Step::Slice(bounds))
}

fn find<'v>(value: &'v Value, steps: &[Step]) -> Option<Vec<&'v Value>> {
    let mut found = vec![value];
    for step in steps {
        let mut next = Vec::new();
        for value in found {
            next.extend(below(value, step)?);
        }
        found = next;
    }
    Some(found)
}

fn below<'v>(value: &'v Value, step: &Step) -> Option<Vec<&'v Value>> {
    match (step, value) {
        (Step::Field(name), Value::Object(fields)) => Some(vec![fields.get(name)?]),
        (Step::All, Value::Object(fields)) => Some(fields.values().collect()),
        (Step::All, Value::Array(items)) => Some(items.iter().collect()),
        (Step::All, _) => Some(Vec::new()),
        (Step::Index(at), Value::Array(items)) => Some(vec![items.get(counted(*at, items.len()))?]),
        (Step::Slice([from, to, by]), Value::Array(items)) => {
            let from = counted(from.unwrap_or(0), items.len());
            let to = counted(to.unwrap_or(items.len() as i64), items.len());
            let by = usize::try_from(by.unwrap_or(1)).ok().filter(|by| *by > 0)?;
            let part = items.get(from..to.min(items.len()))?;
            Some(part.iter().step_by(by).collect())
        }
        _ => None,
    }
}

/// A place counted from the start, or from the end if it is negative.
fn counted(at: i64, length: usize) -> usize {
    let from_start = if at < 0 { at + length as i64 } else { at };
    usize::try_from(from_start).unwrap_or(usize::MAX)
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "<nil>".to_owned(),
        other => other.to_string(),
    }
}
