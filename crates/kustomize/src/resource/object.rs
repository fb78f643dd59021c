//! One resource.
//!
//! Comes in: an object's node. Goes out: the same object with a memory of its earlier names, and
//! the questions Kustomize asks of it. Source: Kustomize 5.8.1, api/resource/resource.go.

use super::build_annotations::OTHER_KEYS;
use super::{BuildAnnotation, Gvk, Place, ResId, SharedNodes};
use crate::node::{self, NodeError};
use crate::schema::Schema;
use std::collections::BTreeMap;
use std::sync::Arc;
use yaml::Node;

/// An object and what is remembered of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Resource {
    /// The object. Null once it is deleted.
    pub node: Node,
    /// Variables that take their value from it.
    pub variables: Vec<String>,
    /// Where it was written, or what it was made from.
    pub place: Option<Place>,
    /// Which of its nodes stand in several places.
    pub shared: SharedNodes,
}

/// What a generated resource does where its object is there already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Behavior {
    /// Nothing was said; as `Create`.
    #[default]
    Unspecified,
    /// It must be new.
    Create,
    /// It takes the place of the other.
    Replace,
    /// Its data are added to the other's.
    Merge,
}

impl Behavior {
    /// Reads what a kustomization says.
    pub fn parse(text: &str) -> Self {
        match text {
            "create" => Self::Create,
            "replace" => Self::Replace,
            "merge" => Self::Merge,
            _ => Self::Unspecified,
        }
    }

    /// As a kustomization says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::Create => "create",
            Self::Replace => "replace",
            Self::Merge => "merge",
        }
    }
}

const ENABLED: &str = "enabled";

impl From<Node> for Resource {
    fn from(node: Node) -> Self {
        Self {
            node,
            variables: Vec::new(),
            place: None,
            shared: SharedNodes::default(),
        }
    }
}

impl Resource {
    /// Its kind, `""` if it has none.
    pub fn kind(&self) -> &str {
        node::kind(&self.node)
    }

    /// Its name now.
    pub fn name(&self) -> &str {
        node::name(&self.node)
    }

    /// Its namespace now, as written.
    pub fn namespace(&self) -> &str {
        node::namespace(&self.node)
    }

    /// Its group, version and kind now.
    pub fn gvk(&self, schema: &Schema) -> Gvk {
        Gvk::of(&self.node, schema)
    }

    /// Sets kind and apiVersion.
    pub fn set_gvk(&mut self, gvk: &Gvk) -> Result<(), NodeError> {
        node::set_kind(&mut self.node, &gvk.kind)?;
        node::set_api_version(&mut self.node, &gvk.api_version())
    }

    /// Makes the places of every shared node equal again, after one of them was changed. Says whether
    /// one was.
    pub fn settle(&mut self) -> bool {
        self.shared.settle(&mut self.node)
    }

    /// Is nothing left of it?
    pub fn is_gone(&self) -> bool {
        self.node.is_null_or_empty()
    }

    /// Its id now.
    pub fn current_id(&self, schema: &Schema) -> ResId {
        ResId::new(self.gvk(schema), self.name(), self.namespace())
    }

    /// The ids it had before, the oldest first, without the one it has now.
    pub fn previous_ids(&self) -> Vec<ResId> {
        self.earlier_ids().collect()
    }

    /// The oldest of them. There may be very many: each patch leaves one.
    pub fn oldest_id(&self) -> Option<ResId> {
        self.earlier_ids().next()
    }

    fn earlier_ids(&self) -> impl Iterator<Item = ResId> {
        let names = self.note(BuildAnnotation::PreviousNames);
        let namespaces = self.note(BuildAnnotation::PreviousNamespaces);
        let kinds = self.note(BuildAnnotation::PreviousKinds);
        let (group, version) = Gvk::split_api_version(node::api_version(&self.node));
        let namespaces = namespaces.unwrap_or_default().split(',');
        let rest = namespaces.zip(kinds.unwrap_or_default().split(','));
        let names = names.into_iter().flat_map(|names| names.split(','));
        names.zip(rest).map(move |(name, (namespace, kind))| {
            ResId::new(Gvk::unscoped(group, version, kind), name, namespace)
        })
    }

    /// The id it was read with.
    pub fn original_id(&self, schema: &Schema) -> ResId {
        self.oldest_id().unwrap_or_else(|| self.current_id(schema))
    }

    /// Every id it has or had, the current one first. Scopes are not looked up.
    pub fn all_ids(&self) -> Vec<ResId> {
        let (group, version) = Gvk::split_api_version(node::api_version(&self.node));
        let gvk = Gvk::unscoped(group, version, self.kind());
        let current = ResId::new(gvk, self.name(), self.namespace());
        std::iter::once(current)
            .chain(self.previous_ids())
            .collect()
    }

    /// Remembers the id it has now as one it had.
    pub fn store_previous_id(&mut self, schema: &Schema) -> Result<(), NodeError> {
        let id = self.current_id(schema);
        let namespace = id.effective_namespace();
        self.append_note(BuildAnnotation::PreviousNames, &id.name)?;
        self.append_note(BuildAnnotation::PreviousNamespaces, namespace)?;
        self.append_note(BuildAnnotation::PreviousKinds, &id.gvk.kind)
    }

