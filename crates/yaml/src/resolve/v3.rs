//! What a scalar means to yaml.v3.
//!
//! Comes in: the text of a scalar, and a tag if one is written. Goes out: its tag, or its value.
//! Unlike go-yaml v2, `yes` and `on` are text; like it, `0777` is octal and `1_000` a number.
//! Source of the rules: yaml.v3 3.0, resolve.go.

use super::{Resolved, float, integer, timestamp};
use crate::Tag;
use crate::read::Problem;

/// The tag of plain text.
pub fn tag(text: &str) -> Tag {
    match plain(text) {
        None => Tag::Str,
        Some(resolved) => tag_of(&resolved),
    }
}

fn tag_of(resolved: &Resolved) -> Tag {
    match resolved {
        Resolved::Null => Tag::Null,
        Resolved::Bool(_) => Tag::Bool,
        Resolved::Int(_) | Resolved::Uint(_) => Tag::Int,
        Resolved::Float(_) => Tag::Float,
        Resolved::Timestamp => Tag::Timestamp,
        Resolved::Text => Tag::Str,
    }
}

/// What plain text means, if it is not just text.
pub fn plain(text: &str) -> Option<Resolved> {
    match text.as_bytes().first() {
        Some(b'0'..=b'9') if timestamp::is(text) => Some(Resolved::Timestamp),
        Some(b'+' | b'-' | b'.' | b'0'..=b'9' | b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F')
        | None => untimed(text),
        Some(_) => None,
    }
}

/// The same, but a date is text.
fn untimed(text: &str) -> Option<Resolved> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "true" | "True" | "TRUE" => Resolved::Bool(true),
        "false" | "False" | "FALSE" => Resolved::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Resolved::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Resolved::Float(f64::NEG_INFINITY),
        _ => return number(text),
    })
}

fn number(text: &str) -> Option<Resolved> {
    match text.as_bytes().first()? {
        b'.' => float::go(text).map(Resolved::Float),
        b'+' | b'-' | b'0'..=b'9' if text.contains('_') => digits(&text.replace('_', "")),
        b'+' | b'-' | b'0'..=b'9' => digits(text),
        _ => None,
    }
}

fn digits(text: &str) -> Option<Resolved> {
    integer::go(text)
        .or_else(|| float::yaml(text))
        .or_else(|| integer::binary(text))
        .or_else(|| integer::octal(text))
}

/// What a text means under a tag. Tags that are no type of a scalar leave it text.
pub fn tagged(tag: &Tag, text: &str) -> Result<Resolved, Problem> {
    let found = match tag {
        Tag::None | Tag::Timestamp => plain(text),
        Tag::Bool | Tag::Int | Tag::Float | Tag::Null => untimed(text),
        _ => return Ok(Resolved::Text),
    };
    let found = found.unwrap_or(Resolved::Text);
    match (tag, &found) {
        (Tag::None, _) => Ok(found),
        (Tag::Float, Resolved::Int(integer)) => Ok(Resolved::Float(*integer as f64)),
        _ if tag_of(&found) == *tag => Ok(found),
        _ => Err(Problem::WrongTag {
            found: tag_of(&found).short().to_owned().into(),
            text: text.to_owned(),
            wanted: tag.short().to_owned().into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_has_the_tag_yaml_v3_gives_it() {
        for (text, expected) in [
            ("", Tag::Null),
            ("~", Tag::Null),
            ("TRUE", Tag::Bool),
            ("0777", Tag::Int),
            ("0o-7", Tag::Int),
            ("08", Tag::Float),
            ("+.INF", Tag::Float),
            ("2020-01-01", Tag::Timestamp),
            ("yes", Tag::Str),
            ("on", Tag::Str),
            ("y", Tag::Str),
            ("<<", Tag::Str),
            ("1:30", Tag::Str),
        ] {
            assert_eq!(tag(text), expected, "{text}");
        }
    }

    #[test]
    fn a_written_tag_demands_its_type() {
        assert_eq!(tagged(&Tag::Float, "1"), Ok(Resolved::Float(1.0)));
        assert_eq!(tagged(&Tag::Binary, "1"), Ok(Resolved::Text));
        assert!(tagged(&Tag::Int, "2020-01-01").is_err());
        assert!(tagged(&Tag::Bool, "yes").is_err());
    }
}
