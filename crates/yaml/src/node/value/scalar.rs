//! A scalar, written and read again.
//!
//! Comes in: a scalar and where it stands. Goes out: the tag and the text a reader finds there.
//! Source of the rules: yaml.v3 3.0, encode.go (node) and emitterc.go (select_scalar_style).

use super::{Key, json, survival};
use crate::node::{Form, Node, Tag};
use crate::read::Problem;
use crate::resolve::{Resolved, binary, timestamp, v3};
use crate::write::analysis::is_break;
use serde_json::Value;
use std::borrow::Cow;

/// Where a scalar stands.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    /// As a value, inside brackets or not.
    Value { flow: bool },
    /// As a key.
    Key { flow: bool },
}

impl Place {
    fn in_flow(self) -> bool {
        match self {
            Self::Value { flow } | Self::Key { flow } => flow,
        }
    }
}

/// What a reader finds.
pub struct Scalar<'n> {
    pub tag: Tag,
    pub text: Cow<'n, str>,
    /// The tag is in the text, and the text has to be what it says.
    checked: bool,
}

/// What a reader finds where this node was written.
pub fn reread(node: &Node, place: Place) -> Result<Scalar<'_>, Problem> {
    let text = match may_be_block(node.text(), place) {
        true => survival::text(node)?,
        false => node.text().into(),
    };
    let quoted = is_quoted(node.style.form);
    let tag = match &node.tag {
        tag if node.style.tagged && *tag != Tag::None => return Ok(spelled(tag, text)),
        Tag::Str if quoted || text != "<<" => Tag::Str,
        Tag::None if quoted => Tag::Str,
        Tag::None | Tag::Str => read_plain(&text, place),
        tag if v3::tag(&text) != *tag => return Ok(spelled(tag, text)),
        _ if quoted => Tag::Str,
        _ => read_plain(&text, place),
    };
    let checked = false;
    Ok(Scalar { tag, text, checked })
}

fn spelled<'n>(tag: &Tag, text: Cow<'n, str>) -> Scalar<'n> {
    let (tag, checked) = (tag.clone(), true);
    Scalar { tag, text, checked }
}

/// Whether a text may stand on lines of its own. A key does if it has lines or is long.
fn may_be_block(text: &str, place: Place) -> bool {
    match place {
        Place::Value { flow } => !flow,
        Place::Key { flow } => !flow && (text.len() > 128 || text.contains(is_break)),
    }
}

fn is_quoted(form: Form) -> bool {
    matches!(
        form,
        Form::DoubleQuoted | Form::SingleQuoted | Form::Literal | Form::Folded
    )
}

/// The tag of text written plain, or in quotes where it cannot stand plain.
fn read_plain(text: &str, place: Place) -> Tag {
    match v3::tag(text) {
        Tag::Str if text == "<<" => Tag::Merge,
        Tag::Null if text.is_empty() && place != (Place::Value { flow: false }) => Tag::Str,
        // Of all that is not text, only times have something brackets do not allow.
        Tag::Timestamp if place.in_flow() && text.contains(':') => Tag::Str,
        tag => tag,
    }
}

impl<'n> Scalar<'n> {
    /// The JSON value.
    pub fn value(self) -> Result<Value, Problem> {
        match (&self.tag, self.resolved()?) {
            (Tag::Binary, _) => {
                let text = binary::decode(&self.text).and_then(json::text);
                text.map(Value::String)
            }
            (_, Resolved::Text) => json::text(self.text.into_owned()).map(Value::String),
            (_, Resolved::Timestamp) => timestamp::of(&self.text)
                .and_then(|moment| moment.rfc3339())
                .map(Value::String)
                .ok_or(Problem::ZoneTooFar),
            (_, resolved) => resolved.value(),
        }
    }

    fn resolved(&self) -> Result<Resolved, Problem> {
        match self.checked {
            true => v3::tagged(&self.tag, &self.text),
            false if self.tag == Tag::Str => Ok(Resolved::Text),
            false => Ok(v3::plain(&self.text).unwrap_or(Resolved::Text)),
        }
    }

    /// What it is as a key where keys are text.
    pub fn text_key(self, written: &'n str) -> Result<Key<'n>, Problem> {
        match (&self.tag, self.resolved()?) {
            (_, Resolved::Null) => Ok(Key::Null(written)),
            (Tag::Binary, _) => {
                let text = binary::decode(&self.text).and_then(json::text);
                text.map(Key::Text)
            }
            _ => json::text(self.text.into_owned()).map(Key::Text),
        }
    }

    /// What it is, for messages about keys.
    pub fn kind(&self) -> &'static str {
        match self.tag {
            Tag::Null => "null",
            Tag::Bool => "a boolean",
            Tag::Int | Tag::Float => "a number",
            Tag::Timestamp => "a timestamp",
            _ => "a tagged value",
        }
    }
}
