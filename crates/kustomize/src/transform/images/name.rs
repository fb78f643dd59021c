//! Whether a field is about an image.
//!
//! Comes in: the name a kustomization has, which is a regular expression, and a field's text. Goes
//! out: whether the text is that name with any tag and digest, or none. Source: Kustomize 5.8.1,
//! api/internal/image/image.go.

use crate::resource::pattern::{self, PatternError};
use regex::Regex;

/// The name to look for. Almost all names are plain, and compiling an expression costs more than
/// all comparisons with a plain name.
pub enum Name<'a> {
    /// Has no special characters but dots, each of which is any character.
    Plain(&'a str),
    Pattern(Regex),
}

impl<'a> Name<'a> {
    pub fn new(name: &'a str) -> Result<Self, PatternError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_/:@.-".contains(&byte);
        if name.bytes().all(plain) {
            return Ok(Self::Plain(name));
        }
        let (tag, digest) = ("(:[a-zA-Z0-9_.{}-]*)?", "(@sha256:[a-zA-Z0-9_.{}-]*)?");
        Ok(Self::Pattern(pattern::compile(&format!(
            "^{name}{tag}{digest}$"
        ))?))
    }

    pub fn is_of(&self, text: &str) -> bool {
        match self {
            Self::Plain(name) => after_name(name, text).is_some_and(is_tag_and_digest),
            Self::Pattern(pattern) => pattern.is_match(text),
        }
    }
}

/// What follows the name in the text.
fn after_name<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in name.chars() {
        match (wanted, rest.next()?) {
            ('.', '\n') => return None,
            ('.', _) => {}
            (wanted, found) if wanted == found => {}
            _ => return None,
        }
    }
    Some(rest.as_str())
}

fn is_tag_and_digest(text: &str) -> bool {
    let in_part = |c: char| c.is_ascii_alphanumeric() || "_.{}-".contains(c);
    let after = |mark, text| {
        let part = str::strip_prefix(text, mark);
        part.map_or(text, |part: &str| part.trim_start_matches(in_part))
    };
    after("@sha256:", after(":", text)).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 8] = [
        "ship",
        "s.ip",
        "my/ship",
        "dock:5000/ship",
        "",
        ".",
        "ship.",
        "a@b",
    ];
    const TEXTS: [&str; 20] = [
        "ship",
        "ship:",
        "ship:v1",
        "ship@sha256:0a",
        "ship:v1@sha256:0a",
        "ship@md5:0a",
        "ship:v1@",
        "ships",
        "sh",
        "s\nip",
        "séip",
        "my/ship:1",
        "dock:5000/ship:{x}-1_.",
        "dock:5000/ship:1:2",
        "",
        ":v1",
        "@sha256:",
        "x",
        "\n",
        "a@b@sha256:1",
    ];

    #[test]
    fn plain_names_are_found_as_the_expression_finds_them() {
        for name in NAMES {
            let (tag, digest) = ("(:[a-zA-Z0-9_.{}-]*)?", "(@sha256:[a-zA-Z0-9_.{}-]*)?");
            let pattern = pattern::compile(&format!("^{name}{tag}{digest}$")).expect("it compiles");
            let plain = Name::new(name).expect("it is plain");
            assert!(matches!(plain, Name::Plain(_)), "{name}");
            for text in TEXTS {
                assert_eq!(plain.is_of(text), pattern.is_match(text), "{name} {text}");
            }
        }
    }
}
