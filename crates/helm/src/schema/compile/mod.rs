//! A schema's text into nodes.
//!
//! Comes in: text. Goes out: all schemas that can be reached from the root, each once, or what is
//! wrong with the text. Schemas refer to each other by index, so cycles are no trouble here.

mod keywords;
mod pattern;
mod reference;

pub(super) use pattern::Pattern;

use super::format::Format;
use super::node::{Index, Node};
use serde_json::Value;
use sprig::json::JsonError;
use std::collections::HashMap;
use std::sync::Arc;

/// How many schemas one text may hold.
const MOST_NODES: usize = 100_000;

/// All schemas of a text; the first is the root.
#[derive(Debug)]
pub(super) struct Compiled {
    pub nodes: Vec<Node>,
}

/// The draft a schema says it is written in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Draft {
    D4,
    D6,
    D7,
    D2019,
    D2020,
}

/// Reads a schema.
pub(super) fn compile(text: &[u8]) -> Result<Compiled, String> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let root: Value = serde_json::from_slice(text).map_err(|error| unreadable(text, &error))?;
    let draft = draft(&root)?;
    check_form(&root)?;
    let mut compiler = Compiler {
        root: &root,
        draft,
        nodes: Vec::new(),
        known: HashMap::new(),
        waiting: Vec::new(),
        formats: HashMap::new(),
        patterns: HashMap::new(),
        large_patterns: 0,
    };
    compiler.place(&root)?;
    while let Some((index, schema)) = compiler.waiting.pop() {
        compiler.nodes[index] = compiler.read(schema)?;
    }
    Ok(Compiled {
        nodes: compiler.nodes,
    })
}

/// What is wrong with a text that is no JSON, in Go's words.
fn unreadable(text: &[u8], error: &serde_json::Error) -> String {
    match sprig::json::decode(text) {
        Err(JsonError::End) if text.iter().all(u8::is_ascii_whitespace) => "EOF".to_owned(),
        Err(JsonError::End) => "unexpected EOF".to_owned(),
        Err(error) => error.to_string(),
        Ok(_) => error.to_string(),
    }
}

fn draft(root: &Value) -> Result<Draft, String> {
    let Some(named) = root.get("$schema").and_then(Value::as_str) else {
        return Ok(Draft::D2020);
    };
    let name = named.trim_end_matches('#');
    let name = name
        .strip_prefix("https://")
        .or(name.strip_prefix("http://"));
    match name.and_then(|name| name.strip_prefix("json-schema.org/")) {
        Some("draft-04/schema") => Ok(Draft::D4),
        Some("draft-06/schema") => Ok(Draft::D6),
        Some("draft-07/schema") => Ok(Draft::D7),
        Some("draft/2019-09/schema") => Ok(Draft::D2019),
        Some("draft/2020-12/schema" | "schema") => Ok(Draft::D2020),
        _ => Err(reference::not_fetched(named)),
    }
}

/// Is the schema itself as its draft wants it?
fn check_form(root: &Value) -> Result<(), String> {
    jsonschema::meta::validate(root).map_err(|error| {
        let place = super::failure::quote(error.instance_path().as_str());
        format!(
            "\"file:///values.schema.json#\" is not valid against metaschema: at {place}: {error}"
        )
    })
}

/// Gives every schema its index, and remembers which are still to be read.
struct Compiler<'a> {
    root: &'a Value,
    draft: Draft,
    nodes: Vec<Node>,
    known: HashMap<*const Value, Index>,
    waiting: Vec<(Index, &'a Value)>,
    formats: HashMap<&'a str, Option<Arc<Format>>>,
    patterns: HashMap<&'a str, Arc<Pattern>>,
    large_patterns: usize,
}

impl<'a> Compiler<'a> {
    /// The index of a schema.
    fn place(&mut self, schema: &'a Value) -> Result<Index, String> {
        if let Some(index) = self.known.get(&std::ptr::from_ref(schema)) {
            return Ok(*index);
        }
        let index = self.nodes.len();
        if index == MOST_NODES {
            return Err(format!("the schema has more than {MOST_NODES} parts"));
        }
        self.nodes.push(Node::default());
        self.known.insert(std::ptr::from_ref(schema), index);
        self.waiting.push((index, schema));
        Ok(index)
    }

    fn format(&mut self, name: &'a str) -> Option<Arc<Format>> {
        let known = self.formats.entry(name);
        known
            .or_insert_with(|| Format::named(name).map(Arc::new))
            .clone()
    }

    /// A schema that accepts everything.
    fn anything(&mut self) -> Index {
        self.nodes.push(Node {
            always: Some(true),
            ..Node::default()
        });
        self.nodes.len() - 1
    }
}
