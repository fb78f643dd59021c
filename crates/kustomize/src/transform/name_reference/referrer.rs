//! Which resources one resource can name at all.
//!
//! Comes in: a resource that may name others. Goes out: where those may live. Source: Kustomize
//! 5.8.1, api/resmap/reswrangler.go (SubsetThatCouldBeReferencedByResource).

use super::NameReferenceError;
use super::register::Entry;
use crate::resource::ResId;
use std::collections::BTreeSet;
use yaml::{Content, Node, Tag};

/// A resource that may name others, as it is before the first of its fields is updated.
pub(super) struct Referrer {
    /// Its position.
    pub at: usize,
    id: ResId,
    /// For a RoleBinding, the namespaces of the service accounts it names.
    account_namespaces: BTreeSet<String>,
}

impl Referrer {
    pub fn new(at: usize, id: &ResId, object: &Node) -> Result<Self, NameReferenceError> {
        let binds = id.gvk.kind == "RoleBinding" && !id.gvk.cluster_scoped;
        Ok(Self {
            at,
            id: id.clone(),
            account_namespaces: match binds {
                true => account_namespaces(object, id)?,
                false => BTreeSet::new(),
            },
        })
    }

    /// Does the resource at a position live where this one can name it?
    pub fn reaches(&self, at: usize, entry: &Entry) -> bool {
        at == self.at
            || self.id.gvk.cluster_scoped
            || entry.id.gvk.cluster_scoped
            || entry.id.same_namespace(&self.id)
            || self.account_namespaces.contains(&entry.id.namespace)
    }
}

fn account_namespaces(
    object: &Node,
    referrer: &ResId,
) -> Result<BTreeSet<String>, NameReferenceError> {
    let subjects = object.get("subjects").map_or(&[][..], Node::items);
    let mut namespaces = BTreeSet::new();
    for subject in subjects {
        let invalid = |part, node: &Node| NameReferenceError::Subject {
            part,
            referrer: Box::new(referrer.clone()),
            line: node.line,
        };
        if !subject.is_mapping() {
            return Err(invalid("shape", subject));
        }
        let (Some(namespace), Some(kind)) = (subject.get("namespace"), subject.get("kind")) else {
            continue;
        };
        if !is_string(kind) {
            return Err(invalid("kind", kind));
        }
        if kind.text() == "ServiceAccount" {
            if !is_string(namespace) {
                return Err(invalid("namespace", namespace));
            }
            namespaces.insert(namespace.text().to_owned());
        }
    }
    Ok(namespaces)
}

/// Does it read as text? What is not tagged does so by what it looks like.
fn is_string(node: &Node) -> bool {
    let unclear = || {
        let list = Node::new(Content::Sequence(vec![node.clone()]), Tag::Seq);
        list.to_value().is_ok_and(|value| value[0].is_string())
    };
    match node.tag {
        Tag::Str | Tag::Binary | Tag::Other(_) => node.is_scalar(),
        Tag::None => unclear(),
        _ => false,
    }
}
