//! `Warning` headers of an answer -> their texts (RFC 7234 section 5.5, as the API server sends them).

use http::HeaderMap;
use http::header::WARNING;

/// The texts of all warnings, in order.
pub(crate) fn read(headers: &HeaderMap) -> Vec<String> {
    let values = headers
        .get_all(WARNING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.filter_map(text_of).collect()
}

/// `299 - "text with \"quotes\""` -> `text with "quotes"`.
fn text_of(value: &str) -> Option<String> {
    let (_, quoted) = value.split_once('"')?;
    let mut text = String::with_capacity(quoted.len());
    let mut letters = quoted.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return Some(text),
            '\\' => text.extend(letters.next()),
            other => text.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_is_unescaped_and_a_broken_one_dropped() {
        let text = r#"299 - "unknown field \"spec.foo\"""#;
        assert_eq!(
            text_of(text).as_deref(),
            Some(r#"unknown field "spec.foo""#)
        );
        assert_eq!(text_of("299 - unquoted"), None);
        assert_eq!(text_of(r#"299 - "open"#), None);
    }
}
