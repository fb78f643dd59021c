//! Manifests, read as resources.
//!
//! Comes in: the bytes of a file. Goes out: its objects in the order Kustomize takes them, lists of
//! objects taken apart, each with the line it starts on; or the first thing that is no object.
//! Source: kyaml 0.21, kio/byteio_reader.go; Kustomize 5.8.1, api/resource/factory.go.

use super::Resource;
use super::documents::{self, Part};
use std::collections::VecDeque;
use yaml::{Content, Limits, Node, Problem, ReadError};

/// Why bytes are no resources.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum ReadResourcesError {
    /// Not YAML.
    #[error("malformed YAML: {0}")]
    Malformed(ReadError),
    /// Something stands behind `---` on its line.
    #[error(
        "line {line}: invalid document separator: {text}: only a comment may stand behind `---`"
    )]
    Separator {
        /// The line's text.
        text: String,
        /// Its number, from 1.
        line: usize,
    },
    /// A document that is no object.
    #[error(
        "{at}: missing Resource metadata: this is no object with apiVersion, kind and metadata"
    )]
    NoObject {
        /// Where it stands.
        at: Spot,
    },
    /// An object without a kind.
    #[error("{at}: missing kind in object")]
    NoKind {
        /// Where it stands.
        at: Spot,
    },
    /// An object without a name.
    #[error("{at}: missing metadata.name in object of kind {kind}")]
    NoName {
        /// Its kind.
        kind: String,
        /// Where it stands.
        at: Spot,
    },
    /// A list of objects that is no value, for example because it has a key twice.
    #[error("{at}: the {kind} cannot be taken apart")]
    List {
        /// Its kind.
        kind: String,
        /// Where it stands.
        at: Spot,
        /// What is wrong with it.
        #[source]
        source: yaml::NodeValueError,
    },
    /// A list of objects whose `items` are something else.
    #[error("{at}: expected a list in {kind}/items, but found a {found}")]
    Items {
        /// Its kind.
        kind: String,
        /// What stands there.
        found: &'static str,
        /// Where it stands.
        at: Spot,
    },
    /// Lists of lists of lists.
    #[error("{at}: lists of objects stand in each other more than {MAX_NESTING} deep")]
    Nested {
        /// Where the innermost stands.
        at: Spot,
    },
}

impl ReadResourcesError {
    /// Is it YAML that is wrong, rather than what it says?
    pub fn is_malformed(&self) -> bool {
        matches!(self, Self::Malformed(_))
    }
}

/// A place in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// Which document, from 1.
    pub document: usize,
    /// Which line of the file, from 1.
    pub line: u32,
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "document {}, line {}", self.document, self.line)
    }
}

/// A list in a list is read again from its own text; this bounds the work.
const MAX_NESTING: usize = 16;

/// The objects of a file, as resources.
pub fn read_resources(bytes: &[u8]) -> Result<Vec<Resource>, ReadResourcesError> {
    Ok(read_objects(bytes)?
        .into_iter()
        .map(Resource::from)
        .collect())
}

/// The objects that Helm printed. Where a list of objects cannot be taken apart, all stay whole.
pub fn read_printed(bytes: &[u8]) -> Result<Vec<Resource>, ReadResourcesError> {
    match read_resources(bytes) {
        Err(ReadResourcesError::List { .. } | ReadResourcesError::Items { .. }) => {}
        read => return read,
    }
    let objects = read_documents(bytes)?.into_iter();
    let checked = objects.filter_map(|object| object.checked().transpose());
    checked
        .map(|object| Ok(Resource::from(object?.node)))
        .collect()
}

/// The objects of a file. The line of each is the one of the file it starts on.
pub fn read_objects(bytes: &[u8]) -> Result<Vec<Node>, ReadResourcesError> {
    let mut found = Vec::new();
    for object in read_documents(bytes)? {
        found.extend(object.checked()?);
    }
    take_lists_apart(found)
}

/// An object under way.
struct Object {
    node: Node,
    document: usize,
    nesting: usize,
}

impl Object {
    fn at(&self) -> Spot {
        Spot {
            document: self.document,
            line: self.node.line,
        }
    }

    /// The object, if it is one. Empty ones are passed over.
    fn checked(self) -> Result<Option<Self>, ReadResourcesError> {
        if self.node.is_null_or_empty() {
            return Ok(None);
        }
        let field = |key| self.node.get(key).filter(|value| !value.is_null_or_empty());
        let metadata = field("metadata");
        let (at, known) = (self.at(), ["name", "namespace", "labels", "annotations"]);
        let some_metadata = known.iter().any(|key| {
            let value = metadata.and_then(|metadata| metadata.get(key));
            value.is_some_and(|value| !value.is_null_or_empty())
        });
        if field("apiVersion").is_none() && field("kind").is_none() && !some_metadata {
            return Err(ReadResourcesError::NoObject { at });
        }
        let kind = field("kind").map_or("", Node::text);
        if kind.is_empty() {
            return Err(ReadResourcesError::NoKind { at });
        }
        if !kind.ends_with("List") && crate::node::name(&self.node).is_empty() {
            let kind = kind.to_owned();
            return Err(ReadResourcesError::NoName { kind, at });
        }
        Ok(Some(self))
    }
}

