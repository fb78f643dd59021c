//! Field paths, cut into steps.
//!
//! Comes in: a path as users write it. Goes out: its steps. Source of the rules: kyaml 0.21,
//! utils/pathsplitter.go and yaml/fns.go.

use super::NodeError;

/// Cuts at the delimiter, unless a backslash stands before it. A leading delimiter is dropped.
pub fn split_path(path: &str, delimiter: char) -> Vec<String> {
    let mut parts = path.split(delimiter).peekable();
    let first = parts.next().unwrap_or_default();
    let first = match parts.peek() {
        Some(_) if first.is_empty() => parts.next().unwrap_or_default(),
        _ => first,
    };
    let mut steps = vec![first.to_owned()];
    for part in parts {
        match steps.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.pop();
                last.push(delimiter);
                last.push_str(part);
            }
            _ => steps.push(part.to_owned()),
        }
    }
    steps
}

/// Cuts at the delimiter, but not inside brackets: `a.[name=x.y].[b.c]` has three steps. Brackets
/// that hold a `=` stay, others are dropped.
pub fn split_smart(path: &str, delimiter: char) -> Vec<String> {
    let mut steps = Vec::new();
    let mut parts = split_path(path, delimiter).into_iter();
    while let Some(part) = parts.next() {
        if !part.starts_with('[') || part.ends_with(']') {
            steps.push(part);
            continue;
        }
        let mut bracketed = part;
        for next in parts.by_ref() {
            bracketed.push(delimiter);
            bracketed.push_str(&next);
            if next.ends_with(']') {
                break;
            }
        }
        match bracketed.contains('=') {
            true => steps.push(bracketed),
            false => steps.push(bracketed.trim_matches(['[', ']']).to_owned()),
        }
    }
    steps
}

/// Does the step select items of a list, as `[name=nginx]` does?
pub fn is_list_selector(step: &str) -> bool {
    step.starts_with('[') && step.ends_with(']')
}

/// The number a step is, as Go's `strconv.Atoi` reads it; negative ones included.
pub fn number(step: &str) -> Option<i64> {
    let digits = step.strip_prefix(['+', '-']).unwrap_or(step);
    let decimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    decimal.then(|| step.parse().ok()).flatten()
}

/// Does the step name an item of a list by its position?
pub fn is_index(step: &str) -> bool {
    number(step).is_some_and(|number| number >= 0)
}

/// `[name=nginx]` is `("name", "nginx")`; the name may be empty.
pub fn split_selector(step: &str) -> Result<(&str, &str), NodeError> {
    let inner = step.strip_suffix(']').unwrap_or(step);
    let inner = inner.strip_prefix('[').unwrap_or(inner);
    inner
        .split_once('=')
        .ok_or_else(|| NodeError::Selector(step.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cut_at_delimiters_that_stand_alone() {
        assert_eq!(split_path("/a/b\\/c/d", '/'), ["a", "b/c", "d"]);
        assert_eq!(split_path("", '/'), [""]);
        assert_eq!(
            split_smart("spec.c.[name=x.y].[a.b].0", '.'),
            ["spec", "c", "[name=x.y]", "a.b", "0"]
        );
    }
}
