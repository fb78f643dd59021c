//! Texts on their way through JSON.
//!
//! Comes in: a text. Goes out: what is left of it once Kustomize has written it as JSON and go-yaml
//! v2 has read that as YAML. That is the same text, but for characters JSON allows as they are and
//! YAML does not: a next-line character folds like a line break, other control characters are
//! refused. Source of the rules: sigs.k8s.io/yaml (JSONToYAML).

use crate::Limits;
use crate::read::{Problem, read_first};
use serde_json::Value;

/// The text a reader of YAML finds in the JSON.
pub fn text(text: String) -> Result<String, Problem> {
    if is_the_same(&text) {
        return Ok(text);
    }
    let json = Value::String(text).to_string();
    // As Go escapes them.
    let json = json
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    match read_first(json.as_bytes(), &Limits::default()) {
        Ok(Value::String(text)) => Ok(text),
        Ok(other) => Ok(other.to_string()),
        Err(error) => Err(error.problem),
    }
}

fn is_the_same(text: &str) -> bool {
    match text.is_ascii() {
        true => !text.contains('\x7f'),
        false => !text.contains(|char| matches!(char, '\x7f'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn control_characters_fold_or_are_refused() {
        let text = |text: &str| super::text(text.to_owned()).ok();
        assert_eq!(
            text("a\tb\u{2028}\u{85} c").as_deref(),
            Some("a\tb\u{2028} c")
        );
        assert_eq!(text("a\0\u{1f600}").as_deref(), Some("a\0\u{1f600}"));
        assert_eq!(text("a\x7f"), None);
        assert_eq!(text("a\u{80}"), None);
    }
}
