//! The simulated cluster: an API server's behaviour over objects in memory, and a log of what
//! happened to them, in order, as a watch would tell it.
//!
//! In: requests to write, patch, apply and delete. Out: answers as the real server gives them, which
//! the tests against a real one prove. Nothing runs beside it: garbage is collected and workloads
//! move when they are told to.

mod admission;
mod base64;
mod collector;
mod controllers;
mod custom;
mod defaults;
mod delete;
mod draft;
mod fields;
mod keep;
mod kinds;
mod normal;
mod ownership;
mod patch;
mod pods;
mod quantity;
mod refusal;
mod store;
mod strategy;
mod typed;
mod valid;
mod watch;
mod write;

pub use admission::{Effect, Quota, Rule};
pub use delete::Deletion;
pub use kinds::{Kind, Kinds};
pub use patch::{Patch, merge};
pub use refusal::{Reason, Refusal};
pub use watch::{Happened, Told, Watched};
pub use write::{Write, Written};

use model::{ClusterId, GroupKind, ObjectKey, PropagationPolicy};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// A change, as a watch tells it.
#[derive(Clone, Debug)]
pub enum Change {
    /// Made or changed.
    Seen(ObjectKey, Value),
    /// Gone.
    Gone(ObjectKey, Value),
}

/// The cluster.
#[derive(Debug)]
pub struct Cluster {
    /// What it serves.
    pub kinds: Kinds,
    /// Changes since they were last taken.
    pub changes: Vec<Change>,
    /// Writes that changed something: the engine's, and what vanished whoever deleted it.
    pub writes: usize,
    /// Rules that are asked before something is kept.
    pub rules: Vec<Rule>,
    /// How much there may be.
    pub quotas: Vec<Quota>,
    /// Does the collector work only when it is told to?
    pub lazy_collector: bool,
    /// Are definitions served only once [`Cluster::establish`] is called?
    pub slow_definitions: bool,
    clock: String,
    objects: BTreeMap<ObjectKey, Arc<Value>>,
    /// What is kept of objects and never read, where there is such.
    hidden: BTreeMap<ObjectKey, BTreeSet<String>>,
    told: VecDeque<Told>,
    forgotten: u64,
    version: u64,
    uids: u64,
}

impl Default for Cluster {
    fn default() -> Self {
        let mut cluster = Self {
            kinds: Kinds::default(),
            changes: Vec::new(),
            writes: 0,
            rules: Vec::new(),
            quotas: Vec::new(),
            lazy_collector: false,
            slow_definitions: false,
            clock: "1970-01-01T00:00:00Z".into(),
            objects: BTreeMap::new(),
            hidden: BTreeMap::new(),
            told: VecDeque::new(),
            forgotten: 0,
            version: 1,
            uids: 0,
        };
        cluster.create_namespace("default");
        cluster
    }
}

/// Names an object of the simulated cluster.
pub fn key(group: &str, kind: &str, namespace: &str, name: &str) -> ObjectKey {
    ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: GroupKind::new(group, kind),
        namespace: namespace.into(),
        name: name.into(),
    }
}

impl Cluster {
    /// What server-side apply with force would make of an object.
    pub fn predict(
        &self,
        key: &ObjectKey,
        desired: &Value,
        manager: &str,
    ) -> Result<Value, Refusal> {
        Self::copy_of(self).apply(key, desired, manager, true)
    }

    /// Replaces an object, or makes it where it is not there.
    pub fn replace(
        &mut self,
        key: &ObjectKey,
        object: &Value,
        manager: &str,
        dry_run: bool,
    ) -> Result<Value, Refusal> {
        let write = Write {
            dry_run,
            ..Write::by(manager)
        };
        let written = match self.objects.contains_key(key) {
            true => self.put(key, object, write),
            false => self.post(&key.group_kind, &key.namespace, object, write),
        };
        written.map(|written| written.object)
    }

