//! Keeping what was drafted, if nothing speaks against it.
//!
//! In: a draft, and the live object it is to replace. Out: the object as it is kept, or a refusal.
//! Source: apiserver 1.36, registry/generic/registry/store.go and registry/rest.

use super::admission::Verb;
use super::custom::waiting;
use super::draft::{Draft, Made, same_name, same_namespace};
use super::kinds::Kind;
use super::refusal::Refusal;
use super::write::{Write, Written};
use super::{Cluster, delete, strategy, valid};
use model::ObjectKey;
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl Cluster {
    /// Makes an object of the live one and keeps it, if nothing speaks against it.
    pub(super) fn write(
        &mut self,
        kind: &Kind,
        key: &ObjectKey,
        uid: Option<&str>,
        creates: bool,
        write: Write<'_>,
        make: impl FnOnce(&Self, Option<&Value>) -> Made,
    ) -> Result<Written, Refusal> {
        let live = self.objects.get(key).cloned();
        let resource = kind.qualified();
        let Some(live) = live else {
            let apart = !write.subresource.is_empty() && !kind.made_by_replacing();
            if !creates || apart {
                return Err(Refusal::not_found(&resource, &key.name));
            }
            if let Some(uid) = uid {
                return Err(other_uid(&resource, key, uid, ""));
            }
            let mut draft = make(self, None)?;
            let object = &mut draft.object;
            if let Some(uid) = object["metadata"]["uid"].as_str() {
                let why = format!(
                    "uid mismatch: the provided object specified uid {uid}, and no existing object was found"
                );
                return Err(Refusal::conflict(&resource, &key.name, &why));
            }
            same_namespace(kind, &key.namespace, object)?;
            same_name(key, object)?;
            self.admit(kind, Verb::Create, object)?;
            return self.finish_create(kind, draft, write);
        };
        if let Some(uid) = uid.filter(|uid| live["metadata"]["uid"] != *uid) {
            let there = live["metadata"]["uid"].as_str().unwrap_or_default();
            return Err(other_uid(&resource, key, uid, there));
        }
        let mut draft = make(self, Some(&live))?;
        same_namespace(kind, &key.namespace, &mut draft.object)?;
        same_name(key, &draft.object)?;
        self.admit(kind, Verb::Update, &mut draft.object)?;
        self.finish_update(kind, key, draft, &live, write)
    }

    pub(super) fn finish_create(
        &mut self,
        kind: &Kind,
        Draft {
            mut object,
            shared_labels,
            mut hidden,
            wrong,
        }: Draft,
        write: Write<'_>,
    ) -> Result<Written, Refusal> {
        let uid = self.next_uid(write.dry_run);
        let number = self.uids;
        let metadata = &mut object["metadata"];
        metadata["uid"] = json!(uid);
        metadata["creationTimestamp"] = json!(self.clock);
        if let (None, Some(start)) = (metadata.get("name"), metadata["generateName"].as_str()) {
            metadata["name"] = json!(format!("{start}{}", suffix(number)));
        }
        strategy::before_create(kind, &mut object, &self.clock, number);
        if self.slow_definitions && kind.kind == "CustomResourceDefinition" {
            object["status"] = waiting(&object);
        }
        if shared_labels {
            strategy::share_labels(&mut object);
        }
        let name = object["metadata"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let errors = wrong_or(wrong, || valid::of_new(kind, &object));
        if !errors.is_empty() {
            return Err(Refusal::invalid(&kind.qualified_kind(), &name, &errors));
        }
        self.check_quota(kind, &object)?;
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or_default();
        let key = super::key(&kind.group, &kind.kind, namespace, &name);
        if let Some(there) = self.objects.get(&key) {
            let mut refusal = Refusal::already_exists(&kind.qualified(), &name);
            if !there["metadata"]["deletionTimestamp"].is_null() {
                refusal.message = format!("object is being deleted: {}", refusal.message);
            }
            return Err(refusal);
        }
        strategy::settle(kind, &mut object, &mut hidden);
        if write.dry_run {
            return Ok(Written {
                object,
                created: true,
            });
        }
        if let Some(metadata) = object["metadata"].as_object_mut() {
            metadata.remove("resourceVersion");
        }
        let object = self.store(key.clone(), object);
        self.hide(key, hidden);
        Ok(Written {
            object,
            created: true,
        })
    }

    fn finish_update(
        &mut self,
        kind: &Kind,
        key: &ObjectKey,
        Draft {
            mut object,
            hidden,
            wrong,
            ..
        }: Draft,
        live: &Value,
        write: Write<'_>,
    ) -> Result<Written, Refusal> {
        let version = object["metadata"]["resourceVersion"]
            .as_str()
            .unwrap_or_default();
        if version.is_empty() && !kind.replaced_blindly() {
            let error =
                "metadata.resourceVersion: Invalid value: 0: must be specified for an update"
                    .to_owned();
            return Err(Refusal::invalid(&kind.qualified(), &key.name, &[error]));
        }
        if !version.is_empty() && live["metadata"]["resourceVersion"] != version {
            return Err(Refusal::conflict(&kind.qualified(), &key.name, CHANGED));
        }
        strategy::before_update(kind, write.subresource, &mut object, live);
        keep_identity(&mut object["metadata"], &live["metadata"]);
        let errors = wrong_or(wrong, || {
            valid::of_changed(kind, write.subresource, &object, live)
        });
        if !errors.is_empty() {
            return Err(Refusal::invalid(&kind.qualified_kind(), &key.name, &errors));
        }
        self.check_growth(kind, &object, live)?;
        keep_times(&mut object, live);
        let finalizers = object["metadata"]["finalizers"]
            .as_array()
            .map_or(0, Vec::len);
        let dying = !live["metadata"]["deletionTimestamp"].is_null();
        let grace = live["metadata"]["deletionGracePeriodSeconds"]
            .as_i64()
            .unwrap_or(0);
        if dying && finalizers == 0 && grace == 0 && !delete::is_held(kind, &object) {
            if !write.dry_run {
                self.vanish(key);
            }
            return Ok(Written {
                object,
                created: false,
            });
        }
        let same = object == *live && hidden == *self.hidden.get(key).unwrap_or(&BTreeSet::new());
        if write.dry_run || same {
            return Ok(Written {
                object,
                created: false,
            });
        }
        let object = self.store(key.clone(), object);
        self.hide(key.clone(), hidden);
        Ok(Written {
            object,
            created: false,
        })
    }
}

fn wrong_or(wrong: Vec<String>, look: impl FnOnce() -> Vec<String>) -> Vec<String> {
    if wrong.is_empty() { look() } else { wrong }
}

const CHANGED: &str =
    "the object has been modified; please apply your changes to the latest version and try again";

fn other_uid(resource: &str, key: &ObjectKey, wanted: &str, there: &str) -> Refusal {
    let why =
        format!("Precondition failed: UID in precondition: {wanted}, UID in object meta: {there}");
    Refusal::conflict(resource, &key.name, &why)
}

/// What an update never changes is taken from the live object.
fn keep_identity(metadata: &mut Value, live: &Value) {
    let Some(map) = metadata.as_object_mut() else {
        return;
    };
    let mut keep = |field: &str, always: bool| {
        let known = live.get(field).filter(|value| !value.is_null());
        if let Some(value) = known.filter(|_| always || !map.contains_key(field)) {
            map.insert(field.to_owned(), value.clone());
        }
    };
    keep("uid", false);
    keep("creationTimestamp", true);
    keep("deletionTimestamp", true);
    keep("deletionGracePeriodSeconds", false);
    keep("resourceVersion", true);
}

/// An object of which only the times of its owners changed is the same.
fn keep_times(object: &mut Value, live: &Value) {
    let timeless = |object: &Value| {
        let mut object = object.clone();
        let entries = object["metadata"]
            .get_mut("managedFields")
            .and_then(Value::as_array_mut);
        for entry in entries
            .into_iter()
            .flatten()
            .filter_map(Value::as_object_mut)
        {
            entry.remove("time");
        }
        object
    };
    if timeless(object) == timeless(live)
        && let Some(entries) = live["metadata"].get("managedFields")
    {
        object["metadata"]["managedFields"] = entries.clone();
    }
}

/// Five letters that no other name got.
fn suffix(number: u64) -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let base = LETTERS.len() as u64;
    let mut rest = number;
    let mut text = String::new();
    for _ in 0..5 {
        text.push(char::from(
            LETTERS[usize::try_from(rest % base).unwrap_or(0)],
        ));
        rest /= base;
    }
    text
}
