//! The namespace of everything.
//!
//! Comes in: resources and a namespace. Goes out: the resources in it: what lives in namespaces, the
//! namespace's own object, and the fields that name the namespace of something else. Source:
//! Kustomize 5.8.1, api/internal/builtins/NamespaceTransformer.go and api/filters/namespace.

use super::field_spec::{FieldError, FieldPath, FieldSpecError, Make};
use super::set;
use crate::file::{FieldSpec, NamespaceArgs, RoleBindingSubjects};
use crate::node::{self, Create, NodeError, lookup, lookup_create, lookup_mut};
use crate::resource::{ResId, ResMap, Resource};
use crate::schema::Schema;
use std::collections::HashMap;
use std::sync::LazyLock;
use yaml::{Node, Tag};

/// Why a namespace could not be set.
#[derive(Debug, thiserror::Error)]
pub enum NamespaceError {
    /// The object's own namespace cannot be set.
    #[error(transparent)]
    Own(FieldSpecError<NodeError>),
    /// A field is a list or a map.
    #[error("namespace field specs must target scalar nodes")]
    NotScalar(#[source] FieldSpecError<NodeError>),
    /// A field cannot be set.
    #[error("namespace transformation failed")]
    Field(#[source] FieldSpecError<NodeError>),
    /// The subjects of a role binding are not what they should be.
    #[error("setting namespace on (cluster)role binding subjects of {object}")]
    Subjects {
        /// The role binding.
        object: Box<ResId>,
        /// Why.
        #[source]
        source: NodeError,
    },
    /// What it was called cannot be noted.
    #[error("noting the earlier namespace of {object}")]
    Note {
        /// The resource.
        object: Box<ResId>,
        /// Why.
        #[source]
        source: NodeError,
    },
    /// Two objects would be the same one.
    #[error(
        "namespace transformation produces ID conflict: {count} resources would be {id}; \
         rename all but one"
    )]
    Conflict {
        /// What they would all be.
        id: Box<ResId>,
        /// How many they are.
        count: usize,
    },
}

const HELM_GENERATED: &str = "internal.config.kubernetes.io/helm-generated";
const METADATA_NAMESPACE: &str = "metadata/namespace";
const METADATA_NAME: &str = "metadata/name";
const SUBJECTS: &str = "subjects";
const SUBJECTS_NAMESPACE: &str = "subjects/namespace";

static OWN_NAMESPACE: LazyLock<FieldSpec> = LazyLock::new(|| FieldSpec {
    path: METADATA_NAMESPACE.to_owned(),
    create: true,
    ..FieldSpec::default()
});

/// Puts resources into a namespace. What charts made stays where the chart put it.
pub fn apply(
    resources: &mut ResMap,
    args: &NamespaceArgs,
    schema: &Schema,
) -> Result<(), NamespaceError> {
    if args.namespace.is_empty() {
        return Ok(());
    }
    let setter = Setter::new(args);
    let mut census = Census::take(resources, schema);
    for resource in &mut resources.resources {
        if resource.is_gone() || node::annotation(&resource.node, HELM_GENERATED) == Some("true") {
            continue;
        }
        let before = resource.current_id(schema);
        resource
            .store_previous_id(schema)
            .map_err(|source| NamespaceError::Note {
                object: Box::new(before.clone()),
                source,
            })?;
        setter.set(resource, &before)?;
        census.moved(before, resource.current_id(schema))?;
    }
    Ok(())
}

/// Puts one object into a namespace, without a look at the others.
pub(super) fn set_on(
    resource: &mut Resource,
    namespace: &str,
    schema: &Schema,
) -> Result<(), NamespaceError> {
    let args = NamespaceArgs {
        namespace: namespace.to_owned(),
        ..NamespaceArgs::default()
    };
    let id = resource.current_id(schema);
    Setter::new(&args).set(resource, &id)
}

/// How many resources have each id.
struct Census(HashMap<ResId, usize>);

impl Census {
    fn take(resources: &ResMap, schema: &Schema) -> Self {
        let mut counts = HashMap::with_capacity(resources.resources.len());
        for resource in &resources.resources {
            let id = Self::comparable(resource.current_id(schema));
            *counts.entry(id).or_default() += 1;
        }
        Self(counts)
    }

    /// The id with the namespace that counts, so that equal ids are the same object.
    fn comparable(mut id: ResId) -> ResId {
        id.namespace = id.effective_namespace().to_owned();
        id
    }

    fn moved(&mut self, before: ResId, after: ResId) -> Result<(), NamespaceError> {
        if let Some(count) = self.0.get_mut(&Self::comparable(before)) {
            *count -= 1;
        }
        let count = self.0.entry(Self::comparable(after.clone())).or_default();
        *count += 1;
        match *count {
            1 => Ok(()),
            count => Err(NamespaceError::Conflict {
                id: Box::new(after),
                count,
            }),
        }
    }
}

struct Setter<'a> {
    args: &'a NamespaceArgs,
    own: FieldPath<'static>,
    others: Vec<FieldPath<'a>>,
}

impl<'a> Setter<'a> {
    fn new(args: &'a NamespaceArgs) -> Self {
        Self {
            args,
            own: FieldPath::new(&OWN_NAMESPACE),
            others: FieldPath::all(&args.field_specs),
        }
    }

