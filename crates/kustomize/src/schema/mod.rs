//! What is known of kinds: which live outside namespaces, and how their lists are merged.
//!
//! Comes in: an apiVersion and a kind, or a path into one. Goes out: its scope, or the keys by which
//! the list there is merged. A kustomization may bring an OpenAPI document of its own; it takes the
//! place of the built-in one, except that the scopes of Kubernetes' own kinds stay as they are.
//! Source: kyaml 0.21, openapi/openapi.go, and the document of Kubernetes 1.21.2 inside it.

mod openapi;
mod table;

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

pub use openapi::SchemaError;

/// The version of Kubernetes whose schema is built in.
pub const BUILT_IN_VERSION: &str = "v1.21.2";

const TABLE: &str = include_str!("kubernetes-1.21.2.txt");

static BUILT_IN: LazyLock<Schema> = LazyLock::new(|| table::read(TABLE));

/// What is known of kinds. The default knows nothing.
#[derive(Debug, Default)]
pub struct Schema {
    types: Vec<Entry>,
    /// Sorted by kind and apiVersion.
    kinds: Vec<Known<TypeId>>,
    /// Sorted alike; true is outside namespaces.
    scopes: Vec<Known<bool>>,
}

/// What becomes of the built-in kinds when a document of one's own is read. Upstream forgets them,
/// unless something has asked for them already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum BuiltIn {
    /// They are forgotten.
    #[default]
    Gone,
    /// They stay, and what the document says otherwise is not heard.
    Wins,
    /// They stay, where the document does not say otherwise.
    Yields,
}

/// A type in a schema: of an object, or of a part of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TypeId(u32);

/// The type that has nothing below it.
const PLAIN: TypeId = TypeId(0);

type Text = Cow<'static, str>;

/// A type. A built-in one is read when it is first asked for: a build asks for few of them.
#[derive(Clone, Debug, Default)]
struct Entry {
    line: &'static str,
    read: OnceLock<Type>,
}

impl Entry {
    /// A type that is written in a line of the table.
    fn written(line: &'static str) -> Self {
        Self {
            line,
            read: OnceLock::new(),
        }
    }

    fn get(&self) -> &Type {
        self.read.get_or_init(|| table::read_type(self.line))
    }
}

impl From<Type> for Entry {
    fn from(read: Type) -> Self {
        Self {
            line: "",
            read: read.into(),
        }
    }
}

/// What is known of a type.
#[derive(Clone, Debug, Default)]
struct Type {
    /// Fields by name, sorted; `None` if the schema names a type that is not there.
    fields: Vec<(Text, Option<TypeId>)>,
    /// The type of any other field.
    any: Option<TypeId>,
    /// The type of a list's elements.
    elements: Option<TypeId>,
    /// The keys by which a list is merged; without keys its values are united. `None` if it is not
    /// merged.
    merge: Option<Vec<Text>>,
}

/// Something known of a kind.
#[derive(Clone, Debug)]
struct Known<T> {
    kind: Text,
    api_version: Text,
    what: T,
}

impl<T: Copy> Known<T> {
    fn sort(all: &mut [Self]) {
        all.sort_by(|one, other| one.key().cmp(&other.key()));
    }

    fn find(all: &[Self], api_version: &str, kind: &str) -> Option<T> {
        let found = all.binary_search_by(|one| one.key().cmp(&(kind, api_version)));
        found.ok().map(|at| all[at].what)
    }

    fn key(&self) -> (&str, &str) {
        (&self.kind, &self.api_version)
    }
}