/// The first document of each part; a file that is one `List` or `ResourceList` gives its items.
fn read_documents(bytes: &[u8]) -> Result<Vec<Object>, ReadResourcesError> {
    let text = documents::text(bytes).ok_or_else(|| not_text(bytes))?;
    let parts = documents::split(&text).map_err(|bad| ReadResourcesError::Separator {
        text: bad.text,
        line: bad.line,
    })?;
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let Some(node) = read_part(part, index + 1)? else {
            continue;
        };
        let object = Object {
            node,
            document: index + 1,
            nesting: 0,
        };
        match parts.len() == 1 && is_plain_list(&object.node) {
            true => unwrap(object, &mut found)?,
            false => found.push(object),
        }
    }
    Ok(found)
}

fn not_text(bytes: &[u8]) -> ReadResourcesError {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let before = &bytes[..valid];
    ReadResourcesError::Malformed(ReadError {
        document: 1,
        line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
        column: 1 + before
            .iter()
            .rev()
            .take_while(|byte| **byte != b'\n')
            .count(),
        problem: Problem::NotUtf8,
    })
}

fn read_part(part: &Part, document: usize) -> Result<Option<Node>, ReadResourcesError> {
    let before = part.line - 1;
    let read = yaml::read_node(part.text, &Limits::default());
    let mut node = read.map_err(|error| {
        ReadResourcesError::Malformed(ReadError {
            document,
            line: error.line + before,
            ..error
        })
    })?;
    if let Some(node) = &mut node {
        shift(node, u32::try_from(before).unwrap_or(u32::MAX));
    }
    Ok(node.filter(|node| !node.is_null()))
}

/// Makes lines of a part lines of the file.
fn shift(node: &mut Node, lines: u32) {
    if lines == 0 {
        return;
    }
    node.line = node.line.saturating_add(lines);
    match &mut node.content {
        Content::Scalar(_) => {}
        Content::Sequence(items) => items.iter_mut().for_each(|item| shift(item, lines)),
        Content::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
            shift(key, lines);
            shift(value, lines);
        }),
    }
}

fn is_plain_list(node: &Node) -> bool {
    let kind = node.get("kind").filter(|kind| !kind.is_null());
    matches!(kind.map(Node::text), Some("List" | "ResourceList"))
        && (node.get("items").is_some() || node.get("functionConfig").is_some())
}

fn unwrap(mut list: Object, found: &mut Vec<Object>) -> Result<(), ReadResourcesError> {
    let at = list.at();
    let items = list.node.remove("items").map(|items| items.content);
    match items {
        Some(Content::Sequence(items)) => {
            found.extend(items.into_iter().map(|node| Object { node, ..list }));
            Ok(())
        }
        // Keys and values would each be taken for an object.
        Some(Content::Mapping(entries)) if !entries.is_empty() => {
            Err(ReadResourcesError::NoObject { at })
        }
        _ => Ok(()),
    }
}

/// Puts the items of every `...List` in its place at the end of the line.
fn take_lists_apart(objects: Vec<Object>) -> Result<Vec<Node>, ReadResourcesError> {
    let mut found = Vec::with_capacity(objects.len());
    let mut queue = VecDeque::from(objects);
    while let Some(object) = queue.pop_front() {
        let is_list = crate::node::kind(&object.node).ends_with("List");
        match object.node.get("items") {
            Some(items) if is_list => {
                let lines: Vec<u32> = items.items().iter().map(|item| item.line).collect();
                for item in items_of(&object, &lines)? {
                    queue.push_back(item);
                }
            }
            _ => found.push(object.node),
        }
    }
    Ok(found)
}

/// The items of a list, each written as JSON and read again, as Kustomize does it: it settles what
/// their scalars mean.
fn items_of(list: &Object, lines: &[u32]) -> Result<Vec<Object>, ReadResourcesError> {
    let (at, kind) = (list.at(), crate::node::kind(&list.node));
    let failed = |source| ReadResourcesError::List {
        kind: kind.to_owned(),
        at,
        source,
    };
    if list.nesting >= MAX_NESTING {
        return Err(ReadResourcesError::Nested { at });
    }
    let mut value = list.node.to_value().map_err(failed)?;
    let items = match value.get_mut("items").map(serde_json::Value::take) {
        Some(serde_json::Value::Array(items)) => items,
        None | Some(serde_json::Value::Null) => return Ok(Vec::new()),
        Some(other) => {
            return Err(ReadResourcesError::Items {
                kind: kind.to_owned(),
                found: kind_of(&other),
                at,
            });
        }
    };
    let mut found = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let line = lines.get(index).copied().unwrap_or(list.node.line);
        for mut object in read_documents(json(item).as_bytes())? {
            object.document = list.document;
            object.nesting = list.nesting + 1;
            set_line(&mut object.node, line);
            found.extend(object.checked()?);
        }
    }
    Ok(found)
}

