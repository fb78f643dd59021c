//! Group, version and kind.
//!
//! Comes in: an apiVersion and a kind, or a selector's fields. Goes out: the triple, comparable,
//! sortable and printable as Kustomize does. Source: kyaml 0.21, resid/gvk.go.

use crate::node;
use crate::schema::Schema;
use std::fmt;
use yaml::Node;

/// A group, version and kind; as a selector, empty parts match anything.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Gvk {
    /// The API group, empty for the core group.
    pub group: String,
    /// The version.
    pub version: String,
    /// The kind.
    pub kind: String,
    /// The kind is known to live outside namespaces. Not set where upstream does not look it up: in
    /// selectors, and in the ids of [`crate::resource::Resource::previous_ids`].
    pub cluster_scoped: bool,
}

impl Gvk {
    /// Of a kind whose scope is looked up.
    pub fn new(group: &str, version: &str, kind: &str, schema: &Schema) -> Self {
        let mut gvk = Self::unscoped(group, version, kind);
        gvk.cluster_scoped = schema.is_certainly_cluster_scoped(&gvk.api_version(), kind);
        gvk
    }

    /// Of a kind whose scope is not looked up.
    pub fn unscoped(group: &str, version: &str, kind: &str) -> Self {
        Self {
            group: group.to_owned(),
            version: version.to_owned(),
            kind: kind.to_owned(),
            cluster_scoped: false,
        }
    }

    /// Of an object.
    pub fn of(object: &Node, schema: &Schema) -> Self {
        let (group, version) = Self::split_api_version(node::api_version(object));
        Self::new(group, version, node::kind(object), schema)
    }

    /// `apps/v1` is `("apps", "v1")`, `v1` is `("", "v1")`.
    pub fn split_api_version(api_version: &str) -> (&str, &str) {
        api_version.split_once('/').unwrap_or(("", api_version))
    }

    /// `group/version`, or the version alone.
    pub fn api_version(&self) -> String {
        match self.group.is_empty() {
            true => self.version.clone(),
            false => format!("{}/{}", self.group, self.version),
        }
    }

    /// Reads what [`Display`](fmt::Display) writes.
    pub fn parse(text: &str, schema: &Schema) -> Self {
        let mut parts = text.splitn(3, '.');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(kind), Some(version), Some(group)) => Self::new(
                if group == "[noGrp]" { "" } else { group },
                if version == "[noVer]" { "" } else { version },
                if kind == "[noKind]" { "" } else { kind },
                schema,
            ),
            _ => Self::unscoped("[noGrp]", "[noVer]", "[noKind]"),
        }
    }

    /// Are group, version and kind the same?
    pub fn same(&self, other: &Self) -> bool {
        self.group == other.group && self.version == other.version && self.kind == other.kind
    }

    /// Does it have every part that the selector names?
    pub fn is_selected(&self, selector: &Self) -> bool {
        let fits = |wanted: &str, part: &str| wanted.is_empty() || wanted == part;
        fits(&selector.group, &self.group)
            && fits(&selector.version, &self.version)
            && fits(&selector.kind, &self.kind)
    }

    /// The text by which kinds of the same rank are sorted.
    pub fn sort_text(&self) -> String {
        let or = |text: &str, none: &'static str| match text.is_empty() {
            true => none.to_owned(),
            false => text.to_owned(),
        };
        let (group, version) = (or(&self.group, "~G"), or(&self.version, "~V"));
        format!("{group}_{version}_{}", or(&self.kind, "~K"))
    }
}

impl fmt::Display for Gvk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or = |text: &str, none: &'static str| match text.is_empty() {
            true => none.to_owned(),
            false => text.to_owned(),
        };
        let (kind, version) = (or(&self.kind, "[noKind]"), or(&self.version, "[noVer]"));
        write!(f, "{kind}.{version}.{}", or(&self.group, "[noGrp]"))
    }
}