impl Schema {
    /// What is known of the kinds of Kubernetes itself.
    pub fn builtin() -> &'static Self {
        &BUILT_IN
    }

    /// The schema of a version of Kubernetes, as `openapi: {version: ...}` names it. There is one.
    pub fn for_version(version: &str) -> Result<&'static Self, SchemaError> {
        match version {
            "" | BUILT_IN_VERSION => Ok(Self::builtin()),
            other => Err(SchemaError::Version(other.to_owned())),
        }
    }

    /// The schema of an OpenAPI document in JSON or YAML, as `openapi: {path: ...}` names it. The
    /// scopes of the built-in kinds are in it in any case.
    pub fn from_openapi(document: &[u8], built_in: BuiltIn) -> Result<Self, SchemaError> {
        openapi::read(document, Self::builtin(), built_in)
    }

    /// Is the scope of this kind known?
    pub fn knows_scope(&self, api_version: &str, kind: &str) -> bool {
        Known::find(&self.scopes, api_version, kind).is_some()
    }

    /// Is the kind known to live outside namespaces? Unknown kinds are not.
    pub fn is_certainly_cluster_scoped(&self, api_version: &str, kind: &str) -> bool {
        Known::find(&self.scopes, api_version, kind) == Some(true)
    }

    /// The type of a kind.
    pub(crate) fn of_kind(&self, api_version: &str, kind: &str) -> Option<TypeId> {
        Known::find(&self.kinds, api_version, kind)
    }

    /// The type of a field.
    pub(crate) fn field(&self, of: TypeId, name: &str) -> Option<TypeId> {
        let of = self.get(of);
        let found = of.fields.binary_search_by(|(field, _)| (**field).cmp(name));
        match found {
            Ok(at) => of.fields[at].1,
            Err(_) => of.any,
        }
    }

    /// The type of a list's elements.
    pub(crate) fn elements(&self, of: TypeId) -> Option<TypeId> {
        self.get(of).elements
    }

    /// The keys by which a list is merged, none if its values are united; `None` if it is replaced.
    pub(crate) fn merge_keys(&self, of: TypeId) -> Option<&[Cow<'static, str>]> {
        self.get(of).merge.as_deref()
    }

    fn get(&self, id: TypeId) -> &Type {
        self.types[id.0 as usize].get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(schema: &Schema, api_version: &str, kind: &str, path: &str) -> Option<TypeId> {
        let root = schema.of_kind(api_version, kind)?;
        path.split('/').try_fold(root, |id, step| match step {
            "[]" => schema.elements(id),
            step => schema.field(id, step),
        })
    }

    #[test]
    fn lists_of_built_in_kinds_are_merged_by_their_keys() {
        let containers = "spec/template/spec/containers";
        for (api_version, kind, path, keys) in [
            ("apps/v1", "Deployment", containers, Some("name")),
            (
                "apps/v1",
                "Deployment",
                "spec/template/spec/containers/[]/ports",
                Some("containerPort,protocol"),
            ),
            (
                "apps/v1",
                "Deployment",
                "spec/template/spec/tolerations",
                None,
            ),
            ("v1", "Service", "spec/ports", Some("port,protocol")),
            ("v1", "Pod", "metadata/finalizers", Some("")),
            ("v1", "Pod", "metadata/ownerReferences", Some("uid")),
            ("networking.k8s.io/v1", "Ingress", "spec/rules", None),
            ("autoscaling/v2", "HorizontalPodAutoscaler", "spec", None),
        ] {
            let found = at(Schema::builtin(), api_version, kind, path);
            let found = found.and_then(|id| Schema::builtin().merge_keys(id));
            let found = found.map(|keys| keys.join(","));
            assert_eq!(found.as_deref(), keys, "{kind} {path}");
        }
    }

    #[test]
    fn kinds_that_refer_to_themselves_are_walked() {
        let path = "spec/validation/openAPIV3Schema/properties/a/properties/b/items";
        let (group, kind) = ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition");
        assert!(at(Schema::builtin(), group, kind, path).is_some());
    }

    #[test]
    fn scopes_are_known_of_built_in_kinds() {
        for (api_version, kind, outside) in [
            ("v1", "Namespace", true),
            ("rbac.authorization.k8s.io/v1", "ClusterRole", true),
            ("rbac.authorization.k8s.io/v1", "Role", false),
            ("v1", "Pod", false),
            ("example.org/v1", "Namespace", false),
        ] {
            let found = Schema::builtin().is_certainly_cluster_scoped(api_version, kind);
            assert_eq!(found, outside, "{kind}");
        }
    }

    #[test]
    fn only_one_version_is_built_in() {
        assert!(Schema::for_version("v1.21.2").is_ok());
        let error = Schema::for_version("v1.20.4").map(drop).unwrap_err();
        assert!(error.to_string().contains("v1.20.4"), "{error}");
    }
}
