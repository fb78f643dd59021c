//! Live objects by key, and their children.
//!
//! In: members, in any order. Out: walks from any of them down to all they own. Owners known by
//! name alone get their UID, volume claims their StatefulSet. An object that is served by two
//! groups, as ReplicaSets once were, is one child and not two.
//! Cost: one pass over the members to build it; a walk touches what it visits.

use super::{Member, Owner, ResourceNode, claims};
use model::{GroupKind, ObjectKey};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Members and who owns whom.
#[derive(Debug, Default)]
pub struct Graph {
    members: BTreeMap<ObjectKey, Member>,
    children: HashMap<ObjectKey, Vec<ObjectKey>>,
}

impl Graph {
    /// Builds it. Of two members of one key the later counts.
    pub fn of(members: impl IntoIterator<Item = Member>) -> Self {
        let members = members.into_iter();
        let mut graph = Self {
            members: members.map(|member| (member.key.clone(), member)).collect(),
            children: HashMap::new(),
        };
        graph.give_claims_their_sets();
        graph.fill_in_uids();
        graph.link();
        graph
    }

    /// One object.
    pub fn get(&self, key: &ObjectKey) -> Option<&Member> {
        self.members.get(key)
    }

    /// All objects, in order of their keys.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    /// What an object owns.
    pub fn children(&self, key: &ObjectKey) -> &[ObjectKey] {
        self.children
            .get(key)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Walks down from `roots`, each object at most once however often it is reached, owners before
    /// what they own. Where `visit` says false, the walk goes no further down.
    pub fn walk(&self, roots: &[ObjectKey], mut visit: impl FnMut(&Member) -> bool) {
        let mut seen: HashSet<&ObjectKey> = HashSet::new();
        let mut left: Vec<&ObjectKey> = roots.iter().rev().collect();
        while let Some(key) = left.pop() {
            let Some((key, member)) = self.members.get_key_value(key) else {
                continue;
            };
            if seen.insert(key) && visit(member) {
                left.extend(self.children(key).iter().rev());
            }
        }
    }

    /// A member as clients read it.
    pub fn node(&self, member: &Member) -> ResourceNode {
        member.node(|owner| self.members.contains_key(&beside(member, owner)))
    }

    /// The app an object belongs to: named by its own mark, or by that of whatever owns it.
    pub fn instance(&self, member: &Member) -> Option<Arc<str>> {
        let (mut seen, mut left) = (HashSet::new(), vec![member.key.clone()]);
        while let Some(key) = left.pop() {
            let Some(member) = self.members.get(&key) else {
                continue;
            };
            if !seen.insert(key) {
                continue;
            }
            if let Some(instance) = member.instance.as_ref().filter(|_| member.is_top_level()) {
                return Some(instance.clone());
            }
            let owners = member.owners.iter().rev();
            left.extend(owners.map(|owner| beside(member, owner)));
        }
        None
    }

    fn give_claims_their_sets(&mut self) {
        let mut sets: HashMap<Arc<str>, Vec<Member>> = HashMap::new();
        for set in self
            .members
            .values()
            .filter(|m| !m.claim_templates.is_empty())
        {
            let of = sets.entry(set.key.namespace.clone()).or_default();
            of.push(set.clone());
        }
        let claims = |member: &&mut Member| claims::may_be_claim(&member.key.group_kind);
        for claim in self.members.values_mut().filter(claims) {
            for set in sets.get(&claim.key.namespace).into_iter().flatten() {
                let made = claims::is_made_by(&claim.key.name, &set.claim_templates, &set.key.name);
                let known = |owner: &Owner| *owner.uid == *set.uid;
                if made && !claim.owners.iter().any(known) {
                    claim.owners.push(as_owner(set));
                }
            }
        }
    }

    fn fill_in_uids(&mut self) {
        let mut found = Vec::new();
        for member in self.members.values() {
            for (at, owner) in member.owners.iter().enumerate() {
                let parent = match owner.uid.as_str() {
                    "" => self.members.get(&beside(member, owner)),
                    _ => None,
                };
                found.extend(parent.map(|parent| (member.key.clone(), at, parent.uid.to_string())));
            }
        }
        for (key, at, uid) in found {
            let member = self.members.get_mut(&key);
            if let Some(owner) = member.and_then(|member| member.owners.get_mut(at)) {
                owner.uid = uid;
            }
        }
    }

    fn link(&mut self) {
        let mut by_uid: HashMap<&str, Vec<&ObjectKey>> = HashMap::new();
        for member in self.members.values().filter(|m| !m.uid.is_empty()) {
            by_uid.entry(&member.uid).or_default().push(&member.key);
        }
        let mut children: HashMap<ObjectKey, BTreeMap<&str, &ObjectKey>> = HashMap::new();
        // In order of keys, so that of one object served by two groups the first stays.
        for child in self.members.values() {
            for owner in &child.owners {
                let parents = by_uid.get(owner.uid.as_str()).into_iter().flatten();
                for parent in parents.filter(|parent| may_own(parent, &child.key)) {
                    let of = children.entry((*parent).clone()).or_default();
                    of.entry(&child.uid).or_insert(&child.key);
                }
            }
        }
        let sorted = children.into_iter().map(|(parent, children)| {
            let mut children: Vec<ObjectKey> = children.into_values().cloned().collect();
            children.sort();
            (parent, children)
        });
        self.children = sorted.collect();
    }
}

/// Owners are cluster-scoped, or live beside what they own.
fn may_own(parent: &ObjectKey, child: &ObjectKey) -> bool {
    parent.namespace.is_empty() || parent.namespace == child.namespace
}

/// The key of an owner, were it in the namespace of what it owns.
fn beside(member: &Member, owner: &Owner) -> ObjectKey {
    ObjectKey {
        cluster: member.key.cluster.clone(),
        group_kind: GroupKind::new(owner.group_version().0, &owner.kind),
        namespace: member.key.namespace.clone(),
        name: owner.name.as_str().into(),
    }
}

fn as_owner(set: &Member) -> Owner {
    let kind = &set.key.group_kind;
    Owner {
        api_version: format!("{}/{}", kind.group, set.version),
        kind: kind.kind.to_string(),
        name: set.key.name.to_string(),
        uid: set.uid.to_string(),
    }
}
