//! The index of records: by object, and by the app whose mark an object carries.
//!
//! Cost: one hash look-up an event; an app's objects are found without looking at others'.

use crate::Record;
use model::{ClusterId, GroupKind, ObjectKey};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

/// How many deaths are remembered, so that a late answer cannot revive an object.
const REMEMBERED_DEATHS: usize = 10_000;

/// The objects that carry an app's mark in a cluster.
type KeysByInstance = HashMap<(ClusterId, Arc<str>), BTreeSet<ObjectKey>>;

/// Every live object that is desired or carries a mark.
#[derive(Debug, Default)]
pub struct Inventory {
    records: HashMap<ObjectKey, Record>,
    by_instance: KeysByInstance,
    hooks: KeysByInstance,
    dead: HashSet<Arc<str>>,
    deaths: VecDeque<Arc<str>>,
}

impl Inventory {
    /// The record of an object.
    pub fn get(&self, key: &ObjectKey) -> Option<&Record> {
        self.records.get(key)
    }

    /// Changes the judgement of an object in place.
    pub fn get_mut(&mut self, key: &ObjectKey) -> Option<&mut Record> {
        self.records.get_mut(key)
    }

    /// The objects that carry an app's mark in a cluster, in order.
    pub fn of_instance(
        &self,
        cluster: &ClusterId,
        instance: &Arc<str>,
    ) -> impl Iterator<Item = &Record> {
        let keys = self.by_instance.get(&(cluster.clone(), instance.clone()));
        keys.into_iter()
            .flatten()
            .filter_map(|key| self.records.get(key))
    }

    /// The hooks among the objects that carry an app's mark, in order.
    pub fn hooks_of_instance(
        &self,
        cluster: &ClusterId,
        instance: &Arc<str>,
    ) -> impl Iterator<Item = &Record> {
        let keys = self.hooks.get(&(cluster.clone(), instance.clone()));
        keys.into_iter()
            .flatten()
            .filter_map(|key| self.records.get(key))
    }

    /// Takes a sighting in. Gives false, and changes nothing, when something newer is known:
    /// answers and watch events overtake each other.
    pub fn observe(&mut self, record: Record) -> bool {
        if self.dead.contains(&record.uid) {
            return false;
        }
        if let Some(known) = self.records.get(&record.key) {
            let stale = known.uid == record.uid && known.resource_version > record.resource_version;
            let reborn_before =
                known.uid != record.uid && known.resource_version > record.resource_version;
            if stale || reborn_before {
                return false;
            }
            self.unlink(&record.key);
        }
        if let Some(instance) = &record.instance {
            let owner = (record.key.cluster.clone(), instance.clone());
            if record.hook.is_some() {
                let hooks = self.hooks.entry(owner.clone()).or_default();
                hooks.insert(record.key.clone());
            }
            let keys = self.by_instance.entry(owner).or_default();
            keys.insert(record.key.clone());
        }
        self.records.insert(record.key.clone(), record);
        true
    }

    /// Takes a disappearance in. An object that was since re-created (another UID) stays.
    pub fn vanish(&mut self, key: &ObjectKey, uid: &Arc<str>) -> Option<Record> {
        self.bury(uid.clone());
        if self
            .records
            .get(key)
            .is_none_or(|record| record.uid != *uid)
        {
            return None;
        }
        self.unlink(key);
        self.records.remove(key)
    }

    /// Forgets an object that nobody desires and that carries no mark.
    pub fn forget(&mut self, key: &ObjectKey) {
        self.unlink(key);
        self.records.remove(key);
    }

