//! A schema from an OpenAPI document.
//!
//! Comes in: the document a kustomization names, in JSON or YAML. Goes out: its definitions as
//! types, those that say of which kind they are found by it, and the scopes its paths tell of.
//! Source: kyaml 0.21, openapi/openapi.go (parse, AddDefinitions, findNamespaceability, Field,
//! Elements).

use super::{BUILT_IN_VERSION, BuiltIn, Entry, Known, Schema, TABLE, Text, Type, TypeId, table};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use yaml::Limits;

/// Why there is no schema.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// No such version is built in.
    #[error(
        "the specified OpenAPI version is not built in: {0}; write {BUILT_IN_VERSION}, or name a schema file with openapi.path"
    )]
    Version(String),
    /// The file is neither JSON nor YAML.
    #[error("invalid schema file")]
    Read(#[source] yaml::ReadError),
    /// The file is no OpenAPI document.
    #[error("invalid schema file: expected an OpenAPI document with definitions, found {0}")]
    NotADocument(&'static str),
}

const KINDS: &str = "x-kubernetes-group-version-kind";
const STRATEGY: &str = "x-kubernetes-patch-strategy";
const MERGE_KEY: &str = "x-kubernetes-patch-merge-key";
const MERGE_KEYS: &str = "x-kubernetes-list-map-keys";

/// The group whose kinds every schema has: kustomizations are resources too.
const OWN_GROUP: &str = "kustomize.config.k8s.io/";

/// How often a definition may only refer to another one.
const MOST_REFERENCES: usize = 64;

/// The schema of a document, with what stays of the built-in one.
pub fn read(document: &[u8], schema: &Schema, built_in: BuiltIn) -> Result<Schema, SchemaError> {
    let document = yaml::read_first(document, &Limits::default()).map_err(SchemaError::Read)?;
    if !document.is_object() {
        return Err(SchemaError::NotADocument(kind_of(&document)));
    }
    let mut reader = Reader::new(&document, schema, built_in);
    let kinds = reader.kinds();
    Ok(Schema {
        types: reader.types,
        kinds: merged(kinds, &schema.kinds, built_in),
        scopes: merged(scopes_of(&document), &schema.scopes, BuiltIn::Wins),
    })
}

/// What a document says of kinds, and what the built-in schema says of them.
fn merged<T: Copy>(mut ours: Vec<Known<T>>, theirs: &[Known<T>], mode: BuiltIn) -> Vec<Known<T>> {
    let is_own = |kind: &Known<T>| kind.api_version.starts_with(OWN_GROUP);
    let name = |known: &Known<T>| (known.kind.clone(), known.api_version.clone());
    let said: HashSet<_> = ours.iter().map(name).collect();
    let stays = |kind: &&Known<T>| match mode {
        BuiltIn::Gone => is_own(kind),
        BuiltIn::Wins => true,
        BuiltIn::Yields => is_own(kind) || !said.contains(&name(kind)),
    };
    let stay: Vec<_> = theirs.iter().filter(stays).cloned().collect();
    let staying: HashSet<_> = stay.iter().map(name).collect();
    ours.retain(|kind| !staying.contains(&name(kind)));
    ours.extend(stay);
    Known::sort(&mut ours);
    ours
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Array(_) => "a list",
        _ => "a scalar",
    }
}

