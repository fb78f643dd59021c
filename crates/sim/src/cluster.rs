//! The simulated cluster: objects with UIDs, resource versions and field owners, and a log of what
//! happened to them, in order, as a watch would tell it.

use crate::field_ownership::Ownership;
use crate::kinds::Kinds;
use model::{ClusterId, GroupKind, ObjectKey, PropagationPolicy};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Why the cluster refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nothing there, or not the one that was meant.
    NotFound,
    /// The UID is another.
    Conflict,
    /// The kind is not served.
    NoSuchKind(String),
    /// The namespace is not there.
    NoSuchNamespace(String),
    /// The object is not valid.
    Invalid(String),
}

/// A change, as a watch tells it.
#[derive(Clone, Debug)]
pub enum Change {
    /// Made or changed.
    Seen(ObjectKey, Value),
    /// Gone.
    Gone(ObjectKey, Value),
}

#[derive(Clone, Debug)]
struct Stored {
    object: Value,
    ownership: Ownership,
}

/// The cluster.
#[derive(Debug)]
pub struct Cluster {
    /// What it serves.
    pub kinds: Kinds,
    /// Changes since they were last taken.
    pub changes: Vec<Change>,
    /// Writes that changed something.
    pub writes: usize,
    objects: BTreeMap<ObjectKey, Stored>,
    version: u64,
    uids: u64,
}

