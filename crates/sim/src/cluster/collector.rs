//! The garbage collector and the namespace controller: what is owned goes with its owners, what is
//! in a namespace with the namespace.
//!
//! Source: Kubernetes 1.36, pkg/controller/garbagecollector and pkg/controller/namespace.

use super::delete::{Deletion, FOREGROUND, ORPHAN};
use super::{Cluster, admission, key};
use model::{ObjectKey, PropagationPolicy};
use serde_json::Value;

impl Cluster {
    /// Lets the collector work until nothing is left for it to do.
    pub fn collect(&mut self) {
        // Each round deletes, marks or frees something, or is the last.
        while self.collect_once() {}
    }

    fn collect_once(&mut self) -> bool {
        let version = self.version;
        let keys: Vec<ObjectKey> = self.objects.keys().cloned().collect();
        for key in keys {
            let Some(object) = self.objects.get(&key).map(std::sync::Arc::clone) else {
                continue;
            };
            let dying = !object["metadata"]["deletionTimestamp"].is_null();
            if dying && has_finalizer(&object, ORPHAN) {
                self.let_go(&key, &object);
            } else if dying && has_finalizer(&object, FOREGROUND) {
                self.wait_for_dependents(&key, &object);
            } else if let Some(finalizer) = admission::protection(&key.group_kind.kind)
                && dying
                && has_finalizer(&object, finalizer)
            {
                // Nothing here uses storage.
                self.free(&key, finalizer);
            } else if dying && &*key.group_kind.kind == "Namespace" {
                self.empty_namespace(&key);
            } else {
                self.follow_owners(&key, &object);
            }
        }
        self.version != version
    }

    fn dependents(&self, uid: &Value) -> Vec<ObjectKey> {
        let owned = self
            .objects
            .iter()
            .filter(|(_, object)| owners(object).any(|owner| owner["uid"] == *uid));
        owned.map(|(key, _)| key.clone()).collect()
    }

    fn let_go(&mut self, key: &ObjectKey, owner: &Value) {
        let uid = &owner["metadata"]["uid"];
        for dependent in self.dependents(uid) {
            self.change(&dependent, |object| {
                drop_owners(object, |owner| owner["uid"] == *uid)
            });
        }
        self.free(key, ORPHAN);
    }

    /// An owner that waits for its dependents goes once none is left that says it must.
    fn wait_for_dependents(&mut self, key: &ObjectKey, owner: &Value) {
        let uid = &owner["metadata"]["uid"];
        let blocks = |object: &Value| {
            owners(object).any(|owner| owner["uid"] == *uid && owner["blockOwnerDeletion"] == true)
        };
        if !self.objects.values().any(|object| blocks(object)) {
            self.free(key, FOREGROUND);
        }
    }

    /// An object of whose owners none stays goes too; one that has others forgets those that go.
    fn follow_owners(&mut self, key: &ObjectKey, object: &Value) {
        if !object["metadata"]["deletionTimestamp"].is_null() {
            return;
        }
        let standing = |owner: &Value| self.standing(&owner["uid"]);
        let all: Vec<Standing> = owners(object).map(standing).collect();
        if all.is_empty() || all.iter().all(|standing| *standing == Standing::Stays) {
            return;
        }
        if all.contains(&Standing::Stays) {
            let going: Vec<Value> = owners(object)
                .filter(|owner| standing(owner) != Standing::Stays)
                .map(|owner| owner["uid"].clone())
                .collect();
            return self.change(key, |object| {
                drop_owners(object, |owner| going.contains(&owner["uid"]))
            });
        }
        let has_dependents = !self.dependents(&object["metadata"]["uid"]).is_empty();
        let propagation = if all.contains(&Standing::Waits) && has_dependents {
            PropagationPolicy::Foreground
        } else if has_finalizer(object, ORPHAN) {
            PropagationPolicy::Orphan
        } else if has_finalizer(object, FOREGROUND) {
            PropagationPolicy::Foreground
        } else {
            PropagationPolicy::Background
        };
        self.delete_as(key, Some(propagation));
    }

    fn standing(&self, uid: &Value) -> Standing {
        let owner = self
            .objects
            .values()
            .find(|object| object["metadata"]["uid"] == *uid);
        match owner {
            None => Standing::Gone,
            Some(owner) => {
                let dying = !owner["metadata"]["deletionTimestamp"].is_null();
                if dying && has_finalizer(owner, FOREGROUND) {
                    Standing::Waits
                } else {
                    Standing::Stays
                }
            }
        }
    }

    fn empty_namespace(&mut self, namespace: &ObjectKey) {
        let inside: Vec<ObjectKey> = self
            .objects
            .keys()
            .filter(|key| key.namespace == namespace.name)
            .cloned()
            .collect();
        for key in &inside {
            self.delete_as(key, Some(PropagationPolicy::Background));
        }
        if inside.iter().any(|key| self.objects.contains_key(key)) {
            return;
        }
        self.change(namespace, |object| {
            if let Some(spec) = object["spec"].as_object_mut() {
                spec.remove("finalizers");
            }
        });
        let free = |object: &Value| {
            object["metadata"]["finalizers"]
                .as_array()
                .is_none_or(Vec::is_empty)
        };
        if self
            .objects
            .get(namespace)
            .is_some_and(|object| free(object))
        {
            self.vanish(namespace);
        }
    }

    fn delete_as(&mut self, key: &ObjectKey, propagation: Option<PropagationPolicy>) {
        let deletion = Deletion {
            propagation,
            grace: Some(0),
            ..Deletion::default()
        };
        // What is refused is tried again when something else changed.
        drop(self.remove(key, &deletion));
    }

    /// Takes a finalizer away, and the object with the last one.
    pub(super) fn free(&mut self, key: &ObjectKey, finalizer: &str) {
        self.change(key, |object| {
            let Some(metadata) = object["metadata"].as_object_mut() else {
                return;
            };
            let left = metadata
                .get_mut("finalizers")
                .and_then(Value::as_array_mut)
                .map(|list| {
                    list.retain(|name| name != finalizer);
                    list.len()
                });
            if left == Some(0) {
                metadata.remove("finalizers");
            }
        });
        let gone = self.objects.get(key).is_some_and(|object| {
            !object["metadata"]["deletionTimestamp"].is_null()
                && object["metadata"]["finalizers"].is_null()
        });
        if gone {
            self.vanish(key);
        }
    }

    /// Is the namespace there and not going?
    pub fn has_namespace(&self, name: &str) -> bool {
        self.objects
            .get(&key("", "Namespace", "", name))
            .is_some_and(|object| object["metadata"]["deletionTimestamp"].is_null())
    }
}

/// What an owner means for what it owns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Stays,
    Waits,
    Gone,
}

fn drop_owners(object: &mut Value, gone: impl Fn(&Value) -> bool) {
    let Some(metadata) = object["metadata"].as_object_mut() else {
        return;
    };
    let left = metadata
        .get_mut("ownerReferences")
        .and_then(Value::as_array_mut)
        .map(|list| {
            list.retain(|owner| !gone(owner));
            list.len()
        });
    if left == Some(0) {
        metadata.remove("ownerReferences");
    }
}

fn owners(object: &Value) -> impl Iterator<Item = &Value> {
    object["metadata"]["ownerReferences"]
        .as_array()
        .into_iter()
        .flatten()
}

fn has_finalizer(object: &Value, name: &str) -> bool {
    object["metadata"]["finalizers"]
        .as_array()
        .is_some_and(|list| list.iter().any(|known| known == name))
}
