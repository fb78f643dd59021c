//! A field that may hold variables, with their values in it.
//!
//! Comes in: the node a field spec leads to: a text, a list of texts, or a map whose texts count.
//! Goes out: the node, in which every text was written anew, even those without variables: what is
//! not quoted in the end is decided by its type alone. Source: Kustomize 5.8.1,
//! api/filters/refvar/refvar.go.

use super::UpdateError;
use super::expand::{Expanded, MOST, Values};
use super::value::Value;
use base64::prelude::{BASE64_STANDARD, Engine};
use yaml::{Content, Node, Style, Tag};

/// Replaces the variables in the node at the end of a path.
pub(super) fn update(node: &mut Node, values: &mut Values) -> Result<(), UpdateError> {
    if is_string(node) {
        return update_text(node, values);
    }
    match &mut node.content {
        Content::Scalar(_) => Ok(()),
        Content::Mapping(entries) => entries
            .iter_mut()
            .try_for_each(|(key, value)| update_entry(key, value, values)),
        Content::Sequence(items) => items
            .iter_mut()
            .try_for_each(|item| update_item(item, values)),
    }
}

fn update_entry(key: &Node, value: &mut Node, values: &mut Values) -> Result<(), UpdateError> {
    if !is_string(key) {
        return Err(UpdateError::Key {
            key: key.text().to_owned(),
            line: key.line,
        });
    }
    match is_string(value) {
        true => update_text(value, values),
        false => Ok(()),
    }
}

fn update_item(item: &mut Node, values: &mut Values) -> Result<(), UpdateError> {
    match is_string(item) {
        true => update_text(item, values),
        false => Err(UpdateError::Item { line: item.line }),
    }
}

fn is_string(node: &Node) -> bool {
    node.is_scalar() && matches!(node.tag, Tag::Str | Tag::None)
}

fn update_text(node: &mut Node, values: &mut Values) -> Result<(), UpdateError> {
    let (text, tag) = match values.expand(node.text()) {
        Expanded::Value(value) => (value.to_whole_text(), tag_of(&value)),
        Expanded::Text(bytes) => (String::from_utf8(bytes).unwrap_or_else(as_base64), Tag::Str),
        Expanded::TooMuch => return Err(UpdateError::TooMuch(MOST)),
    };
    node.set_text(text);
    node.tag = tag;
    node.style = Style::default();
    Ok(())
}

fn tag_of(value: &Value) -> Tag {
    match value {
        Value::Text(_) => Tag::Str,
        Value::Integer(_) => Tag::Int,
        Value::Float(_) => Tag::Float,
        Value::Bool(_) => Tag::Bool,
    }
}

/// What yaml.v3 makes of a string that is no text: base64, in lines of 70 characters if they are
/// several.
fn as_base64(error: std::string::FromUtf8Error) -> String {
    const LINE: usize = 70;
    let encoded = BASE64_STANDARD.encode(error.as_bytes());
    if encoded.len() < LINE {
        return encoded;
    }
    let mut lines = String::new();
    for (at, character) in encoded.chars().enumerate() {
        lines.push(character);
        if (at + 1) % LINE == 0 || at + 1 == encoded.len() {
            lines.push('\n');
        }
    }
    lines
}
