//! Two texts as one unified diff, for the command line.

use similar::TextDiff;

/// Lines around a change.
const CONTEXT: usize = 3;

/// What applying would change in a text: `-` is live, `+` is desired. Empty if nothing differs.
pub fn unified(desired_yaml: &str, live_yaml: &str, label: &str) -> String {
    if desired_yaml == live_yaml {
        return String::new();
    }
    TextDiff::from_lines(live_yaml, desired_yaml)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&format!("live/{label}"), &format!("desired/{label}"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_goes_and_desired_comes() {
        let text = unified("a: 1\nb: 2\n", "a: 1\nb: 3\n", "web");
        assert_eq!(
            text,
            "--- live/web\n+++ desired/web\n@@ -1,2 +1,2 @@\n a: 1\n-b: 3\n+b: 2\n"
        );
        assert_eq!(unified("a", "a", "web"), "");
    }
}