/// As Go writes it: the two line separators that YAML would fold are escaped.
fn json(value: &serde_json::Value) -> String {
    let text = value.to_string();
    match text.contains(['\u{2028}', '\u{2029}']) {
        true => text
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029"),
        false => text,
    }
}

/// The text it was read from has one line; what was written stands elsewhere.
fn set_line(node: &mut Node, line: u32) {
    node.line = line;
    match &mut node.content {
        Content::Scalar(_) => {}
        Content::Sequence(items) => items.iter_mut().for_each(|item| set_line(item, line)),
        Content::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
            set_line(key, line);
            set_line(value, line);
        }),
    }
}

fn kind_of(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "boolean",
        serde_json::Value::Number(_) => "number",
        serde_json::Value::String(_) => "string",
        serde_json::Value::Array(_) => "list",
        serde_json::Value::Object(_) => "map",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Vec<String>, String> {
        let objects = read_objects(text.as_bytes()).map_err(|error| error.to_string())?;
        let line = |object: &Node| format!("{} {}", object.line, object.to_value().unwrap());
        Ok(objects.iter().map(line).collect())
    }

    #[test]
    fn documents_become_objects() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            (
                "# nothing\n---\n\n---\nnull\n--- # still nothing\n{}\n",
                &[],
            ),
            (
                "kind: A\nmetadata: {name: x}\n---\n# b\nkind: B\nmetadata:\n  name: y\n",
                &[
                    r#"1 {"kind":"A","metadata":{"name":"x"}}"#,
                    r#"5 {"kind":"B","metadata":{"name":"y"}}"#,
                ],
            ),
            // Only the first document of a part is read.
            (
                "kind: A\nmetadata: {name: x}\n...\nkind: B\n",
                &[r#"1 {"kind":"A","metadata":{"name":"x"}}"#],
            ),
            // A list needs no name, and one without items stays.
            ("kind: PodList\n", &[r#"1 {"kind":"PodList"}"#]),
            ("kind: PodList\nitems:\n", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text).unwrap(), *expected, "{text}");
        }
    }

    #[test]
    fn lists_are_taken_apart() {
        let list = "kind: List\nitems:\n- kind: A\n  metadata: {name: x}\n  n: 0777\n";
        let alone = [r#"3 {"kind":"A","metadata":{"name":"x"},"n":511}"#];
        assert_eq!(found(list).unwrap(), alone);
        let last = format!("{list}---\nkind: B\nmetadata: {{name: y}}\n");
        assert_eq!(
            found(&last).unwrap(),
            [r#"7 {"kind":"B","metadata":{"name":"y"}}"#, alone[0]]
        );
        let nested = "kind: List\nitems:\n- kind: FooList\n  items:\n  - kind: A\n    metadata: {name: x}\n- null\n";
        assert_eq!(
            found(nested).unwrap(),
            [r#"5 {"kind":"A","metadata":{"name":"x"}}"#]
        );
        assert_eq!(found("kind: List\nitems: text\n").unwrap(), [""; 0]);
    }

    #[test]
    fn what_is_no_object_is_named() {
        let cases = [
            (
                "- op: add\n",
                "document 1, line 1: missing Resource metadata",
            ),
            (
                "a: 1\n---\n\nb: 2\n",
                "document 1, line 1: missing Resource metadata",
            ),
            (
                "metadata: {name: x}\n",
                "document 1, line 1: missing kind in object",
            ),
            (
                "kind: A\nmetadata: {name: x}\n---\nkind: B\nmetadata: {generateName: x}\n",
                "document 2, line 4: missing metadata.name in object of kind B",
            ),
            (
                "kind: A\n--- x\n",
                "line 2: invalid document separator: --- x",
            ),
            (
                "kind: BarList\nitems: text\n",
                "document 1, line 1: expected a list in BarList/items",
            ),
            (
                "kind: List\nitems: {a: b}\n",
                "document 1, line 1: missing Resource metadata",
            ),
            (
                "kind: A\nmetadata: {name: x}\n---\n\na: [\n",
                "malformed YAML: document 2, line 6",
            ),
        ];
        for (text, expected) in cases {
            let error = found(text).unwrap_err();
            assert!(error.starts_with(expected), "{text}: {error}");
        }
    }
}
