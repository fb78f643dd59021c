//! Deleting an object: at once, or marked until its finalizers are gone.
//!
//! In: what to delete, and on which conditions. Out: the object as it is while it waits, or nothing
//! once it is gone, or a refusal. Source: apiserver 1.36, registry/generic/registry/store.go and
//! registry/rest/delete.go.

use super::Cluster;
use super::kinds::Kind;
use super::refusal::Refusal;
use model::{ObjectKey, PropagationPolicy};
use serde_json::{Value, json};

/// The finalizer of whoever waits for its dependents.
pub const FOREGROUND: &str = "foregroundDeletion";
/// The finalizer of whoever lets its dependents go.
pub const ORPHAN: &str = "orphan";

/// How something is deleted.
#[derive(Clone, Debug, Default)]
pub struct Deletion<'a> {
    /// The UID it must have.
    pub uid: Option<&'a str>,
    /// The version it must have.
    pub version: Option<&'a str>,
    /// What becomes of what it owns; None: what its kind is used to.
    pub propagation: Option<PropagationPolicy>,
    /// How many seconds it gets.
    pub grace: Option<i64>,
    /// Is nothing to be deleted?
    pub dry_run: bool,
}

/// Namespaces that are never deleted.
const IMMORTAL: [&str; 4] = ["default", "kube-system", "kube-public", "kube-node-lease"];

/// Does something besides its finalizers hold the object?
pub fn is_held(kind: &Kind, object: &Value) -> bool {
    let held = object["spec"]["finalizers"]
        .as_array()
        .is_some_and(|list| !list.is_empty());
    kind.group.is_empty() && kind.kind == "Namespace" && held
}

impl Cluster {
    /// Deletes an object. What is left of it waits for its finalizers; None when it is gone.
    pub fn remove(
        &mut self,
        key: &ObjectKey,
        deletion: &Deletion<'_>,
    ) -> Result<Option<Value>, Refusal> {
        let kind = self.kind(&key.group_kind)?;
        let Some(live) = self.objects.get(key).map(|object| (**object).clone()) else {
            return Err(Refusal::not_found(&kind.qualified(), &key.name));
        };
        check(&kind, key, &live, deletion)?;
        if kind.group.is_empty() && kind.kind == "Namespace" {
            return self.remove_namespace(&kind, key, live, deletion);
        }
        self.remove_plainly(&kind, key, live, deletion)
    }

    fn remove_plainly(
        &mut self,
        kind: &Kind,
        key: &ObjectKey,
        live: Value,
        deletion: &Deletion<'_>,
    ) -> Result<Option<Value>, Refusal> {
        let mut object = live.clone();
        let grace = self.give_grace(kind, &mut object, deletion);
        if grace == Grace::Pending {
            return Ok(Some(live));
        }
        set_finalizers(kind, &mut object, deletion.propagation);
        let waits = object["metadata"]["finalizers"]
            .as_array()
            .is_some_and(|list| !list.is_empty());
        if grace == Grace::None && waits {
            self.mark(&mut object);
        }
        if grace != Grace::Given && !waits {
            let emptied = live["metadata"]["finalizers"]
                .as_array()
                .is_some_and(|list| !list.is_empty());
            if let (true, Some(version)) = (emptied && grace == Grace::None, deletion.version) {
                // The server looks for the version of an object that it has not written.
                let why = format!(
                    "Precondition failed: ResourceVersion in precondition: , ResourceVersion in object meta: {version}"
                );
                return Err(Refusal::conflict(&kind.qualified(), &key.name, &why));
            }
            if !deletion.dry_run {
                if grace == Grace::Over {
                    self.store(key.clone(), object);
                }
                self.vanish(key);
            }
            return Ok(None);
        }
        let same = object == live && !self.hidden.contains_key(key);
        if same || deletion.dry_run {
            return Ok(Some(object));
        }
        Ok(Some(self.store(key.clone(), object)))
    }

    /// Marks an object as being deleted.
    fn mark(&self, object: &mut Value) {
        let metadata = &mut object["metadata"];
        if metadata["deletionTimestamp"].is_null() {
            raise(metadata);
            metadata["deletionTimestamp"] = json!(self.clock);
        }
        metadata["deletionGracePeriodSeconds"] = json!(0);
    }