/// Makes types of schemas, each once.
struct Reader<'a> {
    document: &'a Value,
    types: Vec<Entry>,
    /// By the place of the schema in memory, which does not move.
    known: HashMap<*const Value, TypeId>,
    /// Types that are known and not read yet.
    waiting: Vec<(TypeId, &'a Value)>,
    /// The built-in types, by the names of their definitions.
    named: HashMap<String, TypeId>,
    built_in: BuiltIn,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Value, schema: &Schema, built_in: BuiltIn) -> Self {
        Self {
            document,
            types: schema.types.clone(),
            known: HashMap::new(),
            waiting: Vec::new(),
            named: match built_in {
                BuiltIn::Gone => HashMap::new(),
                BuiltIn::Wins | BuiltIn::Yields => table::definitions(TABLE),
            },
            built_in,
        }
    }

    /// The definitions that say of which kinds they are.
    fn kinds(&mut self) -> Vec<Known<TypeId>> {
        let definitions = self.document.get("definitions").and_then(Value::as_object);
        let mut kinds = BTreeMap::new();
        for definition in definitions.into_iter().flatten().map(|(_, schema)| schema) {
            let named = definition.get(KINDS).and_then(Value::as_array);
            for kind in named.into_iter().flatten().filter_map(type_meta) {
                kinds.insert(kind, self.type_of(definition));
            }
        }
        while let Some((id, schema)) = self.waiting.pop() {
            self.types[id.0 as usize] = self.read(schema).into();
        }
        kinds.into_iter().map(known).collect()
    }

    /// The type of a schema that stands here. It is read later: schemas may lead to others for a long
    /// time, which is nothing for the stack.
    fn type_of(&mut self, schema: &'a Value) -> TypeId {
        if let Some(id) = self.known.get(&std::ptr::from_ref(schema)) {
            return *id;
        }
        let id = TypeId(self.types.len() as u32);
        self.types.push(Entry::default());
        self.known.insert(std::ptr::from_ref(schema), id);
        self.waiting.push((id, schema));
        id
    }

    fn read(&mut self, schema: &'a Value) -> Type {
        let fields = schema.get("properties").and_then(Value::as_object);
        let fields = fields.into_iter().flatten();
        let mut fields: Vec<_> = fields
            .map(|(name, field)| (Text::from(name.clone()), self.resolved(field)))
            .collect();
        fields.sort_by(|(one, _), (other, _)| one.cmp(other));
        Type {
            fields,
            any: self.part(schema, "additionalProperties"),
            elements: match is_list(schema) {
                true => self.part(schema, "items"),
                false => None,
            },
            merge: merge_keys(schema),
        }
    }

    fn part(&mut self, schema: &'a Value, name: &str) -> Option<TypeId> {
        let part = schema.get(name).filter(|part| part.is_object())?;
        self.resolved(part)
    }

    /// The type of a schema, or of what it refers to.
    fn resolved(&mut self, mut schema: &'a Value) -> Option<TypeId> {
        for _ in 0..MOST_REFERENCES {
            let reference = schema.get("$ref").and_then(Value::as_str).unwrap_or("");
            if reference.is_empty() {
                return Some(self.type_of(schema));
            }
            let (_, pointer) = reference.split_once('#')?;
            let name = pointer.strip_prefix("/definitions/")?;
            let built_in = self.named.get(name).copied();
            match self.document.pointer(pointer) {
                Some(ours) if self.built_in != BuiltIn::Wins || built_in.is_none() => schema = ours,
                _ => return built_in,
            }
        }
        None
    }
}

fn is_list(schema: &Value) -> bool {
    match schema.get("type") {
        Some(Value::String(only)) => only == "array",
        Some(Value::Array(all)) => matches!(&all[..], [only] if only == "array"),
        _ => false,
    }
}

fn merge_keys(schema: &Value) -> Option<Vec<Text>> {
    let strategies = schema.get(STRATEGY)?.as_str()?;
    strategies.split(',').find(|one| *one == "merge")?;
    let text = |key: &Value| key.as_str().map(|key| Text::from(key.to_owned()));
    Some(match schema.get(MERGE_KEYS).and_then(Value::as_array) {
        Some(keys) => keys.iter().filter_map(text).collect(),
        None => schema.get(MERGE_KEY).and_then(text).into_iter().collect(),
    })
}

/// The scopes of kinds: a path with a namespace in it tells that the kind has one.
fn scopes_of(document: &Value) -> Vec<Known<bool>> {
    let paths = document.get("paths").and_then(Value::as_object);
    let mut outside = BTreeMap::new();
    for (path, item) in paths.into_iter().flatten() {
        let Some(kind) = item.pointer(&format!("/get/{KINDS}")).and_then(type_meta) else {
            continue;
        };
        let entry = outside.entry(kind).or_insert(true);
        *entry &= !path.contains("namespaces/{namespace}");
    }
    outside.into_iter().map(known).collect()
}

/// `(kind, apiVersion)` of what names a kind.
fn type_meta(named: &Value) -> Option<(String, String)> {
    let text = |field: &str| named.get(field).and_then(Value::as_str);
    let (kind, version) = (text("kind")?, text("version")?);
    let api_version = match text("group") {
        Some(group) if !group.is_empty() => format!("{group}/{version}"),
        _ => version.to_owned(),
    };
    Some((kind.to_owned(), api_version))
}

