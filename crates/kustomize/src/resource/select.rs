//! Resources by their selector.
//!
//! Comes in: a selector: patterns for kind, name and namespace, and selectors over labels and
//! annotations. Goes out: the resources it fits. Sources: Kustomize 5.8.1, api/types/selector.go and
//! api/resmap/reswrangler.go (Select).

use super::label_selector::{LabelSelector, LabelSelectorError};
use super::pattern::{PatternError, compile_whole};
use super::{Gvk, ResId, ResMap, Resource};
use crate::file::Selector;
use crate::node;
use crate::schema::Schema;
use regex::Regex;
use std::cell::OnceCell;
use yaml::Node;

/// Why a selector selects nothing.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SelectError {
    /// A pattern is no regular expression.
    #[error("{field} of the selector is no regular expression")]
    Pattern {
        /// `group`, `version`, `kind`, `name` or `namespace`.
        field: &'static str,
        /// What is wrong with it.
        #[source]
        source: PatternError,
    },
    /// A selector over labels or annotations is not written as one.
    #[error("{field} {text:?} cannot be read")]
    Labels {
        /// `labelSelector` or `annotationSelector`.
        field: &'static str,
        /// As written.
        text: String,
        /// What is wrong with it.
        #[source]
        source: LabelSelectorError,
    },
}

/// A selector whose patterns are compiled. What is empty in it fits anything.
#[derive(Debug)]
pub struct SelectorPattern {
    group: Option<Regex>,
    version: Option<Regex>,
    kind: Option<Regex>,
    name: Option<Regex>,
    namespace: Option<Regex>,
    labels: Lazy,
    annotations: Lazy,
}

impl SelectorPattern {
    /// Compiles a selector. Its selectors over labels and annotations are read when one is needed:
    /// upstream minds them only if there is a resource that everything else fits.
    pub fn new(selector: &Selector) -> Result<Self, SelectError> {
        Ok(Self {
            group: whole("group", &selector.id.gvk.group)?,
            version: whole("version", &selector.id.gvk.version)?,
            kind: whole("kind", &selector.id.gvk.kind)?,
            name: whole("name", &selector.id.name)?,
            namespace: whole("namespace", &selector.id.namespace)?,
            labels: Lazy::new("labelSelector", &selector.label_selector),
            annotations: Lazy::new("annotationSelector", &selector.annotation_selector),
        })
    }

    /// Does it fit group, version and kind?
    pub fn matches_gvk(&self, gvk: &Gvk) -> bool {
        fits(&self.group, &gvk.group)
            && fits(&self.version, &gvk.version)
            && fits(&self.kind, &gvk.kind)
    }

    /// Does it fit a name?
    pub fn matches_name(&self, name: &str) -> bool {
        fits(&self.name, name)
    }

    /// Does it fit an effective namespace?
    pub fn matches_namespace(&self, namespace: &str) -> bool {
        fits(&self.namespace, namespace)
    }

    /// Does it fit the labels of an object?
    pub fn matches_labels(&self, resource: &Resource) -> Result<bool, SelectError> {
        self.labels.matches(&|| node::labels(&resource.node))
    }

    /// Does it fit the annotations of an object?
    pub fn matches_annotations(&self, resource: &Resource) -> Result<bool, SelectError> {
        self.annotations
            .matches(&|| node::annotations(&resource.node))
    }

    /// Does it fit a resource? Name and namespace may be those it was read with, or those it has
    /// now.
    pub fn matches(&self, resource: &Resource, schema: &Schema) -> Result<bool, SelectError> {
        Ok(self.matches_kind_of(&resource.node)
            && self.matches_an_id(resource, schema)
            && self.matches_labels(resource)?
            && self.matches_annotations(resource)?)
    }

    fn matches_kind_of(&self, object: &Node) -> bool {
        let (group, version) = Gvk::split_api_version(node::api_version(object));
        fits(&self.group, group)
            && fits(&self.version, version)
            && fits(&self.kind, node::kind(object))
    }

    fn matches_an_id(&self, resource: &Resource, schema: &Schema) -> bool {
        if self.name.is_none() && self.namespace.is_none() {
            return true;
        }
        let original = resource.oldest_id();
        let was = |matches: &dyn Fn(&ResId) -> bool| original.as_ref().is_some_and(matches);
        let name = self.matches_name(resource.name()) || was(&|id| self.matches_name(&id.name));
        name && (self.namespace.is_none()
            || self.matches_namespace(resource.current_id(schema).effective_namespace())
            || was(&|id| self.matches_namespace(id.effective_namespace())))
    }
}

impl ResMap {
    /// The positions of the resources that a selector fits.
    pub fn select(&self, selector: &Selector, schema: &Schema) -> Result<Vec<usize>, SelectError> {
        let pattern = SelectorPattern::new(selector)?;
        let mut found = Vec::new();
        for (at, resource) in self.resources.iter().enumerate() {
            if pattern.matches(resource, schema)? {
                found.push(at);
            }
        }
        Ok(found)
    }
}

fn whole(field: &'static str, pattern: &str) -> Result<Option<Regex>, SelectError> {
    match pattern {
        "" => Ok(None),
        pattern => compile_whole(pattern)
            .map(Some)
            .map_err(|source| SelectError::Pattern { field, source }),
    }
}

fn fits(pattern: &Option<Regex>, text: &str) -> bool {
    pattern
        .as_ref()
        .is_none_or(|pattern| pattern.is_match(text))
}

type Map = std::collections::BTreeMap<std::sync::Arc<str>, std::sync::Arc<str>>;

/// A selector over labels or annotations that is read at its first use.
#[derive(Debug)]
struct Lazy {
    field: &'static str,
    text: String,
    read: OnceCell<Result<LabelSelector, LabelSelectorError>>,
}

impl Lazy {
    fn new(field: &'static str, text: &str) -> Self {
        Self {
            field,
            text: text.to_owned(),
            read: OnceCell::new(),
        }
    }

    fn matches(&self, labels: &dyn Fn() -> Map) -> Result<bool, SelectError> {
        match self.read.get_or_init(|| LabelSelector::parse(&self.text)) {
            Ok(selector) => Ok(selector.is_empty() || selector.matches(&labels())),
            Err(source) => Err(SelectError::Labels {
                field: self.field,
                text: self.text.clone(),
                source: source.clone(),
            }),
        }
    }
}