    /// A copy to try things on. Objects are shared until they change.
    pub fn copy_of(other: &Self) -> Self {
        Self {
            kinds: other.kinds.clone(),
            changes: Vec::new(),
            writes: other.writes,
            rules: other.rules.clone(),
            quotas: other.quotas.clone(),
            lazy_collector: other.lazy_collector,
            slow_definitions: other.slow_definitions,
            clock: other.clock.clone(),
            objects: other.objects.clone(),
            hidden: other.hidden.clone(),
            told: VecDeque::new(),
            forgotten: other.version,
            version: other.version,
            uids: other.uids,
        }
    }

    /// An object as it is.
    pub fn get(&self, key: &ObjectKey) -> Option<&Value> {
        self.objects.get(key).map(|object| &**object)
    }

    /// All objects.
    pub fn objects(&self) -> impl Iterator<Item = (&ObjectKey, &Value)> {
        self.objects.iter().map(|(key, object)| (key, &**object))
    }

    /// The newest resource version.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Sets the time that objects are stamped with, as it is written: `2026-01-01T00:00:00Z`.
    pub fn set_clock(&mut self, now: impl Into<String>) {
        self.clock = now.into();
    }

    /// Makes a namespace; one that exists is left alone.
    pub fn create_namespace(&mut self, name: &str) {
        let kind = GroupKind::new("", "Namespace");
        let object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        // Refused is what is there already.
        drop(
            self.uncounted(|cluster| cluster.post(&kind, "", &object, Write::by("kubectl-create"))),
        );
    }

    /// Does something that is no write of the engine's.
    fn uncounted<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let writes = self.writes;
        let done = act(self);
        self.writes = writes;
        done
    }

    /// Server-side apply with force.
    pub fn apply(
        &mut self,
        key: &ObjectKey,
        desired: &Value,
        manager: &str,
        dry_run: bool,
    ) -> Result<Value, Refusal> {
        let patch = Patch::Apply {
            config: desired.clone(),
            force: true,
        };
        let write = Write {
            dry_run,
            ..Write::by(manager)
        };
        self.patch(key, &patch, write).map(|written| written.object)
    }

    /// Merges a patch into an object, status and all, as `kubectl edit` or another controller would.
    pub fn edit(&mut self, key: &ObjectKey, patch: &Value, manager: &str) -> Result<(), Refusal> {
        self.uncounted(|cluster| {
            cluster.patch(key, &Patch::Merge(patch.clone()), Write::by(manager))?;
            cluster.write_status(key, patch, manager)
        })?;
        self.collect_at_once();
        Ok(())
    }

    /// Lets the collector work, where it does not wait to be told.
    fn collect_at_once(&mut self) {
        if !self.lazy_collector {
            self.collect();
        }
    }

    /// Writes the status that an object says, where its kind has one apart.
    fn write_status(
        &mut self,
        key: &ObjectKey,
        says: &Value,
        manager: &str,
    ) -> Result<(), Refusal> {
        let has_status = self.kind(&key.group_kind)?.has_status;
        if let Some(status) = says
            .get("status")
            .filter(|_| has_status && self.objects.contains_key(key))
        {
            let write = Write {
                subresource: "status",
                ..Write::by(manager)
            };
            self.patch(key, &Patch::Merge(json!({"status": status})), write)?;
        }
        Ok(())
    }

    /// Makes an object, as `kubectl create` would, with the status it says.
    pub fn create(&mut self, key: ObjectKey, object: Value, manager: &str) -> Result<(), Refusal> {
        self.uncounted(|cluster| {
            cluster.post(&key.group_kind, &key.namespace, &object, Write::by(manager))?;
            cluster.write_status(&key, &object, manager)
        })
    }

    /// Deletes an object, if it still has the UID that was meant.
    pub fn delete(
        &mut self,
        key: &ObjectKey,
        uid: Option<&str>,
        propagation: PropagationPolicy,
    ) -> Result<(), Refusal> {
        let deletion = Deletion {
            uid,
            propagation: Some(propagation),
            ..Deletion::default()
        };
        self.remove(key, &deletion)?;
        self.collect_at_once();
        Ok(())
    }
}
