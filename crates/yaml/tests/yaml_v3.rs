//! What yaml.v3 and kyaml make of tricky texts, recorded from the real libraries.
//!
//! Comes in: `vectors/yaml-v3.json`. Goes out: every vector that this crate answers differently, at
//! once. `read` has texts with their tree once anchors are resolved, the YAML that the tree's JSON
//! is at last, or the error; `kept` has texts with comments as yaml.v3 writes them again; `made` has
//! values as kyaml writes them.

use serde_json::{Value, json};
use yaml::{Content, Form, Limits, Node};
use yaml::{read_node, read_node_with_comments, write, write_node};

fn vectors(group: &str) -> Vec<Value> {
    let mut all: Value = serde_json::from_str(include_str!("vectors/yaml-v3.json")).unwrap();
    match all[group].take() {
        Value::Array(vectors) => vectors,
        _ => panic!("{group} is a list"),
    }
}

/// A node as the vectors have it: tag, style, and text or parts.
fn tree(node: &Node) -> Value {
    let tagged = if node.style.tagged { "!" } else { "" };
    let form = match node.style.form {
        Form::DoubleQuoted => "d",
        Form::SingleQuoted => "s",
        Form::Literal => "l",
        Form::Folded => "f",
        Form::Flow => "w",
        Form::Plain | Form::Alias => "",
    };
    let content: Value = match &node.content {
        Content::Scalar(text) => (**text).into(),
        Content::Sequence(items) => items.iter().map(tree).collect(),
        Content::Mapping(entries) => {
            let parts = entries.iter().flat_map(|(key, value)| [key, value]);
            parts.map(tree).collect()
        }
    };
    json!([node.tag.short(), format!("{tagged}{form}"), content])
}

fn text(vector: &Value, field: &str) -> Option<String> {
    vector[field].as_str().map(str::to_owned)
}

fn read(source: &str) -> (Option<Value>, Result<String, String>) {
    match read_node(source, &Limits::default()) {
        Err(error) => (None, Err(error.to_string())),
        Ok(None) => (Some(Value::Null), Ok(String::new())),
        Ok(Some(node)) => {
            let value = node.to_value().map_err(|error| error.to_string());
            (Some(tree(&node)), value.map(|value| write(&value)))
        }
    }
}

fn read_complaint(vector: &Value) -> Option<String> {
    let source = text(vector, "text").unwrap();
    let (seen, written) = read(&source);
    if let (Some(expected), Some(seen)) = (vector.get("tree"), &seen)
        && expected != seen
    {
        return Some(format!("{source:?} has the tree {seen}, not {expected}"));
    }
    match (written, text(vector, "yaml"), text(vector, "error")) {
        (Err(_), _, Some(_)) => None,
        (Err(error), ..) => Some(format!("{source:?} fails: {error}")),
        (Ok(written), _, Some(error)) => Some(format!("{source:?} is {written:?}, not {error}")),
        (Ok(written), expected, None) => {
            let expected = expected.unwrap_or_default();
            (written != expected).then(|| format!("{source:?} is {written:?}, not {expected:?}"))
        }
    }
}

fn written_complaint(source: &str, written: &str, vector: &Value) -> Option<String> {
    let expected = text(vector, "written").unwrap();
    (written != expected).then(|| format!("{source} is written {written:?}, not {expected:?}"))
}

fn none(complaints: Vec<String>) {
    let wrong = complaints.len();
    assert!(
        complaints.is_empty(),
        "{wrong} wrong:\n{}",
        complaints.join("\n")
    );
}

#[test]
fn texts_are_read_as_kyaml_reads_them() {
    let vectors = vectors("read");
    assert!(vectors.len() > 500);
    none(vectors.iter().filter_map(read_complaint).collect());
}

#[test]
fn texts_with_comments_are_written_as_yaml_v3_writes_them() {
    let complaint = |vector: &Value| {
        let source = text(vector, "text").unwrap();
        let node = read_node_with_comments(&source, &Limits::default()).unwrap();
        written_complaint(&source, &write_node(&node.unwrap()), vector)
    };
    none(vectors("kept").iter().filter_map(complaint).collect());
}

#[test]
fn values_are_written_as_kyaml_writes_them() {
    let complaint = |vector: &Value| {
        let node = Node::from_value(&vector["value"]);
        written_complaint(&vector["value"].to_string(), &write_node(&node), vector)
    };
    none(vectors("made").iter().filter_map(complaint).collect());
}