    fn give_grace(&self, kind: &Kind, object: &mut Value, deletion: &Deletion<'_>) -> Grace {
        if kind.custom.is_some() || kind.kind != "Pod" {
            return Grace::None;
        }
        let metadata = &object["metadata"];
        let left = metadata["deletionGracePeriodSeconds"].as_i64().unwrap_or(0);
        if !metadata["deletionTimestamp"].is_null() {
            return match deletion.grace {
                _ if left == 0 => Grace::None,
                Some(period) if period < left => {
                    object["metadata"]["deletionGracePeriodSeconds"] = json!(period);
                    if period == 0 {
                        Grace::Over
                    } else {
                        Grace::Given
                    }
                }
                _ => Grace::Pending,
            };
        }
        let settled = ["Succeeded", "Failed"]
            .iter()
            .any(|phase| object["status"]["phase"] == *phase);
        let scheduled = object["spec"]["nodeName"].is_string();
        let asked = deletion
            .grace
            .or(object["spec"]["terminationGracePeriodSeconds"].as_i64());
        let period = if settled || !scheduled {
            0
        } else {
            asked.unwrap_or(30)
        };
        let metadata = &mut object["metadata"];
        raise(metadata);
        metadata["deletionTimestamp"] = json!(self.clock);
        metadata["deletionGracePeriodSeconds"] = json!(period);
        if period == 0 {
            Grace::Over
        } else {
            Grace::Given
        }
    }

    fn remove_namespace(
        &mut self,
        kind: &Kind,
        key: &ObjectKey,
        mut object: Value,
        deletion: &Deletion<'_>,
    ) -> Result<Option<Value>, Refusal> {
        if IMMORTAL.contains(&&*key.name) {
            let why = "this namespace may not be deleted";
            return Err(Refusal::forbidden("namespaces", &key.name, why));
        }
        if !object["metadata"]["deletionTimestamp"].is_null() {
            if is_held(kind, &object) {
                return Ok(Some(object));
            }
            return self.remove_plainly(kind, key, object, deletion);
        }
        set_finalizers(kind, &mut object, deletion.propagation);
        let metadata = &mut object["metadata"];
        metadata["deletionTimestamp"] = json!(self.clock);
        object["status"]["phase"] = json!("Terminating");
        if deletion.dry_run {
            return Ok(Some(object));
        }
        Ok(Some(self.store(key.clone(), object)))
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Grace {
    /// The kind knows no grace, or the object has none left.
    None,
    /// Some is left.
    Given,
    /// None is left of what was given.
    Over,
    /// It was given before, and not less is asked for.
    Pending,
}

fn raise(metadata: &mut Value) {
    if let Some(generation) = metadata["generation"]
        .as_i64()
        .filter(|generation| *generation > 0)
    {
        metadata["generation"] = json!(generation + 1);
    }
}

fn check(
    kind: &Kind,
    key: &ObjectKey,
    live: &Value,
    deletion: &Deletion<'_>,
) -> Result<(), Refusal> {
    let conditions = [
        ("UID", deletion.uid, "uid"),
        ("ResourceVersion", deletion.version, "resourceVersion"),
    ];
    for (name, wanted, field) in conditions {
        let there = live["metadata"][field].as_str().unwrap_or_default();
        if let Some(wanted) = wanted.filter(|wanted| *wanted != there) {
            let why = format!(
                "the {name} in the precondition ({wanted}) does not match the {name} in record ({there})"
            );
            return Err(Refusal::conflict(&kind.qualified(), &key.name, &why));
        }
    }
    Ok(())
}

/// The finalizers for what becomes of dependents.
fn set_finalizers(kind: &Kind, object: &mut Value, propagation: Option<PropagationPolicy>) {
    let names = object["metadata"]["finalizers"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let has = |name: &str| names.iter().any(|known| known == name);
    let by_default = || {
        if has(ORPHAN) {
            Some(ORPHAN)
        } else if has(FOREGROUND) {
            Some(FOREGROUND)
        } else {
            (kind.group == "batch" && kind.kind == "Job").then_some(ORPHAN)
        }
    };
    let wanted = match propagation {
        Some(PropagationPolicy::Orphan) => Some(ORPHAN),
        Some(PropagationPolicy::Foreground) => Some(FOREGROUND),
        Some(_) => None,
        None => by_default(),
    };
    let mut after: Vec<Value> = names
        .iter()
        .filter(|name| **name != ORPHAN && **name != FOREGROUND)
        .cloned()
        .collect();
    after.extend(wanted.map(Value::from));
    let same = after.len() == names.len() && after.iter().all(|name| names.contains(name));
    if same {
        return;
    }
    let Some(metadata) = object["metadata"].as_object_mut() else {
        return;
    };
    match after.is_empty() {
        true => drop(metadata.remove("finalizers")),
        false => drop(metadata.insert("finalizers".into(), Value::Array(after))),
    }
}