    /// Takes a complete listing of a kind in: what is known but not listed is gone. Only records
    /// up to the listing's own resource version count: later ones were made since.
    /// Cost: one pass over the records, at most once per re-list of a kind.
    pub fn listed(
        &mut self,
        cluster: &ClusterId,
        kind: &GroupKind,
        seen: &HashSet<Arc<str>>,
        at: u64,
    ) -> Vec<Record> {
        let gone: Vec<(ObjectKey, Arc<str>)> = self
            .records
            .values()
            .filter(|r| r.key.cluster == *cluster && r.key.group_kind == *kind)
            .filter(|r| r.resource_version <= at && !seen.contains(&r.uid))
            .map(|r| (r.key.clone(), r.uid.clone()))
            .collect();
        gone.iter()
            .filter_map(|(key, uid)| self.vanish(key, uid))
            .collect()
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All records, in no order; for checks and metrics.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    fn unlink(&mut self, key: &ObjectKey) {
        let Some(instance) = self
            .records
            .get(key)
            .and_then(|record| record.instance.clone())
        else {
            return;
        };
        let owner = (key.cluster.clone(), instance);
        remove(&mut self.by_instance, &owner, key);
        remove(&mut self.hooks, &owner, key);
    }

    fn bury(&mut self, uid: Arc<str>) {
        if self.dead.insert(uid.clone()) {
            self.deaths.push_back(uid);
        }
        if self.deaths.len() > REMEMBERED_DEATHS
            && let Some(oldest) = self.deaths.pop_front()
        {
            self.dead.remove(&oldest);
        }
    }
}

fn remove(index: &mut KeysByInstance, owner: &(ClusterId, Arc<str>), key: &ObjectKey) {
    if let Some(keys) = index.get_mut(owner) {
        keys.remove(key);
        if keys.is_empty() {
            index.remove(owner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str, uid: &str, version: u64, instance: Option<&str>) -> Record {
        Record {
            key: ObjectKey {
                cluster: ClusterId::in_cluster(),
                group_kind: GroupKind::new("", "ConfigMap"),
                namespace: "default".into(),
                name: name.into(),
            },
            version: "v1".into(),
            uid: uid.into(),
            resource_version: version,
            instance: instance.map(Into::into),
            owned: false,
            deleting: false,
            hook: None,
            wishes: Default::default(),
            wave: 0,
            health: None,
            urls: None,
            judgement: None,
        }
    }

    fn names(inventory: &Inventory, instance: &str) -> Vec<String> {
        let cluster = ClusterId::in_cluster();
        inventory
            .of_instance(&cluster, &instance.into())
            .map(|r| r.key.name.to_string())
            .collect()
    }

    #[test]
    fn an_older_sighting_never_replaces_a_newer_one() {
        let mut inventory = Inventory::default();
        assert!(inventory.observe(record("a", "1", 5, Some("web"))));
        assert!(!inventory.observe(record("a", "1", 4, None)));
        assert_eq!(names(&inventory, "web"), ["a"]);
    }

    #[test]
    fn a_late_answer_does_not_revive_a_deleted_object() {
        let mut inventory = Inventory::default();
        let seen = record("a", "1", 5, Some("web"));
        inventory.observe(seen.clone());
        inventory.vanish(&seen.key, &seen.uid);
        assert!(!inventory.observe(seen));
        assert!(names(&inventory, "web").is_empty());
    }

    #[test]
    fn a_recreated_object_survives_the_news_of_its_predecessors_death() {
        let mut inventory = Inventory::default();
        inventory.observe(record("a", "1", 5, Some("web")));
        inventory.observe(record("a", "2", 9, Some("web")));
        assert_eq!(
            inventory.vanish(&record("a", "1", 5, None).key, &"1".into()),
            None
        );
        assert_eq!(names(&inventory, "web"), ["a"]);
    }

    #[test]
    fn losing_the_mark_takes_an_object_out_of_its_app() {
        let mut inventory = Inventory::default();
        inventory.observe(record("a", "1", 5, Some("web")));
        inventory.observe(record("a", "1", 6, None));
        assert!(names(&inventory, "web").is_empty());
        assert_eq!(inventory.len(), 1);
    }

    #[test]
    fn a_listing_removes_what_it_lacks_but_not_what_came_after_it() {
        let mut inventory = Inventory::default();
        inventory.observe(record("old", "1", 5, Some("web")));
        inventory.observe(record("kept", "2", 6, Some("web")));
        inventory.observe(record("new", "3", 20, Some("web")));
        let seen = HashSet::from(["2".into()]);
        let kind = GroupKind::new("", "ConfigMap");
        let gone = inventory.listed(&ClusterId::in_cluster(), &kind, &seen, 10);
        assert_eq!(gone.len(), 1);
        assert_eq!(names(&inventory, "web"), ["kept", "new"]);
    }
}