    fn set(&self, resource: &mut Resource, id: &ResId) -> Result<(), NamespaceError> {
        let mut write = |field: &mut Node| self.write(field);
        if !id.gvk.cluster_scoped {
            let done = self.own.apply(resource, Some(&Make::EMPTY), &mut write);
            done.map_err(NamespaceError::Own)?;
        }
        if is_role_binding(&id.gvk.kind) {
            let done = self.set_subjects(&mut resource.node);
            done.map_err(|source| NamespaceError::Subjects {
                object: Box::new(id.clone()),
                source,
            })?;
        }
        let is_core = node::api_version(&resource.node) == "v1";
        for path in &self.others {
            if !is_handled(path.spec(), is_core) {
                let done = path.apply(resource, Some(&Make::TEXT), &mut write);
                done.map_err(failed)?;
            }
        }
        Ok(())
    }

    fn write(&self, field: &mut Node) -> Result<(), NodeError> {
        match self.args.unset_only && set::has_text(field) {
            true => Ok(()),
            false => set::scalar(field, &self.args.namespace, Tag::Str),
        }
    }

    /// Sets the namespace of the subjects of a role binding that follow it.
    fn set_subjects(&self, object: &mut Node) -> Result<(), NodeError> {
        let (key, value) = match self.args.role_binding_subjects {
            RoleBindingSubjects::DefaultOnly => ("name", "default"),
            RoleBindingSubjects::AllServiceAccounts => ("kind", "ServiceAccount"),
            RoleBindingSubjects::None => return Ok(()),
        };
        let Some(subjects) = lookup_mut(object, &[SUBJECTS])?.filter(|all| !all.is_null()) else {
            return Ok(());
        };
        let not_a_list = NodeError::wrong_kind("list", subjects);
        for subject in subjects.items_mut().ok_or(not_a_list)? {
            if is_text(lookup(subject, &[key])?, value)?
                && let Some(field) = lookup_create(subject, &["namespace"], Create::Scalar)?
            {
                self.write(field)?;
            }
        }
        Ok(())
    }
}

fn failed(error: FieldSpecError<NodeError>) -> NamespaceError {
    match *error.source {
        FieldError::Set(NodeError::WrongKind { .. }) => NamespaceError::NotScalar(error),
        _ => NamespaceError::Field(error),
    }
}

/// Is this text what stands there? A list or a map is an error.
fn is_text(found: Option<&Node>, text: &str) -> Result<bool, NodeError> {
    match found {
        Some(found) if found.is_null() => Ok(false),
        Some(found) if !found.is_scalar() => Err(NodeError::wrong_kind("scalar", found)),
        found => Ok(found.is_some_and(|found| found.text() == text)),
    }
}

fn is_role_binding(kind: &str) -> bool {
    matches!(kind, "RoleBinding" | "ClusterRoleBinding")
}

/// Is the field set without a spec, or not for this object? Names are the namespace's own only on
/// a `v1` object; role bindings have their own rules.
fn is_handled(spec: &FieldSpec, is_core: bool) -> bool {
    match &*spec.path {
        METADATA_NAMESPACE => true,
        METADATA_NAME => !is_core,
        SUBJECTS_NAMESPACE => is_role_binding(&spec.gvk.kind),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transform::tests::{check, resources, text};

    #[test]
    fn everything_is_in_the_namespace() {
        check(include_str!("cases/namespace.txt"));
    }

    #[test]
    fn subjects_follow_as_they_are_told_to() {
        let binding = "apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: any
subjects:
";
        let given = "- kind: ServiceAccount
  name: default
- kind: ServiceAccount
  name: other
  namespace: land
- kind: Group
  name: default
";
        let all = "- kind: ServiceAccount
  name: default
  namespace: sea
- kind: ServiceAccount
  name: other
  namespace: sea
- kind: Group
  name: default
";
        let unset = "- kind: ServiceAccount
  name: default
  namespace: sea
- kind: ServiceAccount
  name: other
  namespace: land
- kind: Group
  name: default
";
        for (role_binding_subjects, unset_only, expected) in [
            (RoleBindingSubjects::AllServiceAccounts, false, all),
            (RoleBindingSubjects::AllServiceAccounts, true, unset),
            (RoleBindingSubjects::None, false, given),
        ] {
            let args = NamespaceArgs {
                namespace: "sea".to_owned(),
                role_binding_subjects,
                unset_only,
                ..NamespaceArgs::default()
            };
            let mut all = resources(&format!("{binding}{given}"));
            apply(&mut all, &args, Schema::builtin()).expect("it applies");
            assert_eq!(text(&all), format!("{binding}{expected}"));
        }
    }

    #[test]
    fn namespaces_that_are_set_may_be_left() {
        let args = NamespaceArgs {
            namespace: "sea".to_owned(),
            unset_only: true,
            ..NamespaceArgs::default()
        };
        for (given, expected) in [
            ("name: a", "name: a\n  namespace: sea"),
            ("name: a\n  namespace: ''", "name: a\n  namespace: sea"),
            ("name: a\n  namespace: land", "name: a\n  namespace: land"),
            ("name: a\n  namespace: null", "name: a\n  namespace: null"),
            ("name: a\n  namespace:", "name: a\n  namespace: sea"),
        ] {
            let object = |metadata| format!("apiVersion: v1\nkind: Pod\nmetadata:\n  {metadata}\n");
            let mut all = resources(&object(given));
            apply(&mut all, &args, Schema::builtin()).expect("it applies");
            assert_eq!(text(&all), object(expected));
        }
    }
}
