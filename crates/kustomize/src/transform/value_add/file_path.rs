//! A part put into a file path.
//!
//! Comes in: a file path, a position and the new part. Goes out: the path with the part in it.
//! Source: kyaml 0.21, filesys/util.go (InsertPathPart).

/// Puts a part into a file path, at a position from 0. An absolute path stays absolute; a position
/// behind the end is the end.
pub fn insert(path: &str, position: usize, part: &str) -> String {
    if part.is_empty() {
        return path.to_owned();
    }
    let mut parts = split(path);
    let absolute = parts.first().is_some_and(|first| first.is_empty());
    let at = position.min(parts.len());
    let at = at + usize::from(absolute && at < parts.len());
    parts.insert(at, part);
    match absolute {
        true => format!("/{}", join(&parts[1..])),
        false => join(&parts),
    }
}

/// The parts of a path; an absolute one starts with an empty part.
fn split(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (folder, name) = rest.rsplit_once('/').unwrap_or(("", rest));
        let at_root = folder.is_empty() && name.len() < rest.len();
        if !(at_root && name.is_empty()) {
            parts.push(name);
        }
        if at_root {
            parts.push("");
        }
        rest = folder;
    }
    parts.reverse();
    parts
}

fn join(parts: &[&str]) -> String {
    let start = parts.iter().position(|part| !part.is_empty());
    start.map_or_else(String::new, |start| clean(&parts[start..].join("/")))
}

/// The shortest path that means the same, as Go's `path.Clean` finds it.
fn clean(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", None) if !root.is_empty() => {}
            ("..", Some(last)) if *last != ".." => drop(parts.pop()),
            (part, _) => parts.push(part),
        }
    }
    match root.is_empty() && parts.is_empty() {
        true => ".".to_owned(),
        false => format!("{root}{}", parts.join("/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_put_into_a_path() {
        for (path, position, part, expected) in [
            ("", 0, "new", "new"),
            ("", 9, "new", "new"),
            ("/", 0, "new", "/new"),
            ("/", 9, "new", "/new"),
            ("top", 0, "new", "new/top"),
            ("/top", 0, "new", "/new/top"),
            ("/top", 1, "new", "/top/new"),
            ("a/b/c", 2, "new", "a/b/new/c"),
            ("/a/b/c", 2, "new", "/a/b/new/c"),
            ("/a/b/c", 9, "new", "/a/b/c/new"),
            ("a/b/", 2, "new", "a/b/new"),
            ("a//b", 1, "new", "a/new/b"),
            ("a//b", 2, "new", "a/new/b"),
            ("//a", 1, "new", "/a/new"),
            ("a/./b", 1, "x/y", "a/x/y/b"),
            ("a/b", 1, "..", "b"),
            ("../b", 0, "new", "b"),
            ("/../b", 0, "..", "/../../b"),
            ("a/b", 1, "", "a/b"),
            ("///a", 1, "new", "/new/a"),
            ("/a//b", 2, "new", "/a/new/b"),
            ("/a/", 1, "new", "/a/new"),
        ] {
            assert_eq!(insert(path, position, part), expected, "{path} {position}");
        }
    }
}
