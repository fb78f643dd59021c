//! The annotations that say where a resource comes from and what changed it.
//!
//! Comes in: how a build got to a file, a generator or a transformer. Goes out: the YAML text that
//! `buildMetadata` asks for, as an annotation. While a build runs, the same annotations tell which
//! resources a transformer made itself. Source: Kustomize 5.8.1, api/resource/origin.go and
//! resource.go.

use super::Resource;
use crate::node::{self, NodeError};
use serde_json::{Map, Value};
use yaml::{Form, Limits, Node, ReadError};

/// The annotation that holds an origin.
pub const ORIGIN: &str = "config.kubernetes.io/origin";
/// The annotation that holds the origins of transformers.
pub const TRANSFORMATIONS: &str = "alpha.config.kubernetes.io/transformations";

/// Where something comes from. What is not known is empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// The file, from the folder that is built, or from the root of its repository.
    pub path: String,
    /// The repository, if it is another one.
    pub repo: String,
    /// The branch, tag or commit of that repository.
    pub reference: String,
    /// The file of the generator or transformer.
    pub configured_in: String,
    /// The generator or transformer.
    pub configured_by: Identifier,
}

/// What names a generator or transformer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Identifier {
    /// Its apiVersion, `builtin` if it was a field of a kustomization.
    pub api_version: String,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
}

/// Why an origin cannot be read or noted.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum OriginError {
    /// The annotation is there and is no YAML.
    #[error("the annotation {annotation} is not YAML")]
    Yaml {
        /// Its key.
        annotation: &'static str,
        /// What is wrong with it.
        #[source]
        source: ReadError,
    },
    /// The annotation is there and says something else.
    #[error("the annotation {annotation} does not hold {expected}; remove it, Kustomize writes it")]
    Shape {
        /// Its key.
        annotation: &'static str,
        /// What it should hold.
        expected: &'static str,
    },
    /// The resource has no place for annotations.
    #[error("the resource's annotations cannot be set")]
    Node(#[from] NodeError),
}

impl Origin {
    /// The path below this origin, without `.` and with as few `..` as can be.
    pub fn join(&self, path: &str) -> Self {
        Self {
            path: join(&self.path, path),
            ..self.clone()
        }
    }

    /// The annotation's text.
    pub fn text(&self) -> String {
        yaml::write_node(&self.node())
    }

    fn node(&self) -> Node {
        let by = &self.configured_by;
        let by = fields(&[
            ("apiVersion", &by.api_version),
            ("kind", &by.kind),
            ("name", &by.name),
            ("namespace", &by.namespace),
        ]);
        let mut node = fields(&[
            ("path", &self.path),
            ("repo", &self.repo),
            ("ref", &self.reference),
            ("configuredIn", &self.configured_in),
        ]);
        if !by.is_null_or_empty() {
            node.push_entry("configuredBy", by);
        }
        node
    }

    fn read(value: &Value) -> Option<Self> {
        let Some(fields) = map(value)? else {
            return Some(Self::default());
        };
        let nothing = Map::new();
        let by = map(fields.get("configuredBy").unwrap_or(&Value::Null))?.unwrap_or(&nothing);
        Some(Self {
            path: text(fields, "path")?,
            repo: text(fields, "repo")?,
            reference: text(fields, "ref")?,
            configured_in: text(fields, "configuredIn")?,
            configured_by: Identifier {
                api_version: text(by, "apiVersion")?,
                kind: text(by, "kind")?,
                name: text(by, "name")?,
                namespace: text(by, "namespace")?,
            },
        })
    }
}

/// A mapping of those fields that say something.
fn fields(all: &[(&'static str, &str)]) -> Node {
    let mut node = Node::mapping();
    for (key, value) in all.iter().filter(|(_, value)| !value.is_empty()) {
        let mut text = Node::string(*value);
        if node::reads_as_non_string(value) {
            text.style.form = Form::DoubleQuoted;
        }
        node.push_entry(*key, text);
    }
    if node.entries().is_empty() {
        node.style.form = Form::Flow;
    }
    node
}

/// A map, or null; `None` for anything else.
fn map(value: &Value) -> Option<Option<&Map<String, Value>>> {
    match value {
        Value::Null => Some(None),
        Value::Object(map) => Some(Some(map)),
        _ => None,
    }
}

fn text(map: &Map<String, Value>, key: &str) -> Option<String> {
    match map.get(key) {
        None | Some(Value::Null) => Some(String::new()),
        Some(Value::String(text)) => Some(text.clone()),
        Some(_) => None,
    }
}

/// Joins two paths as Go's `filepath.Join` does.
pub fn join(one: &str, other: &str) -> String {
    let parts = [one, other].into_iter().filter(|part| !part.is_empty());
    let joined = parts.collect::<Vec<_>>().join("/");
    let absolute = joined.starts_with('/');
    let mut clean: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." if clean.last().is_some_and(|last| *last != "..") => {
                clean.pop();
            }
            ".." if absolute => {}
            part => clean.push(part),
        }
    }
    match (absolute, clean.is_empty()) {
        (true, _) => format!("/{}", clean.join("/")),
        (false, true) if joined.is_empty() => String::new(),
        (false, true) => ".".to_owned(),
        (false, false) => clean.join("/"),
    }
}

