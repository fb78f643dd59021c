//! The order in which templates are parsed and executed.
//!
//! Comes in: paths of templates. Goes out: deepest first, and reverse by name where they are as
//! deep. So what a chart defines overrides what its subcharts define, and what one file sets in the
//! values the files behind it see. Source: Helm 4.2, pkg/engine/engine.go.

use std::cmp::Ordering;

/// Compares two paths for that order.
pub fn compare(a: &str, b: &str) -> Ordering {
    let depth = |path: &str| path.bytes().filter(|byte| *byte == b'/').count();
    depth(b).cmp(&depth(a)).then_with(|| b.cmp(a))
}

/// Is it only there for its definitions?
pub fn is_partial(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('_')
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn deep_files_come_first() {
        let mut paths = [
            "c/t/a.yaml",
            "c/t/b.yaml",
            "c/charts/s/t/a.yaml",
            "c/t/x/a.yaml",
        ];
        paths.sort_by(|a, b| compare(a, b));
        let expected = [
            "c/charts/s/t/a.yaml",
            "c/t/x/a.yaml",
            "c/t/b.yaml",
            "c/t/a.yaml",
        ];
        assert_eq!(paths, expected);
    }
}
