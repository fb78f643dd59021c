//! The resource that a field names.
//!
//! Comes in: a name that stands in a field. Goes out: the position of the one resource that had this
//! name, is of the right kind and lives where the referring resource can name it. Where several do,
//! those that share its prefixes and suffixes come first. Source: Kustomize 5.8.1,
//! api/filters/nameref/nameref.go (selectReferral).

use super::UpdateError;
use super::referrer::Referrer;
use super::register::{Entry, Register};
use super::rules::Rule;
use crate::resource::Gvk;
use yaml::Node;

/// Looks for what the fields of one rule name.
pub(super) struct Search<'a> {
    register: &'a Register,
    referrer: &'a Referrer,
    target: &'a Gvk,
    /// The role that is meant, where the field is the name in a role reference.
    role: Option<Gvk>,
}

/// Where a resource is looked for.
#[derive(Clone, Copy)]
pub(super) enum Within<'a> {
    /// Wherever the referring resource can reach.
    Reach,
    /// Where it was read in this namespace.
    Once(&'a str),
    /// Where it is in this namespace now.
    Now(&'a str),
}

/// Are two resources the same for whoever takes only certain parts of them?
type Same = fn(&Entry, &Entry) -> bool;

impl<'a> Search<'a> {
    pub fn new(
        register: &'a Register,
        referrer: &'a Referrer,
        rule: &'a Rule,
        object: &Node,
    ) -> Self {
        let of_role = rule.field.spec().path.ends_with("roleRef/name");
        Self {
            register,
            referrer,
            target: rule.target,
            role: of_role.then(|| role_of(object)).flatten(),
        }
    }

    /// What is known of a resource that was found.
    pub fn entry(&self, at: usize) -> &'a Entry {
        self.register.entry(at)
    }

    /// The namespace counts as the one resources were read in, if there was any such.
    pub fn within<'n>(&self, namespace: &'n str) -> Within<'n> {
        let mut there = self.register.once_in(namespace).iter();
        match there.any(|at| self.referrer.reaches(*at, self.entry(*at))) {
            true => Within::Once(namespace),
            false => Within::Now(namespace),
        }
    }

    /// The resource with this name, or none. Several are fine if the name alone is wanted and they
    /// all have the same today.
    pub fn by_name(&self, name: &str) -> Result<Option<usize>, UpdateError> {
        self.find(name, Within::Reach, |one, other| {
            one.id.name == other.id.name
        })
    }

    /// The same where the namespace is wanted too.
    pub fn by_name_within(&self, name: &str, within: Within) -> Result<Option<usize>, UpdateError> {
        self.find(name, within, |one, other| {
            one.id.name == other.id.name && one.id.namespace == other.id.namespace
        })
    }

    fn find(&self, name: &str, within: Within, same: Same) -> Result<Option<usize>, UpdateError> {
        let called = self.register.once_called(name).iter().copied();
        let mut found: Vec<usize> = called.filter(|at| self.fits(*at, within)).collect();
        if found.len() != 1 {
            found.retain(|at| self.same_context(*at, true));
        }
        if found.len() > 1 {
            found.retain(|at| self.same_context(*at, false));
        }
        let Some((first, others)) = found.split_first() else {
            return Ok(None);
        };
        let first_entry = self.entry(*first);
        match others.iter().all(|at| same(first_entry, self.entry(*at))) {
            true => Ok(Some(*first)),
            false => Err(self.ambiguous(name, &found)),
        }
    }

    fn fits(&self, at: usize, within: Within) -> bool {
        let entry = self.entry(at);
        let there = match within {
            Within::Reach => true,
            Within::Once(namespace) => entry.original_id().effective_namespace() == namespace,
            Within::Now(namespace) => {
                !entry.id.gvk.cluster_scoped && entry.id.effective_namespace() == namespace
            }
        };
        there
            && entry.was_selected(self.target)
            && self
                .role
                .as_ref()
                .is_none_or(|role| entry.was_selected(role))
            && self.referrer.reaches(at, entry)
            && self.may_be_named(entry)
    }

    /// Only service accounts are named from other namespaces.
    fn may_be_named(&self, entry: &Entry) -> bool {
        let referrer = self.register.id(self.referrer.at);
        referrer.gvk.cluster_scoped
            || entry.id.gvk.cluster_scoped
            || entry.id.gvk.kind == "ServiceAccount"
            || referrer.same_namespace(&entry.id)
    }

    fn same_context(&self, at: usize, allow_empty: bool) -> bool {
        let referrer = &self.entry(self.referrer.at).head;
        let candidate = &self.entry(at).head;
        candidate.same_prefixes_suffixes(referrer, allow_empty)
    }

    fn ambiguous(&self, name: &str, found: &[usize]) -> UpdateError {
        let ids = found.iter().map(|at| self.register.id(*at).to_string());
        UpdateError::Ambiguous {
            name: name.to_owned(),
            candidates: ids.collect::<Vec<_>>().join(", "),
        }
    }
}

/// Group and kind of the role that a binding names, if it says both.
fn role_of(object: &Node) -> Option<Gvk> {
    let role = object.get("roleRef")?;
    let (group, kind) = (role.get("apiGroup")?, role.get("kind")?);
    Some(Gvk::unscoped(group.text(), "", kind.text()))
}
