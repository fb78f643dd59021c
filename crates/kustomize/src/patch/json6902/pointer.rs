//! Paths of operations (RFC 6901).
//!
//! Comes in: a document and a path. Goes out: the map or list that holds what the path names, and the
//! last step. Source: evanphx/json-patch 4.13 (findObject, decodePatchKey).

use super::array;
use super::error::Problem;
use super::json::Json;

/// The holder of what a path names, and the path's last step.
pub fn find<'a>(
    document: &'a mut Json,
    path: &str,
    role: &'static str,
) -> Result<(&'a mut Json, String), Problem> {
    let missing = |hint: String| Problem::MissingPath {
        role,
        path: path.to_owned(),
        hint,
    };
    let Some((start, rest)) = path.split_once('/') else {
        return Err(missing(match path {
            "" => "; the root itself cannot be named here".to_owned(),
            _ => format!("; write /{path}"),
        }));
    };
    let mut steps: Vec<_> = rest.split('/').map(unescape).collect();
    let last = steps.pop().unwrap_or_default();
    let mut holder = document.open();
    let mut walked = start.to_owned();
    for step in steps {
        let there = child(holder, &step);
        walked = format!("{walked}/{step}");
        holder = there.ok_or_else(|| missing(format!("; there is no map or list at {walked}")))?;
    }
    Ok((holder, last))
}

/// The map or list at a step.
fn child<'a>(holder: &'a mut Json, step: &str) -> Option<&'a mut Json> {
    let found = match holder {
        Json::Object(fields) => fields.get_mut(step)?,
        Json::Array(items) => {
            let at = array::index(items.len(), step).ok()?;
            items.get_mut(at)?
        }
        _ => return None,
    };
    matches!(found.open(), Json::Object(_) | Json::Array(_)).then_some(found)
}

/// `~1` is `/`, `~0` is `~`, in one go.
fn unescape(step: &str) -> String {
    let mut out = String::with_capacity(step.len());
    let mut rest = step;
    while let Some(at) = rest.find('~') {
        let (before, escape) = rest.split_at(at);
        let (character, length) = match escape.as_bytes().get(1) {
            Some(b'1') => ('/', 2),
            Some(b'0') => ('~', 2),
            _ => ('~', 1),
        };
        out.push_str(before);
        out.push(character);
        rest = &escape[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_are_undone_once() {
        for (step, key) in [
            ("a~1b", "a/b"),
            ("~01", "~1"),
            ("~~1~", "~/~"),
            ("~2", "~2"),
        ] {
            assert_eq!(unescape(step), key);
        }
    }
}
