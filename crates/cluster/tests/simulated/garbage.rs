//! What is owned goes, or stays, with its owners as a real garbage collector lets it.

use crate::generate::Choices;
use crate::real::Real;
use crate::simulated::policy;
use serde_json::{Value, json};
use sim::{Cluster, Deletion, Write, key};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const OBJECTS: usize = 6;
const PATIENCE: Duration = Duration::from_secs(30);

/// Names, and what there is to see of each: deleted or not, finalizers, owners.
type Seen = BTreeMap<String, String>;

/// Plays rounds of owned objects and deletions; each ends in the same state on both sides.
pub fn rounds(real: &Real, first: u64, count: u64) {
    for seed in first..first + count {
        Round::new(real, seed).play();
    }
}

struct Round<'a> {
    real: &'a Real,
    seed: u64,
    namespace: String,
    cluster: Cluster,
    uids: Vec<(String, String)>,
    story: Vec<String>,
}

impl<'a> Round<'a> {
    fn new(real: &'a Real, seed: u64) -> Self {
        let namespace = format!("garbage-{seed}");
        let object =
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
        let made = real.send("POST", "/api/v1/namespaces", "application/json", &object);
        assert_eq!(made.code, 201, "{}", made.body);
        let mut cluster = Cluster::default();
        cluster.lazy_collector = true;
        cluster.create_namespace(&namespace);
        Self {
            real,
            seed,
            namespace,
            cluster,
            uids: Vec::new(),
            story: Vec::new(),
        }
    }

    fn play(mut self) {
        let mut choices = Choices(self.seed);
        for at in 0..OBJECTS {
            self.create(&mut choices, at);
        }
        for _ in 0..2 {
            self.delete(&mut choices);
            self.compare();
        }
        if choices.once_in(2) {
            self.story.push("delete the namespace".into());
            let path = format!("/api/v1/namespaces/{}", self.namespace);
            self.real
                .send("DELETE", &path, "application/json", &Value::Null);
            let key = key("", "Namespace", "", &self.namespace);
            drop(self.cluster.remove(&key, &Deletion::default()));
            self.compare();
        }
    }

    fn create(&mut self, choices: &mut Choices, at: usize) {
        let mut owners = Vec::new();
        for owner in 0..at {
            if choices.once_in(3) {
                owners.push((owner, choices.once_in(2)));
            }
        }
        let held = choices.once_in(6);
        let object = |side: usize, uids: &[(String, String)]| {
            let owner = |(owner, blocks): &(usize, bool)| {
                let uid = if side == 0 {
                    &uids[*owner].0
                } else {
                    &uids[*owner].1
                };
                json!({
                    "apiVersion": "v1", "kind": "ConfigMap", "name": format!("o{owner}"), "uid": uid,
                    "blockOwnerDeletion": blocks,
                })
            };
            let mut object = json!({
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": {"name": format!("o{at}"), "ownerReferences": owners.iter().map(owner).collect::<Vec<_>>()},
            });
            if held {
                object["metadata"]["finalizers"] = json!(["example.org/hold"]);
            }
            object
        };
        self.story.push(format!(
            "o{at} owned by {owners:?}{}",
            if held { ", held" } else { "" }
        ));
        let path = format!("/api/v1/namespaces/{}/configmaps", self.namespace);
        let theirs = self
            .real
            .send("POST", &path, "application/json", &object(0, &self.uids));
        let kind = model::GroupKind::new("", "ConfigMap");
        let ours = object(1, &self.uids);
        let ours = self
            .cluster
            .post(&kind, &self.namespace, &ours, Write::by("test"))
            .expect("it is valid");
        let uid = |object: &Value| {
            object["metadata"]["uid"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        self.uids.push((uid(&theirs.body), uid(&ours.object)));
    }

    fn delete(&mut self, choices: &mut Choices) {
        let name = format!("o{}", choices.below(OBJECTS));
        let propagation = choices.of(&["Background", "Foreground", "Orphan"]);
        self.story.push(format!("delete {name} {propagation}"));
        let options =
            json!({"apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": propagation});
        let path = format!("/api/v1/namespaces/{}/configmaps/{name}", self.namespace);
        self.real
            .send("DELETE", &path, "application/json", &options);
        let key = key("", "ConfigMap", &self.namespace, &name);
        let deletion = Deletion {
            propagation: Some(policy(propagation)),
            ..Deletion::default()
        };
        drop(self.cluster.remove(&key, &deletion));
    }

    /// Waits until the real cluster is as the simulated one, and stays so.
    fn compare(&mut self) {
        self.cluster.collect();
        let objects: Vec<Value> = self
            .cluster
            .objects()
            .filter(|(key, _)| &*key.group_kind.kind == "ConfigMap")
            .map(|(_, object)| object.clone())
            .collect();
        let ours = seen(&objects);
        let path = format!("/api/v1/namespaces/{}/configmaps", self.namespace);
        let patience = Instant::now() + PATIENCE;
        let mut alike = 0;
        loop {
            let list = self
                .real
                .send("GET", &path, "application/json", &Value::Null)
                .body;
            let theirs = seen(list["items"].as_array().map_or(&[][..], Vec::as_slice));
            alike = if theirs == ours { alike + 1 } else { 0 };
            if alike == 3 {
                return;
            }
            let story = self.story.join("\n");
            assert!(
                Instant::now() < patience,
                "garbage of seed {}:\n{story}\nreal: {theirs:#?}\nsimulated: {ours:#?}",
                self.seed
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

fn seen(objects: &[Value]) -> Seen {
    let ours = objects.iter().filter(|object| {
        object["metadata"]["name"]
            .as_str()
            .is_some_and(|n| n.starts_with('o'))
    });
    let line = |object: &Value| {
        let metadata = &object["metadata"];
        let dying = metadata["deletionTimestamp"].is_string();
        let owners = metadata["ownerReferences"].as_array().into_iter().flatten();
        let owners: Vec<String> = owners.map(|owner| owner["name"].to_string()).collect();
        let name = metadata["name"].as_str().unwrap_or_default().to_owned();
        (
            name,
            format!(
                "dying {dying}, finalizers {}, owners {owners:?}",
                metadata["finalizers"]
            ),
        )
    };
    ours.map(line).collect()
}