fn known<T>(((kind, api_version), what): ((String, String), T)) -> Known<T> {
    Known {
        kind: kind.into(),
        api_version: api_version.into(),
        what,
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::{BuiltIn, Schema};

    const DOCUMENT: &str = r##"
definitions:
  Rollout:
    type: object
    properties:
      spec: {$ref: "#/definitions/Spec"}
      self: {$ref: "#/definitions/Rollout"}
      lost: {$ref: "#/definitions/Nowhere"}
      round: {$ref: "#/definitions/Round"}
    additionalProperties: {$ref: "#/definitions/Rollout/properties/spec"}
    x-kubernetes-group-version-kind:
    - {group: example.org, version: v1, kind: Rollout}
  Spec:
    properties:
      steps:
        type: array
        items: {$ref: "#/definitions/Spec"}
        x-kubernetes-patch-strategy: retainKeys,merge
        x-kubernetes-patch-merge-key: id
      either:
        type: [array, string]
        items: {type: string}
        x-kubernetes-patch-strategy: replace
  Round: {$ref: "#/definitions/Round"}
paths:
  /apis/example.org/v1/rollouts:
    get: {x-kubernetes-group-version-kind: {group: example.org, version: v1, kind: Rollout}}
  /apis/example.org/v1/namespaces/{namespace}/rollouts:
    get: {x-kubernetes-group-version-kind: {group: example.org, version: v1, kind: Rollout}}
  /apis/example.org/v1/zones:
    get: {x-kubernetes-group-version-kind: {group: example.org, version: v1, kind: Zone}}
  /api/v1/namespaces/{namespace}/nodes:
    get: {x-kubernetes-group-version-kind: {group: "", version: v1, kind: Node}}
"##;

    fn keys(path: &str) -> Option<String> {
        let schema = Schema::from_openapi(DOCUMENT.as_bytes(), BuiltIn::Gone).unwrap();
        let root = schema.of_kind("example.org/v1", "Rollout")?;
        let found = path.split('/').try_fold(root, |id, step| match step {
            "[]" => schema.elements(id),
            step => schema.field(id, step),
        });
        schema.merge_keys(found?).map(|keys| keys.join(","))
    }

    #[test]
    fn references_are_followed() {
        assert_eq!(keys("spec/steps").as_deref(), Some("id"));
        assert_eq!(keys("self/self/spec/steps/[]/steps").as_deref(), Some("id"));
        assert_eq!(keys("other/steps").as_deref(), Some("id"));
        for path in ["lost/steps", "round/steps", "spec/either", "spec/either/[]"] {
            assert_eq!(keys(path), None, "{path}");
        }
    }

    #[test]
    fn the_document_replaces_kinds_but_not_scopes() {
        let schema = Schema::from_openapi(DOCUMENT.as_bytes(), BuiltIn::Gone).unwrap();
        assert!(schema.of_kind("apps/v1", "Deployment").is_none());
        assert!(
            schema
                .of_kind("kustomize.config.k8s.io/v1beta1", "Kustomization")
                .is_some()
        );
        for (api_version, kind, outside) in [
            ("v1", "Namespace", true),
            ("v1", "Node", true),
            ("example.org/v1", "Zone", true),
            ("example.org/v1", "Rollout", false),
        ] {
            let found = schema.is_certainly_cluster_scoped(api_version, kind);
            assert_eq!(found, outside, "{kind}");
        }
    }

    #[test]
    fn built_in_definitions_may_stay() {
        let document = br##"
definitions:
  Rollout:
    properties:
      template: {$ref: "#/definitions/io.k8s.api.core.v1.PodTemplateSpec"}
    x-kubernetes-group-version-kind:
    - {group: example.org, version: v1, kind: Rollout}
    - {group: apps, version: v1, kind: Deployment}
  io.k8s.api.core.v1.PodTemplateSpec: {properties: {spec: {type: string}}}
"##;
        let containers = |built_in, api_version, kind, path: &str| {
            let schema = Schema::from_openapi(document, built_in).unwrap();
            let root = schema.of_kind(api_version, kind)?;
            let found = path
                .split('/')
                .try_fold(root, |id, step| schema.field(id, step));
            schema.merge_keys(found?).map(|keys| keys.join(","))
        };
        let rollout = |built_in| {
            containers(
                built_in,
                "example.org/v1",
                "Rollout",
                "template/spec/containers",
            )
        };
        let deployment = |built_in| {
            containers(
                built_in,
                "apps/v1",
                "Deployment",
                "spec/template/spec/containers",
            )
        };
        assert_eq!(rollout(BuiltIn::Wins).as_deref(), Some("name"));
        assert_eq!(rollout(BuiltIn::Yields), None);
        assert_eq!(rollout(BuiltIn::Gone), None);
        assert_eq!(deployment(BuiltIn::Wins).as_deref(), Some("name"));
        assert_eq!(deployment(BuiltIn::Yields), None);
        let pod = containers(BuiltIn::Yields, "v1", "Pod", "spec/containers");
        assert_eq!(pod.as_deref(), Some("name"));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for text in ["[]", "just text", "a: [", ""] {
            assert!(
                Schema::from_openapi(text.as_bytes(), BuiltIn::Gone).is_err(),
                "{text}"
            );
        }
        assert!(Schema::from_openapi(b"{}", BuiltIn::Gone).is_ok());
    }
}