impl Default for Cluster {
    fn default() -> Self {
        let mut cluster = Self {
            kinds: Kinds::default(),
            changes: Vec::new(),
            writes: 0,
            objects: BTreeMap::new(),
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
    /// A copy to try things on.
    pub fn copy_of(other: &Self) -> Self {
        Self {
            kinds: other.kinds.clone(),
            changes: Vec::new(),
            writes: other.writes,
            objects: other.objects.clone(),
            version: other.version,
            uids: other.uids,
        }
    }

    /// An object as it is.
    pub fn get(&self, key: &ObjectKey) -> Option<&Value> {
        self.objects.get(key).map(|stored| &stored.object)
    }

    /// All objects.
    pub fn objects(&self) -> impl Iterator<Item = (&ObjectKey, &Value)> {
        self.objects
            .iter()
            .map(|(key, stored)| (key, &stored.object))
    }

    /// The newest resource version.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Makes a namespace; one that exists is left alone.
    pub fn create_namespace(&mut self, name: &str) {
        let key = key("", "Namespace", "", name);
        if self.objects.contains_key(&key) {
            return;
        }
        let object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        self.store(key, object, Ownership::default());
    }

    /// Server-side apply with force.
    pub fn apply(
        &mut self,
        key: &ObjectKey,
        desired: &Value,
        manager: &str,
        dry_run: bool,
    ) -> Result<Value, Refusal> {
        self.admit(key, desired)?;
        let known = self.objects.get(key).cloned();
        let (before, mut ownership) = match known {
            Some(stored) => (Some(stored.object), stored.ownership),
            None => (None, Ownership::default()),
        };
        let mut object = before.clone().unwrap_or_else(|| {
            json!({"apiVersion": desired["apiVersion"], "kind": desired["kind"], "metadata": {
                "name": &*key.name,
            }})
        });
        if !key.namespace.is_empty() {
            object["metadata"]["namespace"] = (*key.namespace).into();
        }
        ownership.apply(&mut object, desired, manager);
        object["metadata"]["managedFields"] = ownership.managed_fields();
        if dry_run || before.as_ref() == Some(&object) {
            return Ok(object);
        }
        self.writes += 1;
        Ok(self.store(key.clone(), object, ownership))
    }

    fn admit(&self, key: &ObjectKey, desired: &Value) -> Result<(), Refusal> {
        if self.kinds.namespaced(&key.group_kind).is_none() {
            return Err(Refusal::NoSuchKind(key.group_kind.to_string()));
        }
        let namespace = self::key("", "Namespace", "", &key.namespace);
        if !key.namespace.is_empty() && !self.objects.contains_key(&namespace) {
            return Err(Refusal::NoSuchNamespace(key.namespace.to_string()));
        }
        match desired.pointer("/metadata/annotations/sim~1invalid") {
            Some(why) => Err(Refusal::Invalid(
                why.as_str().unwrap_or("invalid").to_owned(),
            )),
            None => Ok(()),
        }
    }

    /// Merges a patch into an object, as `kubectl edit` or another controller would.
    pub fn edit(&mut self, key: &ObjectKey, patch: &Value, manager: &str) -> Result<(), Refusal> {
        let stored = self.objects.get(key).cloned().ok_or(Refusal::NotFound)?;
        let mut object = stored.object.clone();
        merge(&mut object, patch);
        let mut ownership = stored.ownership;
        ownership.update(&stored.object, &object, manager);
        object["metadata"]["managedFields"] = ownership.managed_fields();
        if object != stored.object {
            self.store(key.clone(), object, ownership);
        }
        Ok(())
    }

    /// Makes an object that nobody manages, as `kubectl create` would.
    pub fn create(&mut self, key: ObjectKey, object: Value, manager: &str) {
        let mut ownership = Ownership::default();
        ownership.update(&json!({}), &object, manager);
        let mut object = object;
        object["metadata"]["managedFields"] = ownership.managed_fields();
        self.store(key, object, ownership);
    }

    /// Deletes an object, if it still has the UID that was meant.
    pub fn delete(
        &mut self,
        key: &ObjectKey,
        uid: Option<&str>,
        propagation: PropagationPolicy,
    ) -> Result<(), Refusal> {
        let stored = self.objects.get(key).ok_or(Refusal::NotFound)?;
        if uid.is_some_and(|uid| stored.object["metadata"]["uid"] != uid) {
            return Err(Refusal::Conflict);
        }
        let held = stored.object["metadata"]["finalizers"]
            .as_array()
            .is_some_and(|f| !f.is_empty());
        if held {
            let mut stored = stored.clone();
            stored.object["metadata"]["deletionTimestamp"] = json!("1970-01-01T00:00:00Z");
            self.store(key.clone(), stored.object, stored.ownership);
            return Ok(());
        }
        self.remove(key, propagation);
        Ok(())
    }

    fn remove(&mut self, key: &ObjectKey, propagation: PropagationPolicy) {
        let Some(stored) = self.objects.remove(key) else {
            return;
        };
        self.writes += 1;
        self.version += 1;
        let uid = stored.object["metadata"]["uid"].clone();
        let in_namespace = &*key.group_kind.kind == "Namespace";
        let dependents: Vec<ObjectKey> = self
            .objects
            .iter()
            .filter(|(other, dependent)| {
                let owners = dependent.object["metadata"]["ownerReferences"].as_array();
                let owned = owners.is_some_and(|owners| owners.iter().any(|o| o["uid"] == uid));
                (owned && propagation != PropagationPolicy::Orphan)
                    || (in_namespace && other.namespace == key.name)
            })
            .map(|(other, _)| other.clone())
            .collect();
        self.changes.push(Change::Gone(key.clone(), stored.object));
        for dependent in dependents {
            self.remove(&dependent, propagation);
        }
    }

    fn store(&mut self, key: ObjectKey, mut object: Value, ownership: Ownership) -> Value {
        self.version += 1;
        if object["metadata"]["uid"].is_null() {
            self.uids += 1;
            object["metadata"]["uid"] = json!(format!("uid-{}", self.uids));
        }
        object["metadata"]["resourceVersion"] = json!(self.version.to_string());
        self.define(&object);
        self.changes.push(Change::Seen(key.clone(), object.clone()));
        self.objects.insert(
            key,
            Stored {
                object: object.clone(),
                ownership,
            },
        );
        object
    }

    fn define(&mut self, object: &Value) {
        if object["kind"] != "CustomResourceDefinition" {
            return;
        }
        let text = |pointer: &str| {
            object
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or("")
        };
        let kind = GroupKind::new(text("/spec/group"), text("/spec/names/kind"));
        self.kinds.define(&kind, text("/spec/scope") != "Cluster");
    }
}

/// JSON merge patch.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(fields) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (key, value) in fields {
        match value {
            Value::Null => drop(target.as_object_mut().and_then(|map| map.remove(key))),
            value => merge(&mut target[key], value),
        }
    }
}
