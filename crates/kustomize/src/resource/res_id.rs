//! What makes a resource the same one: group, version, kind, name and namespace.
//!
//! Comes in: the five parts. Goes out: an id that compares as Kustomize compares: no namespace and
//! `default` are one, and kinds outside namespaces have none. Source: kyaml 0.21, resid/resid.go.

use super::Gvk;
use crate::schema::Schema;
use std::fmt;

/// An id; as a selector, empty parts match anything.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ResId {
    /// What kind of object it is.
    pub gvk: Gvk,
    /// Its name.
    pub name: String,
    /// Its namespace, as written.
    pub namespace: String,
}

/// The effective namespace of what has none.
pub const NO_NAMESPACE: &str = "_non_namespaceable_";
/// The effective namespace of what says none and could have one.
pub const DEFAULT_NAMESPACE: &str = "default";

impl ResId {
    /// An id of its parts.
    pub fn new(gvk: Gvk, name: &str, namespace: &str) -> Self {
        Self {
            gvk,
            name: name.to_owned(),
            namespace: namespace.to_owned(),
        }
    }

    /// The namespace that counts when ids are compared.
    pub fn effective_namespace(&self) -> &str {
        match self.gvk.cluster_scoped {
            true => NO_NAMESPACE,
            false if self.namespace.is_empty() => DEFAULT_NAMESPACE,
            false => &self.namespace,
        }
    }

    /// Is it in the namespace `default`, said or not?
    pub fn is_in_default_namespace(&self) -> bool {
        self.effective_namespace() == DEFAULT_NAMESPACE
    }

    /// Are the effective namespaces the same?
    pub fn same_namespace(&self, other: &Self) -> bool {
        self.effective_namespace() == other.effective_namespace()
    }

    /// Are kind and name the same, whatever the namespace?
    pub fn same_gvkn(&self, other: &Self) -> bool {
        self.name == other.name && self.gvk.same(&other.gvk)
    }

    /// Do both mean the same object?
    pub fn same(&self, other: &Self) -> bool {
        self.same_namespace(other) && self.same_gvkn(other)
    }

    /// Does it have every part that the selector names?
    pub fn is_selected_by(&self, selector: &Self) -> bool {
        (selector.name.is_empty() || selector.name == self.name)
            && (selector.namespace.is_empty() || selector.same_namespace(self))
            && self.gvk.is_selected(&selector.gvk)
    }

    /// Does it name nothing at all?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads what [`Display`](fmt::Display) writes.
    pub fn parse(text: &str, schema: &Schema) -> Self {
        let (gvk, rest) = text.split_once('/').unwrap_or((text, ""));
        let rest = rest.split('/').next().unwrap_or_default();
        let (name, namespace) = rest.rsplit_once('.').unwrap_or(("", rest));
        let known = |text: &str, none: &str| {
            if text == none {
                String::new()
            } else {
                text.to_owned()
            }
        };
        Self {
            gvk: Gvk::parse(gvk, schema),
            name: known(name, "[noName]"),
            namespace: known(namespace, "[noNs]"),
        }
    }
}

impl fmt::Display for ResId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or = |text: &str, none: &'static str| match text.is_empty() {
            true => none.to_owned(),
            false => text.to_owned(),
        };
        let (name, namespace) = (or(&self.name, "[noName]"), or(&self.namespace, "[noNs]"));
        write!(f, "{}/{name}.{namespace}", self.gvk)
    }
}