impl Resource {
    /// Where the annotation says it comes from.
    pub fn origin(&self) -> Result<Option<Origin>, OriginError> {
        let Some(value) = self.annotated(ORIGIN)? else {
            return Ok(None);
        };
        let origin = Origin::read(&value).ok_or(OriginError::Shape {
            annotation: ORIGIN,
            expected: "the fields of an origin",
        })?;
        Ok(Some(origin))
    }

    /// Writes the annotation.
    pub fn set_origin(&mut self, origin: &Origin) -> Result<(), OriginError> {
        self.annotate(ORIGIN, &origin.text())
    }

    /// Notes a transformer's origin behind those that are noted already.
    pub fn add_transformation(&mut self, origin: &Origin) -> Result<(), OriginError> {
        let mut all = self.transformations()?;
        all.push(origin.clone());
        let mut node = Node::sequence();
        if let Some(items) = node.items_mut() {
            items.extend(all.iter().map(Origin::node));
        }
        self.annotate(TRANSFORMATIONS, &yaml::write_node(&node))
    }

    fn transformations(&self) -> Result<Vec<Origin>, OriginError> {
        let wrong = || OriginError::Shape {
            annotation: TRANSFORMATIONS,
            expected: "a list of origins",
        };
        match self.annotated(TRANSFORMATIONS)? {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(items)) => {
                let read = items.iter().map(Origin::read);
                read.collect::<Option<_>>().ok_or_else(wrong)
            }
            Some(_) => Err(wrong()),
        }
    }

    fn annotated(&self, annotation: &'static str) -> Result<Option<Value>, OriginError> {
        let text = node::annotation(&self.node, annotation);
        text.map(|text| yaml::read_first(text.as_bytes(), &Limits::default()))
            .transpose()
            .map_err(|source| OriginError::Yaml { annotation, source })
    }

    fn annotate(&mut self, annotation: &str, text: &str) -> Result<(), OriginError> {
        self.change_annotations(|all| {
            all.insert(annotation.into(), text.into());
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource() -> Resource {
        let text = "kind: A\nmetadata:\n  name: x\n";
        super::super::read_resources(text.as_bytes())
            .unwrap()
            .remove(0)
    }

    fn made_by(kind: &str) -> Origin {
        Origin {
            configured_in: "kustomization.yaml".into(),
            configured_by: Identifier {
                api_version: "builtin".into(),
                kind: kind.into(),
                ..Identifier::default()
            },
            ..Origin::default()
        }
    }

    #[test]
    fn origins_are_written_and_read() {
        let mut resource = resource();
        assert_eq!(resource.origin(), Ok(None));
        let origin = Origin {
            reference: "1.10".into(),
            repo: "https://example.com/r".into(),
            ..Origin::default().join("base/../x.yaml")
        };
        resource.set_origin(&origin).unwrap();
        assert_eq!(
            node::annotation(&resource.node, ORIGIN),
            Some("path: x.yaml\nrepo: https://example.com/r\nref: \"1.10\"\n")
        );
        assert_eq!(resource.origin(), Ok(Some(origin)));
        assert_eq!(Origin::default().text(), "{}\n");
    }

    #[test]
    fn transformations_are_a_list() {
        let mut resource = resource();
        resource.add_transformation(&made_by("One")).unwrap();
        resource.add_transformation(&made_by("Two")).unwrap();
        let entry = |kind: &str| {
            let by = "  configuredBy:\n    apiVersion: builtin\n    kind: ";
            format!("- configuredIn: kustomization.yaml\n{by}{kind}\n")
        };
        assert_eq!(
            node::annotation(&resource.node, TRANSFORMATIONS),
            Some([entry("One"), entry("Two")].concat().as_str())
        );
    }

    #[test]
    fn annotations_that_are_no_origin_are_named() {
        let mut resource = resource();
        resource.annotate(ORIGIN, "path: [").unwrap();
        let error = resource.origin().unwrap_err().to_string();
        assert_eq!(
            error,
            "the annotation config.kubernetes.io/origin is not YAML"
        );
        resource.annotate(ORIGIN, "path: 1").unwrap();
        assert!(matches!(resource.origin(), Err(OriginError::Shape { .. })));
        resource.annotate(TRANSFORMATIONS, "a: 1").unwrap();
        assert!(resource.add_transformation(&made_by("One")).is_err());
    }

    #[test]
    fn paths_are_joined() {
        let cases = [
            ("", "", ""),
            ("", "a/./b", "a/b"),
            ("a/b", "../c", "a/c"),
            ("a", "../../c", "../c"),
            ("", "../../c/..", "../.."),
            ("a", "..", "."),
            ("/", "..", "/"),
        ];
        for (one, other, expected) in cases {
            assert_eq!(join(one, other), expected, "{one} {other}");
        }
    }
}
