//! Keeping objects: versions, UIDs, and what is told of each change.

use super::watch::Happened;
use super::{Change, Cluster, custom};
use model::{GroupKind, ObjectKey};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Cluster {
    /// The next UID; of a dry run the same as if it were none, and not used up.
    pub(super) fn next_uid(&mut self, dry_run: bool) -> String {
        let uid = format!("uid-{}", self.uids + 1);
        if !dry_run {
            self.uids += 1;
        }
        uid
    }

    /// Keeps an object in a new version, and tells of it.
    pub(super) fn store(&mut self, key: ObjectKey, mut object: Value) -> Value {
        self.hidden.remove(&key);
        self.version += 1;
        self.writes += 1;
        object["metadata"]["resourceVersion"] = json!(self.version.to_string());
        self.define(&object);
        let kept = Arc::new(object.clone());
        let happened = match self.objects.insert(key.clone(), Arc::clone(&kept)) {
            Some(_) => Happened::Modified,
            None => Happened::Added,
        };
        self.changes.push(Change::Seen(key.clone(), object.clone()));
        self.tell(happened, key, kept);
        object
    }

    /// Remembers what is kept of an object and never read.
    pub(super) fn hide(&mut self, key: ObjectKey, hidden: BTreeSet<String>) {
        if !hidden.is_empty() {
            self.hidden.insert(key, hidden);
        }
    }

    /// An object is gone.
    pub(super) fn vanish(&mut self, key: &ObjectKey) {
        let Some(object) = self.objects.remove(key) else {
            return;
        };
        self.hidden.remove(key);
        self.version += 1;
        self.writes += 1;
        let mut last = (*object).clone();
        last["metadata"]["resourceVersion"] = json!(self.version.to_string());
        self.changes.push(Change::Gone(key.clone(), last.clone()));
        self.tell(Happened::Deleted, key.clone(), Arc::new(last));
        if &*key.group_kind.kind == "CustomResourceDefinition" {
            self.withdraw(&object);
        }
    }

    /// Changes an object as one of the cluster's own controllers would, owned by nobody.
    pub(super) fn change(&mut self, key: &ObjectKey, change: impl FnOnce(&mut Value)) {
        let Some(live) = self.objects.get(key) else {
            return;
        };
        let mut object = (**live).clone();
        change(&mut object);
        if object != **live {
            self.uncounted(|cluster| cluster.store(key.clone(), object));
        }
    }

    fn define(&mut self, object: &Value) {
        if object["kind"] == "CustomResourceDefinition" && !self.slow_definitions {
            self.kinds.serve(custom::kind_of(object));
        }
    }

    /// Serves the kinds of all definitions from now on.
    pub fn establish(&mut self) {
        self.slow_definitions = false;
        let is_definition = |key: &&ObjectKey| &*key.group_kind.kind == "CustomResourceDefinition";
        let definitions: Vec<ObjectKey> =
            self.objects.keys().filter(is_definition).cloned().collect();
        let clock = self.clock.clone();
        for key in definitions {
            // Keeping it again serves it.
            self.change(&key, |object| {
                if object["status"]["conditions"]
                    .as_array()
                    .is_none_or(Vec::is_empty)
                {
                    object["status"] = custom::established(object, &clock);
                }
            });
        }
    }

    /// The kind of a definition that is gone is served no longer, and its objects are gone with it.
    fn withdraw(&mut self, definition: &Value) {
        let text = |pointer: &str| {
            definition
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let kind = GroupKind::new(text("/spec/group"), text("/spec/names/kind"));
        let objects: Vec<ObjectKey> = self
            .objects
            .keys()
            .filter(|key| key.group_kind == kind)
            .cloned()
            .collect();
        objects.iter().for_each(|key| self.vanish(key));
        self.kinds.withdraw(&kind);
    }
}
