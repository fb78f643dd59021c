//! The value a tree stands for.
//!
//! Comes in: a tree, changed since it was read or not. Goes out: the value Kustomize writes. That is
//! not simply what the tags say: kyaml has yaml.v3 write the tree and read its text again, so a tag
//! that the text does not bear out counts only where the writer has to spell it. Source of the
//! rules: kyaml 0.21, yaml/rnode.go (MarshalJSON); yaml.v3 3.0, encode.go and decode.go.

mod json;
mod merge;
mod scalar;
mod survival;

use super::{Content, Form, Node, Tag};
use crate::read::Problem;
use scalar::{Place, Scalar, reread};
use serde_json::{Map, Value};
use thiserror::Error;

/// A tree that stands for no value.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("line {line}: {problem}")]
pub struct NodeValueError {
    /// Where, from 1; 0 if that part was made and not read.
    pub line: u32,
    /// What is wrong there.
    pub problem: Problem,
}

impl Node {
    /// The value that JSON text of this tree has.
    pub fn to_value(&self) -> Result<Value, NodeValueError> {
        let mut value = Value::Null;
        let flow = is_flow(self);
        let done = match &self.content {
            Content::Sequence(items) => sequence(items, flow, &mut value),
            Content::Mapping(entries) => mapping(entries, flow, Keys::Text, &mut value),
            Content::Scalar(_) => match reread(self, Place::Value { flow: false }) {
                Ok(Scalar { tag: Tag::Null, .. }) => Ok(()),
                _ => Err(at(self)(Problem::NoMapping(self.text().to_owned()))),
            },
        };
        done.map_err(|error| *error)?;
        Ok(value)
    }
}

/// Values are put where they belong and errors boxed: every level of a tree takes room on the
/// stack, and this way it is little.
type Done = Result<(), Box<NodeValueError>>;

/// Puts the place to a problem.
fn at(node: &Node) -> impl Fn(Problem) -> Box<NodeValueError> {
    let line = node.line;
    move |problem| Box::new(NodeValueError { line, problem })
}

/// What Go reads the keys of a mapping into.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// Text: that of every scalar is its key. So at the root, where the type is given.
    Text,
    /// Whatever they are. JSON then takes only text.
    Any,
}

fn is_flow(node: &Node) -> bool {
    node.style.form == Form::Flow
}

fn value(node: &Node, in_flow: bool, out: &mut Value) -> Done {
    let flow = in_flow || is_flow(node);
    match &node.content {
        Content::Scalar(_) => scalar(node, flow, out),
        Content::Sequence(items) => sequence(items, flow, out),
        Content::Mapping(entries) => mapping(entries, flow, Keys::Any, out),
    }
}

fn scalar(node: &Node, flow: bool, out: &mut Value) -> Done {
    if node.is_alias() {
        return Err(at(node)(Problem::UnknownAnchor(node.text().to_owned())));
    }
    let scalar = reread(node, Place::Value { flow });
    *out = scalar.and_then(Scalar::value).map_err(at(node))?;
    Ok(())
}

fn sequence(items: &[Node], flow: bool, out: &mut Value) -> Done {
    let mut values = vec![Value::Null; items.len()];
    for (item, out) in items.iter().zip(&mut values) {
        value(item, flow, out)?;
    }
    *out = Value::Array(values);
    Ok(())
}

fn mapping(entries: &[(Node, Node)], flow: bool, keys: Keys, out: &mut Value) -> Done {
    let mut fields = Fields::default();
    for entry in entries {
        if let Some(out) = fields.room(entry, entries, flow, keys)? {
            value(&entry.1, flow, out)?;
        }
    }
    if let Some(source) = fields.merge {
        merge::into(&mut fields.map, source, flow)?;
    }
    *out = Value::Object(fields.map);
    Ok(())
}

/// A mapping in the making.
#[derive(Default)]
struct Fields<'n> {
    map: Map<String, Value>,
    /// Texts of null keys, which Go leaves out where keys are text.
    dropped: Vec<&'n str>,
    merge: Option<&'n Node>,
}

impl<'n> Fields<'n> {
    /// Room for the value of an entry, if it is a field.
    fn room(
        &mut self,
        (key, value): &'n (Node, Node),
        entries: &[(Node, Node)],
        flow: bool,
        keys: Keys,
    ) -> Result<Option<&mut Value>, Box<NodeValueError>> {
        match field_key(key, flow, keys)? {
            Key::Text(text) if self.has(&text) => Err(twice(entries, key, text)),
            Key::Text(text) => Ok(Some(self.map.entry(text).or_insert(Value::Null))),
            Key::Null(text) if self.has(text) => Err(twice(entries, key, text.into())),
            Key::Null(text) => {
                self.dropped.push(text);
                Ok(None)
            }
            Key::Merge if self.has("<<") => Err(twice(entries, key, "<<".into())),
            Key::Merge => {
                self.merge = Some(value);
                Ok(None)
            }
        }
    }

    fn has(&self, text: &str) -> bool {
        self.map.contains_key(text)
            || self.dropped.contains(&text)
            || (text == "<<" && self.merge.is_some())
    }
}

/// What a key amounts to.
enum Key<'n> {
    Text(String),
    Null(&'n str),
    Merge,
}

fn field_key(key: &Node, flow: bool, keys: Keys) -> Result<Key<'_>, Box<NodeValueError>> {
    let problem = match &key.content {
        Content::Sequence(_) => Problem::MapKey("a sequence"),
        Content::Mapping(_) => Problem::MapKey("a mapping"),
        Content::Scalar(_) => {
            let scalar = reread(key, Place::Key { flow }).map_err(at(key))?;
            match (&scalar.tag, keys) {
                (Tag::Merge, _) if scalar.text == "<<" => return Ok(Key::Merge),
                (Tag::Str | Tag::Merge, _) | (_, Keys::Text) => {
                    return scalar.text_key(key.text()).map_err(at(key));
                }
                (_, Keys::Any) => Problem::MapKey(scalar.kind()),
            }
        }
    };
    Err(at(key)(problem))
}

fn twice(entries: &[(Node, Node)], key: &Node, text: String) -> Box<NodeValueError> {
    let first = entries.iter().find(|(other, _)| other.text() == key.text());
    at(key)(Problem::DefinedTwice {
        key: text,
        line: first.map_or(0, |(first, _)| first.line),
    })
}