    /// What is noted on it.
    pub fn note(&self, which: BuildAnnotation) -> Option<&str> {
        node::annotation(&self.node, which.key())
    }

    /// A note that is a list, or nothing.
    pub fn notes(&self, which: BuildAnnotation) -> Vec<&str> {
        self.note(which)
            .map_or_else(Vec::new, |text| text.split(',').collect())
    }

    /// Adds to a note that is a list. Nothing is added for an empty text.
    pub fn append_note(&mut self, which: BuildAnnotation, value: &str) -> Result<(), NodeError> {
        if value.is_empty() {
            return Ok(());
        }
        let text = match self.note(which) {
            Some(before) => format!("{before},{value}"),
            None => value.to_owned(),
        };
        node::set_annotation(&mut self.node, which.key(), &text)
    }

    /// Is this noted on it?
    pub fn is_enabled(&self, which: BuildAnnotation) -> bool {
        self.note(which) == Some(ENABLED)
    }

    /// Notes this on it.
    pub fn enable(&mut self, which: BuildAnnotation) -> Result<(), NodeError> {
        self.change_annotations(|all| {
            all.insert(which.key().into(), ENABLED.into());
        })
    }

    /// What it does where its object is there already.
    pub fn behavior(&self) -> Behavior {
        let noted = self.note(BuildAnnotation::GeneratorBehavior);
        Behavior::parse(noted.unwrap_or_default())
    }

    /// Notes what it does where its object is there already.
    pub fn set_behavior(&mut self, behavior: Behavior) -> Result<(), NodeError> {
        self.change_annotations(|all| {
            let key = BuildAnnotation::GeneratorBehavior.key();
            all.insert(key.into(), behavior.as_str().into());
        })
    }

    /// Ids of the resources that name it.
    pub fn referrers(&self, schema: &Schema) -> Vec<ResId> {
        let notes = self.notes(BuildAnnotation::RefBy).into_iter();
        notes.map(|text| ResId::parse(text, schema)).collect()
    }

    /// Reads all annotations, lets them be changed, and writes them again, quoted and sorted.
    pub fn change_annotations(
        &mut self,
        change: impl FnOnce(&mut BTreeMap<Arc<str>, Arc<str>>),
    ) -> Result<(), NodeError> {
        let mut annotations = node::annotations(&self.node);
        change(&mut annotations);
        node::set_annotations(&mut self.node, &annotations)
    }

    /// Do the two stand in the same context of prefixes and suffixes? With `allow_empty`, one that
    /// has none fits any.
    pub fn same_prefixes_suffixes(&self, other: &Self, allow_empty: bool) -> bool {
        [BuildAnnotation::Prefixes, BuildAnnotation::Suffixes]
            .into_iter()
            .all(|which| {
                let (ours, theirs) = (self.notes(which), other.notes(which));
                let any = allow_empty && (ours.is_empty() || theirs.is_empty());
                any || same_ending(&ours, &theirs)
            })
    }

    /// Takes Kustomize's own notes off. Annotations that are there are written anew, and none at
    /// all where nothing else is left.
    pub fn remove_notes(&mut self) -> Result<(), NodeError> {
        if node::annotations(&self.node).is_empty() {
            return Ok(());
        }
        self.change_annotations(|all| {
            for key in BuildAnnotation::ALL.map(BuildAnnotation::key) {
                all.remove(key);
            }
            for key in OTHER_KEYS {
                all.remove(key);
            }
        })
    }

    /// Takes over what a resource it replaces was called and labelled; its own labels and
    /// annotations come first.
    pub fn copy_metadata_from(&mut self, other: &Self) -> Result<(), NodeError> {
        let mut labels = node::labels(&other.node);
        labels.extend(node::labels(&self.node));
        node::set_labels(&mut self.node, &labels)?;
        let own = node::annotations(&self.node);
        let theirs = node::annotations(&other.node);
        let mut merged = theirs.clone();
        merged.extend(own.clone());
        for key in BuildAnnotation::ALL
            .map(BuildAnnotation::key)
            .into_iter()
            .chain(OTHER_KEYS)
        {
            match theirs.get(key) {
                Some(value) => merged.insert(key.into(), Arc::clone(value)),
                None => merged.remove(key),
            };
        }
        let hashed = BuildAnnotation::NeedsHashSuffix.key();
        if !own.contains_key(hashed) {
            merged.remove(hashed);
        }
        node::set_annotations(&mut self.node, &merged)?;
        node::set_name(&mut self.node, other.name())?;
        node::set_namespace(&mut self.node, other.namespace())?;
        self.variables.clone_from(&other.variables);
        Ok(())
    }
}

/// Does the shorter list end the longer one? An empty one only an empty one.
fn same_ending(one: &[&str], other: &[&str]) -> bool {
    let (shorter, longer) = match one.len() <= other.len() {
        true => (one, other),
        false => (other, one),
    };
    match shorter.is_empty() {
        true => longer.is_empty(),
        false => longer.ends_with(shorter),
    }
}
