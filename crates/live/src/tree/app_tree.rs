//! The tree of one app.
//!
//! Source: Argo CD 3.5: controller/appcontroller.go (getResourceTree).

use super::{ApplicationTree, Graph, HealthStatus, Member, Orphans, ResourceNode, ResourceRef};
use model::{GroupKind, ObjectKey};
use std::collections::HashSet;
use std::sync::Arc;

/// An object that an app manages, whether it is there or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Managed {
    /// Which object.
    pub key: ObjectKey,
    /// The version it is wanted at.
    pub version: Arc<str>,
}

/// What trees are made of, and what may be in them.
pub struct Trees<'a> {
    /// Live objects.
    pub graph: &'a Graph,
    /// May the app's project have this object?
    pub permitted: &'a dyn Fn(&ObjectKey) -> bool,
    /// May an orphan be of this kind?
    pub permitted_kind: &'a dyn Fn(&GroupKind, &str) -> bool,
    /// Is there an app of this instance name?
    pub is_app: &'a dyn Fn(&str) -> bool,
}

impl Trees<'_> {
    /// The nodes of an app, sorted; those of an orphan-watching project's namespace too.
    /// `namespace` is the app's destination. The hosts are for [`super::hosts`] to tell.
    pub fn tree(
        &self,
        managed: &[Managed],
        namespace: &str,
        orphans: Option<&Orphans>,
    ) -> ApplicationTree {
        let orphaned_nodes = orphans.map(|orphans| self.orphaned(managed, namespace, orphans));
        ApplicationTree {
            nodes: self.nodes(managed),
            orphaned_nodes: orphaned_nodes.unwrap_or_default(),
            hosts: Vec::new(),
        }
    }

    fn nodes(&self, managed: &[Managed]) -> Vec<ResourceNode> {
        let (live, missing): (Vec<&Managed>, Vec<&Managed>) = managed
            .iter()
            .partition(|object| self.graph.get(&object.key).is_some());
        let mut nodes: Vec<ResourceNode> = missing.into_iter().map(missing_node).collect();
        let roots: Vec<ObjectKey> = live.into_iter().map(|object| object.key.clone()).collect();
        self.graph.walk(&roots, |member| {
            let permitted = (self.permitted)(&member.key);
            if permitted {
                nodes.push(self.graph.node(member));
            }
            permitted
        });
        nodes.sort_by_cached_key(ResourceNode::full_name);
        nodes
    }

    fn orphaned(
        &self,
        managed: &[Managed],
        namespace: &str,
        orphans: &Orphans,
    ) -> Vec<ResourceNode> {
        let managed: HashSet<&ObjectKey> = managed.iter().map(|object| &object.key).collect();
        let alone = |member: &&Member| {
            let (key, kind) = (&member.key, &member.key.group_kind);
            !key.namespace.is_empty()
                && &*key.namespace == namespace
                && member.is_top_level()
                && !managed.contains(key)
                && (self.permitted_kind)(kind, &key.name)
                && !orphans.excuses(key)
        };
        let roots = self.graph.members().filter(alone);
        let roots: Vec<ObjectKey> = roots.map(|member| member.key.clone()).collect();
        let mut nodes = Vec::new();
        self.graph.walk(&roots, |member| {
            let instance = self.graph.instance(member);
            let counts = !instance.is_some_and(|instance| (self.is_app)(&instance))
                && (self.permitted)(&member.key);
            if counts {
                nodes.push(self.graph.node(member));
            }
            counts
        });
        nodes.sort_by_cached_key(ResourceNode::full_name);
        nodes
    }
}

fn missing_node(object: &Managed) -> ResourceNode {
    ResourceNode {
        reference: ResourceRef {
            group: object.key.group_kind.group.to_string(),
            version: object.version.to_string(),
            kind: object.key.group_kind.kind.to_string(),
            namespace: object.key.namespace.to_string(),
            name: object.key.name.to_string(),
            uid: String::new(),
        },
        health: Some(HealthStatus {
            status: "Missing".to_owned(),
            message: String::new(),
        }),
        ..ResourceNode::default()
    }
}
