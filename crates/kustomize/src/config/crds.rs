//! What OpenAPI definitions of custom kinds say of their fields.
//!
//! Comes in: the files of `crds`, each a map of definitions with marks such as
//! `x-kubernetes-object-ref-kind`. Goes out: the fields that are annotations, label selectors, names
//! or references. Source: Kustomize 5.8.1, api/internal/accumulator/loadconfigfromcrds.go.

use super::merge::{merge_reference, merge_spec};
use super::{ConfigError, Conflict, NameReference, TransformerConfig};
use crate::file::FieldSpec;
use crate::load::Loader;
use crate::resource::Gvk;
use serde_json::{Map, Value};
use yaml::{Limits, ReadError};

/// Definitions may refer to each other; no real ones are followed deeper, nor into more fields.
const MAX_DEPTH: usize = 32;
const MAX_FIELDS: usize = 100_000;
/// How many of the fields may be marked.
const MAX_MARKS: usize = 10_000;

/// Why a file of definitions is not understood.
#[derive(Debug, thiserror::Error)]
pub enum CrdError {
    /// There is nothing in it.
    #[error("the file is empty; write a map from type names to definitions")]
    Empty,
    /// It is not YAML.
    #[error("the file is not YAML")]
    Yaml(#[source] ReadError),
    /// It starts as JSON and is not.
    #[error("the file is not JSON")]
    Json(#[source] serde_json::Error),
    /// It is no map of definitions.
    #[error(
        "{what} is no map; the file has to map type names to definitions with a Schema, \
         as OpenAPI generators write them, which a CustomResourceDefinition is not"
    )]
    Shape {
        /// What should have been a map.
        what: String,
    },
    /// Its definitions lead into each other without end.
    #[error("the definition {name} refers to itself, or to too many others")]
    Endless {
        /// Where it was given up.
        name: String,
    },
    /// Two marks contradict each other.
    #[error("merging the definitions")]
    Conflict(#[source] Conflict),
}

/// What the definitions in some files say.
pub fn from_crds(paths: &[String], loader: &Loader) -> Result<TransformerConfig, ConfigError> {
    let mut all = TransformerConfig::default();
    for path in paths {
        let bytes = loader.load(path).map_err(|source| ConfigError::Load {
            path: path.clone(),
            source: Box::new(source),
        })?;
        let found = read(&bytes).map_err(|source| ConfigError::Crd {
            path: path.clone(),
            source,
        })?;
        all = all
            .within_bounds(path)?
            .merge(&found)
            .map_err(|source| ConfigError::Merge {
                path: path.clone(),
                source,
            })?;
    }
    Ok(all)
}

fn read(bytes: &[u8]) -> Result<TransformerConfig, CrdError> {
    let value = match bytes.first() {
        None => return Err(CrdError::Empty),
        Some(b'{') => serde_json::from_slice(bytes).map_err(CrdError::Json)?,
        Some(_) => yaml::read_first(bytes, &Limits::default()).map_err(CrdError::Yaml)?,
    };
    let Some(types) = map_or_nothing(&value, "the file")? else {
        return Ok(TransformerConfig::default());
    };
    let definitions = Definitions::new(types)?;
    let mut all = TransformerConfig::default();
    for (name, properties) in &definitions.0 {
        if is_kubernetes_type(properties) {
            let found = definitions.config_of(name)?;
            if found.size() > 0 {
                all = all.merge(&found).map_err(CrdError::Conflict)?;
            }
            if all.size() > MAX_MARKS {
                let name = (*name).to_owned();
                return Err(CrdError::Endless { name });
            }
        }
    }
    Ok(all)
}

type Properties<'a> = Vec<(&'a str, &'a Map<String, Value>)>;

/// The properties of each type, by the type's name.
struct Definitions<'a>(Vec<(&'a str, Properties<'a>)>);

impl<'a> Definitions<'a> {
    fn new(types: &'a Map<String, Value>) -> Result<Self, CrdError> {
        let properties_of = |(name, value): (&'a String, &'a Value)| {
            let properties = match map_or_nothing(value, name)? {
                Some(definition) => properties(name, definition)?,
                None => Properties::new(),
            };
            Ok((name.as_str(), properties))
        };
        let mut all: Vec<_> = types.iter().map(properties_of).collect::<Result<_, _>>()?;
        all.sort_by_key(|(name, _)| *name);
        Ok(Self(all))
    }

    fn get(&self, name: &str) -> Option<&Properties<'a>> {
        let at = self.0.binary_search_by_key(&name, |(name, _)| name).ok()?;
        Some(&self.0[at].1)
    }

    fn config_of(&self, name: &'a str) -> Result<TransformerConfig, CrdError> {
        let mut walk = Walk {
            definitions: self,
            kind: name.rsplit_once('.').map_or(name, |(_, kind)| kind),
            path: Vec::new(),
            fields: 0,
            config: TransformerConfig::default(),
        };
        walk.definition(name)?;
        Ok(walk.config)
    }
}

fn properties<'a>(
    name: &str,
    definition: &'a Map<String, Value>,
) -> Result<Properties<'a>, CrdError> {
    let schema = definition
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case("schema"));
    let schema = schema.map_or(Ok(None), |(_, schema)| map_or_nothing(schema, name))?;
    let properties = schema.and_then(|schema| schema.get("properties"));
    let Some(properties) = properties.map_or(Ok(None), |all| map_or_nothing(all, name))? else {
        return Ok(Properties::new());
    };
    let maps = properties.iter().map(|(key, property)| {
        let property = map_or_nothing(property, key)?;
        Ok(property.map(|property| (key.as_str(), property)))
    });
    maps.filter_map(Result::transpose).collect()
}

