//! Paths without what means nothing.

/// The path from the root of its tree, without `.`, `..` and needless slashes. `..` at the root
/// leads nowhere else.
pub fn tidy(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_tidied() {
        for (path, tidied) in [
            ("a//b/./c/", "a/b/c"),
            ("a/b/../../c", "c"),
            ("/../../a", "a"),
            ("..", ""),
            ("", ""),
        ] {
            assert_eq!(tidy(path), tidied, "{path}");
        }
    }
}