fn map_or_nothing<'a>(
    value: &'a Value,
    what: &str,
) -> Result<Option<&'a Map<String, Value>>, CrdError> {
    match value {
        Value::Object(map) => Ok(Some(map)),
        Value::Null => Ok(None),
        _ => Err(CrdError::Shape {
            what: what.to_owned(),
        }),
    }
}

fn is_kubernetes_type(properties: &Properties) -> bool {
    ["kind", "apiVersion", "metadata"]
        .iter()
        .all(|wanted| properties.iter().any(|(name, _)| name == wanted))
}

/// The way through the definitions that one type leads to.
struct Walk<'a> {
    definitions: &'a Definitions<'a>,
    kind: &'a str,
    path: Vec<&'a str>,
    fields: usize,
    config: TransformerConfig,
}

impl<'a> Walk<'a> {
    fn definition(&mut self, name: &str) -> Result<(), CrdError> {
        let Some(properties) = self.definitions.get(name) else {
            return Ok(());
        };
        self.fields += properties.len();
        let marks = self.config.size();
        if self.path.len() > MAX_DEPTH || self.fields > MAX_FIELDS || marks > MAX_MARKS {
            let name = name.to_owned();
            return Err(CrdError::Endless { name });
        }
        for (key, property) in properties {
            self.path.push(key);
            self.property(property).map_err(CrdError::Conflict)?;
            if let Some(target) = mark(property, "$ref") {
                self.definition(target)?;
            }
            self.path.pop();
        }
        Ok(())
    }

    fn property(&mut self, property: &Map<String, Value>) -> Result<(), Conflict> {
        let spec = self.spec(None);
        let config = &mut self.config;
        let has = |key| mark(property, key).is_some();
        if has("x-kubernetes-annotation") {
            merge_spec("commonAnnotations", &mut config.common_annotations, &spec)?;
        }
        if has("x-kubernetes-label-selector") {
            merge_spec("commonLabels", &mut config.common_labels, &spec)?;
        }
        if has("x-kubernetes-identity") {
            merge_spec("namePrefix", &mut config.name_prefix, &spec)?;
        }
        match self.reference(property) {
            Some(rule) => merge_reference(&mut self.config.name_references, &rule),
            None => Ok(()),
        }
    }

    fn reference(&self, property: &Map<String, Value>) -> Option<NameReference> {
        let version = mark(property, "x-kubernetes-object-ref-api-version")?;
        let kind = mark(property, "x-kubernetes-object-ref-kind")?;
        let key = mark(property, "x-kubernetes-object-ref-name-key").unwrap_or("name");
        Some(NameReference {
            target: Gvk::unscoped("", version, kind),
            referrers: vec![self.spec(Some(key))],
        })
    }

    fn spec(&self, last: Option<&str>) -> FieldSpec {
        let steps: Vec<&str> = self.path.iter().copied().chain(last).collect();
        FieldSpec {
            gvk: Gvk::unscoped("", "", self.kind),
            path: steps.join("/"),
            create: false,
        }
    }
}

/// The text of a mark.
fn mark<'a>(property: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    property.get(key)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLEET: &str = "
example.io/v1.Fleet:
  Schema:
    properties:
      apiVersion: {type: string}
      kind: {type: string}
      metadata: {$ref: meta/v1.ObjectMeta}
      notes: {x-kubernetes-annotation: ''}
      spec: {$ref: example.io/v1.FleetSpec}
example.io/v1.FleetSpec:
  schema:
    properties:
      captain:
        $ref: core/v1.LocalObjectReference
        x-kubernetes-object-ref-api-version: v1
        x-kubernetes-object-ref-kind: Secret
      flagship:
        x-kubernetes-object-ref-api-version: example.io/v1
        x-kubernetes-object-ref-kind: Ship
        x-kubernetes-object-ref-name-key: title
      crew: {x-kubernetes-label-selector: ''}
      code: {x-kubernetes-identity: ''}
  Dependencies: []
example.io/v1.Loose:
  Schema: {properties: {crew: {x-kubernetes-label-selector: ''}}}
core/v1.LocalObjectReference:
";

    fn field(path: &str) -> FieldSpec {
        FieldSpec {
            gvk: Gvk::unscoped("", "", "Fleet"),
            path: path.to_owned(),
            create: false,
        }
    }

    #[test]
    fn marks_become_fields() {
        let reference = |version, kind, path| NameReference {
            target: Gvk::unscoped("", version, kind),
            referrers: vec![field(path)],
        };
        let expected = TransformerConfig {
            common_annotations: vec![field("notes")],
            common_labels: vec![field("spec/crew")],
            name_prefix: vec![field("spec/code")],
            name_references: vec![
                reference("v1", "Secret", "spec/captain/name"),
                reference("example.io/v1", "Ship", "spec/flagship/title"),
            ],
            ..TransformerConfig::default()
        };
        assert_eq!(read(FLEET.as_bytes()).expect("it reads"), expected);
    }

    #[test]
    fn what_are_no_definitions_is_refused() {
        for (text, expected) in [
            ("", "the file is empty"),
            ("{\"a\": ", "the file is not JSON"),
            ("a: [", "the file is not YAML"),
            ("[]", "the file is no map"),
            (
                "apiVersion: apiextensions.k8s.io/v1\nkind: X",
                "apiVersion is no map",
            ),
            ("A: {Schema: {properties: {a: [1]}}}", "a is no map"),
            (
                "a.A: {Schema: {properties: {kind: {}, apiVersion: {}, metadata: {$ref: a.A}}}}",
                "the definition a.A refers to itself",
            ),
        ] {
            let error = read(text.as_bytes()).expect_err(text).to_string();
            assert!(error.starts_with(expected), "{text}: {error}");
        }
    }
}
